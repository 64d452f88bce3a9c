//! Rows that are no articles: pieces of transcripts, paragraphs, totals; and rows that only look like them.

use super::Folder;
use framescope::read::Options;

const SAID: &str = "Good evening. Here is the news. The gunmen took the port at night. More follows.";

#[test]
fn rows_of_a_transcript_are_one_text_whatever_wrote_it() {
    let folder = Folder::new("pieces-transcripts");
    let words = ["Good evening. Here is the news.", "The gunmen took the port", "at night.", "More follows."];
    let rows = |row: &dyn Fn(usize) -> String| -> String { (0..4).map(|i| format!("{}\n", row(i))).collect() };
    folder
        .put(
            "whisper.csv",
            format!("id,start,end,text\n{}", rows(&|i| format!("{i},{}.0,{}.5, {}", i * 4, i * 4 + 3, words[i]))),
        )
        .put(
            "plain.csv",
            format!("start,end,text\n{}", rows(&|i| format!("{},{},\"{}\"", i * 4000, i * 4000 + 3900, words[i]))),
        )
        .put(
            "ms.tsv",
            format!("start\tend\ttext\n{}", rows(&|i| format!("{}\t{}\t{}", i * 4000, i * 4000 + 3900, words[i]))),
        )
        .put(
            "subtitles.csv",
            format!(
                "Number,Start time,End time,Text\n{}",
                rows(&|i| format!("{},\"00:00:0{},000\",\"00:00:0{},900\",{}", i + 1, i * 2, i * 2 + 1, words[i]))
            ),
        )
        .put("labels.txt", rows(&|i| format!("{}.000000\t{}.500000\t{}", i * 4, i * 4 + 3, words[i])))
        .put(
            "lines.jsonl",
            rows(&|i| format!("{{\"start\": {}.0, \"end\": {}.5, \"text\": \"{}\"}}", i * 4, i * 4 + 3, words[i])),
        )
        .put("length.csv", format!("start,duration,text\n{}", rows(&|i| format!("{}.0,3.5,{}", i * 4, words[i]))));
    for name in ["whisper.csv", "plain.csv", "ms.tsv", "subtitles.csv", "labels.txt", "lines.jsonl", "length.csv"] {
        let read = folder.read(name);
        assert_eq!(read.texts(), [SAID], "{name}: {:#?}", read.problems);
        assert_eq!(read.articles[0].id, name.split('.').next().unwrap(), "{name}");
    }
    // who says which column is the text reads rows
    let told = Options { text: Some("text".to_string()), ..Options::default() };
    assert_eq!(folder.read_with("plain.csv", &told).articles.len(), 4);
}

#[test]
fn pieces_of_several_recordings_are_one_text_for_each() {
    let folder = Folder::new("pieces-recordings");
    let table = "video_id,title,date,start,end,speaker,text\n\
                 v1,Evening news,2022-01-05,0.0,2.0,Ann,Good evening.\nv1,Evening news,2022-01-05,2.0,4.0,Ann,A coup.\n\
                 v1,Evening news,2022-01-05,4.0,6.0,Bob,All calm.\n\
                 v2,Late news,2022-01-06,0.0,2.0,Ann,Good night.\nv2,Late news,2022-01-06,2.0,4.0,Ann,Ships left.\n";
    let read_as = folder.put("t.csv", table).read("t.csv");
    assert_eq!(read_as.dates(), ["2022-01-05", "2022-01-06"]);
    let titles: Vec<&str> = read_as.articles.iter().map(|article| article.title.as_str()).collect();
    assert_eq!(titles, ["Evening news", "Late news"]);
    assert!(read_as.texts()[0].ends_with("Ann: Good evening. A coup.\n\nBob: All calm."), "{:?}", read_as.texts());
    assert!(read_as.texts()[1].ends_with("Ann: Good night. Ships left."), "{:?}", read_as.texts());
}

