//! What is said of a lexicon, with and without a corpus, and what is done to its file.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use framescope::error::Error;
use framescope::inspect::{self, Conversion, Lint};
use framescope::lexicon::{self, Lexicon, Options};
use framescope::study::Study;
use framescope::voice::Voice;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("framescope-inspect-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A study of articles in a table.
fn study(folder: &Folder, articles: &[&str]) -> Study {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["id", "outlet", "date", "language", "text"]).unwrap();
    for (i, text) in articles.iter().enumerate() {
        writer.write_record([&format!("a{i}"), "Outlet", "2022-01-06", "en", text]).unwrap();
    }
    let table = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let corpus = vec![folder.write("articles.csv", &table)];
    Study { corpus, voices: Voice::ALL[1..].to_vec(), ..Study::default() }
}

fn lint(folder: &Folder, lexicon: &str, articles: &[&str]) -> Lint {
    let file = folder.write("x.toml", lexicon);
    let stop = AtomicBool::new(false);
    inspect::lint_lexicons(&[file], &study(folder, articles), &Options::default(), &stop)
        .unwrap_or_else(|e| panic!("{e}"))
}

/// `kind severity entry: found | form n, … | edit` of every finding.
fn findings(lint: &Lint) -> Vec<String> {
    let lines = lint.lexicons.iter().flat_map(|linted| &linted.findings).map(|finding| {
        let forms: Vec<String> = finding.forms.iter().map(|(form, n)| format!("{form} {n}")).collect();
        let finding = (finding.kind, finding.severity, &finding.entry, &finding.found, forms.join(", "), &finding.edit);
        format!("{} {} {}: {} | {} | {}", finding.0, finding.1, finding.2, finding.3, finding.4, finding.5)
    });
    lines.collect()
}

const HEADER: &str = "[lexicon]\nname = \"x\"\nlanguage = \"en\"\n";

fn one_frame(rest: &str) -> String {
    format!("{HEADER}[[frame]]\nname = \"f\"\n{rest}\n")
}

#[test]
fn the_sentences_of_a_lexicon_without_a_language_are_in_one_language() {
    let folder = Folder::new("check-language");
    let lexicon = folder.write(
        "x.toml",
        "[lexicon]\nname = \"x\"\n[[frame]]\nname = \"unrest\"\nterms = [\"protest\", \"riot\", \"militant\", \"coup\", \"terrorist\", \"revolt\"]\n\
         hits = [\"Protests\", \"riots again\", \"Militants\", \"the coup leaders\", \"Terrorists\", \"revolts\", \"Militants in port\"]\n",
    );
    let finding = inspect::check_lexicons(std::slice::from_ref(&lexicon)).unwrap_or_else(|e| panic!("{e}"));
    let expected =
        "6 entries in 1 frame; 7 of 7 test sentences pass (read as en, since the lexicon names no one language)";
    assert_eq!(finding.text, format!("{lexicon}: {expected}"));
}

#[test]
fn sentences_in_clear_languages_are_read_in_them() {
    let folder = Folder::new("check-languages");
    let lexicon = folder.write(
        "x.toml",
        "[lexicon]\nname = \"x\"\nlanguage = \"any\"\n[[frame]]\nname = \"unrest\"\nterms = [\"protest\", \"протест\"]\n\
         hits = [\"The protests of the workers are in the city.\", \"На площади вчера были протесты, и это было в городе.\"]\n",
    );
    let finding = inspect::check_lexicons(std::slice::from_ref(&lexicon)).unwrap_or_else(|e| panic!("{e}"));
    let expected = "2 entries in 1 frame; 2 of 2 test sentences pass (each read by its own words, as en, ru: the lexicon names no one language)";
    assert_eq!(finding.text, format!("{lexicon}: {expected}"));
}

