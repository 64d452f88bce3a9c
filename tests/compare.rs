//! A run against another: the laws on random runs, and edits whose effect is known by hand.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use framescope::compare::{self, Diff, Snapshot};
use framescope::progress::Silent;
use framescope::study::Study;
use framescope::voice::Voice;
use proptest::prelude::*;
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
    study.report.parquet = false;
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

/// Rows of a CSV file by column name.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| header.iter().map(str::to_string).zip(record.iter().map(str::to_string)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Hits, words and numerators of the causes of each group and frame, by name.
type Causes = BTreeMap<(String, String), BTreeMap<String, [i128; 4]>>;

fn causes(diff: &Diff<'_>, sign: i128) -> Causes {
    let groups = diff.groups();
    let mirror = |name: String| if sign > 0 { name } else { swapped(&name) };
    let of_row = |row: &compare::RateChange| {
        let cause = |cause: &compare::Cause| {
            let named = diff.named(&cause.source);
            let moved = [cause.own.gained, cause.own.lost].map(i128::from);
            let [gained, lost] = if sign > 0 { moved } else { [moved[1], moved[0]] };
            let numbers = [gained, lost, i128::from(cause.own.words) * sign, cause.numerator * sign];
            (mirror(format!("{} {} {}", named.kind, named.name.to_lowercase(), named.entry[0])), numbers)
        };
        let key = (groups[row.group].clone(), diff.frames()[row.frame].clone());
        (key, row.causes.iter().map(cause).collect())
    };
    diff.rates.iter().map(of_row).collect()
}

/// What the name of a cause is where the runs are swapped.
fn swapped(name: &str) -> String {
    let pairs =
        [("articles added", "articles gone"), ("articles counted that were not", "articles not counted any more")];
    for (one, other) in pairs {
        if let Some(rest) = name.strip_prefix(&format!("articles {one}")) {
            return format!("articles {other}{rest}");
        }
        if let Some(rest) = name.strip_prefix(&format!("articles {other}")) {
            return format!("articles {one}{rest}");
        }
    }
    match name.strip_prefix("options ").and_then(|rest| rest.trim().split_once(", now ")) {
        Some((before, after)) => format!("options {after}, now {before} "),
        None => name.to_string(),
    }
}

/// What is known of the hits that changed, as far as a swap leaves it alone.
fn hits(diff: &Diff<'_>, is_swapped: bool) -> Vec<String> {
    let what = |what: &'static str| match (what, is_swapped) {
        ("gained", true) => "lost",
        ("lost", true) => "gained",
        (what, _) => what,
    };
    let mut rows: Vec<String> = diff
        .hits()
        .iter()
        .map(|hit| {
            let [a, b] = diff.article(hit.articles);
            let pair = |place: usize| {
                let mut texts: Vec<&str> =
                    diff.entry(diff.pair(place)).into_iter().flatten().map(|entry| entry.text.as_str()).collect();
                texts.sort_unstable();
                texts.dedup();
                texts.join("|")
            };
            let instead = hit.instead.map(|(place, frame)| (pair(place), diff.frames()[frame].clone()));
            let key = hit.before.or(hit.after).unwrap();
            // in another text the same hit stands elsewhere
            let is_moved = hit.before.zip(hit.after).is_some_and(|(a, b)| a.start != b.start);
            let place = if is_moved { (0, 0) } else { (key.start, key.end) };
            let article = a.or(b).map(|article| article.id.clone());
            let frame = &diff.frames()[hit.frame];
            format!("{} {article:?} {frame} {} {place:?} {instead:?}", what(hit.what()), pair(hit.pair))
        })
        .collect();
    rows.sort();
    rows
}

