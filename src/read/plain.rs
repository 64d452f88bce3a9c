//! An article in a file of its own.
//!
//! In: a text file, with or without front matter and a row in a sidecar. Out: one draft, or the problem why not.
//! Invariant: the text is what stands below the front matter, byte for byte; the sidecar wins over the front matter.
//! It deliberately keeps half an article of a damaged file out: half of it would be counted as all of it.

mod separators;

use super::article::{ArticleBuilder, Draft};
use super::asides::Aside;
use super::columns::{Role, role_of};
use super::convert::Convert;
use super::decode::{Charset, Decoded, decode};
use super::delimited::damaged;
use super::export_drafts::Export;
use super::files::InputFile;
use super::front::{Front, Top, top};
use super::layouts::Layout;
use super::page;
use super::partitions;
use super::paths::PathPattern;
use super::places::cut;
use super::sidecar::Row;
use super::source::{InputStream, MAX_TEXT_BYTES, Packing, at_most};
use super::table::{not_utf8, too_large};
use super::{Item, Options};
use crate::error::{Place, Problem};
use std::collections::VecDeque;

/// What the corpus knows besides the file.
pub(crate) struct Context<'a> {
    pub options: &'a Options,
    pub others: &'a [String],
    /// The file's row in a sidecar.
    pub row: Option<&'a Row>,
    /// The encoding that the user tells.
    pub declared: Option<&'static encoding_rs::Encoding>,
    /// The file is a page of HTML.
    pub page: bool,
    /// What paths say.
    pub path: Option<&'a PathPattern>,
    /// What has to be done before the file is text.
    pub convert: Option<Convert>,
}

