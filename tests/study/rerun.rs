//! A rerun into the same folder answers with the numbers of its own settings, never with those of the last run.

use crate::cache::{same, temporary, write_old};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

fn run(folder: &Path, out: &str, words: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let done = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(folder)
        .args(["run", "--quiet", "--no-charts", "--no-parquet", "--out", out])
        .args(words)
        .output()
        .unwrap();
    assert!(matches!(done.status.code(), Some(0 | 1)), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    let (out, mut found) = (folder.join(out), BTreeMap::new());
    files(&out, &out, &mut found);
    found
}

/// Every file of a run, without what lies beside its results.
fn files(out: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(out).unwrap().to_string_lossy().into_owned();
        if path.is_file() && name != "history.json" {
            found.insert(name, fs::read(&path).unwrap());
        } else if path.is_dir() && !matches!(name.as_str(), ".cache" | "diff" | "history") {
            files(out, &path, found);
        }
    }
}

/// Tables that differ, the manifest aside.
fn moved(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let names = names.into_iter().filter(|name| !matches!(name.as_str(), "manifest.json" | "index.html"));
    names.filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

/// Whatever was run before in the folder, a run writes what it would write into a new one; and the change is no idle one.
fn changes(folder: &Path, name: &str, before: &[&str], after: &[&str], table: &str) {
    let first = run(folder, name, before);
    let fresh = run(folder, &format!("{name}-fresh"), after);
    let again = run(folder, name, after);
    same(&fresh, &again);
    let moved = moved(&first, &fresh);
    assert!(moved.iter().any(|file| file.starts_with(table)), "{name}: {moved:?}");
}

/// `протест` in KOI8-R; in windows-1251 the same bytes are other letters, which are words too.
const KOI8: [u8; 7] = [0xd0, 0xd2, 0xcf, 0xd4, 0xc5, 0xd3, 0xd4];

#[test]
fn another_encoding_of_a_lexicon_is_another_lexicon() {
    let folder = temporary("study-encoding");
    write_old(
        &folder.join("ru.csv"),
        "id,outlet,language,text\n1,A,ru,Начался протест на площади.\n2,B,ru,РТПФЕУФ был закрыт.\n",
    );
    let lexicon = [b"frame,term,weight,match,note\nf,".as_slice(), &KOI8, b",1,exact,\n"].concat();
    fs::write(folder.join("lex.csv"), lexicon).unwrap();
    let words = |encoding| ["ru.csv", "-l", "lex.csv", "--encoding", encoding];
    changes(&folder, "o", &words("koi8-r"), &words("windows-1251"), "hits/");
    changes(&folder, "p", &words("windows-1251"), &words("koi8-r"), "terms.csv");
}

const ARTICLES: &str = "id,outlet,date,text,summary\n\
    1,The Observer,03/04/2022,The riot police met the riot and the police left.,A quiet day.\n\
    2,observer.example,13/04/2022,Riots and police in the square.,Riot in the square.\n\
    3,Courier,04/03/2022,The state of emergency and the police.,Police again.\n";

const LEXICON: &str = "[lexicon]\nname = 'l'\nlanguage = 'en'\n[[frame]]\nname = 'order'\nterms = ['riot police', 'police']\n\
    [[frame]]\nname = 'riot'\nterms = ['riot']\n";

#[test]
fn every_setting_counts_at_a_rerun() {
    let folder = temporary("study-settings");
    write_old(&folder.join("a.csv"), ARTICLES);
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    let plain = ["a.csv", "-l", "l.toml"];
    let with = |more: &[&'static str]| [&plain[..], more].concat();
    changes(&folder, "date", &plain, &with(&["--date-order", "day-first"]), "articles.csv");
    changes(
        &folder,
        "dates",
        &with(&["--date-order", "day-first"]),
        &with(&["--date-order", "month-first"]),
        "articles.csv",
    );
    changes(&folder, "text", &plain, &with(&["--text", "summary"]), "hits/");
    changes(&folder, "overlap", &plain, &with(&["--overlap", "lexicon"]), "hits/");
    changes(&folder, "match", &plain, &with(&["--match", "exact"]), "hits/");
    changes(&folder, "by", &plain, &with(&["--by", "year"]), "frames.csv");
}

#[test]
fn what_a_study_file_alone_can_say_counts_too() {
    let folder = temporary("study-file");
    write_old(&folder.join("a.csv"), ARTICLES);
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    fs::write(folder.join("faulty.csv"), "frame,term,weight,match,note\nf,riot,1,stem,\nf,police,heavy,stem,\n")
        .unwrap();
    let study = |name: &str, more: &str| {
        let lexicons = if more.contains("lenient") { "l.toml', 'faulty.csv" } else { "l.toml" };
        let text = format!("[corpus]\npaths = ['a.csv']\n[lexicons]\npaths = ['{lexicons}']\n{more}");
        fs::write(folder.join(name), text).unwrap();
    };
    study("plain.toml", "");
    study("outlets.toml", "[outlets]\n'Observer' = ['The Observer', 'observer.example']\n");
    study("window.toml", "[voice]\ncount = ['quoted']\n");
    study("lenient.toml", "lenient = true\n");
    study("keyness.toml", "[keyness]\nmin_hits = 1\nmin_articles = 1\nmin_group = 1\n");
    let words = |name: &'static str| ["--study", name];
    changes(&folder, "outlets", &words("plain.toml"), &words("outlets.toml"), "frames.csv");
    changes(&folder, "window", &words("plain.toml"), &words("window.toml"), "hits/");
    changes(&folder, "lenient", &words("plain.toml"), &words("lenient.toml"), "terms.csv");
    // a list of other texts counts by what is in it
    fs::write(folder.join("list.csv"), "riot,5\npolice,5\n").unwrap();
    study("reference.toml", "[keyness]\nmin_hits = 1\nmin_articles = 1\nmin_group = 1\nreference = 'list.csv'\n");
    let first = run(&folder, "reference", &words("reference.toml"));
    fs::write(folder.join("list.csv"), "riot,1\npolice,900\n").unwrap();
    let again = run(&folder, "reference", &words("reference.toml"));
    same(&run(&folder, "reference-fresh", &words("reference.toml")), &again);
    assert_eq!(moved(&first, &again), ["keyness.csv"]);
}

#[test]
fn what_is_said_of_a_file_that_is_not_read_counts_too() {
    let folder = temporary("study-notes");
    fs::create_dir_all(folder.join("texts")).unwrap();
    write_old(&folder.join("texts/a.csv"), ARTICLES);
    fs::write(folder.join("texts/prices.csv"), "day,price\n1,2\n").unwrap();
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    let words = ["texts", "-l", "l.toml"];
    let first = run(&folder, "o", &words);
    fs::write(folder.join("texts/prices.csv"), "when,cost\n1,2\n").unwrap();
    let again = run(&folder, "o", &words);
    same(&run(&folder, "fresh", &words), &again);
    assert_eq!(moved(&first, &again), ["problems.csv"]);
}

#[test]
fn a_layout_of_exports_counts_by_what_is_in_it() {
    let folder = temporary("study-layout");
    let text = "~~~~~\nA riot\nPaper: Courier\nText: The riot began and the police came to the square.\n\
        ~~~~~\nA quiet day\nPaper: Observer\nText: The police left the square and the riot was over.\n";
    write_old(&folder.join("e.txt"), text);
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    let layout = "name = 'Own'\nmarks = ['~~~~~']\ndetect = ['(?m)^~{5}$', '(?m)^Paper: ']\nbegins = '^~{5}$'\nheader = ['title']\n\
        [labels]\n'Paper' = 'outlet'\n'Text' = 'body'\n";
    let words = ["e.txt", "-l", "l.toml", "--export", "own.toml"];
    let kept = |layout: &str| {
        fs::write(folder.join("own.toml"), layout).unwrap();
        run(&folder, "o", &words)
    };
    let first = kept(layout);
    let other = layout.replace("'Paper' = 'outlet'", "'Paper' = 'index'");
    let again = kept(&other);
    same(&run(&folder, "fresh", &words), &again);
    assert!(moved(&first, &again).contains(&"articles.csv".to_string()), "{:?}", moved(&first, &again));
    same(&first, &kept(layout));
}

fn versions(folder: &Path) -> usize {
    let history: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("history.json")).unwrap()).unwrap();
    history["runs"].as_array().unwrap().len()
}

