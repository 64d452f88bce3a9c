//! Metadata from folders and file names, and a few files without any.

use super::Folder;
use framescope::read::Options;
use framescope::read::paths::PathPattern;
use std::process::Command;

// 20-outlet-in-folder-date-in-name
#[test]
fn case_20_folders_and_names_say_outlet_and_date() {
    let folder = Folder::new("paths");
    for outlet in ["Echo", "Dawn"] {
        for day in 1..4 {
            let text = format!(
                "The gunmen of {outlet} came {day} times to the port, people said on the radio and in the street.\n"
            );
            folder.put(&format!("corpus/{outlet}/2021-03-0{day}_port.txt"), text);
        }
    }
    let read = folder.read("corpus");
    assert!(read.problem("paths-say").hint.contains("{outlet}/{date}_{title}"), "{}", read.problem("paths-say"));
    let told = Options { path: Some("{outlet}/{date}_{title}.txt".into()), ..Options::default() };
    let read = folder.read_with("corpus", &told);
    assert_eq!(read.outlets()[..2], [Some("Dawn"), Some("Dawn")]);
    assert_eq!(read.dates()[3..], ["2021-03-01", "2021-03-02", "2021-03-03"]);
    assert!(read.articles[0].text.starts_with("The gunmen"), "a file's name is no headline");
    let output = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .args(["corpus", "init", &folder.path("corpus")])
        .output()
        .unwrap();
    assert!(output.status.success());
    let sidecar = std::fs::read_to_string(folder.path("corpus/articles.csv")).unwrap();
    assert!(sidecar.lines().nth(1).unwrap().starts_with("Dawn/2021-03-01_port.txt,Dawn,2021-03-01,"), "{sidecar}");
    assert!(sidecar.contains("outlet likely, path: {outlet}/{date}_{title}.*"), "{sidecar}");
}

#[test]
fn patterns_are_guessed_where_paths_have_one() {
    let guess = |paths: &[&str]| PathPattern::guess(paths).map(|pattern| pattern.written);
    assert_eq!(
        guess(&["CNN_2022-01-05_a.txt", "CNN_2022-01-06_b.txt", "RT_2022-01-05_c.txt"]).as_deref(),
        Some("{outlet}_{date}_{title}.*")
    );
    assert_eq!(
        guess(&["2022/01/05/a.txt", "2022/01/06/b.txt", "2022/02/06/c.txt"]).as_deref(),
        Some("{year}/{month}/{day}/*")
    );
    assert_eq!(guess(&["20220105.txt", "20220106.txt"]).as_deref(), Some("{date}*"));
    assert_eq!(guess(&["a.txt", "b.txt"]), None);
    assert_eq!(guess(&["jan/a.txt", "jan/b.txt", "March/a.txt", "март/b.txt"]), None, "months are no outlets");
    assert_eq!(guess(&["2022/01/a.txt", "2022/02/b.txt", "2022/02/c.txt"]).as_deref(), Some("{year}/{month}/*"));
    assert_eq!(guess(&["01-port.txt", "02-quay.txt"]), None);
    let pattern = PathPattern::parse("{year}/{month}/{day}/*").unwrap();
    assert_eq!(pattern.read("2022/01/05/a.txt").date().as_deref(), Some("2022-01-05"));
    assert!(PathPattern::parse("{outlett}/x").unwrap_err().found.contains("outlett"));
}

#[test]
fn a_few_files_without_outlets_are_compared_with_each_other() {
    let folder = Folder::new("founding");
    for (name, word) in [("one", "gunmen"), ("two", "people"), ("three", "coup")] {
        folder.put(
            &format!("five/{name}.txt"),
            format!("The {word} came to the town at night, and all the people of the port were afraid.\n"),
        );
    }
    let groups = folder.columns("five", &[], "voices.csv", &["file"]);
    assert!(["one.txt", "two.txt", "three.txt"].iter().all(|file| groups.contains(&(*file).to_string())), "{groups:?}");
    let problems = folder.columns("five", &[], "problems.csv", &["kind"]);
    assert!(problems.contains(&"compared-by-file".to_string()), "{problems:?}");
    let groups = folder.columns("five", &["--by", "article"], "frames.csv", &["article", "frame"]);
    assert!(groups.contains(&"three|coup".to_string()), "{groups:?}");
}
