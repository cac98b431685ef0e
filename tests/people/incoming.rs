//! A list taken row by row and taken as a whole come to the same book.

use proptest::prelude::*;
use wellmet_core::people::incoming::{Incoming, IncomingReach, Met, Rules, Taken, take_all};
use wellmet_core::people::{PeopleQuery, ReachKind, Standing, list, person};

use crate::support::TestBook;

fn reach(kind: ReachKind, value: &str) -> IncomingReach {
    IncomingReach {
        kind,
        typed: value.into(),
        label: String::new(),
        value: value.into(),
        extension: None,
        unreadable: false,
    }
}

/// Few names, addresses and employers, so that rows mean one another all the time.
fn row() -> impl Strategy<Value = Incoming> {
    (
        (
            prop::option::weighted(0.3, prop::sample::select(vec!["A-1", "A-2", "A-3"])),
            prop::sample::select(vec![("Rania", "Haddad"), ("Ranya", "Hadad"), ("Tom", "Ashby"), ("", "")]),
            prop::option::weighted(0.4, prop::sample::select(vec!["rania@example.org", "office@example.org"])),
            prop::option::weighted(0.4, prop::sample::select(vec!["+61412345016", "+61733330000"])),
        ),
        (
            prop::sample::select(vec!["", "Haddad Interiors", "Bay Physio"]),
            prop::sample::select(vec!["", "Owner", "Clerk"]),
            prop::sample::select(vec!["", "Ascot"]),
            prop::option::weighted(0.2, Just(Standing::Member)),
            prop::collection::vec(prop::sample::select(vec!["sails", "two dogs"]), 0..2),
            prop::collection::vec(prop::sample::select(vec!["gold", "board"]), 0..2),
            prop::option::weighted(0.2, any::<bool>()),
            prop::bool::weighted(0.1),
        ),
    )
        .prop_map(|((external, (given, family), email, phone), rest)| {
            let (organisation, role_title, place, standing, facts, tags, may_email, do_not_call) = rest;
            let mut reaches: Vec<IncomingReach> = Vec::new();
            reaches.extend(email.map(|value| reach(ReachKind::Email, value)));
            reaches.extend(phone.map(|value| reach(ReachKind::Phone, value)));
            // A row that names and reaches nobody is turned away before it comes here.
            let organisation = if given.is_empty() && reaches.is_empty() && organisation.is_empty() {
                "Bay Physio"
            } else {
                organisation
            };
            Incoming {
                external_id: external.map(Into::into),
                given: given.into(),
                family: family.into(),
                organisation: organisation.into(),
                role_title: if organisation.is_empty() { String::new() } else { role_title.into() },
                place: place.into(),
                standing,
                reaches,
                facts: facts.into_iter().map(Into::into).collect(),
                tags: tags.into_iter().map(Into::into).collect(),
                consents: may_email.map(|allowed| (ReachKind::Email, allowed)).into_iter().collect(),
                do_not_call,
                ..Incoming::default()
            }
            .keyed()
        })
}

/// Everyone in the book, without ids and times; and what became of each row, people by their place in the order made.
async fn taken(rows: &[Incoming], together: bool) -> (Vec<String>, Vec<String>) {
    let book = TestBook::new().await;
    let mut fates = Vec::new();
    let mut met = Met::default();
    for batch in rows.chunks(if together { rows.len() } else { 1 }) {
        let mut edit = book.book.write(book.helen(), "import").await.expect("an edit");
        let batch: Vec<&Incoming> = batch.iter().collect();
        fates.extend(take_all(&mut edit, &batch, "in a list", &mut met, &Rules::default()).await.expect("taken"));
        edit.commit().await.expect("committed");
    }
    let mut order = Vec::new();
    let fates = fates
        .into_iter()
        .map(|fate| {
            let (word, id) = match fate {
                Taken::Created(id) => ("created", id),
                Taken::Updated(id, _) => ("updated", id),
                Taken::Unchanged(id) => ("unchanged", id),
                Taken::Refused(why) => panic!("nothing is refused: {why}"),
            };
            let place = order.iter().position(|other| *other == id).unwrap_or_else(|| {
                order.push(id);
                order.len() - 1
            });
            format!("{word} {place}")
        })
        .collect();
    assert!(book.book.check().await.expect("checked").ok);
    let mut db = book.book.read().await.expect("a reader");
    let found =
        list::first(&mut db, book.book.now(), &PeopleQuery::default(), 500).await.expect("a page").expect("by name");
    assert_eq!(found.rows.len(), order.len());
    let mut people = Vec::new();
    for id in order {
        let who = person::get(&mut db, id).await.expect("a person");
        let mut facts: Vec<_> = who.facts.iter().map(|fact| fact.words.clone()).collect();
        let mut roles: Vec<_> = who.roles.iter().map(|role| format!("{} {}", role.title, role.organisation)).collect();
        let mut reaches: Vec<_> = who.reaches.iter().map(|reach| reach.shown.clone()).collect();
        let mut consents: Vec<_> = who.consents.iter().map(|one| (one.channel, one.allowed)).collect();
        facts.sort();
        roles.sort();
        reaches.sort();
        consents.sort();
        people.push(format!(
            "{} | {:?} | {:?} | {} | {} | {facts:?} {:?} {roles:?} {reaches:?} {consents:?}",
            who.name, who.external_id, who.standing, who.place, who.do_not_call, who.tags
        ));
    }
    (people, fates)
}

#[test]
fn a_no_that_a_later_row_does_not_repeat_is_said_once() {
    let said = |tag: &str, allowed| Incoming {
        given: "Ranya".into(),
        family: "Hadad".into(),
        reaches: vec![reach(ReachKind::Email, "ranya@example.org")],
        tags: vec![tag.into()],
        consents: vec![(ReachKind::Email, allowed)],
        ..Incoming::default()
    };
    let rows = [said("gold", false).keyed(), said("board", true).keyed(), said("gold", false).keyed()];
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    for together in [true, false] {
        let (people, fates) = runtime.block_on(taken(&rows, together));
        assert_eq!(fates, ["created 0", "updated 0", "unchanged 0"], "together: {together}");
        assert!(people[0].contains("(Email, false)"), "the no stands: {people:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn a_list_is_taken_alike_in_one_go_and_row_by_row(rows in prop::collection::vec(row(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (whole, single) = runtime.block_on(async { (taken(&rows, true).await, taken(&rows, false).await) });
        prop_assert_eq!(whole.1, single.1);
        prop_assert_eq!(whole.0, single.0);
    }
}
