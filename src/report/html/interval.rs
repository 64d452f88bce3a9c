//! A finding as a mark: how many times as often, with its interval, on one scale for all findings.
//!
//! The scale is in doublings, so that twice as often and half as often lie equally far from the dashed line, just as often.

use super::Measure;
use maud::{Markup, html};

/// Width and height of the drawing, in pixels.
const SIZE: [f64; 2] = [320.0, 34.0];

/// Where the scale ends, from either side.
const MARGIN: f64 = 16.0;

/// The line on which the mark lies, from the top.
const LINE: f64 = 10.0;

/// No scale goes farther than this from the dashed line: 32 times, and a 32nd.
const FARTHEST: i32 = 5;

/// The doublings that a drawing spans.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    from: i32,
    to: i32,
}

impl Scale {
    /// Everything that the ratios reach, and at least from half as often to twice as often.
    pub(super) fn of<'m>(ratios: impl Iterator<Item = &'m Measure>) -> Self {
        let ends =
            ratios.flat_map(|ratio| [ratio.value, ratio.low, ratio.high]).flatten().filter(|end| end.is_finite());
        let widened = |scale: Self, end: f64| Self {
            from: scale.from.min(end.floor().max(f64::from(-FARTHEST)) as i32),
            to: scale.to.max(end.ceil().min(f64::from(FARTHEST)) as i32),
        };
        ends.fold(Self { from: -1, to: 1 }, widened)
    }

    /// The mark of a ratio (log2) with its interval; `says` is what it shows, in words. Where one side has no hits the interval has one end,
    /// the ratio is no number, and there is only a line.
    pub(super) fn mark(self, ratio: &Measure, says: &str) -> Markup {
        let [width, height] = SIZE;
        let end = |end: Option<f64>, open: i32| end.unwrap_or_else(|| f64::from(open));
        let span = ratio.interval().map(|(low, high)| [self.x(end(low, self.from)), self.x(end(high, self.to))]);
        html! {
            svg.interval role="img" aria-label=(says) viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) {
                path.axis d=(self.axis()) {}
                path.even d={ "M" (self.x(0.0)) " 2V" (LINE * 2.0) } {}
                @for tick in (self.from..=self.to).filter(|tick| (tick - self.to) % self.step() == 0 || *tick == 0) {
                    text x=(self.x(f64::from(tick))) y=(height - 3.0) { (times(tick)) }
                }
                @if let Some([low, high]) = span { path.span d={ "M" (low) " " (LINE) "H" (high) } {} }
                @if let (Some(value), Some((Some(_), Some(_)))) = (ratio.known(), ratio.interval()) {
                    circle cx=(self.x(value)) cy=(LINE) r="4" {}
                }
            }
        }
    }

    /// Where a ratio lies, to a tenth of a pixel; what lies beyond the scale lies at its end.
    fn x(self, log2: f64) -> f64 {
        let (from, to) = (f64::from(self.from), f64::from(self.to));
        let share = (log2.clamp(from, to) - from) / (to - from);
        ((MARGIN + share * (SIZE[0] - 2.0 * MARGIN)) * 10.0).round() / 10.0
    }

    fn axis(self) -> String {
        let ticks: String =
            (self.from..=self.to).map(|tick| format!("M{} {}v4", self.x(f64::from(tick)), LINE * 2.0 - 4.0)).collect();
        format!("M{} {}H{}{ticks}", MARGIN, LINE * 2.0, SIZE[0] - MARGIN)
    }

    /// Every tick is named where there are few.
    fn step(self) -> i32 {
        if self.to - self.from > 6 { 2 } else { 1 }
    }
}

/// `2×`, `½×`, `1/8×`.
fn times(doublings: i32) -> String {
    match doublings {
        -1 => "½×".to_string(),
        -2 => "¼×".to_string(),
        0.. => format!("{}×", 1_u32 << doublings),
        _ => format!("1/{}×", 1_u32 << -doublings),
    }
}
