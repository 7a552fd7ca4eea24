//! Messages and types.

use super::escape::{block, cell, code, inline, plain, text, verbatim};
use crate::diagram::draw;
use crate::dump::dump;
use crate::layout::{Block, Case, Cases, CasesKind, Layout, Row, Section};

/// A message, or what one value is where there are no messages.
pub fn message(layout: &Layout<'_>, section: &Section, document: &mut String) {
    heading(section, document);
    content(layout, section, document);
    let name = section.message.as_ref().map(|_| section.name.as_str());
    if let Some(example) = layout.example(name).filter(|it| !it.parts.is_empty()) {
        document.push_str("Example:\n\n");
        document.push_str(&verbatim(&dump(&example)));
    }
}

/// A type.
pub fn ty(layout: &Layout<'_>, section: &Section, document: &mut String) {
    heading(section, document);
    content(layout, section, document);
}

fn heading(section: &Section, document: &mut String) {
    let mut title = code(&section.name);
    let mut sent = "";
    if let Some(message) = &section.message {
        if !message.codes.is_empty() {
            title = format!("{} {title}", text(&message.codes));
        }
        sent = message.sender();
    }
    put!(
        document,
        "<a id=\"{}\"></a>\n\n### {title}\n\n",
        section.anchor
    );
    if !sent.is_empty() {
        put!(document, "*{sent}*\n\n");
    }
}

fn content(layout: &Layout<'_>, section: &Section, document: &mut String) {
    for part in &section.doc {
        document.push_str(&block(part));
    }
    if !section.parameters.is_empty() {
        document.push_str("Given:\n\n");
        for parameter in &section.parameters {
            put!(document, "- {}\n", inline(layout, parameter));
        }
        document.push('\n');
    }
    let remarks = section.remarks();
    if !remarks.is_empty() {
        let remarks: Vec<String> = remarks.iter().map(|it| inline(layout, it)).collect();
        put!(document, "{}\n\n", remarks.join(" "));
    }
    // What is one thing only needs no picture.
    if section.rows.len() > 1 {
        document.push_str(&diagram(&section.rows, section.lsb_first));
    }
    rows(layout, section, &section.rows, document);
    if let Some(found) = &section.cases {
        cases(layout, section, found, document);
    }
}

fn diagram(rows: &[Row], lsb_first: bool) -> String {
    match draw(rows, lsb_first) {
        drawn if drawn.is_empty() => drawn,
        drawn => verbatim(&drawn),
    }
}

fn rows(layout: &Layout<'_>, section: &Section, rows: &[Row], document: &mut String) {
    if rows.is_empty() {
        return;
    }
    document.push_str("| offset | size | field | type | what |\n|---:|---|---|---|---|\n");
    for row in rows {
        let remarks = row.remarks();
        let what = row.doc.iter().map(flat);
        let what = what.chain(remarks.iter().map(|it| inline(layout, it)));
        let what: Vec<String> = what.collect();
        let size = if row.pieces.is_empty() {
            String::new()
        } else {
            row.width().to_string()
        };
        put!(
            document,
            "| {} | {size} | {} | {} | {} |\n",
            row.place().unwrap_or_default(),
            cell(&code(&row.name)),
            cell(&inline(layout, &row.type_in(section))),
            cell(&what.join(" ")),
        );
    }
    document.push('\n');
}

/// A part of a docstring in one line.
fn flat(block: &Block) -> String {
    match block {
        Block::Paragraph(words) => plain(words),
        Block::List(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            items.join("; ")
        }
        Block::Verbatim(lines) => code(lines),
    }
}

fn cases(layout: &Layout<'_>, section: &Section, cases: &Cases, document: &mut String) {
    document.push_str(match cases.kind {
        CasesKind::Variants => "| code | variant | type | what |\n|---:|---|---|---|\n",
        CasesKind::Names => "| value | name |\n|---:|---|\n",
        CasesKind::Keys => "| key | field | type | what |\n|---:|---|---|---|\n",
    });
    for case in &cases.cases {
        let name = cell(&code(&case.name));
        let code = cell(&text(&case.code));
        if cases.kind == CasesKind::Names {
            put!(document, "| {code} | {name} |\n");
            continue;
        }
        let what = if case.rows.is_empty() {
            cell(&inline(layout, &case.what))
        } else {
            "as below".into()
        };
        let said = cell(&said(layout, case));
        put!(document, "| {code} | {name} | {what} | {said} |\n");
    }
    document.push('\n');
    for case in cases.cases.iter().filter(|case| !case.rows.is_empty()) {
        put!(
            document,
            "#### {}.{}\n\n",
            code(&section.name),
            code(&case.name)
        );
        for note in &case.notes {
            put!(document, "{}.\n\n", inline(layout, note));
        }
        if case.rows.len() > 1 {
            document.push_str(&diagram(&case.rows, section.lsb_first));
        }
        rows(layout, section, &case.rows, document);
    }
}

/// What is said of a variant or a field behind a key.
fn said(layout: &Layout<'_>, case: &Case) -> String {
    let mut said: Vec<String> = case.doc.iter().map(flat).collect();
    said.extend(case.remarks().iter().map(|it| inline(layout, it)));
    said.join(" ")
}
