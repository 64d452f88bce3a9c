//! Which column of a table holds what.
//!
//! In: the column names of a table and what the user told. Out: a [`Layout`], and a note that says what was guessed.
//! Invariant: what is told is never overruled; a column is guessed for one role only.
//! It deliberately looks at names alone, never at cells.

mod guesses;

use super::Options;
use crate::error::{Place, Problem, did_you_mean};
use crate::text::shell_word;
use guesses::{DATE_PARTS, GUESSES, by_code, end_of_path, lead_and_body};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

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

/// Where each role stands in a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    roles: [Option<usize>; ROLES],
    /// The columns of the text, where they are several.
    pub text_parts: Vec<usize>,
    /// The columns of year, month and day, where no column holds a whole date.
    pub date_parts: Option<[usize; 3]>,
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

/// What the first cells of a table show of its columns.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shown<'a> {
    /// Of a table whose columns have no names: what each holds.
    pub by_content: &'a [(Role, usize)],
    /// Columns in which no cell holds anything.
    pub empty: &'a [usize],
    /// Columns of numbers: `document` of a table of words is one of these, and no text.
    pub numbers: &'a [usize],
    /// The column whose cells are far longer than those of any other.
    pub longest: Option<usize>,
}

/// The column whose cells are far longer than those of any other, by the letters that each has in so many rows.
pub(crate) fn longest(letters: &[usize], rows: usize) -> Option<usize> {
    /// A title is shorter, on average.
    const FEW: usize = 80;
    let most = (0..letters.len()).max_by_key(|&i| (letters[i], std::cmp::Reverse(i)))?;
    let is_far = (0..letters.len()).all(|i| i == most || letters[i] * 2 <= letters[most]);
    (is_far && rows > 0 && letters[most] / rows >= FEW).then_some(most)
}

/// Decides the layout of a table of articles or, where `sidecar` is set, of a table about files. A column that is empty, as far as
/// its first cells show, is the text only where no other is called so.
pub(crate) fn decide(names: &[String], options: &Options, file: &str, sidecar: bool, shown: &Shown<'_>) -> Decision {
    let by_content = shown.by_content;
    let by_name = by_name(names);
    let mut layout = Layout::default();
    let mut errors = Vec::new();
    for (role, given) in given_columns(options) {
        let found = find_given(names, &by_name, given);
        if found.is_none() && role == Role::Text && given.contains(',') {
            layout.text_parts = parts(names, &by_name, given, file, &mut errors);
            layout.roles[role as usize] = layout.text_parts.first().copied();
            continue;
        }
        if found.is_none() && !sidecar {
            errors.push(no_such_column(names, given, role, file));
        }
        layout.roles[role as usize] = found;
    }
    let (mut guessed, coded) = (Vec::new(), by_code(&by_name));
    for &(role, name, words) in &GUESSES {
        let out_of_place = if sidecar { role == Role::Text } else { role == Role::File };
        if layout.roles[role as usize].is_some() || out_of_place {
            continue;
        }
        let is_free = |i: &usize| !layout.roles.contains(&Some(*i));
        // of a message with the account that wrote it, `source` is the program that it was written with
        let is_program = |word: &str| {
            role == Role::Outlet && word == "source" && by_name.keys().any(|name| name.ends_with("screenname"))
        };
        let named = |word| by_name.get(word).filter(|_| !is_program(word)).into_iter().flatten().copied();
        let by_cells = by_content.iter().chain(&coded).filter(|(held, _)| *held == role).map(|&(_, i)| i);
        let mut candidates: Vec<usize> =
            words.split_whitespace().flat_map(named).chain(by_cells).filter(is_free).collect();
        if role == Role::Text {
            candidates.retain(|i| !shown.numbers.contains(i));
            candidates.sort_by_key(|i| shown.empty.contains(i));
        }
        if let Some((&first, also)) = candidates.split_first() {
            let mut also: Vec<usize> = also.iter().copied().filter(|&i| i != first).collect();
            also.dedup();
            let also: Vec<String> = also.into_iter().map(|i| format!("`{}`", names[i])).collect();
            let instead = if also.is_empty() { String::new() } else { format!(" (not {})", also.join(", ")) };
            let how = if by_content.is_empty() { "" } else { ", by its cells" };
            guessed.push(format!("{name} column `{}`{how}{instead}", names[first]));
            layout.roles[role as usize] = Some(first);
        }
    }
    guessed.extend(date_in_parts(names, &by_name, &mut layout).filter(|_| !sidecar));
    guessed.extend(without_outlet(&by_name, &layout, options).filter(|_| !sidecar));
    if let Some([lead, body]) = lead_and_body(&by_name, &layout).filter(|_| options.text.is_none() && !sidecar) {
        layout.text_parts = vec![lead, body];
        guessed.push(format!("the text begins in `{}`", names[lead]));
    }
    let roles: HashSet<usize> = layout.roles.iter().flatten().chain(&layout.text_parts).copied().collect();
    let asked: HashSet<&str> = options.also.iter().map(String::as_str).collect();
    let is_other = |i: &usize| !roles.contains(i) || asked.contains(names[*i].as_str());
    layout.others = (0..names.len()).filter(is_other).collect();
    // a lead beside the body is part of what a reader reads
    let is_lead = |i: &&usize| is_among_leads(&names[**i]) && layout.text_parts.is_empty();
    if let (Some(text), Some(&lead)) = (layout.column(Role::Text), layout.others.iter().find(is_lead)) {
        guessed.push(format!("`{0}` is not counted (`--text {0},{1}` adds it)", names[lead], names[text]));
    }
    let note = (!guessed.is_empty()).then(|| Problem::note("columns-guessed", Place::file(file), guessed.join(", ")));
    Decision { layout, note, errors }
}

