//! Each group against the rest, in words: the surest difference first, then what may be chance, then what cannot be said.
//!
//! The surest is the one whose interval keeps farthest from no difference.

use super::markup::{Text, reason, several, validation};
use super::{Cell, Frame, Group, Measure, Page, Versus, checks, number};
use std::fmt::Write;

/// Below this q a difference is listed as one.
const Q: f64 = 0.05;

/// The surest ones stand open; so many.
const FIRST: usize = 7;

struct Finding<'a> {
    group: &'a Group,
    frame: &'a Frame,
    cell: &'a Cell,
    versus: &'a Versus,
    anchor: String,
}

/// All comparisons.
pub(super) fn findings(page: &Page, out: &mut String) {
    let all = gather(page);
    if all.is_empty() {
        out.push_str("<p>There is nothing to compare: a comparison needs two groups and a frame.</p>\n");
        return;
    }
    let (tested, untested): (Vec<_>, Vec<_>) = all.into_iter().partition(|found| found.q().is_some());
    let (mut sure, mut unsure): (Vec<_>, Vec<_>) = tested.into_iter().partition(|found| found.q() < Some(Q));
    sort(&mut sure);
    sort(&mut unsure);
    let _ = writeln!(
        out,
        "<p>Each {} against all other articles. Listed first: q below .05, and of these the one whose interval keeps \
         farthest from “just as often”; last those without an interval. All of it is in {}.</p>",
        Text(&page.grouping()),
        page.link("comparisons.csv"),
    );
    checks::overall(page, out);
    if sure.is_empty() {
        out.push_str("<p>No difference has a q below .05.</p>\n");
    } else {
        let (first, more) = sure.split_at(sure.len().min(FIRST));
        out.push_str("<ol class=\"findings\">\n");
        first.iter().for_each(|found| found.sentence(page, out));
        out.push_str("</ol>\n");
        fold(out, "more with a q below .05", more.len(), |out| {
            more.iter().for_each(|found| found.sentence(page, out));
        });
    }
    fold(out, "that may be chance (q of .05 or more)", unsure.len(), |out| {
        unsure.iter().for_each(|found| found.sentence(page, out));
    });
    fold(out, "that cannot be tested, with the reason", untested.len(), |out| {
        untested.iter().for_each(|found| found.absence(out));
    });
    checks::lost(page, out);
}

fn fold(out: &mut String, what: &str, number: usize, write: impl FnOnce(&mut String)) {
    if number == 0 {
        return;
    }
    let _ = writeln!(
        out,
        "<details class=\"more\"><summary>{} {what}</summary>\n<ul class=\"findings\">",
        several(number as u64, "comparison")
    );
    write(out);
    out.push_str("</ul></details>\n");
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
    page.numbered().flat_map(of_group).collect()
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

/// Dot and whisker on an axis of doublings, with a line at “just as often”; the words beside it have the numbers.
fn detail(ratio: &Measure) -> String {
    /// Doublings to each side, and pixels of one.
    const REACH: f64 = 4.0;
    const DOUBLING: f64 = 14.0;
    let Some(value) = ratio.known() else { return String::new() };
    let x = |doublings: f64| (DOUBLING * (REACH + doublings.clamp(-REACH, REACH))).round() + 4.0;
    let line = ratio.interval().map_or(String::new(), |(low, high)| {
        format!("<path d=\"M{} 7H{}\"/>", x(low.unwrap_or(value)), x(high.unwrap_or(value)))
    });
    format!(
        "<svg width=\"120\" height=\"14\" aria-hidden=\"true\"><path class=\"zero\" d=\"M{} 0V14\"/>{line}<circle cx=\"{}\" cy=\"7\" r=\"3\"/></svg>",
        x(0.0),
        x(value)
    )
}

impl Finding<'_> {
    /// q, where there is something to say of.
    fn q(&self) -> Option<f64> {
        self.versus.log2_ratio.known()?;
        self.versus.q.filter(|q| q.is_finite())
    }

    fn open(&self, out: &mut String) {
        let (group, frame) = (Text(&self.group.label), Text(&self.frame.label));
        let _ = write!(out, "<li data-g=\"{group}\" data-f=\"{frame}\"><b>{group}</b>, <b>{frame}</b>: ");
    }

    fn sentence(&self, page: &Page, out: &mut String) {
        let (Some(ratio), Some(q)) = (self.versus.log2_ratio.known(), self.q()) else {
            return;
        };
        self.open(out);
        let _ = write!(
            out,
            "{} ({}; {}; {} against {}). {} <span class=\"small\">{}; <a href=\"#{}\">{}</a>.</span> {}</li>",
            self.comparison(ratio),
            self.interval(&page.level),
            number::probability("q", q).replace('<', "&lt;"),
            number::count(self.group.articles),
            several(self.versus.articles, "article"),
            detail(&self.versus.log2_ratio),
            self.counts(),
            self.anchor,
            if self.cell.examples.is_empty() { "words of the frame" } else { "sentences" },
            validation(self.frame.validation.as_ref()),
        );
        out.push('\n');
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
                format!("{} interval {ends}{unit}", Text(level))
            }
            None => format!("no interval: {}", Text(reason(&self.versus.log2_ratio.why))),
        }
    }

    /// The ratio itself is not printed where one side has no hits.
    fn is_one_sided(&self) -> bool {
        self.cell.hits == 0 || self.versus.hits == 0
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

    fn absence(&self, out: &mut String) {
        self.open(out);
        let _ = writeln!(
            out,
            "<span class=\"na\">{}</span>. <span class=\"small\">{}; {} against {}.</span></li>",
            Text(reason(&self.versus.log2_ratio.why)),
            self.counts(),
            number::count(self.group.articles),
            several(self.versus.articles, "article"),
        );
    }
}
