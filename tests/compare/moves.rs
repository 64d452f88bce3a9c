//! The chart and the page of a diff.

use super::{CORPUS, LEXICON, run, run_with, snapshot, temporary};
use framescope::compare;
use framescope::report::chart::{Drawing, Label, Moved, Moves, Words, moves};
use framescope::report::html::{Changed, Changes, Rows, Sentence};
use std::fs;
use std::path::Path;

/// Numbers that look like data and are the same each time.
fn noise(seed: usize) -> f64 {
    let mixed = (seed as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 11) as f64 / (1_u64 << 53) as f64
}

fn stressed(frames: usize, groups: usize, scale: f64) -> Drawing {
    let name = |i: usize| {
        let stem = ["The Western Morning Herald of Kazakhst", "Независимая Алматинская вечерняя газета"][i % 2];
        format!("{}{i:02}", stem.chars().take(38).collect::<String>())
    };
    let cell = |frame: usize, group: usize| {
        let seed = frame * 31 + group;
        let value = |seed: usize| Some(noise(seed) * scale);
        match seed % 11 {
            1 => Moved { before: None, after: None, why: "same".to_string() },
            2 => Moved { before: value(seed), after: None, why: "no rate after".to_string() },
            3 => Moved { before: None, after: value(seed), why: "no rate before".to_string() },
            4 => Moved { before: value(seed), after: value(seed).map(|v| v * 1.0001), why: String::new() },
            _ => Moved { before: value(seed), after: value(seed + 7919), why: String::new() },
        }
    };
    let chart = Moves {
        words: Words {
            title: "What the change did".repeat(5),
            subtitle: "Before → after".repeat(9),
            ..Words::default()
        },
        unit: "hits per 1,000 words".to_string(),
        frames: (0..frames).map(|i| Label::plain(format!("Frame with quite a long name {i}"))).collect(),
        groups: (0..groups).map(|i| Label::counted(name(i), i as u64 * 9)).collect(),
        cells: (0..frames).map(|frame| (0..groups).map(|group| cell(frame, group)).collect()).collect(),
    };
    moves(&chart).unwrap()
}

#[test]
fn no_text_of_the_chart_overlaps_another_or_leaves_it() {
    for (frames, groups, scale) in
        [(16, 25, 12.0), (12, 25, 4e9), (3, 25, 4e-9), (1, 1, 1.0), (5, 3, 130.0), (0, 0, 1.0), (16, 25, 0.0)]
    {
        let drawing = stressed(frames, groups, scale);
        for (i, a) in drawing.texts.iter().enumerate() {
            let is_inside = a.left >= 4.0 && a.top >= 4.0;
            let is_inside = is_inside && a.right <= f64::from(drawing.width) - 4.0;
            assert!(is_inside && a.bottom <= f64::from(drawing.height) - 4.0, "{a:?} leaves the chart");
            for b in &drawing.texts[i + 1..] {
                let is_apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
                assert!(is_apart, "{frames} × {groups}, {scale}: {a:?} overlaps {b:?}");
            }
        }
        roxmltree::Document::parse(&drawing.svg).unwrap();
        assert_eq!(drawing, stressed(frames, groups, scale));
    }
}

#[test]
fn a_rate_that_did_not_move_has_no_mark_and_one_that_did_has_two() {
    let drawing = stressed(16, 25, 12.0);
    for frame in 0..16 {
        for group in 0..25 {
            let marks = drawing.points.iter().filter(|point| (point.panel, point.row) == (frame, group)).count();
            let expected = match (frame * 31 + group) % 11 {
                1 => 0,
                2 | 3 => 1,
                _ => 2,
            };
            assert_eq!(marks, expected, "{frame} {group}");
        }
    }
}

