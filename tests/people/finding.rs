//! A search finds whoever is meant, and who matters first.

use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::calls::{MessageFrom, inquiry};
use wellmet_core::ids::PersonId;
use wellmet_core::people::{NewPerson, PeopleQuery, PersonChange, finding, list, order, person};

use crate::calls::desk;
use crate::support::{TestBook, voicemail};

async fn ids(t: &TestBook, typed: &str) -> Vec<PersonId> {
    finding::find(&mut t.book.read().await.expect("a reader"), typed, 500).await.expect("found")
}

async fn names(t: &TestBook, typed: &str) -> Vec<String> {
    let ids = ids(t, typed).await;
    let rows = list::rows(&mut t.book.read().await.expect("a reader"), &ids).await.expect("rows");
    rows.into_iter().map(|row| row.expect("there").name).collect()
}

/// So many of one name that none of them is looked at by itself.
async fn crowd(t: &TestBook, many: usize) {
    let mut edit = t.book.write(t.helen(), "create_person").await.expect("an edit");
    for number in 0..many {
        let new = NewPerson { given: "Grace".into(), family: format!("Okafor{number}"), ..NewPerson::default() };
        person::create(&mut edit, &new).await.expect("a person");
    }
    edit.commit().await.expect("committed");
}

#[rstest]
#[case(20)]
#[case(400)]
#[tokio::test]
async fn who_waits_comes_first_and_then_who_was_lately_in_touch(#[case] many: usize) {
    let t = TestBook::new().await;
    // The first in the book, and so the last to be found otherwise.
    let waits = t.named("Grace Adams").await;
    let called = desk::someone(&t, "Grace Brown", "", "", "0412 345 016").await;
    let called_before = desk::someone(&t, "Grace Clark", "", "", "0412 345 017").await;
    crowd(&t, many).await;
    for one in [called_before, called] {
        let promise = desk::waits(&t, one, "How to join").await;
        let call = desk::begun(&t, one, promise).await;
        desk::filed(&t, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
        t.clock.move_on(wellmet_core::time::HOUR_MS);
    }
    inquiry::capture(&t.book, t.helen(), &voicemail(MessageFrom::Known(waits), "hello")).await.expect("captured");
    for typed in ["grace", "gra", "g", "Grac"] {
        let found = ids(&t, typed).await;
        assert_eq!(found[..3], [waits, called, called_before], "{typed}");
        assert_eq!(found.len(), many + 3);
    }
}

#[rstest]
#[case(20)]
#[case(400)]
#[tokio::test]
async fn whoever_is_called_so_comes_before_those_of_whom_it_is_said(#[case] many: usize) {
    let t = TestBook::new().await;
    let may = t.named("May Linden").await;
    let mut edit = t.book.write(t.helen(), "create_person").await.expect("an edit");
    for number in 0..many {
        let new = NewPerson { name: format!("Other Person{number}"), ..NewPerson::default() };
        let id = person::create(&mut edit, &new).await.expect("a person");
        person::tag(&mut edit, id, "breakfast in may").await.expect("a tag");
    }
    edit.commit().await.expect("committed");
    assert_eq!(ids(&t, "may").await[0], may);
    assert_eq!(ids(&t, "may").await.len(), many + 1);
    assert_eq!(names(&t, "may lin").await, ["May Linden"]);
}

/// Without accents, every word by itself.
fn asked_as_written(words: &str) -> String {
    let parted: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).collect();
    parted.iter().map(|word| wellmet_core::people::names::fold(word)).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn who_waits_comes_first_also_where_many_words_begin_so() {
    let t = TestBook::new().await;
    let waits = t.named("Ada Okafo").await;
    crowd(&t, 400).await;
    inquiry::capture(&t.book, t.helen(), &voicemail(MessageFrom::Known(waits), "hello")).await.expect("captured");
    for (typed, all) in [("okaf", 401), ("okafo", 401), ("grac okaf", 400), ("ada okaf", 1)] {
        let found = ids(&t, typed).await;
        assert_eq!(found.len(), all, "{typed}");
        let mut db = t.book.read().await.expect("a reader");
        let waiting = finding::find_waiting(&mut db, typed, 9).await.expect("found");
        if all == 400 {
            assert!(waiting.is_empty());
        } else {
            assert_eq!((found[0], &waiting[..]), (waits, &[waits][..]), "{typed}");
        }
    }
}

const ADDRESSES: &[&str] =
    &["anna12@brisbane.example", "anna@li.example", "li.annabel7@mentor.example", "bris5x@li.example"];
const WORDS: &[&str] = &[
    "anna", "annabel", "an", "brisbane", "bris", "brisbank", "o'neil", "zoë", "li", "50%", "mentor", "anna12", "bris5",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Against a plain look at all words of each: everyone is found whose words begin so, in any order, and nobody else,
    /// in a list of the first, in the whole list and in a search of those who matter.
    #[test]
    fn everyone_is_found_whose_words_begin_so(
        people in prop::collection::vec(
            (prop::sample::select(WORDS), prop::sample::select(WORDS), prop::sample::select(WORDS),
             prop::sample::select(ADDRESSES)), 1..260),
        typed in prop::collection::vec(prop::collection::vec((prop::sample::select(WORDS), 1..9usize), 1..3), 12),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let t = TestBook::new().await;
            let mut edit = t.book.write(t.helen(), "create_person").await.expect("an edit");
            let mut all = Vec::new();
            for (given, place, tag, address) in &people {
                let new = NewPerson {
                    name: (*given).into(),
                    place: (*place).into(),
                    email: (*address).into(),
                    ..NewPerson::default()
                };
                let id = person::create(&mut edit, &new).await.expect("a person");
                person::tag(&mut edit, id, tag).await.expect("a tag");
                let folded = wellmet_core::people::names::fold(given);
                let (numbered, address) = match address.split_once('@') {
                    Some((local, domain)) if local == "anna12" || local == "bris5x" => (local, domain),
                    _ => ("", *address),
                };
                let text = format!("{folded} {}", asked_as_written(&format!("{given} {place} {tag} {address}")));
                all.push((id, text, numbered));
            }
            edit.commit().await.expect("committed");
            for words in typed {
                let words: Vec<String> =
                    words.iter().map(|(word, letters)| word.chars().take(*letters).collect()).collect();
                let typed = words.join(" ");
                let asked = wellmet_core::people::names::fold(&typed);
                // An address of a word and a number is found by the only word, or the first that has a number.
                let begins = |asked: &str, text: &str, numbered: &str| {
                    let words: Vec<&str> = asked.split_whitespace().collect();
                    let first = words.iter().position(|word| words.len() == 1 || word.contains(|c: char| c.is_numeric()));
                    words.iter().enumerate().all(|(at, word)| {
                        text.split_whitespace().any(|each| each.starts_with(word))
                            || (first == Some(at) && numbered.starts_with(word))
                    })
                };
                // An apostrophe may be left out of a name, and parts two words elsewhere.
                let parted = asked_as_written(&typed);
                let fits = |text: &str, numbered: &str| begins(&asked, text, numbered) || begins(&parted, text, "");
                let mut wanted: Vec<PersonId> =
                    all.iter().filter(|(_, text, numbered)| fits(text, numbered)).map(|(id, ..)| *id).collect();
                wanted.sort_unstable();
                let query = PeopleQuery { words: typed.clone(), ..PeopleQuery::default() };
                let mut db = t.book.read().await.expect("a reader");
                let whole = order::order(&mut db, t.book.now(), &query).await.expect("an order").ids;
                let found = ids(&t, &typed).await;
                prop_assert_eq!(&found[..], &whole[..found.len()], "{}", typed);
                let first = list::first(&mut db, t.book.now(), &query, 500).await.expect("a list").expect("by rank");
                prop_assert!(first.near == (wanted.is_empty() && !found.is_empty()), "{}", typed);
                if first.near {
                    // What a slip of the finger finds has its own test.
                    continue;
                }
                for mut shown in [whole, found] {
                    shown.sort_unstable();
                    prop_assert_eq!(shown, wanted.clone(), "{}", &typed);
                }
            }
            Ok(())
        })?;
    }
}

