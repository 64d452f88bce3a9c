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
use crate::index::{Key, Shard, Store, StoredShard};
use crate::lexicon::{self, Lexicon, covers};
use crate::stories::Articles;
use crate::study::Study;
use std::sync::Arc;

/// What settling changed.
#[derive(Default)]
pub(super) struct SettleChanges {
    /// Shards that were made again, by number.
    pub again: Vec<(usize, Key, Arc<StoredShard>)>,
    /// Words are broken at line ends, so that lexicons had a say.
    pub asked_lexicons: bool,
    /// Which words are joined, as text.
    pub words: String,
    /// What there is to say of it.
    pub problems: Vec<Problem>,
}

impl SettleChanges {
    fn apply(self, library: &mut Library) {
        for (number, _, stored) in self.again {
            library.shards[number].0 = stored;
        }
        library.settled = self.words;
        library.asks_lexicons = self.asked_lexicons;
        library.problems.extend(self.problems);
    }
}

/// What a corpus is surveyed by, beside its shards.
pub(super) struct SurveyContext<'a> {
    pub study: &'a Study,
    pub grouping: &'a Grouping,
    pub store: &'a Store,
    pub indexer: &'a Indexer<'a>,
    /// Lexicons of frames.
    pub frames: &'a [Lexicon],
    pub lexicons: &'a lexicon::Set,
    /// The further column that names stories.
    pub column: Option<usize>,
}

impl SurveyContext<'_> {
    /// Settles what is open in the shards, and surveys them. Where they had to be opened for it, also what stories need to know of the articles.
    pub fn of(&self, library: &mut Library) -> Result<(Survey, Option<Articles>)> {
        let SurveyContext { study, store, .. } = *self;
        let key = self.key(library);
        let said: String = self.lexicons.all().map(|lexicon| format!("{}\n", lexicon.fingerprint())).collect();
        let cached = store.value(Value::Survey, key);
        if let Some((settling, survey)) = cached.and_then(|bytes| read(&bytes, &said, store, library)) {
            settling.apply(library);
            return Ok((survey, None));
        }
        let all: Vec<&Lexicon> = self.lexicons.all().collect();
        let settling = settle::settle(library, self.indexer, &all, study.clean.dehyphenate, study.reading.fold);
        let head = write(&settling, &said);
        settling.apply(library);
        let (mut surveyor, mut articles) = (Surveyor::new(self.grouping, &study.clean), Articles::default());
        for (stored, _) in &library.shards {
            let shard = Shard::open(stored).ok_or_else(damaged)?;
            surveyor.push(&shard, |language| covers(self.frames, language));
            articles.push(&shard, self.column);
        }
        let survey = surveyor.finish(study.report.max_groups);
        store.keep_value(Value::Survey, key, &[head, survey.bytes()].concat());
        Ok((survey, Some(articles)))
    }

    /// Digest of what the survey is made of.
    fn key(&self, library: &Library) -> Key {
        let mut hasher = self.indexer.base();
        let languages: Vec<_> = self.frames.iter().map(|lexicon| lexicon.language).collect();
        let (clean, most_shown) = (&self.study.clean, self.study.report.max_groups);
        hasher.update(format!("survey {:?} {clean:?} {most_shown} {languages:?}\n", self.grouping).as_bytes());
        for (stored, first) in &library.shards {
            hasher.update(&stored.sum().to_le_bytes());
            hasher.update(&first.to_le_bytes());
        }
        Key::of(&hasher)
    }
}

/// What stands before the survey.
fn write(settling: &SettleChanges, lexicons: &str) -> Vec<u8> {
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
fn read(bytes: &[u8], lexicons: &str, store: &Store, library: &Library) -> Option<(SettleChanges, Survey)> {
    let (length, rest) = bytes.split_at_checked(8)?;
    let length = usize::try_from(Reader::new(length).word()?).ok()?;
    let (head, survey) = rest.split_at_checked(length)?;
    let mut from = Reader::new(head);
    let said = from.maybe()?;
    said.is_none_or(|said| said == lexicons).then_some(())?;
    let words = from.text()?.to_string();
    let mut settling = SettleChanges { asked_lexicons: said.is_some(), words, ..SettleChanges::default() };
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
