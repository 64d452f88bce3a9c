//! The study: every knob of a run, resolved and validated before any work.
//!
//! In: a study file (TOML), or a program. Out: a [`Study`]. Arguments of the command line are laid over it by `cli`.
//! Invariant: a study that is accepted can start. A setting is one field, which serde reads and writes, and one line of
//! [`SETTINGS`]; its digest is of every field.
//! It deliberately opens no article and no lexicon.

mod corpus;
mod file;
mod kept;
mod paths;
mod range;
mod saved;
mod settings;
mod shipped;
mod template;

pub use corpus::Corpus;
pub use range::Range;
pub use saved::SavedStudy;
pub use settings::{COUNT_BY_CONTENT, MOVES_NO_BYTE, SETTINGS, Setting, TABLES, setting};
pub(crate) use shipped::now;

use crate::error::{Place, Problem, Result};
use crate::estimates;
use crate::index::Store;
use crate::lookup::Window;
use crate::report::Settings;
use crate::text::Language;
use crate::voice::{self, Voice};
use crate::{clean, disk, lexicon, read, report, sentiment, stories};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where the program looks when it is told nothing.
pub const DEFAULT_FILE: &str = "seeds/study.toml";

/// Everything that decides a number, and where the result goes.
///
/// A study is read from a file, or made in a program: every setting is a public field.
///
/// ```
/// use framescope::{Study, options::Mode};
///
/// let mut study = Study::of(["news.csv"]).with_lexicons(["framing-en"]).with_out("results");
/// study.by = vec!["outlet".to_string(), "year".to_string()];
/// study.sentiment.mode = Mode::Vader;
/// assert!(study.check().is_empty());
///
/// // whatever decides a byte of a result decides the digest
/// let other = Study { max_bad_share: 0.5, ..study.clone() };
/// assert_ne!(study.digest(), other.digest());
///
/// // a file of it has every setting, with what it is
/// let text = study.to_toml("The news of 2022");
/// assert_eq!(Study::parse("study.toml", &text)?.by, ["outlet", "year"]);
/// # Ok::<(), framescope::error::Error>(())
/// ```
///
/// Run, it gives its rates, and writes a folder:
///
/// ```no_run
/// use framescope::{Study, progress::Silent, run};
/// use std::sync::atomic::AtomicBool;
///
/// let study = Study::from_file("study.toml")?;
/// let outcome = run(&study, &Silent, &AtomicBool::new(false))?;
/// for (group, rates) in outcome.groups.iter().zip(&outcome.rates) {
///     println!("{group}: {rates:?}");
/// }
/// # Ok::<(), framescope::error::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Study {
    /// The file it came from.
    #[serde(skip)]
    pub file: Option<String>,
    /// Whether that file says where the results go.
    #[serde(skip)]
    pub names_out: bool,
    /// Files, folders and globs of articles.
    pub corpus: Vec<String>,
    /// Lexicon files and folders of them.
    pub lexicons: Vec<String>,
    /// How lexicons are read.
    pub reading: lexicon::Options,
    /// How articles are read.
    pub read: read::Options,
    /// Language of articles that neither say nor show theirs.
    pub language: Option<Language>,
    /// What of an article is not counted.
    pub clean: clean::Options,
    /// Who is speaking: windows and switches.
    pub voice: voice::Options,
    /// Voices that are counted.
    pub voices: Vec<Voice>,
    /// How sentiment is scored.
    pub sentiment: sentiment::Options,
    /// How far from a hit its target may stand.
    pub target_window: Window,
    /// What articles are grouped by.
    pub by: Vec<String>,
    /// How stories are found.
    pub stories: stories::Options,
    /// Seed, permutations and periods.
    pub estimates: estimates::Options,
    /// Keyness and collocates, where they are asked for.
    pub lexical: estimates::lexical::Options,
    /// What is written, and where.
    pub report: report::Options,
    /// Threads; 0 = one a core.
    pub threads: usize,
    /// Articles in a shard; 0 = as many as fit.
    pub shard_articles: usize,
    /// Keep the index of the articles beside the results, for the next run.
    pub cache: bool,
    /// Use an index that another user or another machine made; no study file can ask for that.
    #[serde(skip)]
    pub trust_cache: bool,
    /// Room, in units of 2³⁰ bytes, that the indexes of earlier corpora may take beside that of this one.
    pub cache_gigabytes: u64,
    /// Share of records that may be unreadable before the run counts as failed.
    pub max_bad_share: f64,
}

impl Default for Study {
    fn default() -> Study {
        Study {
            file: None,
            names_out: false,
            corpus: Vec::new(),
            lexicons: Vec::new(),
            reading: lexicon::Options::default(),
            read: read::Options::default(),
            language: None,
            clean: clean::Options::default(),
            voice: voice::Options::default(),
            voices: Voice::ALL[1..].to_vec(),
            sentiment: sentiment::Options::default(),
            target_window: Window::default(),
            by: vec!["outlet".to_string()],
            stories: stories::Options::default(),
            estimates: estimates::Options::default(),
            lexical: estimates::lexical::Options::default(),
            report: report::Options::default(),
            threads: 0,
            cache: true,
            trust_cache: false,
            cache_gigabytes: 8,
            shard_articles: 0,
            max_bad_share: 0.1,
        }
    }
}

