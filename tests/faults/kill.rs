//! `kill -9` at fifty random moments. After each the book opens and is whole, and whatever was acknowledged, by an
//! answer on stdout, is there.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use wellmet_core::Actor;
use wellmet_core::exchange::export::{ExportForm, Order, export};
use wellmet_core::people::finding;

use super::{Keyring, MONDAY, runtime, try_open};
use crate::support::Cli;

const MOMENTS: u32 = 50;
const PEOPLE: u32 = 40;

/// Seeded, so that a run that fails can be run again; the scheduler adds its own chance.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        // Knuth's MMIX constants; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// When to kill what takes about so long. Where it was through before, it takes less: a machine is not always as busy.
struct Moments {
    chance: Chance,
    full: Duration,
    from: u32,
}

impl Moments {
    /// Not in the first part of it, one of `from`: that is reading the passphrase.
    fn of(seed: u64, full: Duration, from: u32) -> Self {
        Self { chance: Chance(seed), full, from }
    }

    fn next(&mut self) -> Duration {
        let width = u64::try_from(self.full.as_micros()).unwrap();
        self.full / self.from + Duration::from_micros(self.chance.below(width))
    }

    fn came_too_late(&mut self) {
        self.full = self.full * 4 / 5;
    }
}

/// A list whose people are in no other: "Rania7x12".
fn a_list(cli: &Cli, number: u32) -> std::path::PathBuf {
    let mut text = "Contact ID,Name,Mobile,Email\n".to_owned();
    for row in 0..PEOPLE {
        let _ = writeln!(
            text,
            "K{number}-{row},Rania{number}x{row} Haddad,04{number:03}{row:05},r{number}x{row}@k.example"
        );
    }
    cli.file(&format!("list-{number}.csv"), &text)
}

/// Runs it, and kills it then; answers what it had printed.
fn killed_after<S: AsRef<OsStr>>(cli: &Cli, arguments: &[S], moment: Duration) -> String {
    let began = Instant::now();
    killed_once(cli, arguments, || began.elapsed() >= moment)
}

/// Runs it, and kills it at the moment that `now` is true.
fn killed_once<S: AsRef<OsStr>>(cli: &Cli, arguments: &[S], mut now: impl FnMut() -> bool) -> String {
    let mut child = cli.command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    while !now() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let _ = child.kill();
    child.wait().unwrap();
    let mut printed = String::new();
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    printed
}

fn acknowledged(printed: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(printed).is_ok()
}

/// Opens the book, asks it whether it is whole, and how many of each list it has.
fn look(book: &Path, keyring: &Arc<Keyring>, lists: &[u32]) -> Vec<u32> {
    runtime().block_on(async {
        let book = try_open(book, keyring.clone(), MONDAY).await.expect("after a kill the book opens");
        let checked = book.check().await.expect("it can be checked");
        assert!(checked.ok, "after a kill the book is whole: {:?}", checked.findings);
        let mut there = Vec::new();
        {
            let mut db = book.read().await.unwrap();
            for number in lists {
                let mut found = 0;
                for row in 0..PEOPLE {
                    let ids = finding::find(&mut db, &format!("r{number}x{row}@k.example"), 5).await.unwrap();
                    found += u32::from(!ids.is_empty());
                }
                there.push(found);
            }
        }
        book.close().await;
        there
    })
}

