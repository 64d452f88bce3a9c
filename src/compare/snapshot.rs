//! What a diff needs of a run: settings, entries, articles with their counts, and where hits stand.
//!
//! In: a run folder. Out: a [`Snapshot`].
//! Invariant: what is not as the manifest lists it is refused.
//! It deliberately keeps no sentence: a hit knows the byte of its row in its table.

use super::hits::Unit;
use super::key::Key;
use super::renamed::Renamed;
use super::run_folder::{Row, RunFolder, places};
use super::tones::Tone;
use crate::error::Result;
use crate::report::columns::{ARTICLES, COMPARISONS, COUNTS, FRAMES, SENTIMENT, TERMS};
use crate::results::decimal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
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
    /// What the manifest says of that table.
    articles_digest: String,
    /// Counted hits: counted article after counted article, frame by frame.
    pub(super) counts: Vec<u32>,
    /// Frames that are counted together, with the files of their hits.
    pub(super) units: Vec<Unit>,
    /// Hits, article after article, of the units that were asked for.
    pub(super) hits: Vec<Key>,
    /// The files of hits that were read.
    pub(super) files: Vec<String>,
    /// Interval of the rate by group and frame.
    pub(super) intervals: BTreeMap<(usize, usize), [Option<f64>; 2]>,
    /// Sentiment by labels of the group, and by lexicon and dimension.
    pub(super) tones: BTreeMap<(Vec<String>, String), Tone>,
    /// What this run calls otherwise than the one that it is compared with, whose names it has been given.
    pub(super) renamed: Vec<Renamed>,
    /// Names of the lexicons of sentiment.
    pub(super) sentiment_lexicons: BTreeSet<String>,
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
    /// Six significant digits, plain decimal.
    pub weight: String,
    /// It takes hits away and has none.
    pub except: bool,
    /// Counted hits.
    pub hits: u64,
    /// Its forms with their counts, as the table of entries has them.
    pub(super) forms: String,
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

impl Article {
    /// As `articles.csv` has it.
    fn uncounted(&self) -> Article {
        Article { group: None, words: 0, counts: 0, hits: 0..0, ..self.clone() }
    }
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
    /// Reads a run folder with all its hits; `shown` is how the user calls it.
    ///
    /// # Errors
    /// Where it is no run folder, one of another version, or one that was edited.
    pub fn read(folder: &Path, shown: &str) -> Result<Snapshot> {
        let mut snapshot = Snapshot::without_hits(folder, shown, None)?;
        snapshot.read_hits(&BTreeSet::new())?;
        Ok(snapshot)
    }

    /// Reads everything but the hits: [`super::read_hits`] reads those in which two runs may differ. Where the table of articles is that of
    /// `other`, over the same files, it is not read again.
    ///
    /// # Errors
    /// As [`Snapshot::read`].
    pub fn without_hits(folder: &Path, shown: &str, other: Option<&Snapshot>) -> Result<Snapshot> {
        let run_folder = RunFolder::open(folder, shown)?;
        let mut snapshot = Snapshot::begin(&run_folder);
        snapshot.units = run_folder.units()?;
        snapshot.entries(&run_folder)?;
        snapshot.articles_digest = run_folder.digest(ARTICLES.file).unwrap_or_default().to_string();
        let is_same = |other: &&Snapshot| {
            let of = |run: &Snapshot| {
                (!run.articles_digest.is_empty()).then(|| (run.articles_digest.clone(), run.inputs.clone()))
            };
            of(other).is_some() && of(other) == of(&snapshot)
        };
        match other.filter(is_same) {
            Some(other) => snapshot.articles = other.articles.iter().map(Article::uncounted).collect(),
            None => snapshot.articles(&run_folder)?,
        }
        snapshot.counts(&run_folder)?;
        snapshot.estimates(&run_folder)?;
        snapshot.sentiment(&run_folder)?;
        Ok(snapshot)
    }

    /// What the manifest alone tells: settings, lexicons and files.
    pub(super) fn of_manifest(folder: &Path, shown: &str) -> Result<Snapshot> {
        Ok(Snapshot::begin(&RunFolder::open(folder, shown)?))
    }

    fn begin(run_folder: &RunFolder) -> Snapshot {
        let (shown, folder) = (run_folder.shown.clone(), run_folder.folder.clone());
        let mut snapshot = Snapshot { shown, folder, ..Snapshot::default() };
        snapshot.manifest(&run_folder.manifest);
        snapshot
    }

    fn manifest(&mut self, manifest: &Value) {
        for name in ["framescope", "tokeniser", "stemmer"] {
            self.options.insert(name.to_string(), plain(&manifest[name]));
        }
        flatten("study", &manifest["study"], &mut self.options);
        flatten("target", &manifest["targets"], &mut self.options);
        flatten("label", &manifest["labels"], &mut self.options);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        for lexicon in manifest["lexicons"].as_array().into_iter().flatten() {
            self.lexicons.push(["name", "file", "version", "digest"].map(|name| text(&lexicon[name])));
        }
        for input in manifest["inputs"].as_array().into_iter().flatten() {
            self.inputs.insert(text(&input["file"]), text(&input["blake3"]));
        }
    }

