//! Agreement with scipy and statsmodels on the shared tables.

use super::quanteda::{self, Correction};
use super::{close, descriptive_p, shared};
use framescope::statistics::design_effect::design_effect;
use framescope::statistics::keyness::{
    Table,
    bic::bic,
    chi_squared::chi_squared,
    ell::ell,
    fighting_words::{Prior, fighting_words},
    g_squared::g_squared,
    odds_ratio::odds_ratio,
    percent_difference::percent_difference,
    rayson::rayson,
};
use framescope::statistics::log_ratio::hardie;
use framescope::statistics::macro_rate::macro_rate;
use framescope::statistics::multiplicity::{benjamini_hochberg, holm};
use framescope::statistics::prevalence::prevalence;
use framescope::statistics::proportion::{exact_of, wilson};
use framescope::statistics::rate::micro;
use framescope::statistics::sentiment::{absolute, balance, logit};
use framescope::statistics::side::{Multiplicity, Side};
use framescope::statistics::special::normal_quantile;
use framescope::statistics::{Counts, Measured, Options, Tally, Unit, Why, comparisons, frames_table};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Header and rows of a CSV file, gzipped or not.
pub fn table(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let file = BufReader::new(File::open(path).expect("the shared file opens"));
    let reader: Box<dyn std::io::Read> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(flate2::read::GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut csv = csv::Reader::from_reader(reader);
    let header = csv.headers().expect("a header").iter().map(String::from).collect();
    let rows = csv.records().map(|row| row.expect("a row").iter().map(String::from).collect()).collect();
    (header, rows)
}

/// A row's cell by the name of its column, as a number.
pub fn number(header: &[String], row: &[String], column: &str) -> f64 {
    let at = header.iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"));
    row[at].parse().unwrap_or_else(|_| panic!("{column} is no number: {}", row[at]))
}

/// Articles by outlet and frame.
fn articles_by_outlet_and_frame(folder: &Path) -> BTreeMap<(String, String), Vec<Unit>> {
    let (header, rows) = table(&folder.join("samples/reference/article_frames_us_politics.csv.gz"));
    let mut groups: BTreeMap<(String, String), Vec<Unit>> = BTreeMap::new();
    for row in &rows {
        let words = row[2].parse().expect("a number of words");
        for (frame, hits) in header.iter().zip(row).skip(3) {
            let hits = hits.parse().expect("a number of hits");
            groups.entry((row[1].clone(), frame.clone())).or_default().push(Unit { hits, words });
        }
    }
    groups
}

#[test]
fn intervals_of_the_sample_agree_with_statsmodels() {
    let Some(folder) = shared() else { return };
    let groups = articles_by_outlet_and_frame(&folder);
    let (header, rows) = table(&folder.join("samples/reference/intervals_reference.csv"));
    let z = normal_quantile(0.975);
    for row in &rows {
        let get = |column: &str| number(&header, row, column);
        let units = &groups[&(row[0].clone(), row[1].clone())];
        let tally = Tally::of(units);
        let what = format!("{} {}", row[0], row[1]);
        assert_eq!(f64::from(tally.articles()), get("docs"), "{what}");
        assert_eq!(f64::from(tally.with_hits.articles), get("docs_with"), "{what}");
        assert_eq!(tally.hits() as f64, get("hits"), "{what}");
        assert_eq!(tally.words() as f64, get("tokens"), "{what}");
        let rate = micro(&tally, &Side::of(&tally), 1.0, || 0.0);
        close(rate.value.value().expect("a rate"), get("per_1000"), 1e-12, &what);
        let (k, n) = (u64::from(tally.with_hits.articles), u64::from(tally.articles()));
        let both = |interval: Option<framescope::statistics::Interval>| {
            let interval = interval.expect("an interval");
            (interval.low().expect("low"), interval.high().expect("high"))
        };
        let near = |found: f64, expected: f64, what: &str| {
            assert!((found - expected).abs() <= 1e-9 * expected.abs() + 1e-15, "{what}: {found} {expected}");
        };
        let (low, high) = both(wilson(k, n));
        near(low, get("wilson_lo"), &what);
        near(high, get("wilson_hi"), &what);
        assert_eq!(prevalence(&tally, &tally, Multiplicity::ONE).interval, wilson(k, n));
        let (low, high) = both(exact_of(k as f64 / n as f64, n as f64));
        near(low, get("beta_lo"), &what);
        near(high, get("beta_hi"), &what);
        if tally.hits() == 0 {
            continue;
        }
        let error = 1000.0 * tally.all.standard_error();
        close(error, get("ratio_est_se_per_1000"), 1e-9, &what);
        near(get("per_1000") - z * error, get("ratio_lo"), &what);
        near(get("per_1000") + z * error, get("ratio_hi"), &what);
        assert!(design_effect(&tally).value().is_some() && macro_rate(&tally).value().is_some());
    }
    assert!(rows.len() > 150, "the reference table has rows");
}

/// Rows of a table of keyness with the table of counts.
fn keyness(folder: &Path, file: &str, columns: [&str; 4]) -> (Vec<String>, Vec<(Table, Vec<String>)>) {
    let (header, rows) = table(&folder.join("samples/reference").join(file));
    let totals = std::fs::read_to_string(folder.join("samples/reference/keyness_totals.json")).expect("the totals");
    let totals: serde_json::Value = serde_json::from_str(&totals).expect("JSON");
    let size = |name: &str| totals[name].as_u64().expect("a total");
    let rows = rows
        .into_iter()
        .map(|row| {
            let count = |column: &str| number(&header, &row, column) as u64;
            let counts = Table::new(count(columns[0]), count(columns[1]), size("N_target"), size("N_reference"));
            (counts, row)
        })
        .collect();
    (header, rows)
}

/// Within 1e-9, relative; a statistic near zero is the small difference of large sums in the reference.
#[track_caller]
fn agrees(found: Measured, expected: f64, slack: f64, what: &str) {
    let found = found.value().unwrap_or_else(|| panic!("{what}: {found:?}, expected {expected}"));
    assert!((found - expected).abs() <= 1e-9 * expected.abs() + slack, "{what}: found {found}, expected {expected}");
}

#[test]
fn keyness_agrees_with_scipy_and_statsmodels() {
    let Some(folder) = shared() else { return };
    let (header, rows) = keyness(&folder, "keyness_reference.csv", ["a", "b", "N1", "N2"]);
    let mut undefined_ell = 0;
    for (counts, row) in &rows {
        let (table, term) = (*counts, row[0].as_str());
        let get = |column: &str| number(&header, row, column);
        let check = |found: Measured, column: &str| agrees(found, get(column), 0.0, &format!("{column} of {term}"));
        // The reference adds and subtracts terms up to 2.6 million: its own rounding is about 1e-9.
        let near = |found: Measured, column: &str| agrees(found, get(column), 3e-9, &format!("{column} of {term}"));
        check(chi_squared(table, false), "chi2_pearson");
        check(chi_squared(table, true), "chi2_yates");
        near(g_squared(table), "G2_4cell");
        near(rayson(table), "G2_2cell_rayson");
        near(bic(table), "BIC_wilson");
        let p = |found: Measured, expected: f64, statistic: f64, what: &str| {
            // d ln p / dG² is at most about ½ + 1/G: the p inherits the rounding of the reference's statistic.
            let found = found.value().expect("a p");
            if expected == 0.0 {
                // the reference underflows; we print the smallest number that is not zero
                assert!(found < 1e-300, "{what} of {term}: {found}");
                return;
            }
            let slack = 1e-9 + 3e-9 * (0.5 + 1.0 / statistic.max(1e-9)) + 1e-9 * statistic;
            assert!((found / expected - 1.0).abs() < slack, "{what} of {term}: {found} {expected}");
        };
        if get("G2_4cell") > 1e-3 {
            p(descriptive_p(g_squared(table)), get("G2_4cell_p"), get("G2_4cell"), "p of G2");
            p(descriptive_p(chi_squared(table, false)), get("chi2_pearson_p"), get("chi2_pearson"), "p of chi2");
        }
        match ell(table) {
            // An expected count of 1 or less has no positive logarithm: the reference goes on, we do not.
            Measured::Missing(_) => undefined_ell += u32::from(get("E1").min(get("E2")) <= 1.0),
            found @ Measured::Value(_) => agrees(found, get("ELL"), 1e-15, &format!("ELL of {term}")),
        }
        check(hardie(table.a, table.c, table.b, table.d), "log_ratio_hardie");
        agrees(percent_difference(table), get("pct_diff"), 1e-11, term);
        check(odds_ratio(table), "odds_ratio");
        let direction = table.direction().sign();
        assert!(direction == get("sign") || direction == 0.0, "sign of {term}");
        // Σg over the vocabulary of target and reference; the reference's own α0 of fw_delta_bg and of every fw_var2_a500.
        let (g, all) = (get("background") as u64, 36_450_611);
        for (name, prior) in [
            ("flat01", Prior::uninformative(0.1, 61_603)),
            ("bg", Prior::background(g, all)),
            ("a500", Prior::informative(g, all, 500.0)),
        ] {
            let (short, fuller) = (fighting_words(table, prior, false), fighting_words(table, prior, true));
            agrees(short.delta, get(&format!("fw_delta_{name}")), 1e-13, "delta");
            agrees(short.variance, get(&format!("fw_var2_{name}")), 0.0, "variance");
            agrees(short.z, get(&format!("fw_z2_{name}")), 1e-11, "z");
            agrees(fuller.z, get(&format!("fw_z4_{name}")), 1e-11, "fuller z");
        }
    }
    assert!(rows.len() > 100, "the reference table has rows");
    println!("ELL not defined for {undefined_ell} terms");
}

#[test]
fn corrections_for_many_tests_agree_with_statsmodels_and_scipy() {
    // statsmodels 0.15.0 multipletests on these ten p.
    let ps = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
    let bh = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.105714285714285714, 0.216, 0.216, 0.216];
    let step_down = [0.01, 0.072, 0.312, 0.312, 0.312, 0.312, 0.312, 0.615, 0.615, 0.615];
    let measured: Vec<Measured> = ps.iter().map(|&p| Measured::of(p, Why::Undefined)).collect();
    for (found, expected) in benjamini_hochberg(&measured).into_iter().zip(bh) {
        agrees(found, expected, 1e-15, "Benjamini-Hochberg");
    }
    for (found, expected) in holm(&measured).into_iter().zip(step_down) {
        agrees(found, expected, 1e-15, "Holm");
    }
}

