//! The project's own form: TOML.
//!
//! In: the text of a file. Out: a lexicon, or every problem with its line and column.
//! Invariant: no key is read past in silence; a syntax error does not hide the others.
//! It deliberately does not run the file's own tests (`hits`, `misses`): that needs `lookup`.

use super::build::{Builder, Term};
use super::fields::{Fields, Located, Source};
use super::keys::{FRAME, HEADER, LABELS, TARGET, TERM};
use super::model::{Class, Function, Kind, LabelSet, Lexicon, MatchMode, Overlap, Pattern, Target};
use super::sniff::Format;
use super::{Options, pattern, weight};
use crate::error::{Place, Problem, Result};
use crate::text::{Language, Lines};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const TOP: &[&str] = &["lexicon", "frame", "target", "labels"];

/// Names of the match modes.
pub(super) const MODES: &[(&str, MatchMode)] =
    &[("stem", MatchMode::Stem), ("exact", MatchMode::Exact), ("case", MatchMode::Case)];
/// Names of the kinds.
pub(super) const KINDS: &[(&str, Kind)] =
    &[("frames", Kind::Frames), ("sentiment", Kind::Sentiment), ("furniture", Kind::Furniture), ("cues", Kind::Cues)];
/// Names of the classes of evaluation.
pub(super) const CLASSES: &[(&str, Class)] =
    &[("judgement", Class::Judgement), ("event", Class::Event), ("stance", Class::Stance), ("emotion", Class::Emotion)];
/// Names of the overlap rules.
pub(super) const OVERLAPS: &[(&str, Overlap)] = &[("frame", Overlap::Frame), ("lexicon", Overlap::Lexicon)];
/// Names of Entman's functions.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("problem", Function::Problem),
    ("cause", Function::Cause),
    ("moral", Function::Moral),
    ("remedy", Function::Remedy),
];

/// Reads a TOML lexicon.
pub(super) fn read(file: &str, text: &str, options: &Options) -> Result<Lexicon> {
    let source = Source { file, text, lines: Lines::of(text) };
    let (table, faults) = DeTable::parse_recoverable(text);
    let mut reader = Reader { builder: Builder::new(file, text, Format::Toml, options), source: &source };
    for fault in faults {
        let place = fault.span().map_or(Place::file(file), |span| source.place(span.start));
        reader.builder.tell(Problem::error("toml-syntax", place, fault.message().trim().replace('\n', "; ")));
    }
    let table = table.into_inner();
    reader.with(&table, "the file", |_, fields| fields.only(TOP));
    if let Some(value) = table.get("lexicon") {
        reader.table(value, "[lexicon]", Reader::header);
    }
    reader.tables(&table, "frame", "[[frame]]", Reader::frame);
    reader.tables(&table, "target", "[[target]]", Reader::target);
    reader.tables(&table, "labels", "[[labels]]", Reader::labels);
    reader.builder.finish()
}

struct Reader<'s, 'a> {
    builder: Builder,
    source: &'s Source<'a>,
}

impl<'s, 'a> Reader<'s, 'a> {
    /// Runs `read` over a table and hands its problems on.
    fn with<T>(
        &mut self,
        table: &'s DeTable<'a>,
        what: &'static str,
        read: impl FnOnce(&mut Self, &mut Fields<'s, 'a>) -> T,
    ) -> T {
        let mut fields = Fields { source: self.source, table, problems: Vec::new(), what };
        let result = read(self, &mut fields);
        fields.problems.into_iter().for_each(|problem| self.builder.tell(problem));
        result
    }

    /// A value that must be a table.
    fn table(
        &mut self,
        value: &'s Spanned<DeValue<'a>>,
        what: &'static str,
        read: impl FnOnce(&mut Self, &mut Fields<'s, 'a>, u32),
    ) {
        let place = self.source.place(value.span().start);
        match value.get_ref() {
            DeValue::Table(table) => {
                let line = place.line.unwrap_or(1);
                self.with(table, what, |reader, fields| read(reader, fields, line));
            }
            _ => self.builder.tell(Problem::error("value-type", place, "not a table").expected(what)),
        }
    }

