//! When a call was, and how long: what the timer says, put right by whoever was on the telephone.

use super::session;
use super::view::Logged;
use crate::error::{Error, Result};
use crate::ids::CallId;
use crate::people::person;
use crate::store::{Actor, Book};
use crate::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};
use crate::{args, statements};

/// Nobody talks longer; a timer that was forgotten does.
const LONGEST_MS: i64 = 12 * HOUR_MS;
/// What is longer ago nobody remembers to the minute.
const EARLIEST_MS: i64 = 92 * DAY_MS;
/// A clock that is a little fast is no call from the future.
const SKEW_MS: i64 = MINUTE_MS / 2;

statements! {
    SET_TIMES = "UPDATE call SET began_ms = $2, ended_ms = $3 WHERE id = $1 AND state = 'begun'";
}

/// Puts right when a call began and ended, before it is filed. `ended` of `None`: it still goes on.
pub async fn correct(book: &Book, actor: Actor, call: CallId, began: Millis, ended: Option<Millis>) -> Result<()> {
    let mut edit = book.write(actor, "correct_call").await?;
    edit.aside();
    let now = edit.at;
    let row = session::begun(&mut edit, call).await?;
    if row.logged && ended.is_none() {
        return Err(Error::invalid("A call that was written down afterwards is over. Say how long it took."));
    }
    let (began, ended) = sane(began, ended, now)?;
    edit.run(&SET_TIMES, args![call, began, ended]).await?;
    let name = person::reference(&mut edit, row.person_id).await?.name;
    edit.about(name);
    edit.commit().await?;
    Ok(())
}

/// When a call began and ended that is written down after the event.
pub(super) fn of_logged(logged: Logged, now: Millis) -> Result<(Millis, Option<Millis>)> {
    sane(logged.began_ms, Some(logged.began_ms.plus_ms(i64::from(logged.minutes) * MINUTE_MS)), now)
}

fn sane(began: Millis, ended: Option<Millis>, now: Millis) -> Result<(Millis, Option<Millis>)> {
    let last = ended.unwrap_or(now);
    if began.since(now) > SKEW_MS {
        return Err(Error::invalid("That call would begin in the future. Check the day and the time."));
    }
    if last.since(now) > SKEW_MS {
        return Err(Error::invalid("That call would not be over yet. Check when it was and how long it took."));
    }
    if last < began {
        return Err(Error::invalid("That call would end before it begins. Check both times."));
    }
    if last.since(began) > LONGEST_MS {
        return Err(Error::invalid("That call would last longer than twelve hours. Check both times."));
    }
    if now.since(began) > EARLIEST_MS {
        return Err(Error::invalid(
            "That call is more than three months ago. Write it down among what matters to them instead.",
        ));
    }
    let began = began.min(now);
    Ok((began, ended.map(|ended| ended.min(now).max(began))))
}
