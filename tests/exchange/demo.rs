//! The sample association: believable, whole by the book's own rules, and the same for the same seed.

use rstest::rstest;
use wellmet_core::exchange::demo::{self, Size};
use wellmet_core::first_run::{NewAssociation, set_up};
use wellmet_core::people::{PeopleQuery, ReachKind, list, phone, reaches};
use wellmet_core::promises::ledger;
use wellmet_core::promises::today::{self, GroupName, Today};
use wellmet_core::{Book, host::Host};

use crate::support::{TestBook, TestClock, TestKeyring, leave_before_sqlcipher_cleans_up};

async fn filled(test: &TestBook, people: u32, seed: u64) {
    demo::fill(&test.book, test.director, &Size { people, seed }).await.expect("a sample");
}

async fn today_of(book: &Book) -> Today {
    today::today(&mut book.read().await.expect("a reader"), book.now(), None).await.expect("Today")
}

fn of(today: &Today, name: GroupName) -> Vec<String> {
    let group = today.groups.iter().find(|group| group.name == name).expect("every group is there");
    let line = |item: &today::TodayItem| {
        let reason: String = item.reason.iter().map(|clause| clause.text.as_str()).collect();
        format!("{} | {reason}", item.person.name)
    };
    group.items.iter().map(line).collect()
}

async fn names(book: &Book) -> Vec<String> {
    let mut db = book.read().await.expect("a reader");
    let page = list::first(&mut db, book.now(), &PeopleQuery::default(), 500).await.expect("a page").expect("by name");
    page.rows
        .into_iter()
        .map(|row| format!("{} {} {:?} {:?}", row.name, row.place, row.standing, row.phone_ending))
        .collect()
}

#[rstest]
#[case::a_tuesday_morning("2026-11-03T10:15:00+10:00", 5)]
#[case::a_friday_afternoon("2026-11-06T15:40:00+10:00", 5)]
#[case::a_sunday_afternoon("2026-11-08T17:15:00+10:00", 2)]
#[tokio::test]
async fn today_is_a_day_one_would_believe(#[case] now: &str, #[case] due_at_least: usize) {
    let test = TestBook::at(now).await;
    filled(&test, 400, 1).await;
    let today = today_of(&test.book).await;
    let [late, due, coming, not_now] =
        [GroupName::Late, GroupName::Today, GroupName::Coming, GroupName::NotNow].map(|name| of(&today, name));
    assert!((2..=4).contains(&late.len()), "{late:#?}");
    assert!((due_at_least..=10).contains(&due.len()), "{due:#?}");
    assert!(coming.len() >= 5, "{coming:#?}");
    assert!((1..=5).contains(&not_now.len()), "{not_now:#?}");
    assert!(late[0].contains("2nd message") && late[0].contains("We promised to ring"), "{}", late[0]);
    assert!(due.iter().chain(&late).all(|line| line.contains(" | ") && !line.ends_with("| ")), "everyone has a reason");
    let mut everyone: Vec<&str> = late
        .iter()
        .chain(&due)
        .chain(&coming)
        .chain(&not_now)
        .map(|line| line.split(" | ").next().expect("a name"))
        .collect();
    let count = everyone.len();
    everyone.sort_unstable();
    everyone.dedup();
    assert!(everyone.len() + 1 >= count, "hardly anyone is there twice: {everyone:#?}");
}

#[tokio::test]
async fn it_is_whole_by_the_books_own_rules() {
    let test = TestBook::new().await;
    filled(&test, 600, 7).await;
    let checked = test.book.check().await.expect("checked");
    assert!(checked.ok, "{:?}", checked.findings);
    let mut db = test.book.read().await.expect("a reader");
    assert_eq!(list::count(&mut db).await.expect("a count"), 600);
    let tally = ledger::tally(&mut db).await.expect("a tally");
    assert_eq!(tally.open + tally.kept + tally.renegotiated + tally.released, tally.made);
    assert!(tally.kept > 40 && tally.renegotiated > 2 && tally.released > 2 && tally.open > 15, "{tally:?}");
}

#[tokio::test]
async fn the_same_seed_makes_the_same_people_and_another_seed_others() {
    let (one, two, three) = (TestBook::new().await, TestBook::new().await, TestBook::new().await);
    filled(&one, 60, 5).await;
    filled(&two, 60, 5).await;
    filled(&three, 60, 6).await;
    assert_eq!(names(&one.book).await, names(&two.book).await);
    assert_ne!(names(&one.book).await, names(&three.book).await);
    let reasons = |today: Today| GroupName::ALL.iter().flat_map(|name| of(&today, *name)).collect::<Vec<_>>();
    assert_eq!(reasons(today_of(&one.book).await), reasons(today_of(&two.book).await));
}

#[rstest]
#[case("AU", "Australia/Perth")]
#[case("NZ", "Pacific/Auckland")]
#[case("GB", "Europe/London")]
#[case("US", "America/Chicago")]
#[case("CA", "America/Toronto")]
#[case("IE", "Europe/Dublin")]
#[case("DE", "Europe/Berlin")]
#[case("FR", "Europe/Paris")]
#[case("JP", "Asia/Tokyo")]
#[case("BR", "America/Sao_Paulo")]
#[tokio::test]
async fn any_country_has_people_with_numbers_of_its_plan(#[case] country: &str, #[case] zone: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let host =
        Host { clock: TestClock::at("2026-11-07T22:30:00Z"), secrets: std::sync::Arc::new(TestKeyring::default()) };
    let book = Book::create(&folder.path().join("book"), host, None).await.expect("a book").book;
    leave_before_sqlcipher_cleans_up();
    let association = NewAssociation {
        name: "Harbour Circle".into(),
        country: country.into(),
        zone: zone.into(),
        openings: vec![],
        director: "Helen Barrow".into(),
        pin: None,
    };
    let director = set_up(&book, &association).await.expect("first run");
    demo::fill(&book, director, &Size { people: 80, seed: 3 }).await.expect("a sample");
    let mut db = book.read().await.expect("a reader");
    let page = list::first(&mut db, book.now(), &PeopleQuery::default(), 500).await.expect("a page").expect("by name");
    let mut numbers = 0;
    for row in page.rows {
        for reach in reaches::rows_of(&mut db, row.id).await.expect("reaches") {
            if reach.kind == ReachKind::Phone {
                numbers += 1;
                assert!(!reach.unreadable, "{} cannot be read in {country}", reach.as_typed);
                // Ofcom and Arcep keep these for fiction, so no plan lists them as in use.
                let fiction = ["+447700900", "+3363998"].iter().any(|range| reach.value.starts_with(range));
                assert!(fiction || phone::is_known_range(&reach.value), "{} is no number of {country}", reach.value);
            }
        }
    }
    assert!(numbers > 40, "{numbers} numbers in {country}");
    let today = today_of(&book).await;
    assert!(today.groups.iter().map(|group| group.items.len()).sum::<usize>() > 10);
}
