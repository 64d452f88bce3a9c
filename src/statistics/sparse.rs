//! Hits of articles without the zeros: most articles lack most frames.
//!
//! In: hits per article and column (a frame, or a frame in one voice). Out: the cells that are not zero, article by article.
//! Invariant: cells of an article come in the order of the columns; a cell is never zero.
//! It deliberately sums nothing.

/// Hits of every article, zeros left out.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    starts: Vec<usize>,
    cells: Vec<(u32, u32)>,
    columns: usize,
}

impl Hits {
    /// Of a table that is article-major and `columns` wide.
    pub fn dense(hits: &[u32], columns: usize) -> Hits {
        let mut found = Hits { starts: vec![0], cells: Vec::new(), columns };
        for row in hits.chunks_exact(columns.max(1)) {
            let cells = row.iter().enumerate().filter(|&(_, &hits)| hits > 0);
            found.cells.extend(cells.map(|(column, &hits)| (column as u32, hits)));
            found.starts.push(found.cells.len());
        }
        found
    }

    /// Of (article, column, hits), sorted; what is there twice is an error of the caller.
    pub fn sorted(cells: impl Iterator<Item = (u32, u32, u32)>, articles: usize, columns: usize) -> Hits {
        let mut found = Hits { starts: Vec::with_capacity(articles + 1), cells: Vec::new(), columns };
        for (article, column, hits) in cells.filter(|cell| cell.2 > 0) {
            while found.starts.len() <= article as usize {
                found.starts.push(found.cells.len());
            }
            found.cells.push((column, hits));
        }
        found.starts.resize(articles + 1, found.cells.len());
        found
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// (column, hits) of an article.
    pub fn of(&self, article: u32) -> &[(u32, u32)] {
        let at = article as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.cells[from..to],
            _ => &[],
        }
    }

    /// Hits of an article in one column.
    pub fn at(&self, article: u32, column: usize) -> u32 {
        self.of(article).iter().find(|cell| cell.0 as usize == column).map_or(0, |cell| cell.1)
    }
}