#[test]
fn keyness_in_compatible_mode_agrees_with_quanteda() {
    let Some(folder) = shared() else { return };
    let (header, rows) = keyness(&folder, "keyness_quanteda.csv", ["a_target", "b_reference", "", ""]);
    for (table, row) in &rows {
        let get = |column: &str| number(&header, row, column);
        for (correction, name) in [
            (Correction::Default, "default"),
            (Correction::Yates, "yates"),
            (Correction::Williams, "williams"),
            (Correction::None, "none"),
        ] {
            for (measure, found) in
                [("chi2", quanteda::chi2(*table, correction)), ("lr", quanteda::lr(*table, correction))]
            {
                let column = format!("{measure}_{name}");
                let what = format!("{column} of {}", row[0]);
                let expected = get(&column);
                // G² there is the small difference of sums of millions: its rounding is about 1e-8.
                let slack = if measure == "lr" { 3e-8 } else { 0.0 };
                assert!((found - expected).abs() <= 1e-9 * expected.abs() + slack, "{what}: {found} {expected}");
                let p = quanteda::p(expected);
                assert!((p - get(&format!("{column}_p"))).abs() < 1e-13, "p of {what}");
            }
        }
        let pmi = quanteda::pmi(*table);
        assert!((pmi - get("pmi_none")).abs() <= 1e-9 * pmi.abs() + 1e-15, "pmi of {}", row[0]);
    }
    assert!(rows.len() > 100, "the reference table has rows");
}

