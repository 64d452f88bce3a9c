//! The project's own form: what it says, and every problem at once with its place.

use super::{entries, read, refused, words};
use framescope::lexicon::{Class, Direction, Function, Kind, MatchMode, Operand, Overlap, Pattern, Scope, write};

const FULL: &str = r##"
[lexicon]
name = "kazakhstan-january-2022"
version = "1.0.0"
language = "en"
licence = "CC0-1.0"
source = "written for a test"
match = "stem"
overlap = "lexicon"

[[frame]]
name = "security/terrorism"
label = "Terror"
function = "problem"
definition = "Presents the events as an attack."
notes = "from the coding book"
terms = [
  "terrorists", "coup d’État", "putsch*", "=seized",
  { term = "junta", weight = -1.5, match = "exact", note = "n", source = "s", precision = "18/20", added = "2026-11-20" },
]
except = ["coup de grâce"]
hits = ["They called it a coup."]
misses = ["A coup for the museum."]

[[target]]
name = "tokayev"
terms = ["Tokayev", "Tokaev"]

[[labels]]
referent = "people in the squares"
choices = { rioters = ["rioters"], protesters = ["protesters", "demonstrators"] }
"##;

#[test]
fn every_key_of_the_design_is_read() {
    let lexicon = read("x/full.toml", FULL);
    assert_eq!(lexicon.name, "kazakhstan-january-2022");
    assert_eq!((lexicon.version.as_str(), lexicon.licence.as_str()), ("1.0.0", "CC0-1.0"));
    assert_eq!(lexicon.language.map(|l| l.to_string()).as_deref(), Some("en"));
    assert_eq!((lexicon.kind, lexicon.mode, lexicon.overlap), (Kind::Frames, MatchMode::Stem, Overlap::Lexicon));
    let frame = &lexicon.frames[0];
    assert_eq!((frame.name.as_str(), frame.label.as_str()), ("security/terrorism", "Terror"));
    assert_eq!(frame.function, Some(Function::Problem));
    assert_eq!(frame.hits, [("They called it a coup.".to_string(), 22)]);
    assert_eq!(frame.misses, [("A coup for the museum.".to_string(), 23)]);
    let junta = &lexicon.entries[4];
    assert_eq!((junta.weight, junta.mode, junta.precision), (-1500, MatchMode::Exact, Some((18, 20))));
    assert_eq!((junta.note.as_str(), junta.source.as_str(), junta.added.as_str()), ("n", "s", "2026-11-20"));
    assert_eq!((junta.line, junta.column), (19, 12));
    assert!(lexicon.entries[5].except && !junta.except);
    assert_eq!(lexicon.targets[0].patterns.len(), 2);
    let labels: Vec<&str> = lexicon.labels[0].choices.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["rioters", "protesters"], "in the order of the file");
    assert_eq!(lexicon.digest.len(), 64);
}

#[test]
fn words_are_cut_and_folded_as_in_articles() {
    let cut = |term: &str| {
        let text = format!("[lexicon]\nlanguage = \"en\"\n[[frame]]\nname = \"f\"\nterms = ['''{term}''']\n");
        words(&read("x.toml", &text).entries[0].pattern)
    };
    for (term, expected) in [
        ("Coup", "coup"),
        ("coup d’État", "coup·d'état"),
        ("co-operat*", "co·operat*"),
        ("multi-vector*", "multi·vector*"),
        ("self-*", "self·*"),
        ("not * good", "not·*·good"),
        ("Nazarbayev's", "nazarbayev"),
        ("can't", "can't"),
        ("U.S.", "u.s"),
        ("*.com", "*.com"),
        ("20*", "20*"),
        ("wom?n", "wom?n"),
        ("heckl**", "heckl*"),
        ("テロ*", "テロ*"),
        ("暴動*", "暴·動*"),
        (r"f\*\*k", "f·k"),
        ("e\u{301}lan", "élan"),
    ] {
        assert_eq!(cut(term), expected, "{term}");
    }
}

#[test]
fn modes_belong_to_words() {
    let text = "[[frame]]\nname = \"f\"\nterms = [\"=terrorists in kind*\", { term = \"Xi\", match = \"case\" }, { term = \"Xi*\", match = \"case\" }]\n";
    let lexicon = read("x.toml", text);
    let modes = |i: usize| match &lexicon.entries[i].pattern {
        Pattern::Words(words) => words.iter().map(|w| (w.text.clone(), w.mode)).collect::<Vec<_>>(),
        Pattern::Near { .. } => Vec::new(),
    };
    let word = |text: &str, mode| (text.to_string(), mode);
    assert_eq!(
        modes(0),
        [word("terrorists", MatchMode::Exact), word("in", MatchMode::Stem), word("kind*", MatchMode::Exact)]
    );
    assert_eq!(modes(1), [word("Xi", MatchMode::Case)]);
    assert_eq!(modes(2), [word("xi*", MatchMode::Exact)], "a wildcard works on the folded form");
}

