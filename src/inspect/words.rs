//! Keyness and collocates without a whole run.
//!
//! In: a study that asks for one of them. Out: a table for people, and the CSV of a run.
//! Invariant: every number is the one that a run with this study writes.
//! It deliberately replaces no file that holds something else.

use super::Finding;
use crate::aggregate::Counts;
use crate::count::Request;
use crate::error::{Place, Problem, Result};
use crate::estimates::Estimates;
use crate::estimates::lexical::{Results, Scope, collocates::Collocates, keyness::Keyness, keyness::Row};
use crate::lexicon::Set;
use crate::lookup::{Plan, Subjects};
use crate::progress::Silent;
use crate::results::decimal;
use crate::results::lexical::{Words, direction};
use crate::sentiment::{self, Scorer};
use crate::session::CountingSession;
use crate::statistics::Measured;
use crate::study::Study;
use crate::text::several;
use std::fmt::Write as _;
use std::io::BufRead;
use std::sync::atomic::AtomicBool;

/// Rows printed of each comparison or term; the file has all.
const SHOWN: usize = 20;

/// Compares the words of groups, and writes the table.
pub fn keyness(study: &Study, out: &str, stop: &AtomicBool) -> Result<Finding> {
    look(study, stop, |frame, results| {
        let keyness = results.keyness.as_ref().ok_or_else(|| nothing(study))?;
        let options = study.lexical.keyness.as_ref().map_or(0, |options| options.min_group);
        if let Some(problem) = nothing_compared(study, frame.counts, keyness, options) {
            return Err(problem.into());
        }
        write(out, &frame.keyness_csv(keyness)?)?;
        Ok(Finding { text: shown_keyness(frame, keyness, out), needs_decision: false })
    })
}

/// Looks at what stands beside a term, and writes the table.
pub fn collocates(study: &Study, out: &str, stop: &AtomicBool) -> Result<Finding> {
    look(study, stop, |frame, results| {
        let found = results.collocates.as_ref().ok_or_else(|| nothing(study))?;
        write(out, &frame.collocates_csv(found)?)?;
        let remarks = study.lexical.nodes(frame.plan)?.remarks("terms of collocates");
        let told: String = remarks.iter().map(|problem| format!("{problem}\n")).collect();
        Ok(Finding { text: format!("{told}{}", shown_collocates(frame, found, out)), needs_decision: false })
    })
}

fn nothing(study: &Study) -> Problem {
    let problem =
        Problem::error("nothing-to-compare", Place::file(study.corpus.join(", ")), "no two groups to compare");
    problem.hint("say with --by how to group the articles; groups need articles and words")
}

/// Why no words are compared, where none are.
fn nothing_compared(study: &Study, counts: &Counts, keyness: &Keyness, min_group: u32) -> Option<Problem> {
    use crate::estimates::lexical::keyness::What;
    if keyness.rows.iter().any(|row| matches!(row.what, What::Word(_))) {
        return None;
    }
    let mut sizes = vec![0u32; counts.groups.len()];
    for (&group, _) in counts.group_of.iter().zip(&counts.words).filter(|(_, words)| **words > 0) {
        sizes[group.index()] += 1;
    }
    let filled: Vec<usize> = (0..sizes.len()).filter(|&group| sizes[group] > 0).collect();
    if filled.len() < 2 {
        return Some(nothing(study));
    }
    let place = Place::file(study.corpus.join(", "));
    let names = counts.group_names();
    if filled.iter().all(|group| keyness.small.contains(group)) {
        let most = 4;
        let sizes_text = filled.iter().take(most).map(|&group| {
            let plural = if sizes[group] == 1 { "article" } else { "articles" };
            format!("{} has {} {plural}", names[group], sizes[group])
        });
        let more =
            if filled.len() > most { format!(", and {} more groups", filled.len() - most) } else { String::new() };
        let found = format!(
            "no group is large enough for its words to be compared: {}{more}",
            sizes_text.collect::<Vec<_>>().join(", ")
        );
        let problem = Problem::error("groups-too-small", place, found);
        return Some(
            problem
                .expected(format!("{min_group} articles in a group"))
                .hint("compare larger groups with --by, or set `[keyness] min_group` lower: most words then have no p"),
        );
    }
    if keyness.rows.is_empty() {
        let found = format!("of {} words none is frequent enough to be compared", keyness.vocabulary);
        let problem = Problem::error("words-too-rare", place, found);
        return Some(problem.hint("set `[keyness] min_hits` and `min_articles` lower"));
    }
    None
}

