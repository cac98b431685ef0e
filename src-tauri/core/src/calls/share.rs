//! A share of a few, and how far it can be trusted.

use serde::Serialize;

// A number in TypeScript too: it is never NaN, which would be null there.
/// So many of so many, with the interval that holds the true share in 19 cases of 20.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, specta::Type)]
pub struct Share {
    pub count: u32,
    pub of: u32,
    /// 0 to 1; of nothing, anything may be true.
    #[specta(type = u32)]
    pub low: f64,
    #[specta(type = u32)]
    pub high: f64,
}

/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

impl Share {
    /// The score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    /// Journal of the American Statistical Association 22 (1927), 209–212. It holds for small samples, where the textbook
    /// interval would be certain after three calls.
    pub fn of(count: u32, of: u32) -> Self {
        let count = count.min(of);
        if of == 0 {
            return Self { count, of, low: 0.0, high: 1.0 };
        }
        let (n, z2) = (f64::from(of), Z * Z);
        let p = f64::from(count) / n;
        let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        // At the ends the formula is exact, and its rounding is not.
        let low = if count == 0 { 0.0 } else { (middle - half).max(0.0) };
        let high = if count == of { 1.0 } else { (middle + half).min(1.0) };
        Self { count, of, low, high }
    }
}
