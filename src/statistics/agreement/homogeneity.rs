//! Is a share the same in every group?
//!
//! In: yes and no by group, or shares with their intervals. Out: a p.
//! Invariant: the order of the groups and of the units moves no bit.
//! It deliberately names no group: intervals do.

use super::super::Options;
use super::super::measure::measure;
use super::super::measured::{Estimate, Measured, Why};
use super::super::seed::Stream;
use super::super::special::{chi2_tail, normal_quantile};

measure! {
    HOMOGENEITY, "test", "homogeneity";
    what: "Is the precision of the lexicon the same in all groups, such as outlets?";
    formula: "permutation of the codes over the coded units; statistic Σ_g (y_g − n_g p)² / (n_g p (1 − p)); p = (1 + #{as large or larger}) / (1 + draws)";
    unit: "probability, 0 to 1";
    missing: "\"no variation\" where all codes are the same; \"nothing to compare with\" where fewer than two groups were coded";
    source: "Pearson 1900; Phipson and Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9(1)";
    beware: "A large p from few coded units does not show that the groups are alike: look at the intervals.";
    example: "let p = agreement::homogeneity::homogeneity(&[(9, 10), (2, 10)], \"\", &Options::default());\n\
              assert!(p.value().unwrap() < 0.02);";
}

measure! {
    RECALL_HOMOGENEITY, "test", "recall-homogeneity";
    what: "Is the recall of the lexicon the same in all groups, such as outlets?";
    formula: "Q = Σ_g (r_g − r)² / s_g², r_g the weighted recall of a group, s_g the distance from r_g to that end of its 95 % interval that faces r, over 1.96, r = Σ r_g/w_g² ÷ Σ 1/w_g² with w_g the half width of the interval; p from χ² with groups − 1 degrees of freedom";
    unit: "probability, 0 to 1";
    missing: "\"nothing to compare with\" where fewer than two groups have a recall with an interval";
    source: "Cochran 1954, Biometrics 10; ends that face each other: Zou and Donner 2008, Statistics in Medicine 27";
    beware: "The intervals are exact and therefore wide, so p is rather too large; a large p from few coded sentences does not show that the groups are alike.";
    example: "let share = |value, low, high| Estimate::with_interval(Measured::of(value, Why::Undefined), Interval::two_sided(low, high), 50, 0, \"\");\n\
              let alike = [share(0.8, 0.7, 0.9), share(0.75, 0.6, 0.87)];\n\
              let unlike = [share(0.9, 0.85, 0.95), share(0.4, 0.3, 0.5)];\n\
              assert!(agreement::homogeneity::recall_homogeneity(&alike).value().unwrap() > 0.3);\n\
              assert!(agreement::homogeneity::recall_homogeneity(&unlike).value().unwrap() < 1e-6);";
}

/// [`RECALL_HOMOGENEITY`] of the shares of groups.
pub fn recall_homogeneity(shares: &[Estimate]) -> Measured {
    let ends = |share: &Estimate| {
        let interval = share.interval?;
        let (value, low, high) = (share.value.value()?, interval.low()?, interval.high()?);
        (high > low).then_some((value, low, high))
    };
    let mut shares: Vec<(f64, f64, f64)> = shares.iter().filter_map(ends).collect();
    // sums in one order, whatever that of the groups
    shares.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)));
    if shares.len() < 2 {
        return Measured::Missing(Why::NoRest);
    }
    let certainty = |low: f64, high: f64| 4.0 / ((high - low) * (high - low));
    let sum: f64 = shares.iter().map(|&(_, low, high)| certainty(low, high)).sum();
    let mean = shares.iter().map(|&(value, low, high)| value * certainty(low, high)).sum::<f64>() / sum;
    let distance = |&(value, low, high): &(f64, f64, f64)| {
        let facing = if value > mean { value - low } else { high - value };
        // an end that lies on the share itself says nothing of how far it may be off
        let spread = facing.max(1e-9) / normal_quantile(0.975);
        (value - mean) * (value - mean) / (spread * spread)
    };
    Measured::of(chi2_tail(shares.iter().map(distance).sum(), shares.len() as f64 - 1.0), Why::Undefined)
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
