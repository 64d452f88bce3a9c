//! A shard of articles, indexed: which types there are, and where each occurs.
//!
//! In: articles. Out: a [`Draft`], whose bytes are kept; of kept bytes, a [`Shard`].
//! Invariant: everything in a shard depends on its articles alone, so shards can be built in any order, on any thread, and kept
//! from run to run. What is kept is checked in the memory in which it is used: any doubt is a miss.
//! It deliberately holds no lexicon: a lexicon is looked up in it, and edited without it.

mod blocks;
pub mod bytes;
mod check;
mod draft;
mod key;
mod layout;
mod metadata;
mod positions;
mod postings;
mod reader;
mod records;
pub mod sealed;
mod sources;
mod spill;
mod store;
mod stored;
mod texts;
mod types;

pub use draft::{Draft, Reading, Settled};
pub use key::Key;
pub use layout::FORMAT;
pub use positions::{Position, Positions};
pub use postings::Postings;
pub use reader::TextReader;
pub use records::{Corpus, Entry, Stamp};
pub use sources::Sources;
pub use store::Store;
pub use stored::{Bytes, StoredShard};
pub use types::{Types, agrees, wildcard};

use crate::read::Article;
use crate::read::cells::RawCell;
use crate::stem::Stems;
use crate::text::{Fold, Language, ShardToken, Span};
use crate::tokenise::{Guess, TypeId};
use blocks::FileColumns;
use bytemuck::Pod;
use metadata::Metadata;
use sources::InPlace;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, OnceLock};

/// Which build of the program this is, hexadecimal: a digest of its sources, lexicons, crates and compiler. One that was built of others
/// may find other words without a new version, so what an earlier one kept is not taken over.
pub const BUILD: &str = env!("FRAMESCOPE_BUILD");

/// What other rooms keep with a shard: bytes for each article, kind by kind.
pub struct Attached {
    columns: Vec<(Vec<u32>, Vec<u8>)>,
}

/// Kinds of what other rooms keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What is removed, and what other articles need to know.
    Clean = 0,
    /// Who speaks.
    Voice = 1,
    /// Which types are names.
    Names = 2,
}

const KINDS: usize = 3;

impl Default for Attached {
    fn default() -> Attached {
        Attached { columns: vec![(Vec::new(), Vec::new()); KINDS] }
    }
}

impl Attached {
    /// Adds the bytes of the next article.
    pub fn push(&mut self, kind: Kind, bytes: &[u8]) {
        let (ends, all) = &mut self.columns[kind as usize];
        all.extend_from_slice(bytes);
        ends.push(all.len() as u32);
    }
}

const COLUMNS: usize = 20 + 2 * KINDS;

mod column {
    pub const META: usize = 0;
    pub const ENDS: usize = 1;
    pub const LANGUAGES: usize = 2;
    pub const ARENA: usize = 3;
    pub const TYPE_ENDS: usize = 4;
    pub const STEMS: usize = 5;
    pub const NARROW: usize = 6;
    pub const WIDE: usize = 7;
    pub const POSTING_ENDS: usize = 8;
    pub const POSTINGS: usize = 9;
    pub const SENTENCES: usize = 10;
    pub const PARAGRAPHS: usize = 11;
    pub const TEXT_ENDS: usize = 12;
    pub const BLOCKS: usize = 13;
    pub const TEXTS: usize = 14;
    pub const SENTENCE_BYTES: usize = 15;
    pub const FOLD: usize = 16;
    pub const JOINS: usize = 17;
    pub const BREAKS: usize = 18;
    pub const IN_PLACE: usize = 19;
    pub const ATTACHED: usize = 20;
}

/// Where the columns of a shard are.
enum Columns {
    /// In memory: its bytes, and where each column lies.
    Whole(Bytes, Vec<Range<usize>>),
    /// In its file.
    File(Box<FileColumns>),
}

/// Articles in the order they were read, with their index: the unit of threads and memory.
pub struct Shard {
    columns: Columns,
    /// What is known of the articles besides their words, once somebody has asked for it.
    metadata: OnceLock<Metadata>,
    type_languages: Vec<types::LanguageTypes>,
    /// The files in which texts lie that are not packed.
    sources: Arc<Sources>,
}

impl Shard {
    /// Opens a shard that was made or checked in this run; `None` where its bytes are not there any more.
    pub fn open(stored: &StoredShard) -> Option<Shard> {
        let bytes = stored.load()?;
        let shard = if stored.is_promised() { Shard::checked(bytes) } else { Shard::in_memory(bytes) };
        Some(Shard { sources: stored.sources(), ..shard? })
    }

