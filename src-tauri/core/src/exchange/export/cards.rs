//! People as vCards 4.0 (RFC 6350), one after the other. What a book says of someone and the standard has no place for
//! stands in lines of its own (`X-WELLMET-…`), which the importer reads again.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use calcard::vcard::{
    VCard, VCardEntry, VCardParameter, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue,
    VCardValueType, VCardVersion,
};

use super::people::{AddressRow, Full, ReachRow};
use super::{ExportColumn, Order};
use crate::error::{Error, Result};
use crate::exchange::import::own::exact_header;
use crate::ids::FieldId;
use crate::people::ReachKind;
use crate::people::fields::{self, CustomField};
use crate::store::Db;

pub(super) struct Cards {
    file: BufWriter<File>,
    /// Empty: all.
    columns: Vec<ExportColumn>,
    /// By their names: a book that makes them from cards has them in the order in which it meets them.
    fields: Vec<(FieldId, String)>,
}

impl Cards {
    pub async fn create(db: &mut Db, part: &Path, order: &Order) -> Result<Self> {
        let mut own: Vec<CustomField> = fields::all(db).await?;
        own.retain(|field| !order.without_fields.contains(&field.id));
        own.sort_by(|one, other| one.name.cmp(&other.name));
        let fields = own.iter().map(|field| (field.id, exact_header(field))).collect();
        Ok(Self { file: BufWriter::new(File::create(part)?), columns: order.columns.clone(), fields })
    }

    pub fn piece(&self, full: &Full, piece: &mut Vec<u8>) -> Result<()> {
        let mut text = String::new();
        let card = self.card(full);
        card.write_to(&mut text, VCardVersion::V4_0).map_err(|error| Error::internal(error.to_string()))?;
        piece.extend_from_slice(text.as_bytes());
        Ok(())
    }

    pub fn place(&mut self, piece: &[u8]) -> Result<()> {
        Ok(self.file.write_all(piece)?)
    }

    pub fn finish(self) -> Result<()> {
        let file = self.file.into_inner().map_err(|error| Error::from(error.into_error()))?;
        file.sync_all()?;
        Ok(())
    }

    fn card(&self, full: &Full) -> VCard {
        let wants = |column: ExportColumn| self.columns.is_empty() || self.columns.contains(&column);
        let someone = &full.someone;
        let mut entries = Vec::new();
        let mut add = |name: VCardProperty, values: Vec<String>| {
            if values.iter().any(|value| !value.is_empty()) {
                let values = values.into_iter().map(VCardValue::Text).collect();
                entries.push(VCardEntry::new(name).with_values(values));
            }
        };
        if wants(ExportColumn::RecordId) {
            add(VCardProperty::Uid, vec![uid(&someone.external_id.clone().unwrap_or_else(|| someone.id.to_string()))]);
        }
        // A card without this one is none.
        add(VCardProperty::Fn, vec![someone.name.clone()]);
        if wants(ExportColumn::Given) || wants(ExportColumn::Family) {
            let empty = String::new;
            add(VCardProperty::N, vec![someone.family.clone(), someone.given.clone(), empty(), empty(), empty()]);
        }
        if wants(ExportColumn::Organisation) {
            add(VCardProperty::Org, vec![full.organisation.clone()]);
        }
        if wants(ExportColumn::RoleTitle) {
            add(VCardProperty::Title, vec![full.title.clone()]);
        }
        if wants(ExportColumn::BirthDay) {
            // As the standard's basic form has it: 19810304.
            add(VCardProperty::Bday, vec![someone.birth_day.replace('-', "")]);
        }
        if wants(ExportColumn::Tags) {
            add(VCardProperty::Categories, full.tags.clone());
        }
        if wants(ExportColumn::Notes) {
            full.facts.iter().for_each(|words| add(VCardProperty::Note, vec![words.clone()]));
        }
        if let Some(zone) = someone.zone.clone().filter(|_| wants(ExportColumn::Zone)) {
            // Said to be text, so that "UTC" is not taken for a distance from it.
            let value = VCardParameterValue::ValueType(VCardValueType::Text);
            let text = VCardParameter { name: VCardParameterName::Value, value };
            let entry = VCardEntry::new(VCardProperty::Tz).with_values(vec![VCardValue::Text(zone)]);
            entries.push(entry.with_param(text));
        }
        self.add_own(full, &mut entries);
        for (column, kind, name) in [
            (ExportColumn::Phones, ReachKind::Phone, VCardProperty::Tel),
            (ExportColumn::Emails, ReachKind::Email, VCardProperty::Email),
            (ExportColumn::Addresses, ReachKind::Post, VCardProperty::Adr),
        ] {
            for reach in full.reaches.iter().filter(|reach| reach.kind == kind && wants(column)) {
                entries.push(reached(name.clone(), reach, entries.len()));
                entries.extend(label_beside(reach, entries.len() - 1));
            }
        }
        VCard { entries }
    }

