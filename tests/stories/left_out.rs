//! The chance that a telling has nothing: it keeps its level where nothing is left out, and sees what is.

use framescope::statistics::left_out::Spread;
use framescope::statistics::seed::Stream;

/// Hits of a telling with this mean whose articles are bursty: a Poisson of a gamma with shape 1/φ.
fn hits(mean: f64, phi: f64, stream: &mut Stream) -> u32 {
    // the gamma as a sum of exponentials: 1/φ is a whole number here
    let shape = (1.0 / phi).round() as u32;
    let gamma: f64 = (0..shape).map(|_| -stream.uniform().max(1e-300).ln()).sum::<f64>() / f64::from(shape);
    let (limit, mut product, mut n) = ((-mean * gamma).exp(), stream.uniform(), 0);
    while product > limit {
        product *= stream.uniform();
        n += 1;
    }
    n
}

/// Stories of four groups; `left_out` of them are silent in group 0. Gives back expected hits, and whether there are none, of all tellings
/// whose others have some, and how many of the silent ones were found at 5 %.
fn corpus(seed: u64, silent: usize) -> (Vec<(f64, bool)>, Vec<usize>) {
    let mut stream = Stream::numbered(seed, &["left-out"], 0);
    let (mut tellings, mut of_silent) = (Vec::new(), Vec::new());
    for story in 0..150 {
        let rate = 3.0 * (0.7 * stream.normal()).exp();
        let words: [f64; 4] = std::array::from_fn(|_| 0.5 + 1.5 * stream.uniform());
        let mut of: [u32; 4] = std::array::from_fn(|group| hits(rate * words[group], 0.5, &mut stream));
        if story < silent {
            of[0] = 0;
        }
        for group in 0..4 {
            let others = (0..4).filter(|&other| other != group);
            let with = others.clone().filter(|&other| of[other] > 0).count();
            if with * 2 > 4 {
                let (sum, size) =
                    others.fold((0.0, 0.0), |sum, other| (sum.0 + f64::from(of[other]), sum.1 + words[other]));
                if story < silent && group == 0 {
                    of_silent.push(tellings.len());
                }
                tellings.push((sum * words[group] / size, of[group] == 0));
            }
        }
    }
    (tellings, of_silent)
}

#[test]
fn where_nothing_is_left_out_few_tellings_are_surprising() {
    let (mut surprising, mut all, mut none, mut expected) = (0, 0, 0, 0.0);
    for seed in 0..60 {
        let (tellings, _) = corpus(seed, 0);
        let spread = Spread::of(tellings.iter().copied());
        for &(mean, has_none) in &tellings {
            let p = spread.none(mean).value().unwrap();
            surprising += usize::from(has_none && p <= 0.05);
            (all, none, expected) = (all + 1, none + usize::from(has_none), expected + p);
        }
    }
    assert!(surprising * 100 <= 5 * all, "{surprising} of {all}");
    assert!((expected - f64::from(none as u32)).abs() < 1e-3 * expected, "{expected} and {none}");
}

#[test]
fn silence_where_much_was_to_be_expected_is_seen() {
    let (tellings, silent) = corpus(7, 15);
    let spread = Spread::of(tellings.iter().copied());
    let loud: Vec<usize> = silent.into_iter().filter(|&i| tellings[i].0 > 6.0).collect();
    assert!(loud.len() > 2 && loud.iter().all(|&i| spread.none(tellings[i].0).value().unwrap() < 0.15), "{loud:?}");
    let mut reversed = tellings.clone();
    reversed.reverse();
    assert_eq!(Spread::of(reversed.into_iter()), spread);
    assert_eq!(Spread::of(tellings.into_iter().take(19)).none(4.0).value(), None);
}
