//! Each group against the rest, in words: the surest difference first, then what may be chance, then what cannot be said.
//!
//! The surest is the one whose interval keeps farthest from no difference.

use super::interval::Scale;
use super::markup::{absent, reason, several, validation};
use super::{Cell, Frame, Group, Measure, Page, Versus, checks, number};
use maud::{Markup, html};

/// Below this q a difference is listed as one.
const Q: f64 = 0.05;

/// The surest ones stand open; so many.
const FIRST: usize = 7;

/// Lines of a list that a reader opens; the table has all.
const LISTED: usize = 50;

struct Finding<'a> {
    group: &'a Group,
    frame: &'a Frame,
    cell: &'a Cell,
    versus: &'a Versus,
    anchor: String,
}

/// All comparisons.
pub(super) fn findings(page: &Page) -> Markup {
    let all = gather(page);
    if all.is_empty() {
        return html! { p { "There is nothing to compare: a comparison needs two groups and a frame." } };
    }
    let (tested, untested): (Vec<_>, Vec<_>) = all.into_iter().partition(|found| found.q().is_some());
    let (mut sure, mut unsure): (Vec<_>, Vec<_>) = tested.into_iter().partition(|found| found.q() < Some(Q));
    sort(&mut sure);
    sort(&mut unsure);
    let (first, more) = sure.split_at(sure.len().min(FIRST));
    let scale = Scale::of(first.iter().map(|found| &found.versus.log2_ratio));
    let finding = |found: &Finding<'_>| found.sentence(page, Some(scale));
    let sentence = |found: &Finding<'_>| found.sentence(page, None);
    html! {
        p {
            "Each " (page.grouping()) " compared with all other articles. Differences with a q below .05 come first, ordered by how far \
             their interval keeps from “just as often” (1×, the dashed line); those without an interval come last. All comparisons: "
            (page.link("comparisons.csv")) "."
        }
        (checks::overall(page))
        @if first.is_empty() { p { "No difference has a q below .05." } }
        @else { ol.findings { @for found in first { (finding(found)) } } }
        (fold("more with a q below .05", more, sentence))
        (fold("whose difference may be chance (q of .05 or more)", &unsure, sentence))
        (fold("that could not be tested, with the reason", &untested, Finding::absence))
        (checks::lost(page))
    }
}

/// Findings that a reader opens when they are wanted.
fn fold<'p>(what: &str, findings: &[Finding<'p>], line: impl Fn(&Finding<'p>) -> Markup) -> Markup {
    html! {
        @if !findings.is_empty() {
            details.more {
                summary { (several(findings.len() as u64, "comparison")) " " (what) }
                ul.findings { @for found in findings.iter().take(LISTED) { (line(found)) } }
                @if findings.len() > LISTED { p.small { "The first " (LISTED) "; all are in comparisons.csv." } }
            }
        }
    }
}

fn gather(page: &Page) -> Vec<Finding<'_>> {
    let of_group = |(g, group)| {
        let group: &Group = group;
        let pairs = page.frames.iter().zip(&group.cells).enumerate();
        pairs.filter_map(move |(f, (frame, cell))| {
            let anchor = page.sentences_anchor(g, f).unwrap_or_else(|| page.frame_anchor(f));
            cell.versus.as_ref().map(|versus| Finding { group, frame, cell, versus, anchor })
        })
    };
    let together = page.smaller.iter().flat_map(|group| {
        let pairs = page.frames.iter().zip(&group.cells).enumerate();
        pairs.filter_map(move |(f, (frame, cell))| {
            cell.versus.as_ref().map(|versus| Finding { group, frame, cell, versus, anchor: page.frame_anchor(f) })
        })
    });
    page.numbered().flat_map(of_group).chain(together).collect()
}

