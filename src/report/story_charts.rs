//! The chart of stories.
//!
//! In: the split of each difference. Out: what is drawn; nothing where no group shares stories enough.

use super::chart::{self, Split, Words};
use super::charts::ChartContext;
use super::shown::plain;
use std::cmp::Reverse;

/// Groups on the chart.
const MOST: usize = 10;

impl ChartContext<'_> {
    /// Selection and telling of the groups that are shown.
    pub(super) fn split(&self) -> Option<Split> {
        let rows = &self.estimates.stories.split;
        let stories = |group: usize| rows.iter().find(|row| row.group == group).map_or(0, |row| row.stories);
        let mut by_stories: Vec<usize> = self.groups.iter().copied().filter(|&group| stories(group) > 0).collect();
        by_stories.sort_by_key(|&group| Reverse(stories(group)));
        by_stories.truncate(MOST);
        let groups: Vec<usize> = self.groups.iter().copied().filter(|group| by_stories.contains(group)).collect();
        let cell = |group: usize, frame: usize| {
            let row = rows.iter().find(|row| row.group == group && row.frame == frame);
            row.map_or_else(Default::default, |row| [plain(&row.parts[0]), plain(&row.parts[1])])
        };
        let of_frame =
            |&frame: &usize| -> Vec<[chart::Estimate; 2]> { groups.iter().map(|&group| cell(group, frame)).collect() };
        let words: Words = self.words_of_frames(
            "Different stories, or the same stories told differently",
            "How much of the difference from all others is due to which shared stories a group covers more (blue), and how much to how it \
             tells them (orange); bars: 95 % intervals, stories as units",
            &["At most 10 groups are drawn, those that share most stories with others. All groups, and what each covers alone: story_split.csv."],
        );
        (!groups.is_empty()).then(|| Split {
            words,
            frames: self.frames.clone(),
            groups: groups.iter().map(|&group| self.names[group].clone()).collect(),
            cells: self.shown.frames.iter().map(of_frame).collect(),
        })
    }
}
