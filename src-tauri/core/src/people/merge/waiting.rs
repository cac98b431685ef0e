//! Two who both wait on an answer are one who waits: one inquiry, one clock, from the first message on. The later inquiry
//! is closed, its messages join the first, and of two calls back the one for the first is owed.

use serde_json::{Map, Value as Json};

use super::parts::{self, InquiryPart, Part, StatePart};
use super::{MergeRow, Merging};
use crate::error::{Error, Result};
use crate::ids::{InquiryId, MergeId};
use crate::store::Edit;
use crate::{args, statements};

/// Why the later one of two inquiries ended, and what was owed for it.
const JOINED: &str = "One with the first inquiry: they were in the book twice";

/// What stands in `merged_row` and is put back here alone.
pub(super) const OWN: [&str; 3] = ["message_of", "inquiry", "promise"];

statements! {
    OPEN = "SELECT id, clock_ms FROM inquiry WHERE person_id = $1 AND state = 'open'";
    MESSAGES_OF = "SELECT id FROM message WHERE inquiry_id = $1 ORDER BY id";
    CALLBACKS_OF = "SELECT id FROM promise WHERE inquiry_id = $1 AND state = 'open' AND kind = 'callback' ORDER BY id";
    OWED_FOR = "SELECT COUNT(*) FROM promise WHERE inquiry_id = $1 AND state = 'open'";
    OTHER_OPEN = "SELECT COUNT(*) FROM inquiry i JOIN inquiry o ON o.person_id = i.person_id AND o.state = 'open' \
        WHERE i.id = $1 AND o.id <> $1";
    REMINDER_DONE = "UPDATE reminder SET state = 'done' WHERE promise_id = $1";
    REMINDER_WAITS = "UPDATE reminder SET state = 'waiting', shown_ms = NULL, seen_ms = NULL WHERE promise_id = $1";
    // Of this merge; and of another into the same person, where the inquiry has gone with whoever leaves.
    JOINED_ONES = "SELECT r.id, r.merge_id, r.row_id, r.before, r.after FROM merged_row r \
        JOIN merge m ON m.id = r.merge_id JOIN inquiry i ON i.id = r.row_id \
        WHERE r.what = 'inquiry' AND r.before <> '' \
        AND (r.merge_id = $1 OR (m.person_id = $2 AND i.person_id = $3)) ORDER BY r.id DESC";
    CHANGED_OF = "SELECT id, merge_id, row_id, before, after FROM merged_row \
        WHERE merge_id = $1 AND what = $2 AND before <> '' ORDER BY id DESC";
    INQUIRY_OF_PROMISE = "SELECT inquiry_id FROM promise WHERE id = $1";
    FORGET = "DELETE FROM merged_row WHERE id = $1";
}

#[derive(sqlx::FromRow)]
struct Changed {
    id: uuid::Uuid,
    merge_id: MergeId,
    row_id: uuid::Uuid,
    before: String,
    after: String,
}

pub(super) async fn join(edit: &mut Edit, merging: &Merging) -> Result<()> {
    let own: Option<(uuid::Uuid, i64)> = edit.maybe(&OPEN, args![merging.kept]).await?;
    let theirs: Option<(uuid::Uuid, i64)> = edit.maybe(&OPEN, args![merging.other]).await?;
    let (Some(own), Some(theirs)) = (own, theirs) else { return Ok(()) };
    let (first, later) = if own.1 <= theirs.1 { (own.0, theirs.0) } else { (theirs.0, own.0) };
    let at = edit.at;
    let ended = |state: &str| StatePart { state: state.into(), ended_ms: Some(at), end_reason: JOINED.into() };
    let messages: Vec<(uuid::Uuid,)> = edit.all(&MESSAGES_OF, args![later]).await?;
    for (message,) in messages {
        let after = InquiryPart { inquiry_id: Some(InquiryId(first)) };
        after.write(edit, message).await?;
        let (before, after) = parts::difference(&InquiryPart { inquiry_id: Some(InquiryId(later)) }, &after)?;
        merging.changed(edit, "message_of", message, before, after);
    }
    let callbacks: Vec<(uuid::Uuid,)> = edit.all(&CALLBACKS_OF, args![later]).await?;
    for (promise,) in callbacks {
        let Some(before) = StatePart::of_promise(edit, promise).await? else { continue };
        let after = ended("released");
        after.write_promise(edit, promise).await?;
        edit.run(&REMINDER_DONE, args![promise]).await?;
        let (before, after) = parts::difference(&before, &after)?;
        merging.changed(edit, "promise", promise, before, after);
    }
    if let Some(before) = StatePart::of_inquiry(edit, later).await? {
        ended("closed").write_inquiry(edit, later).await?;
        let before = serde_json::to_string(&before).map_err(|error| Error::internal(error.to_string()))?;
        merging.changed(edit, "inquiry", later, before, format!("{{\"joined\":\"{first}\"}}"));
    }
    edit.also_changed("reminder");
    Ok(())
}

