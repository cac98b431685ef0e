//! Whatever people type as a phone number: understood whole in the book's country, or kept with the reason.

use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::people::phone::{self, NotANumber, Number};

fn number(e164: &str, extension: Option<&str>) -> Number {
    Number { e164: e164.into(), extension: extension.map(Into::into) }
}

#[rstest]
#[case("0412 345 678", "AU", "+61412345678")]
#[case("(02) 9876-5432", "AU", "+61298765432")]
#[case("+61 (0)2 9876 5432", "AU", "+61298765432")]
#[case("0011 44 20 7946 0018", "AU", "+442079460018")]
#[case("61412345678", "AU", "+61412345678")]
#[case("tel:+61-412-345-678", "AU", "+61412345678")]
#[case("Mob: 0412345678", "AU", "+61412345678")]
#[case("020 7946 0018", "GB", "+442079460018")]
#[case("+44 (0)20 7946 0018", "US", "+442079460018")]
#[case("(212) 555-0123", "US", "+12125550123")]
#[case("1-212-555-0123", "CA", "+12125550123")]
#[case("030/1234567", "DE", "+49301234567")]
#[case("030 1234567-0", "DE", "+493012345670")]
#[case("01 42 68 53 00", "FR", "+33142685300")]
#[case("06 6982 1234", "IT", "+390669821234")]
#[case("01 234 5678", "IE", "+35312345678")]
#[case("021 123 4567", "NZ", "+64211234567")]
#[case("٠٤١٢ ٣٤٥ ٦٧٨", "AU", "+61412345678")]
#[case("0412345678", "AU", "+61412345678")]
#[case("1300 FLOWER", "AU", "+611300356937")]
#[case("0412\u{a0}345\u{2011}678", "au", "+61412345678")]
fn understands_what_is_typed(#[case] typed: &str, #[case] country: &str, #[case] e164: &str) {
    assert_eq!(phone::parse(typed, country), Ok(number(e164, None)), "{typed} in {country}");
}

#[rstest]
#[case("02 9876 5432 ext 12", "AU", "+61298765432", "12")]
#[case("02 9876 5432 x12", "AU", "+61298765432", "12")]
#[case("02 9876 5432 #12", "AU", "+61298765432", "12")]
#[case("(02) 9876 5432, Ext. 0012", "AU", "+61298765432", "0012")]
#[case("(02) 9876 5432 (extension 9)", "AU", "+61298765432", "9")]
#[case("030 1234567 Durchwahl 89", "DE", "+49301234567", "89")]
#[case("030 1234567, DW -89", "DE", "+49301234567", "89")]
#[case("030 1234567 App. 89", "DE", "+49301234567", "89")]
#[case("01 42 68 53 00 poste 345", "FR", "+33142685300", "345")]
#[case("020 624 1111 tst. 5", "NL", "+31206241111", "5")]
#[case("+55 11 2345-6789 ramal 77", "BR", "+551123456789", "77")]
#[case("+7 495 123-45-67 доб. 12", "RU", "+74951234567", "12")]
#[case("tel:+61-2-9876-5432;ext=12", "AU", "+61298765432", "12")]
fn keeps_the_extension(#[case] typed: &str, #[case] country: &str, #[case] e164: &str, #[case] extension: &str) {
    assert_eq!(phone::parse(typed, country), Ok(number(e164, Some(extension))), "{typed} in {country}");
}

#[rstest]
#[case("", NotANumber::Empty)]
#[case("  ", NotANumber::Empty)]
#[case("ask at reception", NotANumber::NoDigits)]
#[case("12", NotANumber::TooFewDigits)]
#[case("9876 5432", NotANumber::NoAreaCode)]
#[case("0412 345 678 after five", NotANumber::Words)]
#[case("0412 345 mums", NotANumber::Words)]
#[case("Mum 0412 345 678", NotANumber::Words)]
#[case("0412 345 678 / 02 9876 5432", NotANumber::SeveralNumbers)]
#[case("0412 345 678 or 0412 999 888", NotANumber::SeveralNumbers)]
#[case("+999 123 456 789", NotANumber::UnknownCountry)]
#[case("0412 345 678 9012 3456 7890", NotANumber::TooManyDigits)]
fn says_why_not(#[case] typed: &str, #[case] reason: NotANumber) {
    assert_eq!(phone::parse(typed, "AU"), Err(reason), "{typed}");
}

