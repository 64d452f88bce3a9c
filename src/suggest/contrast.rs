//! Words and phrases that stand in some units more than in others.
//!
//! In: a text, which units are of the frame, which words it has already. Out: terms with their counts, the most over-represented first.
//! Invariant: a term never holds a word that is taken; the order depends on the counts and the spelling alone.
//! It deliberately counts a unit once for a term, however often the term stands there.

use super::text::Text;
use crate::statistics::candidates::over_representation;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// One to three stems in a row; the rest is [`NONE`].
pub(super) type Term = [u32; 3];

/// No word.
pub(super) const NONE: u32 = u32::MAX;

/// A term and what speaks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Contrasted {
    pub term: Term,
    /// [`over_representation`].
    pub z: f64,
    /// Units of the frame that have it.
    pub with: u32,
}

/// From when on a term is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Least {
    /// Units of the frame that have it.
    pub units: u32,
    /// z.
    pub z: f64,
    /// How many times as often it stands in units of the frame as in others: words of every kind of sentence are a little more frequent here
    /// or there.
    pub times: f64,
}

type Counts = HashMap<Term, [u32; 2], FixedState>;

/// Calls `each` with every term of some words, none of which is taken.
pub(super) fn terms(words: &[u32], taken: &[bool], mut each: impl FnMut(usize, Term)) {
    for start in 0..words.len() {
        let mut term = [NONE; 3];
        for length in 0..3.min(words.len() - start) {
            if taken[start + length] {
                break;
            }
            term[length] = words[start + length];
            each(start, term);
        }
    }
}

/// The terms that stand in `positive` units more often than in the others; units that are no `part` take no part.
pub(super) fn contrast(
    text: &Text,
    taken: &[bool],
    positive: &[bool],
    part: impl Fn(usize) -> bool,
    least: Least,
) -> Vec<Contrasted> {
    let (mut n1, mut n0) = (0u64, 0u64);
    let mut counts: Counts = HashMap::with_hasher(FixedState::with_seed(0));
    let mut own: Vec<Term> = Vec::new();
    let of_unit = |unit: usize, own: &mut Vec<Term>| {
        let (from, to) = text.units[unit].words;
        own.clear();
        terms(&text.words[from..to], &taken[from..to], |_, term| own.push(term));
        own.sort_unstable();
        own.dedup();
    };
    for unit in (0..text.units.len()).filter(|&unit| part(unit) && positive[unit]) {
        n1 += 1;
        of_unit(unit, &mut own);
        own.iter().for_each(|&term| counts.entry(term).or_default()[0] += 1);
    }
    counts.retain(|_, count| count[0] >= least.units);
    for unit in (0..text.units.len()).filter(|&unit| part(unit) && !positive[unit]) {
        n0 += 1;
        of_unit(unit, &mut own);
        for term in &own {
            if let Some(count) = counts.get_mut(term) {
                count[1] += 1;
            }
        }
    }
    let scored = counts.into_iter().map(|(term, [a, b])| {
        let z = over_representation(u64::from(a), n1, u64::from(b), n0);
        (Contrasted { term, z, with: a }, as_often((a, n1), (b, n0), least.times))
    });
    let mut found: Vec<Contrasted> =
        scored.filter(|(of, is_often)| of.z >= least.z && *is_often).map(|(of, _)| of).collect();
    found.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| spelt(text, a.term).cmp(&spelt(text, b.term))));
    found
}

fn as_often((a, n1): (u32, u64), (b, n0): (u32, u64), times: f64) -> bool {
    f64::from(a) * n0 as f64 >= times * f64::from(b) * n1 as f64
}

/// A term as an entry is written.
pub(super) fn spelt(text: &Text, term: Term) -> String {
    let words: Vec<&str> = term.iter().filter(|&&stem| stem != NONE).map(|&stem| text.shown(stem)).collect();
    words.join(" ")
}

/// The first so many of which no two share a word.
pub(super) fn apart(found: &[Contrasted], most: usize) -> Vec<Contrasted> {
    let mut chosen: Vec<Contrasted> = Vec::new();
    for of in found {
        let shares = |other: &Contrasted| other.term.iter().any(|stem| *stem != NONE && of.term.contains(stem));
        if chosen.len() < most && !chosen.iter().any(shares) {
            chosen.push(*of);
        }
    }
    chosen
}
