//! Lexicons against a corpus: what never occurs, what catches too much, what is missing, and what to type.
//!
//! In: lexicon files, and a study that says which articles. Out: a [`Lint`], as text or as JSON.
//! Invariant: the hits are those of a run; what needs a decision is a warning, and makes the exit code 1.
//! It deliberately changes no file: an edit is proposed, a person makes it.

use super::Finding;
use super::lexicon::{problems, stem_as_looked_up};
use super::names::closed;
use super::pairs::{self, Pairs};
use super::subjects::hits;
use super::usage::{CorpusUsage, Usage, Used};
use crate::error::{Problem, Result, Severity};
use crate::lexicon::{self, Kind, Lexicon, lint};
use crate::study::Study;
use crate::text::{Language, several};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

/// What is told of targets and labels: that a name stands inside a longer one is no news.
const OF_NAMES: [&str; 3] = ["dead", "greedy", "collision"];

/// Fewer hits inside a name say nothing.
const LEAST_IN_NAME: u64 = 5;

/// What the lint of one lexicon found.
pub struct Linted {
    /// Path as typed.
    pub file: String,
    /// Entries that could have hits.
    pub entries: usize,
    /// Those that have.
    pub with_hits: usize,
    /// Hits of each target and label.
    pub subjects: Vec<(String, u64)>,
    /// What is wrong with the lexicon in itself.
    pub problems: Vec<Problem>,
    /// What the corpus shows.
    pub findings: Vec<lint::Finding>,
}

/// What the lint of lexicons found in a corpus.
pub struct Lint {
    /// Articles, without second copies.
    pub articles: u64,
    /// Words that could have been hits.
    pub words: u64,
    /// By lexicon, in the order of the files.
    pub lexicons: Vec<Linted>,
}

/// Looks at lexicons with the articles of a study. Of the study its corpus, and all that decides what is counted, is used.
pub fn lint_lexicons(files: &[String], study: &Study, reading: &lexicon::Options, stop: &AtomicBool) -> Result<Lint> {
    let corpus = CorpusUsage::of(files, study, reading, stop)?;
    let main = corpus.types.iter().max_by_key(|(_, types)| types.values().sum::<u64>());
    let main = main.map_or(Language::UNKNOWN, |(&language, _)| language);
    let view = |used| View::new(used, &corpus, main);
    let views: Vec<Vec<View<'_>>> = corpus.lexicons.iter().map(|parts| parts.iter().map(view).collect()).collect();
    let missing: BTreeSet<String> = views.iter().flatten().flat_map(View::missing).collect();
    let pairs = pairs::near(&missing.into_iter().collect::<Vec<_>>(), study, stop)?;
    let join = |parts: &Vec<View<'_>>| {
        let (own, names) = parts.split_first()?;
        let mut linted = own.lint(&pairs);
        for view in names {
            linted.subjects.extend(hits(view.lexicon, view.usage));
            let findings = view.lint(&pairs).findings.into_iter();
            linted.findings.extend(findings.filter(|finding| OF_NAMES.contains(&finding.kind)));
        }
        linted.findings.sort();
        Some(linted)
    };
    Ok(Lint { articles: corpus.articles, words: corpus.words, lexicons: views.iter().filter_map(join).collect() })
}

/// A lexicon and what the corpus says to it.
struct View<'a> {
    lexicon: &'a Lexicon,
    usage: &'a [Usage],
    /// Words of the articles that the lexicon is looked up in, by alphabet.
    words: Vec<(String, u64)>,
    /// By whose stemmer.
    language: Language,
}