#[test]
fn check_tells_failed_sentences_and_problems_of_all_files() {
    let folder = Folder::new("check");
    let good = folder
        .write("good.toml", &one_frame("terms = [\"strike\"]\nhits = [\"Two strikes.\"]\nmisses = [\"A walk.\"]"));
    let bad = folder.write(
        "bad.toml",
        &one_frame("terms = [\"strike\", \"=strikes\"]\nhits = [\"A walk.\"]\nmisses = [\"Strikers.\", \"A strike.\"]\nexcept = [\"gas price\"]"),
    );
    let finding = inspect::check_lexicons(&[good.clone(), bad.clone()]).unwrap_or_else(|e| panic!("{e}"));
    let expected = format!(
        "{good}: 1 entry in 1 frame; 2 of 2 test sentences pass\n\
         {bad}: 2 entries in 1 frame; 1 of 3 test sentences pass\n  \
           {bad}:7: is not found in `f`: A walk.\n  \
           {bad}:8: is found in `f`: A strike.\n  \
           note: {bad}:6:20: `=strikes` is redundant: `strike` of line 6 matches it\n    \
             hint: a token counts once in a frame: no number changes\n  \
           warning: {bad}:9:11: the exception `gas price` contains no entry of its frame, so it never applies\n    \
             hint: delete it, or correct it to contain a term"
    );
    assert_eq!((finding.text, finding.needs_decision), (expected, true));
    assert!(!inspect::check_lexicons(std::slice::from_ref(&good)).unwrap_or_else(|e| panic!("{e}")).needs_decision);

    // a folder is its lexicons, by name
    let whole = inspect::check_lexicons(&[folder.0.to_string_lossy().into_owned()]).unwrap_or_else(|e| panic!("{e}"));
    assert!(whole.text.starts_with(&bad) && whole.text.contains(&good), "{}", whole.text);

    let first = folder.write("a.toml", "[[frame]]\nname = \"f\"\nterms = [\"a BEFORE/x b\"]\n");
    let second = folder.write("b.toml", "[[frame]]\nterms = [3]\n");
    let Err(Error::Refused(problems)) = inspect::check_lexicons(&[first.clone(), good, second.clone()]) else {
        panic!("two of three files are bad")
    };
    for file in [&first, &second] {
        assert!(problems.iter().any(|problem| problem.place.file == **file), "{file} is told");
    }
}

#[test]
fn check_tells_what_was_kept_of_a_foreign_file() {
    let folder = Folder::new("foreign");
    let file = folder.write("x.dic", "%\n1\tAnger\n%\nhate*\t1\nrage\t1\n");
    let finding = inspect::check_lexicons(std::slice::from_ref(&file)).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(finding.text, format!("{file}: 2 entries in 1 frame\n  read 5 lines: 2 entries in 1 frame, 0 skipped"));
}

#[test]
fn the_lint_tells_dead_entries_with_the_forms_that_do_occur() {
    let folder = Folder::new("dead");
    let terms = one_frame("terms = [\"multivectoral\", \"rioting\", \"zzyzx\", \"oil strike\"]");
    let lint = lint(
        &folder,
        &terms,
        &[
            "A multi-vector policy. The multi-vector idea. Riotous days followed, and oil flowed.",
            "They spoke of it again; the oilstrike came.",
        ],
    );
    assert_eq!(
        findings(&lint),
        [
            "dead warning multivectoral: 0 hits; near | multi-vector 2 | add \"multi-vector\" if you want it to match",
            "dead note rioting: 0 hits |  | ",
            "dead note zzyzx: 0 hits |  | ",
            "dead warning oil strike: 0 hits; `strike` never occurs; near | oilstrike 1 | add \"oilstrike\" if you want it to match",
        ]
    );
    assert!(lint.needs_decision());
}

