//! A rerun takes over what the last run wrote of a hit, and nobody can tell from its output.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::cache::{corpus, run, same, temporary, write_old};
use framescope::aggregate::Cell;
use framescope::report::{Sheet, read_row};
use proptest::prelude::*;
use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

/// Numbers that are the same every time.
struct Lots(u64);

impl Lots {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// A lexicon of two frames, with some of these entries, in some order, on some lines.
fn lexicon(lots: &mut Lots) -> String {
    const TERMS: [&str; 7] = [
        "'police'",
        "'riot'",
        "'market'",
        "'protest*'",
        "'day NEAR/4 riot'",
        "{ term = 'was over', match = 'exact' }",
        "{ term = 'The', match = 'case' }",
    ];
    let mut text = "[lexicon]\nname = 'l'\n".to_string();
    for frame in ["order", "other"] {
        text.push_str(&"\n".repeat(lots.below(3)));
        text.push_str(&format!("[[frame]]\nname = '{frame}'\nterms = [\n"));
        let mut terms: Vec<&str> = TERMS.iter().copied().filter(|_| lots.below(2) == 0).collect();
        terms.push("'emergency'");
        let turn = lots.below(terms.len());
        terms.rotate_left(turn);
        for term in terms {
            text.push_str(&format!("  {term},\n{}", "  # a line\n".repeat(lots.below(2))));
        }
        text.push_str(["]\n", "]\nexcept = ['the riot']\n"][lots.below(2)]);
    }
    text
}

#[test]
fn after_any_edit_a_rerun_writes_what_a_first_run_would() {
    let folder = temporary("rerun-edits");
    corpus(&folder);
    let mut lots = Lots(7);
    for edit in 0..10 {
        fs::write(folder.join("lexicon.toml"), lexicon(&mut lots)).unwrap();
        let again = run(&folder, "again", &[]);
        same(&run(&folder, "fresh", &["--no-cache"]), &again);
        assert!(again.contains_key("hits.parquet"), "edit {edit}");
    }
}

/// Changes words in a file; `quietly` leaves its size and time of writing.
fn forge(path: &Path, from: &str, to: &str, quietly: bool) {
    let written = fs::metadata(path).unwrap().modified().unwrap();
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replace(from, to)).unwrap();
    let time = if quietly { written } else { SystemTime::now() + Duration::from_secs(5) };
    fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
}

/// A forgery that even the looks of the last run know nothing of.
fn forge_unseen(path: &Path, from: &str, to: &str) {
    forge(path, from, to, true);
    let looks = path.with_file_name(".cache/looks.json");
    let mut known: serde_json::Value = serde_json::from_slice(&fs::read(&looks).unwrap()).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    known["listed"][name]["digest"] = blake3::hash(&fs::read(path).unwrap()).to_hex().to_string().into();
    fs::write(looks, known.to_string()).unwrap();
}

#[test]
fn rows_are_taken_over_from_a_table_that_is_as_the_last_run_left_it_and_from_no_other() {
    let folder = temporary("rerun-forged");
    corpus(&folder);
    let hits = folder.join("out/hits.csv");
    let edited = "[lexicon]\nname = 'l'\n[[frame]]\nname = 'order'\n\nterms = ['police', 'riot', 'market']\n";
    let right = {
        fs::write(folder.join("lexicon.toml"), edited).unwrap();
        run(&folder, "right", &["--no-cache"])
    };
    corpus(&folder);
    run(&folder, "out", &[]);
    forge(&hits, "said on day", "sang on day", false);
    fs::write(folder.join("lexicon.toml"), edited).unwrap();
    same(&right, &run(&folder, "out", &[]));
    corpus(&folder);
    run(&folder, "out", &[]);
    for table in ["articles.csv", "removed.csv", "copies.csv"] {
        let path = folder.join("out").join(table);
        fs::write(&path, [fs::read(&path).unwrap(), b"one,more\n".to_vec()].concat()).unwrap();
    }
    fs::write(folder.join("lexicon.toml"), edited).unwrap();
    same(&right, &run(&folder, "out", &[]));
    // nor does a forgery of a whole table that has its size and its time
    corpus(&folder);
    run(&folder, "out", &[]);
    forge(&folder.join("out/articles.csv"), ",yes,", ",yeS,", true);
    fs::write(folder.join("lexicon.toml"), edited).unwrap();
    same(&right, &run(&folder, "out", &[]));
    // nor of rows
    corpus(&folder);
    run(&folder, "out", &[]);
    forge(&hits, "said on day", "sang on day", true);
    fs::write(folder.join("lexicon.toml"), edited).unwrap();
    same(&right, &run(&folder, "out", &[]));
    // a forgery of rows that nobody could see shows that the rows were taken over at all, but for those of the new entry
    corpus(&folder);
    run(&folder, "out", &[]);
    forge_unseen(&hits, "said on day", "sang on day");
    fs::write(folder.join("lexicon.toml"), edited).unwrap();
    let forged = run(&folder, "out", &[]);
    let text = String::from_utf8(forged["hits.csv"].clone()).unwrap();
    let of = |entry: &str, words: &str| {
        text.lines().filter(|line| line.contains(&format!(",{entry},")) && line.contains(words)).count()
    };
    assert!(of("police", "sang on day") > 0 && of("police", "said on day") == 0);
    assert!(of("market", "said on day") > 0 && of("market", "sang on day") == 0);
}

