//! Names from many cultures: found however they are typed, split without loss, warned about when they sound alike.

use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::people::names::{self, Split, fold, initials, sort_key, sound_key, sounds_like, split, spoken};

fn parts(given: &str, family: &str) -> Split {
    Split { given: given.into(), family: family.into(), ..Split::default() }
}

#[rstest]
#[case("Søren Ødegård", "soren odegard")]
#[case("Łukasz Wałęsa", "lukasz walesa")]
#[case("Weiß", "weiss")]
#[case("Đorđe Þór Æsa Œuvre", "dorde thor aesa oeuvre")]
#[case("O’Neill", "oneill")]
#[case("O'NEILL", "oneill")]
#[case("Smith-Jones", "smith jones")]
#[case("  J. R.  R. Tolkien ", "j r r tolkien")]
#[case("İstanbul ISPARTA", "istanbul isparta")]
#[case("Nguyễn Thị Hồng", "nguyen thi hong")]
#[case("Ἀλέξανδρος", "αλεξανδροσ")]
#[case("Пётр Ильич", "петр ильич")]
#[case("مُحَمَّد", "محمد")]
#[case("שָׁלוֹם", "שלום")]
#[case("राम कीर्ति", "राम कीर्ति")]
#[case("山田太郎", "山田太郎")]
#[case("김민준", "김민준")]
#[case("Smith & Sons (Pty) Ltd.", "smith sons pty ltd")]
fn folds(#[case] typed: &str, #[case] folded: &str) {
    assert_eq!(fold(typed), folded);
}

#[rstest]
#[case("Rania Haddad", "Rania", "Haddad")]
#[case("O'Donnell, Margaret", "Margaret", "O'Donnell")]
#[case("Johannes Diderik van der Waals", "Johannes Diderik", "van der Waals")]
#[case("María de la Cruz", "María", "de la Cruz")]
#[case("de la Cruz, María", "María", "de la Cruz")]
#[case("Berg, Anna van der", "Anna", "van der Berg")]
#[case("Vincent van 't Hoff", "Vincent", "van 't Hoff")]
#[case("Ahmad bin Abdullah", "Ahmad", "bin Abdullah")]
#[case("Mohammed bin Rashid Al Maktoum", "Mohammed bin Rashid", "Al Maktoum")]
#[case("Ravi a/l Subramaniam", "Ravi", "a/l Subramaniam")]
#[case("Nour al-Rashid", "Nour", "al-Rashid")]
#[case("José Ortega y Gasset", "José", "Ortega y Gasset")]
#[case("Maria Luísa dos Santos e Silva", "Maria Luísa", "dos Santos e Silva")]
#[case("Ludwig von Beethoven", "Ludwig", "von Beethoven")]
#[case("van der Berg", "", "van der Berg")]
#[case("Van Morrison", "Van", "Morrison")]
#[case("Ben Okri", "Ben", "Okri")]
#[case("DUPONT Jean-Marie", "Jean-Marie", "DUPONT")]
#[case("KIM Min-jun", "Min-jun", "KIM")]
#[case("JOHN SMITH", "JOHN", "SMITH")]
#[case("Yo-Yo Ma", "Yo-Yo", "Ma")]
#[case("Robert \"Bob\" Tait", "Robert \"Bob\"", "Tait")]
#[case("Jane Smith (née Brown)", "Jane", "Smith (née Brown)")]
#[case("Suharto", "Suharto", "")]
#[case("山田太郎", "山田太郎", "")]
#[case("山田 太郎", "太郎", "山田")]
#[case("김민준", "김민준", "")]
#[case("Иван Петров", "Иван", "Петров")]
#[case("رانيا حداد", "رانيا", "حداد")]
#[case("  Tom \t Ashby ", "Tom", "Ashby")]
#[case("", "", "")]
fn splits(#[case] typed: &str, #[case] given: &str, #[case] family: &str) {
    assert_eq!(split(typed), parts(given, family));
}

#[rstest]
#[case("Dr Margaret O'Donnell", "Dr", "Margaret", "O'Donnell", "")]
#[case("Prof. Dr. Anna von Stein", "Prof. Dr.", "Anna", "von Stein", "")]
#[case("Mrs Singh", "Mrs", "", "Singh", "")]
#[case("Sir Ian", "Sir", "Ian", "", "")]
#[case("Sammy Davis Jr.", "", "Sammy", "Davis", "Jr.")]
#[case("King, Jr., Martin Luther", "", "Martin Luther", "King", "Jr.")]
#[case("Helen Wu, PhD, MA", "", "Helen", "Wu", "PhD, MA")]
#[case("Priya Nair OAM", "", "Priya", "Nair", "OAM")]
#[case("O'Donnell, Dr Margaret", "Dr", "Margaret", "O'Donnell", "")]
#[case("Mme Claire Dubois", "Mme", "Claire", "Dubois", "")]
fn takes_titles_off(
    #[case] typed: &str,
    #[case] title: &str,
    #[case] given: &str,
    #[case] family: &str,
    #[case] suffix: &str,
) {
    let wanted = Split { title: title.into(), given: given.into(), family: family.into(), suffix: suffix.into() };
    assert_eq!(split(typed), wanted);
}