/// What a file says of two recordings, in the four forms that programs write.
#[test]
fn pieces_in_json_are_joined_as_those_of_a_table() {
    let folder = Folder::new("pieces-json");
    let rows = [
        ("a", "0.0", "1.5", "Gunmen came."),
        ("a", "1.5", "3.0", "They left."),
        ("b", "0.0", "2.0", "A coup."),
        ("b", "2.0", "4.0", "All calm."),
    ];
    let object = |(video, start, end, text): &(&str, &str, &str, &str)| {
        format!(
            "{{\"video_id\": \"{video}\", \"country\": \"{video}{video}\", \"start\": {start}, \"end\": {end}, \"text\": \"{text}\"}}"
        )
    };
    let objects: Vec<String> = rows.iter().map(object).collect();
    let csv =
        |(video, start, end, text): &(&str, &str, &str, &str)| format!("{video},{video}{video},{start},{end},{text}\n");
    let piece = |row: &(&str, &str, &str, &str)| {
        format!("{{\"start\": {}, \"end\": {}, \"text\": \"{}\"}}", row.1, row.2, row.3)
    };
    let nested = |range: std::ops::Range<usize>, video: &str| {
        let list: Vec<String> = rows[range].iter().map(piece).collect();
        format!("{{\"video_id\": \"{video}\", \"country\": \"{video}{video}\", \"segments\": [{}]}}", list.join(", "))
    };
    let nested = [nested(0..2, "a"), nested(2..4, "b")];
    folder
        .put("t.csv", format!("video_id,country,start,end,text\n{}", rows.iter().map(csv).collect::<String>()))
        .put("t.jsonl", objects.join("\n"))
        .put("t.json", format!("[{}]", objects.join(",\n")))
        .put("inside.json", format!("{{\"results\": [{}]}}", objects.join(",\n")))
        .put("nested.json", format!("[{}]", nested.join(",\n")))
        .put("nested.jsonl", nested.join("\n"))
        .put("deep.json", format!("{{\"videos\": [{}]}}", nested.join(",\n")))
        .put("interleaved.jsonl", [0, 2, 1, 3].map(|i| objects[i].clone()).join("\n"));
    let names =
        ["t.csv", "t.jsonl", "t.json", "inside.json", "nested.json", "nested.jsonl", "deep.json", "interleaved.jsonl"];
    for name in names {
        let read = folder.read(name);
        assert_eq!(read.texts(), ["Gunmen came. They left.", "A coup. All calm."], "{name}: {:#?}", read.problems);
        let others: Vec<_> = read.articles.iter().map(|article| article.other.clone()).collect();
        assert!(
            others[1].contains(&Some("b".to_string())) && others[1].contains(&Some("bb".to_string())),
            "{name}: {others:?}"
        );
        assert!(read.problem("rows-joined").found.contains("joined to 2 texts"), "{name}");
    }
    let told = Options { text: Some("text".to_string()), ..Options::default() };
    assert_eq!(folder.read_with("t.jsonl", &told).articles.len(), 4);
    // a document whose head ends inside its first recording
    let many: Vec<String> =
        (0..3000).map(|i| format!("{{\"start\": {i}.0, \"end\": {i}.5, \"text\": \"word{i}\"}}")).collect();
    let list = many.join(", ");
    folder.put(
        "long.json",
        format!("[{{\"video_id\": \"a\", \"segments\": [{list}]}}, {{\"video_id\": \"b\", \"segments\": [{list}]}}]"),
    );
    let read = folder.read("long.json");
    assert_eq!(read.articles.len(), 2, "{:#?}", read.problems);
    assert!(read.texts().iter().all(|text| text.split(' ').count() == 3000));
}

