//! A believable association, from a seed.

use crate::error::{Error, Result};
use crate::ids::VolunteerId;
use crate::store::Book;

#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub people: u32,
    pub seed: u64,
}

impl Size {
    /// What first run offers to look around in.
    pub fn sample() -> Self {
        Self { people: 400, seed: 1 }
    }
}

/// Fills a new book whose association and director stand.
pub async fn fill(_book: &Book, _director: VolunteerId, _size: &Size) -> Result<()> {
    Err(Error::internal("being built"))
}
