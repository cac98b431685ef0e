//! "This is not who I meant": rule 5.

use super::script::Purpose;
use super::session;
use super::view::{Call, Rescue, WhoItWas};
use super::{brief, effects, inquiry, others, scripts};
use crate::error::{Error, Result};
use crate::ids::{CallId, PersonId};
use crate::people::{person, reaches};
use crate::promises::ledger::{self, PromiseState};
use crate::promises::reasons::plain;
use crate::promises::today;
use crate::store::{Actor, Book, Db, Edit};
use crate::{args, statements};

statements! {
    SWITCH = "UPDATE call SET person_id = $2, reach_id = $3, promise_id = $4, reason = $5, confirmed = '', \
        script_version_id = $6, path = '[]', draft = '', meant_person_id = $7 WHERE id = $1 AND state = 'begun'";
}

/// Who owns the number and what they wait for.
pub async fn look(db: &mut Db, call: CallId) -> Result<Rescue> {
    let row = session::begun(db, call).await?;
    let meant = row.meant_person_id.unwrap_or(row.person_id);
    let reach = match row.reach_id {
        Some(reach) => Some(reaches::row(db, reach).await?),
        None => None,
    };
    let may_be = others::on_the_line(db, meant, reach.as_ref()).await?;
    // Of the first person nothing is touched: what is owed to them now is what stays open.
    let stays_open = match row.promise_id.filter(|_| row.meant_person_id.is_none()) {
        Some(promise) => Some(ledger::get(db, promise).await?).filter(|promise| promise.state == PromiseState::Open),
        None => inquiry::first_open(db, meant).await?,
    };
    Ok(Rescue { meant: person::reference(db, meant).await?, may_be, stays_open })
}

/// The call belongs to whoever is on the line, with the apology script; the first person's promise stays open.
pub async fn switch(book: &Book, actor: Actor, call: CallId, to: &WhoItWas) -> Result<Call> {
    scripts::complete(book).await?;
    let mut edit = book.write(actor, "switch_person").await?;
    let now = edit.at;
    let row = session::begun(&mut edit, call).await?;
    let meant = row.meant_person_id.unwrap_or(row.person_id);
    let number = match row.reach_id {
        Some(reach) => Some(reaches::row(&mut edit, reach).await?),
        None => None,
    };
    let on_the_line = on_the_line(&mut edit, to, number.as_ref().map(|row| row.value.as_str())).await?;
    if on_the_line == row.person_id {
        let name = person::reference(&mut edit, on_the_line).await?.name;
        return Err(Error::invalid(format!("This call is on {name} already. Choose who is really on the line.")));
    }
    let meant_name = person::reference(&mut edit, meant).await?.name;
    let who = person::reference(&mut edit, on_the_line).await?;
    edit.about(who.name);
    // The same number, as the one on the line has it; else the one that was dialled.
    let theirs = reaches::rows_of(&mut edit, on_the_line).await?;
    let reach = number
        .as_ref()
        .and_then(|number| theirs.iter().find(|row| row.kind == number.kind && row.value == number.value))
        .map(|row| row.id)
        .or(row.reach_id);
    let promise = inquiry::first_open(&mut edit, on_the_line).await?;
    // Back to the one who was meant in the first place: then nobody was mistaken, and nobody is to apologise.
    let meant = (on_the_line != meant).then_some(meant);
    let owed = match &promise {
        Some(promise) => Some(plain(&today::reason(&mut edit, promise.id, now).await?)),
        None => None,
    };
    let mistaken = meant.map(|_| format!("{meant_name} was meant, and someone else answered."));
    let reason = [owed, mistaken].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let reason = if reason.is_empty() { row.reason.clone() } else { reason };
    let purpose = match meant {
        Some(_) => Purpose::WrongPerson,
        None => brief::purpose(&mut edit, promise.as_ref(), now).await?,
    };
    let version = scripts::to_begin_with(&mut edit, None, purpose).await?;
    let promise = promise.map(|promise| promise.id);
    effects::keep_words(&mut edit, &row).await?;
    edit.run(&SWITCH, args![call, on_the_line, reach, promise, reason, version, meant]).await?;
    let call = session::get(&mut edit, now, actor, call).await?;
    edit.commit().await?;
    Ok(call)
}

async fn on_the_line(edit: &mut Edit, to: &WhoItWas, number: Option<&str>) -> Result<PersonId> {
    match to {
        WhoItWas::Known(id) => {
            let who = person::get(edit, *id).await?;
            if who.removed {
                return Err(Error::refused(format!("{} was taken off the lists. Restore them first.", who.name)));
            }
            Ok(*id)
        }
        WhoItWas::New(new) => {
            let mut new = new.clone();
            if new.phone.trim().is_empty() {
                new.phone = number.unwrap_or_default().to_owned();
            }
            if new.source.trim().is_empty() {
                new.source = "wrong_call".into();
            }
            person::create(edit, &new).await
        }
    }
}
