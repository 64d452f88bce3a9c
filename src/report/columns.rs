//! Every table of a run, in the order of the README, and the columns of those that grow while articles are counted; the columns of the
//! tables of estimates stand in `results`, beside what fills them.
//!
//! Invariant: a table is written through its description, so no column is without one.

mod copies;
mod stories;

use crate::results::Dtype;
pub use copies::COPIES;
pub use stories::STORIES;

pub use crate::results::{
    ALL, COLLOCATES, COMPARISONS, CONTRIBUTIONS, COOCCURRENCE, COUNTS, Column, DISPERSION, ENTRY_SHIFTS, FRAMES,
    KEYNESS, LABELS, LENGTH, LIWC, OVERALL, OVERLAPS, PAIRWISE, SENSITIVITY, SENTIMENT, SENTIMENT_TARGETS, SHIFTS,
    SOURCES, SPECIFICATIONS, STANDARDISED, STORY_OMISSIONS, STORY_SPLIT, STORY_WORDS, TARGETS, TERMS, TERMS_BY_GROUP,
    TIMELINE, Table, VOICES, WITHIN_STORIES,
};

const fn c(name: &'static str, dtype: Dtype, unit: &'static str, about: &'static str) -> Column {
    Column { name, dtype, unit, about }
}

const CELL: Column = c(
    "cell",
    Dtype::Text,
    "text",
    "if the text of an article comes from several cells (such as title and text), the column to which the byte positions refer; otherwise empty",
);

/// A row for each place where an entry of a frame was found.
pub const HITS: Table = Table {
    file: "hits/*.csv",
    about: "One row for each place where an entry of a frame was found, counted or not. A file for each top-level frame with the frames inside it (with `overlap = \"lexicon\"` for each lexicon); `manifest.json` says which frames a file has. A file has 1,000,000 rows at most; what comes after is in `…-2.csv`.",
    by_group: false,
    columns: &[
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("outlet", Dtype::Text, "text", "outlet of the article; `unknown` where it has none"),
        c("date", Dtype::Date, "ISO date", "date of the article"),
        c("lexicon", Dtype::Text, "text", "name of the entry's lexicon"),
        c("frame", Dtype::Text, "text", "frame of the entry"),
        c("entry", Dtype::Text, "text", "the entry as the lexicon writes it; its file and line are in `terms.csv`"),
        c("left", Dtype::Text, "text", "text before it, in the same sentence"),
        c("surface", Dtype::Text, "text", "the words found, as in the article"),
        c("right", Dtype::Text, "text", "text after it, in the same sentence"),
        c(
            "voice",
            Dtype::Text,
            "text",
            "who is speaking: `own`, `scare`, `marked`, `quoted`, `attributed`, `mention`, `furniture`",
        ),
        c(
            "rule",
            Dtype::Text,
            "text",
            "the rule that decided the voice: `framescope explain voice`; for furniture the rule of `removed.csv`",
        ),
        c("cue", Dtype::Text, "text", "the words that give the speaker away"),
        c("source", Dtype::Text, "text", "the words of the speaker"),
        c(
            "source_name",
            Dtype::Text,
            "text",
            "name of the source: for `he`, the person last named as a source; for a surname, the fuller name mentioned before; empty if uncertain",
        ),
        c("negated", Dtype::Flag, "true or false", "a negation governs it"),
        c("hedged", Dtype::Flag, "true or false", "a hedge governs it"),
        c("question", Dtype::Flag, "true or false", "it is in a question"),
        c(
            "target",
            Dtype::Text,
            "text",
            "the nearest `[[target]]` in the same sentence; of two equally near, the one before. Empty where there is none, or the hit is not counted",
        ),
        c(
            "target_distance",
            Dtype::Integer,
            "words",
            "words between the hit and the target's name; 0 = side by side, or in the words of the hit",
        ),
        c("position", Dtype::Text, "text", "`headline`, `lead` or `body`"),
        CELL,
        c(
            "byte_start",
            Dtype::Integer,
            "byte",
            "first byte of the words found: in the file; for tables, in the cell of the text (or of the title)",
        ),
        c("byte_end", Dtype::Integer, "byte", "first byte after the surface"),
        c("line", Dtype::Integer, "line", "line of the surface, from 1, in the same file or cell"),
        c("sentence", Dtype::Integer, "number", "sentence within the article, from 1"),
        c(
            "counted",
            Dtype::Text,
            "text",
            "`yes`, or why it is not: `furniture`, `repeat`, `voice` (a voice that the study does not count), `headline` (counted separately)",
        ),
        c("story", Dtype::Integer, "number", "story of the article, as in `stories.csv`; empty where it is in none"),
        c("spoken_of", Dtype::Text, "text", "the `[[target]]` named in the hit or in its clause; empty if uncertain"),
    ],
    further: "",
};

