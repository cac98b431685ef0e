//! In a book: found, said why, remembered.

use wellmet_core::people::duplicates::{self, Level, like};
use wellmet_core::people::{NewPerson, NewReach, ReachKind, person, reaches};

use crate::support::TestBook;

fn rania() -> NewPerson {
    NewPerson {
        name: "Rania Haddad".into(),
        phone: "0412 345 016".into(),
        email: "rania@haddad.example".into(),
        organisation: "Haddad Interiors".into(),
        birth_day: "1981-03-04".into(),
        ..NewPerson::default()
    }
}

#[tokio::test]
async fn two_records_of_one_person_are_found_with_their_reasons() {
    let t = TestBook::new().await;
    let first = t.person(NewPerson { external_id: Some("C-1".into()), ..rania() }).await;
    let second = t.person(NewPerson { email: String::new(), birth_day: String::new(), ..rania() }).await;
    t.named("Nadia Farah").await;
    let found = duplicates::find(&mut t.book.read().await.unwrap()).await.unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    let pair = &found[0];
    let mut ids = [pair.one.id, pair.other.id];
    ids.sort();
    let mut both = [first, second];
    both.sort();
    assert_eq!(ids, both);
    assert!([&pair.one.external_id, &pair.other.external_id].contains(&&Some("C-1".into())));
    assert!(pair.score > 0.3 && pair.score <= 1.0);
    let words: Vec<&str> = pair.reasons.iter().map(|reason| reason.words.as_str()).collect();
    assert!(words.contains(&"The same name, Rania Haddad"), "{words:?}");
    assert!(words.contains(&"The same phone number, ••• 016"), "{words:?}");
    assert!(words.contains(&"Both at Haddad Interiors"), "{words:?}");
    assert!(!words.iter().any(|words| words.contains("345")), "a number is covered: {words:?}");
}

#[tokio::test]
async fn whoever_was_said_to_be_two_is_asked_about_no_more() {
    let t = TestBook::new().await;
    let (first, second) = (t.person(rania()).await, t.person(rania()).await);
    duplicates::look(&t.book, t.helen()).await.unwrap();
    let page = duplicates::page(&mut t.book.read().await.unwrap(), None, None, 20).await.unwrap();
    assert_eq!((page.pairs.len(), page.total, page.narrow), (1, 1, 1));
    assert_eq!(page.pairs[0].level, Level::Narrow);
    assert_eq!(page.looked_for.unwrap().people, 2);
    let mut edit = t.book.write(t.helen(), "not_same").await.unwrap();
    duplicates::not_same(&mut edit, second, first).await.unwrap();
    edit.commit().await.unwrap();
    let page = duplicates::page(&mut t.book.read().await.unwrap(), None, None, 20).await.unwrap();
    assert_eq!((page.pairs.len(), page.total), (0, 0), "the list that was made before knows it too");
    assert!(duplicates::find(&mut t.book.read().await.unwrap()).await.unwrap().is_empty());
    wellmet_core::store::undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!(duplicates::find(&mut t.book.read().await.unwrap()).await.unwrap().len(), 1, "and it can be taken back");
}

#[tokio::test]
async fn the_list_is_read_by_the_page() {
    let t = TestBook::new().await;
    let (given, family) =
        (["Rania", "Samir", "Nadia", "Oscar", "Helen"], ["Haddad", "Lindqvist", "Okafor", "Brown", "Vitkunas"]);
    for number in 0..25 {
        for _ in 0..2 {
            let name = format!("{} {}", given[number / 5], family[number % 5]);
            let phone = format!("0{}{:08}", 2 + number % 7, 30_104_517 + number * 1_357_911);
            t.person(NewPerson { name, phone, ..NewPerson::default() }).await;
        }
    }
    assert_eq!(duplicates::look(&t.book, t.helen()).await.unwrap(), 25);
    let mut db = t.book.read().await.unwrap();
    let (mut seen, mut after) = (std::collections::HashSet::new(), None);
    loop {
        let page = duplicates::page(&mut db, None, after.as_deref(), 10).await.unwrap();
        assert_eq!(page.total, 25);
        seen.extend(page.pairs.iter().map(|pair| pair.id));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 25, "each once");
}

