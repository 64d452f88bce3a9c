//! The sentences of remarks that recur.
//!
//! In: a kind, a number and an example. Out: what a person reads.
//! Invariant: every kind that a reader remarks on has its sentence here.
//! It deliberately does not decide how bad a thing is.

use super::encoding::Decoded;
use super::report::grouped;
use crate::error::{Place, Problem};

/// `14 entries stand twice in a frame, first …`.
pub(super) fn sentence(kind: &str, count: usize, example: &str) -> String {
    let (one, many) = match kind {
        "entry-unmatchable" => ("entry can never match", "entries can never match"),
        "entry-repeated" => ("entry stands twice in its frame: merged", "entries stand twice in their frame: merged"),
        "entry-reweighted" => {
            ("entry has two weights in its frame: the last one counts", "entries have two weights: the last one counts")
        }
        "entry-same-when-folded" => (
            "entry matches the same words as another of its frame",
            "entries match the same words as another of their frame",
        ),
        "frame-repeated" => ("frame is given twice: merged", "frames are given twice: merged"),
        "entry-without-weight" => (
            "line without a weight and without entries below it: read as an entry",
            "lines without a weight and without entries below them: read as entries",
        ),
        "entry-no-category" => ("word is in no category", "words are in no category"),
        "yaml-unquoted" => ("word begins with a sign of YAML: quote it", "words begin with a sign of YAML: quote them"),
        "sense-merged" => ("numbered sense was merged into its word", "numbered senses were merged into their words"),
        "entry-never-reached" => (
            "entry is never reached: its lower-case twin is used",
            "entries are never reached: their lower-case twins are used",
        ),
        "entry-odd" => ("entry has unpaired parentheses", "entries have unpaired parentheses"),
        "weight-rounded" => ("weight was rounded to thousandths", "weights were rounded to thousandths"),
        "weight-lost" => {
            ("weight became 0 when rounded to thousandths", "weights became 0 when rounded to thousandths")
        }
        _ => ("remark", "remarks"),
    };
    let what = if count == 1 { one } else { many };
    let first = if count == 1 { "" } else { "first " };
    format!("{} {what} ({kind}), {first}`{example}`", grouped(count))
}

/// What there is to say on the encoding of a file.
pub(super) fn encoding(file: &str, bytes: &[u8], decoded: &Decoded) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Some(name) = decoded.encoding {
        let guess = if decoded.guessed { ", a guess" } else { "" };
        let (place, first) = match decoded.odd {
            Some((at, byte)) => {
                let line = bytes[..at].split(|&b| b == b'\n').count() as u32;
                let first = format!("; the first byte that is not ASCII is 0x{byte:02X} at offset {at}");
                (Place::line(file, line), first)
            }
            None => (Place::file(file), String::new()),
        };
        let note = Problem::note("lexicon-encoding", place, format!("read as {name}{guess}{first}"));
        found.push(match decoded.guessed {
            true => note.hint("if letters look wrong, tell the encoding or save as UTF-8"),
            false => note,
        });
    }
    if decoded.lost > 0 {
        let text = format!("{} characters could not be read in {}", decoded.lost, decoded.encoding.unwrap_or("UTF-8"));
        found.push(Problem::warning("lexicon-undecodable", Place::file(file), text).hint("tell the encoding"));
    }
    found
}
