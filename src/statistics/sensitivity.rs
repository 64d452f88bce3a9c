//! Does a comparison rest on one entry of the lexicon, or on one article?
//!
//! In: [`Groups`], their comparisons with the rest, and which entry found which hits. Out: for each comparison what leaving
//! out one entry, or one article, does at most.
//! Invariant: leaving something out is a subtraction of whole numbers; the order of articles and entries moves no bit; p
//! without the part is found as p with it was.
//! It deliberately tests anew only what was a finding: the q of anything else cannot be lost.

use super::Options;
use super::influence::{Influence, by_term};
use super::log_ratio::theta;
use super::measured::{Measured, Why};
use super::multiplicity::benjamini_hochberg;
use super::null_draws::{LARGE, LARGE_WITH_HITS, Sample, is_large, p_value};
use super::permutation::{Pool, Test};
use super::share::{concentration, top_share};
use super::side::Side;
use super::sparse::Hits;
use super::tables::{ComparisonRow, Groups};
use super::tally::{Tally, Unit};
use super::units::Units;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// So many findings of small groups are tested again with every permutation that the study asks for; more share as many
/// permutations, for the more findings there are the larger the p that q allows, and the fewer permutations tell it.
const FULLY: u64 = 30;
/// But no fewer than these.
const FEWEST: u64 = 999;

/// Below this q a comparison is a finding.
pub const FINDING: f64 = 0.05;

/// Hits of one entry of a frame in one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Index of the frame.
    pub frame: u32,
    /// Number of the entry.
    pub entry: u32,
    /// Index of the article.
    pub article: u32,
    /// Counted hits.
    pub hits: u32,
}

/// What is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// One entry.
    Entry,
    /// One article.
    Article,
}

/// One comparison, and the part whose absence changes it most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SensitivityRow {
    /// Index of the group that is compared with the rest.
    pub group: usize,
    /// Index of the frame.
    pub frame: usize,
    /// What is left out.
    pub check: Check,
    /// Number of the entry, or index of the article, whose absence changes most.
    pub part: Option<u32>,
    /// Entries, or articles, with a hit in the group.
    pub parts: u64,
    /// Largest share of the group's hits.
    pub top_share: Measured,
    /// Concentration of the group's hits.
    pub concentration: Measured,
    /// Smoothed log ratio with everything.
    pub before: Measured,
    /// Without that part.
    pub after: Measured,
    /// Parts whose absence turns the sign.
    pub flips: u64,
    /// p without that part, of a finding.
    pub p_after: Measured,
    /// q without that part, all other p staying as they are.
    pub q_after: Measured,
    /// The finding is one no more: q without the part is not below [`FINDING`]. `None` where it was no finding.
    pub lost: Option<bool>,
}

/// Both checks of every comparison; `parts` in any order, `ids` name the articles (equal changes go by name). `others` are of the same family
/// of tests, and are not checked.
pub fn sensitivity(
    groups: &Groups<'_>,
    strata: Option<&[u32]>,
    (comparisons, others): (&[ComparisonRow], &[ComparisonRow]),
    parts: &[Part],
    ids: &[String],
) -> Vec<SensitivityRow> {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable();
    let mut context =
        Context { groups, strata, parts: &sorted, ids, assigned: groups.assigned(), options: *groups.options() };
    let is_permuted = |row: &&ComparisonRow| row.q.value().is_some_and(|q| q < FINDING) && !context.is_large(row);
    let permuted = comparisons.iter().filter(is_permuted).count() as u64;
    let asked = u64::from(context.options.permutations);
    let permutations = (asked * FULLY / permuted.max(FULLY)).max(FEWEST).min(asked);
    context.options.permutations = permutations as u32;
    let context = context;
    let entries: Vec<BTreeMap<u32, Vec<u64>>> = (0..groups.frames()).map(|frame| context.entries(frame)).collect();
    let columns: Vec<Vec<u32>> = (0..groups.frames()).map(|frame| context.column(frame)).collect();
    let ps: Vec<Measured> = comparisons.iter().chain(others).map(|row| row.p).collect();
    let of_row = |(at, row): (usize, &ComparisonRow)| {
        let mut found = [context.by_entry(row, &entries[row.frame]), context.by_article(row, &columns[row.frame])];
        for found in found.iter_mut().filter(|found| found.part.is_some()) {
            if row.q.value().is_some_and(|q| q < FINDING) {
                let test = context.without(row, found);
                let mut ps = ps.clone();
                ps[at] = test.p;
                (found.p_after, found.q_after) = (test.p, benjamini_hochberg(&ps)[at]);
                found.lost = Some(found.q_after.value().is_none_or(|q| q >= FINDING));
            }
        }
        found
    };
    comparisons.par_iter().enumerate().flat_map_iter(of_row).collect()
}