#[test]
fn a_book_survives_being_killed_while_it_is_written() {
    let cli = Cli::with_book();
    let keyring = Arc::new(Keyring::default());

    let began = Instant::now();
    let whole = cli.run(["import", a_list(&cli, 0).to_str().unwrap(), "--json"]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    let mut moments = Moments::of(0x5eed, began.elapsed(), 4);

    let mut kept = vec![0];
    let mut cut_short = 0;
    for number in 1..=MOMENTS {
        let moment = moments.next();
        let list = a_list(&cli, number);
        let printed = killed_after(&cli, &["import", list.to_str().unwrap(), "--json"], moment);
        if acknowledged(&printed) {
            kept.push(number);
            moments.came_too_late();
        } else {
            cut_short += 1;
        }
        let there = look(&cli.book, &keyring, &[number]);
        if kept.last() == Some(&number) {
            assert_eq!(there, [PEOPLE], "list {number} was acknowledged after {moment:?}");
        }
    }
    assert_eq!(look(&cli.book, &keyring, &kept), vec![PEOPLE; kept.len()], "nothing acknowledged was lost later");
    assert!(cut_short > 0, "no kill came in the middle: this proved nothing");

    // Whatever was left in the middle goes on when it is asked for again.
    let last = a_list(&cli, MOMENTS);
    cli.json(["import", last.to_str().unwrap()]);
    assert_eq!(look(&cli.book, &keyring, &[MOMENTS]), [PEOPLE]);
}

/// More than two transactions of an import.
const MANY: u32 = 24_000;
/// No edit but one of many people writes so much.
const MUCH_LOG_BYTES: u64 = 2 << 20;

/// All that the book has, word for word.
fn everything(book: &Path) -> String {
    let keyring = Arc::new(Keyring::default());
    runtime().block_on(async {
        let book = try_open(book, keyring, MONDAY).await.expect("the book opens");
        let checked = book.check().await.expect("it can be checked");
        assert!(checked.ok, "the book is whole: {:?}", checked.findings);
        let to = book.paths().folder.join("all.csv");
        let order = Order { form: ExportForm::Exact, ..Order::default() };
        export(&book, Actor::Wellmet, &to, &order).await.expect("a list");
        book.close().await;
        std::fs::read_to_string(to).expect("readable")
    })
}

/// Kills an import between two of its transactions or within one, and goes on with it.
fn goes_on_to_the_same_book(list: &Path) {
    let list = list.to_str().unwrap();
    let unbroken = Cli::with_book();
    let began = Instant::now();
    assert_eq!(unbroken.json(["import", list])["created"], MANY);
    let full = began.elapsed();
    let whole = everything(&unbroken.book);
    assert_eq!(whole.matches("@m.example").count(), MANY as usize);
    // The first rows are on disk once the log of writes has grown; from then on at any moment.
    for part in [20, 8, 4, 3] {
        let cli = Cli::with_book();
        let log = cli.book.join("book.db-wal");
        let mut written = None;
        let printed = killed_once(&cli, &["import", list, "--json"], || {
            if written.is_none() && std::fs::metadata(&log).is_ok_and(|log| log.len() > MUCH_LOG_BYTES) {
                written = Some(Instant::now());
            }
            written.is_some_and(|since| since.elapsed() >= full / part)
        });
        let begun = everything(&cli.book).matches("@m.example").count();
        if acknowledged(&printed) || begun == 0 {
            continue;
        }
        assert!(begun < MANY as usize, "it was not through");
        let resumed = cli.json(["import", list]);
        assert_eq!(resumed["created"], MANY, "counted over both runs");
        assert!(everything(&cli.book) == whole, "the book is the one that an unbroken import makes");
        return;
    }
    panic!("no kill came in the middle: this proved nothing");
}

#[test]
fn contacts_that_were_killed_go_on_to_the_same_book() {
    let cli = Cli::empty();
    let mut text = String::new();
    for row in 0..MANY {
        let _ = write!(
            text,
            "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:M{row}\r\nFN:Rania {row} Haddad\r\nN:Haddad;Rania {row};;;\r\n\
            EMAIL:r{row}@m.example\r\nEND:VCARD\r\n"
        );
    }
    goes_on_to_the_same_book(&cli.file("many.vcf", &text));
}

#[test]
fn a_workbook_that_was_killed_goes_on_to_the_same_book() {
    let cli = Cli::with_book();
    let mut text = "Contact ID,First name,Last name,Email\n".to_owned();
    for row in 0..MANY {
        let _ = writeln!(text, "M{row},Rania {row},Haddad,r{row}@m.example");
    }
    cli.json(["import", cli.file("many.csv", &text).to_str().unwrap()]);
    let path = cli.path("many.xlsx");
    cli.json(["export", path.to_str().unwrap()]);
    goes_on_to_the_same_book(&path);
}

#[test]
fn an_import_is_taken_back_whole_or_not_at_all() {
    let cli = Cli::with_book();
    let keyring = Arc::new(Keyring::default());
    let import = |number| cli.json(["import", a_list(&cli, number).to_str().unwrap()])["import"].to_string();
    let undo = |import: &str| ["imports".to_owned(), "undo".into(), import.trim_matches('"').into(), "--json".into()];
    let first = import(0);
    let began = Instant::now();
    assert_eq!(cli.run(undo(&first)).code, 0);
    let mut moments = Moments::of(0xbacc, began.elapsed(), 3);
    let mut cut_short = 0;
    for number in 1..=12 {
        let id = import(number);
        let moment = moments.next();
        let printed = killed_after(&cli, &undo(&id), moment);
        let there = look(&cli.book, &keyring, &[number]);
        if acknowledged(&printed) {
            assert_eq!(there, [0], "it was acknowledged after {moment:?}");
            moments.came_too_late();
            continue;
        }
        cut_short += 1;
        assert!(there == [0] || there == [PEOPLE], "killed after {moment:?}, {there:?} of {PEOPLE} are there");
        if there == [PEOPLE] {
            assert_eq!(cli.run(undo(&id)).code, 0, "it can be taken back now");
            assert_eq!(look(&cli.book, &keyring, &[number]), [0]);
        }
    }
    assert!(cut_short > 0, "no kill came in the middle: this proved nothing");
}

#[test]
fn a_new_book_is_whole_or_is_none() {
    let mut chance = Chance(7);
    let full = {
        let cli = Cli::empty();
        let began = Instant::now();
        cli.make_book();
        began.elapsed()
    };
    for _ in 0..12 {
        let cli = Cli::empty();
        let moment = Duration::from_micros(chance.below(full.as_micros() as u64));
        let made = ["init", "--name", "Northside", "--country", "AU", "--json"];
        let printed = killed_after(&cli, &made, moment);
        if acknowledged(&printed) {
            look(&cli.book, &Arc::default(), &[]);
        } else if cli.book.join("book.db").exists() {
            // It was made, and nobody was told its recovery key: the passphrase opens it all the same.
            look(&cli.book, &Arc::default(), &[]);
        } else {
            cli.make_book();
        }
    }
}

#[test]
fn a_backup_is_whole_or_is_none() {
    let cli = Cli::with_book();
    cli.json(["import", a_list(&cli, 0).to_str().unwrap()]);
    let full = {
        let began = Instant::now();
        cli.json(["backup", cli.path("first.db").to_str().unwrap()]);
        began.elapsed()
    };
    let mut chance = Chance(11);
    for number in 0..10 {
        let file = cli.path(&format!("backup-{number}.db"));
        let moment = full / 3 + Duration::from_micros(chance.below(full.as_micros() as u64));
        let printed = killed_after(&cli, &["backup", file.to_str().unwrap(), "--json"], moment);
        let key_file = cli.path(&format!("backup-{number}.db.json"));
        if acknowledged(&printed) {
            assert!(file.exists() && key_file.exists(), "both were acknowledged");
        }
        if file.exists() {
            let mut other = Cli::empty();
            other.book = cli.path(&format!("restored-{number}"));
            std::fs::copy(cli.path("first.db.json"), &key_file).unwrap();
            other.json(["restore", file.to_str().unwrap()]);
            assert_eq!(look(&other.book, &Arc::default(), &[0]), [PEOPLE]);
        }
        look(&cli.book, &Arc::default(), &[]);
    }
}
