//! Any bytes at all, read as a list: they end in rows, in bad rows with a reason, or in an error, and never in a panic, an
//! endless loop or a row that is not as wide as its header.
//!
//! Each run replays what is kept in `fixtures/import` and its `corpus`, and tries some hundred bent copies. For longer:
//! `FUZZ_SECONDS=600 FUZZ_ONLY=.vcf cargo nextest run -p wellmet-core fuzz` (all, or those of a name's end). What fails is left in `corpus`, to be kept once mended.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use wellmet_core::exchange::import::days::Order;
use wellmet_core::exchange::import::plan::Plan;
use wellmet_core::exchange::import::recognise::{self, Column};
use wellmet_core::exchange::import::source::Source;

const SAMPLE_ROWS: usize = 50;
/// A file of a few kilobytes is read in less than this, on the slowest machine.
const TOO_LONG: Duration = Duration::from_secs(20);

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import")
}

/// What is kept: every list of the fixtures, and what once failed.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let mut kept = Vec::new();
    for folder in [fixtures(), fixtures().join("corpus")] {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let is_list = path.extension().is_some_and(|end| end != "py" && end != "md");
            if path.is_file() && is_list {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                kept.push((name, std::fs::read(&path).expect("readable")));
            }
        }
    }
    kept.sort();
    kept
}

fn read(path: &Path) {
    let began = Instant::now();
    let Ok(mut source) = Source::open(path, "AU", None) else { return };
    let header = source.header().to_vec();
    assert!(!header.is_empty() && header.iter().all(|name| !name.trim().is_empty()), "{header:?}");
    let mut sample = Vec::new();
    let mut rows = Vec::new();
    let mut line = 0;
    while let Ok(Some(row)) = source.next() {
        match row {
            Ok(row) => {
                assert_eq!(row.cells.len(), header.len(), "a good row is as wide as its header");
                assert!(row.line >= line || source.sheets().is_some(), "lines go on: {line}, then {}", row.line);
                line = row.line;
                if sample.len() < SAMPLE_ROWS {
                    sample.push(row.cells.clone());
                }
                rows.push(row.cells);
            }
            Err(bad) => assert!(!bad.why.to_string().is_empty()),
        }
        assert!(began.elapsed() < TOO_LONG, "it does not end");
    }
    let columns: Vec<Column> = recognise::recognise(&header, &sample, "AU");
    assert_eq!(columns.len(), header.len());
    for exact in [false, true] {
        let plan = Plan {
            columns: columns.clone(),
            country: "AU".into(),
            volunteers: vec![],
            for_all: vec![],
            own: vec![],
            days: Order::DayFirst,
            exact,
        };
        for cells in &rows {
            if let Ok(someone) = plan.read(cells) {
                assert!(!someone.is_empty(), "nobody is brought in: {cells:?}");
            }
        }
    }
    assert!(began.elapsed() < TOO_LONG, "it takes too long");
}

/// Seeded, so that a run that fails can be run again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        // Knuth's MMIX constants; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }
}

/// Marks that mean something to one of the readers.
const MARKS: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\x80",
    b"\xC3",
    b"=",
    b"=\r\n",
    b"=C3=BC",
    b" ",
    b"\n ",
    b":",
    b"::: ",
    b"\\",
    b"\\:",
    b"BEGIN:VCARD\r\n",
    b"END:VCARD\r\n",
    b"AGENT:\r\n",
    b"PHOTO;ENCODING=b:",
    b";ENCODING=QUOTED-PRINTABLE:",
    b";CHARSET=SHIFT_JIS",
    b"Notes:\n",
    b"sep=;\n",
    b"Name,Email\n",
    b"<c r=\"A1\"><v>",
    b"ref=\"ZZZZ1\"",
    b"t=\"s\"",
    b"99999999999999999999",
    b"-1",
    b"\xF0\x9F\x98\x80",
];

fn bend(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let length = chance.below(64).min(bytes.len() - at);
        match chance.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 => drop(bytes.drain(at..at + length)),
            2 => drop(bytes.splice(at..at, MARKS[chance.below(MARKS.len())].iter().copied())),
            3 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again.repeat(1 + chance.below(5)));
            }
            4 if !other.is_empty() => {
                let from = chance.below(other.len());
                let to = (from + chance.below(256)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            5 => bytes.truncate(at),
            _ if at < bytes.len() => bytes[at] = u8::try_from(chance.below(256)).expect("a byte"),
            _ => {}
        }
    }
}

/// A workbook bent as it is packed is no zip any more: so its parts are bent, and packed again.
fn bend_workbook(bytes: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let chosen = chance.below(from.len());
    for at in 0..from.len() {
        let mut part = from.by_index(at).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut inside = Vec::new();
        part.read_to_end(&mut inside).ok()?;
        if at == chosen || name.contains("sheet1") || name.contains("sharedStrings") {
            bend(&mut inside, b"<row r=\"1\"><c r=\"B7\" t=\"s\"><v>0</v></c></row>", chance);
        }
        to.start_file(name.as_str(), options).ok()?;
        to.write_all(&inside).ok()?;
    }
    Some(to.finish().ok()?.into_inner())
}

#[test]
fn whatever_is_kept_is_read_again() {
    let kept = corpus();
    assert!(kept.len() > 15, "there is a corpus");
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in kept {
        let path = folder.path().join(&name);
        std::fs::write(&path, bytes).expect("a file");
        read(&path);
    }
}

#[test]
fn bent_lists_are_read_or_refused() {
    let only = std::env::var("FUZZ_ONLY").unwrap_or_default();
    let kept: Vec<_> = corpus().into_iter().filter(|(name, _)| name.ends_with(&only)).collect();
    assert!(!kept.is_empty(), "no list whose name ends in {only}");
    let folder = tempfile::tempdir().expect("a folder");
    let seconds: Option<u64> = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(0x5eed);
    let mut chance = Chance(seed);
    let began = Instant::now();
    let mut tried = 0_u32;
    while seconds.map_or(tried < 400, |seconds| began.elapsed() < Duration::from_secs(seconds)) {
        let (name, bytes) = &kept[chance.below(kept.len())];
        let (_, other) = &kept[chance.below(kept.len())];
        let bent = match name.ends_with(".xlsx") && chance.below(4) > 0 {
            true => bend_workbook(bytes, &mut chance).unwrap_or_default(),
            false => {
                let mut bent = bytes.clone();
                bend(&mut bent, other, &mut chance);
                bent
            }
        };
        let path = folder.path().join(name);
        std::fs::write(&path, &bent).expect("a file");
        let done = std::panic::catch_unwind(|| read(&path));
        if let Err(panic) = done {
            let left = fixtures().join("corpus").join(format!("found-{seed:x}-{tried}-{name}"));
            std::fs::write(&left, &bent).expect("kept");
            eprintln!("{} is left for whoever mends it", left.display());
            std::panic::resume_unwind(panic);
        }
        tried += 1;
    }
    eprintln!("{tried} bent lists, seed {seed:#x}");
}