/// Bytes of a study file that are read at most.
const LONGEST: u64 = 16 << 20;

/// Bytes of a file that a setting names that are read at most; a longer one is refused by whoever reads it.
const LONGEST_SIDE_FILE: u64 = read::LONGEST_LIST;

impl Study {
    /// A study of these articles, with the default of every setting.
    pub fn of<P: Into<String>>(corpus: impl IntoIterator<Item = P>) -> Study {
        Study { corpus: corpus.into_iter().map(Into::into).collect(), ..Study::default() }
    }

    /// The same with these lexicons: files, folders of them, or names of shipped ones.
    pub fn with_lexicons<P: Into<String>>(self, paths: impl IntoIterator<Item = P>) -> Study {
        Study { lexicons: paths.into_iter().map(Into::into).collect(), ..self }
    }

    /// The same with its results in this folder.
    pub fn with_out(mut self, folder: impl Into<String>) -> Study {
        self.report.out = folder.into();
        self
    }

    /// Reads a study file; its paths are relative to it.
    ///
    /// # Errors
    /// Every problem of the file at once, with its line and column.
    pub fn from_file(path: &str) -> Result<Study> {
        let text = disk::read_text(path.as_ref(), LONGEST).map_err(|error| {
            Problem::error("study-unreadable", Place::file(path), format!("cannot be read: {error}"))
                .hint("give the path of a study file, as in `framescope run --study seeds/study.toml`")
        })?;
        Study::parse(path, &text)
    }

    /// Reads a study from text; `path` names it and is where its paths start.
    ///
    /// # Errors
    /// Every problem of the text at once, with its line and column.
    pub fn parse(path: &str, text: &str) -> Result<Study> {
        file::parse(path, text)
    }

    /// What no run could start with.
    pub fn check(&self) -> Vec<Problem> {
        let value = self.serialised();
        let mut problems = Vec::new();
        for setting in SETTINGS {
            let Some(value) = field(&value, setting.at) else { continue };
            if !(setting.range.holds(value) || value.is_null() && setting.may_be_unset()) {
                problems.push(setting.problem(Place::file("command line"), &value.to_string(), value));
            }
        }
        problems.extend(self.contradictions("command line"));
        problems
    }

    /// Settings that are right each by itself, and wrong together; `place` is where they are told.
    fn contradictions(&self, place: &str) -> Vec<Problem> {
        self.lexical.contradictions(place)
    }

    /// Reads lexicons, with the descriptions of emoji where sentences are scored by VADER's rules; where no path is given, those shipped
    /// ones that are for a language of the corpus: frames, or sentiment where that is counted alone.
    ///
    /// # Errors
    /// Every problem of every file; a corpus that cannot be opened, or in no language that a shipped lexicon is for.
    pub fn load_lexicons(&self, paths: &[String], reading: &lexicon::Options) -> Result<lexicon::Set> {
        self.load_by(paths, reading, &lexicon::Kept::nothing())
    }

    fn load_by(&self, paths: &[String], reading: &lexicon::Options, kept: &lexicon::Kept<'_>) -> Result<lexicon::Set> {
        let emoji = self.sentiment.mode != sentiment::Mode::Dictionary;
        let options = lexicon::Options { emoji, ..reading.clone() };
        if !paths.is_empty() {
            return lexicon::Set::load_by(paths, &options, kept);
        }
        let names = shipped::names(self)?;
        let mut set = lexicon::Set::load_by(&names, &options, kept)?;
        set.note(&shipped::note(&names));
        Ok(set)
    }

    /// Keeps which shipped lexicons a run took for the languages of its corpus, where the study names none.
    pub(crate) fn keep_shipped(&self, corpus: &read::Corpus, set: &lexicon::Set, store: &Store, begun: u64) {
        if self.lexicons.is_empty() {
            shipped::keep(self, corpus, set, store, begun);
        }
    }

    /// The lexicons that a run with these files in place of the study's would have; furniture and cues are also the study's.
    ///
    /// # Errors
    /// Every problem of every file.
    pub fn load_beside(&self, files: &[String], reading: &lexicon::Options) -> Result<lexicon::Set> {
        let mut set = lexicon::Set::of_any_kind(files, reading)?;
        if self.file.is_some() && !self.lexicons.is_empty() {
            let own = lexicon::Set::of_any_kind(&self.lexicons, &self.reading)?;
            let further = |lexicons: &mut Vec<lexicon::Lexicon>, own: Vec<lexicon::Lexicon>| {
                let digests: Vec<String> = lexicons.iter().map(|lexicon| lexicon.digest.clone()).collect();
                lexicons.extend(own.into_iter().filter(|lexicon| !digests.contains(&lexicon.digest)));
            };
            further(&mut set.furniture, own.furniture);
            further(&mut set.cues, own.cues);
        }
        Ok(set)
    }