#[test]
fn is_said_and_sorted_as_people_do() {
    assert_eq!(split("O'Donnell, Dr Margaret").spoken(), "Dr Margaret O'Donnell");
    assert_eq!(spoken("太郎", "山田"), "山田太郎");
    assert_eq!(spoken("", "Singh"), "Singh");
    assert_eq!(sort_key("Margaret", "O'Donnell"), "odonnell margaret");
    assert!(sort_key("Zoë", "Ångström") < sort_key("Adam", "Baker"), "Å sorts with A");
    assert_eq!(initials("Rania", "Haddad"), "RH");
    assert_eq!(initials("Anna", "van der Berg"), "AB");
    assert_eq!(initials("émile", ""), "É");
    assert_eq!(initials("太郎", "山田"), "山");
    assert_eq!(initials("", ""), "");
}

#[rstest]
#[case(("Rania", "Haddad"), ("Ranya", "Hadad"))]
#[case(("Catherine", "Smith"), ("Kathryn", "Smyth"))]
#[case(("Bob", "Tait"), ("Robert", "Tate"))]
#[case(("Peggy", "O'Donnell"), ("Margaret", "ODonnell"))]
#[case(("Jürgen", "Müller"), ("Juergen", "Mueller"))]
#[case(("Stephen", "Nguyen"), ("Steven", "Nguyễn"))]
#[case(("Mohammed", "Rahman"), ("Muhammad", "Rehman"))]
#[case(("R.", "Haddad"), ("Rania", "Haddad"))]
#[case(("Haddad", "Rania"), ("Rania", "Haddad"))]
#[case(("Jane", "Smith-Jones"), ("Jane", "Jones"))]
#[case(("Jane", "Smith (née Brown)"), ("Jane", "Smith"))]
#[case(("Anna", "van der Berg"), ("Ana", "Vanderberg"))]
#[case(("Shaun", "Murphey"), ("Sean", "Murphy"))]
#[case(("太郎", "山田"), ("太郎", "山田"))]
#[case(("Иван", "Петров"), ("Иван", "Петрова"))]
fn could_be_mistaken(#[case] a: (&str, &str), #[case] b: (&str, &str)) {
    assert!(sounds_like(a, b), "{a:?} and {b:?}");
    assert!(sounds_like(b, a), "the other way round");
}

#[rstest]
#[case(("Rania", "Haddad"), ("Rania", "Okafor"))]
#[case(("Rania", "Haddad"), ("Samir", "Haddad"))]
#[case(("Tom", "Lee"), ("Tom", "Loh"))]
#[case(("Tom", "Ashby"), ("Grace", "Ashby"))]
#[case(("Wei", "Chen"), ("Ming", "Zhang"))]
#[case(("", ""), ("Tom", "Ashby"))]
#[case(("花子", "山田"), ("太郎", "鈴木"))]
fn could_not_be_mistaken(#[case] a: (&str, &str), #[case] b: (&str, &str)) {
    assert!(!sounds_like(a, b), "{a:?} and {b:?}");
}

#[test]
fn an_index_finds_those_that_sound_alike() {
    for (a, b) in [
        (("Catherine", "Smith"), ("Kathryn", "Smith")),
        (("Bob", "Tait"), ("Robert", "Tate")),
        (("Jürgen", "Müller"), ("Juergen", "Mueller")),
        (("Rania", "Haddad"), ("Ranya", "Hadad")),
        (("Anna", "van der Berg"), ("Ana", "Berg")),
    ] {
        assert_eq!(sound_key(a.0, a.1), sound_key(b.0, b.1), "{a:?} and {b:?} share a key");
    }
    assert_ne!(sound_key("Tom", "Ashby"), sound_key("Grace", "Ashby"));
    assert_eq!(sound_key("太郎", "山田"), "山田.太郎");
}

proptest! {
    #[test]
    fn no_name_can_break_it(a in "\\PC{0,40}", b in "\\PC{0,40}") {
        let split = split(&a);
        let letters = |text: &str| { let mut all: Vec<char> = text.chars().filter(|mark| mark.is_alphanumeric()).collect(); all.sort_unstable(); all };
        let kept = [&split.title, &split.given, &split.family, &split.suffix].map(String::as_str).concat();
        prop_assert_eq!(letters(&kept), letters(&a), "no letter of {} is lost: {:?}", a, split);
        let _ = (sounds_like((&a, &b), (&b, &a)), sound_key(&a, &b), initials(&a, &b), sort_key(&a, &b), spoken(&a, &b));
        prop_assert_eq!(fold(&fold(&a)), fold(&a), "folding twice changes nothing");
    }

    #[test]
    fn a_name_sounds_like_itself(given in "[A-Za-zÀ-ÿ' -]{1,20}[a-z]", family in "[A-Za-zÀ-ÿ' -]{1,20}[a-z]") {
        prop_assert!(sounds_like((&given, &family), (&given, &family)));
        prop_assert!(sounds_like((&names::fold(&given), &family), (&given, &names::fold(&family))));
    }
}
