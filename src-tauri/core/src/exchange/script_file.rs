//! A call script as one readable file: its text as it stands, for another association or another editor.

use std::io::Write as _;
use std::path::Path;

use crate::error::{Code, Error, Result};

/// A thousand pages; whoever chose a larger file meant another one.
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// The text of a script's file, not yet checked.
pub fn read(path: &Path) -> Result<String> {
    let name = path.display();
    let told = |error: std::io::Error| {
        let Error { code, message } = error.into();
        Error::new(code, format!("{name} cannot be read: {message}."))
    };
    let size = std::fs::metadata(path).map_err(told)?.len();
    if size > MOST_BYTES {
        return Err(Error::invalid(format!("{name} is too large for a script. Choose the file with the words.")));
    }
    let bytes = std::fs::read(path).map_err(told)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::invalid(format!("{name} is not plain text in UTF-8. Save it as such in your editor, and try again."))
    })?;
    // Editors of other systems put a mark before the text and two signs at the end of a line.
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n"))
}

/// Writes beside, then puts it in its place: a full disk leaves what was there.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let part = path.with_file_name(format!(".{name}.part"));
    let written = std::fs::File::create(&part)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&part, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&part);
        let Error { code, message } = error.into();
        let code = if code == Code::NotFound { Code::File } else { code };
        Error::new(code, format!("{} could not be written: {message}. Choose another folder.", path.display()))
    })
}
