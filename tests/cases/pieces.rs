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
    ] {
        folder.put(name, &table);
        assert_eq!(folder.read(name).articles.len(), table.lines().count() - 1, "{name}");
    }
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
