//! Every column of every table of a diff, in one place: headers and `diff/README.md` come from here.
//!
//! Invariant: a table is written through its description, so no column is without one.

use crate::results::{Column, Dtype, Table};

const fn c(name: &'static str, dtype: Dtype, unit: &'static str, about: &'static str) -> Column {
    Column { name, dtype, unit, about }
}

const GROUP: Column = c("group", Dtype::Text, "text", "the group: its outlet, or its labels joined by ` · `");
const FRAME: Column = c("frame", Dtype::Text, "text", "name of the frame");

/// A row for each entry that was edited.
pub const LEXICON: Table = Table {
    file: "lexicon.csv",
    about: "One row for each entry or exception that was added, removed or edited. A line number alone is no change.",
    by_group: false,
    columns: &[
        c(
            "change",
            Dtype::Text,
            "text",
            "`added`, `removed`, or what was edited: `moved`, `reweighted`, `matched otherwise`, `narrowed` (hits lost, none gained), `widened`, `rewritten`; entries that took the places of others are one row with them",
        ),
        c("kind", Dtype::Text, "text", "`entry` or `exception`"),
        c("lexicon", Dtype::Text, "text", "name of the lexicon"),
        c("frame_before", Dtype::Text, "text", "its frame in the first run"),
        c("frame_after", Dtype::Text, "text", "its frame in the second run"),
        c("entry_before", Dtype::Text, "text", "as the lexicon wrote it"),
        c("entry_after", Dtype::Text, "text", "as the lexicon writes it"),
        c("entry_at_before", Dtype::Text, "file:line", "where it stood"),
        c("entry_at_after", Dtype::Text, "file:line", "where it stands"),
        c("match_before", Dtype::Text, "text", "`stem`, `exact` or `case`"),
        c("match_after", Dtype::Text, "text", "the same, in the second run"),
        c("weight_before", Dtype::Real, "weight", "its weight in the first run"),
        c("weight_after", Dtype::Real, "weight", "its weight in the second run"),
        c("hits_before", Dtype::Integer, "hits", "counted hits in the first run; empty for exceptions"),
        c("hits_after", Dtype::Integer, "hits", "counted hits in the second run"),
        c(
            "hits_gained",
            Dtype::Integer,
            "hits",
            "counted hits that the first run did not count; of an entry of a sentiment lexicon, whose hits are not compared one by one, how many more it has",
        ),
        c(
            "hits_lost",
            Dtype::Integer,
            "hits",
            "counted hits of the first run that the second does not count; of an entry of a sentiment lexicon how many fewer it has",
        ),
    ],
    further: "",
};

/// A row for each hit that is not what it was.
pub const HITS: Table = Table {
    file: "hits.csv",
    about: "One row for each hit that one run counts and the other does not, or that somebody else now says; with its sentence.",
    by_group: false,
    columns: &[
        c("change", Dtype::Text, "text", "`gained`, `lost`, or `voice` where only the voice is another"),
        c("cause", Dtype::Text, "text", "what made it so, as in `causes.csv`"),
        GROUP,
        c("article", Dtype::Text, "text", "identifier of the article"),
        FRAME,
        c("entry", Dtype::Text, "text", "the entry as the lexicon writes it"),
        c("entry_at", Dtype::Text, "file:line", "where the entry stands; for a lost hit, where it stood"),
        c("left", Dtype::Text, "text", "what stands before, in the same sentence"),
        c("surface", Dtype::Text, "text", "the words found"),
        c("right", Dtype::Text, "text", "what stands after, in the same sentence"),
        c("voice_before", Dtype::Text, "text", "who was speaking; empty where the first run has no such hit"),
        c("voice_after", Dtype::Text, "text", "who is speaking; empty where the second run has no such hit"),
        c("counted_before", Dtype::Text, "text", "`yes`, or why it was not counted"),
        c("counted_after", Dtype::Text, "text", "`yes`, or why it is not counted"),
        c(
            "instead",
            Dtype::Text,
            "text",
            "the entry that has the place now (lost) or had it (gained), with its frame where that is another",
        ),
        c("byte_start", Dtype::Integer, "byte", "first byte of the surface"),
        c("byte_end", Dtype::Integer, "byte", "first byte after it"),
        c("line", Dtype::Integer, "line", "line of the surface, from 1"),
    ],
    further: "",
};

