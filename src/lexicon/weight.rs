//! Weights: decimal numbers kept as integers in thousandths.
//!
//! In: digits as written. Out: thousandths, and whether a digit was lost.
//! Invariant: what `show` writes, `read` reads back unchanged; no binary fraction is ever in between.
//! It deliberately does not know a scale: −3…3 and −5…5 are both fine.

/// A number in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Thousandths {
    /// The number × 1000.
    pub value: i32,
    /// True where a fourth decimal was rounded off.
    pub rounded: bool,
}

/// Beyond this a weight is a mistake.
const LIMIT: i64 = 1_000_000_000;

/// Reads `-1.5`, `+2`, `.25`, `3`, `1e-2`; a decimal comma only where there is no point. `None` where it is no number.
pub(super) fn read(text: &str) -> Option<Thousandths> {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok().filter(|e| e.abs() <= 12)?),
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) || digits.len() > 40 {
        return None;
    }
    let (value, rounded) = shift(&format!("{whole}{fraction}"), fraction.len() as i32 - exponent - 3)?;
    let value = if negative { -value } else { value };
    (value.abs() <= LIMIT).then_some(Thousandths { value: value as i32, rounded })
}

/// `digits` divided by ten to the `drop`, rounded half away from zero.
fn shift(digits: &str, drop: i32) -> Option<(i64, bool)> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some((0, false));
    }
    if drop <= 0 {
        let zeros = "0".repeat(drop.unsigned_abs() as usize);
        return format!("{digits}{zeros}").parse::<i64>().ok().map(|value| (value, false));
    }
    let keep = digits.len().saturating_sub(drop as usize);
    let (kept, lost) = digits.split_at(keep);
    let kept: i64 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
    let up = lost.len() == drop as usize && lost.as_bytes().first().is_some_and(|&b| b >= b'5');
    Some((kept + i64::from(up), lost.bytes().any(|b| b != b'0')))
}

/// `-1.5` from −1500.
pub(super) fn show(value: i32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    let text = format!("{sign}{}.{:03}", value / 1000, value % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
