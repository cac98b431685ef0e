//! Numbers in the middle of words.

use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::people::said_numbers::{covered, numbers_in};

#[rstest]
#[case("Ring me on 0412 345 678 after three.", "Ring me on ••• 678 after three.")]
#[case("0412345678", "••• 678")]
#[case("(0412) 345-678, please", "••• 678, please")]
#[case("+61 412 345 678 or +44 20 7946 0018", "••• 678 or ••• 018")]
#[case("0412 345 678 0413 555 016", "••• 678 ••• 016")]
#[case("Tel.0412.345.678.", "Tel.••• 678.")]
#[case("٠٤١٢ ٣٤٥ ٦٧٨", "••• 678")]
#[case("0412 345 678 3pm", "••• 678 3pm")]
// What is no whole number is left alone.
#[case("on 2026-11-02 at 10:15", "on 2026-11-02 at 10:15")]
#[case("for $1,250.00, order 4711", "for $1,250.00, order 4711")]
#[case("ends in 678", "ends in 678")]
#[case("ABN 51 824 753 556", "ABN 51 824 753 556")]
#[case("", "")]
#[case("3345 6789 is ours without the area code", "3345 6789 is ours without the area code")]
fn whole_numbers_are_covered_and_nothing_else(#[case] said: &str, #[case] shown: &str) {
    assert_eq!(covered(said, "AU"), shown);
}

proptest! {
    #[test]
    fn words_without_a_number_are_left_alone(words in "\\PC{0,200}") {
        if numbers_in(&words, "AU").is_empty() {
            prop_assert_eq!(covered(&words, "AU"), words);
        }
    }

    #[test]
    fn a_number_is_found_in_any_words_and_writing(
        before in "[\\PC&&[^\\d]]{0,40}",
        after in "[\\PC&&[^\\d]]{0,40}",
        subscriber in 12_000_000_u32..20_000_000,
        gaps in prop::collection::vec(prop::sample::select(vec!["", " ", "-", ".", "  "]), 3),
    ) {
        let digits = format!("04{subscriber}");
        let number = format!("{}{}{}{}{}", &digits[..4], gaps[0], &digits[4..7], gaps[1], &digits[7..]);
        let said = format!("{before} x {number} x {after}");
        let found = numbers_in(&said, "AU");
        prop_assert_eq!(found.len(), 1, "{:?}", said);
        prop_assert_eq!(&found[0].1.e164, &format!("+614{subscriber}"));
        let shown = covered(&said, "AU");
        prop_assert!(!shown.contains(&number) && shown.contains(&digits[7..]), "{shown}");
    }
}
