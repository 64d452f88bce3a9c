//! `README.md` of the run folder: what each file is, each column with its unit.
//!
//! In: `columns`. Out: Markdown. Invariant: it describes every table that a run can write.

use super::columns::TABLES;
use crate::results::Table;
use std::fmt::Write;

/// The text; `dimensions` are the columns of the grouping, `charts` the names of the drawings.
pub fn readme(dimensions: &[String], charts: &[String], has_parquet: bool) -> String {
    let mut text = String::from(
        "# A run of framescope\n\n\
         `manifest.json` records the inputs, every setting, and the digest of every file. No file contains a time or \
         a path of your machine: the same inputs give the same output, byte for byte.\n\n\
         A missing value is an empty cell, never zero; a column beside it says why. Numbers have six significant digits. \
         Text that a spreadsheet would run as a formula has an apostrophe in front. \
         A column of numbers may begin with many empty cells: in polars, open a table with `infer_schema_length=None`. \
         Every number can be traced: a rate in `frames.csv` → the hits of that group and frame in `hits/` with \
         `counted` = `yes` → bytes of the article; its entry in `terms.csv` → line of the lexicon.\n",
    );
    text.push_str(
        "\nFour items depend on earlier runs, so the manifest does not list them: `diff/` says what changed since the last \
         different run, with the entries that caused it (its page is `diff/index.html`); `history.json` lists every version of corpus, \
         lexicons and settings that was run into this folder, and `history/` their files (`framescope history`); `.cache/` can be deleted at any time.\n",
    );
    text.push_str(
        "\n`methods.md` is a draft of a methods section, with a checklist of what a reviewer will ask and what is still missing.\n",
    );
    text.push_str(
        "\n`sentences/` has every counted hit in context, for `index.html`, which reads these files on demand (in runs of more than 100 frames, only those of the frames that the page shows). `sentences/labels/` has those of rival labels, `sentences/sentiment/` those of sentiment lexicons in at most about 40 articles of each group, drawn at random. If you send the page to somebody, send \
         this folder with it. Programs should read `hits/`.\n",
    );
    if !charts.is_empty() {
        text.push_str("\n## Charts\n\nEach chart is there as SVG and PNG.\n\n");
        for chart in charts {
            let _ = writeln!(text, "- `charts/{chart}.svg`, `charts/{chart}.png`");
        }
    }
    text.push_str("\n## Tables\n");
    for table in TABLES {
        text.push_str(&described(table, dimensions));
    }
    if has_parquet {
        text.push_str(
            "\n`hits/*.parquet` and `counts.parquet` hold the same rows as their CSV, with missing values as nulls. One glob opens \
             all hits: `polars.read_parquet(\"hits/*.parquet\")`.\n",
        );
    }
    text
}

/// What a table is, and each of its columns.
pub(super) fn described(table: &Table, dimensions: &[String]) -> String {
    let mut text =
        format!("\n### {}\n\n{}\n\n| column | type | unit | |\n|---|---|---|---|\n", table.file, table.about);
    for dimension in if table.by_group { dimensions } else { &[] } {
        let _ = writeln!(text, "| `{dimension}` | text | text | the group |");
    }
    for column in table.columns {
        let _ = writeln!(text, "| `{}` | {} | {} | {} |", column.name, column.dtype.name(), column.unit, column.about);
    }
    if !table.further.is_empty() {
        let _ = writeln!(text, "| … | | | {} |", table.further);
    }
    text
}
