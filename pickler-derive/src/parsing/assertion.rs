//! What values must be: `assert`, `range`, `one_of`.

use proc_macro2::{Ident, Span};
use syn::{Expr, RangeLimits};

use super::attributes::Attributes;
use super::expression::{Arm, Literal, Match, Operator, Pattern, Portable, Sort};
use super::literal::integer;
use crate::errors::Errors;
use crate::mistakes;

/// A condition that must hold, with the span of its attribute.
pub type Assertion = (Span, Portable);

/// `assert = expression`
pub fn assertion(attributes: &mut Attributes, errors: &mut Errors) -> Option<Assertion> {
    let (span, expr) = attributes.real_expr("assert", errors)?;
    Some((span, errors.keep(Portable::new(&expr))?))
}

/// All conditions on a value: of the field of that name, or of what is called
/// `item`.
pub fn of_value(
    attributes: &mut Attributes,
    field: Option<&Ident>,
    errors: &mut Errors,
) -> Vec<Assertion> {
    let mut assertions = Vec::new();
    let subject = |span| field.map_or_else(|| Ident::new("item", span), Ident::clone);
    if let Some((span, expr)) = attributes.real_expr("range", errors) {
        let subject = subject(span);
        match range(&expr) {
            Some((first, last)) => {
                let at_least = compare(&subject, "GreaterOrEqual", first, span);
                let at_most = compare(&subject, "Less", last, span);
                let parts = [at_least, at_most].into_iter().flatten();
                assertions.extend(
                    parts
                        .reduce(|left, right| connect(left, "And", right, span))
                        .map(|it| (span, it)),
                );
            }
            None => errors.add(syn::Error::new_spanned(
                expr,
                mistakes::MALFORMED.says(
                    "`range` is a range of numbers, or of texts or bytes, such as `range = 1..=10`",
                ),
            )),
        }
    }
    if let Some((span, expr)) = attributes.real_expr("one_of", errors) {
        let values: Option<Vec<_>> = match &expr {
            Expr::Array(array) => array.elems.iter().map(constant).collect(),
            _ => None,
        };
        match values {
            Some(values) => {
                let patterns = values.into_iter().map(Constant::pattern).collect();
                let value = Portable::Bool(true);
                let any = Portable::Match(Box::new(Match {
                    of: Portable::Name(subject(span)),
                    arms: vec![Arm { patterns, value }],
                    otherwise: Portable::Bool(false),
                }));
                assertions.push((span, any));
            }
            None => errors.add(syn::Error::new_spanned(
                expr,
                mistakes::MALFORMED.says(
                    "`one_of` is a list of numbers, texts or bytes, such as `one_of = [1, 2, 3]`",
                ),
            )),
        }
    }
    assertions.extend(assertion(attributes, errors));
    assertions
}

/// The bounds of a range, and whether the second is outside.
type Bound = Option<(Constant, bool)>;

/// What values are compared with.
enum Constant {
    Integer(i128),
    Literal(Literal),
}

impl Constant {
    fn pattern(self) -> Pattern {
        match self {
            Self::Integer(value) => Pattern::Integer(value),
            Self::Literal(literal) => Pattern::Literal(literal),
        }
    }
}

/// A number, text or bytes, if the expression is one.
fn constant(expr: &Expr) -> Option<Constant> {
    match Literal::new(expr) {
        Ok(Some(literal)) => Some(Constant::Literal(literal)),
        Ok(None) => integer(expr).map(Constant::Integer),
        Err(_) => None,
    }
}

fn range(expr: &Expr) -> Option<(Bound, Bound)> {
    let Expr::Range(range) = expr else {
        return None;
    };
    let bound = |expr: &Option<Box<Expr>>| match expr {
        None => Some(None),
        Some(expr) => constant(expr).map(Some),
    };
    let outside = matches!(range.limits, RangeLimits::HalfOpen(_));
    let (first, last) = (bound(&range.start)?, bound(&range.end)?);
    let bounds = (
        first.map(|first| (first, false)),
        last.map(|last| (last, outside)),
    );
    (bounds.0.is_some() || bounds.1.is_some()).then_some(bounds)
}

fn compare(field: &Ident, name: &'static str, bound: Bound, span: Span) -> Option<Portable> {
    let (bound, outside) = bound?;
    let name = match name {
        "Less" if !outside => "LessOrEqual",
        name => name,
    };
    let field = Portable::Name(field.clone());
    let bound = match bound {
        Constant::Integer(bound) => Portable::Integer(bound),
        Constant::Literal(bound) => Portable::Literal(bound),
    };
    Some(connect(field, name, bound, span))
}

fn connect(left: Portable, name: &'static str, right: Portable, span: Span) -> Portable {
    let operator = Operator {
        name,
        result: Sort::Condition,
        span,
    };
    Portable::Binary(left.into(), operator, right.into())
}
