//! `kill -9` while two records become one, while many do, and while they are taken apart. Afterwards the book is as it
//! was, or as it was to be.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use wellmet_core::calls::{self, MessageFrom, NewMessage, Source};
use wellmet_core::people::merge::{self, NewMerge};
use wellmet_core::people::{NewPerson, duplicates, facts, person};
use wellmet_core::store::older::contents;
use wellmet_core::store::{last_edits, undo};
use wellmet_core::{Actor, Book, Result};

use super::kill::Chance;
use super::{Keyring, MONDAY, runtime, try_open, write};
use crate::support::Cli;

const KILLS: u32 = 10;
const PAIRS: u32 = 30;
/// Which book, and what is done to it, for the process that is killed.
const BOOK: &str = "WELLMET_KILLED_BOOK";
const DEED: &str = "WELLMET_KILLED_DEED";

/// What the book knows of people, and how much is written down of merges.
type State = (BTreeMap<String, Vec<String>>, Vec<usize>);

#[test]
fn a_merge_is_done_whole_or_not_at_all() {
    let cli = Cli::with_book();
    fill(&cli.book, 1);
    killed_while(&cli, "merge");
}

#[test]
fn many_merges_are_done_whole_or_not_at_all() {
    let cli = Cli::with_book();
    fill(&cli.book, PAIRS);
    killed_while(&cli, "merge_many");
}

#[test]
fn a_merge_is_taken_apart_whole_or_not_at_all() {
    let cli = Cli::with_book();
    fill(&cli.book, 1);
    write(&cli.book, MONDAY, async |book| merge_first(book).await);
    killed_while(&cli, "unmerge");
}

#[test]
fn many_merges_are_undone_whole_or_not_at_all() {
    let cli = Cli::with_book();
    fill(&cli.book, PAIRS);
    write(&cli.book, MONDAY, async |book| merge::merge_many(book, Actor::Wellmet, &|_, _| {}).await.map(drop));
    killed_while(&cli, "undo");
}

/// So many people, each of them there twice, both records with a history and things known.
fn fill(book: &Path, pairs: u32) {
    write(book, MONDAY, async |book| {
        for number in 0..pairs {
            for (email, words) in [("rania", "How to join"), ("office", "Nobody has rung")] {
                let from = MessageFrom::New(NewPerson {
                    name: format!("Rania{number} Haddad{number}"),
                    phone: format!("0412 {number:03} 016"),
                    email: format!("{email}{number}@haddad.example"),
                    birth_day: "1981-03-04".into(),
                    ..NewPerson::default()
                });
                let (source, number, received_ms, keeper) = (Source::Voicemail, String::new(), None, None);
                let new = NewMessage { from, source, words: words.into(), number, received_ms, keeper };
                let taken = calls::inquiry::capture(book, Actor::Wellmet, &new).await?;
                let mut edit = book.write(Actor::Wellmet, "add_fact").await?;
                facts::add(&mut edit, taken.person.id, &format!("said {words}"), "her message").await?;
                person::tag(&mut edit, taken.person.id, email).await?;
                edit.commit().await?;
            }
        }
        let found = duplicates::look(book, Actor::Wellmet).await?;
        assert_eq!(found, pairs, "each is found");
        Ok(())
    });
}

async fn merge_first(book: &Book) -> Result<()> {
    let page = duplicates::page(&mut book.read().await?, None, None, 1).await?;
    let (kept, other) = (page.pairs[0].one.id, page.pairs[0].other.id);
    let mut edit = book.write(Actor::Wellmet, "merge").await?;
    merge::merge(&mut edit, &NewMerge { kept, other, take: Vec::new(), take_own: Vec::new() }).await?;
    edit.commit().await.map(drop)
}

async fn unmerge_first(book: &Book) -> Result<()> {
    let mut db = book.read().await?;
    let people = wellmet_core::people::finding::find(&mut db, "rania", 5).await?;
    let merges = merge::of_person(&mut db, people[0]).await?;
    drop(db);
    let mut edit = book.write(Actor::Wellmet, "unmerge").await?;
    merge::unmerge(&mut edit, merges[0].id).await?;
    edit.commit().await.map(drop)
}

