//! What the last run wrote of a hit is not written anew: results by entry, kept in the run folder itself.
//!
//! In: the last run's `hits.csv` with its keys, and a digest of what decides a row beside its frame and entry. Out: for a hit that
//! the last run had, its row from the left context on; and the tables that no frame decides, whole.
//! Invariant: a row is taken over only where the program, the articles, the settings and every lexicon but the frames are the same, the
//! file is as that run left it, and the same words of the same article are a hit of the same frame and entry in the same voice. Then
//! it would be written byte for byte the same; any doubt is a miss, and the text is read. Where the entry stands in its file is
//! no part of what is taken over: an edit moves the lines after it.
//! It deliberately takes over nothing that is counted: counts are made of hits, every time.

use super::columns::{ARTICLES, COPIES, HITS, REMOVED, Table};
use super::folder::Folder;
use super::keys::{self, Key, Keys};
use super::places::numbers;
use super::printed::Printed;
use super::settled;
use super::sheet::cells_of;
use crate::aggregate::UNKNOWN;
use crate::disk::open_regular;
use crate::error::{Place, Problem, Result};
use crate::lookup::Hit;
use crate::read::Article;
use crate::text::{Span, Token};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Tables that no frame decides.
const WHOLE: [&Table; 3] = [&ARTICLES, &REMOVED, &COPIES];

/// The rows of the last run.
pub struct Earlier<'p> {
    /// File and digest of each table of [`WHOLE`].
    whole: Vec<(File, String)>,
    keys: Keys,
    file: Mutex<File>,
    /// Bytes of the file, and when it was written.
    stamp: (u64, u64),
    /// Number in this run of each frame of the last.
    frames: Vec<Option<u32>>,
    /// Entries of this run that are written like each entry of the last.
    entries: Vec<Option<u32>>,
    /// What [`Earlier::entries`] speaks of, by row in `terms.csv`.
    spelt: Vec<u32>,
    /// Frames and entries of this run.
    printed: &'p Printed,
    /// Hits before each article, and those of the last.
    starts: Vec<usize>,
}

impl<'p> Earlier<'p> {
    /// The rows of the run in this folder, where it was made of the same but for entries of frames.
    pub fn open(out: &str, base: &str, printed: &'p Printed) -> Option<Earlier<'p>> {
        let left = settled::as_left(out, base)?;
        let (file, digest) = left.open(HITS.file)?;
        let stamp = settled::stamp(&file.metadata().ok()?)?;
        let whole = WHOLE.iter().map(|table| left.open(table.file)).collect::<Option<_>>()?;
        let keys = keys::read(open_regular(&Path::new(out).join(keys::FILE)).ok()?, &digest)?;
        let file = Mutex::new(file);
        let mut spellings: BTreeMap<&str, u32> = BTreeMap::new();
        let mut spell = |text| {
            let next = spellings.len() as u32;
            *spellings.entry(text).or_insert(next)
        };
        let spelt = printed.entries.iter().map(|[text, _]| spell(text)).collect();
        let before = &keys.printed;
        let entries = before.entries.iter().map(|[text, _]| spellings.get(text.as_str()).copied()).collect();
        let frame = |cell: &String| printed.frames.iter().position(|known| known == cell).map(|at| at as u32);
        let frames = before.frames.iter().map(frame).collect();
        Some(Earlier { whole, file, stamp, frames, entries, spelt, printed, keys, starts: Vec::new() })
    }

    /// Tells which articles are counted now, in order; nothing can be taken over where they are not as many as then.
    pub fn along(mut self, counted: impl Iterator<Item = bool>) -> Option<Earlier<'p>> {
        let mut lengths = self.keys.lengths.iter();
        let mut next = 0;
        for is_counted in counted {
            self.starts.push(next);
            next += if is_counted { *lengths.next()? as usize } else { 0 };
        }
        self.starts.push(next);
        lengths.next().is_none().then_some(self)
    }

    /// Copies the tables that are the same into a run in the making; false where one of them is not what it was any more.
    pub fn take_over(&self, folder: &mut Folder) -> Result<bool> {
        folder
            .take_over(WHOLE.iter().zip(&self.whole).map(|(table, (file, digest))| (table.file, file, digest.as_str())))
    }