/// Whose rows are whose again by now. Where the inquiry that the later one joined is still open, both are, each with what
/// is owed for it; where it was ended since, it was ended for both.
pub(super) async fn part(edit: &mut Edit, merge: &MergeRow) -> Result<()> {
    let joined: Vec<Changed> = edit.all(&JOINED_ONES, args![merge.id, merge.person_id, merge.merged_id]).await?;
    for inquiry in joined {
        let now = StatePart::of_inquiry(edit, inquiry.row_id).await?;
        if now.is_none_or(|now| now.end_reason != JOINED) {
            continue;
        }
        let messages: Vec<Changed> = edit.all(&CHANGED_OF, args![inquiry.merge_id, "message_of"]).await?;
        for message in messages {
            let was = parts::read(&message.before)?;
            if id(&was, "inquiry_id") == Some(inquiry.row_id) {
                parts::restore::<InquiryPart>(edit, message.row_id, &message.before, &message.after).await?;
            }
        }
        let first = match id(&parts::read(&inquiry.after)?, "joined") {
            Some(first) => StatePart::of_inquiry(edit, first).await?,
            None => None,
        };
        match first {
            Some(ended) if ended.state != "open" && ended.end_reason != JOINED => {
                ended.write_inquiry(edit, inquiry.row_id).await?;
            }
            _ => reopen(edit, &inquiry).await?,
        }
        edit.run(&FORGET, args![inquiry.id]).await?;
    }
    edit.also_changed("reminder");
    Ok(())
}

async fn reopen(edit: &mut Edit, inquiry: &Changed) -> Result<()> {
    let others: i64 = edit.scalar(&OTHER_OPEN, args![inquiry.row_id]).await?;
    if others > 0 {
        return Ok(());
    }
    let promises: Vec<Changed> = edit.all(&CHANGED_OF, args![inquiry.merge_id, "promise"]).await?;
    for promise in promises {
        let of: Option<(Option<uuid::Uuid>,)> = edit.maybe(&INQUIRY_OF_PROMISE, args![promise.row_id]).await?;
        let now = StatePart::of_promise(edit, promise.row_id).await?;
        if of != Some((Some(inquiry.row_id),)) || now.is_none_or(|now| now.end_reason != JOINED) {
            continue;
        }
        let open = StatePart { state: "open".into(), ended_ms: None, end_reason: String::new() };
        open.write_promise(edit, promise.row_id).await?;
        edit.run(&REMINDER_WAITS, args![promise.row_id]).await?;
    }
    // An inquiry waits for something that is owed, or it does not wait.
    let owed: i64 = edit.scalar(&OWED_FOR, args![inquiry.row_id]).await?;
    if owed > 0 {
        let was: StatePart =
            serde_json::from_str(&inquiry.before).map_err(|error| Error::internal(error.to_string()))?;
        was.write_inquiry(edit, inquiry.row_id).await?;
    }
    Ok(())
}

fn id(fields: &Map<String, Json>, name: &str) -> Option<uuid::Uuid> {
    fields.get(name)?.as_str()?.parse().ok()
}