    /// An array of tables.
    fn tables(
        &mut self,
        top: &'s DeTable<'a>,
        key: &str,
        what: &'static str,
        read: impl Fn(&mut Self, &mut Fields<'s, 'a>, u32),
    ) {
        let Some(value) = top.get(key) else { return };
        match value.get_ref() {
            DeValue::Array(list) => list.iter().for_each(|value| self.table(value, what, &read)),
            _ => {
                let place = self.source.place(value.span().start);
                self.builder.tell(Problem::error("value-type", place, format!("`{key}` stands once")).expected(what));
            }
        }
    }

    fn header(&mut self, fields: &mut Fields<'s, 'a>, _line: u32) {
        fields.only(HEADER);
        if let Some(name) = fields.text("name") {
            self.builder.lexicon.name = name.value;
        }
        self.builder.lexicon.version = fields.text_or_empty("version");
        self.builder.lexicon.licence = fields.text_or_empty("licence");
        self.builder.lexicon.validated = fields.text_or_empty("validated");
        self.builder.lexicon.source = fields.text_or_empty("source");
        self.builder.lexicon.kind = fields.choice("kind", KINDS).unwrap_or(Kind::Frames);
        let mode = fields.choice("match", MODES).unwrap_or(MatchMode::Stem);
        self.builder.lexicon.mode = self.builder.options.mode.unwrap_or(mode);
        let overlap = fields.choice("overlap", OVERLAPS).unwrap_or(Overlap::Frame);
        self.builder.lexicon.overlap = self.builder.options.overlap.unwrap_or(overlap);
        if let Some(code) = fields.text("language") {
            let language = Language::parse(&code.value);
            if language.is_none() && !matches!(code.value.as_str(), "und" | "any" | "") {
                let place = Place::at(self.source.file, code.line, code.column);
                let found = format!("language = \"{}\"", code.value);
                let problem = Problem::error("language-unknown", place, found);
                fields.problems.push(problem.expected("a code such as en, ru, it, or `any`"));
            }
            self.builder.lexicon.language = self.builder.options.language.or(language);
        }
    }

    fn frame(&mut self, fields: &mut Fields<'s, 'a>, line: u32) {
        fields.only(FRAME);
        let Some(name) = self.name(fields, "name", line) else { return };
        let (number, made) = self.builder.frame(&name.value, line);
        if !made {
            let first = self.builder.lexicon.frames[number].line;
            let place = Place::at(self.source.file, name.line, name.column);
            let found = format!("frame `{}` is given twice, first in line {first}", name.value);
            let hint = "put its terms under the first, or give it another name";
            self.builder.tell(Problem::error("frame-duplicate", place, found).hint(hint));
        }
        let label = fields.text("label").map(|at| at.value).filter(|label| !label.is_empty());
        let function = fields.choice("function", FUNCTIONS);
        let (definition, notes) = (fields.text_or_empty("definition"), fields.text_or_empty("notes"));
        let colour = fields.text_or_empty("colour");
        let plain = |texts: Vec<Located<String>>| texts.into_iter().map(|at| at.value).collect();
        let (include, exclude) = (plain(fields.texts("include")), plain(fields.texts("exclude")));
        let examples = plain(fields.texts("examples"));
        let sentences = |texts: Vec<Located<String>>| texts.into_iter().map(|at| (at.value, at.line)).collect();
        let (hits, misses) = (sentences(fields.texts("hits")), sentences(fields.texts("misses")));
        if fields.flag("may_be_empty") {
            self.builder.may_be_empty.push(number);
        }
        let frame = &mut self.builder.lexicon.frames[number];
        if let Some(label) = label {
            frame.label = label;
        }
        (frame.function, frame.definition, frame.notes, frame.colour) = (function, definition, notes, colour);
        (frame.hits, frame.misses) = (hits, misses);
        (frame.include, frame.exclude, frame.examples) = (include, exclude, examples);
        self.terms(fields, "terms", number, false);
        self.terms(fields, "except", number, true);
    }

