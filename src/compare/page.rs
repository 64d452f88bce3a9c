//! What `diff/index.html` says.
//!
//! In: a [`Diff`]. Out: a page of chapters.
//! Invariant: everything on it is in a table of the diff; what is left out is said with its number.

use super::ledger::HitChange;
use super::rates::Cause;
use super::summary::part;
use super::{Diff, Entry, Versions, tables};
use crate::error::Result;
use crate::report::html::{Changed, Changes, Rows, Sentence};

/// Rows of a table on the page.
const ROWS: usize = 200;
/// Sentences on the page.
const SENTENCES: usize = 120;
/// Sentences gained, and sentences lost, of each cause.
const EACH: usize = super::summary::SENTENCES;
/// Causes in a cell.
const CAUSES: usize = 5;

/// The page; `svg` is the chart, where there is one, and `listed` the number of hits in `hits.csv`.
pub(super) fn page(diff: &Diff<'_>, versions: Option<&Versions>, svg: &str, listed: usize) -> Result<Changes> {
    let hits = hits(diff, listed)?;
    let chapters =
        [lexicon(diff), options(diff), articles(diff), chart(svg), rates(diff), findings(diff), sentiment(diff), hits];
    let mut lede = vec!["Only what changed is shown. The causes of a change add up to it.".to_string()];
    let said = match (diff.rates.is_empty(), diff.findings.is_empty()) {
        (true, true) => "No rate moved, and no finding changed.",
        (false, true) => "No finding changed.",
        (true, false) => "No rate moved.",
        (false, false) => "",
    };
    lede.extend((!said.is_empty()).then(|| said.to_string()));
    lede.extend(versions.map(Versions::sentence));
    Ok(Changes {
        title: if versions.is_some() { "What changed since the last run" } else { "What changed between two runs" }
            .to_string(),
        program: format!("framescope {}", env!("CARGO_PKG_VERSION")),
        lede,
        chapters: chapters.into_iter().flatten().collect(),
    })
}

fn table(
    anchor: &'static str,
    heading: &str,
    file: &str,
    header: &[(&str, bool)],
    mut rows: Vec<Vec<String>>,
) -> Option<Changed> {
    if rows.is_empty() {
        return None;
    }
    let caption = match rows.len() > ROWS {
        true => format!("The first {ROWS} of {}; all: {file}", rows.len()),
        false => format!("As in {file}"),
    };
    rows.truncate(ROWS);
    let header = header.iter().map(|(name, is_number)| ((*name).to_string(), *is_number)).collect();
    let table = Some(Rows { caption, header, rows });
    Some(Changed { anchor, heading: heading.to_string(), table, ..Changed::default() })
}

/// A table whose rows are not in the order of the file: which come first.
fn in_order(of: &str, chapter: Option<Changed>) -> Option<Changed> {
    chapter.map(|mut chapter| {
        if let Some(table) = &mut chapter.table {
            table.caption = format!("{of} {}", table.caption);
        }
        chapter
    })
}

/// A value that may have changed.
fn sides(before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (Some(one), Some(other)) if one != other => format!("{one} → {other}"),
        (one, other) => other.or(one).unwrap_or_default().to_string(),
    }
}

fn number(value: Option<f64>, decimals: usize) -> String {
    let Some(value) = value else { return "–".to_string() };
    let text = format!("{:.decimals$}", value.abs());
    let is_nought = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !is_nought { format!("−{text}") } else { text }
}

/// With a sign where it is not 0.
fn count(sign: char, n: u64) -> String {
    if n == 0 { n.to_string() } else { format!("{sign}{n}") }
}

