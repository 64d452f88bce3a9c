//! Which words stand beside chosen words and frames more than chance would put them there.
//!
//! In: what stands within reach of each node, and how often each word stands anywhere. Out: rows by node, scope and strength.
//! Invariant: chance is the word's share of all words times the words within reach that were really looked at: borders cut windows,
//! so twice the window times the hits would be too many.
//! It deliberately shows attraction only: a word that is rarer beside the node than elsewhere is in no row.

use super::Scope;
use crate::aggregate::Counts;
use crate::aggregate::lexical::{Lexical, Reach, Unit};
use crate::statistics::Measured;
use crate::statistics::association::Pair;
use crate::statistics::association::g_squared::pair_g_squared;
use crate::statistics::association::log_dice::log_dice;
use crate::statistics::association::mutual_information::mutual_information;
use crate::statistics::association::mutual_information_cubed::mutual_information_cubed;
use crate::statistics::association::mutual_information_normed::mutual_information_normed;
use crate::statistics::association::t_score::t_score;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a study may set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// `#frame`, `@target`, or a pattern in the language of entries.
    pub terms: Vec<String>,
    /// Words on each side.
    pub window: u32,
    /// Look at the whole sentence instead.
    pub sentence: bool,
    /// Let windows reach into the next sentence.
    pub across_sentences: bool,
    /// What counts as one word.
    pub unit: Unit,
    /// Look only at words in the voices that the study counts.
    pub counted_voices: bool,
    /// Collocates shown of each term and scope; 0 = all.
    pub top: usize,
    /// A word that meets the term less often is not shown.
    pub min_hits: u64,
    /// Nor is one that meets it in fewer articles.
    pub min_articles: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            terms: Vec::new(),
            window: 5,
            sentence: false,
            across_sentences: false,
            unit: Unit::Surface,
            counted_voices: false,
            top: 50,
            min_hits: 3,
            min_articles: 2,
        }
    }
}

