//! HTML in cells, pages, and files that are not what their names say.

use super::Folder;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

// 01-html-in-cells
#[test]
fn case_01_mark_up_is_no_word_and_no_quotation_mark() {
    let folder = Folder::new("html");
    let cell = "<p>The gunmen <a href=\"\"https://echo.example/terrorists/coup\"\">left the port</a> on Monday.</p> <p>&ldquo;The \
                terrorists are gone,&rdquo; the mayor said.&nbsp;Gunmen had ruled it.</p> <script>var coup=1;</script><!-- coup -->";
    let plain =
        "The gunmen left the port on Monday.\n\n“The terrorists are gone,” the mayor said. Gunmen had ruled it.";
    folder.put("t.csv", format!("id,text\n1,\"{cell}\"\n2,\"{plain} Twice.\"\n"));
    let hits =
        folder.columns("t.csv", &[], "hits.csv", &["article", "frame", "surface", "voice", "byte_start", "byte_end"]);
    let of = |article: &str| {
        hits.iter()
            .filter(|hit| hit.starts_with(article))
            .map(|hit| hit.split('|').skip(1).take(3).collect::<Vec<_>>().join("|"))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("1|"), of("2|"));
    assert_eq!(of("1|").len(), 3);
    assert!(of("1|")[1].ends_with("quoted"), "{hits:?}");
    let source = cell.replace("\"\"", "\"");
    for hit in hits.iter().filter(|hit| hit.starts_with("1|")) {
        let fields: Vec<&str> = hit.split('|').collect();
        let (start, end): (usize, usize) = (fields[4].parse().unwrap(), fields[5].parse().unwrap());
        assert_eq!(&source[start..end], fields[2], "spans point into the cell as it stands");
    }
    let words = folder.columns("t.csv", &[], "articles.csv", &["words"]);
    assert_eq!(words, ["18", "19"]);
}

#[test]
fn what_only_looks_like_a_tag_stays() {
    let folder = Folder::new("tags");
    let rows = [
        ("I <3 the port & the sea", "I <3 the port & the sea"),
        ("PORT <Reuters> calm if a<b and c>d", "PORT <Reuters> calm if a<b and c>d"),
        ("AT&amp;T in the caf&eacute;", "AT&T in the café"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("&lt;p&gt;Escaped &amp;ldquo;twice&amp;rdquo;&lt;/p&gt;", "Escaped “twice”\n\n"),
        ("First line\nsecond <b>bold</b> line", "First line\nsecond bold line"),
        ("<div>Cut <a href='x", "Cut "),
        ("<style>p{color:red}</style><p>Calm</p><noscript>no</noscript>", "Calm\n\n"),
    ];
    let lines: String = rows.iter().map(|(source, _)| format!("{}\n", serde_json::json!({ "text": source }))).collect();
    folder.put("t.jsonl", lines);
    let read = folder.read("t.jsonl");
    for (article, (source, expected)) in read.articles.iter().zip(rows) {
        assert_eq!(article.text, expected, "{source}");
    }
}

// 02-json-and-html-files-read-as-one-text
#[test]
fn case_02_content_decides_what_a_file_is() {
    let folder = Folder::new("content");
    let object = r#"{"status":"ok","articles":[
        {"source":{"id":"e","name":"Echo"},"title":"Port","publishedAt":"2021-03-04T10:00:00Z","content":"Gunmen fled the port."},
        {"source":{"id":null,"name":"Dawn"},"title":"Calm","publishedAt":"2021-03-05T10:00:00Z","content":"Calm came back."}]}"#;
    folder.put("api.json", object).put("api.data", object).put("api.txt", object);
    for name in ["api.json", "api.data", "api.txt"] {
        let read = folder.read(name);
        assert_eq!(
            (read.outlets(), read.dates()[0].as_str()),
            (vec![Some("Echo"), Some("Dawn")], "2021-03-04"),
            "{name}"
        );
        assert_eq!(read.articles[1].text, "Calm\n\nCalm came back.", "{name}");
    }
    folder.put("array.json", "[\n{\"text\": \"one\"},\n{\"text\": \"two {\\\"[\"}\n]");
    assert_eq!(folder.read("array.json").texts(), ["one", "two {\"["]);
    assert_eq!(folder.read("array.json").articles[1].record, Some(3));
    folder.put("deep.json", r#"{"response":{"total":2,"results":[{"webTitle":"T","fields":{"bodyText":"Body one."},"tags":[{"id":"x"}]}]}}"#);
    assert_eq!(folder.read("deep.json").texts(), ["T\n\nBody one."]);
    folder.put("one.json", "{\n \"text\": \"Only one\",\n \"outlet\": \"Echo\"\n}");
    assert_eq!(folder.read("one.json").texts(), ["Only one"]);
    folder.put("lines.json", "{\"text\": \"one\"}\n{\"text\": \"two\"}\n");
    assert_eq!(folder.read("lines.json").texts(), ["one", "two"]);
    folder.put("table.txt", "id\toutlet\ttext\n1\tEcho\tGunmen fled\n2\tDawn\tCalm\n");
    assert_eq!(folder.read("table.txt").outlets(), [Some("Echo"), Some("Dawn")]);
    folder.put("prose.txt", "[Photo] A day, a port, a text\n\nNext, all was calm, again\n");
    assert_eq!(folder.read("prose.txt").articles.len(), 1);
}

