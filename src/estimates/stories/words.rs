//! The words by which each group tells a story: those that it uses oftener than the story's other groups do.
//!
//! In: the words of the articles of large stories, the story and group of each. Out: [`StoryWords`]: [`StoryWord`]s, story by story.
//! Invariant: what a story is about, all its groups say; what is left is how one of them tells it. Copies count once.
//! It deliberately tests nothing: an article or two on each side show no habit. The words are put in order for reading.

use crate::aggregate::Counts;
use crate::aggregate::lexical::Words;
use crate::error::Result;
use crate::estimates::lexical::kinds::Kinds;
use crate::statistics::Measured;
use crate::statistics::keyness::g_squared::g_squared;
use crate::statistics::keyness::{Direction, Table};
use crate::statistics::log_ratio::smoothed;
use crate::text::Language;
use crate::tokenise::is_address;
use crate::voice::WordKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A word that a group uses oftener in a story than the others do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryWord {
    /// Number of the story.
    pub story: u32,
    /// Index of the group.
    pub group: usize,
    /// The word, folded.
    pub word: String,
    /// What kind of word it is.
    pub kind: WordKind,
    /// Its hits in the group and in the others, and all their words.
    pub table: Table,
    /// Articles of the group and of the others that have it.
    pub with: [u32; 2],
}

impl StoryWord {
    /// Log-likelihood over four cells.
    pub fn g2(&self) -> Measured {
        g_squared(self.table)
    }

    /// log2 of the rate over that of the others, smoothed.
    pub fn log2_ratio(&self) -> Measured {
        smoothed(self.table.a, self.table.c, self.table.b, self.table.d)
    }
}

/// The words by which groups tell stories, with what else the words of stories say. No frame decides them, so a run that knows them
/// of the last one needs no word of any article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryWords {
    /// Codes of the languages of the words.
    languages: Vec<String>,
    /// By story, group and strength.
    rows: Vec<StoryWord>,
}

impl StoryWords {
    /// Reads the words of every story whose words were counted.
    ///
    /// # Errors
    /// A cue lexicon that cannot be read.
    pub(super) fn of(counts: &Counts, words: &Words, voices: &[(u32, u32)]) -> Result<StoryWords> {
        let languages = words.languages();
        let rows = rows(counts, words, voices, &Kinds::of(&languages)?);
        Ok(StoryWords { languages: languages.iter().map(ToString::to_string).collect(), rows })
    }

    /// What kind of word each is in these languages.
    pub(super) fn kinds(&self) -> Result<Kinds> {
        Kinds::of(&self.languages.iter().filter_map(|code| Language::parse(code)).collect::<Vec<_>>())
    }

    /// The words.
    pub(super) fn rows(&self) -> &[StoryWord] {
        &self.rows
    }

    /// True where every number leads to one of so many groups and stories, and no count exceeds its size.
    pub fn fits(&self, groups: usize, stories: usize) -> bool {
        self.rows.iter().all(|row| {
            row.group < groups
                && (1..=stories).contains(&(row.story as usize))
                && row.table.a <= row.table.c
                && row.table.b <= row.table.d
        })
    }
}

/// Hits of a word in the group: a word that stands once or twice shows nothing.
const FEWEST: u64 = 3;

/// Words of a group and story that are listed.
const LISTED: usize = 10;

/// Of each form, ascending: hits, and articles that have it.
type Hits = Vec<(u32, (u64, u32))>;

/// Those of several articles, each form once.
fn summed(mut hits: Hits) -> Hits {
    hits.sort_unstable_by_key(|of| of.0);
    hits.dedup_by(|next, sum| {
        let is_same = next.0 == sum.0;
        if is_same {
            sum.1 = (sum.1.0 + next.1.0, sum.1.1 + next.1.1);
        }
        is_same
    });
    hits
}

/// The words of every group in every story whose words were counted, the strongest first.
fn rows(counts: &Counts, words: &Words, voices: &[(u32, u32)], kinds: &Kinds) -> Vec<StoryWord> {
    let mut stories: BTreeMap<u32, BTreeMap<usize, Hits>> = BTreeMap::new();
    for &(article, story) in voices {
        let group = counts.group_of[article as usize].index();
        // a form of many hits has several rows
        let mut of_article: Hits = summed(words.of_article(article as usize).map(|(form, n)| (form, (n, 0))).collect());
        of_article.iter_mut().for_each(|of| of.1.1 = 1);
        if !of_article.is_empty() {
            stories.entry(story).or_default().entry(group).or_default().extend(of_article);
        }
    }
    let mut rows = Vec::new();
    for (story, groups) in stories.into_iter().filter(|(_, groups)| groups.len() > 1) {
        let groups: BTreeMap<usize, Hits> = groups.into_iter().map(|(group, hits)| (group, summed(hits))).collect();
        let all = summed(groups.values().flatten().copied().collect());
        let of_story = GroupsOfStory { words, kinds, all: &all, story };
        groups.iter().for_each(|(&group, hits)| rows.extend(of_story.words_of(group, hits)));
    }
    rows
}

/// A story whose groups are compared.
struct GroupsOfStory<'a> {
    words: &'a Words,
    kinds: &'a Kinds,
    all: &'a Hits,
    story: u32,
}

impl GroupsOfStory<'_> {
    fn words_of(&self, group: usize, hits: &Hits) -> Vec<StoryWord> {
        let sum = |hits: &Hits| hits.iter().map(|(_, (n, _))| n).sum::<u64>();
        let (size, rest) = (sum(hits), sum(self.all) - sum(hits));
        let frequent = hits.iter().filter(|(_, (n, _))| *n >= FEWEST);
        let word = |&(form, (n, with)): &(u32, (u64, u32))| {
            let at = self.all.partition_point(|of| of.0 < form);
            let of_all = self.all.get(at).map_or((n, with), |of| of.1);
            let (table, word) = (Table::new(n, of_all.0 - n, size, rest), self.words.form(form));
            let kind = self.kinds.kind_in(self.words.language(form), word);
            let is_more = table.direction() == Direction::Focus;
            (is_more && kind != WordKind::Function && !is_address(word)).then(|| StoryWord {
                story: self.story,
                group,
                word: word.to_string(),
                kind,
                table,
                with: [with, of_all.1 - with],
            })
        };
        let strength = |row: StoryWord| (row.g2().value().unwrap_or(0.0), row);
        let mut rows: Vec<(f64, StoryWord)> = frequent.filter_map(word).map(strength).collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.word.cmp(&b.1.word)));
        rows.into_iter().take(LISTED).map(|(_, row)| row).collect()
    }
}
