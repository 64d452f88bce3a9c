//! The pages of `docs/tables/` and `docs/measures/` are what the program says of itself.
//!
//! With the variable `FRAMESCOPE_WRITE_DOCS` set, the pages are written; without, they are compared.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use framescope::report::columns::TABLES;
use framescope::results::Table;
use framescope::statistics::{MEASURES, Measure};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const GENERATED: &str = "*This page is generated from the descriptions in the program.*\n";

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn table(table: &Table) -> String {
    let mut page = format!("# {}\n\n{}\n\n", table.file, table.about);
    page.push_str("| column | type | unit | meaning |\n|---|---|---|---|\n");
    if table.by_group {
        page.push_str("| `outlet` | text | text | the group; with other `by`, a column for each of its columns |\n");
    }
    for column in table.columns {
        let (unit, about) = (cell(column.unit), cell(column.about));
        let _ = writeln!(page, "| `{}` | {} | {unit} | {about} |", column.name, column.dtype.name());
    }
    if !table.further.is_empty() {
        let _ = writeln!(page, "| … | | | {} |", cell(table.further));
    }
    let _ = write!(page, "\n[All tables](README.md) · [measures](../measures/README.md)\n\n{GENERATED}");
    page
}

fn measure(measure: &Measure) -> String {
    let mut page = format!("# {}\n\n*{}.* {}\n\n", measure.name, measure.label, measure.what);
    for (heading, text) in [
        ("Formula", measure.formula),
        ("Unit and range", measure.unit),
        ("Missing", measure.missing),
        ("Source", measure.source),
        ("Beware", measure.beware),
    ] {
        let _ = writeln!(page, "**{heading}.** {text}\n");
    }
    let _ = write!(page, "[All measures](README.md) · [tables](../tables/README.md)\n\n{GENERATED}");
    page
}

/// A list of pages: title, what it is a list of, name and first sentence of each.
fn index<'a>(title: &str, about: &str, rows: impl Iterator<Item = (&'a str, &'a str, &'a str)>) -> String {
    let mut page = format!("# {title}\n\n{about}\n\n| | |\n|---|---|\n");
    for (name, file, text) in rows {
        let end = text.match_indices(". ").map(|(at, _)| at + 1).next().unwrap_or(text.len());
        let first = text[..end].split(": ").next().unwrap_or_default().trim_end_matches('.');
        let _ = writeln!(page, "| [`{name}`]({file}.md) | {} |", cell(first));
    }
    let _ = write!(page, "\n{GENERATED}");
    page
}

/// Every page by its path below `docs/`.
fn pages() -> BTreeMap<String, String> {
    let tables = TABLES.iter().map(|of| (format!("tables/{}.md", of.name()), table(of)));
    let measures = MEASURES.iter().map(|of| (format!("measures/{}.md", of.name), measure(of)));
    let of_tables = index(
        "Tables",
        "Every table that a run can write, with its columns. Which one answers which question: [tables and measures](../tables-and-measures.md).",
        TABLES.iter().map(|table| (table.file, table.name(), table.about)),
    );
    let of_measures = index(
        "Measures",
        "Every measure: what it is, its formula, when it is missing, where it comes from, and what to beware of. `framescope explain` prints the same.",
        MEASURES.iter().map(|measure| (measure.name, measure.name, measure.what)),
    );
    let indices = [("tables/README.md".to_string(), of_tables), ("measures/README.md".to_string(), of_measures)];
    tables.chain(measures).chain(indices).collect()
}

#[test]
fn a_page_for_each_table_and_measure_says_what_the_program_says() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pages = pages();
    assert_eq!(pages.len(), TABLES.len() + MEASURES.len() + 2, "two have one name");
    if std::env::var_os("FRAMESCOPE_WRITE_DOCS").is_some() {
        for folder in ["tables", "measures"] {
            let _ = fs::remove_dir_all(docs.join(folder));
            fs::create_dir_all(docs.join(folder)).unwrap();
        }
        pages.iter().for_each(|(path, page)| fs::write(docs.join(path), page).unwrap());
    }
    let hint = "run the tests with FRAMESCOPE_WRITE_DOCS=1 and look at what changed";
    for (path, page) in &pages {
        assert_eq!(&fs::read_to_string(docs.join(path)).unwrap_or_default(), page, "docs/{path}: {hint}");
    }
    for folder in ["tables", "measures"] {
        for entry in fs::read_dir(docs.join(folder)).unwrap() {
            let name = format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy());
            assert!(pages.contains_key(&name), "docs/{name} is of nothing any more");
        }
    }
}
