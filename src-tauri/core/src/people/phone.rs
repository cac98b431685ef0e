//! Phone numbers: what was typed, in the book's country, as E.164 and an extension.
//!
//! Two numbers are the same when their E.164 forms are equal, whole. There is deliberately no function here that
//! compares the ends of numbers: a suffix names the wrong person.

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region,
    ValidationError,
};
use serde::{Deserialize, Serialize};

/// Longer than any number with its extension and label; what exceeds it is a text in the wrong column.
const TYPED_MAX_CHARS: usize = 100;
const EXTENSION_MAX_DIGITS: usize = 10;
/// The shortest piece that is taken for a number of its own when one cell holds several.
const PIECE_MIN_DIGITS: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Number {
    /// `+` and up to 15 digits, as ITU-T E.164 has it.
    pub e164: String,
    /// Digits to dial once connected.
    pub extension: Option<String>,
}

/// Why a text was not understood as one number. It is kept as typed, with this beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum NotANumber {
    #[error("it is empty")]
    Empty,
    #[error("it has no digits")]
    NoDigits,
    #[error("it is too long for a phone number")]
    TooLongText,
    #[error("it has too few digits")]
    TooFewDigits,
    #[error("it has too many digits")]
    TooManyDigits,
    #[error("the area code is missing")]
    NoAreaCode,
    #[error("the country calling code is not one that exists; begin with + and the country's code")]
    UnknownCountry,
    #[error("there are words beside the number")]
    Words,
    #[error("there is more than one number in it")]
    SeveralNumbers,
    #[error("no number in that country has this many digits")]
    WrongLength,
}

/// Labels that announce an extension, in lower case.
const EXTENSION_LABELS: &[&str] = &[
    "x",
    "ext",
    "extn",
    "exten",
    "extension",
    "local",
    "extensión",
    "extensao",
    "extensão",
    "anexo",
    "ramal",
    "int",
    "interno",
    "interna",
    "poste",
    "dw",
    "durchwahl",
    "app",
    "apparat",
    "nst",
    "nebenstelle",
    "kl",
    "klappe",
    "toestel",
    "tst",
    "anknytning",
    "ankn",
    "anslutning",
    "lokal",
    "lok",
    "linje",
    "alanumero",
    "wew",
    "wewn",
    "wewnętrzny",
    "klapka",
    "linka",
    "mellék",
    "dahili",
    "εσωτ",
    "доб",
    "добавочный",
    "вн",
    "внутр",
    "内線",
    "내선",
    "分机",
    "分機",
    "שלוחה",
    "تحويلة",
    "داخلي",
];

/// Labels people write before a number, in lower case. Anything else before it is kept as words.
const LEADING_LABELS: &[&str] = &[
    "t",
    "tel",
    "telephone",
    "phone",
    "ph",
    "p",
    "m",
    "mob",
    "mobile",
    "cell",
    "c",
    "h",
    "home",
    "w",
    "work",
    "office",
    "direct",
    "main",
    "fax",
    "f",
    "sms",
    "whatsapp",
    "tél",
    "téléphone",
    "portable",
    "fixe",
    "telefon",
    "handy",
    "mobil",
    "privat",
    "festnetz",
    "telefono",
    "teléfono",
    "móvil",
    "cellulare",
    "telefone",
    "celular",
    "telemóvel",
    "telefoon",
    "mobiel",
    "puh",
    "tlf",
    "тел",
    "моб",
    "電話",
    "携帯",
    "电话",
    "手机",
    "전화",
];