#[test]
fn the_lint_tells_greedy_wildcards_and_stem_collisions_by_what_they_hit() {
    let folder = Folder::new("greedy");
    let terms = one_frame(
        "terms = [\"con*\", \"protest\", { term = \"revolt\", note = \"also revolting\" }, \"violation\", \"occupy\"]\nexcept = [\"=protestants\"]",
    );
    let lint = lint(
        &folder,
        &terms,
        &[
            "The contest of concepts, a condition. A protestant protest; protestants protested.",
            "A revolting revolt. They violated it: a violation. An occupier occupied it.",
        ],
    );
    assert_eq!(
        findings(&lint),
        [
            "greedy warning con*: `con*` matches 3 words of 3 stems | concepts 1, condition 1, contest 1 | \
         list the words that you mean, or except the others",
            "collision warning protest: the stem of `protest` also catches | protestant 1 | \
         write \"=protest\", \"=protested\", or add except = [\"=protestant\"]; or accept them by naming them in its note",
            "collision note violation: the stem of `violation` also catches | violated 1 | \
         write \"=violation\", or add except = [\"=violated\"]; or accept them by naming them in its note",
        ]
    );
}

#[test]
fn the_lint_tells_entries_inside_names_with_the_line_to_add() {
    let folder = Folder::new("inside");
    let terms = one_frame("terms = [\"security\"]");
    let lint = lint(
        &folder,
        &terms,
        &[
            "The UN Security Council met. Members of the Security Council spoke. The Security Council rose. In June the UN Security \
         Council voted, and the Security Council of Kazakhstan did. Their security is safe. Security is first.",
        ],
    );
    assert_eq!(
        findings(&lint),
        ["inside-name warning security: 71 % of 7 hits lie inside `security council` | security council 5 | \
         except = [\"security council\"]",]
    );
    let excepted = one_frame("terms = [\"security\"]\nexcept = [\"security council\"]");
    let again = super::inspect::lint(&folder, &excepted, &["The Security Council met for security."]);
    assert!(findings(&again).is_empty() && !again.needs_decision());
}

#[test]
fn the_lint_tells_name_variants_of_a_target_and_entries_of_two_frames() {
    let folder = Folder::new("names");
    let lexicon = format!(
        "{HEADER}[[frame]]\nname = \"a\"\nterms = [\"coup\"]\n[[frame]]\nname = \"b\"\nterms = [\"coup\"]\n\
         [[target]]\nname = \"nazarbayev\"\nterms = [\"Nazarbayev\"]\n"
    );
    let article = "The coup of Nazarbayev, Nazarbaev, Nazarbaev, Nazabaryev and Narzabajev against Назарбаев.";
    let lint = lint(&folder, &lexicon, &[article]);
    assert_eq!(
        findings(&lint),
        [
            "two-frames note coup: also in frame `a` (line 6): each hit counts in both |  | ",
            "name-variant warning nazarbayev: the corpus has words near this name | nazarbaev 2, narzabajev 1, nazabaryev 1, назарбаев 1 | \
         add those that you mean to its terms: \"nazarbaev\", \"narzabajev\", \"nazabaryev\", \"назарбаев\"",
        ]
    );
}

#[test]
fn the_lint_counts_what_a_run_counts() {
    let folder = Folder::new("counts");
    let text = "Police met the strike of the gas workers with tear gas in the long and cold morning of the sixth day of January.";
    // a second copy of the article, and a second copy of a passage in an article, count once
    let repeated = format!("Strikes began.\n\n{text}\n\nMore strikes.\n\n{text}");
    let file = folder.write("x.toml", &one_frame("terms = [\"strike\"]"));
    let stop = AtomicBool::new(false);
    let articles = ["One strike.", "One strike.", repeated.as_str(), "Share this article\nA strike."];
    let study = study(&folder, &articles);
    let forms = inspect::forms(std::slice::from_ref(&file), &study, &Options::default(), &stop)
        .unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(
        forms.csv(),
        format!(
            "lexicon,frame,entry,entry_at,match,hits,articles,forms\nx,f,strike,{file}:6,stem,5,3,\"strike 3, strikes 2\"\n"
        )
    );
    let table = forms.table();
    assert!(table.starts_with("x / f\nentry   where"), "{table}");
    assert!(table.ends_with("stem          5         3  strike 3, strikes 2"), "{table}");
    let lint = inspect::lint_lexicons(&[file], &study, &Options::default(), &stop).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((lint.articles, lint.lexicons[0].entries, lint.lexicons[0].with_hits), (3, 1, 1));
}

