//! Expressions whose names are resolved to fields.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::Field;
use crate::errors::{Errors, did_you_mean};
use crate::parsing::{Operator, Portable};

/// An expression over the fields of a record, by their indices.
#[derive(Clone)]
pub enum Expression {
    Integer(i128),
    Field(usize),
    Len(usize),
    SizeOf(usize),
    SizeOfSelf,
    Binary(Box<Self>, Operator, Box<Self>),
}

/// What an expression is for.
#[derive(Clone, Copy, PartialEq)]
pub enum Purpose {
    /// A count or size, known before the field is read.
    Count,
    /// A derived field, checked when all fields are read.
    Derived,
}

/// What expressions know of a field.
pub struct Known {
    pub name: Ident,
    pub derived: bool,
    /// What keeps its value out of expressions, if anything does.
    pub hidden: Option<&'static str>,
}

/// Where an expression stands.
pub struct Scope<'a> {
    pub fields: &'a [Known],
    /// The field that the expression is for.
    pub of: usize,
    pub purpose: Purpose,
}

impl Scope<'_> {
    pub fn resolve(&self, expr: &Portable, errors: &mut Errors) -> Option<Expression> {
        match expr {
            Portable::Integer(value) => Some(Expression::Integer(*value)),
            Portable::Field(name) => {
                let index = self.value(name, errors)?;
                Some(Expression::Field(index))
            }
            Portable::Len(name) => {
                let index = self.value(name, errors)?;
                Some(Expression::Len(index))
            }
            Portable::SizeOf(name) => {
                let index = self.field(name, errors)?;
                Some(Expression::SizeOf(index))
            }
            Portable::SizeOfSelf(name) if self.purpose == Purpose::Count => {
                errors.push(
                    name.span(),
                    "the size of the whole is not known before its fields are read; use \
                     `sizeof(field)` of earlier fields, or a `derived` field",
                );
                None
            }
            Portable::SizeOfSelf(_) => Some(Expression::SizeOfSelf),
            Portable::Binary(left, operator, right) => {
                let (left, right) = (self.resolve(left, errors), self.resolve(right, errors));
                Some(Expression::Binary(left?.into(), *operator, right?.into()))
            }
        }
    }

    /// A field of which the value is used.
    fn value(&self, name: &Ident, errors: &mut Errors) -> Option<usize> {
        let index = self.field(name, errors)?;
        let field = &self.fields[index];
        if let Some(attribute) = field.hidden {
            errors.push(
                name.span(),
                format!(
                    "`{}` has `{attribute}`, so that its value means something else in a \
                     description; only `sizeof({})` can be used here",
                    name.unraw(),
                    name.unraw()
                ),
            );
            return None;
        }
        if self.purpose == Purpose::Derived && field.derived && index >= self.of {
            let message = if index == self.of {
                "a derived field cannot follow from itself".to_owned()
            } else {
                format!("`{name}` is derived, too, and comes later; put it in front")
            };
            errors.push(name.span(), message);
            return None;
        }
        Some(index)
    }

    fn field(&self, name: &Ident, errors: &mut Errors) -> Option<usize> {
        let unraw = name.unraw();
        let found = self
            .fields
            .iter()
            .position(|field| field.name.unraw() == unraw);
        let Some(index) = found else {
            let names: Vec<String> = self
                .fields
                .iter()
                .map(|field| field.name.unraw().to_string())
                .collect();
            let hint = did_you_mean(&unraw.to_string(), names.iter().map(String::as_str));
            errors.push(name.span(), format!("there is no field `{unraw}`{hint}"));
            return None;
        };
        if self.purpose == Purpose::Count && index >= self.of {
            let message = if index == self.of {
                format!("`{unraw}` is the field itself; only earlier fields are known here")
            } else {
                format!("`{unraw}` comes later; only earlier fields are known here")
            };
            errors.push(name.span(), message);
            return None;
        }
        Some(index)
    }
}

impl Expression {
    /// The fields whose values it looks at.
    fn values(&self) -> Vec<usize> {
        match self {
            Self::Field(index) | Self::Len(index) => vec![*index],
            Self::Integer(_) | Self::SizeOf(_) | Self::SizeOfSelf => Vec::new(),
            Self::Binary(left, _, right) => {
                let mut values = left.values();
                values.extend(right.values());
                values
            }
        }
    }

    /// The expression looks at sizes, or at what follows from them.
    pub fn follows_sizes(&self, fields: &[Field]) -> bool {
        self.uses_sizes()
            || self.values().into_iter().any(|index| {
                let derived = fields.get(index).and_then(|field| field.derived.as_ref());
                derived.is_some_and(|derived| derived.expr.follows_sizes(fields))
            })
    }

    /// The expression looks at how many bytes something takes.
    pub fn uses_sizes(&self) -> bool {
        match self {
            Self::SizeOf(_) | Self::SizeOfSelf => true,
            Self::Integer(_) | Self::Field(_) | Self::Len(_) => false,
            Self::Binary(left, _, right) => left.uses_sizes() || right.uses_sizes(),
        }
    }
}
