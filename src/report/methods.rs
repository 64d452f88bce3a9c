//! `methods.md`: a methods section that says what this run did, and the checklist of a reviewer.
//!
//! In: what a run has found, its settings, what coders have said. Out: Markdown.
//! Invariant: no sentence claims what was not done; what is missing has an open box and the command that fills it. No clock, no path.
//! It deliberately knows nothing of earlier runs: how many versions were tried is in `history.json`.

use super::inputs::Inputs;
use super::tables::Finished;
use crate::estimates::Estimates;
use crate::results::Stamp;
use crate::text::several;
use crate::tokenise;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The file.
pub(super) const METHODS: &str = "methods.md";

/// The text.
pub(super) fn methods(found: &Finished, estimates: &Estimates, inputs: &Inputs<'_>) -> String {
    let run = Run { found, estimates, inputs };
    let mut text = String::from(
        "# Methods\n\nWritten by the run itself, about what it did. Every setting is in `manifest.json`. You may copy these sentences.\n",
    );
    for (title, body) in [
        ("Corpus", run.corpus()),
        ("Cleaning", run.cleaning()),
        ("Words and lexicons", run.lexicons()),
        ("Voices", run.voices()),
        ("Statistics", run.statistics()),
        ("Validation", run.validation()),
        ("Software", run.software()),
    ] {
        let _ = write!(text, "\n## {title}\n\n{}\n", body.join("\n"));
    }
    run.checklist(&mut text);
    text
}

struct Run<'a> {
    found: &'a Finished,
    estimates: &'a Estimates,
    inputs: &'a Inputs<'a>,
}

