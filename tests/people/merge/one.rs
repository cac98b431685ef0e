//! What comes over, which wish stands, what is refused, and who is found afterwards.

use std::path::Path;

use wellmet_core::Code;
use wellmet_core::calls::timeline;
use wellmet_core::ids::PersonId;
use wellmet_core::people::merge::{self, MergeField, preview};
use wellmet_core::people::{
    NewPerson, NewReach, PersonChange, ReachChange, ReachKind, Standing, Voicemail, consent, facts, finding, person,
    reaches,
};
use wellmet_core::promises::ledger::{self, PromiseState};
use wellmet_core::store::{history, redo_last, undo_last};
use wellmet_core::time::{DAY_MS, HOUR_MS};

use super::{life, merged, touched, touches, try_merge, unmerged, waits};
use crate::support::TestBook;

/// Rania, who was taken down twice.
async fn twice(t: &TestBook) -> (PersonId, PersonId) {
    let rania = NewPerson {
        name: "Rania Haddad".into(),
        phone: "0412 345 016".into(),
        organisation: "Haddad Interiors".into(),
        external_id: Some("C-1".into()),
        ..NewPerson::default()
    };
    let again = NewPerson {
        name: "Ranya Hadad".into(),
        phone: "0412 345 016".into(),
        email: "rania@haddad.example".into(),
        organisation: "Haddad Interiors".into(),
        role_title: "owner".into(),
        place: "New Farm".into(),
        birth_day: "1981-03-04".into(),
        standing: Some(Standing::Member),
        external_id: Some("C-2".into()),
        ..NewPerson::default()
    };
    (t.person(rania).await, t.person(again).await)
}

async fn get(t: &TestBook, id: PersonId) -> wellmet_core::people::Person {
    person::get(&mut t.book.read().await.unwrap(), id).await.unwrap()
}

#[tokio::test]
async fn everything_of_both_is_there_afterwards() {
    let t = TestBook::new().await;
    let (kept, other) = twice(&t).await;
    let mut edit = t.book.write(t.helen(), "add_fact").await.unwrap();
    facts::add(&mut edit, kept, "daughter sails", "a call").await.unwrap();
    facts::add(&mut edit, other, "daughter sails", "a card").await.unwrap();
    facts::add(&mut edit, other, "wants a mentor", "a card").await.unwrap();
    person::tag(&mut edit, kept, "founder").await.unwrap();
    person::tag(&mut edit, other, "founder").await.unwrap();
    person::tag(&mut edit, other, "speaker").await.unwrap();
    edit.commit().await.unwrap();
    touched(&t, kept, "spoke of the fair", None).await;
    touched(&t, other, "spoke of the fees", None).await;
    let captured = waits(&t, other, "how to join").await;

    merged(&t, kept, other, &[MergeField::Standing]).await;
    let now = get(&t, kept).await;
    assert_eq!(now.name, "Rania Haddad", "nobody chose the other name");
    assert_eq!(
        (now.standing, now.place.as_str(), now.birth_day.as_str()),
        (Standing::Member, "New Farm", "1981-03-04")
    );
    assert_eq!(now.external_id.as_deref(), Some("C-1"));
    let kinds: Vec<ReachKind> = now.reaches.iter().map(|reach| reach.kind).collect();
    assert_eq!(kinds, [ReachKind::Phone, ReachKind::Email], "one number, not twice");
    assert_eq!(now.roles.len(), 1, "one role, not twice");
    assert_eq!(now.roles[0].title, "owner");
    let mut words: Vec<&str> = now.facts.iter().map(|fact| fact.words.as_str()).collect();
    words.sort_unstable();
    assert_eq!(words, ["daughter sails", "wants a mentor"]);
    assert_eq!(now.tags, ["founder", "speaker"]);
    assert_eq!(touches(&t, kept).await, 2);
    let mut db = t.book.read().await.unwrap();
    let owed = ledger::of_person(&mut db, kept).await.unwrap();
    assert_eq!(owed.iter().map(|promise| promise.id).collect::<Vec<_>>(), [captured.promise]);
    let lines = timeline::of_person(&mut db, t.book.now(), kept, 50).await.unwrap();
    assert!(lines.iter().any(|line| line.words == "how to join"), "the message too");
    assert!(lines.iter().any(|line| line.what == "merge"), "and that they were merged");

    let gone = person::get(&mut db, other).await.unwrap();
    assert!(gone.removed);
    assert_eq!(gone.merged_into.unwrap().id, kept);
    assert_eq!(finding::find(&mut db, "haddad", 10).await.unwrap(), vec![kept]);
    assert_eq!(
        finding::find(&mut db, "rania@haddad.example", 10).await.unwrap(),
        vec![kept],
        "found by what came over"
    );
    let merges = merge::of_person(&mut db, kept).await.unwrap();
    assert_eq!((merges.len(), merges[0].other.id), (1, other));
    drop(db);
    assert!(t.book.check().await.unwrap().ok, "{:?}", t.book.check().await.unwrap().findings);
    let changes = history(&t.book, kept).await.unwrap();
    assert!(changes.iter().all(|change| change.field != "person_id"), "whose a row is, is no field to restore");
}

