//! Numbers that somebody said in the middle of their words: "ring me on 0412 345 678 after three".
//!
//! They are ways to reach the person, and as covered as any other. What cannot be read as one whole number stays as it is.

use std::ops::Range;

use super::phone::{self, Number};
use super::reaches;

/// Fewer digits are an hour, a day, a price.
const FEWEST_DIGITS: usize = 8;
/// E.164 has fifteen at most; a trunk or international prefix comes on top.
const MOST_DIGITS: usize = 20;

/// Each whole number in `words`, and where it stands.
pub fn numbers_in(words: &str, country: &str) -> Vec<(Range<usize>, Number)> {
    let mut found = Vec::new();
    for run in runs(words) {
        let pieces = pieces(words, run);
        let mut first = 0;
        while first < pieces.len() {
            // The longest that reads as a number: a shorter one would be a part of it.
            let read = (first..pieces.len()).rev().find_map(|last| {
                let range = pieces[first].start..pieces[last].end;
                let text = &words[range.clone()];
                let digits = phone::digits(text).len();
                let number = (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits).then(|| phone::parse(text, country).ok());
                number
                    .flatten()
                    .filter(|number| phone::is_known_range(&number.e164))
                    .map(|number| (last, range, number))
            });
            match read {
                Some((last, range, number)) => {
                    found.push((range, number));
                    first = last + 1;
                }
                None => first += 1,
            }
        }
    }
    found
}

/// The words with every whole number covered but for its last three digits.
pub fn covered(words: &str, country: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    let mut from = 0;
    for (range, number) in numbers_in(words, country) {
        shown.push_str(&words[from..range.start]);
        shown.push_str("••• ");
        shown.push_str(&reaches::ending(&number.e164));
        from = range.end;
    }
    shown.push_str(&words[from..]);
    shown
}

/// Stretches of digits and what people write between them.
fn runs(words: &str) -> Vec<Range<usize>> {
    let belongs = |mark: char| {
        is_digit(mark)
            || mark.is_whitespace()
            || matches!(mark, '+' | '(' | ')' | '-' | '.' | '/' | '\u{2010}'..='\u{2015}')
    };
    let mut runs = Vec::new();
    let mut start = None;
    for (at, mark) in words.char_indices().chain([(words.len(), 'x')]) {
        match (start, belongs(mark)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                runs.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    runs.retain(|run| phone::digits(&words[run.clone()]).len() >= FEWEST_DIGITS);
    runs
}

/// What stands between the spaces of a run, without the marks that end a sentence.
fn pieces(words: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let text = &words[run.clone()];
    let mut pieces = Vec::new();
    for piece in text.split(char::is_whitespace) {
        let start = run.start + (piece.as_ptr() as usize - text.as_ptr() as usize);
        let end = start + piece.trim_end_matches(|mark| !is_digit(mark) && mark != ')').len();
        let start = start
            + (piece.len() - piece.trim_start_matches(|mark| !is_digit(mark) && mark != '+' && mark != '(').len());
        if start < end {
            pieces.push(start..end);
        }
    }
    pieces
}

fn is_digit(mark: char) -> bool {
    !phone::digits(mark.encode_utf8(&mut [0; 4])).is_empty()
}