/// A row for each rate that moved.
pub const RATES: Table = Table {
    file: "rates.csv",
    about: "One row for each group and frame whose hits, words or rank are not what they were, or in which hits changed hands.",
    by_group: false,
    columns: &[
        GROUP,
        FRAME,
        c(
            "articles_before",
            Dtype::Integer,
            "articles",
            "counted articles of the group; empty where the run has no such group",
        ),
        c("articles_after", Dtype::Integer, "articles", "the same, in the second run"),
        c("words_before", Dtype::Integer, "words", "their words: the denominator"),
        c("words_after", Dtype::Integer, "words", "the same, in the second run"),
        c("hits_before", Dtype::Integer, "hits", "their counted hits: the numerator"),
        c("hits_after", Dtype::Integer, "hits", "the same, in the second run"),
        c("rate_before", Dtype::Real, "hits per 1,000 words", "hits / words × 1,000"),
        c("rate_after", Dtype::Real, "hits per 1,000 words", "the same, in the second run"),
        c("change", Dtype::Real, "hits per 1,000 words", "rate after − rate before; `causes.csv` adds up to it"),
        c("low_before", Dtype::Real, "hits per 1,000 words", "lower end of the 95 % interval"),
        c("high_before", Dtype::Real, "hits per 1,000 words", "upper end"),
        c("low_after", Dtype::Real, "hits per 1,000 words", "lower end of the 95 % interval, second run"),
        c("high_after", Dtype::Real, "hits per 1,000 words", "upper end"),
        c(
            "rank_before",
            Dtype::Integer,
            "rank",
            "place among the groups by rate, 1 for the highest; equal rates share the better place",
        ),
        c("rank_after", Dtype::Integer, "rank", "the same, in the second run"),
        c("missing", Dtype::Text, "text", "why there is no change of the rate"),
    ],
    further: "",
};

/// A row for each cause of each change.
pub const CAUSES: Table = Table {
    file: "causes.csv",
    about: "One row for each cause of each change of a rate, and of each change of a log ratio in `findings.csv`. The effects of a change's causes add up to it; their shares add up to 1 where all pull one way, and are missing where they do not.",
    by_group: false,
    columns: &[
        c("measure", Dtype::Text, "text", "`rate` or `log2_ratio`"),
        GROUP,
        FRAME,
        c("kind", Dtype::Text, "text", "`entry`, `articles`, `options`, or `overlap` (frames that hold others)"),
        c("cause", Dtype::Text, "text", "the entry, or what happened"),
        c("lexicon", Dtype::Text, "text", "lexicon of the entry"),
        c("entry_at", Dtype::Text, "file:line", "where the entry stands, or stood"),
        c(
            "edit",
            Dtype::Text,
            "text",
            "what was done to the entry; `unedited` where its hits passed from or to another, or an exception took them",
        ),
        c("articles", Dtype::Integer, "articles", "articles behind it"),
        c("gained", Dtype::Integer, "hits", "counted hits that the first run did not count"),
        c("lost", Dtype::Integer, "hits", "counted hits of the first run that the second does not count"),
        c("words", Dtype::Integer, "words", "words of the denominator, more or less"),
        c("rest_gained", Dtype::Integer, "hits", "the same in all other groups; only for log ratios"),
        c("rest_lost", Dtype::Integer, "hits", "the same in all other groups"),
        c("rest_words", Dtype::Integer, "words", "the same in all other groups"),
        c("effect", Dtype::Real, "unit of the measure", "its part of the change: hits per 1,000 words, or doublings"),
        c(
            "share",
            Dtype::Real,
            "share",
            "effect / change; may be negative or above 1 where causes work against each other",
        ),
    ],
    further: "",
};

