//! What comes over from the other, and what stays with their record because who is kept has the very same.

use super::Merging;
use super::parts::{self, ConsentPart, Part, ReachPart, RolePart, ValuePart};
use crate::error::Result;
use crate::ids::{FieldId, PersonId};
use crate::people::fields;
use crate::store::{Edit, Sql};
use crate::{args, statements};

/// Rows of one kind. `what` names them in `merged_row`.
pub(super) struct Kind {
    pub what: &'static str,
    /// Ids of the rows of `$1` that are to come over to `$2`.
    of: &'static Sql,
    /// Brings row `$1` over to `$2`.
    bring: &'static Sql,
    /// Gives row `$1` back to `$3`, where `$2` still has it.
    pub back: &'static Sql,
}

macro_rules! of_person {
    ($table:literal) => {
        concat!("SELECT id FROM ", $table, " WHERE person_id = $1 AND person_id <> $2 ORDER BY id")
    };
}
macro_rules! unless_both {
    ($table:literal, $same:literal) => {
        concat!(
            "SELECT t.id FROM ",
            $table,
            " t WHERE t.person_id = $1 AND NOT EXISTS (SELECT 1 FROM ",
            $table,
            " k WHERE k.person_id = $2 AND ",
            $same,
            ") ORDER BY t.id"
        )
    };
}
macro_rules! bring {
    ($table:literal, $field:literal) => {
        concat!("UPDATE ", $table, " SET ", $field, " = $2 WHERE id = $1")
    };
}
macro_rules! back {
    ($table:literal, $field:literal) => {
        concat!("UPDATE ", $table, " SET ", $field, " = $3 WHERE id = $1 AND ", $field, " = $2")
    };
}

statements! {
    REACHES = unless_both!("reach", "k.kind = t.kind AND k.value = t.value AND COALESCE(k.extension, '') = COALESCE(t.extension, '')");
    BRING_REACH = bring!("reach", "person_id");
    BACK_REACH = back!("reach", "person_id");
    // A role there without a title is the same role; one that has ended is another.
    ROLES = unless_both!("role", "k.organisation_id = t.organisation_id \
        AND COALESCE(k.to_day, '') = COALESCE(t.to_day, '') AND (k.title = t.title OR k.title = '' OR t.title = '')");
    BRING_ROLE = bring!("role", "person_id");
    BACK_ROLE = back!("role", "person_id");
    CONSENTS = unless_both!("consent", "k.channel = t.channel");
    BRING_CONSENT = bring!("consent", "person_id");
    BACK_CONSENT = back!("consent", "person_id");
    FACTS = unless_both!("fact", "k.words = t.words");
    BRING_FACT = bring!("fact", "person_id");
    BACK_FACT = back!("fact", "person_id");
    TAGS = unless_both!("tag", "k.name = t.name");
    BRING_TAG = bring!("tag", "person_id");
    BACK_TAG = back!("tag", "person_id");
    FIELD_VALUES = unless_both!("field_value", "k.field_id = t.field_id");
    BRING_FIELD_VALUE = bring!("field_value", "person_id");
    // Whoever was given another one while their record was part of this keeps that.
    BACK_FIELD_VALUE = "UPDATE field_value SET person_id = $3 WHERE id = $1 AND person_id = $2 \
        AND NOT EXISTS (SELECT 1 FROM field_value k WHERE k.person_id = $3 AND k.field_id = field_value.field_id)";
    ADDRESSES = unless_both!("address", "k.street = t.street AND k.city = t.city AND k.postcode = t.postcode");
    BRING_ADDRESS = bring!("address", "person_id");
    BACK_ADDRESS = back!("address", "person_id");
    INQUIRIES = of_person!("inquiry");
    BRING_INQUIRY = bring!("inquiry", "person_id");
    BACK_INQUIRY = back!("inquiry", "person_id");
    MESSAGES = of_person!("message");
    BRING_MESSAGE = bring!("message", "person_id");
    BACK_MESSAGE = back!("message", "person_id");
    PROMISES = of_person!("promise");
    BRING_PROMISE = bring!("promise", "person_id");
    BACK_PROMISE = back!("promise", "person_id");
    CALLS = of_person!("call");
    BRING_CALL = bring!("call", "person_id");
    BACK_CALL = back!("call", "person_id");
    MEANT = "SELECT id FROM call WHERE meant_person_id = $1 AND meant_person_id <> $2 ORDER BY id";
    BRING_MEANT = bring!("call", "meant_person_id");
    BACK_MEANT = back!("call", "meant_person_id");
    TOUCHES = of_person!("touch");
    BRING_TOUCH = bring!("touch", "person_id");
    BACK_TOUCH = back!("touch", "person_id");
    ENROLMENTS = of_person!("enrolment");
    BRING_ENROLMENT = bring!("enrolment", "person_id");
    BACK_ENROLMENT = back!("enrolment", "person_id");
    OUTGOING_MAIL = of_person!("outgoing_mail");
    BRING_OUTGOING_MAIL = bring!("outgoing_mail", "person_id");
    BACK_OUTGOING_MAIL = back!("outgoing_mail", "person_id");
    CONFIRMATIONS = of_person!("confirmation");
    BRING_CONFIRMATION = bring!("confirmation", "person_id");
    BACK_CONFIRMATION = back!("confirmation", "person_id");

    BOTH_REACH = "SELECT k.id, t.id AS other FROM reach t JOIN reach k ON k.person_id = $2 AND k.kind = t.kind AND k.value = t.value \
        AND COALESCE(k.extension, '') = COALESCE(t.extension, '') WHERE t.person_id = $1 ORDER BY k.id, t.id";
    BOTH_CONSENT = "SELECT k.id, t.id AS other FROM consent t JOIN consent k ON k.person_id = $2 AND k.channel = t.channel \
        WHERE t.person_id = $1 ORDER BY k.id";
    BOTH_ROLE = "SELECT k.id, t.id AS other FROM role t JOIN role k ON k.person_id = $2 AND k.organisation_id = t.organisation_id \
        AND COALESCE(k.to_day, '') = COALESCE(t.to_day, '') AND k.title = '' AND t.title <> '' \
        WHERE t.person_id = $1 ORDER BY k.id, t.id";
    BOTH_FIELD_VALUE = "SELECT k.id, t.id AS other, k.field_id FROM field_value t JOIN field_value k ON k.person_id = $2 \
        AND k.field_id = t.field_id WHERE t.person_id = $1 ORDER BY k.id";
    FIELD_OF = "SELECT field_id FROM field_value WHERE id = $1";
    LAST_POSITION = "SELECT COALESCE(MAX(position), 0) FROM reach WHERE person_id = $1";
}

