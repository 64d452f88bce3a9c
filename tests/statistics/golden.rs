//! The golden values of the methods summary, to the printed digits.

use super::descriptive_p;
use framescope::statistics::association::{
    Pair, log_dice::log_dice, mutual_information::mutual_information,
    mutual_information_cubed::mutual_information_cubed, mutual_information_normed::mutual_information_normed,
    t_score::t_score,
};
use framescope::statistics::dispersion::{
    deviation::{deviation, deviation_normed},
    juilland::juilland,
    kullback_leibler::kullback_leibler,
};
use framescope::statistics::keyness::{
    Table,
    fighting_words::{Prior, fighting_words},
    g_squared::g_squared,
    rayson::rayson,
};
use framescope::statistics::log_ratio::{hardie, smoothed};
use framescope::statistics::multiplicity::{benjamini_hochberg, holm};
use framescope::statistics::sentiment::{balance, logit, logit_error};
use framescope::statistics::{Measured, Unit, Why};

/// The value rounds to the digits that are printed.
#[track_caller]
pub fn prints(found: Measured, expected: &str) {
    let value = found.value().expect("a value");
    let digits = expected.split('.').nth(1).map_or(0, str::len);
    assert_eq!(format!("{value:.digits$}"), expected);
}

#[test]
fn g_squared_and_log_ratio_of_five_tables() {
    for (a, b, c, d, four, two, p, lr, lr_smoothed) in [
        (10, 0, 1000, 1000, "13.913195", "13.862944", 1.914e-4, "4.321928", "4.392317"),
        (120, 80, 50_000, 60_000, "17.037916", "17.006828", 3.664e-5, "0.847997", "0.845002"),
        (0, 7, 1290, 1997, "6.986257", "6.976609", 8.214e-3, "-3.176892", "-3.276823"),
        (3, 1, 1290, 1997, "2.112589", "2.109976", 0.1461, "2.215426", "1.852460"),
        (500, 300, 1_000_000, 900_000, "31.694510", "31.681346", 1.804e-8, "0.584963", "0.584002"),
    ] {
        let table = Table::new(a, b, c, d);
        prints(g_squared(table), four);
        prints(rayson(table), two);
        let found = descriptive_p(g_squared(table)).value().expect("a p");
        assert!((found / p - 1.0).abs() < 5e-4, "p {found} {p}");
        prints(hardie(a, c, b, d), lr);
        prints(smoothed(a, c, b, d), lr_smoothed);
    }
    assert_eq!(g_squared(Table::new(0, 0, 10, 10)).value(), Some(0.0));
    assert_eq!(hardie(0, 10, 0, 10).why(), Some(Why::NoHits));
    assert_eq!(smoothed(0, 10, 1, 0).why(), Some(Why::NoWords));
}

#[test]
fn fighting_words_with_and_without_information() {
    let table = Table::new(120, 80, 50_000, 60_000);
    let flat = fighting_words(table, Prior { word: 0.01, total: 10.0 }, false);
    prints(flat.delta, "0.588780");
    prints(flat.variance, "0.0208311");
    prints(flat.z, "4.079409");
    let informed = fighting_words(table, Prior::informative(200, 110_000, 1000.0), false);
    prints(informed.delta, "0.578128");
    prints(informed.variance, "0.0204312");
    prints(informed.z, "4.044613");
}

#[test]
fn dispersion_of_gries_example_of_fifty_words() {
    let unit = |hits, words| Unit { hits, words };
    let units = [unit(1, 9), unit(2, 10), unit(3, 10), unit(4, 10), unit(5, 11)];
    prints(juilland(&units), "0.785150");
    prints(deviation(&units), "0.180000");
    prints(deviation_normed(&units), "0.219512");
    prints(kullback_leibler(&units), "0.136972");
    let equal: Vec<Unit> = (1..=5).map(|hits| unit(hits, 10)).collect();
    prints(juilland(&equal), "0.764298");
    assert_eq!(deviation(&[unit(0, 10), unit(0, 10)]).why(), Some(Why::NoHits));
    assert_eq!(juilland(&[unit(3, 10)]).why(), Some(Why::OneArticle));
}

#[test]
fn collocation_of_an_adjacent_pair() {
    let pair = Pair { together: 30, x: 100, y: 200, n: 100_000, window: 0 };
    assert!((pair.expected() - 0.2).abs() < 1e-15);
    prints(mutual_information(pair), "7.228819");
    prints(mutual_information_cubed(pair), "17.042600");
    prints(log_dice(pair), "11.678072");
    prints(t_score(pair), "5.440711");
    prints(mutual_information_normed(pair), "0.617703");
    let never = Pair { together: 0, ..pair };
    assert_eq!(mutual_information(never).why(), Some(Why::NoHits));
    assert!((Pair { window: 5, ..pair }.expected() - 2.0).abs() < 1e-12);
}

#[test]
fn q_of_benjamini_and_hochberg() {
    let ps: Vec<Measured> = [0.01, 0.04, 0.03, 0.005, 0.2, 0.02].map(|p| Measured::of(p, Why::Undefined)).to_vec();
    for (q, expected) in benjamini_hochberg(&ps).iter().zip([0.03, 0.048, 0.045, 0.03, 0.2, 0.04]) {
        assert!((q.value().expect("a q") - expected).abs() < 1e-15);
    }
    for (p, expected) in holm(&ps).iter().zip([0.05, 0.09, 0.09, 0.03, 0.2, 0.08]) {
        assert!((p.value().expect("a p") - expected).abs() < 1e-15);
    }
    let gap = [ps[0], Measured::Missing(Why::OneArticle), ps[1]];
    let found = benjamini_hochberg(&gap);
    assert_eq!(found[1].why(), Some(Why::OneArticle));
    assert_eq!(found[0].value(), Some(0.02));
}

#[test]
fn logit_and_balance_of_twelve_against_five() {
    prints(logit(12, 5), "0.820981");
    prints(balance(12, 5), "0.411765");
    assert!((logit_error(12, 5).value().expect("an error") - (1.0f64 / 12.5 + 1.0 / 5.5).sqrt()).abs() < 1e-15);
    assert_eq!(balance(0, 0).why(), Some(Why::NoHits));
    assert_eq!(logit(0, 0).why(), Some(Why::NoHits));
}

#[test]
fn nothing_that_is_not_finite_can_be_a_value() {
    for x in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(Measured::of(x, Why::NoWords).why(), Some(Why::NoWords));
    }
    assert_eq!(Measured::of(-0.0, Why::NoWords).value().map(f64::to_bits), Some(0.0f64.to_bits()));
}
