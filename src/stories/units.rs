//! What is compared: texts, each once, however often it was printed.
//!
//! In: shards in the order of reading, and which articles are copies. Out: [`Units`], in an order that the articles' own days and words
//! decide.
//! Invariant: a further copy of an article changes no unit but by itself.

use super::Options;
use crate::clean::{Copies, counted_digest};
use crate::index::Shard;
use crate::text::Language;
use crate::voice::Cues;
use std::collections::BTreeMap;

/// No unit: an article without words.
const NONE: u32 = u32::MAX;

/// What is known of every article before its words are compared.
#[derive(Default)]
pub struct Articles {
    rows: Vec<Row>,
    outlets: BTreeMap<String, u32>,
    labels: BTreeMap<String, u32>,
}

struct Row {
    day: Option<i32>,
    language: Language,
    /// Of its folded words; 0 where there are none.
    digest: u128,
    outlet: Option<u32>,
    /// What the column of stories says.
    label: Option<u32>,
}

impl Articles {
    /// Adds the articles of the next shard; `column` is the further column that names stories.
    pub fn push(&mut self, shard: &Shard, column: Option<usize>) {
        for (i, article) in shard.articles().iter().enumerate() {
            let outlet = article.outlet.as_deref().map(|outlet| number(&mut self.outlets, outlet));
            let label = column.and_then(|column| article.other.get(column)?.as_deref());
            let label = label.filter(|label| !label.is_empty()).map(|label| number(&mut self.labels, label));
            let day = article.date.map(|date| date.days());
            let language = shard.languages()[i];
            self.rows.push(Row { day, language, digest: counted_digest(shard, i), outlet, label });
        }
    }

    /// Number of outlets.
    pub fn outlets(&self) -> usize {
        self.outlets.len()
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn day(&self, article: u32) -> Option<i32> {
        self.rows[article as usize].day
    }

    pub(super) fn digest(&self, article: u32) -> u128 {
        self.rows[article as usize].digest
    }

    pub(super) fn outlet(&self, article: u32) -> Option<u32> {
        self.rows[article as usize].outlet
    }

    pub(super) fn label(&self, article: u32) -> Option<u32> {
        self.rows[article as usize].label
    }

    /// Names of outlets by number.
    pub(super) fn outlet_names(&self) -> Vec<&str> {
        names(&self.outlets)
    }

    /// Names of stories by number, where a column gives them.
    pub(super) fn label_names(&self) -> Vec<&str> {
        names(&self.labels)
    }
}

fn number(numbers: &mut BTreeMap<String, u32>, name: &str) -> u32 {
    match numbers.get(name) {
        Some(&number) => number,
        None => {
            let next = numbers.len() as u32;
            numbers.insert(name.to_string(), next);
            next
        }
    }
}

fn names(numbers: &BTreeMap<String, u32>) -> Vec<&str> {
    let mut names = vec![""; numbers.len()];
    numbers.iter().for_each(|(name, &number)| names[number as usize] = name);
    names
}

/// Texts, each once: first those with a date by day, then those without.
pub struct Units {
    /// Of each article.
    of: Vec<u32>,
    /// The article that stands for each: the earliest.
    articles: Vec<u32>,
    /// How many there are in each language.
    languages: BTreeMap<Language, usize>,
    /// Languages of few texts, whose function words are known.
    few: BTreeMap<Language, Cues>,
}

/// Fewer texts of a language do not show which words are common in it.
const FEW: usize = 20;

impl Units {
    /// Articles of which one has the words of the other, or nine tenths of them, are one, as long as they lie within the window of days.
    /// Texts that share less are two tellings.
    pub fn of(articles: &Articles, copies: &Copies, options: &Options) -> Units {
        let n = articles.len();
        // each leads to an earlier one, which is no copy itself or an exact one of such
        let earlier = |i: u32| copies.duplicate_of(i).or_else(|| copies.copy_of(i));
        let mut family: Vec<u32> = (0..n as u32).collect();
        for i in 0..n {
            family[i] = earlier(i as u32).map_or(i as u32, |of| family[of as usize]);
        }
        let mut families: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for article in (0..n as u32).filter(|&article| articles.digest(article) != 0) {
            families.entry(family[article as usize]).or_default().push(article);
        }
        // those without a date come last, and go with the earliest of their family
        let key = |&article: &u32| {
            let day = articles.day(article);
            (day.is_none(), day, articles.digest(article))
        };
        let mut all: Vec<Vec<u32>> = Vec::with_capacity(n);
        for (_, mut members) in families {
            members.sort_by_key(key);
            let first = all.len();
            for article in members {
                let day = articles.day(article);
                let start = all[first..].last().and_then(|unit| articles.day(unit[0]));
                let is_near = match (start, day) {
                    (Some(start), Some(day)) => day.abs_diff(start) <= options.window_days,
                    _ => true,
                };
                match all.len() > first && is_near {
                    true if day.is_none() => all[first].push(article),
                    true => all.last_mut().into_iter().for_each(|unit| unit.push(article)),
                    false => all.push(vec![article]),
                }
            }
        }
        all.sort_by_key(|unit| key(&unit[0]));
        let mut of = vec![NONE; n];
        for (number, unit) in (0..).zip(&all) {
            unit.iter().for_each(|&article| of[article as usize] = number);
        }
        let mut languages = BTreeMap::new();
        all.iter().for_each(|unit| *languages.entry(articles.rows[unit[0] as usize].language).or_default() += 1);
        let are_few = languages.iter().filter(|(_, texts)| **texts < FEW);
        let few = are_few.filter_map(|(&language, _)| Some((language, Cues::shipped(language)?.ok()?))).collect();
        Units { of, articles: all.iter().map(|unit| unit[0]).collect(), languages, few }
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// True where no article has words.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Units in a language.
    pub(super) fn in_language(&self, language: Language) -> usize {
        self.languages.get(&language).copied().unwrap_or(0)
    }

    /// The cue words of a language of which there are too few texts to show what is common in it.
    pub(super) fn few(&self, language: Language) -> Option<&Cues> {
        self.few.get(&language)
    }

    /// The unit that an article stands for, if it does.
    pub fn led_by(&self, article: u64) -> Option<u32> {
        let unit = *self.of.get(article as usize)?;
        self.articles.get(unit as usize).filter(|&&first| u64::from(first) == article).map(|_| unit)
    }

    /// The unit of an article; none where it has no words.
    pub(super) fn unit(&self, article: u32) -> Option<u32> {
        Some(self.of[article as usize]).filter(|&unit| unit != NONE)
    }

    /// The article that stands for a unit.
    pub(super) fn article(&self, unit: u32) -> u32 {
        self.articles[unit as usize]
    }
}
