//! The news sample, where it is there: how much goes, and that prose stays.

use super::Corpus;
use crate::run::shared;
use framescope::clean::{Options, Rule};
use framescope::read::{self, Item};

#[test]
fn little_of_the_news_sample_goes_and_none_of_its_prose() {
    let Some(shared) = shared() else { return };
    let sample = shared.join("samples/news-3719.csv.gz").to_string_lossy().into_owned();
    let articles = read::open(&[sample], &read::Options::default()).unwrap().filter_map(|item| match item {
        Item::Article(article) => Some((article.outlet.unwrap_or_default(), article.text)),
        Item::Problem(_) => None,
    });
    let corpus = Corpus { articles: articles.collect() };
    let cleaned = corpus.cleaned(&Options { repeats: false, ..Options::default() });
    let all = || cleaned.removed.iter().flatten();
    let spans = |rule| all().filter(|removed| removed.rule == rule).count();
    // without a lexicon the recurring lines are all that the rule finds by itself
    assert!((3_000..3_500).contains(&spans(Rule::Recurring)), "{}", spans(Rule::Recurring));
    // a closing run needs a line that is known, here from recurring lines alone
    assert!((10..40).contains(&spans(Rule::Ending)), "{}", spans(Rule::Ending));
    assert!(cleaned.survey.copies.groups().len() < 10);
    let quoted = ["These are all of our stories", "I am officially running for president"];
    for (i, (_, text)) in corpus.articles.iter().enumerate().filter(|(_, (outlet, _))| outlet.starts_with("CNN")) {
        let told = corpus.told(&cleaned, i);
        for words in quoted.iter().filter(|words| text.contains(**words)) {
            assert!(
                !told.iter().any(|removed| removed.contains(words)),
                "what candidates said in every gallery was removed"
            );
        }
    }
}
