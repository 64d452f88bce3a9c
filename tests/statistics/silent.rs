//! What a table said wrongly and without a word: each with the right value, made so that it can be worked out by hand.

use super::close;
use super::simulate::{gamma, poisson};
use framescope::statistics::label_share::share;
use framescope::statistics::matched::{Row, matched};
use framescope::statistics::seed::Stream;
use framescope::statistics::sentiment::{Valence, of_group};
use framescope::statistics::{Note, Options, Unit, Why};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

type Rows = Vec<BTreeMap<String, String>>;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("framescope-silent-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("written");
    }

    /// What the program prints; it must end well.
    fn framescope(&self, arguments: &[&str]) -> String {
        let mut program = Command::new(env!("CARGO_BIN_EXE_framescope"));
        let output = program.current_dir(&self.0).args(arguments).output().expect("a run");
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{arguments:?}: {errors}");
        format!("{out}{errors}")
    }

    /// A run of `news.csv` with `l.toml`; `more` is the rest of the study.
    fn run(&self, out: &str, more: &str) {
        let study = format!(
            "[corpus]\npaths = [\"news.csv\"]\nlanguage = \"en\"\n[lexicons]\npaths = [\"l.toml\"]\n[report]\nout = \"{out}\"\ncharts = false\n\
             parquet = false\n{more}"
        );
        self.put("study.toml", &study);
        self.framescope(&["run", "--study", "study.toml", "-q"]);
    }

    fn rows(&self, file: &str) -> Rows {
        let mut reader = csv::Reader::from_path(self.0.join(file)).expect("a table");
        let header = reader.headers().expect("a header").clone();
        let row =
            |row: csv::StringRecord| header.iter().map(str::to_string).zip(row.iter().map(str::to_string)).collect();
        reader.records().map(|record| row(record.expect("a row"))).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn filler(words: usize) -> String {
    "of and the in to a is on at by ".repeat(words.div_ceil(10))
}

const VOTE: &str = "[lexicon]\nname = \"l\"\nlanguage = \"en\"\n[[frame]]\nname = \"vote\"\nterms = [\"vote\"]\n";

#[test]
fn a_group_without_hits_does_not_have_more() {
    let folder = Folder::new("direction");
    let mut news = "id,outlet,text\n".to_string();
    for i in 0..10 {
        let hit = if i == 0 { "vote " } else { "" };
        news += &format!("s{i},Short,{}\nl{i},Long,{hit}{}\n", filler(20), filler(500));
    }
    folder.put("news.csv", &news);
    folder.put("l.toml", VOTE);
    folder.run("out", "");
    let rows = folder.rows("out/comparisons.csv");
    // ½ in 200 words is more than 1½ in 5,001; none is less than one
    let short = rows.iter().find(|row| row["outlet"] == "Short").expect("a row");
    assert!(short["log2_ratio"].parse::<f64>().expect("a ratio") > 0.0);
    assert!(rows.iter().all(|row| row["direction"] == "too few hits to tell"), "{rows:?}");
}

/// Two outlets on six events, each in several articles, with speakers.
fn events(outlets: [&str; 2], articles: usize) -> String {
    let mut news = "id,outlet,date,event,text\n".to_string();
    for event in 0..6 {
        for (at, outlet) in outlets.iter().enumerate() {
            for article in 0..articles {
                let said = if at == 0 || (event + article) % 3 == 0 { "The vote was fair, Ann Roe said." } else { "" };
                let more = "\"A vote is a vote,\" Bob Hill said. ".repeat(usize::from((event + article) % 2 == at));
                let month = 1 + (event + article) % 2;
                news += &format!(
                    "{at}-{event}-{article},{outlet},2022-0{month}-03,e{event},\"{said} {more}{}.\"\n",
                    filler(60 + 10 * ((event * 7 + article * 3 + at) % 5))
                );
            }
        }
    }
    news
}

#[test]
fn speakers_of_nested_frames_have_each_hit_once() {
    let folder = Folder::new("sources-twice");
    folder.put("news.csv", &events(["North", "South"], 2));
    let within = |name: &str| {
        folder.put("l.toml", &VOTE.replace("name = \"vote\"", &format!("name = \"{name}\"")));
        folder.run("out", "[stories]\ncolumn = \"event\"\n");
        let rows = folder.rows("out/within_stories.csv");
        let sources: Rows = rows.into_iter().filter(|row| row["kind"] == "source").collect();
        assert!(sources.len() > 1, "{sources:?}");
        sources
    };
    assert_eq!(within("vote"), within("politics/vote"));
}

#[test]
fn speakers_have_clusters_as_units() {
    let folder = Folder::new("sources-clusters");
    folder.put("news.csv", &events(["North", "South"], 8));
    folder.put("l.toml", VOTE);
    let width = |clusters: &str| -> Vec<Option<f64>> {
        folder.run("out", &format!("[statistics]\nclusters = \"{clusters}\"\nsensitivity = true\n"));
        let wide = |row: &BTreeMap<String, String>| {
            Some(row["share_high"].parse::<f64>().ok()? - row["share_low"].parse::<f64>().ok()?)
        };
        folder.rows("out/sources.csv").iter().map(wide).collect()
    };
    let macros = || {
        let rows = folder.rows("out/specifications.csv");
        let rows = rows.into_iter().filter(|row| row["weight"] == "articles");
        rows.map(|row| (row["log2_ratio"].clone(), row["p"].clone())).collect::<Vec<_>>()
    };
    let (articles, of_articles) = (width("articles"), macros());
    let (events, of_events) = (width("event"), macros());
    assert!(articles.iter().any(Option::is_some));
    // fewer units: no interval, or another one
    assert!(articles.iter().zip(&events).all(|(a, e)| a.is_none() || a != e), "{articles:?} {events:?}");
    assert!(!of_articles.is_empty() && of_articles != of_events);
}

#[test]
fn names_of_groups_move_no_number() {
    let folder = Folder::new("renamed");
    folder.put("l.toml", VOTE);
    let numbers = |outlets: [&str; 2]| {
        folder.put("news.csv", &events(outlets, 2));
        folder.run("out", "[stories]\ncolumn = \"event\"\n[statistics]\nstrata = \"month\"\n");
        let mut all: Vec<String> = Vec::new();
        for table in ["comparisons", "within_stories", "sources"] {
            for row in folder.rows(&format!("out/{table}.csv")) {
                let name = if row["outlet"] == outlets[0] { "first" } else { "second" };
                let cells = row.iter().filter(|(column, _)| !matches!(column.as_str(), "outlet" | "direction"));
                all.push(format!("{table} {name} {:?}", cells.collect::<Vec<_>>()));
            }
        }
        all.sort();
        all
    };
    assert_eq!(numbers(["North", "South"]), numbers(["Zenith", "Abend"]));
}

#[test]
fn two_groups_have_one_p_inside_stories() {
    let mut stream = Stream::named(7, &["two groups"]);
    for _ in 0..40 {
        let mut rows = Vec::new();
        for story in 0..12 {
            for inside in [true, false] {
                for _ in 0..1 + stream.below(3) {
                    rows.push(Row { story, inside, top: stream.below(6), bottom: 200 + stream.below(400) });
                }
            }
        }
        let turned: Vec<Row> = rows.iter().map(|row| Row { inside: !row.inside, ..*row }).collect();
        let [one, other] = [&rows, &turned].map(|rows| matched(rows, &["f"], 1, &Options::default()));
        assert_eq!((one.p, one.p_method), (other.p, other.p_method));
        // what the interval does not show is no finding
        if one.p.value().is_some_and(|p| p < 0.05)
            && let Some(interval) = one.log2_ratio.interval
        {
            assert!(!interval.contains(0.0), "{one:?}");
        }
    }
}

/// One long bursty article of the group against several short even ones, in 60 stories, at one rate.
#[test]
fn unlike_articles_inside_stories_keep_the_level() {
    let tests = 400;
    let mut significant = 0;
    for test in 0..tests {
        let mut stream = Stream::numbered(11, &["unlike stories"], test);
        let mut rows = Vec::new();
        for story in 0..60 {
            let mean = 8.0 * 800.0 / 1000.0 * gamma(0.3, &mut stream) / 0.3;
            rows.push(Row { story, inside: true, top: poisson(mean, &mut stream), bottom: 800 });
            for _ in 0..1 + story % 4 {
                rows.push(Row { story, inside: false, top: poisson(8.0 * 0.2, &mut stream), bottom: 200 });
            }
        }
        let p = matched(&rows, &["f"], 1, &Options::default()).p.value().expect("a p");
        significant += u32::from(p <= 0.05);
    }
    // permutations alone were wrong in one of eight
    let share = f64::from(significant) / tests as f64;
    assert!(share < 0.05 + 3.0 * (0.05 * 0.95 / tests as f64).sqrt(), "{share}");
}

#[test]
fn hits_of_one_sign_and_weight_show_no_spread() {
    let articles: Vec<Valence> = (0..12)
        .map(|i| Valence {
            sum: 1000 + 1000 * (i % 2),
            hits: 1 + (i % 2) as u32,
            positive: 1 + (i % 2) as u32,
            negative: 0,
            words: 100,
        })
        .collect();
    let group = of_group(&articles, &Options::default());
    assert_eq!((group.balance.value.value(), group.mean_valence.value.value()), (Some(1.0), Some(1.0)));
    // the bound of a share that was 1 in 12 articles: 1 − 3/12, as a balance
    let bound = group.balance.interval.expect("a bound");
    assert_eq!((bound.low(), bound.high()), (Some(0.5), None));
    assert_eq!(group.mean_valence.interval, None);
    assert_eq!(group.mean_valence.note, Some(Note::NoInterval(Why::NoVariation)));
    // with some negative ones the balance has the interval of the share of positive ones
    let mixed: Vec<Valence> = (0..30)
        .map(|i| Valence { sum: 0, hits: 4, positive: 3 - (i % 4) as u32, negative: 1 + (i % 4) as u32, words: 100 })
        .collect();
    let share = share(&mixed.iter().map(|a| Unit { hits: a.positive, words: 4 }).collect::<Vec<_>>());
    let balance = of_group(&mixed, &Options::default()).balance;
    let (share, balance) = (share.interval.expect("an interval"), balance.interval.expect("an interval"));
    close(balance.low().expect("low"), 2.0 * share.low().expect("low") - 1.0, 1e-12, "low");
    close(balance.high().expect("high"), 2.0 * share.high().expect("high") - 1.0, 1e-12, "high");
}

#[test]
fn weights_of_frames_are_told() {
    let told = |terms: &str, kind: &str| -> Vec<&'static str> {
        let text = format!("[lexicon]\nname = \"l\"\n{kind}[[frame]]\nname = \"f\"\nterms = [{terms}]\n");
        let lexicon = framescope::lexicon::parse("l.toml", text.as_bytes()).expect("a lexicon");
        lexicon.problems.iter().map(|problem| problem.kind).collect()
    };
    let terms = "{ term = \"junta\", weight = 0.5 }, \"coup\"";
    assert_eq!(told(terms, ""), ["frame-weights"]);
    assert!(told(terms, "kind = \"sentiment\"\n").is_empty());
    assert!(told("{ term = \"junta\", weight = 1 }", "").is_empty());
}

