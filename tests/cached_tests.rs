//! What the tests of a run drew is kept for the next: the same p with it, without it, and with damaged bytes.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use framescope::aggregate::{ArticleCounts, Counts, GroupId, VoiceCounts};
use framescope::estimates::{Estimates, Options, Related};
use framescope::lookup::FrameId;
use framescope::read::Date;
use framescope::statistics::CachedTests;
use framescope::voice::Voice;

const FRAMES: u32 = 6;

/// Articles of four groups; with `more`, an entry of the third frame finds more.
fn counts(more: bool) -> Counts {
    let mut counts = Counts::new((0..FRAMES).map(|frame| format!("frame {frame}")).collect(), Vec::new());
    counts.groups = (0..4).map(|group| vec![format!("group {group}")]).collect();
    for article in 0..120u32 {
        let mut hits = VoiceCounts::new();
        for frame in (0..FRAMES).filter(|frame| (article * 7 + frame * 5) % 11 < 5) {
            let voice = if (article + frame) % 3 == 0 { Voice::Quoted } else { Voice::Own };
            let found = u32::from(more && frame == 2 && article % 5 == 0);
            hits.insert((FrameId::new(frame as usize), voice), 1 + (article * 13 + frame) % 5 + found);
        }
        let of = ArticleCounts { words: 250 + 31 * (article % 17), hits, ..ArticleCounts::default() };
        counts.push(
            format!("article {article}"),
            GroupId::new((article * article % 7 % 4) as usize),
            Date::new(2022, 1, 1),
            &of,
        );
    }
    counts
}

fn shown(counts: &Counts, kept: Option<&CachedTests>) -> String {
    let found = Estimates::of_related(counts, &Options::default(), &Related::default(), kept).expect("estimates");
    format!("{:?}", (&found.frames, &found.comparisons, &found.voices, &found.overall, &found.pairs.rows))
}

/// What a run over these counts keeps.
fn kept_of(counts: &Counts) -> Vec<u8> {
    let kept = CachedTests::default();
    shown(counts, Some(&kept));
    assert!(kept.new_tests() > 20, "{}", kept.new_tests());
    kept.bytes()
}

#[test]
fn kept_tests_move_no_number_and_are_drawn_once() {
    let (counts, kept) = (counts(false), kept_of(&counts(false)));
    let again = CachedTests::of_bytes(&kept);
    assert_eq!(shown(&counts, Some(&again)), shown(&counts, None));
    assert_eq!(again.new_tests(), 0);
    assert_eq!(again.bytes(), kept);
}

#[test]
fn an_edit_of_one_frame_draws_its_tests_and_no_others() {
    let (before, after) = (counts(false), counts(true));
    let kept = CachedTests::of_bytes(&kept_of(&before));
    assert_eq!(shown(&after, Some(&kept)), shown(&after, None));
    // of the frame: each group against the rest, six pairs of groups, all groups at once, two voices of each group
    let most = 4 + 6 + 1 + 2 * 4;
    assert!(kept.new_tests() > 0 && kept.new_tests() <= most, "{}", kept.new_tests());
}

/// What is said inside stories: six articles each, of all groups.
fn inside_stories(counts: &Counts, kept: Option<&CachedTests>) -> String {
    let stories: Vec<Option<u32>> = (0..120).map(|article| Some(article / 6 + 1)).collect();
    let related = Related { stories: &stories, ..Related::default() };
    let found = Estimates::of_related(counts, &Options::default(), &related, kept).expect("estimates");
    assert!(found.stories.within.iter().any(|row| row.matched.p.value().is_some()));
    format!("{:?}", found.stories.within)
}

#[test]
fn tests_inside_stories_are_drawn_once_and_after_an_edit_of_one_frame_those_of_that_frame_are() {
    let (before, after, kept) = (counts(false), counts(true), CachedTests::default());
    inside_stories(&before, Some(&kept));
    let again = CachedTests::of_bytes(&kept.bytes());
    assert_eq!(inside_stories(&before, Some(&again)), inside_stories(&before, None));
    assert_eq!(again.new_tests(), 0);
    let edited = CachedTests::of_bytes(&kept.bytes());
    assert_eq!(inside_stories(&after, Some(&edited)), inside_stories(&after, None));
    // besides those that an edit draws anyway: of each group the rate and three voices inside stories
    let most = 4 + 6 + 1 + 2 * 4 + 4 * 4;
    assert!((1..=most).contains(&edited.new_tests()), "{}", edited.new_tests());
}

#[test]
fn damaged_tests_are_drawn_again() {
    let (counts, kept) = (counts(false), kept_of(&counts(false)));
    let all = CachedTests::of_bytes(&kept);
    shown(&counts, Some(&all));
    for bytes in [&kept[..kept.len() / 2], b"", b"\xff\xff\xff\xff"] {
        let damaged = CachedTests::of_bytes(bytes);
        assert_eq!(shown(&counts, Some(&damaged)), shown(&counts, None));
        assert_eq!(damaged.bytes(), kept);
    }
}
