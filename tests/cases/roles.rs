//! Which column, folder or cell holds what: names of services and programs, days in parts, rows that hold nothing.

use super::{Folder, Read};
use framescope::read::dates::{DateProblem, parse};
use framescope::read::{Date, DateOrder, Options};

fn rows(read: &Read) -> Vec<String> {
    let row = |article: &framescope::read::Article| {
        let date = article.date.map(|date| date.to_string()).unwrap_or_default();
        format!("{}|{date}|{}", article.outlet.as_deref().unwrap_or("-"), article.title)
    };
    read.articles.iter().map(row).collect()
}

#[test]
fn columns_of_services_and_programs_have_their_roles() {
    let folder = Folder::new("roles-names");
    let text = "The gunmen came to the port at night, and nobody in the town had seen them.";
    for (header, cells) in [
        ("Title,Publisher,pubtitle,pubdate,FullText", "Port,Big Company,Dawn,2022-01-05"),
        ("Title,Publisher,Publication Title,Date,Text", "Port,Big Company,Dawn,2022-01-05"),
        ("heading,origin,author,datetimestamp,text", "Port,Dawn,X,2022-01-05"),
        ("Titre,Source,Journal,Date,Texte", "Port,Europresse,Dawn,2022-01-05"),
        ("title,source_url,summary,publish_date,text", "Port,https://Dawn/,x,2022-01-05"),
        ("article_headline,Media Outlet,x,Date (UTC),Text:", "Port,Dawn,x,2022-01-05"),
        ("header,Name of newspaper,x,Date of publication,text", "Port,Dawn,x,2022-01-05"),
        ("Titulek,Zdroj,x,Datum,Text", "Port,Dawn,x,2022-01-05"),
        ("Rubrik,Tidning,x,Datum,Text", "Port,Dawn,x,2022-01-05"),
        ("見出し,新聞,x,日付,本文", "Port,Dawn,x,2022-01-05"),
        ("Название,Издание,x,Дата,Полный текст", "Port,Dawn,x,2022-01-05"),
        ("title,opengraph.site_name,x,publishing_date,cleaned_text", "Port,Dawn,x,2022-01-05"),
        ("title,hostname,x,date,message", "Port,Dawn,x,2022-01-05"),
    ] {
        folder.put("t.csv", format!("{header}\n{cells},\"{text}\"\n"));
        let read = folder.read("t.csv");
        assert_eq!(rows(&read), ["Dawn|2022-01-05|Port"], "{header}: {:?}", read.problems);
    }
    for name in ["Message", "selftext", "content_text", "News Text", "speech"] {
        folder.put("t.csv", format!("outlet,{name}\nDawn,\"{text}\"\n"));
        assert_eq!(folder.read("t.csv").texts(), [text], "{name}");
    }
    folder.put("w.jsonl", format!("{{\"thread\": {{\"site\": \"dawn.example\", \"title\": \"Thread\"}}, \"title\": \"Port\", \"published\": \"2022-01-05\", \"text\": \"{text}\"}}\n"));
    assert_eq!(rows(&folder.read("w.jsonl")), ["dawn.example|2022-01-05|Port"]);
    folder.put("n.csv", format!("id,Notes,number\n1,\"{text} {text}\",7\n2,\"{text} {text}\",8\n"));
    assert_eq!(folder.refused("n.csv")[0].hint, "--text Notes, whose cells are the longest");
    folder.put("s.csv", format!("sheet,date,text\nDawn,2022-01-05,\"{text}\"\n"));
    assert!(folder.read("s.csv").problem("columns-guessed").found.contains("no outlet column (`--outlet sheet`"));
    folder.put("p.csv", format!("doc_id,paragraph,text\na,1,\"{text}\"\na,2,They left.\n"));
    assert!(folder.read("p.csv").problem("rows-are-parts").hint.contains("`doc_id`"));
    // a word of an answer is no text of an article
    folder.put(
        "a.json",
        format!("{{\"status\": \"ok\", \"message\": \"done\", \"articles\": [{{\"text\": \"{text}\"}}]}}"),
    );
    assert_eq!(folder.read("a.json").texts(), [text]);
}