#[test]
fn the_lint_is_the_same_whatever_the_threads_and_stops_when_told() {
    let folder = Folder::new("threads");
    let file = folder.write("x.toml", &one_frame("terms = [\"strik*\", \"protest\", \"multivectoral\"]"));
    let texts: Vec<String> =
        (0..40).map(|i| format!("Protestant strike {i} of a multi-vector kind, striking protests.")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut study = study(&folder, &texts);
    let stop = AtomicBool::new(false);
    let mut outputs = Vec::new();
    for threads in [1, 4] {
        study.threads = threads;
        let lint = inspect::lint_lexicons(std::slice::from_ref(&file), &study, &Options::default(), &stop);
        let lint = lint.unwrap_or_else(|e| panic!("{e}"));
        outputs.push((lint.text(), lint.json()));
    }
    assert_eq!(outputs[0], outputs[1]);
    let json: serde_json::Value = serde_json::from_str(&outputs[0].1).unwrap();
    assert_eq!(json["articles"], 40);
    assert_eq!(json["needs_decision"], true);
    assert_eq!(json["lexicons"][0]["findings"][0]["kind"], "collision");
    stop.store(true, Ordering::Relaxed);
    let stopped = inspect::lint_lexicons(&[file], &study, &Options::default(), &stop);
    assert!(matches!(stopped, Err(Error::Interrupted)));
}

#[test]
fn convert_tells_what_is_lost_and_replaces_nothing_unasked() {
    let folder = Folder::new("convert");
    let terms = "terms = [\"strike\", \"a BEFORE/2 b\", { term = \"riot\", weight = 2 }]";
    let file = folder.write("x.toml", &one_frame(terms));
    let (out, losses) = (folder.path("x.dic"), folder.path("losses.csv"));
    let mut how = Conversion { losses: Some(losses.clone()), ..Conversion::default() };
    let finding = inspect::convert(&file, &out, &how).unwrap_or_else(|e| panic!("{e}"));
    assert!(finding.text.contains("1 condition cannot be expressed in .dic: left out"), "{}", finding.text);
    assert!(finding.text.ends_with(&format!("{losses}: 5 losses, line by line")), "{}", finding.text);
    assert!(fs::read_to_string(&losses).unwrap().contains("6,a BEFORE/2 b,condition,true"));
    let written = fs::read_to_string(&out).unwrap();
    assert_eq!(lexicon::parse(&out, written.as_bytes()).unwrap_or_else(|e| panic!("{e}")).entries.len(), 2);

    fs::write(&out, "mine").unwrap();
    let Err(Error::Refused(problems)) = inspect::convert(&file, &out, &how) else { panic!("the file is there") };
    let told: Vec<(&str, &str)> = problems.iter().map(|problem| (problem.kind, problem.place.file.as_str())).collect();
    assert_eq!(told, [("file-exists", out.as_str()), ("file-exists", losses.as_str())]);
    assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
    how.force = true;
    inspect::convert(&file, &out, &how).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(fs::read_to_string(&out).unwrap(), written);
    assert!(inspect::convert(&file, &folder.path("x.doc"), &how).is_err());

    let toml = folder.path("y.toml");
    let finding = inspect::convert(&file, &toml, &Conversion::default()).unwrap_or_else(|e| panic!("{e}"));
    assert!(finding.text.ends_with("y.toml: everything was carried over"), "{}", finding.text);
    let report = inspect::import_report(&out, &Options::default()).unwrap_or_else(|e| panic!("{e}"));
    assert!(report.starts_with("line,text,done\n"));
    assert_eq!(report.lines().filter(|line| line.ends_with("entry of `f`")).count(), 2, "{report}");
}

#[test]
fn the_normal_form_keeps_comments_and_moves_keys_into_one_order() {
    let text = "# about this file\n\n[lexicon]\nmatch=\"exact\"   # as printed\n# whose\nname = 'x'\n\n\n\n# the first\n# frame\n\
                [[frame]] # here\nterms = [ \"a\", \"b\", # beside b\n  # above c\n\n  { weight=2,term=\"c\" , note = \"n\"}\n  # the end\n]\n\
                misses=[]\nexcept = [\"d\"]\nname=\"f\"\n[[labels]]\nchoices = {x=[ \"a\",\"b\" ],  w = [\"c\"]}\nreferent=\"r\"\n# last words\n";
    let expected = "# about this file\n\n[lexicon]\n# whose\nname = 'x'\nmatch = \"exact\" # as printed\n\n# the first\n# frame\n\
                [[frame]] # here\nname = \"f\"\nterms = [\n  \"a\",\n  \"b\", # beside b\n  # above c\n\n  { term = \"c\", weight = 2, note = \"n\" },\n  # the end\n]\n\
                except = [\n  \"d\",\n]\nmisses = []\n\n[[labels]]\nreferent = \"r\"\nchoices = { x = [\"a\", \"b\"], w = [\"c\"] }\n\n# last words\n";
    let normal = inspect::formatted("x.toml", text).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(normal, expected);
    assert_eq!(inspect::formatted("x.toml", &normal).unwrap_or_else(|e| panic!("{e}")), normal);

    let folder = Folder::new("format");
    let file = folder.write("x.toml", text);
    let check = inspect::format(&file, true).unwrap_or_else(|e| panic!("{e}"));
    assert!(
        check.needs_decision && check.text.starts_with(&format!("{file}:4: not in the standard layout")),
        "{}",
        check.text
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), text, "a check changes nothing");
    assert!(!inspect::format(&file, false).unwrap_or_else(|e| panic!("{e}")).needs_decision);
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
    assert!(!inspect::format(&file, true).unwrap_or_else(|e| panic!("{e}")).needs_decision);
    let broken = folder.write("y.toml", "[[frame]\nname");
    assert!(inspect::format(&broken, false).is_err());
}

