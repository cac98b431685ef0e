//! Columns that go to fields of the association's own: those that it has, and those that the list makes.

use super::recognise::{Column, Field};
use super::values;
use crate::error::{Error, Result};
use crate::people::fields::{self, CustomField, FieldKind};
use crate::people::incoming::{Incoming, IncomingField};
use crate::store::{Db, Edit};

/// Most kinds of values in a column of which people choose one.
const OPTIONS_MAX: usize = 12;
/// Before so many cells are there, what few there are say nothing.
const CHOSEN_MIN: usize = 20;

/// As an exact list calls the column of a field: a new book makes the field from it.
pub fn exact_header(field: &CustomField) -> String {
    format!("{} ({})", field.name, field.kind.as_str())
}

fn from_exact_header(header: &str) -> Option<(&str, FieldKind)> {
    let (name, kind) = header.strip_suffix(')')?.rsplit_once(" (")?;
    Some((name, FieldKind::parse(kind)?))
}

/// Columns that bear the name of a field go there; whoever a column names or reaches, it goes on doing so.
pub(super) fn recognise(columns: &mut [Column], fields: &[CustomField], exact: bool) {
    for column in columns {
        if exact && let Some((name, kind)) = from_exact_header(&column.header) {
            (column.field, column.label) = match fields.iter().find(|field| field.is_called(name)) {
                Some(field) => (Field::Own, field.name.clone()),
                None => (Field::NewField, kind.as_str().to_owned()),
            };
            continue;
        }
        let named = [Field::FullName, Field::Given, Field::Family, Field::Email, Field::Phone];
        if let Some(field) = fields.iter().find(|field| field.is_called(&column.header))
            && !exact
            && !named.contains(&column.field)
        {
            (column.field, column.label) = (Field::Own, field.name.clone());
        }
    }
}

/// What is wrong with what was chosen for the columns; kinds that nobody named are guessed from the cells.
pub(super) fn settle(columns: &mut [Column], fields: &[CustomField], sample: &[Vec<String>]) -> Result<()> {
    for (at, column) in columns.iter_mut().enumerate() {
        match column.field {
            Field::Own => {
                let field = fields.iter().find(|field| field.is_called(&column.label)).ok_or_else(|| {
                    Error::invalid(format!(
                        "There is no field “{}” any more. Choose another one for “{}”, or keep it as a new field.",
                        column.label, column.header
                    ))
                })?;
                column.label.clone_from(&field.name);
            }
            Field::NewField if column.label.is_empty() => {
                let cells: Vec<&str> = sample
                    .iter()
                    .filter_map(|row| row.get(at))
                    .map(|cell| cell.trim())
                    .filter(|cell| !cell.is_empty())
                    .collect();
                guess(&cells).as_str().clone_into(&mut column.label);
            }
            Field::NewField if FieldKind::parse(&column.label).is_none() => {
                let kinds: Vec<&str> = FieldKind::ALL.iter().map(|kind| kind.as_str()).collect();
                let message = format!("“{}” is no kind of field. Use one of: {}.", column.label, kinds.join(", "));
                return Err(Error::invalid(message));
            }
            _ => {}
        }
    }
    Ok(())
}

fn guess(cells: &[&str]) -> FieldKind {
    let all =
        |kind: FieldKind| !cells.is_empty() && cells.iter().all(|cell| fields::reads_as(kind, &plain(kind, cell)));
    let mut kinds: Vec<&&str> = cells.iter().collect();
    kinds.sort_unstable();
    kinds.dedup();
    match () {
        () if all(FieldKind::Number) => FieldKind::Number,
        () if all(FieldKind::Date) => FieldKind::Date,
        () if cells.len() >= CHOSEN_MIN && kinds.len() <= OPTIONS_MAX => FieldKind::Choice,
        () => FieldKind::Text,
    }
}

