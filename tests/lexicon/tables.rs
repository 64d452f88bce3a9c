//! Tables and scored lists: their shapes are found, and their odd rows are kept or told.

use super::{entries, read, read_lenient, refused, words};
use framescope::lexicon::{Format, Kind};

fn weights(lexicon: &framescope::lexicon::Lexicon) -> Vec<i32> {
    lexicon.entries.iter().map(|entry| entry.weight).collect()
}

#[test]
fn long_tables_with_and_without_header() {
    let lexicon =
        read("x.csv", "word,sentiment,added_by,note\ngood,positive,me,n\nbad*,negative,,\nawful,negative,,\n");
    assert_eq!(
        (lexicon.format, entries(&lexicon)),
        (Format::Long, vec!["positive: good".into(), "negative: bad*".into(), "negative: awful".into()])
    );
    assert_eq!(lexicon.entries[0].note, "added_by: me; n");
    let rows: String = ["a", "b", "c", "d", "e", "f"].map(|word| format!("{word}x;pos\n{word}y;neg\n")).concat();
    let lexicon = read("x.csv", &rows);
    assert_eq!((lexicon.format, lexicon.frames.len(), lexicon.entries.len()), (Format::Long, 2, 12));
    let lexicon = read("x.tsv", "term\tcategory\tweight\ngood\tpos\t1.5\nbad\tneg\t-2,5\n");
    assert_eq!(weights(&lexicon), [1500, -2500]);
    assert!(refused("x.csv", "word,sentiment\ngood,\n").contains("x.csv:2:1: `good` has no category"));
}

#[test]
fn wide_tables_have_marks_or_weights() {
    let text = "Entry,A,\"B, b\",note\ncandlestick*,X,,first\n\"a, b\",1,x,\ncandlestick*,0,2.5,\nnone,,,\n";
    let lexicon = read("x.dicx", text);
    assert_eq!(lexicon.format, Format::Wide);
    assert_eq!(entries(&lexicon), ["A: candlestick*", "A: a, b", "B, b: a, b", "B, b: candlestick*"]);
    assert_eq!(weights(&lexicon), [1000, 1000, 1000, 2500]);
    assert_eq!(lexicon.entries[0].note, "first");
    assert_eq!(lexicon.report.skipped, 1);
    assert!(lexicon.problems.iter().any(|p| p.kind == "entry-no-category"));
    let told = refused("x.dicx", "DicTerm,A\nx,X\ny,perhaps\nz,X,X\n,X\n");
    for expected in [
        "x.dicx:3:3: `perhaps` beside `y`",
        "x.dicx:4:5: `X` is in a column without a name",
        "x.dicx:5:1: row 5 has no term",
    ] {
        assert!(told.contains(expected), "{expected} missing in\n{told}");
    }
}

#[test]
fn ragged_tables_have_a_category_a_column() {
    let lexicon = read("x.csv", "war,peace\nsoldier*,treaty\nbomb,\n,\"cease fire\"\n");
    assert_eq!(lexicon.format, Format::Ragged);
    assert_eq!(entries(&lexicon), ["war: soldier*", "peace: treaty", "war: bomb", "peace: cease fire"]);
    assert!(lexicon.problems.iter().any(|p| p.kind == "table-shape"), "the guess is told");
}

#[test]
fn scores_with_and_without_header() {
    let lexicon = read(
        "labmt.txt",
        "word\thappiness_rank\thappiness_average\thappiness_standard_deviation\nlaughter\t1\t8.50\t0.9313\nof\t2\t4.94\t0.6\n",
    );
    assert_eq!((lexicon.format, weights(&lexicon)), (Format::Scores, vec![8500, 4940]));
    assert_eq!((lexicon.entries[0].sd, lexicon.entries[0].note.as_str()), (Some(931), "happiness_rank: 1"));
    let lexicon = read("s.tsv", "a b\t0.5\t0.1\nc\t-0.25\t0.2\n");
    assert_eq!((weights(&lexicon), lexicon.entries[1].sd), (vec![500, -250], Some(200)));
    let lexicon = read("t.csv", "word,value\ngood,3\nbad,-2.0004\n");
    assert_eq!((lexicon.kind, weights(&lexicon)), (Kind::Sentiment, vec![3000, -2000]));
    assert!(lexicon.problems.iter().any(|p| p.kind == "weight-rounded"));
    assert!(
        refused("a.txt", "good\t3\nbad\tx\nugly\t-2\nfair\t1\nfine\t2\nnice\t2\nsad\t-1\nso\t0\nto\t0\n")
            .contains("a.txt:2:5: `x` beside `bad`")
    );
}

#[test]
fn nrc_emotions_use_their_ones_and_dimensions_their_numbers() {
    let text = "\naback\tanger\t0\naback\tjoy\t1\nabandon\tanger\t1\nabandon\tjoy\t0\n";
    let lexicon = read("nrc.txt", text);
    assert_eq!((lexicon.format, lexicon.kind), (Format::NrcEmotion, Kind::Frames));
    assert_eq!(entries(&lexicon), ["joy: aback", "anger: abandon"]);
    assert!(lexicon.report.rows.iter().any(|row| row.done.starts_with("2 lines of 0")));
    let lexicon = read("vad.txt", "Word\tValence\tArousal\tDominance\naaaah\t0.479\t0.606\t0.291\nzero\t0\t-0.5\t1\n");
    assert_eq!(lexicon.format, Format::NrcVad);
    assert_eq!(entries(&lexicon)[..3], ["valence: aaaah", "arousal: aaaah", "dominance: aaaah"]);
    assert_eq!(weights(&lexicon), [479, 606, 291, 0, -500, 1000], "a zero is a measured zero");
}