/// Frames, entries, targets and labels without their lines.
fn bare(file: &str, text: &str) -> Lexicon {
    let mut lexicon = lexicon::parse(file, text.as_bytes()).unwrap_or_else(|e| panic!("{e}\n{text}"));
    lexicon.entries.iter_mut().for_each(|entry| (entry.line, entry.column) = (0, 0));
    for frame in &mut lexicon.frames {
        frame.line = 0;
        frame.hits.iter_mut().chain(&mut frame.misses).for_each(|test| test.1 = 0);
    }
    lexicon.targets.iter_mut().for_each(|target| target.line = 0);
    lexicon.labels.iter_mut().for_each(|set| set.line = 0);
    Lexicon { digest: String::new(), report: lexicon::ImportReport::default(), problems: Vec::new(), ..lexicon }
}

#[test]
fn the_shipped_lexicons_check_clean_and_have_a_normal_form() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons"));
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    assert_eq!(files.len(), 7, "every shipped lexicon is here");
    for file in files {
        let name = file.to_string_lossy().into_owned();
        let finding = inspect::check_lexicons(std::slice::from_ref(&name)).unwrap_or_else(|e| panic!("{e}"));
        assert!(!finding.needs_decision, "{}", finding.text);
        let text = fs::read_to_string(&file).unwrap();
        let normal = inspect::formatted(&name, &text).unwrap_or_else(|e| panic!("{e}"));
        assert!(bare(&name, &text) == bare(&name, &normal), "{name} reads the same");
        assert_eq!(inspect::formatted(&name, &normal).unwrap_or_else(|e| panic!("{e}")), normal, "{name}");
        let comments = |text: &str| text.matches("# ").count();
        assert_eq!(comments(&normal), comments(&text), "{name} keeps its comments");
    }
}

