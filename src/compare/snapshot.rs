//! What a diff needs of a run: settings, entries, articles with their counts, and where every hit stands.
//!
//! In: a run folder. Out: a [`Snapshot`].
//! Invariant: every hit belongs to an article and an entry of the snapshot, and the hits of an article and frame are as many as
//! `counts.csv` says; a folder of which that is not true was edited, and is refused.
//! It deliberately keeps no sentence: a hit knows the byte of its row in `hits.csv`.

use super::door::{Door, Row, places};
use crate::disk::open_regular;
use crate::error::Result;
use crate::report::columns::{ARTICLES, COMPARISONS, COUNTS, FRAMES, HITS, TERMS};
use crate::report::keys::{self, COUNTED, Key, Keys, VOICES};
use crate::results::real;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A run, as far as a diff goes.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The folder, as typed.
    pub shown: String,
    /// Where its rows are read again.
    pub(super) folder: PathBuf,
    /// Program, tokeniser, stemmer and every setting, by dotted name.
    pub options: BTreeMap<String, String>,
    /// Name, file, version and digest of each lexicon.
    pub lexicons: Vec<[String; 4]>,
    /// Digest of each file of the corpus.
    pub inputs: BTreeMap<String, String>,
    /// What articles are grouped by.
    pub dimensions: Vec<String>,
    /// Labels of each group.
    pub groups: Vec<Vec<String>>,
    /// Names of the frames.
    pub frames: Vec<String>,
    /// Entries and exceptions of every lexicon of frames and sentiment, in the order of `terms.csv`.
    pub entries: Vec<Entry>,
    /// Articles, in the order of `articles.csv`.
    pub articles: Vec<Article>,
    /// Counted hits: counted article after counted article, frame by frame.
    pub(super) counts: Vec<u32>,
    /// Hits, article after article.
    pub(super) hits: Vec<Key>,
    /// Interval of the rate by group and frame.
    pub(super) intervals: BTreeMap<(usize, usize), [Option<f64>; 2]>,
    /// Group against the rest, by group and frame.
    pub(super) comparisons: BTreeMap<(usize, usize), Comparison>,
}

/// A line of a lexicon.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Name of its lexicon.
    pub lexicon: String,
    /// Its frame.
    pub frame: String,
    /// As written.
    pub text: String,
    /// File and line.
    pub at: String,
    /// `stem`, `exact` or `case`.
    pub mode: String,
    /// As printed.
    pub weight: String,
    /// It takes hits away and has none.
    pub except: bool,
    /// Counted hits.
    pub hits: u64,
}

/// An article.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Identifier.
    pub id: String,
    /// Outlet.
    pub outlet: String,
    /// Title.
    pub title: String,
    /// `yes`, or why it is not counted.
    pub counted: String,
    /// Its group, where it is counted.
    pub group: Option<usize>,
    /// Words that could have been hits.
    pub words: u64,
    /// Digest of what tells that its text is another: title, words, sentences, digest of its words and of its file.
    pub(super) text: [u8; 16],
    /// The file, where it is a file of its own.
    pub(super) file: Option<String>,
    /// Place of its counts.
    pub(super) counts: usize,
    /// Place of its hits.
    pub(super) hits: Range<usize>,
}

/// A group against the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Comparison {
    pub(super) ratio: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) q: Option<f64>,
}

impl Snapshot {
    /// Reads a run folder; `shown` is how the user calls it.
    ///
    /// # Errors
    /// Where it is no run folder, one of another version, or one that was edited.
    pub fn read(folder: &Path, shown: &str) -> Result<Snapshot> {
        let door = Door::open(folder, shown)?;
        let mut snapshot = Snapshot::begin(&door);
        snapshot.entries(&door)?;
        snapshot.articles(&door)?;
        snapshot.counts(&door)?;
        let counted = snapshot.counted_articles().count();
        let kept = open_regular(&folder.join(keys::FILE)).ok();
        let kept = kept.and_then(|file| keys::read(file, door.digest(HITS.file)?));
        match kept.filter(|kept| kept.lengths.len() == counted) {
            Some(Keys { lengths, hits, .. }) => snapshot.place(&lengths, hits),
            None => snapshot.hits(&door)?,
        }
        snapshot.check(&door)?;
        snapshot.estimates(&door)?;
        Ok(snapshot)
    }

