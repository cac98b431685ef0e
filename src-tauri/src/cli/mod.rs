//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::{folders, window};

/// Every person is met well: called back when promised, by someone who knows who they are and why they are calling.
#[derive(Parser)]
#[command(name = "wellmet", version)]
struct Arguments {
    /// The folder of the book [default: the app-data folder]
    #[arg(long, value_name = "DIR", global = true)]
    book: Option<PathBuf>,
    /// Start without showing the window, and remind
    #[arg(long)]
    hidden: bool,
}

pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match folders::book(arguments.book.as_deref()) {
        Ok(book) => window::run(window::Start { book, hidden: arguments.hidden }),
        Err(_) => ExitCode::from(2),
    }
}