impl<'a> View<'a> {
    fn new(used: &'a Used, corpus: &CorpusUsage, main: Language) -> View<'a> {
        let Used { lexicon, usage } = used;
        let covers = |of: Language| lexicon.language.is_none_or(|own| own == of || of == Language::UNKNOWN);
        let mut words: BTreeMap<&str, u64> = BTreeMap::new();
        for (_, types) in corpus.types.iter().filter(|(of, _)| covers(**of)) {
            let mut sorted: Vec<(&String, &u64)> = types.iter().collect();
            sorted.sort_unstable();
            sorted.into_iter().for_each(|(word, n)| *words.entry(word.as_str()).or_default() += n);
        }
        let words = words.into_iter().map(|(word, n)| (word.to_string(), n)).collect();
        View { lexicon, usage, words, language: lexicon.language.unwrap_or(main) }
    }

    fn is_dead(&self, entry: usize) -> bool {
        let written = &self.lexicon.entries[entry];
        self.usage[entry].hits == 0 && !written.except && !written.unmatchable && self.lexicon.kind != Kind::Furniture
    }

    /// Words of entries without a hit that do not occur either.
    fn missing(&self) -> Vec<String> {
        let entries = (0..self.lexicon.entries.len()).filter(|&entry| self.is_dead(entry));
        let words = entries.flat_map(|entry| self.lexicon.entries[entry].pattern.words());
        let plain = words.map(|word| {
            let text = word.text.to_lowercase();
            text[..text.find(['*', '?']).unwrap_or(text.len())].to_string()
        });
        let occurs = |word: &String| self.words.binary_search_by(|(other, _)| other.cmp(word)).is_ok();
        plain.filter(|word| !occurs(word)).collect()
    }

    fn lint(&self, pairs: &Pairs) -> Linted {
        let counted = |entry: &usize| {
            let entry = &self.lexicon.entries[*entry];
            !entry.except && !entry.unmatchable
        };
        let entries: Vec<usize> = (0..self.lexicon.entries.len()).filter(counted).collect();
        let with_hits = entries.iter().filter(|&&entry| self.usage[entry].hits > 0).count();
        let stem = |word: &str| stem_as_looked_up(word, self.language);
        let hits: Vec<u64> = self.usage.iter().map(|usage| usage.hits).collect();
        let inside = self.usage.iter().enumerate().flat_map(|(entry, usage)| {
            let often = closed(&usage.names).into_iter().filter(|&(_, n)| n >= LEAST_IN_NAME);
            often.map(move |(name, n)| (entry, name, n))
        });
        let inside: Vec<(usize, String, u64)> = inside.collect();
        let forms: Vec<BTreeMap<String, u64>> = self.usage.iter().map(|usage| usage.forms.clone()).collect();
        let pairs: Vec<((String, String), u64)> = pairs.iter().map(|(pair, &n)| (pair.clone(), n)).collect();
        let corpus = lint::Corpus {
            words: &self.words,
            pairs: &pairs,
            hits: &hits,
            forms: &forms,
            inside: &inside,
            stem: &stem,
        };
        // whole lines, not words, are what furniture is made of
        let findings = match self.lexicon.kind {
            Kind::Furniture => Vec::new(),
            _ => lint::lint(self.lexicon, &corpus, &lint::Options::default()),
        };
        Linted {
            file: self.lexicon.file.clone(),
            entries: entries.len(),
            with_hits,
            subjects: Vec::new(),
            problems: problems(self.lexicon),
            findings,
        }
    }
}

impl Lint {
    /// True where something needs a decision.
    pub fn needs_decision(&self) -> bool {
        self.lexicons.iter().any(|linted| {
            linted.findings.iter().any(|finding| finding.severity > Severity::Note)
                || linted.problems.iter().any(|problem| problem.severity > Severity::Note)
        })
    }

    /// The text or the JSON, and whether something needs a decision.
    pub fn finding(&self, json: bool) -> Finding {
        Finding { text: if json { self.json() } else { self.text() }, needs_decision: self.needs_decision() }
    }

