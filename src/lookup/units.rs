//! Frames that are counted together: what of a lexicon can be looked up without the rest.
//!
//! In: a plan. Out: [`Units`]: a top-level frame with the frames inside it; where a lexicon lets a token count once in all of its frames,
//! all of these.
//! Invariant: no hit of a unit depends on an entry of another unit, but for the frames that conditions name (`#frame`), which
//! [`Units::key_text`] tells of.

use super::ids::{EntryId, FrameId, UnitId};
use super::plan::Plan;
use crate::lexicon::{Entry, Lexicon, Operand, Overlap, Pattern};
use std::collections::{BTreeMap, BTreeSet};

/// The units of a plan, in the order of their first frames.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// Name of each: of its top-level frame, or of its lexicons.
    pub names: Vec<String>,
    /// Frames of each, ascending.
    pub frames: Vec<Vec<FrameId>>,
    of_frame: Vec<UnitId>,
    /// Entries of each, ascending.
    entries: Vec<Vec<EntryId>>,
}

impl Units {
    /// Those of a plan.
    pub fn of(plan: &Plan<'_>) -> Units {
        let names = plan.frames();
        let mut first: Vec<usize> = (0..names.len()).collect();
        let tops: BTreeMap<&str, usize> = names.iter().enumerate().rev().map(|(i, name)| (top(name), i)).collect();
        for (frame, name) in names.iter().enumerate() {
            join(&mut first, frame, tops[top(name)]);
        }
        let mut named: Vec<(usize, &str)> = Vec::new();
        for (number, lexicon) in plan.lexicons().iter().enumerate() {
            let frames = plan.frames_of(number);
            if let Some(&one) = frames.first().filter(|_| lexicon.overlap == Overlap::Lexicon) {
                frames.iter().for_each(|&frame| join(&mut first, frame.index(), one.index()));
                named.push((one.index(), &lexicon.name));
            }
        }
        let mut units = Units::default();
        let mut numbers: BTreeMap<usize, UnitId> = BTreeMap::new();
        for (frame, name) in names.iter().enumerate() {
            let root = root(&first, frame);
            let unit = *numbers.entry(root).or_insert_with(|| {
                let mut of_lexicons: Vec<&str> =
                    named.iter().filter(|(one, _)| self::root(&first, *one) == root).map(|(_, name)| *name).collect();
                of_lexicons.dedup();
                let name = if of_lexicons.is_empty() { top(name).to_string() } else { of_lexicons.join("+") };
                units.names.push(name);
                units.frames.push(Vec::new());
                UnitId::new(units.names.len() - 1)
            });
            units.frames[unit.index()].push(FrameId::new(frame));
            units.of_frame.push(unit);
        }
        units.with_entries(plan)
    }

    fn with_entries(mut self, plan: &Plan<'_>) -> Units {
        self.entries = vec![Vec::new(); self.names.len()];
        for (number, lexicon) in plan.lexicons().iter().enumerate() {
            let frames = plan.frames_of(number);
            for (at, entry) in lexicon.entries.iter().enumerate() {
                let unit = self.of_frame[frames[entry.frame].index()];
                self.entries[unit.index()].push(EntryId::new(number, at));
            }
        }
        self
    }

    /// All frames as one unit, called `hits`.
    pub fn together(plan: &Plan<'_>) -> Units {
        Units {
            names: vec!["hits".to_string()],
            frames: vec![plan.ids().collect()],
            of_frame: vec![UnitId::new(0); plan.frames().len()],
            entries: Vec::new(),
        }
        .with_entries(plan)
    }

    /// The unit of a frame.
    pub fn of_frame(&self, frame: FrameId) -> UnitId {
        self.of_frame[frame.index()]
    }

    /// Numbers of the units.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = UnitId> + use<> {
        (0..self.names.len()).map(UnitId::new)
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True without frames.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Everything in the lexicons that decides what a unit's hits are and how they are written, as text. Where an entry stands in its file
    /// is no part of it, nor is the order of entries.
    pub fn key_text(&self, plan: &Plan<'_>, unit: UnitId) -> String {
        let mut all = self.ground(plan, unit);
        for (number, lexicon) in plan.lexicons().iter().enumerate() {
            let lines = self.lines(plan, unit, number);
            if !lines.is_empty() {
                all.push_str(&Units::ground_of_lexicon(lexicon));
                lines.iter().for_each(|(_, line)| {
                    all.push_str(line);
                    all.push('\n');
                });
            }
        }
        all
    }