#[rstest]
#[case(20)]
#[case(400)]
#[tokio::test]
async fn an_address_of_a_word_and_a_number_is_found_by_its_beginning(#[case] many: usize) {
    let t = TestBook::new().await;
    let mut edit = t.book.write(t.helen(), "create_person").await.expect("an edit");
    let mut all = Vec::new();
    for number in 0..many {
        let address = format!("person{number}@silva.example");
        let given = if number % 2 == 0 { "Ana" } else { "Ben" };
        let new = NewPerson { name: format!("{given} Low"), email: address, ..NewPerson::default() };
        all.push(person::create(&mut edit, &new).await.expect("a person"));
    }
    edit.commit().await.expect("committed");
    inquiry::capture(&t.book, t.helen(), &voicemail(MessageFrom::Known(all[3]), "hello")).await.expect("captured");
    for typed in ["p", "pers", "Person", "silva", "exam"] {
        let found = ids(&t, typed).await;
        assert_eq!((found.len(), found[0]), (many, all[3]), "{typed}");
    }
    for typed in ["person12", "ana person12", "person12 an low", "Ana Low <person12@silva.example>", "PERSON12@sil"] {
        assert!(ids(&t, typed).await.contains(&all[12]), "{typed}");
    }
    assert_eq!(ids(&t, "person3@").await, [all[3]]);
    assert_eq!(ids(&t, "someone <person3@silva.example>;").await, [all[3]]);
    assert!(ids(&t, "ben person12").await.iter().all(|id| *id != all[12]), "the other words count");
    assert_eq!(ids(&t, "person12@else").await, []);
    let mut edit = t.book.write(t.helen(), "remove_person").await.expect("an edit");
    person::remove(&mut edit, all[5]).await.expect("off the lists");
    edit.commit().await.expect("committed");
    assert!(!ids(&t, "person5@silva.example").await.contains(&all[5]));
}