#[test]
fn no_piece_is_lost_in_silence() {
    let folder = Folder::new("pieces-lost");
    let line =
        |start: &str, end: &str, text: &str| format!("{{\"start\": {start}, \"end\": {end}, \"text\": \"{text}\"}}\n");
    let lines = [
        line("0", "1", "Gunmen came."),
        line("1", "null", "They left."),
        "{\"start\": 2.5, \"text\": \"A coup.\"}\n".to_string(),
        line("3", "4", "All calm."),
    ]
    .concat();
    folder.put("open.jsonl", &lines).put("cut.jsonl", format!("{lines}{{\"start\": 5, \"end\": 6, \"text\": \"It was"));
    for name in ["open.jsonl", "cut.jsonl"] {
        let read = folder.read(name);
        assert_eq!(read.texts(), ["Gunmen came. They left. A coup. All calm."], "{name}: {:#?}", read.problems);
        assert_eq!(read.has("row-json"), name == "cut.jsonl");
    }
    assert_eq!(folder.read("cut.jsonl").problem("row-json").place.line, Some(5));
    folder.put("cut.json", format!("[{}, {{\"start\": 5, \"te", lines.trim().replace("}\n", "},\n")));
    let read = folder.read("cut.json");
    assert_eq!(read.texts(), ["Gunmen came. They left. A coup. All calm."], "{:#?}", read.problems);
    assert!(read.has("row-json"));
    // a comma too many parts a text: such a row is none in any table
    folder.put("comma.csv", "start,end,text\n0,1,Gunmen came, they say.\n1,2,They left.\n2,3,All calm.\n");
    let read = folder.read("comma.csv");
    assert_eq!((read.texts(), read.problem("row-fields").place.line), (vec!["They left. All calm."], Some(2)));
    // what is said again is said again, by whomever; captions that are still on the screen are not
    folder
        .put("chant.csv", "start,end,text\n0,1,No war.\n1,2,No war.\n2,3,No war.\n3,4,The crowd {sings} <calmly>.\n")
        .put("two.csv", "start,end,speaker,text\n0,2,Ann,Yes.\n1,2,Bob,Yes.\n2,3,Bob,Yes.\n")
        .put("screen.csv", "start,end,text\n0,2,Gunmen came.\n1,3,Gunmen came.\n3,4,They left.\n");
    assert_eq!(folder.read("chant.csv").texts(), ["No war. No war. No war. The crowd {sings} <calmly>."]);
    assert_eq!(folder.read("two.csv").texts(), ["Ann: Yes.\n\nBob: Yes. Yes."]);
    let read = folder.read("screen.csv");
    assert_eq!(read.texts(), ["Gunmen came. They left."]);
    assert_eq!(
        read.problem("rows-joined").found,
        "3 rows joined to 1 text; the words of 1 row still on the screen in the next row, and said once"
    );
}

#[test]
fn names_of_speakers_are_no_words_and_give_turns_their_speaker() {
    let folder = Folder::new("pieces-speakers");
    let table = "start,end,speaker,text\n0,1,Ann Coup,I saw the gunmen &amp; I fear them.\n1,2,Bob Ley,Do you fear a coup?\n2,3,Ann Coup,I do.\n3,4,Bob Ley,I am calm.\n";
    folder.put("t.csv", table).put("t.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann Coup>I saw the gunmen & I fear them.\n\n00:01.000 --> 00:02.000\n<v Bob Ley>Do you fear a coup?\n\n00:02.000 --> 00:03.000\n<v.loud Ann Coup>I do.\n\n00:03.000 --> 00:04.000\n<v Bob Ley>I am calm.\n");
    for name in ["t.csv", "t.vtt"] {
        let hits = folder.columns(name, &[], "hits.csv", &["counted", "surface", "voice", "source"]);
        let counted: Vec<&String> = hits.iter().filter(|hit| hit.starts_with("yes|")).collect();
        assert_eq!(counted, ["yes|gunmen|attributed|Ann Coup", "yes|coup|attributed|Bob Ley"], "{name}");
        let words = folder.columns(name, &[], "frames.csv", &["frame", "words", "hits"]);
        assert!(words.iter().all(|row| row.contains("|17|")), "{name}: {words:?}");
        let removed = folder.columns(name, &[], "removed.csv", &["rule", "evidence", "words", "begins"]);
        let of_row = |name: &str| format!("furniture|name of a speaker|2|{name}");
        assert_eq!(removed, ["Ann Coup", "Bob Ley", "Ann Coup", "Bob Ley"].map(of_row), "{name}");
    }
}

