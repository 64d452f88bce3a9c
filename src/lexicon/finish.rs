//! The last look at a lexicon before it is handed over.
//!
//! In: a builder that has seen the whole file. Out: the lexicon, or every problem, sorted by line.
//! Invariant: a lexicon that is handed over has an entry, a target or a label, and every `#frame` in it exists.
//! It deliberately does not look at patterns: `check` does.

use super::build::{Builder, MOST_ERRORS};
use super::model::{Kind, Lexicon, Pattern};
use super::sniff::Format;
use super::{circles, notes, polarity};
use crate::error::{Error, Place, Problem, Result, Severity, did_you_mean};
use hashbrown::HashSet;

/// Conditions that ask for frames with conditions that ask for frames …: so often at most.
const DEEPEST: u32 = 64;

impl Builder {
    /// The lexicon, or every problem.
    pub(super) fn finish(mut self) -> Result<Lexicon> {
        self.check_tags();
        self.check_capitals();
        self.check_frames();
        self.check_operands();
        self.check_circles();
        self.check_weights();
        let file = self.lexicon.file.clone();
        for (kind, remark) in std::mem::take(&mut self.remarks) {
            let found = notes::sentence(kind, remark.count, &remark.example);
            let make = if remark.severity == Severity::Note { Problem::note } else { Problem::warning };
            self.problems.push(make(kind, remark.place, found));
        }
        if self.untold > 0 {
            let found = format!("… and {} more errors", self.untold);
            self.problems.push(Problem::error("more-errors", Place::file(file), found));
        }
        self.problems.sort_by(|a, b| a.place.line.cmp(&b.place.line).then(a.place.column.cmp(&b.place.column)));
        self.problems.dedup();
        if self.problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(Error::Refused(self.problems));
        }
        self.lexicon.report.rows.sort_by_key(|row| row.line);
        self.lexicon.report.entries = self.lexicon.entries.len();
        self.lexicon.report.frames = self.lexicon.frames.len();
        self.lexicon.problems = self.problems;
        polarity::tell_signs(&mut self.lexicon);
        Ok(self.lexicon)
    }

    fn check_tags(&mut self) {
        let Some((line, column, first)) = self.tags.found().cloned() else { return };
        let found = format!("tags behind its words, first `{first}`");
        let problem = Problem::error("list-tags", self.place(line, column), found).expected("words and phrases");
        self.tell(problem.hint("take the tags away: entries match words, whatever part of speech they are"));
    }

    fn check_capitals(&mut self) {
        let mut seen: HashSet<String> = HashSet::new();
        let twice: Vec<(u32, String)> = self
            .lexicon
            .frames
            .iter()
            .filter(|frame| !seen.insert(frame.name.to_lowercase()))
            .map(|frame| (frame.line, frame.name.clone()))
            .collect();
        for (line, name) in twice {
            let place = self.place(line, 1);
            self.remark("frame-capitals", Severity::Warning, place, &name);
        }
    }

    fn check_frames(&mut self) {
        if self.lexicon.entries.is_empty() && self.lexicon.targets.is_empty() && self.lexicon.labels.is_empty() {
            let problem = Problem::error("lexicon-empty", Place::file(self.lexicon.file.clone()), "no term");
            self.tell(problem.hint("a frame is `[[frame]]`, then `name = \"…\"` and `terms = [\"…\"]`"));
        }
        if self.lexicon.format != Format::Toml {
            return;
        }
        let mut filled = vec![false; self.lexicon.frames.len()];
        for entry in self.lexicon.entries.iter().filter(|entry| !entry.except) {
            filled[entry.frame] = true;
        }
        for &frame in &self.may_be_empty {
            filled[frame] = true;
        }
        let parents = self.parents();
        for (i, filled) in filled.into_iter().enumerate() {
            let frame = &self.lexicon.frames[i];
            if filled || parents.contains(&frame.name) {
                continue;
            }
            let place = self.place(frame.line, 1);
            let problem = Problem::error("frame-empty", place, format!("frame `{}` has no term", frame.name));
            self.tell(problem.hint("add `terms = [\"…\"]`, or delete the frame"));
        }
    }

    fn check_operands(&mut self) {
        let mut missing = Vec::new();
        let parents = self.parents();
        let entries = self.lexicon.entries.iter().map(|entry| (&entry.pattern, entry.line, entry.column));
        let targets = self.lexicon.targets.iter().flat_map(|of| {
            let names = of.patterns.iter().chain(&of.exceptions);
            names.map(|(_, name)| (name, of.line, 1))
        });
        let labels = self.lexicon.labels.iter().flat_map(|set| {
            let names = set.choices.iter().flat_map(|(_, names)| names).chain(&set.exceptions);
            names.map(|(_, name)| (name, set.line, 1))
        });
        for (pattern, line, column) in entries.chain(targets).chain(labels) {
            if let Pattern::Near { left, right, .. } = pattern {
                let names = circles::names(left).into_iter().chain(circles::names(right));
                for name in names.filter(|&name| !self.names.contains_key(name) && !parents.contains(name)) {
                    missing.push((name.to_string(), line, column));
                }
            }
        }
        for (name, line, column) in missing {
            if self.problems.len() >= MOST_ERRORS {
                self.untold += 1;
                continue;
            }
            let names = self.lexicon.frames.iter().map(|frame| frame.name.as_str());
            let hint = did_you_mean(&name, names).map_or(String::new(), |near| format!("did you mean `#{near}`?"));
            let problem = Problem::error("frame-unknown", self.place(line, column), format!("no frame `{name}`"));
            self.tell(problem.hint(hint));
        }
    }

    /// A condition that leads back to its own frame: dictionaries of others have them, and a frame may be meant by one of its own entries.
    fn check_circles(&mut self) {
        let (circles, too_deep) = circles::of(&self.lexicon.frames, &self.lexicon.entries, DEEPEST);
        let too_deep = too_deep.map(|entry| (self.place(entry.line, entry.column), entry.text.clone()));
        for circle in circles {
            let place = self.place(circle.entry.line, circle.entry.column);
            let names: Vec<String> =
                circle.frames.iter().map(|&frame| format!("`#{}`", self.lexicon.frames[frame].name)).collect();
            let found = match &names[..] {
                [name] => format!("the condition of `{}` leads back to its own frame {name}", circle.entry.text),
                _ => format!("conditions lead in a circle: {}, as that of `{}`", names.join(", "), circle.entry.text),
            };
            let problem = Problem::warning("frame-circle", place, found);
            let hint = "where a condition asks for such a frame, only its entries without a condition are looked for";
            self.problems.push(problem.hint(hint));
            circle.frames.iter().for_each(|&frame| self.lexicon.frames[frame].is_circular = true);
        }
        if let Some((place, text)) = too_deep {
            let found = format!(
                "the condition of `{text}` asks for a frame whose conditions ask for frames, {DEEPEST} times over"
            );
            self.tell(Problem::error("frame-chain", place, found).hint("name the words instead of the frame"));
        }
    }

    /// A hit of a frame counts as one, whatever its weight.
    fn check_weights(&mut self) {
        const ONE: i32 = 1000;
        if self.lexicon.kind != Kind::Frames || polarity::is_of_sentiment(&self.lexicon).is_some() {
            return;
        }
        let weighed: Vec<(u32, u32)> =
            self.lexicon.entries.iter().filter(|e| e.weight != ONE && !e.except).map(|e| (e.line, e.column)).collect();
        if let Some(&(line, column)) = weighed.first() {
            let found = match weighed.len() {
                1 => "1 entry of a frame has a weight, and its hits count as one each".to_string(),
                n => format!("{n} entries of frames have weights, and their hits count as one each"),
            };
            let problem = Problem::warning("frame-weights", self.place(line, column), found);
            self.problems
                .push(problem.hint("`kind = \"sentiment\"` under `[lexicon]` sums weights; frames are counted"));
        }
    }

    /// Names of all frames that hold frames, spelled out or not.
    fn parents(&self) -> HashSet<String> {
        let above = |name: &str| name.match_indices('/').map(|(at, _)| name[..at].to_string()).collect::<Vec<_>>();
        self.lexicon.frames.iter().flat_map(|frame| above(&frame.name)).collect()
    }
}
