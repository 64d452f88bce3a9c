//! Which of the rival names of one referent a group gives it, and whether others do the same.
//!
//! In: hits of each label and of all labels per article. Out: [`ShareRow`]s of shares, intervals and tests.
//! Invariant: articles, or clusters of them, are the units; the shares of a group sum to 1; a label and its rivals together have
//! mirrored intervals.
//! It deliberately knows no words of denominator: an article that names the referent by no label says nothing.

use super::Options;
use super::measure::measure;
use super::measured::{Estimate, FEW_ARTICLES, Interval, Measured, Note, Why};
use super::rate::MIN_WITH_HITS;
use super::share_draws::{Parts, p_value};
use super::sparse::Hits;
use super::tables::{Counts, Groups};
use super::tally::Unit;
use super::units::{Body, Clusters, Units};
use rayon::prelude::*;

measure! {
    LABEL_SHARE, "estimate", "label-share";
    what: "Share of one label among all hits of the rival labels of a referent, in all articles of the group together; likewise the share of a voice among the hits of a frame.";
    formula: "Σx / Σw, w the hits of all labels; interval: logit ± t √V, logit = ln((Σx + ½)/(Σ(w − x) + ½)), V and the degrees of freedom of t those of the test (share-p)";
    unit: "share, 0 to 1";
    missing: "\"no hits\" of any label; no interval for \"one article\", nor where the label or its rivals are in fewer than 3 articles (\"too few articles\"); never or always used in 10 articles or more: only the bound 3/n or 1 − 3/n, n articles";
    source: "linearised ratio: Cochran 1977, Sampling Techniques, ch. 6; label sets: Hamborg 2020, on bias by word choice and labelling";
    beware: "A share says nothing of how often the referent is named at all: read the hits. Whose words they are is a question of voice.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              // Hits of the label, and of all labels, in four articles: 2 of 4, 0 of 3, 3 of 5, 1 of 4.\n\
              let units = [unit(2, 4), unit(0, 3), unit(3, 5), unit(1, 4)];\n\
              let share = label_share::share(&units);\n\
              assert_eq!(share.value.value(), Some(6.0 / 16.0));\n\
              assert!(share.interval.unwrap().contains(0.375));";
}

/// The method of a bound where a label is never, or always, used.
const RULE_OF_THREE: &str = "rule of three, articles";
/// The method of an interval of a share.
pub const LOGIT: &str = "t of the logit";

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

/// The share in one group; `words` of a unit are the hits of all labels.
pub fn share(units: &[Unit]) -> Estimate {
    share_of(units, None)
}

/// The same of articles that may be clustered; the clusters are those of the articles, in their order.
pub fn share_of(units: &[Unit], clusters: Option<Clusters<'_>>) -> Estimate {
    let words: Vec<u32> = units.iter().map(|unit| unit.words).collect();
    let hits: Vec<u32> = units.iter().map(|unit| unit.hits).collect();
    let articles: Vec<u32> = (0..units.len() as u32).filter(|&unit| words[unit as usize] > 0).collect();
    let body = Units::of(&words, &with_rivals(&words, &Hits::dense(&hits, 1)), &articles, clusters).whole();
    estimate(&body, 0, 1, articles.len() as u32)
}

/// Every group × label of one referent. The frames of `counts` are the labels, its words the hits of all of them.
pub fn shares_table(counts: &Counts<'_>, options: &Options) -> Vec<ShareRow> {
    let groups = Groups::of(counts, options);
    shares(&groups, 1, |group| groups.is_small(group))
}

/// The same of groups whose articles may be clustered; the groups' words are the hits of all labels. The table is one of so many
/// `tables` of one family; `is_small` tells which groups are not tested.
pub fn shares(groups: &Groups<'_>, tables: usize, is_small: impl Fn(usize) -> bool + Sync) -> Vec<ShareRow> {
    let labels = groups.frames();
    let hits = with_rivals(groups.words(), groups.hits());
    let units = |articles: &[u32]| Units::of(groups.words(), &hits, articles, groups.clusters());
    let all = units(&groups.assigned());
    let totals = all.tallies();
    let tests = groups.groups() * labels * tables;
    let of_group = |group: usize| -> Vec<ShareRow> {
        let members = groups.members(group);
        let own = units(members);
        let (body, rest) = (own.whole(), all.without(&own, &totals));
        let row = |label: usize| {
            let [one, other] = [&body, &rest].map(|body| parts(body, label, labels));
            let test = match is_small(group) && !members.is_empty() {
                true => super::permutation::Test::missing(Why::SmallGroup),
                false => p_value(&one, &other, tests as u64, groups.options(), groups.cache()),
            };
            let tally = groups.tally(group, label);
            ShareRow {
                group,
                label,
                articles: tally.articles(),
                articles_with_label: tally.with_hits.articles,
                hits: tally.hits(),
                all: tally.words(),
                share: estimate(&body, label, labels, tally.articles()),
                rest_share: Measured::of(rest.tally(label).all.ratio(), Why::NoHits),
                p: test.p,
                p_method: test.method,
            }
        };
        (0..labels).map(row).collect()
    };
    (0..groups.groups()).into_par_iter().map(of_group).collect::<Vec<_>>().concat()
}

/// The hits of each label, then those of its rivals.
fn with_rivals(all: &[u32], hits: &Hits) -> Hits {
    let labels = hits.columns();
    let mut cells = Vec::new();
    for (article, &all) in all.iter().enumerate() {
        let article = article as u32;
        cells.extend(hits.of(article).iter().map(|&(label, n)| (article, label, n)));
        let rivals = |label: usize| (article, (labels + label) as u32, all.saturating_sub(hits.at(article, label)));
        cells.extend((0..labels).map(rivals));
    }
    Hits::sorted(cells.into_iter(), all.len(), 2 * labels)
}

fn parts<'a>(body: &'a Body, label: usize, labels: usize) -> Parts<'a> {
    Parts::of(&body.tally(label), &body.tally(labels + label), body.copies(), body.words())
}

fn estimate(body: &Body, label: usize, labels: usize, articles: u32) -> Estimate {
    let parts = parts(body, label, labels);
    let tally = body.tally(label);
    let (all, hits) = (tally.words(), tally.hits());
    let value = Measured::of(tally.all.ratio(), Why::NoHits);
    let without = |why| Estimate::without_interval(value, why, articles, all);
    let n = tally.articles();
    if n == 0 {
        return Estimate::missing(Why::NoHits, articles, all);
    }
    if n == 1 {
        return without(if articles == 1 { Why::OneArticle } else { Why::OneCluster });
    }
    if hits == 0 || hits == all {
        if n < FEW_ARTICLES {
            return without(Why::TooFewArticles);
        }
        let most = 3.0 / f64::from(n);
        let bound = if hits == 0 { Interval::below(most) } else { Interval::above(1.0 - most) };
        let note = Some(Note::OneSided);
        return Estimate { note, ..Estimate::with_interval(value, bound, articles, all, RULE_OF_THREE) };
    }
    if parts.with.iter().any(|&with| with < MIN_WITH_HITS) {
        return without(Why::TooFewArticles);
    }
    let (low, high) = parts.logit_bounds();
    Estimate::with_interval(value, Interval::two_sided(logistic(low), logistic(high)), articles, all, LOGIT)
}

fn logistic(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}
