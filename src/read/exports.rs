//! Articles out of the export of a database, by its layout.
//!
//! In: the text of an export, and a [`Layout`]. Out: a [`Document`] for each article, with what its header says.
//! Invariant: every line is in a header, in the text of one document, or between documents. The text of a document runs to its end: lines of
//! the database in it are marked as furniture, so that they have rows among what was removed.
//! It deliberately reads labels and forms of lines, never columns of a page.

mod heading;
mod headless;
mod lines;
mod tail;

use super::dates;
use super::layouts::{Layout, Part};
pub(crate) use lines::unwrapped;
use lines::{Line, Marked, cut, lines};
use std::collections::BTreeMap;
use std::ops::Range;

/// One article of an export; all places are bytes of the export's text.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// From its first line to its last.
    pub whole: Range<usize>,
    /// From the first line of the text to the end of the document.
    pub body: Range<usize>,
    /// Lines inside `body` that are the database's, and what they are.
    pub furniture: Vec<(Range<usize>, String)>,
    /// What the header and the labels say, with where it stands.
    pub parts: BTreeMap<Part, (String, usize)>,
    /// Words of the text, white space between them.
    pub words: u64,
    /// A line right above those of the database that looks like one of them, and is counted.
    pub unknown: Option<Range<usize>>,
    /// Lines of the header that nothing says what they are.
    pub unplaced: Vec<Range<usize>>,
    /// Lines at its top that neither a label nor their form tells apart.
    heading: Vec<heading::Head>,
}

impl Document {
    /// A value of the header.
    pub(crate) fn part(&self, part: Part) -> Option<String> {
        self.parts.get(&part).map(|(value, _)| value.clone())
    }

    /// The number of words that the export itself says.
    pub(crate) fn declared_words(&self) -> Option<u64> {
        let digits: String = self.part(Part::Length)?.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    }
}

/// The articles of an export, and how many the export says it has.
pub(crate) fn documents(text: &str, layout: &Layout, marked: &Marked) -> (Vec<Document>, Option<u64>) {
    let lines = lines(text);
    let declared = layout.count.as_ref().and_then(|pattern| {
        let found = lines.iter().filter_map(|line| pattern.captures(line.text)?.get(1)?.as_str().parse().ok());
        found.max()
    });
    let read = |range: Range<usize>| {
        let lines = &lines[range];
        let (start, end) = (lines.first()?.start, lines.last()?.end);
        let inside = marked.iter().filter(|(bytes, _)| bytes.start < end && start < bytes.end);
        document(text, lines, layout, &inside.cloned().collect::<Vec<_>>())
    };
    let mut documents: Vec<Document> = cut(&lines, layout).into_iter().filter_map(read).collect();
    headless::read_as_text(&mut documents, (text, &lines), layout, marked);
    heading::sections(&mut documents, text, layout);
    (documents, declared)
}

/// Where in a document the reading is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Header,
    Body,
    /// Behind the text: what the database adds.
    Tail,
}

/// Reads one document line by line.
struct Reading<'l, 't> {
    layout: &'l Layout,
    document: Document,
    state: State,
    /// The label whose value goes on.
    open: Option<Part>,
    seen: Vec<Part>,
    text: &'t str,
    lines: &'l [Line<'t>],
    marked: &'l Marked,
    /// What the page has marked so far.
    written: Vec<Part>,
    /// What the line above holds; none behind an empty one.
    above: Option<Part>,
    /// From here on a label is one of the database.
    tail: usize,
}