#[test]
fn tables_without_a_header_tell_titles_from_outlets() {
    let folder = Folder::new("roles-headless");
    let text = |n: u32| {
        format!(
            "\"The gunmen came {n} times to the port at night, and nobody in the whole town had ever seen them before.\""
        )
    };
    let titles = ["Port taken", "Quay calm", "Ships leave", "Mayor speaks"];
    let lines = |column: &dyn Fn(usize) -> String| {
        (0..4).map(|i| format!("{},{},{}\n", i % 2 + 1, column(i), text(i as u32))).collect::<String>()
    };
    folder.put("titles.csv", lines(&|i| titles[i].to_string()));
    assert_eq!(rows(&folder.read("titles.csv")), titles.map(|title| format!("-||{title}")));
    folder.put("both.csv", lines(&|i| format!("{},{}", ["Dawn Post", "Echo"][i % 2], titles[i])));
    assert_eq!(
        rows(&folder.read("both.csv")),
        ["Dawn Post||Port taken", "Echo||Quay calm", "Dawn Post||Ships leave", "Echo||Mayor speaks"]
    );
    folder.put("tabs.txt", (0..4).map(|i| format!("doc{i}\ten\t{}\n", text(i))).collect::<String>());
    assert_eq!(folder.read("tabs.txt").articles.len(), 4, "a table whatever its name is");
    folder.put("events.csv", "1,20220105,USA,https://a.example/a/long/address/of/an/article\n2,20220106,RUS,https://b.example/a/long/address/of/an/article\n3,20220107,USA,https://c.example/a/long/address/of/an/article\n");
    assert_eq!(folder.refused("events.csv")[0].kind, "no-text-column", "addresses are no texts");
}

#[test]
fn tables_between_uncommon_signs_and_lines_of_commas() {
    let folder = Folder::new("roles-signs");
    for sign in ["\u{1}", "::", "~", "^", "þ", "||"] {
        let line = |cells: [&str; 3]| cells.join(sign) + "\n";
        let table = line(["outlet", "date", "text"])
            + &line(["Dawn", "2022-01-05", "The gunmen, they said, came."])
            + &line(["Echo", "2022-01-06", "All was calm, at last."]);
        folder.put("t.csv", table);
        let read = folder.read("t.csv");
        assert_eq!(read.texts(), ["The gunmen, they said, came.", "All was calm, at last."], "{sign}");
        assert_eq!(read.outlets(), [Some("Dawn"), Some("Echo")], "{sign}");
    }
    let texts = [
        "The gunmen came to the port at night, and nobody had seen them on the road to it.",
        "All was calm in the morning, said the mayor, and the ships left, one after another.",
        "Nobody was hurt in the town that night and no shop was closed when the morning came.",
    ];
    folder.put("lines.csv", texts.join("\n") + "\n");
    assert_eq!(folder.read("lines.csv").texts(), texts);
    folder.put("headlines.csv", "headline\nGunmen came, say police\nAll was calm, say others\n");
    assert_eq!(folder.refused("headlines.csv")[0].hint, "--text headline");
    folder.put("settings.csv", "Report:,Export\nBrand:,X\nFrom:,2022-01-01\nTo:,2022-02-01\nLabel:,\nDate,Title,Domain,Full Text\n2022-01-05,Port,dawn.example,The gunmen came.\n2022-01-06,Quay,echo.example,All was calm.\n");
    assert_eq!(folder.read("settings.csv").outlets(), [Some("dawn.example"), Some("echo.example")]);
    folder.put("windows.csv", "outlet,text\r\r\nDawn,\"The gunmen\ncame.\"\r\r\nEcho,\"All was calm.\"\r\r\n");
    assert_eq!(folder.read("windows.csv").texts(), ["The gunmen\ncame.", "All was calm."]);
}

#[test]
fn rows_that_hold_nothing_are_no_articles() {
    let folder = Folder::new("roles-empty");
    folder.put(
        "t.csv",
        "outlet,date,text\nDawn,2022-01-05,The gunmen came.\n,,\n, ,\nEcho,2022-01-06,All was calm.\n,,\n",
    );
    let read = folder.read("t.csv");
    assert_eq!((read.articles.len(), read.has("empty-article")), (2, false));
    let note = read.problem("rows-empty");
    assert!(note.found.starts_with("3 rows hold nothing") && note.place.line == Some(3), "{note}");
    folder.put("n.csv", "outlet,text\nDawn,character(0)\nEcho,list()\nPost,The gunmen came.\n");
    let empty = folder.read("n.csv").articles.iter().filter(|article| article.text.is_empty()).count();
    assert_eq!(empty, 2, "what R writes for nothing is nothing");
}

#[test]
fn days_in_columns_of_their_own() {
    let folder = Folder::new("roles-days");
    folder.put("n.csv", "outlet,year,month,day,text\nDawn,2022,1,5,The gunmen came.\nEcho,2022.0,2.0,6.0,All was calm.\nPost,2022,,,They left.\n");
    let read = folder.read("n.csv");
    assert_eq!(read.dates(), ["2022-01-05", "2022-02-06", ""]);
    assert!(read.problem("columns-guessed").found.contains("date columns `year`, `month`, `day`"));
    folder.put("w.csv", "outlet,Jahr,Monat,Tag,text\nDawn,2022,Januar,5,The gunmen came.\n");
    assert_eq!(folder.read("w.csv").dates(), ["2022-01-05"]);
    folder.put("y.csv", "outlet,year,text\nDawn,2022,The gunmen came.\n");
    assert!(folder.read("y.csv").problem("columns-guessed").found.contains("`--by year`"));
}

