//! All groups, and where all sentences lie.

use super::PageContext;
use crate::report::file_names::file_names;
use crate::report::html::{Explore, Further, Row};
use crate::report::sentences::{LABELS, TONES, files_of, json_of, name_of_plan, unit_of_label, unit_of_tone};
use crate::report::shown::measure;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Cells of the table of all groups; of what is beyond, the page says that it is in the tables.
const CELLS: usize = 30_000;

/// Bytes of sentences that stand in the page: a small study is one file that can be sent.
const INLINE: u64 = 200_000;

/// Bytes of the files of the run, by name.
type Sizes = BTreeMap<String, u64>;

impl PageContext<'_> {
    pub(super) fn explore(&self) -> Explore {
        let all = self.inputs.tables.sums().largest();
        let most = CELLS / self.shown.frames.len().max(1);
        let groups = all.iter().take(most).map(|&group| self.group_row(group)).collect();
        let sizes: Sizes = self.folder.files().into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
        let files: Vec<Vec<String>> =
            self.shown.frames.iter().map(|&frame| self.sentence_files(frame, &sizes)).collect();
        let further = self.further(&sizes);
        let inline = self.inline(files.iter().chain(further.iter().map(|unit| &unit.files)), &sizes);
        Explore { groups, more: all.len().saturating_sub(most), files, further, inline }
    }

    /// Rival labels and sentiment lexicons.
    fn further(&self, sizes: &Sizes) -> Vec<Further> {
        let is_there = |name: &str| sizes.contains_key(name);
        let files = files_of(LABELS, is_there);
        let labels = self.found.counts.subjects.labels.iter().enumerate().map(|(number, label)| {
            let rows = self.estimates.labels.iter().filter(|row| row.label.index() == number);
            Further {
                name: unit_of_label(&label.referent, &label.choice),
                label: label.choice.clone(),
                of: label.referent.clone(),
                files: files.clone(),
                hits: rows.map(|row| (row.row.group, row.row.hits)).collect(),
            }
        });
        let scorer = self.inputs.scorer;
        let names: Vec<String> = scorer.plans().iter().map(name_of_plan).collect();
        let names = names.iter().zip(file_names(&names)).zip(scorer.plans()).enumerate();
        let tones = names.map(|(number, ((name, file), plan))| Further {
            name: unit_of_tone(plan),
            label: name.clone(),
            of: "sentiment".to_string(),
            files: files_of(&format!("{TONES}{file}"), is_there),
            hits: self.hits_of_tone(number),
        });
        labels.chain(tones).filter(|unit| !unit.files.is_empty()).collect()
    }

    /// Hits of a plan of sentiment by group; nothing where its entries weigh differently by dimension.
    fn hits_of_tone(&self, plan: usize) -> Vec<(usize, u64)> {
        let scales = self.inputs.scorer.scales.all.iter().enumerate().filter(|(_, scale)| scale.plan == plan);
        let [scale] = scales.map(|(scale, _)| scale).collect::<Vec<_>>()[..] else { return Vec::new() };
        let rows = self.estimates.sentiment[scale].iter().enumerate();
        rows.map(|(group, row)| (group, row.positive + row.negative)).collect()
    }

    fn group_row(&self, group: usize) -> Row {
        let (articles, words) = self.size(group);
        let rows = self.shown.frames.iter().filter_map(|&frame| self.row(group, frame));
        let cells = rows.map(|row| (row.hits, measure(&row.rate))).collect();
        Row { number: group, label: self.names[group].clone(), articles, words, cells }
    }

    fn sentence_files(&self, frame: usize, sizes: &Sizes) -> Vec<String> {
        let name = &self.plan().frames()[frame];
        let unit = self.found.units.iter().find(|unit| unit.frames.contains(name));
        unit.map_or_else(Vec::new, |unit| files_of(&unit.file, |name| sizes.contains_key(name)))
    }

    /// The sentences themselves, where they are few.
    fn inline<'f>(&self, files: impl Iterator<Item = &'f Vec<String>>, sizes: &Sizes) -> Vec<(String, String)> {
        let (mut names, mut room) = (BTreeSet::new(), INLINE);
        // unit after unit, as long as there is room
        for unit in files {
            let new: Vec<&String> = unit.iter().filter(|name| !names.contains(name)).collect();
            let bytes: u64 = new.iter().filter_map(|name| sizes.get(*name)).sum();
            let Some(left) = room.checked_sub(bytes) else { break };
            room = left;
            names.extend(new);
        }
        let read = |name: &String| {
            let text = fs::read_to_string(self.folder.partial().join(name)).ok()?;
            Some((name.clone(), json_of(&text)?))
        };
        names.into_iter().filter_map(read).collect()
    }
}
