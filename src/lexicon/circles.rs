//! Conditions that ask for frames in a circle: `kind NEAR/2 #frame` in that frame itself, or in one that it asks for.
//!
//! In: frames and entries. Out: which frames lead back to themselves, and an entry of each circle.
//! Invariant: a frame is named if and only if the conditions of its entries lead back to it.

use super::model::{Entry, Frame, Operand, Pattern};
use std::collections::BTreeMap;

/// Frames that lead back to themselves and to each other.
pub(super) struct Circle<'a> {
    /// The first entry of the first of them that asks for one of them.
    pub entry: &'a Entry,
    /// Which they are, ascending.
    pub frames: Vec<usize>,
}

/// For each frame those that its conditions ask for, each with the first entry that does.
type Asks<'a> = Vec<BTreeMap<usize, &'a Entry>>;

/// All circles, in the order of their first frames; and an entry whose frame asks for frames that ask for frames … deeper than `most`.
pub(super) fn of<'a>(frames: &[Frame], entries: &'a [Entry], most: u32) -> (Vec<Circle<'a>>, Option<&'a Entry>) {
    let asks = asks(frames, entries);
    let leads: Vec<Vec<usize>> = asks.iter().map(|asked| asked.keys().copied().collect()).collect();
    let mut seen = vec![false; asks.len()];
    let left: Vec<usize> = (0..asks.len()).flat_map(|start| walk(&leads, start, &mut seen)).collect();
    let mut depth = vec![0; asks.len()];
    // whatever a frame asks for is left before it, but for what leads back to it
    left.iter().for_each(|&frame| depth[frame] = leads[frame].iter().map(|&asked| depth[asked] + 1).max().unwrap_or(0));
    let too_deep = depth.iter().position(|&depth| depth > most).and_then(|frame| asks[frame].values().next().copied());
    let mut circles: Vec<Circle<'a>> = together(&leads, &left)
        .into_iter()
        .filter_map(|mut of| {
            of.sort_unstable();
            let entry = asks[of[0]].iter().find(|(asked, _)| of.binary_search(asked).is_ok())?.1;
            Some(Circle { entry, frames: of })
        })
        .collect();
    circles.sort_by_key(|circle| circle.frames[0]);
    (circles, too_deep)
}

fn asks<'a>(frames: &[Frame], entries: &'a [Entry]) -> Asks<'a> {
    let mut asks: Asks<'a> = vec![BTreeMap::new(); frames.len()];
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.except) {
        let Pattern::Near { left, right, .. } = &entry.pattern else { continue };
        for name in names(left).into_iter().chain(names(right)) {
            let asked = known.entry(name).or_insert_with(|| inside(frames, name));
            asked.iter().for_each(|&frame| {
                asks[entry.frame].entry(frame).or_insert(entry);
            });
        }
    }
    asks
}

/// Sets of frames each of which leads to all others of its set (Kosaraju: a walk forwards orders them, walks backwards gather them).
fn together(leads: &[Vec<usize>], left: &[usize]) -> Vec<Vec<usize>> {
    let mut backwards: Vec<Vec<usize>> = vec![Vec::new(); leads.len()];
    for (frame, asked) in leads.iter().enumerate() {
        asked.iter().for_each(|&asked| backwards[asked].push(frame));
    }
    let mut seen = vec![false; leads.len()];
    left.iter().rev().map(|&start| walk(&backwards, start, &mut seen)).filter(|set| !set.is_empty()).collect()
}

/// Everything that is reached from here and was not seen, in the order in which it is left.
fn walk(leads: &[Vec<usize>], start: usize, seen: &mut [bool]) -> Vec<usize> {
    let mut left = Vec::new();
    let mut open = Vec::new();
    if !std::mem::replace(&mut seen[start], true) {
        open.push((start, 0));
    }
    while let Some((frame, next)) = open.last_mut() {
        match leads[*frame].get(*next) {
            Some(&to) => {
                *next += 1;
                if !std::mem::replace(&mut seen[to], true) {
                    open.push((to, 0));
                }
            }
            None => {
                left.push(*frame);
                open.pop();
            }
        }
    }
    left
}

/// The frames of this name, and those inside it.
fn inside(frames: &[Frame], name: &str) -> Vec<usize> {
    let is_inside = |frame: &Frame| frame.name.strip_prefix(name).is_some_and(|r| r.is_empty() || r.starts_with('/'));
    (0..frames.len()).filter(|&frame| is_inside(&frames[frame])).collect()
}

/// Names of frames that a side of a condition asks for.
pub(super) fn names(operand: &Operand) -> Vec<&str> {
    match operand {
        Operand::Words(_) => Vec::new(),
        Operand::Frame(name) => vec![name],
        Operand::Any(parts) => parts.iter().flat_map(names).collect(),
    }
}
