//! A diff on disk: tables, chart and README into a folder.
//!
//! In: a [`Diff`]. Out: files by name, or a folder of them.
//! Invariant: the same two runs give the same bytes; nothing but our own files in the folder is touched.

use super::columns::{ARTICLES, CAUSES, FINDINGS, HITS, LEXICON, OPTIONS, RATES, SENTIMENT};
use super::{Diff, Versions, draw, page, readme, tables};
use crate::error::{Place, Problem, Result};
use crate::report::chart;
use std::path::Path;

/// File name of the chart, without extension.
pub(super) const CHART: &str = "chart";

/// The files of a diff by name; `most` sentences in `hits.csv`, or about so many.
pub(super) fn files(diff: &Diff<'_>, versions: Option<&Versions>, most: usize) -> Result<Vec<(String, Vec<u8>)>> {
    let failed = |error: &dyn std::fmt::Display| {
        Problem::error("diff-unwritable", Place::file("diff"), format!("cannot be written: {error}"))
    };
    let draw = || match draw::draw(diff)? {
        Some(drawing) => chart::png(&drawing.svg, 2.0).map(|png| Some((drawing, png))),
        None => Ok(None),
    };
    let (drawn, hits) = rayon::join(draw, || tables::hits(diff, most));
    let made = [
        (LEXICON.file, tables::lexicon(diff)),
        (OPTIONS.file, tables::options(diff)),
        (ARTICLES.file, tables::articles(diff)),
        (RATES.file, tables::rates(diff)),
        (CAUSES.file, tables::causes(diff)),
        (FINDINGS.file, tables::findings(diff)),
        (SENTIMENT.file, tables::sentiment(diff)),
        (HITS.file, hits?),
    ];
    let mut files = Vec::new();
    for (name, bytes) in made {
        files.push((name.to_string(), bytes.map_err(|error| failed(&error))?));
    }
    let listed = tables::listed(diff, most).len();
    let drawn = drawn.map_err(|error| failed(&error))?;
    let svg = drawn.as_ref().map_or("", |(drawing, _)| drawing.inline.as_str());
    files.push(("index.html".to_string(), page::page(diff, versions, svg, listed)?.html().into_bytes()));
    if let Some((drawing, png)) = drawn {
        files.push((format!("{CHART}.svg"), drawing.svg.into_bytes()));
        files.push((format!("{CHART}.png"), png));
    }
    files.push(("README.md".to_string(), readme::readme(diff, versions, listed).into_bytes()));
    Ok(files)
}

/// Writes a diff into a folder: a new one, an empty one, or one that holds an earlier diff.
///
/// # Errors
/// Where the folder holds something else, or cannot be written.
pub fn write(diff: &Diff<'_>, out: &str) -> Result<()> {
    let folder = Path::new(out);
    let unwritable = |error: &dyn std::fmt::Display| {
        Problem::error("output-unwritable", Place::file(out), format!("cannot be written: {error}"))
            .hint("choose another folder with --out")
    };
    let is_ours = std::fs::read(folder.join("README.md")).is_ok_and(|text| text.starts_with(readme::TITLE.as_bytes()));
    let holds_something = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if holds_something && !is_ours {
        let problem = Problem::error("output-foreign", Place::file(out), "holds files and no earlier diff");
        return Err(problem.expected("a new or empty folder").hint("choose another with --out").into());
    }
    let files = files(diff, None, usize::MAX)?;
    std::fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
    let ending = [".svg", ".png"].map(|extension| format!("{CHART}{extension}"));
    for stale in ending.iter().filter(|name| !files.iter().any(|(file, _)| file == *name)) {
        // an earlier diff had a chart and this one has none
        let _ = std::fs::remove_file(folder.join(stale));
    }
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).map_err(|error| unwritable(&error))?;
    }
    Ok(())
}
