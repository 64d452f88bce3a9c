//! The articles of a study: where they lie, and how they are read.
//!
//! In: paths, options. Out: a [`Corpus`], which a study counts; its articles as they are read.
//! It deliberately opens nothing before it is asked to.

use super::Study;
use crate::error::Result;
use crate::read::{self, Article, Item};
use crate::text::Language;

/// Articles: where they lie, and how they are read.
///
/// ```no_run
/// use framescope::Corpus;
///
/// let mut corpus = Corpus::of(["news/2022", "archive.csv.gz"]);
/// corpus.read.outlet = Some("publisher".to_string()); // the column that holds the outlet
/// for article in corpus.articles()? {
///     match article {
///         Ok(article) => println!("{:?} {}", article.outlet, article.text.len()),
///         Err(problem) => eprintln!("{problem}"),
///     }
/// }
/// # Ok::<(), framescope::error::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corpus {
    /// Files, folders and globs.
    pub paths: Vec<String>,
    /// How they are read.
    pub read: read::Options,
    /// Language of articles that neither say nor show theirs.
    pub language: Option<Language>,
}

impl Corpus {
    /// These files, folders and globs, with the default of every option.
    pub fn of<P: Into<String>>(paths: impl IntoIterator<Item = P>) -> Corpus {
        Corpus { paths: paths.into_iter().map(Into::into).collect(), ..Corpus::default() }
    }

    /// The articles that a study names, read as it says.
    pub fn of_study(study: &Study) -> Corpus {
        Corpus { paths: study.corpus.clone(), read: study.read.clone(), language: study.language }
    }

    /// Reads every article, in order; what cannot be read is an error among them, and so is what is only warned of.
    ///
    /// # Errors
    /// Paths that lead nowhere, files that are no articles, columns that cannot be found: all at once.
    pub fn articles(&self) -> Result<impl Iterator<Item = Result<Article>>> {
        let each = |item| match item {
            Item::Article(article) => Ok(article),
            Item::Problem(problem) => Err(problem.into()),
        };
        Ok(read::open(&self.paths, &self.read)?.map(each))
    }
}

impl Study {
    /// The same study of other articles.
    pub fn over(&self, corpus: &Corpus) -> Study {
        let Corpus { paths, read, language } = corpus.clone();
        Study { corpus: paths, read, language, ..self.clone() }
    }
}
