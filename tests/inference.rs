//! Inference of a run: which estimates are made, of which counts, and the tables they end in.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::run::rows;
use framescope::aggregate::{ArticleCounts, Counts, EntryCell, GroupId, Place, Valence, VariantCell, VoiceCounts};
use framescope::estimates::{Estimates, Options, Period, SpecificationRow, Specifications, VoiceChoice};
use framescope::lookup::{EntryId, FrameId};
use framescope::read::Date;
use framescope::statistics::{Estimate, Why};
use framescope::voice::Voice;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// The only frame.
const FRAME: FrameId = FrameId::new(0);

/// One article of one frame: outlet, day of January 2022, words, hits in its own voice, hits quoted.
type Told = (&'static str, u32, u32, u32, u32);

fn counts(articles: &[Told]) -> Counts {
    let mut counts = Counts::new(vec!["coup".to_string()], vec!["tone".to_string()]);
    let outlets: Vec<&str> = articles.iter().map(|told| told.0).collect::<BTreeSet<_>>().into_iter().collect();
    counts.groups = outlets.iter().map(|outlet| vec![(*outlet).to_string()]).collect();
    for &(outlet, day, words, own, quoted) in articles {
        let number = counts.articles.len() as u32;
        let voices = [(Voice::Own, own), (Voice::Quoted, quoted)].into_iter().filter(|(_, hits)| *hits > 0);
        let hits: VoiceCounts = voices.clone().map(|(voice, hits)| ((FRAME, voice), hits)).collect();
        let valence = Valence {
            positive_hits: own,
            negative_hits: 1,
            positive_sum: 1000 * i64::from(own),
            negative_sum: -1000,
            ..Valence::default()
        };
        let id = format!("{outlet} {day} {words} {own} {quoted}");
        let article = ArticleCounts { words, hits, valence: vec![Some(valence)], ..ArticleCounts::default() };
        let group = outlets.iter().position(|known| *known == outlet).unwrap();
        counts.push(id, GroupId::new(group), Date::new(2022, 1, day), &article);
        counts.variants.furniture_words.push(0);
        counts.variants.repeat_words.push(0);
        for (voice, hits) in voices {
            let cell = VariantCell { article: number, frame: FRAME, voice, place: Place::Text, exact: true, hits };
            counts.variants.cells.push(cell);
            let entry = EntryId { lexicon: 0, entry: u32::from(voice == Voice::Own) };
            counts.variants.entries.push(EntryCell { article: number, frame: FRAME, entry, hits });
        }
        counts.labels.push(vec![if day % 2 == 0 { "even".to_string() } else { "odd".to_string() }]);
    }
    counts.label_names = vec!["parity".to_string()];
    counts
}

/// Two outlets with one rate, one of them in its own voice, the other in that of others.
fn speakers() -> Vec<Told> {
    let mut articles = Vec::new();
    for i in 0..14 {
        let words = 400 + 23 * (i % 5);
        let noise = u32::from(i % 3 == 0);
        articles.push(("Atlas", 1 + i, words, 5 + noise, 1));
        articles.push(("Borealis", 1 + i, words, 1, 5 + noise));
    }
    articles
}

/// What a study asks for that wants its findings checked.
fn checked() -> Options {
    Options { sensitivity: true, ..Options::default() }
}

fn estimates(articles: &[Told], told: &Options) -> Estimates {
    Estimates::of(&counts(articles), told).expect("estimates")
}

fn curve(estimates: &Estimates) -> &Specifications {
    estimates.specifications.as_ref().expect("specifications")
}

fn ratio(row: &SpecificationRow) -> f64 {
    row.ratio.value.value().expect("a ratio")
}

#[test]
fn a_specification_curve_shows_the_choice_that_an_effect_hangs_on() {
    let found = estimates(&speakers(), &checked());
    let curve = curve(&found);
    // no stem, furniture or repeat moves a count here: two voices by two weights are left
    assert_eq!(curve.without_effect, ["stems or exact forms", "site furniture", "repeated passages"]);
    assert_eq!((curve.group, curve.other, curve.rows.len()), (0, Some(1), 4));
    for row in &curve.rows {
        match row.choices.voice {
            VoiceChoice::Own => {
                assert!(ratio(row) > 1.8 && row.p.value().is_some_and(|p| p < 0.001), "{row:?}");
            }
            VoiceChoice::Study | VoiceChoice::All => {
                assert!(ratio(row).abs() < 0.05 && row.p.value().is_some_and(|p| p > 0.3), "{row:?}");
            }
        }
    }
    assert_eq!(curve.rows.iter().filter(|row| row.is_study).count(), 1);
}

#[test]
fn the_studys_own_specification_is_its_own_comparison() {
    let found = estimates(&speakers(), &checked());
    let row = curve(&found).rows.iter().find(|row| row.is_study).expect("the study's");
    let (one, other, pair) = found.pairs.rows[0];
    assert_eq!((one, other), (0, 1));
    assert_eq!((row.ratio, row.p, row.hits, row.words), (pair.smoothed_log_ratio, pair.p, pair.hits, pair.words));
    // two groups: the overall test is the comparison, and so is either group against the rest
    assert_eq!(found.overall[0].p, pair.p);
    assert!(found.comparisons.iter().all(|row| row.p == pair.p));
    let told = Options { primary: vec!["Borealis".to_string()], ..checked() };
    let against_rest = estimates(&speakers(), &told);
    let back = curve(&against_rest).rows.iter().find(|row| row.is_study).expect("the study's");
    assert_eq!((back.ratio, back.p), (found.comparisons[1].smoothed_log_ratio, found.comparisons[1].p));
}

#[test]
fn furniture_and_repeats_bring_their_words_with_them() {
    let mut counts = counts(&speakers());
    for article in 0..counts.words.len() as u32 {
        counts.variants.furniture_words[article as usize] = 10;
        counts.variants.repeat_words[article as usize] = 100;
        let cell = |voice, place, exact, hits| VariantCell { article, frame: FRAME, voice, place, exact, hits };
        counts.variants.cells.push(cell(Voice::Furniture, Place::Furniture, true, 2));
        counts.variants.cells.push(cell(Voice::Quoted, Place::Repeat, false, 3));
    }
    let found = Estimates::of(&counts, &checked()).expect("estimates");
    let curve = curve(&found);
    assert!(curve.without_effect.is_empty());
    assert_eq!(curve.rows.len(), 32);
    let own: u64 = 14 * 5 + 5;
    let words: u64 =
        counts.words.iter().zip(&counts.group_of).filter(|(_, g)| g.index() == 0).map(|(w, _)| u64::from(*w)).sum();
    for row in &curve.rows {
        let choices = row.choices;
        let quoted = choices.voice != VoiceChoice::Own;
        let furniture = if choices.furniture { 28 } else { 0 };
        let repeats = if choices.repeats && quoted && !choices.exact { 42 } else { 0 };
        assert_eq!(row.hits[0], own + if quoted { 14 } else { 0 } + furniture + repeats, "{choices:?}");
        let more = if choices.furniture { 140 } else { 0 } + if choices.repeats { 1400 } else { 0 };
        assert_eq!(row.words[0], words + more, "{choices:?}");
    }
}

#[test]
fn the_order_of_articles_moves_no_estimate() {
    let mut articles = speakers();
    articles.extend((0..9).map(|i| ("Cygnus", 3 + i, 300 + 40 * i, i % 4, 2)));
    let told = Options { strata: Some("week".to_string()), standardise: Some("parity".to_string()), ..checked() };
    let show = |articles: &[Told]| {
        let found = estimates(articles, &told);
        let checks = found.robustness.expect("checks");
        // an article is its place in the corpus, which is turned round
        let rows: Vec<_> =
            checks.rows.iter().map(|row| (row.group, row.check, row.after, row.flips, row.q_after)).collect();
        let standard = found.standard.expect("a standard");
        format!(
            "{:?}",
            (
                (&found.frames, &found.voices, &found.comparisons, &found.overall, &found.pairs.rows),
                (rows, &found.specifications, &found.length, standard.rows),
                &found.timeline.rows
            )
        )
    };
    let forward = show(&articles);
    articles.reverse();
    assert_eq!(forward, show(&articles));
}

#[test]
fn a_moving_rate_is_that_of_all_articles_of_its_window() {
    let mut articles: Vec<Told> = (1..=6).map(|day| ("Atlas", day, 1000, day, 0)).collect();
    articles.retain(|article| article.1 != 5);
    articles.push(("Borealis", 2, 500, 1, 0));
    let told = Options { period: Period::Day, moving: Some(3), ..checked() };
    let found = estimates(&articles, &told);
    let days: Vec<String> = found.timeline.keys.iter().map(|(group, day)| format!("{} {day}", group.index())).collect();
    let expected = ["0 2022-01-01", "0 2022-01-02", "0 2022-01-03", "0 2022-01-04", "0 2022-01-06", "1 2022-01-02"];
    assert_eq!(days, expected);
    let moving: Vec<&Estimate> = found.timeline.rows.iter().map(|row| &row.moving).collect();
    let value = |at: usize| moving[at].value.value();
    // days 1 to 3, 2 to 4, and 3 to 5, of which the last has no article
    assert_eq!((value(1), value(2), value(3)), (Some(2.0), Some(3.0), Some(3.5)));
    assert_eq!((moving[0].value.why(), moving[4].value.why()), (Some(Why::BeyondPeriods), Some(Why::BeyondPeriods)));
    assert!(moving[2].interval.is_some_and(|interval| interval.contains(3.0)));
    // a window is centred on its own group's period
    assert_eq!(value(5), Some(2.0));
}

#[test]
fn months_cross_the_new_year_in_a_window() {
    let mut counts = counts(&[("Atlas", 1, 1000, 4, 0)]);
    for (year, month, own) in [(2021, 11, 1), (2021, 12, 1), (2022, 2, 3)] {
        let hits = VoiceCounts::from([((FRAME, Voice::Own), own)]);
        let article = ArticleCounts { words: 1000, hits, valence: vec![None], ..ArticleCounts::default() };
        counts.push("x".to_string(), GroupId::new(0), Date::new(year, month, 9), &article);
    }
    let told = Options { period: Period::Month, sensitivity: false, ..checked() };
    let found = Estimates::of(&counts, &told).expect("estimates");
    let value = |at: usize| found.timeline.rows[at].moving.value.value();
    assert_eq!((found.timeline.window, value(1), value(2)), (3, Some(2.0), Some(8.0 / 3.0)));
}

#[test]
fn strata_are_told_or_refused_by_name() {
    let told = |strata: &str| Options { strata: Some(strata.to_string()), ..checked() };
    assert!(told("month").labels(&[]).is_empty(), "dates tell the month");
    assert_eq!(told("parity").labels(&[]), ["parity"]);
    assert_eq!(
        told("year").labels(&["year".to_string()]),
        ["year"],
        "a column tells the year of articles without a date"
    );
    let articles = speakers();
    let p = |told: &Options| estimates(&articles, told).comparisons[0].p.value().expect("a p");
    assert!((p(&told("parity")) - p(&checked())).abs() < 0.1);
    let Err(error) = Estimates::of(&counts(&articles), &told("colour")) else { panic!("an unknown stratum") };
    assert!(error.to_string().contains("no column `colour`"), "{error}");
}

#[test]
fn rates_at_a_common_mix_say_which_stratum_is_empty() {
    let mut articles = speakers();
    articles.extend([("Cygnus", 3, 500, 1, 0), ("Cygnus", 5, 500, 2, 0), ("Cygnus", 7, 500, 0, 0)]);
    let told = Options { standardise: Some("parity".to_string()), ..checked() };
    let standard = estimates(&articles, &told).standard.expect("a standard");
    assert_eq!(
        (standard.kind.as_str(), standard.names.as_slice()),
        ("parity", &["even".to_string(), "odd".to_string()][..])
    );
    let cygnus = &standard.rows[2];
    assert_eq!((cygnus.standardised.value.why(), cygnus.absent.as_slice()), (Some(Why::EmptyStratum), &[0][..]));
    assert!(standard.rows[0].standardised.interval.is_some());
}

#[test]
fn pairs_of_many_groups_are_compared_only_when_told() {
    const NAMES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];
    let articles: Vec<Told> =
        NAMES.iter().flat_map(|&name| (1..=4).map(move |i| (name, i, 400 + 10 * i, i, 0))).collect();
    let checked = || Options { min_articles: 4, ..checked() };
    let unasked = estimates(&articles, &checked());
    assert!(unasked.pairs.rows.is_empty() && unasked.pairs.left_out.contains("21 pairs"), "{}", unasked.pairs.left_out);
    assert_eq!(unasked.overall[0].groups, 7);
    let asked = estimates(&articles, &Options { pairwise: Some(true), ..checked() });
    assert_eq!((asked.pairs.rows.len(), asked.pairs.left_out.as_str()), (21, ""));
    let family = asked.pairs.rows.iter().filter(|(_, _, row)| row.p.value().is_some()).count();
    assert!(asked.pairs.rows.iter().all(|(_, _, row)| row.family == family));
}