fn lexicon(diff: &Diff<'_>) -> Option<Changed> {
    let moved = diff.gained_and_lost();
    let mut rows = Vec::new();
    for (place, &pair) in diff.pairs.list.iter().enumerate() {
        let edit = diff.edit_at(place, moved.get(&place).copied().unwrap_or_default());
        if edit.is_empty() {
            continue;
        }
        let [a, b] = diff.entry(pair);
        let of = |of: fn(&Entry) -> &str| sides(a.map(of), b.map(of));
        let is_exception = b.or(a).is_some_and(|entry| entry.except);
        let [gained, lost] = moved.get(&place).copied().unwrap_or_default();
        rows.push(vec![
            diff.text_at(place),
            if is_exception { format!("exception {edit}") } else { edit },
            of(|entry| &entry.frame),
            of(|entry| &entry.weight),
            of(|entry| &entry.mode),
            b.or(a).map_or(String::new(), |entry| entry.at.clone()),
            count('+', gained),
            count('−', lost),
        ]);
    }
    let header = [
        ("entry", false),
        ("change", false),
        ("frame", false),
        ("weight", true),
        ("match", false),
        ("place", false),
        ("hits gained", true),
        ("lost", true),
    ];
    table("lexicon", "Lexicon", "lexicon.csv", &header, rows)
}

fn options(diff: &Diff<'_>) -> Option<Changed> {
    let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "absent".to_string());
    let row = |row: &super::OptionChange| vec![row.heading(), side(&row.before), side(&row.after)];
    let header = [("what", false), ("before", false), ("after", false)];
    table("options", "Settings and files", "options.csv", &header, diff.options.iter().map(row).collect())
}

fn articles(diff: &Diff<'_>) -> Option<Changed> {
    let row = |change: &super::ArticleChange| {
        let sides = diff.article([change.before, change.after]);
        let words = |side: usize| sides[side].filter(|article| article.group.is_some()).map(|article| article.words);
        let written = |words: Option<u64>| words.map_or("–".to_string(), |words| words.to_string());
        let shown = sides[1].or(sides[0]);
        vec![
            shown.map_or(String::new(), |article| article.id.clone()),
            super::change_text(&change.kind).replacen("articles ", "", 1),
            shown.map_or(String::new(), |article| article.outlet.clone()),
            written(words(0)),
            written(words(1)),
        ]
    };
    let header = [("article", false), ("change", false), ("outlet", false), ("words before", true), ("after", true)];
    table("articles", "Articles", "articles.csv", &header, diff.articles().iter().map(row).collect())
}

fn chart(svg: &str) -> Option<Changed> {
    let heading = "Before and after".to_string();
    (!svg.is_empty()).then(|| Changed { anchor: "chart", heading, svg: svg.to_string(), ..Changed::default() })
}

fn causes(diff: &Diff<'_>, causes: &[Cause]) -> String {
    let texts = causes
        .iter()
        .filter(|cause| cause.effect.is_some_and(|effect| effect != 0.0))
        .take(CAUSES)
        .map(|cause| format!("{} {}", diff.named(&cause.source).name, part(cause)));
    texts.collect::<Vec<_>>().join("; ")
}

fn rates(diff: &Diff<'_>) -> Option<Changed> {
    let groups = diff.groups();
    let mut changed: Vec<_> = diff.rates.iter().collect();
    let size = |row: &super::RateChange| row.change().map_or(0.0, f64::abs);
    changed.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let row = |row: &&super::RateChange| {
        let written = |n: Option<u64>| n.map_or("–".to_string(), |n| n.to_string());
        let both = |of: [Option<u64>; 2]| sides(Some(&written(of[0])), Some(&written(of[1])));
        vec![
            groups[row.group].clone(),
            diff.frames()[row.frame].clone(),
            both(row.articles),
            number(row.rate(0), 2),
            number(row.rate(1), 2),
            number(row.change(), 2),
            both(row.ranks),
            causes(diff, &row.causes),
        ]
    };
    let header = [
        ("group", false),
        ("frame", false),
        ("articles", true),
        ("rate before", true),
        ("after", true),
        ("change", true),
        ("rank", true),
        ("causes", false),
    ];
    let rows = changed.iter().map(row).collect();
    let rates = table("rates", "Rates, hits per 1,000 words", "rates.csv and causes.csv", &header, rows);
    in_order("Largest change first.", rates)
}

