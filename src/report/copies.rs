//! `copies.csv`: which articles share their text.
//!
//! In: the groups that the survey found, and the metadata of an article by its number. Out: the bytes of the table.
//! Invariant: rows stand by group and in reading order within it.
//! It deliberately lists every member, counted or not: which is counted stands in `articles.csv`.

use super::columns::COPIES;
use super::sheet::Sheet;
use crate::aggregate::{Cell, UNKNOWN};
use crate::clean::Copies;
use crate::read::Article;
use serde::{Deserialize, Serialize};

/// What a row says of an article.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CopiedArticle {
    /// Identifier.
    pub id: String,
    /// Outlet, if it has one.
    pub outlet: Option<String>,
    /// ISO date, if it has one.
    pub date: Option<String>,
    /// Title.
    pub title: String,
}

impl CopiedArticle {
    /// Of an article.
    pub fn of(article: &Article) -> CopiedArticle {
        CopiedArticle {
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            date: article.date.map(|date| date.to_string()),
            title: article.title.clone(),
        }
    }
}

/// The table; `article` tells of an article by its number in reading order.
pub fn copies_csv(copies: &Copies, article: impl Fn(u32) -> CopiedArticle) -> std::io::Result<Vec<u8>> {
    let mut sheet = Sheet::new(Vec::new(), &COPIES, &[], &[])?;
    for (number, group) in copies.groups().iter().enumerate() {
        for (place, copy) in group.members.iter().enumerate() {
            let row = article(copy.article);
            let (kind, of) = match (copies.duplicate_of(copy.article), copies.copy_of(copy.article)) {
                (Some(of), _) => (Cell::Text("exact"), Some(of)),
                (None, Some(of)) => (Cell::Text("near"), Some(of)),
                (None, None) => (Cell::Missing, None),
            };
            let of = of.map(|of| article(of).id);
            sheet.row(&[
                Cell::Integer(number as i64 + 1),
                Cell::Text(&row.id),
                Cell::Text(row.outlet.as_deref().unwrap_or(UNKNOWN)),
                row.date.as_deref().map_or(Cell::Missing, Cell::Text),
                Cell::Text(&row.title),
                Cell::Flag(place == 0),
                Cell::Real(f64::from(copy.shared) / 1000.0),
                kind,
                of.as_deref().map_or(Cell::Missing, Cell::Text),
            ])?;
        }
    }
    Ok(sheet.into_inner())
}