#[test]
fn polarity_agrees_with_quanteda_sentiment() {
    let Some(folder) = shared() else { return };
    let (header, rows) = table(&folder.join("samples/reference/polarity_lsd2015_articles.csv"));
    for row in &rows {
        let get = |column: &str| row[header.iter().position(|name| name == column).expect("the column")].as_str();
        let count = |column: &str| get(column).parse::<u64>().expect("a count");
        let (pos, neg, other) = (count("pos"), count("neg"), count("other"));
        for (found, column) in [
            (logit(pos, neg), "logit"),
            (balance(pos, neg), "relpropdiff"),
            (absolute(pos, neg, pos + neg + other), "abspropdiff"),
        ] {
            match get(column).parse::<f64>().ok().filter(|x| x.is_finite()) {
                // Without any hit quanteda's logit is 0; ours is missing, because there is no evidence.
                Some(_) if pos + neg == 0 && column == "logit" => assert_eq!(found.why(), Some(Why::NoHits)),
                Some(expected) => agrees(found, expected, 1e-15, column),
                None => assert!(found.value().is_none(), "{column} is not a number there: {}", get(column)),
            }
        }
    }
    assert!(rows.len() > 200);
}

/// Frames against the rest of the sample, computed with numpy 2 and scipy 1.17: log ratio with half a hit added, its
/// interval and p by Student's t, and the macro rate. All sides have 200 articles or more.
#[rustfmt::skip]
const LARGE_GROUPS: [(&str, &str, f64, f64, f64, f64, f64); 12] = [
    ("CNN (Web News)", "security_terrorism", 1.1959360319611758, 0.712873516968303, 1.678998546954049, 3.161858131444206e-06, 2.5370829098692016),
    ("CNN (Web News)", "health_care", 0.008785676131364198, -0.5642909659098906, 0.581862318172619, 0.9757394232961267, 1.8480125302979764),
    ("CNN (Web News)", "elections_democracy", 0.4572308749208207, -0.21608224293338285, 1.1305439927750243, 0.17939118538952464, 4.235827623088902),
    ("CNN (Web News)", "morality_religion", -0.30411461438120846, -0.9389114168576218, 0.33068218809520494, 0.34425662736245716, 0.533977051585446),
    ("Washington Times", "security_terrorism", 0.6207679681831499, 0.11069567040262977, 1.13084026596367, 0.01753111671560886, 1.5645811320252794),
    ("Washington Times", "health_care", -0.19888678399617865, -0.6967348580155769, 0.2989612900232196, 0.43009923777035314, 1.800436990154401),
    ("Washington Times", "elections_democracy", -0.040810760004516174, -0.32651691496069035, 0.24489539495165802, 0.7785550238994279, 3.8565528127197566),
    ("Washington Times", "morality_religion", -0.3209740110435816, -1.2675293875065226, 0.6255813654193595, 0.5000558625285647, 0.5232388741553375),
    ("Politico", "security_terrorism", -0.43415126553763167, -1.0064858740773, 0.13818334300203652, 0.1351439662450156, 1.0104173508117438),
    ("Politico", "health_care", -0.0735915279076275, -0.6578646746375408, 0.5106816188222858, 0.8025623429239017, 2.0207897125519523),
    ("Politico", "elections_democracy", 0.46167064192871377, 0.19860563456427444, 0.724735649293153, 0.000650766418166032, 5.396526827786594),
    ("Politico", "morality_religion", -0.8646491386441668, -1.9596831270232615, 0.23038484973492782, 0.11860956180180565, 0.38773547302135336),
];