#[test]
fn proximity_has_directions_distances_and_scopes() {
    let text = r##"
[[frame]]
name = "f"
terms = ["seize* BEFORE/3 power", "a b NOT AFTER/2/P #security", "a NEAR/D (#f | to be)", "LONG BEFORE THE WAR"]
[[frame]]
name = "security/terrorism"
terms = ["x"]
"##;
    let lexicon = read("x.toml", text);
    let near = |i: usize| match lexicon.entries[i].pattern.clone() {
        Pattern::Near { direction, negated, distance, scope, right, .. } => {
            (direction, negated, distance, scope, right)
        }
        Pattern::Words(words) => panic!("{words:?}"),
    };
    let (direction, negated, distance, scope, _) = near(0);
    assert_eq!((direction, negated, distance, scope), (Direction::Before, false, Some(3), Scope::Sentence));
    let (direction, negated, distance, scope, right) = near(1);
    assert_eq!((direction, negated, distance, scope), (Direction::After, true, Some(2), Scope::Paragraph));
    assert_eq!(right, Operand::Frame("security".to_string()), "a parent that only its children spell out");
    let (_, _, distance, scope, right) = near(2);
    assert_eq!((distance, scope), (None, Scope::Article));
    assert!(matches!(right, Operand::Any(parts) if parts.len() == 2));
    assert_eq!(words(&lexicon.entries[3].pattern), "long·before·the·war", "capitals alone are no operator");
}

#[test]
fn every_problem_is_told_at_once_with_its_place() {
    let text = "[lexicon]\nlangage = \"en\"\nmatch = \"exakt\"\n\n[[frame]]\nname = \"coup\"\nfunction = \"problme\"\nterms = [\n  \"coup\",\n  \"coup\", \"***\", \"--\", { term = \"x\", weight = \"2\" },\n  { term = \"y\", wieght = 2 }, { term = \"z\", weight = 2.0005 }, { weight = 1 }, 5,\n  \"a near/5 b\", \"BEFORE/3 x\", \"#cop NEAR/3 a\", \"a NEAR/0 b\", \"a near/000 b\", { term = \"p\", precision = \"3/2\" },\n]\n\n[[frame]]\nlabel = \"x\"\n\n[[frame]]\nname = \"empty\"\n\n[[frame]]\nname = \"coup\"\nterms = [\"a\"]\n\n[[frame]]\nname = \"a//b\"\nterms = [\"a\"]\n";
    let told = refused("l.toml", text);
    for expected in [
        "l.toml:2:1: unknown key `langage` in [lexicon]\n  hint: did you mean `language`?",
        "l.toml:3:9: match = \"exakt\"; expected stem, exact, case\n  hint: did you mean `exact`?",
        "l.toml:7:12: function = \"problme\"; expected problem, cause, moral, remedy\n  hint: did you mean `problem`?",
        "l.toml:10:3: `coup` is in frame `coup` twice, first in line 9\n  hint: delete line 9 or line 10",
        "l.toml:10:11: `***` would match every word",
        "l.toml:10:18: `--` has no letter or digit",
        "l.toml:10:47: `weight` is the text \"2\"; expected a number",
        "l.toml:11:17: unknown key `wieght` in a term\n  hint: did you mean `weight`?",
        "l.toml:11:54: weight = 2.0005; expected a number of at most three decimals",
        "l.toml:11:64: a term table without `term`",
        "l.toml:11:80: `terms` is the number 5; expected a text",
        "l.toml:12:3: `near/5`\n  hint: write `NEAR/5`",
        "l.toml:12:17: an operand is missing in `BEFORE/3 x`",
        "l.toml:12:31: no frame `cop`\n  hint: did you mean `#coup`?",
        "l.toml:12:48: `NEAR/0`",
        "l.toml:12:62: `near/000`\n  hint: write a number of words from 1, then /S, /P or /D: `NEAR/3/P`",
        "l.toml:12:104: precision = \"3/2\"; expected right/checked",
        "l.toml:15:1: [[frame]] without `name`",
        "l.toml:18:1: frame `empty` has no term",
        "l.toml:22:8: frame `coup` is given twice, first in line 5",
        "l.toml:26:8: name = \"a//b\"; expected names joined by `/`",
    ] {
        assert!(told.contains(expected), "{expected}\n--- missing in\n{told}");
    }
    assert_eq!(told.matches("error: ").count(), 21, "{told}");
}

#[test]
fn syntax_errors_do_not_hide_each_other() {
    let told =
        refused("l.toml", "[[frame]]\nname = = \"a\"\nterms = [\"x\"\n[lexicon]\nname \"b\"\nlangauge = \"en\"\n");
    assert!(told.contains("l.toml:2:8:") && told.contains("l.toml:5:6:"), "{told}");
}

