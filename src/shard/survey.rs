//! What can only be said of an article when all of them are known: whether it is a duplicate, and which group it is in.
//!
//! In: every shard, in order. Out: the standing of every article.
//! Invariant: groups are numbered in the order of their labels, so that no number depends on which came first.

use crate::aggregate::Grouping;
use crate::clean::Duplicates;
use crate::index::{Kind, Shard};
use crate::report::{Reason, Standing};
use crate::text::Language;
use std::collections::BTreeMap;

/// The standing of every article, in the order of reading.
#[derive(Default)]
pub(crate) struct Survey {
    standing: Vec<(Reason, u32)>,
    /// Identifiers, for `duplicate_of`.
    ids: Vec<Box<str>>,
    /// Labels of each group.
    pub groups: Vec<Vec<String>>,
}

/// Collects the articles of one shard after the other.
pub(crate) struct Surveyor<'a> {
    grouping: &'a Grouping,
    drop_duplicates: bool,
    duplicates: Duplicates,
    groups: BTreeMap<Vec<String>, u32>,
    survey: Survey,
}

impl<'a> Surveyor<'a> {
    pub fn new(grouping: &'a Grouping, drop_duplicates: bool) -> Surveyor<'a> {
        Surveyor {
            grouping,
            drop_duplicates,
            duplicates: Duplicates::default(),
            groups: BTreeMap::new(),
            survey: Survey::default(),
        }
    }

    /// Adds a shard; `covers` says whether a lexicon is for a language.
    pub fn push(&mut self, shard: &Shard, covers: impl Fn(Language) -> bool) {
        for (i, article) in shard.articles.iter().enumerate() {
            let number = self.survey.ids.len() as u32;
            self.survey.ids.push(article.id.as_str().into());
            let digest = shard.attached(Kind::Clean, i).try_into().map(u128::from_le_bytes).ok();
            let earlier = self.duplicates.check(digest.filter(|&digest| digest != 0), number);
            let standing = match earlier.filter(|_| self.drop_duplicates) {
                Some(earlier) => (Reason::Duplicate, earlier),
                None if shard.range(i).is_empty() => (Reason::NoWords, 0),
                None if !covers(shard.languages[i]) => (Reason::NoLexicon, 0),
                None => {
                    let labels = self.grouping.of(article, shard.languages[i]);
                    let next = self.groups.len() as u32;
                    (Reason::Counted, *self.groups.entry(labels).or_insert(next))
                }
            };
            self.survey.standing.push(standing);
        }
    }

    /// The end: groups get their places.
    pub fn finish(self) -> Survey {
        let mut place = vec![0; self.groups.len()];
        for (new, &old) in self.groups.values().enumerate() {
            place[old as usize] = new as u32;
        }
        let mut survey = self.survey;
        for (reason, number) in &mut survey.standing {
            if *reason == Reason::Counted {
                *number = place[*number as usize];
            }
        }
        survey.groups = self.groups.into_keys().collect();
        survey
    }
}

impl Survey {
    /// The standing of an article.
    pub fn of(&self, article: usize) -> Standing<'_> {
        let (reason, number) = self.standing[article];
        Standing {
            reason,
            group: if reason == Reason::Counted { number } else { 0 },
            labels: match reason {
                Reason::Counted => &self.groups[number as usize],
                _ => &[],
            },
            earlier: (reason == Reason::Duplicate).then(|| &*self.ids[number as usize]),
        }
    }
}