/// A row for each article that was read.
pub const ARTICLES: Table = Table {
    file: "articles.csv",
    about: "One row for each article that was read, counted or not.",
    by_group: false,
    columns: &[
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("outlet", Dtype::Text, "text", "outlet after aliases; `unknown` where there is none"),
        c("date", Dtype::Date, "ISO date", "date; empty where it is missing or could not be read"),
        c("title", Dtype::Text, "text", "title"),
        c("language", Dtype::Text, "code", "language, given or recognised; `und` if it is not known"),
        c("url", Dtype::Text, "text", "address"),
        c("file", Dtype::Text, "text", "file below the corpus folder"),
        c("record", Dtype::Integer, "line", "line of the table at which its record starts"),
        c("words", Dtype::Integer, "words", "words of the article"),
        c("furniture_words", Dtype::Integer, "words", "of these, in lines of boilerplate"),
        c("repeat_words", Dtype::Integer, "words", "of these, in passages that the article says again"),
        c("sentences", Dtype::Integer, "sentences", "sentences of the article"),
        c(
            "quotes_repaired",
            Dtype::Integer,
            "marks",
            "number of missing, doubled or mismatched quotation marks that were repaired",
        ),
        c(
            "counted",
            Dtype::Text,
            "text",
            "`yes`, or why it is not: `duplicate`, `no words`, `no lexicon in its language`",
        ),
        c("duplicate_of", Dtype::Text, "text", "the earlier article with the same words"),
        c(
            "words_digest",
            Dtype::Text,
            "text",
            "128-bit hash of its normalised words in order; shows whether a text has changed",
        ),
        c("story", Dtype::Integer, "number", "its story, as in `stories.csv`; empty where it is in none"),
    ],
    further: "then the further columns of the corpus, as they were read",
};

/// A row for each span that is not counted.
pub const REMOVED: Table = Table {
    file: "removed.csv",
    about: "One row for each span of a counted article that is not counted.",
    by_group: false,
    columns: &[
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("outlet", Dtype::Text, "text", "outlet of the article"),
        c(
            "rule",
            Dtype::Text,
            "text",
            "`furniture` (by a lexicon), `recurring` (a line of many articles of the outlet), `ending` (short lines at the end), `gallery` (captions of photos in a row), `link` (headlines of other articles) or `repeat`",
        ),
        c(
            "evidence",
            Dtype::Text,
            "text",
            "the pattern that matched, how often the line recurs, how many captions or links are together, or where the passage first occurs",
        ),
        c("byte_start", Dtype::Integer, "byte", "first byte of the span"),
        c("byte_end", Dtype::Integer, "byte", "first byte after the span"),
        c("words", Dtype::Integer, "words", "words of the span"),
        c("begins", Dtype::Text, "text", "its first words"),
    ],
    further: "",
};

/// A row for each problem.
pub const PROBLEMS: Table = Table {
    file: "problems.csv",
    about: "One row for each thing that was wrong or is worth knowing about the input.",
    by_group: false,
    columns: &[
        c(
            "severity",
            Dtype::Text,
            "text",
            "`error` (the record is lost), `warning` (a number may be affected) or `note`",
        ),
        c("kind", Dtype::Text, "text", "a stable name to filter by"),
        c("file", Dtype::Text, "text", "file"),
        c("line", Dtype::Integer, "line", "line, from 1"),
        c("column", Dtype::Integer, "character", "column, from 1"),
        c("found", Dtype::Text, "text", "what is there"),
        c("expected", Dtype::Text, "text", "what should be there"),
        c("hint", Dtype::Text, "text", "what to do"),
    ],
    further: "",
};

