//! The list of people: whoever fits its filters is in it, once, in its order, however many pages it has.

use proptest::prelude::*;
use wellmet_core::calls::{MessageFrom, inquiry};
use wellmet_core::ids::PersonId;
use wellmet_core::people::fields::{self, FieldFilter, FieldKind, FieldTest, NewCustomField};
use wellmet_core::people::names;
use wellmet_core::people::{
    NewPerson, PeopleQuery, PeopleSort, PersonRow, ReachKind, SaidTo, Standing, consent, list, order, person, views,
};
use wellmet_core::store::{last_edits, undo};
use wellmet_core::time::{DAY_MS, HOUR_MS};
use wellmet_core::{Code, Millis};

use crate::calls::desk;
use crate::support::{TestBook, voicemail};

#[derive(Clone, Debug)]
struct Someone {
    id: PersonId,
    given: &'static str,
    standing: Standing,
    kept: bool,
    waits: bool,
    tags: Vec<&'static str>,
    source: &'static str,
    place: &'static str,
    email: Option<bool>,
    do_not_call: bool,
    own: Own,
}

/// What someone has in the association's own fields, in their order: a choice, a number, words, a day.
type Own = [&'static str; 4];

const OWN: [(&str, FieldKind); 4] = [
    ("Diet", FieldKind::Choice),
    ("Member number", FieldKind::Number),
    ("Hobby", FieldKind::Text),
    ("Joined", FieldKind::Date),
];

/// Which field, and what of it.
#[derive(Clone, Debug)]
struct Asked(usize, FieldTest, &'static str, &'static str, Vec<&'static str>);

fn people() -> impl Strategy<Value = Vec<Someone>> {
    let one = (
        prop::sample::select(vec!["Ada", "Ben", "Cas", "Ada"]),
        prop::sample::select(vec![Standing::Prospect, Standing::Member, Standing::Lapsed]),
        any::<(bool, bool, bool)>(),
        prop::sample::subsequence(vec!["50%_off", "mentor", "a,b"], 0..=2),
        prop::sample::select(vec!["", "event", "o'brien"]),
        prop::sample::select(vec!["", "Perth", "Hobart"]),
        prop::option::of(any::<bool>()),
        (
            prop::sample::select(vec!["", "Vegan", "Halal"]),
            prop::sample::select(vec!["", "7", "07", "-12.5", "1000"]),
            prop::sample::select(vec!["", "Sailing", "50%_off!", "Zoë"]),
            prop::sample::select(vec!["", "2019-12-31", "2020-01-01"]),
        ),
    );
    prop::collection::vec(one, 1..14).prop_map(|all| {
        let someone = |(given, standing, (kept, waits, do_not_call), tags, source, place, email, own)| Someone {
            id: PersonId::new(),
            given,
            standing,
            kept,
            waits,
            tags,
            source,
            place,
            email,
            do_not_call,
            own: <[&str; 4]>::from(own),
        };
        all.into_iter().map(someone).collect()
    })
}

fn asked() -> impl Strategy<Value = Asked> {
    use FieldTest::{Among, Between, Contains, Has, HasNone};
    let numbers = || prop::sample::select(vec!["", "-12.5", "7", "7.0", "100", "soon"]);
    let days = || prop::sample::select(vec!["", "2019-12-31", "2020-01-01", "soon"]);
    let diets = || prop::sample::subsequence(vec!["Vegan", "Halal"], 0..=2);
    prop_oneof![
        (0..4usize, prop::sample::select(vec![Has, HasNone])).prop_map(|(at, test)| Asked(at, test, "", "", vec![])),
        diets().prop_map(|diets| Asked(0, Among, "", "", diets)),
        (numbers(), numbers()).prop_map(|(from, to)| Asked(1, Between, from, to, vec![])),
        (days(), days()).prop_map(|(from, to)| Asked(3, Between, from, to, vec![])),
        prop::sample::select(vec!["", "sail", "ZOE", "off", "0o"]).prop_map(|words| Asked(
            2,
            Contains,
            words,
            "",
            vec![]
        )),
    ]
}

fn has_what_is_asked(own: &Own, asked: &Asked) -> bool {
    let Asked(at, test, from, to, diets) = asked;
    let value = own[*at];
    if value.is_empty() || *test == FieldTest::HasNone {
        return value.is_empty() && *test == FieldTest::HasNone;
    }
    let number = |text: &str| text.parse::<f64>().ok();
    let within = |bound: &str, order: std::cmp::Ordering| {
        let compared = if *at == 1 {
            number(bound).and_then(|bound| number(value)?.partial_cmp(&bound))
        } else {
            (bound.len() == 10).then(|| value.cmp(bound))
        };
        bound.is_empty() || compared.is_some_and(|compared| compared == order || compared.is_eq())
    };
    match test {
        FieldTest::Has | FieldTest::HasNone => true,
        FieldTest::Among => diets.contains(&value),
        FieldTest::Contains => names::fold(value).contains(&names::fold(from)),
        FieldTest::Between => within(from, std::cmp::Ordering::Greater) && within(to, std::cmp::Ordering::Less),
    }
}

fn queries() -> impl Strategy<Value = (PeopleQuery, Option<Asked>)> {
    let word = |words: Vec<&'static str>| prop::sample::select(words).prop_map(str::to_owned);
    (
        word(vec!["", "", "ada", "number"]),
        prop::sample::subsequence(vec![Standing::Prospect, Standing::Member, Standing::Former], 0..=2),
        any::<(bool, bool)>(),
        word(vec!["", "", "50%_off", "a,b", "mento"]),
        word(vec!["", "", "event", "o'brien"]),
        word(vec!["", "", "Perth", "Per"]),
        prop::option::weighted(
            0.4,
            prop::sample::select(vec![SaidTo::MayEmail, SaidTo::NoEmail, SaidTo::NoPhone, SaidTo::MayPost]),
        ),
        prop::sample::select(vec![0u16, 0, 30]),
        (
            (prop::option::of(prop::sample::select(PeopleSort::ALL)), any::<bool>()),
            prop::option::weighted(0.4, asked()),
        ),
    )
        .prop_map(
            |(words, standings, (kept, waiting), tag, source, place, said, quiet_days, ((sort, descending), asked))| {
                (
                    PeopleQuery {
                        words,
                        standings,
                        keeper: kept.then(wellmet_core::ids::VolunteerId::new),
                        waiting,
                        tag,
                        source,
                        place,
                        said,
                        quiet_days,
                        sort,
                        descending,
                        ..PeopleQuery::default()
                    },
                    asked,
                )
            },
        )
}

fn fits(someone: &Someone, query: &PeopleQuery, asked: Option<&Asked>) -> bool {
    asked.is_none_or(|asked| has_what_is_asked(&someone.own, asked))
        && (query.words.is_empty() || query.words == "number" || someone.given == "Ada")
        && (query.standings.is_empty() || query.standings.contains(&someone.standing))
        && (query.keeper.is_none() || someone.kept)
        && (!query.waiting || someone.waits)
        && (query.tag.is_empty() || someone.tags.contains(&query.tag.as_str()))
        && (query.source.is_empty() || someone.source == query.source)
        && (query.place.is_empty() || someone.place == query.place)
        && match query.said {
            None => true,
            Some(SaidTo::MayEmail) => someone.email == Some(true),
            Some(SaidTo::NoEmail) => someone.email == Some(false),
            Some(SaidTo::NoPhone) => someone.do_not_call,
            Some(_) => false,
        }
}

fn surname(row: &PersonRow) -> String {
    row.name.split(' ').rev().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Going by what the rows show: whoever has nothing to go by is last, and those of one kind stay by name.
fn in_order(rows: &[PersonRow], query: &PeopleQuery) -> bool {
    let by = |key: &dyn Fn(&PersonRow) -> Option<String>| {
        rows.is_sorted_by(|one, other| match (key(one), key(other)) {
            (Some(a), Some(b)) if a == b => surname(one) <= surname(other),
            (Some(a), Some(b)) => (a < b) != query.descending,
            (None, None) => surname(one) <= surname(other),
            (first, _) => first.is_some(),
        })
    };
    let word = |word: &str| (!word.is_empty()).then(|| word.to_lowercase());
    let number = |at: i64| Some(format!("{at:020}"));
    match query.sort {
        None if !query.words.is_empty() => {
            rows.is_sorted_by_key(|row| row.waiting_since_ms.unwrap_or(Millis(i64::MAX)))
        }
        None | Some(PeopleSort::Name) => by(&|row| Some(surname(row))),
        Some(PeopleSort::Newest) => rows.is_sorted_by(|one, other| (one.id > other.id) != query.descending),
        Some(PeopleSort::LongestWaiting) => by(&|row| row.waiting_since_ms.and_then(|at| number(at.0))),
        Some(PeopleSort::LastTouch) => by(&|row| number(row.last_touch_ms.map_or(0, |at| at.0))),
        Some(PeopleSort::Place) => by(&|row| word(&row.place)),
        Some(PeopleSort::Organisation) => by(&|row| row.organisation.as_deref().and_then(word)),
        Some(PeopleSort::Keeper) => by(&|row| row.keeper.as_ref().and_then(|keeper| word(&keeper.name))),
        Some(PeopleSort::Standing) => {
            by(&|row| Standing::ALL.iter().position(|standing| *standing == row.standing).map(|at| at.to_string()))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn whoever_fits_is_in_the_list_once(mut all in people(), queries in prop::collection::vec(queries(), 40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let t = TestBook::new().await;
            let mut edit = t.book.write(t.helen(), "add_field").await.expect("an edit");
            for (name, kind) in OWN {
                let new = NewCustomField { name: name.into(), kind, options: vec!["Vegan".into(), "Halal".into()] };
                fields::add(&mut edit, &new).await.expect("a field");
            }
            edit.commit().await.expect("committed");
            let own = fields::all(&mut t.book.read().await.expect("a reader")).await.expect("fields");
            for (number, someone) in all.iter_mut().enumerate() {
                let new = NewPerson {
                    given: someone.given.into(),
                    family: format!("Number{number}"),
                    standing: Some(someone.standing),
                    place: someone.place.into(),
                    source: someone.source.into(),
                    keeper: someone.kept.then_some(t.director),
                    ..NewPerson::default()
                };
                let mut edit = t.book.write(t.helen(), "create_person").await.expect("an edit");
                someone.id = person::create(&mut edit, &new).await.expect("a person");
                for tag in &someone.tags {
                    person::tag(&mut edit, someone.id, tag).await.expect("a tag");
                }
                for (field, value) in own.iter().zip(someone.own) {
                    fields::set(&mut edit, someone.id, field.id, value).await.expect("a value");
                }
                if let Some(allowed) = someone.email {
                    consent::set(&mut edit, someone.id, ReachKind::Email, allowed, "on a form").await.expect("said");
                }
                let change = wellmet_core::people::PersonChange { do_not_call: Some(someone.do_not_call), ..Default::default() };
                person::change(&mut edit, someone.id, &change).await.expect("changed");
                edit.commit().await.expect("committed");
                if someone.waits {
                    let message = voicemail(MessageFrom::Known(someone.id), "hello");
                    inquiry::capture(&t.book, t.helen(), &message).await.expect("captured");
                    t.clock.move_on(HOUR_MS);
                }
            }
            t.clock.move_on(10 * DAY_MS);
            let mut db = t.book.read().await.expect("a reader");
            for (mut query, asked) in queries {
                query.field = asked.as_ref().map(|Asked(at, test, from, to, diets)| FieldFilter {
                    field: own[*at].id,
                    test: *test,
                    words: (*from).into(),
                    from: (*from).into(),
                    to: (*to).into(),
                    options: diets.iter().filter_map(|name| own[*at].option(name)).map(|option| option.id).collect(),
                });
                query.keeper = query.keeper.map(|_| t.director);
                let mut wanted: Vec<PersonId> =
                    all.iter().filter(|someone| fits(someone, &query, asked.as_ref())).map(|someone| someone.id).collect();
                wanted.sort_unstable();
                let order = order::order(&mut db, t.book.now(), &query).await.expect("an order");
                let mut ids = order.ids.clone();
                let rows = list::rows(&mut db, &ids).await.expect("rows");
                let shown: Vec<PersonRow> = rows.into_iter().map(|row| row.expect("in the book")).collect();
                prop_assert!(in_order(&shown, &query), "{:?}: {:?}", query, shown);
                for letter in &order.letters {
                    let at = letter.at as usize;
                    let begins = |row: &PersonRow| surname(row).starts_with(letter.letter.as_str());
                    prop_assert!(begins(&shown[at]) && (at == 0 || !begins(&shown[at - 1])), "{:?} {:?}", letter, shown);
                }
                if let Some(first) = list::first(&mut db, t.book.now(), &query, 3).await.expect("the first") {
                    let first_ids: Vec<PersonId> = first.rows.iter().map(|row| row.id).collect();
                    prop_assert_eq!(&first_ids[..], &ids[..ids.len().min(3)], "{:?}", query);
                    prop_assert_eq!(first.more, ids.len() > 3);
                }
                ids.sort_unstable();
                prop_assert_eq!(ids, wanted, "{:?}", query);
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn nobody_is_quiet_who_was_rung_within_so_many_days() {
    let t = TestBook::new().await;
    let rania = desk::rania(&t).await;
    let never = t.named("Never Rung").await;
    let promise = desk::waits(&t, rania, "How to join").await;
    let call = desk::begun(&t, rania, promise).await;
    desk::filed(&t, call.id, &["no_answer", "no_answer", "proposal_1"]).await.expect("filed");
    for (days, quiet) in [(0, vec![never]), (29, vec![never]), (31, vec![rania, never])] {
        t.clock.set("2026-11-02T10:15:00+10:00");
        t.clock.move_on(days * DAY_MS);
        let query = PeopleQuery { quiet_days: 30, ..PeopleQuery::default() };
        let order = order::order(&mut t.book.read().await.unwrap(), t.book.now(), &query).await.unwrap();
        assert_eq!(order.ids, quiet, "after {days} days");
    }
}

#[tokio::test]
async fn what_can_be_chosen_is_what_people_have() {
    let t = TestBook::new().await;
    for (name, place, tags) in
        [("Ada", "Perth", vec!["mentor"]), ("Ben", "Perth", vec!["mentor", "new"]), ("Cas", "", vec![])]
    {
        let id = t.person(NewPerson { name: name.into(), place: place.into(), ..NewPerson::default() }).await;
        let mut edit = t.book.write(t.helen(), "add_tag").await.unwrap();
        for tag in tags {
            person::tag(&mut edit, id, tag).await.unwrap();
        }
        edit.commit().await.unwrap();
    }
    let choices = list::choices(&mut t.book.read().await.unwrap()).await.unwrap();
    let of = |all: Vec<wellmet_core::people::PeopleChoice>| {
        all.into_iter().map(|choice| (choice.value, choice.people)).collect::<Vec<_>>()
    };
    assert_eq!(of(choices.tags), [("mentor".to_owned(), 2), ("new".to_owned(), 1)]);
    assert_eq!(of(choices.places), [("Perth".to_owned(), 2)]);
}

#[tokio::test]
async fn a_view_keeps_its_name_and_all_that_it_shows() {
    let mut t = TestBook::new().await;
    let query = PeopleQuery {
        words: "women in trade".into(),
        standings: vec![Standing::Member],
        tag: "50%_off".into(),
        said: Some(SaidTo::MayEmail),
        quiet_days: 180,
        sort: Some(PeopleSort::Newest),
        ..PeopleQuery::default()
    };
    let mut edit = t.book.write(t.helen(), "save_view").await.unwrap();
    let id = views::save(&mut edit, "  Members  in Perth ", &query).await.unwrap();
    // The same name, however written, is the same view.
    let again = PeopleQuery { quiet_days: 90, ..query.clone() };
    assert_eq!(views::save(&mut edit, "members in perth", &again).await.unwrap(), id);
    views::save(&mut edit, "All who wait", &PeopleQuery { waiting: true, ..PeopleQuery::default() }).await.unwrap();
    for name in ["  ", &"x".repeat(61)] {
        assert_eq!(views::save(&mut edit, name, &query).await.unwrap_err().code, Code::Invalid);
    }
    edit.commit().await.unwrap();
    t.reopen().await;
    let all = views::all(&mut t.book.read().await.unwrap()).await.unwrap();
    assert_eq!(all.iter().map(|view| view.name.as_str()).collect::<Vec<_>>(), ["All who wait", "members in perth"]);
    assert_eq!(all[1].query, again);

    let mut edit = t.book.write(t.helen(), "remove_view").await.unwrap();
    views::remove(&mut edit, id).await.unwrap();
    edit.commit().await.unwrap();
    assert_eq!(views::all(&mut t.book.read().await.unwrap()).await.unwrap().len(), 1);
    let last = last_edits(&t.book, 1).await.unwrap()[0].id;
    undo(&t.book, t.helen(), last).await.unwrap();
    assert_eq!(views::all(&mut t.book.read().await.unwrap()).await.unwrap(), all);
}
