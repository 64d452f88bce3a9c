//! A rerun takes over the tables of frames that are as they were, and nobody can tell from its output.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::cache::{corpus, run, same, temporary, write_old};
use framescope::aggregate::Cell;
use framescope::report::{Sheet, read_row};
use proptest::prelude::*;
use std::borrow::Cow;
use std::fs;
use std::os::unix::fs::MetadataExt;
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
        assert!(again.contains_key("hits/order.parquet"), "edit {edit}");
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

/// Two frames; of the second one term, of the first on some line.
fn two_frames(line: usize, term: &str) -> String {
    let gap = "\n".repeat(line);
    format!(
        "[lexicon]\nname = 'l'\n[[frame]]\nname = 'order'\n{gap}terms = ['police', 'riot']\n\
         [[frame]]\nname = 'other'\nterms = ['{term}']\n"
    )
}

/// Which file it is, whatever it is called.
fn inode(path: &Path) -> u64 {
    fs::metadata(path).unwrap().ino()
}

#[test]
fn the_tables_of_a_frame_that_is_as_it_was_are_the_same_files() {
    let folder = temporary("rerun-linked");
    corpus(&folder);
    let path = folder.join("lexicon.toml");
    fs::write(&path, two_frames(0, "market")).unwrap();
    run(&folder, "out", &[]);
    let files = ["hits/order.csv", "hits/order.parquet", "articles.csv", "removed.csv", "copies.csv"];
    let estimated = ["labels.csv", "story_words.csv", "sentiment.csv", "sentiment_targets.csv", "contributions.csv"];
    let files = [&files[..], &estimated, &["sentiment_shifts.csv"]].concat();
    let edited = ["hits/other.csv", "hits/other.parquet", "counts.csv", "terms.csv"];
    let nodes = |files: &[&str]| files.iter().map(|file| inode(&folder.join("out").join(file))).collect::<Vec<_>>();
    let (before, others) = (nodes(&files), nodes(&edited));
    // another term in the other frame, and every line moved
    fs::write(&path, two_frames(3, "protest")).unwrap();
    let again = run(&folder, "out", &[]);
    assert_eq!(before, nodes(&files));
    assert!(others.iter().zip(nodes(&edited)).all(|(before, after)| *before != after));
    same(&run(&folder, "fresh", &["--no-cache"]), &again);
    let page = String::from_utf8(again["index.html"].clone()).unwrap();
    assert!(page.contains("lexicon.toml:8") && !page.contains("lexicon.toml:5"), "the page has the lines of now");
    // an edit of the first frame, at last
    fs::write(&path, two_frames(3, "protest").replace("'riot'", "'riot', 'market'")).unwrap();
    let again = run(&folder, "out", &[]);
    assert!(
        before[0] != inode(&folder.join("out/hits/order.csv")) && before[2] == inode(&folder.join("out/articles.csv"))
    );
    same(&run(&folder, "fresh", &["--no-cache"]), &again);
}

#[test]
fn a_condition_that_names_a_frame_is_counted_anew_when_that_frame_is_edited() {
    let folder = temporary("rerun-named");
    corpus(&folder);
    let lexicon = |term: &str| {
        format!(
            "[lexicon]\nname = 'l'\n[[frame]]\nname = 'order'\nterms = ['police NEAR/9 #other']\n\
             [[frame]]\nname = 'other'\nterms = ['{term}']\n"
        )
    };
    fs::write(folder.join("lexicon.toml"), lexicon("market")).unwrap();
    run(&folder, "out", &[]);
    fs::write(folder.join("lexicon.toml"), lexicon("protest")).unwrap();
    same(&run(&folder, "fresh", &["--no-cache"]), &run(&folder, "out", &[]));
}

#[test]
fn with_overlap_in_the_lexicon_all_of_it_is_one_table() {
    let folder = temporary("rerun-overlap");
    corpus(&folder);
    let lexicon = |term: &str| two_frames(0, term).replace("name = 'l'\n", "name = 'l'\noverlap = 'lexicon'\n");
    fs::write(folder.join("lexicon.toml"), lexicon("police said")).unwrap();
    let first = run(&folder, "out", &[]);
    assert!(first.contains_key("hits/l.csv") && !first.contains_key("hits/order.csv"));
    fs::write(folder.join("lexicon.toml"), lexicon("market")).unwrap();
    same(&run(&folder, "fresh", &["--no-cache"]), &run(&folder, "out", &[]));
}

