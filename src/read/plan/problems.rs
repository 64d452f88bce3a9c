//! What a plan has to say: files that give no articles, and what was guessed.

use super::Plan;
use crate::error::{Place, Problem, Severity};
use crate::read::decode::{Charset, odd_byte};
use crate::read::files::Found;
use crate::read::source::Head;
use crate::read::table::not_utf8;
use encoding_rs::Encoding;

/// Problems for which a file in a folder is passed over: it is something else than articles.
pub(super) const PASSED_OVER: [&str; 3] = ["no-text-column", "not-articles", "lexicon-as-corpus"];

/// Why no file gives articles.
pub(super) fn nothing_left(plan: &Plan) -> Vec<Problem> {
    let tables = plan.notes.iter().filter(|note| note.kind == "no-text-column").cloned();
    let mut problems: Vec<Problem> = tables.map(|note| Problem { severity: Severity::Error, ..note }).collect();
    if problems.is_empty() {
        let file = plan.inputs.first().map(|input| input.file.as_str()).unwrap_or_default();
        let problem =
            Problem::error("no-articles", Place::file(file), "a sidecar describes text files, and there are none");
        problems.push(problem.hint("put the texts beside it, and name their folder"));
    }
    problems
}

pub(super) fn failed(found: &Found, why: &str) -> Problem {
    Problem::error("unreadable", Place::file(crate::read::files::shown(&found.path)), why)
}

/// Why a table cannot be read at all.
pub(super) fn unreadable(found: &Found, head: &Head) -> Option<Problem> {
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
            Some((first, more)) if first.kind == "columns-guessed" || first.kind == "no-text-column" => *more += 1,
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
pub(super) fn encoding_of(found: &Found, head: &Head, told: Option<&'static Encoding>) -> Option<Problem> {
    let (Charset::Other(encoding), None) = (head.charset, told) else { return None };
    let odd = odd_byte(&head.bytes, encoding)?;
    Some(not_utf8(Place::at(found.name.as_str(), odd.line, odd.column), odd, ""))
}