fn sort(findings: &mut [Finding<'_>]) {
    let key = |found: &Finding<'_>| (surety(&found.versus.log2_ratio), found.q().unwrap_or(1.0));
    findings.sort_by(|a, b| {
        let ((sure_a, q_a), (sure_b, q_b)) = (key(a), key(b));
        sure_b.total_cmp(&sure_a).then(q_a.total_cmp(&q_b))
    });
}

/// How far the interval keeps from zero, in doublings.
fn surety(ratio: &Measure) -> f64 {
    match ratio.interval() {
        Some((Some(low), _)) if low > 0.0 => low,
        Some((_, Some(high))) if high < 0.0 => -high,
        _ => 0.0,
    }
}

impl Finding<'_> {
    /// q, where there is something to say of.
    fn q(&self) -> Option<f64> {
        self.versus.log2_ratio.known()?;
        self.versus.q.filter(|q| q.is_finite())
    }

    /// A line of the list.
    fn line(&self, says: &Markup) -> Markup {
        let (group, frame) = (&self.group.label, &self.frame.label);
        html! { li data-g=(group) data-f=(frame) { b { (group) } ", " b { (frame) } ": " (says) } }
    }

    /// With its mark on a scale where it is one of the surest.
    fn sentence(&self, page: &Page, scale: Option<Scale>) -> Markup {
        let (Some(ratio), Some(q)) = (self.versus.log2_ratio.known(), self.q()) else { return self.absence() };
        let (comparison, interval) = (self.comparison(ratio), self.interval(&page.level));
        self.line(&html! {
            (comparison) " (" (interval) "; " (number::probability("q", q)) "; "
            (number::count(self.group.articles)) " against " (several(self.versus.articles, "article")) "). "
            @if let Some(scale) = scale {
                (scale.mark(
                    &self.versus.log2_ratio,
                    &format!("{}, {}: {comparison}; {interval}", self.group.label, self.frame.label),
                ))
            }
            span.small {
                (self.rates()) ": " (self.counts()) ". "
                @if q < Q { (validation(self.frame.validation.as_ref())) " " }
                a href={ "#" (self.anchor) } { "Show " @if self.cell.examples.is_empty() { "the words of the frame" } @else { "sentences" } }
            }
        })
    }

    fn comparison(&self, log2_ratio: f64) -> String {
        match (self.cell.hits, self.versus.hits) {
            (0, 0) => "found nowhere".to_string(),
            (0, _) => "not found at all, unlike in the rest".to_string(),
            (_, 0) => "found here, nowhere in the rest".to_string(),
            _ => format!("{} times as often as in the rest", number::figures(libm::exp2(log2_ratio), 2)),
        }
    }

    fn interval(&self, level: &str) -> String {
        match self.versus.log2_ratio.interval() {
            Some((low, high)) => {
                let ends = number::interval(low.map(libm::exp2), high.map(libm::exp2), 2);
                let unit = if low.is_none() || high.is_none() || self.is_one_sided() { " times as often" } else { "" };
                format!("{level} interval {ends}{unit}")
            }
            None => format!("no interval: {}", reason(&self.versus.log2_ratio.why)),
        }
    }

    /// The ratio itself is not printed where one side has no hits.
    fn is_one_sided(&self) -> bool {
        self.cell.hits == 0 || self.versus.hits == 0
    }

    /// `11.0 against 4.20 hits per 1,000 words`, where there is something to compare.
    fn rates(&self) -> String {
        let rate = |hits: u64, words: u64| match words {
            0 => "–".to_string(),
            _ => number::figures(1_000.0 * hits as f64 / words as f64, 3),
        };
        let group = rate(self.cell.hits, self.group.words);
        format!("{group} against {} hits per 1,000 words", rate(self.versus.hits, self.versus.words))
    }

    fn counts(&self) -> String {
        format!(
            "{} in {}, against {} in {}",
            several(self.cell.hits, "hit"),
            several(self.group.words, "word"),
            number::count(self.versus.hits),
            number::count(self.versus.words),
        )
    }

    /// What is missing, and why: `no interval: one article; no test: group too small to be tested alone`.
    fn reasons(&self) -> String {
        let why = reason(&self.versus.log2_ratio.why);
        let said = |part: &str| match part.split_once(": ") {
            Some(("p", why)) => format!("no test: {why}"),
            Some(("interval", why)) => format!("no interval: {why}"),
            _ => part.to_string(),
        };
        why.split("; ").map(said).collect::<Vec<_>>().join("; ")
    }

    fn absence(&self) -> Markup {
        self.line(&html! {
            (absent(&self.reasons())) ". "
            span.small {
                (self.counts()) "; " (number::count(self.group.articles)) " against "
                (several(self.versus.articles, "article")) "."
            }
        })
    }
}
