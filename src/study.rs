//! The study: every knob of a run, resolved and validated before any work.
//!
//! In: a study file (TOML). Out: a [`Study`]. Arguments of the command line are laid over it by `cli`.
//! Invariant: a study that is accepted can start; every setting has one place, and a default that is printed in the manifest.
//! It deliberately opens no article and no lexicon.

pub mod lexical;
mod sentiment_table;

use crate::error::{Place, Problem, Result, did_you_mean};
use crate::estimates::{self, Period};
use crate::lookup::Window;
use crate::text::{Language, Lines};
use crate::voice::{self, Voice};
use crate::{clean, disk, lexicon, read, report, sentiment};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use toml::Spanned;

/// Where the program looks when it is told nothing.
pub const DEFAULT_FILE: &str = "seeds/study.toml";

/// Everything that decides a number, and where the result goes.
#[derive(Clone, Debug)]
pub struct Study {
    /// The file it came from.
    pub file: Option<String>,
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
    /// Use an index that another user or another machine made.
    pub trust_cache: bool,
    /// Bytes that the indexes of earlier corpora may take beside that of this one.
    pub cache_bytes: u64,
    /// Share of records that may be unreadable before the run counts as failed.
    pub max_bad_share: f64,
}

impl Default for Study {
    fn default() -> Study {
        Study {
            file: None,
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
            estimates: estimates::Options::default(),
            lexical: estimates::lexical::Options::default(),
            report: report::Options::default(),
            threads: 0,
            cache: true,
            trust_cache: false,
            cache_bytes: 8 << 30,
            shard_articles: 0,
            max_bad_share: 0.1,
        }
    }
}

