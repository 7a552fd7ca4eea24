//! What a type that gets a name is given of what it is in.

use std::collections::BTreeMap;
use std::sync::Arc;

use pickler::schema::{Count, Expr, Meaning, Parameter, Shape};

use crate::context::Context;
use crate::expression::Scope;
use crate::names;
use crate::types::least;

impl Context<'_> {
    /// The parameters by which a shape sees all that its expressions look at; `None` if
    /// they look at what is no number that is always there.
    pub fn passed(&self, shape: &Shape, scope: Scope<'_>) -> Option<Vec<Parameter>> {
        let is_field = |name: &str| scope.fields.iter().any(|(known, ..)| *known == name);
        let is_own = |name: &str| match name {
            // The value of a condition, and the number of an item of a list in it.
            "item" => !is_field(name),
            "index" => !is_field(name) && counts_items_alone(shape),
            _ => false,
        };
        let mut found = BTreeMap::new();
        let mut can_be_passed = true;
        for expr in shape.expressions() {
            expr.walk(&mut |part| match part {
                Expr::Field(name) if is_own(name) => {}
                Expr::Field(name) => match self.as_parameter(name, scope) {
                    Some(parameter) => {
                        found.insert(name.clone(), parameter);
                    }
                    None => can_be_passed = false,
                },
                Expr::Member(of, _) | Expr::Item(of, _) | Expr::Len(of) | Expr::Tag(of) => {
                    can_be_passed &= root(of).is_some_and(is_own);
                }
                Expr::TagOfSelf
                | Expr::Present(_)
                | Expr::SizeOf(_)
                | Expr::OffsetOf(_)
                | Expr::SizeOfSelf => can_be_passed = false,
                _ => {}
            });
        }
        can_be_passed.then(|| found.into_values().collect())
    }

    /// A parameter that is given a field, or a parameter of the type around.
    fn as_parameter(&self, name: &str, scope: Scope<'_>) -> Option<Parameter> {
        names::exact(name)?;
        if ["item", "index"].contains(&name) {
            return None;
        }
        let mut fields = scope.fields.iter();
        let field = fields.find(|(known, ..)| *known == name);
        let shape = if let Some((.., shape)) = field {
            self.as_given(shape)?
        } else {
            let mut parameters = scope.parameters.iter();
            parameters.find(|it| *it.name == *name)?.shape.clone()
        };
        Some(Parameter {
            name: Arc::from(name),
            shape,
        })
    }

    /// What holds the number that a shape is, if it is one that is always there.
    fn as_given(&self, shape: &Shape) -> Option<Shape> {
        match shape {
            Shape::Integer { bits, signed } => Some(Shape::Integer {
                bits: least(*bits),
                signed: *signed,
            }),
            Shape::Varint(format) => Some(Shape::Integer {
                bits: format.bits,
                signed: format.signed,
            }),
            Shape::Bool { .. } => Some(Shape::Bool { bits: 8 }),
            Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Means {
                item,
                meaning:
                    Meaning::NonZero
                    | Meaning::Scaled { .. }
                    | Meaning::Flags { .. }
                    | Meaning::Digits { .. }
                    | Meaning::Within { .. },
            } => self.as_given(item),
            Shape::Named(reference) => match &self.schema.definition(*reference).shape {
                Shape::Enumeration(_) => Some(shape.clone()),
                inside => self.as_given(inside),
            },
            _ => None,
        }
    }
}

/// The name that a field of a field, or an item, begins with.
fn root(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Field(name) => Some(name),
        Expr::Member(of, _) | Expr::Item(of, _) => root(of),
        _ => None,
    }
}

/// What looks at the number of an item in it stands in the items of lists in it, as far
/// as these are no types of their own.
fn counts_items_alone(shape: &Shape) -> bool {
    let all = looks_at_index(shape.expressions());
    all > 0 && all <= within_items(shape)
}

/// How many expressions within the items of lists look at the number of an item.
fn within_items(shape: &Shape) -> usize {
    match shape {
        Shape::List { item, count } => {
            let last = match count {
                Count::Last(last) => looks_at_index(Vec::from([last])),
                _ => 0,
            };
            last + looks_at_index(item.expressions())
        }
        shape => shape.parts().into_iter().map(within_items).sum(),
    }
}

fn looks_at_index(expressions: Vec<&Expr>) -> usize {
    let looks = expressions.into_iter().filter(|it| it.mentions("index"));
    looks.count()
}
