//! Puts a lexicon together while a reader goes through its file.
//!
//! In: frames and terms as a reader meets them. Out: a [`Lexicon`], or every problem at once.
//! Invariant: a term that is not kept has a row in the import report; a frame never holds one text twice.
//! It deliberately does not read files and knows no format.

mod doubles;

use super::model::{Class, Entry, Frame, Kind, Lexicon, MatchMode, Overlap, Pattern};
use super::pattern::{self, Fault, Wildcards};
use super::report::{ImportReport, ReportRow};
use super::sniff::Format;
use super::tags::Tags;
use super::{Options, signs};
use crate::error::{Place, Problem, Severity};
use crate::text::{Folding, Language};
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// A reader gives up telling after so many errors; the rest is counted.
pub(super) const MOST_ERRORS: usize = 200;

/// Frames nest so deep at most.
const DEEPEST: usize = 32;

/// A term as a reader meets it.
#[derive(Clone, Debug, Default)]
pub(super) struct Term {
    pub text: String,
    pub line: u32,
    pub column: u32,
    /// Thousandths; `None` = 1000.
    pub weight: Option<i32>,
    pub class: Class,
    pub mode: Option<MatchMode>,
    pub except: bool,
    pub unmatchable: bool,
    pub sd: Option<i32>,
    pub note: String,
    pub source: String,
    pub precision: Option<(u32, u32)>,
    pub added: String,
}

impl Term {
    pub(super) fn new(text: impl Into<String>, line: u32, column: u32) -> Term {
        Term { text: text.into(), line, column, ..Term::default() }
    }
}

/// Remarks of one kind, told once with their number.
pub(super) struct Remark {
    pub count: usize,
    pub place: Place,
    pub example: String,
    pub severity: Severity,
}

/// A lexicon in the making.
pub(super) struct Builder {
    pub lexicon: Lexicon,
    pub options: Options,
    /// Numbers of frames by name.
    pub(super) names: HashMap<String, usize>,
    /// First entry of each pattern of a frame.
    patterns: HashMap<(usize, bool, Pattern), usize>,
    /// Entry of each text of a frame, as matchable in this mode or not.
    texts: HashMap<(usize, bool, Option<MatchMode>, String), usize>,
    pub(super) problems: Vec<Problem>,
    pub(super) remarks: BTreeMap<&'static str, Remark>,
    pub(super) untold: usize,
    /// Entries beyond the most that a lexicon may have.
    too_many: bool,
    /// Tags behind the terms of a foreign form.
    pub(super) tags: Tags,
    /// Frames that may be empty without an error.
    pub may_be_empty: Vec<usize>,
}

impl Builder {
    pub(super) fn new(file: &str, text: &str, format: Format, options: &Options) -> Builder {
        let native = matches!(format, Format::Toml | Format::Csv);
        let mode = options.mode.unwrap_or(if native { MatchMode::Stem } else { MatchMode::Exact });
        let lexicon = Lexicon {
            file: file.to_string(),
            validated: String::new(),
            validation: None,
            name: stem_of(file),
            version: String::new(),
            language: options.language,
            licence: String::new(),
            source: String::new(),
            kind: Kind::Frames,
            mode,
            overlap: options.overlap.unwrap_or(Overlap::Frame),
            frames: Vec::new(),
            entries: Vec::new(),
            targets: Vec::new(),
            labels: Vec::new(),
            digest: String::new(),
            format,
            report: ImportReport { lines: super::lines::count(text), ..ImportReport::default() },
            emoji: None,
            problems: Vec::new(),
        };
        Builder {
            lexicon,
            options: options.clone(),
            names: HashMap::new(),
            patterns: HashMap::new(),
            texts: HashMap::new(),
            problems: Vec::new(),
            remarks: BTreeMap::new(),
            untold: 0,
            too_many: false,
            tags: Tags::default(),
            may_be_empty: Vec::new(),
        }
    }

    pub(super) fn place(&self, line: u32, column: u32) -> Place {
        Place::at(self.lexicon.file.clone(), line, column)
    }

    /// How the words of entries are folded.
    pub(super) fn folding(&self) -> Folding {
        Folding { language: self.lexicon.language.unwrap_or(Language::UNKNOWN), fold: self.options.fold }
    }

