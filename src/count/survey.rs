//! What can only be said of an article when all of them are known: whether it is a duplicate, and which group it is in.
//!
//! In: every shard, in order. Out: the status of every article.
//! Invariant: groups are numbered in the order of their labels, so that no number depends on which came first.

mod bytes;

use super::{ArticleStatus, Reason};
use crate::aggregate::{GroupId, Grouping};
use crate::clean::{self, NearDuplicates, outlet_key};
use crate::index::Shard;
use crate::stories::Stories;
use crate::text::Language;
use std::collections::BTreeMap;

/// The status of every article, in the order of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    status: Vec<(Reason, u32)>,
    /// Identifiers, for `duplicate_of`.
    ids: Vec<Box<str>>,
    /// Labels of each group.
    pub groups: Vec<Vec<String>>,
    /// Groups that the page shows.
    shown: Vec<bool>,
    /// Counted articles of each group.
    sizes: Vec<u32>,
    /// Lines that recur, articles that copy one another.
    pub clean: clean::Survey,
    /// Articles on one event; none until somebody has looked for them.
    pub stories: Stories,
}

/// Collects the articles of one shard after the other.
pub struct Surveyor<'a> {
    grouping: &'a Grouping,
    options: &'a clean::Options,
    surveyor: clean::Surveyor,
    groups: BTreeMap<Vec<String>, u32>,
    survey: Survey,
}

impl<'a> Surveyor<'a> {
    /// Nothing is surveyed yet.
    pub fn new(grouping: &'a Grouping, options: &'a clean::Options) -> Surveyor<'a> {
        Surveyor {
            grouping,
            options,
            surveyor: clean::Surveyor::new(options),
            groups: BTreeMap::new(),
            survey: Survey::default(),
        }
    }

    /// Adds a shard; `covers` says whether a lexicon is for a language.
    pub fn push(&mut self, shard: &Shard, covers: impl Fn(Language) -> bool) {
        let summaries = clean::summaries(shard);
        for (i, article) in shard.articles().iter().enumerate() {
            self.surveyor.push(outlet_key(article.outlet.as_deref()), &summaries.get(i));
            self.survey.ids.push(article.id.as_str().into());
            let status = if shard.range(i).is_empty() {
                (Reason::NoWords, 0)
            } else if !covers(shard.languages()[i]) {
                (Reason::NoLexicon, 0)
            } else {
                let labels = self.grouping.of(article, shard.languages()[i]);
                let next = self.groups.len() as u32;
                (Reason::Counted, *self.groups.entry(labels).or_insert(next))
            };
            self.survey.status.push(status);
        }
    }

    /// The end: copies are known, groups get their places.
    /// `most_shown` is how many groups the page shows at most.
    pub fn finish(self, most_shown: usize) -> Survey {
        let mut survey = Survey { clean: self.surveyor.finish(), ..self.survey };
        let copies = &survey.clean.copies;
        for (article, status) in survey.status.iter_mut().enumerate() {
            let exact = copies.duplicate_of(article as u32).filter(|_| self.options.duplicates);
            let is_near = self.options.near_duplicates == NearDuplicates::First;
            let near = copies.copy_of(article as u32).filter(|_| is_near);
            match (exact, near) {
                (Some(earlier), _) => *status = (Reason::Duplicate, earlier),
                (None, Some(earlier)) => *status = (Reason::NearDuplicate, earlier),
                (None, None) => {}
            }
        }
        // only groups with counted articles are groups
        let mut place = vec![None; self.groups.len()];
        for (_, number) in survey.status.iter().filter(|(reason, _)| *reason == Reason::Counted) {
            place[*number as usize] = Some(0);
        }
        let groups: Vec<_> = self.groups.into_iter().filter(|(_, old)| place[*old as usize].is_some()).collect();
        for (new, (_, old)) in groups.iter().enumerate() {
            place[*old as usize] = Some(new as u32);
        }
        for (_, number) in survey.status.iter_mut().filter(|(reason, _)| *reason == Reason::Counted) {
            *number = place[*number as usize].unwrap_or(0);
        }
        survey.groups = groups.into_iter().map(|(labels, _)| labels).collect();
        survey.sizes = survey.sizes();
        survey.shown = survey.largest(most_shown);
        survey
    }
}

impl Survey {
    /// Whether each article is counted, in the order of reading.
    pub fn counted(&self) -> impl Iterator<Item = bool> {
        self.status.iter().map(|(reason, _)| reason.is_counted())
    }

    /// Counted articles of each group.
    fn sizes(&self) -> Vec<u32> {
        let mut articles = vec![0u32; self.groups.len()];
        for (_, group) in self.status.iter().filter(|(reason, _)| reason.is_counted()) {
            articles[*group as usize] += 1;
        }
        articles
    }

    /// For each group whether it is among so many with most counted articles.
    fn largest(&self, most: usize) -> Vec<bool> {
        let mut order: Vec<usize> = (0..self.sizes.len()).collect();
        order.sort_by_key(|&group| (std::cmp::Reverse(self.sizes[group]), group));
        let mut shown = vec![false; self.sizes.len()];
        order.iter().take(most).for_each(|&group| shown[group] = true);
        shown
    }

    /// For each counted article, in order, the first of the articles that it shares text with, or itself.
    pub fn copies_of_counted(&self) -> Vec<u32> {
        let mut first: Vec<u32> = (0..self.status.len() as u32).collect();
        for group in self.clean.copies.groups() {
            for copy in &group.members {
                first[copy.article as usize] = group.members[0].article;
            }
        }
        first.into_iter().zip(self.counted()).filter(|(_, counted)| *counted).map(|(first, _)| first).collect()
    }

    /// Identifiers of so many articles from one on; nothing where there are fewer.
    pub(super) fn ids_from(&self, first: usize, number: usize) -> Option<&[Box<str>]> {
        self.ids.get(first..first.checked_add(number)?)
    }

    /// Identifiers of all articles, in the order of reading.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(|id| &**id)
    }

    /// For each counted article, in order, a number that it has in common with its copies.
    pub fn texts_of_counted(&self) -> Vec<u32> {
        let counted = self.counted().enumerate().filter(|(_, counted)| *counted);
        counted.map(|(article, _)| self.stories.text(article)).collect()
    }

    /// The story of each counted article, in order.
    pub fn stories_of_counted(&self) -> Vec<Option<u32>> {
        let counted = self.counted().enumerate().filter(|(_, counted)| *counted);
        counted.map(|(article, _)| self.stories.story(article)).collect()
    }

    /// Group labels as one text each.
    pub fn group_names(&self) -> Vec<String> {
        self.groups.iter().map(|labels| labels.join(" · ")).collect()
    }

    /// The status of an article.
    pub fn of(&self, article: usize) -> ArticleStatus<'_> {
        let (reason, number) = self.status[article];
        ArticleStatus {
            reason,
            is_shown: reason == Reason::Counted && self.shown[number as usize],
            group: GroupId::new(if reason == Reason::Counted { number as usize } else { 0 }),
            articles_of_group: if reason == Reason::Counted { self.sizes[number as usize] } else { 0 },
            story: self.stories.story(article),
            labels: match reason {
                Reason::Counted => &self.groups[number as usize],
                _ => &[],
            },
            earlier: matches!(reason, Reason::Duplicate | Reason::NearDuplicate).then(|| &*self.ids[number as usize]),
        }
    }
}
