//! What the places of each chart of a run stand for, and so where its marks lead.
//!
//! In: a mark. Out: what the reader of all sentences is asked for; nothing where the mark stands for no sentences.

use super::chart::Point;
use super::charts::ChartContext;
use super::html::{Marked, Reading};
use super::links::sentences;
use super::moving::period_label;
use super::page::VOICES;
use super::sentences::{unit_of_label, unit_of_tone};
use crate::estimates::Period;
use crate::read::Date;

impl ChartContext<'_> {
    fn frame(&self, place: usize) -> Option<String> {
        Some(self.inputs.frames.frames()[*self.shown.frames.get(place)?].clone())
    }

    /// Panels are frames, rows groups, columns voices.
    pub(super) fn link_of_voice(&self, point: &Point) -> Option<Marked> {
        let (frame, group) = (self.frame(point.panel)?, self.groups.get(point.row).copied());
        let voice = VOICES.get(point.column).map(|(voice, _)| voice.name());
        sentences(point, Reading { frame, group, voice, ..Reading::default() })
    }

    /// Rows and columns are frames.
    pub(super) fn link_of_pair(&self, point: &Point) -> Option<Marked> {
        let frame = self.frame(point.row)?;
        sentences(point, Reading { frame, with: self.frame(point.column), ..Reading::default() })
    }

    /// Panels are frames, rows groups, columns periods.
    pub(super) fn link_of_period(&self, point: &Point, starts: &[Date]) -> Option<Marked> {
        let (frame, group) = (self.frame(point.panel)?, self.groups.get(point.row).copied());
        let days = starts.get(point.column).map(|start| days(*start, self.estimates.timeline.period));
        sentences(point, Reading { frame, group, days, ..Reading::default() })
    }

    /// Panels are frames, rows groups twice: which stories, and how told.
    pub(super) fn link_of_stories(&self, point: &Point, groups: &[String]) -> Option<Marked> {
        let label = &self.frames.get(point.panel)?.name;
        let group = groups.get(point.row / 2)?;
        Some(Marked::Stories(point.says.clone(), [group.clone(), label.clone()]))
    }

    /// Panels are frames; all marks of a panel compare one group.
    pub(super) fn link_of_choice(&self, point: &Point, group: usize) -> Option<Marked> {
        sentences(point, Reading { frame: self.frame(point.panel)?, group: Some(group), ..Reading::default() })
    }

    /// Panels are labels of a referent, rows groups; the second mark of a row is of the own voice alone.
    pub(super) fn link_of_label(&self, point: &Point, referent: &str, shown: &[usize]) -> Option<Marked> {
        let group = self.groups.get(point.row).copied();
        let label = &self.found.counts.subjects.labels[*shown.get(point.panel)?];
        let voice = (point.column == 1).then_some(VOICES[0].0.name());
        let frame = unit_of_label(referent, &label.choice);
        sentences(point, Reading { frame, group, voice, ..Reading::default() })
    }

    /// Rows are groups.
    pub(super) fn link_of_tone(&self, point: &Point, scale: usize) -> Option<Marked> {
        let frame = self.unit_of_scale(scale);
        sentences(point, Reading { frame, group: self.groups.get(point.row).copied(), ..Reading::default() })
    }

    /// The sentences of the lexicon of a scale.
    pub(super) fn unit_of_scale(&self, scale: usize) -> String {
        let scorer = self.inputs.scorer;
        unit_of_tone(&scorer.plans()[scorer.scales.all[scale].plan])
    }
}

/// The days of a period: the month or year that they lie in, or the first and the last.
fn days(start: Date, period: Period) -> [String; 2] {
    let first = period_label(&start.to_string(), period);
    let end = match period {
        Period::Week => Date::from_days(i64::from(start.days()) + 6).map(|end| end.to_string()),
        Period::Auto | Period::Day | Period::Month | Period::Year => None,
    };
    [first.clone(), end.unwrap_or(first)]
}
