//! What a script may fill in about a person and their matter. What the book does not know stays a blank to ask about.

use super::inquiry;
use super::script::{Fields, MergeField, fact_of, spoken_date, spoken_wait, spoken_when};
use super::view::Brief;
use crate::error::Result;
use crate::ids::{PersonId, ReachId, VolunteerId};
use crate::people::fields::FieldKind;
use crate::people::{person, reaches};
use crate::store::Db;
use crate::team::{standards, volunteers};
use crate::time::{DAY_MS, Millis};

/// Who rings, and for whom: what is known before anyone is chosen.
pub(super) async fn ours(db: &mut Db, caller: Option<VolunteerId>) -> Result<Fields> {
    let association = standards::association(db).await?;
    let caller = match caller {
        Some(id) => Some(volunteers::get(db, id).await?.name),
        None => None,
    };
    Ok(Fields::default()
        .with(MergeField::CallerFull, caller.as_deref())
        .with(MergeField::CallerGiven, caller.as_deref().and_then(|name| name.split_whitespace().next()))
        .with(MergeField::AssociationName, Some(&association.name))
        .with(MergeField::AssociationPhone, Some(&association.phone)))
}

/// The name that a fact goes by in a script, where it has one.
pub(super) fn fact_name(words: &str) -> Option<String> {
    fact_of(words).map(|(name, _)| name)
}

/// Everything for one call with this person; `brief` is theirs.
pub(super) async fn of(
    db: &mut Db,
    now: Millis,
    id: PersonId,
    caller: Option<VolunteerId>,
    reach: Option<ReachId>,
    brief: &Brief,
) -> Result<Fields> {
    let zone = standards::association(db).await?.tz()?;
    let who = person::get(db, id).await?;
    let matter = match brief.promise.as_ref().and_then(|promise| promise.inquiry) {
        Some(id) => Some(inquiry::get(db, id).await?),
        None => inquiry::open_of(db, id).await?,
    };
    let today = now.in_zone(zone).date_naive();
    let on = |at: Millis| spoken_date(at.in_zone(zone).date_naive(), today);
    let when = |at: Millis| spoken_when(at, now, zone);
    let first = matter.as_ref().map(|matter| matter.opened_ms);
    let last = brief.messages.last().map(|message| message.received_ms).filter(|at| Some(*at) != first);
    let waited = matter.as_ref().map(|matter| now.since(matter.clock_ms)).filter(|waited| *waited >= DAY_MS);
    let promise = brief.promise.as_ref();
    let mut fields = ours(db, caller)
        .await?
        .with(MergeField::PersonGiven, Some(&who.given))
        .with(MergeField::PersonFull, Some(&who.name))
        .with(MergeField::PersonOrganisation, brief.person.organisation.as_deref())
        .with(MergeField::InquiryFirstAskedOn, first.map(on).as_deref())
        .with(MergeField::InquiryFirstAskedWhen, first.map(when).as_deref())
        .with(MergeField::InquiryLastMessageOn, last.map(on).as_deref())
        .with(MergeField::InquiryLastMessageWhen, last.map(when).as_deref())
        .with(MergeField::InquiryAbout, matter.as_ref().and_then(|matter| sayable(&matter.about)).as_deref())
        .with(MergeField::WaitingDays, waited.map(|waited| (waited / DAY_MS).to_string()).as_deref())
        .with(MergeField::WaitingTime, waited.and_then(spoken_wait).as_deref())
        .with(MergeField::PromiseWhat, promise.map(|promise| promise.what.split(':').next().unwrap_or_default().trim()))
        .with(MergeField::PromiseDueOn, promise.map(|promise| on(promise.due_ms)).as_deref());
    if let Some(reach) = reach {
        fields = fields.with_voicemail(reaches::row(db, reach).await?.voicemail);
    }
    for own in &who.fields {
        let day = own.value.parse::<chrono::NaiveDate>().ok().filter(|_| own.kind == FieldKind::Date);
        let said = day.map_or(own.value.clone(), |day| day.format("%-d %B %Y").to_string());
        fields = fields.with_own(&own.name, Some(&said));
    }
    // Newest first, and the newest of a name holds.
    for fact in who.facts.iter().rev() {
        fields = fields.with_fact_words(&fact.words);
    }
    Ok(fields)
}

/// What whoever took the message wrote before the matter itself: "asks about membership" is about membership.
fn without_lead_in(words: &str) -> &str {
    const LEAD_INS: &[&str] = &[
        "asks about ",
        "asked about ",
        "asking about ",
        "wants to know about ",
        "enquiring about ",
        "about ",
        "re: ",
        "re ",
    ];
    let lower = words.to_lowercase();
    LEAD_INS
        .iter()
        .find(|lead| lower.starts_with(**lead) && words.is_char_boundary(lead.len()))
        .map_or(words, |lead| words[lead.len()..].trim_start())
}

/// A matter that can be said after "about". Somebody's whole message cannot: then the caller puts it in words.
fn sayable(about: &str) -> Option<String> {
    const MOST_WORDS: usize = 7;
    let about = without_lead_in(about.trim().trim_end_matches(['.', '!', '?']));
    let sentence = about.contains(['.', '!', '?', ':', ';', '“', '"', '…']);
    let own_voice = |word: &str| {
        matches!(
            word.to_lowercase().as_str(),
            "asks"
                | "asked"
                | "wants"
                | "wanted"
                | "rang"
                | "called"
                | "i"
                | "i'd"
                | "i’d"
                | "i'm"
                | "i’m"
                | "we"
                | "my"
                | "me"
                | "please"
                | "hello"
                | "hi"
        )
    };
    let says = !about.is_empty()
        && !sentence
        && about.split_whitespace().count() <= MOST_WORDS
        && !about.split([' ', ',']).any(own_voice);
    if !says {
        return None;
    }
    // "How to join" goes on in lower case; "GST" and "Xero" keep their letters.
    let mut chars = about.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    let opens =
        ["How", "What", "Where", "When", "Why", "The", "A", "An", "Membership", "Joining", "Becoming", "Fees", "Your"];
    let lower = opens.contains(&about.split_whitespace().next().unwrap_or_default());
    Some(if lower { first.to_lowercase().collect::<String>() + rest } else { about.to_owned() })
}
