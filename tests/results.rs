//! Tables as polars DataFrames: sums by group, what is read back, names, types and formulas; every number of the sample as it was.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use crate::run::rows;
use framescope::aggregate::{ArticleCounts, Counts, GroupId, VoiceCounts};
use framescope::estimates::{Estimates, Options};
use framescope::lexicon::{self, Lexicon};
use framescope::lookup::{FrameId, Plan};
use framescope::read::Date;
use framescope::report::columns::TABLES;
use framescope::results::{self, Dtype, Results, Sources, Sums, Table};
use framescope::sentiment::{self, Scorer};
use framescope::voice::Voice;
use polars::prelude::*;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Numbers that look like data and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// Articles of three groups, one of them with a name that a spreadsheet would run; a frame is called as a column is.
fn counts(seed: u64, articles: u64) -> Counts {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let frames = ["+1+1", "date", "order", "order/army"].map(str::to_string).to_vec();
    let groups = ["=HYPERLINK(\"http://evil\",\"x\")", "Plain, and \"quoted\"", "Запад"];
    let mut counts = Counts::new(frames, Vec::new());
    counts.groups = groups.map(|group| vec![group.to_string()]).to_vec();
    for article in 0..articles {
        let mut hits = VoiceCounts::new();
        for frame in 0..4 {
            for voice in &Voice::ALL[1..] {
                if dice.below(3) == 0 {
                    hits.insert((FrameId::new(frame), *voice), 1 + dice.below(4) as u32);
                }
            }
        }
        let words = if dice.below(12) == 0 { 0 } else { 50 + dice.below(900) as u32 };
        let hits = if words == 0 { VoiceCounts::new() } else { hits };
        let date = (dice.below(5) > 0).then(|| Date::new(2022, 1 + dice.below(3) as u32, 1 + dice.below(28) as u32));
        let part = ArticleCounts { words, hits, ..ArticleCounts::default() };
        counts.push(format!("a{article}"), GroupId::new(dice.below(3) as usize), date.flatten(), &part);
    }
    counts
}

const FRAMES: &str = r#"
[lexicon]
name = "+lexicon"
[[frame]]
name = "+1+1"
terms = ["=one", { term = "two", weight = 2 }, { term = "three", weight = 0.5 }]
except = ["one two"]
[[frame]]
name = "date"
terms = ["four"]
[[frame]]
name = "order"
terms = ["five"]
[[frame]]
name = "order/army"
terms = ["six"]
"#;

fn lexicons() -> Vec<Lexicon> {
    vec![lexicon::parse("t.toml", FRAMES.as_bytes()).unwrap_or_else(|error| panic!("{error}"))]
}

/// Every table of these counts.
fn tables(counts: &Counts) -> Results {
    let lexicons = lexicons();
    let plan = Plan::new(&lexicons);
    let scorer = Scorer::new(&[], sentiment::Options::default()).unwrap();
    let options = Options { permutations: 199, pairwise: Some(true), ..Options::default() };
    let estimates = Estimates::of(counts, &options).unwrap();
    let usage = BTreeMap::new();
    let shared = BTreeMap::from([((FrameId::new(0), FrameId::new(1)), (7, 3))]);
    Results::of(Sources {
        dimensions: &["outlet".to_string()],
        counts,
        estimates: &estimates,
        plan: &plan,
        sentiment: &[],
        scorer: &scorer,
        frame_usage: &usage,
        sentiment_usage: &[],
        contributions: &[],
        shared: &shared,
        stamps: &[],
    })
    .unwrap()
}