#[test]
fn a_score_that_goes_with_length_is_told() {
    // the longer the article, the rarer the frame; the tone does not depend on length
    let articles: Vec<Told> = (0..28).map(|i| ("Atlas", 1 + i, 200 + 50 * i, (28 - i) / 2 + 1, 0)).collect();
    let rows = estimates(&articles, &checked()).length;
    assert_eq!(
        (rows[0].kind, rows[0].name.as_str(), rows[1].kind, rows[1].name.as_str()),
        ("frame", "coup", "sentiment", "tone")
    );
    assert!(rows[0].is_large() && rows[0].rho.value.value().is_some_and(|rho| rho < -0.9));
    assert!(rows[0].p.value().is_some_and(|p| p < 1e-6));
}

#[test]
fn a_run_writes_its_checks_and_the_reader_finds_them() {
    let folder = std::env::temp_dir().join(format!("framescope-test-{}-inference", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut corpus = String::from("id,outlet,date,desk,text\n");
    let filler = "The committee met again on the matter of the roads and the bridges. ".repeat(6);
    for i in 0..12 {
        // Atlas has the plural, which only the stem finds; Borealis the word itself
        let date = format!("2022-0{}-1{}", 1 + i % 2, i % 9);
        corpus
            .push_str(&format!("a{i},Atlas,{date},home,\"{filler}He saw terrorists there. More terrorists came.\"\n"));
        corpus.push_str(&format!("b{i},Borealis,{date},world,\"{filler}He saw a terrorist there on day {i}.\"\n"));
    }
    fs::write(folder.join("corpus.csv"), corpus).unwrap();
    let lexicon =
        "[lexicon]\nname = \"t\"\nlanguage = \"en\"\n[[frame]]\nname = \"terrorism\"\nterms = [\"terrorist\"]\n";
    fs::write(folder.join("t.toml"), lexicon).unwrap();
    let study = "[corpus]\npaths = [\"corpus.csv\"]\n[lexicons]\npaths = [\"t.toml\"]\n[statistics]\nclusters = \"articles\"\nsensitivity = true\nstrata = \"month\"\n\
                 standardise = \"desk\"\n[clean]\nduplicates = false\nrepeats = false\n[report]\nout = \"out\"\ncharts = false\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    let run = |study: &str| {
        let program = env!("CARGO_BIN_EXE_framescope");
        Command::new(program).current_dir(&folder).args(["run", "--study", study]).output().unwrap()
    };
    let done = run("study.toml");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let out = folder.join("out");
    let specifications = rows(&out.join("specifications.csv"));
    let find =
        |matching: &str| specifications.iter().find(|row| row["matching"] == matching && row["weight"] == "words");
    let (stems, exact) = (find("as the lexicon says").unwrap(), find("exact forms").unwrap());
    assert_eq!((stems["hits"].as_str(), stems["other_hits"].as_str(), stems["study"].as_str()), ("24", "12", "true"));
    assert_eq!((exact["hits"].as_str(), exact["other_hits"].as_str()), ("0", "12"));
    let pairs = rows(&out.join("pairwise.csv"));
    assert_eq!((pairs.len(), &pairs[0]["p"]), (1, &stems["p"]));
    assert_eq!(rows(&out.join("overall.csv"))[0]["p"], pairs[0]["p"]);
    let sensitivity = rows(&out.join("sensitivity.csv"));
    let entry = sensitivity.iter().find(|row| row["check"] == "entry" && row["outlet"] == "Atlas").unwrap();
    assert_eq!(
        (entry["left_out"].as_str(), entry["finding"].as_str(), entry["concentration"].as_str()),
        ("terrorist", "lost", "1.0")
    );
    assert_eq!(rows(&out.join("standardised.csv"))[0]["missing"], "no articles in a stratum");
    assert_eq!(rows(&out.join("standardised.csv"))[0]["absent"], "world");
    assert_eq!(rows(&out.join("length.csv")).len(), 1);
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("without the entry “terrorist”") && page.contains("Do the groups differ at all?"));
    // what cannot start is refused before any work
    fs::write(folder.join("even.toml"), study.replace("strata = \"month\"", "moving = 4")).unwrap();
    let refused = run("even.toml");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("moving = 4"));
    fs::write(folder.join("colour.toml"), study.replace("\"month\"", "\"colour\"")).unwrap();
    assert_eq!(run("colour.toml").status.code(), Some(2));
    let _ = fs::remove_dir_all(&folder);
}

