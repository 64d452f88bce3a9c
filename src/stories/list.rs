//! The stories of a corpus.
//!
//! In: what was linked, or what a column says, and corrections. Out: [`Stories`].
//! Invariant: the largest story is the first; of stories as large the earlier. Numbers depend on the articles alone.

use super::units::{Articles, Units};
use super::{Corrections, Linked, Options, Vectors};
use crate::error::Result;
use crate::read::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Its articles by their numbers in the order of reading.
    pub articles: Vec<u32>,
    /// How many different texts these are: copies count once.
    pub texts: u32,
    /// Its outlets, in the order of their names.
    pub outlets: Vec<String>,
    /// Day of its first article that has one.
    pub first: Option<Date>,
    /// Day of its last.
    pub last: Option<Date>,
    /// Title of the article nearest its centre; empty where none has a title.
    pub headline: String,
    /// Its heaviest words, the heaviest first.
    pub words: Vec<String>,
    /// What a person or a column calls it; else empty.
    pub name: String,
}

impl Story {
    /// What it is called: its name, else its headline.
    pub fn title(&self) -> &str {
        if self.name.is_empty() { &self.headline } else { &self.name }
    }
}

/// The stories of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stories {
    /// Of each article its story, from 1; 0 where it is in none. Empty where nobody looked.
    of: Vec<u32>,
    list: Vec<Story>,
    /// Of each article a number that its copies have too; one without words has its own.
    texts: Vec<u32>,
}

/// What clusters are made of.
pub enum Basis<'a> {
    /// Words.
    Words(&'a Linked, &'a Vectors),
    /// The column that names them.
    Column,
}

impl Stories {
    /// True where they can be those of so many articles: every number leads to a story or an article that is there.
    pub fn are_of(&self, articles: usize) -> bool {
        let is_whole = |numbers: &[u32]| numbers.is_empty() || numbers.len() == articles;
        let of_story = |story: &Story| story.articles.iter().all(|&article| (article as usize) < articles);
        is_whole(&self.of)
            && is_whole(&self.texts)
            && self.of.iter().all(|&story| story as usize <= self.list.len())
            && self.list.iter().all(of_story)
    }

    /// Every story that has outlets enough.
    ///
    /// # Errors
    /// A correction of an article that is not there; a name for one that is in no story.
    pub fn of(
        (articles, units): (&Articles, &Units),
        basis: &Basis<'_>,
        options: &Options,
        corrections: &Corrections,
        ids: impl Iterator<Item = impl AsRef<str>>,
    ) -> Result<Stories> {
        let all = 0..articles.len() as u32;
        let mut clusters: Vec<Option<u32>> = match basis {
            Basis::Words(linked, _) => {
                all.map(|article| units.unit(article).map(|unit| linked.of[unit as usize])).collect()
            }
            Basis::Column => all.map(|article| articles.label(article)).collect(),
        };
        let names = corrections.apply(&mut clusters, articles.len() as u32, ids)?;
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (article, cluster) in (0..).zip(&clusters) {
            if let Some(cluster) = cluster {
                members.entry(*cluster).or_default().push(article);
            }
        }
        let builder = StoryBuilder { articles, units, basis, names: &names.of_cluster };
        let mut list: Vec<(u128, Story)> =
            members.into_iter().filter_map(|(cluster, members)| builder.story(cluster, members, options)).collect();
        list.sort_by(|(a_key, a), (b_key, b)| {
            let place = |story: &Story, key: u128| {
                (std::cmp::Reverse(story.texts), story.first.is_none(), story.first.map(|date| date.days()), key)
            };
            place(a, *a_key).cmp(&place(b, *b_key))
        });
        let mut of = vec![0; articles.len()];
        for (number, (_, story)) in (1..).zip(&list) {
            story.articles.iter().for_each(|&article| of[article as usize] = number);
        }
        corrections.refuse_unborne(&names, |article| of[article] > 0)?;
        let texts = |article| units.unit(article).map_or(article, |unit| units.article(unit));
        let texts = (0..articles.len() as u32).map(texts).collect();
        Ok(Stories { of, texts, list: list.into_iter().map(|(_, story)| story).collect() })
    }

    /// The story of an article, from 1.
    pub fn story(&self, article: usize) -> Option<u32> {
        self.of.get(article).copied().filter(|&story| story > 0)
    }

    /// A number that an article has in common with its copies.
    pub fn text(&self, article: usize) -> u32 {
        self.texts.get(article).copied().unwrap_or(article as u32)
    }

    /// The stories; the first has the number 1.
    pub fn list(&self) -> &[Story] {
        &self.list
    }

    /// True where nobody looked: too few outlets, or the study wants none.
    pub fn were_not_looked_for(&self) -> bool {
        self.of.is_empty()
    }
}

struct StoryBuilder<'a> {
    articles: &'a Articles,
    units: &'a Units,
    basis: &'a Basis<'a>,
    names: &'a BTreeMap<u32, String>,
}

impl StoryBuilder<'_> {
    /// The story that a cluster is, with a number to put it in order; none where outlets or texts are too few.
    fn story(&self, cluster: u32, members: Vec<u32>, options: &Options) -> Option<(u128, Story)> {
        let texts: BTreeSet<u32> = members.iter().filter_map(|&article| self.units.unit(article)).collect();
        let outlets: BTreeSet<u32> = members.iter().filter_map(|&article| self.articles.outlet(article)).collect();
        if texts.len() < 2 || outlets.len() < options.min_outlets.max(1) as usize {
            return None;
        }
        let names = self.articles.outlet_names();
        let mut outlets: Vec<String> = outlets.into_iter().map(|outlet| names[outlet as usize].to_string()).collect();
        outlets.sort();
        let days = || members.iter().filter_map(|&article| self.articles.day(article)).map(i64::from);
        let day = |day: Option<i64>| day.and_then(Date::from_days);
        let (headline, words) = self.centre(&texts);
        let column = || match self.basis {
            Basis::Column => self.articles.label_names().get(cluster as usize).map(|name| (*name).to_string()),
            Basis::Words(..) => None,
        };
        let key = texts.iter().map(|&unit| self.articles.digest(self.units.article(unit))).min().unwrap_or(0);
        let story = Story {
            texts: texts.len() as u32,
            outlets,
            first: day(days().min()),
            last: day(days().max()),
            headline,
            words,
            name: self.names.get(&cluster).cloned().or_else(column).unwrap_or_default(),
            articles: members,
        };
        Some((key, story))
    }

    /// Headline and telling words of some texts: those of the cluster that the first of them was found in.
    fn centre(&self, texts: &BTreeSet<u32>) -> (String, Vec<String>) {
        let Basis::Words(linked, vectors) = self.basis else { return Default::default() };
        let centre = texts.iter().find_map(|&unit| linked.centres.get(&linked.of[unit as usize]));
        let nearest = centre.into_iter().flat_map(|centre| &centre.nearest).filter(|unit| texts.contains(unit));
        let titles = nearest.chain(texts).map(|&unit| vectors.titles[unit as usize].trim());
        let headline = titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default().to_string();
        let words = centre.into_iter().flat_map(|centre| &centre.telling).map(|&hash| vectors.word(hash).to_string());
        (headline, words.filter(|word| !word.is_empty()).collect())
    }
}
