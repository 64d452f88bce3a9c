//! The table of articles that share their text.

use super::c;
use crate::results::{Dtype, Table};

/// A row for each article that shares its text with others.
pub const COPIES: Table = Table {
    file: "copies.csv",
    about: "One row for each article that shares much of its text with others: wire copy, updates, duplicates. Groups by their first article.",
    by_group: false,
    columns: &[
        c(
            "group",
            Dtype::Integer,
            "number",
            "articles with the same number are copies of each other, directly or through other articles of the group",
        ),
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("outlet", Dtype::Text, "text", "outlet of the article"),
        c("date", Dtype::Date, "ISO date", "date of the article"),
        c("title", Dtype::Text, "text", "title of the article"),
        c("first", Dtype::Flag, "true or false", "the article of its group that was read first"),
        c(
            "shared",
            Dtype::Real,
            "share",
            "share of its text that also occurs in other articles of the group, estimated from eight-word shingles",
        ),
        c(
            "copy",
            Dtype::Text,
            "text",
            "`exact` (the words of an earlier article), `near` (nine tenths or more in one), else empty",
        ),
        c("copy_of", Dtype::Text, "text", "that earlier article"),
    ],
    further: "",
};
