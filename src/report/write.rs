//! The end of a run: estimates, charts, README and manifest into the folder, and the folder into its place.

use super::chart::Drawing;
use super::folder::Folder;
use super::inputs::{Inputs, Outcome};
use super::readme::readme;
use super::tables::Finished;
use super::{charts, manifest, methods, page, story_pages};
use crate::error::{Error, Result};
use crate::estimates::Estimates;
use crate::results::{self, COUNTS, Results, Table, refused};
use rayon::prelude::*;
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
        || (tables(inputs.results), options.has_parquet().then(|| counts_parquet(inputs.results))),
        || if options.charts { rastered(&found, estimates, inputs) } else { Ok(Vec::new()) },
    );
    for (name, bytes) in tables? {
        found.folder.write(name, &bytes)?;
    }
    if let Some(bytes) = parquet.transpose()?.flatten() {
        found.folder.write(COUNTS_PARQUET, &bytes)?;
    }
    let charts = write_charts(&mut found, charts?)?;
    story_pages::write(&mut found.folder, &found.story_notes, inputs)?;
    let names: Vec<String> = charts.iter().map(|(name, _)| name.clone()).collect();
    let mut text = readme(&found.dimensions, &names, options.has_parquet());
    if !estimates.pairs.left_out.is_empty() {
        text.push_str(&format!("\n`pairwise.csv` has no rows: {}.\n", estimates.pairs.left_out));
    }
    found.folder.write("README.md", text.as_bytes())?;
    found.folder.write(methods::METHODS, methods::methods(&found, estimates, inputs).as_bytes())?;
    let page = page::page(&found, estimates, inputs, &charts, &found.examples, &found.problems);
    found.folder.write("index.html", page.html().as_bytes())?;
    let text =
        manifest::manifest(inputs, &found.totals, estimates, &found.units, &stamps(inputs), &found.folder.files());
    found.folder.write(super::MANIFEST, text.as_bytes())?;
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted);
    }
    Ok((outcome(&found, estimates, inputs), found.folder))
}

/// Each frame with what coders have said of it.
fn stamps<'i>(inputs: &'i Inputs<'_>) -> Vec<(&'i str, Option<&'i results::Stamp>)> {
    inputs.frames.frames().iter().map(String::as_str).zip(inputs.stamps.iter().map(Option::as_ref)).collect()
}

/// Every table that is made of sums and estimates; `counts.csv` has grown while articles were counted.
fn tables(results: &Results) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let tables: Vec<_> = results.tables().filter(|(table, _)| table.file != COUNTS.file).collect();
    let csv = |(table, frame): (&'static Table, _)| {
        let bytes = results::csv(frame).map_err(|error| refused(table.file, &error))?;
        Ok((table.file, bytes))
    };
    tables.into_par_iter().map(csv).collect()
}

const COUNTS_PARQUET: &str = "counts.parquet";

fn counts_parquet(results: &Results) -> Result<Option<Vec<u8>>> {
    let bytes = results.table(COUNTS.name()).map(results::parquet).transpose();
    bytes.map_err(|error| refused(COUNTS_PARQUET, &error).into())
}

/// Name, drawing and PNG of each chart.
type Charts = Vec<(String, Drawing, Vec<u8>)>;

fn rastered(found: &Finished, estimates: &Estimates, inputs: &Inputs<'_>) -> Result<Charts> {
    let drawn = charts::draw(found, estimates, inputs);
    let rastered = drawn.and_then(|drawings| {
        let raster =
            |(name, drawing): (String, Drawing)| super::chart::png(&drawing.svg).map(|png| (name, drawing, png));
        drawings.into_par_iter().map(raster).collect::<std::result::Result<Charts, _>>()
    });
    rastered.map_err(|error| found.folder.problem("charts", &error).into())
}

/// Writes the charts; gives back their names and drawings.
fn write_charts(found: &mut Finished, charts: Charts) -> Result<Vec<(String, Drawing)>> {
    let mut drawn = Vec::new();
    for (name, drawing, png) in charts {
        found.folder.write(&format!("charts/{name}.svg"), drawing.svg.as_bytes())?;
        found.folder.write(&format!("charts/{name}.png"), &png)?;
        drawn.push((name, drawing));
    }
    Ok(drawn)
}

fn outcome(found: &Finished, estimates: &Estimates, inputs: &Inputs<'_>) -> Outcome {
    let sums = inputs.results.sums();
    let names = found.counts.group_names();
    let order = super::order::groups(inputs, estimates, &names);
    let frames = found.counts.frames.len();
    let rate = |group: usize, frame: usize| estimates.frames[group * frames + frame].rate.value.value();
    let totals = &found.totals;
    let records = totals.articles + totals.lost;
    Outcome {
        sentiment: super::tone_text::table(estimates, inputs.scorer, &names, &order),
        groups: order.iter().map(|&group| names[group].clone()).collect(),
        frames: inputs.frames.labels().to_vec(),
        articles: order.iter().map(|&group| sums.size(group).counted).collect(),
        rates: order.iter().map(|&group| (0..frames).map(|frame| rate(group, frame)).collect()).collect(),
        remarks: super::remarks::length(estimates)
            .into_iter()
            .chain(super::remarks::units(estimates))
            .chain(super::order::unknown(inputs, &names))
            .collect(),
        too_many_bad: totals.lost as f64 > inputs.max_bad_share * records as f64,
        out: inputs.options.out.clone(),
        totals: totals.clone(),
        since: String::new(),
    }
}