// 02-json-and-html-files-read-as-one-text
#[test]
fn case_02_a_page_is_its_article() {
    let folder = Folder::new("page");
    let page = "<html lang=\"en\"><head><title>Port taken | Echo</title><meta property=\"og:site_name\" content=\"Echo\">\
        <meta property=\"og:title\" content=\"Port taken\"><meta property=\"article:published_time\" content=\"2021-03-04T08:00:00Z\">\
        <script>var gunmen=1;</script></head><body><nav>Home Terrorists Coup</nav><p>The gunmen came.</p><footer>Coup &copy;</footer></body></html>";
    folder.put("page.html", page);
    let read = folder.read("page.html");
    let article = &read.articles[0];
    assert_eq!(
        (article.title.as_str(), read.outlets(), read.dates()[0].as_str()),
        ("Port taken", vec![Some("Echo")], "2021-03-04")
    );
    assert!(!article.text.contains("var") && article.text.contains("The gunmen came."));
    let hits = folder.columns("page.html", &[], "hits.csv", &["surface", "counted", "position"]);
    assert_eq!(hits, ["Terrorists|furniture|body", "Coup|furniture|body", "gunmen|yes|body", "Coup|furniture|body"]);
    let removed = folder.columns("page.html", &[], "removed.csv", &["rule", "evidence"]);
    assert!(removed.contains(&"furniture|<nav>".to_string()), "{removed:?}");
    let at = article.text.find("gunmen").unwrap() as u32;
    let (start, end) = article.source(at, at + 6);
    assert_eq!(&page[start as usize..end as usize], "gunmen");
}

#[test]
fn what_is_no_article_is_refused_with_what_to_do() {
    let folder = Folder::new("refusals");
    folder.put("a.txt", "%PDF-1.7 and so on").put("b.txt", "PK\u{3}\u{4}....mimetypeapplication/epub+zip");
    folder.put("l.toml", "[lexicon]\nname = \"x\"\n[[frame]]\nname = \"y\"\nterms = [\"z\"]\n");
    folder.put("terms.csv", "term,category,weight\nriot,unrest,1\n").put("config.json", "{\"a\": {\"b\": 1}}");
    let hint = |name: &str| folder.refused(name)[0].hint.clone();
    assert!(hint("a.txt").contains("pdftotext"));
    assert!(hint("b.txt").contains(".txt"));
    assert!(hint("l.toml").contains("--lexicon"));
    assert!(hint("terms.csv").contains("--lexicon"));
    assert_eq!(folder.refused("config.json")[0].kind, "no-text-column");
    // in a folder they lie beside the articles
    folder.put("mixed/c.json", "{\"a\": 1}").put("mixed/t.txt", "Gunmen fled.");
    let read = folder.read("mixed");
    assert_eq!(read.texts(), ["Gunmen fled."]);
    assert!(read.has("no-text-column"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(20_261_128), ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_articles_or_problems_and_never_a_panic(
        bytes in prop::collection::vec(prop_oneof![
            Just(b'<'), Just(b'>'), Just(b'&'), Just(b'"'), Just(b','), Just(b'\n'), Just(b'{'), Just(b'}'), Just(b'['), Just(b':'), Just(b';'),
            Just(b'p'), Just(b'/'), Just(b'\\'), any::<u8>()
        ], 0..300),
        name in prop_oneof![Just("x.csv"), Just("x.html"), Just("x.json"), Just("x.jsonl"), Just("x.txt"), Just("x.bin")]
    ) {
        let folder = Folder::new("fuzz");
        folder.put(name, &bytes);
        if let Ok(corpus) = framescope::read::open(&[folder.path(name)], &framescope::read::Options::default()) {
            for item in corpus {
                if let framescope::read::Item::Article(article) = item {
                    for piece in &article.places.pieces {
                        prop_assert!(article.text.get(piece.at as usize..(piece.at + piece.len) as usize).is_some());
                        prop_assert!((piece.start + piece.source_len) as usize <= bytes.len() * 4 + 8);
                    }
                }
            }
        }
    }

    #[test]
    fn marked_up_words_stand_where_they_are_said_to_stand(
        words in prop::collection::vec("[a-zà-ü]{1,6}", 1..12),
        marks in prop::collection::vec(prop_oneof![Just("<p>"), Just("</p>\n"), Just("<b>"), Just("</b> "), Just("<br>"), Just(" &amp; "), Just("\n"), Just("<!-- x -->"), Just(" ")], 12)
    ) {
        let source: String = words.iter().zip(&marks).map(|(word, mark)| format!("{mark}{word} ")).collect();
        let folder = Folder::new("spans");
        folder.put("t.jsonl", serde_json::json!({ "text": source }).to_string());
        let read = folder.read("t.jsonl");
        let article = &read.articles[0];
        let mut at = 0;
        for word in &words {
            let found = at + article.text[at..].find(word.as_str()).unwrap();
            let (start, end) = article.source(found as u32, (found + word.len()) as u32);
            prop_assert_eq!(&source[start as usize..end as usize], word.as_str());
            at = found + word.len();
        }
    }
}