    /// What the standard has no place for. A no goes with everyone, whatever else was chosen: whoever has the card next
    /// would not know of it.
    fn add_own(&self, full: &Full, entries: &mut Vec<VCardEntry>) {
        let wants = |column: ExportColumn| self.columns.is_empty() || self.columns.contains(&column);
        let someone = &full.someone;
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                let name = VCardProperty::Other(format!("X-WELLMET-{name}"));
                entries.push(VCardEntry::new(name).with_values(vec![VCardValue::Text(value.to_owned())]));
            }
        };
        for (column, name, value) in [
            (ExportColumn::Standing, "STANDING", someone.standing.as_str()),
            (ExportColumn::Place, "PLACE", someone.place.as_str()),
            (ExportColumn::Country, "COUNTRY", someone.country.as_deref().unwrap_or_default()),
            (ExportColumn::Source, "SOURCE", someone.source.as_str()),
        ] {
            if wants(column) {
                add(name, value);
            }
        }
        if someone.do_not_call {
            add("DO-NOT-CALL", "yes");
        }
        for (kind, name) in
            [(ReachKind::Phone, "MAY-CALL"), (ReachKind::Email, "MAY-EMAIL"), (ReachKind::Post, "MAY-POST")]
        {
            match full.said(kind) {
                Some(true) if wants(ExportColumn::Consents) => add(name, "yes"),
                Some(false) => add(name, "no"),
                _ => {}
            }
        }
        for (id, header) in self.fields.iter().filter(|_| wants(ExportColumn::Fields)) {
            let Some(value) = full.fields.get(id).filter(|value| !value.is_empty()) else { continue };
            let name = VCardParameterName::Other("X-NAME".into());
            let entry = VCardEntry::new(VCardProperty::Other("X-WELLMET-FIELD".into()))
                .with_values(vec![VCardValue::Text(value.clone())])
                .with_param(VCardParameter { name, value: VCardParameterValue::Text(header.clone()) });
            entries.push(entry);
        }
    }
}

/// A record's number as the standard writes one that is no other's, whether a book gave it or the list it came from.
fn uid(id: &str) -> String {
    let is_uuid = uuid::Uuid::parse_str(id).is_ok_and(|uuid| uuid.to_string() == id);
    if is_uuid { format!("urn:uuid:{id}") } else { id.to_owned() }
}

fn reached(name: VCardProperty, reach: &ReachRow, at: usize) -> VCardEntry {
    let text = |text: &str| VCardValue::Text(text.to_owned());
    let entry = match reach.kind {
        // Box, extension, street, city, region, postcode, country. One whose parts nobody knows is kept as it is written
        // on a letter; one with its parts says beside them how that is.
        ReachKind::Post => {
            let known = reach.parts.as_ref().map(AddressRow::parts);
            let known = known.filter(|parts| parts[1..].iter().any(|part| !part.is_empty()));
            let [street, city, region, postcode, country] = known.unwrap_or([&reach.value, "", "", "", ""]);
            let parts = ["", "", street, city, region, postcode, country];
            let entry = VCardEntry::new(name).with_values(parts.map(text).to_vec());
            match known {
                Some(_) => entry.with_param(VCardParameter {
                    name: VCardParameterName::Label,
                    value: VCardParameterValue::Text(reach.value.clone()),
                }),
                None => entry,
            }
        }
        _ => VCardEntry::new(name).with_values(vec![text(&reach.written())]),
    };
    let kind = match reach.label.as_str() {
        "mobile" => "cell",
        label @ ("home" | "work") => label,
        "" => return entry,
        // Any other word stands in a line beside, as Apple and Google write it.
        _ => return entry.with_group(Some(format!("item{at}"))),
    };
    let value = VCardParameterValue::Text(kind.to_owned());
    entry.with_param(VCardParameter { name: VCardParameterName::Type, value })
}

fn label_beside(reach: &ReachRow, at: usize) -> Option<VCardEntry> {
    let known = matches!(reach.label.as_str(), "" | "mobile" | "home" | "work");
    (!known).then(|| {
        VCardEntry::new(VCardProperty::Other("X-ABLabel".into()))
            .with_group(Some(format!("item{at}")))
            .with_values(vec![VCardValue::Text(reach.label.clone())])
    })
}
