//! Our own form.
//!
//! In: a lexicon. Out: TOML that reads back as the same frames, entries, weights, modes and notes.
//! Invariant: what is a default is not written; nothing else is left out.

use crate::lexicon::model::{Class, Entry, Kind, Lexicon, MatchMode, Operand, Overlap, Pattern};
use crate::lexicon::native::{CLASSES, FUNCTIONS, KINDS, MODES, OVERLAPS};
use crate::lexicon::tree;
use crate::lexicon::weight;

/// Writes TOML.
pub fn to_toml(lexicon: &Lexicon) -> String {
    let mut out = String::new();
    header(lexicon, &mut out);
    let entries = tree::entries_by_frame(lexicon);
    let parents = tree::parents(lexicon);
    for (number, frame) in lexicon.frames.iter().enumerate() {
        out.push_str("\n[[frame]]\n");
        line(&mut out, "name", &frame.name);
        if frame.name.rsplit('/').next() != Some(&frame.label) {
            line(&mut out, "label", &frame.label);
        }
        if let Some(function) = frame.function {
            line(&mut out, "function", name_of(FUNCTIONS, function));
        }
        for (key, value) in [("definition", &frame.definition), ("notes", &frame.notes), ("colour", &frame.colour)] {
            optional(&mut out, key, value);
        }
        let (terms, except): (Vec<&Entry>, Vec<&Entry>) =
            entries[number].iter().map(|&entry| &lexicon.entries[entry]).partition(|entry| !entry.except);
        if terms.is_empty() && !parents.contains(frame.name.as_str()) {
            out.push_str("may_be_empty = true\n");
        }
        for (key, list) in [("terms", terms), ("except", except)] {
            list_of(&mut out, key, list.into_iter().map(|entry| term(lexicon, entry)));
        }
        for (key, texts) in [("include", &frame.include), ("exclude", &frame.exclude), ("examples", &frame.examples)] {
            list_of(&mut out, key, texts.iter().map(|text| quoted(text)));
        }
        list_of(&mut out, "hits", frame.hits.iter().map(|(text, _)| quoted(text)));
        list_of(&mut out, "misses", frame.misses.iter().map(|(text, _)| quoted(text)));
    }
    people(lexicon, &mut out);
    out
}

fn header(lexicon: &Lexicon, out: &mut String) {
    out.push_str("[lexicon]\n");
    line(out, "name", &lexicon.name);
    optional(out, "version", &lexicon.version);
    if let Some(language) = lexicon.language {
        line(out, "language", language.code());
    }
    optional(out, "licence", &lexicon.licence);
    optional(out, "source", &lexicon.source);
    if lexicon.kind != Kind::Frames {
        line(out, "kind", name_of(KINDS, lexicon.kind));
    }
    line(out, "match", name_of(MODES, lexicon.mode));
    if lexicon.overlap != Overlap::Frame {
        line(out, "overlap", name_of(OVERLAPS, lexicon.overlap));
    }
    optional(out, "validated", &lexicon.validated);
}

fn people(lexicon: &Lexicon, out: &mut String) {
    for target in &lexicon.targets {
        out.push_str("\n[[target]]\n");
        line(out, "name", &target.name);
        mode_of(out, lexicon, target.patterns.iter().map(|(_, pattern)| pattern));
        list_of(out, "terms", target.patterns.iter().map(|(text, _)| quoted(text)));
        exceptions(out, &target.exceptions);
    }
    for set in &lexicon.labels {
        out.push_str("\n[[labels]]\n");
        line(out, "referent", &set.referent);
        mode_of(out, lexicon, set.choices.iter().flat_map(|(_, terms)| terms).map(|(_, pattern)| pattern));
        exceptions(out, &set.exceptions);
        out.push_str("\n[labels.choices]\n");
        for (label, terms) in &set.choices {
            list_of(out, &quoted(label), terms.iter().map(|(text, _)| quoted(text)));
        }
    }
}

fn exceptions(out: &mut String, exceptions: &[(String, Pattern)]) {
    if !exceptions.is_empty() {
        list_of(out, "except", exceptions.iter().map(|(text, _)| quoted(text)));
    }
}

/// The `match` of a target or label set, from its first word that has no mark of its own.
fn mode_of<'p>(out: &mut String, lexicon: &Lexicon, patterns: impl Iterator<Item = &'p Pattern>) {
    let mut modes: Vec<MatchMode> = Vec::new();
    for pattern in patterns {
        match pattern {
            Pattern::Words(words) => modes.extend(words.iter().map(|word| word.mode)),
            Pattern::Near { left, right, .. } => {
                modes_of(left, &mut modes);
                modes_of(right, &mut modes);
            }
        }
    }
    let mode = modes.iter().copied().find(|&mode| mode != MatchMode::Exact).or(modes.first().copied());
    if let Some(mode) = mode.filter(|&mode| mode != lexicon.mode) {
        line(out, "match", name_of(MODES, mode));
    }
}

fn modes_of(operand: &Operand, modes: &mut Vec<MatchMode>) {
    match operand {
        Operand::Words(words) => modes.extend(words.iter().map(|word| word.mode)),
        Operand::Frame(_) => {}
        Operand::Any(parts) => parts.iter().for_each(|part| modes_of(part, modes)),
    }
}

/// An entry: a text where it has nothing else to say.
fn term(lexicon: &Lexicon, entry: &Entry) -> String {
    let mut fields = vec![format!("term = {}", quoted(&entry.text))];
    if entry.weight != 1000 {
        fields.push(format!("weight = {}", weight::show(entry.weight)));
    }
    if entry.class != Class::default() {
        fields.push(format!("class = {}", quoted(name_of(CLASSES, entry.class))));
    }
    if entry.mode != lexicon.mode {
        fields.push(format!("match = {}", quoted(name_of(MODES, entry.mode))));
    }
    if let Some(sd) = entry.sd {
        fields.push(format!("sd = {}", weight::show(sd)));
    }
    if let Some((right, checked)) = entry.precision {
        fields.push(format!("precision = \"{right}/{checked}\""));
    }
    for (key, value) in [("note", &entry.note), ("source", &entry.source), ("added", &entry.added)] {
        if !value.is_empty() {
            fields.push(format!("{key} = {}", quoted(value)));
        }
    }
    if entry.unmatchable {
        fields.push("unmatchable = true".to_string());
    }
    if fields.len() == 1 { quoted(&entry.text) } else { format!("{{ {} }}", fields.join(", ")) }
}

fn name_of<T: Copy + PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, other)| *other == value).map_or("", |&(name, _)| name)
}

fn line(out: &mut String, key: &str, value: &str) {
    out.push_str(&format!("{key} = {}\n", quoted(value)));
}

fn optional(out: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        line(out, key, value);
    }
}

fn list_of(out: &mut String, key: &str, members: impl Iterator<Item = String>) {
    let members: Vec<String> = members.collect();
    if members.is_empty() {
        return;
    }
    out.push_str(&format!("{key} = [\n"));
    for member in members {
        out.push_str(&format!("  {member},\n"));
    }
    out.push_str("]\n");
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
