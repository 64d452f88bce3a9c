//! Who is given the word: the counted hits of each speaker, by frame and article.
//!
//! In: counted hits in quotations and in what is said to be said, with the words for their speaker. Out: [`Speakers`].
//! Invariant: neighbouring parts add up to what their union would have given; a speaker is spelt as where he first speaks.
//! It deliberately joins no names across articles but by their folded words: who is who else, a reader knows. A name is kept once, however
//! many frames quote it.

use crate::lookup::{FrameId, UnitId};
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Hits of one speaker in one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerHits {
    /// Position of the article among the counted ones.
    pub article: u32,
    /// Hits in quotation marks.
    pub quoted: u32,
    /// Hits in what he is said to say, think or want.
    pub attributed: u32,
}

/// A speaker of a frame: how he is spelt first, and his hits by article, ascending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker<'s> {
    /// As where he first speaks.
    pub spelt: &'s str,
    said: &'s [Said],
}

impl<'s> Speaker<'s> {
    /// His hits, by article.
    pub fn spoken(self) -> impl Iterator<Item = SpeakerHits> + 's {
        self.said.iter().map(|said| said.spoken)
    }
}

/// Hits of one speaker of a frame in one article; names by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    frame: FrameId,
    folded: u32,
    spelt: u32,
    spoken: SpeakerHits,
}

/// Every speaker, by frame and folded words. The empty words are nobody: hits without a speaker.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Speakers {
    names: Names,
    /// As they came, article by article, until [`Speakers::finish`] puts them in order.
    said: Vec<Said>,
}

impl Speakers {
    /// Adds a hit of the article added last, whose speaker is folded and spelt like this.
    pub fn push(&mut self, frame: FrameId, [folded, spelt]: [&str; 2], article: u32, is_quoted: bool) {
        let [folded, spelt] = [folded, spelt].map(|name| self.names.number(name));
        let spoken = SpeakerHits { article, quoted: u32::from(is_quoted), attributed: u32::from(!is_quoted) };
        self.said.push(Said { frame, folded, spelt, spoken });
    }

    /// Adds those of the articles that follow; so many come before them.
    pub fn merge(&mut self, next: Speakers, first: u32) {
        let numbers = self.names.add(&next.names);
        self.said.extend(next.said.into_iter().map(|said| {
            let spoken = SpeakerHits { article: said.spoken.article + first, ..said.spoken };
            said.renumbered(&numbers, said.frame, spoken)
        }));
    }

    /// Puts what came article by article in order: by frame and folded words, then article; a speaker has one row for each article.
    pub fn finish(&mut self) {
        let ranks = self.names.ranks();
        let key = |said: &Said| (said.frame, ranks[said.folded as usize], said.spoken.article);
        // of the same article the first hit stays first: it says how the speaker is spelt
        self.said.sort_by_key(key);
        self.said.dedup_by(|next, sum| {
            let is_same = key(next) == key(sum);
            if is_same {
                sum.spoken.quoted += next.spoken.quoted;
                sum.spoken.attributed += next.spoken.attributed;
            }
            is_same
        });
        self.said.shrink_to_fit();
    }

    /// Takes the speakers apart: `number` says of a frame which of so many units it is in, and its number there.
    pub fn split(self, units: usize, number: impl Fn(FrameId) -> (UnitId, FrameId)) -> Vec<Speakers> {
        let mut split = vec![Speakers::default(); units];
        for said in self.said {
            let (unit, frame) = number(said.frame);
            let part = &mut split[unit.index()];
            let [folded, spelt] = [said.folded, said.spelt].map(|name| part.names.number(self.names.get(name)));
            part.said.push(Said { frame, folded, spelt, spoken: said.spoken });
        }
        split
    }

    /// Adds those of other frames; nothing where `number` knows a frame not, or a name has no words.
    pub fn join(&mut self, part: Speakers, number: impl Fn(FrameId) -> Option<FrameId>) -> Option<()> {
        let numbers = self.names.add(&part.names);
        for said in part.said {
            let is_there = |name: u32| (name as usize) < numbers.len();
            let frame = number(said.frame).filter(|_| is_there(said.folded) && is_there(said.spelt))?;
            self.said.push(said.renumbered(&numbers, frame, said.spoken));
        }
        Some(())
    }

    /// True where every number leads to a name, or to one of so many articles.
    pub fn fit(&self, articles: usize) -> bool {
        let is_name = |name: u32| (name as usize) < self.names.all.len();
        let fits =
            |said: &Said| is_name(said.folded) && is_name(said.spelt) && (said.spoken.article as usize) < articles;
        self.said.iter().all(fits)
    }

    /// Frame, folded words and the speaker, ascending, once [`Speakers::finish`] was called.
    pub fn iter(&self) -> impl Iterator<Item = (FrameId, &str, Speaker<'_>)> {
        self.said.chunk_by(|a, b| (a.frame, a.folded) == (b.frame, b.folded)).map(|said| {
            let spelt = self.names.get(said[0].spelt);
            (said[0].frame, self.names.get(said[0].folded), Speaker { spelt, said })
        })
    }
}

impl Said {
    fn renumbered(self, numbers: &[u32], frame: FrameId, spoken: SpeakerHits) -> Said {
        let [folded, spelt] = [self.folded, self.spelt].map(|name| numbers[name as usize]);
        Said { frame, folded, spelt, spoken }
    }
}

/// Names, each once, in the order in which they came.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
struct Names {
    all: Vec<String>,
    numbers: HashMap<String, u32, FixedState>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.numbers.get(name) {
            return known;
        }
        let number = self.all.len() as u32;
        self.all.push(name.to_string());
        self.numbers.insert(name.to_string(), number);
        number
    }

    fn get(&self, number: u32) -> &str {
        self.all.get(number as usize).map_or("", String::as_str)
    }

    /// Adds other names; gives back the number of each here.
    fn add(&mut self, other: &Names) -> Vec<u32> {
        other.all.iter().map(|name| self.number(name)).collect()
    }

    /// Of each name its place among all in alphabetical order.
    fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.all.len() as u32).collect();
        order.sort_by(|&a, &b| self.get(a).cmp(self.get(b)));
        let mut ranks = vec![0; order.len()];
        (0u32..).zip(order).for_each(|(rank, name)| ranks[name as usize] = rank);
        ranks
    }
}

impl From<Vec<String>> for Names {
    fn from(all: Vec<String>) -> Names {
        let mut names = Names::default();
        // a name that stands twice would shift the numbers: then none of them is known, and whoever reads them refuses
        let numbers: Vec<u32> = all.iter().map(|name| names.number(name)).collect();
        if names.all.len() == numbers.len() { names } else { Names::default() }
    }
}

impl From<Names> for Vec<String> {
    fn from(names: Names) -> Vec<String> {
        names.all
    }
}

/// The same speakers are the same, whatever the order in which parts of them came.
impl PartialEq for Speakers {
    fn eq(&self, other: &Speakers) -> bool {
        let finished = |speakers: &Speakers| {
            let mut speakers = speakers.clone();
            speakers.finish();
            speakers
        };
        let (one, two) = (finished(self), finished(other));
        let told = |(frame, folded, speaker): (FrameId, &str, Speaker<'_>)| {
            (frame, folded.to_string(), speaker.spelt.to_string(), speaker.spoken().collect::<Vec<_>>())
        };
        one.iter().map(told).eq(two.iter().map(told))
    }
}

impl Eq for Speakers {}