/// In the order in which they come over. A table that knows people and is not here is caught by a test.
pub(super) static KINDS: [Kind; 16] = [
    Kind { what: "reach", of: &REACHES, bring: &BRING_REACH, back: &BACK_REACH },
    Kind { what: "role", of: &ROLES, bring: &BRING_ROLE, back: &BACK_ROLE },
    Kind { what: "consent", of: &CONSENTS, bring: &BRING_CONSENT, back: &BACK_CONSENT },
    Kind { what: "fact", of: &FACTS, bring: &BRING_FACT, back: &BACK_FACT },
    Kind { what: "tag", of: &TAGS, bring: &BRING_TAG, back: &BACK_TAG },
    Kind { what: "field_value", of: &FIELD_VALUES, bring: &BRING_FIELD_VALUE, back: &BACK_FIELD_VALUE },
    Kind { what: "address", of: &ADDRESSES, bring: &BRING_ADDRESS, back: &BACK_ADDRESS },
    Kind { what: "inquiry", of: &INQUIRIES, bring: &BRING_INQUIRY, back: &BACK_INQUIRY },
    Kind { what: "message", of: &MESSAGES, bring: &BRING_MESSAGE, back: &BACK_MESSAGE },
    Kind { what: "promise", of: &PROMISES, bring: &BRING_PROMISE, back: &BACK_PROMISE },
    Kind { what: "call", of: &CALLS, bring: &BRING_CALL, back: &BACK_CALL },
    Kind { what: "meant", of: &MEANT, bring: &BRING_MEANT, back: &BACK_MEANT },
    Kind { what: "touch", of: &TOUCHES, bring: &BRING_TOUCH, back: &BACK_TOUCH },
    Kind { what: "enrolment", of: &ENROLMENTS, bring: &BRING_ENROLMENT, back: &BACK_ENROLMENT },
    Kind { what: "outgoing_mail", of: &OUTGOING_MAIL, bring: &BRING_OUTGOING_MAIL, back: &BACK_OUTGOING_MAIL },
    Kind { what: "confirmation", of: &CONFIRMATIONS, bring: &BRING_CONFIRMATION, back: &BACK_CONFIRMATION },
];

type Ids = Vec<(uuid::Uuid,)>;
type Both = Vec<(uuid::Uuid, uuid::Uuid)>;

