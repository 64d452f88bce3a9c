//! A [`Survey`] as bytes, and back: the whole of what counting needs of it.

use super::{Reason, Survey};
use crate::clean::{self, Copies, Recurring};
use crate::index::bytes::{Reader, Writer};

/// Reasons by their number in the bytes.
const REASONS: [Reason; 5] =
    [Reason::Counted, Reason::Duplicate, Reason::NearDuplicate, Reason::NoWords, Reason::NoLexicon];

impl Survey {
    /// As bytes; the same survey gives the same.
    pub fn bytes(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.number(self.groups.len() as u64);
        for (labels, &shown) in self.groups.iter().zip(&self.shown) {
            to.number(u64::from(shown));
            to.number(labels.len() as u64);
            labels.iter().for_each(|label| to.text(label));
        }
        to.number(self.status.len() as u64);
        for ((reason, number), id) in self.status.iter().zip(&self.ids) {
            let place = REASONS.iter().position(|other| other == reason).unwrap_or_default();
            to.number(place as u64);
            to.number(*number);
            to.text(id);
        }
        self.clean.recurring.write(&mut to);
        self.clean.copies.write(&mut to);
        to.bytes
    }

    /// Of the bytes that [`Survey::bytes`] gave; nothing where a number leads to no group or to no earlier article.
    pub fn of_bytes(bytes: &[u8]) -> Option<Survey> {
        let mut from = Reader::new(bytes);
        let mut survey = Survey::default();
        for _ in 0..from.number()? {
            survey.shown.push(from.number()? == 1);
            let mut labels = Vec::new();
            for _ in 0..from.number()? {
                labels.push(from.text()?.to_string());
            }
            survey.groups.push(labels);
        }
        for article in 0..from.number()? {
            let reason = *REASONS.get(usize::try_from(from.number()?).ok()?)?;
            let number = from.small()?;
            let leads_somewhere = match reason {
                Reason::Counted => (number as usize) < survey.groups.len(),
                Reason::Duplicate | Reason::NearDuplicate => u64::from(number) < article,
                Reason::NoWords | Reason::NoLexicon => true,
            };
            leads_somewhere.then_some(())?;
            survey.status.push((reason, number));
            survey.ids.push(from.text()?.into());
        }
        survey.sizes = survey.sizes();
        let recurring = Recurring::read(&mut from)?;
        let copies = Copies::read(&mut from, survey.status.len())?;
        survey.clean = clean::Survey { recurring, copies };
        from.is_empty().then_some(survey)
    }
}