#[test]
fn sums_by_group_are_those_of_a_plain_loop() {
    for seed in 0..40 {
        let counts = counts(seed, [0, 1, 7, 90, 400][seed as usize % 5]);
        let month = |date: &Option<Date>| date.and_then(|date| Date::new(date.year().into(), date.month().into(), 1));
        let periods: Vec<Option<Date>> = counts.dates.iter().map(month).collect();
        let sums = Sums::of(&counts, &periods).unwrap();
        for group in 0..3 {
            let own: Vec<usize> = (0..counts.words.len()).filter(|&i| counts.group_of[i].index() == group).collect();
            let size = sums.size(group);
            assert_eq!(size.counted, own.len() as u64);
            assert_eq!(size.articles, own.iter().filter(|&&i| counts.words[i] > 0).count() as u64);
            assert_eq!(size.words, own.iter().map(|&i| u64::from(counts.words[i])).sum::<u64>());
            for frame in 0..4 {
                let hits_of = |i: usize| u64::from(counts.hits[i * 4 + frame]);
                let hits = sums.hits(group, frame);
                assert_eq!(hits.hits, own.iter().map(|&i| hits_of(i)).sum::<u64>());
                assert_eq!(hits.articles, own.iter().filter(|&&i| hits_of(i) > 0).count() as u64);
                for voice in Voice::ALL {
                    let cells = counts.voices.iter().filter(|cell| own.contains(&(cell.0 as usize)));
                    let cells = cells.filter(|cell| cell.1.index() == frame && cell.2 == voice);
                    let plain: u64 = cells.map(|cell| u64::from(cell.3)).sum();
                    assert_eq!(sums.hits_in(voice, group, frame), plain);
                }
                for period in periods.iter().flatten().collect::<BTreeSet<_>>() {
                    let inside = || own.iter().filter(|&&i| periods[i].as_ref() == Some(period));
                    assert_eq!(sums.size_in(group, *period).counted, inside().count() as u64);
                    let words: u64 = inside().map(|&i| u64::from(counts.words[i])).sum();
                    assert_eq!(sums.size_in(group, *period).words, words);
                    let plain: u64 = inside().map(|&i| hits_of(i)).sum();
                    assert_eq!(sums.hits_during(group, frame, *period), plain);
                }
            }
        }
        let sizes: Vec<u64> = sums.largest().iter().map(|&group| sums.size(group).counted).collect();
        assert!(sizes.is_sorted_by(|a, b| a >= b) && !sizes.contains(&0), "{sizes:?}");
    }
}

#[test]
fn sums_beyond_32_bits_are_whole() {
    let mut counts = Counts::new(vec!["f".to_string()], Vec::new());
    counts.groups = vec![vec!["g".to_string()]];
    for i in 0..3 {
        let hits = VoiceCounts::from([((FrameId::new(0), Voice::Own), 4_000_000_000)]);
        counts.push(
            i.to_string(),
            GroupId::new(0),
            None,
            &ArticleCounts { words: u32::MAX, hits, ..ArticleCounts::default() },
        );
    }
    let sums = Sums::of(&counts, &[None; 3]).unwrap();
    assert_eq!((sums.size(0).words, sums.hits(0, 0).hits), (3 * u64::from(u32::MAX), 12_000_000_000));
}

/// The text of a column of CSV as a column of this type.
fn parsed(name: &str, dtype: &DataType, cells: &[Option<String>]) -> Column {
    let name = PlSmallStr::from(name);
    let number = |cell: &Option<String>| cell.as_ref().map(|cell| cell.parse::<f64>().unwrap());
    match dtype {
        DataType::String => Column::new(name, cells),
        DataType::Int64 => {
            let whole = |cell: &Option<String>| cell.as_ref().map(|cell| cell.parse::<i64>().unwrap());
            Column::new(name, cells.iter().map(whole).collect::<Vec<_>>())
        }
        DataType::Float64 => Column::new(name, cells.iter().map(number).collect::<Vec<_>>()),
        DataType::Boolean => {
            let flag = |cell: &Option<String>| cell.as_ref().map(|cell| cell.parse::<bool>().unwrap());
            Column::new(name, cells.iter().map(flag).collect::<Vec<_>>())
        }
        DataType::Date => {
            let day = |cell: &Option<String>| {
                let mut parts = cell.as_ref()?.split('-').map(|part| part.parse::<u32>().unwrap());
                let mut part = || parts.next().unwrap();
                Some(Date::new(part(), part(), part()).unwrap().days())
            };
            let days: Vec<Option<i32>> = cells.iter().map(day).collect();
            Column::new(name, days).cast(&DataType::Date).unwrap()
        }
        other => panic!("{other:?} is in no table"),
    }
}