    /// Looks at a few places: of a shard that is only promised, what is asked for is read, and examined, when it is asked for. Where that is
    /// not what it was when the shard was made, nothing was seen, whatever `look` made of it.
    pub fn look<R>(stored: &StoredShard, look: impl FnOnce(&Shard) -> Option<R>) -> Option<R> {
        let shard = match stored.in_file(COLUMNS) {
            None => Shard::open(stored)?,
            Some(columns) => Shard::of_columns(Columns::File(Box::new(columns?)))?.reading(stored.sources()),
        };
        let seen = catch_unwind(AssertUnwindSafe(|| look(&shard)));
        let is_damaged = matches!(&shard.columns, Columns::File(columns) if columns.is_damaged());
        if is_damaged { None } else { seen.unwrap_or_else(|panic| resume_unwind(panic)) }
    }

    /// The same shard, its texts read in these files.
    fn reading(self, sources: Arc<Sources>) -> Shard {
        Shard { sources, ..self }
    }

    /// Opens bytes that anybody may have put together; `None` where their columns do not fit together.
    fn checked(bytes: Bytes) -> Option<Shard> {
        Shard::in_memory(bytes).filter(check::fits)
    }

    /// Of bytes that are known to be whole.
    fn in_memory(bytes: Bytes) -> Option<Shard> {
        let ranges = layout::ranges(bytes.bytes(), COLUMNS)?;
        Shard::of_columns(Columns::Whole(bytes, ranges))
    }

    fn of_columns(columns: Columns) -> Option<Shard> {
        let mut shard =
            Shard { columns, metadata: OnceLock::new(), type_languages: Vec::new(), sources: Arc::default() };
        if let Columns::Whole(..) = shard.columns {
            shard.metadata = OnceLock::from(shard.read_metadata()?);
        }
        let of = |&[language, end]: &[u32; 2]| Some(types::LanguageTypes { language: draft::unpack(language)?, end });
        shard.type_languages = shard.column::<[u32; 2]>(column::LANGUAGES).iter().map(of).collect::<Option<_>>()?;
        Some(shard)
    }

    /// What is known of the articles besides their words; nothing where it is of more or fewer.
    fn read_metadata(&self) -> Option<Metadata> {
        Metadata::read(self.column(column::META), self.len())
    }

    fn metadata(&self) -> &Metadata {
        self.metadata.get_or_init(|| {
            self.read_metadata().unwrap_or_else(|| {
                if let Columns::File(columns) = &self.columns {
                    columns.mark_damaged();
                }
                Metadata::unknown(self.len())
            })
        })
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.ends().len()
    }

    /// True without articles.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The articles as read, without their texts.
    pub fn articles(&self) -> &[Article] {
        &self.metadata().articles
    }

    /// The same, where the rest is not needed any more.
    pub fn into_articles(mut self) -> Vec<Article> {
        self.metadata();
        self.metadata.take().map(|metadata| metadata.articles).unwrap_or_default()
    }

    /// Language of each article, told or detected.
    pub fn languages(&self) -> &[Language] {
        &self.metadata().languages
    }

    /// What the text of each article says of its language.
    pub fn guesses(&self) -> &[Guess] {
        &self.metadata().guesses
    }

    /// A shard in memory, with nothing attached.
    pub fn build(articles: Vec<Article>, default: Option<Language>, stems: &mut Stems) -> Shard {
        Shard::of(&Draft::of(articles, default, stems), &Attached::default())
    }

    /// [`Shard::build`], its words folded so far.
    pub fn build_folded(articles: Vec<Article>, fold: Fold, stems: &mut Stems) -> Shard {
        let reading = Reading { fold, ..Reading::default() };
        Shard::of(&Draft::read(articles, reading, stems), &Attached::default())
    }

    /// A shard in memory.
    pub fn of(draft: &Draft, attached: &Attached) -> Shard {
        let bytes = draft.encode(attached).unwrap_or_default();
        Shard::in_memory(Bytes::of(&bytes)).unwrap_or_else(|| Shard {
            columns: Columns::Whole(Bytes::of(&[]), vec![0..0; COLUMNS]),
            metadata: OnceLock::new(),
            type_languages: Vec::new(),
            sources: Arc::default(),
        })
    }

    fn column<T: Pod>(&self, number: usize) -> &[T] {
        match &self.columns {
            Columns::Whole(bytes, ranges) => layout::column(bytes.bytes(), &ranges[number]),
            Columns::File(columns) => columns.column(number),
        }
    }

    /// Some values of a column; none where it has not so many.
    fn part<T: Pod>(&self, number: usize, values: Range<usize>) -> &[T] {
        match &self.columns {
            Columns::Whole(..) => self.column(number).get(values).unwrap_or_default(),
            Columns::File(columns) => columns.part(number, values),
        }
    }

    /// Where each article's tokens, sentences and paragraphs end.
    fn ends(&self) -> &[[u32; 3]] {
        self.column(column::ENDS)
    }