#[test]
fn the_page_of_a_diff_is_well_formed_and_every_text_arrives_as_text() {
    let wild = "<b>A&B</b> \"q\" ]]> {x}".to_string();
    let table = Rows {
        caption: wild.clone(),
        header: vec![(wild.clone(), false), ("n".to_string(), true)],
        rows: vec![vec![wild.clone(), "1".to_string()]],
    };
    let sentence = Sentence {
        what: "gained".to_string(),
        left: wild.clone(),
        surface: wild.clone(),
        right: wild.clone(),
        about: wild.clone(),
    };
    let chapter = Changed {
        anchor: "one",
        heading: wild.clone(),
        paragraphs: vec![wild.clone()],
        svg: stressed(1, 2, 1.0).svg,
        table: Some(table),
        sentences: vec![sentence],
    };
    let page = Changes {
        title: wild.clone(),
        program: "framescope".to_string(),
        lede: vec![wild.clone()],
        chapters: vec![chapter],
    };
    let html = page.html();
    let document = crate::html::parse(&html);
    let times = document.descendants().filter(|node| node.text() == Some(&wild) && node.is_text()).count();
    assert!(times >= 9, "{times}");
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn a_diff_is_written_with_all_its_tables_and_refuses_a_folder_of_somebody_else() {
    let folder = temporary();
    let a = run(&folder, "a", CORPUS, LEXICON);
    let b = run_with(&folder, "b", CORPUS, &LEXICON.replace("\"plot\"", "\"army\""), |_| ());
    let out = folder.join("told");
    let told =
        |a: &Path, b: &Path, out: &Path| framescope::diff(a.to_str().unwrap(), b.to_str().unwrap(), out.to_str());
    let text = told(&a, &b, &out).unwrap();
    let mut names: Vec<String> =
        fs::read_dir(&out).unwrap().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let mut expected: Vec<&str> = compare::columns::TABLES.iter().map(|table| table.file).collect();
    expected.extend(["README.md", "index.html"]);
    expected.sort_unstable();
    // the coup rate of East is the same: one entry for another; no rate moved, so there is no chart
    assert_eq!(names, expected);
    let readme = fs::read_to_string(out.join("README.md")).unwrap();
    for table in compare::columns::TABLES {
        assert!(table.columns.iter().all(|column| readme.contains(&format!("`{}`", column.name))));
    }
    assert!(readme.contains(&text));
    let html = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(html.contains("army") && html.contains("<mark>plot</mark>"));
    let c = run(&folder, "c", &CORPUS.replace("the riot", "the coup"), LEXICON);
    told(&a, &c, &out).unwrap();
    assert!(out.join("chart.svg").exists() && out.join("chart.png").exists());
    // again without rates that moved: no stale chart
    told(&a, &b, &out).unwrap();
    assert!(!out.join("chart.svg").exists());
    let empty = told(&a, &a, &folder.join("same")).unwrap();
    assert_eq!(empty, "Nothing changed.");
    for table in compare::columns::TABLES {
        let rows = fs::read_to_string(folder.join("same").join(table.file)).unwrap().lines().count();
        assert_eq!(rows, 1, "{} is not empty", table.file);
    }
    let foreign = folder.join("thesis");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("README.md"), "mine").unwrap();
    let refused = told(&a, &b, &foreign).unwrap_err().to_string();
    assert!(refused.contains("no earlier diff") && refused.contains("--out"), "{refused}");
    assert_eq!(fs::read_to_string(foreign.join("README.md")).unwrap(), "mine");
    assert_eq!(compare::diff(&snapshot(&a), &snapshot(&a)).text(), "Nothing changed.");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_page_and_the_text_of_a_diff_say_their_order_their_articles_and_what_the_table_of_hits_has() {
    let folder = temporary();
    let a = run(&folder, "a", CORPUS, LEXICON);
    let b = run(&folder, "b", CORPUS, &LEXICON.replace("\"plot\"", "\"plot\", \"square\""));
    let out = folder.join("told");
    let text = framescope::diff(a.to_str().unwrap(), b.to_str().unwrap(), out.to_str()).unwrap();
    assert!(
        text.contains("n articles; largest change first") && text.contains("(no interval), n = 2; square 100 %"),
        "{text}"
    );
    assert!(text.contains("added, 2 hits gained, none lost") && !text.contains("−0"), "{text}");
    let html = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(html.contains("Largest change first. As in rates.csv"));
    assert!(html.contains(
        "2 of 2 hits that changed: for each cause at most 3 gained and 3 lost, drawn at random. All are in hits.csv."
    ));
    assert!(!html.contains("−0<") && !html.contains(">+0<") && html.contains(">+2<"));
    // groups as they moved: one hit in 25 words of East, one in 21 of West
    let svg = fs::read_to_string(out.join("chart.svg")).unwrap();
    assert!(svg.find("West (n = 2)").unwrap() < svg.find("East (n = 2)").unwrap());
    assert!(svg.contains("Groups in the order of their largest change in any frame."));
}

#[test]
fn a_table_of_hits_that_was_cut_is_said_to_be() {
    let folder = temporary();
    // one new entry with more hits than a run writes beside itself
    // words that differ, so that nothing is a repeat
    let words = |article: usize| (0..5_001).map(|n| format!("square w{article}x{n} ")).collect::<String>();
    let corpus: String = (0..4).map(|i| format!("{i},East,{}\n", words(i))).collect();
    let corpus = format!("id,outlet,text\n{corpus}");
    run(&folder, "a", &corpus, LEXICON);
    let out = run(&folder, "a", &corpus, &LEXICON.replace("\"plot\"", "\"plot\", \"square\""));
    let html = fs::read_to_string(out.join("diff/index.html")).unwrap();
    let listed = super::rows(&out.join("diff/hits.csv")).len();
    assert_eq!(listed, 20_000);
    assert!(html.contains("3 of 20004 hits that changed: for each cause at most 3 gained and 3 lost, drawn at random. 20000 of them are in hits.csv, the first of each entry;"));
}

/// `loot*` that becomes `=looting` and `=looters`, as issue 16 tells it.
#[test]
fn a_narrowed_entry_is_one_edit_with_the_hits_that_it_lost() {
    let folder = temporary();
    let lexicon =
        |terms: &str| format!("[lexicon]\nname = \"l\"\n[[frame]]\nname = \"order\"\nterms = [{terms}, \"riot\"]\n");
    let mut corpus = "id,outlet,text\n".to_string();
    for number in 0..12 {
        let word = ["looting", "looters", "looted", "loots"][number % 4];
        corpus.push_str(&format!(
            "{number},{},The crowd saw the {word} in the square number {number} and a riot\n",
            ["East", "West"][number % 2]
        ));
    }
    let wide = run(&folder, "wide", &corpus, &lexicon("\"loot*\""));
    let narrow = run(&folder, "narrow", &corpus, &lexicon("\"=looting\", \"=looters\""));
    super::laws::check_laws(&wide, &narrow);
    for (before, after, what, text) in [
        (&wide, &narrow, "narrowed", "loot* → =looters, =looting"),
        (&narrow, &wide, "widened", "=looters, =looting → loot*"),
    ] {
        let (one, other) = (snapshot(before), snapshot(after));
        let diff = compare::diff(&one, &other);
        assert_eq!(diff.hits().len(), 6, "looted and loots, three of each, and nothing else");
        let told = diff.text();
        let (gained, lost) =
            if what == "narrowed" { ("none gained", "6 hits lost") } else { ("6 hits gained", "none lost") };
        for part in [text, what, gained, lost, "Findings (q below 0.05): none won, none lost"] {
            assert!(told.contains(part), "{part:?} is not in\n{told}");
        }
        assert!(told.lines().count() < 40, "one screen:\n{told}");
        assert_eq!(told.matches("\n  − ").count() + told.matches("\n  + ").count(), 3, "three sentences:\n{told}");
        assert!(
            diff.rates
                .iter()
                .flat_map(|row| &row.causes)
                .all(|cause| cause.share.is_none_or(|share| (0.0..=1.0).contains(&share)))
        );
    }
    fs::remove_dir_all(folder).unwrap();
}

/// What only overlaps in part, and what is another word, is no other form of an entry.
#[test]
fn an_entry_that_has_nothing_to_do_with_a_removed_one_is_no_form_of_it() {
    let folder = temporary();
    let lexicon = |terms: &str| format!("[lexicon]\nname = \"l\"\n[[frame]]\nname = \"order\"\nterms = [{terms}]\n");
    let corpus =
        "id,outlet,text\n1,East,The riot and the police and the crowd\n2,West,The crowd and the police and the riot\n";
    let one = run(&folder, "one", corpus, &lexicon("\"riot\""));
    let other = run(&folder, "other", corpus, &lexicon("\"police\""));
    let (a, b) = (snapshot(&one), snapshot(&other));
    let text = compare::diff(&a, &b).text();
    assert!(text.contains("1 added, 1 removed"), "{text}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_outlet_with_another_name_is_the_same_outlet() {
    let folder = temporary();
    let before = run(&folder, "before", CORPUS, LEXICON);
    let names = std::collections::BTreeMap::from([("Eastern Post".to_string(), vec!["East".to_string()])]);
    let after = run_with(&folder, "after", CORPUS, LEXICON, |study| study.read.aliases = names);
    let text = framescope::diff(
        &before.to_string_lossy(),
        &after.to_string_lossy(),
        Some(&folder.join("d").to_string_lossy()),
    );
    let text = text.unwrap_or_else(|e| panic!("{e}"));
    assert!(
        text.lines().any(|line| line.split_whitespace().eq("group renamed East → Eastern Post".split(' '))),
        "{text}"
    );
    assert!(text.contains("[outlets] Eastern Post"), "in the words of the study file: {text}");
    assert!(!text.contains("another group"), "{text}");
    assert_eq!(crate::run::rows(&folder.join("d/rates.csv")).len(), 0);
    assert_eq!(crate::run::rows(&folder.join("d/articles.csv")).len(), 0);
    let page = fs::read_to_string(folder.join("d/index.html")).unwrap();
    assert!(page.contains("No rate moved, and no finding changed."));
    // an article that changes its outlet is no other name
    let moved = CORPUS.replace("2,East", "2,West");
    let third = run(&folder, "third", &moved, LEXICON);
    let text =
        framescope::diff(&before.to_string_lossy(), &third.to_string_lossy(), None).unwrap_or_else(|e| panic!("{e}"));
    assert!(!text.contains("group renamed"), "{text}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn targets_and_labels_are_told_in_the_words_of_the_lexicon() {
    let folder = temporary();
    let with = |further: &str| format!("{LEXICON}\n[[target]]\nname = \"army\"\nterms = [\"army\"{further}]\n");
    let before = run(&folder, "before", CORPUS, &with(""));
    let after = run(&folder, "after", CORPUS, &with(", \"soldiers\""));
    let text =
        framescope::diff(&before.to_string_lossy(), &after.to_string_lossy(), None).unwrap_or_else(|e| panic!("{e}"));
    assert!(text.contains("target army") && text.contains("army, soldiers"), "{text}");
    // of long lists, whose beginnings are alike, what came and what went
    let names =
        |last: &str| with(&format!(", \"the regiments of the north\", \"the regiments of the south\", \"{last}\""));
    let [one, other] = ["guards", "cadets"].map(|last| run(&folder, last, CORPUS, &names(last)));
    let text = framescope::diff(&one.to_string_lossy(), &other.to_string_lossy(), None).unwrap();
    assert!(text.contains("target army: added cadets; removed guards"), "{text}");
    fs::remove_dir_all(folder).unwrap();
}

/// Another name for the same is a rename: no hit, no rate and no finding is lost and won.
#[test]
fn a_frame_a_target_and_a_label_with_another_name_are_told_as_renamed() {
    let folder = temporary();
    let lexicon = |frame: &str, target: &str, referent: &str, label: &str| {
        format!(
            "[lexicon]\nname = 'l'\n[[frame]]\nname = 'peace'\nterms = ['calm']\n\
             [[frame]]\nname = '{frame}'\nterms = ['riot', 'police', 'crowd']\n\
             [[target]]\nname = '{target}'\nterms = ['army', 'soldiers']\n\
             [[labels]]\nreferent = '{referent}'\n\
             choices = {{ {label} = ['riot', 'mob'], revolt = ['revolt'], strike = ['strike'] }}\n"
        )
    };
    let mut corpus = "id,outlet,text\n".to_string();
    for n in 0..24 {
        let outlet = ["East", "West"][n % 2];
        corpus.push_str(&format!("{n},{outlet},The riot and the police number {n} met the army in a calm strike\n"));
    }
    let before = run(&folder, "before", &corpus, &lexicon("order", "army", "events", "riots"));
    let after = run(&folder, "after", &corpus, &lexicon("law-and-order", "troops", "January", "riots"));
    let of = |one: &Path, other: &Path, out: Option<&str>| {
        framescope::diff(&one.to_string_lossy(), &other.to_string_lossy(), out).unwrap_or_else(|e| panic!("{e}"))
    };
    let says = |text: &str, line: &str| text.lines().any(|said| said.split_whitespace().eq(line.split(' ')));
    for (one, other, lines) in [
        (
            &before,
            &after,
            ["frame renamed order → law-and-order", "target renamed army → troops", "labels renamed events → January"],
        ),
        (
            &after,
            &before,
            ["frame renamed law-and-order → order", "target renamed troops → army", "labels renamed January → events"],
        ),
    ] {
        let text = of(one, other, None);
        for line in lines {
            assert!(says(&text, line), "{line}:\n{text}");
        }
        for word in ["absent", "moved", "added", "removed", "gained", "only one run", "label January:"] {
            assert!(!text.contains(word), "{word}:\n{text}");
        }
    }
    // with an edit besides, the edit alone is told of the frame
    let edited = lexicon("law-and-order", "army", "events", "unrest").replace("'crowd'", "'calm'");
    let edited = run(&folder, "edited", &corpus, &edited);
    let out = folder.join("d");
    let text = of(&before, &edited, Some(&out.to_string_lossy()));
    assert!(says(&text, "frame renamed order → law-and-order"), "{text}");
    assert!(says(&text, "label renamed events: riots → events: unrest"), "{text}");
    assert!(
        text.contains("1 added, 1 removed") && text.contains("calm (law-and-order): added, 24 hits gained"),
        "{text}"
    );
    // twelve articles of either outlet: riot and police before, and calm besides after
    let rates = super::rows(&out.join("rates.csv"));
    let hits: Vec<[&str; 2]> =
        rates.iter().map(|row| ["hits_before", "hits_after"].map(|name| row[name].as_str())).collect();
    assert_eq!(hits, [["24", "36"], ["24", "36"]]);
    // another frame with other words is no other name
    let third = lexicon("markets", "army", "events", "riots")
        .replace("'riot', 'police', 'crowd'", "'crowd', 'square', 'strike'");
    let third = run(&folder, "third", &corpus, &third);
    assert!(!of(&before, &third, None).contains("renamed"));
    fs::remove_dir_all(folder).unwrap();
}

/// `attack*` that becomes `attack`: the forms that it no longer finds are lost, and nothing is gained.
#[test]
fn a_narrowed_entry_of_a_sentiment_lexicon_is_told_as_that() {
    let folder = temporary();
    let mut corpus = "id,outlet,text\n".to_string();
    for n in 0..24 {
        let word = ["attack", "attacks", "attackers", "peacekeeper"][n % 4];
        corpus.push_str(&format!("{n},{},They saw the {word} number {n}.\n", ["Herald", "Courier"][n % 2]));
    }
    let frames = "[lexicon]\nname = 'l'\n[[frame]]\nname = 'sight'\nterms = ['saw']\n";
    let run = |name: &str, terms: &str| {
        let tones = folder.join(format!("{name}-tones.toml"));
        let text = format!(
            "[lexicon]\nname = 'tones'\nkind = 'sentiment'\nmatch = 'exact'\n[[frame]]\nname = 'tone'\nterms = [{terms}]\n"
        );
        fs::write(&tones, text).unwrap();
        run_with(&folder, name, &corpus, frames, |study| study.lexicons.push(tones.to_string_lossy().into_owned()))
    };
    let wide = run("wide", "{ term = 'attack*', weight = -2 }, { term = 'peacekeep*', weight = 1 }");
    let narrow = run("narrow", "{ term = 'attack', weight = -2 }, { term = 'peacekeeper', weight = 3 }");
    let [a, b] = [&wide, &narrow].map(|folder| snapshot(folder));
    let text = compare::diff(&a, &b).text();
    // 24 articles: six of each word; of `attack*` 18 hits were found, of which attack has six
    assert!(text.contains("attack* → attack (tone): narrowed, 12 hits lost, none gained"), "{text}");
    assert!(
        text.contains(
            "peacekeep* → peacekeeper (tone): reweighted, rewritten, same hits (1 → 3), no hit gained or lost"
        ),
        "{text}"
    );
    let text = compare::diff(&b, &a).text();
    assert!(text.contains("attack → attack* (tone): widened, 12 hits gained, none lost"), "{text}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_edit_of_a_sentiment_lexicon_is_told_with_its_hits_and_with_what_it_moved() {
    let folder = temporary();
    let mut corpus = "id,outlet,text\n".to_string();
    for n in 0..24 {
        let tone = ["a good day and calm", "an awful day", "a good and stable day"][n % 3];
        corpus.push_str(&format!("{n},{},It was {tone} number {n}.\n", ["Herald", "Courier"][n % 2]));
    }
    let frames = "[lexicon]\nname = 'l'\n[[frame]]\nname = 'day'\nterms = ['day']\n";
    let run = |name: &str, terms: &str| {
        let tones = folder.join(format!("{name}-tones.toml"));
        let text =
            format!("[lexicon]\nname = 'tones'\nkind = 'sentiment'\n[[frame]]\nname = 'tone'\nterms = [{terms}]\n");
        fs::write(&tones, text).unwrap();
        run_with(&folder, name, &corpus, frames, |study| study.lexicons.push(tones.to_string_lossy().into_owned()))
    };
    let [good, awful] = ["{ term = 'good', weight = 1 }", "{ term = 'awful', weight = -2 }"];
    let before = run("before", &format!("{good}, {awful}, {{ term = '=stable', weight = 1 }}"));
    let edited = "{ term = 'good', weight = 3 }, { term = 'calm', weight = 1 }, { term = 'stab*', weight = 1 }";
    let after = run("after", edited);
    let [a, b] = [&before, &after].map(|folder| snapshot(folder));
    let diff = compare::diff(&a, &b);
    let text = diff.text();
    for said in ["awful (tone): removed, 8 hits lost, none gained", "calm (tone): added, 8 hits gained, none lost"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(text.contains("good (tone): reweighted (1 → 3)"), "{text}");
    let tones = &diff.tones;
    assert_eq!(tones.iter().map(|row| row.group.as_str()).collect::<Vec<_>>(), ["Courier", "Herald"], "{tones:?}");
    assert!(text.contains("Sentiment: mean weight of a hit"), "{text}");
    compare::write(&diff, &folder.join("diff").to_string_lossy()).unwrap();
    let rows = super::rows(&folder.join("diff/sentiment.csv"));
    assert_eq!(rows.len(), 2);
    let page = fs::read_to_string(folder.join("diff/index.html")).unwrap();
    assert!(page.contains("id=\"sentiment\""), "{page}");
    // a run against itself says nothing of sentiment, and swapped runs say the same backwards
    assert!(compare::diff(&a, &a).tones.is_empty());
    let back = compare::diff(&b, &a);
    let change = |rows: &[compare::ToneChange]| rows.iter().map(|row| row.change().unwrap()).collect::<Vec<_>>();
    assert_eq!(change(tones), change(&back.tones).iter().map(|change| -change).collect::<Vec<_>>());
    fs::remove_dir_all(folder).unwrap();
}