/// CSV as a DataFrame of these types.
fn from_csv(bytes: &[u8], like: &DataFrame) -> DataFrame {
    let mut reader = csv::Reader::from_reader(bytes);
    let names: Vec<String> =
        reader.headers().unwrap().iter().map(|name| results::unescaped(name).to_string()).collect();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |(at, name): (usize, &String)| {
        let cell = |record: &csv::StringRecord| {
            let cell = results::unescaped(&record[at]).to_string();
            (!cell.is_empty()).then_some(cell)
        };
        parsed(name, like.columns()[at].dtype(), &records.iter().map(cell).collect::<Vec<_>>())
    };
    DataFrame::new(records.len(), names.iter().enumerate().map(column).collect()).unwrap()
}

/// The same numbers as CSV has them.
fn to_six_digits(table: &DataFrame) -> DataFrame {
    let columns = table.columns().iter().map(|column| match column.dtype() {
        DataType::Float64 => {
            let six = |number: f64| results::real(number).parse::<f64>().unwrap();
            column.f64().unwrap().apply_values(six).into_column()
        }
        _ => column.clone(),
    });
    DataFrame::new(table.height(), columns.collect()).unwrap()
}

#[test]
fn what_is_read_back_from_csv_and_parquet_is_the_table() {
    let results = tables(&counts(7, 120));
    let mut seen = 0;
    for (table, frame) in results.tables() {
        seen += 1;
        let own = table.columns.iter().map(|column| (column.name, column.dtype));
        for (name, dtype) in own {
            let kind = match frame.column(name).unwrap().dtype() {
                DataType::String => Dtype::Text,
                DataType::Int64 => Dtype::Integer,
                DataType::Float64 => Dtype::Real,
                DataType::Boolean => Dtype::Flag,
                DataType::Date => Dtype::Date,
                other => panic!("{}: {name} is {other:?}", table.file),
            };
            assert_eq!(kind, dtype, "{}: {name}", table.file);
        }
        let bytes = results::parquet(frame).unwrap();
        let back = ParquetReader::new(std::io::Cursor::new(bytes)).finish().unwrap();
        assert_eq!(back.schema(), frame.schema(), "{}", table.file);
        assert!(back.equals_missing(frame), "{}:\n{back}\n{frame}", table.file);
        let back = from_csv(&results::csv(frame).unwrap(), frame);
        assert_eq!(back.schema(), frame.schema(), "{}", table.file);
        assert!(back.equals_missing(&to_six_digits(frame)), "{}:\n{back}\n{frame}", table.file);
    }
    assert!(seen > 17);
    let frames = results.table("frames").unwrap();
    assert_eq!(frames.height(), 12);
    assert!(results.table("frames.csv").is_none());
    let rows = results::Rows::of(frames).unwrap();
    assert_eq!((rows.len(), rows.row(0).len()), (12, results::FRAMES.columns.len() + 1));
}