#[test]
fn sentiws_inflections_have_the_weight_of_their_lemma() {
    let text = "Abbau|NN\t-0.058\tAbbaus,Abbaues,Abbauen\nabbrechen|VVINF\t-0.3483\nwinzig|ADJX\t-0.0004\t\n";
    let lexicon = read("SentiWS_v2.0_Negative.txt", text);
    assert_eq!(lexicon.format, Format::SentiWs);
    assert_eq!(weights(&lexicon), [-58, -58, -58, -58, -348, 0]);
    assert_eq!((lexicon.entries[1].text.as_str(), lexicon.entries[1].note.as_str()), ("Abbaus", "NN form of Abbau"));
    let kinds: Vec<&str> = lexicon.problems.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, ["weight-rounded", "weight-lost"]);
}

#[test]
fn hu_liu_lists_have_a_sign_and_literal_stars() {
    let text = ";;;;\n; Opinion Lexicon: Negative\n;\n\n2-faced\nf**k\na+\n";
    let lexicon = read("x.txt", text);
    assert_eq!(lexicon.format, Format::HuLiu);
    assert_eq!(entries(&lexicon), ["negative: 2-faced", "negative: f\\*\\*k", "negative: a+"]);
    assert_eq!(weights(&lexicon), [-1000; 3]);
    assert_eq!(words(&lexicon.entries[1].pattern), "f·k");
    assert!(lexicon.entries[2].unmatchable, "`a+` must not match every a");
    assert_eq!(lexicon.report.rows.iter().filter(|row| row.done == "comment").count(), 3);
}

#[test]
fn general_inquirer_senses_are_merged_and_told() {
    let text = "Entry,Source,Positiv,Negativ,Othtags,Defined\nABOUT#1,H4Lvd,Positiv,,PREP,| 70%\nABOUT#2,H4Lvd,Positiv,Negativ,,\nABLE,H4,,,,\n";
    let lexicon = read("inquirer.csv", text);
    assert_eq!(lexicon.format, Format::Inquirer);
    assert_eq!(entries(&lexicon), ["Positiv: ABOUT", "Negativ: ABOUT"]);
    assert_eq!(
        (lexicon.entries[0].source.as_str(), lexicon.entries[0].note.as_str()),
        ("H4Lvd", "othtags: PREP; defined: | 70%")
    );
    assert!(lexicon.problems.iter().any(|p| p.kind == "sense-merged" && p.found.starts_with("2 numbered senses")));
    assert_eq!(lexicon.report.skipped, 1, "ABLE is in no category");
}

#[test]
fn the_form_is_found_by_content_whatever_the_file_is_called() {
    for (text, format) in [
        ("%\n1\ta\n%\nx\t1\n", Format::Liwc),
        ("A\n\tX (1)\n", Format::WordStat),
        (
            "<dictionary style=\"Lexicoder\" name=\"d\"><cnode name=\"a\"><pnode name=\"x\"/></cnode></dictionary>",
            Format::Lexicoder2,
        ),
        ("+a\nx\n", Format::Lexicoder3),
        ("a: [x]\n", Format::Yaml),
        ("[[frame]]\nname = \"a\"\nterms = [\"x\"]\n", Format::Toml),
        ("frame,term\na,x\n", Format::Csv),
        ("$:\t-1.5\t0.8\t[-1, -2]\nx\t1\t0.5\t[1, 1]\n", Format::Vader),
        ("%)\t-0.4\t1.0\t[-1, 0]\nx\t1\t0.5\t[1, 1]\n", Format::Vader),
        ("one\ntwo\nthree words here\n", Format::HuLiu),
    ] {
        assert_eq!(read("lexicon.bin", text).format, format, "{text}");
    }
    let told = refused("lexicon.bin", "int main() { return 0; }");
    assert!(told.contains("no form of lexicon that is known"), "{told}");
}

#[test]
fn the_report_is_a_sentence_and_a_table() {
    let lexicon = read_lenient("x.dicx", "DicTerm,A\nx,X\n,X\n\"y, z\",X\n");
    assert_eq!(lexicon.report.sentence(), "read 4 lines: 2 entries in 1 frame, 1 skipped");
    let csv = lexicon.report.to_csv();
    assert!(csv.starts_with("line,text,done\n1,A,frame `A`\n2,x,entry of `A`\n"), "{csv}");
    assert!(csv.contains("3,\",X\",skipped: row 3 has no term\n4,\"y, z\",entry of `A`; it is one phrase"), "{csv}");
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_an_error_with_its_place() {
    let told = refused("x.csv", "frame,term\na,x\na,\"y\na,z\n");
    assert!(told.contains("x.csv:3:3: a quotation mark is not closed"), "{told}");
}