#[test]
fn dates_as_more_programs_and_papers_write_them() {
    let day = Date::new(2022, 1, 5);
    for text in [
        "05JAN2022:10:00:00",
        "05/Jan/2022:10:00:00 +0000",
        "5 Jan '22",
        "2022. 1. 5.",
        "2022. január 5.",
        "2022 m. sausio 5 d.",
        "2022. gada 5. janvārī",
        "Jan 5, 2022 @ 10:15:00.000",
        "le 5 janvier 2022",
        "den 5. januar 2022",
        "5.I.2022",
        "5 I 2022",
        "\u{200e}5/1/2022",
        "2022\u{2011}01\u{2011}05",
        "2022–01–05",
    ] {
        assert_eq!(parse(text, Some(DateOrder::DayFirst)), Ok(day), "{text}");
    }
    for number in ["18997", "22650", "1956916800", "1956916800000"] {
        assert_eq!(parse(number, None), Err(DateProblem::Count), "{number}");
    }
    assert_eq!(parse("2022 later", None), Err(DateProblem::Incomplete));
    assert_eq!(parse("2022 no 5", None), Err(DateProblem::Unreadable), "it may name a day");
    let folder = Folder::new("roles-count");
    folder.put("t.csv", "outlet,date,text\nDawn,22650,The gunmen came.\n");
    let read = folder.read("t.csv");
    assert_eq!(read.dates(), [""]);
    assert!(["1899", "1960", "1970"].iter().all(|year| read.problem("date-unreadable").hint.contains(year)));
}

#[test]
fn folders_and_names_of_tables_say_outlet_and_date() {
    let folder = Folder::new("roles-folders");
    folder
        .put("h/outlet=Dawn/year=2022/month=1/day=5/a.csv", "text\nThe gunmen came.\n")
        .put("h/outlet=The%20Echo/year=2022/month=1/day=6/a.jsonl", "{\"text\": \"All was calm.\"}\n")
        .put("h/outlet=__HIVE_DEFAULT_PARTITION__/year=2022/month=1/day=7/a.csv", "text\nThey left.\n")
        .put("h/outlet=Post/section=World/a.txt", "Ships left the port.\n");
    let read = folder.read("h");
    let mut outlets = read.outlets();
    outlets.sort();
    assert_eq!(outlets, [None, Some("Dawn"), Some("Post"), Some("The Echo")]);
    let dawn = read.articles.iter().position(|article| article.outlet.as_deref() == Some("Dawn")).unwrap();
    assert_eq!(read.dates()[dawn], "2022-01-05");
    assert!(read.articles.iter().any(|article| article.other.contains(&Some("World".into()))));
    folder.put("own/outlet=Dawn/a.csv", "outlet,text\nEcho,The gunmen came.\n");
    assert_eq!(folder.read("own").outlets(), [Some("Echo")], "what a table says itself comes first");
    folder
        .put("p/2022-01-05_Dawn.csv", "text\nThe gunmen came.\n")
        .put("p/2022-01-06_Echo.jsonl", "{\"text\": \"All was calm.\"}\n");
    let told = |path: &str| Options { path: Some(path.into()), ..Options::default() };
    let read = folder.read_with("p", &told("{date}_{outlet}.*"));
    assert_eq!(
        (read.outlets(), read.dates()),
        (vec![Some("Dawn"), Some("Echo")], vec!["2022-01-05".into(), "2022-01-06".into()])
    );
    let error = framescope::read::open(&[folder.path("p")], &told("{outlet}/{date}.csv")).err().unwrap().to_string();
    assert!(error.contains("no file fits"), "{error}");
    for (name, pattern) in [
        ("Dawn - Port (05 Jan 2022).txt", "{outlet} - {title} ({date}).txt"),
        ("1 Dawn 05.01.2022.txt", "{id} {outlet} {date}.txt"),
        ("Dawn_05-01-22.txt", "{outlet}_{date}.txt"),
        ("05-01-22_Dawn.txt", "{day}-{month}-{year}_{outlet}.txt"),
        ("Dawn_January_5_2022.txt", "{outlet}_{date}.txt"),
    ] {
        let own = Folder::new("roles-names-of-files");
        own.put(&format!("f/{name}"), "The gunmen came.\n");
        let options = Options { date_order: Some(DateOrder::DayFirst), ..told(pattern) };
        let read = own.read_with("f", &options);
        assert_eq!((read.outlets(), read.dates()), (vec![Some("Dawn")], vec!["2022-01-05".to_string()]), "{name}");
    }
}