#[tokio::test]
async fn whoever_is_removed_and_a_number_that_was_wrong_say_nothing() {
    let t = TestBook::new().await;
    let first = t.person(rania()).await;
    let second = t.person(rania()).await;
    let mut edit = t.book.write(t.helen(), "remove_person").await.unwrap();
    person::remove(&mut edit, second).await.unwrap();
    edit.commit().await.unwrap();
    assert!(duplicates::find(&mut t.book.read().await.unwrap()).await.unwrap().is_empty());
    let other = t.named("Samir Khoury").await;
    let mut edit = t.book.write(t.helen(), "add_reach").await.unwrap();
    let number = NewReach { kind: ReachKind::Phone, typed: "0412 345 016".into(), label: String::new() };
    let reach = reaches::add(&mut edit, other, &number).await.unwrap().unwrap();
    reaches::remove(&mut edit, reach).await.unwrap();
    edit.commit().await.unwrap();
    assert!(duplicates::find(&mut t.book.read().await.unwrap()).await.unwrap().is_empty(), "{first}");
}

#[tokio::test]
async fn someone_being_typed_in_is_known_again() {
    let t = TestBook::new().await;
    let known = t.person(rania()).await;
    t.person(NewPerson { name: "Samir Haddad".into(), phone: "0412 345 016".into(), ..NewPerson::default() }).await;
    let may_be = async |new: NewPerson| {
        let found = like(&mut t.book.read().await.unwrap(), &new).await.unwrap();
        found.into_iter().map(|one| one.person.id).collect::<Vec<_>>()
    };
    let named = |name: &str| NewPerson { name: name.into(), ..NewPerson::default() };
    assert_eq!(may_be(named("rania haddad")).await, [known]);
    assert_eq!(may_be(named("Haddad Rania")).await, [known], "crosswise");
    assert_eq!(may_be(named("Ranya Hadad")).await, [known], "as it sounds");
    assert_eq!(may_be(NewPerson { email: "Rania@Haddad.example".into(), ..named("Rania") }).await, [known]);
    assert_eq!(may_be(NewPerson { email: "rania@haddad.example".into(), ..named("Rania Khoury") }).await, [known]);
    let born = NewPerson { birth_day: "1955-11-20".into(), ..named("Rania Haddad") };
    assert!(may_be(born).await.is_empty(), "her grandmother");
    let husband = NewPerson { phone: "0412 345 016".into(), ..named("Karim Haddad") };
    assert!(may_be(husband).await.is_empty(), "whoever shares a number under another name is of the household");
    assert!(may_be(named("R")).await.is_empty());
    assert!(may_be(NewPerson { phone: "0412".into(), ..named("") }).await.is_empty(), "half a number is none");
}

/// As a script does it: the file as it is, brought in and looked through.
#[tokio::test]
async fn a_list_with_birth_dates_and_addresses_is_brought_in_and_found_out() {
    use wellmet_core::exchange::import;
    let t = TestBook::new().await;
    let file = t.folder().join("febrl3.csv");
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/duplicates/febrl3.csv");
    let text = std::fs::read_to_string(fixture).unwrap();
    let part: Vec<&str> = text.lines().take(1_501).collect();
    std::fs::write(&file, part.join("\n")).unwrap();
    let id = import::begin(&t.book, t.helen(), &file, &import::Choices::default()).await.unwrap();
    let never = std::sync::atomic::AtomicBool::new(false);
    let done = import::run(&t.book, t.helen(), id, &never, &|_| {}).await.unwrap();
    // Whoever has neither name nor number is handed back.
    assert!(done.created >= 1_490 && done.rejected <= 10, "{done:?}");
    let found = duplicates::find(&mut t.book.read().await.unwrap()).await.unwrap();
    let who = |known: &duplicates::Known| known.external_id.clone().unwrap().split('-').nth(1).unwrap().to_owned();
    let right = found.iter().filter(|pair| who(&pair.one) == who(&pair.other)).count();
    assert_eq!(right, found.len(), "none of them are two");
    assert!(right >= 590, "{right} of some 600");
}
