//! What was read in the order of the book, for a list that is in another. Beside each other in the book are those who came
//! together: read so, each of its pages is deciphered once, and not once for everyone on it.

use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use tempfile::SpooledTempFile;

use crate::error::Result;

/// So much of a list is kept in memory. The rest is in a file of no name, beside the list that it becomes.
const IN_MEMORY: usize = 16 << 20;

pub(super) struct Rearranged {
    pieces: SpooledTempFile,
    /// Where each place of the list begins and how long it is; those who are not in it are of no length.
    places: Vec<(u64, u32)>,
    end: u64,
}

impl Rearranged {
    pub fn new(part: &Path, places: usize) -> Self {
        let folder = part.parent().unwrap_or(part);
        Self { pieces: tempfile::spooled_tempfile_in(IN_MEMORY, folder), places: vec![(0, 0); places], end: 0 }
    }

    pub fn keep(&mut self, place: usize, piece: &[u8]) -> Result<()> {
        self.pieces.write_all(piece)?;
        self.places[place] = (self.end, u32::try_from(piece.len()).unwrap_or(u32::MAX));
        self.end += piece.len() as u64;
        Ok(())
    }

    pub fn each(mut self, mut take: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let mut piece = Vec::new();
        for (begin, length) in self.places {
            if length > 0 {
                piece.resize(length as usize, 0);
                self.pieces.seek(SeekFrom::Start(begin))?;
                self.pieces.read_exact(&mut piece)?;
                take(&piece)?;
            }
        }
        Ok(())
    }
}