/// The laws that hold for any two runs.
#[track_caller]
fn check_laws(a: &Path, b: &Path) {
    let (one, other) = (snapshot(a), snapshot(b));
    assert!(compare::diff(&one, &one).is_empty(), "a run differs from itself");
    assert!(compare::diff(&other, &snapshot(b)).is_empty(), "a run read twice differs from itself");
    let (forth, back) = (compare::diff(&one, &other), compare::diff(&other, &one));
    sums(&forth, a, b);
    sums(&back, b, a);
    // the mirror
    assert_eq!(causes(&forth, 1), causes(&back, -1));
    assert_eq!(hits(&forth, false), hits(&back, true));
    assert_eq!(forth.entries.len(), back.entries.len());
    let options = |diff: &Diff<'_>, is_swapped: bool| -> Vec<_> {
        let row = |row: &compare::OptionChange| {
            let sides = [row.before.clone(), row.after.clone()];
            let [before, after] = if is_swapped { [sides[1].clone(), sides[0].clone()] } else { sides };
            (row.name.clone(), before, after)
        };
        diff.options.iter().map(row).collect()
    };
    assert_eq!(options(&forth, false), options(&back, true));
    assert_eq!(forth.articles().len(), back.articles().len());
    let findings = |diff: &Diff<'_>, sign: f64| -> BTreeMap<_, _> {
        let groups = diff.groups();
        let row = |row: &compare::FindingChange| {
            let values = if sign > 0.0 { row.values } else { [row.values[1], row.values[0]] };
            let change = (row.change * sign * 1e9).round() as i64;
            ((groups[row.group].clone(), diff.frames()[row.frame].clone()), (row.crossed(), values, change))
        };
        diff.findings.iter().map(row).map(|(key, value)| (key, format!("{value:?}"))).collect()
    };
    assert_eq!(findings(&forth, 1.0), findings(&back, -1.0));
}

/// Causes add up, and what they add up to is what the tables of the runs say.
#[track_caller]
fn sums(diff: &Diff<'_>, a: &Path, b: &Path) {
    let groups = diff.groups();
    let table = |folder: &Path, file: &str| -> BTreeMap<(String, String), BTreeMap<String, String>> {
        rows(&folder.join(file)).into_iter().map(|row| ((row["outlet"].clone(), row["frame"].clone()), row)).collect()
    };
    let frames = [table(a, "frames.csv"), table(b, "frames.csv")];
    for row in &diff.rates {
        let key = (groups[row.group].clone(), diff.frames()[row.frame].clone());
        let sum = |of: fn(&compare::Cause) -> i128| row.causes.iter().map(of).sum::<i128>();
        if row.denominator > 0 {
            assert_eq!(sum(|cause| cause.numerator), row.numerator, "{key:?}");
            let effects: f64 = row.causes.iter().filter_map(|cause| cause.effect).sum();
            assert!((effects - row.change().unwrap()).abs() < 1e-12, "{key:?}");
            let rates = frames.each_ref().map(|table| table[&key]["rate"].parse::<f64>().unwrap());
            assert!((rates[1] - rates[0] - row.change().unwrap()).abs() < 2e-3, "{key:?} {rates:?}");
        }
        let side = |side: usize| i128::from(row.hits[side].unwrap_or(0));
        assert_eq!(sum(|cause| i128::from(cause.own.hits())), side(1) - side(0), "{key:?} {:?}", row.causes);
        let words = |side: usize| i128::from(row.words[side].unwrap_or(0));
        assert_eq!(sum(|cause| i128::from(cause.own.words)), words(1) - words(0), "{key:?}");
        for (side, table) in frames.iter().enumerate() {
            let said = table.get(&key).map(|row| row["hits"].parse::<u64>().unwrap());
            assert_eq!(said, row.hits[side], "{key:?}");
        }
    }
    for row in &diff.findings {
        let effects: f64 = row.causes.iter().filter_map(|cause| cause.effect).sum();
        assert!((effects - row.change).abs() < 1e-12, "{effects} {}", row.change);
        let printed = row.values[1][0].unwrap() - row.values[0][0].unwrap();
        assert!((printed - row.change).abs() < 1e-4, "{printed} {}", row.change);
    }
    // every rate that is not in the diff is the same in both runs
    for (key, row) in &frames[0] {
        let is_listed = diff.rates.iter().any(|r| (&groups[r.group], &diff.frames()[r.frame]) == (&key.0, &key.1));
        let same =
            frames[1].get(key).is_some_and(|other| other["hits"] == row["hits"] && other["words"] == row["words"]);
        assert!(is_listed || same, "{key:?}");
    }
}