impl Context<'_> {
    /// Reads one file to the intake.
    pub(crate) fn read(
        &self,
        found: &InputFile,
        stream: &InputStream,
        packing: Packing,
        builder: &mut ArticleBuilder,
        out: &mut VecDeque<Item>,
    ) {
        match self.draft(found, stream, packing, out) {
            Ok(draft) => builder.receive(draft, out),
            Err(problem) => out.push_back(Item::Problem(*problem)),
        }
    }

    /// Reads the articles of an export to the intake.
    pub(crate) fn read_export(
        &self,
        found: &InputFile,
        stream: &InputStream,
        packing: Packing,
        layout: &Layout,
        builder: &mut ArticleBuilder,
        out: &mut VecDeque<Item>,
    ) {
        let place = Place::file(found.name.as_str());
        let decoded = self
            .bytes(found, stream, packing)
            .and_then(|(bytes, _)| decode(bytes, self.declared).ok_or_else(|| Box::new(binary(place.clone()))));
        match decoded {
            Ok(decoded) => {
                remark(&decoded, &place, out);
                let export = Export::new(&decoded, self.page.then_some(layout), found, self.others);
                export.read(layout, builder, out);
            }
            Err(problem) => out.push_back(Item::Problem(*problem)),
        }
    }

    fn draft(
        &self,
        found: &InputFile,
        stream: &InputStream,
        packing: Packing,
        out: &mut VecDeque<Item>,
    ) -> Result<Draft, Box<Problem>> {
        let place = Place::file(found.name.as_str());
        let (bytes, asides) = self.bytes(found, stream, packing)?;
        if bytes.is_empty() {
            return Err(Box::new(Problem::error("empty-file", place, "the file is empty")));
        }
        let decoded = decode(bytes, self.declared).ok_or_else(|| Box::new(binary(place.clone())))?;
        remark(&decoded, &place, out);
        let mark = decoded.mark_bytes();
        let front = match top(&decoded.text) {
            _ if self.page => Front::default(),
            Top::Text => Front::default(),
            Top::Front(front) => front,
            Top::Odd { line } => {
                out.push_back(Item::Problem(odd_front(Place::line(place.file.clone(), line))));
                Front::default()
            }
        };
        let mut draft = Draft {
            fallback_id: found.stem().to_string(),
            text_offset: mark + front.bytes as u32,
            first_line: front.lines + 1,
            file: found.name.clone(),
            other: vec![None; self.others.len()],
            metadata: self.row.map(|row| row.place.clone()),
            ..Draft::default()
        };
        out.extend(separator_problem(&decoded.text, &place).filter(|_| !self.page).map(Item::Problem));
        if self.page {
            page::fill(&mut draft, &decoded.text);
        } else {
            self.fill(&mut draft, front.fields, &front.places, mark);
            put_text(&mut draft, decoded, front.bytes, asides);
        }
        self.fill_from_folders(&mut draft, &found.name);
        if let Some(path) = self.path {
            let says = path.read(&found.name);
            draft.outlet = draft.outlet.or_else(|| says.part("outlet"));
            draft.date = draft.date.or_else(|| says.date());
            draft.language = draft.language.or_else(|| says.part("language"));
            draft.id = draft.id.or_else(|| says.part("id"));
            if let (None, Some(title)) = (&draft.title, says.part("title")) {
                // the name of a file is no headline: it is shown, and not counted
                (draft.title, draft.has_title) = (Some(title), true);
            }
        }
        if let Some(row) = self.row {
            row.overrule(&mut draft);
        }
        Ok(draft)
    }

    /// What folders such as `outlet=Dawn` say, where the file does not.
    fn fill_from_folders(&self, draft: &mut Draft, name: &str) {
        for (key, value) in partitions::of(name) {
            let field = match role_of(&key, self.options) {
                Some(Role::Id) => &mut draft.id,
                Some(Role::Outlet) => &mut draft.outlet,
                Some(Role::Date) => &mut draft.date,
                Some(Role::Language) => &mut draft.language,
                Some(Role::Url) => &mut draft.url,
                Some(Role::Title | Role::Text | Role::File) => continue,
                None => match self.others.iter().position(|other| *other == key) {
                    Some(slot) => &mut draft.other[slot],
                    None => continue,
                },
            };
            if field.is_none() {
                *field = value;
            }
        }
    }

    /// The bytes of the text, converted where it is packed.
    fn bytes(
        &self,
        found: &InputFile,
        stream: &InputStream,
        packing: Packing,
    ) -> Result<(Vec<u8>, Vec<Aside>), Box<Problem>> {
        let raw = bytes(found, stream, packing)?;
        let Some(convert) = self.convert else { return Ok((raw, Vec::new())) };
        let place = Place::file(found.name.as_str());
        let converted = convert.convert(raw, self.declared);
        let converted = converted.map(|mut all| (all.bytes, all.asides.pop().unwrap_or_default()));
        converted.map_err(|why| Box::new(damaged(place, &format!("{}: {why}", convert.name()))))
    }

    fn fill(&self, draft: &mut Draft, fields: Vec<(String, String)>, places: &[(usize, u32)], mark: u32) {
        for ((key, value), &(start, line)) in fields.into_iter().zip(places).filter(|((_, value), _)| !value.is_empty())
        {
            let role = role_of(&key, self.options);
            if role == Some(Role::Title) {
                draft.title_at = (mark + start as u32, line);
            }
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

/// Puts what stands below the front matter into a draft.
fn put_text(draft: &mut Draft, decoded: Decoded, front: usize, asides: Vec<Aside>) {
    if decoded.pieces.is_empty() {
        draft.text = decoded.text;
        draft.text.drain(..front);
        // what is put before a text is no front matter
        draft.asides = if front == 0 { asides } else { Vec::new() };
    } else {
        // the places are those of the file with its NUL bytes
        let part = cut(&decoded.text, &decoded.pieces, front, decoded.text.len());
        (draft.text_offset, draft.first_line) = (decoded.mark_bytes(), 1);
        (draft.text, draft.pieces) = (part.text, part.pieces);
    }
}

/// The warning for a text that looks like several articles.
fn separator_problem(text: &str, place: &Place) -> Option<Problem> {
    let separators = separators::separators(text)?;
    let found =
        format!("read as one article; {} lines such as {} may separate several", separators.lines, separators.what);
    let problem = Problem::warning("several-articles", Place::line(place.file.as_str(), separators.first_line), found);
    Some(match separators.pattern.as_str() {
        // the line that parts articles is in none of them
        "" => problem.hint(separators.hint),
        pattern => problem.hint(format!("--split '{pattern}' splits it into articles")),
    })
}

fn odd_front(place: Place) -> Problem {
    Problem::warning("front-matter", place, "no `key: value` line")
        .hint("all of the file is read as text; correct the lines between the two `---`")
}

fn bytes(found: &InputFile, stream: &InputStream, packing: Packing) -> Result<Vec<u8>, Box<Problem>> {
    let place = || Place::file(found.name.as_str());
    let most = MAX_TEXT_BYTES[usize::from(packing != Packing::Plain)];
    match stream.unpacked(packing).and_then(|reader| at_most(reader, most)) {
        Ok(None) => Err(Box::new(too_large(place(), most))),
        Ok(Some(bytes)) => Ok(bytes),
        Err(error) => Err(Box::new(damaged(place(), &format!("{}: {error}", packing.name())))),
    }
}

/// The error for a file that holds no words.
pub(crate) fn binary(place: Place) -> Problem {
    Problem::error("binary-file", place, "not a text file").hint("save the article as .txt, in UTF-8")
}

/// What there is to say about the encoding.
fn remark(decoded: &Decoded, place: &Place, out: &mut VecDeque<Item>) {
    if decoded.nuls > 0 {
        let found = format!("{} NUL bytes are left out", decoded.nuls);
        out.push_back(Item::Problem(Problem::warning("nul-bytes", place.clone(), found)));
    }
    if let Some(invalid) = decoded.invalid {
        let place = Place::at(place.file.as_str(), invalid.line, invalid.column);
        out.push_back(Item::Problem(not_utf8(place, invalid, "")));
    }
    let name = match decoded.charset {
        Charset::Utf16Le => "UTF-16 LE",
        Charset::Utf16Be => "UTF-16 BE",
        Charset::Utf8 { .. } | Charset::Other(_) => return,
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
