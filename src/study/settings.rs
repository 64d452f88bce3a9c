//! Every setting of a study: where it stands in the file and in [`Study`], what it is, and what it may be.
//!
//! This table is the one place where a setting is described. Checks, the manifest, the page of a run, `framescope explain settings`
//! and the comments of a study file are made of it; `tests/study.rs` holds it against the serialised [`Study`].

use super::range::{Range, kinds_of_charts, names, rules_of_voice};
use super::range::{is_encoding, is_language, is_shape};
use crate::aggregate::lexical::Unit;
use crate::clean::NearDuplicates;
use crate::estimates::Period;
use crate::estimates::lexical::keyness::{Against, Rank};
use crate::lexicon::{MatchMode, Overlap};
use crate::read::{DateOrder, Headline, Quoting};
use crate::report::chart::{ChartLanguage, Theme};
use crate::report::{FurtherTable, HitFiles, NamedWidth, Width};
use crate::sentiment::{By, Mode, Negation};
use crate::text::Fold;
use crate::voice::Voice;
use Range::{Above, Flag, Known, Names, Number, OddWhole, OneOf, OneOfOr, Path, Paths, SomeOf, Text, Texts, Whole};

/// One setting.
#[derive(Clone, Copy)]
pub struct Setting {
    /// Table and key in a study file, as in `clean.furniture`.
    pub path: &'static str,
    /// The field of the serialised [`Study`](super::Study) that holds it.
    pub at: &'static str,
    /// What it is, in a phrase that goes on after its name.
    pub about: &'static str,
    /// What it may be.
    pub range: Range,
    /// Where it may be left unset: what happens then.
    pub unset: &'static str,
    /// Where it may be left unset: a value as it is written in a file.
    pub example: &'static str,
}

impl Setting {
    /// Table of the study file; nothing for `outlets`, which is a table itself.
    pub fn table(&self) -> Option<&'static str> {
        self.path.split_once('.').map(|(table, _)| table)
    }

    /// Key within its table.
    pub fn key(&self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }
}

const MANY: u64 = u32::MAX as u64;

const fn set(path: &'static str, at: &'static str, range: Range, about: &'static str) -> Setting {
    Setting { path, at, about, range, unset: "", example: "" }
}

/// One that may be left unset.
const fn may(
    path: &'static str,
    at: &'static str,
    range: Range,
    about: &'static str,
    unset: &'static str,
    example: &'static str,
) -> Setting {
    Setting { path, at, about, range, unset, example }
}

/// The tables of a study file, in order, and what each is about.
pub const TABLES: &[(&str, &str)] = &[
    ("study", ""),
    ("corpus", ""),
    ("columns", "of tables of articles; guessed from the usual names where not given"),
    ("outlets", "names to fold together"),
    ("lexicons", ""),
    ("clean", ""),
    ("voice", ""),
    ("targets", ""),
    ("sentiment", ""),
    ("stories", "articles on one event, across outlets: stories.csv"),
    ("statistics", ""),
    ("groups", "how groups stand in charts, page and terminal"),
    ("keyness", "which words a group uses more: keyness.csv; asked for by this line alone"),
    ("collocates", "what stands beside chosen words: collocates.csv"),
    ("cooccurrence", "which frames meet: cooccurrence.csv"),
    ("report", ""),
    ("run", ""),
];

/// Settings that move no byte of a result: how quickly it is made, and where it goes.
pub const MOVES_NO_BYTE: [&str; 5] =
    ["run.threads", "run.shard_articles", "run.cache", "run.cache_gigabytes", "report.out"];

/// Settings that count by what lies there: a run knows the files themselves, by name and digest.
pub const COUNT_BY_CONTENT: [&str; 4] = ["corpus.paths", "lexicons.paths", "keyness.reference", "stories.corrections"];