#[test]
fn a_book_without_a_known_country_still_reads_international_numbers() {
    assert_eq!(phone::parse("+61 412 345 678", "ZZ").map(|n| n.e164), Ok("+61412345678".into()));
    assert_eq!(phone::parse("0412 345 678", "ZZ"), Err(NotANumber::UnknownCountry));
}

#[test]
fn two_numbers_that_end_alike_are_two_numbers() {
    let home = phone::parse("02 9876 5432", "AU").expect("a Sydney number");
    let away = phone::parse("03 9876 5432", "AU").expect("a Melbourne number");
    assert_ne!(home, away, "the same last eight digits are no match");
    let desk = phone::parse("02 9876 5432 ext 4", "AU").expect("with an extension");
    assert_ne!(home, desk, "an extension is a different desk");
    assert_eq!(home.e164, desk.e164, "on the same switchboard");
}

#[test]
fn is_written_the_way_people_at_home_write_it() {
    assert_eq!(phone::format_for_people("+61412345678", "AU"), "0412 345 678");
    assert_eq!(phone::format_for_people("+61412345678", "GB"), "+61 412 345 678");
    assert_eq!(phone::format_for_people("+12125550123", "CA"), "(212) 555-0123");
    assert_eq!(phone::format_for_people("not a number", "AU"), "not a number");
    assert_eq!(number("+61298765432", Some("12")).for_people("AU"), "(02) 9876 5432 ext. 12");
    assert_eq!(number("+61298765432", Some("12")).tel_uri(), "tel:+61298765432;ext=12");
}

#[test]
fn a_fragment_is_searched_as_people_type_it() {
    assert_eq!(phone::search_digits("(0412) 34", "AU"), ["041234", "41234"]);
    assert_eq!(phone::search_digits("+61 412", "AU"), ["61412"]);
    assert_eq!(phone::search_digits("٣٤٥", "AU"), ["345"]);
    assert!(phone::search_digits("rania", "AU").is_empty());
}

#[test]
fn a_cell_with_several_numbers_comes_apart() {
    assert_eq!(phone::split_typed("0412 345 678 ::: 02 9876 5432"), ["0412 345 678", "02 9876 5432"]);
    assert_eq!(phone::split_typed("no number ::: 0412 345 678 ::: ?"), ["no number", "0412 345 678", "?"]);
    assert_eq!(phone::split_typed("0412345678; 0298765432\n+44 20 7946 0018").len(), 3);
    assert_eq!(phone::split_typed("030/1234567"), ["030/1234567"]);
    assert_eq!(phone::split_typed("02 9876 5432, ext 12"), ["02 9876 5432, ext 12"]);
    assert!(phone::split_typed(" ").is_empty());
}

proptest! {
    #[test]
    fn nothing_typed_can_break_it(typed in "\\PC{0,120}", country in "\\PC{0,3}") {
        let _ = phone::parse(&typed, &country);
        let _ = phone::format_for_people(&typed, &country);
        let _ = phone::search_digits(&typed, &country);
        let _ = phone::split_typed(&typed);
    }

    #[test]
    fn nothing_like_a_number_can_break_it(typed in "[+0-90-9٠-٩()#x;,/ .extTEL:=~*-]{0,60}", country in "AU|DE|IT|BR|AR|MX|US") {
        if let Ok(number) = phone::parse(&typed, &country) {
            prop_assert!(number.e164.starts_with('+') && number.e164.len() <= 18, "{typed} became {number:?}");
            prop_assert!(number.e164[1..].bytes().all(|byte| byte.is_ascii_digit()));
            let again = phone::parse(&number.e164, "US").map(|n| n.e164);
            prop_assert_eq!(again, Ok(number.e164.clone()), "an E.164 form is read as itself anywhere");
        }
    }
}
