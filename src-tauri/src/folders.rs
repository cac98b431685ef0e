//! Where things stand on this computer.

use std::path::{Path, PathBuf};

use wellmet_core::{Error, Result};

/// As in `tauri.conf.json`: the folders below are the ones that Tauri would choose.
pub const IDENTIFIER: &str = "org.wellmet.app";

/// Where the book is when nobody says otherwise, and beside it what the webview keeps.
pub fn data() -> Result<PathBuf> {
    under(dirs::data_dir())
}

pub fn logs() -> Result<PathBuf> {
    Ok(under(dirs::data_local_dir())?.join("logs"))
}

/// What belongs to this computer rather than to a book.
pub fn settings() -> Result<PathBuf> {
    under(dirs::config_dir())
}

/// The folder of the book: as given, else the usual one. Absolute, since it goes into units and to other processes.
pub fn book(given: Option<&Path>) -> Result<PathBuf> {
    match given {
        Some(folder) => Ok(std::path::absolute(folder)?),
        None => data(),
    }
}

fn under(folder: Option<PathBuf>) -> Result<PathBuf> {
    let folder = folder.filter(|folder| folder.is_absolute());
    folder.map(|folder| folder.join(IDENTIFIER)).ok_or_else(|| {
        Error::invalid("This account has no home folder (HOME is not set). Name the book's folder with --book.")
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_identifier_is_the_one_that_tauri_uses() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../../tauri.conf.json")).expect("JSON");
        assert_eq!(config["identifier"], super::IDENTIFIER, "else the window and the command line have two books");
    }
}