    /// What is wrong with the name of a frame of our own form: no path, or nested too deep.
    pub(super) fn bad_name(&self, name: &str, line: u32, column: u32) -> Option<Problem> {
        let place = self.place(line, column);
        if !super::native::is_path(name) {
            let found = if name.is_empty() { "a row without a frame name".to_string() } else { format!("`{name}`") };
            let problem = Problem::error("name-bad", place, found);
            return Some(problem.expected("names joined by `/`, none empty, no space at their ends"));
        }
        let levels = name.split('/').count();
        (levels > DEEPEST).then(|| {
            let last = name.rsplit('/').next().unwrap_or(name);
            let problem =
                Problem::error("frame-too-deep", place, format!("`{last}` is nested too deep: {levels} levels"));
            problem.expected(format!("at most {DEEPEST} levels"))
        })
    }

    /// Tells a problem.
    pub(super) fn tell(&mut self, problem: Problem) {
        if problem.severity == Severity::Error && self.problems.len() >= MOST_ERRORS {
            self.untold += 1;
        } else {
            self.problems.push(problem);
        }
    }

    /// An error; with `lenient` a warning, and the text is skipped with a row.
    pub(super) fn refuse(&mut self, mut problem: Problem, text: &str) {
        let line = problem.place.line.unwrap_or(1);
        if self.options.lenient {
            self.skip(line, text, &problem.found);
            problem.severity = Severity::Warning;
        }
        self.tell(problem);
    }

    /// A remark that may recur on every line: told once, with the number of lines and the first of them.
    pub(super) fn remark(&mut self, kind: &'static str, severity: Severity, place: Place, example: &str) {
        self.remarks.entry(kind).and_modify(|remark| remark.count += 1).or_insert_with(|| Remark {
            count: 1,
            place,
            example: example.to_string(),
            severity,
        });
    }

    /// A row of the import report.
    pub(super) fn row(&mut self, line: u32, text: &str, done: impl Into<String>) {
        self.lexicon.report.rows.push(ReportRow { line, text: text.to_string(), done: done.into() });
    }

    /// A row of something that is not in the lexicon.
    pub(super) fn skip(&mut self, line: u32, text: &str, why: &str) {
        self.lexicon.report.skipped += 1;
        self.row(line, text, format!("skipped: {why}"));
    }

    /// The frame of that name, made where it does not exist yet. The flag tells whether it was made.
    pub(super) fn frame(&mut self, name: &str, line: u32) -> (usize, bool) {
        if let Some(&frame) = self.names.get(name) {
            return (frame, false);
        }
        let frame = self.lexicon.frames.len();
        let label = name.rsplit('/').next().unwrap_or(name).to_string();
        self.lexicon.frames.push(Frame {
            name: name.to_string(),
            label,
            function: None,
            definition: String::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            examples: Vec::new(),
            notes: String::new(),
            colour: String::new(),
            hits: Vec::new(),
            misses: Vec::new(),
            line,
            is_circular: false,
        });
        self.names.insert(name.to_string(), frame);
        (frame, true)
    }

    /// A frame below another, as foreign trees have them; a slash in a foreign name would nest and becomes a hyphen.
    pub(super) fn child(&mut self, parent: Option<usize>, name: &str, line: u32) -> usize {
        let clean = plain_name(name);
        if name.contains(['/', '|']) {
            self.row(line, name, format!("frame `{clean}`: a slash would nest"));
            let place = self.place(line, 1);
            self.remark("frame-renamed", Severity::Note, place, &format!("{name}` is now `{clean}"));
        }
        let path = match parent.map(|parent| (parent, &self.lexicon.frames[parent].name)) {
            Some((parent, above)) if above.matches('/').count() >= DEEPEST => {
                let problem =
                    Problem::error("frame-too-deep", self.place(line, 1), format!("`{clean}` is nested too deep"));
                self.refuse(problem.expected(format!("at most {DEEPEST} levels")), name);
                return parent;
            }
            Some((_, above)) => format!("{above}/{clean}"),
            None => clean,
        };
        let (frame, made) = self.frame(&path, line);
        if made {
            self.row(line, name, format!("frame `{path}`"));
        } else {
            self.row(line, name, format!("frame `{path}` again: merged"));
            let place = self.place(line, 1);
            self.remark("frame-repeated", Severity::Warning, place, &path);
        }
        frame
    }

