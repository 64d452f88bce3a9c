//! Is a share the same in every group?
//!
//! In: yes and no by group. Out: a p.
//! Invariant: the order of the groups and of the units moves no bit.
//! It deliberately names no group: intervals do.

use super::super::Options;
use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::super::seed::Stream;

measure! {
    HOMOGENEITY, "test", "homogeneity";
    what: "Is the instrument equally right in all groups, such as outlets?";
    formula: "permutation of the codes over the coded units; statistic Σ_g (y_g − n_g p)² / (n_g p (1 − p)); p = (1 + #{as large or larger}) / (1 + draws)";
    unit: "probability, 0 to 1";
    missing: "\"no variation\" where all codes are the same; \"nothing to compare with\" where fewer than two groups were coded";
    source: "Pearson 1900; Phipson and Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9(1)";
    beware: "A large p from few coded units does not show that the groups are alike: look at the intervals.";
    example: "let p = agreement::homogeneity::homogeneity(&[(9, 10), (2, 10)], \"\", &Options::default());\n\
              assert!(p.value().unwrap() < 0.02);";
}

/// [`HOMOGENEITY`] of (yes, coded) by group; `name` names the random stream.
pub fn homogeneity(groups: &[(u32, u32)], name: &str, options: &Options) -> Measured {
    let mut groups: Vec<(u32, u32)> = groups.iter().copied().filter(|&(_, coded)| coded > 0).collect();
    groups.sort_unstable();
    if groups.len() < 2 {
        return Measured::Missing(Why::NoRest);
    }
    let (yes, all) = groups.iter().fold((0, 0), |(yes, all), group| (yes + group.0, all + group.1));
    if yes == 0 || yes == all {
        return Measured::Missing(Why::NoVariation);
    }
    let share = f64::from(yes) / f64::from(all);
    let distance = |(yes, coded): (u32, u32)| {
        let off = f64::from(yes) - f64::from(coded) * share;
        off * off / (f64::from(coded) * share * (1.0 - share))
    };
    let observed: f64 = groups.iter().copied().map(distance).sum();
    let mut stream = Stream::named(options.seed, &["homogeneity", name]);
    let mut as_large = 0u32;
    for _ in 0..options.permutations {
        let (mut left, mut open, mut sum) = (yes, all, 0.0);
        for &(_, coded) in &groups {
            // deals the codes one by one: of those that are left, so many are yes
            let mut drawn = 0;
            for _ in 0..coded {
                if stream.below(open) < left {
                    (drawn, left) = (drawn + 1, left - 1);
                }
                open -= 1;
            }
            sum += distance((drawn, coded));
        }
        as_large += u32::from(sum >= observed * (1.0 - 1e-9));
    }
    Measured::of(f64::from(1 + as_large) / f64::from(1 + options.permutations), Why::Undefined)
}
