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
    assert_eq!(ids(&folder, "outlet not in (Echo, Dawn)"), all(|i| i % 3 == 2));
    assert_eq!(ids(&folder, "date >= 2021-02-01 and date < 2021-04"), all(|i| matches!(i % 4, 1 | 2)));
    assert_eq!(ids(&folder, "date = 2021-03"), all(|i| i % 4 == 2));
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
    assert!(refused("outlt = Echo").contains("did you mean `outlet`"));
    assert!(refused("date > soon").contains("no date"));
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