    /// The end of the use of the rows.
    ///
    /// # Errors
    /// Where somebody wrote to them in the meantime.
    pub fn close(self) -> Result<()> {
        let file = self.file.into_inner().unwrap_or_else(PoisonError::into_inner);
        if file.metadata().ok().and_then(|facts| settled::stamp(&facts)) == Some(self.stamp) {
            return Ok(());
        }
        let found = "the hits of the last run were changed while this run made use of them";
        Err(Problem::error("output-in-use", Place::file(HITS.file), found).hint("run again; nothing was lost").into())
    }

    /// The rows of a shard: of `articles` articles from the `first` on.
    pub fn of_shard(&self, first: usize, articles: usize) -> Option<Written<'_>> {
        let hits = *self.starts.get(first)?..*self.starts.get(first + articles)?;
        let begin = self.row(hits.start);
        let mut text = vec![0; usize::try_from(self.row(hits.end).checked_sub(begin)?).ok()?];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(begin)).ok()?;
        file.read_exact(&mut text).ok()?;
        drop(file);
        Some(Written { earlier: self, first, begin, text: String::from_utf8(text).ok()? })
    }

    /// First byte of a row, or the end of the file.
    fn row(&self, hit: usize) -> u64 {
        self.keys.hits.get(hit).map_or(self.stamp.0, |key| key.row)
    }
}

/// True for a table that is taken over whole.
pub(super) fn is_whole(table: &Table) -> bool {
    WHOLE.iter().any(|whole| whole.file == table.file)
}

/// What the last run wrote of the hits of a shard.
pub struct Written<'e> {
    earlier: &'e Earlier<'e>,
    first: usize,
    begin: u64,
    text: String,
}

/// What the last run wrote of the hits of an article.
pub(super) struct OfArticle<'w> {
    written: &'w Written<'w>,
    hits: Range<usize>,
    /// The cells with which every row of the article begins.
    cells: String,
}

impl Written<'_> {
    /// The rows, as one text.
    pub(super) fn into_rows(self) -> String {
        self.text
    }

    /// The rows of an article of the shard, if it has some.
    pub(super) fn of_article(&self, i: usize, article: &Article) -> Option<OfArticle<'_>> {
        let starts = &self.earlier.starts;
        let hits = starts[self.first + i]..starts[self.first + i + 1];
        (!hits.is_empty()).then(|| OfArticle { written: self, hits, cells: cells_of_article(article) })
    }
}

impl OfArticle<'_> {
    /// The key of a hit, and where in the rows of the shard its own begins to tell the left context, and ends.
    pub(super) fn find(&self, hit: &Hit, tokens: Span<Token>) -> Option<(&Key, Range<u32>)> {
        let (written, earlier) = (self.written, self.written.earlier);
        let spans = &earlier.keys.tokens[self.hits.clone()];
        let from = self.hits.start + spans.partition_point(|known| known.start < tokens.start);
        let (voice, counted) = numbers(hit.verdict.voice.name(), hit.uncounted);
        let spelt = earlier.spelt[earlier.printed.row(hit.entry) as usize];
        let is_it = |at: &usize| {
            let key = &earlier.keys.hits[*at];
            earlier.keys.tokens[*at] == tokens
                && (key.voice, key.counted) == (voice, counted)
                && earlier.frames.get(key.frame as usize) == Some(&Some(hit.frame))
                && earlier.entries.get(key.entry as usize) == Some(&Some(spelt))
        };
        let same_start = (from..self.hits.end).take_while(|&at| earlier.keys.tokens[at].start == tokens.start);
        let at = same_start.into_iter().find(is_it)?;
        let key = &earlier.keys.hits[at];
        let place = |row: u64| row.checked_sub(written.begin).map(|place| place as usize);
        let end = place(earlier.row(at + 1))?;
        let row = written.text.get(place(key.row)?..end)?.strip_suffix('\n')?;
        let printed = &earlier.keys.printed;
        let [text, stood] = &printed.entries[key.entry as usize];
        let rest = row.strip_prefix(self.cells.as_str())?.strip_prefix(printed.frames[key.frame as usize].as_str())?;
        let rest = rest.strip_prefix(text.as_str())?.strip_prefix(stood.as_str())?;
        Some((key, (end - 1 - rest.len()) as u32..(end - 1) as u32))
    }
}

/// The cells with which every row of hits of an article begins.
pub(super) fn cells_of_article(article: &Article) -> String {
    let date = article.date.map(|date| date.to_string()).unwrap_or_default();
    cells_of(&[&article.id, article.outlet.as_deref().unwrap_or(UNKNOWN), &date])
}
