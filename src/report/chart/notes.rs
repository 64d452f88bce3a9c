//! What the chart itself has to say below the picture: what is grey, hollow, cut or absent, and why.
//!
//! Invariant: whatever is drawn in an unusual way is explained by a line here, with its number of cases.
//!
//! It deliberately does not repeat the caller's notes on method.

use super::ChartLanguage;
use std::collections::BTreeMap;

/// Collected while drawing.
#[derive(Default)]
pub(super) struct Notes {
    /// Something stands for fewer than [`super::FEW`] articles.
    pub(super) has_few: bool,
    /// Values that are absent, by reason.
    pub(super) absent: BTreeMap<String, usize>,
    /// Values without an interval, by reason.
    pub(super) bare: BTreeMap<String, usize>,
    /// Intervals with an upper bound only.
    pub(super) one_sided: usize,
    /// Marks or intervals that go beyond the axis.
    pub(super) beyond: usize,
    /// Single periods are marked behind a moving rate.
    pub(super) has_single: bool,
    /// Of these, how many are above the axis.
    pub(super) above: usize,
    /// Lines of their own, in order.
    pub(super) further: Vec<String>,
}

impl Notes {
    pub(super) fn absent(&mut self, why: &str) {
        *self.absent.entry(reason(why, "no value").to_string()).or_default() += 1;
    }

    pub(super) fn bare(&mut self, why: &str) {
        *self.bare.entry(reason(why, "no interval").to_string()).or_default() += 1;
    }

    /// The sentences, in a fixed order. `absent` and `bare` say how these cases are drawn.
    pub(super) fn lines(&self, absent: &str, bare: &str, language: ChartLanguage) -> Vec<String> {
        let mut lines = Vec::new();
        if self.has_few {
            lines.push(format!("Grey: fewer than {} articles.", super::FEW));
        }
        if self.one_sided > 0 {
            lines.push("Line to one side only: no hits, so there is an upper bound but no lower one.".to_string());
        }
        if !self.bare.is_empty() {
            lines.push(format!("{} ({}).", language.say(bare), listed(&self.bare, language)));
        }
        if !self.absent.is_empty() {
            lines.push(format!("{} ({}).", language.say(absent), listed(&self.absent, language)));
        }
        if self.beyond > 0 {
            lines.push("Arrowhead: the interval continues beyond the axis.".to_string());
        }
        lines.extend(self.further.iter().cloned());
        lines.iter().map(|line| language.say(line)).collect()
    }
}

/// A reason is never empty on a chart.
pub(super) fn reason<'a>(why: &'a str, otherwise: &'a str) -> &'a str {
    if why.trim().is_empty() { otherwise } else { why }
}

fn listed(cases: &BTreeMap<String, usize>, language: ChartLanguage) -> String {
    cases.iter().map(|(why, n)| format!("{}: {n}", language.say(why))).collect::<Vec<_>>().join(", ")
}