/// A row for each place where an entry of a sentiment lexicon was found.
pub const SENTIMENT_HITS: Table = Table {
    file: "sentiment_hits/*.csv",
    about: "One row for each place where an entry of a sentiment lexicon was found, counted or not. Without context, because there are many rows. One file for each lexicon, continued in further files like `hits/*.csv`.",
    by_group: false,
    columns: &[
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("lexicon", Dtype::Text, "text", "name of the lexicon"),
        c(
            "entry",
            Dtype::Text,
            "text",
            "the entry as the lexicon writes it; `terms.csv` says on which line of which file",
        ),
        c("weight", Dtype::Real, "weight", "weight of the entry"),
        c("counts_as", Dtype::Real, "weight", "what it counts for after negation and intensifiers"),
        c("surface", Dtype::Text, "text", "the words found, as in the article"),
        c("voice", Dtype::Text, "text", "who is speaking, as in `hits/*.csv`"),
        c(
            "negated",
            Dtype::Flag,
            "true or false",
            "there is a negation at most three words before it (false where the study ignores negation)",
        ),
        c("degree", Dtype::Text, "text", "`raised` or `lowered` by the word before it; empty where it is not"),
        c(
            "byte_start",
            Dtype::Integer,
            "byte",
            "first byte of the words found: in the file; for tables, in the cell of the text (or of the title)",
        ),
        c("byte_end", Dtype::Integer, "byte", "first byte after the surface"),
        c("line", Dtype::Integer, "line", "line of the surface, from 1, in the same file or cell"),
        c(
            "counted",
            Dtype::Text,
            "text",
            "`yes`, or why it is not: `furniture`, `repeat`, `voice` (a voice that the study does not count), `headline` (counted separately), `negated` (where the study drops such hits)",
        ),
        CELL,
    ],
    further: "",
};

/// A row for each counted article and sentiment lexicon.
pub const SENTIMENT_ARTICLES: Table = Table {
    file: "sentiment_articles.csv",
    about: "One row for each counted article and dimension of each sentiment lexicon.",
    by_group: true,
    columns: &[
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("date", Dtype::Date, "ISO date", "date of the article"),
        c("lexicon", Dtype::Text, "text", "name of the lexicon"),
        c("dimension", Dtype::Text, "text", "its dimension, where it has several"),
        c("words", Dtype::Integer, "words", "words, without boilerplate and repeats"),
        c("positive_hits", Dtype::Integer, "hits", "counted hits with a positive weight after negation"),
        c("negative_hits", Dtype::Integer, "hits", "counted hits with a negative weight"),
        c("negated_hits", Dtype::Integer, "hits", "counted or dropped hits after a negation"),
        c("sum", Dtype::Real, "weight", "sum of the weights"),
        c("valence", Dtype::Real, "weight per hit", "sum / hits; missing without hits"),
        c(
            "balance",
            Dtype::Real,
            "−1 to 1",
            "(positive − negative) / (positive + negative) hits; missing without hits",
        ),
        c("logit", Dtype::Real, "log odds", "ln(positive + 0.5) − ln(negative + 0.5)"),
        c("sentences", Dtype::Integer, "sentences", "sentences that VADER scored; empty in dictionary mode"),
        c("compound", Dtype::Real, "−1 to 1", "mean of their compounds"),
        c("pos", Dtype::Real, "share", "mean of their shares of positive words"),
        c("neu", Dtype::Real, "share", "mean of their shares of neutral words"),
        c("neg", Dtype::Real, "share", "mean of their shares of negative words"),
    ],
    further: "",
};