#[test]
fn the_columns_of_a_table_have_different_names_and_say_which_they_were() {
    let results = tables(&counts(3, 40));
    let names = |table: &str| -> Vec<String> {
        results.table(table).unwrap().get_column_names().iter().map(ToString::to_string).collect()
    };
    assert_eq!(names("counts"), ["outlet", "article", "date", "words", "+1+1", "date#2", "order", "order/army"]);
    let table: &Table = &results::COUNTS;
    let given = ["date", "date#2", "words#2", "order#2", "outlet", "outlet#2"].map(str::to_string);
    for dimensions in [vec!["outlet"], vec!["date", "date"], vec!["outlet", "outlet", "words"], vec!["order"]] {
        let dimensions: Vec<String> = dimensions.into_iter().map(str::to_string).collect();
        let header = table.header(&dimensions, &given);
        assert_eq!(header.iter().collect::<BTreeSet<_>>().len(), header.len(), "{header:?}");
        let (before, after) = header.split_at(dimensions.len() + table.columns.len());
        let back: Vec<&str> = after.iter().map(|name| table.given(name, &before[..dimensions.len()])).collect();
        assert_eq!(back, given);
    }
}

fn temporary(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("framescope-results-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn framescope(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Every cell that a spreadsheet would run, of the header and below it; a number is none.
fn formulas(bytes: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cells = records.iter().flat_map(|record| record.iter()).map(str::to_string);
    cells.filter(|cell| is_formula(cell) && cell.parse::<f64>().is_err()).collect()
}

/// The CSV files of a folder; none where there is no such folder.
fn csv_files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ending| ending == "csv")).collect();
    files.sort();
    files
}

/// Case `62-csv-formula-in-headers`, and its kind: every command that writes CSV.
#[test]
fn no_csv_has_a_formula_in_a_cell_or_in_its_header() {
    let folder = temporary("formulas");
    let text = "The plan was one two and one more; four and five of the six soldiers came there, and two went home.";
    let mut writer = csv::Writer::from_path(folder.join("n.csv")).unwrap();
    writer.write_record(["id", "outlet", "title", "=cmd|x", "@note", "text"]).unwrap();
    for i in 0..8 {
        let outlet = ["=HYPERLINK(\"http://evil\",\"x\")", "+1+1", "-2", "@x"][i % 4];
        let id = format!("={i}");
        let text = format!("{text} {}", "Nothing else was heard of them. ".repeat(i));
        writer.write_record([id.as_str(), outlet, "+title", "@cell", "-cell", &text]).unwrap();
    }
    writer.flush().unwrap();
    fs::write(folder.join("lex.toml"), FRAMES).unwrap();
    let score = "[lexicon]\nname = \"=score\"\n[[frame]]\nname = \"+\"\nterms = [{ term = \"=more\", weight = 1 }, { term = \"nothing\", weight = -2 }]\n";
    fs::write(folder.join("score.toml"), score).unwrap();
    let settings = "[corpus]\npaths = [\"n.csv\"]\nlanguage = \"en\"\n[lexicons]\npaths = [\"lex.toml\"]\n\
                    [report]\nout = \"out\"\ncharts = false\n[statistics]\npairwise = true\n";
    fs::write(folder.join("study.toml"), settings).unwrap();
    framescope(&folder, &["run", "--quiet", "--study", "study.toml"]);
    let mut tables = 0;
    for path in ["out", "out/hits", "out/sentiment_hits"].iter().flat_map(|below| csv_files(&folder.join(below))) {
        tables += 1;
        assert_eq!(formulas(&fs::read(&path).unwrap()), Vec::<String>::new(), "{}", path.display());
    }
    assert!(tables > 18, "{tables}");
    let header = |name: &str| {
        let text = fs::read_to_string(folder.join("out").join(name)).unwrap();
        text.lines().next().unwrap().to_string()
    };
    assert!(header("counts.csv").contains(",'+1+1,date#2,"), "{}", header("counts.csv"));
    assert!(header("articles.csv").ends_with(",'=cmd|x,'@note"), "{}", header("articles.csv"));
    // the run before is read back with its names as they were
    fs::write(folder.join("lex.toml"), FRAMES.replace("\"four\"", "\"four\", \"came\"")).unwrap();
    framescope(&folder, &["run", "--quiet", "--study", "study.toml"]);
    let rates = rows(&folder.join("out/diff/rates.csv"));
    let frames: BTreeSet<&str> = rates.iter().map(|row| row["frame"].as_str()).collect();
    assert_eq!(frames.into_iter().collect::<Vec<_>>(), ["date"]);

    let forms = framescope(&folder, &["lexicon", "forms", "lex.toml", "n.csv", "--format", "csv"]);
    assert!(forms.contains("'=one"), "{forms}");
    assert_eq!(formulas(forms.as_bytes()), Vec::<String>::new());
}

