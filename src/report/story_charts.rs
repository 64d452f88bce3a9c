//! The chart of stories.
//!
//! In: the split of each difference. Out: what is drawn; nothing where no group shares stories enough.

use super::chart::{self, Split, Words};
use super::charts::Scene;
use super::shown::plain;

impl Scene<'_> {
    /// Selection and telling of the groups that are shown.
    pub(super) fn split(&self) -> Option<Split> {
        let rows = &self.estimates.stories.split;
        let has_rows = |group: &&usize| rows.iter().any(|row| row.group == **group);
        let groups: Vec<usize> = self.groups.iter().filter(has_rows).copied().collect();
        let cell = |group: usize, frame: usize| {
            let row = rows.iter().find(|row| row.group == group && row.frame == frame);
            row.map_or_else(Default::default, |row| [plain(&row.parts[0]), plain(&row.parts[1])])
        };
        let of_frame =
            |&frame: &usize| -> Vec<[chart::Estimate; 2]> { groups.iter().map(|&group| cell(group, frame)).collect() };
        let words: Words = self.words_of_frames(
            "Other stories, or the same ones told otherwise",
            "What of the difference from all others goes back to which of the shared stories a group tells more of (blue), and to how it \
             tells them (orange); bars: 95 % intervals, stories as units",
            &["What a group, or the others, cover alone: story_split.csv."],
        );
        (!groups.is_empty()).then(|| Split {
            words,
            frames: self.frames.clone(),
            groups: groups.iter().map(|&group| self.names[group].clone()).collect(),
            cells: self.shown.frames.iter().map(of_frame).collect(),
        })
    }
}
