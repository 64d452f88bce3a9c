//! Each frame: its definition, the entries that found most, and sentences to read.

use super::markup::{absent_cell, several, table, validation};
use super::{Entry, Example, Frame, Group, Page, number};
use maud::{Markup, html};

/// Groups that have a column each; of more, those with most hits are named.
const COLUMNS: usize = 10;

/// Groups that are named where there are more.
const NAMED: usize = 4;

/// Languages written from right to left.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "fa", "he", "ps", "ug", "ur"];

/// Marks that stand close to the word after them.
const OPENING: [char; 8] = ['“', '‘', '„', '«', '‹', '(', '[', '-'];

/// Marks that stand close to the word before them.
const CLOSING: [char; 18] = [',', '.', ';', ':', '!', '?', '…', ')', ']', '”', '’', '»', '›', '“', '"', '\'', '-', '%'];

/// All frames.
pub(super) fn frames(page: &Page) -> Markup {
    html! {
        p {
            (page.sampling) " Voices are assigned by rules. All hits, with their positions and entries: " code { "hits/" }
            "; all entries, with and without hits: " (page.link("terms.csv")) ". Only open frames are printed. "
            button type="button" id="open-all" hidden="hidden" { "Open all frames" }
        }
        @for (f, frame) in page.frames.iter().enumerate() {
            details.frame id=(page.frame_anchor(f)) data-f=(frame.label) {
                summary {
                    h3 { (frame.label) } " " span.small { (several(frame.hits, "hit")) } " "
                    (validation(frame.validation.as_ref()))
                }
                (about(frame))
                @if !frame.top.is_empty() { (entries(page, frame)) }
                (sentences(page, f))
            }
        }
    }
}

fn about(frame: &Frame) -> Markup {
    html! {
        @if !frame.definition.is_empty() { p { (frame.definition) } }
        p.small {
            @if !frame.function.is_empty() { "Function: " (frame.function) ". " }
            "Name in the tables: " code { (frame.name) } ". "
            (number::count(frame.entries_with_hits)) " of " (several(frame.entries, "entry")) " have hits."
        }
    }
}

fn entries(page: &Page, frame: &Frame) -> Markup {
    let all = frame.top.len() as u64 >= frame.entries_with_hits;
    let caption = if all { "Entries with hits" } else { "Entries with most hits" };
    let has_columns = page.groups.len() <= COLUMNS;
    let rows = html! {
        thead {
            tr {
                th scope="col" { "Entry" }
                th scope="col" { "Forms found" }
                th.n scope="col" { "Hits" }
                th.n scope="col" { "Articles" }
                @if has_columns { @for group in &page.groups { th.n scope="col" { (group.label) } } }
                @else { th scope="col" { "Most hits in" } }
            }
        }
        tbody {
            @for entry in &frame.top {
                tr {
                    th scope="row" { (entry.text) " " code { (entry.at) } }
                    td { (entry.forms) }
                    td.n { (number::count(entry.hits)) }
                    td.n { (number::count(entry.articles)) }
                    @if has_columns { @for g in 0..page.groups.len() { (hits_of(entry, g)) } }
                    @else { td { (most_hits(page, entry)) } }
                }
            }
        }
    };
    let caption = html! {
        (caption)
        @if !has_columns { ". Hits of every group: " (page.link("terms_by_group.csv")) }
    };
    table(&format!("Entries of {}", frame.label), "sort entries", caption, &rows)
}

fn hits_of(entry: &Entry, group: usize) -> Markup {
    match entry.by_group.get(group) {
        Some(hits) => html! { td.n { (number::count(*hits)) } },
        None => absent_cell("not counted"),
    }
}

/// `Reuters 12, The Hill 9 and 3 more`: the groups in which an entry found most.
fn most_hits(page: &Page, entry: &Entry) -> String {
    let mut groups: Vec<(&str, u64)> =
        page.groups.iter().map(|group| group.label.as_str()).zip(entry.by_group.iter().copied()).collect();
    groups.retain(|(_, hits)| *hits > 0);
    groups.sort_by_key(|(_, hits)| std::cmp::Reverse(*hits));
    let more = groups.len().saturating_sub(NAMED);
    let named: Vec<String> =
        groups.iter().take(NAMED).map(|(name, hits)| format!("{name} {}", number::count(*hits))).collect();
    if more > 0 { format!("{} and {more} more", named.join(", ")) } else { named.join(", ") }
}

/// Sentences of a frame, group by group.
fn sentences(page: &Page, f: usize) -> Markup {
    let of_group = |(g, group)| {
        let (group, anchor): (&Group, String) = (group, page.sentences_anchor(g, f)?);
        let cell = group.cells.get(f)?;
        let shown = cell.examples.len() as u64;
        Some(html! {
            section data-g=(group.label) {
                h4 id=(anchor) {
                    (group.label) " "
                    span.small {
                        @if shown < cell.hits { (number::count(shown)) " of " (several(cell.hits, "hit")) ", drawn at random" }
                        @else { (several(shown, "hit")) }
                    }
                }
                ol.kwic { @for example in &cell.examples { (line(page, group, example)) } }
            }
        })
    };
    let groups: Vec<Markup> = page.numbered().filter_map(of_group).collect();
    html! {
        @if groups.is_empty() { p { "No hits." } }
        @for group in groups { (group) }
    }
}

/// Whether the words that follow stand close to it: after an opening mark, or within a hyphenated word.
fn ends_joined(left: &str) -> bool {
    let opens_straight = |mark| left.ends_with(mark) && left.matches(mark).count() % 2 == 1;
    left.ends_with(OPENING) || opens_straight('"') || opens_straight('\'')
}

/// A hit between the words around it, with spaces where there are some.
pub(super) fn passage(left: &str, surface: &str, right: &str) -> Markup {
    html! {
        @if ends_joined(left) { span.j { (left) } } @else { span { (left) } " " }
        mark { (surface) }
        @if right.starts_with(CLOSING) { span.j { (right) } } @else { " " span { (right) } }
    }
}

/// A hit: the words around it, then who, when and where.
fn line(page: &Page, group: &Group, example: &Example) -> Markup {
    let main = example.language.split(['-', '_']).next().unwrap_or_default();
    let language = (!matches!(main, "" | "en")).then_some(&example.language);
    let direction = RIGHT_TO_LEFT.contains(&main).then_some("rtl");
    let voice = page.voices.iter().find(|voice| voice.name == example.voice);
    html! {
        li {
            p lang=[language] dir=[direction] {
                (passage(&example.left, &example.surface, &example.right))
            }
            div {
                b class=[(example.voice == "own").then_some("own")] { (voice.map_or(&example.voice, |voice| &voice.label)) } " "
                @for flag in &example.flags { b { (flag) } " " }
                @if example.outlet != group.label { (example.outlet) " · " }
                (if example.date.is_empty() { "no date" } else { &example.date }) " · "
                i { (example.file) ":" (example.byte_start) "–" (example.byte_end) } " · entry “" (example.entry) "” "
                i { (example.entry_at) }
            }
        }
    }
}
