//! Targets and labels: what the groups call one referent, and which frames fall beside which names.

use super::markup::{absent_cell, capital, count_cell, mark, meaning_of_marks, measure_cell, reason, table};
use super::{LabelShare, Labels, Measure, Page, TargetHits, figures, number};
use maud::{Markup, html};

/// The chapter.
pub(super) fn subjects(page: &Page) -> Markup {
    html! {
        @if page.labels.is_empty() && page.targets.is_empty() {
            p { "No lexicon of this run names a target or rival labels that were found." }
        }
        @for labels in &page.labels { (of_referent(page, labels)) }
        @if !page.labels.is_empty() {
            p.small {
                "bold: q below .05 against all other groups together, over every row of " (page.link("labels.csv")) "."
            }
            (meaning_of_marks())
        }
        @if !page.targets.is_empty() {
            h3 { "Targets" }
            (targets(page))
            (meaning_of_marks())
        }
    }
}

fn of_referent(page: &Page, labels: &Labels) -> Markup {
    let caption = html! {
        "What the " (page.grouping()) "s call " (labels.referent) ": share of each label among the hits of all of them, with its "
        (page.level) " interval; below it the share in the articles’ own voice. All figures: " (page.link("labels.csv")) "."
    };
    let rows = html! {
        thead {
            tr {
                th scope="col" { (capital(&page.grouping())) }
                th.n scope="col" { "Articles" }
                th.n scope="col" { "Hits" }
                @for name in &labels.names { th.n scope="col" { (capital(name)) } }
            }
        }
        tbody {
            @for (g, group) in page.numbered() {
                @let shares: Vec<&LabelShare> = labels.shares.iter().filter_map(|of_label| of_label.get(g)).collect();
                tr data-g=(group.label) {
                    th scope="row" { (group.label) }
                    (count_cell(shares.first().map_or(0, |share| share.articles)))
                    (count_cell(shares.iter().map(|share| share.hits).sum()))
                    @for share in shares { (label_cell(share)) }
                }
            }
        }
    };
    html! {
        h3 { (capital(&labels.referent)) }
        @for (referent, chart) in &page.label_charts {
            @if *referent == labels.referent { (figures::figure(page, chart)) }
        }
        (table(&format!("Labels of {}", labels.referent), "sort", caption, &rows))
    }
}

fn label_cell(label: &LabelShare) -> Markup {
    let Some(share) = label.share.known() else { return absent_cell(&label.share.why) };
    let mark = mark(&label.share, label.articles);
    let is_finding = label.q.is_some_and(|q| q < 0.05);
    let percent = number::percent(share);
    html! {
        td.n.weak[!mark.is_empty()] data-v=(share) {
            @if is_finding { b { (percent) } } @else { (percent) }
            (mark) " "
            small {
                (percents(&label.share)) br;
                @match label.own_share {
                    Some(own) => { "own: " (number::percent(own)) }
                    None => { "none in own voice" }
                }
            }
        }
    }
}

/// `20–45 %`, `at most 12 %`, or why there is no interval.
fn percents(share: &Measure) -> String {
    let bare = |share: f64| number::percent(share).trim_end_matches("\u{a0}%").to_string();
    match share.interval() {
        Some((Some(low), Some(high))) => format!("{}–{}", bare(low), number::percent(high)),
        Some((None, Some(high))) => format!("at most {}", number::percent(high)),
        Some((Some(low), None)) => format!("at least {}", number::percent(low)),
        _ => reason(&share.why).to_string(),
    }
}

fn targets(page: &Page) -> Markup {
    let shown = page.targets.len() as u64;
    let caption = html! {
        @if shown < page.target_rows {
            "The " (number::count(shown)) " rows with most hits of " (number::count(page.target_rows)) "."
        } @else {
            "All rows with hits."
        }
        " A hit is given to the nearest target in its sentence. The nearest is not always the one that is meant: read the hits. All figures: "
        (page.link("targets.csv")) "."
    };
    let rows = html! {
        thead {
            tr {
                th scope="col" { (capital(&page.grouping())) }
                @for name in ["Target", "Frame"] { th scope="col" { (name) } }
                @for name in ["Hits", "Own voice", "Mentions", "Articles", "Hits per 100 mentions"] {
                    th.n scope="col" { (name) }
                }
            }
        }
        tbody { @for row in &page.targets { (target(page, row)) } }
    };
    table("Targets", "sort tall", caption, &rows)
}

fn target(page: &Page, row: &TargetHits) -> Markup {
    let group = page.groups.get(row.group).map_or("", |group| group.label.as_str());
    html! {
        tr data-g=(group) data-f=(row.frame_label) {
            th scope="row" { (group) }
            td { (row.target) }
            td { (page.frame_link(row.group, row.frame, &row.frame_label)) }
            @for count in [row.hits, row.own_hits, row.mentions, row.articles] { (count_cell(count)) }
            (measure_cell(&row.rate, row.articles))
        }
    }
}
