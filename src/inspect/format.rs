//! The normal form of a lexicon file, comments and all.
//!
//! In: the text of a TOML lexicon. Out: the same lexicon: keys in one order, a term a line, since a hit is traced to its line.
//! Invariant: the lexicon that is read from the result equals the one that was read before; formatting twice changes nothing more.
//! It deliberately leaves the order of frames and terms, the way a text is quoted, and every comment.

use super::Finding;
use super::convert::put;
use crate::error::{Place, Problem, Result};
use crate::lexicon::keys::{FRAME, HEADER, LABELS, TARGET, TERM};
use crate::lexicon::{self, Lexicon, Options};
use crate::text::shell_word;
use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, InlineTable, Item, Key, Table, Value};

/// Puts a lexicon file in normal form; with `check` only tells whether it is.
pub fn format(file: &str, check: bool) -> Result<Finding> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let problem = Problem::error("lexicon-unreadable", Place::file(file), format!("cannot be read: {error}"));
        problem.hint("check the path; only TOML in UTF-8 can be formatted")
    })?;
    let normal = formatted(file, &text)?;
    if normal == text {
        return Ok(Finding { text: format!("{file}: already formatted"), needs_decision: false });
    }
    if check {
        let line = 1 + normal.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
        let text = format!(
            "{file}:{line}: not in the standard layout; `framescope lexicon format {}` formats it",
            shell_word(file)
        );
        return Ok(Finding { text, needs_decision: true });
    }
    put(file, &normal, true)?;
    Ok(Finding { text: format!("{file}: formatted"), needs_decision: false })
}

/// The normal form of the text of a lexicon; `file` is only a name.
pub fn formatted(file: &str, text: &str) -> Result<String> {
    let read = |text: &str| lexicon::parse_native(file, text, &Options::default());
    let mut before = read(text)?;
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut document: DocumentMut =
        plain.parse().map_err(|error| Problem::error("toml-syntax", Place::file(file), format!("{error}")))?;
    lay_out(&mut document);
    let normal = document.to_string();
    let mut after = read(&normal)?;
    if bare(&mut after) != bare(&mut before) {
        let problem =
            Problem::error("format-changes", Place::file(file), "the formatted file would be read differently");
        return Err(problem.hint("the file is untouched; please report it: this is a bug of framescope").into());
    }
    Ok(normal)
}

/// A lexicon without its lines.
fn bare(lexicon: &mut Lexicon) -> &Lexicon {
    lexicon.digest.clear();
    lexicon.report = lexicon::ImportReport::default();
    lexicon.problems.clear();
    lexicon.entries.iter_mut().for_each(|entry| (entry.line, entry.column) = (0, 0));
    for frame in &mut lexicon.frames {
        frame.line = 0;
        frame.hits.iter_mut().chain(&mut frame.misses).for_each(|(_, line)| *line = 0);
    }
    lexicon.targets.iter_mut().for_each(|target| target.line = 0);
    lexicon.labels.iter_mut().for_each(|set| set.line = 0);
    lexicon
}

/// Gives each table of a list in brackets, `frame = [{ name = … }]`, a header of its own, where no comment stands among them.
fn take_apart(document: &mut DocumentMut) {
    let mut last = positions(document).max().unwrap_or(0);
    for (mut key, item) in document.iter_mut() {
        let is_list = item.as_array().is_some_and(|list| {
            !list.is_empty() && list.iter().all(Value::is_inline_table) && !has_comment(&list.to_string())
        });
        if is_list && let Ok(mut tables) = std::mem::take(item).into_array_of_tables() {
            // behind all that is there, since such a list stands above the first header
            for table in tables.iter_mut() {
                last += 1;
                table.set_position(Some(last));
            }
            key.leaf_decor_mut().clear();
            *item = Item::ArrayOfTables(tables);
        }
    }
}

/// True for a text of TOML with a comment, and for one that looks as if it had.
fn has_comment(toml: &str) -> bool {
    toml.contains('#')
}

