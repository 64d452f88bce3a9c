//! The columns of the tables of sentiment.

use super::{Table, c};

/// A row for each place where an entry of a sentiment lexicon was found.
pub const SENTIMENT_HITS: Table = Table {
    file: "sentiment_hits/*.csv",
    about: "One row for each place where an entry of a sentiment lexicon was found, counted or not. Without context: there are many. A file for each lexicon, cut as `hits/*.csv` is.",
    by_group: false,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("lexicon", "text", "name of the lexicon"),
        c("entry", "text", "the entry as the lexicon writes it; `terms.csv` says on which line of which file"),
        c("weight", "weight", "weight of the entry"),
        c("counts_as", "weight", "what it counts for after negation and intensifiers"),
        c("surface", "text", "the words found, as they stand in the article"),
        c("voice", "text", "who is speaking, as in `hits/*.csv`"),
        c(
            "negated",
            "true or false",
            "a negation stands at most three words before it (no where the study ignores negation)",
        ),
        c("degree", "text", "`raised` or `lowered` by the word before it; empty where it is not"),
        c("byte_start", "byte", "first byte of the surface: in the file for .txt and .md, in the text cell for tables"),
        c("byte_end", "byte", "first byte after the surface"),
        c("line", "line", "line of the surface, from 1, in the same file or cell"),
        c(
            "counted",
            "text",
            "`yes`, or why it is not: `furniture`, `repeat`, `voice` (not one that the study counts), `negated` (where the study drops such hits)",
        ),
    ],
    further: "",
};

/// A row for each group and sentiment lexicon.
pub const SENTIMENT: Table = Table {
    file: "sentiment.csv",
    about: "One row for each group and dimension of each sentiment lexicon. Dictionary scores are not validated on this corpus.",
    by_group: true,
    columns: &[
        c("lexicon", "text", "name of the lexicon"),
        c("dimension", "text", "frame of the lexicon, where it has several that are no positive and negative words"),
        c("role", "text", "`primary`: the lexicon declared before looking; `robustness`: any other"),
        c("articles", "articles", "counted articles of the group in the lexicon's language"),
        c("words", "words", "their words without furniture and repeats"),
        c("hits", "hits", "their counted hits that weigh something"),
        c("positive_hits", "hits", "of these, with a positive weight after negation"),
        c("negative_hits", "hits", "with a negative weight"),
        c("sum", "weight", "sum of the weights"),
        c("valence", "weight per hit", "sum / hits: mean weight of a hit"),
        c("valence_low", "weight per hit", "lower end of the 95 % interval, articles as units"),
        c("valence_high", "weight per hit", "upper end"),
        c("method", "text", "how the interval was found"),
        c("valence_all", "weight per word", "sum / words"),
        c("balance", "−1 to 1", "(positive − negative) / (positive + negative) hits"),
        c("balance_low", "−1 to 1", "lower end of the 95 % interval, articles as units"),
        c("balance_high", "−1 to 1", "upper end"),
        c("absolute", "−1 to 1", "(positive − negative) hits / words"),
        c("logit", "log odds", "ln(positive + 0.5) − ln(negative + 0.5) (Lowe et al. 2011)"),
        c("logit_low", "log odds", "lower end of the 95 % interval, articles as units"),
        c("logit_high", "log odds", "upper end"),
        c(
            "logit_se",
            "log odds",
            "√(1/(positive + 0.5) + 1/(negative + 0.5)): the error if hits were independent, which they are not",
        ),
        c("sentences", "sentences", "sentences that VADER scored; empty in dictionary mode"),
        c("compound", "−1 to 1", "mean compound of these sentences by VADER's rules"),
        c("compound_low", "−1 to 1", "lower end of the 95 % interval, articles as units"),
        c("compound_high", "−1 to 1", "upper end"),
        c("pos", "share", "mean share of positive words in these sentences (VADER)"),
        c("neu", "share", "mean share of neutral words"),
        c("neg", "share", "mean share of negative words"),
        c("missing", "text", "why a value or an interval is missing"),
    ],
    further: "",
};

/// A row for each counted article and sentiment lexicon.
pub const SENTIMENT_ARTICLES: Table = Table {
    file: "sentiment_articles.csv",
    about: "One row for each counted article and dimension of each sentiment lexicon.",
    by_group: true,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("date", "ISO date", "date of the article"),
        c("lexicon", "text", "name of the lexicon"),
        c("dimension", "text", "its dimension, where it has several"),
        c("words", "words", "words without furniture and repeats"),
        c("positive_hits", "hits", "counted hits with a positive weight after negation"),
        c("negative_hits", "hits", "counted hits with a negative weight"),
        c("negated_hits", "hits", "counted or dropped hits before which a negation stands"),
        c("sum", "weight", "sum of the weights"),
        c("valence", "weight per hit", "sum / hits; missing without hits"),
        c("balance", "−1 to 1", "(positive − negative) / (positive + negative) hits; missing without hits"),
        c("logit", "log odds", "ln(positive + 0.5) − ln(negative + 0.5)"),
        c("sentences", "sentences", "sentences that VADER scored; empty in dictionary mode"),
        c("compound", "−1 to 1", "mean of their compounds"),
        c("pos", "share", "mean of their shares of positive words"),
        c("neu", "share", "mean of their shares of neutral words"),
        c("neg", "share", "mean of their shares of negative words"),
    ],
    further: "",
};

