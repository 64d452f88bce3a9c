//! The end of a run: estimates, charts, README and manifest into the folder, and the folder into its place.

use super::folder::Folder;
use super::inputs::{Inputs, Outcome};
use super::readme::readme;
use super::tables::Finished;
use super::{charts, manifest, page, results, subjects};
use crate::aggregate::write_counts;
use crate::error::{Error, Result};
use crate::estimates::Estimates;
use rayon::prelude::*;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// Writes what is left to write; the folder is then to be put in its place.
pub fn write(
    mut found: Finished,
    estimates: &Estimates,
    inputs: &Inputs<'_>,
    stop: &AtomicBool,
) -> Result<(Outcome, Folder)> {
    let options = inputs.options;
    let ((tables, parquet), charts) = rayon::join(
        || (tables(&found, estimates, inputs), options.parquet.then(|| counts_parquet(&found))),
        || if options.charts { rastered(&found, estimates, inputs) } else { Ok(Vec::new()) },
    );
    for (name, bytes) in tables {
        let bytes = bytes.map_err(|error| found.folder.problem(name, &error))?;
        found.folder.write(name, &bytes)?;
    }
    if let Some(bytes) = parquet.transpose()? {
        found.folder.write(COUNTS_PARQUET, &bytes)?;
    }
    let charts = write_charts(&mut found, charts?)?;
    let names: Vec<String> = charts.iter().map(|(name, _)| name.clone()).collect();
    let mut text = readme(&found.dimensions, &names, options.parquet);
    if !estimates.pairs.left_out.is_empty() {
        text.push_str(&format!("\n`pairwise.csv` has no rows: {}.\n", estimates.pairs.left_out));
    }
    found.folder.write("README.md", text.as_bytes())?;
    let page = page::page(&found, estimates, inputs, &charts, &found.examples, &found.problems);
    found.folder.write("index.html", page.html().as_bytes())?;
    let text = manifest::manifest(
        &inputs.settings,
        inputs.lexicons,
        inputs.files,
        &found.totals,
        &found.units,
        &found.folder.files(),
    );
    found.folder.write(super::MANIFEST, text.as_bytes())?;
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted);
    }
    Ok((outcome(&found, estimates, inputs), found.folder))
}

/// Every table that is made of sums and estimates.
fn tables(found: &Finished, estimates: &Estimates, inputs: &Inputs<'_>) -> Vec<(&'static str, io::Result<Vec<u8>>)> {
    let plan = inputs.frames;
    let mut tables = vec![
        ("frames.csv", results::frames(found, estimates, plan)),
        ("voices.csv", results::voices(found, estimates)),
        ("comparisons.csv", results::comparisons(found, estimates)),
        ("targets.csv", subjects::targets(found, estimates)),
        ("labels.csv", subjects::labels(found, estimates)),
        ("sentiment.csv", results::sentiment(found, estimates, inputs.scorer)),
        ("sentiment_targets.csv", results::sentiment_targets(found, estimates, inputs.scorer)),
        ("contributions.csv", results::contributions(found, inputs.scorer)),
        ("sentiment_shifts.csv", results::shifts(found, inputs.scorer)),
        ("timeline.csv", results::timeline(found, estimates)),
        ("overlaps.csv", results::overlaps(found)),
        ("terms.csv", results::terms(found, plan, inputs.sentiment)),
        ("overall.csv", results::overall(found, estimates)),
        ("pairwise.csv", results::pairwise(found, estimates)),
        ("length.csv", results::length(estimates)),
    ];
    let asked = [
        estimates.standard.as_ref().map(|standard| ("standardised.csv", results::standardised(found, standard))),
        estimates.robustness.as_ref().map(|checked| ("sensitivity.csv", results::sensitivity(found, checked, plan))),
        estimates.specifications.as_ref().map(|curve| ("specifications.csv", results::specifications(found, curve))),
    ];
    tables.extend(asked.into_iter().flatten());
    let frame = super::lexical::Frame { dimensions: &found.dimensions, counts: &found.counts, plan };
    tables.extend(super::lexical::tables(&frame, &estimates.lexical));
    tables
}

const COUNTS_PARQUET: &str = "counts.parquet";

fn counts_parquet(found: &Finished) -> Result<Vec<u8>> {
    let written = write_counts(&found.counts, &found.dimensions, Vec::new());
    written.map_err(|error| found.folder.problem(COUNTS_PARQUET, &error).into())
}

/// Name, SVG and PNG of each chart.
type Charts = Vec<(String, String, Vec<u8>)>;

fn rastered(found: &Finished, estimates: &Estimates, inputs: &Inputs<'_>) -> Result<Charts> {
    let drawn = charts::draw(found, estimates, inputs);
    let rastered = drawn.and_then(|drawings| {
        let raster = |(name, drawing): (String, super::chart::Drawing)| {
            super::chart::png(&drawing.svg).map(|png| (name, drawing.svg, png))
        };
        drawings.into_par_iter().map(raster).collect::<std::result::Result<Charts, _>>()
    });
    rastered.map_err(|error| found.folder.problem("charts", &error).into())
}

/// Writes the charts; gives back their names and drawings.
fn write_charts(found: &mut Finished, charts: Charts) -> Result<Vec<(String, String)>> {
    let mut drawn = Vec::new();
    for (name, svg, png) in charts {
        found.folder.write(&format!("charts/{name}.svg"), svg.as_bytes())?;
        found.folder.write(&format!("charts/{name}.png"), &png)?;
        drawn.push((name, svg));
    }
    Ok(drawn)
}

fn outcome(found: &Finished, estimates: &Estimates, inputs: &Inputs<'_>) -> Outcome {
    let order = estimates.largest();
    let names = found.counts.group_names();
    let frames = found.counts.frames.len();
    let rate = |group: usize, frame: usize| estimates.frames[group * frames + frame].rate.value.value();
    let totals = &found.totals;
    let records = totals.articles + totals.lost;
    Outcome {
        sentiment: super::tone_text::table(estimates, inputs.scorer, &names, &order),
        groups: order.iter().map(|&group| names[group].clone()).collect(),
        frames: inputs.frames.labels().to_vec(),
        articles: order.iter().map(|&g| estimates.sums.get(g).map_or(0, |sums| sums.articles)).collect(),
        rates: order.iter().map(|&group| (0..frames).map(|frame| rate(group, frame)).collect()).collect(),
        remarks: super::remarks::length(estimates).into_iter().collect(),
        too_many_bad: totals.lost as f64 > inputs.max_bad_share * records as f64,
        out: inputs.options.out.clone(),
        totals: totals.clone(),
        since: String::new(),
    }
}
