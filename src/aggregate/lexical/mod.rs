//! What a run keeps of the words themselves: how often each stands in each article, what stands beside chosen ones, which frames
//! meet in a sentence, and where each entry was found.
//!
//! In: a shard, what is removed of it, who speaks, and hits. Out: the [`Lexical`] of its counted articles, which merges with that of its
//! neighbours.
//! Invariant: every sum is an integer, so the same whatever the shards and threads.
//! It deliberately holds no text but the distinct words, and scores nothing: `statistics` does.

mod by_word;
mod collocates;
mod frame_sentences;
mod nodes;
mod words;

pub use by_word::ByWord;
pub use collocates::{CollocateCounts, Reach};
pub use frame_sentences::FrameSentences;
pub use nodes::{Node, Nodes};
pub use words::{Unit, Words};

use crate::clean::Removed;
use crate::index::Shard;
use crate::lookup::{EntryId, Found, FrameId, Hit, Plan, VoiceLookup, look_up};
use crate::stem::Stems;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use words::WordsOfShard;

/// What is asked of every shard beyond what is always kept.
#[derive(Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Count every word of every article.
    pub words: bool,
    /// Count, and look at, only words in the voices that the study counts.
    pub counted_voices: bool,
    /// The words and frames whose collocates are looked for, with how far to look; the plan is of [`Nodes::lexicons`].
    pub nodes: Option<(&'a Nodes, &'a Plan<'a>, Reach)>,
}

/// What is asked of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordsWanted {
    /// Nothing: it is not counted.
    Nothing,
    /// What is asked of every counted article.
    Usual,
    /// Its words besides, for the story that it tells.
    Story,
}

/// What one shard says, article by article.
struct Part {
    words: Option<WordsOfShard>,
    /// By article.
    frame_sentences: Vec<FrameSentences>,
    /// Counted hits by article and entry.
    entries: Vec<Vec<(EntryId, u32)>>,
    /// By article.
    collocates: Vec<Vec<collocates::NodeCollocates>>,
}

impl Part {
    fn of(
        shard: &Shard,
        removed: &[Vec<Removed>],
        voice_lookup: &mut VoiceLookup<'_>,
        stems: &mut Stems,
        frames: &Found,
        wanted: &Wanted<'_>,
        words_wanted: &impl Fn(usize) -> WordsWanted,
    ) -> Part {
        let counted = in_frames(&frames.hits, &frames.parents);
        let collocates = match wanted.nodes {
            Some((nodes, plan, reach)) => {
                let terms = look_up(plan, shard, voice_lookup, stems);
                let hits = nodes.hits(&counted, &terms.hits);
                collocates::of_shard(shard, &hits, voice_lookup, reach, wanted.counted_voices)
            }
            None => Vec::new(),
        };
        let all = wanted.words || wanted.nodes.is_some();
        let is_wanted = |article: usize| all || words_wanted(article) == WordsWanted::Story;
        let words = all || (0..shard.len()).any(is_wanted);
        let voices = wanted.counted_voices.then_some(voice_lookup);
        let own: Vec<&Hit> = frames.hits.iter().filter(|hit| hit.uncounted.is_none()).collect();
        Part {
            words: words.then(|| WordsOfShard::of(shard, removed, voices, is_wanted)),
            frame_sentences: frame_sentences::of_shard(shard, removed, &counted),
            entries: entries_of(shard.len(), &own),
            collocates,
        }
    }
}

/// Counted hits of every frame: own hits of frames that hold no others, and what counts for those that do; by place.
fn in_frames<'h>(own: &'h [Hit], parents: &'h [Hit]) -> Vec<&'h Hit> {
    let holds_others: BTreeSet<FrameId> = parents.iter().map(|hit| hit.frame).collect();
    let own = own.iter().filter(|hit| !holds_others.contains(&hit.frame));
    let mut hits: Vec<&Hit> = own.chain(parents).filter(|hit| hit.uncounted.is_none()).collect();
    hits.sort_unstable_by_key(|hit| (hit.tokens.start, hit.tokens.end, hit.frame, hit.entry));
    hits
}

fn entries_of(articles: usize, hits: &[&Hit]) -> Vec<Vec<(EntryId, u32)>> {
    let mut found = vec![Vec::new(); articles];
    for of_article in hits.chunk_by(|a, b| a.article == b.article) {
        let mut entries: Vec<EntryId> = of_article.iter().map(|hit| hit.entry).collect();
        entries.sort_unstable();
        let runs = entries.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32));
        found[of_article[0].article as usize] = runs.collect();
    }
    found
}

