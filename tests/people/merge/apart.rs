//! Random lives: two or three records with whatever belongs to people, merged, lived on with, and taken apart.

use wellmet_core::ids::PersonId;
use wellmet_core::people::fields::{self, FieldKind, NewCustomField};
use wellmet_core::people::merge::MergeField;
use wellmet_core::people::{
    NewPerson, NewReach, PersonChange, ReachChange, ReachKind, Standing, consent, facts, organisations, person, reaches,
};
use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind, PromiseState};
use wellmet_core::store::{redo_last, undo_last};
use wellmet_core::time::HOUR_MS;

use super::{life, merged, touched, unmerged, waits};
use crate::support::TestBook;

struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        // Knuth's MMIX constants; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

const NUMBERS: [&str; 4] = ["0412 345 016", "0412 345 017", "07 3333 4444 ext 2", "07 3333 4444"];
const EMAILS: [&str; 3] = ["rania@haddad.example", "studio@haddad.example", "r.haddad@post.example"];
const WORDS: [&str; 5] = ["daughter sails", "wants a mentor", "second showroom", "knows the baker", "never on Mondays"];
const PLACES: [&str; 4] = ["", "New Farm", "Ascot", "Nundah"];

async fn someone(t: &TestBook, chance: &mut Chance) -> PersonId {
    let keeper = (chance.below(2) == 0).then_some(t.director);
    let new = NewPerson {
        name: chance.of(&["Rania Haddad", "Ranya Hadad", "R. Haddad"]).into(),
        place: chance.of(&PLACES).into(),
        birth_day: chance.of(&["", "1981-03-04", "1981-04-03"]).into(),
        standing: Some(chance.of(&[Standing::Member, Standing::Prospect, Standing::Lapsed])),
        zone: (chance.below(3) == 0).then(|| "Australia/Perth".into()),
        external_id: (chance.below(2) == 0).then(|| "C-1".into()),
        source: chance.of(&["", "fair", "web"]).into(),
        keeper,
        ..NewPerson::default()
    };
    let id = t.person(new).await;
    for _ in 0..chance.below(9) {
        live(t, chance, id).await;
    }
    id
}

/// One thing that happens in the life of a record.
async fn live(t: &TestBook, chance: &mut Chance, id: PersonId) {
    t.clock.move_on(HOUR_MS);
    let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
    match chance.below(14) {
        0 => {
            let (kind, typed) = if chance.below(2) == 0 {
                (ReachKind::Phone, chance.of(&NUMBERS))
            } else {
                (ReachKind::Email, chance.of(&EMAILS))
            };
            let label = chance.of(&["", "work"]).to_owned();
            reaches::add(&mut edit, id, &NewReach { kind, typed: typed.into(), label }).await.unwrap();
        }
        1 => drop(facts::add(&mut edit, id, chance.of(&WORDS), "a call").await.unwrap()),
        2 => person::tag(&mut edit, id, chance.of(&["founder", "speaker", "choir"])).await.unwrap(),
        3 => {
            let (name, title) = (chance.of(&["Haddad Interiors", "The Bakery"]), chance.of(&["", "owner", "chair"]));
            organisations::give_role(&mut edit, id, name, title).await.unwrap();
        }
        4 => {
            let channel = chance.of(&[ReachKind::Phone, ReachKind::Email, ReachKind::Post]);
            consent::set(&mut edit, id, channel, chance.below(2) == 0, "on the phone").await.unwrap();
        }
        5 => {
            let change = PersonChange {
                place: Some(chance.of(&PLACES).into()),
                do_not_call: Some(chance.below(2) == 0),
                ..PersonChange::default()
            };
            person::change(&mut edit, id, &change).await.unwrap();
        }
        6 => {
            let new = NewPromise {
                person: id,
                kind: PromiseKind::OwnWord,
                what: "send the programme".into(),
                keeper: Some(t.director),
                due: edit.at.plus_ms(30 * HOUR_MS),
                inquiry: None,
            };
            ledger::make(&mut edit, &new).await.unwrap();
        }
        7 => {
            let rows = reaches::rows_of(&mut edit, id).await.unwrap();
            if !rows.is_empty() {
                let at = chance.below(rows.len());
                let change = ReachChange {
                    label: Some(chance.of(&["", "home", "studio"]).into()),
                    best_times: Some(chance.of(&["", "mornings"]).into()),
                    ..ReachChange::default()
                };
                reaches::change(&mut edit, rows[at].id, &change).await.unwrap();
            }
        }
        8 => {
            let open = ledger::of_person(&mut edit, id).await.unwrap();
            let own = open.iter().find(|one| one.state == PromiseState::Open && one.kind == PromiseKind::OwnWord);
            if let Some(promise) = own {
                ledger::keep(&mut edit, promise.id).await.unwrap();
            }
        }
        10 | 11 => {
            let own = fields::all(&mut edit).await.unwrap();
            let field = &own[chance.below(own.len())];
            let value = match field.kind {
                FieldKind::Choice => chance.of(&["", "Vegan", "Halal"]),
                _ => chance.of(&["", "7", "07"]),
            };
            fields::set(&mut edit, id, field.id, value).await.unwrap();
        }
        9 => {
            drop(edit);
            let _ = waits(t, id, chance.of(&WORDS)).await;
            return;
        }
        _ => {
            drop(edit);
            touched(t, id, chance.of(&WORDS), None).await;
            return;
        }
    }
    edit.commit().await.unwrap();
}