#[test]
fn a_comment_is_no_new_version_of_a_lexicon() {
    let folder = temporary("study-comment");
    write_old(&folder.join("a.csv"), ARTICLES);
    fs::write(folder.join("l.toml"), LEXICON).unwrap();
    let words = ["a.csv", "-l", "l.toml"];
    let first = run(&folder, "o", &words);
    let written = || fs::metadata(folder.join("o/manifest.json")).unwrap().modified().unwrap();
    let before = written();
    // behind a line: not a byte moves, and nothing is written
    fs::write(folder.join("l.toml"), LEXICON.replace("name = 'riot'", "name = 'riot' # rioters")).unwrap();
    same(&first, &run(&folder, "o", &words));
    assert_eq!((written(), versions(&folder.join("o"))), (before, 1));
    // a line of its own: the lines of entries move, and no number does
    fs::write(folder.join("l.toml"), format!("# by hand\n{LEXICON}")).unwrap();
    let again = run(&folder, "o", &words);
    same(&run(&folder, "fresh", &words), &again);
    // tables that name the line of an entry, and no other
    let named = ["terms.csv", "terms_by_group.csv", "dispersion.csv"];
    let others: Vec<String> =
        moved(&first, &again).into_iter().filter(|name| !named.contains(&name.as_str())).collect();
    assert_eq!(others, [""; 0]);
    assert_eq!(versions(&folder.join("o")), 1, "the same entries are one version");
    // an entry more is a version more
    fs::write(folder.join("l.toml"), LEXICON.replace("['riot']", "['riot', 'square']")).unwrap();
    run(&folder, "o", &words);
    assert_eq!(versions(&folder.join("o")), 2);
}
