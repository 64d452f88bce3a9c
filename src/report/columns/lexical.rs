//! Columns of the tables about words: keyness, dispersion, collocates, co-occurrence.

use super::{Table, c};

/// What an empty group label means in these tables.
pub const ALL: &str = "(all)";

/// A row for each comparison and word or frame.
pub const KEYNESS: Table = Table {
    file: "keyness.csv",
    about: "One row for each comparison of groups and each frame, and for the words that differ most (`rank`; by |z| unless told otherwise). A group with few articles (`min_group`) has no words. p and q are over articles; every score called descriptive takes words as independent and is no test. Written where a study has `[keyness]`.",
    by_group: true,
    columns: &[
        c("against", "text", "what the group is compared with: another group, or `(rest)`, all other articles"),
        c("kind", "text", "`word` or `frame`"),
        c("word", "text", "the word, folded or stemmed, or the frame's name"),
        c(
            "forms",
            "text",
            "surface forms of a stem with their counts in the whole corpus, most frequent first, at most eight",
        ),
        c("hits", "hits", "how often it stands in the group, without furniture and repeats"),
        c("articles_with", "articles", "articles of the group that have it"),
        c("articles", "articles", "articles of the group"),
        c("words", "words", "their words"),
        c("against_hits", "hits", "how often it stands in what the group is compared with"),
        c("against_articles_with", "articles", "articles there that have it"),
        c("against_articles", "articles", "articles there"),
        c("against_words", "words", "their words"),
        c("direction", "text", "in words"),
        c(
            "log2_ratio",
            "doublings",
            "log2 of the rate over the other rate, 0.5 added to both counts and 1 to both words",
        ),
        c(
            "p",
            "probability",
            "chance of a difference this large if articles were exchanged between the two: over articles; what is below 1e-12 is given as that",
        ),
        c("p_method", "text", "how p was found: `explain p`, `explain moments-p`, `explain carriers-p`"),
        c(
            "q",
            "probability",
            "Benjamini–Hochberg over every word of the comparison that is frequent enough (`min_hits`, `min_articles`), shown or not; for frames as in `comparisons.csv`",
        ),
        c("family", "tests", "number of tests in that family"),
        c("z", "standard deviations", "descriptive: Fightin' Words, prior from this corpus"),
        c("z_uninformative", "standard deviations", "descriptive: the same, every word with the same small prior"),
        c(
            "z_reference",
            "standard deviations",
            "descriptive: the same, prior from the reference list; empty for words that are not in it",
        ),
        c("g2", "G²", "descriptive: log-likelihood over four cells"),
        c("g2_rayson", "G²", "descriptive: log-likelihood over the word's two cells (Rayson)"),
        c("chi2", "χ²", "descriptive: Pearson, without correction"),
        c("chi2_yates", "χ²", "descriptive: Pearson, with Yates' correction"),
        c("text_dispersion", "G²", "descriptive: log-likelihood of articles that have the word (Egbert and Biber)"),
        c("log_ratio_hardie", "doublings", "descriptive: log2 ratio of the rates, 0.5 for a count of zero (Hardie)"),
        c("odds_ratio", "times", "descriptive: odds over odds, 0.5 for a count of zero"),
        c("percent_difference", "percent", "descriptive: %DIFF, 0.5 for a count of zero"),
        c("simple_maths", "times", "descriptive: rates per million, each raised by the same amount (Kilgarriff)"),
        c("missing", "text", "why there is no p"),
    ],
    further: "",
};

/// A row for each frame by group, and each entry.
pub const DISPERSION: Table = Table {
    file: "dispersion.csv",
    about: "One row for each frame, over all articles (`(all)`) and in each group, and one for each entry with hits: how evenly it lies over the articles. All measures are descriptive.",
    by_group: true,
    columns: &[
        c("kind", "text", "`frame` or `entry`"),
        c("frame", "text", "name of the frame"),
        c("entry", "text", "the entry as the lexicon writes it; empty for a frame"),
        c("entry_at", "file:line", "where the entry stands"),
        c("articles", "articles", "articles with a word that could have been a hit: the parts"),
        c("words", "words", "their words"),
        c("hits", "hits", "counted hits"),
        c("range", "articles", "articles with a hit"),
        c("dp", "share", "deviation of proportions (Gries): 0 is even"),
        c("dp_norm", "share", "DP over the most it can be: 0 is even, 1 is all in the shortest article"),
        c("juilland_d", "share", "Juilland's D: 1 is even"),
        c("da", "share", "DA (Burch, Egbert and Biber): 1 is even, 0 is all in one article"),
        c("kld", "bits", "Kullback–Leibler divergence of hits from words: 0 is even"),
        c("missing", "text", "why there is no measure"),
    ],
    further: "",
};

/// A row for each term, scope and collocate.
pub const COLLOCATES: Table = Table {
    file: "collocates.csv",
    about: "One row for each term of `[collocates]` and each word that stands beside it more often than chance would have it, over all articles (`(all)`) and in each group; by logDice. Windows end at the article, site furniture, repeats, where a quotation begins or ends, and the sentence. All scores are descriptive.",
    by_group: true,
    columns: &[
        c("term", "text", "what was looked up: a pattern, `#frame` or `@target`"),
        c("word", "text", "the word beside it, folded or stemmed"),
        c("forms", "text", "surface forms of a stem within reach with their counts, at most eight"),
        c("hits", "hits", "counted hits of the term"),
        c("places", "words", "words within reach of them; one within reach of two hits counts once"),
        c("together", "times", "how often the word is one of these"),
        c("articles", "articles", "articles in which it is: the range"),
        c("frequency", "times", "how often the word stands anywhere"),
        c("words", "words", "all words"),
        c("expected", "times", "places × frequency / words: times together by chance"),
        c(
            "log_dice",
            "logDice",
            "14 + log2(2 together / (hits + frequency)): 14 is always together; does not grow with the corpus",
        ),
        c("pmi", "bits", "log2(together / expected): favours rare words"),
        c("npmi", "share", "PMI over the most it could be"),
        c("mi3", "bits", "log2(together³ / expected)"),
        c("t", "t", "(together − expected) / √together: favours frequent words"),
        c("g2", "G²", "log-likelihood over places and other words; takes words as independent"),
    ],
    further: "",
};

/// A row for each pair of frames.
pub const COOCCURRENCE: Table = Table {
    file: "cooccurrence.csv",
    about: "One row for each pair of frames that met, in sentences and in articles, over all articles (`(all)`) and, where `[cooccurrence] by_group = true` asks for it, in each group. A pair without a row never met. A frame and one that holds it are no pair. All scores are descriptive.",
    by_group: true,
    columns: &[
        c("within", "text", "`sentence` or `article`"),
        c("frame", "text", "name of one frame"),
        c("other_frame", "text", "name of the other"),
        c("units", "sentences or articles", "those with a word that could have been a hit"),
        c("with_frame", "sentences or articles", "those with a counted hit of the one frame"),
        c("with_other", "sentences or articles", "those with one of the other"),
        c("both", "sentences or articles", "those with both"),
        c("phi", "−1 to 1", "correlation of having the one and having the other; 0 is chance"),
        c("jaccard", "share", "both / those with either"),
        c("log_dice", "logDice", "14 + log2(2 both / (with the one + with the other)); missing where they never meet"),
        c("missing", "text", "why a score is missing"),
    ],
    further: "",
};
