//! Lexicons in the forms of other programs, and in our own.
//!
//! In: a lexicon. Out: a text, and every meaning that the form cannot hold.
//! Invariant: the TOML form loses nothing; an entry that another form cannot hold is left out and named, never bent.
//! It deliberately does not write files.

mod cat;
mod csv;
mod dic;
mod toml;
mod yaml;

pub use self::toml::to_toml;
pub use cat::to_cat;
pub use csv::to_csv;
pub use dic::{to_dic, to_dicx};
pub use yaml::to_yaml;

use super::model::{Class, Entry, Kind, Lexicon, MatchMode, Overlap, Pattern};
use super::pattern;
use std::collections::BTreeMap;

/// A form that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The project's own.
    Toml,
    /// The project's spreadsheet form.
    Csv,
    /// LIWC 2015.
    Dic,
    /// LIWC-22.
    Dicx,
    /// WordStat.
    Cat,
    /// quanteda.
    Yaml,
}

impl Form {
    /// The form that a path's extension names.
    pub fn of_path(path: &str) -> Option<Form> {
        Some(match path.rsplit_once('.')?.1.to_lowercase().as_str() {
            "toml" => Form::Toml,
            "csv" => Form::Csv,
            "dic" => Form::Dic,
            "dicx" => Form::Dicx,
            "cat" => Form::Cat,
            "yml" | "yaml" => Form::Yaml,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Form::Toml => "TOML",
            Form::Csv => "CSV",
            Form::Dic => ".dic",
            Form::Dicx => ".dicx",
            Form::Cat => ".cat",
            Form::Yaml => "YAML",
        }
    }
}

/// Something that a form cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// What is lost: `condition`, `weight`, …
    pub what: &'static str,
    /// The entry or frame.
    pub text: String,
    /// Its line in the file that was read.
    pub line: u32,
    /// True where the whole entry was left out.
    pub left_out: bool,
}

/// A lexicon as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The form.
    pub form: Form,
    /// The file's content.
    pub text: String,
    /// What it does not hold.
    pub losses: Vec<Loss>,
}

impl Written {
    /// `3 conditions cannot be expressed in .dic`, one sentence for each kind of loss.
    pub fn sentences(&self) -> Vec<String> {
        let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for loss in &self.losses {
            let count = kinds.entry(loss.what).or_default();
            count.0 += 1;
            count.1 += usize::from(loss.left_out);
        }
        let sentence = |(what, (n, out)): (&str, (usize, usize))| {
            let plural = if n == 1 { "" } else { "s" };
            let tail = if out > 0 { ": left out" } else { "" };
            format!("{n} {what}{plural} cannot be expressed in {}{tail}", self.form.name())
        };
        kinds.into_iter().map(sentence).collect()
    }

    /// The losses as CSV with a header.
    pub fn losses_csv(&self) -> String {
        let mut out = crate::text::csv::row(["line", "text", "lost", "left_out"]);
        for loss in &self.losses {
            let (line, left_out) = (loss.line.to_string(), loss.left_out.to_string());
            out.push_str(&crate::text::csv::row([line.as_str(), &loss.text, loss.what, &left_out]));
        }
        out
    }
}

/// Writes a lexicon in a form.
pub fn write(lexicon: &Lexicon, form: Form) -> Written {
    match form {
        Form::Toml => Written { form, text: to_toml(lexicon), losses: Vec::new() },
        Form::Csv => to_csv(lexicon),
        Form::Dic => to_dic(lexicon),
        Form::Dicx => to_dicx(lexicon),
        Form::Cat => to_cat(lexicon),
        Form::Yaml => to_yaml(lexicon),
    }
}

/// Collects what is lost.
#[derive(Default)]
struct Losses(Vec<Loss>);

impl Losses {
    fn keep(&mut self, what: &'static str, text: &str, line: u32) {
        self.0.push(Loss { what, text: text.to_string(), line, left_out: false });
    }

    fn drop(&mut self, what: &'static str, entry: &Entry) {
        self.0.push(Loss { what, text: entry.text.clone(), line: entry.line, left_out: true });
    }

