//! Every place where an entry's pattern fits, before overlaps are settled.
//!
//! In: a plan and a shard. Out: candidates by lexicon, with those that an `except` entry covers taken out.
//! Invariant: a candidate lies inside one article.
//! A phrase lies inside one sentence: it may cross commas and wrapped lines, never the end of a sentence, a paragraph or the headline.
//! It deliberately starts a phrase from its rarest word.

use super::ids::{EntryId, FrameId};
use super::plan::Plan;
use super::proximity::{Covers, Neighbours};
use crate::index::{Shard, TextReader};
use crate::lexicon::{Direction, Entry, MatchMode, Operand, Pattern, Scope, Word};
use crate::stem::Stems;
use crate::text::{ShardToken, Span, as_read};
use crate::tokenise::TypeId;
use hashbrown::HashMap;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A place where an entry fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub tokens: Span<ShardToken>,
    pub entry: EntryId,
}

/// Finds candidates in one shard.
pub(super) struct Finder<'a> {
    plan: &'a Plan<'a>,
    shard: &'a Shard,
    reader: TextReader<'a>,
    stems: &'a mut Stems,
    /// Articles that are looked at, where not all are.
    within: Option<&'a [bool]>,
    /// Places of frames that conditions ask for, by lexicon.
    of_frames: HashMap<(usize, &'a str), Rc<[Span<ShardToken>]>>,
}

/// One word of a pattern against the types of a shard.
struct Slot<'a> {
    types: Vec<TypeId>,
    /// Set where the word must stand as written.
    as_written: Option<&'a str>,
}

