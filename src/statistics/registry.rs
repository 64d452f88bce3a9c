//! Every measure that is reported, for `explain`.
//!
//! In: the constants of the measures. Out: one list, and a look-up by name.
//! Invariant: names are unique; each entry is the constant that documents the code.
//! It deliberately computes nothing.

use super::measure::Measure;
use super::{agreement, association, cooccurrence, dispersion, keyness, sentiment};

/// All measures: rates, comparisons, keyness, dispersion, association, sentiment, agreement.
pub const MEASURES: &[Measure] = &[
    super::rate::RATE,
    super::macro_rate::MACRO_RATE,
    super::standardised::STANDARDISED,
    super::macro_ratio::MACRO_RATIO,
    super::prevalence::PREVALENCE,
    super::intensity::INTENSITY,
    super::design_effect::DESIGN_EFFECT,
    super::target_rate::TARGET_RATE,
    super::label_share::LABEL_SHARE,
    super::share::TOP_SHARE,
    super::share::CONCENTRATION,
    super::log_ratio::LOG_RATIO,
    super::log_ratio::SMOOTHED_LOG_RATIO,
    super::difference::DIFFERENCE,
    super::null_draws::NULL_DRAWS,
    super::share_draws::SHARE_DRAWS,
    super::matched::MATCHED,
    super::story_split::SPLIT,
    super::left_out::LEFT_OUT,
    super::permutation::PERMUTATION,
    super::carriers::CARRIERS,
    super::moments::MOMENTS,
    super::overall::OVERALL,
    super::multiplicity::BENJAMINI_HOCHBERG,
    super::multiplicity::HOLM,
    super::influence::INFLUENCE,
    super::spearman::SPEARMAN,
    super::candidates::OVER_REPRESENTATION,
    super::candidates::EXPECTED_PRECISION,
    super::candidates::STABILITY,
    super::candidates::AUC,
    keyness::g_squared::G_SQUARED,
    keyness::rayson::RAYSON,
    keyness::chi_squared::CHI_SQUARED,
    keyness::bic::BIC,
    keyness::ell::ELL,
    keyness::odds_ratio::ODDS_RATIO,
    keyness::percent_difference::PERCENT_DIFFERENCE,
    keyness::simple_maths::SIMPLE_MATHS,
    keyness::fighting_words::FIGHTING_WORDS,
    keyness::text_dispersion::TEXT_DISPERSION,
    dispersion::range::RANGE,
    dispersion::deviation::DEVIATION,
    dispersion::deviation::DEVIATION_NORMED,
    dispersion::juilland::JUILLAND,
    dispersion::pairwise_differences::PAIRWISE_DIFFERENCES,
    dispersion::kullback_leibler::KULLBACK_LEIBLER,
    association::mutual_information::MUTUAL_INFORMATION,
    association::mutual_information_normed::MUTUAL_INFORMATION_NORMED,
    association::mutual_information_cubed::MUTUAL_INFORMATION_CUBED,
    association::log_dice::LOG_DICE,
    association::t_score::T_SCORE,
    association::g_squared::PAIR_G_SQUARED,
    cooccurrence::phi::PHI,
    cooccurrence::jaccard::JACCARD,
    cooccurrence::lift::LIFT,
    sentiment::BALANCE,
    sentiment::ABSOLUTE,
    sentiment::LOGIT,
    sentiment::MEAN_VALENCE,
    sentiment::VALENCE_PER_WORD,
    sentiment::SUM,
    sentiment::COMPOUND,
    sentiment::TOWARD,
    super::word_shift::WORD_SHIFT,
    agreement::alpha::ALPHA,
    agreement::classification::PRECISION,
    agreement::classification::RECALL,
    agreement::classification::F1,
    agreement::stratified::WEIGHTED_PRECISION,
    agreement::stratified::WEIGHTED_RECALL,
    agreement::stratified::WEIGHTED_F1,
    agreement::homogeneity::HOMOGENEITY,
    agreement::homogeneity::RECALL_HOMOGENEITY,
    agreement::correction::CORRECTED_LOG_RATIO,
];

/// The measure of this name, whatever its case; `_` and spaces count as `-`.
pub fn measure_named(name: &str) -> Option<&'static Measure> {
    let name = name.trim().to_lowercase().replace(['_', ' '], "-");
    MEASURES.iter().find(|measure| measure.name == name)
}