    /// The bytes of the file of keys for a run that was read from its tables, whose `hits.csv` has this digest.
    pub fn hit_keys(&self, digest: &str) -> Option<Vec<u8>> {
        let counted = self.articles.iter().filter(|article| article.group.is_some());
        let lengths: Vec<u32> = counted.map(|article| article.hits.len() as u32).collect();
        keys::of_keys(digest, &lengths, &self.hits)
    }

    /// What the manifest alone tells: settings, lexicons and files.
    pub(super) fn told(folder: &Path, shown: &str) -> Result<Snapshot> {
        Ok(Snapshot::begin(&Door::open(folder, shown)?))
    }

    fn begin(door: &Door) -> Snapshot {
        let (shown, folder) = (door.shown.clone(), door.folder.clone());
        let mut snapshot = Snapshot { shown, folder, ..Snapshot::default() };
        snapshot.manifest(&door.manifest);
        snapshot
    }

    fn manifest(&mut self, manifest: &Value) {
        for name in ["framescope", "tokeniser", "stemmer"] {
            self.options.insert(name.to_string(), plain(&manifest[name]));
        }
        flatten("study", &manifest["study"], &mut self.options);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        for lexicon in manifest["lexicons"].as_array().into_iter().flatten() {
            self.lexicons.push(["name", "file", "version", "digest"].map(|name| text(&lexicon[name])));
        }
        for input in manifest["inputs"].as_array().into_iter().flatten() {
            self.inputs.insert(text(&input["file"]), text(&input["blake3"]));
        }
    }

    fn entries(&mut self, door: &Door) -> Result<()> {
        let of = places(&TERMS, ["lexicon", "frame", "entry", "entry_at", "match", "weight", "except", "hits"]);
        door.rows(&TERMS, |row| {
            let text = |column: usize| row.text(of[column]).map(str::to_string);
            let [lexicon, frame, entry, at, mode] = [text(0)?, text(1)?, text(2)?, text(3)?, text(4)?];
            let weight = row.real(of[5])?.map(real).unwrap_or_default();
            let (except, hits) = (row.flag(of[6])?, row.integer(of[7])?.unwrap_or(0));
            self.entries.push(Entry { lexicon, frame, text: entry, at, mode, weight, except, hits });
            Ok(())
        })?;
        Ok(())
    }

    fn articles(&mut self, door: &Door) -> Result<()> {
        let inputs = std::mem::take(&mut self.inputs);
        let mut told = Vec::new();
        let names = ["article", "outlet", "title", "file", "record", "words", "sentences", "counted", "words_digest"];
        let [id, outlet, title, file_at, record, words, sentences, counted, words_digest] = places(&ARTICLES, names);
        door.rows(&ARTICLES, |row| {
            let (file, is_whole) = (row.text(file_at)?, row.bytes(record).is_empty());
            let digest = if is_whole { inputs.get(file).map_or("", String::as_str) } else { "" };
            told.clear();
            for part in [title, words, sentences, words_digest]
                .map(|column| row.bytes(column))
                .into_iter()
                .chain([digest.as_bytes()])
            {
                told.extend_from_slice(part);
                told.push(0);
            }
            let mut text = [0; 16];
            text.copy_from_slice(&blake3::hash(&told).as_bytes()[..16]);
            self.articles.push(Article {
                id: row.text(id)?.to_string(),
                outlet: row.text(outlet)?.to_string(),
                title: row.text(title)?.to_string(),
                counted: row.text(counted)?.to_string(),
                text,
                file: is_whole.then(|| file.to_string()),
                ..Article::default()
            });
            Ok(())
        })?;
        self.inputs = inputs;
        Ok(())
    }

    fn counts(&mut self, door: &Door) -> Result<()> {
        let mut groups: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut next = 0;
        let [article_at, words] = places(&COUNTS, ["article", "words"]);
        let header = door.rows(&COUNTS, |row| {
            let id = row.bytes(article_at);
            while self.articles.get(next).is_some_and(|article| article.id.as_bytes() != id) {
                next += 1;
            }
            let counts = self.counts.len();
            for frame in 0..row.further() {
                self.counts.push(row.further_number(frame)? as u32);
            }
            let Some(article) = self.articles.get_mut(next) else {
                return Err(row
                    .wrong(format!("article `{}` is not in {}", row.text(article_at)?, ARTICLES.file))
                    .into());
            };
            next += 1;
            let fresh = groups.len();
            article.group = Some(*groups.entry(row.labels()).or_insert(fresh));
            article.words = row.number(words)?;
            article.counts = counts;
            Ok(())
        })?;
        self.groups = vec![Vec::new(); groups.len()];
        for (labels, place) in groups {
            self.groups[place] = labels;
        }
        (self.dimensions, self.frames) = (header.dimensions, header.further);
        Ok(())
    }

