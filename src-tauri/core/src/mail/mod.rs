//! E-mail and letters: the words of a plan's step, filled for one person, and their ways out.
//!
//! **What must always be true**
//! 1. What the book does not know is a blank with its question, and nothing that has a blank left goes out.
//! 2. Nothing is written to somebody who said no to it, nor to an address that is wrong or came back.
//! 3. No e-mail is said to the server a second time where nobody knows whether it was taken the first time, but by
//!    somebody's word. `sending` is on disk before anything is said; after that a lost connection, a time-out or a kill
//!    leaves `unsure`.
//! 4. The touch, the facts that it used and the end of its promise are one edit, and one undo.

pub mod delivery;
pub mod letter;
pub mod mailto;
pub mod outbox;
pub mod server;

pub use crate::plans::written::LetterKind;
use crate::words;

words! {
    pub enum MailState {
        Waiting = "waiting",
        Sending = "sending",
        Sent = "sent",
        /// The server's no, or ours.
        Refused = "refused",
        /// It was tried as often as anyone would.
        GaveUp = "gave_up",
        /// It may have gone: somebody looks, and says.
        Unsure = "unsure",
        TakenBack = "taken_back",
    }
}
