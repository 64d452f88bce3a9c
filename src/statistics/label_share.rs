//! Which of the rival names of one referent a group gives it, and whether others do the same.
//!
//! In: hits of each label and of all labels per article. Out: [`ShareRow`]s of shares, intervals and tests.
//! Invariant: articles are the units; the shares of a group sum to 1; a label and its rivals together have mirrored intervals.
//! It deliberately knows no words of denominator: an article that names the referent by no label says nothing.

use super::Options;
use super::bootstrap::{Resampled, expanded_percentile, resample};
use super::measure::measure;
use super::measured::{Estimate, FEW_ARTICLES, Interval, LEVEL, Measured, Note, Why};
use super::permutation::Pool;
use super::rate::{BOOTSTRAP, LARGE, LINEARISED, MIN_WITH_HITS};
use super::sparse::Hits;
use super::special::t_quantile;
use super::tables::Counts;
use super::tally::{Tally, Unit, chosen};
use rayon::prelude::*;

measure! {
    LABEL_SHARE, "estimate", "label-share";
    what: "Share of one label among all hits of the rival labels of a referent, in all articles of the group together.";
    formula: "Σy / Σl, l the hits of all labels; interval: logit ± t √V, V = n/(n−1) · Σ(y − p l)² / (p(1−p) Σl)², below 200 articles at least 1/Σy + 1/Σ(l−y), and widened to the bootstrap over articles (expanded percentile)";
    unit: "share, 0 to 1";
    missing: "\"no hits\" of any label; no interval for \"one article\", nor where the label or its rivals are in fewer than 3 articles (\"too few articles\"); never or always used in 10 articles or more: only the bound 3/n or 1 − 3/n, n articles";
    source: "linearised ratio: Cochran 1977, Sampling Techniques, ch. 6; expanded percentile: Hesterberg 2015, The American Statistician 69(4); label sets: Hamborg 2020, on bias by word choice and labelling";
    beware: "A share says nothing of how often the referent is named at all: read the hits. Whose word it is, is the business of voice.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              // Hits of the label, and of all labels, in four articles: 2 of 4, 0 of 3, 3 of 5, 1 of 4.\n\
              let units = [unit(2, 4), unit(0, 3), unit(3, 5), unit(1, 4)];\n\
              let share = label_share::share(&units, \"Daily Meridian\", &Options::default());\n\
              assert_eq!(share.value.value(), Some(6.0 / 16.0));\n\
              assert!(share.interval.unwrap().contains(0.375));";
}

/// The method of a bound where a label is never, or always, used.
const RULE_OF_THREE: &str = "rule of three, articles";

/// One group and label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareRow {
    /// Index of the group.
    pub group: usize,
    /// Index of the label.
    pub label: usize,
    /// Articles with any of the labels.
    pub articles: u32,
    /// Articles with this one.
    pub articles_with_label: u32,
    /// Hits of this one.
    pub hits: u64,
    /// Hits of all labels.
    pub all: u64,
    /// Its share.
    pub share: Estimate,
    /// Its share in the other groups together.
    pub rest_share: Measured,
    /// Two-sided p over articles, of this group against the others.
    pub p: Measured,
    /// Method of the p; empty where it is missing.
    pub p_method: &'static str,
}

/// The share in one group; `words` of a unit are the hits of all labels. `name` names the group's random stream.
pub fn share(units: &[Unit], name: &str, options: &Options) -> Estimate {
    let (all, hits): (Vec<u32>, Vec<u32>) = units.iter().map(|unit| (unit.words, unit.hits)).unzip();
    let draws = resample(&all, &Hits::dense(&hits, 1), &chosen(&all, |_| true), name, options);
    let side = Side { tally: Tally::of(units), with_rivals: with_rivals(units) };
    side.estimate(draws.as_ref().and_then(|draws| draws.column(0)))
}