/// A row for each finding that crossed a threshold.
pub const FINDINGS: Table = Table {
    file: "findings.csv",
    about: "One row for each comparison of a group with the rest that became or ceased to be a finding, or turned its sign.",
    by_group: false,
    columns: &[
        GROUP,
        FRAME,
        c(
            "crossed",
            Dtype::Text,
            "text",
            "`sign` (less became more, or the reverse), `q` (.05 was crossed), `interval` (0 went in or out)",
        ),
        c("log2_ratio_before", Dtype::Real, "doublings", "log2 of the group's rate over the rest's"),
        c("log2_ratio_after", Dtype::Real, "doublings", "the same, in the second run"),
        c("low_before", Dtype::Real, "doublings", "lower end of the 95 % interval"),
        c("high_before", Dtype::Real, "doublings", "upper end"),
        c("low_after", Dtype::Real, "doublings", "lower end of the 95 % interval, second run"),
        c("high_after", Dtype::Real, "doublings", "upper end"),
        c("q_before", Dtype::Real, "probability", "false discoveries to expect; empty where no test was possible"),
        c("q_after", Dtype::Real, "probability", "the same, in the second run"),
        c("change", Dtype::Real, "doublings", "change of the log ratio, from the counts; `causes.csv` adds up to it"),
    ],
    further: "",
};

/// A row for each article that is not what it was.
pub const ARTICLES: Table = Table {
    file: "articles.csv",
    about: "One row for each article that came, went, was counted otherwise, or has another text or group.",
    by_group: false,
    columns: &[
        c("change", Dtype::Text, "text", "what happened"),
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("title", Dtype::Text, "text", "its title"),
        c("group_before", Dtype::Text, "text", "its group; empty where it was not there or not counted"),
        c("group_after", Dtype::Text, "text", "the same, in the second run"),
        c("words_before", Dtype::Integer, "words", "its words that could have been hits"),
        c("words_after", Dtype::Integer, "words", "the same, in the second run"),
        c("hits_before", Dtype::Integer, "hits", "its counted hits, frames added up"),
        c("hits_after", Dtype::Integer, "hits", "the same, in the second run"),
    ],
    further: "",
};

/// A row for each setting and file that is not what it was.
pub const OPTIONS: Table = Table {
    file: "options.csv",
    about: "One row for each setting, program version or file that is not what it was.",
    by_group: false,
    columns: &[
        c(
            "kind",
            Dtype::Text,
            "text",
            "`renamed` (a group, frame, target or label that has another name and is the same), `setting`, `lexicon file` or `corpus file` (files of one article each are in `articles.csv`)",
        ),
        c("name", Dtype::Text, "text", "the setting, the file, or what is renamed"),
        c(
            "before",
            Dtype::Text,
            "text",
            "in the first run; for files, version and the first letters of the BLAKE3 digest",
        ),
        c("after", Dtype::Text, "text", "in the second run"),
    ],
    further: "",
};

/// A row for each group whose sentiment moved.
pub const SENTIMENT: Table = Table {
    file: "sentiment.csv",
    about: "One row for each group and sentiment lexicon whose hits or mean weight are not what they were.",
    by_group: false,
    columns: &[
        GROUP,
        c("lexicon", Dtype::Text, "text", "name of the lexicon and, where it has several, of the dimension"),
        c("hits_before", Dtype::Integer, "hits", "hits in the first run"),
        c("hits_after", Dtype::Integer, "hits", "hits in the second run"),
        c("valence_before", Dtype::Real, "weight", "mean weight of a hit in the first run"),
        c("valence_after", Dtype::Real, "weight", "mean weight of a hit in the second run"),
        c("change", Dtype::Real, "weight", "after less before"),
        c("valence_before_low", Dtype::Real, "weight", "lower end of the interval in the first run"),
        c("valence_before_high", Dtype::Real, "weight", "upper end of the interval in the first run"),
        c("valence_after_low", Dtype::Real, "weight", "lower end of the interval in the second run"),
        c("valence_after_high", Dtype::Real, "weight", "upper end of the interval in the second run"),
    ],
    further: "",
};

/// Every table, in the order of the README.
pub const TABLES: &[&Table] = &[&LEXICON, &OPTIONS, &ARTICLES, &RATES, &CAUSES, &FINDINGS, &SENTIMENT, &HITS];