/// `typed`, as someone in `country` (ISO 3166 alpha-2) would mean it.
///
/// A number is accepted when its length exists in that country's plan. It need not lie in a range that is known to be
/// in use: plans grow faster than anyone's copy of them.
pub fn parse(typed: &str, country: &str) -> Result<Number, NotANumber> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(NotANumber::Empty);
    }
    if typed.chars().nth(TYPED_MAX_CHARS).is_some() {
        return Err(NotANumber::TooLongText);
    }
    if split_typed(typed).len() > 1 {
        return Err(NotANumber::SeveralNumbers);
    }
    if digits(typed).is_empty() {
        return Err(NotANumber::NoDigits);
    }
    let (number, extension) = split_extension(strip_leading_label(typed));
    let number = bracketed_trunk_zero(&number);
    let vanity = match letters(&number) {
        Letters::None => false,
        Letters::OneWordAtTheEnd => true,
        Letters::Words => return Err(NotANumber::Words),
    };
    let region = Region::from_code(&country.trim().to_ascii_uppercase()).ok();
    let parsed = PHONE_NUMBER_UTIL.parse(&number, region).map_err(|error| match error {
        ParseError::InvalidCountryCode => NotANumber::UnknownCountry,
        ParseError::TooLongNsn => NotANumber::TooManyDigits,
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => NotANumber::TooFewDigits,
        ParseError::NotANumber(_) => NotANumber::Words,
    })?;
    if vanity && !is_vanity_service(&parsed) {
        return Err(NotANumber::Words);
    }
    match parsed.is_possible_with_reason() {
        Ok(NumberLengthType::IsPossible) if !parsed.is_valid() && is_local_line(&parsed) => {
            return Err(NotANumber::NoAreaCode);
        }
        Ok(NumberLengthType::IsPossible) => {}
        Ok(NumberLengthType::IsPossibleLocalOnly) => return Err(NotANumber::NoAreaCode),
        Err(ValidationError::TooShort) => return Err(NotANumber::TooFewDigits),
        Err(ValidationError::TooLong) => return Err(NotANumber::TooManyDigits),
        Err(ValidationError::InvalidCountryCode) => return Err(NotANumber::UnknownCountry),
        Err(ValidationError::InvalidLength) => return Err(NotANumber::WrongLength),
    }
    let extension = extension.or_else(|| parsed.extension.clone().filter(|text| !text.is_empty()));
    let e164 = parsed.format_as(PhoneNumberFormat::E164).into_owned();
    // A number of zeros alone parses, and formats as something nobody can ring.
    if !e164.starts_with('+') || parsed.national_number == 0 {
        return Err(NotANumber::WrongLength);
    }
    Ok(Number { e164, extension: extension.map(|text| digits(&text)) })
}

/// For reading: national inside the book's country, international outside it. What is not E.164 comes back unchanged.
pub fn format_for_people(e164: &str, book_country: &str) -> String {
    let Some(number) = parse_e164(e164) else { return e164.to_owned() };
    let home = Region::from_code(&book_country.trim().to_ascii_uppercase())
        .ok()
        .and_then(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region));
    let format = match home {
        Some(code) if code == number.country_code => PhoneNumberFormat::National,
        _ => PhoneNumberFormat::International,
    };
    number.format_as(format).into_owned()
}

impl Number {
    /// As [`format_for_people`], with the extension after it.
    pub fn for_people(&self, book_country: &str) -> String {
        let number = format_for_people(&self.e164, book_country);
        match &self.extension {
            Some(extension) => format!("{number} ext. {extension}"),
            None => number,
        }
    }

    /// For a `tel:` link (RFC 3966).
    pub fn tel_uri(&self) -> String {
        match &self.extension {
            Some(extension) => format!("tel:{};ext={extension}", self.e164),
            None => format!("tel:{}", self.e164),
        }
    }
}

/// The digits of a fragment, whatever script they are written in, as ASCII.
pub fn digits(fragment: &str) -> String {
    fragment.chars().filter_map(digit_value).collect()
}

/// The digits to look for among E.164 numbers when someone types a fragment: as typed, and without the trunk prefix
/// or the international prefix that a national way of writing puts in front.
pub fn search_digits(fragment: &str, country: &str) -> Vec<String> {
    let all = digits(fragment);
    if all.is_empty() {
        return Vec::new();
    }
    let mut found = vec![all.clone()];
    if !fragment.trim_start().starts_with(['+', '\u{ff0b}'])
        && let Ok(region) = Region::from_code(&country.trim().to_ascii_uppercase())
    {
        let trunk = trunk_prefix(region);
        for prefix in ["00", "0011", "011", trunk.as_str()] {
            if let Some(rest) = all.strip_prefix(prefix).filter(|rest| !prefix.is_empty() && rest.len() >= 2) {
                found.push(rest.to_owned());
            }
        }
    }
    found.sort_by_key(|digits| std::cmp::Reverse(digits.len()));
    found.dedup();
    found
}

