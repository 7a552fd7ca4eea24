//! Conditions: what a value must be, and when something is there.

use pickler::dynamic::Value;
use pickler::schema::{Expr, Operator, Pattern, Shape};
use proc_macro2::TokenStream;
use quote::quote;

use super::Peeled;
use crate::attributes::Attributes;
use crate::context::Context;
use crate::error::{Result, refused};
use crate::expression::Scope;
use crate::literal;

impl Context<'_> {
    /// `if = ...`, or what is short for it.
    pub fn condition(&self, to: &mut Attributes, condition: &Expr, scope: Scope<'_>) -> Result<()> {
        if let Some((since, until)) = versions(condition) {
            for (key, version) in [("since", since), ("until", until)] {
                if let Some(version) = version {
                    to.value(key, literal::integer(&Value::integer(version))?);
                }
            }
            return Ok(());
        }
        to.value("if", self.expression(condition, scope)?);
        Ok(())
    }

    /// Conditions on a value that has no name: `assert = item < 3`.
    pub(super) fn peel_conditions(&self, it: &mut Peeled<'_>, scope: Scope<'_>) -> Result<()> {
        let mut conditions = Vec::new();
        while let Shape::Satisfying { item, condition } = it.middle {
            conditions.insert(0, (condition, item));
            it.middle = item;
        }
        let mut last = 0;
        for (condition, item) in conditions {
            let scope = scope.of_item(item);
            let (place, key, value) = self.condition_words(condition, "item", last, scope)?;
            last = place + 1;
            it.behind.value(key, value);
        }
        Ok(())
    }

    /// A condition as `range`, `one_of` or `assert`, of which the derive reads
    /// one each, in this order; the first of them is `from`.
    pub fn condition_words(
        &self,
        condition: &Expr,
        subject: &str,
        from: usize,
        scope: Scope<'_>,
    ) -> Result<(usize, &'static str, TokenStream)> {
        if from == 0
            && let Some(range) = range_words(condition, subject)
        {
            return Ok((0, "range", range));
        }
        if from <= 1
            && let Some(list) = list_words(condition, subject)
        {
            return Ok((1, "one_of", list));
        }
        if from <= 2 {
            return Ok((2, "assert", self.expression(condition, scope)?));
        }
        refused("so many conditions are not said of one value")
    }
}

/// `version >= 3 && version < 5`, as the first version and the first without it.
fn versions(condition: &Expr) -> Option<(Option<i128>, Option<i128>)> {
    let is_version = |it: &Expr| matches!(it, Expr::Field(name) if name == "version");
    match condition {
        Expr::Binary(left, Operator::GreaterOrEqual, right) if is_version(left) => match **right {
            Expr::Integer(since) => Some((Some(since), None)),
            _ => None,
        },
        Expr::Binary(left, Operator::Less, right) if is_version(left) => match **right {
            Expr::Integer(until) => Some((None, Some(until))),
            _ => None,
        },
        Expr::Binary(left, Operator::And, right) => {
            let (Some((since @ Some(_), None)), Some((None, until @ Some(_)))) =
                (versions(left), versions(right))
            else {
                return None;
            };
            (since < until).then_some((since, until))
        }
        _ => None,
    }
}

/// `1..=10`, if a condition says that the subject is in there.
fn range_words(condition: &Expr, subject: &str) -> Option<TokenStream> {
    let is_subject = |it: &Expr| matches!(it, Expr::Field(name) if name == subject);
    let bound = |it: &Expr| match it {
        Expr::Integer(_) | Expr::Float(_) | Expr::Text(_) | Expr::Bytes(_) => {
            it.to_string().parse::<TokenStream>().ok()
        }
        _ => None,
    };
    match condition {
        Expr::Binary(left, operator, right) if is_subject(left) => {
            let right = bound(right)?;
            match operator {
                Operator::GreaterOrEqual => Some(quote!(#right..)),
                Operator::LessOrEqual => Some(quote!(..=#right)),
                Operator::Less => Some(quote!(..#right)),
                _ => None,
            }
        }
        Expr::Binary(first, Operator::And, last) => {
            let (
                Expr::Binary(one, Operator::GreaterOrEqual, least),
                Expr::Binary(other, operator, most),
            ) = (&**first, &**last)
            else {
                return None;
            };
            if !is_subject(one) || !is_subject(other) {
                return None;
            }
            let (least, most) = (bound(least)?, bound(most)?);
            match operator {
                Operator::LessOrEqual => Some(quote!(#least..=#most)),
                Operator::Less => Some(quote!(#least..#most)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `[1, 2, 3]`, if a condition says that the subject is one of them.
fn list_words(condition: &Expr, subject: &str) -> Option<TokenStream> {
    let Expr::Match {
        of,
        arms,
        otherwise,
    } = condition
    else {
        return None;
    };
    let ([arm], true) = (&arms[..], **otherwise == Expr::Bool(false)) else {
        return None;
    };
    let is_subject = matches!(&**of, Expr::Field(name) if name == subject);
    if !is_subject || arm.value != Expr::Bool(true) {
        return None;
    }
    let values = arm.patterns.iter().map(|pattern| match pattern {
        Pattern::Value(
            value @ (Expr::Integer(_) | Expr::Text(_) | Expr::Bytes(_) | Expr::Float(_)),
        ) => value.to_string().parse::<TokenStream>().ok(),
        _ => None,
    });
    let values = values.collect::<Option<Vec<_>>>()?;
    Some(quote!([#(#values),*]))
}