    /// A top frame that many rows of a table name: only the first is told.
    pub(super) fn category(&mut self, name: &str, line: u32) -> usize {
        match self.names.get(&plain_name(name)) {
            Some(&frame) => frame,
            None => self.child(None, name, line),
        }
    }

    /// A term of the native form.
    pub(super) fn native(&mut self, frame: usize, mut term: Term) {
        term.text = term.text.trim().to_string();
        let mode = term.mode.unwrap_or(self.lexicon.mode);
        if term.unmatchable {
            self.keep(frame, term, mode, Pattern::Words(Vec::new()));
            return;
        }
        match pattern::parse(&term.text, mode, self.folding()) {
            Ok(found) => self.keep(frame, term, mode, found),
            Err(fault) => self.fault(&term, fault),
        }
    }

    /// A term of a foreign form: plain text with its wildcards.
    pub(super) fn foreign(&mut self, frame: usize, mut term: Term, wildcards: Wildcards) {
        self.tags.see(term.text.trim(), term.line, term.column);
        let raw = signs::without_underscores(self, &term);
        signs::dead_star(self, &term, wildcards);
        signs::dead_condition(self, &term);
        term.text = pattern::escape(&raw, wildcards);
        let lettered = raw.chars().any(char::is_alphanumeric);
        let wild_only = !lettered && !raw.is_empty() && raw.chars().all(|c| c == '*' || c.is_whitespace());
        if raw.is_empty() || (wild_only && !matches!(wildcards, Wildcards::None | Wildcards::Ends)) {
            let place = self.place(term.line, term.column);
            let found =
                if raw.is_empty() { "a term is empty".to_string() } else { format!("`{raw}` would match every word") };
            self.refuse(Problem::error("term-empty", place, found).expected("a word"), &raw);
            return;
        }
        if wildcards == Wildcards::Ends && raw.split_whitespace().any(pattern::has_wild_end) {
            let place = self.place(term.line, term.column);
            self.remark("entry-star", Severity::Note, place, &raw);
        }
        term.unmatchable |= !lettered || pattern::is_emoticon(&raw);
        if term.unmatchable {
            let place = self.place(term.line, term.column);
            self.remark("entry-unmatchable", Severity::Warning, place, &raw);
        }
        self.native(frame, term);
    }

    fn fault(&mut self, term: &Term, fault: Fault) {
        let place = self.place(term.line, term.column);
        self.refuse(Problem::error(fault.kind, place, fault.found).hint(fault.hint), &term.text);
    }

    fn keep(&mut self, frame: usize, term: Term, mode: MatchMode, found: Pattern) {
        if !self.has_room(&term) {
            return;
        }
        let weight = term.weight.unwrap_or(1000);
        let written = (frame, term.except, (!term.unmatchable).then_some(mode), term.text.clone());
        if let Some(&twin) = self.texts.get(&written) {
            self.twice(twin, &term, weight);
            return;
        }
        let number = self.lexicon.entries.len();
        self.texts.insert(written, number);
        let mut done = format!("entry of `{}`", self.lexicon.frames[frame].name);
        signs::look(self, &term, &found, &mut done);
        if term.unmatchable {
            done.push_str(", which no text can match: no letter or digit, or an emoticon");
        } else {
            let twin = *self.patterns.entry((frame, term.except, found.clone())).or_insert(number);
            if twin != number {
                done.push_str(&self.same_when_folded(twin, &term, weight));
            }
        }
        self.row(term.line, &term.text, done);
        self.lexicon.entries.push(Entry {
            frame,
            text: term.text,
            pattern: found,
            unmatchable: term.unmatchable,
            mode,
            weight,
            class: term.class,
            except: term.except,
            sd: term.sd,
            note: term.note,
            source: term.source,
            precision: term.precision,
            added: term.added,
            line: term.line,
            column: term.column,
        });
    }
}

/// A foreign name as one part of a path.
fn plain_name(name: &str) -> String {
    let clean = name.split_whitespace().collect::<Vec<_>>().join(" ").replace(['/', '|'], "-");
    if clean.is_empty() { "unnamed".to_string() } else { clean }
}

/// `lexicons/coup.toml` → `coup`.
fn stem_of(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_string(),
        _ => name.to_string(),
    }
}
