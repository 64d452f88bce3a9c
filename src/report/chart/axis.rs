//! Numbers on a chart: a range comes in; round ticks and their words go out.
//!
//! Invariants: all labels of an axis have the same number of decimals; minus is U+2212; no "−0"; a number that is too long
//! is divided by a power of ten that the chart states.
//!
//! It deliberately does not know pixels, except for how many labels fit.

/// How the numbers of one axis or table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Written numbers are the true ones divided by ten to this power.
    pub(super) exponent: i32,
    /// Decimals after the point.
    pub(super) decimals: usize,
}

/// Ten to a power, correctly rounded on every machine.
fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// The decimal exponent: 2 for 212, −3 for 0.004.
fn exponent_of(x: f64) -> i32 {
    format!("{:e}", x.abs()).split_once('e').and_then(|(_, digits)| digits.parse().ok()).unwrap_or(0)
}

impl Numbers {
    /// For a table of numbers up to `largest`, with about three digits.
    pub(super) fn up_to(largest: f64) -> Numbers {
        let exponent = shared_exponent(largest);
        let size = if largest == 0.0 { 0 } else { exponent_of(largest) - exponent };
        Numbers { exponent, decimals: (2 - size).clamp(0, 4) as usize }
    }

    /// The number in words that keep its sign and hide no small value behind a zero.
    pub(super) fn write(&self, x: f64) -> String {
        let text = self.fixed(x);
        let is_nought = text.bytes().all(|b| matches!(b, b'0' | b'.'));
        if x != 0.0 && is_nought {
            let least = self.fixed(power_of_ten(self.exponent - self.decimals as i32));
            return if x > 0.0 { format!("<{least}") } else { format!(">\u{2212}{least}") };
        }
        text
    }

    /// The number with a sign where it has one.
    pub(super) fn signed(&self, x: f64) -> String {
        let text = self.write(x);
        if x > 0.0 && !text.starts_with('<') { format!("+{text}") } else { text }
    }

    /// As [`Numbers::write`], but a small value may become zero: for the ends of an interval.
    pub(super) fn round(&self, x: f64) -> String {
        self.fixed(x)
    }

    /// Rounded, with separators between thousands.
    fn fixed(&self, x: f64) -> String {
        let digits = format!("{:.*}", self.decimals, x.abs() / power_of_ten(self.exponent));
        let (whole, rest) = digits.split_once('.').map_or((digits.as_str(), ""), |(whole, rest)| (whole, rest));
        let mut text = String::new();
        if x < 0.0 && digits.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
            text.push('\u{2212}');
        }
        text.push_str(&separated(whole));
        if !rest.is_empty() {
            text.push('.');
            text.push_str(rest);
        }
        text
    }

    /// `×10^6`, to be put behind the unit; empty for plain numbers. (The font has no raised minus.)
    pub(super) fn factor(&self) -> String {
        match self.exponent {
            0 => String::new(),
            up if up > 0 => format!("\u{D7}10^{up}"),
            down => format!("\u{D7}10^\u{2212}{}", -down),
        }
    }
}

/// Plain numbers from a thousandth to a million, else a multiple of three.
fn shared_exponent(largest: f64) -> i32 {
    if largest == 0.0 {
        return 0;
    }
    let exponent = exponent_of(largest);
    if (-3..6).contains(&exponent) { 0 } else { exponent.div_euclid(3) * 3 }
}

/// A number with separators, as in `n = 12,345`.
pub(crate) fn count(n: u64) -> String {
    separated(&n.to_string())
}

/// Digits with a comma at every third from the right.
pub(in crate::report) fn separated(digits: &str) -> String {
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An axis from `low` to `high`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Round values between the ends, with their words.
    pub(super) ticks: Vec<(f64, String)>,
    pub(super) numbers: Numbers,
}

impl Axis {
    /// An axis that covers the range and ends on ticks, with as many ticks as `fits` lets stand side by side.
    pub(super) fn new(low: f64, high: f64, signed: bool, fits: impl Fn(&[String]) -> bool) -> Axis {
        let (low, high) = if high > low { (low, high) } else { (low, low + 1.0) };
        for most in (2..=6).rev() {
            let axis = Axis::with_steps(low, high, signed, most);
            let words: Vec<String> = axis.ticks.iter().map(|(_, word)| word.clone()).collect();
            if fits(&words) || most == 2 {
                return axis;
            }
        }
        Axis::with_steps(low, high, signed, 2)
    }

    fn with_steps(low: f64, high: f64, signed: bool, most: u32) -> Axis {
        let step = Step::covering((high - low) / f64::from(most));
        let first = (low / step.size() + 1e-9).floor();
        let last = (high / step.size() - 1e-9).ceil();
        let numbers = step.numbers(low.abs().max(high.abs()));
        let ticks = (0..=(last - first) as i64)
            .map(|i| step.times(first + i as f64))
            .map(|v| (v, if signed { numbers.signed(v) } else { numbers.write(v) }))
            .collect();
        Axis { low: step.times(first), high: step.times(last), ticks, numbers }
    }

    /// Where a value lies, from 0 to 1; outside where the axis does not reach.
    pub(super) fn share(&self, x: f64) -> f64 {
        (x - self.low) / (self.high - self.low)
    }
}

/// A tick distance of 1, 2 or 5 times a power of ten.
struct Step {
    lead: f64,
    exponent: i32,
}

impl Step {
    fn covering(size: f64) -> Step {
        let exponent = exponent_of(size);
        let lead = size / power_of_ten(exponent);
        match [1.0, 2.0, 5.0].into_iter().find(|&round| lead <= round * (1.0 + 1e-9)) {
            Some(lead) => Step { lead, exponent },
            None => Step { lead: 1.0, exponent: exponent + 1 },
        }
    }

    fn size(&self) -> f64 {
        self.lead * power_of_ten(self.exponent)
    }

    /// Dividing by a whole power keeps 0.3 from becoming 0.30000000000000004.
    fn times(&self, n: f64) -> f64 {
        let whole = self.lead * n;
        if self.exponent < 0 && self.exponent > -300 {
            whole / power_of_ten(-self.exponent)
        } else {
            whole * power_of_ten(self.exponent)
        }
    }

    fn numbers(&self, largest: f64) -> Numbers {
        let exponent = shared_exponent(largest);
        Numbers { exponent, decimals: (exponent - self.exponent).clamp(0, 12) as usize }
    }
}
