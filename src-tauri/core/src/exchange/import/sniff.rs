//! What a file is, before a row of it is read: its encoding, its delimiter, or what else it is and how to get a list
//! out of it.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};

/// How far into a file its encoding is looked for: accents may come late in a long list.
const SCAN_MAX_BYTES: u64 = 16 << 20;
const BLOCK_BYTES: usize = 64 << 10;
/// What the detector of old encodings needs at most; it is slow beside the validity check.
const GUESS_MAX_BYTES: usize = 1 << 20;

pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The encoding of a text, and how many bytes of byte-order mark stand before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    pub encoding: &'static Encoding,
    pub mark_bytes: usize,
}

/// What kind of list a file is by its first bytes, whatever its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Workbook,
    Cards,
}

pub(super) fn kind(path: &Path) -> Result<Kind> {
    let mut head = vec![0; 4 << 10];
    let mut file = File::open(path).map_err(|error| named(path, error))?;
    if file.metadata().map_err(|error| named(path, error))?.is_dir() {
        return Ok(Kind::Text);
    }
    let length = fill(&mut file, &mut head).map_err(|error| named(path, error))?;
    head.truncate(length);
    if head.starts_with(b"PK\x03\x04") {
        let is_workbook = zip::ZipArchive::new(file)
            .is_ok_and(|zip| zip.file_names().any(|name| name.is_ok_and(|name| name == "xl/workbook.xml")));
        return Ok(if is_workbook { Kind::Workbook } else { Kind::Text });
    }
    // UTF-16 has a zero in every other byte; a mark may stand before all.
    let letters: Vec<u8> = head.iter().copied().filter(|byte| byte.is_ascii() && *byte != 0).collect();
    let begin = b"BEGIN:VCARD";
    let first = letters.trim_ascii_start().get(..begin.len());
    Ok(if first.is_some_and(|first| first.eq_ignore_ascii_case(begin)) { Kind::Cards } else { Kind::Text })
}

/// Opens `path` as a table of text. `country` (ISO 3166) helps to tell the old eight-bit encodings apart.
pub(super) fn open(path: &Path, country: &str) -> Result<(File, Text)> {
    open_as(path, country, true)
}

/// Opens `path` as text, whatever is in it.
pub(super) fn open_text(path: &Path, country: &str) -> Result<(File, Text)> {
    open_as(path, country, false)
}

fn open_as(path: &Path, country: &str, table: bool) -> Result<(File, Text)> {
    let shown = path.display();
    let meta = std::fs::metadata(path).map_err(|error| named(path, error))?;
    if meta.is_dir() {
        return Err(Error::invalid(format!("{shown} is a folder. Choose the file in it.")));
    }
    let mut file = File::open(path).map_err(|error| named(path, error))?;
    let mut block = vec![0; BLOCK_BYTES];
    let length = fill(&mut file, &mut block).map_err(|error| named(path, error))?;
    let head = &block[..length];
    if head.is_empty() {
        return Err(Error::invalid(format!(
            "{shown} is empty. Export the list again; a download may have been cut short."
        )));
    }
    if table && let Some(what) = not_a_table(head) {
        return Err(Error::invalid(format!("{shown} {what}")));
    }
    let text = match Encoding::for_bom(head) {
        Some((encoding, mark_bytes)) => Text { encoding, mark_bytes },
        None => match utf_16_without_mark(head) {
            Some(encoding) => Text { encoding, mark_bytes: 0 },
            None if !looks_like_text(head) => {
                return Err(Error::invalid(format!(
                    "{shown} is not text. Export the list as CSV from the program that made it."
                )));
            }
            None => {
                Text { encoding: guess(&mut file, head, country).map_err(|error| named(path, error))?, mark_bytes: 0 }
            }
        },
    };
    let file = File::open(path).map_err(|error| named(path, error))?;
    Ok((file, text))
}

fn named(path: &Path, error: std::io::Error) -> Error {
    let mut error = Error::from(error);
    error.message = match error.code {
        crate::Code::NotFound => format!("There is no file {}. Check its name.", path.display()),
        _ => format!(
            "{} could not be read ({}). Check that it is there and that you may open it.",
            path.display(),
            error.message
        ),
    };
    error
}

