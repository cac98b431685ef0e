//! A plan as a director is writing it, kept in the book at every pause of her typing, as scripts are (`calls::script_drafts`):
//! a crash or a change of screen costs no word. It is hers alone, one a plan, and in no journal.

use crate::error::{Error, Result};
use crate::ids::{PlanDraftId, VolunteerId};
use crate::store::{Actor, Book, Db};
use crate::{args, statements};

/// Many times the longest plan that anyone could follow.
const MAX_CHARS: usize = 500_000;

statements! {
    GET = "SELECT text FROM plan_draft WHERE volunteer_id = $1 AND of_plan = $2";
    KEEP = "INSERT INTO plan_draft (id, volunteer_id, of_plan, text, changed_ms) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (volunteer_id, of_plan) DO UPDATE SET text = excluded.text, changed_ms = excluded.changed_ms";
    DISCARD = "DELETE FROM plan_draft WHERE volunteer_id = $1 AND of_plan = $2";
}

/// What this volunteer has written of that plan, or of a new one, and not saved.
pub async fn of(db: &mut Db, volunteer: VolunteerId, of_plan: &str) -> Result<Option<String>> {
    let there: Option<(String,)> = db.maybe(&GET, args![volunteer, of_plan]).await?;
    Ok(there.map(|(text,)| text))
}

/// Keeps it as it stands, right or wrong: whether it is a plan is for saving to judge.
pub async fn keep(book: &Book, actor: Actor, of_plan: &str, text: &str) -> Result<()> {
    let volunteer = writer(actor)?;
    if text.chars().count() > MAX_CHARS || of_plan.len() > 200 {
        return Err(Error::invalid(
            "This plan is too long for anyone to follow. Until it is shorter, what stood before is kept.",
        ));
    }
    let mut edit = book.write(actor, "keep_plan_draft").await?;
    edit.aside();
    let at = edit.at;
    edit.run(&KEEP, args![PlanDraftId::new(), volunteer, of_plan, text, at]).await?;
    edit.also_changed("plan_draft");
    edit.commit().await.map(drop)
}

/// It was saved as a version, or thrown away. One that is not there is no fault.
pub async fn discard(book: &Book, actor: Actor, of_plan: &str) -> Result<()> {
    let volunteer = writer(actor)?;
    let mut edit = book.write(actor, "discard_plan_draft").await?;
    edit.aside();
    edit.run(&DISCARD, args![volunteer, of_plan]).await?;
    edit.also_changed("plan_draft");
    edit.commit().await.map(drop)
}

fn writer(actor: Actor) -> Result<VolunteerId> {
    actor.volunteer().ok_or_else(|| Error::refused("A draft is someone's own. Sign in first."))
}
