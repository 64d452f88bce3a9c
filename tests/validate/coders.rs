//! Coders whose errors are known.

use framescope::statistics::seed::Stream;
use std::fs;
use std::path::Path;

/// Coders who err as often as is said, each in other places.
#[derive(Clone, Copy)]
pub(super) struct Coders {
    /// Share of their codes that are wrong.
    pub error: f64,
    pub seed: u64,
}

fn read(file: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let header = reader.headers().unwrap().iter().map(str::to_string).collect();
    (header, reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect())
}

fn write(file: &Path, header: &[String], rows: &[Vec<String>]) {
    let mut writer = csv::Writer::from_path(file).unwrap();
    writer.write_record(header).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();
}

fn at(header: &[String], name: &str) -> usize {
    header.iter().position(|known| known == name).unwrap()
}

/// Fills in both sheets of a sample.
pub(super) fn code(folder: &Path, coders: Coders, truth: impl Fn(&str) -> bool) {
    for name in ["A", "B"] {
        // one row in so many is wrong, from the first that the seed says; the rows of each coder are in another order
        let every = (1.0 / coders.error).min(1e9) as usize;
        let first = if coders.error > 0.0 {
            Stream::named(coders.seed, &["coder", name]).below(every as u32) as usize
        } else {
            usize::MAX
        };
        let file = folder.join(format!("{name}.csv"));
        let (header, mut rows) = read(&file);
        for (number, row) in rows.iter_mut().enumerate() {
            let yes = truth(&row[at(&header, "text")]) != (number % every == first);
            row[at(&header, "code")] = if yes { "1" } else { "0" }.to_string();
            row[at(&header, "voice")] = if yes { "own" } else { "" }.to_string();
        }
        write(&file, &header, &rows);
    }
}

/// Decides what they disagree on.
pub(super) fn adjudicate(folder: &Path, truth: impl Fn(&str) -> bool) {
    let (header, mut rows) = read(&folder.join("disagreements.csv"));
    assert!(fs::metadata(folder.join("score.json")).is_ok());
    for row in &mut rows {
        row[at(&header, "code")] = if truth(&row[at(&header, "text")]) { "1" } else { "0" }.to_string();
    }
    write(&folder.join("adjudicated.csv"), &header, &rows);
}
