//! Keyness of a whole vocabulary, with a test over articles beside the descriptive scores.
//!
//! In: words per article, the side of each article, and per word the articles that have it. Out: one row per word.
//! Invariant: the order of the articles and of the words never enters; a row's cost follows the articles that have it.
//! It deliberately prints no p for a word of which no dealing could be significant.

use super::super::Options;
use super::super::carriers::carriers;
use super::super::log_ratio::{Side as Compared, between, hardie, smoothed};
use super::super::measured::{Estimate, Measured, Why};
use super::super::multiplicity::{benjamini_hochberg, family};
use super::super::permutation::{Extremity, SAMPLED, Shape, Test, common, p_of, welch};
use super::super::rate::LARGE;
use super::super::ratio::Moments;
use super::super::tally::{Tally, Unit, chosen};
use super::dealings::Dealings;
use super::g_squared::g_squared;
use super::table::{Direction, Table};
use super::text_dispersion::text_dispersion;
use rayon::prelude::*;

/// Articles drawn in all dealings together; beyond it there are fewer dealings, but never fewer than [`FIRST`].
const MOST_DRAWN: usize = 20_000_000;
/// Dealings that every word gets; only a word with at most [`FEW_EXTREME`] as extreme among them gets all.
const FIRST: usize = 999;
const FEW_EXTREME: usize = 10;

/// A word in at most one of so many articles is tested by the articles that have it.
const RARE: u32 = 5;

/// Where an article belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the group that is described.
    Focus,
    /// To what it is compared with.
    Reference,
    /// To neither.
    Neither,
}

/// The articles that have a word, each once, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Postings<'a> {
    /// Indices of articles.
    pub articles: &'a [u32],
    /// Occurrences in each.
    pub counts: &'a [u32],
}

/// A word's keyness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordRow {
    /// Counts and sizes, from which every measure of `keyness` can be had.
    pub table: Table,
    /// Articles that have the word, focus and reference.
    pub articles: [u32; 2],
    /// In which group it is relatively more frequent.
    pub direction: Direction,
    /// Hardie's log ratio.
    pub log_ratio: Measured,
    /// The smoothed log ratio; its interval over articles where both groups are large.
    pub smoothed_log_ratio: Estimate,
    /// G² over four cells: descriptive.
    pub g_squared: Measured,
    /// G² over articles: descriptive.
    pub text_dispersion: Measured,
    /// Two-sided p over articles.
    pub p: Measured,
    /// Its method; empty where it is missing.
    pub p_method: &'static str,
    /// Benjamini–Hochberg q over all words that have a p.
    pub q: Measured,
    /// Number of tests in that family.
    pub family: usize,
}

/// One row per word. `name` names the comparison's random stream.
pub fn of_words(
    words: &[u32],
    side: &[Side],
    vocabulary: &[Postings<'_>],
    name: &str,
    options: &Options,
) -> Vec<WordRow> {
    let groups = Groups::of(words, side, name, options);
    let mut rows: Vec<WordRow> = vocabulary.par_iter().map(|&postings| groups.row(postings)).collect();
    let ps: Vec<Measured> = rows.iter().map(|row| row.p).collect();
    let size = family(&ps);
    for (row, q) in rows.iter_mut().zip(benjamini_hochberg(&ps)) {
        row.q = q;
        row.family = size;
    }
    rows
}

/// Sums over the articles of one side that have the word.
#[derive(Clone, Copy, Default)]
struct Sums {
    articles: u32,
    hits: u64,
    hits_squared: u128,
    cross: u128,
}

impl Sums {
    fn add(&mut self, hits: u32, words: u32) {
        if hits > 0 && words > 0 {
            self.articles += 1;
            self.hits += u64::from(hits);
            self.hits_squared += u128::from(u64::from(hits) * u64::from(hits));
            self.cross += u128::from(u64::from(hits) * u64::from(words));
        }
    }

    /// The side's tally; of the articles with hits only their number is filled in, which is all that is asked for here.
    fn tally(&self, empty: &Tally) -> Tally {
        let all = empty.all.with_tops(self.hits.into(), self.hits_squared as i128, self.cross as i128);
        let with_hits = Moments { articles: self.articles, ..Moments::default() };
        Tally { all, with_hits, ..*empty }
    }
}

/// What all words share.
struct Groups<'a> {
    words: &'a [u32],
    side: &'a [Side],
    /// Sums without any hit, focus and reference.
    empty: [Tally; 2],
    /// Position of the first article of this length, articles being sorted by length.
    first_of_length: Vec<(u32, u32)>,
    dealings: Option<Dealings>,
    options: &'a Options,
}

