//! Who wants to know what became of a promise, or that somebody was spoken with. An area above registers itself here, as
//! one that takes back its own edits does in `store`: so what follows from a call is in the call's own edit, goes with its
//! undo, and nothing here names what stands above it.

use std::future::Future;
use std::pin::Pin;

use super::ledger::PromiseState;
use crate::error::Result;
use crate::ids::{PersonId, PromiseId};
use crate::store::Edit;
use crate::time::Millis;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News<'a> {
    Ended {
        promise: PromiseId,
        state: PromiseState,
        at: Millis,
        why: &'a str,
        replaced_by: Option<PromiseId>,
    },
    /// The person themselves, whoever rang whom.
    Spoke {
        person: PersonId,
        at: Millis,
    },
}

pub type Following<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// [`watches!`](crate::watches) makes one.
pub struct Watch {
    pub hear: for<'a> fn(&'a mut Edit, News<'a>) -> Following<'a>,
}

#[doc(hidden)]
#[allow(unsafe_code, reason = "linkme places the static in a section of its own")]
#[linkme::distributed_slice]
pub static WATCHES: [Watch];

/// Declares who is told: `watches! { NAME = function; }`.
#[macro_export]
macro_rules! watches {
    ($($(#[$meta:meta])* $name:ident = $hear:expr;)*) => {$(
        $(#[$meta])*
        #[allow(unsafe_code, reason = "linkme places the static in a section of its own")]
        #[linkme::distributed_slice($crate::promises::watch::WATCHES)]
        static $name: $crate::promises::watch::Watch = $crate::promises::watch::Watch { hear: $hear };
    )*};
}

pub async fn tell(edit: &mut Edit, news: News<'_>) -> Result<()> {
    for watch in WATCHES {
        (watch.hear)(edit, news).await?;
    }
    Ok(())
}
