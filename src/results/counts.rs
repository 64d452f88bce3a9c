//! `counts`: the counted hits of every frame in every counted article.

use super::describe::{Column, Dtype, Table, dates};
use super::source::Context;
use polars::prelude::*;

const fn c(name: &'static str, dtype: Dtype, unit: &'static str, about: &'static str) -> Column {
    Column { name, dtype, unit, about }
}

/// A row for each counted article, a column for each frame.
pub const COUNTS: Table = Table {
    file: "counts.csv",
    about: "One row for each counted article: counted hits of every frame.",
    by_group: true,
    columns: &[
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("date", Dtype::Date, "ISO date", "date of the article"),
        c("words", Dtype::Integer, "words", "words, without boilerplate and repeats (the denominator)"),
    ],
    further: "then one column for each frame: counted hits (a frame that holds others counts each span once)",
};

/// A row for each counted article, in the shape of LIWC's output.
pub const LIWC: Table = Table {
    file: "liwc.csv",
    about: "One row for each counted article, in the layout and with the definitions of LIWC's output. Written with `--table liwc`, or `[report] tables = [\"liwc\"]`.",
    by_group: true,
    columns: &[
        c("article", Dtype::Text, "text", "identifier of the article"),
        c("date", Dtype::Date, "ISO date", "date of the article"),
        c("WC", Dtype::Integer, "words", "words, without boilerplate and repeats (the denominator)"),
        c(
            "WPS",
            Dtype::Real,
            "words",
            "words per sentence: `WC` over the sentences with such words; empty where there are no words",
        ),
        c(
            "Dic",
            Dtype::Real,
            "percent",
            "of these words, those that any category captures; each word counts once; empty where there are no words",
        ),
    ],
    further: "then one column for each frame, as LIWC has one for each category: percent of `WC` that it captures, in the voices that are counted. A word counts once in a frame; a phrase captures all its words, a condition (`NEAR`, `BEFORE`) those from its first to its last; a frame that holds others captures what they do. Empty where there are no words",
};

/// Article × frame; the rows of `counts.csv`.
pub(super) fn counts(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let counts = context.counts;
    let names = COUNTS.header(context.dimensions, &counts.frames);
    let mut names = names.into_iter().map(PlSmallStr::from);
    let mut columns = Vec::new();
    let integers = |name, numbers: &mut dyn Iterator<Item = u32>| {
        Int64Chunked::from_iter_values(name, numbers.map(i64::from)).into_column()
    };
    let articles = counts.articles.len();
    for dimension in 0..context.dimensions.len() {
        let labels = counts.group_of.iter().map(|&group| context.label(group.index(), dimension));
        let labels = labels.map(|label| (!label.is_empty()).then_some(label));
        columns.push(StringChunked::from_iter_options(names.next().unwrap_or_default(), labels).into_column());
    }
    let ids = counts.articles.iter().map(|id| (!id.is_empty()).then_some(id));
    columns.push(StringChunked::from_iter_options(names.next().unwrap_or_default(), ids).into_column());
    columns.push(dates(names.next().unwrap_or_default(), counts.dates.iter().copied()));
    columns.push(integers(names.next().unwrap_or_default(), &mut counts.words.iter().copied()));
    columns.extend(names.enumerate().map(|(frame, name)| integers(name, &mut counts.hits_of(frame))));
    DataFrame::new(articles, columns)
}
