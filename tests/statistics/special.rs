//! Golden values computed with mpmath 1.3 at 40 digits.

use super::close;
use framescope::statistics::special::{
    beta_cdf, beta_quantile, chi2_quantile, chi2_tail, gamma_lower, gamma_upper, normal_cdf, normal_quantile,
    pearson_three_tail, t_quantile, t_two_sided,
};

const TOLERANCE: f64 = 1e-12;

#[test]
fn normal_quantiles_agree_with_mpmath() {
    for (p, z) in [
        (1e-300, -37.047096299361199237),
        (1e-20, -9.2623400897984075737),
        (1e-6, -4.7534243088228989482),
        (0.001, -3.0902323061678135415),
        (0.025, -1.9599639845400542355),
        (0.2, -0.84162123357291420518),
        (0.6, 0.2533471031357997988),
        (0.9, 1.281551565544600467),
        (0.975, 1.9599639845400542355),
        (0.99999, 4.2648907939228246285),
    ] {
        // 1 - p of a p near 1 has lost digits before the quantile sees it: its own error, not ours.
        close(normal_quantile(p), z, if p > 0.999 { 1e-11 } else { TOLERANCE }, "normal quantile");
    }
    assert_eq!(normal_quantile(0.5), 0.0);
    close(normal_cdf(-37.047096299361199237), 1e-300, 1e-12, "normal cdf far below");
}

#[test]
fn incomplete_beta_agrees_with_mpmath() {
    for (a, b, x, expected) in [
        (0.5, 0.5, 0.1, 0.20483276469913345165),
        (2.0, 3.0, 0.4, 0.5248),
        (10.0, 0.5, 0.9, 0.15164090963470992063),
        (2.5, 0.5, 0.01, 3.4075027649461728015e-6),
        (200.0, 300.0, 0.41, 0.67762816477217934626),
        (1000.0, 0.5, 0.999, 0.15724727426672401241),
        (0.3, 7.0, 0.2, 0.95713171213831600901),
        (50.0, 10000.0, 0.006, 0.92176570151018741122),
    ] {
        close(beta_cdf(a, b, x), expected, TOLERANCE, "beta");
    }
    for (p, a, b, expected) in [
        (0.025, 3.0, 8.0, 0.066739511177734467115),
        (0.975, 4.0, 7.0, 0.65245285005999729504),
        (0.025, 0.5, 10.5, 0.000047890433157581889913),
        (0.0001, 120.0, 81.0, 0.4662947260521476303),
    ] {
        close(beta_quantile(p, a, b), expected, TOLERANCE, "beta quantile");
    }
}

#[test]
fn incomplete_gamma_agrees_with_mpmath() {
    for (a, x, lower, upper) in [
        (0.5, 0.1, 0.3452791539814229706, 0.6547208460185770294),
        (0.5, 5.0, 0.99843459774199745032, 0.0015654022580025496775),
        (0.5, 300.0, 1.0, 1.674167984691787762e-132),
        (3.0, 2.0, 0.32332358381693654053, 0.67667641618306345947),
        (3.0, 20.0, 0.99999954448504944108, 4.5551495055892127998e-7),
        (100.0, 90.0, 0.1582209891864301681, 0.8417790108135698319),
        (100.0, 150.0, 0.99999407545966451608, 5.9245403354839158294e-6),
        (1000.0, 1000.0, 0.5042052441802155085, 0.4957947558197844915),
    ] {
        close(gamma_lower(a, x), lower, TOLERANCE, "lower gamma");
        close(gamma_upper(a, x), upper, TOLERANCE, "upper gamma");
    }
    for (x, df, expected) in [
        (3.841458820694124, 1.0, 0.050000000000000058397),
        (200.0, 1.0, 2.088487583762544757e-45),
        (1000.0, 1.0, 1.7958327848007261946e-219),
        (11.07, 5.0, 0.050009618622405487719),
        (0.3, 3.0, 0.96002848030687761114),
        (50.0, 20.0, 0.00022147663824878358122),
    ] {
        close(chi2_tail(x, df), expected, TOLERANCE, "chi-squared tail");
    }
    for (p, df, expected) in [
        (0.025, 6.0, 1.2373442457912025731),
        (0.975, 8.0, 17.534546139484652079),
        (0.025, 2.0, 0.050635615968579750807),
        (0.95, 1.0, 3.8414588206941259584),
        (0.975, 200.0, 241.05789550631092264),
    ] {
        close(chi2_quantile(p, df), expected, TOLERANCE, "chi-squared quantile");
    }
}

#[test]
fn student_t_agrees_with_mpmath() {
    for (t, df, expected) in [
        (2.0, 4.0, 0.1161165235168155945),
        (0.1, 1.0, 0.93654896513889286097),
        (12.7, 1.0, 0.050024327689344157267),
        (3.5, 9.5, 0.0061889125763360665687),
        (1.96, 400.0, 0.050689670300027570821),
        (40.0, 37.0, 4.6929254236802040801e-32),
        (0.001, 5.0, 0.99924078677219765062),
        (8.0, 100000.0, 1.2573919876256373586e-15),
    ] {
        close(t_two_sided(t, df), expected, TOLERANCE, "two-sided t");
    }
    for (p, df, expected) in [
        (0.975, 1.0, 12.706204736174704646),
        (0.975, 2.0, 4.3026527297494638523),
        (0.975, 4.0, 2.7764451051977943578),
        (0.975, 9.0, 2.2621571627982055426),
        (0.975, 39.5, 2.0218726198146087859),
        (0.975, 10000.0, 1.9602012398906262578),
        (0.995, 3.0, 5.8409093097333572607),
        (0.6, 7.0, 0.26316686135202281214),
        (0.9999, 12.0, 5.2632730078259667131),
    ] {
        close(t_quantile(p, df), expected, if p > 0.999 { 1e-11 } else { TOLERANCE }, "t quantile");
        assert_eq!(t_quantile(1.0 - p, df), -t_quantile(1.0 - (1.0 - p), df), "quantiles mirror");
    }
}

#[test]
fn the_tails_of_pearsons_type_three_are_those_of_a_gamma_distribution() {
    for (skewness, tolerance) in [(0.001_f64, 1e-9), (0.02, 1e-9), (0.1, 1e-7), (0.5, 1e-4), (1.0, 1e-3), (1.1, 2e-3)] {
        let a = 4.0 / (skewness * skewness);
        for z in [-3.0f64, -1.5, -0.4, 1e-5, 0.3, 1.0, 2.5, 5.0, 12.0] {
            let x = a + z * a.sqrt();
            if x <= 0.0 {
                assert_eq!(pearson_three_tail(z, skewness), 1.0);
                assert_eq!(pearson_three_tail(-z, -skewness), 0.0);
                continue;
            }
            let (upper, lower) = (gamma_upper(a, x), gamma_lower(a, x));
            let found = (pearson_three_tail(z, skewness), pearson_three_tail(-z, -skewness));
            assert!((found.0 / upper - 1.0).abs() < tolerance, "{skewness} {z}: {} {upper}", found.0);
            // far below, the reference itself is what is left of 1
            if z < 1.0 {
                assert!((found.1 / lower - 1.0).abs() < tolerance, "{skewness} {z}: {} {lower}", found.1);
            }
        }
    }
    assert!((pearson_three_tail(1.959_963_984_540_054, 0.0) - 0.025).abs() < 1e-15);
}
