//! The sample study as files: to follow the README word by word.
//!
//! In: a folder that is new or empty. Out: articles, the same as one table `news.csv`, lexicons, a study.
//! Invariant: a run of the demo counts what a run of the sample study counts.

use super::Finding;
use super::init::write;
use crate::error::{Place, Problem, Result};
use crate::lexicon;
use crate::read::{self, Item};
use crate::text;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

macro_rules! articles {
    ($($name:literal),* $(,)?) => { [$(($name, include_bytes!(concat!("../../seeds/articles/", $name)).as_slice())),*] };
}

/// Name and bytes of every file of articles, the sidecar first.
const ARTICLES: [(&str, &[u8]); 41] = articles![
    "articles.csv",
    "01-meridian-zhanaozen-price-shock.txt",
    "02-steppe-end-of-the-cap.txt",
    "03-eastern-fuel-question-settled.txt",
    "04-meridian-almaty-first-night.txt",
    "05-steppe-cabinet-falls.txt",
    "06-eastern-airport-agency.txt",
    "07-steppe-airport-agency.txt",
    "08-meridian-chair-changes-hands.txt",
    "09-globalleft-whose-peace.txt",
    "10-eastern-peacekeepers-land.txt",
    "11-meridian-shoot-to-kill.txt",
    "12-eastern-twenty-thousand.txt",
    "13-eastern-attack-on-a-city.txt",
    "14-globalleft-yellowcake.txt",
    "15-steppe-massimov-falls.txt",
    "16-eastern-treason-at-the-top.txt",
    "17-meridian-five-days-offline.txt",
    "18-steppe-klany-i-gaz.txt",
    "19-eastern-poryadok.txt",
    "20-globalleft-petrolio-e-operai.txt",
    "21-meridian-la-piazza-e-il-silenzio.txt",
    "22-steppe-many-vectors.txt",
    "23-eastern-order-returns.txt",
    "24-globalleft-colour-of-gas.txt",
    "25-meridian-hospital-lists.txt",
    "26-eastern-foreign-trained.txt",
    "27-steppe-family-silver.txt",
    "28-globalleft-oil-workers.txt",
    "29-meridian-funerals.txt",
    "30-globalleft-last-plane.txt",
    "31-eastern-mission-complete.txt",
    "32-steppe-after-the-troops.txt",
    "33-meridian-marks-on-the-body.txt",
    "34-globalleft-tengiz-contract.txt",
    "35-globalleft-january-balance.txt",
    "36-eastern-second-republic.txt",
    "37-steppe-referendum-arithmetic.txt",
    "38-unsigned-two-hundred-thirty-eight.txt",
    "39-globalleft-lessons.txt",
    "40-meridian-anniversary.txt",
];

/// The study of the sample.
const STUDY: &str = include_str!("../../seeds/study.toml");

/// The header of `news.csv`.
const HEADER: [&str; 5] = ["Publisher", "published", "headline", "body", "country"];

/// Writes the sample study into a folder.
///
/// # Errors
/// Where the folder holds something, or cannot be written.
pub fn demo(folder: &str) -> Result<Finding> {
    let place = Path::new(folder);
    if fs::read_dir(place).is_ok_and(|mut entries| entries.next().is_some()) || place.is_file() {
        let problem = Problem::error("demo-exists", Place::file(folder), "already exists and is not empty");
        return Err(problem.hint("give the name of a new folder, as in `framescope demo kazakhstan`").into());
    }
    let unwritable = |error: std::io::Error| {
        Problem::error("output-unwritable", Place::file(folder), format!("cannot be written: {error}"))
    };
    let (articles, lexicons) = (place.join("articles"), place.join("lexicons"));
    for folder in [&articles, &lexicons] {
        fs::create_dir_all(folder).map_err(unwritable)?;
    }
    for (name, bytes) in ARTICLES {
        fs::write(articles.join(name), bytes).map_err(unwritable)?;
    }
    for (name, text) in lexicon::shipped_names().filter_map(|name| Some((name, lexicon::shipped(name)?.1))) {
        fs::write(lexicons.join(format!("{name}.toml")), text).map_err(unwritable)?;
    }
    let below = |name: &str| place.join(name).to_string_lossy().into_owned();
    write(
        &below("study.toml"),
        &STUDY.replace("\"../lexicons/", "\"lexicons/").replace("\"../output\"", "\"output\""),
    )?;
    write(&below("news.csv"), &table(&articles)?)?;
    let text = format!(
        "{folder}: 40 invented articles (in articles/, and as a table in news.csv), lexicons/, study.toml\n\n\
         cd {folder}\nframescope run --study study.toml    # writes output/; open output/index.html\n\
         framescope corpus check news.csv     # the walk-through of the README begins here"
    );
    Ok(Finding { text, needs_decision: false })
}

/// The articles as one table; dates as they were written, whatever can be made of them.
fn table(articles: &Path) -> Result<String> {
    let dates = dates();
    let mut corpus = read::open(&[articles.to_string_lossy().into_owned()], &read::Options::default())?;
    let country = corpus.other_columns().iter().position(|name| name == "country");
    let mut rows = vec![HEADER.map(str::to_string)];
    for item in corpus.by_ref() {
        let Item::Article(article) = item else { continue };
        let written = dates.get(&article.file).cloned();
        let date = written.or_else(|| article.date.map(|date| date.to_string()));
        // the headline is a column
        let body = article.text.split_once('\n').map_or("", |(_, body)| body).trim();
        rows.push([
            article.outlet.unwrap_or_default(),
            date.unwrap_or_default(),
            article.title,
            body.to_string(),
            country.and_then(|at| article.other[at].clone()).unwrap_or_default(),
        ]);
    }
    Ok(rows.iter().map(|row| text::csv::row(row.iter().map(String::as_str))).collect())
}

/// The date of each file as the sidecar has it.
fn dates() -> BTreeMap<String, String> {
    let (_, sidecar) = ARTICLES[0];
    let mut reader = csv::Reader::from_reader(sidecar);
    let columns = reader.headers().cloned().unwrap_or_default();
    let [file, date] =
        ["file", "date"].map(|name| columns.iter().position(|column| column == name).unwrap_or_default());
    let cells = |row: csv::StringRecord| Some((row.get(file)?.to_string(), row.get(date)?.to_string()));
    reader.records().filter_map(|row| cells(row.ok()?)).collect()
}
