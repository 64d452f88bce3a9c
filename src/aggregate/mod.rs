//! From hits to counts: article × frame, group × entry.
//!
//! In: the hits of each shard, in order. Out: [`Counts`].
//! Invariant: every sum is an integer, so the same whatever the shards. A duplicate or an article without words is in no count.
//! It deliberately sums no groups and estimates nothing: `results` and `statistics` do.

mod cell;
mod groups;
pub mod lexical;
mod positions;
mod sentiment;
mod speakers;
mod subjects;
mod terms;
mod variants;

pub use cell::Cell;
pub use groups::{BUILT_IN, GroupId, Grouping, UNKNOWN};
pub use positions::{ByPosition, PositionSums};
pub use sentiment::{Contribution, Contributions, TowardSums, Valence, toward_sums, valences};
pub use speakers::{Speaker, SpeakerHits, Speakers};
pub use subjects::{Mentioned, SubjectCounts, SubjectTable, Voiced, count_subjects};
pub use terms::{Terms, Usage};
pub use variants::{Cell as VariantCell, EntryCell, ExactForms, HitForm, Place, Variants, is_exact};

use crate::lookup::{FrameId, Hit, TargetId};
use crate::read::Date;
use crate::voice::Voice;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counted hits of one article by frame and voice; what is not there is zero.
pub type VoiceCounts = BTreeMap<(FrameId, Voice), u32>;

/// Counts of every article that is counted, in the order they were read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// Names of the frames.
    pub frames: Vec<String>,
    /// Names of the scales of the sentiment lexicons.
    pub lexicons: Vec<String>,
    /// Identifier of each article.
    pub articles: Vec<String>,
    /// Group of each article.
    pub group_of: Vec<GroupId>,
    /// Group labels; one label a dimension.
    pub groups: Vec<Vec<String>>,
    /// Date of each article.
    pub dates: Vec<Option<Date>>,
    /// Words of each article without furniture and repeats.
    pub words: Vec<u32>,
    /// Counted hits, article after article, frame by frame.
    pub hits: Vec<u32>,
    /// Counted hits by voice: article, frame, voice, hits; ascending, zeros left out.
    pub voices: Vec<(u32, FrameId, Voice, u32)>,
    /// Valence, article after article, scale by scale; `None` where the lexicon is not for the article's language.
    pub valence: Vec<Option<Valence>>,
    /// How mentions of targets are spoken of: article, scale, target, sums; ascending, what is not mentioned is left out.
    pub toward: Vec<(u32, u32, TargetId, TowardSums)>,
    /// Targets and labels.
    pub subjects: SubjectTable,
    /// Further labels of each article, for strata and standardisation; empty where the study asks for none.
    pub labels: Vec<Vec<String>>,
    /// Names of these labels.
    pub label_names: Vec<String>,
    /// Who is given the word.
    pub speakers: Speakers,
    /// Hits and words of headlines, leads and the rest.
    pub positions: PositionSums,
    /// What checks of robustness count again; empty where the study asks for none.
    pub variants: Variants,
}

/// One article's part.
#[derive(Clone, Debug, Default)]
pub struct ArticleCounts {
    /// Words without furniture and repeats.
    pub words: u32,
    /// Counted hits by frame and voice.
    pub hits: VoiceCounts,
    /// Valence by sentiment lexicon.
    pub valence: Vec<Option<Valence>>,
    /// Targets and labels.
    pub subjects: SubjectCounts,
    /// How mentions are spoken of, by scale and target.
    pub toward: BTreeMap<(u32, TargetId), TowardSums>,
}

impl ArticleCounts {
    /// Counted hits by frame, voices together.
    pub fn by_frame(&self, frames: usize) -> Vec<u32> {
        let mut hits = vec![0; frames];
        for (&(frame, _), &n) in &self.hits {
            hits[frame.index()] += n;
        }
        hits
    }
}

impl Counts {
    /// Counts for these frames and sentiment lexicons.
    pub fn new(frames: Vec<String>, lexicons: Vec<String>) -> Counts {
        Counts { frames, lexicons, ..Counts::default() }
    }

    /// Adds an article of a group.
    pub fn push(&mut self, id: String, group: GroupId, date: Option<Date>, article: &ArticleCounts) {
        let number = self.articles.len() as u32;
        self.articles.push(id);
        self.group_of.push(group);
        self.dates.push(date);
        self.words.push(article.words);
        self.hits.extend(article.by_frame(self.frames.len()));
        self.voices.extend(article.hits.iter().map(|(&(frame, voice), &hits)| (number, frame, voice, hits)));
        self.valence.extend_from_slice(&article.valence);
        self.subjects.push(number, &article.subjects);
        self.toward.extend(article.toward.iter().map(|(&(scale, target), &sums)| (number, scale, target, sums)));
    }

    /// Adds the articles that follow, counted by the same lexicons.
    pub fn merge(&mut self, next: Counts) {
        let first = self.articles.len() as u32;
        self.articles.extend(next.articles);
        self.group_of.extend(next.group_of);
        self.dates.extend(next.dates);
        self.words.extend(next.words);
        self.hits.extend(next.hits);
        self.voices.extend(next.voices.into_iter().map(|(i, frame, voice, hits)| (i + first, frame, voice, hits)));
        self.valence.extend(next.valence);
        self.toward.extend(next.toward.into_iter().map(|(i, scale, target, sums)| (i + first, scale, target, sums)));
        self.subjects.merge(next.subjects, first);
        self.speakers.merge(next.speakers, first);
        self.labels.extend(next.labels);
        self.positions.merge(next.positions);
        self.variants.add(next.variants);
    }