fn findings(diff: &Diff<'_>) -> Option<Changed> {
    let groups = diff.groups();
    let row = |row: &&super::FindingChange| {
        let [a, b] = row.values;
        let q = |q: Option<f64>| number(q, 3);
        vec![
            groups[row.group].clone(),
            diff.frames()[row.frame].clone(),
            row.crossed(),
            number(a[0], 2),
            number(b[0], 2),
            q(a[3]),
            q(b[3]),
            causes(diff, &row.causes),
        ]
    };
    let header = [
        ("group", false),
        ("frame", false),
        ("crossed", false),
        ("log2 ratio before", true),
        ("after", true),
        ("q before", true),
        ("after", true),
        ("causes of the ratio", false),
    ];
    let rows = diff.findings_in_order().iter().map(row).collect();
    let findings = table("findings", "Findings that moved", "findings.csv and causes.csv", &header, rows);
    in_order(
        "First where q crossed .05, then where the interval came to include 0 or no longer does, then where only the sign of the ratio \
         changed.",
        findings,
    )
}

fn sentiment(diff: &Diff<'_>) -> Option<Changed> {
    let row = |row: &super::ToneChange| {
        let of = |side: usize, of: fn(&super::Tone) -> Option<f64>| number(row.tones[side].as_ref().and_then(of), 3);
        let hits = |side: usize| row.tones[side].map_or("–".to_string(), |tone| tone.hits.to_string());
        let interval = format!("{} to {}", of(1, |tone| tone.low), of(1, |tone| tone.high));
        vec![
            row.group.clone(),
            row.scale.clone(),
            sides(Some(&hits(0)), Some(&hits(1))),
            of(0, |tone| tone.mean),
            of(1, |tone| tone.mean),
            number(row.change(), 3),
            interval,
        ]
    };
    let header = [
        ("group", false),
        ("lexicon", false),
        ("hits", true),
        ("mean weight before", true),
        ("after", true),
        ("change", true),
        ("95 % interval after", true),
    ];
    let rows = diff.tones.iter().map(row).collect();
    in_order(
        "Largest change first.",
        table("sentiment", "Sentiment, mean weight of a hit", "sentiment.csv", &header, rows),
    )
}

fn hits(diff: &Diff<'_>, listed: usize) -> Result<Option<Changed>> {
    let mut rows: Vec<&HitChange> = tables::drawn(diff, EACH).into_iter().flat_map(|cause| cause.drawn).collect();
    rows.truncate(SENTENCES);
    if rows.is_empty() {
        return Ok(None);
    }
    let sentence = |(change, quote): (&&HitChange, super::quotes::Quote)| {
        let [a, b] = diff.article(change.articles);
        let article = b.or(a).map_or("", |article| article.id.as_str());
        let entry = diff.text_at(change.pair);
        let instead = tables::instead(diff, change);
        let instead = match (instead.is_empty(), change.after.is_some()) {
            (true, _) => String::new(),
            (false, true) => format!(", was {instead}"),
            (false, false) => format!(", now {instead}"),
        };
        Sentence {
            what: change.what().to_string(),
            left: quote.left,
            surface: quote.surface,
            right: quote.right,
            about: format!("{}: {entry}{instead} · {article}", diff.frames()[change.frame]),
        }
    };
    let sentences = rows.iter().zip(tables::quoted(diff, &rows)?).map(sentence).collect();
    let all = diff.hits().len();
    let elsewhere = match listed < all {
        true => format!(
            "{listed} of them are in hits.csv, the first of each entry; `framescope diff` with --out writes all."
        ),
        false => "All are in hits.csv.".to_string(),
    };
    let paragraphs = vec![format!(
        "{} of {all} hits that changed: for each cause at most {EACH} gained and {EACH} lost, drawn at random. {elsewhere}",
        rows.len()
    )];
    let heading = "Sentences gained and lost".to_string();
    Ok(Some(Changed { anchor: "sentences", heading, paragraphs, sentences, ..Changed::default() }))
}