/// The articles of one side whose absence makes its rate least and greatest: no other can change the ratio more.
#[derive(Clone, Copy, Default)]
struct Ends {
    least: Option<(f64, u32)>,
    greatest: Option<(f64, u32)>,
}

impl Ends {
    /// Offers an article; of equal ones that `is_before` the other stays.
    fn take(&mut self, rate: f64, article: u32, is_before: impl Fn(u32) -> bool) {
        let is_equal = |x: f64, other: u32| rate.total_cmp(&x).is_eq() && is_before(other);
        if self.least.is_none_or(|(x, other)| rate < x || is_equal(x, other)) {
            self.least = Some((rate, article));
        }
        if self.greatest.is_none_or(|(x, other)| rate > x || is_equal(x, other)) {
            self.greatest = Some((rate, article));
        }
    }
}

struct Context<'a> {
    groups: &'a Groups<'a>,
    strata: Option<&'a [u32]>,
    /// Sorted.
    parts: &'a [Part],
    ids: &'a [String],
    assigned: Vec<u32>,
    /// Of the tests without a part.
    options: Options,
}

impl Context<'_> {
    fn parts_of(&self, frame: usize) -> &[Part] {
        let from = self.parts.partition_point(|part| (part.frame as usize) < frame);
        let to = self.parts.partition_point(|part| (part.frame as usize) <= frame);
        &self.parts[from..to]
    }

    /// Hits of each entry by group.
    fn entries(&self, frame: usize) -> BTreeMap<u32, Vec<u64>> {
        let mut entries: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
        for part in self.parts_of(frame) {
            let group = self.groups.group_of(part.article);
            let of_entry = entries.entry(part.entry).or_insert_with(|| vec![0; self.groups.groups()]);
            if let Some(hits) = of_entry.get_mut(group) {
                *hits += u64::from(part.hits);
            }
        }
        entries
    }

    /// Hits of every known article.
    fn column(&self, frame: usize) -> Vec<u32> {
        self.assigned.iter().map(|&article| self.groups.hits().at(article, frame)).collect()
    }

    fn by_entry(&self, row: &ComparisonRow, entries: &BTreeMap<u32, Vec<u64>>) -> SensitivityRow {
        let split = |hits: &Vec<u64>| {
            let group = hits.get(row.group).copied().unwrap_or(0);
            (group, hits.iter().sum::<u64>() - group)
        };
        let terms: Vec<(u64, u64)> = entries.values().map(split).collect();
        let of_group: Vec<u64> = terms.iter().map(|term| term.0).filter(|&hits| hits > 0).collect();
        let found: Influence = by_term(&terms, row.words[0], row.words[1]);
        // without its only entry nothing is left of a frame: that is the part it rests on
        let part = found.part.or((terms.len() == 1).then_some(0));
        let entry = part.and_then(|at| entries.keys().nth(at).copied());
        let left = part.map(|at| terms[at]);
        let after = left.map_or(Measured::Missing(Why::OnePart), |(a, b)| {
            theta(row.hits[0].saturating_sub(a), row.words[0], row.hits[1].saturating_sub(b), row.words[1])
        });
        SensitivityRow { part: entry, after, flips: found.flips, ..self.row(row, Check::Entry, &of_group) }
    }

    fn row(&self, row: &ComparisonRow, check: Check, of_group: &[u64]) -> SensitivityRow {
        SensitivityRow {
            group: row.group,
            frame: row.frame,
            check,
            part: None,
            parts: of_group.len() as u64,
            top_share: top_share(of_group),
            concentration: concentration(of_group),
            before: theta(row.hits[0], row.words[0], row.hits[1], row.words[1]),
            after: Measured::Missing(row.smoothed_log_ratio.value.why().unwrap_or(Why::OnePart)),
            flips: 0,
            p_after: Measured::Missing(Why::Undefined),
            q_after: Measured::Missing(Why::Undefined),
            lost: None,
        }
    }

    fn by_article(&self, row: &ComparisonRow, column: &[u32]) -> SensitivityRow {
        let mut of_group = Vec::new();
        let mut ends = [Ends::default(); 2];
        let rate = |side: usize, hits: u32, words: u32| {
            (row.hits[side] as f64 - f64::from(hits) + 0.5) / (row.words[side] as f64 - f64::from(words))
        };
        let whole = [rate(0, 0, 0), rate(1, 0, 0)];
        let sign = whole[0].total_cmp(&whole[1]);
        let mut flips = 0;
        for (&article, &hits) in self.assigned.iter().zip(column) {
            let side = usize::from(self.groups.group_of(article) != row.group);
            if side == 0 && hits > 0 {
                of_group.push(u64::from(hits));
            }
            if row.articles[side] < 2 {
                continue;
            }
            let left = rate(side, hits, self.groups.words()[article as usize]);
            let turned = if side == 0 { left.total_cmp(&whole[1]) } else { whole[0].total_cmp(&left) };
            flips += u64::from(turned == sign.reverse() && sign.is_ne());
            ends[side].take(left, article, |other| self.before(article, other));
        }
        let found = self.row(row, Check::Article, &of_group);
        match row.smoothed_log_ratio.value.value().and_then(|before| self.strongest(ends, whole, before)) {
            Some((article, after)) => {
                let all: u64 = row.hits.iter().sum();
                let gone = self.groups.hits().at(article, row.frame);
                let after = if all == u64::from(gone) { Measured::Missing(Why::NoHits) } else { after };
                SensitivityRow { part: Some(article), after, flips, ..found }
            }
            None => found,
        }
    }

    /// Of the articles at the ends the one whose absence changes the log ratio most, and the log ratio without it.
    fn strongest(&self, ends: [Ends; 2], whole: [f64; 2], before: f64) -> Option<(u32, Measured)> {
        let mut strongest: Option<(f64, u32, f64)> = None;
        for (side, ends) in ends.into_iter().enumerate() {
            for (rate, article) in [ends.least, ends.greatest].into_iter().flatten() {
                let after = match side {
                    0 => libm::log2(rate) - libm::log2(whole[1]),
                    _ => libm::log2(whole[0]) - libm::log2(rate),
                };
                let change = (after - before).abs();
                let is_stronger = |(most, other, _): (f64, u32, f64)| {
                    change > most || change.total_cmp(&most).is_eq() && self.before(article, other)
                };
                if strongest.is_none_or(is_stronger) {
                    strongest = Some((change, article, after));
                }
            }
        }
        strongest.map(|(_, article, after)| (article, Measured::of(after, Why::Undefined)))
    }

    /// Whether a formula tests it, with one article fewer too.
    fn is_large(&self, row: &ComparisonRow) -> bool {
        let is_large = |(&units, &with): (&u32, &u32)| units > LARGE && with > LARGE_WITH_HITS;
        self.strata.is_none() && row.units.iter().zip(&row.with_hits).all(is_large)
    }

    /// Sums of the group and of the rest.
    fn sides(&self, row: &ComparisonRow) -> [Tally; 2] {
        let mut sides = [Tally::default(); 2];
        for group in 0..self.groups.groups() {
            let side = &mut sides[usize::from(group != row.group)];
            *side = side.plus(&self.groups.tally(group, row.frame));
        }
        sides
    }

    /// Whether an article comes before another by name.
    fn before(&self, article: u32, other: u32) -> bool {
        let id = |article: u32| self.ids.get(article as usize);
        (id(article), article) < (id(other), other)
    }

    /// The test of a comparison without a part.
    fn without(&self, row: &ComparisonRow, found: &SensitivityRow) -> Test {
        let Some(part) = found.part else { return Test::missing(Why::OnePart) };
        let groups = self.groups;
        let gone: BTreeMap<u32, u32> = match found.check {
            Check::Entry => {
                let parts = self.parts_of(row.frame).iter().filter(|of| of.entry == part);
                parts.map(|of| (of.article, of.hits)).collect()
            }
            Check::Article => BTreeMap::new(),
        };
        let is_left = |&article: &u32| found.check == Check::Entry || article != part;
        let hits = |article: u32| {
            let all = groups.hits().at(article, row.frame);
            all.saturating_sub(gone.get(&article).copied().unwrap_or(0))
        };
        if self.strata.is_none() {
            let moved: Vec<u32> = gone.keys().copied().chain((found.check == Check::Article).then_some(part)).collect();
            let left = Left { row, check: found.check, moved: &moved, hits: &hits, is_left: &is_left };
            let [one, other] = match groups.clusters() {
                None => self.sums_left(&left),
                Some(_) => self.units_left(&left),
            };
            return p_value(&one, &other, groups.tests() as u64, &self.options);
        }
        let cells = self.assigned.iter().map(|&article| (article, 0, hits(article)));
        let hits = Hits::sorted(cells, groups.words().len(), 1);
        let articles = self.assigned.iter().copied().filter(is_left).collect();
        let pool = Pool::within(groups.words(), Cow::Owned(hits), self.strata, articles);
        pool.test(|article| groups.group_of(article as u32) == row.group, &self.options)[0]
    }

    /// Both sides of what is left, articles being the units: sums are changed, and the words of small sides are read.
    fn sums_left(&self, left: &Left<'_>) -> [Sample<'static>; 2] {
        let groups = self.groups;
        let mut sides = self.sides(left.row);
        let unit = |hits: u32, article: u32| Tally::of(&[Unit { hits, words: groups.words()[article as usize] }]);
        let side_of = |article: u32| usize::from(groups.group_of(article) != left.row.group);
        for &article in left.moved {
            let side = &mut sides[side_of(article)];
            *side = side.minus(&unit(groups.hits().at(article, left.row.frame), article));
            if left.check == Check::Entry {
                *side = side.plus(&unit((left.hits)(article), article));
            }
        }
        [0, 1].map(|at| {
            let side = Side::of(&sides[at]);
            let mut words = Vec::new();
            if !is_large(&side) {
                let own = self.assigned.iter().filter(|article| side_of(**article) == at && (left.is_left)(article));
                words.extend(own.map(|&article| f64::from(groups.words()[article as usize])));
                words.sort_unstable_by(f64::total_cmp);
            }
            Sample { side, words: Cow::Owned(words) }
        })
    }

    /// The same where clusters are the units.
    fn units_left(&self, left: &Left<'_>) -> [Sample<'static>; 2] {
        let groups = self.groups;
        let cells = self.assigned.iter().map(|&article| (article, 0, (left.hits)(article)));
        let hits = Hits::sorted(cells, groups.words().len(), 1);
        [true, false].map(|is_group| {
            let inside = |article: &&u32| (groups.group_of(**article) == left.row.group) == is_group;
            let articles: Vec<u32> =
                self.assigned.iter().filter(inside).filter(|article| (left.is_left)(article)).copied().collect();
            let body = Units::of(groups.words(), &hits, &articles, groups.clusters()).whole();
            Sample { side: body.side(0), words: Cow::Owned(body.words().to_vec()) }
        })
    }
}

/// A comparison, and what is left of it.
struct Left<'a> {
    row: &'a ComparisonRow,
    check: Check,
    /// Articles that lose hits, or are left out.
    moved: &'a [u32],
    /// Hits of an article that are left.
    hits: &'a dyn Fn(u32) -> u32,
    is_left: &'a dyn Fn(&u32) -> bool,
}