impl Run<'_> {
    fn setting(&self, table: &str, key: &str) -> &Value {
        self.inputs.settings.tables.get(table).map_or(&Value::Null, |table| &table[key])
    }

    fn is_on(&self, table: &str, key: &str) -> bool {
        self.setting(table, key).as_bool().unwrap_or(false)
    }

    fn corpus(&self) -> Vec<String> {
        let totals = &self.found.totals;
        let files = self.inputs.files.len();
        let mut lines = vec![format!(
            "The corpus has {} from {}, read from {}; {} of them, with {}, were counted.",
            several(totals.articles, "article"),
            several(totals.outlets.len(), "outlet"),
            several(files, "file"),
            totals.counted,
            several(totals.words - totals.furniture_words - totals.repeat_words, "word")
        )];
        let mut dates: Vec<_> = self.found.counts.dates.iter().flatten().collect();
        dates.sort_unstable();
        if let (Some(first), Some(last)) = (dates.first(), dates.last()) {
            lines.push(format!("The articles with a date were published between {first} and {last}."));
        }
        let undated = self.found.counts.dates.iter().filter(|date| date.is_none()).count();
        if undated > 0 {
            lines.push(format!("Counted articles without a date: {undated}."));
        }
        let languages: Vec<String> = totals.counted_languages.iter().map(|(code, n)| format!("{code} {n}")).collect();
        if !languages.is_empty() {
            lines.push(format!("Articles by language: {}.", languages.join(", ")));
        }
        lines.extend(self.stories());
        if let Some(only) = self.setting("corpus", "where").as_str() {
            lines.push(format!("Only articles that meet the condition `{only}` were used."));
        }
        if let Some(sample) = self.setting("corpus", "sample").as_u64() {
            lines.push(format!("A random sample of {sample} articles was drawn."));
        }
        if totals.lost > 0 {
            lines.push(format!("Records that could not be read (`problems.csv`): {}.", totals.lost));
        }
        lines
    }

    fn stories(&self) -> Option<String> {
        let stories = self.inputs.stories.list();
        let articles: usize = stories.iter().map(|story| story.articles.len()).sum();
        let setting = |key| self.setting("stories", key);
        let how = match setting("column").as_str() {
            Some(column) => format!("as the column `{column}` names them"),
            None => format!(
                "articles within {} days of each other whose weighted word vectors have a mean cosine similarity of {} or more (twice that if a date is missing)",
                setting("window_days"),
                setting("threshold")
            ),
        };
        (!stories.is_empty()).then(|| {
            format!("{articles} articles belong to {} covered by at least {} outlets (`stories.csv`): {how}. Copies were treated as one text.", several(stories.len(), "story"), setting("min_outlets"))
        })
    }

    fn cleaning(&self) -> Vec<String> {
        let totals = &self.found.totals;
        let rules = [
            ("furniture", "known lines of web pages"),
            ("recurring", "lines that recur in an outlet"),
            ("endings", "short lines at the end of an article"),
            ("galleries", "captions of photo galleries"),
            ("links", "headlines of other articles"),
            ("repeats", "passages repeated within an article"),
        ];
        let on: Vec<&str> = rules.iter().filter(|(key, _)| self.is_on("clean", key)).map(|(_, what)| *what).collect();
        let mut lines = match on.is_empty() {
            true => vec!["Nothing was removed from the articles.".to_string()],
            false => vec![format!(
                "The following were excluded from hits and word counts: {}; in total {} of boilerplate and {} of repeated passages (`removed.csv`).",
                on.join(", "),
                several(totals.furniture_words, "word"),
                several(totals.repeat_words, "word")
            )],
        };
        if self.is_on("clean", "duplicates") {
            lines.push(match totals.duplicates {
                1 => "1 article with the same words as an earlier article was not counted.".to_string(),
                n => format!("{n} articles with the same words as an earlier article were not counted."),
            });
        }
        if totals.empty > 0 {
            lines.push(format!("Articles without words: {}.", totals.empty));
        }
        if !totals.without_lexicon.is_empty() {
            let list: Vec<String> = totals.without_lexicon.iter().map(|(code, n)| format!("{code} {n}")).collect();
            lines.push(format!("Not counted, because there was no lexicon for their language: {}.", list.join(", ")));
        }
        lines
    }

    fn lexicons(&self) -> Vec<String> {
        let mut lines = vec![
            "Texts were tokenised by the Unicode rules (UAX #29), and words were compared after normalisation (`framescope explain words`). Within a frame, a word counts once, in its longest \
             match; across frames it may count in several."
                .to_string(),
        ];
        for lexicon in &self.inputs.lexicons.frames {
            let entries = lexicon.entries.iter().filter(|entry| !entry.except).count();
            let version = if lexicon.version.is_empty() { "without a version" } else { &lexicon.version };
            let licence = if lexicon.licence.is_empty() { "no licence given" } else { &lexicon.licence };
            let mut line = format!(
                "- `{}` {version} ({licence}): {}, {}, {}; digest {}",
                lexicon.name,
                several(lexicon.frames.len(), "frame"),
                several(entries, "entry"),
                several(lexicon.entries.len() - entries, "exception"),
                &lexicon.digest[..16.min(lexicon.digest.len())]
            );
            if !lexicon.source.is_empty() {
                let _ = write!(line, "; source: {}", lexicon.source.replace('\n', " "));
            }
            lines.push(line);
        }
        for lexicon in &self.inputs.lexicons.sentiment {
            lines.push(format!(
                "- `{}` (sentiment): {}; not validated here",
                lexicon.name,
                several(lexicon.entries.len(), "entry")
            ));
        }
        lines
    }

    fn voices(&self) -> Vec<String> {
        let names: Vec<&str> =
            self.setting("voice", "count").as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        vec![format!(
            "The voice of each hit was assigned by rules (`framescope explain voice`). Hits in these voices were counted: {}.",
            names.join(", ")
        )]
    }

    fn statistics(&self) -> Vec<String> {
        let estimates = self.estimates;
        let groups = self.found.counts.groups.len();
        let mut lines = vec![format!(
            "Rates are hits per 1,000 words. Intervals (95 %) and tests take articles as units unless stated otherwise. \
             Intervals of rates and of their ratios with a bound more than a factor of 100 from the estimate, or above one hit per word, are not reported. \
             Articles were grouped by {} ({}).",
            self.found.dimensions.join(" and "),
            several(groups, "group")
        )];
        lines.extend(
            super::remarks::units(estimates).into_iter().map(|said| format!("{}.", said.trim_end_matches('.'))),
        );
        let rows = &estimates.comparisons;
        let tests = rows.first().map_or(0, |row| row.family);
        if tests > 0 {
            let methods: BTreeSet<&str> = rows.iter().map(|row| row.p_method).filter(|name| !name.is_empty()).collect();
            lines.push(format!(
                "Each group was compared with all others by the log2 ratio of their rates (p: {}; see `framescope explain p`); q-values are corrected by the Benjamini–Hochberg procedure over {tests} \
                 comparisons.",
                methods.into_iter().collect::<Vec<_>>().join(", ")
            ));
        }
        if let Some(strata) = self.setting("statistics", "strata").as_str() {
            lines.push(format!("Group labels were permuted within {strata}."));
        }
        if estimates.robustness.is_some() {
            lines.push(
                "Each comparison was repeated without each entry and without each article (`sensitivity.csv`)."
                    .to_string(),
            );
        }
        if estimates.specifications.is_some() {
            lines.push(
                "The primary comparison was repeated under other analytic choices (`specifications.csv`).".to_string(),
            );
        }
        lines.push("Rates were correlated with the length of articles (`length.csv`).".to_string());
        let seed = self.setting("study", "seed");
        lines.push(format!("Seed of all random draws: {seed}."));
        lines
    }

    fn frames(&self) -> impl Iterator<Item = (&str, Option<&Stamp>)> {
        let stamps = self.inputs.stamps.iter().map(Option::as_ref);
        self.inputs.frames.frames().iter().map(String::as_str).zip(stamps)
    }

    fn validation(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(stamp) = self.frames().find_map(|(_, stamp)| stamp) {
            lines.push(format!(
                "{} coder{}. {} Intervals are 95 %; recall and F1 are weighted by the inverse of the sampling probability of each unit.",
                stamp.coders,
                if stamp.coders == 1 { "" } else { "s" },
                stamp.design
            ));
        }
        lines.extend(self.frames().filter_map(|(name, stamp)| Some(format!("- {name}: {}", stamp?.text()))));
        let open: Vec<&str> = self.frames().filter(|(_, stamp)| stamp.is_none()).map(|(name, _)| name).collect();
        if !open.is_empty() {
            lines.push(format!(
                "UNVALIDATED (not compared with human coding): {}.",
                if lines.is_empty() { "all frames".to_string() } else { open.join(", ") }
            ));
        }
        if !self.inputs.lexicons.sentiment.is_empty() {
            lines.push("Sentiment was not validated.".to_string());
        }
        lines
    }

    fn software(&self) -> Vec<String> {
        let version = env!("CARGO_PKG_VERSION");
        vec![
            format!("framescope {version}, tokeniser {}, stemmer rust-stemmers 1.2 (Snowball).", tokenise::VERSION),
            format!(
                "Cite as: framescope {version}: sentiment and framing statistics for news corpora. Computer program, MIT licence."
            ),
            "Every input and output has its digest in `manifest.json`.".to_string(),
        ]
    }

    fn checklist(&self, text: &mut String) {
        text.push_str("\n## What a reviewer will ask\n\nA box is ticked if this folder contains the answer; otherwise it says what is missing.\n\n");
        let mut item = |done: bool, what: &str, where_to: &str| {
            let _ = writeln!(text, "- [{}] {what}: {where_to}", if done { 'x' } else { ' ' });
        };
        item(
            true,
            "Articles, words, exclusions, duplicates, furniture",
            "above; `articles.csv`, `removed.csv`, `copies.csv`",
        );
        item(
            false,
            "Where the articles come from, and the query that chose them",
            "missing: the program cannot know this; please add it",
        );
        item(true, "Unit of analysis and denominator", "above");
        item(true, "What a word is, case, apostrophes, stemmer", "`framescope explain words`");
        item(
            true,
            "Origin, licence, version, entries of each lexicon",
            "above; dead entries and forms in `terms.csv`, overlaps in `overlaps.csv`",
        );
        item(
            false,
            "Changes of the lexicon since the first run, and how many versions were tried",
            "not in this file: see `history.json` and `diff/`, and report them",
        );
        self.checked_by_hand(&mut item);
        let seen = self.estimates.comparisons.iter().any(|row| row.p.value().is_some());
        item(
            seen,
            "Effect size, interval, test and correction for multiple testing, at the level of articles",
            if seen { "`comparisons.csv`" } else { "missing: nothing could be tested; `comparisons.csv` says why" },
        );
        let robust = self.estimates.robustness.is_some();
        item(
            robust,
            "Leave-one-out checks",
            if robust { "`sensitivity.csv`" } else { "missing: `sensitivity = true` in [statistics]" },
        );
        let curve = self.estimates.specifications.is_some();
        item(
            curve,
            "Specification curve of a primary comparison",
            if curve { "`specifications.csv`" } else { "missing: name it with `primary` under [statistics]" },
        );
        item(true, "Correlation of scores with the length of articles", "`length.csv`");
        item(true, "Seeds, versions, digests of all inputs and outputs", "`manifest.json`");
        item(true, "Example hits, drawn at random", "`index.html`, which also shows all hits; as tables in `hits/`");
    }

    /// The boxes of validation.
    fn checked_by_hand(&self, item: &mut impl FnMut(bool, &str, &str)) {
        let lacking = self.frames().filter(|(_, stamp)| stamp.is_none_or(|stamp| stamp.state() != "validated")).count();
        let validated = format!("missing for {lacking} frame(s): `framescope validate sample`, `score`, `apply`");
        item(
            lacking == 0,
            "Validation by human coding: sample, coders, α, precision, recall",
            if lacking == 0 { "above; `frames.csv`, by entry in `terms.csv`" } else { &validated },
        );
        let low = self
            .frames()
            .filter(|(_, stamp)| stamp.is_some_and(|stamp| stamp.record.alpha.value.is_none_or(|alpha| alpha < 0.8)))
            .count();
        if low > 0 {
            item(false, "Agreement of coders (α) of .8 or more", &format!("missing for {low} coded frame(s)"));
        }
    }
}