const WORDS: [&str; 12] = [
    "coup",
    "army",
    "attempted",
    "riot",
    "police",
    "the",
    "said",
    "minister",
    "“coup”",
    "protest",
    "city",
    "Subscribe now.",
];

/// Articles: outlet and words.
type Corpus = BTreeMap<u8, (u8, Vec<u8>)>;

fn corpus(articles: &Corpus) -> String {
    let mut text = "id,outlet,text\n".to_string();
    for (id, (outlet, words)) in articles {
        let words: Vec<&str> = words.iter().map(|&word| WORDS[word as usize % WORDS.len()]).collect();
        text.push_str(&format!("a{id},Outlet {outlet},\"The event. {}.\"\n", words.join(" ")));
    }
    text
}

/// Entries by frame: text, weight, exception.
type Entries = Vec<(u8, u8, u8, bool)>;

fn lexicon(entries: &Entries) -> String {
    const FRAMES: [&str; 4] = ["power/coup", "power/force", "doubt", "street"];
    const TEXTS: [&str; 8] = ["coup", "army", "attempted coup", "riot", "police", "attempted", "protest", "Coup"];
    let mut frames: BTreeMap<&str, BTreeMap<&str, (u8, bool)>> = BTreeMap::new();
    for &(frame, text, weight, except) in entries {
        let (frame, text) = (FRAMES[frame as usize % 4], TEXTS[text as usize % 8]);
        frames.entry(frame).or_default().entry(text).or_insert((weight, except));
    }
    let mut text = "[lexicon]\nname = \"l\"\n".to_string();
    for (frame, terms) in frames {
        let quoted = |is_except: bool| -> Vec<String> {
            let terms = terms.iter().filter(|(_, (_, except))| *except == is_except);
            let term = |(text, (weight, _)): (&&str, &(u8, bool))| match is_except {
                true => format!("\"the {text}\""),
                false if *text == "Coup" => "{ term = \"Coup\", match = \"case\" }".to_string(),
                false => format!("{{ term = \"{text}\", weight = {} }}", weight % 3 + 1),
            };
            terms.map(term).collect()
        };
        text.push_str(
            &format!("[[frame]]\nname = \"{frame}\"\nterms = [{}, \"event\"]\n", quoted(false).join(", "))
                .replace("[, ", "["),
        );
        text.push_str(&format!("except = [{}]\n", quoted(true).join(", ")));
    }
    text
}

fn corpora() -> impl Strategy<Value = Corpus> {
    let article = (0..3_u8, proptest::collection::vec(0..12_u8, 4..24));
    proptest::collection::btree_map(0..9_u8, article, 2..8)
}

