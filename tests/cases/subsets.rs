//! Parts of a corpus.

use super::Folder;
use framescope::read::Options;

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    let mut table = String::from("id,outlet,date,n,text\n");
    for i in 0..40 {
        let (outlet, month) = (["Echo", "Dawn", "The Post"][i % 3], i % 4 + 1);
        let text = if i % 5 == 0 { "Kazakhstan’s gunmen left the port." } else { "Calm in the port." };
        table.push_str(&format!("{i},{outlet},2021-{month:02}-15,{i},{text}\n"));
    }
    folder.put("t.csv", table + "40,,,,No metadata at all.\n");
    folder
}

fn ids(folder: &Folder, only: &str) -> Vec<usize> {
    let read = folder.read_with("t.csv", &Options { only: Some(only.into()), ..Options::default() });
    assert!(read.has("left-out"));
    read.articles.iter().map(|article| article.id.parse().unwrap()).collect()
}

#[test]
fn conditions_choose_articles() {
    let folder = folder("where");
    let all = |fits: fn(usize) -> bool| (0..40).filter(|&i| fits(i)).collect::<Vec<usize>>();
    assert_eq!(ids(&folder, "outlet = Echo"), all(|i| i % 3 == 0));
    assert_eq!(ids(&folder, "outlet in (\"the post\", 'Dawn')"), all(|i| i % 3 != 0));
    // what has no outlet is none of these, whichever way it is asked
    let others: Vec<usize> = all(|i| i % 3 == 2).into_iter().chain([40]).collect();
    for only in ["outlet not in (Echo, Dawn)", "outlet != Echo and outlet != Dawn", "not outlet in (Echo, Dawn)"] {
        assert_eq!(ids(&folder, only), others, "{only}");
    }
    assert_eq!(ids(&folder, "outlet = \"\""), [40]);
    assert_eq!(ids(&folder, "date != \"\""), all(|_| true));
    assert_eq!(ids(&folder, "date >= 2021-02-01 and date < 2021-04"), all(|i| matches!(i % 4, 1 | 2)));
    assert_eq!(ids(&folder, "date = 2021-03"), all(|i| i % 4 == 2));
    // dates are compared as dates, however they are written
    let early = all(|i| i % 4 == 0);
    for only in [
        "date < 2021-2-1",
        "date < 1.2.2021",
        "date <= 2021-1",
        "date = 2021-1-15",
        "date in (2021-1-15)",
        "date = \"15 January 2021\"",
    ] {
        assert_eq!(ids(&folder, only), early, "{only}");
    }
    assert_eq!(ids(&folder, "n > 9 and not (n >= 20 or outlet = Echo)"), all(|i| i > 9 && i < 20 && i % 3 != 0));
    assert_eq!(ids(&folder, "text ~ \"kazakh*\""), all(|i| i % 5 == 0));
    assert_eq!(ids(&folder, "text ~ \"gunmen left\" and id != 0"), all(|i| i % 5 == 0 && i > 0));
    let refused = |only: &str| {
        let options = Options { only: Some(only.into()), ..Options::default() };
        framescope::read::open(&[folder.path("t.csv")], &options)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    };
    // signs of the language of entries, which a condition would take for letters
    for asked in
        ["gunmen|police", "#coup", "coup BEFORE/3 town", "gunmen OR police", "[Gg]unmen", "gun*men", "gunmen.*"]
    {
        let told = refused(&format!("text ~ \"{asked}\""));
        assert!(told.contains("behind `text ~`"), "{asked}: {told}");
    }
    assert_eq!(ids(&folder, "text ~ \"gunmen left, the port.\""), all(|i| i % 5 == 0));
    assert!(refused("outlt = Echo").contains("did you mean `outlet`"));
    for only in ["date > soon", "date > 2021-13", "date in (2021, soon)", "date < 01/02/2021"] {
        assert!(refused(only).contains("is not a date"), "{only}");
    }
    assert!(refused("outlet in (Echo").contains("not closed"));
    assert!(refused("outlet Echo").contains("no comparison"));
}

#[test]
fn a_sample_is_the_same_for_one_seed() {
    let folder = folder("sample");
    let draw = |seed| {
        let read = folder.read_with("t.csv", &Options { sample: Some(10), seed, ..Options::default() });
        assert!(read.problem("sampled").found.contains("10 of 41"));
        read.articles.into_iter().map(|article| article.id).collect::<Vec<String>>()
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
    let records: Vec<u32> = draw(1).iter().map(|id| id.parse().unwrap()).collect();
    assert!(records.is_sorted() && records.len() == 10);
    let words =
        folder.columns("t.csv", &["--sample", "7", "--where", "outlet = Echo"], "articles.csv", &["article", "outlet"]);
    assert!(words.len() == 7 && words.iter().all(|row| row.ends_with("|Echo")), "{words:?}");
}
