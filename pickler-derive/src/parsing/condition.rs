//! When a field is there: `if`, and what is short for it, `since` and `until`.

use proc_macro2::{Ident, Span};

use super::attributes::Attributes;
use super::expression::{Operator, Portable, Sort};
use super::literal::integer;
use crate::errors::Errors;
use crate::mistakes;

/// The condition of all three together.
pub fn condition(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Portable)> {
    let condition = attributes
        .real_expr("if", errors)
        .and_then(|(span, expr)| Some((span, errors.keep(Portable::new(&expr))?)));
    let since = version(attributes, "since", errors);
    let until = version(attributes, "until", errors);
    if let (Some((_, since)), Some((span, until))) = (since, until)
        && since >= until
    {
        errors.push(
            span,
            mistakes::NO_VERSIONS.says(format!("no version is from {since} on and below {until}")),
        );
    }
    let bound = |bound: Option<(Span, i128)>, name: &'static str| {
        bound.map(|(span, bound)| {
            let version = Portable::Name(Ident::new("version", span));
            (span, connect(version, name, Portable::Integer(bound), span))
        })
    };
    let parts = [
        bound(since, "GreaterOrEqual"),
        bound(until, "Less"),
        condition,
    ];
    let all = parts.into_iter().flatten();
    all.reduce(|(span, left), (_, right)| (span, connect(left, "And", right, span)))
}

fn connect(left: Portable, name: &'static str, right: Portable, span: Span) -> Portable {
    let operator = Operator {
        name,
        result: Sort::Condition,
        span,
    };
    Portable::Binary(left.into(), operator, right.into())
}

fn version(attributes: &mut Attributes, key: &str, errors: &mut Errors) -> Option<(Span, i128)> {
    let (span, expr) = attributes.real_expr(key, errors)?;
    let version = integer(&expr);
    if version.is_none() {
        errors.add(syn::Error::new_spanned(
            expr,
            mistakes::MALFORMED.says(format!("`{key}` is the number of a version: `{key} = 3`")),
        ));
    }
    Some((span, version?))
}