    /// What no foreign form holds: the header's rules, targets, labels, tests, frames' descriptions.
    fn header(&mut self, lexicon: &Lexicon) {
        if lexicon.kind != Kind::Frames {
            self.keep("lexicon kind", &lexicon.name, 1);
        }
        if lexicon.overlap != Overlap::Frame {
            self.keep("overlap rule", &lexicon.name, 1);
        }
        if lexicon.language.is_some() {
            self.keep("language", &lexicon.name, 1);
        }
        if [&lexicon.version, &lexicon.licence, &lexicon.source].iter().any(|text| !text.is_empty()) {
            self.keep("version, licence or source", &lexicon.name, 1);
        }
        for frame in &lexicon.frames {
            let last = frame.name.rsplit('/').next().unwrap_or(&frame.name);
            if frame.label != last {
                self.keep("frame label", &frame.name, frame.line);
            }
            if !frame.colour.is_empty() {
                self.keep("frame colour", &frame.name, frame.line);
            }
            let described = !frame.definition.is_empty() || !frame.notes.is_empty() || frame.function.is_some();
            if described {
                self.keep("frame description", &frame.name, frame.line);
            }
            if !frame.include.is_empty() || !frame.exclude.is_empty() || !frame.examples.is_empty() {
                self.keep("coding rule", &frame.name, frame.line);
            }
            for (test, line) in frame.hits.iter().chain(&frame.misses) {
                self.keep("test", test, *line);
            }
        }
        lexicon.targets.iter().for_each(|target| self.keep("target", &target.name, target.line));
        lexicon.labels.iter().for_each(|set| self.keep("label set", &set.referent, set.line));
    }

    /// Its class, which the native form alone has.
    fn class(&mut self, entry: &Entry) {
        if entry.class != Class::default() {
            self.keep("class", &entry.text, entry.line);
        }
    }

    /// The plain text of an entry for a form without conditions and marks, or nothing where it has no such text.
    fn plain(&mut self, entry: &Entry, rules: &Rules) -> Option<String> {
        if entry.except {
            self.drop("exception", entry);
            return None;
        }
        let Pattern::Words(words) = &entry.pattern else {
            self.drop("condition", entry);
            return None;
        };
        let text = pattern::unescape(&entry.text);
        let own_marks = entry.text.split_whitespace().any(|piece| piece.len() > 1 && piece.starts_with('='));
        let text = if own_marks {
            text.split(' ').map(|w| w.strip_prefix('=').unwrap_or(w)).collect::<Vec<_>>().join(" ")
        } else {
            text
        };
        // other programs' entries are read with underscores as spaces, tags and names of accounts aside
        if text.contains('_') && !text.starts_with(['#', '@']) {
            self.drop("underscore", entry);
            return None;
        }
        if !rules.wildcards_fit(entry, &text) {
            self.drop("wildcard", entry);
            return None;
        }
        if words.iter().any(|word| word.mode == MatchMode::Stem) {
            self.keep("stem mode", &entry.text, entry.line);
        } else if words.iter().any(|word| word.mode == MatchMode::Case) {
            self.keep("case mode", &entry.text, entry.line);
        }
        if entry.weight != 1000 && !rules.weights {
            self.keep("weight", &entry.text, entry.line);
        }
        self.class(entry);
        if entry.sd.is_some() {
            self.keep("standard deviation", &entry.text, entry.line);
        }
        if !entry.note.is_empty() || !entry.source.is_empty() || entry.precision.is_some() || !entry.added.is_empty() {
            self.keep("note", &entry.text, entry.line);
        }
        Some(text)
    }
}

/// What a form can say.
struct Rules {
    weights: bool,
    wildcards: Wild,
}

/// Where a form takes `*` for a wildcard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wild {
    /// At the end of a word.
    Trailing,
    /// Anywhere, but no `?`.
    Star,
    /// `*` and `?`.
    Both,
}

impl Rules {
    /// True where the form would read the same wildcards in the plain text as the entry has.
    fn wildcards_fit(&self, entry: &Entry, plain: &str) -> bool {
        let wildcards = match self.wildcards {
            Wild::Trailing => pattern::Wildcards::Trailing,
            Wild::Star => pattern::Wildcards::Star,
            Wild::Both => pattern::Wildcards::Both,
        };
        let marked: String = pattern::escape(plain, wildcards);
        let bare = |text: &str| pattern::shape(text);
        bare(&marked) == bare(&entry.text)
    }
}
