//! When a field is there: `if`, and what is short for it, `since` and `until`.

use proc_macro2::{Ident, Span};

use super::attributes::Attributes;
use super::expression::{Operator, Portable, Sort};
use super::literal::integer;
use crate::errors::Errors;
use crate::mistakes;

/// The versions in which something is there: `since = 3`, `until = 5`.
#[derive(Clone, Copy, Default)]
pub struct Versions {
    /// The first.
    since: Option<(Span, i128)>,
    /// The first in which it is no more there.
    until: Option<(Span, i128)>,
}

impl Versions {
    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Self {
        let since = version(attributes, "since", errors);
        let until = version(attributes, "until", errors);
        if let (Some((_, since)), Some((span, until))) = (since, until)
            && since >= until
        {
            errors.push(
                span,
                mistakes::NO_VERSIONS
                    .says(format!("no version is from {since} on and below {until}")),
            );
        }
        Self { since, until }
    }

    /// There is a version in which both are there.
    pub fn meet(self, other: Self) -> bool {
        let from = |it: Self| it.since.map_or(i128::MIN, |(_, since)| since);
        let to = |it: Self| it.until.map_or(i128::MAX, |(_, until)| until);
        from(self) < to(other) && from(other) < to(self)
    }

    /// It is there in all of them.
    pub fn are_all(self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// The condition, if it is not there always.
    pub fn condition(self) -> Option<(Span, Portable)> {
        let bound = |bound: Option<(Span, i128)>, name: &'static str| {
            bound.map(|(span, bound)| {
                let version = Portable::Name(Ident::new("version", span));
                (span, connect(version, name, Portable::Integer(bound), span))
            })
        };
        let parts = [
            bound(self.since, "GreaterOrEqual"),
            bound(self.until, "Less"),
        ];
        all(parts)
    }
}

/// The condition of all three together.
pub fn condition(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Portable)> {
    let condition = attributes
        .real_expr("if", errors)
        .and_then(|(span, expr)| Some((span, errors.keep(Portable::new(&expr))?)));
    let versions = Versions::take(attributes, errors);
    all([versions.condition(), condition])
}

/// All conditions that there are.
fn all<const N: usize>(parts: [Option<(Span, Portable)>; N]) -> Option<(Span, Portable)> {
    let parts = parts.into_iter().flatten();
    parts.reduce(|(span, left), (_, right)| (span, connect(left, "And", right, span)))
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