    /// A name that must be there and must be a path.
    fn name(&mut self, fields: &mut Fields<'s, 'a>, key: &str, line: u32) -> Option<Located<String>> {
        if fields.get(key).is_none() {
            let place = Place::at(self.source.file, line, 1);
            let found = format!("{} without `{key}`", fields.what);
            fields.problems.push(Problem::error("name-missing", place, found).hint(format!("add `{key} = \"…\"`")));
        }
        let name = fields.text(key)?;
        if let Some(problem) = self.builder.bad_name(&name.value, name.line, name.column) {
            let found =
                if problem.kind == "name-bad" { format!("{key} = \"{}\"", name.value) } else { problem.found.clone() };
            fields.problems.push(Problem { found, ..problem });
            return None;
        }
        Some(name)
    }

    fn terms(&mut self, fields: &mut Fields<'s, 'a>, key: &'static str, frame: usize, except: bool) {
        for value in fields.list(key).unwrap_or_default() {
            let at = self.source.at(value.span().start, ());
            match value.get_ref() {
                DeValue::String(text) => {
                    let term = Term { except, ..Term::new(text.to_string(), at.line, at.column) };
                    self.builder.native(frame, term);
                }
                DeValue::Table(table) => {
                    let term = self.with(table, "a term", |reader, fields| reader.term(fields, at.line, at.column));
                    if let Some(term) = term {
                        self.builder.native(frame, Term { except, ..term });
                    }
                }
                _ => fields.wrong(value, key, "a text, or a table such as { term = \"junta\", note = \"…\" }"),
            }
        }
    }

    fn term(&mut self, fields: &mut Fields<'s, 'a>, line: u32, column: u32) -> Option<Term> {
        fields.only(TERM);
        let weight = self.thousandths(fields, "weight");
        let sd = self.thousandths(fields, "sd");
        let precision = fields.text("precision").and_then(|at| precision(fields, self.source.file, &at));
        let class = self.class(fields, line);
        let mut term = Term {
            weight,
            class,
            sd,
            precision,
            mode: fields.choice("match", MODES),
            unmatchable: fields.flag("unmatchable"),
            note: fields.text_or_empty("note"),
            source: fields.text_or_empty("source"),
            added: fields.text_or_empty("added"),
            ..Term::new("", line, column)
        };
        match fields.text("term") {
            Some(text) => (term.text, term.line, term.column) = (text.value, text.line, text.column),
            None => {
                if fields.get("term").is_none() {
                    let place = Place::at(self.source.file, line, column);
                    let problem = Problem::error("term-missing", place, "a term table without `term`");
                    fields.problems.push(problem.hint("{ term = \"junta\", note = \"…\" }"));
                }
                return None;
            }
        }
        Some(term)
    }

    /// The class of an entry; words that evaluate nothing have none.
    fn class(&self, fields: &mut Fields<'s, 'a>, line: u32) -> Class {
        let Some(class) = fields.choice("class", CLASSES) else { return Class::default() };
        if self.builder.lexicon.kind != Kind::Sentiment {
            let place = Place::at(self.source.file, line, 1);
            let problem = Problem::error("class-kind", place, "an entry with a `class`");
            let problem = problem.expected("a lexicon with `kind = \"sentiment\"`");
            fields.problems.push(problem.hint("delete it, or write the kind into [lexicon]"));
        }
        class
    }

