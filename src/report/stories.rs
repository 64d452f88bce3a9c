//! `stories.csv`: articles on one event.
//!
//! In: the stories of a corpus. Out: the bytes of the table.
//! Invariant: rows stand by the numbers of the stories.

use super::columns::STORIES;
use super::sheet::Sheet;
use crate::aggregate::Cell;
use crate::stories::Stories;

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
