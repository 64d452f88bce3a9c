//! The page of a coder: one file that works without a network.
//!
//! In: the key and a coder. Out: HTML with the coder's items, and nothing of what the program found unless told.
//! Invariant: every text is data, never markup: it stands in a JSON block in which `<` is escaped, and the script writes it as text. The
//! policy of the page forbids to load or send anything; codes stay in the browser until the coder exports them.

use super::codebook::{VOICES, definition};
use super::key::Key;
use super::sheet::{order, shown};
use crate::lexicon::{Frame, Lexicon};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Value, json};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page of a coder.
pub(super) fn page(key: &Key, coder: usize, lexicons: &[Lexicon]) -> Vec<u8> {
    let name = &key.coders[coder];
    let frame = |frame: &super::key::KeyFrame| {
        let frames: Vec<&Frame> =
            lexicons.iter().flat_map(|lexicon| &lexicon.frames).filter(|known| known.name == frame.name).collect();
        let list =
            |of: fn(&Frame) -> &[String]| frames.iter().flat_map(|frame| of(frame)).cloned().collect::<Vec<String>>();
        json!({
            "name": frame.name,
            "label": frame.label,
            "definition": definition(&frame.name, lexicons),
            "include": list(|frame| &frame.include),
            "exclude": list(|frame| &frame.exclude),
            "examples": list(|frame| &frame.examples),
        })
    };
    let item = |item: &super::key::Item| {
        let extra: Vec<Value> = shown(key, item).into_iter().map(|(name, value)| json!([name, value])).collect();
        json!({
            "id": item.id, "frame": item.frame, "language": item.language,
            "before": item.before, "text": item.text, "after": item.after, "shown": extra,
        })
    };
    let items: Vec<Value> = order(key, coder).into_iter().map(item).collect();
    // of what the coder sees, so that two samples never share what the browser keeps
    let sign = blake3::hash(json!(items).to_string().as_bytes()).to_hex()[..16].to_string();
    let data = json!({
        "coder": name,
        "sign": sign,
        "unit": key.unit.name(),
        "columns": key.shown.iter().map(|shown| shown.name()).collect::<Vec<_>>(),
        "voices": VOICES.map(|(name, means)| json!([name, means])),
        "frames": key.frames.iter().map(frame).collect::<Vec<_>>(),
        "items": items,
    });
    let data = data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    html(name, data).into_string().into_bytes()
}

fn html(coder: &str, data: String) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
                    script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; connect-src 'none'";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { "Coding " (coder) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                noscript { p { "This page needs JavaScript; without it, fill in " (coder) ".csv." } }
                main id="main" {}
                script type="application/json" id="data" { (PreEscaped(data)) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}