    /// Tokens before a line end that may break a word, but was not found to.
    pub fn breaks(&self) -> &[u32] {
        self.column(column::BREAKS)
    }

    /// Where words of an article go on after a line end: first byte after the part before it.
    pub fn joins(&self, article: usize) -> impl Iterator<Item = u32> + '_ {
        let all: &[[u32; 2]] = self.column(column::JOINS);
        let first = all.partition_point(|join| (join[0] as usize) < article);
        all[first..].iter().take_while(move |join| join[0] as usize == article).map(|join| join[1])
    }

    /// Number of tokens.
    pub fn tokens(&self) -> u32 {
        self.ends().last().map_or(0, |ends| ends[0])
    }

    /// The types.
    pub fn types(&self) -> Types<'_> {
        Types {
            languages: &self.type_languages,
            arena: self.column(column::ARENA),
            ends: self.column(column::TYPE_ENDS),
            stems: self.column(column::STEMS),
            fold: self.fold(),
        }
    }

    /// How far its words are folded.
    pub fn fold(&self) -> Fold {
        let number: &[u32] = self.column(column::FOLD);
        if number.first() == Some(&(Fold::Strict as u32)) { Fold::Strict } else { Fold::Usual }
    }

    /// Tokens by type.
    pub fn postings(&self) -> Postings<'_> {
        Postings { shard: self, ends: self.column(column::POSTING_ENDS), tokens: self.tokens() }
    }

    /// The types of a range of tokens.
    pub fn types_of(&self, tokens: Span<ShardToken>) -> impl Iterator<Item = TypeId> + '_ {
        let narrow: &[u16] = self.part(column::NARROW, tokens.range());
        let wide: &[u32] = self.part(column::WIDE, tokens.range());
        narrow.iter().map(|&id| TypeId::from(id)).chain(wide.iter().copied())
    }

    /// The tokens of an article, numbered within the shard.
    pub fn range(&self, article: usize) -> Span<ShardToken> {
        Span::new(self.before(article)[0], self.ends()[article][0])
    }

    fn before(&self, article: usize) -> [u32; 3] {
        article.checked_sub(1).map_or([0; 3], |before| self.ends()[before])
    }

    /// The article that holds a token of the shard.
    pub fn article_of(&self, token: u32) -> usize {
        self.ends().partition_point(|ends| ends[0] <= token)
    }

    /// First token of each sentence of an article, counted from the article's first.
    pub fn sentences(&self, article: usize) -> &[u32] {
        let range = self.before(article)[1] as usize..self.ends()[article][1] as usize;
        self.column(column::SENTENCES).get(range).unwrap_or_default()
    }

    /// First byte of the first word of each sentence of an article.
    fn sentence_bytes(&self, article: usize) -> &[u32] {
        let range = self.before(article)[1] as usize..self.ends()[article][1] as usize;
        self.column(column::SENTENCE_BYTES).get(range).unwrap_or_default()
    }

    /// First token of each paragraph of an article, likewise.
    pub fn paragraphs(&self, article: usize) -> &[u32] {
        let range = self.before(article)[2] as usize..self.ends()[article][2] as usize;
        self.column(column::PARAGRAPHS).get(range).unwrap_or_default()
    }

    /// Where the text of an article lies, if it is not packed.
    fn in_place(&self, article: usize) -> Option<&InPlace> {
        self.column::<InPlace>(column::IN_PLACE).get(article).filter(|place| place.is_some())
    }

    /// The cell of its file in which the text of an article lies, if it is not packed.
    pub fn raw(&self, article: usize) -> Option<RawCell> {
        self.in_place(article).map(InPlace::cell)
    }

    /// Bytes of an article's text.
    pub fn text_bytes(&self, article: usize) -> u64 {
        match self.in_place(article) {
            Some(place) => u64::from(place.text_len),
            None => self.packed_bytes(article),
        }
    }

    /// Bytes of an article's text that are packed.
    fn packed_bytes(&self, article: usize) -> u64 {
        let ends: &[u32] = self.column(column::TEXT_ENDS);
        let blocks: &[texts::Block] = self.column(column::BLOCKS);
        let is_first = blocks.binary_search_by_key(&(article as u32), |block| block[0]).is_ok();
        let end = |article: usize| ends.get(article).copied().unwrap_or(0);
        let start = if is_first || article == 0 { 0 } else { end(article - 1) };
        u64::from(end(article).saturating_sub(start))
    }

    /// What another room keeps of an article.
    pub fn attached(&self, kind: Kind, article: usize) -> &[u8] {
        let number = column::ATTACHED + 2 * kind as usize;
        let ends: &[u32] = self.column(number);
        let start = article.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        let end = ends.get(article).copied().unwrap_or(0);
        self.part(number + 1, start as usize..end as usize)
    }
}
