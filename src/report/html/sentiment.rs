//! The tables of sentiment, one for each lexicon, with what the literature says of such numbers.

use super::markup::{absent_cell, capital, count_cell, meaning_of_marks, measure_cell, table, validation};
use super::{Page, Sentiment, Tone};
use maud::{Markup, html};

/// Every lexicon.
pub(super) fn sentiment(page: &Page) -> Markup {
    if page.sentiment.is_empty() {
        return html! { p { "No sentiment lexicon was given." } };
    }
    html! {
        p {
            "Sums of weighted words. In published tests, sentiment from dictionaries agreed poorly with human coding (van \
             Atteveldt, van der Velden and Boukes 2021): compare a sample with your own reading before you cite a number."
        }
        @if !page.scoring.is_empty() { p { (page.scoring) } }
        @for lexicon in &page.sentiment {
            (of_lexicon(page, lexicon))
            (meaning_of_marks())
        }
    }
}

fn of_lexicon(page: &Page, lexicon: &Sentiment) -> Markup {
    let role = if lexicon.role.is_empty() { String::new() } else { format!(" ({})", lexicon.role) };
    let caption = html! {
        (lexicon.lexicon) (role) " " (validation(lexicon.validation.as_ref())) " Each value with its " (page.level)
        " interval. All figures: " (page.link("sentiment.csv")) "."
    };
    let counted =
        ["Articles", "Positive hits", "Negative hits", "Mean weight of a hit", "Balance (−1 to 1)", "Log odds"];
    let has_compound = lexicon.rows.iter().any(|row| row.compound.is_some());
    let compound = has_compound.then_some("Compound (−1 to 1)");
    let rows = html! {
        thead {
            tr {
                th scope="col" { (capital(&page.grouping())) }
                @for name in counted.into_iter().chain(compound) { th.n scope="col" { (name) } }
            }
        }
        tbody {
            @for (group, tone) in page.groups.iter().zip(&lexicon.rows) {
                tr data-g=(group.label) { th scope="row" { (group.label) } (of_group(tone)) }
            }
        }
    };
    table(&format!("Sentiment by {}{role}", lexicon.lexicon), "sort", caption, &rows)
}

fn of_group(tone: &Tone) -> Markup {
    html! {
        @for count in [Some(tone.articles), tone.positive, tone.negative] {
            (count.map_or_else(|| absent_cell(&tone.balance.why), count_cell))
        }
        @for measure in [&tone.valence, &tone.balance, &tone.logit].into_iter().chain(&tone.compound) {
            (measure_cell(measure, tone.articles))
        }
    }
}
