//! Sheets that came back other than they were sent.

use super::{Coders, code, framescope, ok, temporary, truth, world};
use std::fs;

#[test]
fn what_is_wrong_in_a_sheet_is_told_with_its_place() {
    let folder = temporary("sheets");
    world(&folder);
    ok(&folder, &super::RUN);
    ok(&folder, &["validate", "sample", "output", "--hits", "12", "--sentences", "12", "--overlap", "12"]);
    let file = folder.join("coding/A.csv");
    let score = || {
        let output = framescope(&folder, &["validate", "score", "coding"]);
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let (status, said) = score();
    assert_eq!(status, Some(2));
    assert!(said.contains("coding/A.csv: has no code yet"), "{said}");
    code(&folder.join("coding"), Coders { error: 0.0, seed: 1 }, truth);
    let good = fs::read_to_string(&file).unwrap();
    assert!(matches!(score().0, Some(0 | 1)));
    let lines: Vec<&str> = good.lines().collect();
    let with = |line: usize, text: String| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_string()).collect();
        lines[line] = text;
        fs::write(&file, lines.join("\n") + "\n").unwrap();
        let (status, said) = score();
        fs::write(&file, &good).unwrap();
        (status, said)
    };
    let columns = lines[0].split(',').count();
    let (status, said) = with(2, lines[2].replace(",1,own,", ",2,own,").replace(",0,,", ",2,,"));
    assert_eq!(status, Some(2));
    assert!(said.contains(&format!("coding/A.csv:3:{}: code `2`; expected 1, 0 or ?", columns - 2)), "{said}");
    let (_, said) = with(1, lines[1].replace("street", "road"));
    assert!(said.contains("coding/A.csv:2:4: the text of"), "{said}");
    let (_, said) = with(1, lines[2].to_string());
    assert!(said.contains("stands here again"), "{said}");
    let (_, said) = with(1, lines[1].replacen('i', "j", 1));
    assert!(said.contains("did you mean `i"), "{said}");
    let (status, said) = with(1, lines[1].replace(",1,own,", ",,,").replace(",0,,", ",,,"));
    assert!(matches!(status, Some(0 | 1)), "{said}");
    assert!(said.contains("1 items have no code: i"), "{said}");
    let (_, said) = with(1, lines[1].replace(",1,own,", ",1,owned,").replace(",0,,", ",0,owned,"));
    assert!(said.contains("voice `owned`; expected own, attributed") && said.contains("did you mean `own`?"), "{said}");
    // a spreadsheet may write semicolons and a mark at the front
    let semicolons: Vec<String> = lines.iter().map(|line| line.replace(',', ";")).collect();
    fs::write(&file, format!("\u{feff}{}\r\n", semicolons.join("\r\n"))).unwrap();
    assert!(matches!(score().0, Some(0 | 1)), "{}", score().1);
    fs::write(&file, &good).unwrap();
    // a changed key is no key
    let key = fs::read_to_string(folder.join("coding/key.json")).unwrap();
    fs::write(folder.join("coding/key.json"), key.replacen("\"seed\": 1", "\"seed\": 2", 1)).unwrap();
    assert!(score().1.contains("does not bear its own seal"), "{}", score().1);
    let _ = fs::remove_dir_all(&folder);
}
