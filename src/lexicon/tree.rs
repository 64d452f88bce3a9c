//! Frames as a tree, parents before children.
//!
//! In: frames whose names are paths. Out: nodes in the order of the file, with depth; parents that nobody wrote are added.
//! Invariant: every node comes after its parent and before its parent's next sibling.

use super::model::Lexicon;
use std::collections::{BTreeMap, BTreeSet};

/// A frame in its place.
pub(super) struct Node {
    pub name: String,
    pub depth: usize,
    /// The frame, where the lexicon has it.
    pub frame: Option<usize>,
    pub has_children: bool,
}

/// All nodes.
pub(super) fn nodes(lexicon: &Lexicon) -> Vec<Node> {
    let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut frames: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (number, frame) in lexicon.frames.iter().enumerate() {
        let mut parent = String::new();
        for (at, _) in frame.name.match_indices('/').chain([(frame.name.len(), "")]) {
            let path = frame.name[..at].to_string();
            if !frames.contains_key(&path) {
                frames.insert(path.clone(), None);
                children.entry(parent).or_default().push(path.clone());
            }
            parent = path;
        }
        frames.insert(frame.name.clone(), Some(number));
    }
    let mut found = Vec::new();
    let mut open: Vec<(String, usize)> =
        children.get("").into_iter().flatten().rev().map(|path| (path.clone(), 0)).collect();
    while let Some((path, depth)) = open.pop() {
        let below = children.get(&path);
        open.extend(below.into_iter().flatten().rev().map(|child| (child.clone(), depth + 1)));
        let name = path.rsplit('/').next().unwrap_or(&path).to_string();
        let frame = frames.get(&path).copied().flatten();
        found.push(Node { name, depth, frame, has_children: below.is_some() });
    }
    found
}

/// Entries of each frame, in the order of the file.
pub(super) fn entries_by_frame(lexicon: &Lexicon) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); lexicon.frames.len()];
    for (number, entry) in lexicon.entries.iter().enumerate() {
        found[entry.frame].push(number);
    }
    found
}

/// Names of all frames that hold frames, written or not.
pub(super) fn parents(lexicon: &Lexicon) -> BTreeSet<&str> {
    lexicon.frames.iter().flat_map(|frame| frame.name.match_indices('/').map(|(at, _)| &frame.name[..at])).collect()
}
