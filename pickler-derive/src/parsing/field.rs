//! What is said of a field.

use proc_macro2::{Ident, Span};
use syn::{Attribute, Expr};

use super::attributes::{Attributes, Place};
use super::container::{bits, is_integer_type};
use super::expression::Portable;
use super::literal::{Orders, Shown, shown_pairs};
use crate::errors::Errors;

/// How many units a field has.
pub enum CountBy {
    /// As an integer of that type in front says.
    Prefix(Ident),
    /// As an expression over earlier fields says.
    Expression(Portable),
}

pub struct FieldAttributes {
    /// `default`, or `default = ...`.
    pub default: Option<(Span, Option<Expr>)>,
    pub bits: Option<(Span, u32)>,
    pub none: Option<(Span, Expr)>,
    pub count: Option<(Span, CountBy)>,
    pub size: Option<(Span, Portable)>,
    pub derived: Option<(Span, Portable)>,
    pub constant: Option<(Span, Expr)>,
    pub with: Option<(Span, Expr)>,
    pub shown: Option<(Span, Vec<(Shown, Shown)>)>,
    pub json: Option<Span>,
    pub orders: Orders,
    pub rename: Option<String>,
}

impl FieldAttributes {
    pub fn new(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut attributes = Attributes::new(attributes, Place::Field, errors);
        Self {
            default: attributes.maybe_expr("default", errors),
            bits: bits(&mut attributes, errors),
            none: attributes.real_expr("none", errors),
            count: count(&mut attributes, errors),
            size: portable(&mut attributes, "size", errors),
            derived: portable(&mut attributes, "derived", errors),
            constant: attributes.expr("constant", errors),
            with: attributes.real_expr("with", errors),
            shown: attributes
                .list("shown", errors)
                .and_then(|(span, tokens)| Some((span, errors.keep(shown_pairs(tokens))?))),
            json: attributes.flag("json", errors),
            orders: Orders::take(&mut attributes, errors),
            rename: attributes.text("rename", errors),
        }
    }
}

fn portable(
    attributes: &mut Attributes,
    key: &str,
    errors: &mut Errors,
) -> Option<(Span, Portable)> {
    let (span, expr) = attributes.real_expr(key, errors)?;
    Some((span, errors.keep(Portable::new(&expr))?))
}

fn count(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, CountBy)> {
    let (span, expr) = attributes.real_expr("count", errors)?;
    if let Expr::Path(path) = &expr
        && let Some(name) = path.path.get_ident()
        && is_integer_type(name)
    {
        return Some((span, CountBy::Prefix(name.clone())));
    }
    let expr = errors.keep(Portable::new(&expr))?;
    Some((span, CountBy::Expression(expr)))
}
