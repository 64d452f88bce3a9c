//! How many rows a run may make.
//!
//! In: numbers of frames, groups and articles. Out: nothing, or why that would be too many.
//! Invariant: a run that would fill the memory is refused before it counts.

use crate::error::{Place, Problem, Result};
use crate::statistics;

/// Rows of all tables of frames together: some 10 GB of them are made and written.
const MOST_ROWS: u64 = 30_000_000;

/// Frames that a run takes, however few groups there are: a dictionary of some hundreds is a large one.
const MOST_FRAMES: usize = 20_000;

/// Rows of each group and frame: rates, five voices, a comparison.
const ROWS: u64 = 7;

/// Frames up to which every table tells of every frame. A dictionary of more is a large one.
pub const MANY_FRAMES: usize = 100;

/// Permutations of each test of many frames.
const PERMUTATIONS_OF_MANY: u32 = 999;

/// Frames on a chart and on the page.
pub const SHOWN_FRAMES: usize = 30;

/// The frames that charts and page show: those with most of these hits, ascending by number.
pub fn shown_frames(hits: &[u64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..hits.len()).collect();
    order.sort_by_key(|&frame| (std::cmp::Reverse(hits[frame]), frame));
    order.truncate(SHOWN_FRAMES);
    order.sort_unstable();
    order
}

/// So many frames that tables of details have rows only for what was found; `frames.csv` has all of them.
pub fn are_many(frames: usize) -> bool {
    frames > MANY_FRAMES
}

/// How frames are tested. Of many frames no side is drawn anew: their p are those of Student's t and of Welch's F, which on small sides are a
/// little larger (`docs/lab/many-frames.md`); where a study permutes labels within strata, it does so [`PERMUTATIONS_OF_MANY`] times at most.
pub(super) fn of_frames(frames: usize, options: statistics::Options) -> statistics::Options {
    match are_many(frames) {
        true => statistics::Options {
            draws: false,
            permutations: options.permutations.min(PERMUTATIONS_OF_MANY),
            ..options
        },
        false => options,
    }
}

/// Refuses so many frames as no corpus has a use for, before a word of it is read.
///
/// # Errors
/// With how many there are.
pub fn refuse_frames(frames: usize) -> Result<()> {
    if frames <= MOST_FRAMES {
        return Ok(());
    }
    let problem = Problem::error("too-many-frames", Place::file("lexicons"), format!("{frames} frames"));
    let problem = problem.expected(format!("{MOST_FRAMES} at most"));
    Err(problem.hint("give fewer lexicons with --lexicon, or put terms that mean the same into one frame").into())
}

/// Refuses frames by groups by periods that no machine could hold; `articles` are those that are counted.
///
/// # Errors
/// With how many there are, and what would make them fewer.
pub fn refuse_too_many(frames: usize, groups: usize, articles: usize) -> Result<()> {
    // a period of a group has a row for each frame, and holds an article at least
    let rows = frames as u64 * (groups as u64 * ROWS + articles as u64);
    if rows <= MOST_ROWS {
        return Ok(());
    }
    let found = format!("{frames} frames in {groups} groups of {articles} articles make up to {rows} rows");
    let problem = Problem::error("too-many-frames", Place::file("lexicons"), found);
    let problem = problem.expected(format!("{MOST_ROWS} at most"));
    Err(problem.hint("give fewer lexicons with --lexicon, or fewer groups with --by").into())
}