#[test]
fn numbers_in_conditions_are_read_as_people_write_them() {
    let folder = Folder::new("roles-numbers");
    folder.put("t.csv", "id,views,text\na,\"1,200\",The gunmen came.\nb,900,All was calm.\nc,1e3,They left.\nd,many,Ships left.\ne,\"4,5\",Nobody came.\nf,1 300,Nobody left.\n");
    let read = |only: &str| folder.read_with("t.csv", &Options { only: Some(only.into()), ..Options::default() });
    let ids = |only: &str| read(only).articles.iter().map(|article| article.id.clone()).collect::<String>();
    assert_eq!(ids("views > 900"), "acf");
    assert_eq!(ids("views < 5"), "e");
    assert_eq!(ids("views = 1200"), "a");
    let told = read("views > 900");
    assert!(
        told.problem("where-number").found.contains("1 of 6 articles")
            && told.problem("where-number").found.contains("`many`")
    );
}

#[test]
fn what_programs_wrote_for_signs_is_the_signs() {
    let folder = Folder::new("roles-escapes");
    let rows = [
        (r"The gunmen\r\nmilitant groups\r\n\r\ncame there.", "The gunmen\nmilitant groups\n\ncame there."),
        (r"The gunmen\nmilitant groups of them\ncame there.", "The gunmen\nmilitant groups of them\ncame there."),
        (r"See C:\news\new for it.", r"See C:\news\new for it."),
        ("<U+201C>Gunmen<U+201D> in caf<U+00E9>s<e2><80><a6>", "“Gunmen” in cafés…"),
        ("The gun\u{1f}men and mili\u{2}tants of an anti\u{1e}coup", "The gunmen and militants of an anti-coup"),
    ];
    folder.put("t.jsonl", rows.map(|(source, _)| format!("{}\n", serde_json::json!({ "text": source }))).concat());
    let read = folder.read("t.jsonl");
    assert_eq!(read.texts(), rows.map(|(_, meant)| meant));
    let gunmen = read.articles[4].text.find("gunmen").unwrap() as u32;
    let (from, to) = read.articles[4].source(gunmen, gunmen + 6);
    assert_eq!(&rows[4].0[from as usize..to as usize], "gun\u{1f}men");
    folder.put(
        "o.csv",
        "outlet,text\nFox News\u{200b},The gunmen came.\n\u{feff}Fox News,All was calm.\nFox\u{a0}News,They left.\n",
    );
    assert_eq!(folder.read("o.csv").outlets(), [Some("Fox News"); 3]);
}

#[test]
fn cyrillic_text_from_an_old_macintosh_is_read() {
    let folder = Folder::new("roles-mac");
    let table =
        "outlet,text\nГазета,Боевики заняли порт. Полиция и партия молчат.\nВестник,Всё спокойно. Станция открыта.\n";
    for encoding in [encoding_rs::X_MAC_CYRILLIC, encoding_rs::WINDOWS_1251] {
        folder.put("t.csv", encoding.encode(table).0);
        let read = folder.read("t.csv");
        assert_eq!(read.outlets(), [Some("Газета"), Some("Вестник")], "{}", encoding.name());
        assert_eq!(read.texts()[1], "Всё спокойно. Станция открыта.");
    }
}

#[test]
fn texts_of_several_articles_are_told_by_more_signs() {
    let folder = Folder::new("roles-several");
    let story = |i: u32| {
        format!("The gunmen came {i} times to the port at night, and nobody in the town had seen them before.\n\n")
    };
    for (sign, pattern) in [
        ("URL: https://dawn.example/1", "^URL:\\s*http\\S+$"),
        ("https://dawn.example/1", "^https?://\\S+$"),
        ("==> a.txt <==", "^={2}> .+ <={2}$"),
        ("===== a.txt =====", "^={5} .+ ={5}$"),
        ("*** 1 ***", "^\\*{3} .+ \\*{3}$"),
        ("---", "^-{3,}\\s*$"),
    ] {
        let text: String = (1..=4).map(|i| format!("{sign}\n{}", story(i))).collect();
        folder.put("t.txt", text);
        let hint = folder.read("t.txt").problem("several-articles").hint.clone();
        assert!(hint.contains(&format!("'{pattern}'")), "{sign}: {hint}");
    }
    folder.put("d.txt", (1..=4).map(|i| format!("0{i}.01.2022\n{}", story(i))).collect::<String>());
    assert!(folder.read("d.txt").has("several-articles"));
    folder.put("one.txt", format!("5 January 2022\n\n{}https://dawn.example/1\n", story(1)));
    assert!(!folder.read("one.txt").has("several-articles"));
}