/// A row for each sentence, on request.
pub const SENTIMENT_SENTENCES: Table = Table {
    file: "sentiment_sentences.csv",
    about: "One row for each sentence of a counted article and dimension of each sentiment lexicon; written with `[sentiment] by = \"sentence\"`.",
    by_group: false,
    columns: &[
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("lexicon", Dtype::Text, "text", "name of the lexicon"),
        c("dimension", Dtype::Text, "text", "its dimension, where it has several"),
        c(
            "sentence",
            Dtype::Integer,
            "number",
            "sentence within the article, from 1; those that begin in boilerplate or in a repeat are left out",
        ),
        c(
            "byte_start",
            Dtype::Integer,
            "byte",
            "first byte of the sentence: in the file; for tables, in the cell of the text (or of the title)",
        ),
        c("byte_end", Dtype::Integer, "byte", "first byte after it"),
        c("words", Dtype::Integer, "words", "words of the sentence"),
        c("positive_hits", Dtype::Integer, "hits", "counted hits with a positive weight after negation"),
        c("negative_hits", Dtype::Integer, "hits", "counted hits with a negative weight"),
        c("sum", Dtype::Real, "weight", "sum of the weights"),
        c("valence", Dtype::Real, "weight per hit", "sum / hits; missing without hits"),
        c("compound", Dtype::Real, "−1 to 1", "VADER's compound; empty in dictionary mode"),
        c("pos", Dtype::Real, "share", "VADER's share of positive words"),
        c("neu", Dtype::Real, "share", "of neutral words"),
        c("neg", Dtype::Real, "share", "of negative words"),
        CELL,
    ],
    further: "",
};

/// A row for each mention of a target, on request.
pub const SENTIMENT_MENTIONS: Table = Table {
    file: "sentiment_mentions.csv",
    about: "One row for each mention of a target and dimension of each sentiment lexicon; written with `[sentiment] mentions = true` or `target_column`.",
    by_group: false,
    columns: &[
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("lexicon", Dtype::Text, "text", "name of the lexicon"),
        c("dimension", Dtype::Text, "text", "its dimension, where it has several"),
        c("target", Dtype::Text, "text", "who or what is mentioned"),
        c(
            "byte_start",
            Dtype::Integer,
            "byte",
            "first byte of the mention: in the file; for tables, in the cell of the text (or of the title)",
        ),
        c("byte_end", Dtype::Integer, "byte", "first byte after it"),
        c("hits", Dtype::Integer, "hits", "evaluative words that made the score"),
        c("score", Dtype::Real, "weight", "`framescope explain toward`"),
        c("label", Dtype::Text, "text", "`negative`, `neutral` or `positive`"),
        c(
            "scored_by",
            Dtype::Text,
            "text",
            "`rule` or `model` (`[sentiment] toward`), on different scales; macro-F1 on hand-coded US news .64 and .65 (docs/lab/toward.md)",
        ),
        c(
            "judged_score",
            Dtype::Real,
            "weight",
            "the score of the rule by words of judgement and stance alone; empty where the words of the lexicon have no classes",
        ),
        c("words", Dtype::Text, "text", "the words that decided, at most three, each with what it adds to the score"),
        c(
            "mean_score",
            Dtype::Real,
            "weight",
            "mean of the scores by all lexicons of one dimension: a check on the primary lexicon, not a separate result",
        ),
        c("mean_label", Dtype::Text, "text", "the label of this mean"),
        CELL,
    ],
    further: "",
};

/// Every table, in the order of the README.
pub const TABLES: &[&Table] = &[
    &FRAMES,
    &VOICES,
    &COMPARISONS,
    &ENTRY_SHIFTS,
    &TARGETS,
    &LABELS,
    &SOURCES,
    &OVERALL,
    &PAIRWISE,
    &STANDARDISED,
    &STORIES,
    &WITHIN_STORIES,
    &STORY_SPLIT,
    &STORY_OMISSIONS,
    &STORY_WORDS,
    &SENSITIVITY,
    &SPECIFICATIONS,
    &LENGTH,
    &SENTIMENT,
    &SENTIMENT_TARGETS,
    &CONTRIBUTIONS,
    &SHIFTS,
    &TIMELINE,
    &TERMS,
    &TERMS_BY_GROUP,
    &OVERLAPS,
    &DISPERSION,
    &COOCCURRENCE,
    &KEYNESS,
    &COLLOCATES,
    &HITS,
    &SENTIMENT_HITS,
    &COUNTS,
    &LIWC,
    &SENTIMENT_ARTICLES,
    &SENTIMENT_SENTENCES,
    &SENTIMENT_MENTIONS,
    &ARTICLES,
    &REMOVED,
    &COPIES,
    &PROBLEMS,
];
