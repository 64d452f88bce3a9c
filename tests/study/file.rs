//! A study file: what is wrong with it, all at once and each at its place; and the file that is written.

use framescope::error::{Error, Problem};
use framescope::estimates::lexical::keyness;
use framescope::sentiment::{By, Mode};
use framescope::study::{SETTINGS, Study};
use framescope::text::Language;
use framescope::voice::Voice;

fn problems(text: &str) -> Vec<Problem> {
    match Study::parse("s.toml", text) {
        Err(Error::Refused(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

fn shown(text: &str) -> Vec<String> {
    problems(text).iter().map(|problem| problem.to_string().replace("\n  hint", "; hint")).collect()
}

#[test]
fn every_problem_of_a_file_comes_at_once_with_its_place_and_what_was_meant() {
    let text = "\
[study]
seed = \"abc\"
nmae = \"x\"

[stastistics]
by = []

[clean]
min_repeat_words = 2
furniture = \"yes\"
near_duplicates = \"frist\"

[voice]
count = [\"own\", \"qoted\"]
off = [\"quotatoin\"]
seed = 3

[run]
threads = 1000000
max_bad_share = 1.5

[sentiment]
mode = \"vadr\"
";
    assert_eq!(
        shown(text),
        [
            "error: s.toml:2:8: seed = \"abc\"; expected a whole number",
            "error: s.toml:3:1: [study] has no setting `nmae`; hint: did you mean `name`?",
            "error: s.toml:5:2: no table of a study is called `[stastistics]`; hint: did you mean `[statistics]`?",
            "error: s.toml:9:20: min_repeat_words = 2; expected a whole number, 4 or more",
            "error: s.toml:10:13: furniture = \"yes\"; expected true or false",
            "error: s.toml:11:19: near_duplicates = \"frist\"; expected one of `keep`, `first`; hint: did you mean `first`?",
            "error: s.toml:14:9: count = [\"own\", \"qoted\"]; expected a list of one or more of `mention`, `quoted`, `scare`, `marked`, `attributed`, `own`; \
             hint: did you mean `quoted`?",
            &format!(
                "error: s.toml:15:7: off = [\"quotatoin\"]; expected {}; hint: did you mean `quotation`?",
                framescope::study::setting("voice.off").unwrap().range.words()
            ),
            "error: s.toml:16:1: [voice] has no setting `seed`; hint: it belongs below the line `[study]`",
            "error: s.toml:19:11: threads = 1000000; expected a whole number from 0 to 1,024",
            "error: s.toml:20:17: max_bad_share = 1.5; expected a number from 0 to 1",
            "error: s.toml:23:8: mode = \"vadr\"; expected one of `dictionary`, `vader`, `vader-corrected`; \
             hint: did you mean `vader`?",
        ]
    );
}

#[test]
fn values_of_other_types_are_refused_where_they_stand() {
    for (text, place, expected) in [
        ("[study]\nseed = -1\n", "2:8", "a whole number"),
        ("[study]\nseed = 1.5\n", "2:8", "a whole number"),
        ("[statistics]\nmoving = 4\n", "2:10", "an odd number from 1 to 99"),
        ("[statistics]\npermutations = 98\n", "2:16", "a whole number from 99 to 1,000,000"),
        ("[statistics]\nby = \"outlet\"\n", "2:6", "a list of 1 to 4 texts"),
        ("[statistics]\nby = [1]\n", "2:6", "a list of 1 to 4 texts"),
        ("[statistics]\nprimary = [\"a\", \"b\", \"c\"]\n", "2:11", "a list of at most 2 texts"),
        ("[keyness]\nalpha = 0\n", "2:9", "a number above 0"),
        ("[keyness]\nalpha = inf\n", "2:9", "a number above 0"),
        ("[keyness]\nalpha = nan\n", "2:9", "a number above 0"),
        ("[corpus]\nlanguage = \"klingon\"\n", "2:12", "a code or a name such as `en`, `rus` or `Italian`"),
        ("[corpus]\npaths = \"a.csv\"\n", "2:9", "a list of paths"),
        ("[corpus]\ndate_order = 2022-01-05\n", "2:14", "one of `day-first`, `month-first`"),
        (
            "[lexicons]\nencoding = \"utf-7b\"\n",
            "2:12",
            "the name of an encoding such as `windows-1251` or `shift-jis`",
        ),
        (
            "[outlets]\n\"A\" = \"B\"\n",
            "2:7",
            "a list of names, as in [\"The Steppe Observer\", \"steppe-observer.example\"]",
        ),
        ("corpus = 3\n", "1:1", "a line `[corpus]` with the settings below it"),
        ("[run]\nthreads = 99999999999999999999999\n", "2:11", "a whole number from 0 to 1,024"),
        ("[[clean]]\nfurniture = true\n", "1:3", "a line `[clean]` with the settings below it"),
    ] {
        let problems = problems(text);
        let at = |problem: &Problem| {
            format!("{}:{}", problem.place.line.unwrap_or_default(), problem.place.column.unwrap_or_default())
        };
        assert_eq!(
            problems.iter().map(|p| (at(p), p.expected.as_str())).collect::<Vec<_>>(),
            [(place.to_string(), expected)],
            "{text}"
        );
    }
    assert!(shown("seed = 3\n")[0].contains("`seed` belongs below a line `[study]`"));
    let syntax = shown("[study]\nname = = 3\n[corpus]\npaths = [\n");
    assert!(syntax[0].starts_with("error: s.toml:2:") && syntax.len() > 1, "every fault of syntax: {syntax:?}");
}

#[test]
fn settings_that_are_wrong_together_are_refused() {
    assert!(shown("[collocates]\ntop = 3\n")[0].contains("no terms to find collocates of"));
    let text = "[keyness]\ncounted_voices = true\n[collocates]\nterms = [\"x\"]\n";
    assert!(shown(text)[0].contains("counted_voices differs"));
}

#[test]
fn a_setting_goes_where_it_belongs() {
    let text = "\
[study]
name = \"N\"
seed = 7
[corpus]
paths = [\"../a\", \"b/*.csv\"]
language = \"Italian\"
[columns]
text = \"body\"
[outlets]
\"A\" = [\"a\"]
[lexicons]
paths = [\"framing-en\", \"own.toml\"]
match = \"exact\"
[voice]
count = [\"own\", \"quoted\", \"own\"]
[sentiment]
mode = \"vader-corrected\"
by = \"sentence\"
primary = \"p\"
[statistics]
primary = [\"A\",
  \"B\"]
[keyness]
rank = \"text-dispersion\"
reference = \"list.csv\"
[report]
out = \"../o\"
period = \"week\"
";
    let study = Study::parse("x/s.toml", text).unwrap();
    assert_eq!((study.report.title.as_str(), study.estimates.seed), ("N", 7));
    assert_eq!(study.corpus, ["a", "x/b/*.csv"]);
    assert_eq!(study.lexicons, ["framing-en", "x/own.toml"]);
    assert_eq!((study.report.out.as_str(), study.language), ("o", Some(Language::ITALIAN)));
    assert_eq!(
        (study.read.text.as_deref(), study.read.aliases["A"].as_slice()),
        (Some("body"), &["a".to_string()][..])
    );
    assert_eq!(study.voices, [Voice::Quoted, Voice::Own]);
    assert_eq!((study.sentiment.mode, study.sentiment.by), (Mode::VaderCorrected, By::Sentence));
    assert_eq!(study.sentiment.primary_at.as_ref().unwrap().to_string(), "x/s.toml:19:11");
    let places: Vec<String> = study.estimates.primary_at.iter().map(ToString::to_string).collect();
    assert_eq!(places, ["x/s.toml:21:12", "x/s.toml:22:3"]);
    let keyness = study.lexical.keyness.as_ref().unwrap();
    assert_eq!((keyness.rank, keyness.reference.as_deref()), (keyness::Rank::TextDispersion, Some("x/list.csv")));
}

#[test]
fn what_is_written_reads_as_the_same_study() {
    let everything = "\
[study]\nname = \"a \\\"b\\\" – c\"\nseed = 7\n[corpus]\npaths = [\"../a\"]\nlanguage = \"it\"\n[columns]\ntext = \"body\"\n\
[outlets]\n\"A b\" = [\"a\", \"b\"]\n[lexicons]\npaths = [\"framing-en\"]\noverlap = \"lexicon\"\n[clean]\nmin_repeat_words = 9\n\
[voice]\noff = [\"quotation\"]\n[sentiment]\nnegation = \"drop\"\nprimary = \"p\"\n[statistics]\nmoving = 5\nprimary = [\"A\"]\n\
[keyness]\n[collocates]\nterms = [\"x\", \"#f\"]\n[report]\nout = \"../o\"\n[run]\nmax_bad_share = 0.25\n";
    for text in ["", everything] {
        let mut study = Study::parse("x/s.toml", text).unwrap();
        if text.is_empty() {
            study.report.out = "x/output".to_string();
        }
        study.names_out = true;
        let mut again = Study::parse("x/s.toml", &study.to_toml("A study")).unwrap();
        // lines are others
        again.estimates.primary_at.clone_from(&study.estimates.primary_at);
        again.sentiment.primary_at.clone_from(&study.sentiment.primary_at);
        assert_eq!(again, study, "{}", study.to_toml(""));
    }
}

#[test]
fn the_sample_study_is_written_by_the_program() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/study.toml");
    let text = std::fs::read_to_string(file).unwrap();
    let head: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("# ")).collect();
    let study = Study::from_file(file).unwrap();
    assert!(
        text == study.to_toml(&head.join("\n")),
        "seeds/study.toml should be\n\n{}",
        study.to_toml(&head.join("\n"))
    );
    for setting in SETTINGS.iter().filter(|setting| setting.path != "outlets") {
        let is_key = |line: &str| line.trim_start_matches("# ").starts_with(&format!("{} = ", setting.key()));
        assert!(text.lines().any(is_key), "{}", setting.path);
    }
}

#[test]
fn parquet_as_older_studies_had_it_is_read_as_hits() {
    use framescope::report::HitFiles;
    let hits = |text: &str| Study::parse("s.toml", &format!("[report]\n{text}\n")).unwrap().report.hits;
    assert_eq!(hits(""), HitFiles::Csv);
    assert_eq!(hits("hits = \"both\""), HitFiles::Both);
    assert_eq!((hits("parquet = true"), hits("parquet = false")), (HitFiles::Both, HitFiles::Csv));
    assert_eq!(
        shown("[report]\nparquet = \"yes\"\nhits = \"parquet\"\n"),
        [
            "error: s.toml:2:11: parquet = \"yes\"; expected true or false; hint: `hits = \"both\"` says the same",
            "error: s.toml:3:8: hits = \"parquet\"; expected one of `csv`, `both`",
        ]
    );
}