/// Takes year, month and day from columns of their own, where no column holds a date; says so, or that a year is no day.
fn date_in_parts(names: &[String], by_name: &HashMap<String, Vec<usize>>, layout: &mut Layout) -> Option<String> {
    if layout.column(Role::Date).is_some() {
        return None;
    }
    let free = |i: &&usize| !layout.roles.contains(&Some(**i));
    let part = |words: &[&str]| words.iter().find_map(|word| by_name.get(*word)?.iter().find(free).copied());
    let [year, month, day] = DATE_PARTS.map(part);
    let year = year?;
    if let (Some(month), Some(day)) = (month, day) {
        layout.date_parts = Some([year, month, day]);
        return Some(format!("date columns `{}`, `{}`, `{}`", names[year], names[month], names[day]));
    }
    Some(format!("no date column (`--by {0}` groups by `{0}`)", names[year]))
}

/// That no column names an outlet, where some that has no role might.
fn without_outlet(by_name: &HashMap<String, Vec<usize>>, layout: &Layout, options: &Options) -> Option<String> {
    let is_told = options.path.as_deref().is_some_and(|path| path.contains("{outlet}"));
    let is_free = |i: &usize| !layout.roles.contains(&Some(*i)) && !layout.text_parts.contains(i);
    if layout.column(Role::Outlet).is_some() || is_told || !by_name.values().flatten().any(is_free) {
        return None;
    }
    let sheet = by_name.get("sheet").is_some_and(|columns| columns.iter().any(is_free));
    let column = if sheet { "sheet" } else { "COLUMN" };
    Some(format!("no outlet column (`--outlet {column}` names one)"))
}

/// The columns of `--text headline,lead,body`.
fn parts(
    names: &[String],
    by_name: &HashMap<String, Vec<usize>>,
    given: &str,
    file: &str,
    errors: &mut Vec<Problem>,
) -> Vec<usize> {
    let mut parts = Vec::new();
    for name in given.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match find_given(names, by_name, name) {
            Some(column) => parts.push(column),
            None => errors.push(no_such_column(names, name, Role::Text, file)),
        }
    }
    parts
}

