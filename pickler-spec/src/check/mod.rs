//! What can be seen only when all types are known.

mod values;

use pickler::schema::{Definition, KeepAlive, Schema, Shape};

use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::{Source, Span};

/// The parts of a description, and where they stand.
pub struct Parts {
    pub root: Shape,
    pub types: Vec<Definition>,
    /// Of the root; then of each type, and of its parameters.
    pub sources: Vec<Source>,
}

/// The description, if it makes sense.
pub fn check(parts: Parts, diagnostics: &mut Vec<Diagnostic>) -> Option<Schema> {
    let Parts {
        root,
        types,
        sources,
    } = parts;
    if !diagnostics.is_empty() {
        return None;
    }
    let (root, types) = values::values(root, types, &sources, diagnostics);
    Schema::new(root, types).ok()
}

/// The message that keeps a connection open is one of the messages, without fields.
pub fn keep_alive(
    schema: &Schema,
    alive: &KeepAlive,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let _ = (schema, alive, span, diagnostics, mistakes::UNKNOWN_MESSAGE);
}
