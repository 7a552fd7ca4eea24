//! What can be seen only when all types are known.

mod arguments;
mod coerce;
mod derived;
mod expression;
mod expressions;
mod forms;
mod graph;
mod kind;
mod meanings;
mod messages;
mod negation;
mod places;
mod room;
mod scope;
mod structure;
mod values;

use pickler::schema::{Definition, Schema, Shape};

use crate::diagnostic::Diagnostic;
use crate::parse::source::{Source, Span};

pub use messages::keep_alive;

/// The parts of a description, and where they stand.
pub struct Parts<'s> {
    /// The source.
    pub text: &'s str,
    pub root: Shape,
    pub root_source: Source,
    /// The first type is the root because nothing else is told.
    pub root_is_implied: bool,
    /// No definition was left out because it is wrong itself.
    pub is_whole: bool,
    pub types: Vec<Definition>,
    pub sources: Vec<TypeSource>,
}

/// Where a type stands.
pub struct TypeSource {
    pub name: Span,
    pub shape: Source,
    pub parameters: Vec<Source>,
}

impl Parts<'_> {
    /// All shapes that are told, those of parameters, too, each with its source.
    fn shapes(&self) -> impl Iterator<Item = (&Shape, &Source)> {
        let root = (!self.root_is_implied).then_some((&self.root, &self.root_source));
        let types = self.types.iter().zip(&self.sources);
        let types = types.flat_map(|(definition, source)| {
            let parameters = definition.parameters.iter().map(|it| &it.shape);
            let parameters = parameters.zip(&source.parameters);
            [(&definition.shape, &source.shape)]
                .into_iter()
                .chain(parameters)
        });
        root.into_iter().chain(types)
    }
}

/// The description, if it makes sense.
pub fn check(mut parts: Parts<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Schema> {
    if !diagnostics.is_empty() {
        return None;
    }
    let structure = structure::structure(&parts, diagnostics)?;
    let schema = Schema::new(parts.root.clone(), parts.types.clone()).ok()?;
    places::places(&parts, &schema, &structure.rooms, diagnostics);
    arguments::arguments(&parts, &schema, diagnostics);
    meanings::meanings(&parts, &schema, diagnostics);
    forms::forms(&parts, &schema, diagnostics);
    expressions::expressions(&mut parts, &schema, diagnostics);
    if !diagnostics.is_empty() {
        return None;
    }
    values::values(&mut parts, diagnostics);
    Schema::new(parts.root, parts.types).ok()
}

/// Each shape within a shape, itself first, with its source.
fn walk(shape: &Shape, source: &Source, visit: &mut impl FnMut(&Shape, &Source)) {
    visit(shape, source);
    for (part, source) in shape.parts().into_iter().zip(&source.parts) {
        walk(part, source, visit);
    }
}
