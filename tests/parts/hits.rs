//! `framescope hits`: the rows of a run, of all frames, in whatever form.

use super::laws::{LEXICON, go};
use crate::cache::{corpus, temporary};
use framescope::inspect;
use framescope::progress::Silent;
use framescope::report::HitForm;
use framescope::study::Study;
use std::collections::BTreeMap;
use std::fs;

/// Rows of a CSV, as column and cell, sorted.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let names = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| names.iter().zip(&row).map(|(n, c)| (n.to_string(), c.to_string())).collect();
    let mut rows: Vec<BTreeMap<String, String>> = reader.records().map(|record| row(record.unwrap())).collect();
    rows.sort();
    rows
}

#[test]
fn every_row_of_a_run_and_no_other_whatever_the_shards() {
    let folder = temporary("hits-command");
    corpus(&folder);
    fs::write(folder.join("lexicon.toml"), LEXICON).unwrap();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let mut study = Study { corpus: vec![path("texts")], lexicons: vec![path("lexicon.toml")], ..Study::default() };
    study.report.charts = false;
    study.report.out = path("run");
    framescope::run(&study, &Silent, &go()).unwrap();
    let mut of_run = Vec::new();
    for file in ["hits/order.csv", "hits/money.csv"] {
        of_run.extend(rows(&fs::read(folder.join("run").join(file)).unwrap()));
    }
    of_run.sort();
    study.report.out = path("nowhere");
    let table = |study: &Study, form| {
        let mut bytes = Vec::new();
        let (number, _) = inspect::hits(study, form, &mut bytes, &go()).unwrap();
        assert_eq!(number as usize, of_run.len());
        bytes
    };
    let csv = table(&study, HitForm::Csv);
    assert!(of_run.len() > 50 && rows(&csv) == of_run);
    let small = Study { shard_articles: 3, ..study.clone() };
    for form in [HitForm::Csv, HitForm::Jsonl, HitForm::Parquet] {
        assert!(table(&small, form) == table(&study, form), "{form:?} depends on shards");
    }
    let lines = String::from_utf8(table(&study, HitForm::Jsonl)).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let names = reader.headers().unwrap().clone();
    for (line, record) in lines.lines().zip(reader.records()) {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        for (name, cell) in names.iter().zip(&record.unwrap()) {
            let told = match &object[name] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(told, cell, "{name}");
        }
    }
    let out = path("hits.parquet");
    inspect::hits_into(&study, HitForm::Parquet, &out, &go()).unwrap();
    assert_eq!(fs::read(&out).unwrap(), table(&study, HitForm::Parquet));
    let refused = inspect::hits_into(&study, HitForm::Parquet, &out, &go()).unwrap_err().to_string();
    assert!(refused.contains("there is a file"), "{refused}");
}
