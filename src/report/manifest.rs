//! `manifest.json`: what went in, what was decided, what came out.
//!
//! In: everything of a run. Out: JSON that is the same on every machine.
//! Invariant: no clock, no absolute path, nothing that may differ without a number differing (threads, shards, the run's folder).

use super::inputs::Inputs;
use super::last_run::{part_of, part_of_unit};
use super::tables::UnitTable;
use crate::count::Totals;
use crate::estimates::Estimates;
use crate::lexicon::{Lexicon, Pattern};
use crate::results::{Stamp, UNVALIDATED};
use crate::tokenise;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// The manifest as text.
pub(super) fn manifest(
    inputs: &Inputs<'_>,
    totals: &Totals,
    estimates: &Estimates,
    units: &[UnitTable],
    stamps: &[(&str, Option<&Stamp>)],
    outputs: &[(String, u64, String)],
) -> String {
    let files = files_by_part(outputs);
    let hits = units.iter().map(|unit| unit_entry(unit, &files));
    let hits: Vec<Value> = hits.collect();
    let outputs = outputs.iter().map(|(file, bytes, digest)| json!({"file": file, "bytes": bytes, "blake3": digest}));
    let files =
        inputs.files.iter().map(|input| json!({"file": input.file, "bytes": input.bytes, "blake3": input.digest}));
    let value = json!({
        "framescope": env!("CARGO_PKG_VERSION"),
        "tokeniser": tokenise::VERSION,
        "stemmer": "rust-stemmers 1.2 (Snowball)",
        "study": inputs.settings.tables,
        "lexicons": inputs.lexicons.all().map(lexicon_entry).collect::<Vec<_>>(),
        "targets": targets(inputs),
        "labels": labels(inputs),
        "inputs": files.collect::<Vec<_>>(),
        "validation": stamps.iter().map(|(frame, stamp)| validation(frame, *stamp)).collect::<Vec<_>>(),
        "counts": counts(totals),
        "inference": inference(estimates),
        "problems": totals.problems,
        "hits": hits,
        "outputs": outputs.collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

/// The patterns of each target, as the lexicons write them.
fn targets(inputs: &Inputs<'_>) -> BTreeMap<String, String> {
    let all = inputs.lexicons.all().flat_map(|lexicon| &lexicon.targets);
    joined(all.map(|target| (target.name.clone(), (target.patterns.as_slice(), target.exceptions.as_slice()))))
}

/// The patterns of each label, likewise.
fn labels(inputs: &Inputs<'_>) -> BTreeMap<String, String> {
    let all = inputs.lexicons.all().flat_map(|lexicon| &lexicon.labels);
    joined(all.flat_map(|set| {
        let named = |choice: &str| format!("{}: {choice}", set.referent);
        set.choices.iter().map(move |(choice, of)| (named(choice), (of.as_slice(), set.exceptions.as_slice())))
    }))
}

/// Patterns, and what cancels them.
type Patterns<'p> = (&'p [(String, Pattern)], &'p [(String, Pattern)]);

fn joined<'p>(all: impl Iterator<Item = (String, Patterns<'p>)>) -> BTreeMap<String, String> {
    let mut joined: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, (patterns, exceptions)) in all {
        let texts = joined.entry(name).or_default();
        texts.extend(patterns.iter().map(|(text, _)| text.clone()));
        texts.extend(exceptions.iter().map(|(text, _)| format!("except {text}")));
    }
    joined.into_iter().map(|(name, texts)| (name, texts.join(", "))).collect()
}

/// What coders have said of a frame.
fn validation(frame: &str, stamp: Option<&Stamp>) -> Value {
    match stamp {
        None => json!({"frame": frame, "state": UNVALIDATED}),
        Some(stamp) => json!({
            "frame": frame,
            "state": stamp.state(),
            "stamp": stamp.text(),
            "date": stamp.date,
            "coders": stamp.coders,
            "entries_edited": stamp.edited,
        }),
    }
}

/// What the units of intervals and tests were, and what was tested.
fn inference(estimates: &Estimates) -> Value {
    let clustered = &estimates.clustered;
    json!({
        "clusters": clustered.kind,
        "articles_in_clusters": clustered.articles,
        "clusters_of_several_articles": clustered.clusters,
        "said": super::remarks::units(estimates),
    })
}

/// The files of each part, in their order; sentences of the page are no table.
fn files_by_part(outputs: &[(String, u64, String)]) -> HashMap<String, Vec<&str>> {
    let mut parts: HashMap<String, Vec<&str>> = HashMap::new();
    for (file, ..) in outputs.iter().filter(|(file, ..)| !file.starts_with(super::sentences::FOLDER)) {
        if let Some(part) = part_of(file) {
            parts.entry(part).or_default().push(file);
        }
    }
    parts
}

/// Frames that are counted together, and the files of their hits.
fn unit_entry(unit: &UnitTable, files: &HashMap<String, Vec<&str>>) -> Value {
    let files = files.get(&part_of_unit(&unit.file)).map_or(&[][..], Vec::as_slice);
    json!({"unit": unit.name, "frames": unit.frames, "files": files})
}

fn lexicon_entry(lexicon: &Lexicon) -> Value {
    let entries = lexicon.entries.iter().filter(|entry| !entry.except).count();
    let mut entry = json!({
        "file": lexicon.file,
        "name": lexicon.name,
        "version": lexicon.version,
        "language": lexicon.language.map(|language| language.to_string()),
        "frames": lexicon.frames.len(),
        "entries": entries,
        "exceptions": lexicon.entries.len() - entries,
        "digest": lexicon.digest,
    });
    if let Some(emoji) = &lexicon.emoji {
        entry["emoji"] = json!({"file": emoji.file, "blake3": emoji.digest});
    }
    entry
}

fn counts(totals: &Totals) -> Value {
    json!({
        "articles_read": totals.articles,
        "articles_counted": totals.counted,
        "duplicates": totals.duplicates,
        "without_words": totals.empty,
        "without_lexicon": totals.without_lexicon,
        "languages": totals.languages,
        "text_bytes": totals.text_bytes,
        "words": totals.words,
        "furniture_words": totals.furniture_words,
        "repeat_words": totals.repeat_words,
        "hits": totals.hits,
        "hits_not_counted": totals.uncounted_hits,
        "sentiment_hits": totals.sentiment_hits,
        "records_lost": totals.lost,
    })
}
