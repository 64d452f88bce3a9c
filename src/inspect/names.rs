//! The longer names that a hit stands in: `security` in *Security Council*.
//!
//! In: a shard and a hit. Out: every stretch of capitalised words that is longer than the hit and holds it, folded.
//! Invariant: a name stays in its sentence, and no punctuation stands in it.
//! It deliberately believes no capitals where they say nothing: at the start of a sentence, and in a headline.

use crate::index::{Shard, TextReader};
use crate::lookup::Hit;
use crate::tokenise::ArticleTokens;
use std::ops::Range;

/// Words looked at on each side.
const REACH: usize = 3;

/// A sentence with this many capitalised words in a hundred is a headline, unless it is short.
const HEADLINE: usize = 60;

/// Shorter sentences may be all name.
const SHORT: usize = 6;

pub(super) fn names(shard: &Shard, reader: &mut TextReader<'_>, hit: &Hit) -> Vec<String> {
    let view = reader.article(hit.article as usize);
    let first = shard.range(hit.article as usize).start;
    let Range { start, end } = hit.tokens.in_article(first).range();
    if !(start..end).all(|token| is_capitalised(&view, token)) {
        return Vec::new();
    }
    let next = view.sentences.partition_point(|&begin| begin as usize <= start);
    let begin = view.sentences[next - 1] as usize;
    let stop = view.sentences.get(next).map_or(view.spans.len(), |&begin| begin as usize);
    let capitals = (begin..stop).filter(|&token| is_capitalised(&view, token)).count();
    if stop - begin >= SHORT && capitals * 100 > (stop - begin) * HEADLINE {
        return Vec::new();
    }
    let mut from = start;
    // the first word of a sentence is capitalised anyway
    while from > begin + 1 && start - from < REACH && is_capitalised(&view, from - 1) && joins(&view, from) {
        from -= 1;
    }
    let mut to = end;
    while to < stop && to - end < REACH && is_capitalised(&view, to) && joins(&view, to) {
        to += 1;
    }
    let stretch = |a: usize, b: usize| {
        let words: Vec<&str> = view.types[a..b].iter().map(|&id| shard.types().folded(id)).collect();
        words.join(" ")
    };
    let mut found = Vec::new();
    for a in from..=start {
        found.extend((end..=to).filter(|&b| b - a > end - start).map(|b| stretch(a, b)));
    }
    found
}

fn is_capitalised(view: &ArticleTokens<'_>, token: usize) -> bool {
    view.text[view.spans[token].range()].chars().next().is_some_and(char::is_uppercase)
}

/// True where nothing but a space or a hyphen parts a word from the one before, and that one is no possessive.
fn joins(view: &ArticleTokens<'_>, token: usize) -> bool {
    let before = view.spans[token - 1];
    let between = &view.text[before.end as usize..view.spans[token].start as usize];
    let word = &view.text[before.range()];
    matches!(between, " " | "-" | "\u{a0}") && !word.ends_with("'s") && !word.ends_with("’s")
}

/// Names that are not merely part of a longer one of the list: `security council`, not `council` where it never stands alone.
pub(super) fn closed(names: &std::collections::BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let is_part = |part: &str, whole: &str| format!(" {whole} ").contains(&format!(" {part} "));
    let all: Vec<(&String, u64)> = names.iter().map(|(name, &n)| (name, n)).collect();
    let largest = all.iter().map(|&(_, n)| n).max().unwrap_or(0);
    // what is rare beside the largest is told by nobody
    let worth: Vec<(&String, u64)> = all.into_iter().filter(|&(_, n)| n * 20 >= largest).collect();
    let open =
        |name: &str, n: u64| worth.iter().any(|&(other, m)| m == n && other.len() > name.len() && is_part(name, other));
    worth.iter().filter(|&&(name, n)| !open(name, n)).map(|&(name, n)| (name.clone(), n)).collect()
}
