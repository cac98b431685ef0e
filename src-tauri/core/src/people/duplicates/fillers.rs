//! What is written where nothing is known, because a form asks for something. Nobody is recognised by it.

/// Local parts of addresses that are nobody's. Two letters may well be somebody's initials.
const NOBODY: &[&str] =
    &["none", "noemail", "nomail", "noreply", "null", "unknown", "notknown", "nobody", "test", "tester", "asdf", "xxx"];

pub(super) fn is_email(email: &str) -> bool {
    let local = email.split('@').next().unwrap_or_default();
    let plain: String = local.chars().filter(|letter| letter.is_alphanumeric()).collect();
    NOBODY.contains(&plain.as_str())
}

/// Ends in seven times one digit, or counts up.
pub(super) fn is_number(number: &str) -> bool {
    let digits: Vec<u8> = number.split('x').next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).collect();
    let Some(last) = digits.len().checked_sub(7).map(|from| &digits[from..]) else { return false };
    last.windows(2).all(|pair| pair[0] == pair[1])
        || (digits.len() >= 8 && digits[digits.len() - 8..].windows(2).all(|pair| pair[1] == pair[0] + 1))
}

/// The first days that programs count from (YYYYMMDD), and what no one alive was born on.
pub(super) fn is_day(day: &str) -> bool {
    matches!(day, "19700101" | "19040101") || day < "19010102"
}
