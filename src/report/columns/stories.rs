//! The columns of `stories.csv`.

use super::{Table, c};
use crate::results::Dtype;

/// A row for each story.
pub const STORIES: Table = Table {
    file: "stories.csv",
    about: "One row for each story: articles of several outlets on one event. The largest is the first.",
    by_group: false,
    columns: &[
        c("story", Dtype::Integer, "number", "its number, as in `articles.csv` and `hits/*.csv`"),
        c("name", Dtype::Text, "text", "what a column or the file of corrections calls it"),
        c("articles", Dtype::Integer, "articles", "articles on it, counted or not"),
        c("texts", Dtype::Integer, "texts", "different texts among them: copies are one"),
        c("outlets", Dtype::Integer, "outlets", "outlets that have it"),
        c("outlet_names", Dtype::Text, "text", "their names"),
        c("first_day", Dtype::Date, "ISO date", "day of the first article that has a date"),
        c("last_day", Dtype::Date, "ISO date", "day of the last"),
        c("headline", Dtype::Text, "text", "title of the article nearest the centre of its words"),
        c("words", Dtype::Text, "text", "its heaviest words (`framescope explain stories`)"),
    ],
    further: "",
};
