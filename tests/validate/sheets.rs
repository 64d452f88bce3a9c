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
    assert!(said.contains("1 item has no code: i"), "{said}");
    let (_, said) = with(1, lines[1].replace(",1,own,", ",1,owned,").replace(",0,,", ",0,owned,"));
    assert!(said.contains("voice `owned`; expected own, attributed") && said.contains("did you mean `own`?"), "{said}");
    // a spreadsheet may write semicolons and a mark at the front
    let semicolons: Vec<String> = lines.iter().map(|line| line.replace(',', ";")).collect();
    fs::write(&file, format!("\u{feff}{}\r\n", semicolons.join("\r\n"))).unwrap();
    assert!(matches!(score().0, Some(0 | 1)), "{}", score().1);
    // lines are counted alike where they end in \r\n, as Excel and Python write them
    let bad = [lines[2].replace(",1,own,", ",2,own,").replace(",0,,", ",2,,")];
    let crlf: Vec<&str> =
        lines[..2].iter().copied().chain([bad[0].as_str()]).chain(lines[3..].iter().copied()).collect();
    fs::write(&file, crlf.join("\r\n") + "\r\n").unwrap();
    assert!(score().1.contains(&format!("coding/A.csv:3:{}: code `2`", columns - 2)), "{}", score().1);
    fs::write(&file, &good).unwrap();
    // a changed key is no key
    let key = fs::read_to_string(folder.join("coding/key.json")).unwrap();
    fs::write(folder.join("coding/key.json"), key.replacen("\"seed\": 1", "\"seed\": 2", 1)).unwrap();
    assert!(score().1.contains("does not match its checksum"), "{}", score().1);
    let _ = fs::remove_dir_all(&folder);
}

/// The rows of a workbook as text.
fn cells(file: &std::path::Path) -> Vec<Vec<String>> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(file).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// Writes codes as a spreadsheet does: as numbers.
fn fill(file: &std::path::Path, coded: &str, wrong: Option<&str>) {
    let (sent, mut book) = (cells(file), rust_xlsxwriter::Workbook::new());
    let column = |name: &str| sent[0].iter().position(|known| known == name).unwrap();
    let mut codes = csv::Reader::from_reader(coded.as_bytes());
    let header = codes.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|known| known == name).unwrap();
    let coded: Vec<csv::StringRecord> = codes.records().map(Result::unwrap).collect();
    let sheet = book.add_worksheet();
    for (number, row) in sent.iter().enumerate() {
        for (place, cell) in row.iter().enumerate() {
            let changed = wrong.filter(|_| number == 2 && place == column("text"));
            sheet.write_string(number as u32, place as u16, changed.unwrap_or(cell)).unwrap();
        }
        if let Some(codes) = coded.iter().find(|codes| number > 0 && codes[at("item")] == row[column("item")]) {
            sheet
                .write_number(number as u32, column("code") as u16, codes[at("code")].parse::<f64>().unwrap())
                .unwrap();
            sheet.write_string(number as u32, column("voice") as u16, &codes[at("voice")]).unwrap();
        }
    }
    book.save(file).unwrap();
}

#[test]
fn a_workbook_is_sent_and_comes_back_as_a_sheet() {
    let folder = temporary("workbooks");
    world(&folder);
    ok(&folder, &super::RUN);
    let sample = ["validate", "sample", "output", "--hits", "12", "--sentences", "12", "--overlap", "12"];
    ok(&folder, &sample);
    ok(&folder, &[&sample[..], &["--out", "again"]].concat());
    let coding = folder.join("coding");
    let book = |name: &str| coding.join(format!("{name}.xlsx"));
    assert_eq!(fs::read(book("A")).unwrap(), fs::read(folder.join("again/A.xlsx")).unwrap(), "the same bytes");
    let empty = fs::read_to_string(coding.join("A.csv")).unwrap();
    let rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(empty.as_bytes())
        .records()
        .map(|row| row.unwrap().iter().map(str::to_string).collect())
        .collect();
    assert_eq!(cells(&book("A")), rows, "both are one sheet");
    let score = || {
        let output = framescope(&folder, &["validate", "score", "coding"]);
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    code(&coding, Coders { error: 0.0, seed: 1 }, truth);
    let (by_csv, coded) = (score().1, fs::read_to_string(coding.join("A.csv")).unwrap());
    let result = fs::read(coding.join("score.json")).unwrap();
    // A codes in the workbook and leaves the sheet empty; then there is no sheet
    fs::write(coding.join("A.csv"), &empty).unwrap();
    fill(&book("A"), &coded, None);
    assert_eq!((score().1, fs::read(coding.join("score.json")).unwrap()), (by_csv.clone(), result));
    fs::remove_file(coding.join("A.csv")).unwrap();
    assert_eq!(score().1, by_csv);
    // both have codes, and they differ
    fs::write(coding.join("A.csv"), coded.replacen(",1,own,", ",0,own,", 1)).unwrap();
    let (status, said) = score();
    assert_eq!(status, Some(2));
    assert!(said.contains("coding/A.xlsx: has other codes than coding/A.csv"), "{said}");
    fs::remove_file(coding.join("A.csv")).unwrap();
    fill(&book("A"), &coded, Some("Another text."));
    assert!(score().1.contains("coding/A.xlsx:3:4: the text of"), "{}", score().1);
    fs::write(book("A"), b"PK\x03\x04 and no more").unwrap();
    assert!(score().1.contains("coding/A.xlsx: is no workbook that can be read"), "{}", score().1);
    let _ = fs::remove_dir_all(&folder);
}
