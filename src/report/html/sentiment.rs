//! The tables of sentiment, one for each lexicon, with what the literature says of such numbers.

use super::markup::{MARKS, Text, absent, capital, close_table, mark, open_table, reason, validation};
use super::{Measure, Page, number};
use std::fmt::Write;

/// Every lexicon.
pub(super) fn sentiment(page: &Page, out: &mut String) {
    if page.sentiment.is_empty() {
        out.push_str("<p>No sentiment lexicon was given.</p>\n");
        return;
    }
    out.push_str(
        "<p>Sums of weighted words. In published tests, sentiment from dictionaries agreed poorly with human coding (van \
         Atteveldt, van der Velden and Boukes 2021): compare a sample with your own reading before you cite a number.</p>\n",
    );
    if !page.scoring.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", Text(&page.scoring));
    }
    for lexicon in &page.sentiment {
        let compound = lexicon.rows.iter().any(|row| row.compound.is_some());
        let role = match lexicon.role.as_str() {
            "" => String::new(),
            role => format!(" ({role})"),
        };
        let caption = format!(
            "{}{role} {} Each value with its {} interval. All figures: {}.",
            Text(&lexicon.lexicon),
            validation(lexicon.validation.as_ref()),
            Text(&page.level),
            page.link("sentiment.csv")
        );
        open_table(out, &format!("Sentiment by {}{role}", lexicon.lexicon), "sort", &caption);
        let _ = writeln!(
            out,
            "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">Articles</th><th scope=\"col\" class=\"n\">Positive hits</th>\
             <th scope=\"col\" class=\"n\">Negative hits</th><th scope=\"col\" class=\"n\">Mean weight of a hit</th>\
             <th scope=\"col\" class=\"n\">Balance (−1 to 1)</th><th scope=\"col\" class=\"n\">Log odds</th>{}</tr></thead>\n<tbody>",
            Text(&capital(&page.grouping())),
            if compound { "<th scope=\"col\" class=\"n\">Compound (−1 to 1)</th>" } else { "" }
        );
        for (group, tone) in page.groups.iter().zip(&lexicon.rows) {
            let _ = write!(out, "<tr data-g=\"{0}\"><th scope=\"row\">{0}</th>", Text(&group.label));
            for n in [Some(tone.articles), tone.positive, tone.negative] {
                let _ = match n {
                    Some(n) => write!(out, "<td class=\"n\" data-v=\"{n}\">{}</td>", number::count(n)),
                    None => write!(out, "<td class=\"n\">{}</td>", absent(&tone.balance.why)),
                };
            }
            for measure in [&tone.valence, &tone.balance, &tone.logit].into_iter().chain(&tone.compound) {
                value(measure, tone.articles, out);
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n");
        close_table(out);
        out.push_str(MARKS);
    }
}

fn value(measure: &Measure, articles: u64, out: &mut String) {
    let Some(known) = measure.known() else {
        let _ = write!(out, "<td class=\"n\">{}</td>", absent(&measure.why));
        return;
    };
    let beside = match measure.interval() {
        Some((low, high)) => number::interval(low, high, 3),
        None => reason(&measure.why).to_string(),
    };
    let mark = mark(measure, articles);
    let class = if mark.is_empty() { "n" } else { "n weak" };
    let _ = write!(
        out,
        "<td class=\"{class}\" data-v=\"{}\">{}{mark} <small>{}</small></td>",
        number::plain(known),
        number::figures(known, 3),
        Text(&beside)
    );
}
