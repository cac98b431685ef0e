//! A file that is there whole or not at all: written beside its place, on disk before it gets its name.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::error::{Code, Error, Result};

/// Answers where it stands. Whatever stood there is replaced.
pub fn write(to: &Path, bytes: &[u8]) -> Result<PathBuf> {
    let to = std::path::absolute(to)?;
    if to.is_dir() {
        return Err(Error::invalid(format!("{} is a folder. Add a file name.", to.display())));
    }
    let name = to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let part = to.with_file_name(format!(".{name}.part"));
    let written = try_write(&part, &to, bytes);
    written.map_err(|error| {
        let _ = std::fs::remove_file(&part);
        let folder = to.parent().unwrap_or(&to).display().to_string();
        match error.code {
            Code::ReadOnly => Error::new(
                Code::ReadOnly,
                format!("Wellmet may not write in {folder}. Choose another folder, or change who may write there."),
            ),
            Code::NotFound => {
                Error::new(Code::NotFound, format!("The folder {folder} is not there. Choose another one."))
            }
            Code::DiskFull => {
                Error::new(Code::DiskFull, format!("The disk of {folder} is full. Free some space and do it again."))
            }
            code => Error::new(code, format!("{} could not be written: {}", to.display(), error.message)),
        }
    })?;
    Ok(to)
}

fn try_write(part: &Path, to: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = File::create(part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(part, to)?;
    // A rename is only on disk once its folder is.
    #[cfg(unix)]
    if let Some(folder) = to.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
