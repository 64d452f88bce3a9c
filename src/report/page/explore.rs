//! All groups, and where all sentences lie.

use super::Scene;
use crate::report::html::{Explore, Row};
use crate::report::sentences::{files_of, json_of};
use crate::report::shown::measure;
use std::collections::BTreeMap;
use std::fs;

/// Cells of the table of all groups; of what is beyond, the page says that it is in the tables.
const CELLS: usize = 30_000;

/// Bytes of sentences that stand in the page: a small study is one file that can be sent.
const INLINE: u64 = 200_000;

impl Scene<'_> {
    pub(super) fn explore(&self) -> Explore {
        let all = self.inputs.tables.sums().largest();
        let most = CELLS / self.shown.frames.len().max(1);
        let groups = all.iter().take(most).map(|&group| self.group_row(group)).collect();
        let sizes: BTreeMap<String, u64> =
            self.folder.files().into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
        let files: Vec<Vec<String>> =
            self.shown.frames.iter().map(|&frame| self.sentence_files(frame, &sizes)).collect();
        let inline = self.inline(&files, &sizes);
        Explore { groups, more: all.len().saturating_sub(most), files, inline }
    }

    fn group_row(&self, group: usize) -> Row {
        let (articles, words) = self.size(group);
        let rows = self.shown.frames.iter().filter_map(|&frame| self.row(group, frame));
        let cells = rows.map(|row| (row.hits, measure(&row.rate))).collect();
        Row { number: group, label: self.names[group].clone(), articles, words, cells }
    }

    fn sentence_files(&self, frame: usize, sizes: &BTreeMap<String, u64>) -> Vec<String> {
        let name = &self.plan().frames()[frame];
        let unit = self.found.units.iter().find(|unit| unit.frames.contains(name));
        unit.map_or_else(Vec::new, |unit| files_of(&unit.file, |name| sizes.contains_key(name)))
    }

    /// The sentences themselves, where they are few.
    fn inline(&self, files: &[Vec<String>], sizes: &BTreeMap<String, u64>) -> Vec<(String, String)> {
        let mut names: Vec<&String> = files.iter().flatten().collect();
        names.sort();
        names.dedup();
        let bytes: u64 = names.iter().filter_map(|name| sizes.get(*name)).sum();
        if bytes > INLINE {
            return Vec::new();
        }
        let read = |name: &String| {
            let text = fs::read_to_string(self.folder.partial().join(name)).ok()?;
            Some((name.clone(), json_of(&text)?))
        };
        names.into_iter().filter_map(read).collect()
    }
}
