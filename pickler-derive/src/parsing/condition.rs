//! When a field is there: `if`, and what is short for it, `since` and `until`.

use proc_macro2::{Ident, Span};

use super::attributes::Attributes;
use super::expression::{Operator, Portable, Sort};
use super::literal::integer;
use crate::errors::Errors;
use crate::mistakes;

/// The versions in which something is there: `since = 3`, `until = 5`.
#[derive(Clone, Copy, Default)]
struct Versions {
    /// The first.
    since: Option<(Span, i128)>,
    /// The first in which it is no more there.
    until: Option<(Span, i128)>,
}

impl Versions {
    fn take(attributes: &mut Attributes, errors: &mut Errors) -> Self {
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
    fn meet(self, other: Self) -> bool {
        let from = |it: Self| it.since.map_or(i128::MIN, |(_, since)| since);
        let to = |it: Self| it.until.map_or(i128::MAX, |(_, until)| until);
        from(self) < to(other) && from(other) < to(self)
    }

    /// It is there in all of them.
    fn are_all(self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// The condition, if it is not there always.
    fn condition(self) -> Option<(Span, Portable)> {
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

/// When a variant is there.
#[derive(Clone, Default)]
pub struct Presence {
    versions: Versions,
    /// `if = ...`
    condition: Option<(Span, Portable)>,
}

impl Presence {
    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Self {
        let condition = if_condition(attributes, errors);
        let versions = Versions::take(attributes, errors);
        Self {
            versions,
            condition,
        }
    }

    /// Both may be there at once, as far as can be seen: of what conditions say, the
    /// first that holds counts.
    pub fn meet(&self, other: &Self) -> bool {
        if self.is_always() || other.is_always() {
            return true;
        }
        let by_condition = self.condition.is_some() || other.condition.is_some();
        !by_condition && self.versions.meet(other.versions)
    }

    /// It is always there.
    pub fn is_always(&self) -> bool {
        self.versions.are_all() && self.condition.is_none()
    }

    /// Where the version is looked at.
    pub fn version(&self) -> Option<Span> {
        self.versions.condition().map(|(span, _)| span)
    }

    /// The condition, if it is not there always.
    pub fn condition(&self) -> Option<(Span, Portable)> {
        all([self.versions.condition(), self.condition.clone()])
    }
}

/// The condition of all three together.
pub fn condition(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Portable)> {
    Presence::take(attributes, errors).condition()
}

fn if_condition(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Portable)> {
    let (span, expr) = attributes.real_expr("if", errors)?;
    Some((span, errors.keep(Portable::new(&expr))?))
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
