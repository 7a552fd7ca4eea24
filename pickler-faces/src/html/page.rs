//! The page: what is around messages and types.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pickler::Direction;
use pickler::schema::Protocol;
use sha2::{Digest, Sha256};

use super::escape::{blocks, inline, text};
use super::section::section;
use crate::layout::{self, Layout, Section};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A protocol as one page of HTML that needs nothing else: no network, no other
/// file, and, to be read, no script.
///
/// It lists messages by who sends them, finds them by name, code or field, and
/// shows of each a byte diagram, its fields, and an example whose bytes light up
/// with the field they belong to. What docstrings and names say is text. A
/// content security policy lets no other script than its own run, and nothing be
/// loaded.
///
/// ```
/// use pickler::{Pickle, schema::{Protocol, Schema}};
///
/// /// Says <b>something</b>.
/// #[derive(Pickle)]
/// #[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
/// enum Message {
///     #[pickle(tag = 69, direction = to_server)]
///     Raise { seat: u8, amount: u32 },
/// }
///
/// let page = pickler_faces::html(&Protocol::new("<poker>", Schema::of::<Message>()));
/// assert!(page.starts_with("<!doctype html>"));
/// assert!(page.contains("<title>&lt;poker&gt;</title>"));
/// ```
pub fn html(protocol: &Protocol) -> String {
    let layout = Layout::new(protocol);
    let mut page = head(protocol);
    page.push_str(
        "<body>\n<a class=\"skip\" href=\"#content\">To the content</a>\n<div class=\"frame\">\n",
    );
    page.push_str(&side(&layout));
    page.push_str("<main id=\"content\">\n");
    page.push_str(&intro(&layout));
    let title = if layout.framing.is_some() {
        "Messages"
    } else {
        "Format"
    };
    put!(
        page,
        "<h2 data-group=\"all-messages\">{title}</h2>\n<div id=\"all-messages\">\n"
    );
    for message in &layout.messages {
        let name = message.message.as_ref().map(|_| message.name.as_str());
        let example = layout.example(name).filter(|it| !it.parts.is_empty());
        page.push_str(&section(&layout, message, example.as_ref()));
    }
    page.push_str("</div>\n");
    if !layout.types.is_empty() {
        page.push_str("<h2 data-group=\"all-types\">Types</h2>\n<div id=\"all-types\">\n");
        for ty in &layout.types {
            page.push_str(&section(&layout, ty, None));
        }
        page.push_str("</div>\n");
    }
    put!(
        page,
        "</main>\n</div>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    );
    page
}

fn head(protocol: &Protocol) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    let title = title(protocol);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
         style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>\n",
        hash(STYLE),
        hash(SCRIPT),
        text(&title)
    )
}

fn title(protocol: &Protocol) -> String {
    let version = protocol.version.iter().flat_map(|it| [" ", it]);
    [protocol.name.as_str()]
        .into_iter()
        .chain(version)
        .collect()
}

/// Search, and the list of all.
fn side(layout: &Layout<'_>) -> String {
    let protocol = layout.protocol;
    let version = protocol.version.iter();
    let version = version.map(|it| format!("<span class=\"version\">{}</span>", text(it)));
    let mut html = format!(
        "<div class=\"side\">\n<header>\n<div class=\"title\"><a href=\"#top\">{}</a>{}\
         <span class=\"tools\"><button type=\"button\" class=\"tool\" id=\"menu\" data-js hidden \
         aria-expanded=\"false\" aria-controls=\"list\">List</button>\
         <button type=\"button\" class=\"tool\" id=\"theme\" data-js hidden aria-pressed=\"false\">\
         Dark</button></span></div>\n<div class=\"search\" data-js hidden>\
         <input type=\"search\" id=\"search\" placeholder=\"Name, code or field ( / )\" \
         aria-label=\"Find messages and types by name, code or field\" autocomplete=\"off\" \
         spellcheck=\"false\"><p id=\"found\" role=\"status\"></p></div>\n</header>\n\
         <nav id=\"list\" aria-label=\"Messages and types\">\n",
        text(&protocol.name),
        version.collect::<String>()
    );
    let groups = [
        ("To server", Some(Direction::ToServer)),
        ("To client", Some(Direction::ToClient)),
        ("Both ways", Some(Direction::Both)),
        ("Messages", None),
        ("Internal", Some(Direction::Internal)),
    ];
    for (number, (title, direction)) in groups.into_iter().enumerate() {
        let of =
            |section: &&Section| section.message.as_ref().and_then(|it| it.direction) == direction;
        let sections: Vec<&Section> = layout.messages.iter().filter(of).collect();
        let title = match layout.framing {
            None => "Format",
            Some(_) => title,
        };
        html.push_str(&group(title, number, &sections));
    }
    html.push_str(&group(
        "Types",
        groups.len(),
        &layout.types.iter().collect::<Vec<_>>(),
    ));
    html.push_str("</nav>\n</div>\n");
    html
}

fn group(title: &str, number: usize, sections: &[&Section]) -> String {
    if sections.is_empty() {
        return String::new();
    }
    let mut html = format!(
        "<h2 data-group=\"group-{number}\">{title} <span>{}</span></h2>\n<ul id=\"group-{number}\">\n",
        sections.len()
    );
    for section in sections {
        let codes = section.message.as_ref().map_or("", |it| &it.codes);
        let code = match codes {
            "" => String::new(),
            codes => format!("<span class=\"code\">{}</span>", text(codes)),
        };
        put!(
            html,
            "<li data-find=\"{}\"><a href=\"#{}\">{code}<span>{}</span></a></li>\n",
            text(&words(section, codes)),
            text(&section.anchor),
            text(&section.name)
        );
    }
    html.push_str("</ul>\n");
    html
}

/// What a section is found by.
fn words(section: &Section, codes: &str) -> String {
    let rows = section
        .rows
        .iter()
        .filter(|row| !row.around)
        .map(|row| &row.name);
    let cases = section.cases.iter().flat_map(|cases| &cases.cases);
    let inner = cases.flat_map(|case| {
        let rows = case.rows.iter().map(|row| &row.name);
        [&case.name].into_iter().chain(rows)
    });
    let names = [&section.name].into_iter().chain(rows).chain(inner);
    let mut words: Vec<String> = names.map(|name| name.to_lowercase()).collect();
    words.extend(codes.split(", ").map(str::to_owned));
    // Each is one word.
    for word in &mut words {
        word.retain(|it| !it.is_whitespace());
    }
    words.join(" ").trim_end().to_owned()
}

/// What is said of all of it.
fn intro(layout: &Layout<'_>) -> String {
    let protocol = layout.protocol;
    let version = protocol.version.iter();
    let version = version.map(|it| format!(" <span class=\"version\">{}</span>", text(it)));
    let mut html = format!(
        "<h1 id=\"top\">{}{}</h1>\n{}",
        text(&protocol.name),
        version.collect::<String>(),
        blocks(layout, &layout::blocks(&protocol.doc))
    );
    let facts = layout.facts();
    if !facts.is_empty() {
        let facts = facts
            .iter()
            .map(|it| format!("<li>{}</li>\n", inline(layout, it)));
        put!(
            html,
            "<ul class=\"facts\">\n{}</ul>\n",
            facts.collect::<String>()
        );
    }
    html
}
