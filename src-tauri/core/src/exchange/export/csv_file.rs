//! People as rows of a CSV, under headers that the importer reads back.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use super::ExportForm;
use crate::error::{Error, Result};
use crate::ids::{PersonId, VolunteerId};
use crate::people::{ReachKind, Standing, phone};
use crate::store::Db;
use crate::{args, statements};

/// Between the pieces of one cell, as Google Contacts writes them and the importer takes them apart.
const BETWEEN: &str = " ::: ";
/// More of one kind than this stand in the last column together.
const EACH_MAX: i64 = 6;

#[derive(sqlx::FromRow)]
struct Someone {
    id: PersonId,
    external_id: Option<String>,
    name: String,
    given: String,
    family: String,
    standing: Standing,
    organisation: Option<String>,
    title: Option<String>,
    place: String,
    zone: Option<String>,
    country: Option<String>,
    source: String,
    do_not_call: bool,
}

#[derive(sqlx::FromRow)]
struct ReachRow {
    kind: ReachKind,
    value: String,
    extension: Option<String>,
    label: String,
}

#[derive(sqlx::FromRow)]
pub(super) struct Filters {
    pub standing: Standing,
    pub keeper_id: Option<VolunteerId>,
    pub waiting: bool,
}

statements! {
    SOMEONE = "SELECT p.id, p.external_id, p.name, p.given, p.family, p.standing, p.place, p.zone, p.country, p.source, \
        p.do_not_call, \
        (SELECT o.name FROM role r JOIN organisation o ON o.id = r.organisation_id \
           WHERE r.person_id = p.id AND r.to_day IS NULL ORDER BY r.id LIMIT 1) AS organisation, \
        (SELECT r.title FROM role r WHERE r.person_id = p.id AND r.to_day IS NULL ORDER BY r.id LIMIT 1) AS title \
        FROM person p WHERE p.id = $1 AND p.removed_ms IS NULL";
    REACHES = "SELECT kind, value, extension, label FROM reach WHERE person_id = $1 AND state = 'good' ORDER BY position, id";
    FACTS = "SELECT words FROM fact WHERE person_id = $1 ORDER BY learned_ms, id";
    TAGS = "SELECT name FROM tag WHERE person_id = $1 ORDER BY name";
    CONSENTS = "SELECT channel, allowed FROM consent WHERE person_id = $1";
    MOST_REACHES = "SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM reach WHERE kind = $1 AND state = 'good' \
        GROUP BY person_id) counted";
    FILTERS = "SELECT p.standing, p.keeper_id, \
        EXISTS (SELECT 1 FROM inquiry i WHERE i.person_id = p.id AND i.state = 'open') AS waiting \
        FROM person p WHERE p.id = $1";
}

pub(super) async fn filters(db: &mut Db, id: PersonId) -> Result<Filters> {
    db.one(&FILTERS, args![id], "person").await
}

pub(super) struct Writer {
    csv: csv::Writer<BufWriter<File>>,
    form: ExportForm,
    phones: usize,
    emails: usize,
    addresses: usize,
    rows: u32,
    left_out: u32,
}

impl Writer {
    pub async fn create(db: &mut Db, part: &Path, form: ExportForm) -> Result<Self> {
        let mut each = [0_usize; 3];
        for (most, kind) in each.iter_mut().zip([ReachKind::Phone, ReachKind::Email, ReachKind::Post]) {
            let count: i64 = db.scalar(&MOST_REACHES, args![kind]).await?;
            *most = usize::try_from(count.clamp(1, EACH_MAX)).unwrap_or(1);
        }
        let mut file = BufWriter::new(File::create(part)?);
        if form == ExportForm::ForSpreadsheet {
            // Excel takes a file without this mark for an old encoding.
            file.write_all("\u{feff}".as_bytes())?;
        }
        let terminator = match form {
            ExportForm::ForSpreadsheet => csv::Terminator::CRLF,
            ExportForm::Exact => csv::Terminator::Any(b'\n'),
        };
        let csv = csv::WriterBuilder::new().terminator(terminator).from_writer(file);
        let [phones, emails, addresses] = each;
        let mut writer = Self { csv, form, phones, emails, addresses, rows: 0, left_out: 0 };
        let header = writer.header();
        writer.csv.write_record(header).map_err(failed)?;
        Ok(writer)
    }

    fn header(&self) -> Vec<String> {
        let mut header: Vec<String> =
            ["Record ID", "Name", "Given name", "Family name", "Organisation", "Job title", "Standing"]
                .map(str::to_owned)
                .to_vec();
        for (kind, value, count) in [
            ("Phone", "Value", self.phones),
            ("E-mail", "Value", self.emails),
            ("Address", "Formatted", self.addresses),
        ] {
            for number in 1..=count {
                header.push(format!("{kind} {number} - Label"));
                header.push(format!("{kind} {number} - {value}"));
            }
        }
        header.extend(
            ["Place", "Country", "Time zone", "Tags", "Notes", "Source", "May call", "May email", "May post"]
                .map(str::to_owned),
        );
        header
    }