#[test]
fn tables_with_a_start_and_an_end_that_are_no_times_of_a_recording_stay_tables() {
    let folder = Folder::new("pieces-others");
    let text = "The gunmen took the port at night and left it in the morning.";
    for (name, table) in [
        ("years.csv", format!("id,start,end,text\n1,1990,1994,{text}\n2,1995,1999,{text}\n3,2001,2004,{text}\n")),
        ("days.csv", format!("id,start,end,text\n1,2022-01-05,2022-01-06,{text}\n2,2022-01-07,2022-01-08,{text}\n")),
        ("unordered.csv", format!("id,start,end,text\n1,90,95,{text}\n2,10,20,{text}\n3,50,70,{text}\n")),
        ("titles.csv", format!("title,start,end,text\nA,1,2,{text}\nB,2,4,{text}\nC,4,5,{text}\n")),
        (
            "stories.csv",
            format!("title,start,end,text\nA,0,90,{text}\nB,90,200,{text}\nC,200,300,{}\n", text.repeat(90)),
        ),
        ("empty.csv", format!("id,start,end,text\n1,,,{text}\n2,,,{text}\n")),
        ("letters.csv", format!("from,to,text\n1,2,{text}\n1,3,{text}\n2,3,{text}\n3,5,{text}\n")),
        ("again.csv", format!("start,end,text\n0,9,{text}\n30,39,{text}\n60,69,{text}\n0,9,{text}\n30,39,{text}\n")),
    ] {
        folder.put(name, &table);
        assert_eq!(folder.read(name).articles.len(), table.lines().count() - 1, "{name}");
    }
    for (name, line) in [
        ("years.jsonl", format!("{{\"start\": 2019, \"end\": 2021, \"text\": \"{text}\"}}\n")),
        ("long.jsonl", format!("{{\"start\": 1.5, \"end\": 2.5, \"text\": \"{}\"}}\n", text.repeat(9))),
    ] {
        folder.put(name, line.repeat(3));
        assert_eq!(folder.read(name).articles.len(), 3, "{name}");
    }
    folder.put("clock.csv", format!("from,to,text\n0.0,1.5,{text}\n1.5,3,{text}\n3,4.5,{text}\n"));
    assert_eq!(folder.read("clock.csv").articles.len(), 1);
    // a channel is named by what changes where the times begin again
    let table = format!("channel,start,end,text\nA,0,9,{text}\nA,30,39,{text}\nB,0,9,{text}\nB,30,39,{text}\n");
    assert_eq!(folder.put("channels.csv", table).read("channels.csv").articles.len(), 2);
    // entities of a text are no pieces of one
    let story = format!(
        "{{\"story\": \"{}\", \"entities\": [{{\"start\": 4, \"end\": 10, \"text\": \"gunmen\"}}]}}",
        text.repeat(9)
    );
    folder.put("entities.json", format!("[{story}, {story}]"));
    assert!(!folder.read("entities.json").has("rows-joined"));
}

#[test]
fn rows_are_parts_where_an_article_has_several_and_nowhere_else() {
    let folder = Folder::new("pieces-parts");
    let text = "The gunmen came.";
    folder
        .put("p.csv", format!("doc_id,paragraph,text\na,1,{text}\na,2,They left.\nb,1,All calm.\n"))
        .put("own.csv", format!("id,article_id,sentence_number,text\n1,a,1,{text}\n2,a,2,They left.\n3,b,1,All calm.\n"))
        .put("titles.jsonl", format!("{{\"title\": \"Port\", \"chunk\": 0, \"text\": \"{text}\"}}\n{{\"title\": \"Port\", \"chunk\": 1, \"text\": \"They left.\"}}\n"));
    for (name, column) in [("p.csv", "`doc_id`"), ("own.csv", "`article_id`"), ("titles.jsonl", "`title`")] {
        let read = folder.read(name);
        let problem = read.problem("rows-are-parts");
        assert!(problem.hint.contains(column) && problem.place.line.is_some(), "{name}: {problem:?}");
    }
    folder
        .put("ordinary.csv", format!("id,paragraph,text\na,3,{text}\nb,7,They left.\nc,3,All calm.\n"))
        .put("segments.csv", format!("id,segment,text\n1,young,{text}\n2,old,They left.\n3,old,All calm.\n"))
        .put("twice.csv", format!("url,paragraph,text\nu,4,{text}\nu,4,{text}\n"));
    for name in ["ordinary.csv", "segments.csv", "twice.csv"] {
        assert!(!folder.read(name).has("rows-are-parts"), "{name}");
    }
}

#[test]
fn a_row_of_totals_is_no_article() {
    let folder = Folder::new("pieces-totals");
    let rows = "Dawn,2022-01-05,The gunmen took the port.,5\nEcho,2022-01-06,All calm.,2\n";
    for (name, total) in [
        ("first.csv", "Total,,,7"),
        ("text.csv", ",,Total:,7"),
        ("german.csv", "Summe,,,\"7,0\""),
        ("russian.csv", ",,Итого,7"),
    ] {
        folder.put(name, format!("outlet,date,text,words\n{rows}{total}\n"));
        let read = folder.read(name);
        assert_eq!(read.outlets(), [Some("Dawn"), Some("Echo")], "{name}");
        assert_eq!(read.problem("row-total").place.line, Some(4), "{name}");
    }
    // a text may speak of a total, and an article may lack its text
    folder.put(
        "text.csv",
        format!("outlet,date,text,words\n{rows}Total,2022-01-07,Total war is what they want.,6\nTotal,2022-01-08,,\n"),
    );
    let read = folder.read("text.csv");
    assert_eq!((read.articles.len(), read.has("row-total")), (4, false));
}
