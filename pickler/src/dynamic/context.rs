//! The parameters of types, and what they are given.

use alloc::vec::Vec;

use super::scope::Scope;
use crate::context::Misfit;
use crate::error::ErrorKind;
use crate::schema::{Expr, Parameter, Schema, Shape};

/// What the parameters of a type are where it stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parameters<'a> {
    declared: &'a [Parameter],
    /// In the same order; `None` where it is not known.
    values: &'a [Option<i128>],
    /// In a variant, the bits of its tag, and what they are bits of.
    tag: Option<(u128, &'a Shape)>,
}

impl<'a> Parameters<'a> {
    /// No parameters.
    pub(crate) const NONE: Self = Self {
        declared: &[],
        values: &[],
        tag: None,
    };

    /// The parameters of a type and their values.
    pub(crate) fn new(schema: &'a Schema, of: &Shape, values: &'a [Option<i128>]) -> Self {
        Self {
            declared: parameters_of(schema, of),
            values,
            tag: None,
        }
    }

    /// The same within a variant of that tag.
    pub(super) fn with_tag(self, tag: Option<(u128, &'a Shape)>) -> Self {
        Self { tag, ..self }
    }

    pub(super) fn tag(&self) -> Option<i128> {
        let (bits, shape) = self.tag?;
        shape.number_of(bits)
    }

    pub(super) fn get(&self, name: &str) -> Option<i128> {
        let index = self.declared.iter().position(|it| *it.name == *name)?;
        *self.values.get(index)?
    }
}

fn parameters_of<'a>(schema: &'a Schema, of: &Shape) -> &'a [Parameter] {
    match of {
        Shape::Named(reference) => &schema.definition(*reference).parameters,
        _ => &[],
    }
}

/// What a type's parameters become by expressions.
pub(super) fn arguments(
    schema: &Schema,
    of: &Shape,
    arguments: &[Expr],
    scope: &Scope<'_>,
) -> Result<Vec<Option<i128>>, ErrorKind> {
    let parameters = parameters_of(schema, of).iter();
    parameters
        .zip(arguments)
        .map(|(parameter, argument)| match scope.eval(argument) {
            Some(value) => match fit(schema, &parameter.shape, value) {
                Ok(()) => Ok(Some(value)),
                Err(misfit) => Err(misfit.into()),
            },
            None => Err(Misfit::NO_VALUE.into()),
        })
        .collect()
}

/// Checks that a parameter can have a value, as `Parameter::from_operand` does.
fn fit(schema: &Schema, shape: &Shape, value: i128) -> Result<(), Misfit> {
    let (min, max) = match schema.meaning(shape) {
        Shape::Bool { .. } => (0, 1),
        Shape::Enumeration(enumeration) => {
            let known = enumeration
                .names
                .iter()
                .any(|(tag, _)| schema.meaning(shape).signed_tag(*tag) == Some(value));
            let (min, max) = bounds(&enumeration.tag);
            return if known || (enumeration.other.is_some() && (min..=max).contains(&value)) {
                Ok(())
            } else {
                Err(Misfit::unknown_tag(value))
            };
        }
        shape => bounds(shape),
    };
    if (min..=max).contains(&value) {
        Ok(())
    } else {
        Err(Misfit::outside(value, min, max))
    }
}

/// The least and the greatest value of an integer.
fn bounds(shape: &Shape) -> (i128, i128) {
    match shape {
        Shape::Integer { bits, signed } => crate::context::bounds(*bits, *signed),
        _ => (i128::MIN, i128::MAX),
    }
}