    /// Puts in order what came article by article, and gives back the room that lists grew by.
    pub fn finish(&mut self) {
        self.speakers.finish();
        self.hits.shrink_to_fit();
        self.voices.shrink_to_fit();
    }

    /// Hits of every article and frame: voices together.
    pub(crate) fn sum_voices(&mut self) -> Option<()> {
        let frames = self.frames.len();
        self.hits = vec![0; self.articles.len() * frames];
        for &(article, frame, _, hits) in &self.voices {
            let is_there = (article as usize) < self.articles.len() && frame.index() < frames;
            *self.hits.get_mut(article as usize * frames + frame.index()).filter(|_| is_there)? += hits;
        }
        Some(())
    }

    /// Group labels as one text each.
    pub fn group_names(&self) -> Vec<String> {
        self.groups.iter().map(|labels| labels.join(" · ")).collect()
    }

    /// True of a frame that is inside no other: it counts each place of those inside it once, too.
    pub fn is_outermost(&self, frame: FrameId) -> bool {
        !self.frames[frame.index()].contains('/')
    }

    /// Counted hits in one voice, in the order of [`Counts::hits`].
    pub fn hits_in(&self, voice: Voice) -> Vec<u32> {
        let mut hits = vec![0; self.hits.len()];
        for &(article, frame, _, n) in self.voices.iter().filter(|cell| cell.2 == voice) {
            hits[article as usize * self.frames.len() + frame.index()] = n;
        }
        hits
    }

    /// Counted hits of every frame in all articles.
    pub fn hits_by_frame(&self) -> Vec<u64> {
        let mut sums = vec![0; self.frames.len()];
        for of_article in self.hits.chunks_exact(self.frames.len().max(1)) {
            sums.iter_mut().zip(of_article).for_each(|(sum, &hits)| *sum += u64::from(hits));
        }
        sums
    }

    /// Counted hits of one frame in every article.
    pub fn hits_of(&self, frame: usize) -> impl Iterator<Item = u32> + '_ {
        self.hits.iter().skip(frame).step_by(self.frames.len().max(1)).copied()
    }
}

/// Pairs of frames: tokens and articles that they share.
pub type Shared = BTreeMap<(FrameId, FrameId), (u64, u64)>;

/// The tokens of a hit, within its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HitSpan {
    /// Index of the article in the counts.
    pub article: u32,
    /// First token.
    pub start: u32,
    /// Tokens.
    pub len: u32,
    /// The frame of its entry.
    pub frame: FrameId,
    /// It is counted.
    pub counted: bool,
}

/// The tokens of counted hits in several frames; `spans` are by article. A frame and one that holds it are not a pair.
pub fn shared_tokens(spans: &[HitSpan]) -> Shared {
    let mut shared = Shared::new();
    for of_article in spans.chunk_by(|a, b| a.article == b.article) {
        let tokens = |hit: &HitSpan| (hit.start..hit.start + hit.len).zip(std::iter::repeat(hit.frame));
        let mut tokens: Vec<(u32, FrameId)> = of_article.iter().filter(|hit| hit.counted).flat_map(tokens).collect();
        tokens.sort_unstable();
        tokens.dedup();
        let mut pairs: Vec<(FrameId, FrameId)> = Vec::new();
        for of_token in tokens.chunk_by(|a, b| a.0 == b.0) {
            for (i, &(_, one)) in of_token.iter().enumerate() {
                pairs.extend(of_token[i + 1..].iter().map(|&(_, other)| (one, other)));
            }
        }
        pairs.sort_unstable();
        for run in pairs.chunk_by(|a, b| a == b) {
            let cell = shared.entry(run[0]).or_default();
            *cell = (cell.0 + run.len() as u64, cell.1 + 1);
        }
    }
    shared
}

/// Hits of each article of a shard, by frame and voice: own hits of frames that hold no others, `parents` of those that do.
pub fn count_frames(articles: usize, own: &[Hit], parents: &[Hit]) -> Vec<VoiceCounts> {
    let mut counts = vec![VoiceCounts::default(); articles];
    for hit in each_counted(own, parents) {
        *counts[hit.article as usize].entry((hit.frame, hit.verdict.voice)).or_default() += 1;
    }
    counts
}

/// The counted hits of a shard, each where its frame counts it.
pub(crate) fn each_counted<'h>(own: &'h [Hit], parents: &'h [Hit]) -> impl Iterator<Item = &'h Hit> {
    each_own(own, parents).filter(|hit| hit.uncounted.is_none())
}

/// The hits of a shard, each where its frame has it: own hits of frames that hold no others, `parents` of those that do.
pub(crate) fn each_own<'h>(own: &'h [Hit], parents: &'h [Hit]) -> impl Iterator<Item = &'h Hit> {
    let holds_others: std::collections::BTreeSet<FrameId> = parents.iter().map(|hit| hit.frame).collect();
    own.iter().filter(move |hit| !holds_others.contains(&hit.frame)).chain(parents)
}
