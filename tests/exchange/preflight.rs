//! What an import would do, told before anything is done; and the choices it is told for. Whatever is told is what then
//! happens.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;
use wellmet_core::exchange::import::{self, Choices, ImportProgress, Mapping, Preflight};
use wellmet_core::people::incoming::Mode;
use wellmet_core::people::{ReachKind, Standing, finding, list, person};
use wellmet_core::{Code, Result};

use super::layouts::everyone;
use crate::support::TestBook;

fn file(test: &TestBook, name: &str, text: &str) -> PathBuf {
    let path = test.folder().join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

async fn told(test: &TestBook, path: &Path, choices: &Choices) -> Result<Preflight> {
    let never = AtomicBool::new(false);
    import::preflight(&test.book, test.helen(), path, choices, &never, &|_, _| {}).await
}

async fn bring(test: &TestBook, path: &Path, choices: &Choices) -> ImportProgress {
    let import = import::begin(&test.book, test.helen(), path, choices).await.expect("a list");
    import::run(&test.book, test.helen(), import, &AtomicBool::new(false), &|_| {}).await.expect("an import")
}

/// Looks, checks that looking left no trace, does it, and checks that it was as told.
async fn both(test: &TestBook, path: &Path, choices: &Choices) -> Preflight {
    let before = everyone(test).await;
    let edits = wellmet_core::store::last_edits(&test.book, 50).await.expect("edits").len();
    let looked = told(test, path, choices).await.expect("a look");
    assert_eq!(told(test, path, choices).await.expect("another look").created, looked.created);
    assert_eq!(everyone(test).await, before, "looking changes nobody");
    assert_eq!(wellmet_core::store::last_edits(&test.book, 50).await.expect("edits").len(), edits, "and is no edit");
    let done = bring(test, path, choices).await;
    assert_eq!(
        [done.created, done.updated, done.unchanged, done.rejected],
        [looked.created, looked.updated, looked.unchanged, looked.rejected],
        "what was told is what was done"
    );
    assert_eq!(looked.rows, done.rows_done);
    looked
}

#[tokio::test]
async fn all_of_it_is_told_before_any_of_it_is_done() {
    let test = TestBook::new().await;
    let first = "Record ID,Name,Email,Phone,City,Status,May email\n\
        1,Tom Ashby,tom@example.com,0491 570 156,Perth,prospect,yes\n\
        2,Ada King,ada@example.com,,Hobart,member,\n\
        3,Li Wei,li@example.com,,,,\n";
    bring(&test, &file(&test, "first.csv", first), &Choices::default()).await;
    let second = "Record ID,Name,Email,Phone,City,Status,May email,Do not call,Company\n\
        1,Tom Ashby,tom@example.com,0491 570 157,Fremantle,member,no,,\n\
        2,Ada King,ada@example.com,,Hobart,member,,yes,Harbour Dental\n\
        3,Li Wei,li@example.com,,,,,,\n\
        4,Ada King,,,Perth,,,,\n\
        5,Sue Reed,li@example.com,,,,yes,,\n\
        6,Bad Row,bad at example,,,,,,\n\
        7,Worse Row,worse at example,,,,,,\n\
        8,Tom Reed,,0491 570 157,,,,,\n";
    let looked = both(&test, &file(&test, "second.csv", second), &Choices::default()).await;
    assert_eq!(
        (looked.rows, looked.created, looked.updated, looked.unchanged, looked.rejected),
        (8, 3, 2, 1, 2),
        "{looked:#?}"
    );
    let fields: Vec<(&str, u32, u32)> =
        looked.fields.iter().map(|count| (count.field.as_str(), count.added, count.changed)).collect();
    assert_eq!(
        fields,
        [
            ("do_not_call", 1, 0),
            ("may_email", 0, 1),
            ("organisation", 1, 0),
            ("phone", 1, 0),
            ("place", 0, 1),
            ("standing", 0, 1)
        ]
    );
    let tom = &looked.changes[0];
    assert_eq!((tom.row, tom.name.as_str()), (1, "Tom Ashby"));
    let place = tom.changes.iter().find(|change| change.field == "place").expect("a place");
    assert_eq!((place.before.as_str(), place.after.as_str()), ("Perth", "Fremantle"));
    let alike: Vec<(u32, &str, &str)> =
        looked.look_alikes.iter().map(|one| (one.row, one.of.as_str(), one.by.as_str())).collect();
    assert_eq!(alike, [(4, "Ada King", "name"), (5, "Li Wei", "email"), (8, "Tom Ashby", "phone")]);
    assert_eq!(looked.rejects.len(), 1, "two addresses are wrong in the same way: {:?}", looked.rejects);
    assert_eq!((looked.rejects[0].count, looked.rejects[0].first_row), (2, 6));
    assert_eq!(looked.rejects[0].why, "“…” is not an e-mail address, such as “bad at example”");
    let third = file(&test, "third.csv", "Name,Email\nBad Row,bad at example\nTom Reed,tom@reed.example\n");
    let alone = told(&test, &third, &Choices::default()).await.expect("a look");
    assert_eq!((alone.rejects[0].count, alone.rejects[0].first_row), (1, 1));
    assert_eq!(alone.rejects[0].why, "“bad at example” is not an e-mail address", "a single one in its own words");
    let consents: Vec<(ReachKind, bool, u32, u32)> =
        looked.consents.iter().map(|one| (one.channel, one.allowed, one.new, one.changed)).collect();
    assert_eq!(consents, [(ReachKind::Email, false, 0, 1), (ReachKind::Email, true, 1, 0)]);
    assert_eq!(looked.do_not_call, 1);
}

#[tokio::test]
async fn a_no_that_stands_against_a_yes_is_told() {
    let test = TestBook::new().await;
    let first = "Name,Email,May email,May call\nTom Ashby,tom@example.com,no,no\nAda King,ada@example.com,no,\n";
    bring(&test, &file(&test, "first.csv", first), &Choices::default()).await;
    let second = "Name,Email,May email,May call\nTom Ashby,tom@example.com,yes,no\nAda King,ada@example.com,yes,yes\n\
        Li Wei,li@example.com,yes,\n";
    let looked = both(&test, &file(&test, "second.csv", second), &Choices::default()).await;
    let mut consents: Vec<(ReachKind, bool, u32, u32, u32)> =
        looked.consents.iter().map(|one| (one.channel, one.allowed, one.new, one.changed, one.kept_no)).collect();
    consents.sort_by_key(|one| one.0.as_str());
    assert_eq!(consents, [(ReachKind::Email, true, 1, 0, 2), (ReachKind::Phone, true, 1, 0, 0)]);
    assert_eq!((looked.updated, looked.unchanged), (1, 1), "whose no stands is not changed by it");
}

#[tokio::test]
async fn only_new_people_or_only_known_ones() {
    let test = TestBook::new().await;
    bring(&test, &file(&test, "first.csv", "Name,Email\nTom Ashby,tom@example.com\n"), &Choices::default()).await;
    let list =
        file(&test, "list.csv", "Name,Email,City\nTom Ashby,tom@example.com,Perth\nAda King,ada@example.com,Hobart\n");
    let choices = Choices { mode: Mode::Update, ..Choices::default() };
    let looked = both(&test, &list, &choices).await;
    assert_eq!((looked.created, looked.updated, looked.rejected), (0, 1, 1));
    assert!(looked.rejects[0].why.contains("nobody in the book matches"), "{:?}", looked.rejects);
    let test = TestBook::new().await;
    bring(&test, &file(&test, "first.csv", "Name,Email\nTom Ashby,tom@example.com\n"), &Choices::default()).await;
    let list =
        file(&test, "list.csv", "Name,Email,City\nTom Ashby,tom@example.com,Perth\nAda King,ada@example.com,Hobart\n");
    let choices = Choices { mode: Mode::Create, ..Choices::default() };
    let looked = both(&test, &list, &choices).await;
    assert_eq!((looked.created, looked.updated, looked.unchanged), (1, 0, 1));
    assert!(!everyone(&test).await.contains("Perth"), "whoever is there is left as they are");
}

#[tokio::test]
async fn people_are_matched_by_what_was_chosen() {
    let test = TestBook::new().await;
    let first = "Record ID,Name,Email,Company,City\n\
        A,Tom Ashby,tom@example.com,Harbour Dental,Perth\nB,Ada King,ada@example.com,,Perth\nC,Ada King,ada.k@example.com,,Hobart\n";
    bring(&test, &file(&test, "first.csv", first), &Choices::default()).await;
    let by = |keys: &[&str]| Choices {
        matched_by: keys.iter().map(|key| (*key).to_owned()).collect(),
        ..Choices::default()
    };
    let list = |name: &str, text: &str| file(&test, name, text);
    // An e-mail address alone, whatever the name: the office changed hands.
    let email = list("email.csv", "Name,Email,Phone\nThomas A,tom@example.com,0491 570 156\n");
    let looked = told(&test, &email, &by(&["email"])).await.expect("a look");
    assert_eq!((looked.created, looked.updated), (0, 1));
    let looked = told(&test, &email, &by(&["email+name"])).await.expect("a look");
    assert_eq!((looked.created, looked.updated), (1, 0));
    // By name and place: one Ada is meant. By name alone it could be either, and nobody is taken for her.
    let ada = list("ada.csv", "Name,City,Phone\nAda King,Hobart,0491 570 157\n");
    let looked = told(&test, &ada, &by(&["name+place"])).await.expect("a look");
    assert_eq!((looked.created, looked.updated, looked.rejected), (0, 1, 0));
    let looked = told(&test, &ada, &by(&["name"])).await.expect("a look");
    assert_eq!((looked.updated, looked.rejected), (0, 1));
    assert!(looked.rejects[0].why.contains("2 people in the book match it"), "{:?}", looked.rejects);
    // Keys are tried in their order.
    let tom = list("tom.csv", "Record ID,Name,Company\nA,Tom Ashby,\nZ,Tom Ashby,Harbour Dental\n");
    let looked = both(&test, &tom, &by(&["external_id", "name+organisation"])).await;
    assert_eq!((looked.created, looked.unchanged), (0, 2), "{looked:#?}");
    for wrong in ["shoe size", "place", "email+shoe size"] {
        let error = told(&test, &tom, &by(&[wrong])).await.expect_err("no such key");
        assert_eq!(error.code, Code::Invalid);
    }
}

#[tokio::test]
async fn what_a_file_does_not_say_can_be_said_for_everyone() {
    let test = TestBook::new().await;
    let list = file(
        &test,
        "fair.csv",
        "Name,Email,Status,Tags\nTom Ashby,tom@example.com,member,Choir\nAda King,ada@example.com,,\n",
    );
    let defaults =
        [("standing", "prospect"), ("tag", "Spring fair"), ("source", "Stand at the fair"), ("may_email", "yes")];
    let defaults: Mapping = defaults.map(|(field, value)| (field.to_owned(), value.to_owned())).into();
    let choices = Choices { defaults, ..Choices::default() };
    both(&test, &list, &choices).await;
    let now = everyone(&test).await;
    assert!(now.contains("  member in \"\", -, -; record -; source \"Stand at the fair\""), "{now}");
    assert!(now.contains("  prospect in \"\", -, -; record -; source \"Stand at the fair\""), "{now}");
    assert_eq!(now.matches("tag \"Spring fair\"").count(), 2);
    assert_eq!(now.matches("email: yes").count(), 2);
    for (field, value) in [("standing", "tall"), ("given", "Tom"), ("zone", "Perth time"), ("may_email", "perhaps")] {
        let choices = Choices { defaults: Mapping::from([(field.into(), value.into())]), ..Choices::default() };
        let error = told(&test, &list, &choices).await.expect_err("wrong for everyone");
        assert_eq!(error.code, Code::Invalid, "{field}");
    }
}

#[tokio::test]
async fn what_was_chosen_for_a_header_is_offered_for_the_next_file_that_has_it() {
    let test = TestBook::new().await;
    let list = file(&test, "may.csv", "Name,Ruf,Schuhe\nTom Ashby,0491 570 156,44\n");
    let choices = Choices {
        columns: Mapping::from([("Ruf".into(), "phone:work".into())]),
        defaults: Mapping::from([("source".into(), "The register".into())]),
        ..Choices::default()
    };
    bring(&test, &list, &choices).await;
    let next = file(&test, "june.csv", "Name,Ruf,Schuhe\nAda King,0491 570 157,39\n");
    let preview = import::preview(&test.book, &next, None).await.expect("a preview");
    assert_eq!(preview.choices, choices);
    assert!(preview.remembered_ms.is_some());
    assert_eq!(preview.columns[1].field, "phone:work");
    let other = file(&test, "other.csv", "Name,Ruf\nAda King,0491 570 157\n");
    let preview = import::preview(&test.book, &other, None).await.expect("a preview");
    assert_eq!((preview.choices, preview.remembered_ms), (Choices::default(), None));
}

#[tokio::test]
async fn looking_can_be_stopped() {
    let test = TestBook::new().await;
    let mut text = String::from("Name,Email\n");
    for at in 0..12_000 {
        writeln!(text, "Person Number{at},p{at}@example.com").expect("a row");
    }
    let list = file(&test, "list.csv", &text);
    let stop = AtomicBool::new(false);
    let tell = |rows: u32, percent: u32| {
        assert!(rows > 0 && percent <= 100);
        stop.store(true, Ordering::Relaxed);
    };
    let error = import::preflight(&test.book, test.helen(), &list, &Choices::default(), &stop, &tell)
        .await
        .expect_err("it was stopped");
    assert_eq!(error.code, Code::Cancelled);
    assert_eq!(list::count(&mut test.book.read().await.expect("a reader")).await.expect("a count"), 0);
    test.named("Somebody Else").await;
}

#[tokio::test]
async fn a_formula_in_every_field_stays_words() {
    let test = TestBook::new().await;
    let formula = "=HYPERLINK(\"\"http://example.org\"\",\"\"x\"\")";
    let header = "Record ID,Name,Given name,Family name,Organisation,Job title,City,Street,Notes,Tags,Source,Phone,Birthday,Status";
    let cells = vec![format!("\"{formula}\""); header.split(',').count()].join(",");
    let list = file(&test, "list.csv", &format!("{header}\n{cells}\n{}\n", cells.replace('=', "@")));
    both(&test, &list, &Choices::default()).await;
    assert_eq!(list::count(&mut test.book.read().await.expect("a reader")).await.expect("a count"), 2);
    let id = finding::find(&mut test.book.read().await.expect("a reader"), "hyperlink", 5).await.expect("found")[0];
    let someone = person::get(&mut test.book.read().await.expect("a reader"), id).await.expect("a person");
    assert_eq!(someone.standing, Standing::Prospect, "a formula is no standing");
}

#[tokio::test]
async fn of_two_of_one_name_a_row_without_a_record_means_whom_no_record_is_kept_of() {
    let test = TestBook::new().await;
    let header = "Record ID,Name,Phone,May email\n";
    let switchboard = "(02) 5550 1234 ext 7";
    bring(&test, &file(&test, "first.csv", &format!("{header}A3,,{switchboard},\n")), &Choices::default()).await;
    // The first makes somebody new; the second gives the record its name, which is the same.
    let list = file(&test, "second.csv", &format!("{header},Ada King,{switchboard},no\nA3,Ada King,,\n"));
    let looked = both(&test, &list, &Choices::default()).await;
    assert_eq!((looked.created, looked.updated), (1, 1));
    let again = told(&test, &list, &Choices::default()).await.expect("a look");
    assert_eq!((again.created, again.updated), (0, 0), "the second time: {again:#?}");
}

#[tokio::test]
async fn whoever_becomes_a_records_takes_its_name_at_once() {
    let test = TestBook::new().await;
    let ours = file(&test, "ours.csv", "Name,Email\nTom Ashby,a@example.com\n");
    bring(&test, &ours, &Choices::default()).await;
    let list = file(&test, "list.csv", "Record ID,Name,Email\nA1,Tom Ashbee,a@example.com\n");
    let looked = both(&test, &list, &Choices::default()).await;
    let changed: Vec<_> = looked.changes[0].changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(changed, ["name", "external_id"], "it is told beforehand");
    let again = told(&test, &list, &Choices::default()).await.expect("a look");
    assert_eq!((again.created, again.updated), (0, 0), "the second time: {again:#?}");
    // Without a record of theirs, the book's own name stands.
    let words = file(&test, "words.csv", "Name,Email,City\nTom Ashbey,a@example.com,Perth\n");
    let looked = both(&test, &words, &Choices::default()).await;
    let changed: Vec<_> = looked.changes[0].changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(changed, ["place"]);
}

/// Rows that mean each other, and people who are there: names, addresses, numbers and records from a small world.
fn a_list() -> impl Strategy<Value = String> {
    let row = (
        prop::sample::select(vec!["A1", "A2", "A3", "A4"]),
        any::<bool>(),
        prop::sample::select(vec!["Tom Ashby", "Tom Ashbee", "Ada King", "King, Ada", "", "Li Wei"]),
        prop::sample::select(vec!["", "a@example.com", "b@example.com", "B@example.com", "not an address"]),
        prop::sample::select(vec!["", "0491 570 156", "+61 491 570 156", "(02) 5550 1234 ext 7", "no number"]),
        prop::sample::select(vec!["", "Harbour Dental", "Bakery"]),
        prop::sample::select(vec!["", "Perth", "Hobart"]),
        prop::sample::select(vec!["", "member", "Gold"]),
        prop::sample::select(vec!["", "yes", "no", "perhaps"]),
    );
    let rows = prop::collection::vec(row, 0..12);
    let has_records = prop::sample::select(vec![Some(true), Some(false), None]);
    (rows, has_records).prop_map(|(rows, all)| {
        let mut text = String::from("Record ID,Name,Email,Phone,Company,City,Status,May email\n");
        for (id, has, name, email, phone, firm, city, status, may) in rows {
            let id = if all.unwrap_or(has) { id } else { "" };
            let _ = writeln!(text, "{id},\"{name}\",{email},{phone},{firm},{city},{status},{may}");
        }
        text
    })
}

fn some_choices() -> impl Strategy<Value = Choices> {
    let mode = prop::sample::select(vec![Mode::Both, Mode::Create, Mode::Update]);
    let keys = prop::sample::select(vec![
        vec![],
        vec!["external_id"],
        vec!["email"],
        vec!["external_id", "email+name", "phone+name", "name+organisation"],
        vec!["name"],
        vec!["phone", "name+place"],
    ]);
    (mode, keys).prop_map(|(mode, keys)| Choices {
        mode,
        matched_by: keys.into_iter().map(str::to_owned).collect(),
        ..Choices::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever the book holds, the list says and was chosen: what is told is what is done; and with new people let in,
    /// the same file twice changes nothing the second time. A list where only some rows have a record may contradict
    /// itself by whom they mean: two of one name and address, of whom one is renamed further down.
    #[test]
    fn what_is_told_is_what_is_done(first in a_list(), second in a_list(), choices in some_choices()) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let test = TestBook::new().await;
            bring(&test, &file(&test, "first.csv", &first), &Choices::default()).await;
            let list = file(&test, "second.csv", &second);
            both(&test, &list, &choices).await;
            let records = second.lines().skip(1).filter(|row| !row.starts_with(',')).count();
            if choices == Choices::default() && (records == 0 || records == second.lines().count() - 1) {
                let again = told(&test, &list, &choices).await.expect("a look");
                prop_assert_eq!((again.created, again.updated), (0, 0), "the second time: {:#?}", again);
            }
            Ok(())
        })?;
    }
}