/// What an association of this kind keeps besides.
async fn own_fields(t: &TestBook) {
    let mut edit = t.book.write(t.helen(), "add_field").await.unwrap();
    for (name, kind) in [("Diet", FieldKind::Choice), ("Member number", FieldKind::Number)] {
        let options = vec!["Vegan".into(), "Halal".into()];
        fields::add(&mut edit, &NewCustomField { name: name.into(), kind, options }).await.unwrap();
    }
    edit.commit().await.unwrap();
}

fn some_fields(chance: &mut Chance) -> Vec<MergeField> {
    MergeField::ALL.iter().copied().filter(|_| chance.below(3) == 0).collect()
}

#[tokio::test]
async fn merged_and_taken_apart_the_book_is_the_same() {
    let t = TestBook::new().await;
    own_fields(&t).await;
    let mut chance = Chance(0x5eed);
    for round in 0..40 {
        let (kept, other) = (someone(&t, &mut chance).await, someone(&t, &mut chance).await);
        let before = life(&t).await;
        let (id, _) = merged(&t, kept, other, &some_fields(&mut chance)).await;
        let together = life(&t).await;
        let checked = t.book.check().await.unwrap();
        assert!(checked.ok, "round {round}, merged: {:?}", checked.findings);
        if round % 2 == 0 {
            unmerged(&t, id).await;
        } else {
            undo_last(&t.book, t.helen()).await.unwrap();
        }
        assert_eq!(life(&t).await, before, "round {round}");
        let checked = t.book.check().await.unwrap();
        assert!(checked.ok, "round {round}, taken apart: {:?}", checked.findings);
        // And again, by undoing the taking apart.
        if round % 2 == 0 {
            undo_last(&t.book, t.helen()).await.unwrap();
        } else {
            redo_last(&t.book, t.helen()).await.unwrap();
        }
        assert_eq!(life(&t).await, together, "round {round}, together again");
        assert!(t.book.check().await.unwrap().ok);
    }
}

#[tokio::test]
async fn three_who_are_one_come_apart_in_any_order() {
    let t = TestBook::new().await;
    own_fields(&t).await;
    let mut chance = Chance(0xbacc);
    for round in 0..25 {
        let kept = someone(&t, &mut chance).await;
        let others = [someone(&t, &mut chance).await, someone(&t, &mut chance).await, someone(&t, &mut chance).await];
        let before = life(&t).await;
        let mut merges = Vec::new();
        for other in others {
            merges.push(merged(&t, kept, other, &some_fields(&mut chance)).await.0);
        }
        for _ in 0..3 {
            let next = merges.remove(chance.below(merges.len()));
            unmerged(&t, next).await;
            let checked = t.book.check().await.unwrap();
            assert!(checked.ok, "round {round}: {:?}", checked.findings);
        }
        assert_eq!(life(&t).await, before, "round {round}");
    }
}

#[tokio::test]
async fn what_was_lived_in_between_is_on_one_of_the_two_and_nothing_is_lost() {
    let t = TestBook::new().await;
    own_fields(&t).await;
    let mut chance = Chance(7);
    let count = |life: &std::collections::BTreeMap<String, Vec<String>>, table: &str| life[table].len();
    for round in 0..40 {
        let (kept, other) = (someone(&t, &mut chance).await, someone(&t, &mut chance).await);
        let (id, _) = merged(&t, kept, other, &some_fields(&mut chance)).await;
        for _ in 0..chance.below(10) {
            live(&t, &mut chance, kept).await;
        }
        let lived = life(&t).await;
        unmerged(&t, id).await;
        let now = life(&t).await;
        for table in ["reach", "fact", "tag", "touch", "promise", "message", "inquiry", "call", "role", "consent"] {
            assert_eq!(count(&lived, table), count(&now, table), "round {round}: no {table} came or went");
        }
        let mut db = t.book.read().await.unwrap();
        let (kept, other) = (person::get(&mut db, kept).await.unwrap(), person::get(&mut db, other).await.unwrap());
        assert!(!kept.removed && !other.removed);
        drop(db);
        let checked = t.book.check().await.unwrap();
        assert!(checked.ok, "round {round}: {:?}", checked.findings);
    }
}
