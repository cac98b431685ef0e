//! One's own promises as a calendar, read by another reader than the one that wrote it.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use wellmet_core::exchange::promises_ics::{self, keep, refresh, write};
use wellmet_core::ids::{PersonId, PromiseId};
use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind};
use wellmet_core::store::undo_last;
use wellmet_core::time::DAY_MS;
use wellmet_core::{Actor, Code};

use crate::plans::setting::volunteer;
use crate::support::{TestBook, millis};

/// Its events by their UIDs, as Debian's python3-icalendar reads them.
fn read(file: &Path) -> HashMap<String, Value> {
    const READER: &str = "import sys,json,icalendar\n\
        raw=open(sys.argv[1],'rb').read()\n\
        assert all(len(l)<=75 for l in raw.split(b'\\r\\n')),'a line is too long'\n\
        c=icalendar.Calendar.from_ical(raw)\n\
        assert c['VERSION']=='2.0' and c['PRODID']\n\
        e=[{'uid':str(x['UID']),'sequence':int(x['SEQUENCE']),'status':str(x['STATUS']),'summary':str(x['SUMMARY']),\
        'start':x['DTSTART'].to_ical().decode(),'stamp':x['DTSTAMP'].to_ical().decode(),\
        'modified':x['LAST-MODIFIED'].to_ical().decode(),'end':x['DTEND'].to_ical().decode()} for x in c.walk('VEVENT')]\n\
        print(json.dumps(e))";
    let output = Command::new("/usr/bin/python3").arg("-c").arg(READER).arg(file).output().unwrap();
    let events: Vec<Value> = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    events.into_iter().map(|event| (event["uid"].as_str().unwrap().to_owned(), event)).collect()
}

async fn promised(t: &TestBook, person: PersonId, due: &str) -> PromiseId {
    let mut edit = t.book.write(t.helen(), "make_promise").await.unwrap();
    let new = NewPromise {
        person,
        kind: PromiseKind::Callback,
        what: "ring back about the fair, on 0470 123 456".into(),
        keeper: Some(t.director),
        due: millis(due),
        inquiry: None,
    };
    let id = ledger::make(&mut edit, &new).await.unwrap();
    edit.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_promise_keeps_its_identifier_through_whatever_becomes_of_it() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let id = promised(&t, rania, "2026-11-06T17:00:00+10:00").await;
    let to = t.folder().join("mine.ics");
    let uid = format!("{id}@wellmet");
    let now = async || {
        write(&t.book, t.director, true, &to).await.unwrap();
        let mut events = read(&to);
        let event = events.remove(&uid).unwrap_or_else(|| panic!("{uid} is not among {events:?}"));
        assert!(events.is_empty(), "one promise, one event: {events:?}");
        event
    };
    let first = now().await;
    assert_eq!((first["start"].as_str(), first["end"].as_str()), (Some("20261106T070000Z"), Some("20261106T071500Z")));
    assert_eq!(
        (first["status"].as_str(), first["summary"].as_str()),
        (Some("CONFIRMED"), Some("Call back: Rania Haddad"))
    );
    assert_eq!(first["stamp"], "20261102T001500Z");
    let mut last = first["sequence"].as_u64().unwrap();
    let mut grown = |event: &Value, what: &str| {
        let sequence = event["sequence"].as_u64().unwrap();
        assert!(sequence > last, "{what}: {sequence} after {last}");
        last = sequence;
    };
    // A new date, agreed: another promise in the ledger, the same event in a calendar.
    t.clock.move_on(60_000);
    let mut edit = t.book.write(t.helen(), "renegotiate_promise").await.unwrap();
    let next = ledger::renegotiate(&mut edit, id, millis("2026-11-10T12:00:00+10:00"), None).await.unwrap();
    edit.commit().await.unwrap();
    let moved = now().await;
    assert_eq!(moved["start"], "20261110T020000Z");
    assert_eq!(moved["modified"], "20261102T001600Z");
    grown(&moved, "moved");
    t.clock.move_on(60_000);
    let mut edit = t.book.write(t.helen(), "keep_promise").await.unwrap();
    ledger::keep(&mut edit, next).await.unwrap();
    edit.commit().await.unwrap();
    let kept = now().await;
    assert_eq!(kept["status"], "CANCELLED");
    grown(&kept, "kept");
    undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    let open = now().await;
    assert_eq!(open["status"], "CONFIRMED");
    grown(&open, "open again");
    undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    let back = now().await;
    assert_eq!(back["start"], "20261106T070000Z");
    grown(&back, "moved back");
    let mut edit = t.book.write(t.helen(), "release_promise").await.unwrap();
    ledger::release(&mut edit, id, "She rang us").await.unwrap();
    edit.commit().await.unwrap();
    grown(&now().await, "released");
    t.clock.move_on(30 * DAY_MS + 1);
    write(&t.book, t.director, true, &to).await.unwrap();
    assert!(read(&to).is_empty(), "a month later it is gone");
}