#[tokio::test]
async fn the_stricter_wish_stands_and_is_said() {
    let t = TestBook::new().await;
    let (kept, other) = twice(&t).await;
    let mut edit = t.book.write(t.helen(), "set_consent").await.unwrap();
    consent::set(&mut edit, kept, ReachKind::Email, true, "a form").await.unwrap();
    consent::set(&mut edit, other, ReachKind::Email, false, "on the phone").await.unwrap();
    consent::set(&mut edit, other, ReachKind::Post, true, "a form").await.unwrap();
    person::change(&mut edit, other, &PersonChange { do_not_call: Some(true), ..PersonChange::default() })
        .await
        .unwrap();
    let reach = reaches::rows_of(&mut edit, other).await.unwrap().into_iter().find(|row| row.kind == ReachKind::Phone);
    let change =
        ReachChange { voicemail: Some(Voicemail::No), best_times: Some("mornings".into()), ..ReachChange::default() };
    reaches::change(&mut edit, reach.unwrap().id, &change).await.unwrap();
    edit.commit().await.unwrap();

    let before = preview(&mut t.book.read().await.unwrap(), kept, other).await.unwrap();
    assert_eq!(before.said.len(), 2, "{:?}", before.said);
    assert!(before.said.iter().any(|words| words.contains("e-mail")), "{:?}", before.said);
    let (id, _) = merged(&t, kept, other, &[]).await;
    let now = get(&t, kept).await;
    assert!(now.do_not_call);
    let allowed = |channel| now.consents.iter().find(|one| one.channel == channel).unwrap();
    assert!(!allowed(ReachKind::Email).allowed);
    assert_eq!(allowed(ReachKind::Email).how, "on the phone", "and how we know");
    assert!(allowed(ReachKind::Post).allowed);
    let phone = now.reaches.iter().find(|reach| reach.kind == ReachKind::Phone).unwrap();
    assert_eq!((phone.voicemail, phone.best_times.as_str()), (Voicemail::No, "mornings"));
    unmerged(&t, id).await;
    let now = get(&t, kept).await;
    assert!(!now.do_not_call);
    assert!(now.consents.iter().all(|one| one.allowed), "each their own again");
}

#[tokio::test]
async fn two_who_wait_are_one_who_waits_from_the_first_message_on() {
    let t = TestBook::new().await;
    let (kept, other) = twice(&t).await;
    let first = waits(&t, other, "how to join").await;
    t.clock.move_on(5 * DAY_MS);
    let second = waits(&t, kept, "nobody has rung").await;
    let before = life(&t).await;
    let (id, _) = merged(&t, kept, other, &[]).await;
    let mut db = t.book.read().await.unwrap();
    let open = wellmet_core::calls::inquiry::open_of(&mut db, kept).await.unwrap().unwrap();
    assert_eq!(open.id, first.inquiry, "the first one's clock runs on");
    assert_eq!(ledger::get(&mut db, first.promise).await.unwrap().state, PromiseState::Open);
    assert_eq!(
        ledger::get(&mut db, second.promise).await.unwrap().state,
        PromiseState::Released,
        "one call back is owed"
    );
    let tally = ledger::tally(&mut db).await.unwrap();
    assert_eq!(tally.open + tally.kept + tally.renegotiated + tally.released, tally.made);
    drop(db);
    let third = waits(&t, kept, "still nobody").await;
    assert!(third.joined);
    assert_eq!((third.inquiry, third.message_number), (first.inquiry, 3), "the third message of one matter");
    undo_last(&t.book, t.helen()).await.unwrap();
    assert!(t.book.check().await.unwrap().ok);

    unmerged(&t, id).await;
    assert_eq!(life(&t).await, before, "both wait again, each on their own");
    assert!(t.book.check().await.unwrap().ok, "{:?}", t.book.check().await.unwrap().findings);
}

