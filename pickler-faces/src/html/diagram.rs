//! Byte diagrams as tables of 32 columns.

use super::escape::text;
use crate::diagram::{Cell, Grid, ROW};
use crate::layout::{Role, Row};

/// The diagram of a message's rows; empty if it has none.
pub fn diagram(rows: &[Row], lsb_first: bool) -> String {
    let grid = Grid::of(rows);
    if grid.rows.is_empty() {
        return String::new();
    }
    let order = if lsb_first {
        "bit 0 is the least significant bit of the first byte"
    } else {
        "most significant bit first"
    };
    let mut html = format!(
        "<div class=\"scroll\"><table class=\"diagram\" aria-label=\"Byte diagram, 32 bits a row, \
         {order}\"><colgroup><col class=\"at\"><col span=\"32\"></colgroup>\n<tr aria-hidden=\"true\"><th></th>"
    );
    for bit in 0..ROW {
        put!(html, "<th>{bit}</th>");
    }
    html.push_str("</tr>\n");
    let mut at = Some(0);
    let mut above: &[Cell] = &[];
    for row in &grid.rows {
        let place: Option<u64> = at;
        let place = place.map(|at: u64| at.to_string()).unwrap_or_default();
        put!(html, "<tr><th class=\"at\" scope=\"row\">{place}</th>");
        for cell in &row.cells {
            html.push_str(&table_cell(cell, rows, above));
        }
        if row.end() < ROW {
            put!(
                html,
                "<td class=\"gap\" colspan=\"{}\"></td>",
                ROW - row.end()
            );
        }
        html.push_str("</tr>\n");
        // Behind what has any length, no place is known.
        let any_length = row.cells.iter().any(|cell| cell.any_length);
        at = at.filter(|_| !any_length).map(|at| at + u64::from(ROW) / 8);
        above = &row.cells;
    }
    html.push_str("</table></div>\n");
    html
}

fn table_cell(cell: &Cell, rows: &[Row], above: &[Cell]) -> String {
    let mut classes = String::from(colour(rows, cell.row));
    let end = |cell: &Cell| cell.start + cell.bits;
    let goes_on = above.iter().any(|other| {
        other.piece == cell.piece && other.start < end(cell) && cell.start < end(other)
    });
    if goes_on {
        classes.push_str(" up");
    }
    if cell.any_length {
        classes.push_str(" any");
    }
    if cell.role == Role::Padding {
        classes = "padding".into();
    }
    let name = text(&cell.label);
    let label = if cell.labelled { name.as_str() } else { "" };
    format!(
        "<td class=\"{classes}\" colspan=\"{}\" data-r=\"{}\" title=\"{name}\">{label}</td>",
        cell.bits, cell.row
    )
}

/// The colour of a message's row: that of fields changes from one to the next.
pub fn colour(rows: &[Row], row: usize) -> &'static str {
    const COLOURS: [&str; 8] = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"];
    let around = |row: &&Row| row.around;
    match rows.get(row) {
        Some(found) if !found.around => {
            let before = rows[..row].iter().filter(around).count();
            COLOURS[(row - before) % COLOURS.len()]
        }
        _ => "ca",
    }
}
