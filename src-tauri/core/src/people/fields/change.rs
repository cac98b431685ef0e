//! A field that is there is renamed, gets other choices, or becomes another kind.

use serde::Deserialize;

use super::kinds::option_key;
use super::{
    CustomField, FieldKind, FieldOption, Stored, all, field_name, folded, get, insert_option, option_names, taken,
};
use crate::error::{Error, Result};
use crate::ids::{FieldId, FieldOptionId};
use crate::store::Edit;
use crate::{args, statements};

/// What a field is to be, whole. Options that are not named any more go, with what people have of them.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct CustomFieldChange {
    pub name: String,
    pub kind: FieldKind,
    #[serde(default)]
    pub options: Vec<OptionChange>,
}

/// `None`: a new one.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct OptionChange {
    pub id: Option<FieldOptionId>,
    pub name: String,
}

/// Values that are the same, and how many people have them.
#[derive(sqlx::FromRow)]
struct Alike {
    value: String,
    sort_key: String,
    option_id: Option<FieldOptionId>,
    shown: String,
    people: i64,
}

statements! {
    RENAME = "UPDATE field SET name = $2, folded = $3 WHERE id = $1";
    SET_KIND = "UPDATE field SET kind = $2 WHERE id = $1";
    SET_OPTION = "UPDATE field_option SET name = $2, folded = $3, position = $4 WHERE id = $1 \
        AND (name <> $2 OR folded <> $3 OR position <> $4)";
    UNCHOOSE = "DELETE FROM field_value WHERE option_id = $1";
    REMOVE_OPTION = "DELETE FROM field_option WHERE id = $1";
    ALIKE = "SELECT v.value, v.sort_key, v.option_id, COALESCE(o.name, v.value) AS shown, COUNT(*) AS people \
        FROM field_value v LEFT JOIN field_option o ON o.id = v.option_id WHERE v.field_id = $1 \
        GROUP BY v.value, v.sort_key, v.option_id, o.name ORDER BY COUNT(*) DESC, v.sort_key, v.value";
    CONVERT = "UPDATE field_value SET value = $4, option_id = $5, sort_key = $6 \
        WHERE field_id = $1 AND sort_key = $2 AND value = $3";
}

pub async fn change(edit: &mut Edit, id: FieldId, change: &CustomFieldChange) -> Result<()> {
    let now = get(edit, id).await?;
    let name = field_name(&change.name)?;
    if all(edit).await?.iter().any(|other| other.id != id && other.is_called(&name)) {
        return Err(taken(&name));
    }
    let names = option_names(change.kind, change.options.iter().map(|option| &option.name))?;
    if name != now.name {
        edit.run(&RENAME, args![id, &name, folded(&name)]).await?;
    }
    let was_choice = now.kind == FieldKind::Choice;
    let options: Vec<(Option<FieldOptionId>, String)> =
        change.options.iter().map(|option| option.id.filter(|_| was_choice)).zip(names).collect();
    if change.kind == now.kind {
        if was_choice {
            set_options(edit, &now, &options).await?;
        }
    } else {
        let new = CustomField { id, name: name.clone(), kind: change.kind, options: Vec::new() };
        convert(edit, &now, new, &options).await?;
    }
    edit.about(name);
    Ok(())
}

/// The options that a choice has from now on, in their order.
async fn set_options(edit: &mut Edit, now: &CustomField, options: &[(Option<FieldOptionId>, String)]) -> Result<()> {
    let kept: Vec<FieldOptionId> = options.iter().filter_map(|(id, _)| *id).collect();
    let is_there = |id: &FieldOptionId| now.options.iter().any(|option| option.id == *id);
    if !kept.iter().all(is_there) || kept.iter().enumerate().any(|(at, id)| kept[..at].contains(id)) {
        return Err(Error::not_found("Someone changed the choices in the meantime. Look at them again."));
    }
    for gone in now.options.iter().filter(|option| !kept.contains(&option.id)) {
        edit.run(&UNCHOOSE, args![gone.id]).await?;
        edit.run(&REMOVE_OPTION, args![gone.id]).await?;
    }
    // Two may take each other's name: whoever has another's steps aside first.
    for (at, (id, name)) in (1_i64..).zip(options) {
        let Some(id) = id else { continue };
        let holds = |other: &&FieldOption| other.id != *id && folded(&other.name) == folded(name);
        if let Some(other) = now.options.iter().filter(|other| kept.contains(&other.id)).find(holds) {
            edit.run(&SET_OPTION, args![other.id, &other.name, option_key(other.id), -at]).await?;
        }
    }
    for (at, (id, name)) in (1_i64..).zip(options) {
        match id {
            Some(id) => edit.run(&SET_OPTION, args![*id, name, folded(name), at]).await.map(drop)?,
            None => insert_option(edit, now.id, name, at).await.map(drop)?,
        }
    }
    Ok(())
}

/// Everything that people have, as the new kind keeps it; refused where some of it would not fit.
async fn convert(
    edit: &mut Edit,
    now: &CustomField,
    mut new: CustomField,
    options: &[(Option<FieldOptionId>, String)],
) -> Result<()> {
    for (at, (_, name)) in (1_i64..).zip(options) {
        let id = insert_option(edit, new.id, name, at).await?;
        new.options.push(FieldOption { id, name: name.clone() });
    }
    let all: Vec<Alike> = edit.all(&ALIKE, args![new.id]).await?;
    let read: Vec<(Alike, Option<Stored>)> = all
        .into_iter()
        .map(|alike| {
            let stored = new.read(&alike.shown).ok().flatten();
            (alike, stored)
        })
        .collect();
    refuse_misfits(&new, &read)?;
    for (alike, stored) in read {
        let Some(stored) = stored else { continue };
        // A day that was words may have been written otherwise.
        if alike.value != stored.value || alike.sort_key != stored.sort_key || alike.option_id != stored.option {
            let args = args![new.id, alike.sort_key, alike.value, stored.value, stored.option, stored.sort_key];
            edit.run(&CONVERT, args).await?;
        }
    }
    for option in &now.options {
        edit.run(&REMOVE_OPTION, args![option.id]).await?;
    }
    edit.run(&SET_KIND, args![new.id, new.kind]).await?;
    Ok(())
}

fn refuse_misfits(new: &CustomField, read: &[(Alike, Option<Stored>)]) -> Result<()> {
    let misfits: Vec<&Alike> = read.iter().filter(|(_, stored)| stored.is_none()).map(|(alike, _)| alike).collect();
    let people: i64 = misfits.iter().map(|alike| alike.people).sum();
    if people == 0 {
        return Ok(());
    }
    let mut named: Vec<String> = misfits.iter().take(3).map(|alike| format!("“{}”", alike.shown)).collect();
    if misfits.len() > named.len() {
        named.push("…".to_owned());
    }
    let who = if people == 1 { "One person has".to_owned() } else { format!("{people} people have") };
    let (what, way_out) = match new.kind {
        FieldKind::Choice => ("not among the choices", "Add it to the choices"),
        FieldKind::Number => ("no number", "Write it in digits there"),
        FieldKind::Date => ("no date", "Write it like 2026-12-24 there"),
        FieldKind::Text => ("too long", "Shorten it there"),
    };
    let name = &new.name;
    let named = named.join(", ");
    Err(Error::refused(format!(
        "{who} something in “{name}” that is {what}: {named}. {way_out}, or leave the kind as it is."
    )))
}
