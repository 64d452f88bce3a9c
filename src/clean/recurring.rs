//! Lines that an outlet prints again and again: newsletters, credits, appeals.
//!
//! In: the noted lines of every article of the corpus, by outlet. Out: the lines that recur, and for one article where they stand.
//! Invariant: what recurs depends on the set of articles, not on their order; copies of one article count as one article.
//! It deliberately asks more of a line that reads like a sentence of the article: in a large outlet sentences recur too ("The company
//! did not respond"), and somebody's words return in every follow-up.

mod bytes;

use super::sketch::mix;
use super::summary::{LineFacts, SHORT_LINE, Summary};
use super::{Removed, Rule};
use crate::text::Span;
use crate::tokenise::ArticleTokens;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// Fewer words than this are no sentence, whatever they end with.
const SENTENCE: u32 = 6;

/// An outlet of more articles than this times the least number has sentences that recur by themselves: the share that is asked for
/// at an edge of the article, and inside it.
const SHARES: [u32; 2] = [1000, 200];

/// Lines that recur, by outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recurring {
    lines: HashMap<u64, u32, FixedState>,
}

/// The lines seen so far.
#[derive(Default)]
pub(super) struct Sightings {
    /// High and low half of the key, with the flags in the lowest byte; then the article. Three halves keep it at twelve bytes.
    seen: Vec<[u32; 3]>,
    /// Articles of each outlet, for shares.
    outlets: BTreeMap<u64, u32>,
    /// Outlet of each article.
    outlet_of: Vec<u32>,
    numbers: BTreeMap<u64, u32>,
}

const AT_EDGE: u32 = 1;
const IS_SENTENCE: u32 = 2;
const IS_LONG: u32 = 4;
/// The flags' part of the lower half.
const FLAGS: u32 = 0xff;

/// The name of a line in an outlet; its lowest byte is free for flags.
fn key(outlet: u64, line: u64) -> u64 {
    mix(outlet.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ line) & !u64::from(FLAGS)
}

impl Sightings {
    /// Notes the lines of an article; `None` where it is an exact copy of an earlier one, which is no further sighting.
    pub(super) fn push(&mut self, outlet: u64, article: u32, summary: Option<&Summary<'_>>) {
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(outlet).or_insert(next);
        self.outlet_of.push(number);
        let Some(summary) = summary else { return };
        *self.outlets.entry(outlet).or_default() += 1;
        for (&line, &facts) in summary.line_hashes.iter().zip(summary.line_facts) {
            let facts = LineFacts::unpack(facts);
            let key = key(outlet, line);
            let mut flags = 0;
            if facts.at_edge {
                flags |= AT_EDGE;
            }
            if facts.is_sentence && facts.words >= SENTENCE {
                flags |= IS_SENTENCE;
            }
            if facts.words > SHORT_LINE {
                flags |= IS_LONG;
            }
            self.seen.push([(key >> 32) as u32, key as u32 | flags, article]);
        }
    }

    /// The lines that recur in at least `least` families of articles; `family_of` gives copies of one article one number.
    pub(super) fn finish(mut self, least: u32, family_of: impl Fn(u32) -> u32) -> Recurring {
        self.seen.sort_unstable();
        let outlets: BTreeMap<u32, u32> = self
            .numbers
            .iter()
            .map(|(outlet, &number)| (number, self.outlets.get(outlet).copied().unwrap_or(0)))
            .collect();
        let mut lines = HashMap::with_hasher(FixedState::with_seed(0));
        let mut families = Vec::new();
        for run in self.seen.chunk_by(|a, b| a[0] == b[0] && a[1] & !FLAGS == b[1] & !FLAGS) {
            if (run.len() as u32) < least {
                continue;
            }
            families.clear();
            families.extend(run.iter().map(|seen| family_of(seen[2])));
            families.sort_unstable();
            families.dedup();
            let articles = outlets.get(&self.outlet_of[run[0][2] as usize]).copied().unwrap_or(0);
            if families.len() as u32 >= asked(run, least, articles) {
                let key = u64::from(run[0][0]) << 32 | u64::from(run[0][1] & !FLAGS);
                lines.insert(key, families.len() as u32);
            }
        }
        Recurring { lines }
    }
}

/// How many articles a line must stand in to be furniture, in an outlet of so many.
fn asked(run: &[[u32; 3]], least: u32, articles: u32) -> u32 {
    let most = |flag| run.iter().filter(|seen| seen[1] & flag != 0).count() * 2 > run.len();
    let is_inside = !most(AT_EDGE);
    let mut asked = least;
    if most(IS_SENTENCE) {
        asked = if is_inside { least * 2 } else { least }.max(articles / SHARES[usize::from(is_inside)]);
    }
    if most(IS_LONG) { asked.max(least * 2) } else { asked }
}

impl Recurring {
    /// Number of lines.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// True where no line recurs.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// True where one of the lines of an article from a paragraph on recurs.
    pub(super) fn holds_from(&self, summary: &Summary<'_>, paragraph: u32, outlet: u64) -> bool {
        let lines = summary.line_hashes.iter().zip(summary.line_facts);
        let mut ending = lines.filter(|(_, facts)| LineFacts::unpack(**facts).paragraph >= paragraph);
        ending.any(|(&line, _)| self.lines.contains_key(&key(outlet, line)))
    }

    /// Appends the recurring lines of an article.
    pub(super) fn find(
        &self,
        article: &ArticleTokens<'_>,
        summary: &Summary<'_>,
        outlet: u64,
        removed: &mut Vec<Removed>,
    ) {
        if self.lines.is_empty() {
            return;
        }
        let first = removed.len();
        for (&line, &facts) in summary.line_hashes.iter().zip(summary.line_facts) {
            let Some(articles) = self.lines.get(&key(outlet, line)) else { continue };
            let facts = LineFacts::unpack(facts);
            let Some(&start) = article.paragraphs.get(facts.paragraph as usize) else { continue };
            removed.push(Removed {
                tokens: Span::new(start, start + facts.words),
                rule: Rule::Recurring,
                evidence: format!("in {articles} articles of the outlet"),
            });
        }
        // an article that says little else is itself what recurs: a daily notice, a table; it stays
        let words: u32 = removed[first..].iter().map(|r| r.tokens.len()).sum();
        if words as usize * 2 > article.types.len() {
            removed.truncate(first);
        }
    }
}