impl<'a> Groups<'a> {
    fn of(words: &'a [u32], side: &'a [Side], name: &str, options: &'a Options) -> Groups<'a> {
        let mut empty = [Tally::default(); 2];
        let articles = chosen(words, |article| side[article] != Side::Neither);
        for &article in &articles {
            let unit = Unit { hits: 0, words: words[article as usize] };
            empty[usize::from(side[article as usize] == Side::Reference)].add(unit);
        }
        let mut lengths: Vec<u32> = articles.iter().map(|&article| words[article as usize]).collect();
        lengths.sort_unstable();
        let mut first_of_length: Vec<(u32, u32)> = Vec::new();
        for (place, &length) in lengths.iter().enumerate() {
            if first_of_length.last().is_none_or(|last| last.0 != length) {
                first_of_length.push((length, place as u32));
            }
        }
        let [focus, reference] = empty.map(|tally| tally.articles() as usize);
        let smaller = focus.min(reference);
        let dealings = (2..LARGE as usize).contains(&smaller).then(|| {
            let count = (MOST_DRAWN / smaller).clamp(FIRST, (options.permutations as usize).max(FIRST));
            Dealings::draw(&lengths, focus, count, options.seed, &[name])
        });
        Groups { words, side, empty, first_of_length, dealings, options }
    }

    fn row(&self, postings: Postings<'_>) -> WordRow {
        let mut sums = [Sums::default(); 2];
        for (&article, &hits) in postings.articles.iter().zip(postings.counts) {
            let words = self.words[article as usize];
            match self.side[article as usize] {
                Side::Focus => sums[0].add(hits, words),
                Side::Reference => sums[1].add(hits, words),
                Side::Neither => {}
            }
        }
        let [a, b] = &[sums[0].tally(&self.empty[0]), sums[1].tally(&self.empty[1])];
        let table = Table::new(a.hits(), b.hits(), a.words(), b.words());
        let with = [a.with_hits.articles, b.with_hits.articles];
        let test = self.test(a, b, postings);
        let text_dispersion = text_dispersion(with[0].into(), with[1].into(), a.articles().into(), b.articles().into());
        WordRow {
            table,
            articles: with,
            direction: table.direction(),
            log_ratio: hardie(table.a, table.c, table.b, table.d),
            smoothed_log_ratio: self.effect(a, b),
            g_squared: g_squared(table),
            text_dispersion,
            p: test.p,
            p_method: test.method,
            q: test.p,
            family: 0,
        }
    }

    /// Words and hits of the articles that have the word.
    fn carriers(&self, postings: Postings<'_>) -> Vec<(u32, u32)> {
        let pairs = postings.articles.iter().zip(postings.counts);
        let inside = |article: u32| self.side[article as usize] != Side::Neither;
        pairs
            .filter(|&(&article, &hits)| inside(article) && hits > 0)
            .map(|(&article, &hits)| (self.words[article as usize], hits))
            .filter(|&(words, _)| words > 0)
            .collect()
    }

    fn effect(&self, a: &Tally, b: &Tally) -> Estimate {
        let one = |tally| Compared { tally, draws: None, names: ["", ""] };
        if a.articles().min(b.articles()) >= LARGE {
            return between(one(a), one(b), self.options);
        }
        let (n, words) = (a.articles() + b.articles(), a.words() + b.words());
        let value = smoothed(a.hits(), a.words(), b.hits(), b.words());
        match value.why() {
            Some(why) => Estimate::missing(why, n, words),
            None => Estimate::without_interval(value, Why::TooFewArticles, n, words),
        }
    }

    fn test(&self, a: &Tally, b: &Tally, postings: Postings<'_>) -> Test {
        let missing = |why| Test { p: Measured::Missing(why), method: "" };
        let smaller = a.articles().min(b.articles());
        if smaller < 2 {
            return missing(if smaller == 0 { Why::NoArticles } else { Why::OneArticle });
        }
        let with = a.with_hits.articles + b.with_hits.articles;
        if with == 0 {
            return missing(Why::NoHits);
        }
        if smaller >= LARGE && common(a, b) {
            return welch(a, b);
        }
        let mut places = self.carriers(postings);
        let dealings = match &self.dealings {
            Some(dealings) if with > (a.articles() + b.articles()) / RARE => dealings,
            _ => {
                let marks: Vec<u32> = places.iter().map(|place| place.1).collect();
                return carriers(&marks, a.hits(), a.words(), b.words());
            }
        };
        self.place(&mut places);
        let (hits, words) = (a.hits() + b.hits(), a.words() + b.words());
        let extremity =
            |found: u64, focus: u64| Extremity::of(found, hits - found, focus as f64, (words - focus) as f64, 0, 0);
        let seen = extremity(a.hits(), a.words());
        let deal = |count: usize| -> Vec<Extremity> {
            let found = dealings.focus_hits(&places, count);
            let mut drawn: Vec<Extremity> =
                found.into_iter().zip(&dealings.focus_words).map(|(found, &focus)| extremity(found, focus)).collect();
            drawn.push(seen);
            drawn
        };
        let mut drawn = deal(FIRST.min(dealings.count));
        let extreme = drawn.iter().filter(|dealing| dealing.compare(&seen).is_ge()).count();
        if extreme <= FEW_EXTREME && dealings.count > FIRST {
            drawn = deal(dealings.count);
        }
        let p = p_of(&mut drawn, seen, Shape { smaller_side: smaller as usize, mirrored: false });
        Test { p, method: if p.value().is_some() { SAMPLED } else { "" } }
    }

    /// Turns lengths into positions: within articles of equal length the word's counts take the first places in order,
    /// which does not change the distribution of its dealings and frees it from the order of the articles.
    fn place(&self, carriers: &mut [(u32, u32)]) {
        carriers.sort_unstable();
        let mut taken = 0;
        let mut last = None;
        for carrier in carriers {
            let at = self.first_of_length.partition_point(|&(length, _)| length < carrier.0);
            taken = if last == Some(carrier.0) { taken + 1 } else { 0 };
            last = Some(carrier.0);
            carrier.0 = self.first_of_length[at].1 + taken;
        }
    }
}
