//! Every column of every table, in one place: the headers, `README.md` of the run folder and the docs come from here.
//!
//! Invariant: a table is written through its description, so no column is without one.

mod inference;
mod lexical;
mod sentiment;

pub use inference::{LENGTH, OVERALL, PAIRWISE, SENSITIVITY, SPECIFICATIONS, STANDARDISED};
pub use lexical::{ALL, COLLOCATES, COOCCURRENCE, DISPERSION, KEYNESS};
pub use sentiment::*;

/// What a table is, and its columns.
pub struct Table {
    /// File name.
    pub file: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Whether the columns of the grouping (`outlet` unless told otherwise) come first.
    pub by_group: bool,
    /// The columns.
    pub columns: &'static [Column],
    /// Columns that depend on the run, in words; empty where there are none.
    pub further: &'static str,
}

impl Table {
    /// True for a file of this table: many lie in a folder, a file for each frame or lexicon.
    pub fn is_file(&self, name: &str) -> bool {
        match self.file.strip_suffix("/*.csv") {
            Some(folder) => {
                name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') && rest.ends_with(".csv"))
            }
            None => self.file == name,
        }
    }
}

/// A column.
pub struct Column {
    /// Name in the header.
    pub name: &'static str,
    /// Unit, or `text`.
    pub unit: &'static str,
    /// What it says.
    pub about: &'static str,
}

const fn c(name: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { name, unit, about }
}

/// A row for each place where an entry of a frame was found.
pub const HITS: Table = Table {
    file: "hits/*.csv",
    about: "One row for each place where an entry of a frame was found, counted or not. A file for each top-level frame with the frames inside it (with `overlap = \"lexicon\"` for each lexicon); `manifest.json` says which frames a file has. A file has 1,000,000 rows at most; what comes after is in `…-2.csv`.",
    by_group: false,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("outlet", "text", "outlet of the article; `unknown` where it has none"),
        c("date", "ISO date", "date of the article"),
        c("lexicon", "text", "name of the entry's lexicon"),
        c("frame", "text", "frame of the entry"),
        c("entry", "text", "the entry as the lexicon writes it; `terms.csv` says on which line of which file"),
        c("left", "text", "what stands before, in the same sentence"),
        c("surface", "text", "the words found, as they stand in the article"),
        c("right", "text", "what stands after, in the same sentence"),
        c("voice", "text", "who is speaking: `own`, `scare`, `quoted`, `attributed`, `mention`, `furniture`"),
        c(
            "rule",
            "text",
            "the rule that decided the voice: `framescope explain voice`; for furniture the rule of `removed.csv`",
        ),
        c("cue", "text", "the words that give the speaker away"),
        c("source", "text", "the words of the speaker"),
        c("negated", "true or false", "a negation governs it"),
        c("hedged", "true or false", "a hedge governs it"),
        c("question", "true or false", "it stands in a question"),
        c(
            "target",
            "text",
            "the nearest `[[target]]` in the same sentence; of two equally near, the one before. Empty where there is none, or the hit is not counted",
        ),
        c("target_distance", "words", "words between the hit and the target's name; 0 = side by side"),
        c("position", "text", "`headline`, `lead` or `body`"),
        c("byte_start", "byte", "first byte of the surface: in the file for .txt and .md, in the text cell for tables"),
        c("byte_end", "byte", "first byte after the surface"),
        c("line", "line", "line of the surface, from 1, in the same file or cell"),
        c("sentence", "number", "sentence within the article, from 1"),
        c("counted", "text", "`yes`, or why it is not: `furniture`, `repeat`, `voice` (not one that the study counts)"),
    ],
    further: "",
};

/// A row for each counted article, a column for each frame.
pub const COUNTS: Table = Table {
    file: "counts.csv",
    about: "One row for each counted article: counted hits of every frame.",
    by_group: true,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("date", "ISO date", "date of the article"),
        c("words", "words", "words that could have been hits: without furniture and repeats"),
    ],
    further: "then one column for each frame: counted hits (a frame that holds others counts each span once)",
};