fn fill(file: &mut File, block: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while length < block.len() {
        match file.read(&mut block[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// What the first bytes say it is instead, and the way out.
fn not_a_table(head: &[u8]) -> Option<&'static str> {
    const SAVE_AS_CSV: &str =
        "is a workbook of another kind. Open it and save it as .xlsx, or the sheet with the people as CSV (UTF-8).";
    let text = head.trim_ascii_start();
    let begins = |start: &[u8]| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    if head.starts_with(b"PK\x03\x04") {
        let inside = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        return Some(if inside(b"[Content_Types].xml") || inside(b"xl/") || inside(b"opendocument.spreadsheet") {
            SAVE_AS_CSV
        } else if inside(b"opendocument.text") || inside(b"word/") {
            "is a text document. Copy its table into a spreadsheet and save that as CSV (UTF-8)."
        } else {
            "is a zip archive. Unpack it and choose the CSV file in it."
        });
    }
    let magic: [(&[u8], &str); 9] = [
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "is a workbook of an old kind, or has a password. Open it and save it as .xlsx without one, or as CSV (UTF-8).",
        ),
        (b"\x89PNG\r\n", "is a picture. Choose the list of people as a CSV file."),
        (b"\xFF\xD8\xFF", "is a picture. Choose the list of people as a CSV file."),
        (b"GIF8", "is a picture. Choose the list of people as a CSV file."),
        (b"%PDF", "is a PDF. Ask for the same list as CSV from the program that made it."),
        (b"\x1F\x8B", "is compressed (gzip). Unpack it and choose the CSV file in it."),
        (b"7z\xBC\xAF", "is compressed (7z). Unpack it and choose the CSV file in it."),
        (b"Rar!", "is compressed (rar). Unpack it and choose the CSV file in it."),
        (b"SQLite format 3", "is a database. Export its people as CSV from the program that keeps it."),
    ];
    if let Some((_, what)) = magic.iter().find(|(start, _)| head.starts_with(start)) {
        return Some(what);
    }
    if begins(b"BEGIN:VCARD") {
        return Some("holds vCards, not a CSV table. Export the same contacts as CSV.");
    }
    if begins(b"BEGIN:VCALENDAR") {
        return Some("is a calendar. Closures from a calendar are read in Settings, under opening hours.");
    }
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<table") {
        return Some("is a web page. Open it in a spreadsheet and save that as CSV (UTF-8).");
    }
    if begins(b"<?xml") {
        return Some("is XML. Open it in a spreadsheet, or export the list as CSV instead.");
    }
    if begins(b"{\\rtf") {
        return Some("is a text document. Copy its table into a spreadsheet and save that as CSV (UTF-8).");
    }
    if begins(b"{\"") || begins(b"[{") || begins(b"{\n") || begins(b"{\r") {
        return Some("is JSON. Export the list as CSV instead.");
    }
    None
}

/// Latin text as UTF-16 has a zero in every other byte.
fn utf_16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 4 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 4 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A few stray control characters are forgiven; a file that is full of them is something else.
fn looks_like_text(head: &[u8]) -> bool {
    let odd = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    odd * 100 <= head.len()
}

fn guess(file: &mut File, head: &[u8], country: &str) -> std::io::Result<&'static Encoding> {
    if is_unicode(file, head)? {
        return Ok(UTF_8);
    }
    file.rewind()?;
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let (mut fed, mut scanned) = (0, 0);
    let mut block = vec![0; BLOCK_BYTES];
    while fed < GUESS_MAX_BYTES && scanned < SCAN_MAX_BYTES {
        let read = fill(file, &mut block)?;
        if read == 0 {
            break;
        }
        scanned += read as u64;
        if !block[..read].is_ascii() {
            detector.feed(&block[..read], false);
            fed += read;
        }
    }
    detector.feed(b"", true);
    let tld = country.trim().to_ascii_lowercase();
    let tld = (tld.len() == 2 && tld.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(tld.as_bytes());
    Ok(detector.guess(tld, chardetng::Utf8Detection::Deny))
}

/// Whether the file, of which `head` was read, is UTF-8 as far as it is looked through: that is soon known, where a guess
/// at another encoding weighs every letter.
fn is_unicode(file: &mut File, head: &[u8]) -> std::io::Result<bool> {
    let mut scanned = 0_u64;
    let mut block = head.to_vec();
    let mut carried = 0;
    loop {
        scanned += (block.len() - carried) as u64;
        let rest = &block[Encoding::utf8_valid_up_to(&block)..];
        // A character cut by the end of the block is no fault.
        let cut = rest.len() < 4 && std::str::from_utf8(rest).is_err_and(|error| error.error_len().is_none());
        if !rest.is_empty() && !cut {
            return Ok(false);
        }
        if scanned >= SCAN_MAX_BYTES {
            return Ok(true);
        }
        let mut next = rest.to_vec();
        carried = next.len();
        next.resize(carried + BLOCK_BYTES, 0);
        let read = fill(file, &mut next[carried..])?;
        next.truncate(carried + read);
        block = next;
        if read == 0 {
            return Ok(carried == 0);
        }
    }
}

/// The delimiter that cuts the first rows into the same number of cells, most of them; and whether the file names it
/// itself in a first line `sep=;`, as spreadsheets do.
pub(super) fn delimiter(sample: &str, file_name: &str) -> (u8, bool) {
    let first_line = sample.lines().next().unwrap_or_default().trim_matches(['"', ' ', '\u{feff}']);
    if let Some([mark]) = first_line.strip_prefix("sep=").map(str::as_bytes)
        && DELIMITERS.contains(mark)
    {
        return (*mark, true);
    }
    let mut best = (0, if file_name.to_ascii_lowercase().ends_with(".tsv") { b'\t' } else { b',' });
    for mark in DELIMITERS {
        let score = score(sample, mark);
        if score > best.0 {
            best = (score, mark);
        }
    }
    (best.1, false)
}

/// Higher is better; 0 is one column.
fn score(sample: &str, delimiter: u8) -> usize {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(sample.as_bytes());
    let mut widths: Vec<usize> = reader.records().take(50).filter_map(|row| row.ok().map(|row| row.len())).collect();
    // The last row of a sample is cut.
    if widths.len() > 1 {
        widths.pop();
    }
    let first = widths.first().copied().filter(|width| *width > 1);
    // A few lines of words may stand above the header; then most of what follows has to agree with it.
    let below = || {
        let soon = widths.iter().take(super::rows::HEADER_WITHIN_ROWS);
        soon.copied()
            .find(|width| *width > 2)
            .filter(|wide| widths.iter().filter(|width| *width == wide).count() * 2 >= widths.len())
    };
    let Some(header) = first.or_else(below) else { return 0 };
    let same = widths.iter().filter(|width| **width == header).count();
    // Being the same width everywhere counts first, then how many cells that makes.
    (same * 1_000 / widths.len()) * 1_000 + header.min(999)
}
