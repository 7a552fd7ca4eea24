//! Expressions, and what they look at.

use pickler::schema::{Count, Expr, Filter, Presence, Record, Schema, Shape, Size, TagSource};

use super::Parts;
use super::derived;
use super::expression::Expression;
use super::scope::{Purpose, Scope};
use crate::diagnostic::Diagnostic;
use crate::parse::source::{Source, Span};

/// Says so where an expression looks at what there is not, or is not known yet.
pub fn expressions(parts: &Parts<'_>, schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let mut expressions = Expressions {
        text: parts.text,
        schema,
        diagnostics,
    };
    expressions.shape(&parts.root, &parts.root_source, &Scope::NONE);
    for (definition, source) in parts.types.iter().zip(&parts.sources) {
        let scope = Scope {
            parameters: &definition.parameters,
            ..Scope::NONE
        };
        expressions.shape(&definition.shape, &source.shape, &scope);
    }
}

struct Expressions<'a> {
    text: &'a str,
    schema: &'a Schema,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Expressions<'a> {
    fn shape<'b>(&mut self, shape: &'b Shape, source: &'b Source, scope: &Scope<'b>)
    where
        'a: 'b,
    {
        self.own(shape, source, scope);
        match shape {
            Shape::Record(record) => self.record(record, source, scope),
            Shape::Union(union) => {
                let fronts = 1 + usize::from(union.length.is_some());
                let body = Scope {
                    parameters: scope.parameters,
                    tag: union.source != TagSource::Choice,
                    ..Scope::NONE
                };
                for (variant, member) in union.variants.iter().zip(&source.members) {
                    if let Some(condition) = &variant.condition {
                        self.condition(condition, member.derived, scope, Purpose::Count);
                    }
                }
                let bodies = source.parts.iter().skip(fronts);
                for (variant, source) in union.variants.iter().zip(bodies) {
                    self.shape(&variant.body, source, &body);
                }
            }
            // Each part is read for itself.
            Shape::Keyed(_) | Shape::ProtobufField { .. } => {
                for (part, source) in shape.parts().into_iter().zip(&source.parts) {
                    self.shape(part, source, &Scope::NONE);
                }
            }
            // What is given sees nothing else.
            Shape::Given { item, .. } => {
                if let Some(source) = source.parts.last() {
                    self.shape(item, source, &Scope::NONE);
                }
            }
            Shape::Tuple(_) | Shape::Choice { .. } | Shape::Peeked { .. } => {
                for (part, source) in shape.parts().into_iter().zip(&source.parts) {
                    self.shape(part, source, scope);
                }
            }
            // The last part is the thing itself; what stands in front is read for
            // itself.
            _ => {
                let parts = shape.parts();
                let last = parts.len().saturating_sub(1);
                for (index, (part, source)) in parts.into_iter().zip(&source.parts).enumerate() {
                    let is_list = matches!(shape, Shape::List { .. });
                    let inner = Scope {
                        index: scope.index || is_list,
                        ..*scope
                    };
                    let is_item = index == last && !is_counted(shape);
                    self.shape(part, source, if is_item { &inner } else { &Scope::NONE });
                }
            }
        }
    }

    /// The expressions of a shape itself.
    fn own<'b>(&mut self, shape: &'b Shape, source: &Source, scope: &Scope<'b>)
    where
        'a: 'b,
    {
        let count = Purpose::Count;
        match shape {
            Shape::Bytes { count } | Shape::Text { count } => {
                self.count(count, None, source, scope);
            }
            Shape::List { count, item } => self.count(count, Some(item), source, scope),
            Shape::OrderedBy { little: expr, .. }
            | Shape::Conditional {
                presence: Presence::If(expr),
                ..
            } => self.expression(source.own(0), scope, count).layout(expr),
            Shape::Sized {
                size: Size::Expr(expr) | Size::AllBut(expr),
                ..
            } => self.expr(expr, source.own(0), scope, count),
            Shape::Elsewhere { place, .. } => self.expr(&place.at, source.own(0), scope, count),
            Shape::Given { arguments, .. } => {
                for (index, argument) in arguments.iter().enumerate() {
                    self.expr(argument, source.own(index), scope, count);
                }
            }
            Shape::Filtered { filter, .. } => match filter {
                Filter::Xor(key) => {
                    for (index, part) in key.iter().enumerate() {
                        self.expr(part, source.own(index), scope, count);
                    }
                }
                Filter::RotateLeft(by) | Filter::RotateRight(by) => {
                    self.expr(by, source.own(0), scope, count);
                }
                _ => {}
            },
            Shape::Satisfying { item, condition } => {
                let scope = Scope {
                    item: Some(item),
                    ..*scope
                };
                self.condition(condition, source.own(0), &scope, Purpose::Value);
            }
            Shape::Union(union) => {
                if let TagSource::Given(expr) = &union.source {
                    self.expr(expr, source.own(0), scope, count);
                }
            }
            _ => {}
        }
    }

    fn count<'b>(
        &mut self,
        count: &Count,
        item: Option<&'b Shape>,
        source: &Source,
        scope: &Scope<'b>,
    ) where
        'a: 'b,
    {
        match count {
            Count::Expr(expr) => self.expr(expr, source.own(0), scope, Purpose::Count),
            Count::Last(last) => {
                let scope = Scope {
                    item,
                    index: true,
                    ..*scope
                };
                self.condition(last, source.own(0), &scope, Purpose::Count);
            }
            Count::Until(until) => {
                if let Some(room) = &until.room {
                    self.expr(room, source.own(1), scope, Purpose::Count);
                }
            }
            Count::Prefix(_) | Count::Fixed(_) | Count::Rest => {}
        }
    }

    fn record<'b>(&mut self, record: &'b Record, source: &'b Source, outer: &Scope<'b>)
    where
        'a: 'b,
    {
        let at = |index: usize| Scope {
            record: Some((record, index)),
            parameters: outer.parameters,
            tag: outer.tag,
            ..Scope::NONE
        };
        let mut sources = source.parts.iter();
        if let (Some(magic), Some(source)) = (
            &record.magic,
            record.magic.as_ref().and_then(|_| sources.next()),
        ) {
            self.shape(magic, source, &Scope::NONE);
        }
        let fields = record.fields.iter().zip(sources).zip(&source.members);
        for (index, ((field, source), member)) in fields.enumerate() {
            let scope = at(index);
            self.shape(&field.shape, source, &scope);
            if let Some(derived) = &field.derived
                && field.checksum.is_none()
            {
                self.expr(derived, member.derived, &scope, Purpose::Derived);
            }
            for (index, condition) in field.assertions.iter().enumerate() {
                let span = member.assertions.get(index).copied();
                let span = span.unwrap_or(member.name);
                self.condition(condition, span, &scope, Purpose::Assertion);
            }
        }
        let behind = at(record.fields.len());
        for (index, condition) in record.assertions.iter().enumerate() {
            self.condition(condition, source.own(index), &behind, Purpose::Assertion);
        }
        derived::circles(record, source, self.diagnostics);
        derived::lengths(self.schema, record, source, self.diagnostics);
    }

    fn expr(&mut self, expr: &Expr, span: Span, scope: &Scope<'_>, purpose: Purpose) {
        self.expression(span, scope, purpose).number(expr);
    }

    fn condition(&mut self, expr: &Expr, span: Span, scope: &Scope<'_>, purpose: Purpose) {
        self.expression(span, scope, purpose).condition(expr);
    }

    fn expression<'b>(
        &'b mut self,
        span: Span,
        scope: &'b Scope<'b>,
        purpose: Purpose,
    ) -> Expression<'b> {
        Expression {
            text: self.text,
            schema: self.schema,
            diagnostics: self.diagnostics,
            span,
            scope,
            purpose,
        }
    }
}

/// A shape whose only part stands in front of it.
fn is_counted(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Bytes { .. } | Shape::Text { .. } | Shape::Enumeration(_)
    )
}
