//! Messages and types.

use super::diagram::{colour, diagram};
use super::escape::{blocks, code, inline, text};
use super::example::example;
use crate::layout::{Case, Cases, CasesKind, Example, Layout, Row, Section, Words};

/// A message or a type.
pub fn section(layout: &Layout<'_>, section: &Section, found: Option<&Example>) -> String {
    let mut html = heading(section);
    html.push_str(&blocks(layout, &section.doc));
    if !section.parameters.is_empty() {
        let parameters = section.parameters.iter().map(|it| inline(layout, it));
        let parameters: Vec<String> = parameters.collect();
        put!(html, "<p>Given {}.</p>", parameters.join(", "));
    }
    html.push_str(&remarked(layout, &section.remarks()));
    // What is one thing only needs no picture.
    if section.rows.len() > 1 {
        html.push_str(&diagram(&section.rows, section.lsb_first));
    }
    html.push_str(&table(layout, section, &section.rows));
    if let Some(found) = &section.cases {
        html.push_str(&cases(layout, section, found));
    }
    if let Some(found) = found {
        html.push_str(&example(layout, found, &section.rows));
    }
    html.push_str("</section>\n");
    html
}

fn heading(section: &Section) -> String {
    let anchor = text(&section.anchor);
    let mut html = format!(
        "<section id=\"{anchor}\" aria-labelledby=\"{anchor}-title\"><h3 id=\"{anchor}-title\">"
    );
    let mut sent = "";
    if let Some(message) = &section.message {
        if !message.codes.is_empty() {
            put!(html, "<span class=\"id\">{}</span>", text(&message.codes));
        }
        sent = message.sender();
    }
    put!(html, "<span class=\"name\">{}</span>", text(&section.name));
    if !sent.is_empty() {
        put!(html, "<span class=\"sent\">{sent}</span>");
    }
    put!(
        html,
        "<a class=\"self\" href=\"#{anchor}\" aria-label=\"Link to {}\">#</a></h3>\n",
        text(&section.name)
    );
    html
}

fn table(layout: &Layout<'_>, section: &Section, rows: &[Row]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut html = String::from(
        "<table class=\"table\"><thead><tr><th scope=\"col\">Offset</th><th scope=\"col\">Size</th>\
         <th scope=\"col\">Field</th><th scope=\"col\">Type</th><th scope=\"col\">What</th></tr></thead><tbody>\n",
    );
    for (number, row) in rows.iter().enumerate() {
        let remarks = remarked(layout, &row.remarks());
        let size = if row.pieces.is_empty() {
            String::new()
        } else {
            row.width().to_string()
        };
        put!(
            html,
            "<tr data-r=\"{number}\"><td class=\"n\" data-of=\"at\">{}</td><td class=\"s\">{size}</td>\
             <td><button type=\"button\" class=\"field {}\" data-r=\"{number}\" \
             aria-pressed=\"false\">{}</button></td><td>{}</td><td class=\"w\">{}{remarks}</td></tr>\n",
            row.place().unwrap_or_default(),
            colour(rows, number),
            text(&row.name),
            inline(layout, &row.type_in(section)),
            blocks(layout, &row.doc),
        );
    }
    html.push_str("</tbody></table>\n");
    html
}

fn cases(layout: &Layout<'_>, section: &Section, cases: &Cases) -> String {
    let (number, columns) = match cases.kind {
        CasesKind::Variants => ("Code", &["Variant", "Type", "What"][..]),
        CasesKind::Names => ("Value", &["Name"][..]),
        CasesKind::Keys => ("Key", &["Field", "Type", "What"][..]),
    };
    let heads = columns
        .iter()
        .map(|it| format!("<th scope=\"col\">{it}</th>"));
    let mut html = format!(
        "<p class=\"label\">{}</p><table class=\"table\"><thead><tr><th scope=\"col\">{number}</th>{}</tr></thead><tbody>\n",
        match cases.kind {
            CasesKind::Variants => "Variants",
            CasesKind::Names => "Values",
            CasesKind::Keys => "Fields behind keys",
        },
        heads.collect::<String>()
    );
    for case in &cases.cases {
        put!(
            html,
            "<tr><td class=\"n\" data-of=\"{}\">{}</td><td>{}</td>",
            number.to_lowercase(),
            text(&case.code),
            code(&case.name)
        );
        if cases.kind != CasesKind::Names {
            let what = if case.rows.is_empty() {
                inline(layout, &case.what)
            } else {
                "as below".into()
            };
            put!(
                html,
                "<td>{what}</td><td class=\"w\">{}</td>",
                said(layout, case)
            );
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table>\n");
    for case in cases.cases.iter().filter(|case| !case.rows.is_empty()) {
        put!(
            html,
            "<h4>{}.{}</h4>\n",
            code(&section.name),
            code(&case.name)
        );
        for note in &case.notes {
            put!(html, "<p class=\"remark\">{}.</p>", inline(layout, note));
        }
        html.push_str("<div class=\"case\">");
        if case.rows.len() > 1 {
            html.push_str(&diagram(&case.rows, section.lsb_first));
        }
        html.push_str(&table(layout, section, &case.rows));
        html.push_str("</div>");
    }
    html
}

/// What is said of a variant or a field behind a key.
fn said(layout: &Layout<'_>, case: &Case) -> String {
    blocks(layout, &case.doc) + &remarked(layout, &case.remarks())
}

/// Sentences besides what something says of itself.
fn remarked(layout: &Layout<'_>, remarks: &[Words]) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    let remarks: Vec<String> = remarks.iter().map(|it| inline(layout, it)).collect();
    format!("<p class=\"remark\">{}</p>", remarks.join(" "))
}
