//! Rows whose quoting RFC 4180 does not explain, or explains too well.

use super::{Delimited, Row};
use crate::error::Problem;
use crate::read::Quoting;
use crate::read::lines::{bare, split};
use crate::read::quoting::{Rules, Split, of_line};
use crate::read::table::Step;

impl Delimited {
    pub(super) fn by_line(&mut self, row: &Row) -> Step {
        let first = split(&self.text, self.lines.end()).next().map_or(0, <[u8]>::len);
        let rest = self.text.split_off(first);
        let count = split(&rest, self.lines.end()).filter(|line| !bare(line).is_empty()).count() + 1;
        self.lines.give_back(&rest);
        of_line(&self.text, self.shape.delimiter, &mut self.fields);
        let found = match (row.whole, count) {
            (_, 1) => "a quotation mark opens a field and is never closed".to_string(),
            (true, _) => format!("a quotation mark opens a field that holds {count} lines, each of them a whole row"),
            (false, _) => {
                format!("a quotation mark opens a field that {count} lines do not close, each of them a whole row")
            }
        };
        let found =
            format!("{found}; read as {count} rows, the mark as part of the text (as one field it would be 1 row)");
        self.warn("quotes-broken", &found, "--quoting strict reads every quoted field to its closing mark");
        Step::Row
    }

    fn warn(&mut self, kind: &'static str, found: &str, hint: &str) {
        self.remark = Some(Problem::warning(kind, self.place(), found).hint(hint));
    }

    /// Reads the row again by other rules; true where it then fits, with what is left given back.
    pub(super) fn again(&mut self, rules: Rules) -> bool {
        self.trial.clear();
        let mut state = Split::default();
        let mut taken = 0;
        let ends: Vec<usize> = split(&self.text, self.lines.end())
            .map(|line| {
                taken += line.len();
                taken
            })
            .collect();
        for end in ends {
            if state.run(&self.text[..end], self.shape.delimiter, rules, &mut self.trial) {
                if self.trial.len() != self.width() {
                    return false;
                }
                let rest = self.text.split_off(end);
                self.lines.give_back(&rest);
                std::mem::swap(&mut self.fields, &mut self.trial);
                return true;
            }
        }
        false
    }

    /// A row that RFC 4180 does not explain, or explains too well.
    pub(super) fn weigh(&mut self, row: &Row) -> Step {
        if self.quoting == Quoting::Strict {
            return self.strict(row);
        }
        // the quoting is broken, and what it swallows has a whole row in it
        let (lines, fitting) = if row.lines > 1 { self.lines_that_fit() } else { (1, 0) };
        if row.lines > 1 && lines == fitting {
            return self.by_line(row);
        }
        if row.lines > 1 && fitting > 1 {
            return self.first_line();
        }
        let backslashes = memchr::memmem::find(&self.text, b"\\\"").is_some();
        if backslashes && self.again(Rules { backslash: true, ..Rules::default() }) {
            self.warn("quotes-escaped", "quotation marks inside the field are written `\\\"`; read so", "");
            return Step::Row;
        }
        if row.whole && self.fields.len() == self.width() {
            let found = "a quotation mark inside a quoted field is not doubled; read as part of the text";
            self.warn("quotes-single", found, "--quoting strict leaves such rows out");
            return Step::Row;
        }
        self.first_line()
    }

    /// The first line as a row by itself; what follows is read anew.
    fn first_line(&mut self) -> Step {
        let first = split(&self.text, self.lines.end()).next().map_or(0, <[u8]>::len);
        let rest = self.text.split_off(first);
        self.lines.give_back(&rest);
        of_line(&self.text, self.shape.delimiter, &mut self.fields);
        if self.fields.len() == self.width() {
            let found = "a quotation mark opens a field and is not closed where the row ends; read as part of the text";
            self.warn("quotes-broken", found, "--quoting strict reads every quoted field to its closing mark");
            return Step::Row;
        }
        Step::Bad(
            self.wrong_fields().hint("a quotation mark is missing or not doubled, and no reading of the row fits"),
        )
    }

    fn strict(&mut self, row: &Row) -> Step {
        if !row.whole {
            let found = "the record's last field opens a quotation mark that is never closed";
            let problem = Problem::error("quote-open", self.place(), found);
            return Step::Broken(
                problem.hint("all rows after it were read as part of this field: close the quotation mark"),
            );
        }
        let found = "a quotation mark inside a quoted field is not doubled";
        Step::Bad(Problem::warning("quotes-single", self.place(), found).expected("`\"\"` inside a quoted field"))
    }
}
