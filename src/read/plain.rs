//! An article in a file of its own.
//!
//! In: a text file, with or without front matter and a row in a sidecar. Out: one draft, or the problem why not.
//! Invariant: the text is what stands below the front matter, byte for byte; the sidecar wins over the front matter.
//! It deliberately keeps half an article of a damaged file out: half of it would be counted as all of it.

use super::article::{Desk, Draft};
use super::columns::{Role, role_of};
use super::decode::{Charset, Decoded, decode};
use super::delimited::damaged;
use super::files::Found;
use super::front::{Front, Top, top};
use super::sidecar::Row;
use super::source::{MAX_ARTICLE_BYTES, Packing, Tap};
use super::table::{not_utf8, too_large};
use super::{Item, Options};
use crate::error::{Place, Problem};
use std::collections::VecDeque;
use std::io::Read;

/// What the corpus knows besides the file.
pub(crate) struct Context<'a> {
    pub options: &'a Options,
    pub others: &'a [String],
    /// The file's row in a sidecar.
    pub row: Option<&'a Row>,
}

impl Context<'_> {
    /// Reads one file to the desk.
    pub(crate) fn read(&self, found: &Found, tap: &Tap, packing: Packing, desk: &mut Desk, out: &mut VecDeque<Item>) {
        match self.draft(found, tap, packing, out) {
            Ok(draft) => desk.receive(draft, out),
            Err(problem) => out.push_back(Item::Problem(*problem)),
        }
    }

    fn draft(
        &self,
        found: &Found,
        tap: &Tap,
        packing: Packing,
        out: &mut VecDeque<Item>,
    ) -> Result<Draft, Box<Problem>> {
        let place = Place::file(found.name.as_str());
        let bytes = bytes(found, tap, packing)?;
        if bytes.is_empty() {
            return Err(Box::new(Problem::error("empty-file", place, "the file is empty")));
        }
        let decoded = decode(bytes).ok_or_else(|| Box::new(binary(place.clone())))?;
        remark(&decoded, &place, out);
        let front = match top(&decoded.text) {
            Top::Text => Front::default(),
            Top::Front(front) => front,
            Top::Odd { line } => {
                out.push_back(Item::Problem(odd_front(Place::line(place.file, line))));
                Front::default()
            }
        };
        let mut draft = Draft {
            fallback_id: found.stem().to_string(),
            text_offset: decoded.mark_bytes() + front.bytes as u32,
            first_line: front.lines + 1,
            file: found.name.clone(),
            other: vec![None; self.others.len()],
            metadata: self.row.map(|row| row.place.clone()),
            ..Draft::default()
        };
        self.fill(&mut draft, front.fields);
        if let Some(row) = self.row {
            row.overrule(&mut draft);
        }
        draft.text = decoded.text;
        draft.text.drain(..front.bytes);
        Ok(draft)
    }

    fn fill(&self, draft: &mut Draft, fields: Vec<(String, String)>) {
        for (key, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            let role = role_of(&key, self.options);
            let field = match role {
                Some(Role::Id) => &mut draft.id,
                Some(Role::Outlet) => &mut draft.outlet,
                Some(Role::Date) => &mut draft.date,
                Some(Role::Title) => &mut draft.title,
                Some(Role::Language) => &mut draft.language,
                Some(Role::Url) => &mut draft.url,
                Some(Role::Text | Role::File) | None => match self.others.iter().position(|name| *name == key) {
                    Some(slot) => &mut draft.other[slot],
                    None => continue,
                },
            };
            *field = Some(value);
        }
    }
}

fn odd_front(place: Place) -> Problem {
    Problem::warning("front-matter", place, "no `key: value` line")
        .hint("all of the file is read as text; correct the lines between the two `---`")
}

fn bytes(found: &Found, tap: &Tap, packing: Packing) -> Result<Vec<u8>, Box<Problem>> {
    let place = || Place::file(found.name.as_str());
    let size = std::fs::metadata(&found.path).map_or(0, |m| m.len().min(MAX_ARTICLE_BYTES));
    let mut bytes = Vec::with_capacity(size as usize + 1);
    let read = tap.unpacked(packing).and_then(|r| r.take(MAX_ARTICLE_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Ok(n) if n as u64 > MAX_ARTICLE_BYTES => Err(Box::new(too_large(place()))),
        Ok(_) => Ok(bytes),
        Err(error) => Err(Box::new(damaged(place(), &format!("{}: {error}", packing.name())))),
    }
}

/// The error for a file that holds no words.
pub(crate) fn binary(place: Place) -> Problem {
    Problem::error("binary-file", place, "no text: bytes that no text has").hint("save the article as .txt, in UTF-8")
}

/// What there is to say about the encoding.
fn remark(decoded: &Decoded, place: &Place, out: &mut VecDeque<Item>) {
    if let Some(odd) = decoded.odd {
        let place = Place::at(place.file.as_str(), odd.line, odd.column);
        out.push_back(Item::Problem(not_utf8(place, odd, "")));
    }
    let name = match decoded.charset {
        Charset::Utf16Le => "UTF-16 LE",
        Charset::Utf16Be => "UTF-16 BE",
        Charset::Utf8 { .. } | Charset::Other => return,
    };
    let found = format!("read as {name}; spans count the bytes of its conversion to UTF-8");
    out.push_back(Item::Problem(Problem::note("encoding-guessed", place.clone(), found)));
    if decoded.text.contains('\u{fffd}') {
        let problem = Problem::warning(
            "undecodable",
            place.clone(),
            format!("some units are no {name}; they are read as U+FFFD"),
        );
        out.push_back(Item::Problem(problem));
    }
}