impl<'a> Finder<'a> {
    pub fn new(plan: &'a Plan<'a>, shard: &'a Shard, stems: &'a mut Stems) -> Finder<'a> {
        Finder { plan, shard, reader: shard.reader(), stems, within: None, of_frames: HashMap::new() }
    }

    /// Only in some articles: a candidate lies inside one, so those of the others are never asked for.
    pub fn within(self, articles: Option<&'a [bool]>) -> Finder<'a> {
        Finder { within: articles, ..self }
    }

    /// Candidates of the wanted frames of a lexicon, frame by frame in the lexicon's own numbering.
    pub fn lexicon(&mut self, lexicon: usize, is_wanted: impl Fn(FrameId) -> bool) -> BTreeMap<usize, Vec<Candidate>> {
        let mut by_frame: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
        let mut excepts: BTreeMap<usize, Vec<Span<ShardToken>>> = BTreeMap::new();
        let frames = self.plan.frames_of(lexicon);
        let entries = self.plan.lexicons()[lexicon].entries.iter().enumerate();
        for (i, entry) in entries.filter(|(_, entry)| is_wanted(frames[entry.frame])) {
            let spans = self.pattern(lexicon, &entry.pattern);
            if entry.except {
                excepts.entry(entry.frame).or_default().extend(spans);
            } else if !spans.is_empty() {
                let id = EntryId::new(lexicon, i);
                let found = spans.into_iter().map(|tokens| Candidate { tokens, entry: id });
                by_frame.entry(entry.frame).or_default().extend(found);
            }
        }
        for (frame, spans) in excepts {
            let exceptions = Covers::new(spans);
            if let Some(candidates) = by_frame.get_mut(&frame) {
                candidates.retain(|candidate| !exceptions.covers(candidate.tokens));
            }
        }
        by_frame
    }

    fn pattern(&mut self, lexicon: usize, pattern: &'a Pattern) -> Vec<Span<ShardToken>> {
        match pattern {
            Pattern::Words(words) => self.words(lexicon, words),
            Pattern::Near { left, direction, negated, distance, scope, right } => {
                let left = self.operand(lexicon, left);
                // near what is not there is nothing, and the other side need not be looked for
                if left.is_empty() {
                    return Vec::new();
                }
                let right = self.operand(lexicon, right);
                self.near(&left, right, *direction, *negated, *distance, *scope)
            }
        }
    }

    /// Spans of one side of a proximity pattern, ascending.
    fn operand(&mut self, lexicon: usize, operand: &'a Operand) -> Vec<Span<ShardToken>> {
        let mut spans = match operand {
            Operand::Words(words) => self.words(lexicon, words),
            Operand::Frame(name) => return self.frame(lexicon, name).to_vec(),
            Operand::Any(operands) => operands.iter().flat_map(|operand| self.operand(lexicon, operand)).collect(),
        };
        // those of each word come in order: runs, which this sort only has to join
        spans.sort();
        spans.dedup();
        spans
    }

    /// Spans of the entries of a frame and of those inside it, ascending; of a frame that leads back to itself, of its plain words.
    fn frame(&mut self, lexicon: usize, name: &'a str) -> Rc<[Span<ShardToken>]> {
        if let Some(spans) = self.of_frames.get(&(lexicon, name)) {
            return Rc::clone(spans);
        }
        let lexicon_ = &self.plan.lexicons()[lexicon];
        let is_asked = |entry: &Entry| {
            let frame = &lexicon_.frames[entry.frame];
            let is_inside = frame.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            is_inside && !entry.except && (!frame.is_circular || matches!(entry.pattern, Pattern::Words(_)))
        };
        let entries = lexicon_.entries.iter().filter(|entry| is_asked(entry));
        let mut spans: Vec<_> = entries.flat_map(|entry| self.pattern(lexicon, &entry.pattern)).collect();
        spans.sort_unstable();
        spans.dedup();
        let spans: Rc<[_]> = spans.into();
        self.of_frames.insert((lexicon, name), Rc::clone(&spans));
        spans
    }

    /// Places of a word or phrase, ascending.
    fn words(&mut self, lexicon: usize, words: &'a [Word]) -> Vec<Span<ShardToken>> {
        let language = self.plan.lexicons()[lexicon].language;
        let mut slots = Vec::with_capacity(words.len());
        for word in words {
            let types = self.shard.types().find(word, language, self.stems);
            if types.is_empty() {
                return Vec::new();
            }
            let as_written = (word.mode == MatchMode::Case).then_some(word.text.as_str());
            slots.push(Slot { types, as_written });
        }
        let postings = self.shard.postings();
        let Some(rarest) = (0..slots.len()).min_by_key(|&i| postings.weight(&slots[i].types)) else {
            return Vec::new();
        };
        let mut spans = Vec::with_capacity(postings.weight(&slots[rarest].types));
        for &id in &slots[rarest].types {
            for token in postings.of_type(id) {
                let is_looked_at = |articles: &[bool]| articles[self.shard.article_of(token)];
                if self.within.is_none_or(is_looked_at)
                    && let Some(start) = token.checked_sub(rarest as u32)
                    && self.fits(&slots, rarest, start)
                {
                    spans.push(Span::new(start, start + slots.len() as u32));
                }
            }
        }
        if slots[rarest].types.len() > 1 {
            spans.sort_unstable();
        }
        spans
    }

    fn fits(&mut self, slots: &[Slot<'_>], anchor: usize, start: u32) -> bool {
        if slots.len() == 1 && slots[0].as_written.is_none() {
            return true;
        }
        let end = start + slots.len() as u32;
        if end > self.shard.tokens() {
            return false;
        }
        let mut each = slots.iter().zip(self.shard.types_of(Span::new(start, end))).enumerate();
        if !each.all(|(i, (slot, id))| i == anchor || slot.types.binary_search(&id).is_ok()) {
            return false;
        }
        let article = self.shard.article_of(start);
        let range = self.shard.range(article);
        if end > range.end || self.crosses(article, start - range.start, end - range.start) {
            return false;
        }
        if slots.iter().all(|slot| slot.as_written.is_none()) {
            return true;
        }
        self.reader.open(article);
        let mut token = start - range.start;
        slots.iter().all(|slot| {
            let bytes = slot.as_written.map(|written| (written, self.reader.span(token)));
            token += 1;
            bytes.is_none_or(|(written, span)| as_written(written, &self.reader.text()[span.range()]))
        })
    }

    /// True where a sentence or a paragraph begins inside a phrase. Its tokens are counted from the article's first.
    fn crosses(&self, article: usize, start: u32, end: u32) -> bool {
        if end - start < 2 {
            return false;
        }
        let begins = self.shard.sentences(article);
        begins.get(begins.partition_point(|&begin| begin <= start)).is_some_and(|&begin| begin < end)
    }

    /// Places of the left side that have one of the right side near, with it; or, negated, that have none.
    fn near(
        &self,
        left: &[Span<ShardToken>],
        right: Vec<Span<ShardToken>>,
        direction: Direction,
        negated: bool,
        distance: Option<u32>,
        scope: Scope,
    ) -> Vec<Span<ShardToken>> {
        // what crosses a border is within no scope
        let is_within = |place: &Span<ShardToken>| place.len() == 1 || self.scope(place.start, scope).covers(place);
        let mut right = Neighbours::new(right.into_iter().filter(is_within).collect());
        let mut found = Vec::new();
        for &a in left {
            let nearest = right.nearest(a, self.scope(a.start, scope), direction, distance.unwrap_or(u32::MAX));
            match (nearest, negated) {
                (Some(b), false) => found.push(Span::new(a.start.min(b.start), a.end.max(b.end))),
                (None, true) => found.push(a),
                _ => {}
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The sentence, paragraph or article around a token, in tokens of the shard.
    fn scope(&self, token: u32, scope: Scope) -> Span<ShardToken> {
        let article = self.shard.article_of(token);
        let range = self.shard.range(article);
        let begins = match scope {
            Scope::Article => return range,
            Scope::Sentence => self.shard.sentences(article),
            Scope::Paragraph => self.shard.paragraphs(article),
        };
        let next = begins.partition_point(|&begin| begin + range.start <= token);
        let start = begins.get(next.wrapping_sub(1)).map_or(range.start, |&begin| range.start + begin);
        let end = begins.get(next).map_or(range.end, |&begin| range.start + begin);
        Span::new(start, end)
    }
}

/// The surface form as the entry writes it; an ending or an elision beside an apostrophe does not matter.
fn as_written(written: &str, surface: &str) -> bool {
    let surface: &str = &as_read(surface);
    if let Some(star) = written.find(['*', '?']) {
        return surface.starts_with(&written[..star]) && crate::index::wildcard(written, surface);
    }
    // that the two fold to the same is known: what is left behind an apostrophe is an ending or an elision
    surface.strip_prefix(written).is_some_and(|rest| rest.is_empty() || rest.starts_with('\''))
        || surface.strip_suffix(written).is_some_and(|before| before.ends_with('\''))
}
