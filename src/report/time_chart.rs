//! The chart of rates over time.

use super::chart::{self, Scale};
use super::charts::ChartContext;
use super::shown::plain;
use super::{moving, order, remarks};
use crate::estimates::Period;
use crate::read::Date;
use std::collections::BTreeSet;

impl ChartContext<'_> {
    /// The chart, and the first day of each of its periods.
    pub(super) fn timeline(&self) -> (chart::Timeline, Vec<Date>) {
        let timeline = &self.estimates.timeline;
        let groups = &self.groups[..self.groups.len().min(chart::MOST_LINES)];
        let starts: BTreeSet<_> = timeline
            .keys
            .iter()
            .filter(|(group, _)| groups.contains(&group.index()))
            .map(|(_, start)| *start)
            .collect();
        let (starts, far) = moving::near_together(&starts.into_iter().collect::<Vec<_>>());
        let cell = |group, start, frame| match timeline.row(group, start, frame) {
            Ok(row) => plain(&row.rate),
            Err(why) => chart::Estimate::missing(why),
        };
        let of_frame = |&frame: &usize| {
            let of_group = |&group: &usize| starts.iter().map(|&start| cell(group, start, frame)).collect();
            groups.iter().map(of_group).collect()
        };
        let cells: Vec<_> = self.shown.frames.iter().map(of_frame).collect();
        let moving = moving::moving(timeline, groups, &starts, self.shown.frames.as_slice(), &cells);
        let what = match &moving {
            Some(moving) => moving::subtitle(moving.window, moving::period_name(timeline.period)),
            None => "Hits per 1,000 words, without boilerplate and repeated passages; bars: 95 % intervals, articles as units"
                .to_string(),
        };
        let count = |group, start| {
            let size = self.inputs.tables.sums().size_in(group, start);
            (size.counted > 0).then_some(size.articles)
        };
        let name = |start: &Date| moving::period_label(&start.to_string(), timeline.period);
        let far: Vec<String> = far.iter().map(name).collect();
        let notes = self.time_notes(groups, &far);
        let mut words = self.words_alone(&format!("Frames by {}", moving::period_name(timeline.period)), &what, notes);
        self.tell_of_frames(&mut words);
        let timeline = chart::Timeline {
            words,
            unit: "hits per 1,000 words".to_string(),
            periods: starts.iter().map(name).collect(),
            are_weeks: timeline.period == Period::Week,
            outlets: self.labels().into_iter().take(groups.len()).collect(),
            articles: groups.iter().map(|&g| starts.iter().map(|&start| count(g, start)).collect()).collect(),
            frames: self.frames.clone(),
            cells,
            moving,
            scale: Scale::PerPanel,
        };
        (timeline, starts)
    }

    /// What the chart does not hold: articles in no period, periods far from all others, groups.
    fn time_notes(&self, drawn: &[usize], far: &[String]) -> Vec<String> {
        let timeline = &self.estimates.timeline;
        let mut notes = remarks::without_period(timeline);
        if !far.is_empty() {
            notes.push(format!("Far from all other periods, and therefore only in the tables: {}.", far.join(", ")));
        }
        let not_drawn = &order::groups(self.inputs, self.estimates, &self.names)[drawn.len()..];
        if !not_drawn.is_empty() {
            let rest: u64 = not_drawn.iter().map(|&group| self.inputs.tables.sums().size(group).counted).sum();
            let (drawn, more, rest) = (drawn.len(), not_drawn.len(), chart::count(rest));
            notes.push(format!(
                "Drawn: the {drawn} groups with most articles; the other {more}, with {rest} articles in all, are in timeline.csv."
            ));
        }
        notes
    }
}