fn lay_out(document: &mut DocumentMut) {
    take_apart(document);
    let first = first_table(document);
    let end = lines_of(&comments(&format!("{}\n", document.trailing().as_str().unwrap_or_default())), "");
    document.set_trailing(if end.trim().is_empty() { String::new() } else { format!("\n{}\n", end.trim_end()) });
    for (key, item) in document.iter_mut() {
        let order = match key.get() {
            "lexicon" => HEADER,
            "frame" => FRAME,
            "target" => TARGET,
            _ => LABELS,
        };
        match item {
            Item::Table(table) => lay_out_table(table, order, first),
            Item::ArrayOfTables(tables) => lay_out_tables(tables, order, first),
            Item::Value(_) | Item::None => {}
        }
    }
}

/// Position of the table that comes first in the file.
fn first_table(document: &DocumentMut) -> Option<isize> {
    positions(document).min()
}

/// Positions of all tables of a file.
fn positions(document: &DocumentMut) -> impl Iterator<Item = isize> {
    let positions = document.iter().flat_map(|(_, item)| match item {
        Item::Table(table) => vec![table.position()],
        Item::ArrayOfTables(tables) => tables.iter().map(Table::position).collect(),
        Item::Value(_) | Item::None => Vec::new(),
    });
    positions.flatten()
}

fn lay_out_tables(tables: &mut ArrayOfTables, order: &[&str], first: Option<isize>) {
    for table in tables.iter_mut() {
        lay_out_table(table, order, first);
    }
}

fn lay_out_table(table: &mut Table, order: &[&str], first: Option<isize>) {
    let is_first = table.position().is_some() && table.position() == first;
    let above = lines_of(&comments(prefix(table.decor())), "");
    let gap = if is_first { "" } else { "\n" };
    let beside = beside(suffix(table.decor()));
    table.decor_mut().set_prefix(format!("{gap}{above}"));
    table.decor_mut().set_suffix(beside);
    let place = |key: &Key| order.iter().position(|other| *other == key.get()).unwrap_or(order.len());
    if !order.is_empty() {
        table.sort_values_by(|a, _, b, _| place(a).cmp(&place(b)));
    }
    for (mut key, item) in table.iter_mut() {
        match item {
            Item::Value(value) => {
                lay_out_key(key.leaf_decor_mut(), "");
                let is_list =
                    matches!(key.get(), "terms" | "except" | "hits" | "misses" | "include" | "exclude" | "examples")
                        || order.is_empty();
                lay_out_value(value, is_list);
            }
            // `[labels.choices]`: its keys are in the order in which they are shown
            Item::Table(inner) => lay_out_table(inner, &[], first),
            Item::ArrayOfTables(_) | Item::None => {}
        }
    }
}

fn lay_out_key(decor: &mut Decor, indent: &str) {
    let above = lines_of(&comments(prefix(decor)), indent);
    decor.set_prefix(above);
    decor.set_suffix(" ");
}

fn lay_out_value(value: &mut Value, is_list: bool) {
    let beside = beside(suffix(value.decor()));
    match value {
        Value::Array(array) if is_list => lay_out_list(array),
        Value::Array(array) => lay_out_short(array),
        Value::InlineTable(table) => lay_out_inline(table),
        _ => {}
    }
    value.decor_mut().set_prefix(" ");
    value.decor_mut().set_suffix(beside);
}

/// A member a line, comments where they were.
fn lay_out_list(array: &mut Array) {
    if array.is_empty() && !array.trailing().as_str().unwrap_or_default().contains('#') {
        array.set_trailing("");
        array.set_trailing_comma(false);
        return;
    }
    // a comment that stands between a member and its comma goes behind the comma, where all others are
    let mut carried = String::new();
    for (i, member) in array.iter_mut().enumerate() {
        let gap = joined(&carried, prefix(member.decor()));
        carried = suffix(member.decor()).trim_end().to_string();
        let before = match between(&gap).strip_prefix("\n\n") {
            Some(rest) if i == 0 => format!("\n{rest}"),
            _ => between(&gap),
        };
        match member {
            Value::InlineTable(table) => lay_out_inline(table),
            Value::Array(inner) => lay_out_short(inner),
            _ => {}
        }
        member.decor_mut().set_prefix(format!("{before}  "));
        member.decor_mut().set_suffix("");
    }
    let end = between(&joined(&carried, array.trailing().as_str().unwrap_or_default()));
    array.set_trailing(format!("{}\n", end.trim_end()));
    array.set_trailing_comma(!array.is_empty());
}

