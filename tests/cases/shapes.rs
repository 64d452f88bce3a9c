//! JSON of many shapes, and patterns of paths that do not fit.

use super::Folder;

fn rows(folder: &Folder, name: &str) -> Vec<String> {
    let read = folder.read(name);
    let row = |article: &framescope::read::Article| {
        let date = article.date.map(|date| date.to_string()).unwrap_or_default();
        format!("{}|{date}|{}", article.outlet.as_deref().unwrap_or("-"), article.text.trim())
    };
    read.articles.iter().map(row).collect()
}

const TWO: [&str; 2] = ["Dawn|2021-03-04|Gunmen came.", "Echo|2021-03-05|All calm."];

#[test]
fn lists_of_articles_side_by_side_are_all_read() {
    let folder = Folder::new("shapes-lists");
    let one =
        r#"{"outlet":"Dawn","date":"2021-03-04","text":"Gunmen came.","comments":[{"text":"A coup!"},{"text":"No."}]}"#;
    let two = r#"{"outlet":"Echo","date":"2021-03-05","text":"All calm.","comments":[]}"#;
    let plain = |object: &str| object.replace(r#""outlet":"Dawn","#, "").replace(r#""outlet":"Echo","#, "");
    folder
        .put("years.json", format!("{{\"2020\":[{one}],\"2021\":[{two}]}}"))
        .put("parts.json", format!("{{\"train\":[{one}],\"test\":[{two}]}}"))
        .put("below.json", format!("{{\"status\":\"ok\",\"years\":{{\"a\":[{one}],\"b\":[{two}]}}}}"))
        .put("outlets.json", format!("{{\"Dawn\":[{}],\"Echo\":[{}]}}", plain(one), plain(two)))
        .put(
            "feeds.json",
            format!(
                "{{\"feeds\":[{{\"outlet\":\"Dawn\",\"articles\":[{}]}},{{\"outlet\":\"Echo\",\"articles\":[{}]}}]}}",
                plain(one),
                plain(two)
            ),
        );
    for name in ["years.json", "parts.json", "below.json", "outlets.json", "feeds.json"] {
        assert_eq!(rows(&folder, name), TWO, "{name}");
    }
    let read = folder.read("years.json");
    assert!(read.articles[1].other.contains(&Some("2021".to_string())), "the name of the list is a column");
    folder.put("known.json", format!("{{\"articles\":[{one},{two}],\"editorials\":[{{\"text\":\"Left out.\"}}]}}"));
    let read = folder.read("known.json");
    assert_eq!(read.articles.len(), 2);
    assert!(read.problem("json-lists").found.contains("`editorials`"), "{:#?}", read.problems);
}

#[test]
fn paragraphs_that_are_objects_are_one_article() {
    let folder = Folder::new("shapes-paragraphs");
    let article = |key: &str, outlet: &str, day: u32, text: &str| {
        format!(
            "{{\"outlet\":\"{outlet}\",\"date\":\"2021-03-0{day}\",\"{key}\":[{{\"id\":1,\"text\":\"{text}\"}},{{\"id\":2,\"text\":\"So it was.\"}}]}}"
        )
    };
    for key in ["paragraphs", "body", "content"] {
        let (one, two) = (article(key, "Dawn", 4, "Gunmen came."), article(key, "Echo", 5, "All calm."));
        let expected = TWO.map(|row| format!("{row}\n\nSo it was."));
        folder
            .put("one.json", &one)
            .put("two.json", format!("[{one},{two}]"))
            .put("l.jsonl", format!("{one}\n{two}\n"));
        assert_eq!(rows(&folder, "one.json"), expected[..1], "{key}");
        assert_eq!(rows(&folder, "two.json"), expected, "{key}");
        assert_eq!(rows(&folder, "l.jsonl"), expected, "{key}");
    }
}

#[test]
fn a_column_that_is_empty_is_not_the_text_where_another_is_called_so() {
    let folder = Folder::new("shapes-empty");
    let line = |text: &str, outlet: &str, day: u32| {
        format!(
            "{{\"date_publish\":\"2021-03-0{day}\",\"maintext\":\"{text}\",\"source_domain\":\"{outlet}\",\"text\":null}}\n"
        )
    };
    folder.put("a.jsonl", line("Gunmen came.", "Dawn", 4) + &line("All calm.", "Echo", 5));
    folder.put("one.json", line("Gunmen came.", "Dawn", 4));
    folder.put("a.csv", "outlet,date,text,maintext\nDawn,2021-03-04,,Gunmen came.\nEcho,2021-03-05,NA,All calm.\n");
    assert_eq!(rows(&folder, "a.jsonl"), TWO);
    assert_eq!(rows(&folder, "one.json"), TWO[..1]);
    assert_eq!(rows(&folder, "a.csv"), TWO);
}

#[test]
fn numbers_that_json_does_not_know_are_no_value() {
    let folder = Folder::new("shapes-nan");
    let one = r#"{"outlet":"Dawn","date":"2021-03-04","score":NaN,"text":"Gunmen came."}"#;
    let two = r#"{"outlet":"Echo","date":"2021-03-05","score":-Infinity,"text":"All calm."}"#;
    folder.put("a.json", format!("[{one},{two}]")).put("a.jsonl", format!("{one}\n{two}\n"));
    assert_eq!(rows(&folder, "a.json"), TWO);
    assert_eq!(rows(&folder, "a.jsonl"), TWO);
    folder.put("b.jsonl", "{\"outlet\":NaN,\"text\":\"NaN is \\\"no\\\" number.\"}\n");
    assert_eq!(rows(&folder, "b.jsonl"), ["-||NaN is \"no\" number."]);
    folder.put("s.json", r#"["Gunmen came.", "All calm."]"#);
    assert!(folder.refused("s.json")[0].found.contains("a list of strings"));
}

#[test]
fn outlet_and_day_stand_where_programs_put_them() {
    let folder = Folder::new("shapes-places");
    folder.put("mongo.json", "{\"outlet\":\"Dawn\",\"published\":{\"$date\":\"2021-03-04T10:00:00Z\"},\"text\":\"Gunmen came.\"}\n{\"outlet\":\"Echo\",\"published\":{\"$date\":\"2021-03-05T10:00:00Z\"},\"text\":\"All calm.\"}\n");
    let of = |name: &str, day: u32, text: &str| {
        format!(
            "{{\"date\":\"2021-03-0{day}\",\"body\":\"{text}\",\"source\":{{\"uri\":\"x.example\",\"title\":\"{name}\"}}}}"
        )
    };
    folder.put(
        "named.json",
        format!(
            "{{\"articles\":{{\"page\":1,\"results\":[{},{}]}}}}",
            of("Dawn", 4, "Gunmen came."),
            of("Echo", 5, "All calm.")
        ),
    );
    folder.put(
        "a.csv",
        "article_source,article_date,article_text\nDawn,2021-03-04,Gunmen came.\nEcho,2021-03-05,All calm.\n",
    );
    folder.put("a.xml", "<?xml version=\"1.0\"?><corpus><article id=\"1\" outlet=\"Dawn\" date=\"2021-03-04\"><text>Gunmen came.</text></article><article id=\"2\" outlet=\"Echo\" date=\"2021-03-05\"><text>All calm.</text></article></corpus>");
    for name in ["mongo.json", "named.json", "a.csv", "a.xml"] {
        assert_eq!(rows(&folder, name), TWO, "{name}");
    }
}

#[test]
fn a_pattern_that_fits_no_file_is_refused_and_one_that_fits_some_is_told() {
    let folder = Folder::new("shapes-path");
    folder.put("c/Dawn_spring_a.txt", "Gunmen came.").put("c/Echo_summer_b.txt", "All calm.");
    let with = |pattern: &str| framescope::read::Options { path: Some(pattern.into()), ..Default::default() };
    let refused = framescope::read::open(&[folder.path("c")], &with("{outlet}_{date}_{title}.txt"));
    assert!(refused.is_err_and(|error| error.to_string().contains("no file fits")));
    folder.put("c/Post_2021-03-06_c.txt", "It rained.");
    let read = folder.read_with("c", &with("{outlet}_{date}_{title}.txt"));
    assert!(read.problem("path-unlike").found.starts_with("2 of 3 files"), "{:#?}", read.problems);
    assert_eq!(read.outlets(), [None, None, Some("Post")]);
    for file in ["m/2021-03/dawn/a.txt", "m/2021-03/echo/b.txt", "m/2021-04/dawn/c.txt", "m/2021-04/echo/d.txt"] {
        folder.put(file, format!("Gunmen came: {file}."));
    }
    let read = folder.read("m");
    assert!(read.problem("paths-say").hint.contains("'{year}-{month}/{outlet}/*'"), "{:#?}", read.problems);
}
