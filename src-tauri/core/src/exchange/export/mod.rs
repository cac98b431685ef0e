//! People as a file. A copied list is an act: it is logged, and whoever said no is not in it.

mod cards;
pub(super) mod paper;
mod people;
mod rearranged;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use super::view::{ExportColumn, ExportForm, Exported, LeftOutCount, Order, Paper, WhyLeftOut};
use crate::error::{Code, Error, Result};
use crate::ids::PersonId;
use crate::people::{ReachKind, order as people_order};
use crate::store::{Actor, Book, Db};
use crate::team::volunteers;
use crate::{args, statements};
use rearranged::Rearranged;

const PAGE_ROWS: usize = 2_000;

statements! {
    LOG = "INSERT INTO export_log (id, at_ms, volunteer_id, file_name, form, rows_written, left_out) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// Labels of the sheets that every stationer has, in millimetres.
pub(super) struct Sizes {
    across: u32,
    down: u32,
    width_mm: f32,
    height_mm: f32,
    left_mm: f32,
    top_mm: f32,
    gap_mm: f32,
}

impl Paper {
    fn sizes(self) -> Sizes {
        match self {
            // 63.5 × 38.1 mm, Avery L7160.
            Self::Labels21 | Self::List => {
                Sizes { across: 3, down: 7, width_mm: 63.5, height_mm: 38.1, left_mm: 7.2, top_mm: 15.1, gap_mm: 2.5 }
            }
            // 99.1 × 38.1 mm, Avery L7163.
            Self::Labels14 => {
                Sizes { across: 2, down: 7, width_mm: 99.1, height_mm: 38.1, left_mm: 4.7, top_mm: 15.1, gap_mm: 2.5 }
            }
        }
    }
}

enum Writer {
    Text(Box<table::Text>, table::Cells),
    Sheet(Box<table::Sheet>, table::Cells),
    Cards(cards::Cards),
    Printed(paper::Printed),
}

impl Writer {
    async fn create(db: &mut Db, part: &Path, to: &Path, order: &Order) -> Result<Self> {
        let title = to.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(match kind_of(to)? {
            Kind::Text(delimiter) => {
                let cells = table::Cells::of(db, order).await?;
                Self::Text(Box::new(table::Text::create(part, order.form, delimiter, &cells.header())?), cells)
            }
            Kind::Sheet => {
                let cells = table::Cells::of(db, order).await?;
                // Written at the end: that it cannot be is said now.
                drop(std::fs::File::create(part)?);
                Self::Sheet(Box::new(table::Sheet::create(cells.header())?), cells)
            }
            Kind::Cards => Self::Cards(cards::Cards::create(db, part, order).await?),
            Kind::Printed => Self::Printed(paper::Printed::create(part, order.paper, &title)?),
        })
    }

    /// What will stand for one person.
    fn piece(&self, full: &people::Full, piece: &mut Vec<u8>) -> Result<()> {
        match self {
            Self::Text(_, cells) | Self::Sheet(_, cells) => cells.piece(full, piece),
            Self::Cards(cards) => cards.piece(full, piece)?,
            Self::Printed(printed) => printed.piece(full, piece)?,
        }
        Ok(())
    }

    fn place(&mut self, piece: &[u8]) -> Result<()> {
        match self {
            Self::Text(text, _) => text.row(table::cells(piece)),
            Self::Sheet(sheet, _) => sheet.row(table::cells(piece)),
            Self::Cards(cards) => cards.place(piece),
            Self::Printed(printed) => printed.place(piece),
        }
    }

    fn finish(self, part: &Path) -> Result<()> {
        match self {
            Self::Text(text, _) => text.finish(),
            Self::Sheet(sheet, _) => sheet.finish(part),
            Self::Cards(cards) => cards.finish(),
            Self::Printed(printed) => printed.finish(),
        }
    }
}

enum Kind {
    Text(u8),
    Sheet,
    Cards,
    Printed,
}

fn kind_of(to: &Path) -> Result<Kind> {
    let extension = to.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    Ok(match extension.as_deref() {
        Some("xlsx") => Kind::Sheet,
        Some("vcf" | "vcard") => Kind::Cards,
        Some("html" | "htm") => Kind::Printed,
        Some("tsv" | "tab") => Kind::Text(b'\t'),
        Some("xls" | "xlsm" | "ods" | "numbers" | "pdf" | "docx" | "doc") => {
            return Err(Error::invalid(format!(
                "{} cannot be written. Give it a name that ends in .csv, .xlsx, .vcf, or .html to print.",
                to.display()
            )));
        }
        _ => Kind::Text(b','),
    })
}

/// Counts what became of whom.
#[derive(Default)]
struct Told {
    rows: u32,
    left_out: BTreeMap<WhyLeftOut, u32>,
}

/// Writes the people of `order` to `to`, which appears whole or not at all.
pub async fn export(book: &Book, actor: Actor, to: &Path, order: &Order) -> Result<Exported> {
    let to = std::path::absolute(to)?;
    if to.is_dir() {
        return Err(Error::invalid(format!("{} is a folder. Add a file name, such as people.csv.", to.display())));
    }
    let order = order.settled(&kind_of(&to)?);
    may(book, actor, &order).await?;
    let name = to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let part = to.with_file_name(format!(".{name}.part"));
    let written = write(book, &part, &to, &order).await;
    let done = match written {
        Ok(told) => publish(book, actor, &part, &to, &order, told).await,
        Err(error) => Err(error),
    };
    if done.is_err() {
        // Half a list is nobody's list.
        let _ = std::fs::remove_file(&part);
    }
    done
}

impl Order {
    fn wants(&self, column: ExportColumn) -> bool {
        self.columns.is_empty() || self.columns.contains(&column)
    }

    /// What is printed has no columns, and labels are for letters, whatever else was said.
    fn settled(&self, kind: &Kind) -> Self {
        let mut order = self.clone();
        if matches!(kind, Kind::Printed) {
            order.columns.clear();
            if order.paper != Paper::List {
                order.purpose = Some(ReachKind::Post);
            }
        }
        order
    }
}

/// Whoever said no goes into a list only where a director says so. On the command line that is whoever keeps the book.
async fn may(book: &Book, actor: Actor, order: &Order) -> Result<()> {
    if !order.include_refused {
        return Ok(());
    }
    let Some(id) = actor.volunteer() else { return Ok(()) };
    let volunteer = volunteers::get(&mut book.read().await?, id).await?;
    if volunteers::is_director(&volunteer) {
        return Ok(());
    }
    Err(Error::refused(
        "Only a director may take out people who asked not to be contacted. Leave them out, or ask one.",
    ))
}

async fn write(book: &Book, part: &Path, to: &Path, order: &Order) -> Result<Told> {
    let mut db = book.read().await?;
    let mut writer = Writer::create(&mut db, part, to, order).await.map_err(|error| nowhere(part, error))?;
    let mut told = Told::default();
    let (now, query) = (book.now(), &order.query);
    let everyone = match &order.people {
        Some(people) => people.clone(),
        None => people_order::order(&mut db, now, query).await?.ids,
    };
    let mut in_the_book: Vec<(PersonId, usize)> = everyone.into_iter().zip(0..).collect();
    let mut rows = Rearranged::new(part, in_the_book.len());
    in_the_book.sort_unstable();
    in_the_book.dedup_by_key(|(id, _)| *id);
    let mut piece = Vec::new();
    for page in in_the_book.chunks(PAGE_ROWS) {
        let ids: Vec<PersonId> = page.iter().map(|(id, _)| *id).collect();
        let mut places = page.iter();
        for full in people::load(&mut db, &ids, |column| order.wants(column)).await? {
            let (_, place) = places
                .find(|(id, _)| *id == full.someone.id)
                .ok_or_else(|| Error::internal("people came in another order than they were asked for"))?;
            match full.respect(order) {
                Ok(full) => {
                    piece.clear();
                    writer.piece(&full, &mut piece)?;
                    rows.keep(*place, &piece)?;
                    told.rows += 1;
                }
                Err(why) => *told.left_out.entry(why).or_default() += 1,
            }
        }
    }
    rows.each(|piece| writer.place(piece))?;
    writer.finish(part)?;
    Ok(told)
}

/// The log before the name: there is no copy that nobody knows of.
async fn publish(book: &Book, actor: Actor, part: &Path, to: &Path, order: &Order, told: Told) -> Result<Exported> {
    let reasons: Vec<LeftOutCount> =
        told.left_out.iter().map(|(why, count)| LeftOutCount { why: *why, count: *count }).collect();
    let left_out = reasons.iter().map(|reason| reason.count).sum();
    let mut edit = book.write(actor, "export").await?;
    let at = edit.at;
    let name = to.to_string_lossy().into_owned();
    let args = args![uuid::Uuid::now_v7(), at, actor.volunteer(), &name, order.form, told.rows, left_out];
    edit.run(&LOG, args).await?;
    edit.commit().await?;
    let to: PathBuf = to.to_owned();
    std::fs::rename(part, to)?;
    Ok(Exported { file: name, rows: told.rows, left_out, reasons })
}

fn nowhere(part: &Path, error: Error) -> Error {
    let folder = part.parent().unwrap_or(part).display();
    match error.code {
        Code::NotFound => {
            Error::new(Code::NotFound, format!("There is no folder {folder}. Choose another place for the list."))
        }
        Code::ReadOnly => Error::new(
            Code::ReadOnly,
            format!("Nothing may be written in {folder}. Choose another place for the list."),
        ),
        _ => error,
    }
}