#[tokio::test]
async fn what_was_answered_for_one_was_answered_for_both() {
    let t = TestBook::new().await;
    let (kept, other) = twice(&t).await;
    let first = waits(&t, kept, "how to join").await;
    t.clock.move_on(DAY_MS);
    let second = waits(&t, other, "nobody has rung").await;
    let (id, _) = merged(&t, kept, other, &[]).await;
    t.clock.move_on(6 * HOUR_MS);
    let call = crate::calls::desk::begun(&t, kept, first.promise).await;
    crate::calls::desk::filed(&t, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    unmerged(&t, id).await;
    let mut db = t.book.read().await.unwrap();
    for person in [kept, other] {
        assert!(wellmet_core::calls::inquiry::open_of(&mut db, person).await.unwrap().is_none(), "neither waits");
    }
    assert_eq!(ledger::get(&mut db, second.promise).await.unwrap().state, PromiseState::Released);
    drop(db);
    assert!(t.book.check().await.unwrap().ok, "{:?}", t.book.check().await.unwrap().findings);
}

#[tokio::test]
async fn a_call_for_a_promise_goes_back_with_it() {
    let t = TestBook::new().await;
    let (kept, other) = twice(&t).await;
    let theirs = waits(&t, other, "how to join").await;
    let (id, _) = merged(&t, kept, other, &[]).await;
    touched(&t, kept, "rang about it, nobody in", Some(theirs.promise)).await;
    touched(&t, kept, "met at the fair", None).await;
    unmerged(&t, id).await;
    assert_eq!((touches(&t, kept).await, touches(&t, other).await), (1, 1));
}

#[tokio::test]
async fn undo_takes_it_apart_and_redo_merges_again() {
    let t = TestBook::new().await;
    let (kept, other) = twice(&t).await;
    waits(&t, other, "how to join").await;
    let before = life(&t).await;
    merged(&t, kept, other, &[MergeField::Name]).await;
    let together = life(&t).await;
    assert_ne!(before, together);
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.reversed, undone.kept, undone.failed), (1, 0, 0), "{:?}", undone.rows);
    assert_eq!(life(&t).await, before);
    let mut db = t.book.read().await.unwrap();
    assert_eq!(finding::find(&mut db, "rania@haddad.example", 10).await.unwrap(), vec![other], "the index follows");
    drop(db);
    redo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!(life(&t).await, together);
    undo_last(&t.book, t.helen()).await.unwrap();
    assert!(t.book.check().await.unwrap().ok, "{:?}", t.book.check().await.unwrap().findings);
}

#[tokio::test]
async fn whoever_was_merged_is_not_merged_again_and_a_chain_comes_apart_from_its_end() {
    let t = TestBook::new().await;
    let (kept, other) = twice(&t).await;
    let third = t.named("Rania Haddad").await;
    let (first, _) = merged(&t, kept, other, &[]).await;
    let refused = try_merge(&t, third, other, &[]).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused);
    assert!(refused.message.contains("Rania Haddad"), "{}", refused.message);
    assert_eq!(try_merge(&t, kept, kept, &[]).await.unwrap_err().code, Code::Invalid);
    let (second, _) = merged(&t, third, kept, &[]).await;
    let mut edit = t.book.write(t.helen(), "unmerge").await.unwrap();
    let refused = merge::unmerge(&mut edit, first).await.unwrap_err();
    drop(edit);
    assert_eq!(refused.code, Code::Refused, "{}", refused.message);
    unmerged(&t, second).await;
    unmerged(&t, first).await;
    assert!(!get(&t, other).await.removed);
}