/// A cell as a field of this kind takes it: a date however a list writes it, a number without the commas of thousands.
fn plain(kind: FieldKind, cell: &str) -> String {
    match kind {
        FieldKind::Date if fields::reads_as(kind, cell) => cell.to_owned(),
        FieldKind::Date => values::date(cell).map_or_else(|| cell.to_owned(), |day| day.to_string()),
        FieldKind::Number => without_commas(cell).unwrap_or_else(|| cell.to_owned()),
        FieldKind::Text | FieldKind::Choice => cell.to_owned(),
    }
}

/// `1250.5` of `1,250.5`; nothing where the commas do not part thousands.
fn without_commas(cell: &str) -> Option<String> {
    let (whole, part) = cell.split_once('.').map_or((cell, ""), |(whole, part)| (whole, part));
    let mut groups = whole.trim_start_matches(['+', '-']).split(',');
    let first = groups.next()?;
    let thousands = !first.is_empty() && first.len() <= 3 && groups.clone().count() > 0;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (thousands && digits(first) && groups.all(|group| group.len() == 3 && digits(group)) && digits(part))
        .then(|| cell.replace(',', ""))
}

/// A column's field, and whether what cannot be chosen in it yet is added to its choices.
#[derive(Clone)]
pub struct Own {
    pub field: CustomField,
    adds: bool,
}

/// The fields that columns go to, by column. Those that the list makes are there once [`make`] has made them.
pub(super) async fn of(db: &mut Db, columns: &[Column], adds: bool) -> Result<Vec<Option<Own>>> {
    let there = fields::all(db).await?;
    let own = |column: &Column| match column.field {
        Field::Own => there.iter().find(|field| field.is_called(&column.label)),
        Field::NewField => there.iter().find(|field| field.is_called(name_of(column))),
        _ => None,
    };
    Ok(columns
        .iter()
        .map(|column| {
            own(column).map(|field| Own { field: field.clone(), adds: adds || column.field == Field::NewField })
        })
        .collect())
}

fn name_of(column: &Column) -> &str {
    from_exact_header(&column.header).map_or(column.header.as_str(), |(name, _)| name)
}

/// Makes the fields that the list brings along.
pub(super) async fn make(edit: &mut Edit, columns: &[Column], own: &mut [Option<Own>]) -> Result<()> {
    for (column, own) in columns.iter().zip(own) {
        if column.field == Field::NewField && own.is_none() {
            let kind = FieldKind::parse(&column.label).unwrap_or(FieldKind::Text);
            let id = fields::make(edit, name_of(column), kind).await?;
            *own = Some(Own { field: fields::get(edit, id).await?, adds: true });
        }
    }
    Ok(())
}

/// What the row says in these columns, or what does not fit.
pub(super) fn read(
    someone: &mut Incoming,
    columns: &[Column],
    own: &[Option<Own>],
    cells: &[String],
    exact: bool,
) -> Result<(), String> {
    for ((column, own), cell) in columns.iter().zip(own).zip(cells) {
        let Some(Own { field, adds }) = own else { continue };
        let cell = cell.trim();
        let is_option = field.kind == FieldKind::Choice && field.option(cell).is_some();
        if cell.is_empty() || (!exact && !is_option && matches!(cell, "-" | "--" | "—" | "n/a" | "N/A" | "#N/A")) {
            continue;
        }
        let value = if exact { cell.to_owned() } else { plain(field.kind, cell) };
        let stored = match field.read(&value) {
            Ok(Some(stored)) => Some(stored),
            Ok(None) => continue,
            Err(_) if *adds && field.kind == FieldKind::Choice => None,
            Err(error) => return Err(format!("{} (under “{}”)", error.message, column.header)),
        };
        // Of two columns of one field the first that says something.
        if !someone.fields.iter().any(|known| known.field == field.id) {
            someone.fields.push(IncomingField { field: field.id, name: field.name.clone(), value, stored });
        }
    }
    Ok(())
}
