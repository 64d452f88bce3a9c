//! The frames on the page: what each is, and which of its entries found what.

use super::PageContext;
use crate::aggregate::{GroupId, Usage};
use crate::lexicon::{Function, Lexicon};
use crate::lookup::{EntryId, FrameId};
use crate::report::html::{Entry, Frame};
use crate::results::Stamp;
use std::collections::BTreeMap;

/// Entries shown of each frame.
const ENTRIES: usize = 25;

/// Surface forms shown of each entry.
const FORMS: usize = 8;

impl PageContext<'_> {
    pub(super) fn frames(&self) -> Vec<Frame> {
        let plan = self.plan();
        let found: Vec<Vec<(EntryId, &Lexicon, &Usage)>> = self.entries();
        let of_frame = |(frame, mut entries): (usize, Vec<(EntryId, &Lexicon, &Usage)>)| {
            let name = &plan.frames()[frame];
            let same_name =
                || plan.lexicons().iter().flat_map(|lexicon| &lexicon.frames).filter(|frame| frame.name == *name);
            let definition = same_name().map(|frame| frame.definition.as_str()).find(|text| !text.is_empty());
            let all = entries.len() as u64;
            entries.retain(|(_, _, usage)| usage.hits > 0);
            let with_hits = entries.len() as u64;
            entries.sort_by(|(a, _, x), (b, _, y)| {
                let text = |id| &plan.entry(id).1.text;
                y.hits.cmp(&x.hits).then_with(|| text(*a).cmp(text(*b))).then_with(|| a.cmp(b))
            });
            entries.truncate(ENTRIES);
            Frame {
                name: name.clone(),
                label: plan.labels()[frame].clone(),
                function: same_name().find_map(|frame| frame.function).map(function).unwrap_or_default().to_string(),
                definition: definition.unwrap_or_default().to_string(),
                validation: self.inputs.stamps.get(frame).and_then(Option::as_ref).map(Stamp::text),
                hits: (0..self.names.len()).filter_map(|group| self.row(group, frame)).map(|row| row.hits).sum(),
                entries: all,
                entries_with_hits: with_hits,
                top: entries.into_iter().map(|(id, lexicon, usage)| self.entry(id, lexicon, usage)).collect(),
            }
        };
        found.into_iter().enumerate().filter(|(frame, _)| self.shown.place(*frame).is_some()).map(of_frame).collect()
    }

    /// The entries of each frame and of those inside it, with what they found.
    fn entries(&self) -> Vec<Vec<(EntryId, &Lexicon, &Usage)>> {
        static NOTHING: Usage = Usage { hits: 0, articles: 0, by_group: BTreeMap::new(), forms: Vec::new() };
        let plan = self.plan();
        let mut frames = vec![Vec::new(); plan.frames().len()];
        let outer = |own: FrameId| plan.ids().filter(move |&f| f == own || plan.inside(f).contains(&own));
        let holders: Vec<Vec<FrameId>> = plan.ids().map(|own| outer(own).collect()).collect();
        for (l, lexicon) in plan.lexicons().iter().enumerate() {
            for (e, _) in lexicon.entries.iter().enumerate().filter(|(_, entry)| !entry.except) {
                let id = EntryId::new(l, e);
                let usage = self.found.frame_usage.get(&id).unwrap_or(&NOTHING);
                for &frame in &holders[plan.frame_of(id).index()] {
                    frames[frame.index()].push((id, lexicon, usage));
                }
            }
        }
        frames
    }

    fn entry(&self, id: EntryId, lexicon: &Lexicon, usage: &Usage) -> Entry {
        let (_, entry) = self.plan().entry(id);
        let forms: Vec<String> = usage.forms.iter().take(FORMS).map(|(form, n)| format!("{form} {n}")).collect();
        let more = usage.forms.len().saturating_sub(FORMS);
        let hits = |&group: &usize| usage.by_group.get(&GroupId::new(group)).copied().unwrap_or(0);
        Entry {
            text: entry.text.clone(),
            at: format!("{}:{}", lexicon.file, entry.line),
            forms: if more > 0 { format!("{}, and {more} more", forms.join(", ")) } else { forms.join(", ") },
            hits: usage.hits,
            articles: usage.articles,
            by_group: self.groups.iter().map(hits).collect(),
        }
    }
}

fn function(function: Function) -> &'static str {
    match function {
        Function::Problem => "defines a problem",
        Function::Cause => "names a cause",
        Function::Moral => "passes a moral judgement",
        Function::Remedy => "proposes a remedy",
    }
}
