//! What tasks refuse, and what an edit asks to be done again.

use super::laws::{LEXICON, go, others};
use crate::cache::{corpus, temporary};
use framescope::part;
use framescope::progress::Silent;
use framescope::study::Study;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn planned(name: &str) -> (PathBuf, Study, String) {
    let folder = temporary(name);
    corpus(&folder);
    fs::write(folder.join("lexicon.toml"), LEXICON).unwrap();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let mut study = Study { corpus: vec![path("texts")], lexicons: vec![path("lexicon.toml")], ..Study::default() };
    study.report.charts = false;
    study.report.out = path("run");
    let work = path("work");
    assert_eq!(part::plan(&study, &work, 5_000, &Silent, &go()).unwrap().articles, 40);
    (folder, study, work)
}

fn all(work: &str) {
    part::lay(work, None, None, &Silent, &go()).unwrap();
    part::survey(work, &go()).unwrap();
    part::count(work, None, None, &Silent, &go()).unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn an_edited_article_is_refused_also_where_it_is_as_long() {
    let (folder, _, work) = planned("parts-edited");
    part::lay(&work, Some("0"), None, &Silent, &go()).unwrap();
    let text = fs::read_to_string(folder.join("texts/39.txt")).unwrap();
    fs::write(folder.join("texts/39.txt"), text.replacen("said", "held", 1)).unwrap();
    let refused = part::lay(&work, None, None, &Silent, &go()).unwrap_err().to_string();
    assert!(refused.contains("not those that were planned"), "{refused}");
    let status = part::status(&work).unwrap();
    assert_eq!(status.step, "lay");
    assert!(status.missing.ends_with(&(status.parts - 1).to_string()), "{status:?}");
    // one file more, or longer, is seen before anything is read
    fs::write(folder.join("texts/99.txt"), "A riot.").unwrap();
    let refused = part::lay(&work, None, None, &Silent, &go()).unwrap_err().to_string();
    assert!(refused.contains("99.txt"), "{refused}");
}

#[test]
fn an_edited_lexicon_is_another_count_and_the_old_one_stays() {
    let (folder, study, work) = planned("parts-lexicon");
    all(&work);
    part::merge(&work, None, &Silent, &go()).unwrap();
    let before = files(&folder.join("work"));
    let edited = LEXICON.replace("'price'", "'price', 'weather'");
    fs::write(folder.join("lexicon.toml"), edited).unwrap();
    // no word is broken at a line end, so the survey holds
    let refused = part::merge(&work, None, &Silent, &go()).unwrap_err().to_string();
    assert!(refused.contains("part count"), "{refused}");
    let status = part::status(&work).unwrap();
    assert_eq!((status.step, status.missing.split(',').count()), ("count", status.parts));
    part::count(&work, None, None, &Silent, &go()).unwrap();
    let second = folder.join("second").to_string_lossy().into_owned();
    part::merge(&work, Some(&second), &Silent, &go()).unwrap();
    framescope::run(&study, &Silent, &go()).unwrap();
    assert_eq!(others(&folder.join("run"), &folder.join("second")), Vec::<String>::new());
    let now = files(&folder.join("work"));
    assert!(before.iter().all(|file| now.contains(file)), "something was taken away");
}

#[test]
fn an_edited_lexicon_is_asked_again_where_words_are_broken() {
    let (folder, _, _) = planned("parts-broken");
    let text = fs::read_to_string(folder.join("texts/03.txt")).unwrap();
    fs::write(folder.join("texts/03.txt"), format!("{text}\n\nThe wea-\nther of the town was a mili-\ntant one."))
        .unwrap();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let mut study = Study { corpus: vec![path("texts")], lexicons: vec![path("lexicon.toml")], ..Study::default() };
    study.report.charts = false;
    study.report.out = path("run");
    let work = path("work-broken");
    part::plan(&study, &work, 5_000, &Silent, &go()).unwrap();
    all(&work);
    fs::write(folder.join("lexicon.toml"), LEXICON.replace("'price'", "'price', 'militant'")).unwrap();
    assert_eq!(part::status(&work).unwrap().step, "survey");
    let refused = part::merge(&work, None, &Silent, &go()).unwrap_err().to_string();
    assert!(refused.contains("part survey"), "{refused}");
    all(&work);
    part::merge(&work, Some(&path("merged")), &Silent, &go()).unwrap();
    framescope::run(&study, &Silent, &go()).unwrap();
    assert_eq!(others(&folder.join("run"), &folder.join("merged")), Vec::<String>::new());
    let hits = fs::read_to_string(folder.join("run/terms.csv")).unwrap();
    assert!(hits.lines().any(|line| line.contains("militant") && !line.contains(",0,")), "{hits}");
}

/// The process stays where it is, and names in results are as they were typed.
#[test]
fn tasks_run_in_any_folder() {
    let (folder, _, _) = planned("parts-elsewhere");
    let from = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
        let done = command.current_dir(&folder).args(arguments).output().unwrap();
        assert!(done.status.code() < Some(2), "{}", String::from_utf8_lossy(&done.stderr));
    };
    fs::create_dir_all(folder.join("studies")).unwrap();
    fs::write(folder.join("studies/list.csv"), "word,count\npolice,40\nweather,9\n").unwrap();
    fs::write(folder.join("studies/stories.toml"), "").unwrap();
    let settings = "[stories]\ncorrections = \"stories.toml\"\n[keyness]\nreference = \"list.csv\"\n";
    let study = format!("[corpus]\npaths = [\"../texts\"]\n[lexicons]\npaths = [\"../lexicon.toml\"]\n{settings}");
    fs::write(folder.join("studies/study.toml"), study).unwrap();
    let here = std::env::current_dir().unwrap();
    for (name, typed) in [
        ("typed", &["texts", "-l", "./lexicon.toml", "--no-charts"][..]),
        ("study", &["--study", "studies/study.toml", "--no-charts"][..]),
    ] {
        let (work, out, merged) = (format!("work-{name}"), format!("run-{name}"), format!("merged-{name}"));
        from(&[&["run"], typed, &["--out", &out, "--quiet"]].concat());
        from(&[&["part", "plan"], typed, &["--work", &work, "--part-bytes", "5K"]].concat());
        let work = folder.join(work).to_string_lossy().into_owned();
        all(&work);
        part::merge(&work, Some(&folder.join(&merged).to_string_lossy()), &Silent, &go()).unwrap();
        assert_eq!(std::env::current_dir().unwrap(), here);
        assert_eq!(others(&folder.join(out), &folder.join(merged)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn another_build_is_refused() {
    let (folder, _, work) = planned("parts-build");
    let path = folder.join("work/plan.json");
    let plan = fs::read_to_string(&path).unwrap();
    let other = plan.replacen(framescope::index::BUILD, &"0".repeat(64), 1);
    assert_ne!(plan, other);
    fs::write(&path, other).unwrap();
    let refused = part::lay(&work, None, None, &Silent, &go()).unwrap_err().to_string();
    assert!(refused.contains("another build"), "{refused}");
}

#[test]
fn a_work_folder_has_one_plan() {
    let (_, study, work) = planned("parts-plan");
    assert!(part::plan(&study, &work, 5_000, &Silent, &go()).is_ok());
    let refused = part::plan(&study, &work, 9_000, &Silent, &go()).unwrap_err().to_string();
    assert!(refused.contains("a plan with other articles"), "{refused}");
    let refused = part::lay(&work, Some("900"), None, &Silent, &go()).unwrap_err().to_string();
    assert!(refused.contains("numbers below"), "{refused}");
    let refused = part::status("no such folder").unwrap_err().to_string();
    assert!(refused.contains("part plan"), "{refused}");
}

#[test]
fn what_a_killed_task_had_begun_stays_and_harms_nobody() {
    let (folder, study, work) = planned("parts-partial");
    part::lay(&work, None, None, &Silent, &go()).unwrap();
    let lay = folder.join("work/lay/00000");
    fs::write(folder.join("work/lay/00000.node7.1.0123456789abcdef.partial"), &fs::read(&lay).unwrap()[..9]).unwrap();
    fs::write(folder.join("work/index/x.shard.node7.1.0123456789abcdef.partial"), "half").unwrap();
    all(&work);
    part::merge(&work, Some(&folder.join("merged").to_string_lossy()), &Silent, &go()).unwrap();
    framescope::run(&study, &Silent, &go()).unwrap();
    assert_eq!(others(&folder.join("run"), &folder.join("merged")), Vec::<String>::new());
    assert_eq!(
        files(&folder.join("work")).iter().filter(|path| path.to_string_lossy().ends_with(".partial")).count(),
        2
    );
}

#[test]
fn a_sample_is_one_part() {
    let (folder, mut study, _) = planned("parts-sample");
    study.read.sample = Some(11);
    let work = folder.join("work-sample").to_string_lossy().into_owned();
    assert_eq!(part::plan(&study, &work, 1_000, &Silent, &go()).unwrap().parts, 1);
    all(&work);
    part::merge(&work, Some(&folder.join("merged").to_string_lossy()), &Silent, &go()).unwrap();
    framescope::run(&study, &Silent, &go()).unwrap();
    assert_eq!(others(&folder.join("run"), &folder.join("merged")), Vec::<String>::new());
}

#[test]
fn a_condition_leaves_out_of_parts_what_it_leaves_out_of_a_run() {
    let (folder, mut study, _) = planned("parts-where");
    study.read.only = Some("text ~ \"day 3 that the weather\" or text ~ \"day 3 that the riot\"".to_string());
    let work = folder.join("work-where").to_string_lossy().into_owned();
    assert!(part::plan(&study, &work, 1_000, &Silent, &go()).unwrap().parts > 2);
    all(&work);
    part::merge(&work, Some(&folder.join("merged").to_string_lossy()), &Silent, &go()).unwrap();
    framescope::run(&study, &Silent, &go()).unwrap();
    assert_eq!(others(&folder.join("run"), &folder.join("merged")), Vec::<String>::new());
}
