//! What went into a run, and what it wrote, as the page says it.

use super::PageContext;
use super::charts;
use crate::lexicon::Lexicon;
use crate::report::html::File;
use crate::report::links::LinkedChart;
use crate::report::sentences::FOLDER;
use crate::report::{MANIFEST, columns};
use crate::text::several;
use crate::tokenise;
use std::collections::BTreeSet;

impl PageContext<'_> {
    pub(super) fn settings(&self) -> Vec<(String, String)> {
        let mut settings = Vec::new();
        let mut tell = |name: &str, value: String| settings.push((name.to_string(), value));
        let inputs = self.inputs;
        tell("Files of the corpus", inputs.files.len().to_string());
        let kinds = [
            ("Lexicon of frames", &inputs.lexicons.frames),
            ("Lexicon of targets and labels", &inputs.lexicons.subjects),
            ("Lexicon of sentiment", &inputs.lexicons.sentiment),
            ("Lexicon of boilerplate", &inputs.lexicons.furniture),
        ];
        for (kind, lexicons) in kinds {
            lexicons.iter().for_each(|lexicon| tell(kind, lexicon_in_words(lexicon)));
        }
        if inputs.lexicons.furniture.is_empty() {
            tell("Lexicon of boilerplate", "the one that comes with the program".to_string());
        }
        let methods = |names: &mut dyn Iterator<Item = &'static str>| {
            let names: BTreeSet<&str> = names.filter(|name| !name.is_empty()).collect();
            if names.is_empty() { "none".to_string() } else { names.into_iter().collect::<Vec<_>>().join("; ") }
        };
        let (frames, comparisons) = (&self.estimates.frames, &self.estimates.comparisons);
        tell("Intervals of rates", methods(&mut frames.iter().map(|row| row.rate.method)));
        tell("Intervals of comparisons", methods(&mut comparisons.iter().map(|row| row.smoothed_log_ratio.method)));
        tell("p of comparisons", methods(&mut comparisons.iter().map(|row| row.p_method)));
        tell("Version of the tokeniser", tokenise::VERSION.to_string());
        settings.extend(inputs.settings.rows.iter().cloned());
        settings
    }

    pub(super) fn files(&self, charts: &[LinkedChart]) -> Vec<File> {
        let chart = |name: &str| {
            let (stem, kind) = name.strip_prefix("charts/")?.rsplit_once('.')?;
            charts.iter().find(|chart| chart.files().iter().any(|(name, _)| name == stem))?;
            Some(format!("Chart: {}, as {}.", charts::words(stem, &self.found.counts.lexicons).0, kind.to_uppercase()))
        };
        let about = |name: &str| match name {
            MANIFEST => "What went in, every setting, and the digest of every file.".to_string(),
            "stories/index.html" => "Stories side by side: all of them, with pages for the largest.".to_string(),
            _ if name.starts_with("stories/") => "A story side by side.".to_string(),
            _ if name.starts_with(FOLDER) => "Counted hits in their words, which this page opens.".to_string(),
            "README.md" => "What each file and each column is.".to_string(),
            _ if name.ends_with(".parquet") => format!("The rows of {}, as Parquet.", name.replace(".parquet", ".csv")),
            _ => {
                let table = columns::TABLES.iter().find(|table| table.is_file(name));
                table.map(|table| table.about.to_string()).or_else(|| chart(name)).unwrap_or_default()
            }
        };
        let written = self.folder.files().into_iter().map(|(name, bytes, _)| (name, Some(bytes)));
        let files = written.chain([(MANIFEST.to_string(), None)]);
        files.map(|(name, bytes)| File { about: about(&name), name, bytes }).collect()
    }
}

fn lexicon_in_words(lexicon: &Lexicon) -> String {
    let entries = lexicon.entries.iter().filter(|entry| !entry.except).count();
    let language = lexicon.language.map_or_else(|| "any language".to_string(), |language| language.to_string());
    let version = if lexicon.version.is_empty() { String::new() } else { format!(" {}", lexicon.version) };
    format!("{}{version} ({}; {language}; {})", lexicon.name, lexicon.file, several(entries, "entry"))
}
