//! The frames and entries of all lexicons of a run, numbered.
//!
//! In: lexicons. Out: one list of frames (lexicons that name the same frame share it) and a rank of entries.
//! Invariant: ranks and frame order do not depend on the order of entries in a file.

use super::ids::{EntryId, FrameId};
use crate::lexicon::{Kind, Lexicon, MatchMode, Pattern, Word};
use std::collections::BTreeMap;

/// Lexicons of one kind, ready to be looked up.
pub struct Plan<'a> {
    lexicons: &'a [Lexicon],
    names: Vec<String>,
    labels: Vec<String>,
    frame_of: Vec<Vec<FrameId>>,
    ranks: Vec<Vec<u32>>,
    children: Vec<Vec<FrameId>>,
}

impl<'a> Plan<'a> {
    /// Numbers frames in the order in which the lexicons first name them.
    pub fn new(lexicons: &'a [Lexicon]) -> Plan<'a> {
        let mut plan = Plan {
            lexicons,
            names: Vec::new(),
            labels: Vec::new(),
            frame_of: Vec::new(),
            ranks: Vec::new(),
            children: Vec::new(),
        };
        for lexicon in lexicons {
            let ids = lexicon.frames.iter().map(|frame| {
                plan_outer(&mut plan.names, &mut plan.labels, &frame.name);
                number(&mut plan.names, &mut plan.labels, &frame.name, &frame.label)
            });
            plan.frame_of.push(ids.collect());
        }
        tell_apart(&plan.names, &mut plan.labels);
        plan.children = plan
            .names
            .iter()
            .map(|outer| {
                let inside = |name: &str| name.strip_prefix(outer.as_str()).is_some_and(|rest| rest.starts_with('/'));
                (0..plan.names.len()).filter(|&i| inside(&plan.names[i])).map(FrameId::new).collect()
            })
            .collect();
        plan.ranks = rank(lexicons);
        plan
    }

    /// The lexicons.
    pub fn lexicons(&self) -> &'a [Lexicon] {
        self.lexicons
    }

    /// Names of the frames, by number.
    pub fn frames(&self) -> &[String] {
        &self.names
    }

    /// Numbers of the frames.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = FrameId> + use<> {
        (0..self.names.len()).map(FrameId::new)
    }

    /// Labels of the frames for people, by number.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The entry itself.
    pub fn entry(&self, id: EntryId) -> (&'a Lexicon, &'a crate::lexicon::Entry) {
        let lexicon = &self.lexicons[id.lexicon as usize];
        (lexicon, &lexicon.entries[id.entry as usize])
    }

    /// Frames inside a frame, at any depth.
    pub fn inside(&self, frame: FrameId) -> &[FrameId] {
        &self.children[frame.index()]
    }

    /// The frames of a lexicon, in its own order.
    pub fn frames_of(&self, lexicon: usize) -> &[FrameId] {
        &self.frame_of[lexicon]
    }

    /// The frame of an entry.
    pub fn frame_of(&self, id: EntryId) -> FrameId {
        let (_, entry) = self.entry(id);
        self.frame_of[id.lexicon as usize][entry.frame]
    }

    pub(super) fn rank(&self, id: EntryId) -> u32 {
        self.ranks[id.lexicon as usize][id.entry as usize]
    }

    /// True where the plan's lexicons are of this kind.
    pub fn is(&self, kind: Kind) -> bool {
        self.lexicons.iter().all(|lexicon| lexicon.kind == kind)
    }
}

/// Frames that a path implies: `security/terrorism` implies `security`.
fn plan_outer(names: &mut Vec<String>, labels: &mut Vec<String>, name: &str) {
    for (at, _) in name.match_indices('/') {
        let outer = &name[..at];
        number(names, labels, outer, outer.rsplit('/').next().unwrap_or(outer));
    }
}

fn number(names: &mut Vec<String>, labels: &mut Vec<String>, name: &str, label: &str) -> FrameId {
    if let Some(found) = names.iter().position(|other| other == name) {
        return FrameId::new(found);
    }
    names.push(name.to_string());
    labels.push(if label.is_empty() { name.to_string() } else { label.to_string() });
    FrameId::new(names.len() - 1)
}

/// Labels that several frames have become their paths: `CONSERVATIVE` of the economy and of culture are two.
fn tell_apart(names: &[String], labels: &mut [String]) {
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for label in labels.iter() {
        *times.entry(label.clone()).or_default() += 1;
    }
    for (label, name) in labels.iter_mut().zip(names).filter(|(label, _)| times.get(*label) > Some(&1)) {
        *label = name.replace('/', " / ");
    }
}

/// Which of two entries wins the same span: as written before folded, word before stem before wildcard, the longer text, then the
/// alphabet.
fn rank(lexicons: &[Lexicon]) -> Vec<Vec<u32>> {
    let mut order: Vec<_> = lexicons
        .iter()
        .enumerate()
        .flat_map(|(l, lexicon)| lexicon.entries.iter().enumerate().map(move |(e, entry)| (l, e, lexicon, entry)))
        .map(|(l, e, lexicon, entry)| {
            let wildcard = matches!(&entry.pattern, Pattern::Words(words) if words.iter().any(Word::is_wildcard));
            let near = matches!(&entry.pattern, Pattern::Near { .. });
            let mode = match entry.mode {
                MatchMode::Case => 0,
                MatchMode::Exact => 1,
                MatchMode::Stem => 2,
            };
            let specific = (near, wildcard, mode, std::cmp::Reverse(entry.text.chars().count()));
            ((specific, &entry.text, &lexicon.name, entry.weight), l, e)
        })
        .collect();
    order.sort();
    let mut ranks: Vec<Vec<u32>> = lexicons.iter().map(|lexicon| vec![0; lexicon.entries.len()]).collect();
    for (rank, (_, l, e)) in order.into_iter().enumerate() {
        ranks[l][e] = rank as u32;
    }
    ranks
}