fn lexica() -> impl Strategy<Value = Entries> {
    proptest::collection::vec((0..4_u8, 0..8_u8, 0..3_u8, proptest::bool::weighted(0.2)), 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_220_105),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_laws_hold_whatever_changed(
        corpora in (corpora(), corpora()),
        lexica in (lexica(), lexica()),
        // what of the second run is another: corpus, lexicon, voices, repeats
        edits in proptest::array::uniform4(any::<bool>()),
    ) {
        let folder = temporary();
        let a = run(&folder, "a", &corpus(&corpora.0), &lexicon(&lexica.0));
        let mut articles = corpora.0.clone();
        if edits[0] {
            // some articles stay as they are
            articles.retain(|id, _| id % 2 == 0);
            articles.extend(corpora.1);
        }
        let entries = if edits[1] { &lexica.1 } else { &lexica.0 };
        let b = run_with(&folder, "b", &corpus(&articles), &lexicon(entries), |study| {
            if edits[2] {
                study.voices = vec![Voice::Own];
            }
            study.clean.repeats = !edits[3];
        });
        check_laws(&a, &b);
        fs::remove_dir_all(folder).unwrap();
    }
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
    assert!(text.contains("except coup for") && text.contains("(attempted coup)"), "{text}");
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
    let fates: Vec<String> = diff.articles().iter().map(|change| format!("{:?}", change.fate)).collect();
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
    assert_eq!((diff.options[0].name.as_str(), diff.options[0].after.as_deref()), ("voices_counted", Some("own")));
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
        for entry in fs::read_dir(&a).unwrap().flatten().filter(|entry| entry.path().is_file()) {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
        to
    };
    let edit = |folder: &Path, file: &str, from: &str, to: &str| {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
    };
    let cases = [
        ("hits.csv", "1,East,,coup,plot", "1,East,,coup,plots", "run/hits.csv:3", "plots"),
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
fn the_short_way_to_the_hits_is_the_long_way() {
    let folder = temporary();
    let a = run(&folder, "a", CORPUS, LEXICON);
    let keys = a.join(compare::keys::FILE);
    let bytes = fs::read(&keys).unwrap();
    let shown = |run: &Snapshot| format!("{run:?}");
    let short = shown(&snapshot(&a));
    fs::remove_file(&keys).unwrap();
    assert_eq!(short, shown(&snapshot(&a)));
    // damaged, truncated, of another run: a miss, never an error
    for wrong in
        [bytes[..bytes.len() - 1].to_vec(), bytes.iter().map(|b| b ^ 1).collect(), Vec::new(), b"fskeys1\n".to_vec()]
    {
        fs::write(&keys, wrong).unwrap();
        assert_eq!(short, shown(&snapshot(&a)));
    }
    for at in (0..bytes.len()).step_by(7) {
        let mut wrong = bytes.clone();
        wrong[at] ^= 0x55;
        fs::write(&keys, wrong).unwrap();
        assert_eq!(short, shown(&snapshot(&a)));
    }
    let b = run(&folder, "b", &CORPUS.replace("empty", "coup"), LEXICON);
    fs::write(b.join(compare::keys::FILE), bytes).unwrap();
    assert!(compare::diff(&snapshot(&b), &snapshot(&b)).is_empty());
    fs::remove_dir_all(folder).unwrap();
}

/// Every file below a folder with its bytes.
fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inside)).unwrap().flatten() {
            let name = inside.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(name);
            } else {
                found.insert(name.to_string_lossy().into_owned(), fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

/// The files that the manifest lists, and the manifest.
fn listed(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = bytes_of(folder);
    files.retain(|name, _| !name.starts_with(".cache") && !name.starts_with("diff") && name != compare::HISTORY);
    files
}

#[test]
fn what_a_run_lists_does_not_depend_on_what_was_run_before_and_a_rerun_of_nothing_changes_nothing() {
    let folder = temporary();
    let edited = LEXICON.replace("\"plot\"", "\"army\"");
    let fresh = run(&folder, "fresh", CORPUS, &edited);
    assert!(!fresh.join(compare::FOLDER).exists() && !compare::previous(fresh.to_str().unwrap()).exists());
    let out = run(&folder, "out", CORPUS, LEXICON);
    run(&folder, "out", CORPUS, &edited);
    assert_eq!(listed(&fresh), listed(&out));
    // the last run is kept, and the diff is the one against it
    let last = compare::previous(out.to_str().unwrap());
    let (before, after) = (snapshot(&last), snapshot(&out));
    let text = compare::diff(&before, &after).text();
    assert!(text.contains("plot") && text.contains("army"), "{text}");
    assert!(fs::read_to_string(out.join("diff/README.md")).unwrap().contains(&text));
    assert!(!last.join(".cache/previous").exists(), "the last run holds no run before it");
    let all = bytes_of(&out);
    run(&folder, "out", CORPUS, &edited);
    assert_eq!(all, bytes_of(&out), "nothing was edited");
    // back again: the same tables, and three runs that saw two versions
    run(&folder, "out", CORPUS, LEXICON);
    let again = run(&folder, "again", CORPUS, LEXICON);
    assert_eq!(listed(&again), listed(&out));
    let history = fs::read_to_string(out.join(compare::HISTORY)).unwrap();
    assert_eq!(history.matches("\"lexicons\"").count(), 2, "{history}");
    assert!(fs::read_to_string(out.join("diff/README.md")).unwrap().contains("2 versions of the lexicons"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_last_run_that_cannot_be_read_stops_no_run_and_leaves_no_stale_diff() {
    let folder = temporary();
    let out = run(&folder, "out", CORPUS, LEXICON);
    run(&folder, "out", CORPUS, &LEXICON.replace("\"plot\"", "\"army\""));
    assert!(out.join("diff/rates.csv").exists());
    fs::write(out.join("counts.csv"), "mine").unwrap();
    run(&folder, "out", CORPUS, LEXICON);
    assert!(!out.join("diff/rates.csv").exists());
    let readme = fs::read_to_string(out.join("diff/README.md")).unwrap();
    assert!(readme.contains("cannot be compared") && readme.contains("counts.csv"), "{readme}");
    assert!(Snapshot::read(&compare::previous(out.to_str().unwrap()), "last").is_err());
    run(&folder, "out", CORPUS, &LEXICON.replace("\"plot\"", "\"army\""));
    assert!(out.join("diff/rates.csv").exists() && !readme.is_empty());
    fs::remove_dir_all(folder).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_killed_run_left_is_finished_or_taken_away_by_the_next() {
    let folder = temporary();
    let out = run(&folder, "out", CORPUS, LEXICON);
    let expected = bytes_of(&out);
    // a process that is no more: numbers go up to 2^22
    let partial = folder.join(".out.partial-9999999");
    let copy = |into: &Path| {
        for (name, bytes) in &expected {
            let path = into.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    };
    // killed after the exchange: the old run holds the user's files and caches
    copy(&partial);
    fs::write(partial.join("notes.md"), "mine").unwrap();
    fs::create_dir_all(partial.join(".cache/index")).unwrap();
    fs::write(partial.join(".cache/index/shard"), "tokens").unwrap();
    fs::write(out.join(".cache/landing"), "").unwrap();
    run(&folder, "out", CORPUS, LEXICON);
    assert_eq!(fs::read_to_string(out.join("notes.md")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(out.join(".cache/index/shard")).unwrap(), "tokens");
    assert!(!partial.exists() && !out.join(".cache/landing").exists());
    // killed before the exchange: nothing of the new run is taken over
    copy(&partial);
    fs::create_dir_all(partial.join("diff")).unwrap();
    fs::write(partial.join("diff/rates.csv"), "of a run that never was").unwrap();
    fs::write(partial.join(".cache/landing"), "").unwrap();
    run(&folder, "out", CORPUS, LEXICON);
    assert!(!partial.exists() && !out.join("diff").exists());
    // killed while it wrote
    fs::create_dir(&partial).unwrap();
    fs::write(partial.join("hits.csv"), "article,").unwrap();
    run(&folder, "out", CORPUS, LEXICON);
    assert!(!partial.exists());
    fs::remove_file(out.join("notes.md")).unwrap();
    fs::remove_dir_all(out.join(".cache/index")).unwrap();
    assert_eq!(expected, bytes_of(&out));
    fs::remove_dir_all(folder).unwrap();
}