/// Columns by what their names come down to: whole names before paths.
fn by_name(names: &[String]) -> HashMap<String, Vec<usize>> {
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, name) in names.iter().enumerate() {
        by_name.entry(plain(name)).or_default().push(i);
    }
    for (i, name) in names.iter().enumerate().filter(|(_, name)| name.contains('.')) {
        let columns = by_name.entry(end_of_path(name)).or_default();
        if !columns.contains(&i) {
            columns.push(i);
        }
    }
    by_name
}

fn is_among_leads(name: &str) -> bool {
    matches!(plain(name).as_str(), "lead" | "leadparagraph" | "lede" | "teaser" | "standfirst" | "vorspann" | "chapeau")
}

/// The column that may number the paragraphs or sentences of an article, where each row is one of them.
pub(crate) fn numbers_parts(names: &[String], layout: &Layout) -> Option<usize> {
    const OF: &[&str] = &["par", "para", "paragraph", "sent", "sentence", "seg", "segment", "chunk"];
    const COUNTED: &[&str] = &["", "id", "no", "num", "number", "index", "idx", "order"];
    let is_one = |name: &str| {
        OF.iter().filter_map(|of| name.strip_prefix(of)).any(|rest| COUNTED.contains(&rest))
            && !matches!(name, "sent" | "seg" | "par")
    };
    layout.others.iter().copied().find(|&i| is_one(&plain(&names[i])))
}

/// Columns that may name the article that a row is of.
pub(crate) fn name_articles<'n>(names: &'n [String], layout: &'n Layout) -> impl Iterator<Item = usize> + 'n {
    const NAMES: &[&str] =
        &["file", "filename", "article", "document", "doc", "text", "story", "headline", "title", "url"];
    let roles = [Role::Id, Role::Url, Role::Title].into_iter().filter_map(|role| layout.column(role));
    let is_text = |i: usize| layout.column(Role::Text) == Some(i) || layout.text_parts.contains(&i);
    let is_name = move |i: &usize| {
        let name = plain(&names[*i]);
        !is_text(*i)
            && NAMES
                .iter()
                .any(|of| name.strip_prefix(of).is_some_and(|rest| matches!(rest, "" | "id" | "no" | "number")))
    };
    roles.chain((0..names.len()).filter(is_name))
}

/// True for a name that columns of texts have.
pub(crate) fn means_text(name: &str) -> bool {
    /// A table may call its texts so; elsewhere these are words of many meanings.
    const VAGUE: &[&str] = &["article", "story", "document", "message", "speech", "tweet"];
    is_of(Role::Text, name) && !VAGUE.contains(&plain(name).as_str())
}

/// True for a name that columns of articles have.
pub(crate) fn is_known_name(name: &str) -> bool {
    GUESSES.iter().any(|(role, _, _)| is_of(*role, name))
}

/// True for a name that columns of outlets have.
pub(crate) fn is_outlet(name: &str) -> bool {
    is_of(Role::Outlet, &end_of_path(name))
}

/// True for a name that columns of a role have.
fn is_of(role: Role, name: &str) -> bool {
    static WORDS: LazyLock<[HashSet<&str>; ROLES]> =
        LazyLock::new(|| GUESSES.map(|(_, _, words)| words.split_whitespace().collect()));
    !name.is_empty() && name.len() <= 40 && WORDS[role as usize].contains(plain(name).as_str())
}