/// The file, as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    study: StudyTable,
    corpus: CorpusTable,
    columns: ColumnsTable,
    outlets: BTreeMap<String, Vec<String>>,
    lexicons: LexiconsTable,
    clean: CleanTable,
    voice: VoiceTable,
    sentiment: sentiment_table::Table,
    targets: TargetsTable,
    statistics: StatisticsTable,
    keyness: Option<lexical::KeynessTable>,
    collocates: Option<lexical::CollocatesTable>,
    cooccurrence: lexical::CooccurrenceTable,
    report: ReportTable,
    run: RunTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StudyTable {
    name: Option<String>,
    seed: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CorpusTable {
    paths: Vec<String>,
    language: Option<String>,
    date_order: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ColumnsTable {
    text: Option<String>,
    outlet: Option<String>,
    date: Option<String>,
    title: Option<String>,
    id: Option<String>,
    language: Option<String>,
    url: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LexiconsTable {
    paths: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CleanTable {
    furniture: Option<bool>,
    recurring: Option<bool>,
    min_recurring_articles: Option<u32>,
    endings: Option<bool>,
    repeats: Option<bool>,
    min_repeat_words: Option<u32>,
    duplicates: Option<bool>,
    near_duplicates: Option<String>,
    min_copy_share: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct VoiceTable {
    count: Option<Vec<String>>,
    off: Option<Vec<String>>,
    scare_words: Option<u32>,
    short_words: Option<u32>,
    negation_words: Option<u32>,
    hedge_words: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct TargetsTable {
    window: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StatisticsTable {
    by: Option<Vec<String>>,
    permutations: Option<u32>,
    pairwise: Option<bool>,
    strata: Option<String>,
    standardise: Option<String>,
    moving: Option<u32>,
    sensitivity: Option<bool>,
    primary: Option<Vec<Spanned<String>>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ReportTable {
    out: Option<String>,
    charts: Option<bool>,
    parquet: Option<bool>,
    sentiment_hits: Option<bool>,
    max_groups: Option<usize>,
    period: Option<Period>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RunTable {
    threads: Option<usize>,
    cache: Option<bool>,
    cache_gigabytes: Option<u64>,
    shard_articles: Option<usize>,
    max_bad_share: Option<f64>,
}

/// Bytes of a study file that are read at most.
const LONGEST: u64 = 16 << 20;

impl Study {
    /// Reads a study file; its paths are relative to it.
    pub fn load(path: &str) -> Result<Study> {
        let text = disk::read_text(Path::new(path), LONGEST).map_err(|error| {
            Problem::error("study-unreadable", Place::file(path), format!("cannot be read: {error}"))
                .hint("give the path of a study file, as in `framescope run --study seeds/study.toml`")
        })?;
        Study::parse(path, &text)
    }

    /// Reads a study from text; `path` names it and is where its paths start.
    pub fn parse(path: &str, text: &str) -> Result<Study> {
        let file: File = toml::from_str(text).map_err(|error| syntax(path, text, &error))?;
        let base = Path::new(path).parent().unwrap_or(Path::new("")).to_path_buf();
        let mut problems = Vec::new();
        let mut study = Study { file: Some(path.to_string()), ..Study::default() };
        study.report.title = file.study.name.unwrap_or_default();
        overlay(&mut study.estimates.seed, file.study.seed);
        study.corpus = file.corpus.paths.iter().map(|p| below(&base, p)).collect();
        study.lexicons = file.lexicons.paths.iter().map(|p| below(&base, p)).collect();
        study.language = language(path, file.corpus.language.as_deref(), &mut problems);
        study.read.date_order = date_order(path, file.corpus.date_order.as_deref(), &mut problems);
        study.read.aliases = file.outlets;
        let columns = file.columns;
        study.read.text = columns.text;
        study.read.outlet = columns.outlet;
        study.read.date = columns.date;
        study.read.title = columns.title;
        study.read.id = columns.id;
        study.read.language = columns.language;
        study.read.url = columns.url;
        overlay(&mut study.clean.furniture, file.clean.furniture);
        overlay(&mut study.clean.recurring, file.clean.recurring);
        overlay(&mut study.clean.min_recurring_articles, file.clean.min_recurring_articles);
        overlay(&mut study.clean.endings, file.clean.endings);
        overlay(&mut study.clean.min_copy_share, file.clean.min_copy_share);
        overlay(
            &mut study.clean.near_duplicates,
            near_duplicates(path, file.clean.near_duplicates.as_deref(), &mut problems),
        );
        overlay(&mut study.clean.repeats, file.clean.repeats);
        overlay(&mut study.clean.min_repeat_words, file.clean.min_repeat_words);
        overlay(&mut study.clean.duplicates, file.clean.duplicates);
        overlay(&mut study.voice.off, file.voice.off);
        overlay(&mut study.voice.scare_words, file.voice.scare_words);
        overlay(&mut study.voice.short_words, file.voice.short_words);
        overlay(&mut study.voice.negation_words, file.voice.negation_words);
        overlay(&mut study.voice.hedge_words, file.voice.hedge_words);
        if let Some(names) = &file.voice.count {
            study.voices = voices(path, names, &mut problems);
        }
        study.sentiment = file.sentiment.options(path, text, &mut problems);
        overlay(&mut study.target_window.words, file.targets.window);
        overlay(&mut study.by, file.statistics.by);
        overlay(&mut study.estimates.permutations, file.statistics.permutations);
        study.estimates.pairwise = file.statistics.pairwise;
        study.estimates.strata = file.statistics.strata;
        study.estimates.standardise = file.statistics.standardise;
        study.estimates.moving = file.statistics.moving;
        overlay(&mut study.estimates.sensitivity, file.statistics.sensitivity);
        let primary = file.statistics.primary.unwrap_or_default();
        study.estimates.primary_at = primary.iter().map(|name| place_of(path, text, name)).collect();
        study.estimates.primary = primary.into_iter().map(Spanned::into_inner).collect();
        study.lexical.keyness = file.keyness.map(|table| table.options(|path| below(&base, path)));
        study.lexical.collocates = file.collocates.map(lexical::CollocatesTable::options);
        overlay(&mut study.lexical.cooccurrence_by_group, file.cooccurrence.by_group);
        overlay(&mut study.report.out, file.report.out.map(|p| below(&base, &p)));
        overlay(&mut study.report.charts, file.report.charts);
        overlay(&mut study.report.parquet, file.report.parquet);
        overlay(&mut study.report.sentiment_hits, file.report.sentiment_hits);
        overlay(&mut study.report.max_groups, file.report.max_groups);
        overlay(&mut study.estimates.period, file.report.period);
        overlay(&mut study.threads, file.run.threads);
        overlay(&mut study.cache, file.run.cache);
        overlay(&mut study.cache_bytes, file.run.cache_gigabytes.map(|n| n << 30));
        overlay(&mut study.shard_articles, file.run.shard_articles);
        overlay(&mut study.max_bad_share, file.run.max_bad_share);
        problems.extend(study.check());
        if problems.is_empty() { Ok(study) } else { Err(problems.into()) }
    }

    /// What no run could start with.
    pub fn check(&self) -> Vec<Problem> {
        let place = || Place::file(self.file.as_deref().unwrap_or("command line"));
        let mut problems = Vec::new();
        let mut wrong = |what: String, expected: &str| {
            problems.push(Problem::error("setting-out-of-range", place(), what).expected(expected));
        };
        if self.by.is_empty() || self.by.len() > 4 {
            wrong(format!("{} columns to group by", self.by.len()), "one to four, as in `--by outlet,year`");
        }
        if !(99..=1_000_000).contains(&self.estimates.permutations) {
            wrong(format!("permutations = {}", self.estimates.permutations), "99 to 1,000,000");
        }
        if let Some(moving) = self.estimates.moving.filter(|moving| moving % 2 == 0 || *moving > 99) {
            wrong(format!("moving = {moving}"), "an odd number of periods, 1 to 99: a window is centred on its period");
        }
        if self.estimates.primary.len() > 2 {
            let told = self.estimates.primary.len();
            wrong(format!("primary names {told} groups"), "one group (against the rest) or two, as in frames.csv");
        }
        if self.clean.min_repeat_words < 4 {
            wrong(format!("min_repeat_words = {}", self.clean.min_repeat_words), "at least 4");
        }
        if self.clean.min_recurring_articles < 3 {
            let found = format!("min_recurring_articles = {}", self.clean.min_recurring_articles);
            wrong(found, "at least 3; `recurring = false` switches the rule off");
        }
        if !(20..=90).contains(&self.clean.min_copy_share) {
            wrong(format!("min_copy_share = {}", self.clean.min_copy_share), "20 to 90, in percent");
        }
        if !(0.0..=1.0).contains(&self.max_bad_share) {
            wrong(format!("max_bad_share = {}", self.max_bad_share), "a share from 0 to 1");
        }
        for name in self.voice.off.iter().filter(|name| !voice::RULES.iter().any(|rule| rule.name == **name)) {
            let known = voice::RULES.iter().map(|rule| rule.name);
            wrong(format!("no rule of voice is called `{name}`"), &known.collect::<Vec<_>>().join(", "));
        }
        if self.report.max_groups == 0 {
            wrong("max_groups = 0".to_string(), "at least 1");
        }
        problems.extend(self.lexical.check(&place().file));
        problems
    }

    /// Reads lexicons, with the descriptions of emoji where sentences are scored by VADER's rules.
    pub fn load_lexicons(&self, paths: &[String], reading: &lexicon::Options) -> Result<lexicon::Set> {
        let emoji = self.sentiment.mode != sentiment::Mode::Dictionary;
        lexicon::Set::load(paths, &lexicon::Options { emoji, ..reading.clone() })
    }

    /// Every setting that can move a number, for the manifest.
    pub fn settings(&self) -> serde_json::Value {
        let read = &self.read;
        let settings = serde_json::json!({
            "name": self.report.title,
            "seed": self.estimates.seed,
            "by": self.by,
            "match": self.reading.mode.map(|mode| format!("{mode:?}")),
            "overlap": self.reading.overlap.map(|overlap| format!("{overlap:?}")),
            "lenient": self.reading.lenient,
            "language": self.language.map(|language| language.to_string()),
            "columns": {
                "text": read.text, "outlet": read.outlet, "date": read.date, "title": read.title,
                "id": read.id, "language": read.language, "url": read.url,
            },
            "outlets": read.aliases,
            "date_order": read.date_order.map(|order| format!("{order:?}")),
            "furniture": self.clean.furniture,
            "recurring": self.clean.recurring,
            "min_recurring_articles": self.clean.min_recurring_articles,
            "endings": self.clean.endings,
            "near_duplicates": self.clean.near_duplicates.name(),
            "min_copy_share": self.clean.min_copy_share,
            "repeats": self.clean.repeats,
            "min_repeat_words": self.clean.min_repeat_words,
            "duplicates_counted_once": self.clean.duplicates,
            "voices_counted": self.voices.iter().map(|voice| voice.name()).collect::<Vec<_>>(),
            "voice": {
                "scare_words": self.voice.scare_words, "short_words": self.voice.short_words,
                "negation_words": self.voice.negation_words, "hedge_words": self.voice.hedge_words,
                "rules_off": self.voice.off,
            },
            "sentiment": sentiment_table::settings(&self.sentiment),
            "target_window": self.target_window.words,
            "permutations": self.estimates.permutations,
            "pairwise": self.estimates.pairwise,
            "strata": self.estimates.strata,
            "standardise": self.estimates.standardise,
            "moving": self.estimates.moving,
            "sensitivity": self.estimates.sensitivity,
            "primary": self.estimates.primary,
            "max_groups": self.report.max_groups,
            "period": self.estimates.period,
            "max_bad_share": self.max_bad_share,
        });
        lexical::settings(&self.lexical, settings)
    }

    /// Number of worker threads.
    pub fn worker_threads(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            told => told,
        }
    }
}

fn overlay<T>(setting: &mut T, told: Option<T>) {
    if let Some(told) = told {
        *setting = told;
    }
}

/// A path of the study file, seen from the current folder, without `..` where it can be resolved on paper.
fn below(base: &Path, path: &str) -> String {
    let mut clean = PathBuf::new();
    for part in base.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    let text = clean.to_string_lossy().replace('\\', "/");
    if text.is_empty() { ".".to_string() } else { text }
}

/// Reads a language setting.
pub fn language(place: &str, told: Option<&str>, problems: &mut Vec<Problem>) -> Option<Language> {
    let told = told?;
    let found = Language::parse(told);
    if found.is_none() {
        let problem = Problem::error("language-unknown", Place::file(place), format!("language `{told}`"));
        problems.push(problem.expected("a code or a name such as `en`, `rus` or `Italian`"));
    }
    found
}

/// Reads a list of voices.
pub fn voices(place: &str, names: &[String], problems: &mut Vec<Problem>) -> Vec<Voice> {
    let mut found = Vec::new();
    for name in names {
        match Voice::ALL[1..].iter().find(|voice| voice.name() == name) {
            Some(&voice) => found.push(voice),
            None => {
                let known: Vec<&str> = Voice::ALL[1..].iter().map(|voice| voice.name()).collect();
                let problem = Problem::error("voice-unknown", Place::file(place), format!("voice `{name}`"));
                problems.push(problem.expected(known.join(", ")));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Reads which of nearly equal articles are counted.
fn near_duplicates(place: &str, told: Option<&str>, problems: &mut Vec<Problem>) -> Option<clean::NearDuplicates> {
    let told = told?;
    let found = clean::NearDuplicates::ALL.iter().find(|(name, _)| *name == told);
    if found.is_none() {
        let problem =
            Problem::error("near-duplicates-unknown", Place::file(place), format!("near_duplicates = `{told}`"));
        problems.push(problem.expected("`keep` (all are counted) or `first` (the first of each group that was read)"));
    }
    found.map(|(_, which)| *which)
}

/// Reads the order of day and month.
pub fn date_order(place: &str, told: Option<&str>, problems: &mut Vec<Problem>) -> Option<read::DateOrder> {
    match told? {
        "day-first" => Some(read::DateOrder::DayFirst),
        "month-first" => Some(read::DateOrder::MonthFirst),
        other => {
            let problem = Problem::error("date-order-unknown", Place::file(place), format!("date order `{other}`"));
            problems.push(problem.expected("`day-first` or `month-first`"));
            None
        }
    }
}

/// Where a value stands in a study.
fn place_of<T>(path: &str, text: &str, value: &Spanned<T>) -> Place {
    let (line, column) = Lines::of(text).line_column(text, value.span().start as u32);
    Place::at(path, line, column)
}

fn syntax(path: &str, text: &str, error: &toml::de::Error) -> Problem {
    let place = error.span().map_or(Place::file(path), |span| {
        let (line, column) = Lines::of(text).line_column(text, span.start as u32);
        Place::at(path, line, column)
    });
    let message = error.message().trim().replace('\n', " ");
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
    let meant = unknown.and_then(|word| did_you_mean(word, known));
    let problem = Problem::error("study-syntax", place, message.clone());
    match meant {
        Some(meant) => problem.hint(format!("did you mean `{meant}`?")),
        None => problem.hint("see the settings in seeds/study.toml"),
    }
}