#[test]
fn a_syntax_error_at_the_end_names_the_last_line() {
    let told = refused("l.toml", "[[frame]]\nname = \"a\"\nterms = [\"x\"");
    assert!(told.contains("l.toml:3:"), "{told}");
}

#[test]
fn the_same_word_in_two_cases_is_told_but_not_refused() {
    let lexicon =
        read("l.toml", "[[frame]]\nname = \"f\"\nterms = [\"Coup\", \"coup\", { term = \"COUP\", weight = 2 }]\n");
    assert_eq!(lexicon.entries.len(), 3);
    let told: Vec<String> = lexicon.problems.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|p| p.contains("matches the same words")), "{told:?}");
    assert!(
        told.iter()
            .any(|p| p.contains("l.toml:3:35: `COUP` and `Coup` of line 3 match the same words with two weights")),
        "{told:?}"
    );
}

#[test]
fn an_empty_file_and_a_file_of_comments_say_what_a_frame_is() {
    for text in ["", "\n\n", "# nothing\n", "[lexicon]\nname = \"x\"\n"] {
        let told = refused("l.toml", text);
        assert!(told.contains("no term") && told.contains("[[frame]]"), "{told}");
    }
}

#[test]
fn a_parent_without_terms_is_no_empty_frame() {
    let text = "[[frame]]\nname = \"a\"\nlabel = \"A\"\n[[frame]]\nname = \"a/b\"\nterms = [\"x\"]\n";
    assert_eq!(read("l.toml", text).frames.len(), 2);
}

#[test]
fn the_spreadsheet_form_reads_the_same() {
    let csv = "frame,term,weight,match,note,who\ncoup,coup,,,,\ncoup,putsch*,-1.5,exact,\"a, \"\"b\"\"\",me\nsecurity/terror,terrorists,2,,,\n";
    let lexicon = read("l.csv", csv);
    assert_eq!(entries(&lexicon), ["coup: coup", "coup: putsch*", "security/terror: terrorists"]);
    let putsch = &lexicon.entries[1];
    assert_eq!((putsch.weight, putsch.mode, putsch.note.as_str()), (-1500, MatchMode::Exact, "a, \"b\"; who: me"));
    assert_eq!((putsch.line, putsch.column), (3, 6));
    assert_eq!(lexicon.mode, MatchMode::Stem);
}

#[test]
fn problems_of_the_spreadsheet_form_have_line_and_column() {
    let told = refused(
        "l.csv",
        "frame,term,weight,match\ncoup,coup,1,stem\ncoup,coup,1,stem\n,x,,\ncoup,,2,\ncoup,y,abc,\ncoup,z,1,exat\n",
    );
    for expected in [
        "l.csv:3:6: `coup` is in frame `coup` twice, first in line 2",
        "l.csv:4:1: a row without a frame name",
        "l.csv:5:6: a row without a term",
        "l.csv:6:8: weight `abc`; expected a number",
        "l.csv:7:10: match `exat`; expected stem, exact, case\n  hint: did you mean `exact`?",
    ] {
        assert!(told.contains(expected), "{expected}\n--- missing in\n{told}");
    }
}

#[test]
fn a_class_of_evaluation_is_read_written_and_declared_lost_elsewhere() {
    let text = "[lexicon]\nname = \"s\"\nkind = \"sentiment\"\n[[frame]]\nname = \"negative\"\n\
        terms = [{ term = \"war\", weight = -2.0, class = \"event\" }, { term = \"vile\", weight = -1.0 }]\n";
    let lexicon = read("s.toml", text);
    assert_eq!(lexicon.entries.iter().map(|entry| entry.class).collect::<Vec<_>>(), [Class::Event, Class::Judgement]);
    let toml = write::write(&lexicon, write::Form::Toml).text;
    assert!(
        toml.contains("{ term = \"war\", weight = -2, class = \"event\"") || toml.contains("class = \"event\""),
        "{toml}"
    );
    assert_eq!(read("s.toml", &toml).entries[0].class, Class::Event);
    // a lexicon without classes is the same version as before there were any
    assert_ne!(read("s.toml", &text.replace(", class = \"event\"", "")).digest, lexicon.digest);
    for form in [write::Form::Csv, write::Form::Dicx, write::Form::Cat] {
        let lost = write::write(&lexicon, form).losses;
        assert!(lost.iter().any(|loss| loss.what == "class" && loss.text == "war"), "{form:?}");
    }
    assert!(refused("s.toml", &text.replace("\"event\"", "\"events\"")).contains("event"));
    let of_frames = refused("s.toml", &text.replace("kind = \"sentiment\"\n", ""));
    assert!(of_frames.contains("an entry with a `class`"), "{of_frames}");
}