/// A row for each group and frame.
pub const FRAMES: Table = Table {
    file: "frames.csv",
    about: "One row for each group and frame: how often the frame's vocabulary is found, and how sure that is.",
    by_group: true,
    columns: &[
        c("frame", "text", "name of the frame"),
        c("articles", "articles", "counted articles of the group"),
        c("words", "words", "words of these articles without furniture and repeats: the denominator"),
        c("hits", "hits", "counted hits: the numerator"),
        c("own_hits", "hits", "of these, in the article's own voice"),
        c("scare_hits", "hits", "in scare quotes"),
        c("quoted_hits", "hits", "in somebody's quoted words"),
        c("attributed_hits", "hits", "in what somebody is said to say or think, without quotation marks"),
        c("mention_hits", "hits", "in titles, nicknames, words named as words"),
        c("rate", "hits per 1,000 words", "hits / words × 1,000 (all articles pooled)"),
        c("rate_low", "hits per 1,000 words", "lower end of the 95 % interval, articles as units"),
        c("rate_high", "hits per 1,000 words", "upper end; the only end where there are no hits"),
        c("rate_method", "text", "how the interval was found"),
        c("rate_missing", "text", "why there is no rate or no interval"),
        c("macro_rate", "hits per 1,000 words", "mean of the articles' own rates: each article counts the same"),
        c("design_effect", "ratio", "variance of the rate over what independent words would have"),
        c("articles_with_hit", "articles", "articles with at least one counted hit"),
        c("prevalence", "share", "articles with a hit / articles"),
        c("prevalence_low", "share", "lower end of its 95 % Wilson interval"),
        c("prevalence_high", "share", "upper end of its 95 % Wilson interval"),
        c("intensity", "hits per 1,000 words", "rate within the articles that have a hit"),
        c("top_entry", "text", "the entry with most hits"),
        c("top_entry_share", "share", "its share of the entries' hits: near 1, the frame is one word"),
    ],
    further: "",
};

/// A row for each group, frame and voice.
pub const VOICES: Table = Table {
    file: "voices.csv",
    about: "One row for each group, frame and voice: who is speaking when the frame's vocabulary is found.",
    by_group: true,
    columns: &[
        c("frame", "text", "name of the frame"),
        c("voice", "text", "`own`, `scare`, `quoted`, `attributed` or `mention`"),
        c("articles", "articles", "counted articles of the group"),
        c("words", "words", "words of these articles without furniture and repeats, whoever speaks"),
        c("hits", "hits", "counted hits in this voice"),
        c("share", "share", "hits in this voice / hits of the frame in the group"),
        c("rate", "hits per 1,000 words", "hits / words × 1,000"),
        c("rate_low", "hits per 1,000 words", "lower end of the 95 % interval, articles as units"),
        c("rate_high", "hits per 1,000 words", "upper end"),
        c("missing", "text", "why there is no rate or no interval"),
    ],
    further: "",
};

/// A row for each group, target and frame.
pub const TARGETS: Table = Table {
    file: "targets.csv",
    about: "One row for each group, target and frame: how often the frame's vocabulary falls nearest to the target.",
    by_group: true,
    columns: &[
        c("target", "text", "name of the target"),
        c("frame", "text", "name of the frame"),
        c("articles", "articles", "counted articles of the group that mention the target"),
        c("mentions", "mentions", "counted mentions of the target, under all its names: the denominator"),
        c("sentences", "sentences", "sentences with such a mention"),
        c("hits", "hits", "counted hits of the frame whose nearest target this is: the numerator"),
        c("own_hits", "hits", "of these, in the article's own voice"),
        c("articles_with_hit", "articles", "articles with at least one such hit"),
        c("rate", "hits per 100 mentions", "hits / mentions × 100 (all articles pooled); may exceed 100"),
        c("rate_low", "hits per 100 mentions", "lower end of the 95 % interval, articles as units"),
        c("rate_high", "hits per 100 mentions", "upper end; the only end where there are no hits"),
        c("rate_method", "text", "how the interval was found"),
        c("missing", "text", "why there is no rate or no interval"),
    ],
    further: "",
};

/// A row for each group and label of a referent.
pub const LABELS: Table = Table {
    file: "labels.csv",
    about: "One row for each group and label: its share among the rival labels of one referent. Shares of a referent sum to 1 in each group.",
    by_group: true,
    columns: &[
        c("referent", "text", "who is meant"),
        c("label", "text", "the name that is given"),
        c("articles", "articles", "counted articles of the group with any label of the referent"),
        c("articles_with_label", "articles", "of these, with this label"),
        c("hits", "hits", "counted hits of the label"),
        c("all_hits", "hits", "counted hits of all labels of the referent: the denominator"),
        c("share", "share", "hits / all_hits"),
        c("share_low", "share", "lower end of the 95 % interval, articles as units"),
        c("share_high", "share", "upper end; the only end where the label was never used"),
        c("share_method", "text", "how the interval was found"),
        c("rest_share", "share", "the label's share in all other groups together"),
        c(
            "p",
            "probability",
            "chance of a share this far from the rest's if groups were exchanged between the articles with any of the labels",
        ),
        c("p_method", "text", "how p was found"),
        c("q", "probability", "Benjamini–Hochberg over every row of this table that has a p"),
        c("own_hits", "hits", "hits in the article's own voice"),
        c("own_share", "share", "own_hits / own-voice hits of all labels of the referent"),
        c("missing", "text", "why there is no share, no interval or no p"),
    ],
    further: "",
};

