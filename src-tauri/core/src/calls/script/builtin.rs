//! The scripts that every book begins with. They are text like any other, to be copied and changed.

use super::ReadyScript;
use super::model::{Problems, Purpose, Script};

/// A script that comes with the app.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Stays the same over versions.
    pub key: &'static str,
    pub source: &'static str,
}

macro_rules! builtins {
    ($($key:literal),* $(,)?) => {
        const BUILTINS: &[Builtin] =
            &[$(Builtin { key: $key, source: include_str!(concat!("../scripts/", $key, ".script")) }),*];
    };
}

builtins![
    "call-back",
    "late-call-back",
    "as-promised",
    "invitation",
    "renewal",
    "welcome",
    "thanks",
    "hardship",
    "apology",
    "after-event",
    "general",
    "incoming",
    "voicemail",
    "wrong-person"
];

pub fn builtins() -> &'static [Builtin] {
    BUILTINS
}

impl Purpose {
    /// There is one for every purpose; a test says so.
    pub fn builtin(self) -> Builtin {
        let key = self.as_str().replace('_', "-");
        BUILTINS.iter().copied().find(|builtin| builtin.key == key).unwrap_or(BUILTINS[0])
    }
}

impl Builtin {
    pub fn read(self) -> Result<ReadyScript, Problems> {
        Script::read(self.source)
    }
}
