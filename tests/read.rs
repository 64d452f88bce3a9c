//! What the room `read` promises: every kind of input, every kind of damage, and the laws.

#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use framescope::error::{Error, Problem, Severity};
use framescope::read::dates::{DateProblem, find, parse};
use framescope::read::infer::{Confidence, infer, sidecar_csv};
use framescope::read::variants::{Reason, groups};
use framescope::read::{Article, Corpus, Date, DateOrder, Headline, Item, Options, Quoting, open};
use proptest::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("framescope-read-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Folder {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_string()
    }

    fn all(&self) -> String {
        self.0.to_str().unwrap().to_string()
    }

    fn read(&self) -> Read {
        read(&[self.all()], &Options::default())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Read {
    articles: Vec<Article>,
    problems: Vec<Problem>,
    corpus: Corpus,
}

impl Read {
    fn kinds(&self) -> Vec<&str> {
        self.problems.iter().map(|p| p.kind).collect()
    }

    fn ids(&self) -> Vec<&str> {
        self.articles.iter().map(|a| a.id.as_str()).collect()
    }

    fn texts(&self) -> Vec<&str> {
        self.articles.iter().map(|a| a.text.as_str()).collect()
    }
}

fn read(paths: &[String], options: &Options) -> Read {
    let mut corpus = open(paths, options).unwrap_or_else(|error| panic!("{error}"));
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    for item in &mut corpus {
        match item {
            Item::Article(article) => articles.push(article),
            Item::Problem(problem) => problems.push(problem),
        }
    }
    Read { articles, problems, corpus }
}

fn refused(paths: &[String], options: &Options) -> Vec<Problem> {
    match open(paths, options).err() {
        Some(Error::Refused(problems)) => problems,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let told = std::env::var_os("FRAMESCOPE_SHARED").map(PathBuf::from);
    let found = told.into_iter().chain([beside]).find(|path| path.is_dir());
    if found.is_none() {
        println!("../shared is absent: skipped");
    }
    found
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let marked = if mark { format!("\u{feff}{text}") } else { text.to_string() };
    marked.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

fn day(text: &str) -> Option<Date> {
    parse(text, None).unwrap()
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(year, month, day)
}

// ---- dates ----

#[test]
fn dates_are_read_in_the_forms_that_archives_have() {
    let january_6 = date(2022, 1, 6);
    for text in [
        "2022-01-06",
        "2022-1-6",
        "2022/01/06",
        "2022.01.06",
        "20220106",
        "20220106131500",
        "20220106T131500Z",
        "2022-01-06T13:15:00+06:00",
        "2022-01-06 13:15:00.123456",
        "2022-01-06 13:15",
        "06.01.2022",
        "6.1.2022",
        "06.01.22",
        "06.01.2022 13:15",
        "6 January 2022",
        "6 Jan 2022",
        "6 Jan. 2022",
        "06-Jan-2022",
        "6-Jan-22",
        "6th January 2022",
        "6th of January, 2022",
        "January 6, 2022",
        "Jan. 6, 2022",
        "Jan 6 2022",
        "January 6th 2022",
        "JANUARY 6, 2022",
        "January 6, 2022 at 1:15 PM",
        "Thursday, January 6, 2022",
        "Thu, 06 Jan 2022 13:15:00 +0000",
        "Thu Jan 06 13:15:00 +0000 2022",
        "Thu Jan  6 13:15:00 2022",
        "2022 January 6",
        "6 января 2022",
        "6 января 2022 г.",
        "6 января 2022 года, 13:15",
        "6 янв. 2022",
        "6 gennaio 2022",
        "giovedì 6 gennaio 2022",
        "6 gen 2022",
        "  2022-01-06  ",
    ] {
        assert_eq!(parse(text, None), Ok(january_6), "{text}");
    }
    assert_eq!(day("March 4, 2021"), date(2021, 3, 4));
    assert_eq!(day("Mar 4, 2021"), date(2021, 3, 4));
    assert_eq!(day("mar 4 maggio 2021"), date(2021, 5, 4));
    assert_eq!(day("1 settembre 1999"), date(1999, 9, 1));
    assert_eq!(day("29 февраля 2020"), date(2020, 2, 29));
    assert_eq!(day("31 мая 2021"), date(2021, 5, 31));
}

#[test]
fn a_date_with_slashes_is_read_only_when_one_reading_is_left() {
    assert_eq!(day("1/21/2018"), date(2018, 1, 21));
    assert_eq!(day("21/1/2018"), date(2018, 1, 21));
    assert_eq!(day("21-01-2018"), date(2018, 1, 21));
    assert_eq!(day("3/3/2022"), date(2022, 3, 3));
    assert_eq!(day("12/19/18"), date(2018, 12, 19));
    assert_eq!(parse("03/04/2022", None), Err(DateProblem::Ambiguous));
    assert_eq!(parse("01/02/03", None), Err(DateProblem::Ambiguous));
    assert_eq!(parse("03/04/2022", Some(DateOrder::DayFirst)), Ok(date(2022, 4, 3)));
    assert_eq!(parse("03/04/2022", Some(DateOrder::MonthFirst)), Ok(date(2022, 3, 4)));
    assert_eq!(parse("1/21/2018", Some(DateOrder::DayFirst)), Err(DateProblem::Impossible));
    assert_eq!(parse("03.04.2022", Some(DateOrder::MonthFirst)), Ok(date(2022, 4, 3)), "dots: the day is first");
}

#[test]
fn what_is_no_day_says_why() {
    for blank in ["", "  ", "NaT", "nan", "None", "null", "N/A", "-"] {
        assert_eq!(parse(blank, None), Ok(None), "{blank:?}");
    }
    for incomplete in ["2022", "2022-01", "January 2022", "8 Jan", "Jan 8", "янв 2022"] {
        assert_eq!(parse(incomplete, None), Err(DateProblem::Incomplete), "{incomplete}");
    }
    for impossible in ["2022-02-30", "31.04.2022", "2021-02-29", "20221301", "Feb 29, 2021", "13/13/2022", "0/1/2022"] {
        assert_eq!(parse(impossible, None), Err(DateProblem::Impossible), "{impossible}");
    }
    for nonsense in
        ["yesterday", "soon 2022-01-06", "164142", "2022-01-06/2022-01-09", "x", "99", "12:30", "6 Foo 2022"]
    {
        assert_eq!(parse(nonsense, None), Err(DateProblem::Unreadable), "{nonsense}");
    }
}

#[test]
fn days_since_1970_agree_with_known_values_and_come_back() {
    // From `date -u -d 2022-01-06 +%s` divided by 86,400, and so on.
    for (y, m, d, days) in
        [(1970, 1, 1, 0), (2022, 1, 6, 18_998), (2000, 2, 29, 11_016), (1969, 12, 31, -1), (1900, 3, 1, -25_508)]
    {
        let date = date(y, m, d).unwrap();
        assert_eq!(date.days(), days, "{date}");
    }
    let first = date(1000, 1, 1).unwrap().days();
    let last = date(2999, 12, 31).unwrap().days();
    let mut before = None;
    for days in first..=last {
        let date = Date::from_days(i64::from(days)).unwrap_or_else(|| panic!("no day {days}"));
        assert_eq!(date.days(), days);
        assert!(before < Some(date), "{date} is not after {before:?}");
        before = Some(date);
    }
    assert_eq!(Date::from_days(i64::from(first) - 1), None);
    assert_eq!(Date::from_days(i64::from(last) + 1), None);
}

#[test]
fn a_date_is_found_inside_a_line() {
    let line = "Views: 10692, posted on 06.01.2022 in Moscow";
    let (found, at) = find(line, None).unwrap();
    assert_eq!((found, &line[at]), (date(2022, 1, 6).unwrap(), "06.01.2022"));
    assert_eq!(find("on Sun, 06 Mar 2022 03:50:00 +0000.", None).map(|f| f.0), date(2022, 3, 6));
    assert_eq!(find("https://example.org/2022/01/06/almaty", None).map(|f| f.0), date(2022, 1, 6));
    assert_eq!(find("about 19 million people in 2022", None), None);
    assert_eq!(find("may 20 people", None), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_is_a_date_or_none_and_never_a_panic(text in "\\PC{0,40}", order in 0..3u8) {
        let order = [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)][order as usize];
        let _ = parse(&text, order);
        if let Some((_, at)) = find(&text, order) {
            prop_assert!(text.get(at).is_some());
        }
    }

    #[test]
    fn every_day_reads_back_from_every_form(days in -300_000i64..370_000) {
        let date = Date::from_days(days).unwrap();
        let (y, m, d) = (date.year(), date.month(), date.day());
        for text in [format!("{date}"), format!("{y}{m:02}{d:02}"), format!("{d:02}.{m:02}.{y}"), format!("{date}T23:59:59Z")] {
            prop_assert_eq!(parse(&text, None), Ok(Some(date)), "{}", text);
        }
        prop_assert_eq!(parse(&format!("{d}/{m}/{y}"), Some(DateOrder::DayFirst)), Ok(Some(date)));
        prop_assert_eq!(parse(&format!("{m}/{d}/{y}"), Some(DateOrder::MonthFirst)), Ok(Some(date)));
    }

    // but for the signs of mark-up and of programs: `<`, `&`, `[`, `\`
    #[test]
    fn cells_come_back_as_they_were_written(
        cells in prop::collection::vec(("[a-z]{1,8}", "[ -%'-:=-Z\\]-{}~\n\"“é,]{0,60}"), 1..12), semicolon: bool
    ) {
        let folder = Folder::new("roundtrip");
        let delimiter = if semicolon { b';' } else { b',' };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["id", "text", "outlet"]).unwrap();
        for (i, (outlet, text)) in cells.iter().enumerate() {
            writer.write_record([&i.to_string(), text, outlet]).unwrap();
        }
        folder.put("t.csv", writer.into_inner().unwrap());
        let read = read(&[folder.all()], &Options { missing: Some(Vec::new()), ..Options::default() });
        let texts: Vec<&str> = cells.iter().map(|(_, text)| text.as_str()).collect();
        prop_assert_eq!(read.texts(), texts);
        prop_assert!(read.problems.iter().all(|p| p.kind == "empty-article"), "{:?}", read.problems);
    }
}

// ---- texts ----

#[test]
fn a_folder_of_texts_is_read_below_and_sorted_by_name() {
    let folder = Folder::new("folder");
    folder.put("b.txt", "Second\n\nBody b").put("a.md", "# First\nBody a").put("sub/c.txt", "Third");
    folder.put(".hidden.txt", "no").put("README.md", "no").put("scan.pdf", "%PDF-").put("study.toml", "x = 1");
    let read = folder.read();
    assert_eq!(read.ids(), ["a", "b", "sub/c"]);
    let titles: Vec<&str> = read.articles.iter().map(|a| a.title.as_str()).collect();
    assert_eq!(titles, ["First", "Second", "Third"]);
    assert_eq!(read.articles[2].file, "sub/c.txt");
    assert_eq!(read.articles[0].text, "# First\nBody a");
    assert_eq!((read.articles[0].outlet.as_deref(), read.articles[0].date), (None, None));
    assert_eq!(read.kinds(), [""; 0]);
    let notes: Vec<(&str, &str)> = read.corpus.notes().iter().map(|n| (n.kind, n.place.file.as_str())).collect();
    assert_eq!(notes, [("file-skipped", "README.md"), ("file-skipped", "scan.pdf")]);
}

#[test]
fn the_order_and_form_of_the_arguments_never_matter() {
    let folder = Folder::new("order");
    folder.put("x/1.txt", "one").put("x/2.txt", "two").put("y/1.txt", "three").put("y/t.csv", "text\nfour\n");
    let paths = [folder.path("x"), folder.path("y"), folder.path("x/2.txt"), folder.path("y/*.csv")];
    let expected = read(&paths, &Options::default());
    assert_eq!(expected.ids(), ["x/1", "x/2", "y/1", "y/t:2"]);
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        let shuffled: Vec<String> = order.iter().map(|&i| paths[i].clone()).collect();
        let again = read(&shuffled, &Options::default());
        assert_eq!(again.articles, expected.articles);
        assert_eq!(again.corpus.inputs(), expected.corpus.inputs());
    }
    let dotted = vec![format!("{}/./x/", folder.all()), format!("{}/y/", folder.all())];
    assert_eq!(read(&dotted, &Options::default()).articles, expected.articles);
    let wild = vec![folder.path("**/*")];
    assert_eq!(read(&wild, &Options::default()).articles, expected.articles);
}

#[test]
fn encodings_are_recognised_and_told() {
    let folder = Folder::new("encodings");
    let text = "Тезис «coup»\r\nsecond line\rthird";
    folder.put("a.txt", text).put("b.txt", [b"\xef\xbb\xbf", text.as_bytes()].concat());
    folder.put("c.txt", utf16(text, true, true)).put("d.txt", utf16(text, false, true));
    folder.put("e.txt", utf16("Plain words, no mark.\nNext", true, false));
    folder.put("f.txt", utf16("Plain words, no mark.\nNext", false, false));
    folder.put("i.txt", utf16("Протесты в Алма-Ате начались со второго января.\n", true, false));
    folder.put("g.txt", b"first line\nThe \x93coup\x94 caf\xe9\n");
    folder.put("h.txt", b"\xcf\xe5\xf0\xe5\xe2\xee\xf0\xee\xf2 \xe2 \xc0\xeb\xec\xe0-\xc0\xf2\xe5");
    let read = folder.read();
    for i in 0..4 {
        assert_eq!(read.articles[i].text, text);
    }
    assert_eq!(read.articles[4].text, "Plain words, no mark.\nNext");
    assert_eq!(read.articles[5].text, read.articles[4].text);
    assert_eq!(read.articles[6].text, "first line\nThe “coup” café\n");
    assert_eq!(read.articles.iter().map(|a| a.text_offset).collect::<Vec<_>>(), [0, 3, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(read.articles[8].text, "Протесты в Алма-Ате начались со второго января.\n");
    let odd = read.problems.iter().find(|p| p.place.file == "g.txt").unwrap();
    assert_eq!(odd.to_string(), "note: g.txt:2:5: byte 0x93 is not UTF-8; read as windows-1252");
    assert_eq!(read.articles[7].text, "Переворот в Алма-Ате");
    let guessed = read.problems.iter().find(|p| p.place.file == "h.txt").unwrap();
    assert!(guessed.found.ends_with("read as windows-1251"), "{guessed}");
    assert_eq!(read.kinds().iter().filter(|k| **k == "encoding-guessed").count(), 7);
}

#[test]
fn front_matter_gives_metadata_and_spans_still_count_in_the_file() {
    let folder = Folder::new("front");
    let file = "\u{feff}---\r\noutlet: \"The  Steppe Courier\"\r\ndate: 8 Jan 2022\r\nurl: https://example.org/a:b\r\ncountry: KZ\r\ntags:\r\n  - oil\r\n  - gas\r\n---\r\n\r\nThe text: coup.";
    folder.put("a.txt", file).put("b.txt", "---\nA rule of dashes, then prose: yes.\n---\nMore.");
    folder.put("c.txt", "---\nnever closed: x\nText").put("d.txt", "---\noutlet: X\nid: d9\ntitle: T\nlang: ru\n---\n");
    let read = folder.read();
    let a = &read.articles[0];
    assert_eq!(a.outlet.as_deref(), Some("The Steppe Courier"));
    assert_eq!((a.date, a.url.as_str()), (date(2022, 1, 8), "https://example.org/a:b"));
    assert_eq!(read.corpus.other_columns(), ["country", "tags"]);
    assert_eq!(a.other, [Some("KZ".to_string()), Some("oil, gas".to_string())]);
    assert_eq!(a.text, "\r\nThe text: coup.");
    let at = a.text_offset as usize + a.text.find("coup").unwrap();
    assert_eq!(&file.as_bytes()[at..at + 4], b"coup");
    assert_eq!(a.first_line, 10);
    assert_eq!(read.articles[1].text_offset, 0, "prose between dashes is text");
    assert_eq!(read.articles[2].text, "---\nnever closed: x\nText");
    let d = &read.articles[3];
    assert_eq!((d.id.as_str(), d.title.as_str(), d.language.unwrap().code()), ("d9", "T", "ru"));
    assert_eq!(d.other, [None, None]);
    let kinds = read.kinds();
    assert_eq!(kinds, ["front-matter", "empty-article"]);
    assert_eq!(read.problems[0].place.to_string(), "b.txt:2");
}

#[test]
fn a_sidecar_wins_over_front_matter_cell_by_cell() {
    let folder = Folder::new("sidecar");
    folder
        .put("a.txt", "---\noutlet: Front\ndate: 2022-01-01\n---\nText a")
        .put("sub/b.txt", "Text b")
        .put("c.txt", "Text c");
    folder.put(
        "articles.csv",
        "file,outlet,date,title,language,url,country\r\n\
         a.txt,Side,,\"Title, with\r\nbreak\",en,,KZ\r\n\
         sub\\b,Other,3/4/2022,,,http://x,\r\n\
         gone.txt,Gone,,,,,\r\n\
         a.txt,Again,,,,,\r\n\
         short,row\r\n",
    );
    let read = folder.read();
    assert_eq!(read.ids(), ["a", "c", "sub/b"]);
    let (a, b) = (&read.articles[0], &read.articles[2]);
    assert_eq!((a.outlet.as_deref(), a.date), (Some("Side"), date(2022, 1, 1)));
    assert_eq!((a.title.as_str(), a.other.as_slice()), ("Title, with break", &[Some("KZ".to_string())][..]));
    assert_eq!((b.outlet.as_deref(), b.date, b.url.as_str()), (Some("Other"), None, "http://x"));
    assert_eq!(read.articles[1].outlet, None);
    let places: Vec<(&str, String)> = read.problems.iter().map(|p| (p.kind, p.place.to_string())).collect();
    let expected = [
        ("sidecar-row", "articles.csv:6".to_string()),
        ("row-fields", "articles.csv:7".to_string()),
        ("sidecar-row", "articles.csv:5".to_string()),
        ("date-ambiguous", "articles.csv:4".to_string()),
        ("titles-counted", "a.txt".to_string()),
    ];
    assert_eq!(places, expected);
    assert!(read.corpus.notes().iter().any(|n| n.kind == "sidecar-missing" && n.place.file == "c.txt"));
    let one = self::read(&[folder.path("a.txt")], &Options::default());
    assert_eq!(one.articles[0].outlet.as_deref(), Some("Side"), "a file named itself has its sidecar too");
    assert!(one.corpus.inputs().iter().all(|i| i.digest.is_some()), "{:?}", one.corpus.inputs());
}

#[test]
fn a_table_named_articles_csv_that_holds_texts_is_a_table() {
    let folder = Folder::new("notsidecar");
    folder.put("articles.csv", "file,outlet,text\nx.txt,A,Words\n").put("x.txt", "Alone");
    let read = folder.read();
    assert_eq!(read.texts(), ["Words", "Alone"]);
    assert_eq!(read.articles[1].outlet, None);
}

// ---- tables ----

#[test]
fn columns_are_guessed_and_the_guess_is_told() {
    let folder = Folder::new("guess");
    folder.put("t.csv", "Article_ID,Source,Publish-Date,Headline,Content,LANG,Link,Country\nn1, Fox  News ,1/21/2018,H,Body,English,http://x,US\n");
    let read = folder.read();
    let note = read.corpus.notes()[0].to_string();
    assert_eq!(
        note,
        "note: t.csv: text column `Content`, outlet column `Source`, date column `Publish-Date`, title column `Headline`, \
         id column `Article_ID`, language column `LANG`, url column `Link`"
    );
    let a = &read.articles[0];
    assert_eq!((a.id.as_str(), a.outlet.as_deref(), a.date), ("n1", Some("Fox News"), date(2018, 1, 21)));
    assert_eq!((a.language.unwrap().code(), a.record, a.first_line), ("en", Some(2), 1));
    assert_eq!((read.corpus.other_columns(), &a.other[0]), (&["Country".to_string()][..], &Some("US".to_string())));
}

#[test]
fn told_columns_win_and_a_wrong_name_is_refused_with_a_hint() {
    let folder = Folder::new("told");
    folder.put("t.csv", "text,body,site\nteaser,whole,A\n");
    let options = Options { text: Some("body".into()), ..Options::default() };
    let read = read(&[folder.all()], &options);
    assert_eq!(read.texts(), ["whole"]);
    assert_eq!(read.corpus.other_columns(), ["text"]);
    let wrong = Options { text: Some("bodi".into()), outlet: Some("nowhere".into()), ..Options::default() };
    let problems = refused(&[folder.path("t.csv")], &wrong);
    assert_eq!(problems.len(), 2, "all at once: {problems:?}");
    assert_eq!(problems[0].hint, "did you mean --text body?");
}

#[test]
fn what_cannot_start_is_refused_with_everything_at_once() {
    let folder = Folder::new("refused");
    folder.put("articles.txt", "x").put("empty/.keep", "").put("t.csv", "a,b\n1,2\n").put("map.json", "{\"rate\": 1}");
    let paths = ["artcles.txt", "empty", "no*.csv", "bad[.txt"].map(|name| folder.path(name));
    let problems = refused(&paths, &Options::default());
    let kinds: Vec<&str> = problems.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, ["no-file", "empty-folder", "no-file", "bad-wildcard"]);
    assert!(problems[0].hint.ends_with("articles.txt?"), "{}", problems[0]);
    let table = refused(&[folder.path("t.csv"), folder.path("map.json")], &Options::default());
    assert_eq!(table[0].kind, "no-text-column");
    let hint = "--text COLUMN; or --no-header, if the first row is an article";
    assert_eq!((table[1].kind, table[1].hint.as_str()), ("no-text-column", hint));
    assert_eq!(table[0].hint, "--text COLUMN", "JSON has no header");
    assert!(table[1].found.contains("`a`, `b`"));
    folder.put("two/a.csv", "a\n1\n").put("two/b.csv", "b\n1\n").put("side/articles.csv", "file,outlet\nx.txt,X\n");
    let tables: Vec<&str> = refused(&[folder.path("two")], &Options::default()).iter().map(|p| p.kind).collect();
    assert_eq!(tables, ["no-text-column", "no-text-column"]);
    assert_eq!(refused(&[folder.path("side/articles.csv")], &Options::default())[0].kind, "no-articles");
    assert_eq!(refused(&[], &Options::default())[0].kind, "no-input");
    let aliases = [("A".to_string(), vec!["x".to_string()]), ("B".to_string(), vec!["X ".to_string()])].into();
    let twice = refused(&[folder.path("articles.txt")], &Options { aliases, ..Options::default() });
    assert_eq!(twice[0].kind, "alias-twice");
}

#[test]
fn a_table_of_something_else_in_a_folder_is_passed_over_with_a_warning() {
    let folder = Folder::new("mixed");
    folder.put("a.txt", "Text").put("codes.csv", "a,b\n1,2\n");
    let read = folder.read();
    assert_eq!(read.ids(), ["a"]);
    let note = &read.corpus.notes()[0];
    assert_eq!(
        (note.kind, note.severity, note.place.file.as_str()),
        ("no-text-column", Severity::Warning, "codes.csv")
    );
}

#[test]
fn delimiters_quotes_marks_and_line_ends_are_understood() {
    let folder = Folder::new("delimiters");
    folder.put("a.csv", "id;text\n1;\"semi; colon, \"\"quoted\"\"\nnext\"\n");
    folder.put("b.tsv", "id\ttext\r\n1\ttab, comma\r\n2\ttwo\r\n").put("c.csv", "id|text|outlet\n1|bar, comma|X\n");
    folder.put("d.csv", "\u{feff}text,id\r\nmarked,7\r\n").put("e.csv", "text\nonly, one column\n".replace(", ", " "));
    folder.put("f.csv", utf16("id\ttext\r\n1\tТекст\r\n", true, true));
    let read = folder.read();
    let texts =
        ["semi; colon, \"quoted\"\nnext", "tab, comma", "two", "bar, comma", "marked", "only one column", "Текст"];
    assert_eq!(read.texts(), texts);
    assert_eq!(read.articles[4].id, "7");
    assert_eq!(read.articles[5].id, "e:2");
}

#[test]
fn a_row_with_the_wrong_number_of_fields_is_a_problem_with_its_line() {
    for end in ["\n", "\r\n"] {
        let folder = Folder::new("fields");
        let rows =
            ["id,text,outlet", "1,\"one", "more\",A", "2,short", "", "3,three,A", "4,too,many,fields", "5,five,A"];
        folder.put("t.csv", rows.join(end));
        let read = folder.read();
        assert_eq!(read.ids(), ["1", "3", "5"], "{end:?}");
        assert_eq!(read.articles.iter().map(|a| a.record.unwrap()).collect::<Vec<_>>(), [2, 6, 8], "{end:?}");
        let shown: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
        let expected = [
            "error: t.csv:4: 2 fields; expected 3 as in the header",
            "error: t.csv:7: 4 fields; expected 3 as in the header",
        ];
        assert_eq!(shown, expected, "{end:?}");
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_no_rows_in_silence() {
    let folder = Folder::new("quote");
    folder.put("t.csv", "id,text\n1,good\n2,\"open\n3,lost\n4,lost\n");
    let read = folder.read();
    assert_eq!(read.ids(), ["1", "2", "3", "4"]);
    assert_eq!(read.kinds(), ["quotes-broken"]);
    assert_eq!(read.problems[0].place.line, Some(3));
    let strict = Options { quoting: Quoting::Strict, ..Options::default() };
    let read = self::read(&[folder.all()], &strict);
    assert_eq!((read.ids(), read.kinds()), (vec!["1"], vec!["quote-open"]));
    folder.put("t.csv", "id,text\n1,good\n2,\"closed\n\nend\n\"\n");
    assert_eq!(folder.read().kinds(), [""; 0]);
}

#[test]
fn cells_that_are_not_utf8_are_told_once() {
    let folder = Folder::new("cells");
    folder.put("t.csv", b"id,text,outlet\n1,fine,A\n2,caf\xe9,B\n3,\x93x\x94,C\xe9\n");
    let read = folder.read();
    assert_eq!(read.texts(), ["fine", "café", "“x”"]);
    assert_eq!(read.articles[2].outlet.as_deref(), Some("Cé"));
    let shown: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
    let expected = "note: t.csv:3:6: byte 0xE9 is not UTF-8; read as windows-1252";
    assert!(shown.is_empty(), "{shown:?}");
    assert_eq!(read.corpus.notes().iter().filter(|note| note.to_string() == expected).count(), 1);
}

#[test]
fn jsonl_keeps_numbers_and_nested_values_and_reports_bad_lines() {
    let folder = Folder::new("jsonl");
    folder.put(
        "t.jsonl",
        concat!(
            "\u{feff}{\"id\": 7, \"text\": \"One \\u201ctwo\\u201d\", \"source\": \"A\", \"n\": 1.50, \"tags\": [\"x\", 2], \"ok\": true}\r\n",
            "\n",
            "{\"text\": \"Two\", \"id\": null, \"source\": \"B\"}\n",
            "{\"text\": \"broken\n",
            "[1, 2]\n",
            "{\"text\": \"Three\", \"id\": \"c\"}"
        ),
    );
    let read = folder.read();
    assert_eq!(read.ids(), ["7", "t:3", "c"]);
    assert_eq!(read.texts(), ["One “two”", "Two", "Three"]);
    assert_eq!(read.corpus.other_columns(), ["n", "tags", "ok"]);
    let other: Vec<Option<&str>> = read.articles[0].other.iter().map(Option::as_deref).collect();
    assert_eq!(other, [Some("1.5"), Some("[\"x\",2]"), Some("true")]);
    assert_eq!(read.articles[1].other, [None, None, None]);
    let places: Vec<(&str, Option<u32>)> = read.problems.iter().map(|p| (p.kind, p.place.line)).collect();
    assert_eq!(places, [("row-json", Some(4)), ("row-json", Some(5))]);
}

#[test]
fn a_key_that_appears_late_in_jsonl_is_told_once() {
    let folder = Folder::new("late");
    let mut lines = String::new();
    for i in 0..3_000 {
        lines.push_str(&format!("{{\"id\": {i}, \"text\": \"{}\"}}\n", "word ".repeat(20)));
    }
    lines.push_str("{\"id\": \"x\", \"text\": \"t\", \"late\": 1}\n{\"id\": \"y\", \"text\": \"t\", \"late\": 1}\n");
    folder.put("t.jsonl", lines);
    let read = folder.read();
    assert_eq!(read.articles.len(), 3_002);
    assert_eq!(read.kinds(), ["column-late"]);
}

#[test]
fn further_columns_of_several_tables_stand_in_one_order() {
    let folder = Folder::new("others");
    folder
        .put("a.csv", "text,country,year\nx,KZ,2022\n")
        .put("b.jsonl", "{\"text\": \"y\", \"year\": 2021, \"desk\": \"d\"}\n");
    folder.put("c.txt", "---\ndesk: e\n---\nz");
    let read = folder.read();
    assert_eq!(read.corpus.other_columns(), ["country", "year", "desk"]);
    let rows: Vec<Vec<&str>> =
        read.articles.iter().map(|a| a.other.iter().map(|c| c.as_deref().unwrap_or("-")).collect()).collect();
    assert_eq!(rows, [["KZ", "2022", "-"], ["-", "2021", "d"], ["-", "-", "e"]]);
}

#[test]
fn packed_files_are_told_by_their_bytes() {
    let folder = Folder::new("packed");
    let table = b"id,text\n1,one\n2,two\n";
    let two_members = [gzip(b"id,text\n1,one\n"), gzip(b"2,two\n")].concat();
    folder
        .put("a.csv.gz", two_members)
        .put("b.csv.zst", zstd::encode_all(&table[..], 3).unwrap())
        .put("c.csv.gz", table);
    folder
        .put("d.txt.gz", gzip("Packed text".as_bytes()))
        .put("e.jsonl.gz", gzip(b"{\"id\": \"j\", \"text\": \"jay\"}\n"));
    let read = folder.read();
    assert_eq!(read.texts(), ["one", "two", "one", "two", "one", "two", "Packed text", "jay"]);
    assert_eq!(read.articles[6].id, "d");
    assert!(read.kinds().iter().all(|k| *k == "duplicate-id"));
    for input in read.corpus.inputs() {
        let bytes = std::fs::read(&input.path).unwrap();
        assert_eq!(input.digest.as_deref(), Some(blake3::hash(&bytes).to_hex().as_str()), "{}", input.file);
        assert_eq!(input.bytes, bytes.len() as u64);
    }
    assert_eq!(read.corpus.progress().load(Ordering::Relaxed), read.corpus.bytes_total());
}

#[test]
fn parquet_rows_are_articles() {
    use polars::prelude::{DataFrame, IntoColumn, NamedFrom, Series};
    let folder = Folder::new("parquet");
    let columns = vec![
        Series::new("Text".into(), ["Первый", "second", ""]).into_column(),
        Series::new("source".into(), [Some("A"), None, Some(" B ")]).into_column(),
        Series::new("date".into(), ["2022-01-06", "", "03/04/2022"]).into_column(),
        Series::new("year".into(), [2022i64, 2021, 2020]).into_column(),
        Series::new("share".into(), [Some(0.5f64), None, Some(2.0)]).into_column(),
    ];
    let mut frame = DataFrame::new(3, columns).unwrap();
    let file = std::fs::File::create(folder.path("t.parquet")).unwrap();
    polars_io::parquet::write::ParquetWriter::new(file).finish(&mut frame).unwrap();
    folder.put("z.parquet", b"PAR1 this is none");
    let read = folder.read();
    assert_eq!(read.ids(), ["t:1", "t:2", "t:3"]);
    assert_eq!(read.texts(), ["Первый", "second", ""]);
    let outlets: Vec<Option<&str>> = read.articles.iter().map(|a| a.outlet.as_deref()).collect();
    assert_eq!(outlets, [Some("A"), None, Some("B")]);
    assert_eq!(read.articles[0].date, date(2022, 1, 6));
    assert_eq!(read.corpus.other_columns(), ["year", "share"]);
    assert_eq!(read.articles[1].other, [Some("2021".to_string()), None]);
    assert_eq!(read.kinds(), ["date-ambiguous", "empty-article", "file-damaged"]);
    assert!(read.corpus.inputs().iter().all(|i| i.digest.is_some()));
}

/// Moments with a zone are the days that the clocks of the place show, as in the CSV that the same program writes; `seen` is the day in New York.
#[test]
fn moments_of_parquet_are_days_where_their_clock_stands() {
    let folder = Folder::new("parquet_zones");
    folder.put("t.parquet", include_bytes!("cases/zones.parquet"));
    let read = folder.read();
    let days: Vec<Option<_>> = read.articles.iter().map(|article| article.date).collect();
    assert_eq!(days, [date(2022, 1, 1), date(2022, 2, 1), date(2022, 2, 1), None]);
    assert_eq!(read.corpus.other_columns(), ["seen"]);
    let seen: Vec<&str> = read.articles.iter().filter_map(|article| article.other[0].as_deref()).collect();
    assert_eq!(seen, ["2022-01-01", "2022-02-01", "2022-02-01", "2022-03-01"]);
}

#[test]
fn a_corpus_can_be_read_on_a_thread_of_its_own() {
    fn is_send<T: Send>() {}
    is_send::<Corpus>();
}

// ---- damage ----

#[test]
fn a_broken_gzip_keeps_the_rows_before_the_break() {
    let folder = Folder::new("gzip");
    let mut table = String::from("id,text\n");
    for i in 0..20_000 {
        table.push_str(&format!("{i},row {} of words\n", i * 7919 % 10_007));
    }
    let whole = gzip(table.as_bytes());
    let prose: String = (0..20_000).map(|i| format!("Gunmen number {} fled. ", i * 7919 % 10_007)).collect();
    folder.put("t.csv.gz", &whole[..whole.len() / 2]).put("u.txt.gz", &gzip(prose.as_bytes())[..400]);
    let read = folder.read();
    assert!(read.articles.len() > 5_000 && read.articles.len() < 19_000, "{}", read.articles.len());
    assert_eq!(read.kinds(), ["file-damaged", "file-damaged"]);
    assert!(read.problems.iter().all(|p| p.severity == Severity::Error));
    assert_eq!(read.problems[0].place.line, Some(read.articles.len() as u32 + 2));
    assert!(read.corpus.inputs().iter().all(|i| i.digest.is_some()));
    folder.put("t.csv.gz", b"\x1f\x8b\x08\x00garbage");
    assert!(folder.read().kinds().contains(&"file-damaged"));
}

#[test]
fn empty_and_binary_files_and_empty_articles_are_problems() {
    let folder = Folder::new("damage");
    folder.put("a.txt", "").put("b.txt", b"\x00\x01\x02\x03\x04\xff\xfe\x00\x00\x01\x00\x02").put("c.txt", " \n\t\n");
    folder
        .put("d.csv", "")
        .put("e.csv", "id,text\n")
        .put("f.csv", "id,text\n1,\n")
        .put("g.csv", b"PK\x03\x04\x00\x00\x00binary\x00");
    folder.put("h.txt", "?!… — …\n").put("i.txt", b"text and then\n a zero \x00 byte".repeat(50));
    let read = folder.read();
    let found: Vec<(&str, &str)> = read.problems.iter().map(|p| (p.place.file.as_str(), p.kind)).collect();
    let expected = [
        ("a.txt", "empty-file"),
        ("b.txt", "binary-file"),
        ("c.txt", "empty-article"),
        ("d.csv", "empty-file"),
        ("e.csv", "empty-file"),
        ("f.csv", "empty-article"),
        ("i.txt", "binary-file"),
    ];
    assert_eq!(found, expected);
    assert_eq!(read.ids(), ["c", "1", "h"], "empty articles are still articles");
}

#[test]
fn an_article_of_20_mb_on_one_line_is_read_whole() {
    let folder = Folder::new("large");
    let text = "word and “quote” ".repeat(1_100_000);
    folder.put("t.csv", format!("id,text\n1,short\n2,{text}\n3,end\n"));
    folder.put("u.jsonl", format!("{{\"text\": \"{text}\", \"id\": \"4\"}}\n")).put("v.txt", &text);
    let read = folder.read();
    assert!(text.len() > 20_000_000);
    assert_eq!(read.ids(), ["1", "2", "3", "4", "v"]);
    assert!([1, 3, 4].iter().all(|&i: &usize| read.articles[i].text == text));
    assert_eq!(read.articles[4].title, "");
}

#[test]
fn bad_dates_and_languages_and_taken_ids_are_problem_rows() {
    let folder = Folder::new("cells2");
    folder.put(
        "t.csv",
        "id,text,date,lang\n1,a,03/04/2022,en\n1,b,2022-02-30,xyzzy\n2,c,2022,xyzzy\n1,d,soon,\n1#2,e,,und\n",
    );
    let read = folder.read();
    assert_eq!(read.ids(), ["1", "1#2", "2", "1#3", "1#2#2"]);
    assert!(read.articles.iter().all(|a| a.date.is_none()));
    let expected = [
        "date-ambiguous",
        "date-impossible",
        "language-unreadable",
        "duplicate-id",
        "date-incomplete",
        "date-unreadable",
        "duplicate-id",
        "duplicate-id",
    ];
    assert_eq!(read.kinds(), expected);
    let told = Options { date_order: Some(DateOrder::MonthFirst), ..Options::default() };
    assert_eq!(self::read(&[folder.all()], &told).articles[0].date, date(2022, 3, 4));
}

#[test]
fn outlets_are_tidied_and_folded_by_the_alias_table() {
    let folder = Folder::new("aliases");
    folder.put("t.csv", "text,outlet\na,Fox News\nb,FOX  ONLINE news\nc, Fox News (Online)\nd,Vox\ne,  \nf,fox news\n");
    let aliases =
        [("Fox News".to_string(), vec!["Fox Online News".to_string(), "Fox News (Online)".to_string()])].into();
    let read = read(&[folder.all()], &Options { aliases, ..Options::default() });
    let outlets: Vec<Option<&str>> = read.articles.iter().map(|a| a.outlet.as_deref()).collect();
    assert_eq!(outlets, [Some("Fox News"), Some("Fox News"), Some("Fox News"), Some("Vox"), None, Some("Fox News")]);
}

#[test]
fn the_results_of_a_run_are_not_read_as_a_corpus() {
    let folder = Folder::new("results");
    folder
        .put("a.txt", "Text")
        .put("output/manifest.json", "{\n  \"framescope\": \"0.1.0\"}")
        .put("output/articles.csv", "file,outlet\na.txt,X\n");
    let read = folder.read();
    assert_eq!((read.ids(), read.articles[0].outlet.as_deref()), (vec!["a"], None));
    assert_eq!(read.corpus.notes()[0].place.file, "output");
}

// ---- init and check ----

fn article(text: &str) -> Article {
    Article { text: text.to_string(), first_line: 1, file: "a.txt".to_string(), ..Article::default() }
}

#[test]
fn a_row_of_a_sidecar_is_inferred_with_its_evidence() {
    let row =
        infer(&article("Calm returns to Almaty | BBC News\n\n6 January 2022\n\nText of the article goes on."), None);
    assert_eq!((row.outlet.value.as_deref(), row.outlet.confidence), (Some("BBC News"), Confidence::Likely));
    assert_eq!((row.date.value, row.date.confidence), (date(2022, 1, 6), Confidence::Sure));
    assert_eq!(row.date.evidence, "line 3: 6 January 2022");
    let row = infer(&article("Protests spread\nBy Jane Doe | Reuters\nPublished: Jan 8, 2022\nText."), None);
    assert_eq!((row.outlet.value.as_deref(), row.date.value), (Some("Reuters"), date(2022, 1, 8)));
    assert_eq!((row.title.value.as_deref(), row.title.confidence), (Some("Protests spread"), Confidence::Likely));
    let row = infer(&article("ALMATY, Jan 6 (Reuters) - Troops arrived.\n\nSource: The Astana Times"), None);
    assert_eq!((row.outlet.value.as_deref(), row.outlet.confidence), (Some("The Astana Times"), Confidence::Sure));
    let row = infer(&article("Nothing here tells.\nNor here."), None);
    assert_eq!((row.outlet.confidence, row.date.confidence), (Confidence::None, Confidence::None));
    let known =
        Article { outlet: Some("Kept".into()), date: date(2020, 2, 2), ..article("The Daily Post\n2021-01-01") };
    let row = infer(&known, None);
    assert_eq!((row.outlet.value.as_deref(), row.date.value), (Some("Kept"), date(2020, 2, 2)));
}

#[test]
fn the_sidecar_that_is_written_reads_back() {
    let folder = Folder::new("init");
    folder
        .put("a.txt", "Prices, \"calm\" and gas\nSource: The Steppe, Weekly\n06.01.2022\nText.")
        .put("b.txt", "Words only here.");
    let first = folder.read();
    let rows: Vec<_> = first.articles.iter().map(|a| infer(a, None)).collect();
    let csv = sidecar_csv(&rows);
    assert!(csv.starts_with(
        "file,outlet,date,title,language,url,confidence,evidence\na.txt,\"The Steppe, Weekly\",2022-01-06,"
    ));
    folder.put("articles.csv", &csv);
    let second = folder.read();
    assert_eq!(second.articles[0].outlet.as_deref(), Some("The Steppe, Weekly"));
    assert_eq!(second.articles[0].date, date(2022, 1, 6));
    assert_eq!(second.corpus.other_columns(), ["confidence", "evidence"]);
    assert_eq!(second.articles[0].other[0].as_deref(), Some("sure"));
    assert_eq!(second.kinds(), [""; 0]);
}

#[test]
fn likely_variants_are_grouped_and_sections_are_shown_but_not_folded() {
    let names = [
        ("Fox Online News", 195),
        ("Fox News", 133),
        ("Fox News (Online)", 13),
        ("Fox News Opinion", 4),
        ("foxnews.com", 1),
        ("CNN (Web News)", 303),
        ("CNN - Editorial", 10),
        ("The Blaze", 2),
        ("TheBlaze.com", 19),
        ("Washington Post", 16),
        ("Washingon Post", 1),
        ("Washington Times", 282),
        ("New York Times", 9),
        ("New York Post", 9),
        ("News", 3),
        ("The Week", 3),
        ("Vox", 4),
        ("Fox", 1),
    ];
    let mut names: Vec<(String, u64)> = names.iter().map(|(n, c)| ((*n).to_string(), *c)).collect();
    let groups_found = groups(&names);
    let lines: Vec<Option<String>> = groups_found.iter().map(framescope::read::variants::Group::line).collect();
    let expected = [
        Some("\"Fox\" = [\"Fox News\", \"Fox News (Online)\", \"Fox Online News\", \"foxnews.com\"]".to_string()),
        None,
        Some("\"The Blaze\" = [\"TheBlaze.com\"]".to_string()),
        Some("\"Washington Post\" = [\"Washingon Post\"]".to_string()),
    ];
    assert_eq!(lines, expected);
    let section = groups_found[0].variants.iter().find(|v| v.outlet == "Fox News Opinion").unwrap();
    assert_eq!(section.reason, Reason::Section);
    names.reverse();
    assert_eq!(groups(&names), groups_found);
}

// ---- the real things ----

#[test]
fn the_five_seeds_are_read_byte_for_byte() {
    let Some(shared) = shared() else { return };
    let seeds = shared.join("seeds");
    let read = read(&[seeds.to_str().unwrap().to_string()], &Options::default());
    assert_eq!(read.articles.len(), 5);
    assert_eq!(read.kinds(), [""; 0]);
    for article in &read.articles {
        let bytes = std::fs::read(seeds.join(Path::new(&article.file))).unwrap();
        assert_eq!(&bytes[article.text_offset as usize..], article.text.as_bytes(), "{}", article.file);
    }
    let rows: Vec<_> = read.articles.iter().map(|a| infer(a, None)).collect();
    let dates: Vec<Option<Date>> = rows.iter().map(|r| r.date.value).collect();
    assert_eq!(dates, [date(2022, 3, 6), date(2022, 1, 8), None, date(2022, 1, 6), None]);
}

#[test]
fn the_sample_of_3719_articles_is_read_without_a_problem() {
    let Some(shared) = shared() else { return };
    let sample = shared.join("samples/news-3719.csv.gz");
    let read = read(&[sample.to_str().unwrap().to_string()], &Options::default());
    assert_eq!(read.articles.len(), 3_719);
    assert_eq!(read.kinds(), ["date-implausible", "titles-counted", "markup", "mojibake"]);
    // Counted with Python's csv module; ten articles are other than their cells, four of them by `[embedtweet id="…"]`.
    let leave = Options { headline: Headline::Leave, ..Options::default() };
    let texts = self::read(&[sample.to_str().unwrap().to_string()], &leave);
    let as_they_stand = texts.articles.iter().filter(|a| a.places.pieces.is_empty()).count();
    assert_eq!(as_they_stand, 3_709);
    assert_eq!(read.articles.iter().filter(|a| a.date.is_none()).count(), 454);
    let mut outlets = std::collections::BTreeMap::new();
    for article in &read.articles {
        *outlets.entry(article.outlet.clone().unwrap_or_default()).or_insert(0u64) += 1;
    }
    assert_eq!(outlets.len(), 183);
    assert_eq!(outlets["CNN (Web News)"], 303);
    assert!(outlets.contains_key("NPR Editorial"), "trimmed");
    let groups = groups(&outlets.into_iter().collect::<Vec<_>>());
    let lines: Vec<String> = groups.iter().filter_map(framescope::read::variants::Group::line).collect();
    assert_eq!(lines[0], "\"Fox News\" = [\"Fox News (Online)\", \"Fox Online News\"]");
    assert_eq!(lines.len(), 6, "{lines:?}");
}
