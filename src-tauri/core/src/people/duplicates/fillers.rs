//! What is written where nothing is known, because a form asks for something. Nobody is recognised by it.

/// Local parts of addresses that are nobody's. Two letters may well be somebody's initials.
const NOBODY: &[&str] =
    &["none", "noemail", "nomail", "noreply", "null", "unknown", "notknown", "nobody", "test", "tester", "asdf", "xxx"];

/// Also `na@na.com`: what is short, and the same before and after the sign.
pub(super) fn is_email(email: &str) -> bool {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let plain: String = local.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let twice = plain.chars().count() <= 4 && domain.split('.').next() == Some(plain.as_str());
    NOBODY.contains(&plain.as_str()) || twice
}

/// Ends in seven times one digit.
pub(super) fn is_number(number: &str) -> bool {
    let digits: Vec<u8> = number.split('x').next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).collect();
    let last = digits.len().checked_sub(7).map(|from| &digits[from..]);
    last.is_some_and(|last| last.windows(2).all(|pair| pair[0] == pair[1]))
}

/// The days that programs count from (YYYYMMDD).
pub(super) fn is_day(day: &str) -> bool {
    matches!(day, "00010101" | "18991230" | "18991231" | "19000101" | "19040101" | "19700101")
}
