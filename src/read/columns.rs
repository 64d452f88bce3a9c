//! Which column of a table holds what.
//!
//! In: the column names of a table and what the user told. Out: a [`Layout`], and a note that says what was guessed.
//! Invariant: what is told is never overruled; a column is guessed for one role only.
//! It deliberately looks at names alone, never at cells.

use super::Options;
use crate::error::{Place, Problem, did_you_mean};

/// What a column can hold; the numbers index [`Layout::roles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Text,
    Outlet,
    Date,
    Title,
    Id,
    Language,
    Url,
    /// Only in a sidecar: the file that the row is about.
    File,
}

const ROLES: usize = 8;

/// Role, its name, and the column names that mean it: the likelier first, in lower case, without `_`, `-`, `.` and spaces.
const GUESSES: [(Role, &str, &str); ROLES] = [
    (
        Role::Text,
        "text",
        "text fulltext articletext articlebody articlecontent bodytext body content contents maintext maincontent \
         plaintext rawtext storytext story article document testo текст",
    ),
    (
        Role::Outlet,
        "outlet",
        "outlet outletname publication publicationname publisher newspaper newsoutlet source sourcename newssource \
         medianame media domain sourcedomain site sitename paper testata источник издание",
    ),
    (
        Role::Date,
        "date",
        "date publicationdate publishdate publisheddate datepublished datepublish pubdate articledate publishedat \
         publishedon published createdat created datetime timestamp time дата",
    ),
    (Role::Title, "title", "title headline articletitle heading titolo заголовок"),
    (Role::Id, "id", "id articleid docid documentid storyid uuid guid"),
    (Role::Language, "language", "language lang languagecode lingua язык"),
    (Role::Url, "url", "url link articleurl weburl permalink href uri"),
    (Role::File, "file", "file filename path filepath"),
];

/// Where each role stands in a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    roles: [Option<usize>; ROLES],
    /// The columns that have no role, in the table's order.
    pub others: Vec<usize>,
}

impl Layout {
    pub(crate) fn column(&self, role: Role) -> Option<usize> {
        self.roles[role as usize]
    }
}

/// Name of each role that a table has a column for, and that column.
pub(crate) fn named<'n>(layout: &Layout, names: &'n [String]) -> Vec<(&'static str, &'n str)> {
    let column = |&(role, name, _): &(Role, &'static str, &str)| {
        Some((name, layout.column(role).and_then(|column| names.get(column))?.as_str()))
    };
    GUESSES.iter().filter_map(column).collect()
}

/// A layout, what was guessed for it, and what is wrong with what was told.
pub(crate) struct Decision {
    pub layout: Layout,
    pub note: Option<Problem>,
    pub errors: Vec<Problem>,
}

/// Decides the layout of a table of articles or, where `sidecar` is set, of a table about files.
pub(crate) fn decide(names: &[String], options: &Options, file: &str, sidecar: bool) -> Decision {
    let mut layout = Layout::default();
    let mut errors = Vec::new();
    for (role, told) in told(options) {
        let found = find_told(names, told);
        if found.is_none() && !sidecar {
            errors.push(no_such_column(names, told, role, file));
        }
        layout.roles[role as usize] = found;
    }
    let mut guessed = Vec::new();
    for &(role, name, words) in &GUESSES {
        let out_of_place = if sidecar { role == Role::Text } else { role == Role::File };
        if layout.roles[role as usize].is_some() || out_of_place {
            continue;
        }
        let is_free = |i: &usize| !layout.roles.contains(&Some(*i));
        let mut candidates = words.split_whitespace().flat_map(|word| positions(names, word)).filter(is_free);
        if let Some(first) = candidates.next() {
            let also: Vec<String> = candidates.map(|i| format!("`{}`", names[i])).collect();
            let instead = if also.is_empty() { String::new() } else { format!(" (not {})", also.join(", ")) };
            guessed.push(format!("{name} column `{}`{instead}", names[first]));
            layout.roles[role as usize] = Some(first);
        }
    }
    layout.others = (0..names.len()).filter(|i| !layout.roles.contains(&Some(*i))).collect();
    let note = (!guessed.is_empty()).then(|| Problem::note("columns-guessed", Place::file(file), guessed.join(", ")));
    Decision { layout, note, errors }
}

/// The error for a table in which no column holds the text.
pub(crate) fn no_text_column(names: &[String], file: &str) -> Problem {
    let found = format!("no text column among {}", list(names));
    Problem::error("no-text-column", Place::file(file), found).hint("--text COLUMN")
}

/// The role that a front matter key has, told or guessed.
pub(crate) fn role_of(key: &str, options: &Options) -> Option<Role> {
    if let Some((role, _)) = told(options).find(|(_, told)| plain(told) == plain(key)) {
        return Some(role);
    }
    let key = plain(key);
    let known = GUESSES.iter().find(|(_, _, words)| words.split_whitespace().any(|word| word == key))?;
    (!matches!(known.0, Role::Text | Role::File)).then_some(known.0)
}

fn told(options: &Options) -> impl Iterator<Item = (Role, &str)> {
    let told = [
        (Role::Text, &options.text),
        (Role::Outlet, &options.outlet),
        (Role::Date, &options.date),
        (Role::Title, &options.title),
        (Role::Id, &options.id),
        (Role::Language, &options.language),
        (Role::Url, &options.url),
    ];
    told.into_iter().filter_map(|(role, name)| name.as_deref().map(|name| (role, name)))
}

fn find_told(names: &[String], told: &str) -> Option<usize> {
    let exact = names.iter().position(|name| name == told);
    exact.or_else(|| names.iter().position(|name| plain(name) == plain(told)))
}

fn positions<'a>(names: &'a [String], word: &'a str) -> impl Iterator<Item = usize> + 'a {
    names.iter().enumerate().filter(move |(_, name)| plain(name) == word).map(|(i, _)| i)
}

fn no_such_column(names: &[String], told: &str, role: Role, file: &str) -> Problem {
    let option = GUESSES[role as usize].1;
    let found = format!("no column `{told}` (--{option}) among {}", list(names));
    let problem = Problem::error("no-such-column", Place::file(file), found);
    match did_you_mean(told, names.iter().map(String::as_str)) {
        Some(near) => problem.hint(format!("did you mean --{option} {near}?")),
        None => problem,
    }
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Names are the same that differ only in case, spaces, `_`, `-` and `.`.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.') && !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Column names as they can be told apart: trimmed, empty ones numbered, repeated ones marked.
pub(crate) fn distinct(names: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(names.len());
    for (i, name) in names.into_iter().enumerate() {
        let name = name.trim().trim_start_matches('\u{feff}');
        let base = if name.is_empty() { format!("column {}", i + 1) } else { name.to_string() };
        let mut distinct = base.clone();
        let mut n = 2;
        while out.contains(&distinct) {
            distinct = format!("{base}#{n}");
            n += 1;
        }
        out.push(distinct);
    }
    out
}
