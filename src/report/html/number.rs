//! Numbers for readers.
//!
//! Invariant: what is not zero never reads as 0, and no infinite or undefined number is written as one.

use crate::report::chart::separated;

/// A count, with commas.
pub(super) fn count(number: u64) -> String {
    separated(&number.to_string())
}

/// A number with so many significant digits, or more where it is large.
pub(super) fn figures(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".to_string();
    }
    let scientific = format!("{:.*e}", digits.saturating_sub(1), value.abs());
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return "not a number".to_string();
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if value < 0.0 { "−" } else { "" };
    if !(-6..12).contains(&exponent) {
        let power = exponent.to_string().replace('-', "−");
        return format!("{sign}{mantissa} × 10^{power}");
    }
    let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    match rest {
        Some(rest) => format!("{sign}{}.{rest}", separated(whole)),
        None => format!("{sign}{}", separated(whole)),
    }
}

/// `1.6–4.4`, `−0.97 to −0.35`, `at most 0.92`.
pub(super) fn interval(low: Option<f64>, high: Option<f64>, digits: usize) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low < 0.0 || high < 0.0 => {
            format!("{} to {}", figures(low, digits), figures(high, digits))
        }
        (Some(low), Some(high)) => format!("{}–{}", figures(low, digits), figures(high, digits)),
        (None, Some(high)) => format!("at most {}", figures(high, digits)),
        (Some(low), None) => format!("at least {}", figures(low, digits)),
        (None, None) => "not known".to_string(),
    }
}

/// `q = .011`, `q < .001`, kept on one line. Never rounded onto the other side of .05.
pub(super) fn probability(letter: &str, value: f64) -> String {
    if value < 0.001 {
        return format!("{letter}\u{a0}<\u{a0}.001");
    }
    let mut text = format!("{value:.3}");
    if text == "0.050" && value < 0.05 {
        text = format!("{:.4}", value.min(0.0499));
    }
    match text.strip_prefix('0') {
        Some(rest) => format!("{letter}\u{a0}=\u{a0}{rest}"),
        None => format!("{letter}\u{a0}=\u{a0}1"),
    }
}

/// A share of 0 to 1 as a percentage.
pub(super) fn percent(share: f64) -> String {
    let text = figures(share * 100.0, 2);
    if text == "100" && share < 1.0 { ">\u{a0}99\u{a0}%".to_string() } else { format!("{text}\u{a0}%") }
}

/// A size.
pub(super) fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", figures(bytes as f64 / 1e3, 3)),
        _ => format!("{} MB", figures(bytes as f64 / 1e6, 3)),
    }
}
