//! Proximity in long articles: what is found, and how much is looked at for it.

use super::{lexicon, terms, words};
use framescope::lexicon::Direction;
use framescope::lookup::Neighbours;
use framescope::text::ShardToken;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

type Span = framescope::text::Span<ShardToken>;

/// The nearest place, asked of every place.
fn naive(places: &[Span], from: Span, bounds: Span, direction: Direction, reach: u32) -> Option<Span> {
    let near = places.iter().filter(|place| bounds.covers(place) && !place.overlaps(&from)).filter_map(|&place| {
        let is_after = place.start >= from.end;
        let between = if is_after { place.start - from.end } else { from.start - place.end };
        let side = if is_after { Direction::Before } else { Direction::After };
        let fits = between < reach && (direction == Direction::Near || direction == side);
        fits.then_some((between, place))
    });
    near.min_by_key(|&(between, place)| (between, place.start, place.end)).map(|(_, place)| place)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, rng_seed: RngSeed::Fixed(1202), ..ProptestConfig::default() })]

    #[test]
    fn the_nearest_place_is_that_of_all_places(
        places in proptest::collection::vec((0_u32..6, 0_u32..20, 1_u32..9), 0..30),
        (sentence, start, length) in (0_u32..6, 0_u32..20, 1_u32..9),
        reach in prop_oneof![1_u32..12, Just(u32::MAX)],
        direction in proptest::sample::select(&[Direction::Before, Direction::After, Direction::Near][..]),
    ) {
        // sentences of twenty words, and no place crosses their ends
        let place = |(sentence, start, length): (u32, u32, u32)| Span::new(20 * sentence + start, 20 * sentence + (start + length).min(20));
        let places: Vec<Span> = places.into_iter().map(place).collect();
        // where one looks from may cross them
        let (from, bounds) = (Span::new(20 * sentence + start, 20 * sentence + start + length), Span::new(20 * sentence, 20 * sentence + 20));
        let found = Neighbours::new(places.clone()).nearest(from, bounds, direction, reach);
        prop_assert_eq!(found, naive(&places, from, bounds, direction, reach));
    }
}

#[test]
fn near_places_of_a_long_article_are_found_in_few_looks() {
    let looks = |n: u32| {
        // all of one side first, then all of the other, as in the worst article for `NEAR/D`
        let mut right = Neighbours::new((n..2 * n).map(|at| Span::new(2 * at, 2 * at + 1)).collect());
        let bounds = Span::new(0, 4 * n);
        for at in 0..n {
            let from = Span::new(2 * at, 2 * at + 1);
            assert_eq!(right.nearest(from, bounds, Direction::Near, u32::MAX), Some(Span::new(2 * n, 2 * n + 1)));
        }
        right.looks()
    };
    let (small, large) = (looks(1_000), looks(64_000));
    assert!(large <= 2 * 64 * small && large <= 40 * 64_000, "{small} {large}");
}

#[test]
fn an_article_as_long_as_a_book_has_its_places() {
    // a hundred thousand places of each side: every pair of them would be ten thousand million looks
    let text = format!("{}. {}.", "gas rose. ".repeat(100_000), "prices fell. ".repeat(100_000));
    let shard = super::english(&text);
    let hits = |entry: &str| super::found(&[terms(&format!("\"{entry}\""))], &shard).0.len();
    assert_eq!((hits("gas NOT BEFORE/D price"), hits("price NOT BEFORE/D gas")), (0, 100_000));
    assert_eq!(hits("gas BEFORE/D price"), 1, "the longest of places that overlap");
}

#[test]
fn a_long_place_is_near_what_stands_behind_its_end() {
    // the place of the frame is longer than any phrase; what it begins with lies far from *shot*
    let body = "[[frame]]\nname = \"long\"\nterms = [\"gas BEFORE/S price\"]\n\
                [[frame]]\nname = \"f\"\nterms = [\"#long BEFORE/2 shot\"]";
    let lexicon = lexicon("language = \"en\"", body);
    let text = format!("Gas {} price shot.", "rose ".repeat(100).trim());
    let found = super::finds(&[lexicon], &text);
    assert!(found.iter().any(|hit| hit.starts_with("f: Gas rose") && hit.ends_with("price shot")), "{found:?}");
}

#[test]
fn a_long_exception_covers_a_hit_behind_any_number_of_short_ones() {
    let body = "[[frame]]\nname = \"f\"\nterms = [\"coup\"]\nexcept = [\"gas BEFORE/S price\", \"rose\"]";
    let lexicon = lexicon("language = \"en\"", body);
    let text = format!("Gas {} coup price. A coup.", "rose ".repeat(500).trim());
    assert_eq!(words(&lexicon, &text), ["coup"]);
}