    fn entries(&mut self, run_folder: &RunFolder) -> Result<()> {
        let of =
            places(&TERMS, ["lexicon", "frame", "entry", "entry_at", "match", "weight", "except", "hits", "forms"]);
        run_folder.rows(&TERMS, |row| {
            let text = |column: usize| row.text(of[column]).map(str::to_string);
            let [lexicon, frame, entry, at, mode] = [text(0)?, text(1)?, text(2)?, text(3)?, text(4)?];
            let weight = row.real(of[5])?.map(decimal).unwrap_or_default();
            let (except, hits) = (row.flag(of[6])?, row.integer(of[7])?.unwrap_or(0));
            let forms = text(8)?;
            self.entries.push(Entry { lexicon, frame, text: entry, at, mode, weight, except, hits, forms });
            Ok(())
        })?;
        Ok(())
    }

    fn articles(&mut self, run_folder: &RunFolder) -> Result<()> {
        let inputs = std::mem::take(&mut self.inputs);
        let mut hashed = Vec::new();
        let names = ["article", "outlet", "title", "file", "record", "words", "sentences", "counted", "words_digest"];
        let [id, outlet, title, file_at, record, words, sentences, counted, words_digest] = places(&ARTICLES, names);
        run_folder.rows(&ARTICLES, |row| {
            let (file, is_whole) = (row.text(file_at)?, row.bytes(record).is_empty());
            let digest = if is_whole { inputs.get(file).map_or("", String::as_str) } else { "" };
            hashed.clear();
            for part in [title, words, sentences, words_digest]
                .map(|column| row.bytes(column))
                .into_iter()
                .chain([digest.as_bytes()])
            {
                hashed.extend_from_slice(part);
                hashed.push(0);
            }
            let mut text = [0; 16];
            text.copy_from_slice(&blake3::hash(&hashed).as_bytes()[..16]);
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

    fn counts(&mut self, run_folder: &RunFolder) -> Result<()> {
        let mut groups: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut next = 0;
        let [article_at, words] = places(&COUNTS, ["article", "words"]);
        let header = run_folder.rows(&COUNTS, |row| {
            let id = row.text(article_at)?;
            while self.articles.get(next).is_some_and(|article| article.id != id) {
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

    /// True for a frame with frames inside it.
    pub(super) fn holds_others(&self, frame: usize) -> bool {
        let outer = &self.frames[frame];
        self.frames.iter().any(|name| is_inside(name, outer))
    }

    fn estimates(&mut self, run_folder: &RunFolder) -> Result<()> {
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
        run_folder.rows(&FRAMES, |row| {
            let at: (usize, usize) = place(row, frame).map_err(|error: crate::error::Error| error)?;
            intervals.insert(at, [row.real(low)?, row.real(high)?]);
            Ok(())
        })?;
        let mut comparisons = BTreeMap::new();
        let names = ["frame", "groups", "log2_ratio", "log2_ratio_low", "log2_ratio_high", "q"];
        let [frame, together, ratio, low, high, q] = places(&COMPARISONS, names);
        run_folder.rows(&COMPARISONS, |row| {
            // which groups are small is another matter in another run
            if row.number(together)? != 1 {
                return Ok(());
            }
            let at = place(row, frame)?;
            let comparison =
                Comparison { ratio: row.real(ratio)?, low: row.real(low)?, high: row.real(high)?, q: row.real(q)? };
            comparisons.insert(at, comparison);
            Ok(())
        })?;
        (self.intervals, self.comparisons) = (intervals, comparisons);
        Ok(())
    }

    /// Reads sentiment, where the folder has it: of a run before the last one it may not be kept.
    fn sentiment(&mut self, run_folder: &RunFolder) -> Result<()> {
        if !run_folder.has(SENTIMENT.file) {
            return Ok(());
        }
        let names = ["lexicon", "dimension", "hits", "valence", "valence_low", "valence_high"];
        let [lexicon, dimension, hits, mean, low, high] = places(&SENTIMENT, names);
        run_folder.rows(&SENTIMENT, |row| {
            let (lexicon, dimension) = (row.text(lexicon)?.to_string(), row.text(dimension)?);
            let scale = if dimension.is_empty() { lexicon.clone() } else { format!("{lexicon}: {dimension}") };
            let hits = row.integer(hits)?.unwrap_or(0);
            let tone = Tone { hits, mean: row.real(mean)?, low: row.real(low)?, high: row.real(high)? };
            self.tones.insert((row.labels(), scale), tone);
            self.sentiment_lexicons.insert(lexicon);
            Ok(())
        })?;
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