    fn thousandths(&mut self, fields: &mut Fields<'s, 'a>, key: &str) -> Option<i32> {
        let digits = fields.number(key)?;
        match weight::read(&digits.value) {
            Some(number) if !number.rounded => Some(number.value),
            _ => {
                let place = Place::at(self.source.file, digits.line, digits.column);
                let problem = Problem::error("weight-bad", place, format!("{key} = {}", digits.value));
                fields.problems.push(problem.expected("a number of at most three decimals, such as -1.5"));
                None
            }
        }
    }

    fn target(&mut self, fields: &mut Fields<'s, 'a>, line: u32) {
        fields.only(TARGET);
        let Some(name) = self.name(fields, "name", line) else { return };
        let mode = fields.choice("match", MODES).unwrap_or(self.builder.lexicon.mode);
        let texts = fields.texts("terms");
        if texts.is_empty() {
            self.nothing(fields, "terms", line);
        }
        let patterns = self.patterns(texts, mode);
        let exceptions = self.patterns(fields.texts("except"), mode);
        self.builder.lexicon.targets.push(Target { name: name.value, patterns, exceptions, line });
    }

    fn labels(&mut self, fields: &mut Fields<'s, 'a>, line: u32) {
        fields.only(LABELS);
        let Some(referent) = self.name(fields, "referent", line) else { return };
        let mode = fields.choice("match", MODES).unwrap_or(self.builder.lexicon.mode);
        let mut choices = Vec::new();
        match fields.get("choices").map(|value| (value, value.get_ref())) {
            Some((_, DeValue::Table(table))) => {
                let mut keys: Vec<_> =
                    table.iter().map(|(key, _)| (key.span().start, key.get_ref().to_string())).collect();
                keys.sort();
                for (_, key) in keys {
                    let texts = self.with(table, "choices", |_, fields| fields.texts(&key));
                    choices.push((key, self.patterns(texts, mode)));
                }
            }
            Some((value, _)) => fields.wrong(value, "choices", "a table: { protesters = [\"protesters\"], … }"),
            None => {}
        }
        if choices.is_empty() {
            self.nothing(fields, "choices", line);
        }
        let exceptions = self.patterns(fields.texts("except"), mode);
        self.builder.lexicon.labels.push(LabelSet { referent: referent.value, choices, exceptions, line });
    }

    fn nothing(&self, fields: &mut Fields<'s, 'a>, key: &str, line: u32) {
        let place = Place::at(self.source.file, line, 1);
        let problem = Problem::error("list-empty", place, format!("{} without {key}", fields.what));
        fields.problems.push(problem.hint(format!("add `{key}`, or delete it")));
    }

    fn patterns(&mut self, texts: Vec<Located<String>>, mode: MatchMode) -> Vec<(String, Pattern)> {
        let mut found = Vec::new();
        for text in texts {
            match pattern::parse(&text.value, mode, self.builder.folding()) {
                Ok(pattern) => found.push((text.value, pattern)),
                Err(fault) => {
                    let place = Place::at(self.source.file, text.line, text.column);
                    self.builder.tell(Problem::error(fault.kind, place, fault.found).hint(fault.hint));
                }
            }
        }
        found
    }
}

/// Names joined by slashes.
pub(super) fn is_path(name: &str) -> bool {
    name.split('/').all(|part| !part.is_empty() && part.trim() == part)
}

/// `k/n`: right, checked.
fn precision(fields: &mut Fields<'_, '_>, file: &str, at: &Located<String>) -> Option<(u32, u32)> {
    let found = read_precision(&at.value);
    if found.is_none() {
        let place = Place::at(file, at.line, at.column);
        let problem = Problem::error("precision-bad", place, format!("precision = \"{}\"", at.value));
        fields.problems.push(problem.expected("right/checked, such as \"18/20\""));
    }
    found
}

/// `18/20`.
pub(super) fn read_precision(text: &str) -> Option<(u32, u32)> {
    let (right, checked) = text.split_once('/')?;
    let (right, checked) = (right.trim().parse().ok()?, checked.trim().parse().ok()?);
    (right <= checked && checked > 0).then_some((right, checked))
}
