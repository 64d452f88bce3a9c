//! What a run counts besides hits: articles, words, bytes, problems.

use super::{Facts, Reason};
use crate::error::{Place, Problem, Result};
use crate::read::Article;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Totals of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Articles read.
    pub articles: u64,
    /// Articles counted.
    pub counted: u64,
    /// Articles that are duplicates.
    pub duplicates: u64,
    /// Articles without words.
    pub empty: u64,
    /// Articles in a language that no frame lexicon is for, by language.
    pub without_lexicon: BTreeMap<String, u64>,
    /// Articles by language.
    pub languages: BTreeMap<String, u64>,
    /// Counted articles by language.
    pub counted_languages: BTreeMap<String, u64>,
    /// Outlets of counted articles.
    pub outlets: BTreeSet<String>,
    /// Words of counted articles.
    pub words: u64,
    /// Of these, in furniture.
    pub furniture_words: u64,
    /// Of these, in repeats.
    pub repeat_words: u64,
    /// Bytes of text.
    pub text_bytes: u64,
    /// Hits of frames, counted.
    pub hits: u64,
    /// Hits of frames in furniture, in repeats or in a voice that is not counted.
    pub uncounted_hits: u64,
    /// Hits of sentiment lexicons, counted.
    pub sentiment_hits: u64,
    /// Problems by kind.
    pub problems: BTreeMap<String, u64>,
    /// Records that were lost.
    pub lost: u64,
    /// Warnings.
    pub warnings: u64,
    /// Notes.
    pub notes: u64,
}

impl Totals {
    /// Adds an article.
    pub(super) fn add_article(&mut self, article: &Article, facts: &Facts, reason: Reason) {
        let language = facts.language.to_string();
        self.articles += 1;
        self.text_bytes += facts.text_bytes;
        match reason {
            Reason::Counted => {
                self.counted += 1;
                self.words += u64::from(facts.words);
                *self.counted_languages.entry(language.clone()).or_default() += 1;
                self.furniture_words += u64::from(facts.furniture_words);
                self.repeat_words += u64::from(facts.repeat_words);
                if let Some(outlet) = article.outlet.as_ref().filter(|outlet| !self.outlets.contains(*outlet)) {
                    self.outlets.insert(outlet.clone());
                }
            }
            Reason::Duplicate | Reason::NearDuplicate => self.duplicates += 1,
            Reason::NoWords => self.empty += 1,
            Reason::NoLexicon => *self.without_lexicon.entry(language.clone()).or_default() += 1,
        }
        *self.languages.entry(language).or_default() += 1;
    }

    /// Adds the totals of a part.
    pub fn add(&mut self, part: Totals) {
        let numbers = [
            (&mut self.articles, part.articles),
            (&mut self.counted, part.counted),
            (&mut self.duplicates, part.duplicates),
            (&mut self.empty, part.empty),
            (&mut self.words, part.words),
            (&mut self.furniture_words, part.furniture_words),
            (&mut self.repeat_words, part.repeat_words),
            (&mut self.text_bytes, part.text_bytes),
            (&mut self.hits, part.hits),
            (&mut self.uncounted_hits, part.uncounted_hits),
            (&mut self.sentiment_hits, part.sentiment_hits),
            (&mut self.lost, part.lost),
            (&mut self.warnings, part.warnings),
            (&mut self.notes, part.notes),
        ];
        for (sum, number) in numbers {
            *sum += number;
        }
        let tables = [
            (&mut self.without_lexicon, part.without_lexicon),
            (&mut self.languages, part.languages),
            (&mut self.counted_languages, part.counted_languages),
            (&mut self.problems, part.problems),
        ];
        for (sums, numbers) in tables {
            for (name, number) in numbers {
                *sums.entry(name).or_default() += number;
            }
        }
        self.outlets.extend(part.outlets);
    }

    /// Where no article could be counted there is nothing to report, and an earlier run is worth more than an empty one.
    pub fn refuse_nothing(&self, corpus: &[String]) -> Result<()> {
        if self.counted > 0 {
            return Ok(());
        }
        let totals = self;
        let kinds: Vec<String> = totals.problems.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        let languages: Vec<String> = totals.without_lexicon.iter().map(|(code, n)| format!("{n} in {code}")).collect();
        let found = format!("no article could be counted: {} read, {} without words", totals.articles, totals.empty);
        let problem = Problem::error("nothing-to-count", Place::file(corpus.join(", ")), found);
        let problem = problem.expected("articles with words, in a language that a lexicon is for");
        let mut hints = Vec::new();
        if !languages.is_empty() {
            let unrecognised = totals.without_lexicon.contains_key("und");
            let declare = if unrecognised { " (und: not recognised; declare it with --language)" } else { "" };
            hints.push(format!("without a lexicon: {}{declare}", languages.join(", ")));
        }
        if !kinds.is_empty() {
            hints.push(format!("problems: {}", kinds.join(", ")));
        }
        Err(problem.hint(hints.join("; ")).into())
    }
}