#[tokio::test]
async fn names_stand_in_it_only_by_choice_and_numbers_and_others_promises_never() {
    let t = TestBook::new().await;
    let name = "Ünal; Çelik, \\ “Ana” 山田太郎山田太郎山田太郎山田太郎山田太郎";
    for who in [name, "0470 123 456", "BEGIN:VEVENT\r\nUID:x"] {
        let person = t.named(who).await;
        promised(&t, person, "2026-11-06T17:00:00+10:00").await;
    }
    let to = t.folder().join("mine.ics");
    write(&t.book, t.director, false, &to).await.unwrap();
    let text = std::fs::read_to_string(&to).unwrap();
    assert!(!text.contains("nal") && !text.contains("0470"), "{text}");
    assert!(read(&to).values().all(|event| event["summary"] == "Call back"));
    write(&t.book, t.director, true, &to).await.unwrap();
    let text = std::fs::read_to_string(&to).unwrap();
    assert!(!text.contains("0470") && !text.contains("123 4"), "no number: {text}");
    let events = read(&to);
    assert_eq!(events.len(), 3, "whatever a name is, it makes no event");
    assert!(events.values().any(|event| event["summary"] == format!("Call back: {name}").as_str()), "{events:?}");
    let mo = volunteer(&t, "Mo", None).await;
    write(&t.book, mo, true, &to).await.unwrap();
    assert!(read(&to).is_empty(), "one's own");
}

#[tokio::test]
async fn the_file_is_written_anew_when_something_changes_and_only_then() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let to = t.folder().join("kept.ics");
    assert_eq!(
        keep(&t.book, t.helen(), t.director, Some((&t.folder().join("x.txt"), false))).await.unwrap_err().code,
        Code::Invalid
    );
    let nowhere = t.folder().join("gone/mine.ics");
    let error = keep(&t.book, t.helen(), t.director, Some((&nowhere, false))).await.unwrap_err();
    assert!(error.message.contains("Choose another"), "{}", error.message);
    keep(&t.book, t.helen(), t.director, Some((&to, false))).await.unwrap();
    assert!(read(&to).is_empty());
    let id = promised(&t, rania, "2026-11-06T17:00:00+10:00").await;
    assert_eq!(refresh(&t.book).await.unwrap(), []);
    assert!(read(&to).contains_key(&format!("{id}@wellmet")));
    let written = std::fs::metadata(&to).unwrap().modified().unwrap();
    t.clock.move_on(DAY_MS);
    refresh(&t.book).await.unwrap();
    assert_eq!(std::fs::metadata(&to).unwrap().modified().unwrap(), written, "nothing changed, nothing is written");
    // Somebody took the folder away.
    std::fs::remove_file(&to).unwrap();
    std::fs::create_dir(&to).unwrap();
    let faults = refresh(&t.book).await.unwrap();
    assert!(faults.len() == 1 && faults[0].1.contains("not up to date"), "{faults:?}");
    assert_eq!(faults[0].0, t.director, "whose it is");
    std::fs::remove_dir(&to).unwrap();
    refresh(&t.book).await.unwrap();
    let kept = promises_ics::kept(&mut t.book.read().await.unwrap(), t.director).await.unwrap().unwrap();
    assert_eq!((Path::new(&kept.path), kept.names), (to.as_path(), false));
    keep(&t.book, t.helen(), t.director, None).await.unwrap();
    assert!(!to.exists(), "what nobody keeps up to date is taken away");
    refresh(&t.book).await.unwrap();
    assert!(!to.exists());
}

#[tokio::test]
async fn no_two_calendars_are_kept_at_one_place() {
    let t = TestBook::new().await;
    let tom = volunteer(&t, "Tom Ashby", None).await;
    let to = t.folder().join("kept.ics");
    keep(&t.book, t.helen(), t.director, Some((&to, false))).await.unwrap();
    let refused = keep(&t.book, Actor::Volunteer(tom), tom, Some((&t.folder().join("./kept.ics"), true))).await;
    assert!(refused.unwrap_err().message.contains("Choose another name"));
    assert_eq!(promises_ics::kept(&mut t.book.read().await.unwrap(), tom).await.unwrap(), None);
    keep(&t.book, t.helen(), t.director, Some((&to, true))).await.unwrap();
    assert!(to.exists(), "one's own may be kept otherwise");
}
