//! Every column of every table, in one place: the headers, `README.md` of the run folder and the docs come from here.
//!
//! Invariant: a table is written through its description, so no column is without one.

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
    file: "hits.csv",
    about: "One row for each place where an entry of a frame was found, counted or not.",
    by_group: false,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("outlet", "text", "outlet of the article; `unknown` where it has none"),
        c("date", "ISO date", "date of the article"),
        c("frame", "text", "frame of the entry"),
        c("entry", "text", "the entry as the lexicon writes it"),
        c("entry_at", "file:line", "where the entry stands"),
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
        c("negated", "yes or no", "a negation governs it"),
        c("hedged", "yes or no", "a hedge governs it"),
        c("question", "yes or no", "it stands in a question"),
        c("position", "text", "`headline`, `lead` or `body`"),
        c("byte_start", "byte", "first byte of the surface: in the file for .txt and .md, in the text cell for tables"),
        c("byte_end", "byte", "first byte after the surface"),
        c("line", "line", "line of the surface, from 1, in the same file or cell"),
        c("sentence", "number", "sentence within the article, from 1"),
        c("counted", "text", "`yes`, or why it is not: `furniture`, `repeat`, `voice` (not one that the study counts)"),
    ],
    further: "",
};

/// A row for each place where an entry of a sentiment lexicon was found.
pub const SENTIMENT_HITS: Table = Table {
    file: "sentiment_hits.csv",
    about: "One row for each place where an entry of a sentiment lexicon was found, counted or not. Without context: there are many.",
    by_group: false,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("lexicon", "text", "name of the lexicon"),
        c("entry", "text", "the entry as the lexicon writes it"),
        c("entry_at", "file:line", "where the entry stands"),
        c("weight", "weight", "weight of the entry"),
        c("surface", "text", "the words found, as they stand in the article"),
        c("voice", "text", "who is speaking, as in `hits.csv`"),
        c("negated", "yes or no", "a negation governs it"),
        c("byte_start", "byte", "first byte of the surface: in the file for .txt and .md, in the text cell for tables"),
        c("byte_end", "byte", "first byte after the surface"),
        c("line", "line", "line of the surface, from 1, in the same file or cell"),
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

/// A row for each group and sentiment lexicon.
pub const SENTIMENT: Table = Table {
    file: "sentiment.csv",
    about: "One row for each group and sentiment lexicon. Dictionary scores are not validated on this corpus.",
    by_group: true,
    columns: &[
        c("lexicon", "text", "name of the lexicon"),
        c("articles", "articles", "counted articles of the group"),
        c("words", "words", "words of these articles without furniture and repeats"),
        c("hits", "hits", "counted hits with a weight"),
        c("positive_hits", "hits", "those with a positive weight"),
        c("negative_hits", "hits", "those with a negative weight"),
        c("sum", "weight", "sum of the weights"),
        c("valence", "weight per hit", "sum / hits"),
        c("valence_low", "weight per hit", "lower end of the 95 % interval, articles as units"),
        c("valence_high", "weight per hit", "upper end"),
        c("valence_method", "text", "how the interval was found"),
        c("balance", "−1 to 1", "(positive − negative) / (positive + negative) hits"),
        c("balance_low", "−1 to 1", "lower end of the 95 % interval, articles as units"),
        c("balance_high", "−1 to 1", "upper end"),
        c("logit", "log odds", "ln(positive + 0.5) − ln(negative + 0.5) (Lowe et al. 2011)"),
        c("logit_low", "log odds", "lower end of the 95 % interval, articles as units"),
        c("logit_high", "log odds", "upper end"),
        c("missing", "text", "why a value or an interval is missing"),
    ],
    further: "",
};

/// A row for each counted article and sentiment lexicon.
pub const SENTIMENT_ARTICLES: Table = Table {
    file: "sentiment_articles.csv",
    about: "One row for each counted article and sentiment lexicon.",
    by_group: true,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("date", "ISO date", "date of the article"),
        c("lexicon", "text", "name of the lexicon"),
        c("words", "words", "words without furniture and repeats"),
        c("positive_hits", "hits", "counted hits with a positive weight"),
        c("negative_hits", "hits", "counted hits with a negative weight"),
        c("sum", "weight", "sum of the weights"),
        c("valence", "weight per hit", "sum / hits; missing without hits"),
        c("balance", "−1 to 1", "(positive − negative) / (positive + negative) hits; missing without hits"),
        c("logit", "log odds", "ln(positive + 0.5) − ln(negative + 0.5)"),
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
    ],
    further: "",
};

/// A row for each entry that found something, and one for each that did not.
pub const TERMS: Table = Table {
    file: "terms.csv",
    about: "One row for each entry of every frame and sentiment lexicon: what it found. Entries without hits are in the table too.",
    by_group: false,
    columns: &[
        c("lexicon", "text", "name of the lexicon"),
        c("frame", "text", "frame of the entry"),
        c("entry", "text", "the entry as the lexicon writes it"),
        c("entry_at", "file:line", "where the entry stands"),
        c("match", "text", "`stem`, `exact` or `case`"),
        c("weight", "weight", "weight of the entry"),
        c("hits", "hits", "counted hits"),
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
        c(
            "quotes_repaired",
            "marks",
            "quotation marks that were missing, doubled or mismatched; empty where nothing was looked up",
        ),
        c("counted", "text", "`yes`, or why it is not: `duplicate`, `no words`, `no lexicon in its language`"),
        c("duplicate_of", "text", "the earlier article with the same words"),
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
    &SENTIMENT,
    &TIMELINE,
    &TERMS,
    &OVERLAPS,
    &HITS,
    &SENTIMENT_HITS,
    &COUNTS,
    &SENTIMENT_ARTICLES,
    &ARTICLES,
    &REMOVED,
    &COPIES,
    &PROBLEMS,
];