/// The error for a table in which no column holds the text; one of rows may lack its header.
pub(crate) fn no_text_column(names: &[String], file: &str, has_rows: bool, longest: Option<usize>) -> Problem {
    let found = format!("no text column among {}", list(names));
    let problem = Problem::error("no-text-column", Place::file(file), found);
    let has = |words: &[&str]| names.iter().any(|name| words.contains(&plain(name).as_str()));
    let terms = has(&["term", "word", "words", "token", "entry", "lemma", "ngram", "pattern"]);
    if terms
        && has(&["weight", "score", "category", "frame", "valence", "sentiment", "polarity", "emotion", "tag", "note"])
    {
        return problem
            .hint("this looks like a lexicon: give it with --lexicon FILE; or name the column with --text COLUMN");
    }
    let is_name = |name: &&str| is_known_name(name.trim().trim_matches('"'));
    if let [row] = names
        && row.split([',', ';', '\t', '|']).filter(is_name).count() > 1
    {
        return problem
            .hint("each row stands in quotation marks as a whole: take the outer ones away, or save it again");
    }
    if let [name] = names
        && is_known_name(name)
    {
        return problem.hint(format!("--text {}", shell_word(name)));
    }
    if let Some(name) = longest.and_then(|column| names.get(column)) {
        return problem.hint(format!("--text {}, whose cells are the longest", shell_word(name)));
    }
    if has_rows && !names.iter().any(|name| is_known_name(name)) {
        return problem.hint("--text COLUMN; or --no-header, if the first row is an article");
    }
    problem.hint("--text COLUMN")
}

/// The role that a front matter key has, told or guessed.
pub(crate) fn role_of(key: &str, options: &Options) -> Option<Role> {
    if let Some((role, _)) = given_columns(options).find(|(_, given)| plain(given) == plain(key)) {
        return Some(role);
    }
    let key = plain(key);
    let guess = GUESSES.iter().find(|(_, _, words)| words.split_whitespace().any(|word| word == key))?;
    (!matches!(guess.0, Role::Text | Role::File)).then_some(guess.0)
}

fn given_columns(options: &Options) -> impl Iterator<Item = (Role, &str)> {
    let given = [
        (Role::Text, &options.text),
        (Role::Outlet, &options.outlet),
        (Role::Date, &options.date),
        (Role::Title, &options.title),
        (Role::Id, &options.id),
        (Role::Language, &options.language),
        (Role::Url, &options.url),
    ];
    given.into_iter().filter_map(|(role, name)| name.as_deref().map(|name| (role, name)))
}

fn find_given(names: &[String], by_name: &HashMap<String, Vec<usize>>, given: &str) -> Option<usize> {
    let exact = names.iter().position(|name| name == given);
    exact.or_else(|| by_name.get(&plain(given))?.first().copied())
}

fn no_such_column(names: &[String], given: &str, role: Role, file: &str) -> Problem {
    let option = GUESSES[role as usize].1;
    let found = format!("no column `{given}` (--{option}) among {}", list(names));
    let problem = Problem::error("no-such-column", Place::file(file), found);
    match did_you_mean(given, names.iter().map(String::as_str)) {
        Some(near) => problem.hint(format!("did you mean --{option} {near}?")),
        None => problem,
    }
}

fn list(names: &[String]) -> String {
    /// Names that a message shows.
    const SHOWN: usize = 40;
    let mut list = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        list.push_str(&format!(" and {} more", names.len() - SHOWN));
    }
    list
}

/// Names are the same that differ only in case, spaces, `_`, `-`, `.`, a colon, or what stands in brackets behind them: `Date (UTC)`.
fn plain(name: &str) -> String {
    let name = name.trim();
    let before = name.split_once(" (").filter(|(before, behind)| !before.is_empty() && behind.ends_with(')'));
    let name = before.map_or(name, |(before, _)| before);
    name.nfc()
        .filter(|c| !matches!(c, '_' | '-' | '.' | ':') && !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Column names as they can be told apart: trimmed, empty ones numbered, repeated ones marked.
pub(crate) fn distinct(names: Vec<String>) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::with_capacity(names.len());
    // the next number of each repeated name
    let mut next: HashMap<String, usize> = HashMap::new();
    let mut out: Vec<String> = Vec::with_capacity(names.len());
    for (i, name) in names.into_iter().enumerate() {
        let name = name.trim().trim_start_matches('\u{feff}');
        let base = if name.is_empty() { format!("column {}", i + 1) } else { name.to_string() };
        let mut distinct = base.clone();
        while !taken.insert(distinct.clone()) {
            let n = next.entry(base.clone()).or_insert(2);
            distinct = format!("{base}#{n}");
            *n += 1;
        }
        out.push(distinct);
    }
    out
}