/// Case `62-csv-formula-in-headers`: a sidecar is escaped, and read as it was meant.
#[test]
fn a_sidecar_names_files_that_look_like_formulas() {
    let folder = temporary("sidecar");
    fs::create_dir(folder.join("corpus")).unwrap();
    fs::write(
        folder.join("corpus/=1+1.txt"),
        "+Title of it\n\nThe one and only text of this file, which is long enough.\n",
    )
    .unwrap();
    framescope(&folder, &["corpus", "init", "corpus"]);
    let sidecar = fs::read_to_string(folder.join("corpus/articles.csv")).unwrap();
    assert_eq!(formulas(sidecar.as_bytes()), Vec::<String>::new(), "{sidecar}");
    let edited = sidecar.replacen("'=1+1.txt,", "'=1+1.txt,Outlet of the sidecar", 1);
    assert_ne!(edited, sidecar);
    fs::write(folder.join("corpus/articles.csv"), edited).unwrap();
    fs::write(folder.join("lex.toml"), FRAMES).unwrap();
    let arguments = ["run", "--quiet", "corpus", "--lexicon", "lex.toml", "--out", "out", "--no-charts"];
    framescope(&folder, &arguments);
    let articles = rows(&folder.join("out/articles.csv"));
    assert_eq!(articles[0]["outlet"], "Outlet of the sidecar");
}

/// Case `26-terms-csv-in-polars`: a column of numbers has one type from its first row to its last.
#[test]
fn every_column_of_the_committed_output_has_one_type() {
    let output = Path::new(env!("CARGO_MANIFEST_DIR")).join("output");
    let mut files = 0;
    let of_table = |table: &Table| match table.file.strip_suffix("/*.csv") {
        Some(folder) => csv_files(&output.join(folder)),
        None => [output.join(table.file)].into_iter().filter(|path| path.exists()).collect(),
    };
    for (table, path) in TABLES.iter().flat_map(|table| of_table(table).into_iter().map(move |path| (table, path))) {
        files += 1;
        for row in rows(&path) {
            for column in table.columns {
                let cell = row[column.name].as_str();
                let is_one = cell.is_empty()
                    || match column.dtype {
                        Dtype::Text => true,
                        Dtype::Integer => cell.parse::<i64>().is_ok(),
                        Dtype::Real => cell.parse::<f64>().is_ok() && cell.contains('.'),
                        Dtype::Flag => matches!(cell, "true" | "false"),
                        Dtype::Date => cell.len() == 10 && cell.split('-').count() == 3,
                    };
                assert!(is_one, "{}: {} = `{cell}`", table.file, column.name);
            }
        }
    }
    assert!(files > 30, "{files}");
    let weights: BTreeSet<String> =
        rows(&output.join("terms.csv")).into_iter().map(|row| row["weight"].clone()).collect();
    assert!(weights.contains("1.0") && !weights.contains("1"), "{weights:?}");
}

#[test]
fn the_hits_of_terms_by_group_are_those_of_terms() {
    let output = Path::new(env!("CARGO_MANIFEST_DIR")).join("output");
    let mut sums: BTreeMap<[String; 3], u64> = BTreeMap::new();
    let key = |row: &BTreeMap<String, String>| ["lexicon", "entry_at", "entry"].map(|name| row[name].clone());
    for row in rows(&output.join("terms_by_group.csv")) {
        *sums.entry(key(&row)).or_default() += row["hits"].parse::<u64>().unwrap();
    }
    let mut found = 0;
    for row in rows(&output.join("terms.csv")) {
        let hits = row["hits"].parse::<u64>().unwrap_or(0);
        assert_eq!(sums.get(&key(&row)).copied().unwrap_or(0), hits, "{row:?}");
        found += u64::from(hits > 0);
    }
    assert_eq!(found, sums.len() as u64);
}

