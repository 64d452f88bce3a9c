//! [`Copies`] as bytes, and back.

use super::{Copies, Copy, Group, NONE};
use crate::index::bytes::{Reader, Writer};

impl Copies {
    /// Appends them.
    pub fn write(&self, to: &mut Writer) {
        to.number(self.exact.len() as u64);
        sparse(&self.exact, to);
        sparse(&self.near, to);
        to.number(self.groups.len() as u64);
        for group in &self.groups {
            to.number(group.members.len() as u64);
            for member in &group.members {
                to.number(member.article);
                to.number(u64::from(member.shared) << 1 | u64::from(member.exact));
            }
        }
    }

    /// Reads what [`Copies::write`] wrote of so many articles; nothing where a number leads to no article, or to a later one.
    pub fn read(from: &mut Reader<'_>, articles: usize) -> Option<Copies> {
        (from.number()? == articles as u64).then_some(())?;
        let (exact, near) = (dense(from, articles)?, dense(from, articles)?);
        let mut groups = Vec::new();
        for _ in 0..from.number()? {
            let mut members: Vec<Copy> = Vec::new();
            for _ in 0..from.number()? {
                let article = from.small()?;
                let share = from.small()?;
                let is_next = members.last().is_none_or(|last| last.article < article);
                (is_next && (article as usize) < articles).then_some(())?;
                members.push(Copy { article, shared: (share >> 1).try_into().ok()?, exact: share & 1 == 1 });
            }
            (members.len() > 1).then_some(())?;
            groups.push(Group { members });
        }
        Some(Copies { groups, exact, near })
    }
}

/// Those articles that are copies of an earlier one.
fn sparse(of: &[u32], to: &mut Writer) {
    to.number(of.iter().filter(|&&of| of != NONE).count() as u64);
    for (article, &of) in of.iter().enumerate().filter(|(_, of)| **of != NONE) {
        to.number(article as u64);
        to.number(of);
    }
}

fn dense(from: &mut Reader<'_>, articles: usize) -> Option<Vec<u32>> {
    let mut all = vec![NONE; articles];
    for _ in 0..from.number()? {
        let (article, of) = (from.small()?, from.small()?);
        (of < article).then_some(())?;
        *all.get_mut(article as usize)? = of;
    }
    Some(all)
}
