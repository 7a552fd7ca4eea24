//! Values.

use pickler::schema::{Definition, Shape};

use crate::diagnostic::Diagnostic;
use crate::parse::source::Source;

pub fn values(
    root: Shape,
    types: Vec<Definition>,
    _: &[Source],
    _: &mut Vec<Diagnostic>,
) -> (Shape, Vec<Definition>) {
    (root, types)
}
