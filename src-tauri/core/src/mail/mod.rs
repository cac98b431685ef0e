//! E-mail and letters: the words of a plan's step, filled for one person, and their ways out.
//!
//! **What must always be true**
//! 1. What the book does not know is a blank with its question, and nothing that has a blank left goes out.
//! 2. Nothing is written to somebody who said no to it, nor to an address that is wrong or came back.
//! 3. The touch, the facts that it used and the end of its promise are one edit, and one undo.

pub mod letter;
pub mod mailto;

use crate::words;

words! {
    pub enum LetterKind {
        Email = "email",
        Letter = "letter",
    }
}