#[test]
fn comparisons_of_large_outlets_agree_with_scipy() {
    let Some(folder) = shared() else { return };
    let (header, rows) = table(&folder.join("samples/reference/article_frames_us_politics.csv.gz"));
    let frames: Vec<String> = header[3..].to_vec();
    let mut groups: Vec<String> = rows.iter().map(|row| row[1].clone()).collect();
    groups.sort_unstable();
    groups.dedup();
    let group_of: Vec<u32> = rows.iter().map(|row| groups.binary_search(&row[1]).expect("an outlet") as u32).collect();
    let cell = |text: &String| text.parse::<u32>().expect("a number");
    let words: Vec<u32> = rows.iter().map(|row| cell(&row[2])).collect();
    let hits: Vec<u32> = rows.iter().flat_map(|row| row[3..].iter().map(cell)).collect();
    let counts = Counts { frames: &frames, groups: &groups, group_of: &group_of, words: &words, hits: &hits };
    let options = Options::default();
    let (table, compared) = (frames_table(&counts, &options), comparisons(&counts, None, &options));
    assert_eq!((table.len(), compared.len()), (groups.len() * 12, groups.len() * 12));
    for (outlet, frame, ratio, low, high, p, macro_rate) in LARGE_GROUPS {
        let at = groups.iter().position(|name| name == outlet).expect("the outlet") * 12
            + frames.iter().position(|name| name == frame).expect("the frame");
        let what = format!("{outlet} {frame}");
        let row = &compared[at];
        agrees(row.smoothed_log_ratio.value, ratio, 1e-13, &what);
        let interval = row.smoothed_log_ratio.interval.expect("an interval");
        close(interval.low().expect("low"), low, 1e-9, &what);
        close(interval.high().expect("high"), high, 1e-9, &what);
        agrees(row.p, p, 0.0, &what);
        agrees(table[at].macro_rate, macro_rate, 1e-13, &what);
    }
    for row in &compared {
        assert!(row.p.value().is_none_or(|p| p > 0.0 && p <= 1.0));
        assert!(row.q.value().zip(row.p.value()).is_none_or(|(q, p)| q >= p));
        assert!(row.articles[0] > 1 || row.p.why() == Some(Why::OneArticle) || row.p.why() == Some(Why::NoHits));
    }
}
