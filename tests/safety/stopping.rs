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

/// Ten groups of nineteen articles, each pair of them dealt a million times for each of 24 frames.
fn long_run(folder: &Path) -> Child {
    const WORDS: [&str; 24] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ];
    let mut state = 3_u64;
    let mut below = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let mut csv = "id,outlet,text\n".to_string();
    for i in 0..190 {
        let words: Vec<&str> = (0..60).map(|_| WORDS[below(WORDS.len())]).collect();
        let _ = writeln!(csv, "{i},paper {},{}.", i % 10, words.join(" "));
    }
    fs::write(folder.join("c.csv"), csv).unwrap();
    let mut lexicon = "[lexicon]\nname = 'many'\n".to_string();
    for word in WORDS {
        let _ = writeln!(lexicon, "[[frame]]\nname = '{word}'\nterms = ['={word}']");
    }
    fs::write(folder.join("many.toml"), lexicon).unwrap();
    let study = "[corpus]\npaths = ['c.csv']\n[lexicons]\npaths = ['many.toml']\n[statistics]\npermutations = 1000000\n\
                 strata = 'language'\npairwise = true\n[report]\nout = 'out'\ncharts = false\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(folder)
        .args(["run", "--study", "study.toml"])
        .stdout(Stdio::null())
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