#[tokio::test]
async fn a_number_that_two_of_three_had_stays_with_who_still_has_it() {
    let t = TestBook::new().await;
    let (kept, other) = twice(&t).await;
    let third = t
        .person(NewPerson { name: "R. Haddad".into(), email: "rania@haddad.example".into(), ..NewPerson::default() })
        .await;
    let (first, _) = merged(&t, kept, other, &[]).await;
    let (second, _) = merged(&t, kept, third, &[]).await;
    let before = get(&t, kept).await.reaches.len();
    assert_eq!(before, 2, "the number, and one e-mail address that both others had");
    unmerged(&t, first).await;
    let now = get(&t, kept).await;
    assert!(now.reaches.iter().any(|reach| reach.kind == ReachKind::Email), "the third had it as well");
    unmerged(&t, second).await;
    assert_eq!(get(&t, kept).await.reaches.len(), 1);
    assert_eq!(get(&t, third).await.reaches.len(), 1);
    assert_eq!(get(&t, other).await.reaches.len(), 2);
}

#[tokio::test]
async fn fields_go_back_to_what_was_there_before_all_merges() {
    let t = TestBook::new().await;
    let base = t.person(NewPerson { name: "Rania Haddad".into(), place: "Ascot".into(), ..NewPerson::default() }).await;
    let one = t.person(NewPerson { name: "Rania Haddad".into(), place: "Nundah".into(), ..NewPerson::default() }).await;
    let two = t.person(NewPerson { name: "Rania Haddad".into(), place: "Wynnum".into(), ..NewPerson::default() }).await;
    let (first, _) = merged(&t, base, one, &[MergeField::Place]).await;
    let (second, _) = merged(&t, base, two, &[MergeField::Place]).await;
    assert_eq!(get(&t, base).await.place, "Wynnum");
    unmerged(&t, first).await;
    assert_eq!(get(&t, base).await.place, "Wynnum", "chosen since, and it stands");
    unmerged(&t, second).await;
    assert_eq!(get(&t, base).await.place, "Ascot", "not Nundah: that was never hers");
}

#[tokio::test]
async fn later_edits_stay_on_whom_they_were_made_to() {
    let t = TestBook::new().await;
    let (kept, other) = twice(&t).await;
    let (id, _) = merged(&t, kept, other, &[]).await;
    let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
    person::change(&mut edit, kept, &PersonChange { place: Some("Ascot".into()), ..PersonChange::default() })
        .await
        .unwrap();
    facts::add(&mut edit, kept, "second showroom", "a call").await.unwrap();
    let new = NewReach { kind: ReachKind::Phone, typed: "07 3333 4444".into(), label: String::new() };
    reaches::add(&mut edit, kept, &new).await.unwrap();
    let email = reaches::rows_of(&mut edit, kept).await.unwrap().into_iter().find(|row| row.kind == ReachKind::Email);
    let label = ReachChange { label: Some("studio".into()), ..ReachChange::default() };
    reaches::change(&mut edit, email.unwrap().id, &label).await.unwrap();
    edit.commit().await.unwrap();
    let done = unmerged(&t, id).await;
    assert_eq!(done.stay, ["place"]);
    let (kept, other) = (get(&t, kept).await, get(&t, other).await);
    assert_eq!(
        (kept.place.as_str(), kept.birth_day.as_str()),
        ("Ascot", ""),
        "the field that nobody touched went back"
    );
    assert_eq!(other.place, "New Farm");
    assert_eq!(kept.facts.len(), 1);
    assert_eq!(kept.reaches.len(), 2, "her number, and the new one");
    let email = other.reaches.iter().find(|reach| reach.kind == ReachKind::Email).unwrap();
    assert_eq!(email.label, "studio", "an edit of what goes back goes with it");
}

/// A table of a later version that knows people has to say what a merge does with it.
#[test]
fn every_table_that_knows_people_is_merged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let rows = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/people/merge/rows.rs")).unwrap();
    // Whose record is whose, and what the machine makes anew.
    let not_theirs = ["person", "not_same", "merge", "suspect"];
    let mut known = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let ddl = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut table = String::new();
        for line in ddl.lines() {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ").or(line.strip_prefix("ALTER TABLE ")) {
                table = rest.split(' ').next().unwrap().to_owned();
            }
            if !line.contains("REFERENCES person (id)") || not_theirs.contains(&table.as_str()) {
                continue;
            }
            known += 1;
            let words: Vec<&str> = line.split_whitespace().collect();
            let field = words[words.iter().position(|word| *word == "BLOB").unwrap() - 1];
            let brought = format!("bring!(\"{table}\", \"{field}\")");
            assert!(
                rows.contains(&brought),
                "{table}.{field} knows people: say in people/merge/rows.rs what a merge does"
            );
        }
    }
    assert!(known >= 12, "{known}");
}
