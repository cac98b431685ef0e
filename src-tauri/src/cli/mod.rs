//! The command line: the same binary without its window. A verb asks the core, and answers once: as words for people,
//! or with `--json` as one document for scripts.

mod answer;
mod duplicates;
mod exchange;
mod keeping;
mod lists;
mod making;
pub mod opening;
mod reminding;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use wellmet_core::ids::ImportId;
use wellmet_core::{Code, Error, Millis, Result};

use crate::{folders, logging, window};
use answer::Answer;

/// Every person is met well: called back when promised, by someone who knows who they are and why they are calling.
///
/// Without a verb this opens the window. Where no keyring answers, the passphrase of the book comes from
/// WELLMET_PASSPHRASE, else it is asked for at the terminal.
#[derive(Parser)]
#[command(name = "wellmet", version, after_help = EXAMPLES)]
struct Arguments {
    /// The folder of the book [default: the app-data folder]
    #[arg(long, value_name = "DIR", global = true)]
    book: Option<PathBuf>,
    /// Print one JSON document on stdout
    #[arg(long, global = true)]
    json: bool,
    /// Start without showing the window, and remind
    #[arg(long)]
    hidden: bool,
    #[command(subcommand)]
    verb: Option<Verb>,
}

const EXAMPLES: &str = "\
Exit status: 0 done, 1 failed, 2 the input or the usage was wrong.

Examples:
  wellmet                                      open the window
  wellmet init --name 'Harbour Chamber' --country AU
  wellmet import members.csv --dry-run
  wellmet today --json | jq '.groups[0].items[].person.name'
  wellmet --book /srv/chamber backup /mnt/usb/chamber.db";

#[derive(Subcommand)]
enum Verb {
    /// Make a new, empty book, and print its recovery key once
    #[command(after_help = "Example:\n  wellmet init --name 'Harbour Chamber' --country AU --zone Australia/Perth")]
    Init(Init),
    /// Fill a new book with a sample association
    #[command(
        after_help = "Makes the book where there is none; a book with people in it is left alone.\n\nExample:\n  wellmet --book /tmp/sample demo --people 2000 --seed 7"
    )]
    Demo {
        /// How many people
        #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
        people: u32,
        /// The same seed makes the same association
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Bring in a list of people
    #[command(
        after_help = "CSV, TSV, XLSX and vCard files are read, by what is in them.\nThe mapping is a JSON object of headers and fields: {\"Mobile\": \"phone:mobile\", \"Notes\": \"ignore\"};\nor of all choices: {\"columns\": {…}, \"defaults\": {\"source\": \"Spring fair\"}, \"mode\": \"update\",\n\"match\": [\"external_id\", \"email+name\"], \"sheet\": \"Members\"}. Columns that were chosen for a header\nbefore are chosen again.\nRows that cannot be read are written to a file beside the list, with the reason.\n\nExamples:\n  wellmet import members.csv --dry-run\n  wellmet import contacts.vcf --mode create --set source='Spring fair'\n  wellmet import members.xlsx --sheet Members --match external_id --match email"
    )]
    Import {
        file: PathBuf,
        /// Show exactly what would happen; write nothing
        #[arg(long)]
        dry_run: bool,
        /// Which column holds what, for columns that are not recognised
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        #[command(flatten)]
        choices: exchange::Chosen,
    },
    /// List what was imported, or take an import back
    #[command(after_help = "Examples:\n  wellmet imports\n  wellmet imports undo 01931b66-0000-7000-8000-000000000000")]
    Imports {
        #[command(subcommand)]
        what: Option<Imports>,
    },
    /// Write a list of people to a file; those who want no contact are left out
    #[command(
        after_help = "The name says as what: .csv, .tsv, .xlsx, .vcf, or .html to print. Who took out how many is written down.\n\nExamples:\n  wellmet export members.csv --view members\n  wellmet export everyone.csv --for exact\n  wellmet export mailing.xlsx --to email --columns name,emails\n  wellmet export labels.html --view members --paper labels-21"
    )]
    Export {
        file: PathBuf,
        #[arg(long, value_name = "NAME", value_enum, default_value_t = exchange::View::All)]
        view: exchange::View,
        /// `spreadsheet` makes formulas harmless, `exact` changes nothing
        #[arg(long = "for", value_name = "FORM", value_enum, default_value_t = exchange::Form::Spreadsheet)]
        form: exchange::Form,
        #[command(flatten)]
        wanted: exchange::Wanted,
    },
    /// Who is waited on, why, and who may not be rung now
    #[command(after_help = "Examples:\n  wellmet today\n  wellmet today --at 2026-11-05T09:00:00+10:00 --json")]
    Today {
        /// As of this instant, as RFC 3339 has it
        #[arg(long, value_name = "RFC3339", value_parser = instant)]
        at: Option<Millis>,
    },
    /// Find people by name, organisation, e-mail or any part of a number
    #[command(after_help = "Examples:\n  wellmet search rania bakery\n  wellmet search '(08) 9321 44' --limit 5")]
    Search {
        #[arg(required = true)]
        words: Vec<String>,
        #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
    },
    /// Who may be in the book twice, how surely, and why
    #[command(
        after_help = "At the level `narrow` two are one so surely that pairs may be merged many at a time; at `broad` someone\nshould look. Nothing is changed.\n\nExamples:\n  wellmet duplicates\n  wellmet duplicates --json | jq '.pairs[] | select(.level == \"narrow\")'"
    )]
    Duplicates,
    /// Deliver what is due now, and stop; for a timer where the window is not open
    #[command(after_help = "Example:\n  wellmet remind --once")]
    Remind {
        #[arg(long, required = true)]
        once: bool,
    },
    /// Write a whole, checked copy of the book, still encrypted, and its wrapped key beside it
    #[command(after_help = "Example:\n  wellmet backup /mnt/usb/chamber.db")]
    Backup { file: PathBuf },
    /// Put a backup in the place of the book; the book that was there is kept beside it
    #[command(after_help = "Example:\n  wellmet --book /srv/chamber restore /mnt/usb/chamber.db")]
    Restore { file: PathBuf },
    /// Read every page and every rule of the book
    #[command(after_help = "Example:\n  wellmet check --json")]
    Check,
}