/// A row for each sentence, on request.
pub const SENTIMENT_SENTENCES: Table = Table {
    file: "sentiment_sentences.csv",
    about: "One row for each sentence of a counted article and dimension of each sentiment lexicon; written with `[sentiment] by = \"sentence\"`.",
    by_group: false,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("lexicon", "text", "name of the lexicon"),
        c("dimension", "text", "its dimension, where it has several"),
        c(
            "sentence",
            "number",
            "sentence within the article, from 1; those that begin in furniture or in a repeat are left out",
        ),
        c(
            "byte_start",
            "byte",
            "first byte of the sentence: in the file for .txt and .md, in the text cell for tables",
        ),
        c("byte_end", "byte", "first byte after it"),
        c("words", "words", "words of the sentence"),
        c("positive_hits", "hits", "counted hits with a positive weight after negation"),
        c("negative_hits", "hits", "counted hits with a negative weight"),
        c("sum", "weight", "sum of the weights"),
        c("valence", "weight per hit", "sum / hits; missing without hits"),
        c("compound", "−1 to 1", "VADER's compound; empty in dictionary mode"),
        c("pos", "share", "VADER's share of positive words"),
        c("neu", "share", "of neutral words"),
        c("neg", "share", "of negative words"),
    ],
    further: "",
};

/// A row for each group and target that it mentions.
pub const SENTIMENT_TARGETS: Table = Table {
    file: "sentiment_targets.csv",
    about: "One row for each group, dimension of each sentiment lexicon and target that the group mentions: how the sentences speak of it.",
    by_group: true,
    columns: &[
        c("lexicon", "text", "name of the lexicon"),
        c("dimension", "text", "its dimension, where it has several"),
        c("role", "text", "`primary` or `robustness`"),
        c("target", "text", "who or what is mentioned"),
        c("articles", "articles", "counted articles that mention it"),
        c("mentions", "mentions", "counted mentions"),
        c(
            "hits",
            "hits",
            "evaluative words in the sentences of the mentions; a word near two mentions is counted twice",
        ),
        c("score", "weight", "mean score of a mention: `framescope explain toward`"),
        c("score_low", "weight", "lower end of the 95 % interval, articles as units"),
        c("score_high", "weight", "upper end"),
        c("method", "text", "how the interval was found"),
        c("positive", "share", "mentions that are spoken of well / mentions"),
        c("negative", "share", "mentions that are spoken of ill / mentions"),
        c("missing", "text", "why there is no interval"),
    ],
    further: "",
};

/// A row for each mention of a target, on request.
pub const SENTIMENT_MENTIONS: Table = Table {
    file: "sentiment_mentions.csv",
    about: "One row for each mention of a target and dimension of each sentiment lexicon; written with `[sentiment] mentions = true` or `target_column`.",
    by_group: false,
    columns: &[
        c("article", "text", "identifier of the article"),
        c("lexicon", "text", "name of the lexicon"),
        c("dimension", "text", "its dimension, where it has several"),
        c("target", "text", "who or what is mentioned"),
        c("byte_start", "byte", "first byte of the mention: in the file for .txt and .md, in the text cell for tables"),
        c("byte_end", "byte", "first byte after it"),
        c("hits", "hits", "evaluative words that made the score"),
        c("score", "weight", "`framescope explain toward`"),
        c("label", "text", "`negative`, `neutral` or `positive`"),
        c(
            "mean_score",
            "weight",
            "mean of the scores by all lexicons of one dimension: a check on the primary one, no result of its own",
        ),
        c("mean_label", "text", "the label of this mean"),
    ],
    further: "",
};

/// The entries that made each score.
pub const CONTRIBUTIONS: Table = Table {
    file: "contributions.csv",
    about: "The entries that made the mean valence of each group, twenty to each side; all rows of a group and dimension sum to its valence.",
    by_group: true,
    columns: &[
        c("lexicon", "text", "name of the lexicon"),
        c("dimension", "text", "its dimension, where it has several"),
        c("side", "text", "`positive` or `negative`: what it does to the score"),
        c("rank", "number", "1 gives most; empty for all others together"),
        c("entry", "text", "the entry as the lexicon writes it, or `(all others)`"),
        c("entry_at", "file:line", "where the entry stands"),
        c("negated", "yes or no", "its hits behind a negation, which count with the other sign"),
        c("hits", "hits", "hits of the group that weigh something"),
        c("gives", "weight per hit", "sum of their weights / all hits of the group"),
    ],
    further: "",
};

/// What makes groups differ.
pub const SHIFTS: Table = Table {
    file: "sentiment_shifts.csv",
    about: "Which entries make the mean valence of a group differ from that of all other groups (word shift), thirty entries each; the rows sum to the difference.",
    by_group: true,
    columns: &[
        c("lexicon", "text", "name of the lexicon"),
        c("dimension", "text", "its dimension, where it has several"),
        c("against", "text", "`rest`: all other groups"),
        c("rank", "number", "1 gives most, either way; empty for all others together"),
        c("entry", "text", "the entry as the lexicon writes it, or `(all others)`"),
        c("entry_at", "file:line", "where the entry stands"),
        c("negated", "yes or no", "its hits behind a negation, which count with the other sign"),
        c("hits", "hits", "hits in the group"),
        c("against_hits", "hits", "hits in the rest"),
        c("gives", "weight per hit", "its part of the difference: `framescope explain word-shift`"),
        c("difference", "weight per hit", "valence of the group − valence of the rest"),
    ],
    further: "",
};