/// All on one line, where no comment is in the way.
fn lay_out_short(array: &mut Array) {
    if array.to_string().contains('#') {
        return;
    }
    for (i, member) in array.iter_mut().enumerate() {
        member.decor_mut().set_prefix(if i == 0 { "" } else { " " });
        member.decor_mut().set_suffix("");
    }
    array.set_trailing("");
    array.set_trailing_comma(false);
}

/// `{ term = "x", note = "y" }`; one that is broken over lines with comments stays.
fn lay_out_inline(table: &mut InlineTable) {
    let has_comment = |decor: &Decor| prefix(decor).contains('#') || suffix(decor).contains('#');
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_string()).collect();
    let commented = keys.iter().any(|key| table.key(key).is_some_and(|key| has_comment(key.leaf_decor())))
        || table.iter().any(|(_, value)| has_comment(value.decor()))
        || table.trailing().as_str().unwrap_or_default().contains('#');
    if commented {
        return;
    }
    if keys.iter().any(|key| key == "term") {
        let place = |key: &Key| TERM.iter().position(|other| *other == key.get()).unwrap_or(TERM.len());
        table.sort_values_by(|a, _, b, _| place(a).cmp(&place(b)));
    }
    let last = table.len().saturating_sub(1);
    for (i, (mut key, value)) in table.iter_mut().enumerate() {
        key.leaf_decor_mut().set_prefix(" ");
        key.leaf_decor_mut().set_suffix(" ");
        match value {
            Value::Array(inner) => lay_out_short(inner),
            Value::InlineTable(inner) => lay_out_inline(inner),
            _ => {}
        }
        value.decor_mut().set_prefix(" ");
        value.decor_mut().set_suffix(if i == last { " " } else { "" });
    }
    table.set_trailing("");
    table.set_trailing_comma(false);
}

/// What stood before a comma and what stands behind it.
fn joined(carried: &str, gap: &str) -> String {
    if carried.is_empty() {
        return gap.to_string();
    }
    let gap = gap.trim_start_matches([' ', '\t']);
    format!("{carried}\n{}", gap.strip_prefix('\n').unwrap_or(gap))
}

fn prefix(decor: &Decor) -> &str {
    decor.prefix().and_then(|raw| raw.as_str()).unwrap_or_default()
}

fn suffix(decor: &Decor) -> &str {
    decor.suffix().and_then(|raw| raw.as_str()).unwrap_or_default()
}

/// The whole lines of a gap: comments, and of several blank lines one, but none before the first comment.
fn comments(raw: &str) -> Vec<&str> {
    let mut found = spaced(raw);
    if found.first().is_some_and(|first| first.is_empty()) {
        found.remove(0);
    }
    found
}

/// The whole lines of a gap: comments, and of several blank lines one.
fn spaced(raw: &str) -> Vec<&str> {
    // what stands behind the last line break is the indent of what follows
    let whole = raw.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let mut found: Vec<&str> = Vec::new();
    if raw.contains('\n') {
        for line in whole.split('\n').map(str::trim) {
            if !line.is_empty() || found.last().is_none_or(|last| !last.is_empty()) {
                found.push(line);
            }
        }
    }
    found
}

fn lines_of(comments: &[&str], indent: &str) -> String {
    let line = |line: &&str| if line.is_empty() { "\n".to_string() } else { format!("{indent}{line}\n") };
    comments.iter().map(line).collect()
}

/// A comment at the end of a line.
fn beside(raw: &str) -> String {
    let comment = raw.trim();
    if comment.is_empty() { String::new() } else { format!(" {comment}") }
}

/// What stands between two members of a list: a comment beside the first, then whole lines.
fn between(raw: &str) -> String {
    let (beside_it, rest) = raw.split_once('\n').unwrap_or((raw, ""));
    format!("{}\n{}", beside(beside_it), lines_of(&spaced(rest), "  "))
}
