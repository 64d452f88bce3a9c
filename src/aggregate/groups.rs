//! What articles are grouped by.
//!
//! In: the names of columns, or those of [`BUILT_IN`]. Out: the labels of an article, one a dimension; numbers for groups.
//! Invariant: an article whose cell is empty stays visible as `unknown`.

use crate::error::{Place, Problem, Result, did_you_mean};
use crate::read::Article;
use crate::text::Language;

crate::lookup::number! {
    /// Number of a group, in the order of the labels.
    #[derive(bytemuck::Pod, bytemuck::Zeroable)]
    #[repr(transparent)]
    GroupId
}

impl GroupId {
    /// The bare numbers: `statistics` knows no groups, only columns of numbers.
    pub fn numbers(groups: &[GroupId]) -> &[u32] {
        bytemuck::cast_slice(groups)
    }
}

/// The label of what is not known.
pub const UNKNOWN: &str = "unknown";

/// Dimensions that need no column.
pub const BUILT_IN: [&str; 8] = ["outlet", "year", "quarter", "month", "week", "language", "file", "article"];

/// Dimensions, resolved against the columns of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Grouping {
    dimensions: Vec<(String, Source)>,
}

#[derive(Clone, Debug)]
enum Source {
    Outlet,
    /// Of the date; where there is none, what the column of that name says.
    Year(Option<usize>),
    Quarter,
    Month(Option<usize>),
    Week,
    Language,
    File,
    Article,
    Column(usize),
}

impl Grouping {
    /// Finds each dimension among the built-in ones and the further columns of the corpus.
    pub fn new(by: &[String], columns: &[String]) -> Result<Grouping> {
        let mut problems = Vec::new();
        let mut dimensions = Vec::new();
        for name in by {
            let source = match name.as_str() {
                "outlet" => Some(Source::Outlet),
                "year" => Some(Source::Year(columns.iter().position(|column| column == name))),
                "month" => Some(Source::Month(columns.iter().position(|column| column == name))),
                // a column of that name is what its table means
                "quarter" if !columns.contains(name) => Some(Source::Quarter),
                "week" if !columns.contains(name) => Some(Source::Week),
                "language" => Some(Source::Language),
                "file" if !columns.contains(name) => Some(Source::File),
                "article" if !columns.contains(name) => Some(Source::Article),
                other => columns.iter().position(|column| column == other).map(Source::Column),
            };
            match source {
                Some(source) => dimensions.push((name.clone(), source)),
                None => {
                    let names = || BUILT_IN.into_iter().chain(columns.iter().map(String::as_str));
                    let list = names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                    let found = format!("no column `{name}` to group by");
                    let problem = Problem::error("group-unknown", Place::file("--by"), found).expected(list);
                    let meant = did_you_mean(name, names());
                    problems.push(match meant {
                        Some(meant) => problem.hint(format!("did you mean `{meant}`?")),
                        None => problem,
                    });
                }
            }
        }
        if problems.is_empty() { Ok(Grouping { dimensions }) } else { Err(problems.into()) }
    }

    /// Names of the dimensions.
    pub fn names(&self) -> Vec<String> {
        self.dimensions.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The labels of an article.
    pub fn of(&self, article: &Article, language: Language) -> Vec<String> {
        let cell = |column: usize| article.other.get(column).cloned().flatten();
        let labels = self.dimensions.iter().map(|(_, source)| match source {
            Source::Outlet => article.outlet.clone(),
            Source::Year(column) => {
                article.date.map(|date| format!("{:04}", date.year())).or_else(|| column.and_then(cell))
            }
            Source::Quarter => article.date.map(|date| format!("{:04}-Q{}", date.year(), (date.month() - 1) / 3 + 1)),
            Source::Week => article.date.map(|date| {
                let (year, week) = date.week();
                format!("{year:04}-W{week:02}")
            }),
            Source::Month(column) => article
                .date
                .map(|date| format!("{:04}-{:02}", date.year(), date.month()))
                .or_else(|| column.and_then(cell)),
            Source::Language => (language != Language::UNKNOWN).then(|| language.to_string()),
            Source::File => Some(article.file.clone()),
            Source::Article => Some(article.id.clone()),
            Source::Column(column) => cell(*column),
        });
        labels.map(|label| label.unwrap_or_else(|| UNKNOWN.to_string())).collect()
    }
}