fn document(text: &str, lines: &[Line<'_>], layout: &Layout, marked: &Marked) -> Option<Document> {
    let first = lines.first()?;
    let mut reading = Reading::new(text, lines, layout, marked)?;
    if reading.state == State::Body {
        reading.document.body.start = first.start;
    }
    for line in lines {
        reading.line(*line);
    }
    // what stands between rules and has no label is a cover, a list of contents
    let is_labelled =
        reading.seen.iter().any(|part| *part != Part::Title) || layout.labels.is_empty() || layout.header.len() > 1;
    let document = reading.finish();
    let is_one = document.words > 0 || is_labelled && document.parts.contains_key(&Part::Title);
    is_one.then_some(document)
}

impl<'l, 't> Reading<'l, 't> {
    /// At the first of these lines; none where there is no line.
    fn new(text: &'t str, lines: &'l [Line<'t>], layout: &'l Layout, marked: &'l Marked) -> Option<Reading<'l, 't>> {
        let (first, last) = (lines.first()?, lines.last()?);
        Some(Reading {
            layout,
            document: Document { whole: first.start..last.end, body: last.end..last.end, ..Document::default() },
            state: if layout.header.is_empty() && layout.labels.is_empty() { State::Body } else { State::Header },
            open: None,
            seen: Vec::new(),
            text,
            lines,
            marked,
            written: Vec::new(),
            above: None,
            tail: 0,
        })
    }

    fn line(&mut self, line: Line<'_>) {
        if line.text.is_empty() {
            self.above = None;
            if self.state == State::Header && !self.layout.codes {
                self.open = None;
            }
            return;
        }
        match self.state {
            State::Header => self.header_line(line),
            State::Body | State::Tail => self.body_line(line),
        }
    }

    fn label<'a>(&self, text: &'a str) -> Option<(Part, &'a str, String)> {
        let labels = &self.layout.labels;
        if self.layout.codes {
            let code = text.split_whitespace().next()?;
            let rest = text[code.len()..].trim_start();
            // in the text a code stands alone or before a wide gap: `IN the town` is a sentence
            let gap = &text[code.len()..];
            let alone = rest.is_empty() || gap.starts_with("  ") || gap.starts_with('\t');
            let alone = alone || self.state == State::Header && gap.starts_with([' ', '\u{a0}']);
            return labels.get(code).filter(|_| alone).map(|&part| (part, rest, code.to_string()));
        }
        let (label, rest) = text.split_once(':')?;
        // `HOST: Good evening to all of you.` is what a host says
        let is_said = || rest.trim_end().ends_with(['.', '!', '?']) && rest.split_whitespace().count() > 3;
        let is_label = |part: &Part| *part != Part::Cast || self.state == State::Header && !is_said();
        let part = labels.get(label.trim()).copied().filter(is_label);
        let part =
            part.or_else(|| Some(Part::Index).filter(|_| !labels.is_empty() && tail::has_shares(label, rest)))?;
        Some((part, rest.trim_start(), label.trim().to_string()))
    }

    fn header_line(&mut self, line: Line<'_>) {
        let layout = self.layout;
        if layout.body_begins.as_ref().is_some_and(|pattern| pattern.is_match(line.text)) {
            return self.begin_body(line.end);
        }
        let is_skipped = || layout.skip.iter().chain(&layout.furniture).any(|pattern| pattern.is_match(line.text));
        // a cover page has numbered lines; below title and outlet such a line is a day: `5. Januar 2022`
        let is_day = self.document.heading.len() > 1 && self.wants(Part::Date) && heading::is_day(line.text);
        if !is_day && is_skipped() {
            self.above = self.above.filter(|part| *part != Part::Title);
            self.open = self.open.filter(|part| *part != Part::Title);
            return;
        }
        if let Some((_, part)) = self.marked.iter().find(|(bytes, _)| bytes.start < line.end && line.start < bytes.end)
        {
            return self.marked_line(*part, line);
        }
        if let Some((part, value, _)) = self.label(line.text) {
            self.seen.push(part);
            self.open = Some(part);
            if part == Part::Body {
                let value_at = line.start + self.text[line.start..line.end].find(value).unwrap_or(0);
                self.begin_body(if value.is_empty() { line.end } else { value_at });
                self.count(value);
            } else if !value.is_empty() {
                self.put(part, value, line);
            }
            return;
        }
        // where no line has a label, the form of each line says what it is
        let ends_title = self.open == Some(Part::Title) && self.wants(Part::Date) && heading::is_day(line.text);
        let open = self.open.filter(|_| !ends_title);
        if let Some(part) = open.filter(|_| layout.codes || !layout.labels.is_empty() && self.goes_on()) {
            if part == Part::Title {
                self.document.heading.push(heading::Head { bytes: line.start..line.end, follows: true });
            }
            return self.append(part, line);
        }
        if !layout.body_after.is_empty()
            && layout.body_after.iter().any(|part| self.seen.contains(part))
            && layout.body_begins.is_none()
        {
            self.begin_body(line.start);
            return self.body_line(line);
        }
        self.unlabelled(line);
    }

    /// True where the label's value may run over the next line.
    fn goes_on(&self) -> bool {
        !matches!(self.open, Some(Part::Length | Part::Date | Part::LoadDate | Part::Language))
    }

    fn wants(&self, part: Part) -> bool {
        self.layout.header.contains(&part) && !self.document.parts.contains_key(&part)
    }

    /// A line of the header without label: by its form, else by its place.
    fn unlabelled(&mut self, line: Line<'_>) {
        let has = |reading: &Self, part: Part| reading.document.parts.contains_key(&part);
        let is_date =
            || line.text.chars().count() < 80 && dates::find(line.text, Some(dates::DateOrder::DayFirst)).is_some();
        if self.wants(Part::Date) && is_date() && (has(self, Part::Title) || has(self, Part::Outlet)) {
            heading::outlet_before_day(&mut self.document, self.text, self.layout);
            self.above = Some(Part::Date);
            return self.put(Part::Date, line.text, line);
        }
        // the edition stands in the middle of its line, right below the day: `3 Star Edition`
        let is_centred = self.text[line.start..].starts_with("    ");
        if is_centred && !self.layout.labels.is_empty() && matches!(self.above, Some(Part::Date | Part::Outlet)) {
            return;
        }
        let number = line.text.starts_with(|c: char| c.is_ascii_digit());
        if self.wants(Part::Length) && number && line.text.split_whitespace().count() == 2 {
            return self.put(Part::Length, line.text, line);
        }
        // a code of two letters is that of an outlet: DJ, IT
        let one_word = line.text.len() > 3 && !line.text.contains(char::is_whitespace);
        if one_word
            && has(self, Part::Outlet)
            && crate::text::Language::parse(line.text).is_some()
            && !has(self, Part::Language)
        {
            return self.put(Part::Language, line.text, line);
        }
        if line.text.starts_with("By ") || line.text.starts_with("Par ") || line.text.starts_with("Von ") {
            return self.put(Part::Byline, line.text, line);
        }
        if !has(self, Part::Date) && !has(self, Part::Length) && !self.written.contains(&Part::Title) {
            let follows = self.above == Some(Part::Title);
            self.document.heading.push(heading::Head { bytes: line.start..line.end, follows });
        }
        // a title may run over two lines; its second follows at once
        if self.open == Some(Part::Title)
            && !has(self, Part::Date)
            && !has(self, Part::Length)
            && self.layout.header.first() == Some(&Part::Title)
        {
            return self.append(Part::Title, line);
        }
        let header = &self.layout.header;
        let next = header.iter().position(|&part| !has(self, part) && !matches!(part, Part::Date | Part::Length));
        let Some(at) = next else {
            if !self.layout.labels.is_empty() {
                self.document.unplaced.push(line.start..line.end);
            }
            return;
        };
        // where the day comes before the outlet, a line before the day is a name
        let is_name = header[at] == Part::Outlet && header[..at].contains(&Part::Date) && !has(self, Part::Date);
        let part = if is_name { Part::Byline } else { header[at] };
        self.put(part, line.text, line);
        self.above = Some(if header.first() == Some(&Part::Title) { Part::Title } else { part });
        self.seen.push(part);
    }

    /// A line whose element says what it holds.
    fn marked_line(&mut self, part: Part, line: Line<'_>) {
        if self.written.contains(&part) {
            return self.append(part, line);
        }
        if part == Part::Title {
            heading::title_is_marked(&mut self.document, self.text);
        }
        self.document.parts.remove(&part);
        self.put(part, line.text, line);
        self.seen.push(part);
        self.written.push(part);
        self.open = None;
    }

    fn put(&mut self, part: Part, value: &str, line: Line<'_>) {
        let at = line.start + self.text[line.start..line.end].find(value).unwrap_or(0);
        self.document.parts.entry(part).or_insert_with(|| (value.to_string(), at));
        if self.open.is_none() {
            self.open = Some(part).filter(|part| *part == Part::Title);
        }
    }

    fn append(&mut self, part: Part, line: Line<'_>) {
        match self.document.parts.get_mut(&part) {
            // as it stands, with its line end: its places are those of the file
            Some((value, at)) if part == Part::Title => *value = self.text[*at..line.end].trim_end().to_string(),
            Some((value, _)) => {
                value.push(' ');
                value.push_str(line.text);
            }
            None => self.put(part, line.text, line),
        }
    }

    fn begin_body(&mut self, at: usize) {
        self.document.body.start = at;
        self.state = State::Body;
        self.open = None;
        self.tail = tail::start(self.lines, at, self.layout, |text| self.label(text));
        self.document.unknown = tail::unknown(self.lines, at..self.tail, self.layout);
    }

    fn body_line(&mut self, line: Line<'_>) {
        let layout = self.layout;
        let mut mark = |what: String| self.document.furniture.push((line.start..line.end, what));
        if layout.furniture.iter().chain(&layout.ends).any(|pattern| pattern.is_match(line.text)) {
            return mark(format!("{}: line of the database", layout.name));
        }
        if layout.body_ends.as_ref().is_some_and(|pattern| pattern.is_match(line.text)) {
            self.state = State::Tail;
            return mark(format!("{}: {}", layout.name, line.text));
        }
        if let Some((part, value, label)) = self.label(line.text).filter(|_| line.start >= self.tail) {
            if part == Part::Body {
                self.state = State::Body;
                self.count(value);
                let cut = match value {
                    "" => line.end,
                    value => line.start + self.text[line.start..line.end].find(value).unwrap_or(0),
                };
                self.document.furniture.push((line.start..cut, format!("{}: {label}", layout.name)));
                return;
            }
            self.document.furniture.push((line.start..line.end, format!("{}: {label}", layout.name)));
            self.state = State::Tail;
            if !value.is_empty() {
                self.put(part, value, line);
            }
            self.open = Some(part);
            return;
        }
        if self.state == State::Tail {
            let what = format!("{}: line of the database", layout.name);
            self.document.furniture.push((line.start..line.end, what));
            if let Some(part) = self.open.filter(|part| layout.codes && !matches!(part, Part::Index)) {
                self.append(part, line);
            }
            return;
        }
        self.count(line.text);
    }

    fn count(&mut self, text: &str) {
        self.document.words += text.split_whitespace().count() as u64;
    }

    fn finish(mut self) -> Document {
        heading::part_byline(&mut self.document, self.layout);
        if let Some((info, at)) = self.document.parts.get(&Part::Info).cloned() {
            // `The Gazette ; London [London]. 11 Jan 2022.`
            let outlet = info.split([';', '[']).next().unwrap_or_default().trim_end_matches([' ', ',']).to_string();
            self.document.parts.entry(Part::Outlet).or_insert((outlet, at));
            if let Some((_, bytes)) = dates::find(&info, Some(dates::DateOrder::DayFirst)) {
                self.document.parts.entry(Part::Date).or_insert((info[bytes.clone()].to_string(), at + bytes.start));
            }
        }
        if let Some((outlet, _)) = self.document.parts.get_mut(&Part::Outlet)
            && let Some(end) = outlet.find(';').or_else(|| heading::issue(outlet))
        {
            // `The Daily Gazette; London`, `Le Figaro, no. 23800`
            outlet.truncate(end);
            outlet.truncate(outlet.trim_end().len());
        }
        if let Some((date, _)) = self.document.parts.get_mut(&Part::Date)
            && !matches!(dates::parse(date, None), Ok(Some(_)))
            && let Some((_, bytes)) = dates::find(date, None)
        {
            *date = date[bytes].to_string();
        }
        self.document
    }
}
