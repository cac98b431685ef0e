//! What single cells mean: dates, yes and no, standings, labels, addresses.

use chrono::NaiveDate;
use unicode_normalization::char::is_combining_mark;

use super::recognise::is_one_of;
use crate::people::Standing;
use crate::people::names::fold;

/// Pieces of a cell that Google Contacts joins with `:::`, and other programs with `;` or a line end.
pub fn pieces(cell: &str) -> Vec<&str> {
    cell.split(":::")
        .flat_map(|part| part.split([';', '\n', '\r']))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// The e-mail addresses of a cell, or the piece that is none.
pub fn emails(cell: &str) -> Result<Vec<String>, &str> {
    let mut found = Vec::new();
    for piece in pieces(cell).into_iter().flat_map(|piece| piece.split(',')) {
        // "Rania Haddad <rania@example.org>"
        let bare = match (piece.find('<'), piece.rfind('>')) {
            (Some(open), Some(close)) if open < close => &piece[open + 1..close],
            _ => piece,
        };
        let bare = bare.trim().trim_matches(['\'', '"', '‘', '’']);
        let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
        if bare.is_empty() || is_of_exchange(bare) {
            continue;
        }
        if !email_address::EmailAddress::is_valid(bare) {
            return Err(piece.trim());
        }
        if !found.iter().any(|known: &String| known.eq_ignore_ascii_case(bare)) {
            found.push(bare.to_owned());
        }
    }
    Ok(found)
}

/// What Exchange calls somebody inside (`/o=ExchangeLabs/…/cn=abc`), which Outlook writes where an e-mail address belongs.
pub(super) fn is_of_exchange(cell: &str) -> bool {
    let head = cell.trim().get(..3);
    head.is_some_and(|head| head.eq_ignore_ascii_case("/o=") || head.eq_ignore_ascii_case("EX:"))
}

/// `None` where the words say neither.
pub fn yes_or_no(cell: &str) -> Option<bool> {
    const YES: &str = "yes|y|true|t|1|x|on|ja|j|oui|o|si|sim|s|wahr|vrai|verdadero|vero|tak|da|да|はい|是|نعم|checked|\
      do not call|dnc|opted out|✓|✔";
    const NO: &str = "no|n|false|f|0|off|nein|non|nee|nej|nei|falsch|faux|falso|nao|nie|нет|いいえ|否|لا|unchecked|ok";
    let folded = fold(cell);
    let word = if folded.is_empty() { cell.trim() } else { folded.as_str() };
    if is_one_of(word, YES) {
        Some(true)
    } else if is_one_of(word, NO) || word.is_empty() {
        Some(false)
    } else {
        None
    }
}

/// The standing that other programs' words mean.
pub fn standing(cell: &str) -> Option<Standing> {
    const WORDS: &[(Standing, &str)] = &[
        (
            Standing::Member,
            "member|members|active|current|active member|current member|paid|paid up|financial|\
      pending renewal|pending level change|full member|life member|life|honorary|renewed|customer|mitglied|aktiv|membre|actif|miembro|\
      socio|activo|membro|attivo|lid|actief|medlem",
        ),
        (
            Standing::Prospect,
            "prospect|prospective|lead|potential|opportunity|interested|interessent|interessiert|\
      prospecto|potenziale",
        ),
        (Standing::Inquirer, "inquirer|enquirer|inquiry|enquiry|new|subscriber|contact|anfrage"),
        (
            Standing::Applicant,
            "applicant|applied|application|pending|pending approval|pending new|antragsteller|beantragt|candidat|\
      solicitante",
        ),
        (
            Standing::Lapsed,
            "lapsed|expired|overdue|unfinancial|unpaid|arrears|grace|not renewed|abgelaufen|expire|\
      vencido|scaduto|verlopen",
        ),
        (
            Standing::Former,
            "former|former member|ex member|past|past member|resigned|cancelled|canceled|inactive|left|\
      terminated|alumni|ehemalig|ausgetreten|inaktiv|ancien|inactif|antiguo|inactivo|ex socio|\
      oud lid",
        ),
        (Standing::Declined, "declined|rejected|refused|not interested|abgelehnt|refuse|rechazado|rifiutato|afgewezen"),
    ];
    let folded = fold(cell);
    Standing::parse(cell.trim())
        .or_else(|| WORDS.iter().find(|(_, words)| is_one_of(&folded, words)).map(|(standing, _)| *standing))
}

pub(super) fn is_form_of_address(cell: &str) -> bool {
    const FORMS: &str = "mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lady|lord|rev|reverend|hon|the hon|fr|sr|herr|\
      frau|mme|mlle|m|monsieur|madame|senor|senora|sra|srta|sig|sig ra|signor|signora|dott|dhr|\
      mevr|mw|ing|mag|prof dr|dr ing|dr med|herr dr|frau dr|capt|cllr|senator|divers";
    is_one_of(&fold(cell), FORMS)
}

/// Two to five words with capitals, in writings that have them, and no mark but those of names.
pub(super) fn is_like_a_name(cell: &str) -> bool {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let capital = |word: &&&str| word.trim_start_matches('(').chars().next().is_some_and(|mark| !mark.is_lowercase());
    let one_word_in_two = words.len() == 1 && cell.chars().count() <= 4 && !cell.chars().any(|mark| mark.is_ascii());
    is_words(cell)
        && (one_word_in_two || (2..=5).contains(&words.len()) && words.iter().filter(capital).count() >= 2)
        && standing(cell).is_none()
}

/// A few words of letters: no number, no sentence, no yes and no form of address.
pub(super) fn is_words(cell: &str) -> bool {
    let of_a_name = |mark: char| mark.is_alphabetic() || " '’.,-()".contains(mark) || is_combining_mark(mark);
    cell.chars().any(char::is_alphabetic)
        && cell.chars().count() <= 60
        && cell.chars().all(of_a_name)
        && yes_or_no(cell).is_none()
        && !is_form_of_address(cell)
}

/// A label as other programs write it, in Wellmet's words where it has one: "* Work", "WORK", "Geschäftlich" → work.
pub fn label(cell: &str) -> String {
    let cell = cell.trim().trim_start_matches('*').trim();
    let folded = fold(cell);
    let known: &[(&str, &str)] = &[
        ("mobile", "mobile|cell|mobil|handy|portable|movil|celular|cellulare|iphone|workmobile"),
        ("work", "work|business|office|geschaftlich|arbeit|travail|trabajo|lavoro|werk"),
        ("home", "home|privat|private|personal|domicile|casa|thuis"),
        ("main", "main|primary|haupt|principal"),
        ("other", "other|andere|autre|otro|altro"),
    ];
    known
        .iter()
        .find(|(_, words)| is_one_of(&folded, words))
        .map_or_else(|| cell.to_owned(), |(word, _)| (*word).to_owned())
}

/// Tags of a cell. Groups that a program keeps for itself ("* myContacts") are no one's tag.
pub fn tags(cell: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    // A list that parts its pieces by `:::` may have any other mark inside one.
    let apart: &[char] = if cell.contains(":::") { &['\n', '\r'] } else { &[';', ',', '|', '\n', '\r'] };
    for piece in cell.split(":::").flat_map(|piece| piece.split(apart)) {
        // Mailchimp puts each tag in quotation marks; a list that parts its pieces by `:::` means them.
        let piece = piece.trim();
        let piece = if cell.contains(":::") { piece } else { piece.trim_matches('"').trim() };
        if !piece.is_empty() && !piece.starts_with('*') && !found.iter().any(|known| known.eq_ignore_ascii_case(piece))
        {
            found.push(piece.to_owned());
        }
    }
    found
}

/// A day: ISO first, then with its year last. A day and month that could be either way round are none, and so are
/// years before 1900: what a program writes for "unknown" (0000-00-00, 1/1/0001, 30/12/1899) is no one's birthday.
pub fn date(cell: &str) -> Option<NaiveDate> {
    let cell = cell.trim();
    let day = cell.split(['T', ' ']).next().unwrap_or_default();
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        // 19560409
        let date = NaiveDate::parse_from_str(day, "%Y%m%d").ok();
        return date.filter(|date| chrono::Datelike::year(date) >= 1900);
    }
    let numbers: Vec<&str> = day.split(['-', '/', '.']).collect();
    let [first, second, third] = numbers.as_slice() else { return None };
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4);
    let (first_number, second_number, third_number) = (number(first)?, number(second)?, number(third)?);
    let date = if first.len() == 4 {
        NaiveDate::from_ymd_opt(i32::try_from(first_number).ok()?, second_number, third_number)
    } else if third.len() == 4 {
        let year = i32::try_from(third_number).ok()?;
        match (first_number, second_number) {
            (day, month) if day.max(month) <= 12 && day != month && !cell.contains('.') => return None,
            (day, month) if month <= 12 => NaiveDate::from_ymd_opt(year, month, day),
            (month, day) => NaiveDate::from_ymd_opt(year, month, day),
        }
    } else {
        None
    };
    date.filter(|date| chrono::Datelike::year(date) >= 1900)
}
