//! Expressions, and what they look at.

use std::mem;

use pickler::schema::{
    Count, Expr, Filter, Presence, Record, Schema, Shape, Size, TagSource, Union,
};

use super::Parts;
use super::derived;
use super::expression::Expression;
use super::negation::spell_out;
use super::scope::{Purpose, Scope};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::{Source, Span};

/// Says so where an expression looks at what there is not, or is not known yet, and
/// makes those that are right what they are in descriptions.
pub fn expressions(parts: &mut Parts<'_>, schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let mut expressions = Expressions {
        text: parts.text,
        schema,
        diagnostics,
    };
    expressions.shape(&mut parts.root, &parts.root_source, &Scope::ROOT);
    for (definition, source) in parts.types.iter_mut().zip(&parts.sources) {
        let scope = Scope {
            parameters: &definition.parameters,
            ..Scope::NONE
        };
        expressions.shape(&mut definition.shape, &source.shape, &scope);
    }
}

struct Expressions<'a> {
    text: &'a str,
    schema: &'a Schema,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// What an expression must be.
#[derive(Clone, Copy)]
enum Must {
    BeNumber,
    BeCondition,
    /// A condition on which it depends what comes.
    SayWhatComes,
}

impl Expressions<'_> {
    fn shape(&mut self, shape: &mut Shape, source: &Source, scope: &Scope<'_>) {
        self.own(shape, source, scope);
        match shape {
            Shape::Record(record) => self.record(record, source, scope),
            Shape::Union(union) => self.union(union, source, scope),
            // Each part is read for itself.
            Shape::Keyed(_) | Shape::ProtobufField { .. } => {
                for (part, source) in shape.parts_mut().into_iter().zip(&source.parts) {
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
                for (part, source) in shape.parts_mut().into_iter().zip(&source.parts) {
                    self.shape(part, source, scope);
                }
            }
            // The last part is the thing itself; what stands in front is read for
            // itself.
            _ => {
                let inner = Scope {
                    index: scope.index || matches!(shape, Shape::List { .. }),
                    ..*scope
                };
                let is_counted = is_counted(shape);
                let parts = shape.parts_mut();
                let last = parts.len().saturating_sub(1);
                for (index, (part, source)) in parts.into_iter().zip(&source.parts).enumerate() {
                    let is_item = index == last && !is_counted;
                    self.shape(part, source, if is_item { &inner } else { &Scope::NONE });
                }
            }
        }
    }

    /// The expressions of a shape itself.
    fn own(&mut self, shape: &mut Shape, source: &Source, scope: &Scope<'_>) {
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
            } => self.check(expr, source.own(0), scope, count, Must::SayWhatComes),
            Shape::Sized {
                size: Size::Expr(expr) | Size::AllBut(expr),
                ..
            } => self.number(expr, source.own(0), scope, count),
            Shape::Elsewhere { place, .. } => {
                self.number(&mut place.at, source.own(0), scope, count);
            }
            Shape::Given { arguments, .. } => {
                for (index, argument) in arguments.iter_mut().enumerate() {
                    self.number(argument, source.own(index), scope, count);
                }
            }
            Shape::Filtered { filter, .. } => match filter {
                Filter::Xor(key) => {
                    for (index, part) in key.iter_mut().enumerate() {
                        self.number(part, source.own(index), scope, count);
                    }
                }
                Filter::RotateLeft(by) | Filter::RotateRight(by) => {
                    self.number(by, source.own(0), scope, count);
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
                if let TagSource::Given(expr) = &mut union.source {
                    self.number(expr, source.own(0), scope, count);
                }
            }
            _ => {}
        }
    }

    fn count(
        &mut self,
        count: &mut Count,
        item: Option<&Shape>,
        source: &Source,
        scope: &Scope<'_>,
    ) {
        match count {
            Count::Expr(expr) => self.number(expr, source.own(0), scope, Purpose::Count),
            Count::Last(last) => {
                let scope = Scope {
                    item,
                    index: true,
                    ..*scope
                };
                self.condition(last, source.own(0), &scope, Purpose::Count);
            }
            Count::Until(until) => {
                if let Some(room) = &mut until.room {
                    self.number(room, source.own(1), scope, Purpose::Count);
                }
            }
            Count::Prefix(_) | Count::Fixed(_) | Count::Rest => {}
        }
    }

    fn union(&mut self, union: &mut Union, source: &Source, scope: &Scope<'_>) {
        let body = Scope {
            parameters: scope.parameters,
            tag: union.source != TagSource::Choice,
            ..Scope::NONE
        };
        let mut variants: Vec<_> = mem::replace(&mut union.variants, Vec::new().into())
            .into_iter()
            .collect();
        for (variant, member) in variants.iter_mut().zip(&source.members) {
            if let Some(condition) = &mut variant.condition {
                self.condition(condition, member.derived, scope, Purpose::Count);
            }
        }
        let fronts = 1 + usize::from(union.length.is_some());
        let bodies = source.parts.iter().skip(fronts);
        for (variant, source) in variants.iter_mut().zip(bodies) {
            self.shape(&mut variant.body, source, &body);
        }
        union.variants = variants.into();
    }

    fn record(&mut self, record: &mut Record, source: &Source, outer: &Scope<'_>) {
        let mut sources = source.parts.iter();
        if let Some(magic) = &mut record.magic
            && let Some(source) = sources.next()
        {
            self.shape(magic, source, &Scope::NONE);
        }
        let members = sources.zip(&source.members);
        for (index, (source, member)) in (0..record.fields.len()).zip(members) {
            // Taken out, while it sees the others.
            let nothing = Shape::Tuple(Vec::new());
            let mut shape = mem::replace(&mut record.fields[index].shape, nothing);
            self.shape(&mut shape, source, &within(record, index, outer));
            let field = &mut record.fields[index];
            field.shape = shape;
            if field.checksum.is_none()
                && let Some(mut derived) = field.derived.clone()
            {
                let scope = within(record, index, outer);
                self.number(&mut derived, member.derived, &scope, Purpose::Derived);
                record.fields[index].derived = Some(derived);
            }
            let mut assertions = mem::take(&mut record.fields[index].assertions);
            for (condition, place) in assertions.iter_mut().zip(0..) {
                let span = member.assertions.get(place).copied();
                let scope = within(record, index, outer);
                let span = span.unwrap_or(member.name);
                self.condition(condition, span, &scope, Purpose::Assertion);
            }
            record.fields[index].assertions = assertions;
        }
        let mut assertions = mem::take(&mut record.assertions);
        for (index, condition) in assertions.iter_mut().enumerate() {
            let scope = within(record, record.fields.len(), outer);
            self.condition(condition, source.own(index), &scope, Purpose::Assertion);
        }
        record.assertions = assertions;
        derived::circles(record, source, self.diagnostics);
        derived::lengths(self.schema, record, source, self.diagnostics);
    }

    fn number(&mut self, expr: &mut Expr, span: Span, scope: &Scope<'_>, purpose: Purpose) {
        self.check(expr, span, scope, purpose, Must::BeNumber);
    }

    fn condition(&mut self, expr: &mut Expr, span: Span, scope: &Scope<'_>, purpose: Purpose) {
        self.check(expr, span, scope, purpose, Must::BeCondition);
    }

    fn check(
        &mut self,
        expr: &mut Expr,
        span: Span,
        scope: &Scope<'_>,
        purpose: Purpose,
        must: Must,
    ) {
        let before = self.diagnostics.len();
        let mut expression = Expression {
            text: self.text,
            schema: self.schema,
            diagnostics: self.diagnostics,
            span,
            scope,
            purpose,
        };
        match must {
            Must::BeNumber => expression.number(expr),
            Must::BeCondition => expression.condition(expr),
            Must::SayWhatComes => expression.layout(expr),
        }
        if self.diagnostics.len() > before || !spell_out(expr, scope, self.schema) {
            return;
        }
        // It is longer than what was written, and has to be read again.
        if let Err(error) = expr.to_string().parse::<Expr>() {
            let message = format!("with `== false` for each `!`: {}", error.message());
            self.diagnostics
                .push(Diagnostic::new(mistakes::TOO_DEEP, span, message));
        }
    }
}

/// What an expression of a field sees of its record.
fn within<'a>(record: &'a Record, index: usize, outer: &Scope<'a>) -> Scope<'a> {
    Scope {
        record: Some((record, index)),
        parameters: outer.parameters,
        tag: outer.tag,
        ..Scope::NONE
    }
}

/// A shape whose only part stands in front of it.
fn is_counted(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Bytes { .. } | Shape::Text { .. } | Shape::Enumeration(_)
    )
}