async fn undo_merges(book: &Book) -> Result<()> {
    let edits = last_edits(book, 1).await?;
    assert_eq!(edits[0].action, "merge");
    let undone = undo(book, Actor::Wellmet, edits[0].id).await?;
    assert_eq!((undone.reversed, undone.failed), (PAIRS, 0));
    Ok(())
}

/// Says when it begins, and when it is through.
#[test]
#[ignore = "the process that the tests beside it kill"]
fn in_a_process_of_its_own() {
    let (folder, deed) = (std::env::var(BOOK).unwrap(), std::env::var(DEED).unwrap());
    let say = |word: &str| {
        let mut out = std::io::stdout();
        writeln!(out, "\n{word}").and_then(|()| out.flush()).unwrap();
    };
    runtime().block_on(async {
        let book = try_open(Path::new(&folder), Arc::default(), MONDAY).await.unwrap();
        say("begun");
        match deed.as_str() {
            "merge" => merge_first(&book).await.unwrap(),
            "merge_many" => drop(merge::merge_many(&book, Actor::Wellmet, &|_, _| {}).await.unwrap()),
            "unmerge" => unmerge_first(&book).await.unwrap(),
            "undo" => undo_merges(&book).await.unwrap(),
            other => panic!("{other} is no deed"),
        }
        say("done");
        book.close().await;
    });
}

fn start(book: &Path, deed: &str) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "faults::merging::in_a_process_of_its_own", "--ignored", "--nocapture"])
        .env(BOOK, book)
        .env(DEED, deed)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    (child, out)
}

/// Whether it says this word before it ends.
fn says(out: &mut BufReader<ChildStdout>, word: &str) -> bool {
    let mut line = String::new();
    loop {
        line.clear();
        if out.read_line(&mut line).unwrap() == 0 {
            return false;
        }
        if line.trim() == word {
            return true;
        }
    }
}

fn copy(cli: &Cli, name: &str) -> PathBuf {
    let to = cli.path(name);
    std::fs::create_dir(&to).unwrap();
    for file in ["book.db", "book.json"] {
        std::fs::copy(cli.book.join(file), to.join(file)).unwrap();
    }
    to
}

/// Opens it, asks it whether it is whole, and answers how it stands.
fn look(book: &Path, keyring: &Arc<Keyring>) -> State {
    runtime().block_on(async {
        let book = try_open(book, keyring.clone(), MONDAY).await.expect("after a kill the book opens");
        let checked = book.check().await.expect("it can be checked");
        assert!(checked.ok, "after a kill the book is whole: {:?}", checked.findings);
        let mut all = contents(&book).await.unwrap();
        book.close().await;
        // Ids of their own, and the index, which was checked.
        let written = ["merge", "merged_row", "journal", "edit"];
        let counts = written.map(|table| all.remove(table).unwrap().len()).to_vec();
        all.retain(|table, _| !table.starts_with("person_"));
        (all, counts)
    })
}

fn killed_while(cli: &Cli, deed: &str) {
    let keyring = Arc::new(Keyring::default());
    let before = look(&cli.book, &keyring);
    let peaceful = copy(cli, "in-peace");
    let (mut child, mut out) = start(&peaceful, deed);
    assert!(says(&mut out, "begun"));
    let began = Instant::now();
    assert!(says(&mut out, "done"), "{deed} is done in peace");
    let span = began.elapsed();
    assert!(child.wait().unwrap().success());
    let after = look(&peaceful, &keyring);
    assert_ne!(before, after, "{deed} does something");

    let mut chance = Chance(0x6e12);
    let mut cut_short = 0;
    for number in 0..KILLS {
        let book = copy(cli, &format!("killed-{number}"));
        let (mut child, mut out) = start(&book, deed);
        assert!(says(&mut out, "begun"));
        let moment = Duration::from_micros(chance.below(span.as_micros() as u64));
        std::thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged = says(&mut out, "done");
        let now = look(&book, &keyring);
        if acknowledged {
            assert!(now == after, "{deed} was acknowledged, and stands");
        } else {
            cut_short += 1;
            assert!(now == before || now == after, "{deed}, killed after {moment:?} of {span:?}: neither nor");
        }
        std::fs::remove_dir_all(&book).unwrap();
    }
    assert!(cut_short > 0, "no kill came in the middle: this proved nothing");
}
