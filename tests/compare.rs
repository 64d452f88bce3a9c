//! A run against another: the laws on random runs, and edits whose effect is known by hand.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "compare/last.rs"]
mod last;
#[path = "compare/laws.rs"]
mod laws;
#[path = "compare/moves.rs"]
mod moves;

use crate::run::rows;
use framescope::compare::{self, Snapshot};
use framescope::progress::Silent;
use framescope::study::Study;
use framescope::voice::Voice;
use laws::check_laws;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A new empty folder.
fn temporary() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("framescope-compare-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A run of the whole pipeline into `folder/name`: articles as a CSV, one lexicon.
fn run_with(folder: &Path, name: &str, corpus: &str, lexicon: &str, tweak: impl FnOnce(&mut Study)) -> PathBuf {
    let inputs = folder.join(format!("{name}-inputs"));
    fs::create_dir_all(&inputs).unwrap();
    fs::write(inputs.join("corpus.csv"), corpus).unwrap();
    fs::write(inputs.join("lexicon.toml"), lexicon).unwrap();
    let path = |path: PathBuf| path.to_string_lossy().into_owned();
    let corpus = vec![path(inputs.join("corpus.csv"))];
    let lexicons = vec![path(inputs.join("lexicon.toml"))];
    let mut study = Study { corpus, lexicons, threads: 1, ..Study::default() };
    study.report.out = path(folder.join(name));
    study.report.charts = false;
    study.estimates.permutations = 99;
    tweak(&mut study);
    framescope::run(&study, &Silent, &AtomicBool::new(false)).unwrap();
    folder.join(name)
}

fn run(folder: &Path, name: &str, corpus: &str, lexicon: &str) -> PathBuf {
    run_with(folder, name, corpus, lexicon, |_| ())
}

fn snapshot(folder: &Path) -> Snapshot {
    Snapshot::read(folder, &folder.file_name().unwrap().to_string_lossy()).unwrap()
}

const LEXICON: &str = r#"
[lexicon]
name = "four"
[[frame]]
name = "coup"
terms = ["coup", "plot"]
[[frame]]
name = "street"
terms = [{ term = "riot", weight = 1 }, "crowd"]
"#;

const CORPUS: &str = "id,outlet,text\n\
    1,East,The coup failed and the plot was found by the army of the city today\n\
    2,East,A crowd met in the square and the riot began\n\
    3,West,The crowd went home after the coup and nobody was hurt\n\
    4,West,Nothing happened in the city and the square was empty\n";

#[test]
fn an_edited_lexicon_is_told_entry_by_entry_with_its_effect() {
    let folder = temporary();
    let a = run(&folder, "a", CORPUS, LEXICON);
    // added: square; removed: plot; reweighted: riot; moved: crowd
    let edited = "[lexicon]\nname = \"four\"\n[[frame]]\nname = \"coup\"\nterms = [\n  \"coup\",\n  \"crowd\"]\n\
                  [[frame]]\nname = \"street\"\nterms = [{ term = \"riot\", weight = 2 }, \"square\"]\n";
    let b = run(&folder, "b", CORPUS, edited);
    check_laws(&a, &b);
    let (one, other) = (snapshot(&a), snapshot(&b));
    let diff = compare::diff(&one, &other);
    let mut edits: Vec<(String, String)> = diff
        .entries
        .iter()
        .map(|&pair| {
            let [a, b] = diff.entry(pair);
            (b.or(a).unwrap().text.clone(), diff.edit(pair))
        })
        .collect();
    edits.sort();
    let expected = [("crowd", "moved"), ("plot", "removed"), ("riot", "reweighted"), ("square", "added")];
    assert_eq!(edits, expected.map(|(text, edit)| (text.to_string(), edit.to_string())));
    // East has 15 + 10 = 25 words; coup: 2 hits before (coup, plot), after coup and crowd
    let groups = diff.groups();
    let row = |group: &str, frame: &str| {
        diff.rates.iter().find(|row| groups[row.group] == group && diff.frames()[row.frame] == frame).unwrap()
    };
    let east = row("East", "coup");
    assert_eq!((east.hits, east.words, east.numerator), ([Some(2), Some(2)], [Some(25), Some(25)], 0));
    let effects: BTreeMap<String, f64> =
        east.causes.iter().map(|cause| (diff.named(&cause.source).name, cause.effect.unwrap())).collect();
    assert!((effects["plot"] + 1000.0 / 25.0).abs() < 1e-12 && (effects["crowd"] - 1000.0 / 25.0).abs() < 1e-12);
    // West has 11 + 10 = 21 words; street: crowd before, square after; coup: coup before, coup and crowd after
    let west = row("West", "coup");
    assert!((west.change().unwrap() - 1000.0 / 21.0).abs() < 1e-12);
    assert_eq!(west.causes.len(), 1);
    assert_eq!(west.causes[0].share, Some(1.0));
    let out = folder.join("told");
    compare::write(&diff, out.to_str().unwrap()).unwrap();
    let lexicon = rows(&out.join("lexicon.csv"));
    let crowd = lexicon.iter().find(|row| row["entry_after"] == "crowd").unwrap();
    assert_eq!((crowd["frame_before"].as_str(), crowd["frame_after"].as_str()), ("street", "coup"));
    assert_eq!(
        (crowd["entry_at_before"].as_str(), crowd["entry_at_after"].as_str()),
        ("lexicon.toml:9", "lexicon.toml:7")
    );
    assert_eq!((crowd["hits_gained"].as_str(), crowd["hits_lost"].as_str()), ("2", "2"));
    let hits = rows(&out.join("hits.csv"));
    let plot = hits.iter().find(|row| row["entry"] == "plot").unwrap();
    assert_eq!(
        (plot["change"].as_str(), plot["left"].as_str(), plot["surface"].as_str()),
        ("lost", "The coup failed and the", "plot")
    );
    let gone = hits.iter().find(|row| row["entry"] == "crowd" && row["change"] == "lost").unwrap();
    assert_eq!(gone["instead"], "crowd (coup)");
    let text = diff.text();
    for part in ["1 added, 1 moved, 1 removed, 1 reweighted", "street → coup", "riot", "reweighted (1 → 2)", "[plot]"]
    {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_hit_that_passes_to_another_entry_or_to_an_exception_is_booked_to_both() {
    let folder = temporary();
    let lexicon = |terms: &str, except: &str| {
        format!("[lexicon]\nname = \"l\"\n[[frame]]\nname = \"coup\"\nterms = [{terms}]\nexcept = [{except}]\n")
    };
    let corpus = "id,outlet,text\n1,A,An attempted coup in the city and a coup for the club\n";
    let a = run(&folder, "a", corpus, &lexicon("\"coup\"", ""));
    let b = run(&folder, "b", corpus, &lexicon("\"coup\", \"attempted coup\"", "\"coup for\""));
    check_laws(&a, &b);
    let (one, other) = (snapshot(&a), snapshot(&b));
    let diff = compare::diff(&one, &other);
    let booked: BTreeMap<String, (String, u64, u64)> = diff.rates[0]
        .causes
        .iter()
        .map(|cause| {
            let named = diff.named(&cause.source);
            (named.name, (named.entry[2].clone(), cause.own.gained, cause.own.lost))
        })
        .collect();
    assert_eq!(booked["coup"], ("unedited".to_string(), 0, 2));
    assert_eq!(booked["attempted coup"], ("added".to_string(), 1, 0));
    let text = diff.text();
    assert!(text.contains("except coup for") && text.contains("(now attempted coup)"), "{text}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn articles_that_come_go_or_change_are_causes_of_their_own() {
    let folder = temporary();
    let a = run(&folder, "a", CORPUS, LEXICON);
    let changed = CORPUS
        .replace("4,West,Nothing happened in the city and the square was empty\n", "5,West,The plot and the coup\n")
        .replace("A crowd met", "A great crowd met");
    let b = run(&folder, "b", &changed, LEXICON);
    check_laws(&a, &b);
    let (one, other) = (snapshot(&a), snapshot(&b));
    let diff = compare::diff(&one, &other);
    assert!(diff.entries.is_empty());
    let fates: Vec<String> = diff.articles().iter().map(|change| format!("{:?}", change.kind)).collect();
    assert_eq!(fates, ["Changed", "Gone", "Added"]);
    // in the changed article the same hits stand elsewhere: none is gained or lost
    let lost_or_gained: Vec<&str> = diff.hits().iter().map(compare::HitChange::what).collect();
    assert_eq!(lost_or_gained, ["gained", "gained"]);
    let groups = diff.groups();
    for row in &diff.rates {
        for cause in &row.causes {
            let expected = if groups[row.group] == "East" {
                vec!["articles with another text"]
            } else {
                vec!["articles added", "articles gone"]
            };
            assert!(expected.contains(&diff.named(&cause.source).name.as_str()));
        }
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_option_is_named_as_the_cause_where_no_lexicon_differs() {
    let folder = temporary();
    let corpus = "id,outlet,text\n1,A,The minister said that the coup had failed. The coup was over.\n2,B,The crowd and the coup.\n";
    let a = run(&folder, "a", corpus, LEXICON);
    let b = run_with(&folder, "b", corpus, LEXICON, |study| study.voices = vec![Voice::Own]);
    check_laws(&a, &b);
    let (one, other) = (snapshot(&a), snapshot(&b));
    let diff = compare::diff(&one, &other);
    assert!(diff.entries.is_empty() && diff.articles().is_empty());
    assert_eq!(diff.options.len(), 1);
    assert_eq!((diff.options[0].name.as_str(), diff.options[0].after.as_deref()), ("voice.count", Some("own")));
    let names: Vec<String> =
        diff.rates.iter().flat_map(|row| &row.causes).map(|cause| diff.named(&cause.source).name).collect();
    assert_eq!(names, ["counted, now not counted (voice)"]);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn every_column_of_a_diff_has_a_unit_and_a_meaning() {
    for table in compare::columns::TABLES {
        let mut seen = std::collections::BTreeSet::new();
        for column in table.columns {
            assert!(!column.unit.is_empty() && column.about.len() > 3, "{} {}", table.file, column.name);
            assert!(seen.insert(column.name), "{} has {} twice", table.file, column.name);
        }
    }
}

#[test]
fn a_folder_that_is_no_run_was_edited_or_is_of_another_version_is_refused_with_its_place() {
    let folder = temporary();
    let a = run(&folder, "a", CORPUS, LEXICON);
    fs::create_dir(folder.join("empty")).unwrap();
    let refused = |folder: &Path| Snapshot::read(folder, "run").unwrap_err().to_string();
    assert!(refused(&folder.join("empty")).contains("error: run: holds no run"), "{}", refused(&folder.join("empty")));
    let copy = |name: &str| {
        let to = folder.join(name);
        fs::create_dir(&to).unwrap();
        fs::create_dir(to.join("hits")).unwrap();
        for inside in ["", "hits"] {
            for entry in fs::read_dir(a.join(inside)).unwrap().flatten().filter(|entry| entry.path().is_file()) {
                fs::copy(entry.path(), to.join(inside).join(entry.file_name())).unwrap();
            }
        }
        to
    };
    let edit = |folder: &Path, file: &str, from: &str, to: &str| {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
    };
    let cases = [
        ("hits/coup.csv", "1,East,,four,coup,plot", "1,East,,four,coup,plots", "run/hits/coup.csv:3", "plots"),
        ("counts.csv", "East,1,,15,2,0", "East,1,,15,2,1", "run/counts.csv", "is not the file that the manifest lists"),
        ("terms.csv", ",except,", ",exception,", "run/terms.csv:1", "no column `except`"),
        ("articles.csv", "yes", "no", "run/articles.csv", "is not the file"),
        ("manifest.json", "{", "{ oops", "run/manifest.json:1", "is no JSON"),
        ("counts.csv", "East,1,,15", "East,1,,x", "run/counts.csv:2", "`x` where a number belongs"),
    ];
    for (i, (file, from, to, place, what)) in cases.iter().enumerate() {
        let copy = copy(&format!("copy-{i}"));
        assert!(Snapshot::read(&copy, "run").is_ok());
        edit(&copy, file, from, to);
        let message = refused(&copy);
        assert!(message.contains(place) && message.contains(what) && message.contains("hint:"), "{message}");
    }
    let gone = copy("gone");
    fs::remove_file(gone.join("terms.csv")).unwrap();
    assert!(refused(&gone).contains("run/terms.csv"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn hits_that_cannot_differ_are_not_read_and_the_diff_is_the_same() {
    let folder = temporary();
    let a = run(&folder, "a", CORPUS, LEXICON);
    let edited = LEXICON.replace("\"plot\"", "\"army\"");
    let more = CORPUS.replace("empty", "coup");
    for (name, corpus, lexicon) in
        [("b", CORPUS, edited.as_str()), ("c", &more, LEXICON), ("d", &more, &edited), ("e", CORPUS, LEXICON)]
    {
        let b = run(&folder, name, corpus, lexicon);
        let (whole_a, whole_b) = (snapshot(&a), snapshot(&b));
        let read = |folder: &Path| Snapshot::without_hits(folder, &folder.to_string_lossy(), None).unwrap();
        let (mut part_a, mut part_b) = (read(&a), read(&b));
        compare::read_hits(&mut part_a, &mut part_b).unwrap();
        let (whole, part) = (compare::diff(&whole_a, &whole_b), compare::diff(&part_a, &part_b));
        assert_eq!(whole.text(), part.text(), "{name}");
        assert_eq!((whole.rates, whole.findings, whole.options), (part.rates, part.findings, part.options), "{name}");
        let less = format!("{part_b:?}").len() < format!("{whole_b:?}").len();
        // of the two frames one was edited; with another text every hit is looked at
        assert_eq!(less, corpus == CORPUS, "{name}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_lexicon_under_another_name_is_the_same_lexicon() {
    let folder = temporary();
    let renamed = LEXICON.replace("name = \"four\"", "name = \"five\"");
    assert_ne!(renamed, LEXICON);
    let a = run(&folder, "a", CORPUS, LEXICON);
    let b = run(&folder, "b", CORPUS, &renamed.replace("\"plot\"", "\"crowd\""));
    let (a, b) = (snapshot(&a), snapshot(&b));
    let diff = compare::diff(&a, &b);
    // what was left and what was written anew, and nothing else
    let texts: Vec<[Option<String>; 2]> =
        diff.entries.iter().map(|&pair| diff.entry(pair).map(|entry| entry.map(|entry| entry.text.clone()))).collect();
    assert_eq!(texts, [[Some("plot".to_string()), None], [None, Some("crowd".to_string())]]);
    fs::remove_dir_all(folder).unwrap();
}
