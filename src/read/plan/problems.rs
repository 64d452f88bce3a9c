//! What a plan has to say: files that give no articles, and what was guessed.

use super::Plan;
use crate::error::{Place, Problem, Severity};
use crate::read::decode::{Charset, invalid_byte};
use crate::read::files::InputFile;
use crate::read::header::Shape;
use crate::read::source::Head;
use crate::read::table::not_utf8;
use encoding_rs::Encoding;

/// Problems for which a file in a folder is passed over: it is something else than articles. Of files without extension, those that hold
/// no text are.
pub(super) const PASSED_OVER: [&str; 6] =
    ["no-text-column", "not-articles", "lexicon-as-corpus", "binary-file", "empty-file", "file-damaged"];

/// Why no file gives articles.
pub(super) fn nothing_left(plan: &Plan) -> Vec<Problem> {
    let passed_over = plan.notes.iter().filter(|note| PASSED_OVER.contains(&note.kind)).cloned();
    let mut problems: Vec<Problem> = passed_over.map(|note| Problem { severity: Severity::Error, ..note }).collect();
    if problems.is_empty() {
        let file = plan.inputs.first().map(|input| input.file.as_str()).unwrap_or_default();
        let problem =
            Problem::error("no-articles", Place::file(file), "a sidecar describes text files, and there are none");
        problems.push(problem.hint("put the texts beside it, and name their folder"));
    }
    problems
}

/// What was passed over or guessed in the head of a table.
pub(super) fn of_shape(shape: &Shape, place: &Place) -> Vec<Problem> {
    let mut notes = Vec::new();
    if !shape.notes.is_empty() {
        notes.push(Problem::note("table-head", place.clone(), shape.notes.join("; ")));
    }
    if !shape.twice.is_empty() {
        let found = format!("columns of one name: `{}`", shape.twice.join("`, `"));
        let hint = format!("the first is `{0}`, the second `{0}#2`", shape.twice[0]);
        notes.push(Problem::warning("column-twice", place.clone(), found).hint(hint));
    }
    notes
}

/// That a document of JSON has further lists of texts.
pub(super) fn unread_lists(lists: &[String], place: &Place) -> Option<Problem> {
    let (lists, s) = (lists.join("`, `"), if lists.len() > 1 { "s" } else { "" });
    let found = format!(
        "the list{s} `{lists}` also hold{} objects with text, which are not read",
        if s.is_empty() { "s" } else { "" }
    );
    let problem = Problem::warning("json-lists", place.clone(), found);
    (!lists.is_empty()).then(|| problem.hint("if they are articles, write all articles as one array of objects"))
}

/// What is said of a file by those who do not know its name.
pub(super) fn in_file(mut problem: Problem, found: &InputFile) -> Problem {
    problem.place.file.clone_from(&found.name);
    problem
}

/// That the rows of a workbook are pieces of a transcript, and would each be counted as an article.
pub(super) fn rows_are_pieces(found: &InputFile) -> Problem {
    let what = "each row is a piece of a transcript, with its times, and is counted as an article of its own";
    let problem = Problem::warning("rows-are-parts", Place::file(found.name.as_str()), what);
    problem.hint("save the sheet as CSV: there, such rows are joined to one text for each recording")
}

pub(super) fn failed(found: &InputFile, why: &str) -> Problem {
    Problem::error("unreadable", Place::file(crate::read::files::shown(&found.path)), why)
}

/// Why a table cannot be read at all.
pub(super) fn unreadable(found: &InputFile, head: &Head) -> Option<Problem> {
    let place = Place::file(found.name.as_str());
    if let (Some(error), true) = (&head.broken, head.bytes.is_empty()) {
        let why = format!("{}: {error}", head.packing.name());
        return Some(crate::read::delimited::damaged(place, &why));
    }
    if head.bytes.is_empty() {
        return Some(Problem::error("empty-file", place, "the file is empty"));
    }
    None
}

/// That folders and names look like outlets and dates.
pub(super) fn paths_say(texts: &[&str]) -> Option<Problem> {
    let pattern = crate::read::paths::PathPattern::guess(texts)?;
    let found = format!("the paths of these files look like `{}`, which is not used", pattern.written);
    let note = Problem::note("paths-say", Place::file(*texts.first()?), found);
    Some(note.hint(format!("--path '{}'; or framescope corpus init DIR", pattern.written)))
}

/// That files have other names than the pattern of `--path` says.
pub(super) fn unlike_path(path: &str, texts: &[&str]) -> Option<Problem> {
    let pattern = crate::read::paths::PathPattern::parse(path).ok()?;
    let unlike: Vec<&&str> = texts.iter().filter(|name| pattern.read(name).parts.is_empty()).collect();
    let place = Place::file(**unlike.first()?);
    let hint = "a {date} is `2022-01-05`, `20220105`, `05.01.2022` or `5 Jan 2022`; the pattern stands for the end of a path, all of its name";
    Some(match unlike.len() == texts.len() {
        true => {
            Problem::error("path-unlike", place, format!("no file fits `--path '{path}'`, this one first")).hint(hint)
        }
        false => {
            let found =
                format!("{} of {} files do not fit `--path '{path}'`, this one first", unlike.len(), texts.len());
            Problem::warning("path-unlike", place, found).hint("their articles have no outlet or date from the path")
        }
    })
}

pub(super) fn unlisted(names: &[String]) -> Option<Problem> {
    let first = names.first()?;
    let found = match names.len() {
        1 => "the file has no row in articles.csv".to_string(),
        n => format!("{n} files have no row in articles.csv; the first is this one"),
    };
    Some(Problem::note("sidecar-missing", Place::file(first.as_str()), found).hint("framescope corpus init DIR"))
}

/// Says once what is the same for many files.
pub(super) fn merged(notes: Vec<Problem>) -> Vec<Problem> {
    let mut merged: Vec<(Problem, usize)> = Vec::new();
    for note in notes {
        let same = merged.iter_mut().find(|(first, _)| first.kind == note.kind && first.found == note.found);
        match same {
            Some((first, more)) if first.kind == "columns-guessed" || PASSED_OVER.contains(&first.kind) => *more += 1,
            _ => merged.push((note, 0)),
        }
    }
    let say = |(mut note, more): (Problem, usize)| {
        match more {
            0 => {}
            1 => note.found.push_str(" (and in one more file)"),
            n => note.found.push_str(&format!(" (and in {n} more files)")),
        }
        note
    };
    merged.into_iter().map(say).collect()
}

/// The note for a table that is not in UTF-8, where the user does not say so.
pub(super) fn encoding_of(found: &InputFile, head: &Head, declared: Option<&'static Encoding>) -> Option<Problem> {
    let (Charset::Other(encoding), None) = (head.charset, declared) else { return None };
    let invalid = invalid_byte(&head.bytes, encoding)?;
    Some(not_utf8(Place::at(found.name.as_str(), invalid.line, invalid.column), invalid, ""))
}