/// A row for each group and frame: the group against the rest.
pub const COMPARISONS: Table = Table {
    file: "comparisons.csv",
    about: "One row for each group and frame: the group's articles against all other articles.",
    by_group: true,
    columns: &[
        c("frame", "text", "name of the frame"),
        c("articles", "articles", "counted articles of the group"),
        c("hits", "hits", "their counted hits"),
        c("words", "words", "their words"),
        c("rest_articles", "articles", "counted articles of all other groups"),
        c("rest_hits", "hits", "their counted hits"),
        c("rest_words", "words", "their words"),
        c(
            "log2_ratio",
            "doublings",
            "log2 of the rate over the rest's rate, 0.5 added to both counts and 1 to both words",
        ),
        c("log2_ratio_low", "doublings", "lower end of the 95 % interval, articles as units"),
        c("log2_ratio_high", "doublings", "upper end"),
        c("interval_method", "text", "how the interval was found"),
        c("p", "probability", "chance of a difference this large if outlets were exchanged between articles"),
        c("p_method", "text", "how p was found"),
        c(
            "q",
            "probability",
            "Benjamini–Hochberg: false discoveries to expect among rows up to this one; family: every row with a p",
        ),
        c("direction", "text", "in words"),
        c("missing", "text", "why there is no interval or no p"),
    ],
    further: "",
};

/// A row for each group, frame and period.
pub const TIMELINE: Table = Table {
    file: "timeline.csv",
    about: "One row for each group, frame and period with articles. Articles without a date are in no row.",
    by_group: true,
    columns: &[
        c("frame", "text", "name of the frame"),
        c("period", "ISO date", "first day of the period"),
        c("articles", "articles", "counted articles of the group in the period"),
        c("words", "words", "their words"),
        c("hits", "hits", "their counted hits"),
        c("rate", "hits per 1,000 words", "hits / words × 1,000"),
        c("rate_low", "hits per 1,000 words", "lower end of the 95 % interval, articles as units"),
        c("rate_high", "hits per 1,000 words", "upper end"),
        c("missing", "text", "why there is no rate or no interval"),
        c("moving_rate", "hits per 1,000 words", "rate of all articles of the window of periods around this one"),
        c("moving_low", "hits per 1,000 words", "lower end of its 95 % interval (linearised ratio), articles as units"),
        c("moving_high", "hits per 1,000 words", "upper end"),
        c("moving_missing", "text", "why there is none; a window does not reach beyond the periods of the corpus"),
    ],
    further: "",
};

/// A row for each entry that found something, and one for each that did not.
pub const TERMS: Table = Table {
    file: "terms.csv",
    about: "One row for each entry of every frame and sentiment lexicon: what it found. Entries without hits are in the table too, and exceptions.",
    by_group: false,
    columns: &[
        c("lexicon", "text", "name of the lexicon"),
        c("frame", "text", "frame of the entry"),
        c("entry", "text", "the entry as the lexicon writes it"),
        c("entry_at", "file:line", "where the entry stands"),
        c("match", "text", "`stem`, `exact` or `case`"),
        c("weight", "weight", "weight of the entry"),
        c("except", "yes or no", "an exception: it takes hits away and has none of its own"),
        c("hits", "hits", "counted hits; empty for exceptions"),
        c("articles", "articles", "articles with a counted hit"),
        c("forms", "text", "folded surface forms with their counts, most frequent first, at most twelve"),
    ],
    further: "then one column for each group: counted hits",
};

/// A row for each pair of frames that share tokens.
pub const OVERLAPS: Table = Table {
    file: "overlaps.csv",
    about: "One row for each pair of frames that count the same tokens. Within a frame a token counts once; across frames it may count in several.",
    by_group: false,
    columns: &[
        c("frame", "text", "name of one frame"),
        c("other_frame", "text", "name of the other"),
        c("tokens", "words", "words that are in counted hits of both"),
        c("articles", "articles", "articles in which they are"),
    ],
    further: "",
};

