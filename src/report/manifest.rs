//! `manifest.json`: what went in, what was decided, what came out.
//!
//! In: everything of a run. Out: JSON that is the same on every machine.
//! Invariant: no clock, no absolute path, nothing that may differ without a number differing (threads, shards, the run's folder).

use super::settings::Settings;
use super::totals::Totals;
use crate::lexicon::{self, Lexicon};
use crate::read::Input;
use crate::tokenise;
use serde_json::{Value, json};

/// The manifest as text.
pub(super) fn manifest(
    settings: &Settings,
    lexicons: &lexicon::Set,
    inputs: &[Input],
    totals: &Totals,
    outputs: &[(String, u64, String)],
) -> String {
    let outputs = outputs.iter().map(|(file, bytes, digest)| json!({"file": file, "bytes": bytes, "blake3": digest}));
    let inputs = inputs.iter().map(|input| json!({"file": input.file, "bytes": input.bytes, "blake3": input.digest}));
    let value = json!({
        "framescope": env!("CARGO_PKG_VERSION"),
        "tokeniser": tokenise::VERSION,
        "stemmer": "rust-stemmers 1.2 (Snowball)",
        "study": settings.tables,
        "lexicons": lexicons.all().map(lexicon_entry).collect::<Vec<_>>(),
        "inputs": inputs.collect::<Vec<_>>(),
        "counts": counts(totals),
        "problems": totals.problems,
        "outputs": outputs.collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
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