#[derive(Args)]
struct Init {
    /// What the association is called
    #[arg(long)]
    name: String,
    /// Two letters, such as AU or GB
    #[arg(long, value_name = "CC")]
    country: String,
    /// Its time zone, such as Australia/Perth [default: the country's busiest]
    #[arg(long, value_name = "IANA")]
    zone: Option<String>,
    /// Who uses the book first
    #[arg(long, value_name = "NAME", default_value = "Director")]
    director: String,
}

#[derive(Subcommand)]
enum Imports {
    /// Reverse every row that nobody has edited since
    Undo { id: ImportId },
}

fn instant(words: &str) -> Result<Millis, String> {
    Millis::parse_rfc3339(words).ok_or_else(|| "write it as 2026-11-05T09:00:00+10:00".into())
}

/// Parses, does it, and answers the exit status.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let folder = match folders::book(arguments.book.as_deref()) {
        Ok(folder) => folder,
        Err(error) => return answer::fail(&error).into(),
    };
    let Some(verb) = arguments.verb else {
        return window::run(window::Start { book: folder, hidden: arguments.hidden });
    };
    logging::to_stderr();
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return answer::fail(&Error::internal(error.to_string())).into(),
    };
    let status = match runtime.block_on(run(&folder, verb)) {
        Ok(answer) => answer.print(arguments.json),
        Err(error) => answer::fail(&error),
    };
    end(status)
}

/// Ends without the C library's clean-up: OpenSSL's would run while a connection that did not open is still being put
/// away by its own thread, and now and then end the process with a fault in place of its answer.
fn end(status: u8) -> ! {
    // SAFETY: nothing of this process is to run any more: the book is closed, and the answer is written and flushed.
    #[allow(unsafe_code)]
    unsafe {
        libc::_exit(status.into())
    }
}

async fn run(folder: &Path, verb: Verb) -> Result<Answer> {
    match verb {
        Verb::Init(init) => making::init(folder, &init).await,
        Verb::Demo { people, seed } => making::demo(folder, people, seed).await,
        Verb::Import { file, dry_run, mapping, choices } => {
            exchange::import(folder, &file, dry_run, mapping.as_deref(), choices).await
        }
        Verb::Imports { what: None } => exchange::imports(folder).await,
        Verb::Imports { what: Some(Imports::Undo { id }) } => exchange::undo_import(folder, id).await,
        Verb::Export { file, view, form, wanted } => exchange::export(folder, &file, view, form, wanted).await,
        Verb::Today { at } => lists::today(folder, at).await,
        Verb::Search { words, limit } => lists::search(folder, &words.join(" "), limit).await,
        Verb::Duplicates => duplicates::find(folder).await,
        Verb::Remind { once: _ } => reminding::once(folder).await,
        Verb::Backup { file } => keeping::backup(folder, &file).await,
        Verb::Restore { file } => keeping::restore(folder, &file).await,
        Verb::Check => keeping::check(folder).await,
    }
}

/// What of an error was the caller's to get right.
fn is_wrong_input(code: Code) -> bool {
    matches!(code, Code::Invalid)
}

/// A file that is to be read: named wrongly, it is the input that was wrong.
fn readable(file: &Path) -> Result<PathBuf> {
    match std::fs::metadata(file) {
        Ok(found) if found.is_file() => Ok(std::path::absolute(file)?),
        Ok(_) => Err(Error::invalid(format!("{} is not a file.", file.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::invalid(format!("There is no file {}.", file.display())))
        }
        Err(error) => Err(Error::new(Code::File, format!("{} could not be read: {error}.", file.display()))),
    }
}

/// A file that is to be written, into a folder that is there.
fn writable(file: &Path) -> Result<PathBuf> {
    let file = std::path::absolute(file)?;
    match file.parent() {
        Some(folder) if folder.is_dir() => Ok(file),
        _ => Err(Error::invalid(format!("There is no folder for {}. Make it first.", file.display()))),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_whole() {
        super::Arguments::command().debug_assert();
    }
}
