//! A protocol as a Markdown document.

mod escape;
mod sections;

use pickler::schema::Protocol;

use crate::layout::Layout;
use escape::{block, cell, code, inline, text};

/// A protocol as a document in Markdown, as GitHub reads it: what messages there
/// are, and of each what stands on the wire, with a diagram, a table of fields
/// and an example.
///
/// What docstrings and names say is text: no markup of theirs is kept but code
/// and lists.
///
/// ```
/// use pickler::{Pickle, schema::{Protocol, Schema}};
///
/// #[derive(Pickle)]
/// #[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
/// enum Message {
///     /// Raises to `amount`.
///     #[pickle(tag = 69, direction = to_server)]
///     Raise { seat: u8, amount: u32 },
/// }
///
/// let protocol = Protocol::new("poker", Schema::of::<Message>()).version("1.0");
/// let document = pickler_faces::markdown(&protocol);
/// assert!(document.starts_with("# poker 1.0\n"));
/// assert!(document.contains("| 2 | 4 bytes | `amount` | u32 |"));
/// ```
pub fn markdown(protocol: &Protocol) -> String {
    let layout = Layout::new(protocol);
    let mut document = String::new();
    head(protocol, &mut document);
    facts(&layout, &mut document);
    if layout.framing.is_some() {
        document.push_str("## Messages\n\n");
        table(&layout, &mut document);
    }
    for message in &layout.messages {
        sections::message(&layout, message, &mut document);
    }
    if !layout.types.is_empty() {
        document.push_str("## Types\n\n");
    }
    for ty in &layout.types {
        sections::ty(&layout, ty, &mut document);
    }
    // One end of line at the end.
    document.truncate(document.trim_end().len());
    document.push('\n');
    document
}

fn head(protocol: &Protocol, document: &mut String) {
    let version = protocol.version.iter().flat_map(|it| [" ", it]);
    let title: String = [protocol.name.as_str()]
        .into_iter()
        .chain(version)
        .collect();
    put!(document, "# {}\n\n", text(&title));
    for part in crate::layout::blocks(&protocol.doc) {
        document.push_str(&block(&part));
    }
}

fn facts(layout: &Layout<'_>, document: &mut String) {
    let facts = layout.facts();
    if facts.is_empty() {
        return;
    }
    document.push_str("## On the wire\n\n");
    for fact in facts {
        put!(document, "- {}\n", inline(layout, &fact));
    }
    document.push('\n');
}

/// All messages in one table.
fn table(layout: &Layout<'_>, document: &mut String) {
    document.push_str("| code | message | sent | what |\n|---:|---|---|---|\n");
    for section in &layout.messages {
        let Some(message) = &section.message else {
            continue;
        };
        put!(
            document,
            "| {} | [{}](#{}) | {} | {} |\n",
            cell(&text(&message.codes)),
            cell(&code(&section.name)),
            section.anchor,
            message.sender(),
            cell(&inline(layout, &section.summary())),
        );
    }
    document.push('\n');
}