    /// Writes one person, unless they do not want to be contacted. A channel that they refused is left empty.
    pub async fn person(&mut self, db: &mut Db, id: PersonId) -> Result<()> {
        let someone: Option<Someone> = db.maybe(&SOMEONE, args![id]).await?;
        let Some(someone) = someone else { return Ok(()) };
        let consents: Vec<(ReachKind, bool)> = db.all(&CONSENTS, args![id]).await?;
        let said = |kind: ReachKind| consents.iter().find(|(channel, _)| *channel == kind).map(|(_, allowed)| *allowed);
        let reaches: Vec<ReachRow> = db.all(&REACHES, args![id]).await?;
        let refused = |kind: ReachKind| said(kind) == Some(false);
        let nowhere = !reaches.is_empty() && reaches.iter().all(|reach| refused(reach.kind));
        if someone.do_not_call || refused(ReachKind::Phone) || nowhere {
            self.left_out += 1;
            return Ok(());
        }
        let facts: Vec<(String,)> = db.all(&FACTS, args![id]).await?;
        let tags: Vec<(String,)> = db.all(&TAGS, args![id]).await?;

        let mut cells = vec![
            someone.external_id.unwrap_or_else(|| someone.id.to_string()),
            someone.name,
            someone.given,
            someone.family,
            someone.organisation.unwrap_or_default(),
            someone.title.unwrap_or_default(),
            someone.standing.as_str().to_owned(),
        ];
        for (kind, columns) in
            [(ReachKind::Phone, self.phones), (ReachKind::Email, self.emails), (ReachKind::Post, self.addresses)]
        {
            let of_kind: Vec<&ReachRow> = reaches.iter().filter(|reach| reach.kind == kind && !refused(kind)).collect();
            for at in 0..columns {
                let last = at + 1 == columns;
                let here = if last { of_kind.get(at..) } else { of_kind.get(at..=at) }.unwrap_or_default();
                cells.push(here.first().map(|reach| reach.label.clone()).unwrap_or_default());
                cells.push(here.iter().map(|reach| written(reach)).collect::<Vec<_>>().join(BETWEEN));
            }
        }
        let consent = |kind| said(kind).map_or("", |allowed| if allowed { "yes" } else { "no" }).to_owned();
        cells.extend([
            someone.place,
            someone.country.unwrap_or_default(),
            someone.zone.unwrap_or_default(),
            together(tags, &[',', ';', '|', '"']),
            together(facts, &[]),
            someone.source,
            consent(ReachKind::Phone),
            consent(ReachKind::Email),
            consent(ReachKind::Post),
        ]);
        if self.form == ExportForm::ForSpreadsheet {
            cells.iter_mut().for_each(guard);
        }
        self.csv.write_record(&cells).map_err(failed)?;
        self.rows += 1;
        Ok(())
    }

    /// On disk, under its passing name. Answers how many were written, and left out.
    pub fn finish(self) -> Result<(u32, u32)> {
        let file = self.csv.into_inner().map_err(|error| Error::from(error.into_error()))?;
        let file = file.into_inner().map_err(|error| Error::from(error.into_error()))?;
        file.sync_all()?;
        Ok((self.rows, self.left_out))
    }
}

fn failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Error::internal(format!("{other:?}")),
    }
}

fn written(reach: &ReachRow) -> String {
    match &reach.extension {
        Some(extension) => format!("{} ext. {extension}", reach.value),
        None => reach.value.clone(),
    }
}

/// A separator at the end tells the importer that this is a list, where one of its pieces could be taken for several.
fn together(pieces: Vec<(String,)>, taken_apart_at: &[char]) -> String {
    let pieces: Vec<String> = pieces.into_iter().map(|(piece,)| piece).collect();
    let doubtful = pieces.len() == 1 && pieces[0].contains(taken_apart_at);
    let text = pieces.join(BETWEEN);
    if doubtful { format!("{text}{BETWEEN}").trim_end().to_owned() } else { text }
}

/// What a spreadsheet would run as a formula becomes text. Numbers, and phone numbers above all, stay what they are.
fn guard(cell: &mut String) {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if runs && !is_plain_number(cell) {
        cell.insert(0, '\'');
    }
}

fn is_plain_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let plain = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1
        && digits.starts_with(|mark: char| mark.is_ascii_digit());
    // Several numbers in one cell are as harmless as one.
    plain || cell.split(BETWEEN).all(|piece| piece.starts_with('+') && phone::parse(piece, "").is_ok())
}
