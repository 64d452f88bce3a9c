//! The articles of an export on their way to the intake.
//!
//! In: a decoded file and its layout. Out: a draft for each document, and what the export's own counts say against it.
//! Invariant: places of texts and titles are those of the file, also where it is HTML.
//! It deliberately corrects no count: a difference is told.

use super::Item;
use super::article::{ArticleBuilder, Draft};
use super::decode::Decoded;
use super::exports::{Document, documents, unwrapped};
use super::files::InputFile;
use super::layouts::{COLUMNS, Layout, Part};
use super::markup;
use super::places::{Assembly, Piece, behind, cut, line_ends};
use crate::error::{Place, Problem};
use crate::text::several;
use std::collections::VecDeque;
use std::ops::Range;

/// An export that was decoded.
pub(crate) struct Export<'a> {
    found: &'a InputFile,
    others: &'a [String],
    text: String,
    /// Where its lines end, so that no line is counted from the top of the file.
    line_ends: Vec<usize>,
    /// None where the text is the file from `mark` on.
    pieces: Vec<Piece>,
    mark: u32,
    /// Of a page: stretches whose element has a name that the layout knows.
    marked: Vec<(Range<usize>, Part)>,
}

impl<'a> Export<'a> {
    pub(crate) fn new(
        decoded: &Decoded,
        layout: Option<&Layout>,
        found: &'a InputFile,
        others: &'a [String],
    ) -> Export<'a> {
        let (mut text, mut pieces, mut marked) = (decoded.text.clone(), decoded.pieces.clone(), Vec::new());
        if let Some(layout) = layout {
            let names: Vec<&str> = layout.elements.keys().map(String::as_str).collect();
            let plain = markup::page_with(&text, &names);
            marked = plain.named.into_iter().map(|(bytes, name)| (bytes, layout.elements[&name])).collect();
            let whole = behind(&text, &pieces, Assembly { text: plain.text, pieces: plain.pieces });
            (text, pieces) = (whole.text, whole.pieces);
        }
        let line_ends = line_ends(&text).collect();
        Export { found, others, text, line_ends, pieces, mark: decoded.mark_bytes(), marked }
    }

    /// Reads every document.
    pub(crate) fn read(&self, layout: &Layout, builder: &mut ArticleBuilder, out: &mut VecDeque<Item>) {
        let (documents, declared) = documents(&self.text, layout, &self.marked);
        let place = Place::file(self.found.name.as_str());
        if layout.is_split && !self.text.lines().any(|line| layout.begins_at(line)) {
            let found = "no line matches the pattern of `--split`: the file is read as one article";
            out.push_back(Item::Problem(Problem::warning("split-unmatched", place.clone(), found)));
        }
        if documents.is_empty() {
            let found = format!("an export ({}) in which no article was found", layout.name);
            out.push_back(Item::Problem(Problem::error("export-empty", place.clone(), found)));
        }
        if let Some(declared) = declared.filter(|&declared| declared != documents.len() as u64) {
            let found =
                format!("the export says that it has {}; {} found", several(declared, "article"), documents.len());
            out.push_back(Item::Problem(Problem::warning("export-count", place.clone(), found)));
        }
        let unlike = |document: &&Document| {
            document
                .declared_words()
                .is_some_and(|words| words > 0 && document.words.abs_diff(words).saturating_mul(4) > words.max(40))
        };
        let short: Vec<&Document> = documents.iter().filter(unlike).collect();
        if let Some(first) = short.first() {
            let (declared, words) = (first.declared_words().unwrap_or(0), first.words);
            let found = format!(
                "articles whose length is not that of their length line: {}; the first is this one: {words} words, not {declared}",
                short.len()
            );
            let place = Place::line(place.file, self.line(first.whole.start));
            out.push_back(Item::Problem(Problem::warning("export-length", place, found)));
        }
        out.extend(self.rest(layout, &documents).map(Item::Problem));
        out.extend(self.unplaced(&documents).map(Item::Problem));
        out.extend(self.unknown(&documents).map(Item::Problem));
        for (number, document) in documents.iter().enumerate() {
            builder.receive(self.draft(number + 1, document), out);
        }
    }

    /// What stands before, between and behind the articles and is no line of the database.
    fn rest(&self, layout: &Layout, documents: &[Document]) -> Option<Problem> {
        let mut rest = Vec::new();
        let (first, end) = (documents.first()?.whole.start, self.text.len());
        let ends = std::iter::once(0).chain(documents.iter().map(|document| document.whole.end));
        for (from, to) in ends.zip(documents.iter().map(|document| document.whole.start).chain([end])) {
            let mut at = from;
            for line in self.text[from..to.max(from)].split_inclusive('\n') {
                let closes = to == end && layout.closing.as_ref().is_some_and(|pattern| pattern.is_match(line.trim()));
                if closes {
                    break;
                }
                if !line.trim().is_empty() && !layout.is_of_database(line.trim()) {
                    rest.push((at, line.split_whitespace().count()));
                }
                at += line.len();
            }
        }
        let words: usize = rest.iter().map(|(_, words)| words).sum();
        let &(at, _) = rest.iter().find(|(at, _)| *at >= first).or(rest.first())?;
        let found = format!(
            "{} in {} of the export in no article, such as these",
            several(words, "word"),
            several(rest.len(), "line")
        );
        let place = Place::line(self.found.name.as_str(), self.line(at));
        Some(match at >= first {
            true => Problem::warning("export-rest", place, found).hint("check whether the last article is cut off"),
            false => Problem::note("export-rest", place, found),
        })
    }

    /// Lines above the texts that stand in no column, and are not counted.
    fn unplaced(&self, documents: &[Document]) -> Option<Problem> {
        let lines: Vec<&Range<usize>> = documents.iter().flat_map(|document| &document.unplaced).collect();
        let first = self.text[(*lines.first()?).clone()].trim();
        let found = format!(
            "{} between title and text neither counted nor in a column, first `{}`",
            several(lines.len(), "line"),
            super::article::short(first)
        );
        let place = Place::line(self.found.name.as_str(), self.line(lines[0].start));
        Some(Problem::note("export-lines", place, found))
    }

    /// Lines that look like those of the database, and are counted.
    fn unknown(&self, documents: &[Document]) -> Option<Problem> {
        let lines: Vec<&Range<usize>> = documents.iter().filter_map(|document| document.unknown.as_ref()).collect();
        let first = self.text[(*lines.first()?).clone()].trim();
        let found = format!(
            "{} articles end with a line that looks like a label of the database and is counted, first `{}`",
            lines.len(),
            super::article::short(first)
        );
        let place = Place::line(self.found.name.as_str(), self.line(lines[0].start));
        let hint = "add the label to a copy of the layout (lexicons/exports), and give the copy with --export";
        Some(Problem::warning("export-label", place, found).hint(hint))
    }

    fn draft(&self, number: usize, document: &Document) -> Draft {
        let body = self.part(document.body.clone());
        let inside = |bytes: &Range<usize>| bytes.start - document.body.start..bytes.end - document.body.start;
        let furniture = document.furniture.iter().filter(|(bytes, _)| bytes.start >= document.body.start);
        let furniture = furniture.map(|(bytes, what)| (inside(bytes), what.clone())).collect();
        let mut draft = Draft {
            fallback_id: format!("{}#{number}", self.found.stem()),
            outlet: document.part(Part::Outlet),
            date: document.part(Part::Date),
            language: document.part(Part::Language),
            url: document.part(Part::Url),
            text: body.text,
            pieces: body.pieces,
            furniture,
            is_plain: true,
            text_offset: self.mark,
            first_line: 1,
            file: self.found.name.clone(),
            record: Some(self.line(document.whole.start)),
            other: vec![None; self.others.len()],
            ..Draft::default()
        };
        if let Some((title, at)) = document.parts.get(&Part::Title) {
            let title = self.part(*at..at + title.len());
            (draft.title_at, draft.title_pieces) = ((self.mark, 1), title.pieces);
            draft.title = Some(title.text);
        }
        for (name, part) in COLUMNS {
            if let Some(slot) = self.others.iter().position(|other| other == name) {
                draft.other[slot] = document.part(part);
            }
        }
        draft
    }

    /// A part of the text, its broken lines joined, with its places in the file.
    fn part(&self, bytes: Range<usize>) -> Assembly {
        let text = &self.text[bytes.clone()];
        let base = if self.pieces.is_empty() {
            let (at, len) = (bytes.start as u32, text.len() as u32);
            let line = self.line(bytes.start);
            let piece = Piece { at: 0, len, start: at, source_len: len, line, cell: 0 };
            Assembly { text: text.to_string(), pieces: if len == 0 { Vec::new() } else { vec![piece] } }
        } else {
            cut(&self.text, &self.pieces, bytes.start, bytes.end)
        };
        match unwrapped(&base.text) {
            Some(joined) if !base.pieces.is_empty() => behind(&base.text, &base.pieces, joined),
            _ => base,
        }
    }

    /// Line of the file for a byte of the text.
    fn line(&self, byte: usize) -> u32 {
        let ends = |until: usize| self.line_ends.partition_point(|&end| end < until) as u32;
        match self.pieces.partition_point(|piece| piece.at as usize <= byte).checked_sub(1) {
            Some(piece) => self.pieces[piece].line + ends(byte) - ends(self.pieces[piece].at as usize),
            None => ends(byte) + 1,
        }
    }
}
