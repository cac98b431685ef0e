//! People as vCards 4.0 (RFC 6350), one after the other.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use calcard::vcard::{
    VCard, VCardEntry, VCardParameter, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue, VCardVersion,
};

use super::ExportColumn;
use super::people::{AddressRow, Full, ReachRow};
use crate::error::{Error, Result};
use crate::people::ReachKind;

pub(super) struct Cards {
    file: BufWriter<File>,
    columns: Vec<ExportColumn>,
}

impl Cards {
    /// No columns: all.
    pub fn create(part: &Path, columns: Vec<ExportColumn>) -> Result<Self> {
        Ok(Self { file: BufWriter::new(File::create(part)?), columns })
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
            let id = someone.external_id.clone().unwrap_or_else(|| format!("urn:uuid:{}", someone.id));
            add(VCardProperty::Uid, vec![id]);
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
        if wants(ExportColumn::Zone) {
            add(VCardProperty::Tz, vec![someone.zone.clone().unwrap_or_default()]);
        }
        if wants(ExportColumn::Tags) {
            add(VCardProperty::Categories, full.tags.clone());
        }
        if wants(ExportColumn::Notes) {
            full.facts.iter().for_each(|words| add(VCardProperty::Note, vec![words.clone()]));
        }
        for reach in &full.reaches {
            let (column, name) = match reach.kind {
                ReachKind::Phone => (ExportColumn::Phones, VCardProperty::Tel),
                ReachKind::Email => (ExportColumn::Emails, VCardProperty::Email),
                ReachKind::Post => (ExportColumn::Addresses, VCardProperty::Adr),
            };
            if wants(column) {
                entries.push(reached(name, reach, entries.len()));
                entries.extend(label_beside(reach, entries.len() - 1));
            }
        }
        VCard { entries }
    }
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