#[rstest]
#[case("hadad", "a letter too few")]
#[case("haddaad", "one too many")]
#[case("hasdad", "another one")]
#[case("hadadd", "two the wrong way round")]
#[case("hadda", "not yet at its end")]
#[case("ahdda", "at its beginning, and not at its end")]
#[case("rnaia haddad", "the one word and not the other")]
#[case("haddad rnaia", "in any order")]
#[case("rnaia hadad", "both words")]
#[tokio::test]
async fn a_slip_of_the_finger_still_finds(#[case] typed: &str, #[case] what: &str) {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    t.named("Tom Ashby").await;
    assert_eq!(ids(&t, typed).await, [rania], "{what}");
    let query = PeopleQuery { words: typed.into(), ..PeopleQuery::default() };
    let mut db = t.book.read().await.expect("a reader");
    assert_eq!(order::order(&mut db, t.book.now(), &query).await.expect("an order").ids, [rania]);
    let first = list::first(&mut db, t.book.now(), &query, 9).await.expect("the first").expect("by words");
    assert_eq!((first.rows.len(), first.near), (1, typed != "hadda"), "it is said that nobody is called so");
}

#[rstest]
#[case("had", "three letters may become anything")]
#[case("hxddxd", "two slips in one word")]
#[case("tom haddad", "nobody is called by both")]
#[tokio::test]
async fn what_is_no_slip_finds_nobody_else(#[case] typed: &str, #[case] what: &str) {
    let t = TestBook::new().await;
    t.named("Rania Hudson").await;
    t.named("Rania Haddad").await;
    t.named("Tom Ashby").await;
    let found = names(&t, typed).await;
    assert!(!found.contains(&"Rania Hudson".to_owned()) && (typed == "had" || found.is_empty()), "{what}: {found:?}");
}

#[tokio::test]
async fn whoever_is_called_as_it_was_typed_is_found_alone() {
    let t = TestBook::new().await;
    let hart = t.named("Ana Hart").await;
    let hark = t.named("Ana Hark").await;
    assert_eq!(ids(&t, "hart").await, [hart]);
    // Nor does somebody else come up as who waits, because the one who is called so does not.
    inquiry::capture(&t.book, t.helen(), &voicemail(MessageFrom::Known(hark), "hello")).await.expect("captured");
    let mut db = t.book.read().await.expect("a reader");
    assert_eq!(finding::find_waiting(&mut db, "hart", 9).await.expect("found"), []);
    assert_eq!(finding::find_waiting(&mut db, "harkk", 9).await.expect("found"), [hark]);
    let away = PeopleQuery { words: "harkk".into(), place: "Perth".into(), ..PeopleQuery::default() };
    let first = list::first(&mut db, t.book.now(), &away, 9).await.expect("the first").expect("by words");
    assert_eq!((first.rows.len(), first.near), (0, false), "nobody comes close in Perth");
}

#[tokio::test]
async fn a_slip_is_forgiven_in_all_that_someone_is_called_by() {
    let t = TestBook::new().await;
    let someone = NewPerson {
        name: "Ana \"Nan\" O'Neil \\ Ångström".into(),
        place: "Fremantle \"Port\"".into(),
        organisation: "Meridian\tPrintmakers".into(),
        ..NewPerson::default()
    };
    let ana = t.person(someone).await;
    let mut edit = t.book.write(t.helen(), "tag").await.expect("an edit");
    person::tag(&mut edit, ana, "book\\binders, early").await.expect("a tag");
    edit.commit().await.expect("committed");
    for typed in ["angstrm", "oniel", "fermantle", "merdian", "earyl"] {
        assert_eq!(ids(&t, typed).await, [ana], "{typed}");
    }
    let mut edit = t.book.write(t.helen(), "change_person").await.expect("an edit");
    let renamed = PersonChange { family: Some("Lindqvist".into()), ..PersonChange::default() };
    person::change(&mut edit, ana, &renamed).await.expect("renamed");
    edit.commit().await.expect("committed");
    assert_eq!(ids(&t, "lindqivst").await, [ana]);
    assert_eq!(ids(&t, "angstrm").await, [], "nobody is called so any more");
    t.book.reindex().await.expect("made anew");
    assert_eq!(ids(&t, "lindqivst").await, [ana]);
    assert!(t.book.check().await.expect("checked").ok);
}
