//! Examples: bytes, and what each is.

use pickler::dynamic::json::to_json;

use super::diagram::colour;
use super::escape::text;
use crate::dump::covered;
use crate::layout::{Example, Layout, Part, Row};

/// Bytes in one row.
const ROW: usize = 8;

/// An example of a message with these rows.
pub fn example(layout: &Layout<'_>, example: &Example, rows: &[Row]) -> String {
    let mut html = String::from("<p class=\"label\">Example</p><div class=\"example\">");
    html.push_str(&bytes(example, rows));
    html.push_str("<ol class=\"parts\">");
    for (number, part) in example.parts.iter().enumerate() {
        let (row, colour) = belongs(part, rows);
        put!(
            html,
            "<li><button type=\"button\" aria-pressed=\"false\" class=\"{colour}\" \
             data-r=\"{row}\" data-p=\"{number}\">{} = {}</button></li>",
            text(&part.name),
            text(&part.value)
        );
    }
    html.push_str("</ol></div>");
    let json = to_json(&example.value, &layout.protocol.schema);
    // A value of a schema can always be shown.
    let json = serde_json::to_string_pretty(&json).unwrap_or_default();
    put!(
        html,
        "<details><summary>As JSON</summary><pre>{}</pre></details>\n",
        text(&json)
    );
    html
}

/// The bytes, each of the part that has its first bit.
fn bytes(example: &Example, rows: &[Row]) -> String {
    let mut owners: Vec<Option<usize>> = vec![None; example.bytes.len()];
    for (number, part) in example.parts.iter().enumerate() {
        let (from, to) = covered(part, &example.bytes);
        for owner in &mut owners[from..to] {
            owner.get_or_insert(number);
        }
    }
    let mut html = String::from("<pre class=\"hex\" aria-label=\"Bytes\">");
    for (line, row) in example.bytes.chunks(ROW).enumerate() {
        put!(html, "<span class=\"at\">{:04x}  </span>", line * ROW);
        for (column, byte) in row.iter().enumerate() {
            let (class, of) = match owners[line * ROW + column] {
                Some(owner) => {
                    let (row, colour) = belongs(&example.parts[owner], rows);
                    (colour, format!(" data-r=\"{row}\" data-p=\"{owner}\""))
                }
                // Padding is no part.
                None => ("ca", String::new()),
            };
            put!(html, "<span class=\"b {class}\"{of}>{byte:02x}</span>");
        }
        html.push('\n');
    }
    html.push_str("</pre>");
    html
}

/// The message's row that a part belongs to, and its colour.
fn belongs(part: &Part, rows: &[Row]) -> (usize, &'static str) {
    let same = |row: &Row| row.name == part.row && row.around == part.around;
    let found = rows.iter().position(same);
    // What is in no row by name is in the last: the body, the fields.
    let row = found.unwrap_or(rows.len().saturating_sub(1));
    (row, colour(rows, row))
}
