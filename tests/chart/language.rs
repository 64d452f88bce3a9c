//! Charts in other languages: every word that is not a name.

use super::{estimate, frames, grid, outlets, words};
use framescope::report::chart::{ChartLanguage, Dots, Drawing, Estimate, Scale, Words, dots};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The words of the lines of a drawing.
fn latin(svg: &str) -> BTreeSet<String> {
    let document = roxmltree::Document::parse(svg).expect("XML");
    let labels = document.descendants().filter_map(|node| node.attribute("aria-label"));
    // names of files are names
    let words = labels.flat_map(|label| label.split_whitespace()).filter(|word| !word.contains(".csv"));
    let words = words.flat_map(|word| word.split(|c: char| !c.is_alphabetic())).map(str::to_string);
    words.filter(|word| word.len() > 3 && word.is_ascii()).map(|word| word.to_lowercase()).collect()
}

/// Every word in a text.
fn in_text(text: &str, into: &mut BTreeSet<String>) {
    into.extend(text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase));
}

#[test]
fn a_run_in_russian_has_no_english_on_its_charts_but_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = crate::cache::temporary("chart-language");
    let study = fs::read_to_string(root.join("seeds/study.toml")).expect("the study");
    let study =
        study.replace("# [keyness]", "[keyness]").replace("../lexicons", &root.join("lexicons").display().to_string());
    let articles = format!("paths = [\"{}\"]", root.join("seeds/articles").display());
    let study = study.replace("paths = [\"articles\"]", &articles);
    fs::write(folder.join("study.toml"), study).expect("written");
    let words = ["run", "--study", "study.toml", "--chart-language", "ru", "--out", "o", "--quiet"];
    let done = Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(&folder).args(words).output().expect("a run");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    // names: of groups, frames, entries, labels, lexicons, files, and what programs call things
    let mut names = BTreeSet::new();
    in_text("VADER compound", &mut names);
    for table in ["frames.csv", "terms.csv", "labels.csv", "sentiment.csv", "contributions.csv"] {
        let mut reader = csv::Reader::from_path(folder.join("o").join(table)).expect(table);
        for row in reader.records() {
            let row = row.expect("a row");
            row.iter().take(6).for_each(|cell| in_text(cell, &mut names));
        }
    }
    let mut keyness = csv::Reader::from_path(folder.join("o/keyness.csv")).expect("key words");
    keyness.records().for_each(|row| in_text(row.expect("a row").get(4).unwrap_or_default(), &mut names));
    let lexicons = ["framing-en", "framing-ru", "framing-it"].map(|name| root.join(format!("lexicons/{name}.toml")));
    for lexicon in lexicons {
        for line in fs::read_to_string(lexicon).expect("a lexicon").lines().filter(|line| line.starts_with("label")) {
            in_text(line, &mut names);
        }
    }
    in_text("January 2022 in Kazakhstan told by four invented outlets", &mut names);
    let mut seen = 0;
    for entry in fs::read_dir(folder.join("o/charts")).expect("charts") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|end| end == "svg") {
            let svg = fs::read_to_string(&path).expect("SVG");
            let strange: Vec<String> = latin(&svg).difference(&names).cloned().collect();
            assert!(strange.is_empty(), "{}: {strange:?}", path.display());
            assert!(svg.contains("aria-label"), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 12, "{seen} charts");
    fs::remove_dir_all(folder).expect("removed");
}

fn drawn(language: ChartLanguage, why: &str) -> Drawing {
    let mut cells = grid(2, 3, 1.0);
    cells[0][0] = Estimate::missing(why);
    cells[1][1] = estimate(7, 1.0);
    let chart = Dots {
        words: Words { title: "Frames by group".to_string(), notes: Vec::new(), language, ..words() },
        unit: "hits per 1,000 words".to_string(),
        frames: frames(2),
        outlets: outlets(3),
        cells,
        means: vec![Some(0.5), None],
        scale: Scale::PerPanel,
    };
    dots(&chart).expect("a chart")
}

#[test]
fn names_and_unknown_words_stay_and_gaps_are_filled() {
    let says = |drawing: &Drawing, words: &str| {
        drawing.texts.iter().map(|placed| placed.text.as_str()).collect::<Vec<_>>().join(" ").contains(words)
    };
    let russian = drawn(ChartLanguage::Ru, "too few articles");
    for words in ["Фреймы по группам", "слишком мало статей", "вхождений на 1000 слов", "У каждой панели своя шкала."]
    {
        assert!(says(&russian, words), "{words}");
    }
    assert!(says(&drawn(ChartLanguage::It, "no hits"), "nessuna occorrenza"));
    assert!(says(&drawn(ChartLanguage::It, "a reason of its own"), "a reason of its own"), "never a wrong word");
    let say = |text: &str| ChartLanguage::It.say(text);
    assert_eq!(say("The first 3 of 25 comparisons."), "I primi 3 di 25 confronti.");
    assert_eq!(
        say("Each panel has its own scale. Grey: fewer than 10 articles."),
        "Ogni pannello ha la sua scala. Grigio: meno di 10 articoli."
    );
    assert_eq!(
        say("My study. Vocabulary counts, not validated against human coding on this corpus."),
        "My study. Conteggi di lessico, non validati con codifica umana su questo corpus."
    );
    assert_eq!(ChartLanguage::En.say("no hits"), "no hits");
}
