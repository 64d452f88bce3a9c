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
use crate::sentiment::{By, Judge, Mode, Negation};
use crate::text::Fold;
use crate::voice::Voice;
use Range::{
    Above, Flag, Known, Names, Number, OddWhole, OneOf, OneOfOr, OneOrMoreOf, Path, Paths, SomeOf, Text, Texts, Whole,
};

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
    ("columns", "of tables of articles; those not given are recognised by their usual names"),
    ("outlets", "names that belong to one outlet"),
    ("lexicons", ""),
    ("clean", ""),
    ("voice", ""),
    ("targets", ""),
    ("sentiment", ""),
    ("stories", "articles on one event, across outlets: stories.csv"),
    ("statistics", ""),
    ("groups", "order of groups in charts, page and terminal"),
    ("keyness", "words that a group uses more: keyness.csv; this line switches it on"),
    ("collocates", "words near chosen words: collocates.csv"),
    ("cooccurrence", "frames that occur together: cooccurrence.csv"),
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

    set("corpus.paths", "corpus", Paths, "files, folders or wildcards of articles; relative to this file"),
    may("corpus.language", "language", Known(is_language, "a code or a name such as `en`, `rus` or `Italian`"),
        "language of all articles that name none", "recognised from their texts", "\"en\""),
    may("corpus.date_order", "read.date_order", OneOf(names::<DateOrder>), "how to read a date such as 03/04/2022", "such a date is missing", "\"day-first\""),

    may("corpus.encoding", "read.encoding", Known(is_encoding, "the name of an encoding such as `windows-1251` or `shift-jis`"),
        "encoding of files that are not UTF-8", "guessed for each", "\"windows-1251\""),
    set("corpus.quoting", "read.quoting", OneOf(names::<Quoting>), "what to do with table rows whose quotation marks are unbalanced"),
    set("corpus.no_header", "read.no_header", Flag, "tables have no header"),
    may("corpus.missing", "read.missing", Texts(0, usize::MAX), "cells that mark a missing value", "NA, NaN, NULL, None, - and similar", "[\"NA\"]"),
    may("corpus.path", "read.path", Text, "pattern of the paths of text files", "nothing", "\"{outlet}/{date}_*\""),
    may("corpus.split", "read.split", Text, "regular expression for the lines at which a new article begins in a text file", "a text file is one article", "\"^### \""),
    set("corpus.exports", "read.exports", Paths, "further layouts of database exports; relative to this file"),
    may("corpus.where", "read.only", Text, "condition that articles must meet", "all", "\"date >= 2022-01-01\""),
    may("corpus.sample", "read.sample", Whole(1, MANY), "size of a random sample of these articles", "all", "100"),

    may("columns.text", "read.text", Text, "column of the text; several with commas between them are joined", "", "\"text\""),
    may("columns.outlet", "read.outlet", Text, "column of the outlet", "", "\"outlet\""),
    may("columns.date", "read.date", Text, "column of the date", "", "\"date\""),
    may("columns.title", "read.title", Text, "column of the title", "", "\"title\""),
    may("columns.id", "read.id", Text, "column of the identifier", "", "\"id\""),
    may("columns.language", "read.language", Text, "column of the language", "", "\"language\""),
    may("columns.url", "read.url", Text, "column of the address", "", "\"url\""),

    may("outlets", "read.aliases", Names, "other names of outlets", "", ""),

    set("lexicons.paths", "lexicons", Paths, "lexicon files, folders of them, or names of shipped ones; relative to this file"),
    may("lexicons.match", "reading.mode", OneOf(names::<MatchMode>), "how entries match that do not specify it themselves", "as each lexicon says", "\"stem\""),
    may("lexicons.overlap", "reading.overlap", OneOf(names::<Overlap>), "scope within which a word counts only once", "as each lexicon says", "\"frame\""),
    set("lexicons.lenient", "reading.lenient", Flag, "faulty lines of lexicons are skipped and reported"),
    may("lexicons.encoding", "reading.encoding", Known(is_encoding, "the name of an encoding such as `windows-1251` or `shift-jis`"),
        "encoding of the lexicons", "guessed for each", "\"windows-1251\""),
    may("lexicons.shape", "reading.shape", Known(is_shape, "columns such as `term=word, weight=valence, category=-`"),
        "meaning of the columns of lexicon tables", "inferred from the cells", "\"term=word, weight=valence\""),
    set("lexicons.fold", "reading.fold", OneOf(names::<Fold>), "how far spellings are normalised (`framescope explain words`)"),

    set("clean.headline", "read.headline", OneOf(names::<Headline>), "titles that are given separately from the text: `count` = part of the article, `separate` = searched, but counted only as headlines, `leave` = metadata only"),
    set("clean.furniture", "clean.furniture", Flag, "known lines of boilerplate are not counted"),
    set("clean.recurring", "clean.recurring", Flag, "lines that recur in many articles of an outlet are not counted"),
    set("clean.min_recurring_articles", "clean.min_recurring_articles", Whole(3, MANY), "number of articles of an outlet in which a line must occur to count as recurring"),
    set("clean.endings", "clean.endings", Flag, "a run of short lines at the end is not counted"),
    set("clean.galleries", "clean.galleries", Flag, "captions of photo galleries are not counted"),
    set("clean.links", "clean.links", Flag, "headlines of other articles (behind a label, in a list under one, glued to a name) are not counted"),
    set("clean.repeats", "clean.repeats", Flag, "passages repeated within an article are not counted"),
    set("clean.min_repeat_words", "clean.min_repeat_words", Whole(4, MANY), "minimum length of a repeated passage, in words"),
    set("clean.dehyphenate", "clean.dehyphenate", Flag, "a word hyphenated at a line end is rejoined if the corpus or a lexicon contains the joined word"),
    set("clean.near_duplicates", "clean.near_duplicates", OneOf(names::<NearDuplicates>), "which near-duplicates are counted"),
    set("clean.min_copy_share", "clean.min_copy_share", Whole(20, 90), "share of the shorter article, in percent, that two articles must have in common to be copies (copies.csv)"),
    set("clean.duplicates", "clean.duplicates", Flag, "an article with the same words as an earlier one is counted once"),

    set("voice.count", "voices", OneOrMoreOf(names::<Voice>), "voices that are counted"),
    set("voice.off", "voice.off", SomeOf(rules_of_voice), "rules that are switched off; `framescope explain voice` lists them"),
    set("voice.scare_words", "voice.scare_words", Whole(0, 1_000), "maximum number of words in quotation marks for a scare quote, or for the voice `marked` (no speaker found)"),
    set("voice.short_words", "voice.short_words", Whole(0, 1_000), "maximum number of words of a quoted title or name"),
    set("voice.negation_words", "voice.negation_words", Whole(0, 1_000), "number of words that a negation affects"),
    set("voice.hedge_words", "voice.hedge_words", Whole(0, 1_000), "number of words that a hedge affects"),

    set("targets.window", "target_window.words", Whole(0, MANY), "maximum number of words between a hit and its target; 0 = anywhere in the sentence"),

    set("sentiment.mode", "sentiment.mode", OneOf(names::<Mode>), "how an article is scored; the modes of VADER take the mean compound of its sentences"),
    set("sentiment.negation", "sentiment.negation", OneOf(names::<Negation>), "effect of a negation on a sentiment hit at most three words after it"),
    set("sentiment.intensifiers", "sentiment.degrees", Flag, "\"very good\" counts 1.25 times, \"slightly good\" 0.75 times"),
    set("sentiment.by", "sentiment.by", OneOf(names::<By>), "unit of the rows of scores"),
    set("sentiment.mentions", "sentiment.mentions", Flag, "mentions of targets are written one by one"),
    set("sentiment.window", "sentiment.window", Whole(0, MANY), "number of words around a mention that are used; 0 = its sentence"),
    set("sentiment.toward", "sentiment.toward", OneOf(names::<Judge>), "what scores the mentions of a target: the rule, or a model that was trained on hand-coded US news in English and belongs to the lexicon sentiment-en"),
    may("sentiment.target_column", "sentiment.target_column", Text, "column that names the target of each article, as in hand-coded sentences", "none", "\"target\""),
    may("sentiment.primary", "sentiment.primary", Text, "primary sentiment lexicon, declared before looking at the results", "the first", "\"sentiment-en\""),

    set("stories.window_days", "stories.window_days", Whole(0, 3_660), "maximum number of days between the articles of a story"),
    set("stories.threshold", "stories.threshold", Number(0.0, 1.0), "mean cosine similarity from which articles form a story; twice that if a date is missing"),
    set("stories.min_outlets", "stories.min_outlets", Whole(0, MANY), "minimum number of outlets of a story; 0 = do not look for stories"),
    may("stories.column", "stories.column", Text, "column that names the story of each article", "recognised by their words", "\"event\""),
    may("stories.corrections", "stories.corrections", Path, "file that merges, splits and names stories; relative to this file", "none", "\"stories.toml\""),

    set("statistics.by", "by", Texts(1, 4), "columns to group by; also year, quarter, month, week, language, file, article; several are crossed"),
    set("statistics.permutations", "estimates.permutations", Whole(99, 1_000_000), "number of random draws or permutations of a test; increased if there are many tests"),
    set("statistics.clusters", "estimates.clusters", Text, "which articles count as one unit: auto (stories if there are any, else copies), copies (they share text), stories (with their copies), articles (each is one), day, week, month, year or a column, such as one that names the event of each article"),
    set("statistics.min_articles", "estimates.min_articles", Whole(0, MANY), "minimum number of articles of a group to be tested by itself; smaller groups are tested together"),
    may("statistics.pairwise", "estimates.pairwise", Flag, "every pair of groups is compared", "up to six groups", "true"),
    may("statistics.strata", "estimates.strata", Text, "groups are permuted only within day, week, month, year, language or a column", "no strata", "\"month\""),
    may("statistics.standardise", "estimates.standardise", Text, "also give rates standardised to a common mix of these", "not given", "\"month\""),
    may("statistics.moving", "estimates.moving", OddWhole(1, 99), "number of periods of the moving rate; 1 = single periods", "7 days, or 3 longer periods", "7"),
    set("statistics.sensitivity", "estimates.sensitivity", Flag, "check what findings depend on: leave out entries and articles, and repeat the primary comparison under other choices"),
    set("statistics.primary", "estimates.primary", Texts(0, 2), "groups of the primary comparison: two, or one against all others; none = the two largest"),

    set("groups.order", "report.order", Texts(0, 1_000), "order of groups in charts, page and terminal: size, name, rate (of the first frame), time, or their names; none = by time if they are years, months or days, else by size"),

    set("keyness.unit", "lexical.keyness.unit", OneOf(names::<Unit>), "what counts as one word"),
    set("keyness.against", "lexical.keyness.against", OneOf(names::<Against>), "what a group is compared with: all other articles, each other group, or both"),
    set("keyness.rank", "lexical.keyness.rank", OneOf(names::<Rank>), "score by which words are ranked"),
    set("keyness.top", "lexical.keyness.top", Whole(0, MANY), "number of words for each comparison; 0 = all"),
    set("keyness.min_hits", "lexical.keyness.min_hits", Whole(0, MANY), "minimum number of hits of a word in the whole corpus"),
    set("keyness.min_articles", "lexical.keyness.min_articles", Whole(0, MANY), "minimum number of articles with a word, in the corpus and on the side that uses it more"),
    set("keyness.min_group", "lexical.keyness.min_group", Whole(0, MANY), "minimum number of articles of a group for its words to be compared"),
    set("keyness.counted_voices", "lexical.keyness.counted_voices", Flag, "only words in the voices that [voice] counts"),
    set("keyness.prior_words", "lexical.keyness.prior_words", Above(0.0), "weight of the prior, in words (Fightin' Words)"),
    set("keyness.alpha", "lexical.keyness.alpha", Above(0.0), "prior count of a word whose frequency is not known"),
    set("keyness.simple_maths", "lexical.keyness.simple_maths", Above(0.0), "constant added to both rates per million (simple maths)"),
    may("keyness.reference", "lexical.keyness.reference", Path, "frequency list from other texts: one word and one count per line", "the corpus itself", "\"list.csv\""),

    may("collocates.terms", "lexical.collocates.terms", Texts(0, usize::MAX), "#frame, @target, or a pattern as in a lexicon", "",
        "[\"#coup\", \"protesters\", \"state of emergency\"]"),
    set("collocates.window", "lexical.collocates.window", Whole(1, 100), "number of words on each side, within sentence and quotation"),
    set("collocates.sentence", "lexical.collocates.sentence", Flag, "the whole sentence is used instead of a window"),
    set("collocates.across_sentences", "lexical.collocates.across_sentences", Flag, "windows may extend into neighbouring sentences"),
    set("collocates.unit", "lexical.collocates.unit", OneOf(names::<Unit>), "what counts as one word"),
    set("collocates.top", "lexical.collocates.top", Whole(0, MANY), "number of collocates of each term and group; 0 = all"),
    set("collocates.min_hits", "lexical.collocates.min_hits", Whole(0, MANY), "minimum number of co-occurrences of word and term"),
    set("collocates.min_articles", "lexical.collocates.min_articles", Whole(0, MANY), "minimum number of articles in which they co-occur"),
    set("collocates.counted_voices", "lexical.collocates.counted_voices", Flag, "only words in the voices that [voice] counts"),

    set("cooccurrence.by_group", "lexical.cooccurrence_by_group", Flag, "for each group as well as for all articles"),

    set("report.out", "report.out", Path, "folder of the results; relative to this file"),
    set("report.charts", "report.charts", Flag, "charts are drawn"),
    set("report.only_charts", "report.only_charts", SomeOf(kinds_of_charts), "kinds of charts that are drawn: frames, heatmap, comparisons, voices, positions, cooccurrence, entry-shifts, timeline, stories, specifications, keyness, labels, sentiment, contributions; none = all"),
    set("report.width", "report.width", OneOfOr(names::<NamedWidth>, Width::LEAST, Width::MOST), "width of the charts: for a screen, or 89, 136 or 183 mm on paper, or a number of millimetres; letters have about 7 points in each"),
    set("report.language", "report.language", OneOf(names::<ChartLanguage>), "language of the charts; names are not translated"),
    set("report.theme", "report.theme", OneOf(names::<Theme>), "background of the chart files: light for print, dark for slides"),
    set("report.charts_by_frame", "report.charts_by_frame", Flag, "charts with a panel for each frame are also written as one file per frame"),
    set("report.titles", "report.titles", Flag, "charts have titles"),
    set("report.pdf", "report.pdf", Flag, "charts are also written as PDF"),
    set("report.hits", "report.hits", OneOf(names::<HitFiles>), "format of hits and counts: CSV, or CSV and Parquet"),
    set("report.tables", "report.tables", SomeOf(names::<FurtherTable>), "additional tables: liwc, articles in the layout of LIWC's output (liwc.csv)"),
    may("report.sentiment_hits", "report.sentiment_hits", Flag, "hits of sentiment lexicons are written one by one", "up to 20,000 articles", "true"),
    set("report.max_groups", "report.max_groups", Whole(1, MANY), "maximum number of groups on a chart and on the page; what is left out is reported"),
    set("report.period", "estimates.period", OneOf(names::<Period>), "length of periods over time; `auto` is the shortest with about ten articles per group and period"),

    set("run.threads", "threads", Whole(0, 1_024), "number of threads; 0 = one per core; the results do not depend on it"),
    set("run.shard_articles", "shard_articles", Whole(0, MANY), "articles per shard (batch of the index); 0 = as many as fit; the results do not depend on it"),
    set("run.cache", "cache", Flag, "an index of the articles is kept for the next run"),
    set("run.cache_gigabytes", "cache_gigabytes", Whole(0, 1_000_000), "disk space for indexes of earlier corpora, in GB"),
    set("run.max_bad_share", "max_bad_share", Number(0.0, 1.0), "share of records that may be unreadable; above it, the exit code is 1"),
];

/// The setting of this path.
pub fn setting(path: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.path == path)
}
