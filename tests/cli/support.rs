//! Runs the binary in a home of its own, with a passphrase and without a session bus.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub const PASSPHRASE: &str = "correct horse battery";

pub struct Cli {
    home: TempDir,
    pub book: PathBuf,
    passphrase: Option<String>,
    more: Vec<(String, String)>,
}

/// What a run left behind.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Cli {
    /// A home with nothing in it.
    pub fn empty() -> Self {
        let home = tempfile::tempdir().unwrap();
        let book = home.path().join("book");
        Self { home, book, passphrase: Some(PASSPHRASE.into()), more: Vec::new() }
    }

    /// A home with a new book of an association in Brisbane.
    pub fn with_book() -> Self {
        let cli = Self::empty();
        cli.make_book();
        cli
    }

    pub fn make_book(&self) -> Value {
        let zone = "Australia/Brisbane";
        self.json(["init", "--name", "Northside Business Women", "--country", "AU", "--zone", zone])
    }

    pub fn passphrase(mut self, words: Option<&str>) -> Self {
        self.passphrase = words.map(Into::into);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.more.push((name.into(), value.into()));
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The command, to be run in a way of the test's own.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wellmet"));
        command.arg("--book").arg(&self.book).args(arguments).env_clear().stdin(Stdio::null());
        command.env("HOME", self.home.path()).env("PATH", "/usr/bin:/bin");
        // A bus that is not there: the keyring and the desktop do not answer.
        command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.path("no-bus").display()));
        if let Some(words) = &self.passphrase {
            command.env("WELLMET_PASSPHRASE", words);
        }
        command.envs(self.more.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs, asserts that it was done, and reads the document; nothing else may stand on stdout.
    pub fn json<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Value {
        self.run(arguments.into_iter().map(|argument| argument.as_ref().to_owned()).chain(["--json".into()])).json()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    pub fn json(self) -> Value {
        assert_eq!(self.code, 0, "it is done; it said: {}", self.err);
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {}", self.out))
    }

    /// It was refused: with this status, in words that name the way out, and with nothing on stdout.
    #[track_caller]
    pub fn refused(self, code: i32, words: &str) -> String {
        assert_eq!(self.code, code, "the exit status; stderr: {}", self.err);
        assert!(self.err.contains(words), "“{words}” is in what was said: {}", self.err);
        assert_eq!(self.out, "", "an error is no answer");
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self.err
    }
}

/// The names of an object's fields, as they come.
pub fn fields(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

pub fn in_folder(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}
