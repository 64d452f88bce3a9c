//! The table of words turned about: for each word, the articles that have it.
//!
//! In: [`super::Words`]. Out: [`ByWord`].
//! Invariant: words stand in the order of their texts.
//! It deliberately compares nothing.

use crate::text::Language;

/// For each word, the articles that have it.
pub struct ByWord {
    /// The words, ascending.
    pub texts: Vec<String>,
    /// Surface forms with their counts, where words are stems.
    pub forms: Vec<Vec<(String, u64)>>,
    /// The language in which each word stands most often.
    pub languages: Vec<Language>,
    /// Number of each form of [`Words`] here.
    pub(super) unit_of: Vec<u32>,
    /// First row of each word in the two that follow, and one past the last.
    pub(super) starts: Vec<usize>,
    pub(super) articles: Vec<u32>,
    pub(super) counts: Vec<u32>,
    /// Counted words of each article.
    pub words: Vec<u32>,
}

impl ByWord {
    /// The articles that have a word, ascending, and how often.
    pub fn postings(&self, word: usize) -> (&[u32], &[u32]) {
        let range = self.starts[word]..self.starts[word + 1];
        (&self.articles[range.clone()], &self.counts[range])
    }

    /// The number here of a form of `Words`.
    pub fn of_form(&self, form: u32) -> u32 {
        self.unit_of[form as usize]
    }

    /// The number of a word.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.texts.binary_search_by(|other| other.as_str().cmp(text)).ok()
    }
}