/// Brings over all that is to come, and lays together what both have. Done again, it brings what is still missing.
pub(super) async fn bring(edit: &mut Edit, merging: &Merging) -> Result<()> {
    let (kept, other) = (merging.kept, merging.other);
    // Before anything comes over: what both have is what each had.
    lay_together(edit, merging).await?;
    let mut position: i64 = edit.scalar(&LAST_POSITION, args![kept]).await?;
    for kind in &KINDS {
        let rows: Ids = edit.all(kind.of, args![other, kept]).await?;
        for (row,) in rows {
            edit.run(kind.bring, args![row, kept]).await?;
            merging.brought(edit, kind.what, row);
            if kind.what == "reach" {
                // Behind those that who is kept has.
                position += 1;
                if let Some(before) = ReachPart::find(edit, row).await? {
                    let after = ReachPart { position, ..before.clone() };
                    note(edit, merging, kind.what, row, &before, &after).await?;
                }
            }
        }
    }
    Ok(())
}

async fn lay_together(edit: &mut Edit, merging: &Merging) -> Result<()> {
    let pair = args![merging.other, merging.kept];
    let both: Both = edit.all(&BOTH_REACH, pair.clone()).await?;
    for (own, theirs) in both {
        if let (Some(before), Some(other)) = (ReachPart::find(edit, own).await?, ReachPart::find(edit, theirs).await?) {
            note(edit, merging, "reach", own, &before, &before.clone().with(&other)).await?;
        }
    }
    let both: Both = edit.all(&BOTH_CONSENT, pair.clone()).await?;
    for (own, theirs) in both {
        let (before, other) = (ConsentPart::find(edit, own).await?, ConsentPart::find(edit, theirs).await?);
        // A no stands, whoever said it.
        if let (Some(before), Some(other)) = (before, other)
            && before.allowed
            && !other.allowed
        {
            note(edit, merging, "consent", own, &before, &other).await?;
        }
    }
    let both: Both = edit.all(&BOTH_ROLE, pair).await?;
    for (own, theirs) in both {
        if let (Some(before), Some(other)) = (RolePart::find(edit, own).await?, RolePart::find(edit, theirs).await?)
            && before.title.is_empty()
        {
            note(edit, merging, "role", own, &before, &other).await?;
        }
    }
    Ok(())
}

/// What the other has in these of the association's own fields stands, in place of what who is kept has.
pub(super) async fn take_values(edit: &mut Edit, merging: &Merging, take: &[FieldId]) -> Result<()> {
    if take.is_empty() {
        return Ok(());
    }
    let both: Vec<(uuid::Uuid, uuid::Uuid, FieldId)> =
        edit.all(&BOTH_FIELD_VALUE, args![merging.other, merging.kept]).await?;
    for (own, theirs, field) in both {
        if let (true, Some(before), Some(other)) =
            (take.contains(&field), ValuePart::find(edit, own).await?, ValuePart::find(edit, theirs).await?)
        {
            note(edit, merging, "field_value", own, &before, &other).await?;
        }
    }
    Ok(())
}

/// Puts back what a field held, where nobody has changed it since and it still fits.
pub(super) async fn put_back_value(edit: &mut Edit, row: uuid::Uuid, before: &str, after: &str) -> Result<bool> {
    let Some(now) = ValuePart::find(edit, row).await? else { return Ok(true) };
    let (_, left) = parts::with(&now, after)?;
    let (was, _) = parts::with(&now, before)?;
    let field: FieldId = edit.scalar(&FIELD_OF, args![row]).await?;
    if !left || !fields::fits(edit, field, &was.value, was.option_id, &was.sort_key).await? {
        return Ok(false);
    }
    was.write(edit, row).await?;
    Ok(true)
}

async fn note<P: Part>(
    edit: &mut Edit,
    merging: &Merging,
    what: &'static str,
    row: uuid::Uuid,
    before: &P,
    after: &P,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    after.write(edit, row).await?;
    let (before, after) = parts::difference(before, after)?;
    merging.changed(edit, what, row, before, after);
    Ok(())
}

/// Gives a row back to whose it was, where nobody has given it to someone else since.
pub(super) async fn give_back(
    edit: &mut Edit,
    what: &str,
    row: uuid::Uuid,
    from: PersonId,
    to: PersonId,
) -> Result<bool> {
    match KINDS.iter().find(|kind| kind.what == what) {
        Some(kind) => Ok(edit.run(kind.back, args![row, from, to]).await? > 0),
        None => Ok(false),
    }
}
