//! Stories: articles on one event are found, whatever the order, the shards and the threads.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod left_out;
mod telling;

use crate::cache::temporary;
use framescope::Study;
use framescope::inspect;
use framescope::progress::Silent;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::AtomicBool;

const EVENTS: &str = include_str!("stories/events.csv");

fn header_and_rows() -> (String, Vec<String>) {
    let mut lines = EVENTS.lines().map(str::to_string);
    (lines.next().unwrap(), lines.collect())
}

fn table(rows: &[String]) -> String {
    format!("{}\n{}\n", header_and_rows().0, rows.join("\n"))
}

fn study(folder: &Path, corpus: &str) -> Study {
    let news = folder.join("news.csv");
    std::fs::write(&news, corpus).unwrap();
    let mut study = Study::of([news.to_string_lossy()]).with_lexicons(["framing-en"]);
    study.report.out = folder.join("out").to_string_lossy().into_owned();
    study.report.charts = false;
    study
}

fn run(study: &Study) {
    framescope::run(study, &Silent, &AtomicBool::new(false)).unwrap();
}

fn read(study: &Study, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(Path::new(&study.report.out).join(table)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// The stories of a run as sets of articles.
fn stories(study: &Study) -> BTreeSet<BTreeSet<String>> {
    let mut of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in read(study, "articles.csv").into_iter().filter(|row| !row["story"].is_empty()) {
        of.entry(row["story"].clone()).or_default().insert(row["article"].clone());
    }
    of.into_values().collect()
}

fn pairs(sets: &BTreeSet<BTreeSet<String>>) -> BTreeSet<(String, String)> {
    let of = |set: &BTreeSet<String>| -> Vec<(String, String)> {
        set.iter().flat_map(|a| set.iter().filter(move |b| a < *b).map(move |b| (a.clone(), b.clone()))).collect()
    };
    sets.iter().flat_map(of).collect()
}

fn truth() -> BTreeSet<BTreeSet<String>> {
    let mut of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in header_and_rows().1 {
        let mut cells = row.split(',');
        let (event, id) = (cells.next().unwrap(), cells.next().unwrap());
        of.entry(event.to_string()).or_default().insert(id.to_string());
    }
    of.into_values().collect()
}

#[test]
fn events_told_by_three_outlets_are_found() {
    let folder = temporary("stories-found");
    let study = study(&folder, EVENTS);
    run(&study);
    let (found, right) = (pairs(&stories(&study)), pairs(&truth()));
    let both = found.intersection(&right).count() as f64;
    let (precision, recall) = (both / found.len() as f64, both / right.len() as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    assert!(f1 >= 0.96, "precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}; {:?}", stories(&study));
    let first = &read(&study, "stories.csv")[0];
    assert_eq!((first["story"].as_str(), first["outlets"].as_str(), first["articles"].as_str()), ("1", "3", "3"));
    assert!(!first["headline"].is_empty() && first["words"].split(", ").count() > 3, "{first:?}");
}

#[test]
fn order_shards_threads_and_copies_change_no_story() {
    let folder = temporary("stories-laws");
    let plain = study(&folder, EVENTS);
    run(&plain);
    let expected = stories(&plain);
    let mut rows = header_and_rows().1;
    rows.reverse();
    rows.rotate_left(7);
    let mut other = study(&folder, &table(&rows));
    (other.threads, other.shard_articles) = (3, 4);
    run(&other);
    assert_eq!(stories(&other), expected);
    // every article once more, on the next line, under a name of its own
    let copied: Vec<String> = rows.iter().flat_map(|row| [row.clone(), row.replacen(',', ",copy of ", 1)]).collect();
    let twice = study(&folder, &table(&copied));
    run(&twice);
    let originals = |set: BTreeSet<String>| set.into_iter().filter(|id| !id.starts_with("copy of ")).collect();
    assert_eq!(stories(&twice).into_iter().map(originals).collect::<BTreeSet<BTreeSet<String>>>(), expected);
}

#[test]
fn days_part_stories_and_missing_days_ask_for_more() {
    let folder = temporary("stories-days");
    let rows = header_and_rows().1;
    // the third telling of every event a month later
    let late: Vec<String> = rows
        .iter()
        .map(
            |row| {
                if row.contains("The Upland Voice,2031-03") { row.replace("2031-03", "2031-05") } else { row.clone() }
            },
        )
        .collect();
    let apart = study(&folder, &table(&late));
    run(&apart);
    assert!(stories(&apart).iter().all(|story| story.iter().all(|id| !id.ends_with('c'))));
    let undated: Vec<String> = rows
        .iter()
        .map(|row| {
            row.split(',')
                .map(|cell| if cell.starts_with("2031-03-") { "" } else { cell })
                .collect::<Vec<_>>()
                .join(",")
        })
        .collect();
    let without = study(&folder, &table(&undated));
    run(&without);
    let (found, right) = (pairs(&stories(&without)), pairs(&truth()));
    assert!(found.is_subset(&right) && found.len() * 4 > right.len(), "{} of {}", found.len(), right.len());
}

#[test]
fn a_column_or_a_hand_makes_stories() {
    let folder = temporary("stories-hand");
    let mut by_column = study(&folder, EVENTS);
    by_column.stories.column = Some("event".to_string());
    run(&by_column);
    assert_eq!(stories(&by_column), truth());
    assert!(read(&by_column, "stories.csv").iter().any(|story| story["name"] == "10"));
    by_column.stories.column = Some("evnt".to_string());
    let error = framescope::run(&by_column, &Silent, &AtomicBool::new(false)).unwrap_err().to_string();
    assert!(error.contains("did you mean `event`?"), "{error}");

    let corrections = folder.join("stories.toml");
    let text = "[[merge]]\narticles = [\"1a\", \"2a\"]\n\n[[split]]\narticles = [\"3a\", \"3b\"]\n\n[[name]]\narticle = \"4a\"\nname = \"Cup final\"\n";
    std::fs::write(&corrections, text).unwrap();
    let mut by_hand = study(&folder, EVENTS);
    by_hand.stories.corrections = Some(corrections.to_string_lossy().into_owned());
    run(&by_hand);
    let found = stories(&by_hand);
    let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_string()).collect::<BTreeSet<String>>();
    assert!(
        found.contains(&set(&["1a", "1b", "1c", "2a", "2b", "2c"])) && found.contains(&set(&["3a", "3b"])),
        "{found:?}"
    );
    assert!(read(&by_hand, "stories.csv").iter().any(|story| story["name"] == "Cup final"));
    std::fs::write(&corrections, text.replace("\"3b\"", "\"3x\"")).unwrap();
    let error = framescope::run(&by_hand, &Silent, &AtomicBool::new(false)).unwrap_err().to_string();
    assert!(error.contains("stories.toml:5:19") && error.contains("`3x`"), "{error}");
    // a name that nothing could bear is told, and so is a story that is to be one with itself
    let apart = "[[split]]\narticles = [\"3a\"]\n\n[[name]]\narticle = \"3a\"\nname = \"Nothing\"\n";
    std::fs::write(&corrections, apart).unwrap();
    let error = framescope::run(&by_hand, &Silent, &AtomicBool::new(false)).unwrap_err().to_string();
    assert!(error.contains("stories.toml:5:11") && error.contains("`3a` is in no story"), "{error}");
    let twice = inspect::Correction::Merge(vec![1, 1]);
    let file = folder.join("more.toml");
    let error =
        inspect::correct_stories(&by_column.report.out, file.to_str().unwrap(), &twice).err().unwrap().to_string();
    assert!(error.contains("one story, named twice") && !file.exists(), "{error}");
}

#[test]
fn one_outlet_has_no_stories_and_pays_nothing() {
    let folder = temporary("stories-one");
    let corpus = EVENTS.replace("Daily Lantern", "Harbour Post").replace("The Upland Voice", "Harbour Post");
    let study = study(&folder, &corpus);
    run(&study);
    assert!(stories(&study).is_empty() && read(&study, "stories.csv").is_empty());
}

/// A study of two frames, each of one word.
fn study_of_words(folder: &Path, corpus: &str) -> Study {
    let lexicon = folder.join("words.toml");
    let text = "[lexicon]\nname = 'words'\nlanguage = 'en'\n[[frame]]\nname = 'repression'\nterms = ['crackdown']\n[[frame]]\nname = 'calm'\nterms = ['neighbours']\n";
    std::fs::write(&lexicon, text).unwrap();
    Study { lexicons: vec![lexicon.to_string_lossy().into_owned()], ..study(folder, corpus) }
}

/// The events, with a word of repression in every text of one outlet, and none in those of the others.
fn told_otherwise() -> String {
    let add = |row: &String| match row.contains(",The Upland Voice,") {
        true => format!("{} The crackdown goes on, and the crackdown is harsh.\"", row.trim_end_matches('"')),
        false => format!("{} The day passed like any other, neighbours agreed.\"", row.trim_end_matches('"')),
    };
    table(&header_and_rows().1.iter().map(add).collect::<Vec<_>>())
}

#[test]
fn tables_say_how_the_same_stories_are_told() {
    let folder = temporary("stories-tables");
    let mut study = study_of_words(&folder, &told_otherwise());
    study.estimates.permutations = 499;
    run(&study);
    let is = |row: &BTreeMap<String, String>| row["outlet"] == "The Upland Voice" && row["item"] == "repression";
    let within = read(&study, "within_stories.csv");
    let row = within.iter().find(|row| row["kind"] == "frame" && is(row)).unwrap();
    assert!(row["missing"].contains("no hits") && row["rest_hits"] == "0" && !row["p"].is_empty(), "{row:?}");
    assert!(row["p"].parse::<f64>().unwrap() < 0.01, "{row:?}");
    let split = read(&study, "story_split.csv");
    let row = split.iter().find(|row| row["outlet"] == "The Upland Voice" && row["frame"] == "repression").unwrap();
    let number = |name: &str| row[name].parse::<f64>().unwrap();
    assert!((number("selection") + number("telling") + number("alone") - number("difference")).abs() < 1e-3, "{row:?}");
    assert!(number("telling_low") > 0.0 && number("selection_low") <= 0.0, "{row:?}");
    let hits = read(&study, "hits/repression.csv");
    assert!(hits.iter().all(|hit| !hit["story"].is_empty()));
    let expected =
        BTreeSet::from(["articles.csv", "stories.csv", "within_stories.csv", "story_split.csv", "story_omissions.csv"]);
    let manifest = std::fs::read_to_string(Path::new(&study.report.out).join("manifest.json")).unwrap();
    assert!(expected.iter().all(|table| manifest.contains(table)));
}

#[test]
fn stories_are_listed_shown_and_corrected() {
    use inspect::{Correction, correct_stories, list_stories, show_story};
    let folder = temporary("stories-shown");
    let mut study = study_of_words(&folder, &told_otherwise());
    run(&study);
    let out = study.report.out.clone();
    let list = list_stories(&out).unwrap().text;
    assert!(list.contains("10 stories") && list.contains("2031-03-04"), "{list}");
    let shown = show_story(&out, 1).unwrap().text;
    assert!(shown.contains("The Upland Voice: ") && shown.contains("repression: 2 (own 2)"), "{shown}");
    assert!(show_story(&out, 99).err().unwrap().to_string().contains("there is no story 99"));
    let file = folder.join("stories.toml").to_string_lossy().into_owned();
    correct_stories(&out, &file, &Correction::Merge(vec![1, 2])).unwrap();
    correct_stories(&out, &file, &Correction::Name(3, "The \"third\"".to_string())).unwrap();
    assert!(correct_stories(&out, &file, &Correction::Split(vec!["nobody".to_string()])).is_err());
    study.stories.corrections = Some(file);
    run(&study);
    let list = list_stories(&out).unwrap().text;
    assert!(list.contains("9 stories") && list.contains("The \"third\""), "{list}");
}

#[test]
fn stories_may_be_the_units() {
    let folder = temporary("stories-units");
    let mut study = study(&folder, EVENTS);
    study.estimates.clusters = "stories".to_string();
    run(&study);
    let units: u32 = read(&study, "frames.csv").iter().map(|row| row["units"].parse::<u32>().unwrap()).max().unwrap();
    assert_eq!(units, 10);
}

/// The events, told by one outlet as a crackdown, by the others with a mayor who speaks and a council that is named.
fn told_by_sources() -> String {
    let add = |row: &String| {
        let told = match row.contains(",The Upland Voice,") {
            true => {
                "The crackdown came first; the crackdown was harsh, a crackdown is a crackdown, and it was the worst of the year for the town and the valley."
            }
            false => {
                "A calm day for neighbours, and the neighbours agreed. \"\"The crackdown is over\"\", said Anna Reed. The Town Council met."
            }
        };
        format!("{} {told}\"", row.trim_end_matches('"'))
    };
    table(&header_and_rows().1.iter().map(add).collect::<Vec<_>>())
}

fn study_of_subjects(folder: &Path, corpus: &str) -> Study {
    let lexicon = folder.join("subjects.toml");
    let text = "[lexicon]\nname = 'subjects'\nlanguage = 'en'\n[[frame]]\nname = 'repression'\nterms = ['crackdown']\n\
        [[frame]]\nname = 'calm'\nterms = ['calm']\n\
        [[target]]\nname = 'Council'\nterms = ['Town Council']\n\
        [[labels]]\nreferent = 'people'\n[labels.choices]\nneighbours = ['neighbours']\nmob = ['mob']\n";
    std::fs::write(&lexicon, text).unwrap();
    Study { lexicons: vec![lexicon.to_string_lossy().into_owned()], ..study(folder, corpus) }
}

#[test]
fn words_tell_how_an_outlet_tells_a_story_whatever_the_order() {
    let folder = temporary("stories-words");
    let plain = study_of_subjects(&folder, &told_by_sources());
    run(&plain);
    let rows = read(&plain, "story_words.csv");
    let of = |outlet: &str| rows.iter().filter(|row| row["outlet"] == outlet).collect::<Vec<_>>();
    let upland = of("The Upland Voice");
    assert!(
        upland.len() >= 10 && upland.iter().all(|row| row["word"] == "crackdown" || row["hits"] != "4"),
        "{upland:?}"
    );
    let row = upland.iter().find(|row| row["word"] == "crackdown").unwrap();
    assert_eq!((row["hits"].as_str(), row["articles_with"].as_str(), row["rest_hits"].as_str()), ("4", "1", "2"));
    // G² over four cells, by hand
    let number = |name: &str| row[name].parse::<f64>().unwrap();
    let (a, b, c, d) = (number("hits"), number("rest_hits"), number("words"), number("rest_words"));
    let part = |o: f64, of: f64, size: f64| o * (o / (of * size / (c + d))).ln();
    let g2 =
        2.0 * (part(a, a + b, c) + part(b, a + b, d) + part(c - a, c + d - a - b, c) + part(d - b, c + d - a - b, d));
    assert!((number("g2") - g2).abs() < 1e-3 * g2, "{row:?}: {g2}");
    assert!(rows.iter().all(|row| !["the", "a", "was", "and"].contains(&row["word"].as_str())), "function words");
    assert!(rows.iter().all(|row| row["hits"].parse::<u32>().unwrap() >= 3));
    let bytes = |study: &Study, table: &str| std::fs::read_to_string(Path::new(&study.report.out).join(table)).unwrap();
    let (words, omissions) = (bytes(&plain, "story_words.csv"), bytes(&plain, "story_omissions.csv"));
    let corpus = told_by_sources();
    let mut lines: Vec<String> = corpus.lines().skip(1).map(str::to_string).collect();
    lines.reverse();
    let mut other = study_of_subjects(&folder, &table(&lines));
    (other.threads, other.shard_articles) = (3, 4);
    run(&other);
    assert_eq!((bytes(&other, "story_words.csv"), bytes(&other, "story_omissions.csv")), (words, omissions));
}

#[test]
fn frames_labels_sources_and_targets_that_one_outlet_leaves_out_are_listed() {
    let folder = temporary("stories-omitted");
    let study = study_of_subjects(&folder, &told_by_sources());
    run(&study);
    let rows = read(&study, "story_omissions.csv");
    let has = |kind: &str, item: &str, choice: &str| {
        let of =
            |row: &&BTreeMap<String, String>| row["kind"] == kind && row["item"] == item && row["choice"] == choice;
        rows.iter().filter(of).collect::<Vec<_>>()
    };
    for (kind, item, choice) in [
        ("frame", "calm", ""),
        ("label", "people", "neighbours"),
        ("source", "Anna Reed", ""),
        ("target", "Council", ""),
    ] {
        let found = has(kind, item, choice);
        assert_eq!(found.len(), 10, "{kind}: {rows:?}");
        for row in found {
            assert_eq!(
                (row["outlet"].as_str(), row["groups"].as_str(), row["groups_with"].as_str()),
                ("The Upland Voice", "3", "2")
            );
            assert!(row["expected"].parse::<f64>().unwrap() > 0.0, "{row:?}");
            // twenty tellings say how much they spread: of frames there are more, of the others ten each
            match kind {
                "frame" => assert!(
                    (0.0..1.0).contains(&row["p"].parse::<f64>().unwrap()) && row["missing"].is_empty(),
                    "{row:?}"
                ),
                _ => assert!(row["p"].is_empty() && row["missing"] == "too few stories", "{row:?}"),
            }
        }
    }
    // all have it
    assert!(has("frame", "repression", "").is_empty());
}

/// Two outlets with three articles each are the first thing that people try.
#[test]
fn a_handful_of_articles_has_stories_too() {
    let folder = temporary("stories-few");
    let rows = header_and_rows().1;
    let of = |event: usize, teller: usize| rows[event * 3 + teller].clone();
    for events in [1usize, 2, 3, 4] {
        let few: Vec<String> = (0..events).flat_map(|event| [of(event, 0), of(event, 1)]).collect();
        let study = study(&folder, &table(&few));
        run(&study);
        let found = pairs(&stories(&study));
        let wanted: BTreeSet<String> = few.iter().map(|row| row.split(',').nth(1).unwrap().to_string()).collect();
        let right: BTreeSet<_> =
            pairs(&truth()).into_iter().filter(|(a, b)| wanted.contains(a) && wanted.contains(b)).collect();
        assert_eq!(found, right, "{events} events told twice");
    }
    // articles on different events are no story, however few
    let apart: Vec<String> = (0..4).map(|event| of(event, event % 2)).collect();
    let study = study(&folder, &table(&apart));
    run(&study);
    assert!(stories(&study).is_empty(), "{:?}", stories(&study));
}

#[test]
fn the_list_of_stories_can_be_filtered_and_a_page_says_who_uses_which_words() {
    let folder = temporary("stories-pages");
    let study = study_of_subjects(&folder, &told_by_sources());
    run(&study);
    let page = |name: &str| std::fs::read_to_string(Path::new(&study.report.out).join("stories").join(name)).unwrap();
    let index = page("index.html");
    for filter in [
        "id=\"query\"",
        "id=\"outlet\"",
        "id=\"frame\"",
        "id=\"from\"",
        "id=\"to\"",
        "<option>The Upland Voice</option>",
        "<option>calm</option>",
    ] {
        assert!(index.contains(filter), "no {filter}");
    }
    assert_eq!(index.matches("data-first=\"2031-03-").count(), 10);
    let story = page("1.html");
    assert!(story.contains("crackdown 4 : 2"), "{story}");
    let shown = inspect::show_story(&study.report.out, 1).unwrap().text;
    assert!(shown.contains("words that each uses more often") && shown.contains("crackdown 4 : 2"), "{shown}");
    let list = inspect::list_stories(&study.report.out).unwrap().text;
    assert!(list.contains("Daily Lantern; Harbour Post; The Upland Voice"), "{list}");
}