#[test]
fn what_is_not_as_the_last_run_left_it_is_not_taken_over() {
    let folder = temporary("rerun-forged");
    corpus(&folder);
    let path = folder.join("lexicon.toml");
    let start = || {
        fs::write(&path, two_frames(0, "market")).unwrap();
        run(&folder, "out", &[]);
    };
    fs::write(&path, two_frames(0, "protest")).unwrap();
    let right = run(&folder, "right", &["--no-cache"]);
    let forgeries = [
        ("hits/order.csv", "said on day", "sang on day"),
        ("articles.csv", ",yes,", ",yeS,"),
        (".cache/hits/order.json", "said on day", "sang on day"),
    ];
    for (file, from, to) in forgeries {
        // one that shows, and one of its size and its time
        for quietly in [false, true] {
            start();
            forge(&folder.join("out").join(file), from, to, quietly);
            fs::write(&path, two_frames(0, "protest")).unwrap();
            same(&right, &run(&folder, "out", &[]));
        }
    }
    for table in ["articles.csv", "hits/order.csv", "hits/order.parquet"] {
        start();
        let path = folder.join("out").join(table);
        fs::write(&path, [fs::read(&path).unwrap(), b"one,more\n".to_vec()].concat()).unwrap();
        fs::write(folder.join("lexicon.toml"), two_frames(0, "protest")).unwrap();
        same(&right, &run(&folder, "out", &[]));
        start();
        fs::remove_file(&path).unwrap();
        fs::write(folder.join("lexicon.toml"), two_frames(0, "protest")).unwrap();
        same(&right, &run(&folder, "out", &[]));
    }
}

#[test]
fn a_study_of_keyness_takes_tables_over_too() {
    let folder = temporary("rerun-keyness");
    corpus(&folder);
    fs::write(folder.join("lexicon.toml"), two_frames(0, "market")).unwrap();
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
        fs::read(folder.join(out).join("keyness.csv")).unwrap()
    };
    run("out", &[]);
    let before = inode(&folder.join("out/hits/order.csv"));
    fs::write(folder.join("lexicon.toml"), two_frames(0, "protest")).unwrap();
    let again = run("out", &[]);
    assert_eq!(before, inode(&folder.join("out/hits/order.csv")));
    assert_eq!(again, run("fresh", &["--no-cache"]));
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

#[test]
fn a_chart_that_is_the_same_drawing_keeps_its_picture() {
    let folder = temporary("rerun-charts");
    corpus(&folder);
    let draw = |out: &str, term: &str| {
        fs::write(folder.join("lexicon.toml"), two_frames(0, "market").replace("'riot'", term)).unwrap();
        let study = "[corpus]\npaths = ['texts']\n[lexicons]\npaths = ['lexicon.toml']\n";
        fs::write(folder.join("study.toml"), study).unwrap();
        let command = ["run", "--study", "study.toml", "--quiet", "--out", out];
        let done = Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&folder).args(command).output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        folder.join(out).join("charts/frames.png")
    };
    let picture = draw("out", "'riot'");
    let before = inode(&picture);
    // an entry that finds nothing moves no line of the drawing
    assert_eq!(inode(&draw("out", "'riot', 'zebra'")), before);
    assert!(inode(&draw("out", "'riot', 'weather'")) != before, "another drawing");
    fs::write(&picture, b"no picture").unwrap();
    draw("out", "'riot', 'weather', 'zebra'");
    let fresh = draw("fresh", "'riot', 'weather', 'zebra'");
    assert_eq!(fs::read(&picture).unwrap(), fs::read(fresh).unwrap());
}

#[test]
fn damaged_tests_in_the_cache_are_drawn_again() {
    let folder = temporary("rerun-tests");
    corpus(&folder);
    fs::write(folder.join("lexicon.toml"), two_frames(0, "market")).unwrap();
    run(&folder, "out", &[]);
    let values = || {
        let files = fs::read_dir(folder.join("out/.cache")).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.to_string_lossy().ends_with(".value")).collect::<Vec<_>>()
    };
    assert_eq!(values().len(), 6, "survey, words, stories, tests, words of stories, entries by shard");
    for path in values() {
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, bytes).unwrap();
    }
    fs::write(folder.join("lexicon.toml"), two_frames(0, "protest")).unwrap();
    same(&run(&folder, "fresh", &["--no-cache"]), &run(&folder, "out", &[]));
}