    /// Digest of every field but those of [`MOVES_NO_BYTE`] and [`COUNT_BY_CONTENT`], hexadecimal: two studies with the same digest, of the
    /// same articles and lexicons, give the same bytes.
    pub fn digest(&self) -> String {
        let mut value = self.serialised();
        for path in MOVES_NO_BYTE.iter().chain(&COUNT_BY_CONTENT) {
            if let Some(value) = setting(path).and_then(|setting| field_mut(&mut value, setting.at)) {
                *value = Value::Null;
            }
        }
        blake3::hash(value.to_string().as_bytes()).to_hex().to_string()
    }

    /// Every setting that can move a byte, for the manifest and the page.
    pub fn settings(&self) -> Settings {
        let value = self.serialised();
        let mut settings = Settings::default();
        for setting in SETTINGS.iter().filter(|setting| !moves_nothing(setting)) {
            let Some(value) = field(&value, setting.at) else { continue };
            let shown = |value: &Value| value.as_str().map_or_else(|| value.clone(), |path| self.shown(path).into());
            let value = match (setting.range, value) {
                (Range::Path, path) => shown(path),
                (Range::Paths, Value::Array(paths)) => paths.iter().map(shown).collect(),
                _ => value.clone(),
            };
            let is_unasked = value.is_null() && !setting.may_be_unset();
            if !is_unasked {
                let table = setting.table().unwrap_or(setting.path);
                settings.add(table, setting.key(), value, (setting.about, setting.unset));
            }
        }
        if self.sentiment.alone {
            settings.add("sentiment", "frames", "not counted".into(), ("frames", ""));
        }
        settings
    }

    /// Digest of what is in the files that settings name beside articles and lexicons (a list of frequencies, layouts of exports), of those
    /// settings whose field begins with `under`. A path of a setting that is new to the table counts by itself.
    pub fn digest_of_side_files(&self, under: &str) -> String {
        let value = self.serialised();
        let mut hasher = blake3::Hasher::new();
        for setting in SETTINGS.iter().filter(|setting| setting.at.starts_with(under) && !moves_nothing(setting)) {
            let paths = match (setting.range, field(&value, setting.at)) {
                (Range::Path, Some(Value::String(path))) => std::slice::from_ref(path).to_vec(),
                (Range::Paths, Some(Value::Array(paths))) => {
                    paths.iter().filter_map(Value::as_str).map(str::to_string).collect()
                }
                _ => continue,
            };
            for path in paths {
                // one that cannot be read is refused where it is read
                let digest = disk::read_regular(path.as_ref(), LONGEST_SIDE_FILE)
                    .map(|bytes| blake3::hash(&bytes).to_hex().to_string());
                hasher.update(format!("{} {}\n", setting.path, digest.unwrap_or_default()).as_bytes());
            }
        }
        hasher.finalize().to_hex().to_string()
    }

    /// How results name a file: seen from the folder of the study, where there is one.
    pub fn shown(&self, path: &str) -> String {
        self.reading.shown(path)
    }

    /// As JSON, field by field.
    fn serialised(&self) -> Value {
        // plain fields with text for keys: this cannot fail
        serde_json::to_value(self).unwrap_or_default()
    }

    /// How articles are read, with what other settings ask of it: columns to group by although they have a role, the seed of a sample.
    pub fn articles(&self) -> read::Options {
        let mut also: Vec<String> =
            self.by.iter().cloned().chain(self.estimates.labels(&[])).chain(self.stories.column.clone()).collect();
        also.retain(|name| !crate::aggregate::BUILT_IN.contains(&name.as_str()));
        also.sort();
        also.dedup();
        let seed = if self.read.sample.is_some() { self.estimates.seed } else { 0 };
        read::Options { also, seed, ..self.read.clone() }
    }

    /// Number of worker threads.
    pub fn worker_threads(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }
}

/// Settings that the manifest does not show: it names files and their digests, and what moves no byte has no place there.
fn moves_nothing(setting: &Setting) -> bool {
    MOVES_NO_BYTE.contains(&setting.path) || matches!(setting.path, "corpus.paths" | "lexicons.paths")
}

/// A field of a serialised study, where its parents are there.
fn field<'v>(value: &'v Value, at: &str) -> Option<&'v Value> {
    at.split('.').try_fold(value, |value, key| value.get(key))
}

fn field_mut<'v>(value: &'v mut Value, at: &str) -> Option<&'v mut Value> {
    at.split('.').try_fold(value, |value, key| value.get_mut(key))
}

/// Reads a language that was told at `place`.
pub fn language(place: &str, text: Option<&str>, problems: &mut Vec<Problem>) -> Option<Language> {
    let text = text?;
    let found = Language::parse(text);
    if found.is_none() {
        let problem = Problem::error("language-unknown", Place::file(place), format!("language `{text}`"));
        problems.push(problem.expected("a code or a name such as `en`, `rus` or `Italian`"));
    }
    found
}