/// What is dialled before an area code inside the country: `0` in most, nothing in some. Read off an example, since the
/// library keeps the prefix itself to itself.
fn trunk_prefix(region: Region) -> String {
    let Ok(example) = PHONE_NUMBER_UTIL.get_example_number(region) else { return String::new() };
    let written = digits(&example.format_as(PhoneNumberFormat::National));
    written.strip_suffix(&example.get_national_significant_number()).unwrap_or_default().to_owned()
}

/// The ISO 3166 country of an E.164 number, where one country alone has it.
pub fn country_of(e164: &str) -> Option<String> {
    parse_e164(e164)?.get_region_code().map(|region| region.as_region_str().as_str().to_owned())
}

/// The `index`th number in the shape of a country's example, for people who do not exist.
pub fn made_up(country: &str, index: u32, mobile: bool) -> Option<String> {
    let region = Region::from_code(country).ok()?;
    let kind = if mobile { PhoneNumberType::Mobile } else { PhoneNumberType::FixedLine };
    let mut number = PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, kind).ok()?;
    // Only the last four digits vary, so that it stays in the example's range.
    let varying = u64::from(index % 10_000);
    number.national_number = number.national_number / 10_000 * 10_000 + (number.national_number + varying) % 10_000;
    number.is_valid().then(|| number.format_as(PhoneNumberFormat::International).into_owned())
}

/// Whether this is an ISO 3166 country with telephones.
pub fn knows_country(code: &str) -> bool {
    Region::from_code(code).is_ok()
}

/// Whether the number may be assigned to a phone, as far as the plan of its country is known.
pub fn is_known_range(e164: &str) -> bool {
    parse_e164(e164).is_some_and(|number| number.is_valid())
}

