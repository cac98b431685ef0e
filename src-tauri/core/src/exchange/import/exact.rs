//! A list that a book like this one wrote, read word for word: nothing in it is taken for anything but what it says, so
//! that what goes out and comes in is the same to the byte.

use std::collections::{BTreeMap, HashMap};

use super::own;
use super::plan::{Plan, country_code};
use super::recognise::Field;
use super::values;
use crate::people::incoming::{Incoming, IncomingAddress};
use crate::people::{ReachKind, Standing};
use crate::team::standards;

/// Between the pieces of one cell.
const BETWEEN: &str = ":::";

/// A piece as it stands in a cell of several.
pub fn packed(piece: &str) -> String {
    // What could be taken for a mark, or for a mark that was made harmless, is made harmless.
    if piece.contains(BETWEEN) || piece.contains("\\:") || piece.contains("\\\\") {
        piece.replace('\\', "\\\\").replace(':', "\\:")
    } else {
        piece.to_owned()
    }
}

fn unpacked(piece: &str) -> String {
    if !piece.contains("\\:") && !piece.contains("\\\\") {
        return piece.to_owned();
    }
    let mut text = String::with_capacity(piece.len());
    let mut marks = piece.chars();
    while let Some(mark) = marks.next() {
        text.push(if mark == '\\' { marks.next().unwrap_or(mark) } else { mark });
    }
    text
}

fn pieces(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split(BETWEEN).map(str::trim).filter(|piece| !piece.is_empty()).map(unpacked)
}

/// Of one part of several addresses, each keeps its place.
fn places(cell: &str) -> Vec<String> {
    cell.split(BETWEEN).map(|piece| unpacked(piece.trim())).collect()
}

/// The addresses of one set of columns, from what each column of it says.
fn addresses(label: &str, mut parts: [Vec<String>; 5]) -> impl Iterator<Item = IncomingAddress> {
    let count = parts.iter().map(Vec::len).max().unwrap_or_default();
    (0..count).map(move |at| {
        let [street, city, region, postcode, country] =
            parts.each_mut().map(|pieces| pieces.get_mut(at).map(std::mem::take).unwrap_or_default());
        IncomingAddress { label: label.to_owned(), street, city, region, postcode, country }
    })
}

impl Plan {
    pub(super) fn read_exact(&self, cells: &[String]) -> Result<Incoming, String> {
        let mut someone = Incoming::default();
        let mut labels: HashMap<(Field, u8), &str> = HashMap::new();
        let mut in_parts: BTreeMap<u8, [Vec<String>; 5]> = BTreeMap::new();
        let said = || self.columns.iter().zip(cells).map(|(column, cell)| (column, cell.trim()));
        for (column, cell) in said().filter(|(_, cell)| !cell.is_empty()) {
            match column.field {
                Field::PhoneLabel => drop(labels.insert((Field::Phone, column.set), cell)),
                Field::EmailLabel => drop(labels.insert((Field::Email, column.set), cell)),
                Field::AddressLabel => drop(labels.insert((Field::Address, column.set), cell)),
                _ => {}
            }
        }
        for (column, cell) in said().filter(|(_, cell)| !cell.is_empty()) {
            // The country of an address has a number, the person's has none.
            let part = match column.field {
                Field::Street => 0,
                Field::City => 1,
                Field::Region => 2,
                Field::Postcode => 3,
                Field::Country if column.set > 0 => 4,
                _ => continue,
            };
            in_parts.entry(column.set).or_default()[part] = places(cell);
        }
        for (set, parts) in in_parts {
            let label = labels.get(&(Field::Address, set)).copied().unwrap_or_default();
            someone.addresses.extend(addresses(label, parts));
        }
        for (column, cell) in said().filter(|(_, cell)| !cell.is_empty()) {
            let may = || {
                values::yes_or_no(cell)
                    .ok_or_else(|| format!("“{cell}” under “{}” is neither yes nor no", column.header))
            };
            let label = |field| labels.get(&(field, column.set)).copied().unwrap_or_default();
            match column.field {
                Field::ExternalId => someone.external_id = Some(cell.to_owned()),
                Field::FullName => cell.clone_into(&mut someone.name),
                Field::Given => cell.clone_into(&mut someone.given),
                Field::Family => cell.clone_into(&mut someone.family),
                Field::Organisation => cell.clone_into(&mut someone.organisation),
                Field::RoleTitle => cell.clone_into(&mut someone.role_title),
                Field::Standing => match Standing::parse(cell) {
                    Some(standing) => someone.standing = Some(standing),
                    None => return Err(format!("“{cell}” under “{}” is no standing", column.header)),
                },
                Field::Birthday => match cell.parse::<chrono::NaiveDate>() {
                    Ok(day) => someone.birth_day = day.to_string(),
                    Err(_) => return Err(format!("“{cell}” under “{}” is no date", column.header)),
                },
                Field::Phone => pieces(cell).for_each(|piece| {
                    self.reach(&mut someone, ReachKind::Phone, piece, label(Field::Phone));
                }),
                Field::Email => pieces(cell).for_each(|piece| {
                    self.reach(&mut someone, ReachKind::Email, piece, label(Field::Email));
                }),
                Field::Address => pieces(cell).for_each(|piece| {
                    self.reach(&mut someone, ReachKind::Post, piece, label(Field::Address));
                }),
                Field::Place => cell.clone_into(&mut someone.place),
                Field::Country if column.set == 0 => someone.country = country_code(cell),
                Field::Zone => {
                    standards::zone(cell).map_err(|error| error.message)?;
                    someone.zone = Some(cell.to_owned());
                }
                Field::Tag => someone.tags = pieces(cell).collect(),
                Field::Note => someone.facts = pieces(cell).collect(),
                Field::Source => cell.clone_into(&mut someone.source),
                Field::MayCall => someone.consents.push((ReachKind::Phone, may()?)),
                Field::MayEmail => someone.consents.push((ReachKind::Email, may()?)),
                Field::MayPost => someone.consents.push((ReachKind::Post, may()?)),
                Field::DoNotCall => someone.do_not_call = may()?,
                _ => {}
            }
        }
        own::read(&mut someone, &self.columns, &self.own, cells, true)?;
        if someone.is_empty() {
            return Err("it has no name, no organisation, no e-mail address and no number that can be read".into());
        }
        Ok(someone.keyed())
    }
}
