//! Ctrl-C ends a run wherever it is.

use super::{files, names};
use crate::cache::{corpus, run, temporary};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than a run may take to end, and far shorter than the run.
const SOON: Duration = Duration::from_secs(8);

fn interrupt(child: &Child) {
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

/// Ten groups of nineteen articles, dealt a million times each.
fn long_run(folder: &Path) -> Child {
    let mut csv = "id,outlet,text\n".to_string();
    for i in 0..190 {
        let text = if i % 3 == 0 { "The police came, and the riot was over" } else { "The weather was fine" };
        let _ = writeln!(csv, "{i},paper {},{text} on day {i}.", i % 10);
    }
    fs::write(folder.join("c.csv"), csv).unwrap();
    let study = "[corpus]\npaths = ['c.csv']\n[lexicons]\npaths = ['lexicon.toml']\n[statistics]\npermutations = 1000000\n\
                 strata = 'language'\n[report]\nout = 'out'\ncharts = false\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(folder)
        .args(["run", "--study", "study.toml"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// 58-ctrl-c-slow
#[cfg(unix)]
#[test]
fn a_run_in_the_middle_of_its_statistics_ends_at_once_and_leaves_nothing() {
    let folder = temporary("ctrl-c");
    corpus(&folder);
    run(&folder, "out", &[]);
    let before = files(&folder.join("out"));
    let mut child = long_run(&folder);
    std::thread::sleep(Duration::from_secs(3));
    if let Some(status) = child.try_wait().unwrap() {
        let mut said = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
        panic!("the run has ended by itself: {status}: {said}");
    }
    let begun = Instant::now();
    interrupt(&child);
    let code = child.wait().unwrap().code();
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(code, Some(130));
    assert_eq!(before, files(&folder.join("out")));
    assert!(names(&folder).iter().all(|name| !name.contains("partial")), "{:?}", names(&folder));
}