/// White space and comments as people leave them.
fn gap() -> impl Strategy<Value = String> {
    let piece =
        proptest::sample::select(&["", " ", "\n", "\n\n", "  ", " # a comment\n", "\n# é, [x] \"y\"\n", "\t"][..]);
    proptest::collection::vec(piece, 0..3).prop_map(|pieces| pieces.concat())
}

fn member() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}".prop_map(|word| format!("\"{word}\"")),
        "[a-z]{1,6}".prop_map(|word| format!("'{word}'")),
        ("[a-z]{1,6}", 1..9u8).prop_map(|(word, weight)| format!("{{weight={weight},  term = \"{word} {weight}\"}}")),
    ]
}

fn list() -> impl Strategy<Value = String> {
    proptest::collection::vec((gap(), member(), gap()), 1..6).prop_map(|mut members| {
        members.sort_by(|a, b| a.1.cmp(&b.1));
        members.dedup_by(|a, b| a.1.trim_matches(['"', '\'']) == b.1.trim_matches(['"', '\'']));
        let members: Vec<String> =
            members.into_iter().map(|(before, member, after)| format!("{before}{member}{after}")).collect();
        format!("[{}]", members.join(","))
    })
}

fn file() -> impl Strategy<Value = String> {
    let line = proptest::sample::select(&["", "\n", "# above\n", "\n\n# one\n\n# two\n"][..]);
    let end = proptest::sample::select(&["\n", " # beside\n", "\r\n", "   \n\n"][..]);
    let key = (line.clone(), end.clone()).prop_map(|(above, end)| (above.to_string(), end.to_string()));
    let frame = (list(), list(), proptest::collection::vec(key, 4), proptest::bool::ANY);
    (proptest::collection::vec(frame, 1..4), line, end).prop_map(|(frames, line, end)| {
        let mut text = format!("{line}[lexicon]{end}language='en'\nname= \"x\"{end}");
        for (i, (terms, misses, keys, swap)) in frames.into_iter().enumerate() {
            let misses = misses.replace(['{', '}'], "").replace("weight=", "").replace(",  term = ", ",");
            let misses: String = misses.split('#').next().unwrap_or_default().matches('"').map(|_| "").collect();
            let mut lines =
                vec![format!("name='f{i}'"), format!("terms={terms}"), "misses = [\"\\u00e9\"]".to_string()];
            if swap {
                lines.reverse();
            }
            text.push_str(&format!("{}[[frame]]{}{misses}", keys[0].0, keys[0].1));
            for (line, (above, end)) in lines.into_iter().zip(&keys[1..]) {
                text.push_str(&format!("{above}{line}{end}"));
            }
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(20_220_105), ..ProptestConfig::default() })]

    #[test]
    fn formatting_changes_no_meaning_and_once_is_enough(text in file()) {
        prop_assume!(lexicon::parse("x.toml", text.as_bytes()).is_ok());
        let normal = inspect::formatted("x.toml", &text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        prop_assert!(bare("x.toml", &text) == bare("x.toml", &normal), "{}\n----\n{}", text, normal);
        prop_assert_eq!(text.matches('#').count(), normal.matches('#').count(), "{}\n----\n{}", text, normal);
        let again = inspect::formatted("x.toml", &normal).unwrap_or_else(|e| panic!("{e}\n{normal}"));
        prop_assert_eq!(again, normal);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_permissions_and_a_link_stays() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new("replaced");
    let file = folder.write("l.toml", "[[frame]]\nname='f'\nterms=['war','truce']\n");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    inspect::format(&file, false).unwrap_or_else(|e| panic!("{e}"));
    assert!(fs::read_to_string(&file).unwrap().contains("[[frame]]\nname = "), "it was written");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let (target, link) = (folder.write("t.csv", "old"), folder.path("link.csv"));
    symlink("t.csv", &link).unwrap();
    let how = Conversion { force: true, ..Conversion::default() };
    inspect::convert(&file, &link, &how).unwrap_or_else(|e| panic!("{e}"));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&target).unwrap().starts_with("frame,term"));
}
