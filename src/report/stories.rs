//! `stories.csv`: articles on one event.
//!
//! In: the stories of a corpus. Out: the bytes of the table.
//! Invariant: rows stand by the numbers of the stories.

use super::columns::{Table, c};
use super::sheet::Sheet;
use crate::aggregate::Cell;
use crate::results::Dtype;
use crate::stories::Stories;

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

/// The table.
pub(super) fn stories_csv(stories: &Stories) -> std::io::Result<Vec<u8>> {
    let mut sheet = Sheet::new(Vec::new(), &STORIES, &[], &[])?;
    for (number, story) in (1..).zip(stories.list()) {
        let (outlets, words) = (story.outlets.join("; "), story.words.join(", "));
        let text = |text| if str::is_empty(text) { Cell::Missing } else { Cell::Text(text) };
        sheet.row(&[
            Cell::Integer(number),
            text(&story.name),
            Cell::Integer(story.articles.len() as i64),
            Cell::Integer(i64::from(story.texts)),
            Cell::Integer(story.outlets.len() as i64),
            Cell::Text(&outlets),
            story.first.map_or(Cell::Missing, Cell::Date),
            story.last.map_or(Cell::Missing, Cell::Date),
            text(&story.headline),
            text(&words),
        ])?;
    }
    Ok(sheet.into_inner())
}