#[test]
fn runs_with_separate_headlines_can_be_compared() {
    let folder = Folder::new("diff-headline");
    let mut news = "id,outlet,title,text\n".to_string();
    (0..4).for_each(|i| news += &format!("{i},North,A vote in town,The vote of the day. {}\n", filler(30)));
    folder.put("news.csv", &news);
    folder.put("l.toml", VOTE);
    folder.run("a", "[clean]\nheadline = \"separate\"\n");
    folder.put("l.toml", &VOTE.replace("\"vote\"]", "\"vote\", \"town\"]"));
    folder.run("b", "[clean]\nheadline = \"separate\"\n");
    let said = folder.framescope(&["diff", "a", "b"]);
    assert!(said.contains("town"), "{said}");
}

#[test]
fn a_renamed_group_keeps_its_sentiment() {
    let folder = Folder::new("diff-tones");
    let news = |name: &str| {
        let mut news = "id,outlet,text\n".to_string();
        for i in 0..6 {
            news += &format!(
                "{i},{name},A good and fine day {i}. {}\no{i},Other,A bad day {i}. {}\n",
                filler(30),
                filler(30)
            );
        }
        news
    };
    folder.put("l.toml", "[lexicon]\nname = \"tone\"\nkind = \"sentiment\"\nlanguage = \"en\"\n[[frame]]\nname = \"tone\"\nterms = [{ term = \"good\", weight = 1 }, { term = \"fine\", weight = 2 }, { term = \"bad\", weight = -1 }]\n");
    folder.put("news.csv", &news("Sunny"));
    folder.run("a", "");
    folder.put("news.csv", &news("Sonnig"));
    folder.run("b", "");
    let said = folder.framescope(&["diff", "a", "b"]);
    assert!(
        said.contains("group renamed") && !said.contains("no interval") && said.matches("Sunny").count() == 1,
        "{said}"
    );
}
