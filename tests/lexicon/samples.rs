//! Every sample file with its figures: lines, entries, frames, skipped. Counted independently with Python.

use super::shared;
use framescope::lexicon::{self, Format, Lexicon, Options, Pattern};

/// File, form, lines, entries, frames, skipped; the last two columns as read with `lenient` where the file is refused without.
const FIGURES: &[(&str, Format, usize, usize, usize, usize)] = &[
    ("AFINN-111.txt", Format::Scores, 2477, 2477, 1, 0),
    ("actually_ykd.cat", Format::Yoshikoder, 14, 5, 2, 0),
    ("hu-liu-positive-words.txt", Format::HuLiu, 2041, 2006, 1, 0),
    ("jca-dict.ykd", Format::Yoshikoder, 10, 3, 4, 0),
    ("laver-garry.cat", Format::WordStat, 444, 418, 26, 0),
    ("liwc_extracodes.dic", Format::Liwc, 25, 19, 16, 3),
    ("liwc_hierarchical.dic", Format::Liwc, 28, 19, 19, 4),
    ("mary.cat", Format::WordStat, 7, 5, 2, 0),
    ("mary.dic", Format::Liwc, 11, 5, 2, 0),
    ("mary.lc3", Format::Lexicoder3, 7, 5, 2, 0),
    ("mary.lcd", Format::Lexicoder2, 12, 5, 2, 0),
    ("mary.ykd", Format::Yoshikoder, 12, 5, 2, 0),
    ("mary.yml", Format::Yaml, 2, 5, 2, 0),
    ("mary_doubleterm.dic", Format::Liwc, 11, 6, 2, 0),
    ("mary_missingcat.dic", Format::Liwc, 11, 6, 2, 1),
    ("mary_multipletabs.dic", Format::Liwc, 10, 6, 2, 0),
    ("mary_zeropadding.dic", Format::Liwc, 11, 6, 2, 1),
    ("moral_foundations.dic", Format::Liwc, 340, 359, 11, 0),
    ("newsmap-english.yml", Format::Yaml, 293, 819, 268, 0),
    ("newsmap-russian.yml", Format::Yaml, 293, 733, 268, 0),
    ("toy.dic", Format::Liwc, 21, 18, 3, 0),
    ("toy.dicx", Format::Wide, 17, 18, 3, 0),
    ("toybad.dicx", Format::Wide, 17, 17, 3, 1),
    ("vader_lexicon.txt", Format::Vader, 7520, 7506, 1, 0),
    ("windows-1252.cat", Format::WordStat, 8, 6, 2, 0),
    ("yoshi.ykd", Format::Yoshikoder, 16, 5, 3, 0),
];

/// Refused without `lenient`: they name categories that they lack, or have a row without a term.
const FAULTY: &[&str] =
    &["liwc_extracodes.dic", "liwc_hierarchical.dic", "mary_missingcat.dic", "mary_zeropadding.dic", "toybad.dicx"];

fn sample(name: &str, lenient: bool) -> Option<framescope::error::Result<Lexicon>> {
    let path = shared()?.join("samples/lexicons").join(name);
    let options = Options { lenient, ..Options::default() };
    Some(lexicon::load_with(&path.to_string_lossy(), &options))
}

