//! Targets and labels: what the groups call one referent, and which frames fall beside which names.

use super::markup::{MARKS, Text, absent, capital, close_table, mark, open_table, reason};
use super::{LabelShare, Labels, Measure, Page, TargetHits, figures, number};
use std::fmt::Write;

/// The chapter.
pub(super) fn subjects(page: &Page, out: &mut String) {
    if page.labels.is_empty() && page.targets.is_empty() {
        out.push_str("<p>No lexicon of this run names a target or rival labels that were found.</p>\n");
        return;
    }
    for labels in &page.labels {
        of_referent(page, labels, out);
    }
    if !page.labels.is_empty() {
        let _ = writeln!(
            out,
            "<p class=\"small\">bold: q below .05 against all other groups together, over every row of {}.</p>",
            page.link("labels.csv")
        );
        out.push_str(MARKS);
    }
    targets(page, out);
}

fn of_referent(page: &Page, labels: &Labels, out: &mut String) {
    let _ = writeln!(out, "<h3>{}</h3>", Text(&capital(&labels.referent)));
    let drawn = page.label_charts.iter().filter(|(referent, _)| *referent == labels.referent);
    drawn.for_each(|(_, chart)| figures::figure(page, chart, out));
    let caption = format!(
        "What the {} call {}: share of each label among the hits of all of them, with its {} interval; below it the share in the \
         articles’ own voice. All figures: {}.",
        Text(&format!("{}s", page.grouping())),
        Text(&labels.referent),
        Text(&page.level),
        page.link("labels.csv")
    );
    open_table(out, &format!("Labels of {}", labels.referent), "sort", &caption);
    let _ = write!(
        out,
        "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">Articles</th><th scope=\"col\" class=\"n\">Hits</th>",
        Text(&capital(&page.grouping()))
    );
    for name in &labels.names {
        let _ = write!(out, "<th scope=\"col\" class=\"n\">{}</th>", Text(&capital(name)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (g, group) in page.numbered() {
        let shares: Vec<&LabelShare> = labels.shares.iter().filter_map(|of_label| of_label.get(g)).collect();
        let articles = shares.first().map_or(0, |share| share.articles);
        let hits: u64 = shares.iter().map(|share| share.hits).sum();
        let _ = write!(
            out,
            "<tr data-g=\"{0}\"><th scope=\"row\">{0}</th><td class=\"n\" data-v=\"{1}\">{2}</td><td class=\"n\" data-v=\"{3}\">{4}</td>",
            Text(&group.label),
            articles,
            number::count(articles),
            hits,
            number::count(hits)
        );
        shares.into_iter().for_each(|share| label(share, out));
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n");
    close_table(out);
}

fn label(label: &LabelShare, out: &mut String) {
    let Some(share) = label.share.known() else {
        let _ = write!(out, "<td class=\"n\">{}</td>", absent(&label.share.why));
        return;
    };
    let mark = mark(&label.share, label.articles);
    let class = if mark.is_empty() { "n" } else { "n weak" };
    let percent = number::percent(share);
    let percent = Text(&percent);
    let shown = if label.q.is_some_and(|q| q < 0.05) { format!("<b>{percent}</b>") } else { percent.to_string() };
    let own =
        label.own_share.map_or_else(|| "none in own voice".to_string(), |own| format!("own: {}", number::percent(own)));
    let _ = write!(
        out,
        "<td class=\"{class}\" data-v=\"{}\">{shown}{mark} <small>{}<br/>{}</small></td>",
        number::plain(share),
        Text(&percents(&label.share)),
        Text(&own)
    );
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

fn targets(page: &Page, out: &mut String) {
    if page.targets.is_empty() {
        return;
    }
    out.push_str("<h3>Targets</h3>\n");
    let shown = page.targets.len() as u64;
    let caption = format!(
        "{} Hits of a frame whose nearest target in the sentence this is. Nearness is not syntax: read the hits. All figures: {}.",
        Text(&match shown < page.target_rows {
            true => format!("The {} rows with most hits of {}.", number::count(shown), number::count(page.target_rows)),
            false => "Every row with hits.".to_string(),
        }),
        page.link("targets.csv")
    );
    open_table(out, "Targets", "sort tall", &caption);
    let _ = writeln!(
        out,
        "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">Target</th><th scope=\"col\">Frame</th>\
         <th scope=\"col\" class=\"n\">Hits</th><th scope=\"col\" class=\"n\">Own voice</th><th scope=\"col\" class=\"n\">Mentions</th>\
         <th scope=\"col\" class=\"n\">Articles</th><th scope=\"col\" class=\"n\">Hits per 100 mentions</th></tr></thead>\n<tbody>",
        Text(&capital(&page.grouping()))
    );
    page.targets.iter().for_each(|row| target(page, row, out));
    out.push_str("</tbody>\n");
    close_table(out);
    out.push_str(MARKS);
}

fn target(page: &Page, row: &TargetHits, out: &mut String) {
    let group = page.groups.get(row.group).map_or("", |group| group.label.as_str());
    let frame = Text(&row.frame_label);
    let named = match page.sentences_anchor(row.group, row.frame) {
        Some(anchor) => format!("<a href=\"#{anchor}\">{frame}</a>"),
        None => frame.to_string(),
    };
    let _ = write!(
        out,
        "<tr data-g=\"{0}\" data-f=\"{1}\"><th scope=\"row\">{0}</th><td>{2}</td><td>{named}</td>",
        Text(group),
        frame,
        Text(&row.target)
    );
    for n in [row.hits, row.own_hits, row.mentions, row.articles] {
        let _ = write!(out, "<td class=\"n\" data-v=\"{n}\">{}</td>", number::count(n));
    }
    match row.rate.known() {
        None => {
            let _ = write!(out, "<td class=\"n\">{}</td>", absent(&row.rate.why));
        }
        Some(rate) => {
            let mark = mark(&row.rate, row.articles);
            let class = if mark.is_empty() { "n" } else { "n weak" };
            let beside = match row.rate.interval() {
                Some((low, high)) => number::interval(low, high, 3),
                None => reason(&row.rate.why).to_string(),
            };
            let _ = write!(
                out,
                "<td class=\"{class}\" data-v=\"{}\">{}{mark} <small>{}</small></td>",
                number::plain(rate),
                number::figures(rate, 3),
                Text(&beside)
            );
        }
    }
    out.push_str("</tr>\n");
}
