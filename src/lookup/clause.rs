//! Whom a hit speaks of: the target that is named in its own words, or beside them in one clause.
//!
//! In: hits and mentions of targets in a shard, the words that join clauses. Out: each counted hit knows whom it speaks of, where that is
//! sure enough.
//! Invariant: between a hit and its target stand at most [`REACH`] words, no mark that parts clauses and no word that joins them; a name
//! inside a longer name (*the Washington Post*) or behind a hyphen (*pro-Moscow*) is none. The order of targets never matters.
//! It deliberately parses no grammar, and leaves open what it cannot tell: half of the targets that merely stand near are not spoken of.

use super::Hit;
use super::ids::TargetId;
use crate::index::{Shard, TextReader};
use crate::text::{Language, ShardToken, Span};
use crate::tokenise::TypeId;
use crate::voice::Cues;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Words that may stand between.
const REACH: u32 = 6;

/// Marks that part clauses, quote, or stand around an aside.
const MARKS: &[char] =
    &[',', ';', ':', '!', '?', '…', '(', ')', '[', ']', '—', '–', '"', '“', '”', '„', '«', '»', '|', '/', '\n'];

/// Gives each counted hit the target that it speaks of. `mentions` are counted ones, ascending.
pub(super) fn assign(
    shard: &Shard,
    mentions: &[Hit<TargetId>],
    names: &[String],
    cues: &BTreeMap<Language, Cues>,
    hits: &mut [Hit],
) {
    let mut clauses = Clauses { shard, reader: shard.reader(), cues, names };
    let longest = mentions.iter().map(|mention| mention.tokens.len()).max().unwrap_or(0);
    for hit in hits {
        // no mention elsewhere is near
        let first = hit.tokens.start.saturating_sub(longest + REACH);
        let here = &mentions[mentions.partition_point(|mention| mention.tokens.start < first)..];
        let here = &here[..here.partition_point(|mention| mention.tokens.start <= hit.tokens.end + REACH)];
        hit.spoken_of = if hit.uncounted.is_none() { clauses.target(hit, here) } else { None };
    }
}

struct Clauses<'a> {
    shard: &'a Shard,
    reader: TextReader<'a>,
    cues: &'a BTreeMap<Language, Cues>,
    names: &'a [String],
}

/// A mention by how well it fits: named in the hit itself, then the nearer, the one before, the longer, by name.
type Fit<'n> = (bool, u32, bool, Reverse<u32>, &'n str, TargetId);

fn fit<'n>(names: &'n [String], hit: &Hit, mention: &Hit<TargetId>) -> Fit<'n> {
    let (tokens, is_after) = (mention.tokens, mention.tokens.start >= hit.tokens.end);
    let distance = if is_after { tokens.start - hit.tokens.end } else { hit.tokens.start.saturating_sub(tokens.end) };
    let name = names.get(mention.frame.index()).map_or("", String::as_str);
    (!tokens.overlaps(&hit.tokens), distance, is_after, Reverse(tokens.len()), name, mention.frame)
}

impl Clauses<'_> {
    fn target(&mut self, hit: &Hit, mentions: &[Hit<TargetId>]) -> Option<TargetId> {
        let near = |mention: &&Hit<TargetId>| {
            mention.article == hit.article && mention.tokens.end + REACH + 1 > hit.tokens.start
        };
        let names = self.names;
        let mut fits: Vec<(Fit<'_>, Span<ShardToken>)> =
            mentions.iter().filter(near).map(|mention| (fit(names, hit, mention), mention.tokens)).collect();
        fits.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        fits.into_iter().find(|(fit, tokens)| !fit.0 || self.is_of_clause(hit, *tokens)).map(|(fit, _)| fit.5)
    }

    /// Nothing between the hit and a mention parts clauses, and the mention is a name of its own.
    fn is_of_clause(&mut self, hit: &Hit, mention: Span<ShardToken>) -> bool {
        let article = hit.article as usize;
        let begin = self.shard.range(article).start;
        let between = match mention.start >= hit.tokens.end {
            true => Span::new(hit.tokens.end, mention.start),
            false => Span::new(mention.end, hit.tokens.start),
        };
        let cues = self.cues.get(&self.shard.languages()[article]);
        let joins = |id: TypeId| cues.is_some_and(|cues| cues.joins_clauses(self.shard.types().folded(id)));
        let sentences = self.shard.sentences(article);
        let sentence = |token: u32| sentences.partition_point(|&first| first <= token - begin);
        let is_one = sentence(between.start - 1) == sentence(between.end);
        if between.len() > REACH || !is_one || self.shard.types_of(between).any(joins) {
            return false;
        }
        self.reader.open(article);
        let from = self.reader.span(between.start - begin - 1).end as usize;
        let to = self.reader.span(between.end - begin).start as usize;
        let parts = |text: &str| text.contains(MARKS) || text.contains(" - ");
        let is_whole = self.reader.text().get(from..to).is_some_and(|text| !parts(text));
        is_whole && !self.ends_compound(article, mention) && !self.is_in_longer_name(article, mention, hit.tokens)
    }

    /// *pro-Moscow*, *anti-Western*: a hyphen makes of the name a quality of somebody else.
    fn ends_compound(&mut self, article: usize, mention: Span<ShardToken>) -> bool {
        let begin = self.shard.range(article).start;
        let start = self.reader.span(mention.start - begin).start as usize;
        let before = self.reader.text().get(..start).unwrap_or_default();
        let stem = before.strip_suffix(['-', '\u{2010}', '\u{2011}']);
        stem.is_some_and(|stem| stem.ends_with(char::is_alphabetic))
    }

    /// A word with a capital stands right before or behind the mention, and is neither the first of its sentence nor of the hit.
    fn is_in_longer_name(&mut self, article: usize, mention: Span<ShardToken>, hit: Span<ShardToken>) -> bool {
        let range = self.shard.range(article);
        let is_first = |token: u32| self.shard.sentences(article).binary_search(&(token - range.start)).is_ok();
        let before = mention.start > range.start && !is_first(mention.start) && !is_first(mention.start - 1);
        let behind = mention.end < range.end && !is_first(mention.end);
        // the last word before a gap, and the word of the two that is not of the mention
        let pairs = [(before, mention.start.wrapping_sub(1), 0), (behind, mention.end.wrapping_sub(1), 1)];
        pairs.into_iter().filter(|(is_there, ..)| *is_there).any(|(_, last, stranger)| {
            let word = last + stranger;
            if (hit.start..hit.end).contains(&word) {
                return false;
            }
            let [one, other, word] = [last, last + 1, word].map(|token| self.reader.span(token - range.start));
            let text = self.reader.text();
            let is_beside = text.get(one.end as usize..other.start as usize) == Some(" ");
            is_beside && text.get(word.range()).is_some_and(|word| word.starts_with(char::is_uppercase))
        })
    }
}
