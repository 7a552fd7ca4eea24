//! What becomes a type of its own.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToPascalCase;
use pickler::schema::{self, Definition, Expr, Form, KeyFormat, Parameter, Shape};
use proc_macro2::Ident;

use super::at;
use super::rebuild::rebuilt;
use crate::context::Context;
use crate::expression::Scope;
use crate::item::Body;

/// Gives names to what needs them.
pub struct Settling<'a> {
    cx: &'a Context<'a>,
    /// The number of the first type that gets a name here.
    first: usize,
    lifted: Vec<Definition>,
    /// Their places, by how the shapes look in full.
    by_shape: BTreeMap<String, usize>,
    names: BTreeSet<String>,
}

/// Where a shape stands.
#[derive(Clone, Copy)]
enum Place<'s> {
    /// In a field with a name, which conditions call by it.
    Field(Scope<'s>),
    /// In a field without one, or in `item(...)`.
    Unnamed(Scope<'s>),
    /// In a field that stands elsewhere.
    Elsewhere(&'s schema::Place, Scope<'s>),
    /// In the only field of a type.
    Newtype(Scope<'s>),
    /// In a piece of its own behind a key; of a protobuf message, in that form.
    Value(Option<Form>, bool),
    /// As an argument of a pickler.
    Argument,
    /// As a type.
    Type,
}

impl<'s> Place<'s> {
    /// What expressions look at there.
    fn scope(self) -> Scope<'s> {
        match self {
            Self::Field(scope)
            | Self::Unnamed(scope)
            | Self::Elsewhere(_, scope)
            | Self::Newtype(scope) => scope,
            Self::Value(..) | Self::Argument | Self::Type => Scope::default(),
        }
    }
}

impl<'a> Settling<'a> {
    pub fn new(cx: &'a Context<'a>, first: usize) -> Self {
        let names = cx.schema.types().iter().map(|it| it.name.to_string());
        Self {
            cx,
            first,
            lifted: Vec::new(),
            by_shape: BTreeMap::new(),
            names: names.collect(),
        }
    }

    /// The types that got names.
    pub fn lifted(self) -> Vec<Definition> {
        self.lifted
    }

    /// What a whole message looks like.
    pub fn root(&mut self, name: &str, shape: &Shape) -> Shape {
        if matches!(shape, Shape::Named(_)) {
            return shape.clone();
        }
        at(self.first + self.lift(name, shape, &[]))
    }

    /// What a definition looks like.
    pub fn definition(&mut self, name: &str, shape: &Shape, parameters: &[Parameter]) -> Shape {
        let scope = Scope {
            parameters,
            ..Scope::default()
        };
        let core: *const Shape = Body::core(shape);
        self.with_core(name, shape, core, scope)
    }

    fn with_core(
        &mut self,
        name: &str,
        shape: &Shape,
        core: *const Shape,
        scope: Scope<'_>,
    ) -> Shape {
        if !core::ptr::eq(shape, core) {
            return rebuilt(shape, &mut |_, part| {
                self.with_core(name, part, core, scope)
            });
        }
        match shape {
            Shape::Union(_) => rebuilt(shape, &mut |variant, body| {
                let name = joined(name, variant);
                match body {
                    // These are structs and enums of their own.
                    Shape::Keyed(_) | Shape::Union(_) | Shape::Enumeration(_) => {
                        self.settled(&name, body, Place::Unnamed(scope))
                    }
                    body => self.body(&name, body, scope, Place::Unnamed),
                }
            }),
            _ => self.body(name, shape, scope, Place::Newtype),
        }
    }

    /// What a struct or variant holds; `alone`: the place of what is all of it.
    fn body<'s>(
        &mut self,
        name: &str,
        shape: &Shape,
        scope: Scope<'s>,
        alone: fn(Scope<'s>) -> Place<'s>,
    ) -> Shape {
        match shape {
            Shape::Record(record) => {
                let names = record.fields.iter().map(|it| &*it.name);
                let idents = crate::names::fields(names.clone()).idents;
                let shapes = record.fields.iter().map(|it| &it.shape);
                let fields: Vec<(&str, Ident, &Shape)> = names
                    .zip(idents)
                    .zip(shapes)
                    .map(|((name, ident), shape)| (name, ident, shape))
                    .collect();
                let scope = Scope {
                    fields: &fields,
                    ..scope
                };
                rebuilt(shape, &mut |field, part| {
                    let name = joined(name, field);
                    match part {
                        Shape::Elsewhere { place, .. } => rebuilt(part, &mut |_, item| {
                            self.settled(&name, item, Place::Elsewhere(place, scope))
                        }),
                        part => self.settled(&name, part, Place::Field(scope)),
                    }
                })
            }
            Shape::Keyed(keyed) => {
                let forms: Vec<Form> = keyed.fields.iter().map(|it| it.form).collect();
                let is_protobuf = keyed.format == KeyFormat::Protobuf;
                let mut forms = forms.into_iter();
                rebuilt(shape, &mut |field, part| {
                    let form = forms.next();
                    let fills = form != Some(Form::Plain);
                    let place = Place::Value(form.filter(|_| is_protobuf), fills);
                    self.settled(&joined(name, field), part, place)
                })
            }
            Shape::Tuple(items) if items.len() > 1 => {
                let mut number = 0;
                rebuilt(shape, &mut |_, part| {
                    number += 1;
                    self.settled(&format!("{name}{number}"), part, Place::Unnamed(scope))
                })
            }
            Shape::Behind { .. } if crate::item::is_behind_magic(shape) => {
                rebuilt(shape, &mut |_, part| match part {
                    Shape::Tuple(_) => self.body(name, part, scope, alone),
                    part => self.settled(name, part, Place::Unnamed(scope)),
                })
            }
            Shape::ProtobufField { .. } => {
                rebuilt(shape, &mut |_, part| self.settled(name, part, Place::Type))
            }
            Shape::Enumeration(_) => shape.clone(),
            shape => self.settled(name, shape, alone(scope)),
        }
    }

    /// The shape, of which what cannot be said at its place has a name.
    fn settled(&mut self, name: &str, shape: &Shape, place: Place<'_>) -> Shape {
        if self.can_be_said(shape, place) {
            return shape.clone();
        }
        let shape = &self.inside(name, shape, place);
        if self.can_be_said(shape, place) {
            return shape.clone();
        }
        // As much as can be said here, and a type for what is left.
        let mut layers = layers(shape);
        if matches!(place, Place::Newtype(_)) {
            // All of it is a type already.
            layers.remove(0);
        }
        while let Some(inner) = layers.pop() {
            let Some(parameters) = self.cx.passed(inner, place.scope()) else {
                continue;
            };
            let known = self.known(inner).filter(|_| parameters.is_empty());
            let reference = self.first + known.unwrap_or(self.lifted.len());
            let named = given(at(reference), &parameters);
            let with_name = with_named(shape, inner, &named);
            if !self.can_be_said(&with_name, place) || is_type_already(inner) {
                continue;
            }
            if known.is_none() {
                self.lift(name, inner, &parameters);
            }
            return with_name;
        }
        shape.clone()
    }

    /// The shape with settled parts.
    fn inside(&mut self, name: &str, shape: &Shape, place: Place<'_>) -> Shape {
        match shape {
            // These get names as a whole, and are looked into then.
            Shape::Record(_) | Shape::Keyed(_) | Shape::Union(_) | Shape::Enumeration(_) => {
                shape.clone()
            }
            Shape::List { .. } | Shape::Boxed(_) => {
                let place = match place {
                    Place::Field(scope)
                    | Place::Unnamed(scope)
                    | Place::Elsewhere(_, scope)
                    | Place::Newtype(scope) => Place::Unnamed(scope),
                    Place::Value(..) => Place::Unnamed(Scope::default()),
                    Place::Argument => Place::Argument,
                    Place::Type => Place::Type,
                };
                rebuilt(shape, &mut |_, part| self.settled(name, part, place))
            }
            Shape::Unordered { list, .. } => {
                let list = rebuilt(list, &mut |_, item| match item {
                    Shape::Tuple(_) => {
                        rebuilt(item, &mut |_, part| self.settled(name, part, Place::Type))
                    }
                    item => self.settled(name, item, Place::Type),
                });
                rebuilt(shape, &mut |_, _| list.clone())
            }
            Shape::Tuple(_)
            | Shape::Choice { .. }
            | Shape::Peeked { .. }
            | Shape::Mapped { .. } => rebuilt(shape, &mut |_, part| {
                self.settled(name, part, Place::Argument)
            }),
            shape => rebuilt(shape, &mut |_, part| self.inside(name, part, place)),
        }
    }

    /// The place of the type that the same shape has become. Of what has fewer than
    /// two names, one may be like another by chance.
    fn known(&self, shape: &Shape) -> Option<usize> {
        let names = match shape {
            Shape::Record(it) => it.fields.len(),
            Shape::Keyed(it) => it.fields.len(),
            Shape::Union(it) => it.variants.len(),
            Shape::Enumeration(it) => it.names.len(),
            _ => return None,
        };
        if names < 2 {
            return None;
        }
        self.by_shape.get(&format!("{shape:?}")).copied()
    }

    /// Makes a shape a type of its own, and gives its place among those that are so.
    fn lift(&mut self, name: &str, shape: &Shape, parameters: &[Parameter]) -> usize {
        let pascal = name.to_pascal_case();
        let numbered = (2..).map(|number| format!("{pascal}{number}"));
        let mut candidates = core::iter::once(pascal.clone()).chain(numbered);
        let free = candidates.find(|it| !self.names.contains(it));
        // There are more numbers than names.
        let name = free.unwrap_or(pascal);
        self.names.insert(name.clone());
        let place = self.lifted.len();
        if parameters.is_empty() {
            self.by_shape.insert(format!("{shape:?}"), place);
        }
        self.lifted.push(Definition {
            name: name.as_str().into(),
            doc: "".into(),
            parameters: parameters.to_vec(),
            shape: shape.clone(),
        });
        let shape = self.definition(&name, shape, parameters);
        self.lifted[place].shape = shape;
        place
    }

    fn can_be_said(&self, shape: &Shape, place: Place<'_>) -> bool {
        let cx = self.cx;
        match place {
            Place::Field(scope) => cx.named_field(shape, scope).is_ok(),
            Place::Elsewhere(place, scope) => cx.held_elsewhere(shape, place, scope).is_ok(),
            Place::Unnamed(scope) | Place::Newtype(scope) => cx.held(shape, scope, false).is_ok(),
            Place::Value(form, fills) => cx.value_of_key(form, shape, fills).is_ok(),
            Place::Argument => cx.made(shape).is_ok(),
            Place::Type => cx.plain(shape).is_some(),
        }
    }
}

/// The shape and what is in it, layer by layer, as long as each holds one thing.
fn layers(shape: &Shape) -> Vec<&Shape> {
    let mut layers = vec![shape];
    let mut inside = shape;
    loop {
        inside = match inside {
            Shape::Optional { item, .. }
            | Shape::Conditional { item, .. }
            | Shape::Constant { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Padded { item, .. }
            | Shape::Means { item, .. }
            | Shape::Sized { item, .. }
            | Shape::Filtered { item, .. }
            | Shape::Filled { item, .. }
            | Shape::Elsewhere { item, .. }
            | Shape::Shared { item, .. }
            | Shape::Json { item }
            | Shape::Boxed(item) => item,
            _ => return layers,
        };
        layers.push(inside);
    }
}

/// `shape`, of which `inner` is the type `named`.
fn with_named(shape: &Shape, inner: &Shape, named: &Shape) -> Shape {
    if core::ptr::eq(shape, inner) {
        return named.clone();
    }
    rebuilt(shape, &mut |_, part| with_named(part, inner, named))
}

/// A type that is given what its parameters are called as.
fn given(named: Shape, parameters: &[Parameter]) -> Shape {
    if parameters.is_empty() {
        return named;
    }
    let arguments = parameters.iter().map(|it| Expr::Field(it.name.to_string()));
    Shape::Given {
        item: Box::new(named),
        arguments: arguments.collect(),
    }
}

fn is_type_already(shape: &Shape) -> bool {
    match shape {
        Shape::Named(_) => true,
        Shape::Given { item, .. } => is_type_already(item),
        _ => false,
    }
}

/// The name of a part, behind that of what it is in.
fn joined(name: &str, part: &str) -> String {
    format!("{} {}", name.to_pascal_case(), part)
}
