//! The words and frames whose collocates are looked for, as a study or a command names them.
//!
//! In: `#frame`, `@target`, or a pattern in the language of entries. Out: [`Nodes`], with lexicons to look up.
//! Invariant: what a node finds is what an entry with its text would find; every name that means nothing is a problem.
//! It deliberately reads no file.

use crate::error::{Error, Place, Problem, Result, Severity, did_you_mean};
use crate::lexicon::{self, Format, Lexicon, MatchMode, Options};
use crate::lookup::{FrameId, Hit, Plan};
use crate::text::Language;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A frame of the run's lexicons.
    Frame(FrameId),
    /// Words: a frame of [`Nodes::lexicons`].
    Words,
}

/// Every node of a run.
#[derive(Clone, Debug, Default)]
pub struct Nodes {
    /// As they were named.
    pub names: Vec<String>,
    /// What each is.
    pub nodes: Vec<Node>,
    /// Lexicons with the words of the nodes that are no frames; each frame is called by the number of its node.
    pub lexicons: Vec<Lexicon>,
    /// Node of each frame of a plan of `lexicons`.
    of_frame: Vec<u32>,
}

impl Nodes {
    /// Finds out what each name means; `place` is where they were written.
    pub fn of(names: &[String], plan: &Plan<'_>, place: &str) -> Result<Nodes> {
        let mut found = Nodes { names: names.to_vec(), ..Nodes::default() };
        let mut problems = Vec::new();
        for (number, name) in names.iter().enumerate() {
            match found.node(number, name, plan, place) {
                Ok(node) => found.nodes.push(node),
                Err(Error::Refused(refused)) => problems.extend(refused),
                Err(other) => return Err(other),
            }
        }
        if problems.is_empty() { Ok(found) } else { Err(Error::Refused(problems)) }
    }

    /// What is doubtful in the patterns, as it is told of the entries of a lexicon; `place` is where they were written.
    pub fn remarks(&self, place: &str) -> Vec<Problem> {
        let told = self.lexicons.iter().flat_map(|lexicon| &lexicon.problems);
        let told = told.filter(|problem| problem.severity > Severity::Note);
        told.map(|problem| Problem { place: Place::file(place), ..problem.clone() }).collect()
    }

    fn node(&mut self, number: usize, name: &str, plan: &Plan<'_>, place: &str) -> Result<Node> {
        if let Some(frame) = name.strip_prefix('#') {
            let at = plan.frames().iter().position(|other| other == frame);
            return at.map(|at| Node::Frame(FrameId::new(at))).ok_or_else(|| {
                unknown(place, "frame-unknown", "frame", '#', frame, plan.frames().iter().map(String::as_str))
            });
        }
        let mut lexicons = Vec::new();
        match name.strip_prefix('@') {
            Some(target) => {
                for lexicon in plan.lexicons() {
                    for listed in lexicon.targets.iter().filter(|listed| listed.name == target) {
                        let terms: Vec<&str> = listed.patterns.iter().map(|(text, _)| text.as_str()).collect();
                        lexicons.push(words(number, &terms, lexicon.mode, lexicon.language, place)?);
                    }
                }
                if lexicons.is_empty() {
                    let names = plan.lexicons().iter().flat_map(|lexicon| &lexicon.targets);
                    let names = names.map(|target| target.name.as_str());
                    return Err(unknown(place, "target-unknown", "target", '@', target, names));
                }
            }
            None => lexicons.push(words(number, &[name], MatchMode::Stem, None, place)?),
        }
        self.of_frame.push(number as u32);
        self.lexicons.extend(lexicons);
        Ok(Node::Words)
    }

    /// Counted hits of every node, with its number: `frames` are the counted hits of the run's frames, `words` what a plan of
    /// [`Nodes::lexicons`] found.
    pub(super) fn hits(&self, frames: &[&Hit], words: &[Hit]) -> Vec<(u32, Hit)> {
        let mut hits = Vec::new();
        for (number, node) in self.nodes.iter().enumerate() {
            if let Node::Frame(id) = node {
                let of_node = frames.iter().filter(|hit| hit.frame == *id);
                hits.extend(of_node.map(|hit| (number as u32, **hit)));
            }
        }
        let words = words.iter().filter(|hit| hit.uncounted.is_none());
        hits.extend(words.map(|hit| (self.of_frame[hit.frame.index()], *hit)));
        hits
    }
}

fn unknown<'n>(
    place: &str,
    kind: &'static str,
    what: &str,
    mark: char,
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Error {
    let mut list: Vec<String> = Vec::new();
    for name in names.clone().map(|names| format!("`{mark}{names}`")) {
        // a target may stand in lexicons of several languages
        if !list.contains(&name) {
            list.push(name);
        }
    }
    let expected = if list.is_empty() { format!("a lexicon with a {what}") } else { list.join(", ") };
    let problem = Problem::error(kind, Place::file(place), format!("no {what} `{name}`")).expected(expected);
    let meant = did_you_mean(name, names).map(|meant| format!("did you mean `{mark}{meant}`? "));
    let tag = if mark == '#' { "hashtag" } else { "handle" };
    problem.hint(format!("{}the {tag} in texts is written `={mark}{name}`", meant.unwrap_or_default())).into()
}

/// What is said of a lexicon, and not of a term.
const OF_A_LEXICON: [&str; 2] = ["lexicon-empty", "frame-empty"];

/// A lexicon of one frame with these terms, read as any lexicon is.
fn words(number: usize, terms: &[&str], mode: MatchMode, language: Option<Language>, place: &str) -> Result<Lexicon> {
    let mode = match mode {
        MatchMode::Stem => "stem",
        MatchMode::Exact => "exact",
        MatchMode::Case => "case",
    };
    let terms: Vec<String> = terms.iter().map(|term| quoted(term)).collect();
    let terms = terms.join(", ");
    let text =
        format!("[lexicon]\nname = \"nodes\"\nmatch = \"{mode}\"\n[[frame]]\nname = \"{number}\"\nterms = [{terms}]\n");
    let options = Options { format: Some(Format::Toml), language, ..Options::default() };
    lexicon::parse_with(place, text.as_bytes(), &options).map_err(|error| match error {
        Error::Refused(problems) => {
            let at = |problem: Problem| Problem { place: Place::file(place), ..problem };
            // that nothing is left of the lexicon is ours alone
            let (of_lexicon, of_terms): (Vec<Problem>, Vec<Problem>) =
                problems.into_iter().map(at).partition(|problem| OF_A_LEXICON.contains(&problem.kind));
            Error::Refused(if of_terms.is_empty() { of_lexicon } else { of_terms })
        }
        Error::Interrupted => Error::Interrupted,
    })
}

/// As a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