    /// For people: every warning, and notes in brief.
    pub fn text(&self) -> String {
        let mut text = format!("{}, {}\n", several(self.articles, "article"), several(self.words, "word"));
        for linted in &self.lexicons {
            linted.write(&mut text);
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// For machines: everything.
    pub fn json(&self) -> String {
        let lexicons: Vec<serde_json::Value> = self.lexicons.iter().map(Linted::json).collect();
        let all = serde_json::json!({
            "articles": self.articles,
            "words": self.words,
            "needs_decision": self.needs_decision(),
            "lexicons": lexicons,
        });
        format!("{all:#}")
    }
}

impl Linted {
    fn write(&self, text: &mut String) {
        /// Notes of one kind that are shown.
        const SHOWN: usize = 10;
        let decisions = self.findings.iter().filter(|finding| finding.severity > Severity::Note).count()
            + self.problems.iter().filter(|problem| problem.severity > Severity::Note).count();
        let _ = writeln!(
            text,
            "\n{}: {} of {} with hits; {decisions} to decide on",
            self.file,
            self.with_hits,
            several(self.entries, "entry")
        );
        if !self.subjects.is_empty() {
            let subjects: Vec<String> = self.subjects.iter().map(|(name, n)| format!("{name} {n}")).collect();
            let _ = writeln!(text, "hits: {}", subjects.join(", "));
        }
        for problem in &self.problems {
            let _ = writeln!(text, "{problem}");
        }
        let is_quiet = |finding: &&lint::Finding| finding.kind == "dead" && finding.severity == Severity::Note;
        let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in self.findings.iter().filter(|finding| !is_quiet(finding)) {
            let n = shown.entry(finding.kind).or_default();
            let is_note = finding.severity == Severity::Note;
            *n += usize::from(is_note);
            if !is_note || *n <= SHOWN {
                let _ = writeln!(text, "{finding}");
            }
        }
        for (kind, n) in shown.into_iter().filter(|&(_, n)| n > SHOWN) {
            let _ = writeln!(text, "… and {} of kind {kind}: JSON has all", several(n - SHOWN, "more note"));
        }
        let quiet: Vec<&str> = self.findings.iter().filter(is_quiet).map(|finding| finding.entry.as_str()).collect();
        if !quiet.is_empty() {
            let _ = writeln!(
                text,
                "note: {} without hits, nor do similar words have any: {}",
                several(quiet.len(), "entry"),
                brief(&quiet)
            );
        }
    }

    fn json(&self) -> serde_json::Value {
        let findings = self.findings.iter().map(|finding| {
            let forms: Vec<serde_json::Value> =
                finding.forms.iter().map(|(form, n)| serde_json::json!({"form": form, "n": n})).collect();
            serde_json::json!({
                "kind": finding.kind,
                "severity": finding.severity.to_string(),
                "line": finding.place.line,
                "column": finding.place.column,
                "frame": finding.frame,
                "entry": finding.entry,
                "found": finding.found,
                "forms": forms,
                "edit": finding.edit,
            })
        });
        let problems = self.problems.iter().map(|problem| {
            serde_json::json!({
                "kind": problem.kind,
                "severity": problem.severity.to_string(),
                "line": problem.place.line,
                "column": problem.place.column,
                "found": problem.found,
                "expected": problem.expected,
                "hint": problem.hint,
            })
        });
        serde_json::json!({
            "file": self.file,
            "entries": self.entries,
            "with_hits": self.with_hits,
            "subjects": self.subjects.iter().map(|(name, n)| serde_json::json!({"name": name, "n": n})).collect::<Vec<_>>(),
            "problems": problems.collect::<Vec<_>>(),
            "findings": findings.collect::<Vec<_>>(),
        })
    }
}

/// A list of which the first forty are shown.
fn brief(list: &[&str]) -> String {
    const SHOWN: usize = 10;
    let mut text = list[..list.len().min(SHOWN)].join(", ");
    if list.len() > SHOWN {
        let _ = write!(text, " … and {} more", list.len() - SHOWN);
    }
    text
}
