//! What news services, browsers and Office leave beside articles or in them, and what earlier runs left.

use super::Folder;
use std::process::Command;

#[test]
fn the_sign_of_a_text_that_is_cut_is_no_text_and_is_told() {
    let folder = Folder::new("services-cut");
    folder.put(
        "news.json",
        r#"{"status": "ok", "articles": [
            {"source": {"name": "Echo"}, "title": "Port", "content": "The gunmen came to the port before the sun was up… [+2310 chars]"},
            {"source": {"name": "Dawn"}, "title": "Quay", "content": "The quay was quiet [sic] and no ship came in at all ... [512 chars]"},
            {"source": {"name": "Post"}, "title": "[Removed]", "content": "[Removed]"}]}"#,
    );
    let read = folder.read("news.json");
    assert_eq!(read.articles[0].text, "Port\n\nThe gunmen came to the port before the sun was up… ");
    assert_eq!(read.articles[1].text, "Quay\n\nThe quay was quiet [sic] and no ship came in at all ... ");
    assert!(read.problem("texts-cut").found.starts_with("2 articles"), "{}", read.problem("texts-cut"));
    assert!(read.problem("texts-cut").found.contains("[+2310 chars]"));
    assert!(read.articles.get(2).is_none_or(|article| article.text.is_empty()), "{:?}", read.texts());
    let long = format!("text\n{}\n", "а".repeat(32_767));
    folder
        .put("excel.csv", long)
        .put("feed.txt", "Port\n\nThe gunmen came to the port […]\n")
        .put("whole.txt", "So it went on ...\n");
    assert!(folder.read("excel.csv").problem("texts-cut").found.contains("Excel"));
    assert!(folder.read("feed.txt").has("texts-cut"));
    assert!(!folder.read("whole.txt").has("texts-cut"));
}

#[test]
fn what_lies_beside_articles_is_left_out_with_a_note() {
    let folder = Folder::new("services-beside");
    let page = "<!doctype html><html><body><h1>Port</h1><article><p>The gunmen came to the port at night.</p></article></body></html>";
    folder
        .put("all/port.html", page)
        .put("all/port_files/frame.html", "<!doctype html><html><body><p>Sign in to read.</p></body></html>")
        .put("all/case_files/a.txt", "A file of the case, and no page beside it.\n")
        .put("all/~$port.docx", "user");
    let read = folder.read("all");
    let files: Vec<&str> = read.articles.iter().map(|article| article.file.as_str()).collect();
    assert_eq!(files, ["case_files/a.txt", "port.html"]);
    let notes: Vec<String> =
        read.problems.iter().filter(|p| p.kind == "file-skipped").map(ToString::to_string).collect();
    assert!(
        notes.iter().any(|note| note.contains("port_files")) && notes.iter().any(|note| note.contains("~$port")),
        "{notes:?}"
    );
    assert_eq!(folder.read("all/**/*.html").articles.len(), 1, "a wildcard passes them over too");
}

#[test]
fn the_results_of_a_run_are_no_articles() {
    let folder = Folder::new("services-run");
    folder.put("a.csv", "outlet,text\nEcho,The gunmen came to the port at night and left it at dawn.\n");
    folder.run("a.csv", &[], "frames.csv");
    for results in ["out", "out/articles.csv", "out/hits", "out/hits/terror.csv"] {
        let problems = folder.refused(results);
        assert_eq!(problems[0].kind, "run-as-corpus", "{results}");
        let output =
            Command::new(env!("CARGO_BIN_EXE_framescope")).args(["corpus", "check", &folder.path(results)]).output();
        assert!(!output.unwrap().status.success(), "{results}");
    }
    folder.put("out/mine.txt", "The gunmen of my own came to the port at night.\n");
    assert_eq!(folder.read("out/mine.txt").articles.len(), 1, "what a user put there is the user's");
    assert_eq!(folder.read("out/*.txt").articles.len(), 1);
}
