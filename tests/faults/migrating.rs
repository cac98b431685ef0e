//! `kill -9` while the newest Wellmet brings an older book up to date: during the backup that it makes first, between
//! its statements, and just after. The next start finds one whole form or the other, and goes on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use wellmet_core::host::Host;
use wellmet_core::store::{Paths, older, restore};

use super::kill::Chance;
use super::{At, Keyring, MONDAY, runtime, try_open};
use crate::support::{Cli, PASSPHRASE};

/// For all older forms together.
const IN_THE_MIDDLE: usize = 18;
const FIRST: &str = include_str!("../fixtures/books/0001.sql");

type Contents = BTreeMap<String, Vec<String>>;

/// How far the killed one had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// It had not begun.
    Nowhere,
    /// The backup had no name yet.
    IntoTheBackup,
    /// The backup stood; the book was not in its newest form yet.
    BetweenStatements,
    /// Everything was done.
    Through,
}

#[test]
fn a_book_survives_being_killed_while_it_is_brought_up_to_date() {
    let forms = older::versions();
    if forms.is_empty() {
        eprintln!("nothing to do: books have had one form so far");
        return;
    }
    let mut chance = Chance(0x0b00c);
    let wanted = IN_THE_MIDDLE.div_ceil(forms.len());
    for form in forms {
        let mut came = Vec::new();
        let mut old = OldBook::make(form);
        let middle = |came: &[Came]| {
            let of = |what| came.iter().filter(|each| **each == what).count();
            (of(Came::IntoTheBackup), of(Came::BetweenStatements))
        };
        while middle(&came).0 + middle(&came).1 < wanted || middle(&came).1 == 0 {
            assert!(came.len() < wanted * 20, "form {form}: the kills do not meet it: {came:?}");
            came.push(old.kill_once(came.len(), &mut chance));
        }
        let (backup, statements) = middle(&came);
        eprintln!(
            "form {form}: {} kills, {backup} of them in the backup, {statements} between the statements",
            came.len()
        );
    }
}

struct OldBook {
    cli: Cli,
    keyring: Arc<Keyring>,
    folder: PathBuf,
    /// What stands in it once it was brought up to date in peace.
    told: Contents,
    /// Within what a kill is aimed: from the first sign of the backup to its name, and from there to the end.
    spans: [Duration; 2],
}

impl OldBook {
    fn make(form: i64) -> Self {
        let cli = Cli::empty();
        let keyring = Arc::new(Keyring::default());
        let folder = cli.path("as-it-was");
        let host = Host { clock: Arc::new(At(MONDAY)), secrets: keyring.clone() };
        runtime().block_on(async {
            older::make(&folder, host, Some(PASSPHRASE.into()), form, FIRST).await.expect("a book as it was");
        });
        let mut old = Self { cli, keyring, folder, told: Contents::new(), spans: [Duration::ZERO; 2] };
        let peaceful = old.copy("in-peace");
        let mut child = old.start(&peaceful);
        let backups = Paths::of(&peaceful).backups;
        let began = until(&mut child, || backups.exists());
        let named = until(&mut child, || names(&backups, "db") > 0);
        assert!(child.wait().unwrap().success());
        old.spans = [named - began, named.elapsed()];
        old.told = old.look(&peaceful);
        old
    }

    fn copy(&self, name: &str) -> PathBuf {
        let to = self.cli.path(name);
        std::fs::create_dir(&to).unwrap();
        for file in ["book.db", "book.json"] {
            std::fs::copy(self.folder.join(file), to.join(file)).unwrap();
        }
        to
    }

    fn start(&mut self, book: &Path) -> Child {
        self.cli.book = book.to_owned();
        self.cli.command(["today", "--json"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// One copy, one kill, and everything that must hold then.
    fn kill_once(&mut self, number: usize, chance: &mut Chance) -> Came {
        let book = self.copy(&format!("killed-{number}"));
        let paths = Paths::of(&book);
        let mut child = self.start(&book);
        // In turn: from the first sign of the backup, from its name.
        let from_the_name = number % 2 == 1;
        until(&mut child, || if from_the_name { names(&paths.backups, "db") > 0 } else { paths.backups.exists() });
        let span = self.spans[usize::from(from_the_name)];
        let moment = Duration::from_micros(chance.below(span.as_micros() as u64));
        let began = Instant::now();
        while began.elapsed() < moment {
            std::hint::spin_loop();
        }
        let _ = child.kill();
        let answered = child.wait_with_output().unwrap();
        let acknowledged = serde_json::from_slice::<serde_json::Value>(&answered.stdout).is_ok();

        let begun = paths.backups.exists();
        let before = names(&paths.backups, "db");
        assert_eq!(self.look(&book), self.told, "killed {moment:?} after: it knows what it knew");
        let after = names(&paths.backups, "db");
        // Whoever finds an older form makes a backup first: one more says how far the killed one had come.
        let came = match (begun, before, after) {
            (false, 0, 1) => Came::Nowhere,
            (true, 0, 1) => Came::IntoTheBackup,
            (true, 1, 2) => Came::BetweenStatements,
            (true, 1, 1) => Came::Through,
            other => panic!("backups (begun, before, after): {other:?}"),
        };
        assert!(!acknowledged || came == Came::Through, "what was acknowledged stands");
        if came == Came::Through {
            // A busy machine took longer in peace than it does now.
            self.spans[usize::from(from_the_name)] = moment;
        }
        self.every_backup_is_good(&book);
        std::fs::remove_dir_all(&book).unwrap();
        came
    }

    /// Opens it, asks it whether it is whole, and answers all that it knows.
    fn look(&self, book: &Path) -> Contents {
        runtime().block_on(async {
            let book = try_open(book, self.keyring.clone(), MONDAY).await.expect("after a kill the book opens");
            let checked = book.check().await.expect("it can be checked");
            assert!(checked.ok, "after a kill the book is whole: {:?}", checked.findings);
            let told = older::contents(&book).await.unwrap();
            book.close().await;
            told
        })
    }

    fn every_backup_is_good(&self, book: &Path) {
        let host = Host { clock: Arc::new(At(MONDAY)), secrets: self.keyring.clone() };
        for backup in files(&Paths::of(book).backups, "db") {
            let restored = self.cli.path("restored");
            std::fs::create_dir(&restored).unwrap();
            std::fs::copy(book.join("book.json"), restored.join("book.json")).unwrap();
            runtime().block_on(async {
                restore(&restored, &host, None, &backup).await.expect("a backup that has its name is whole");
            });
            assert_eq!(self.look(&restored), self.told, "{} holds everything", backup.display());
            std::fs::remove_dir_all(&restored).unwrap();
        }
    }
}

/// When it was seen so; or when the child had ended.
fn until(child: &mut Child, is_so: impl Fn() -> bool) -> Instant {
    let began = Instant::now();
    while !is_so() && child.try_wait().unwrap().is_none() {
        assert!(began.elapsed() < Duration::from_secs(60), "it hangs");
        std::thread::sleep(Duration::from_micros(200));
    }
    Instant::now()
}

fn names(folder: &Path, extension: &str) -> usize {
    files(folder, extension).len()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let all = entries.map(|entry| entry.unwrap().path());
    all.filter(|path| path.extension().is_some_and(|has| has == extension)).collect()
}