/// Cells of the committed output: file, what a row has, a column, and its number.
type Golden = (&'static str, &'static [(&'static str, &'static str)], &'static [(&'static str, f64)]);

const GOLDEN: [Golden; 9] = [
    (
        "frames.csv",
        &[("outlet", "Eastern Standard"), ("frame", "coup")],
        &[
            ("articles", 10.0),
            ("words", 3271.0),
            ("hits", 12.0),
            ("own_hits", 9.0),
            ("scare_hits", 0.0),
            ("attributed_hits", 3.0),
            ("rate", 3.6686),
            ("articles_with_hit", 8.0),
            ("prevalence", 0.8),
            ("intensity", 4.62784),
            ("top_entry_share", 0.5),
        ],
    ),
    (
        "voices.csv",
        &[("outlet", "Eastern Standard"), ("frame", "coup"), ("voice", "attributed")],
        &[("articles", 10.0), ("words", 3271.0), ("hits", 3.0), ("share", 0.25), ("rate", 0.917151)],
    ),
    (
        "comparisons.csv",
        &[("outlet", "Eastern Standard"), ("frame", "terrorism")],
        &[("hits", 36.0), ("rest_hits", 43.0), ("rest_words", 10232.0), ("log2_ratio", 1.39217)],
    ),
    (
        "timeline.csv",
        &[("outlet", "Eastern Standard"), ("frame", "coup"), ("period", "2022-01-01")],
        &[("articles", 9.0), ("words", 2935.0), ("hits", 11.0), ("rate", 3.74787)],
    ),
    ("overall.csv", &[("frame", "terrorism")], &[("groups", 3.0), ("articles", 39.0)]),
    (
        "sentiment.csv",
        &[("outlet", "Global Left Review"), ("lexicon", "sentiment-en")],
        &[("words", 2794.0), ("hits", 193.0), ("sum", -101.468), ("valence", -0.525741), ("logit", -0.429148)],
    ),
    (
        "labels.csv",
        &[("outlet", "Eastern Standard"), ("label", "demonstrators")],
        &[("hits", 6.0), ("all_hits", 40.0), ("share", 0.15), ("rest_share", 0.293103), ("own_share", 0.0625)],
    ),
    (
        "dispersion.csv",
        &[("outlet", "(all)"), ("kind", "frame"), ("frame", "coup")],
        &[("hits", 35.0), ("range", 24.0), ("dp", 0.382359), ("juilland_d", 0.830586), ("kld", 0.866302)],
    ),
    (
        "cooccurrence.csv",
        &[("outlet", "(all)"), ("within", "sentence"), ("frame", "coup"), ("other_frame", "terrorism")],
        &[("units", 939.0), ("with_frame", 31.0), ("both", 8.0), ("phi", 0.13071), ("log_dice", 11.3561)],
    ),
];

#[test]
fn the_numbers_of_the_sample_are_these() {
    let output = Path::new(env!("CARGO_MANIFEST_DIR")).join("output");
    for (file, of, cells) in GOLDEN {
        let table = rows(&output.join(file));
        let mut found = table.iter().filter(|row| of.iter().all(|(name, text)| row[*name] == *text));
        let row = found.next().unwrap_or_else(|| panic!("{file}: no row {of:?}"));
        assert!(found.next().is_none(), "{file}: several rows {of:?}");
        for (name, number) in cells {
            let cell: f64 = row[*name].parse().unwrap_or_else(|_| panic!("{file} {name}: `{}`", row[*name]));
            assert!((cell - number).abs() <= number.abs() * 1e-9, "{file} {name}: {cell}, not {number}");
        }
    }
}
