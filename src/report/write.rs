//! The end of a run: estimates, charts, README and manifest into the folder, and the folder into its place.

use super::chart;
use super::folder::{Digested, Folder};
use super::inputs::{Inputs, Outcome};
use super::last_run::Pictures;
use super::links::LinkedChart;
use super::readme::readme;
use super::shown_frames::Shown;
use super::tables::Finished;
use super::{charts, manifest, methods, page, story_pages};
use crate::error::{Error, Result};
use crate::estimates::Estimates;
use crate::results::{self, COUNTS, LazyTable, Tables, refused};
use rayon::prelude::*;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// Writes what is left to write; the folder is then to be put in its place.
pub fn write(
    (found, mut folder): (&Finished, Folder),
    estimates: &Estimates,
    inputs: &Inputs<'_>,
    stop: &AtomicBool,
) -> Result<(Outcome, Folder)> {
    let options = inputs.options;
    let parquet = options.has_parquet();
    let (tables, charts) = rayon::join(
        || tables(inputs.tables, &folder, parquet),
        || if options.charts { rastered((found, &folder), estimates, inputs) } else { Ok(Vec::new()) },
    );
    for file in tables? {
        folder.finish(file)?;
    }
    let charts = write_charts(&mut folder, charts?)?;
    let groups = found.counts.group_names();
    let shown = Shown::of(estimates, inputs.frames.frames().len());
    story_pages::write(&mut folder, &found.story_notes, (inputs, &shown), &estimates.stories, &groups)?;
    let names: Vec<String> = charts.iter().flat_map(LinkedChart::files).map(|(name, _)| name).collect();
    let mut text = readme(&found.dimensions, &names, options.has_parquet());
    if !estimates.pairs.left_out.is_empty() {
        text.push_str(&format!("\n`pairwise.csv` has no rows: {}.\n", estimates.pairs.left_out));
    }
    folder.write("README.md", text.as_bytes())?;
    folder.write(methods::METHODS, methods::methods(found, estimates, inputs).as_bytes())?;
    let page = page::page((found, &folder), estimates, inputs, &charts);
    folder.write("index.html", page.html().as_bytes())?;
    let text = manifest::manifest(inputs, &found.totals, estimates, &found.units, &stamps(inputs), &folder.files());
    folder.write(super::MANIFEST, text.as_bytes())?;
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted);
    }
    Ok((outcome(found, estimates, inputs, shown), folder))
}

/// Each frame with what coders have said of it.
fn stamps<'i>(inputs: &'i Inputs<'_>) -> Vec<(&'i str, Option<&'i results::Stamp>)> {
    inputs.frames.frames().iter().map(String::as_str).zip(inputs.stamps.iter().map(Option::as_ref)).collect()
}

const COUNTS_PARQUET: &str = "counts.parquet";

/// Writes every table that is made of sums and estimates and is not taken over; `counts.csv` has grown while articles were counted. Gives back
/// the files, which are to be finished.
fn tables(tables: &Tables<'_>, folder: &Folder, parquet: bool) -> Result<Vec<Digested>> {
    let write = |table: &LazyTable<'_>| -> Result<Option<Digested>> {
        let is_counts = table.table.file == COUNTS.file;
        let name = if is_counts { COUNTS_PARQUET } else { table.table.file };
        if is_counts && !parquet || folder.has(name) {
            return Ok(None);
        }
        let mut file = folder.begin(name)?;
        let mut put =
            |bytes: &[u8]| -> Result<()> { file.write_all(bytes).map_err(|error| folder.problem(name, &error).into()) };
        match is_counts {
            true => put(&results::parquet(&table.whole()?).map_err(|error| refused(name, &error))?)?,
            false => table.csv().try_for_each(|piece| put(&piece?))?,
        }
        Ok(Some(file))
    };
    let written: Vec<Option<Digested>> = tables.all().par_iter().map(write).collect::<Result<_>>()?;
    Ok(written.into_iter().flatten().collect())
}

/// A chart's picture.
enum Picture {
    /// The bytes of a PNG.
    New(Vec<u8>),
    /// That of the last run lies in the folder already: file name, bytes, digest.
    Reused((String, u64, String)),
}

/// A file of a chart: its picture and its PDF.
type Pictured = (Picture, Option<Vec<u8>>);

/// Each chart with what its files have.
type Charts = Vec<(LinkedChart, Vec<Pictured>)>;

fn rastered((found, folder): (&Finished, &Folder), estimates: &Estimates, inputs: &Inputs<'_>) -> Result<Charts> {
    let drawn = charts::draw(found, estimates, inputs);
    let last = Pictures::of_last_run(folder, inputs.options);
    let rastered = drawn.and_then(|drawings| {
        let options = inputs.options;
        let raster = |(name, drawing): (String, &chart::Drawing)| {
            let picture = match last.take(folder, &name, &drawing.svg) {
                Some(reused) => Picture::Reused(reused),
                None => Picture::New(options.picture(drawing, "png")?),
            };
            let pdf = options.pdf.then(|| options.picture(drawing, "pdf")).transpose()?;
            Ok::<Pictured, chart::ChartError>((picture, pdf))
        };
        let raster = |chart: LinkedChart| {
            let files = chart.files().into_par_iter().map(raster).collect::<std::result::Result<_, _>>()?;
            Ok::<_, chart::ChartError>((chart, files))
        };
        drawings.into_par_iter().map(raster).collect::<std::result::Result<Charts, _>>()
    });
    rastered.map_err(|error| folder.problem("charts", &error).into())
}

/// Writes the charts, and gives them back.
fn write_charts(folder: &mut Folder, charts: Charts) -> Result<Vec<LinkedChart>> {
    let mut drawn = Vec::new();
    for (chart, pictures) in charts {
        for ((name, drawing), (picture, pdf)) in chart.files().into_iter().zip(pictures) {
            folder.write(&format!("charts/{name}.svg"), drawing.svg.as_bytes())?;
            match picture {
                Picture::New(png) => folder.write(&format!("charts/{name}.png"), &png)?,
                Picture::Reused((name, bytes, digest)) => folder.add(name, bytes, digest),
            }
            if let Some(pdf) = pdf {
                folder.write(&format!("charts/{name}.pdf"), &pdf)?;
            }
        }
        drawn.push(chart);
    }
    Ok(drawn)
}

fn outcome(found: &Finished, estimates: &Estimates, inputs: &Inputs<'_>, shown: Shown) -> Outcome {
    let sums = inputs.tables.sums();
    let names = found.counts.group_names();
    let order = super::order::groups(inputs, estimates, &names);
    let frames = found.counts.frames.len();
    let rate = |group: usize, frame: usize| estimates.frames[group * frames + frame].rate.value.value();
    let is_sure = |group: usize, frame: usize| {
        names.len() > 1 && estimates.comparison(group, frame).and_then(|row| row.q.value()).is_some_and(|q| q < 0.05)
    };
    let totals = &found.totals;
    let records = totals.articles + totals.lost;
    Outcome {
        sentiment: super::tone_text::table(estimates, inputs.scorer, &names, &order),
        groups: order.iter().map(|&group| names[group].clone()).collect(),
        frames: inputs.frames.labels().to_vec(),
        shown: shown.frames,
        not_shown: shown.note,
        articles: order.iter().map(|&group| sums.size(group).counted).collect(),
        rates: order.iter().map(|&group| (0..frames).map(|frame| rate(group, frame)).collect()).collect(),
        sure: order.iter().map(|&group| (0..frames).map(|frame| is_sure(group, frame)).collect()).collect(),
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
