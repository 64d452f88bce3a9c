//! Folders of files whose names do not say what they are.

use super::Folder;
use framescope::error::Severity;
use framescope::read::{Options, open};

#[test]
fn files_without_extension_are_read_by_their_content() {
    let folder = Folder::new("folders-bare");
    folder
        .put("c/article1", "The gunmen came at night.\n\nThey left in the morning.\n")
        .put("c/2022.01.05", "All was calm.\n")
        .put("c/article.2022-01-05", "The market was full.\n")
        .put("c/Dawn, Jan. 6 p. 3", "Ships left the port.\n")
        .put(
            "c/table",
            "id,text,date\na,The coup failed on that day.,2022-01-05\nb,Ships came back to us.,2022-01-06\n",
        )
        .put("c/packed.gz", gzipped(b"The quay was empty.\n"))
        .put("c/README", "About the corpus.\n")
        .put("c/LICENSE", "Everybody may copy this.\n")
        .put("c/.hidden", "Nobody reads this.\n")
        .put("c/blob", b"\0\x01\x02\x03")
        .put("c/_SUCCESS", "");
    let read = folder.read("c");
    let ids: Vec<&str> = read.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["2022.01.05", "Dawn, Jan. 6 p. 3", "article.2022-01-05", "article1", "packed", "a", "b"]);
    assert_eq!(read.texts()[5], "The coup failed on that day.");
    let told = |kind: &str| -> Vec<&str> {
        let of_kind = read.problems.iter().filter(|problem| problem.kind == kind);
        of_kind.map(|problem| problem.place.file.as_str()).collect()
    };
    assert_eq!((told("binary-file"), told("empty-file")), (vec!["blob"], vec!["_SUCCESS"]));
    assert_eq!(told("file-skipped"), ["LICENSE", "README"]);
    assert!(read.problems.iter().all(|problem| problem.severity == Severity::Note), "{:#?}", read.problems);
    // how each was read is told
    let corpus = open(&[folder.path("c")], &Options::default()).unwrap();
    let form = |file: &str| corpus.inputs().iter().find(|input| input.file == file).map(|input| input.form.clone());
    assert_eq!(form("article1").as_deref(), Some("text, one article (no extension)"));
    assert_eq!(form("table").as_deref(), Some("table, separated by `,` (no extension)"));
    // the file is what it is when it is named itself
    assert_eq!(folder.read("c/article1").texts(), [read.texts()[3]]);
    assert!(folder.read("c/blob").problem("binary-file").severity == Severity::Error);
}

#[test]
fn a_folder_of_nothing_but_bytes_is_refused_and_says_why() {
    let folder = Folder::new("folders-bytes");
    folder.put("c/one", b"\0\x01").put("c/two", b"\0\x02");
    let problems = folder.refused("c");
    assert_eq!((problems[0].kind, problems[0].severity), ("binary-file", Severity::Error), "{problems:?}");
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}
