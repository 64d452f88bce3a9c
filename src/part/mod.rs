//! A run in parts: tasks that each make files of files, wherever they run: a job array, `xargs`, an engine.
//!
//! In: a study; a work folder that every task sees. Out: the run folder that [`crate::run`] would write.
//! Invariant: a task's file depends on the plan, the number of the part, the lexicons and the files of the step before: not on the machine,
//! the order, or how often it was tried. Two tasks of one part write the same bytes. What is missing, damaged, of another build or of other
//! articles is refused, never merged.
//! It deliberately takes nothing out of a work folder: that is for its user to do.
//!
//! ```text
//! W/plan.json       study, files, parts: where reading begins, what ids are marked, a digest of the articles; what reading had to say
//! W/index/          shards of all parts, by key                       lay, survey
//! W/lay/00017       the shards of a part                              lay
//! W/survey/<made of>    what all articles together show               survey
//! W/count/<made of>/00017   what was counted in a part, with its rows   count
//! ```

mod count;
mod frames;
mod lay;
mod merge;
mod plan;
mod status;
mod survey;
mod work;

pub use count::count;
pub use lay::lay;
pub use merge::merge;
pub use plan::{PART_BYTES, Planned, plan};
pub use status::{Status, status};
pub use survey::survey;