impl Options {
    /// How far to look.
    pub fn reach(&self) -> Reach {
        match self.sentence {
            true => Reach::Sentence,
            false => Reach::Window { words: self.window, across_sentences: self.across_sentences },
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Number of the term.
    pub term: usize,
    /// Whose articles.
    pub scope: Scope,
    /// The collocate.
    pub word: String,
    /// Surface forms within reach, where words are stems.
    pub forms: Vec<(String, u64)>,
    /// Hits of the term.
    pub hits: u64,
    /// Words within reach of them.
    pub places: u64,
    /// Times the word stands there.
    pub together: u64,
    /// Articles in which it does.
    pub articles: u32,
    /// Times the word stands anywhere.
    pub frequency: u64,
    /// Words of the scope.
    pub words: u64,
    /// Times together by chance.
    pub expected: f64,
    /// Scores; logDice ranks.
    pub log_dice: Measured,
    /// Mutual information.
    pub pmi: Measured,
    /// Normalised.
    pub npmi: Measured,
    /// Cubed.
    pub mi3: Measured,
    /// t score.
    pub t: Measured,
    /// G².
    pub g2: Measured,
}

/// Every row.
pub struct Collocates {
    /// The terms as they were named.
    pub terms: Vec<String>,
    /// By term, then scope, then logDice.
    pub rows: Vec<Row>,
}

impl Collocates {
    /// Scores what stands beside each term.
    pub fn of(counts: &Counts, sums: &Lexical, options: &Options) -> Collocates {
        Collocates { terms: options.terms.clone(), rows: rows(counts, sums, options) }
    }
}

/// Sums of one word beside one term in one scope.
#[derive(Clone, Default)]
struct CollocateSums {
    together: u64,
    articles: u32,
    last: Option<u32>,
    forms: BTreeMap<u32, u64>,
}

fn rows(counts: &Counts, sums: &Lexical, options: &Options) -> Vec<Row> {
    let Some(words) = &sums.words else { return Vec::new() };
    let by_word = words.by_word(options.unit);
    let mut rows = Vec::new();
    for term in 0..options.terms.len() {
        let of_term = |row: &&(u32, u32, u32, u32)| row.0 as usize == term;
        let nodes: Vec<_> = sums.collocates.nodes.iter().filter(of_term).collect();
        let collocates: Vec<_> = sums.collocates.words.iter().filter(of_term).collect();
        for scope in Scope::each(counts.groups.len()) {
            let inside = |article: u32| scope.holds(counts.group_of[article as usize]);
            let (mut hits, mut places) = (0, 0);
            for &&(_, _, n, reached) in nodes.iter().filter(|row| inside(row.1)) {
                hits += u64::from(n);
                places += u64::from(reached);
            }
            let own = (0..).zip(&by_word.words).filter(|(article, _)| inside(*article));
            let size: u64 = own.map(|(_, &n)| u64::from(n)).sum();
            let mut of_word: BTreeMap<u32, Vec<(u32, u32, u32)>> = BTreeMap::new();
            for &&(_, form, article, n) in collocates.iter().filter(|row| inside(row.2)) {
                of_word.entry(by_word.of_form(form)).or_default().push((article, form, n));
            }
            let row = |(word, found): (u32, Vec<(u32, u32, u32)>)| {
                let of_word = CollocateSums::of(found);
                if of_word.together < options.min_hits.max(1) || of_word.articles < options.min_articles {
                    return None;
                }
                let (articles, ns) = by_word.postings(word as usize);
                let own = articles.iter().zip(ns).filter(|(article, _)| inside(**article));
                let frequency = own.map(|(_, &n)| u64::from(n)).sum();
                let text = by_word.texts[word as usize].clone();
                let forms =
                    if options.unit == Unit::Stem { of_word.forms(|form| words.form(form)) } else { Vec::new() };
                scored(Row { term, scope, frequency, hits, places, words: size, forms, ..Row::of_word(text, &of_word) })
            };
            let mut found: Vec<Row> = of_word.into_par_iter().filter_map(row).collect();
            found.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then_with(|| a.word.cmp(&b.word)));
            if options.top > 0 {
                found.truncate(options.top);
            }
            rows.extend(found);
        }
    }
    rows
}

fn strength(row: &Row) -> f64 {
    row.log_dice.value().unwrap_or(f64::MIN)
}

impl CollocateSums {
    fn of(mut found: Vec<(u32, u32, u32)>) -> CollocateSums {
        found.sort_unstable();
        let mut of_word = CollocateSums::default();
        for (article, form, n) in found {
            of_word.together += u64::from(n);
            of_word.articles += u32::from(of_word.last != Some(article));
            of_word.last = Some(article);
            *of_word.forms.entry(form).or_default() += u64::from(n);
        }
        of_word
    }

    fn forms<'t>(&self, text: impl Fn(u32) -> &'t str) -> Vec<(String, u64)> {
        let mut forms: Vec<(String, u64)> = self.forms.iter().map(|(&form, &n)| (text(form).to_string(), n)).collect();
        forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        forms
    }
}

impl Row {
    fn of_word(word: String, of_word: &CollocateSums) -> Row {
        let none = Measured::Missing(crate::statistics::Why::NoHits);
        Row {
            term: 0,
            scope: Scope::All,
            word,
            forms: Vec::new(),
            hits: 0,
            places: 0,
            together: of_word.together,
            articles: of_word.articles,
            frequency: 0,
            words: 0,
            expected: 0.0,
            log_dice: none,
            pmi: none,
            npmi: none,
            mi3: none,
            t: none,
            g2: none,
        }
    }
}

/// The row with its scores, where the word is drawn to the term.
fn scored(row: Row) -> Option<Row> {
    let pair = Pair { together: row.together, x: row.places, y: row.frequency, n: row.words, window: 0 };
    let expected = pair.expected();
    let scored = Row {
        expected,
        log_dice: log_dice(Pair { x: row.hits, ..pair }),
        pmi: mutual_information(pair),
        npmi: mutual_information_normed(pair),
        mi3: mutual_information_cubed(pair),
        t: t_score(pair),
        g2: pair_g_squared(pair),
        ..row
    };
    (scored.together as f64 > expected).then_some(scored)
}
