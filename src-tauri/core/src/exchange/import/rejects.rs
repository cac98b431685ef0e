//! The rows that were not brought in, as a CSV with the reason beside each: mended, it imports again.

use std::fs::{File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::error::Result;

/// The header of the column with the reasons; the importer leaves it alone.
pub const WHY: &str = "Why not imported";

const SUFFIX: &str = " - not imported";

/// Written beside the list under a name of its own until the import is through.
pub(super) struct Rejects {
    part: PathBuf,
    header: Vec<String>,
    /// Where a list that came back before has its reasons: those of now take their place.
    said_before: Vec<bool>,
    file: Option<File>,
}

impl Rejects {
    /// Goes on at `length` bytes, where a kill may have left more.
    pub fn open(part: PathBuf, header: Vec<String>, length: u64) -> Result<Self> {
        let said_before = header.iter().map(|name| name.starts_with(WHY)).collect();
        let mut rejects = Self { part, header, said_before, file: None };
        if length > 0 {
            let mut file = OpenOptions::new().write(true).open(&rejects.part)?;
            file.set_len(length)?;
            file.seek(SeekFrom::End(0))?;
            rejects.file = Some(file);
        }
        Ok(rejects)
    }

    /// Adds rows; answers the length of the file, all of it on disk.
    pub fn add(&mut self, rows: &[(Vec<String>, String)]) -> Result<u64> {
        if rows.is_empty() {
            return self.length();
        }
        let fresh = self.file.is_none();
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(File::create(&self.part)?),
        };
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let columns = self.header.len();
        if fresh {
            let kept =
                self.header.iter().zip(&self.said_before).filter(|(_, said)| !**said).map(|(name, _)| name.as_str());
            writer.write_record(kept.chain([WHY])).map_err(io)?;
        }
        for (cells, why) in rows {
            // Cells beyond the header stand before the reason: once there are no more of them than columns, it is below its
            // name. Of a row that came back so before, the last one is its reason.
            let is_said = |at: usize| match cells.len() > columns {
                true => {
                    self.said_before.last() == Some(&true) && at + 1 == cells.len() && cells[at].starts_with("line ")
                }
                false => self.said_before[at],
            };
            let cell = |at: usize| cells.get(at).map_or("", String::as_str);
            let kept = (0..columns.max(cells.len())).filter(|at| !is_said(*at)).map(cell);
            writer.write_record(kept.chain([why.as_str()])).map_err(io)?;
        }
        let bytes = writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?;
        // So that a spreadsheet knows the encoding.
        if fresh {
            file.write_all("\u{feff}".as_bytes())?;
        }
        file.write_all(&bytes)?;
        file.sync_data()?;
        self.length()
    }

    fn length(&self) -> Result<u64> {
        Ok(match &self.file {
            Some(file) => file.metadata()?.len(),
            None => 0,
        })
    }

    /// Gives the file its name; `None` where nothing was rejected.
    pub fn finish(self) -> Result<Option<PathBuf>> {
        let Some(file) = self.file else { return Ok(None) };
        file.sync_all()?;
        drop(file);
        let name = final_name(&self.part);
        std::fs::rename(&self.part, &name)?;
        Ok(Some(name))
    }

    pub fn discard(self) {
        if self.file.is_some() {
            // What is left over of a cancelled import harms nobody.
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

pub(super) fn io(error: csv::Error) -> std::io::Error {
    std::io::Error::other(error.to_string())
}

/// Where the rejected rows of `list` go: beside it, or into `otherwise` where that folder may not be written.
pub(super) fn place(list: &Path, otherwise: &Path) -> PathBuf {
    let stem = list.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_else(|| "list".into());
    // What was mended and is rejected again needs no longer name.
    let stem = stem.trim_end_matches(SUFFIX);
    let beside = list.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let probe = beside.join(format!(".{stem}.wellmet-probe"));
    let writable = File::create(&probe).is_ok();
    let _ = std::fs::remove_file(&probe);
    let folder = if writable { beside } else { otherwise };
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    folder.join(format!("{stem}{SUFFIX}.csv.part"))
}

fn final_name(part: &Path) -> PathBuf {
    free_name(&part.with_extension(""))
}

/// Never over a file that is there.
pub(super) fn free_name(base: &Path) -> PathBuf {
    let base = base.to_owned();
    if !base.exists() {
        return base;
    }
    let stem = base.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    (2..)
        .map(|number| base.with_file_name(format!("{stem} ({number}).csv")))
        .find(|name| !name.exists())
        .unwrap_or(base)
}