    /// Its name and frames, as text.
    pub(super) fn ground(&self, plan: &Plan<'_>, unit: UnitId) -> String {
        let frames: Vec<&str> =
            self.frames[unit.index()].iter().map(|&frame| plan.frames()[frame.index()].as_str()).collect();
        format!("{:?} {frames:?}\n", self.names[unit.index()])
    }

    /// What of a lexicon decides the hits of all its entries, as text.
    pub(super) fn ground_of_lexicon(lexicon: &Lexicon) -> String {
        format!("{:?} {:?} {:?}\n", lexicon.name, lexicon.language, lexicon.overlap)
    }

    /// The entries of a lexicon that decide what a unit's hits are, its own and those of frames that conditions name, in the order of what
    /// they say.
    pub(super) fn lines(&self, plan: &Plan<'_>, unit: UnitId, number: usize) -> Vec<(EntryId, String)> {
        let lexicon = &plan.lexicons()[number];
        let own = self.entries[unit.index()].iter().filter(|id| id.lexicon as usize == number);
        let mut names = BTreeSet::new();
        own.clone().for_each(|id| names_in(&lexicon.entries[id.entry as usize].pattern, &mut names));
        // most units ask for no other frame: then the other entries need not be looked at
        let ids: Vec<EntryId> = match names.is_empty() {
            true => own.copied().collect(),
            false => {
                let is_ours = |entry: &Entry| self.of_frame(plan.frames_of(number)[entry.frame]) == unit;
                let named = named_frames(lexicon, &is_ours);
                let all = lexicon.entries.iter().enumerate();
                let asked = all.filter(|(_, entry)| named[entry.frame] || is_ours(entry));
                asked.map(|(at, _)| EntryId::new(number, at)).collect()
            }
        };
        let mut lines: Vec<_> =
            ids.into_iter().map(|id| (id, line(lexicon, &lexicon.entries[id.entry as usize]))).collect();
        lines.sort_unstable_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
        lines
    }
}

fn line(lexicon: &Lexicon, entry: &Entry) -> String {
    let Entry { frame, text, pattern, unmatchable, mode, weight, class, except, .. } = entry;
    let frame = &lexicon.frames[*frame].name;
    format!("{frame:?} {text:?} {pattern:?} {unmatchable} {mode:?} {weight} {class:?} {except}")
}

/// Of each frame of a lexicon, whether the conditions of some entries ask for it: those that are `ours`, and those of frames that are asked for.
fn named_frames(lexicon: &Lexicon, is_ours: &impl Fn(&Entry) -> bool) -> Vec<bool> {
    let mut named = vec![false; lexicon.frames.len()];
    loop {
        let mut names = BTreeSet::new();
        let asking = lexicon.entries.iter().filter(|entry| is_ours(entry) || named[entry.frame]);
        asking.for_each(|entry| names_in(&entry.pattern, &mut names));
        let is_named = |frame: &str| names.iter().any(|name| is_inside(frame, name));
        let more: Vec<bool> = lexicon.frames.iter().map(|frame| is_named(&frame.name)).collect();
        if more == named {
            return named;
        }
        named = more;
    }
}

/// The frames that a pattern asks for (`#frame`).
fn names_in<'l>(pattern: &'l Pattern, names: &mut BTreeSet<&'l str>) {
    fn of_operand<'l>(operand: &'l Operand, names: &mut BTreeSet<&'l str>) {
        match operand {
            Operand::Words(_) => {}
            Operand::Frame(name) => {
                names.insert(name);
            }
            Operand::Any(operands) => operands.iter().for_each(|operand| of_operand(operand, names)),
        }
    }
    if let Pattern::Near { left, right, .. } = pattern {
        of_operand(left, names);
        of_operand(right, names);
    }
}

/// True for a frame, and for one inside it.
fn is_inside(frame: &str, name: &str) -> bool {
    frame.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `security` of `security/terrorism`.
fn top(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

fn root(first: &[usize], mut frame: usize) -> usize {
    while first[frame] != frame {
        frame = first[frame];
    }
    frame
}

fn join(first: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(first, one), root(first, other));
    first[one.max(other)] = one.min(other);
}
