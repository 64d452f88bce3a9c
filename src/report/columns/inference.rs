//! Columns of the tables that say how sure a finding is: all groups at once, pairs, a common mix, checks.

use super::{Table, c};

/// A row for each frame: all groups at once.
pub const OVERALL: Table = Table {
    file: "overall.csv",
    about: "One row for each frame: do the groups differ at all? With two groups this is their comparison.",
    by_group: false,
    columns: &[
        c("frame", "text", "name of the frame"),
        c("groups", "groups", "groups with a counted article"),
        c("articles", "articles", "their counted articles with words"),
        c("deviance", "deviance", "2 Σ y ln(y / μ) over groups: hits against those expected at one common rate"),
        c("p", "probability", "chance of a deviance this large if groups were exchanged between articles"),
        c("q", "probability", "Benjamini–Hochberg; family: every row with a p"),
        c("family", "tests", "rows with a p"),
        c("method", "text", "how p was found"),
        c("missing", "text", "why there is no p"),
    ],
    further: "",
};

/// A row for each pair of groups and frame.
pub const PAIRWISE: Table = Table {
    file: "pairwise.csv",
    about: "One row for each pair of groups and frame: the group's articles against the other group's. Left out, with the reason at the end of this file, where there are many groups.",
    by_group: true,
    columns: &[
        c("other_group", "text", "the group that it is compared with"),
        c("frame", "text", "name of the frame"),
        c(
            "log2_ratio",
            "doublings",
            "log2 of the group's rate over the other's, 0.5 added to both counts and 1 to both words",
        ),
        c("log2_ratio_low", "doublings", "lower end of the 95 % interval, articles as units"),
        c("log2_ratio_high", "doublings", "upper end"),
        c("interval_method", "text", "how the interval was found"),
        c("p", "probability", "chance of a difference this large if the two were exchanged between articles"),
        c("p_method", "text", "how p was found"),
        c("q", "probability", "Benjamini–Hochberg over the family"),
        c("p_holm", "probability", "Holm: with this certainty not even one of the family is a false finding"),
        c("family", "tests", "all pairs and frames that have a p"),
        c("direction", "text", "in words"),
        c("missing", "text", "why there is no interval or no p"),
    ],
    further: "",
};

/// A row for each group and frame: rates at a common mix.
pub const STANDARDISED: Table = Table {
    file: "standardised.csv",
    about: "One row for each group and frame: the rate if the group's words were spread over the strata as those of all groups together are. Only where the study sets `standardise`.",
    by_group: true,
    columns: &[
        c("frame", "text", "name of the frame"),
        c("stratum", "text", "what the mix is of: `day`, `week`, `month`, `year` or a column"),
        c("strata", "strata", "strata of the mix"),
        c("rate", "hits per 1,000 words", "as it is, of the articles that have a stratum"),
        c(
            "standardised",
            "hits per 1,000 words",
            "Σ share of all groups' words in the stratum × the group's rate there",
        ),
        c(
            "standardised_low",
            "hits per 1,000 words",
            "lower end of the 95 % interval, articles within strata as units",
        ),
        c("standardised_high", "hits per 1,000 words", "upper end"),
        c("method", "text", "how the interval was found"),
        c("absent", "text", "strata in which the group has no article"),
        c("missing", "text", "why there is no rate or no interval"),
    ],
    further: "",
};

/// Two rows for each group and frame: what its comparison with the rest rests on.
pub const SENSITIVITY: Table = Table {
    file: "sensitivity.csv",
    about: "Two rows for each comparison with the rest: what leaving out one entry, and one article, does at most.",
    by_group: true,
    columns: &[
        c("frame", "text", "name of the frame"),
        c("check", "text", "`entry` or `article`: what is left out, of the group or of the rest"),
        c("left_out", "text", "the entry or the article whose absence changes the log ratio most"),
        c("parts", "number", "entries, or articles, with a hit in the group"),
        c("top_share", "share", "largest share of the group's hits that one of them has"),
        c(
            "concentration",
            "share",
            "sum of squared shares (HHI); its inverse is the number of equal parts as concentrated",
        ),
        c("log2_ratio", "doublings", "with everything, as in comparisons.csv"),
        c("log2_ratio_without", "doublings", "without that part"),
        c("share_of_change", "share", "change / log ratio: 1, it is gone; above 1, its sign turned"),
        c("sign_flips", "number", "parts of group and rest whose absence turns the sign, each alone"),
        c("p_without", "probability", "p without that part; of findings only (q below .05)"),
        c("q_without", "probability", "q without that part, all other p staying as they are"),
        c("finding", "text", "`holds`, `lost` (q of .05 or more without the part), or `none` (no finding to lose)"),
        c("missing", "text", "why there is no value"),
    ],
    further: "",
};

/// A row for each frame and specification of the primary comparison.
pub const SPECIFICATIONS: Table = Table {
    file: "specifications.csv",
    about: "One row for each frame and combination of choices: the primary comparison counted again. Read the curve as a whole: nothing is corrected for the number of combinations. Choices that move no count are left out.",
    by_group: true,
    columns: &[
        c("other_group", "text", "the group that it is compared with, or `all others`"),
        c("frame", "text", "name of the frame"),
        c(
            "matching",
            "text",
            "`as the lexicon says`, or `exact forms`: hits whose folded words are those of the entry",
        ),
        c("voices", "text", "`as counted`, `all`, or `own`: the article's own voice only"),
        c("furniture", "text", "site furniture `out` or `in`: hits and words; there nobody is asked who speaks"),
        c("repeats", "text", "repeated passages `out` or `in`: hits and words"),
        c(
            "weight",
            "text",
            "`words`: articles pooled; `articles`: the mean of article rates, each article counting alike",
        ),
        c("study", "yes or no", "the choices of the study itself"),
        c("hits", "hits", "of the group"),
        c("words", "words", "of the group"),
        c("other_hits", "hits", "of the other"),
        c("other_words", "words", "of the other"),
        c(
            "log2_ratio",
            "doublings",
            "log2 of the group's rate over the other's; pooled rates with 0.5 hits and 1 word added, mean rates as they are",
        ),
        c("log2_ratio_low", "doublings", "lower end of the 95 % interval, articles as units"),
        c("log2_ratio_high", "doublings", "upper end"),
        c("p", "probability", "of each alone; mean rates by at most 1,999 dealings, without strata"),
        c("missing", "text", "why there is no interval or no p"),
    ],
    further: "",
};

/// A row for each score: does it go with length?
pub const LENGTH: Table = Table {
    file: "length.csv",
    about: "One row for each frame and sentiment lexicon: does an article's score go with its length?",
    by_group: false,
    columns: &[
        c("kind", "text", "`frame`: hits per word; `sentiment`: mean weight of a hit"),
        c("name", "text", "name of the frame or of the lexicon"),
        c("articles", "articles", "articles that have a score"),
        c(
            "rho",
            "correlation",
            "Spearman's rank correlation of score and words; rare frames rise with length by themselves, for long articles have a hit more easily",
        ),
        c("rho_low", "correlation", "lower end of the 95 % interval (Bonett and Wright)"),
        c("rho_high", "correlation", "upper end"),
        c("p", "probability", "chance of a correlation this far from 0 where there is none"),
        c("large", "yes or no", "at least .3 either way, and surely not 0: compare groups of like lengths"),
        c("missing", "text", "why there is no correlation or no interval"),
    ],
    further: "",
};
