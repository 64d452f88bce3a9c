//! What can be said inside stories: how outlets tell the same ones, which they tell, and what one leaves out.
//!
//! In: counts, and the story of each counted article. Out: [`StoryEstimates`].
//! Invariant: copies of one text in one group are one article of a story.
//! It deliberately finds no stories: `stories` does.

mod omissions;
mod speakers;
mod within;
mod words;

pub use omissions::Omission;
pub use within::WithinRow;
pub use words::{StoryWord, StoryWords};

use crate::aggregate::lexical::Lexical;
use crate::aggregate::{Counts, GroupId};
use crate::error::Result;
use crate::statistics::story_split::{self, Articles, SplitRow};
use crate::statistics::{self, CachedTests};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What is known of the counted articles beside their counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Related<'a> {
    /// A number that articles which share text have in common; empty where nobody looked.
    pub copies: &'a [u32],
    /// Story of each; empty where nobody looked.
    pub stories: &'a [Option<u32>],
    /// A number that articles with the same words have in common; empty where nobody looked.
    pub texts: &'a [u32],
}

impl Related<'_> {
    /// The story of an article.
    pub(super) fn story(&self, article: usize) -> Option<u32> {
        self.stories.get(article).copied().flatten()
    }
}

/// Every estimate inside stories.
#[derive(Default)]
pub struct StoryEstimates {
    /// Groups against the others inside the stories that both cover.
    pub within: Vec<WithinRow>,
    /// Differences of rates in three parts.
    pub split: Vec<SplitRow>,
    /// What most have of a story and one has not; empty until [`StoryEstimates::read`].
    pub omissions: Vec<Omission>,
    /// The words by which each group tells a story; likewise.
    pub words: Vec<StoryWord>,
    /// Of each story from the first, the frames that have a hit in it.
    pub frames: Vec<Vec<usize>>,
}

impl StoryEstimates {
    /// What the last run drew is taken from `cache`.
    pub(super) fn of(
        counts: &Counts,
        related: &Related<'_>,
        options: &statistics::Options,
        cache: Option<&CachedTests>,
    ) -> StoryEstimates {
        if counts.groups.len() < 2 || !related.stories.iter().any(Option::is_some) {
            return StoryEstimates::default();
        }
        let voices = one_voice(counts, related);
        let split = story_split::split(
            Articles {
                story: related.stories,
                group_of: GroupId::numbers(&counts.group_of),
                groups: counts.groups.len(),
                words: &counts.words,
                hits: &statistics::Hits::dense(&counts.hits, counts.frames.len()),
            },
            options,
            cache,
        );
        StoryEstimates {
            within: within::rows(counts, &within::measured(counts, &voices), &voices, (options, cache)),
            split,
            omissions: Vec::new(),
            words: Vec::new(),
            frames: frames(counts, related),
        }
    }

    /// Adds what each group says of a story that the others do not, and what it leaves out. Where the words of the stories are `cached`, those
    /// of the articles are not looked at; else they are known then: nothing where there are none.
    ///
    /// # Errors
    /// A cue lexicon that cannot be read.
    pub fn read(
        &mut self,
        counts: &Counts,
        related: &Related<'_>,
        lexical: &Lexical,
        cached: &OnceLock<Option<StoryWords>>,
    ) -> Result<()> {
        let voices = one_voice(counts, related);
        let story_words = match cached.get() {
            Some(story_words) => story_words,
            None => {
                let words = lexical.in_stories.as_ref().filter(|_| counts.groups.len() > 1);
                let story_words = words.map(|words| StoryWords::of(counts, words, &voices)).transpose()?;
                cached.get_or_init(|| story_words)
            }
        };
        let Some(story_words) = story_words else { return Ok(()) };
        self.words = story_words.rows().to_vec();
        self.omissions = omissions::rows(counts, &within::measured(counts, &voices), &voices, &story_words.kinds()?);
        Ok(())
    }
}

/// Of each story, the frames with a hit.
fn frames(counts: &Counts, related: &Related<'_>) -> Vec<Vec<usize>> {
    let stories = related.stories.iter().flatten().copied().max().unwrap_or(0) as usize;
    let mut found = vec![BTreeSet::new(); stories];
    let stories = (0..counts.group_of.len()).filter_map(|article| Some((article, related.story(article)?)));
    for (article, story) in stories {
        let frames = (0..counts.frames.len()).filter(|frame| counts.hits[article * counts.frames.len() + frame] > 0);
        found[story as usize - 1].extend(frames);
    }
    found.into_iter().map(|frames| frames.into_iter().collect()).collect()
}

/// Counted articles with their stories: of those of one group, story and text the first.
fn one_voice(counts: &Counts, related: &Related<'_>) -> Vec<(u32, u32)> {
    let mut seen = BTreeSet::new();
    let mut voices = Vec::new();
    for article in 0..counts.group_of.len() {
        let Some(story) = related.story(article) else { continue };
        let text = related.texts.get(article).copied().unwrap_or(article as u32);
        if counts.words[article] > 0 && seen.insert((story, counts.group_of[article], text)) {
            voices.push((article as u32, story));
        }
    }
    voices
}