/// Every setting, in the order of a study file.
#[rustfmt::skip]
pub const SETTINGS: &[Setting] = &[
    set("study.name", "report.title", Text, "name of the study, on charts and page"),
    set("study.seed", "estimates.seed", Whole(0, u64::MAX), "seed of every random choice"),

    set("corpus.paths", "corpus", Paths, "files, folders or globs of articles; relative to this file"),
    may("corpus.language", "language", Known(is_language, "a code or a name such as `en`, `rus` or `Italian`"),
        "language of all articles that name none: nothing is guessed then", "asked of their texts", "\"en\""),
    may("corpus.date_order", "read.date_order", OneOf(names::<DateOrder>), "how to read 03/04/2022", "such a date is missing", "\"day-first\""),

    may("corpus.encoding", "read.encoding", Known(is_encoding, "the name of an encoding such as `windows-1251` or `shift-jis`"),
        "encoding of files that are not UTF-8", "guessed for each", "\"windows-1251\""),
    set("corpus.quoting", "read.quoting", OneOf(names::<Quoting>), "what is done with rows of tables whose quotation marks are broken"),
    set("corpus.no_header", "read.no_header", Flag, "tables have no header"),
    may("corpus.missing", "read.missing", Texts(0, usize::MAX), "cells that mean that there is nothing", "NA, NaN, NULL, None, - and their kin", "[\"NA\"]"),
    may("corpus.path", "read.path", Text, "what paths of text files say", "nothing", "\"{outlet}/{date}_*\""),
    may("corpus.split", "read.split", Text, "lines between the articles of one text file, as a regular expression", "a text file is one article", "\"^### \""),
    set("corpus.exports", "read.exports", Paths, "further layouts of database exports; relative to this file"),
    may("corpus.where", "read.only", Text, "which articles are wanted", "all", "\"date >= 2022-01-01\""),
    may("corpus.sample", "read.sample", Whole(1, MANY), "how many articles are drawn of them", "all", "100"),

    may("columns.text", "read.text", Text, "column of the text; several with commas between them are joined", "", "\"text\""),
    may("columns.outlet", "read.outlet", Text, "column of the outlet", "", "\"outlet\""),
    may("columns.date", "read.date", Text, "column of the date", "", "\"date\""),
    may("columns.title", "read.title", Text, "column of the title", "", "\"title\""),
    may("columns.id", "read.id", Text, "column of the identifier", "", "\"id\""),
    may("columns.language", "read.language", Text, "column of the language", "", "\"language\""),
    may("columns.url", "read.url", Text, "column of the address", "", "\"url\""),

    may("outlets", "read.aliases", Names, "other names of outlets", "", ""),

    set("lexicons.paths", "lexicons", Paths, "lexicon files, folders of them, or names of shipped ones; relative to this file"),
    may("lexicons.match", "reading.mode", OneOf(names::<MatchMode>), "how words of entries that give no mode are compared", "as each lexicon says", "\"stem\""),
    may("lexicons.overlap", "reading.overlap", OneOf(names::<Overlap>), "within what a word counts once", "as each lexicon says", "\"frame\""),
    set("lexicons.lenient", "reading.lenient", Flag, "faulty lines of lexicons are passed over"),
    may("lexicons.encoding", "reading.encoding", Known(is_encoding, "the name of an encoding such as `windows-1251` or `shift-jis`"),
        "encoding of the lexicons", "guessed for each", "\"windows-1251\""),
    may("lexicons.shape", "reading.shape", Known(is_shape, "columns such as `term=word, weight=valence, category=-`"),
        "what the columns of other people's tables are", "found in their cells", "\"term=word, weight=valence\""),
    set("lexicons.fold", "reading.fold", OneOf(names::<Fold>), "how far spellings are made the same (`framescope explain words`)"),

    set("clean.headline", "read.headline", OneOf(names::<Headline>), "titles beside their texts: part of the article, looked up but in no count, or metadata alone"),
    set("clean.furniture", "clean.furniture", Flag, "lines of site furniture are not counted"),
    set("clean.recurring", "clean.recurring", Flag, "lines that recur in many articles of an outlet are not counted"),
    set("clean.min_recurring_articles", "clean.min_recurring_articles", Whole(3, MANY), "articles of an outlet that make a line recurring"),
    set("clean.endings", "clean.endings", Flag, "a run of short lines at the end is not counted"),
    set("clean.repeats", "clean.repeats", Flag, "passages that an article says again are not counted"),
    set("clean.min_repeat_words", "clean.min_repeat_words", Whole(4, MANY), "words of the shortest repeated passage"),
    set("clean.dehyphenate", "clean.dehyphenate", Flag, "a word that is hyphenated at a line end is one where the corpus or a lexicon has it"),
    set("clean.near_duplicates", "clean.near_duplicates", OneOf(names::<NearDuplicates>), "which of nearly equal articles are counted"),
    set("clean.min_copy_share", "clean.min_copy_share", Whole(20, 90), "percent of the shorter article that makes two articles copies (copies.csv)"),
    set("clean.duplicates", "clean.duplicates", Flag, "an article with the same words as an earlier one is counted once"),

    set("voice.count", "voices", SomeOf(names::<Voice>), "voices that are counted"),
    set("voice.off", "voice.off", SomeOf(rules_of_voice), "rules that are switched off; `framescope explain voice` lists them"),
    set("voice.scare_words", "voice.scare_words", Whole(0, 1_000), "most words in quotation marks that may be a scare quote, or marked without a speaker"),
    set("voice.short_words", "voice.short_words", Whole(0, 1_000), "most words of a quoted title or name"),
    set("voice.negation_words", "voice.negation_words", Whole(0, 1_000), "words that a negation reaches"),
    set("voice.hedge_words", "voice.hedge_words", Whole(0, 1_000), "words that a hedge reaches"),

    set("targets.window", "target_window.words", Whole(0, MANY), "most words between a hit and its target; 0 = anywhere in the sentence"),

    set("sentiment.mode", "sentiment.mode", OneOf(names::<Mode>), "how an article is scored; the modes of VADER take the mean compound of its sentences"),
    set("sentiment.negation", "sentiment.negation", OneOf(names::<Negation>), "what a negation does to a hit of sentiment at most three words behind it"),
    set("sentiment.intensifiers", "sentiment.degrees", Flag, "\"very good\" counts 1.25 times, \"slightly good\" 0.75 times"),
    set("sentiment.by", "sentiment.by", OneOf(names::<By>), "what gets a row of scores"),
    set("sentiment.mentions", "sentiment.mentions", Flag, "mentions of targets are written one by one"),
    set("sentiment.window", "sentiment.window", Whole(0, MANY), "words around a mention that are looked at; 0 = its sentence"),
    may("sentiment.target_column", "sentiment.target_column", Text, "column that names the target of each article, as in hand-coded sentences", "none", "\"target\""),
    may("sentiment.primary", "sentiment.primary", Text, "sentiment lexicon that was declared before looking", "the first", "\"sentiment-en\""),

    set("stories.window_days", "stories.window_days", Whole(0, 3_660), "all dated articles of a story lie within so many days of each other"),
    set("stories.threshold", "stories.threshold", Number(0.0, 1.0), "mean cosine of words that makes one story; twice that where a date is missing"),
    set("stories.min_outlets", "stories.min_outlets", Whole(0, MANY), "outlets that make a story; 0 = none are looked for"),
    may("stories.column", "stories.column", Text, "column that names the story of each article", "found by their words", "\"event\""),
    may("stories.corrections", "stories.corrections", Path, "file that merges, splits and names stories; relative to this file", "none", "\"stories.toml\""),

    set("statistics.by", "by", Texts(1, 4), "columns to group by, also year, quarter, month, week, language, file, article; several are crossed"),
    set("statistics.permutations", "estimates.permutations", Whole(99, 1_000_000), "random draws, or relabellings, of a test; more where many tests are made"),
    set("statistics.clusters", "estimates.clusters", Text, "articles that are one unit: auto (stories where there are some, else copies), copies (they share text), stories (with their copies), articles (each is one), day, week, month, year or a column, such as one that names the event of each article"),
    set("statistics.min_articles", "estimates.min_articles", Whole(0, MANY), "articles of a group that is tested alone; smaller groups are tested together"),
    may("statistics.pairwise", "estimates.pairwise", Flag, "every pair of groups is compared", "up to six groups", "true"),
    may("statistics.strata", "estimates.strata", Text, "groups are permuted only within day, week, month, year, language or a column", "no strata", "\"month\""),
    may("statistics.standardise", "estimates.standardise", Text, "rates are given at a common mix of these, too", "not given", "\"month\""),
    may("statistics.moving", "estimates.moving", OddWhole(1, 99), "periods of a moving rate; 1 draws single periods", "7 days, or 3 longer periods", "7"),
    set("statistics.sensitivity", "estimates.sensitivity", Flag, "what findings rest on is checked; the primary comparison under other choices"),
    set("statistics.primary", "estimates.primary", Texts(0, 2), "groups of the primary comparison: two, or one against the rest; none = the two largest"),

    set("groups.order", "report.order", Texts(0, 1_000), "order of groups in charts, page and terminal: size, name, rate (of the first frame), time, or their names; none = by time where they are years, months or days, else by size"),

    set("keyness.unit", "lexical.keyness.unit", OneOf(names::<Unit>), "what counts as one word"),
    set("keyness.against", "lexical.keyness.against", OneOf(names::<Against>), "what a group is compared with: all other articles, each other group, or both"),
    set("keyness.rank", "lexical.keyness.rank", OneOf(names::<Rank>), "by what words are chosen"),
    set("keyness.top", "lexical.keyness.top", Whole(0, MANY), "words of each comparison; 0 = all"),
    set("keyness.min_hits", "lexical.keyness.min_hits", Whole(0, MANY), "hits of a word in the whole corpus"),
    set("keyness.min_articles", "lexical.keyness.min_articles", Whole(0, MANY), "articles with a word, in the corpus and on the side that uses it more"),
    set("keyness.min_group", "lexical.keyness.min_group", Whole(0, MANY), "articles of a group whose words are compared"),
    set("keyness.counted_voices", "lexical.keyness.counted_voices", Flag, "only words in the voices that [voice] counts"),
    set("keyness.prior_words", "lexical.keyness.prior_words", Above(0.0), "weight of what is known of a word's frequency (Fightin' Words)"),
    set("keyness.alpha", "lexical.keyness.alpha", Above(0.0), "the same where nothing is known"),
    set("keyness.simple_maths", "lexical.keyness.simple_maths", Above(0.0), "added to both rates per million"),
    may("keyness.reference", "lexical.keyness.reference", Path, "frequency list of other texts: a word and a count in each line", "the corpus itself", "\"list.csv\""),

    may("collocates.terms", "lexical.collocates.terms", Texts(0, usize::MAX), "#frame, @target, or a pattern as in a lexicon", "",
        "[\"#coup\", \"protesters\", \"state of emergency\"]"),
    set("collocates.window", "lexical.collocates.window", Whole(1, 100), "words on each side, within sentence and quotation"),
    set("collocates.sentence", "lexical.collocates.sentence", Flag, "the whole sentence is looked at"),
    set("collocates.across_sentences", "lexical.collocates.across_sentences", Flag, "windows reach into the next sentence"),
    set("collocates.unit", "lexical.collocates.unit", OneOf(names::<Unit>), "what counts as one word"),
    set("collocates.top", "lexical.collocates.top", Whole(0, MANY), "collocates of each term and group; 0 = all"),
    set("collocates.min_hits", "lexical.collocates.min_hits", Whole(0, MANY), "meetings of a word and a term"),
    set("collocates.min_articles", "lexical.collocates.min_articles", Whole(0, MANY), "articles in which they meet"),
    set("collocates.counted_voices", "lexical.collocates.counted_voices", Flag, "only words in the voices that [voice] counts"),

    set("cooccurrence.by_group", "lexical.cooccurrence_by_group", Flag, "in each group too, not over all articles alone"),

    set("report.out", "report.out", Path, "folder of the results; relative to this file"),
    set("report.charts", "report.charts", Flag, "charts are drawn"),
    set("report.only_charts", "report.only_charts", SomeOf(kinds_of_charts), "kinds of charts that are drawn: frames, heatmap, comparisons, voices, positions, cooccurrence, entry-shifts, timeline, stories, specifications, keyness, labels, sentiment, contributions; none = all"),
    set("report.width", "report.width", OneOfOr(names::<NamedWidth>, Width::LEAST, Width::MOST), "how wide charts are: for a screen, or 89, 136 or 183 mm on paper, or so many millimetres; letters have some 7 points in each"),
    set("report.language", "report.language", OneOf(names::<ChartLanguage>), "language of the words on charts; names are as they are"),
    set("report.theme", "report.theme", OneOf(names::<Theme>), "ground of the files of charts: light for print, dark for slides"),
    set("report.charts_by_frame", "report.charts_by_frame", Flag, "charts with a panel for each frame are written as a file for each frame too"),
    set("report.titles", "report.titles", Flag, "charts have titles"),
    set("report.pdf", "report.pdf", Flag, "charts are written as PDF too"),
    set("report.hits", "report.hits", OneOf(names::<HitFiles>), "what hits and counts are written as: CSV, or Parquet beside it"),
    set("report.tables", "report.tables", SomeOf(names::<FurtherTable>), "further tables: liwc, articles in the shape of LIWC's output (liwc.csv)"),
    may("report.sentiment_hits", "report.sentiment_hits", Flag, "hits of sentiment lexicons are written one by one", "up to 20,000 articles", "true"),
    set("report.max_groups", "report.max_groups", Whole(1, MANY), "most groups on a chart and on the page; what is left out is said"),
    set("report.period", "estimates.period", OneOf(names::<Period>), "periods of everything over time; `auto` is the finest that leaves some ten articles in a period of a group"),

    set("run.threads", "threads", Whole(0, 1_024), "worker threads; 0 = one a core; no number depends on it"),
    set("run.shard_articles", "shard_articles", Whole(0, MANY), "articles in a shard; 0 = as many as fit; no number depends on it"),
    set("run.cache", "cache", Flag, "an index of the articles is kept for the next run"),
    set("run.cache_gigabytes", "cache_gigabytes", Whole(0, 1_000_000), "room for the indexes of earlier corpora"),
    set("run.max_bad_share", "max_bad_share", Number(0.0, 1.0), "share of records that may be unreadable; with more the exit code is 1"),
];

/// The setting of this path.
pub fn setting(path: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.path == path)
}