/// A row for each article that was read.
pub const ARTICLES: Table = Table {
    file: "articles.csv",
    about: "One row for each article that was read, counted or not.",
    by_group: false,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("outlet", "text", "outlet after aliases; `unknown` where there is none"),
        c("date", "ISO date", "date; empty where it is missing or could not be read"),
        c("title", "text", "title"),
        c("language", "code", "language, told or detected; `und` where it is not known"),
        c("url", "text", "address"),
        c("file", "text", "file below the corpus folder"),
        c("record", "line", "line of the table at which its record starts"),
        c("words", "words", "words of the article"),
        c("furniture_words", "words", "of these, in lines of site furniture"),
        c("repeat_words", "words", "of these, in passages that the article says again"),
        c("sentences", "sentences", "sentences of the article"),
        c("quotes_repaired", "marks", "quotation marks that were missing, doubled or mismatched"),
        c("counted", "text", "`yes`, or why it is not: `duplicate`, `no words`, `no lexicon in its language`"),
        c("duplicate_of", "text", "the earlier article with the same words"),
        c("words_digest", "text", "128 bits of its folded words in their order; tells that a text is another"),
    ],
    further: "then the further columns of the corpus, as they were read",
};

/// A row for each span that is not counted.
pub const REMOVED: Table = Table {
    file: "removed.csv",
    about: "One row for each span of a counted article that is in no count.",
    by_group: false,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("outlet", "text", "outlet of the article"),
        c(
            "rule",
            "text",
            "`furniture` (by a lexicon), `recurring` (a line of many articles of the outlet), `ending` (short lines at the end) or `repeat`",
        ),
        c("evidence", "text", "the pattern that matched, how often the line recurs, or where the passage stood first"),
        c("byte_start", "byte", "first byte of the span"),
        c("byte_end", "byte", "first byte after the span"),
        c("words", "words", "words of the span"),
        c("begins", "text", "its first words"),
    ],
    further: "",
};

/// A row for each article that shares its text with others.
pub const COPIES: Table = Table {
    file: "copies.csv",
    about: "One row for each article that shares much of its text with others: wire copy, updates, duplicates. Groups by their first article.",
    by_group: false,
    columns: &[
        c("group", "number", "articles with one number copy one another, directly or by way of others of the group"),
        c("article", "text", "identifier of the article"),
        c("outlet", "text", "outlet of the article"),
        c("date", "ISO date", "date of the article"),
        c("title", "text", "title of the article"),
        c("first", "yes or no", "the article of its group that was read first"),
        c(
            "shared",
            "share",
            "of its own text, the part that stands in other articles of the group, estimated from shingles of eight words",
        ),
        c("copy", "text", "`exact` (the words of an earlier article), `near` (nine tenths or more in one), else empty"),
        c("copy_of", "text", "that earlier article"),
    ],
    further: "",
};

/// A row for each problem.
pub const PROBLEMS: Table = Table {
    file: "problems.csv",
    about: "One row for each thing that was wrong or is worth knowing about the input.",
    by_group: false,
    columns: &[
        c("severity", "text", "`error` (the record is lost), `warning` (a number may be affected) or `note`"),
        c("kind", "text", "a stable name to filter by"),
        c("file", "text", "file"),
        c("line", "line", "line, from 1"),
        c("column", "character", "column, from 1"),
        c("found", "text", "what is there"),
        c("expected", "text", "what should be there"),
        c("hint", "text", "what to do"),
    ],
    further: "",
};

/// Every table, in the order of the README.
pub const TABLES: &[&Table] = &[
    &FRAMES,
    &VOICES,
    &COMPARISONS,
    &TARGETS,
    &LABELS,
    &OVERALL,
    &PAIRWISE,
    &STANDARDISED,
    &SENSITIVITY,
    &SPECIFICATIONS,
    &LENGTH,
    &SENTIMENT,
    &SENTIMENT_TARGETS,
    &CONTRIBUTIONS,
    &SHIFTS,
    &TIMELINE,
    &TERMS,
    &OVERLAPS,
    &DISPERSION,
    &COOCCURRENCE,
    &KEYNESS,
    &COLLOCATES,
    &HITS,
    &SENTIMENT_HITS,
    &COUNTS,
    &SENTIMENT_ARTICLES,
    &SENTIMENT_SENTENCES,
    &SENTIMENT_MENTIONS,
    &ARTICLES,
    &REMOVED,
    &COPIES,
    &PROBLEMS,
];
