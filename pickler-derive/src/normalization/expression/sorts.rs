//! Numbers, conditions, and what can only be compared.

use proc_macro2::Span;
use syn::ext::IdentExt;

use super::{Expression, KnownKind, Place, Scope};
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::{self, Operator, Portable, Sort};

impl Scope<'_> {
    /// Says so where items mean something else in a description.
    pub(super) fn expect_items(&self, of: &Expression, errors: &mut Errors) {
        let Expression::Name(Place::Field(index)) = of else {
            return;
        };
        let list = &self.fields[*index];
        if let Some(attribute) = list.items_hidden {
            let message = format!(
                "the items of `{}` have `{attribute}`, so that their values mean something else in \
                 a description",
                list.name.unraw()
            );
            errors.push(list.name.span(), mistakes::SHOWN_DIFFERENTLY.says(message));
        }
    }

    /// An expression that is compared: a text, bytes or a floating-point number,
    /// too.
    pub(super) fn compared(&self, expr: &Portable, errors: &mut Errors) -> Option<Expression> {
        match expr {
            Portable::Literal(literal) => Some(Expression::Literal(literal.clone())),
            // What units it has in a description is not looked at.
            Portable::Name(name) => match self.position(name) {
                Some(index) if self.fields[index].hidden == Some("encoding") => {
                    self.field(name, errors).map(Expression::Name)
                }
                _ => self.resolve(expr, errors),
            },
            _ => self.resolve(expr, errors),
        }
    }

    /// Says so where a text, bytes or a floating-point number is compared with a
    /// number.
    pub(super) fn expect_same_kind(
        &self,
        left: &Expression,
        right: &Expression,
        errors: &mut Errors,
    ) {
        let ((Expression::Literal(literal), other) | (other, Expression::Literal(literal))) =
            (left, right)
        else {
            return;
        };
        if !matches!(other, Expression::Literal(_)) && self.sort(other) != Sort::Unknown {
            let message = format!("a number is compared with {}", literal.value.kind());
            errors.push(literal.span, mistakes::ONLY_COMPARED.says(message));
        }
    }

    /// What is seen of a value.
    pub(super) fn sort(&self, expr: &Expression) -> Sort {
        match expr {
            expr if expr.is_condition() => Sort::Condition,
            Expression::Name(Place::Field(index)) => self.fields[*index].sort,
            Expression::Name(Place::Parameter(index)) => {
                let mut parameters = self.of_kind(KnownKind::Parameter);
                parameters.nth(*index).map_or(Sort::Unknown, |it| it.sort)
            }
            Expression::Name(Place::Item)
            | Expression::Member(..)
            | Expression::Item(..)
            | Expression::Constant(_)
            | Expression::Literal(_) => Sort::Unknown,
            Expression::If(it) => self.sort(&it.then),
            Expression::Match(it) => self.sort(&it.otherwise),
            _ => Sort::Number,
        }
    }

    /// Says so if a condition is needed, and this is a number.
    pub fn expect_condition(&self, expr: &Expression, span: Span, errors: &mut Errors) {
        if self.sort(expr) == Sort::Number {
            errors.push(
                span,
                mistakes::NOT_PORTABLE
                    .says("a number is no condition; compare it, such as `flags & 1 != 0`"),
            );
        }
    }

    /// An expression that must be true or false.
    pub fn condition(
        &self,
        expr: &Portable,
        span: Span,
        errors: &mut Errors,
    ) -> Option<Expression> {
        let condition = self.resolve(expr, errors)?;
        self.expect_condition(&condition, span, errors);
        Some(condition)
    }

    /// `!` before a value: what it means is seen in a description, too.
    pub(super) fn not(
        &self,
        operator: parsing::UnaryOperator,
        of: Expression,
        errors: &mut Errors,
    ) -> Option<Expression> {
        match self.sort(&of) {
            Sort::Condition if !of.is_condition() => {
                let equal = Operator {
                    name: "Equal",
                    result: Sort::Condition,
                    span: operator.span,
                };
                let no = Expression::Bool(false);
                Some(Expression::Binary(of.into(), equal, no.into()))
            }
            Sort::Condition | Sort::Number => Some(Expression::Unary(operator, of.into())),
            Sort::Unknown => {
                errors.push(
                    operator.span,
                    mistakes::NOT_PORTABLE.says(
                        "whether this is a number or true or false is not seen here; write \
                     `== false`, or `^ -1` for the other bits",
                    ),
                );
                None
            }
        }
    }
}