    /// Articles that are counted, by their place.
    fn counted_articles(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.articles.len()).filter(|&article| self.articles[article].group.is_some())
    }

    fn hits(&mut self, door: &Door) -> Result<()> {
        let known = Known::of(self);
        let mut wanted = Vec::new();
        let (mut article, mut first) = (0, 0);
        let mut hits: Vec<Key> = Vec::new();
        let [id] = places(&HITS, ["article"]);
        door.rows(&HITS, |row| {
            if self.articles.get(article).is_none_or(|now| now.id.as_bytes() != row.bytes(id)) {
                if let Some(done) = self.articles.get_mut(article) {
                    done.hits = first..hits.len();
                }
                first = hits.len();
                while self.articles.get(article).is_some_and(|now| now.id.as_bytes() != row.bytes(id)) {
                    article += 1;
                }
            }
            if article == self.articles.len() {
                return Err(row.wrong(format!("article `{}` is not in its place", row.text(id)?)).into());
            }
            hits.push(known.key(row, &mut wanted)?);
            Ok(())
        })?;
        if let Some(last) = self.articles.get_mut(article) {
            last.hits = first..hits.len();
        }
        self.hits = hits;
        Ok(())
    }

    /// Puts hits that were kept by counted article in their places.
    fn place(&mut self, lengths: &[u32], hits: Vec<Key>) {
        let mut first = 0;
        for (article, &length) in self.articles.iter_mut().filter(|article| article.group.is_some()).zip(lengths) {
            if length > 0 {
                article.hits = first..first + length as usize;
                first = article.hits.end;
            }
        }
        self.hits = hits;
    }

    /// Every count is its hits. A frame that holds others counts places once, which its rows do not show.
    fn check(&self, door: &Door) -> Result<()> {
        let inner: Vec<usize> = (0..self.frames.len()).filter(|&frame| !self.holds_others(frame)).collect();
        let mut found = vec![0_u32; self.frames.len()];
        for article in self.articles.iter().filter(|article| article.group.is_some()) {
            found.fill(0);
            for key in &self.hits[article.hits.clone()] {
                let is_counted = key.counted == 0;
                let frame = found.get_mut(key.frame as usize).filter(|_| (key.entry as usize) < self.entries.len());
                let Some(count) = frame else {
                    return Err(door.edited(HITS.file, 0, format!("odd hits in article `{}`", article.id)).into());
                };
                *count += u32::from(is_counted);
            }
            if let Some(&frame) = inner.iter().find(|&&frame| found[frame] != self.counts[article.counts + frame]) {
                let said = self.counts[article.counts + frame];
                let rows = found[frame];
                let text = format!(
                    "article `{}`, frame `{}`: {said} hits counted, {rows} rows",
                    article.id, self.frames[frame]
                );
                return Err(door.edited(COUNTS.file, 0, text).into());
            }
        }
        Ok(())
    }

    /// True for a frame with frames inside it.
    pub(super) fn holds_others(&self, frame: usize) -> bool {
        let outer = &self.frames[frame];
        self.frames.iter().any(|name| is_inside(name, outer))
    }

    fn estimates(&mut self, door: &Door) -> Result<()> {
        let groups: BTreeMap<&Vec<String>, usize> = self.groups.iter().zip(0..).collect();
        let frames: BTreeMap<&str, usize> = self.frames.iter().map(String::as_str).zip(0..).collect();
        let place = |row: &Row<'_>, frame: usize| {
            let (group, frame) = (groups.get(&row.labels()), frames.get(row.text(frame)?));
            group
                .zip(frame)
                .map(|(group, frame)| (*group, *frame))
                .ok_or_else(|| row.wrong("no such group or frame").into())
        };
        let mut intervals = BTreeMap::new();
        let [frame, low, high] = places(&FRAMES, ["frame", "rate_low", "rate_high"]);
        door.rows(&FRAMES, |row| {
            let at: (usize, usize) = place(row, frame).map_err(|error: crate::error::Error| error)?;
            intervals.insert(at, [row.real(low)?, row.real(high)?]);
            Ok(())
        })?;
        let mut comparisons = BTreeMap::new();
        let names = ["frame", "log2_ratio", "log2_ratio_low", "log2_ratio_high", "q"];
        let [frame, ratio, low, high, q] = places(&COMPARISONS, names);
        door.rows(&COMPARISONS, |row| {
            let at = place(row, frame)?;
            let comparison =
                Comparison { ratio: row.real(ratio)?, low: row.real(low)?, high: row.real(high)?, q: row.real(q)? };
            comparisons.insert(at, comparison);
            Ok(())
        })?;
        (self.intervals, self.comparisons) = (intervals, comparisons);
        Ok(())
    }

    /// Counted hits of an article by frame.
    pub(super) fn counts_of(&self, article: &Article) -> &[u32] {
        &self.counts[article.counts..article.counts + self.frames.len()]
    }

    /// A group as one text.
    pub(super) fn group(&self, group: usize) -> String {
        self.groups[group].join(" · ")
    }
}