/// The pieces of a cell that holds several numbers: separated by `:::`, `;`, a line end, `/`, `,`, `|`, "or", "and".
/// A separator that stands inside one number (`030/1234567`, `;ext=12`) does not split it; `:::` stands inside none.
pub fn split_typed(typed: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < typed.len() {
        let rest = &typed[at..];
        let width = separator_width(rest, &typed[..at]);
        let between_numbers = || whole_number(&typed[start..at]) && whole_number(next_piece(&rest[width..]));
        if width > 0 && (rest.starts_with(":::") || between_numbers()) {
            pieces.push(typed[start..at].trim());
            start = at + width;
            at = start;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    pieces.push(typed[start..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn whole_number(piece: &str) -> bool {
    digits(piece).len() >= PIECE_MIN_DIGITS
}

fn next_piece(rest: &str) -> &str {
    let mut at = 0;
    while at < rest.len() {
        if separator_width(&rest[at..], &rest[..at]) > 0 && whole_number(&rest[..at]) {
            return &rest[..at];
        }
        at += rest[at..].chars().next().map_or(1, char::len_utf8);
    }
    rest
}

fn separator_width(rest: &str, before: &str) -> usize {
    if rest.starts_with(":::") {
        return 3;
    }
    let after_space = before.ends_with(char::is_whitespace);
    for word in ["or ", "and ", "oder ", "und ", "ou ", "et "] {
        if after_space && rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            return word.len();
        }
    }
    match rest.chars().next() {
        Some(mark @ (';' | '/' | ',' | '|' | '\n' | '\r')) => mark.len_utf8(),
        _ => 0,
    }
}

fn parse_e164(e164: &str) -> Option<PhoneNumber> {
    let body = e164.strip_prefix('+')?;
    if body.is_empty() || body.len() > 15 || !body.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    PHONE_NUMBER_UTIL.parse(e164, None).ok()
}

fn digit_value(mark: char) -> Option<char> {
    if mark.is_ascii_digit() {
        return Some(mark);
    }
    // The zero of each decimal script that people keep contacts in; its nine others follow it.
    const ZEROS: [u32; 15] = [
        0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x1040, 0x17E0,
        0xFF10,
    ];
    let code = mark as u32;
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).and_then(|zero| char::from_digit(code - zero, 10))
}

enum Letters {
    None,
    OneWordAtTheEnd,
    Words,
}

fn letters(number: &str) -> Letters {
    let body = number.strip_prefix("tel:").unwrap_or(number);
    if body.contains(";ext=") || body.contains(";phone-context=") {
        return Letters::None;
    }
    let Some(first) = body.find(char::is_alphabetic) else { return Letters::None };
    let (before, word) = body.split_at(first);
    let spelled = word.chars().filter(char::is_ascii_alphabetic).count();
    let clean = word.chars().all(|mark| mark.is_ascii_alphabetic() || mark == '-');
    if digits(before).len() >= 2 && clean && spelled >= 4 { Letters::OneWordAtTheEnd } else { Letters::Words }
}

/// Only service numbers are spelled ("1300 FLOWER"); else "0412 345 mum" would become someone's mobile.
fn is_vanity_service(number: &PhoneNumber) -> bool {
    matches!(
        number.get_type(),
        PhoneNumberType::TollFree | PhoneNumberType::SharedCost | PhoneNumberType::PremiumRate | PhoneNumberType::UAN
    )
}

/// A fixed line without its area code, in a country where other kinds of number are as short as that.
fn is_local_line(number: &PhoneNumber) -> bool {
    PHONE_NUMBER_UTIL.is_possible_number_for_type_with_reason(number, PhoneNumberType::FixedLine)
        == Ok(NumberLengthType::IsPossibleLocalOnly)
}

fn strip_leading_label(typed: &str) -> &str {
    if typed.to_ascii_lowercase().starts_with("tel:") {
        // RFC 3966: the library reads its parameters.
        return if typed[4..].trim_start().starts_with(|mark: char| mark == '+' || mark.is_ascii_digit())
            && typed.contains(';')
        {
            typed
        } else {
            typed[4..].trim_start()
        };
    }
    let end = typed.find(|mark: char| !mark.is_alphabetic()).unwrap_or(0);
    let (word, rest) = typed.split_at(end);
    if !word.is_empty() && LEADING_LABELS.contains(&word.to_lowercase().as_str()) {
        rest.trim_start_matches(|mark: char| mark.is_whitespace() || matches!(mark, '.' | ':' | '-' | '='))
    } else {
        typed
    }
}

/// The number without its extension, and the extension.
fn split_extension(typed: &str) -> (String, Option<String>) {
    let whole = || (typed.to_owned(), None);
    let marks: Vec<char> = typed.chars().collect();
    let mut end = marks.len();
    while end > 0 && (marks[end - 1].is_whitespace() || matches!(marks[end - 1], ')' | '.' | ']')) {
        end -= 1;
    }
    let mut digits_start = end;
    while digits_start > 0 && digit_value(marks[digits_start - 1]).is_some() {
        digits_start -= 1;
    }
    let count = end - digits_start;
    if count == 0 || count > EXTENSION_MAX_DIGITS {
        return whole();
    }
    let mut label_end = digits_start;
    while label_end > 0
        && (marks[label_end - 1].is_whitespace() || matches!(marks[label_end - 1], '.' | ':' | '-' | '='))
    {
        label_end -= 1;
    }
    let mut label_start = label_end;
    while label_start > 0 && marks[label_start - 1].is_alphabetic() {
        label_start -= 1;
    }
    let label: String = marks[label_start..label_end].iter().flat_map(|mark| mark.to_lowercase()).collect();
    let number: String = marks[..label_start].iter().collect();
    let number =
        number.trim_end_matches(|mark: char| mark.is_whitespace() || matches!(mark, ',' | ';' | '(' | '[' | '-' | '/'));
    if !EXTENSION_LABELS.contains(&label.as_str()) || digits(number).len() < 5 {
        return whole();
    }
    (number.to_owned(), Some(marks[digits_start..end].iter().filter_map(|mark| digit_value(*mark)).collect()))
}

/// "+44 (0)20 7946 0018": the bracketed zero is only dialled from inside the country, and is not part of the number.
fn bracketed_trunk_zero(number: &str) -> String {
    if number.trim_start().starts_with(['+', '\u{ff0b}']) { number.replacen("(0)", "", 1) } else { number.to_owned() }
}