#[test]
fn a_study_of_keyness_takes_rows_over_too() {
    let folder = temporary("rerun-keyness");
    corpus(&folder);
    let study = "[corpus]\npaths = ['texts']\n[lexicons]\npaths = ['lexicon.toml']\n[keyness]\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    let run = |out: &str, extra: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_framescope"))
            .current_dir(&folder)
            .args(["run", "-s", "study.toml", "--quiet", "--no-charts", "--out", out])
            .args(extra)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        fs::read_to_string(folder.join(out).join("hits.csv")).unwrap()
    };
    run("out", &[]);
    forge_unseen(&folder.join("out/hits.csv"), "said on day", "sang on day");
    let path = folder.join("lexicon.toml");
    let lexicon = fs::read_to_string(&path).unwrap();
    fs::write(&path, lexicon.replace("'riot'", "'market'")).unwrap();
    assert!(run("out", &[]).contains("sang on day"), "rows of the entry that stayed are those of the last run");
    assert!(run("fresh", &["--no-cache"]).contains("said on day"));
}

#[test]
fn another_setting_or_another_text_takes_nothing_over() {
    let folder = temporary("rerun-settings");
    corpus(&folder);
    run(&folder, "out", &[]);
    for extra in [&["--voice", "own"][..], &["--keep-repeats"], &["--seed", "3"]] {
        same(&run(&folder, "fresh", &[extra, &["--no-cache"]].concat()), &run(&folder, "out", extra));
    }
    write_old(&folder.join("texts/03.txt"), "The police left. The riot was over.");
    same(&run(&folder, "fresh", &["--no-cache"]), &run(&folder, "out", &[]));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_row_reads_back_as_it_was_written_and_stands_as_the_csv_crate_would_have_it(
        rows in prop::collection::vec(prop::collection::vec("[a-c,\"'\\n\\r=@ \u{fc}-]{0,6}", 2..5), 1..4)
    ) {
        let mut sheet = Sheet::headless(Vec::new());
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            let cells: Vec<Cell<'_>> = row.iter().map(|text| Cell::Text(text)).collect();
            sheet.row(&cells).unwrap();
            let escaped = row.iter().map(|text| {
                let is_formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
                if is_formula { format!("'{text}") } else { text.clone() }
            });
            writer.write_record(escaped.collect::<Vec<_>>()).unwrap();
        }
        let written = String::from_utf8(sheet.into_inner()).unwrap();
        prop_assert_eq!(&written, &String::from_utf8(writer.into_inner().unwrap()).unwrap());
        let (mut rest, mut cells) = (written.as_str(), Vec::new());
        for row in &rows {
            rest = read_row(rest, &mut cells);
            prop_assert_eq!(row.iter().map(|text| Cow::Borrowed(text.as_str())).collect::<Vec<Cow<'_, str>>>(), cells.clone());
        }
        prop_assert_eq!(rest, "");
    }
}