/// True for `security/terrorism` and `security`.
pub(super) fn is_inside(name: &str, outer: &str) -> bool {
    name.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

/// The places of frames and entries by what a row of `hits.csv` says of them.
struct Known {
    /// Columns of `hits.csv`: frame, entry, entry_at, voice, byte_start, byte_end, counted.
    at: [usize; 7],
    frames: BTreeMap<String, u32>,
    entries: HashMap<Vec<u8>, u32, foldhash::fast::FixedState>,
}

impl Known {
    fn of(snapshot: &Snapshot) -> Known {
        let frames: BTreeMap<String, u32> = snapshot.frames.iter().cloned().zip(0..).collect();
        let mut entries = HashMap::default();
        let of_frames = |entry: &&Entry| !entry.except && frames.contains_key(&entry.frame);
        for (place, entry) in snapshot.entries.iter().enumerate().filter(|(_, entry)| of_frames(entry)) {
            let mut key = Vec::new();
            name(&mut key, entry.frame.as_bytes(), entry.text.as_bytes(), entry.at.as_bytes());
            entries.entry(key).or_insert(place as u32);
        }
        let at = places(&HITS, ["frame", "entry", "entry_at", "voice", "byte_start", "byte_end", "counted"]);
        Known { at, frames, entries }
    }

    fn key(&self, row: &Row<'_>, wanted: &mut Vec<u8>) -> Result<Key> {
        let [frame, entry, entry_at, voice, start, end, counted] = self.at;
        name(wanted, row.bytes(frame), row.bytes(entry), row.bytes(entry_at));
        let Some(&place) = self.entries.get(wanted) else {
            let found = format!("entry `{}` of {} is not in {}", row.text(entry)?, row.text(entry_at)?, TERMS.file);
            return Err(row.wrong(found).into());
        };
        let frame = self.frames.get(row.text(frame)?).copied();
        let voice = VOICES.iter().position(|known| known.as_bytes() == row.bytes(voice));
        let counted = COUNTED.iter().position(|known| known.as_bytes() == row.bytes(counted));
        let (Some(frame), Some(voice), Some(counted)) = (frame, voice, counted) else {
            return Err(row.wrong("a frame, a voice or a reason that no run writes").into());
        };
        let small = |column: usize| -> Result<u32> {
            u32::try_from(row.number(column)?).map_err(|_| row.wrong("a byte beyond 4 GB").into())
        };
        let (start, end) = (small(start)?, small(end)?);
        Ok(Key { start, end, frame, entry: place, row: row.byte(), voice: voice as u8, counted: counted as u8 })
    }
}

fn name(into: &mut Vec<u8>, frame: &[u8], text: &[u8], at: &[u8]) {
    into.clear();
    for part in [frame, &b"\n"[..], text, &b"\n"[..], at] {
        into.extend_from_slice(part);
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Settings by dotted name.
fn flatten(name: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                flatten(&format!("{name}.{field}"), value, into);
            }
        }
        other => {
            into.insert(name.trim_start_matches("study.").to_string(), plain(other));
        }
    }
}