#[test]
fn every_sample_reads_with_its_figures() {
    let Some(shared) = shared() else { return };
    let mut there: Vec<String> = std::fs::read_dir(shared.join("samples/lexicons"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort();
    let listed: Vec<&str> = FIGURES.iter().map(|row| row.0).collect();
    assert_eq!(there, listed, "every file of the folder is listed");
    for &(name, format, lines, entries, frames, skipped) in FIGURES {
        let lexicon = sample(name, FAULTY.contains(&name)).unwrap().unwrap();
        let report = &lexicon.report;
        let found = (lexicon.format, report.lines, report.entries, report.frames, report.skipped);
        assert_eq!(found, (format, lines, entries, frames, skipped), "{name}");
        let rows = report.rows.iter().filter(|row| row.done.starts_with("skipped")).count();
        assert_eq!(rows, skipped, "{name}: every skip has its row");
    }
}

#[test]
fn faulty_samples_are_refused_unless_lenient() {
    for name in FAULTY {
        let Some(result) = sample(name, false) else { return };
        assert!(result.is_err(), "{name}");
    }
    let told = sample("toybad.dicx", false).unwrap().unwrap_err().to_string();
    assert!(told.contains("toybad.dicx:2:1: row 2 has no term"), "{told}");
    let told = sample("mary_missingcat.dic", false).unwrap().unwrap_err().to_string();
    assert!(told.contains(":9:1: `little` is in category 03"), "{told}");
}

#[test]
fn vader_has_7506_keys_of_which_7494_are_distinct_in_lower_case() {
    let Some(Ok(lexicon)) = sample("vader_lexicon.txt", false) else { return };
    let mut lower: Vec<String> = lexicon.entries.iter().map(|e| e.text.to_lowercase()).collect();
    assert_eq!(lower.len(), 7506);
    lower.sort();
    lower.dedup();
    assert_eq!(lower.len(), 7494);
    let lol = lexicon.entries.iter().find(|e| e.text == "lol").unwrap();
    assert!(lol.line > 3000 && lol.sd.is_some(), "the last of two lines counts, and its spread is kept");
    let fed_up = lexicon.entries.iter().find(|e| e.text == "fed up").unwrap();
    assert!(matches!(&fed_up.pattern, Pattern::Words(words) if words.len() == 2));
    assert!(lexicon.entries.iter().any(|e| e.text.contains("%)") && e.unmatchable));
}

#[test]
fn laver_garry_has_9_top_keys_of_depth_2_and_its_phrases_are_phrases() {
    let Some(Ok(lexicon)) = sample("laver-garry.cat", false) else { return };
    let top = lexicon.frames.iter().filter(|frame| !frame.name.contains('/')).count();
    assert_eq!(top, 9);
    assert!(lexicon.frames.iter().all(|frame| frame.name.matches('/').count() <= 1));
    let war = lexicon.entries.iter().find(|e| e.text == "WAR IN IRAQ").unwrap();
    assert_eq!(super::words(&war.pattern), "war·in·iraq");
    let conservative = lexicon.frames.iter().filter(|frame| frame.name.ends_with("/CONSERVATIVE")).count();
    assert_eq!(conservative, 2, "the full path is the identity");
}

#[test]
fn afinn_keeps_its_phrases_and_its_zero() {
    let Some(Ok(lexicon)) = sample("AFINN-111.txt", false) else { return };
    let weight = |text: &str| lexicon.entries.iter().find(|e| e.text == text).map(|e| e.weight);
    assert_eq!(weight("not good"), Some(-2000));
    assert_eq!(weight("some kind"), Some(0));
    assert_eq!(weight("naïve"), Some(-2000));
    assert_eq!(lexicon.entries.iter().filter(|e| e.text.contains(' ')).count(), 15);
}

#[test]
fn a_yoshikoder_category_keeps_patterns_beside_categories() {
    let Some(Ok(lexicon)) = sample("yoshi.ykd", false) else { return };
    let expected = [
        "A category/A subcategory: more",
        "A category: lamb",
        "A category: little",
        "Another category: had",
        "Another category: mary",
    ];
    assert_eq!(super::entries(&lexicon), expected);
    assert_eq!(lexicon.name, "New dictionary");
}

#[test]
fn country_codes_stay_texts_in_yaml() {
    let Some(Ok(lexicon)) = sample("newsmap-english.yml", false) else { return };
    let names: Vec<&str> = lexicon.frames.iter().map(|f| f.name.as_str()).collect();
    assert!(names.contains(&"EUROPE/NORTH/NO"), "Norway is not false");
    assert_eq!(names.iter().filter(|name| !name.contains('/')).count(), 5);
}

#[test]
fn the_legend_of_an_indented_dic_nests_by_each_line() {
    let Some(Ok(lexicon)) = sample("liwc_hierarchical.dic", true) else { return };
    let names: Vec<&str> = lexicon.frames.iter().map(|f| f.name.as_str()).collect();
    for name in ["misc/whatever", "past/insight/cause", "else/whatever2", "nothing"] {
        assert!(names.contains(&name), "{names:?}");
    }
}
