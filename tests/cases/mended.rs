//! What is taken out of texts before they are read: escapes, what stands around an article, the sign of a service that cuts texts.

use super::Folder;

fn texts(folder: &Folder, sources: &[&str]) -> Vec<String> {
    let line = |source: &&str| format!("{}\n", serde_json::json!({ "text": source }));
    folder.put("t.jsonl", sources.iter().map(line).collect::<String>());
    folder.read("t.jsonl").articles.into_iter().map(|article| article.text).collect()
}

#[test]
fn escapes_are_what_they_stand_for_and_paths_stay() {
    let folder = Folder::new("mended-escapes");
    for (source, meant) in [
        (r"Gunmen came.\n\nThey left.\tCoup.", "Gunmen came.\n\nThey left.\tCoup."),
        (r"It\'s a \u201ccoup\u201d \ud83d\ude00", "It's a “coup” 😀"),
        (r"b'It\xe2\x80\x99s calm'", "It’s calm"),
        (r#"['Gunmen came.', "They 'left'."]"#, "Gunmen came.\n\nThey 'left'."),
        (r"end\nNext", "end\nNext"),
        ("<U+041F><U+043E><U+0440><U+0442> it<e2><80><99>s <b>calm</b>", "Порт it’s calm"),
        (r"The coup\r\nterrorist groups\r\n\r\nprotest.", "The coup\nterrorist groups\n\nprotest."),
        (r"The coup\nterrorist groups said so\nprotest.", "The coup\nterrorist groups said so\nprotest."),
    ] {
        assert_eq!(texts(&folder, &[source]), [meant], "{source}");
    }
    let plain = [
        r"C:\new\table",
        r"a\b \unknown \x",
        "[1] 'said' he",
        "plain",
        r"notes\names",
        r"see C:\news\new here",
        r"at \\srv\news now",
        r"as CORP\nsmith said",
        r"in Documents\notes.txt now",
        r"the angle \theta of",
        r"from HKEY_LOCAL_MACHINE\network on",
    ];
    assert_eq!(texts(&folder, &plain), plain);
}

#[test]
fn a_name_of_an_element_counts_at_the_ends_of_a_compound() {
    let folder = Folder::new("mended-around");
    let prose = "The gunmen came to the port at night, and nobody in the town had seen them before. ".repeat(8);
    let is_around = |name: &str| {
        let page = format!(
            "<html><body><h1>Port taken</h1><div><p>{prose}</p></div><div class=\"{name}\"><p>What else was said, and by whom.</p></div></body></html>"
        );
        folder.put("t.html", page);
        let article = &folder.read("t.html").articles[0];
        let sign = format!("class=\"{name}\"");
        article.asides.iter().any(|aside| aside.evidence.contains(&sign))
    };
    for name in ["sidebar", "comment-list", "articleComments", "most_read", "nav main", "cookie-banner", "div-gpt-ad"] {
        assert!(is_around(name), "{name}");
    }
    for name in ["has-sidebar", "navy", "shared", "article-body", "header", "story", "adults", "content with-sidebar"] {
        assert!(!is_around(name), "{name}");
    }
}

#[test]
fn the_sign_of_a_service_that_cuts_texts_is_no_text() {
    let folder = Folder::new("mended-cut");
    let cut = [
        "The gunmen came… [+1234 chars]",
        "The gunmen came... [280 chars]",
        "The gunmen came… [+1,234 characters].",
        "The gunmen came… [512 more chars]",
        "<p>The gunmen came… [+3 chars]</p>",
    ];
    let whole = ["They sang [+3 times]", "It is [280 chars] long, they say.", "The gunmen came [12 characters in all]"];
    let found = texts(&folder, &cut);
    assert!(found.iter().all(|text| text.starts_with("The gunmen came") && !text.contains("char")), "{found:?}");
    let read = folder.read("t.jsonl");
    let told = &read.problem("texts-cut").found;
    assert_eq!(told, "5 articles cut off: the first ends with `[+1234 chars]`");
    assert_eq!(texts(&folder, &whole), whole);
    assert!(!folder.read("t.jsonl").has("texts-cut"));
    // one of NewsAPI that was taken back has no text
    folder.put("n.csv", "title,content\nPort taken,The gunmen came… [+12 chars]\n[Removed],[Removed]\n");
    let read = folder.read("n.csv");
    assert_eq!(read.articles[1].text, "");
    assert!(read.has("empty-article"));
}
