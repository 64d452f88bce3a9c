//! Which entries of a unit can occur in a shard: those whose words are among its types.
//!
//! In: a plan, its units, the types of a shard. Out: [`Live`], and a digest of exactly what decides the hits of a unit there.
//! Invariant: an entry that is not live has no place in the shard, so an edit of it moves nothing there: a pattern asks for its words as
//! [`Types::find`] finds them, and no looking up finds a place without.
//! It deliberately looks at no token: of two words that never stand together both may be there.

use super::ids::{EntryId, UnitId};
use super::plan::Plan;
use super::units::Units;
use crate::index::Types;
use crate::lexicon::{Lexicon, Operand, Pattern, Word};
use crate::stem::Stems;
use crate::text::Language;

/// The entries that decide the hits of a unit.
pub struct UnitEntries<'a> {
    plan: &'a Plan<'a>,
    /// What decides them besides, as text.
    ground: String,
    /// Of each entry of the unit, and of the frames that its conditions name: where it stands, and what it says; in the order of what they
    /// say, lexicon by lexicon.
    entries: Vec<(EntryId, String)>,
    /// Whether it is an entry of the unit itself.
    own: Vec<bool>,
}

/// Of each entry of a unit whether it can occur in a shard.
pub type Live = Vec<bool>;

impl<'a> UnitEntries<'a> {
    /// Those of a unit.
    pub fn of(units: &Units, plan: &'a Plan<'a>, unit: UnitId) -> UnitEntries<'a> {
        let (mut ground, mut entries) = (units.ground(plan, unit), Vec::<(EntryId, String)>::new());
        for number in 0..plan.lexicons().len() {
            let lines = units.lines(plan, unit, number);
            if lines.is_empty() {
                continue;
            }
            ground.push_str(&Units::ground_of_lexicon(&plan.lexicons()[number]));
            entries.extend(lines);
        }
        let own = entries.iter().map(|(id, _)| units.of_frame(plan.frame_of(*id)) == unit).collect();
        UnitEntries { plan, ground, entries, own }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True without entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Which entries can occur among these types.
    pub fn live(&self, types: Types<'_>, stems: &mut Stems) -> Live {
        let mut is_live = |id: &EntryId| {
            let (lexicon, entry) = self.plan.entry(*id);
            may_occur(&entry.pattern, lexicon, types, stems)
        };
        self.entries.iter().map(|(id, _)| is_live(id)).collect()
    }

    /// The live entries of the unit itself, in the order of what they say.
    pub(super) fn ids<'s>(&'s self, live: &'s [bool]) -> impl Iterator<Item = EntryId> + 's {
        let entries = self.entries.iter().zip(&self.own).zip(live);
        entries.filter(|((_, own), live)| **own && **live).map(|(((id, _), _), _)| *id)
    }

    /// Adds all that decides the hits of the unit in a shard to a digest.
    pub fn digest_into(&self, live: &[bool], hasher: &mut blake3::Hasher) {
        hasher.update(self.ground.as_bytes());
        for ((id, line), _) in self.entries.iter().zip(live).filter(|(_, live)| **live) {
            hasher.update(format!("{} {line}\n", id.lexicon).as_bytes());
        }
    }
}

/// True unless a word is missing without which a pattern has no place.
fn may_occur(pattern: &Pattern, lexicon: &Lexicon, types: Types<'_>, stems: &mut Stems) -> bool {
    match pattern {
        Pattern::Words(words) => are_there(words, lexicon.language, types, stems),
        Pattern::Near { left, negated, right, .. } => {
            of_operand(left, lexicon, types, stems) && (*negated || of_operand(right, lexicon, types, stems))
        }
    }
}

fn of_operand(operand: &Operand, lexicon: &Lexicon, types: Types<'_>, stems: &mut Stems) -> bool {
    match operand {
        Operand::Words(words) => are_there(words, lexicon.language, types, stems),
        // its entries are entries of the unit too
        Operand::Frame(_) => true,
        Operand::Any(operands) => operands.iter().any(|operand| of_operand(operand, lexicon, types, stems)),
    }
}

fn are_there(words: &[Word], language: Option<Language>, types: Types<'_>, stems: &mut Stems) -> bool {
    words.iter().all(|word| !types.find(word, language, stems).is_empty())
}
