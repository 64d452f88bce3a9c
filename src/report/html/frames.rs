//! Each frame: its definition, the entries that found most, and sentences to read.

use super::markup::{Text, close_table, open_table, several, validation};
use super::{Cell, Example, Frame, Group, Page, number};
use std::fmt::Write;

/// Languages written from right to left.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "fa", "he", "ps", "ug", "ur"];

/// Marks that stand close to the word after them.
const OPENING: [char; 8] = ['“', '‘', '„', '«', '‹', '(', '[', '-'];

/// Marks that stand close to the word before them.
const CLOSING: [char; 18] = [',', '.', ';', ':', '!', '?', '…', ')', ']', '”', '’', '»', '›', '“', '"', '\'', '-', '%'];

/// All frames.
pub(super) fn frames(page: &Page, out: &mut String) {
    let _ = writeln!(
        out,
        "<p>{} Voices are decided by rule. All hits, with their bytes and entries: <code>hits/</code>; all entries, with hits and without: {}. \
         Only open frames are printed. <button type=\"button\" id=\"open-all\" hidden=\"hidden\">Open all frames</button></p>",
        Text(&page.sampling),
        page.link("terms.csv"),
    );
    for (f, frame) in page.frames.iter().enumerate() {
        let _ = writeln!(
            out,
            "<details class=\"frame\" id=\"{}\" data-f=\"{2}\"><summary><h3>{2}</h3> <span class=\"small\">{1}</span> {3}</summary>",
            page.frame_anchor(f),
            several(frame.hits, "hit"),
            Text(&frame.label),
            validation(frame.validation.as_ref()),
        );
        about(frame, out);
        entries(page, frame, out);
        let mut has_sentences = false;
        for (g, group) in page.numbered() {
            let Some(cell) = group.cells.get(f) else { continue };
            if let Some(anchor) = page.sentences_anchor(g, f) {
                has_sentences = true;
                sentences(page, group, cell, &anchor, out);
            }
        }
        if !has_sentences {
            out.push_str("<p>No sentences to read.</p>\n");
        }
        out.push_str("</details>\n");
    }
}

fn about(frame: &Frame, out: &mut String) {
    if !frame.definition.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", Text(&frame.definition));
    }
    let mut facts = Vec::new();
    if !frame.function.is_empty() {
        facts.push(format!("Function: {}.", Text(&frame.function)));
    }
    facts.push(format!("Name in the tables: <code>{}</code>.", Text(&frame.name)));
    facts.push(format!(
        "{} of {} found something.",
        number::count(frame.entries_with_hits),
        if frame.entries == 1 { "1 entry".to_string() } else { format!("{} entries", number::count(frame.entries)) }
    ));
    let _ = writeln!(out, "<p class=\"small\">{}</p>", facts.join(" "));
}

fn entries(page: &Page, frame: &Frame, out: &mut String) {
    if frame.top.is_empty() {
        return;
    }
    let all = frame.top.len() as u64 >= frame.entries_with_hits;
    let caption = if all { "Entries that found something" } else { "Entries that found most" };
    open_table(out, &format!("Entries of {}", frame.label), "sort entries", caption);
    out.push_str(
        "<thead><tr><th scope=\"col\">Entry</th><th scope=\"col\">Forms found</th><th scope=\"col\" class=\"n\">Hits</th>\
         <th scope=\"col\" class=\"n\">Articles</th>",
    );
    for group in &page.groups {
        let _ = write!(out, "<th scope=\"col\" class=\"n\">{}</th>", Text(&group.label));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for entry in &frame.top {
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{} <code>{}</code></th><td>{}</td>",
            Text(&entry.text),
            Text(&entry.at),
            Text(&entry.forms),
        );
        for n in [entry.hits, entry.articles] {
            let _ = write!(out, "<td class=\"n\">{}</td>", number::count(n));
        }
        for g in 0..page.groups.len() {
            let _ = match entry.by_group.get(g) {
                Some(n) => write!(out, "<td class=\"n\">{}</td>", number::count(*n)),
                None => write!(out, "<td class=\"n\"><span class=\"na\">not counted</span></td>"),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n");
    close_table(out);
}

fn sentences(page: &Page, group: &Group, cell: &Cell, anchor: &str, out: &mut String) {
    let shown = cell.examples.len() as u64;
    let how_many = match shown < cell.hits {
        true => format!("{} of {}, drawn at random", number::count(shown), several(cell.hits, "hit")),
        false => several(shown, "hit"),
    };
    let _ = writeln!(
        out,
        "<section data-g=\"{0}\"><h4 id=\"{anchor}\">{0} <span class=\"small\">{how_many}</span></h4>\n<ol class=\"kwic\">",
        Text(&group.label),
    );
    for example in &cell.examples {
        line(page, group, example, out);
    }
    out.push_str("</ol></section>\n");
}

/// Whether the words that follow stand close to it: after an opening mark, or within a hyphenated word.
fn ends_joined(left: &str) -> bool {
    let opens_straight = |mark| left.ends_with(mark) && left.matches(mark).count() % 2 == 1;
    left.ends_with(OPENING) || opens_straight('"') || opens_straight('\'')
}

/// A hit: the words around it, then who, when and where.
fn line(page: &Page, group: &Group, example: &Example, out: &mut String) {
    out.push_str("<li>");
    let main = example.language.split(['-', '_']).next().unwrap_or_default();
    let _ = match main {
        "" | "en" => write!(out, "<p>"),
        _ if RIGHT_TO_LEFT.contains(&main) => write!(out, "<p lang=\"{}\" dir=\"rtl\">", Text(&example.language)),
        _ => write!(out, "<p lang=\"{}\">", Text(&example.language)),
    };
    let (left, right) = (&example.left, &example.right);
    let _ = match ends_joined(left) {
        true => write!(out, "<span class=\"j\">{}</span>", Text(left)),
        false => write!(out, "<span>{}</span> ", Text(left)),
    };
    let _ = write!(out, "<mark>{}</mark>", Text(&example.surface));
    let _ = match right.starts_with(CLOSING) {
        true => write!(out, "<span class=\"j\">{}</span></p>", Text(right)),
        false => write!(out, " <span>{}</span></p>", Text(right)),
    };
    let voice = page.voices.iter().position(|voice| voice.name == example.voice);
    let label = voice.and_then(|at| page.voices.get(at)).map_or(&example.voice, |voice| &voice.label);
    let class = if example.voice == "own" { " class=\"own\"" } else { "" };
    let _ = write!(out, "<div><b{class}>{}</b> ", Text(label));
    for flag in &example.flags {
        let _ = write!(out, "<b>{}</b> ", Text(flag));
    }
    if example.outlet != group.label {
        let _ = write!(out, "{} · ", Text(&example.outlet));
    }
    let date = if example.date.is_empty() { "no date" } else { &example.date };
    let _ = writeln!(
        out,
        "{} · <i>{}:{}–{}</i> · entry “{}” <i>{}</i></div></li>",
        Text(date),
        Text(&example.file),
        example.byte_start,
        example.byte_end,
        Text(&example.entry),
        Text(&example.entry_at),
    );
}
