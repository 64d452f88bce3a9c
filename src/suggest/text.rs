//! The counted words of a corpus, sentence by sentence, with the hits of a lexicon: what candidates are sought in.
//!
//! In: shards with what was found in them. Out: [`Text`].
//! Invariant: words in furniture and repeats are not there; stems are numbered in the order in which they are met, which is that of reading.
//! It deliberately keeps numbers for words: memory is four bytes a word, not the text.

use crate::clean::{Removed, removed_by};
use crate::index::{Shard, agrees};
use crate::lookup::Hit;
use crate::stem;
use crate::text::{Language, Span};
use hashbrown::HashMap;

/// A stretch of words that belongs together: a sentence, or a coded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// First word, and the first after.
    pub words: (usize, usize),
    /// Number of the article, in the order in which articles were added.
    pub article: u32,
    /// Sentence within the article, from 0; 0 where units are articles.
    pub sentence: u32,
}

/// A hit of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EntryHit {
    /// Entry of the lexicon.
    pub entry: u32,
    /// Frame within the lexicon.
    pub frame: usize,
    /// Unit in which it begins.
    pub unit: u32,
    /// Words, as far as they are kept.
    pub words: (usize, usize),
}

/// What one shard gives.
#[derive(Default)]
pub(super) struct Part {
    forms: Vec<(String, Language)>,
    words: Vec<u32>,
    units: Vec<Unit>,
    hits: Vec<EntryHit>,
    /// Outlet and number in the order of reading of each article.
    articles: Vec<(String, u64)>,
}

/// Words, units and hits.
#[derive(Default)]
pub(super) struct Text {
    stem_numbers: HashMap<(Language, Box<str>), u32>,
    /// Form and stem by number.
    pub forms: Vec<(Box<str>, u32)>,
    stems: HashMap<(Language, String), u32>,
    /// Languages and how often each form stands there, by stem.
    pub forms_of: Vec<Vec<u32>>,
    /// How often each form stands there.
    pub count: Vec<u64>,
    /// Stem of each word.
    pub words: Vec<u32>,
    pub units: Vec<Unit>,
    pub hits: Vec<EntryHit>,
    /// Outlet of each article, and its number in the order of reading.
    pub articles: Vec<(String, u64)>,
}

/// How units are cut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    Sentences,
    Articles,
}

impl Part {
    /// The wanted articles of a shard; `first` is the number of its first article.
    pub fn of(
        shard: &Shard,
        first: u64,
        (removed, hits): (&[Vec<Removed>], &[Hit<usize>]),
        cut: Cut,
        wanted: impl Fn(usize) -> bool,
    ) -> Part {
        let mut part = Part::default();
        let mut number = vec![u32::MAX; shard.types().len()];
        for i in (0..shard.len()).filter(|&i| wanted(i)) {
            let range = shard.range(i);
            let article = part.articles.len() as u32;
            let sentences = if cut == Cut::Sentences { shard.sentences(i) } else { &[] };
            if cut == Cut::Articles {
                // one without words is a unit all the same
                part.units.push(Unit { words: (part.words.len(), part.words.len()), article, sentence: 0 });
            }
            let (mut place, mut unit_of) = (Vec::new(), Vec::new());
            for (at, id) in shard.types_of(range).enumerate() {
                let token = Span::new(at as u32, at as u32 + 1);
                if cut == Cut::Sentences && (at == 0 || sentences.binary_search(&(at as u32)).is_ok()) {
                    let words = (part.words.len(), part.words.len());
                    let sentence = sentences.partition_point(|&begin| begin <= at as u32).saturating_sub(1) as u32;
                    part.units.push(Unit { words, article, sentence });
                }
                place.push(part.words.len());
                unit_of.push(part.units.len() as u32 - 1);
                if removed.get(i).is_none_or(|removed| removed_by(removed, token).is_none()) {
                    if number[id as usize] == u32::MAX {
                        number[id as usize] = part.forms.len() as u32;
                        part.forms.push((shard.types().folded(id).to_string(), shard.types().language(id)));
                    }
                    part.words.push(number[id as usize]);
                }
                if let Some(unit) = part.units.last_mut() {
                    unit.words.1 = part.words.len();
                }
            }
            place.push(part.words.len());
            for hit in hits.iter().filter(|hit| hit.article as usize == i) {
                let tokens = hit.tokens.in_article(range.start).range();
                let words = (place[tokens.start], place[tokens.end]);
                part.hits.push(EntryHit {
                    entry: hit.entry.entry,
                    frame: hit.frame,
                    unit: unit_of[tokens.start],
                    words,
                });
            }
            let outlet = shard.articles()[i].outlet.clone().unwrap_or_default();
            part.articles.push((outlet, first + i as u64));
        }
        part
    }
}

impl Text {
    /// Adds what follows.
    pub fn add(&mut self, part: Part) {
        let numbers: Vec<u32> = part.forms.iter().map(|(form, language)| self.form(form, *language)).collect();
        let (word, unit, article) = (self.words.len(), self.units.len() as u32, self.articles.len() as u32);
        for local in part.words {
            let form = numbers[local as usize] as usize;
            self.count[form] += 1;
            self.words.push(self.forms[form].1);
        }
        let moved = |words: (usize, usize)| (words.0 + word, words.1 + word);
        self.units.extend(part.units.into_iter().map(|of| Unit {
            words: moved(of.words),
            article: of.article + article,
            ..of
        }));
        self.hits.extend(part.hits.into_iter().map(|hit| EntryHit {
            unit: hit.unit + unit,
            words: moved(hit.words),
            ..hit
        }));
        self.articles.extend(part.articles);
    }

    fn form(&mut self, form: &str, language: Language) -> u32 {
        if let Some(&number) = self.stem_numbers.get(&(language, form.into())) {
            return number;
        }
        let mut stem = stem::stem(form, language);
        if !agrees(form, "", language) {
            // lookup keeps these apart too
            stem.push('\u{1}');
        }
        let next = self.stems.len() as u32;
        let stem = *self.stems.entry((language, stem)).or_insert(next);
        if stem == next {
            self.forms_of.push(Vec::new());
        }
        let number = self.forms.len() as u32;
        self.forms_of[stem as usize].push(number);
        self.forms.push((form.into(), stem));
        self.count.push(0);
        self.stem_numbers.insert((language, form.into()), number);
        number
    }

    /// The commonest form of a stem; of equally common ones the first of the alphabet.
    pub fn shown(&self, stem: u32) -> &str {
        let forms = self.forms_of[stem as usize].iter().map(|&form| (&self.forms[form as usize].0, form));
        let best = forms.max_by(|a, b| self.count[a.1 as usize].cmp(&self.count[b.1 as usize]).then(b.0.cmp(a.0)));
        best.map_or("", |(text, _)| text)
    }

    /// Number of stems.
    pub fn stems(&self) -> usize {
        self.forms_of.len()
    }

    /// For each unit whether a hit of a frame begins there, and for each word whether one covers it.
    pub fn marks(&self, frame: usize) -> (Vec<bool>, Vec<bool>) {
        let (mut has, mut covered) = (vec![false; self.units.len()], vec![false; self.words.len()]);
        for hit in self.hits.iter().filter(|hit| hit.frame == frame) {
            has[hit.unit as usize] = true;
            covered[hit.words.0..hit.words.1].fill(true);
        }
        (has, covered)
    }
}
