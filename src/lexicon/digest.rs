//! Which lexicon this is, by what was read of it.
//!
//! In: a lexicon as read. Out: two BLAKE3s: one of all that decides a number, one of all that decides a written byte.
//! Invariant: comments, layout and the encoding of the file are in neither; a reading that gives other entries gives another digest,
//! whatever the bytes of the file. Where an entry stands is in the second alone, as tables name the line of each entry.
//! A part of a lexicon that is new to the model does not compile before it is decided here on which side it stands.

use super::model::{Class, Entry, Frame, LabelSet, Lexicon, Pattern, Target};
use serde::Serialize;

/// Of all that decides a number: what is looked for, as which frame, with which weight. Two files that differ in comments, notes, labels
/// or lines are one version of a lexicon.
pub(super) fn of_numbers(lexicon: &Lexicon) -> String {
    #[rustfmt::skip]
    let Lexicon {
        language, kind, mode, overlap, frames, entries, targets, labels, format, emoji,
        file: _, validated: _, validation: _, name: _, version: _, licence: _, source: _, digest: _, report: _, problems: _,
    } = lexicon;
    let mut hasher = blake3::Hasher::new();
    let emoji = emoji.as_ref().map(|emoji| &emoji.descriptions);
    add(&mut hasher, &(language, kind, mode, overlap, format, emoji));
    for frame in frames {
        #[rustfmt::skip]
        let Frame {
            name, label: _, function: _, definition: _, include: _, exclude: _, examples: _, notes: _, colour: _, hits: _, misses: _, line: _,
            is_circular: _,
        } = frame;
        add(&mut hasher, name);
    }
    for entry in entries {
        #[rustfmt::skip]
        let Entry {
            frame, text, pattern, unmatchable, mode, weight, class, except, sd,
            note: _, source: _, precision: _, added: _, line: _, column: _,
        } = entry;
        add(&mut hasher, &(frame, text, pattern, unmatchable, mode, weight, except, sd));
        // so that lexicons without classes are what they were before there were any
        if *class != Class::default() {
            add(&mut hasher, &("class", class));
        }
    }
    for target in targets {
        let Target { name, patterns, exceptions, line: _ } = target;
        add(&mut hasher, &("target", name, patterns));
        except(&mut hasher, exceptions);
    }
    for set in labels {
        let LabelSet { referent, choices, exceptions, line: _ } = set;
        add(&mut hasher, &("labels", referent, choices));
        except(&mut hasher, exceptions);
    }
    hasher.finalize().to_hex().to_string()
}

/// Lexicons without exceptions of targets and labels are what they were before there were any.
fn except(hasher: &mut blake3::Hasher, exceptions: &[(String, Pattern)]) {
    if !exceptions.is_empty() {
        add(hasher, &("except", exceptions));
    }
}

impl Lexicon {
    /// Digest of all that was read, hexadecimal: of every part that may stand in a table or on the page, lines and problems among them.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        // in a form that is short to write: every command asks for it
        match postcard::to_allocvec(self) {
            Ok(bytes) => drop(hasher.update(&bytes)),
            Err(_) => add(&mut hasher, self),
        }
        for problem in &self.problems {
            add(&mut hasher, &problem.cells());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// As JSON, so that neither the machine nor the compiler has a say in the bytes.
fn add(hasher: &mut blake3::Hasher, part: &impl Serialize) {
    // neither a hasher nor these plain values can fail
    let _ = serde_json::to_writer(&mut *hasher, part);
    hasher.update(b"\n");
}