/// Two outlets with so many articles each on every so many days from 2015 on.
fn period_of(articles: u32, every: i64, days: i64) -> Period {
    let mut counts = Counts::new(vec!["coup".to_string()], Vec::new());
    counts.groups = vec![vec!["Atlas".to_string()], vec!["Borealis".to_string()]];
    let first = Date::new(2015, 1, 5).expect("a date").days();
    for day in (0..days).step_by(every as usize) {
        for number in 0..2 * articles {
            let article = ArticleCounts { words: 500, ..ArticleCounts::default() };
            counts.push(
                format!("{day} {number}"),
                GroupId::new(number as usize % 2),
                Date::from_days(i64::from(first) + day),
                &article,
            );
        }
    }
    Estimates::of(&counts, &Options::default()).expect("estimates").timeline.period
}

#[test]
fn a_period_has_articles_enough_to_say_something() {
    // two articles a month and outlet over eight years are drawn by year, ten by month
    assert_eq!(period_of(2, 30, 8 * 365), Period::Year);
    assert_eq!(period_of(12, 30, 8 * 365), Period::Month);
    assert_eq!(period_of(12, 1, 30), Period::Day);
    assert_eq!(period_of(12, 1, 200), Period::Week);
    assert_eq!(period_of(2, 1, 200), Period::Week);
    // where no period has enough: the coarsest of which there are three
    assert_eq!(period_of(1, 2, 25), Period::Week);
    assert_eq!(period_of(1, 1, 6), Period::Day);
    assert_eq!(period_of(1, 20, 365), Period::Month);
}

#[test]
fn dated_articles_and_a_column_of_years_are_the_same_strata() {
    let mut counts = counts(&speakers());
    counts.label_names = vec!["year".to_string()];
    for (article, label) in counts.labels.iter_mut().enumerate() {
        *label = vec!["2022".to_string()];
        if article % 2 == 0 {
            counts.dates[article] = None;
        }
    }
    let options = Options { standardise: Some("year".to_string()), ..Options::default() };
    let standard = Estimates::of(&counts, &options).expect("estimates").standard.expect("strata");
    assert_eq!(standard.names, ["2022"]);
}