/// Counts as a run does, and keeps what is about words.
fn look<R>(study: &Study, stop: &AtomicBool, show: impl FnOnce(&Words<'_>, &Results) -> Result<R>) -> Result<R> {
    let lexicons = if study.lexicons.is_empty() {
        Set::default()
    } else {
        study.load_lexicons(&study.lexicons, &study.reading)?
    };
    let mut session = CountingSession::open(study, &lexicons)?;
    let plan = Plan::new(&lexicons.frames);
    let subjects = Subjects::default();
    let nodes = study.lexical.nodes(&plan)?;
    let node_plan = Plan::new(&nodes.lexicons);
    let scorer = Scorer::new(&[], sentiment::Options::default())?;
    let request =
        Request { lexical: study.lexical.wanted(&nodes, &node_plan), ..Request::of_hits(&plan, &scorer, &subjects) };
    let store = session.index_aside((&lexicons.frames, &lexicons), stop)?;
    session.find_stories(&store, stop)?;
    let counted = session.count_all(&request, &Silent, stop)?;
    let counts = &counted.counts;
    let comparisons = match plan.frames() {
        [] => Vec::new(),
        _ if study.lexical.keyness.is_none() => Vec::new(),
        _ => Estimates::of_related(counts, &study.estimates, &session.related().view(), None)?.comparisons,
    };
    let results = Results::of(counts, &counted.lexical, &comparisons, &plan, &study.lexical, &study.estimates)?;
    show(&Words { dimensions: &session.grouping.names(), counts, plan: &plan }, &results)
}

/// Writes a table; replaces a file only where it begins as this table does.
fn write(path: &str, bytes: &[u8]) -> Result<()> {
    let place = || Place::file(path);
    let unwritable = |error: &dyn std::fmt::Display| {
        Problem::error("output-unwritable", place(), format!("cannot be written: {error}"))
            .hint("choose another with --out")
    };
    if let Ok(file) = std::fs::File::open(path) {
        let mut first = Vec::new();
        let _ = std::io::BufReader::new(file).read_until(b'\n', &mut first);
        if !first.is_empty() && !bytes.starts_with(&first) {
            let problem = Problem::error("output-foreign", place(), "holds something else");
            return Err(problem
                .expected("a new file, or an earlier table of this kind")
                .hint("choose another with --out")
                .into());
        }
    }
    std::fs::write(path, bytes).map_err(|error| unwritable(&error).into())
}

fn number(value: Measured, decimals: usize) -> String {
    match (value.value(), value.why()) {
        (Some(value), _) => format!("{value:.decimals$}"),
        (None, why) => why.map_or(String::new(), |why| why.phrase().to_string()),
    }
}

fn chance(value: Measured) -> String {
    match value.value() {
        Some(p) if p < 0.0001 => "<.0001".to_string(),
        Some(p) => format!("{p:.4}"),
        None => value.why().map_or(String::new(), |why| why.phrase().to_string()),
    }
}

fn shown_keyness(frame: &Words<'_>, keyness: &Keyness, out: &str) -> String {
    let names = frame.counts.group_names();
    let mut text = String::new();
    for rows in keyness.rows.chunk_by(|a, b| (a.group, a.against) == (b.group, b.against)) {
        let against = rows[0].against.map_or("all others", |other| names[other].as_str());
        let _ = writeln!(text, "\n{} against {against}", names[rows[0].group]);
        let _ = writeln!(
            text,
            "{:24} {:>9} {:>9}  {:>9} {:>9}  {:>8} {:>10} {:>10}  direction",
            "", "hits", "articles", "hits", "articles", "z", "p", "q"
        );
        for row in rows.iter().take(SHOWN + frame.counts.frames.len()) {
            let _ = writeln!(text, "{}", line(frame, keyness, row, &names));
        }
    }
    let _ = write!(
        text,
        "\n{} different words, {} of them frequent enough to be tested; z treats words as independent: use it for ranking, not as a test. \
         p and q are over articles. All rows and scores: {out}",
        keyness.vocabulary, keyness.tested
    );
    if !keyness.small.is_empty() {
        let _ = write!(text, "\nToo few articles to be compared by words: {}", several(keyness.small.len(), "group"));
    }
    text.trim_start().to_string()
}

fn line(frame: &Words<'_>, keyness: &Keyness, row: &Row, names: &[String]) -> String {
    let (kind, word, _) = keyness.text(row, &frame.counts.frames);
    let name = if kind == "frame" { format!("#{word}") } else { word.to_string() };
    let direction = direction(row, names);
    format!(
        "{:24} {:>9} {:>9}  {:>9} {:>9}  {:>8} {:>10} {:>10}  {direction}",
        name,
        row.table.a,
        row.with[0],
        row.table.b,
        row.with[1],
        number(row.scores.z, 2),
        chance(row.p),
        chance(row.q)
    )
}

fn shown_collocates(frame: &Words<'_>, found: &Collocates, out: &str) -> String {
    let names = frame.counts.group_names();
    let mut text = String::new();
    for rows in found.rows.chunk_by(|a, b| (a.term, a.scope) == (b.term, b.scope)) {
        let first = &rows[0];
        let scope = match first.scope {
            Scope::All => "all articles",
            Scope::Group(group) => names[group].as_str(),
        };
        let _ = writeln!(
            text,
            "\n{} in {scope}: {}, {} near them",
            found.terms[first.term],
            several(first.hits, "hit"),
            several(first.places, "word")
        );
        let _ = writeln!(
            text,
            "{:24} {:>8} {:>9} {:>9} {:>9}  {:>8} {:>7} {:>9}",
            "", "together", "articles", "anywhere", "expected", "logDice", "PMI", "G²"
        );
        for row in rows.iter().take(SHOWN) {
            let _ = writeln!(
                text,
                "{:24} {:>8} {:>9} {:>9} {:>9}  {:>8} {:>7} {:>9}",
                row.word,
                row.together,
                row.articles,
                row.frequency,
                decimal((row.expected * 100.0).round() / 100.0),
                number(row.log_dice, 2),
                number(row.pmi, 2),
                number(row.g2, 1)
            );
        }
    }
    let has_rows = |term: usize| found.rows.iter().any(|row| row.term == term);
    let without: Vec<&str> =
        found.terms.iter().enumerate().filter(|(term, _)| !has_rows(*term)).map(|(_, name)| name.as_str()).collect();
    if !without.is_empty() {
        let _ = writeln!(text, "no word occurs near {} often enough", without.join(", "));
    }
    let _ = write!(text, "\nAll rows and scores: {out}");
    text.trim_start().to_string()
}
