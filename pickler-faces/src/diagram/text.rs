//! Byte diagrams as text.

use super::{Cell, Grid, GridRow, ROW};
use crate::layout::Row;

/// The diagram of a message's rows; empty if it has none.
///
/// Labels that do not fit get a letter, which is told below. Most significant
/// bits come first unless `lsb_first`.
pub fn draw(rows: &[Row], lsb_first: bool) -> String {
    let grid = Grid::of(rows);
    if grid.rows.is_empty() {
        return String::new();
    }
    let mut lines = heading(&grid);
    let mut keys = Keys::default();
    let mut above: Option<&GridRow> = None;
    for row in &grid.rows {
        lines.push(border(above, Some(row)));
        lines.push(content(row, &mut keys));
        above = Some(row);
    }
    lines.push(border(above, None));
    if !keys.told.is_empty() || lsb_first {
        lines.push(String::new());
    }
    for (key, label) in &keys.told {
        lines.push(format!(" {key}: {label}"));
    }
    if lsb_first {
        lines.push(" Bit 0 is the least significant bit of the first byte.".into());
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n") + "\n"
}

/// The numbers of the bits.
fn heading(grid: &Grid) -> Vec<String> {
    let bits = grid.rows.iter().map(GridRow::end).max().unwrap_or(ROW);
    let tens = (0..bits).map(|bit| match bit % 10 {
        0 => format!(" {}", bit / 10),
        _ => "  ".into(),
    });
    let ones = (0..bits).map(|bit| format!(" {}", bit % 10));
    vec![tens.collect(), ones.collect()]
}

/// The line between two rows: open where one piece goes on.
fn border(above: Option<&GridRow>, below: Option<&GridRow>) -> String {
    let end = [above, below].into_iter().flatten().map(GridRow::end).max();
    let mut line: Vec<u8> = b"+-".repeat(end.unwrap_or(0) as usize);
    line.push(b'+');
    let cells = |row: Option<&GridRow>| row.map_or(Vec::new(), |row| row.cells.clone());
    let below = cells(below);
    for cell in cells(above) {
        let Some(same) = below.iter().find(|other| other.piece == cell.piece) else {
            continue;
        };
        let start = cell.start.max(same.start) as usize;
        let end = (cell.start + cell.bits).min(same.start + same.bits) as usize;
        if start < end {
            line[2 * start + 1..2 * end].fill(b' ');
        }
    }
    line.into_iter().map(char::from).collect()
}

fn content(row: &GridRow, keys: &mut Keys) -> String {
    let side = |cell: &Cell| if cell.any_length { '~' } else { '|' };
    let mut line = String::new();
    let mut before = None;
    for cell in &row.cells {
        // What has any length has waves where it meets the margin.
        line.push(match before {
            None => side(cell),
            Some(_) => '|',
        });
        let room = cell.bits as usize * 2 - 1;
        let text = match cell.labelled {
            true if cell.label.chars().count() <= room => cell.label.clone(),
            true => keys.of(&cell.label, room),
            false => String::new(),
        };
        put!(line, "{text:^room$}");
        before = Some(cell);
    }
    line.push(before.map_or('|', side));
    line
}

/// Letters for labels that do not fit.
#[derive(Default)]
struct Keys {
    told: Vec<(String, String)>,
}

impl Keys {
    /// A letter; where that is not enough, also a number.
    fn of(&mut self, label: &str, room: usize) -> String {
        let number = self.told.len();
        let letter = ('A'..='Z').nth(number % 26).unwrap_or('A');
        let key = match number / 26 {
            0 => letter.to_string(),
            more => format!("{letter}{more}"),
        };
        if key.len() > room {
            return "*".into();
        }
        self.told.push((key.clone(), label.to_owned()));
        key
    }
}
