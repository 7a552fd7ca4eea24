//! Columns.

use std::fmt;

/// Rows of cells, shown in columns as wide as what is in them.
///
/// Texts from other machines are shown without control characters: they cannot
/// play with the terminal.
#[derive(Clone, Debug)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub fn new<const N: usize>(headings: [&str; N]) -> Self {
        Self {
            rows: vec![headings.map(str::to_owned).to_vec()],
        }
    }

    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        let cells = cells.map(|cell| cell.replace(|c: char| c.is_control(), "\u{FFFD}"));
        self.rows.push(cells.to_vec());
    }

    /// It has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 1
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows[0].len();
        let width = |column: usize| {
            let cells = self.rows.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                let gap = width + 2 - cell.chars().count();
                line.extend(std::iter::repeat_n(' ', gap));
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        let mut table = Table::new(["NODE", "BOTS"]);
        table.row(["w1".into(), "1000".into()]);
        table.row(["a\u{1b}[31mlong".into(), String::new()]);
        assert_eq!(
            table.to_string(),
            "NODE        BOTS\nw1          1000\na\u{FFFD}[31mlong\n"
        );
    }
}
