//! What only all articles together can say, kept beside the index.
//!
//! In: the shards of a corpus as they were read. Out: the same shards, settled, and their [`Survey`]; from the cache where both were made
//! of the same before.
//! Invariant: the result is the same with the cache, without it, and with a damaged one: any doubt is a miss. Of the lexicons only their
//! languages count, unless words are broken at line ends: then all of them do.

use super::indexing::Indexer;
use super::library::Library;
use super::{damaged, settle};
use crate::aggregate::Grouping;
use crate::count::{Survey, Surveyor};
use crate::error::{Problem, Result};
use crate::index::bytes::{Reader, Writer};
use crate::index::sealed::Value;
use crate::index::{Kept, Key, Shard, Store};
use crate::lexicon::{self, Lexicon, covers};
use crate::study::Study;
use std::sync::Arc;

/// What settling changed.
#[derive(Default)]
pub(super) struct Settling {
    /// Shards that were made again, by number.
    pub again: Vec<(usize, Key, Arc<Kept>)>,
    /// Words are broken at line ends, so that lexicons had a say.
    pub asked_lexicons: bool,
    /// Which words are joined, as text.
    pub words: String,
    /// What there is to say of it.
    pub problems: Vec<Problem>,
}

impl Settling {
    fn apply(self, library: &mut Library) {
        for (number, _, kept) in self.again {
            library.shards[number].0 = kept;
        }
        library.settled = self.words;
        library.asks_lexicons = self.asked_lexicons;
        library.problems.extend(self.problems);
    }
}

/// What a corpus is surveyed by, beside its shards.
pub(super) struct Surveying<'a> {
    pub study: &'a Study,
    pub grouping: &'a Grouping,
    pub store: &'a Store,
    pub indexer: &'a Indexer<'a>,
    /// Lexicons of frames.
    pub frames: &'a [Lexicon],
    pub lexicons: &'a lexicon::Set,
}

impl Surveying<'_> {
    /// Settles what is open in the shards, and surveys them.
    pub fn of(&self, library: &mut Library) -> Result<Survey> {
        let Surveying { study, store, .. } = *self;
        let key = self.key(library);
        let said: String = self.lexicons.all().map(|lexicon| format!("{}\n", lexicon.fingerprint())).collect();
        let known = store.value(Value::Survey, key);
        if let Some((settling, survey)) = known.and_then(|bytes| read(&bytes, &said, store, library)) {
            settling.apply(library);
            return Ok(survey);
        }
        let all: Vec<&Lexicon> = self.lexicons.all().collect();
        let settling = settle::settle(library, self.indexer, &all, study.clean.dehyphenate, study.reading.fold);
        let head = write(&settling, &said);
        settling.apply(library);
        let mut surveyor = Surveyor::new(self.grouping, &study.clean);
        for (kept, _) in &library.shards {
            let shard = Shard::open(kept).ok_or_else(damaged)?;
            surveyor.push(&shard, |language| covers(self.frames, language));
        }
        let survey = surveyor.finish(study.report.max_groups);
        store.keep_value(Value::Survey, key, &[head, survey.bytes()].concat());
        Ok(survey)
    }

    /// Digest of what the survey is made of.
    fn key(&self, library: &Library) -> Key {
        let mut hasher = self.indexer.base();
        let languages: Vec<_> = self.frames.iter().map(|lexicon| lexicon.language).collect();
        let (clean, most_shown) = (&self.study.clean, self.study.report.max_groups);
        hasher.update(format!("survey {:?} {clean:?} {most_shown} {languages:?}\n", self.grouping).as_bytes());
        for (kept, first) in &library.shards {
            hasher.update(&kept.sum().to_le_bytes());
            hasher.update(&first.to_le_bytes());
        }
        Key::of(&hasher)
    }
}

/// What stands before the survey.
fn write(settling: &Settling, lexicons: &str) -> Vec<u8> {
    let mut to = Writer::default();
    to.maybe(settling.asked_lexicons.then_some(lexicons));
    to.text(&settling.words);
    to.number(settling.problems.len() as u64);
    settling.problems.iter().flat_map(Problem::cells).for_each(|cell| to.text(&cell));
    to.number(settling.again.len() as u64);
    for (number, key, _) in &settling.again {
        to.number(*number as u64);
        to.text(&key.hex());
    }
    let mut head = Writer::default();
    head.word(to.bytes.len() as u64);
    [head.bytes, to.bytes].concat()
}

/// What [`write`] wrote of these shards, and the survey behind it; nothing where other lexicons had a say or a shard is gone.
fn read(bytes: &[u8], lexicons: &str, store: &Store, library: &Library) -> Option<(Settling, Survey)> {
    let (length, rest) = bytes.split_at_checked(8)?;
    let length = usize::try_from(Reader::new(length).word()?).ok()?;
    let (head, survey) = rest.split_at_checked(length)?;
    let mut from = Reader::new(head);
    let said = from.maybe()?;
    said.is_none_or(|said| said == lexicons).then_some(())?;
    let words = from.text()?.to_string();
    let mut settling = Settling { asked_lexicons: said.is_some(), words, ..Settling::default() };
    for _ in 0..from.number()? {
        let mut cells: [String; 8] = Default::default();
        for cell in &mut cells {
            *cell = from.text()?.to_string();
        }
        settling.problems.push(Problem::from_cells(cells));
    }
    for _ in 0..from.number()? {
        let number = usize::try_from(from.number()?).ok().filter(|number| *number < library.shards.len())?;
        let key = Key::parse(from.text()?)?;
        settling.again.push((number, key, store.get(key)?));
    }
    from.is_empty().then_some(())?;
    let survey = Survey::of_bytes(survey).filter(|survey| survey.counted().count() as u64 == library.articles)?;
    Some((settling, survey))
}
