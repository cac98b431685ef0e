//! The scripts that every book begins with. They are text like any other, to be copied and changed.

use super::ReadyScript;
use super::model::{Problems, Script};

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

builtins!["call-back", "late-call-back", "invitation", "general", "voicemail", "wrong-person"];

pub fn builtins() -> &'static [Builtin] {
    BUILTINS
}

pub fn builtin(key: &str) -> Option<Builtin> {
    BUILTINS.iter().copied().find(|builtin| builtin.key == key)
}

impl Builtin {
    pub fn read(self) -> Result<ReadyScript, Problems> {
        Script::read(self.source)
    }
}
