//! The articles that are wanted of those that were read.
//!
//! In: articles in reading order, a condition, a number. Out: those that fit; of them a sample, and how many were left out.
//! Invariant: who is drawn depends on the seed and the ids alone; the order stays that of reading; what is left out is counted and told.
//! It deliberately holds no more articles than are drawn.

use super::article::{Article, short};
use super::select::Condition;
use super::{Item, Options};
use crate::error::{Place, Problem};
use crate::text::several;
use std::collections::{BTreeMap, VecDeque};

/// Decides about each article.
#[derive(Default)]
pub(crate) struct Selection {
    condition: Option<Condition>,
    sample: Option<usize>,
    seed: u64,
    /// Drawn so far, by their lots; with their place in reading order.
    drawn: BTreeMap<([u8; 32], u64), Article>,
    read: u64,
    fitting: u64,
    /// Articles that name no language, where the condition asks for it.
    without_language: u64,
    /// Articles that have no number where the condition compares with one, and what the first has.
    without_number: (u64, String),
    rest: Option<VecDeque<Item>>,
}

impl Selection {
    pub(crate) fn new(options: &Options, others: &[String]) -> Result<Selection, Box<Problem>> {
        let condition = options.only.as_deref().map(|only| Condition::parse(only, others)).transpose()?;
        Ok(Selection { condition, sample: options.sample, seed: options.seed, ..Selection::default() })
    }

    /// True where only a draw of all articles is wanted.
    pub(crate) fn draws(&self) -> bool {
        self.sample.is_some()
    }

    /// Gives an article back where it is wanted at once.
    pub(crate) fn take(&mut self, article: Article) -> Option<Article> {
        self.read += 1;
        let lacks = self.condition.as_ref().is_some_and(|condition| condition.lacks_language(&article));
        self.without_language += u64::from(lacks);
        if let Some(odd) = self.condition.as_ref().and_then(|condition| condition.odd_number(&article)) {
            if self.without_number.0 == 0 {
                self.without_number.1 = short(&odd);
            }
            self.without_number.0 += 1;
        }
        if self.condition.as_ref().is_some_and(|condition| !condition.fits(&article)) {
            return None;
        }
        self.fitting += 1;
        let Some(most) = self.sample else { return Some(article) };
        let lot = blake3::hash(format!("{} {}", self.seed, article.id).as_bytes());
        self.drawn.insert((*lot.as_bytes(), self.read), article);
        if self.drawn.len() > most {
            self.drawn.pop_last();
        }
        None
    }

    /// What is left at the end: the sample, and what is to be said.
    pub(crate) fn rest(&mut self) -> Option<Item> {
        if self.rest.is_none() {
            let mut drawn: Vec<(u64, Article)> =
                std::mem::take(&mut self.drawn).into_iter().map(|((_, at), article)| (at, article)).collect();
            drawn.sort_by_key(|(at, _)| *at);
            let mut rest: VecDeque<Item> = VecDeque::new();
            if self.condition.is_some() {
                let found = format!(
                    "{} of {} left out by the condition",
                    self.read - self.fitting,
                    several(self.read, "article")
                );
                rest.push_back(Item::Problem(Problem::note("left-out", Place::file("--where"), found)));
            }
            if self.without_language > 0 {
                let found = format!(
                    "{} of {} without a language: `language` asks for what the corpus says, not for what is recognised later",
                    self.without_language,
                    several(self.read, "article")
                );
                let problem = Problem::warning("where-language", Place::file("--where"), found);
                rest.push_back(Item::Problem(
                    problem.hint("add a column of languages; `--by language` groups by those that are recognised"),
                ));
            }
            if self.without_number.0 > 0 {
                let (articles, first) = &self.without_number;
                let found = format!(
                    "{articles} of {} articles have no number where the condition compares with one, first `{first}`",
                    self.read
                );
                rest.push_back(Item::Problem(Problem::warning("where-number", Place::file("--where"), found)));
            }
            if let Some(most) = self.sample {
                let found =
                    format!("a sample of {} of {} articles (seed {})", most.min(drawn.len()), self.fitting, self.seed);
                rest.push_back(Item::Problem(Problem::note("sampled", Place::file("--sample"), found)));
            }
            rest.extend(drawn.into_iter().map(|(_, article)| Item::Article(article)));
            self.rest = Some(rest);
        }
        self.rest.as_mut().and_then(VecDeque::pop_front)
    }
}