/// Every group × label of one referent. The frames of `counts` are the labels, its words the hits of all of them.
pub fn shares_table(counts: &Counts<'_>, options: &Options) -> Vec<ShareRow> {
    let labels = counts.frames.len();
    let hits = Hits::dense(counts.hits, labels);
    let known = |article: usize| (counts.group_of[article] as usize) < counts.groups.len();
    let pool = Pool::new(counts.words, counts.hits, labels, None, known);
    let of_group = |group: usize| -> Vec<ShareRow> {
        let name = counts.groups[group].as_str();
        let member = |article: usize| counts.group_of[article] as usize == group;
        let own = chosen(counts.words, member);
        let rest = chosen(counts.words, |article| known(article) && !member(article));
        let draws = resample(counts.words, &hits, &own, name, options);
        let tests = pool.test(member, &[name, "rest"], options);
        let row = |label: usize| {
            let units = units(counts, &own, label);
            let side = Side { tally: Tally::of(&units), with_rivals: with_rivals(&units) };
            ShareRow {
                group,
                label,
                articles: side.tally.articles(),
                articles_with_label: side.tally.with_hits.articles,
                hits: side.tally.hits(),
                all: side.tally.words(),
                share: side.estimate(draws.as_ref().and_then(|draws| draws.column(label))),
                rest_share: Measured::of(Tally::of(&self::units(counts, &rest, label)).all.ratio(), Why::NoHits),
                p: tests[label].p,
                p_method: tests[label].method,
            }
        };
        (0..labels).map(row).collect()
    };
    (0..counts.groups.len()).into_par_iter().map(of_group).collect::<Vec<_>>().concat()
}

fn units(counts: &Counts<'_>, articles: &[u32], label: usize) -> Vec<Unit> {
    let labels = counts.frames.len();
    let unit = |&article: &u32| Unit {
        hits: counts.hits[article as usize * labels + label],
        words: counts.words[article as usize],
    };
    articles.iter().map(unit).collect()
}

/// Articles with a hit of another label.
fn with_rivals(units: &[Unit]) -> u32 {
    units.iter().filter(|unit| unit.hits < unit.words).count() as u32
}

/// A group and a label.
struct Side {
    tally: Tally,
    with_rivals: u32,
}

impl Side {
    fn estimate(&self, draws: Option<Resampled<'_>>) -> Estimate {
        let (n, all, hits) = (self.tally.articles(), self.tally.words(), self.tally.hits());
        let value = Measured::of(self.tally.all.ratio(), Why::NoHits);
        let without = |why| Estimate::without_interval(value, why, n, all);
        if n == 0 {
            return Estimate::missing(Why::NoHits, n, all);
        }
        if n == 1 {
            return without(Why::OneArticle);
        }
        if hits == 0 || hits == all {
            if n < FEW_ARTICLES {
                return without(Why::TooFewArticles);
            }
            let most = 3.0 / f64::from(n);
            let bound = if hits == 0 { Interval::below(most) } else { Interval::above(1.0 - most) };
            let note = Some(Note::OneSided);
            return Estimate { note, ..Estimate::with_interval(value, bound, n, all, RULE_OF_THREE) };
        }
        if self.tally.with_hits.articles.min(self.with_rivals) < MIN_WITH_HITS {
            return without(Why::TooFewArticles);
        }
        let (low, high) = self.logit_bounds(draws);
        let method = if draws.is_some() { BOOTSTRAP } else { LINEARISED };
        Estimate::with_interval(value, Interval::two_sided(logistic(low), logistic(high)), n, all, method)
    }

    fn logit_bounds(&self, draws: Option<Resampled<'_>>) -> (f64, f64) {
        let n = self.tally.articles();
        let (hits, rivals) = (self.tally.hits() as f64, (self.tally.words() - self.tally.hits()) as f64);
        // p (1 − p) Σl, the slope from the share's sum to its logit
        let slope = hits * rivals / (hits + rivals);
        let mut variance = self.tally.all.residual_variance() / (slope * slope);
        if n < LARGE {
            variance = variance.max(1.0 / hits + 1.0 / rivals);
        }
        let centre = libm::log(hits / rivals);
        let spread = t_quantile(0.5 + 0.5 * LEVEL, f64::from(n) - 1.0) * libm::sqrt(variance);
        let (mut low, mut high) = (centre - spread, centre + spread);
        if let Some(draws) = draws {
            // a draw is the log of (y + ½)/(l + 1), so what it leaves to 1 is (l − y + ½)/(l + 1)
            let logits: Vec<f64> = draws.logs().iter().map(|&log| log - libm::log1p(-libm::exp(log))).collect();
            let (from, to) = expanded_percentile(&logits, n, LEVEL);
            low = low.min(from);
            high = high.max(to);
        }
        (low, high)
    }
}

fn logistic(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}