/// What the counted articles of a range say. Articles are numbered in the order in which they are added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lexical {
    /// How often each word stands in each article, where that is asked for.
    pub words: Option<Words>,
    /// Which frames meet, article by article.
    pub frame_sentences: Vec<FrameSentences>,
    /// Counted hits by entry and article; both ascend once [`Lexical::finish`] was called.
    pub entries: Vec<(EntryId, u32, u32)>,
    /// What stands beside the nodes.
    pub collocates: CollocateCounts,
    /// How often each word stands in each article of a large story; no words of any other. Nothing where no article is of one.
    pub in_stories: Option<Words>,
}

impl Lexical {
    /// What the counted articles of a shard say. `frames` is what the lexicons of frames found there.
    pub fn of_shard(
        shard: &Shard,
        removed: &[Vec<Removed>],
        voice_lookup: &mut VoiceLookup<'_>,
        stems: &mut Stems,
        frames: &Found,
        wanted: &Wanted<'_>,
        words_wanted: impl Fn(usize) -> WordsWanted,
    ) -> Lexical {
        let part = Part::of(shard, removed, voice_lookup, stems, frames, wanted, &words_wanted);
        let unknown = || part.words.as_ref().map(WordsOfShard::unknown).unwrap_or_default();
        let (mut numbers, mut numbers_in_stories) = (unknown(), unknown());
        let mut lexical = Lexical::default();
        for i in (0..shard.len()).filter(|&i| words_wanted(i) != WordsWanted::Nothing) {
            lexical.add(&part, i, wanted, &mut numbers);
            if words_wanted(i) == WordsWanted::Story {
                lexical.add_words_of_story(&part, i, &mut numbers_in_stories);
            }
        }
        lexical
    }

    /// The words of the article added last.
    fn add_words_of_story(&mut self, part: &Part, article: usize, numbers: &mut [u32]) {
        let Some(of_shard) = &part.words else { return };
        let words = self.in_stories.get_or_insert_default();
        words.fill(self.frame_sentences.len() - 1);
        words.add(of_shard, article, numbers);
    }

    fn add(&mut self, part: &Part, article: usize, wanted: &Wanted<'_>, numbers: &mut [u32]) {
        let number = self.frame_sentences.len() as u32;
        self.frame_sentences.push(part.frame_sentences.get(article).cloned().unwrap_or_default());
        let entries = part.entries.get(article).into_iter().flatten();
        self.entries.extend(entries.map(|&(entry, hits)| (entry, number, hits)));
        let Some(of_shard) = part.words.as_ref().filter(|_| wanted.words || wanted.nodes.is_some()) else { return };
        let words = self.words.get_or_insert_default();
        words.add(of_shard, article, numbers);
        for near in part.collocates.get(article).into_iter().flatten() {
            self.collocates.add(number, near, |id| words.number(of_shard, id, numbers));
        }
    }

    /// Adds what the articles that follow say.
    pub fn merge(&mut self, next: Lexical) {
        let first = self.frame_sentences.len() as u32;
        self.frame_sentences.extend(next.frame_sentences);
        self.entries.extend(next.entries.into_iter().map(|(entry, article, hits)| (entry, article + first, hits)));
        if let Some(next) = next.in_stories {
            let words = self.in_stories.get_or_insert_default();
            words.fill(first as usize);
            words.merge(next);
        }
        let numbers = match (&mut self.words, next.words) {
            (Some(words), Some(next)) => words.merge(next),
            (None, Some(next)) => {
                let numbers = (0..next.forms() as u32).collect();
                self.words = Some(next);
                numbers
            }
            (_, None) => Vec::new(),
        };
        self.collocates.merge(next.collocates, first, &numbers);
    }

    /// True where every number leads to an article, or to a form of a word.
    pub fn fits(&self) -> bool {
        let (articles, forms) = (self.frame_sentences.len(), self.words.as_ref().map_or(0, Words::forms));
        let is_article = |article: u32| (article as usize) < articles;
        self.words.as_ref().is_none_or(|words| words.articles() == articles)
            && self.in_stories.as_ref().is_none_or(|words| words.articles() <= articles)
            && self.entries.iter().all(|&(_, article, _)| is_article(article))
            && self.collocates.nodes.iter().all(|&(_, article, ..)| is_article(article))
            && self.collocates.words.iter().all(|&(_, form, article, _)| is_article(article) && (form as usize) < forms)
    }

    /// Puts in order what came article by article.
    pub fn finish(&mut self) {
        self.entries.sort_unstable();
        self.entries.shrink_to_fit();
        self.collocates.finish();
    }
}
