//! Types in the order in which they are mentioned.

use std::collections::BTreeSet;

use pickler::schema::{Definition, Expr, Parameter, Pattern, Schema, Shape, TagSource, TypeRef};

use super::{Settled, rebuild};
use crate::context::Context;
use crate::item::Body;

/// The same schema, of which the types come in the order in which types describe
/// themselves, as the first `in_order` do; the others got names. Those that only
/// expressions mention come behind them, and those that nothing mentions behind
/// all, if `all` are wanted; else they are left out.
pub fn renumbered(schema: &Schema, in_order: usize, all: bool) -> Settled {
    let mut cx = Context::new(schema, false);
    cx.in_order = in_order;
    let mut order = Order {
        cx: &cx,
        types: Vec::new(),
        variants: BTreeSet::new(),
    };
    order.mention(schema.root());
    order.mention_variants();
    if all {
        for index in 0..schema.types().len() {
            order.mention_type(TypeRef::at(index));
        }
    }
    let order = order.types;
    let number = |old: usize| order.iter().position(|it| *it == old).unwrap_or(0);
    let types = order.iter().map(|old| {
        let definition = &schema.types()[*old];
        let parameters = definition.parameters.iter().map(|parameter| Parameter {
            name: parameter.name.clone(),
            shape: rebuild::renumbered(&parameter.shape, &number),
        });
        Definition {
            parameters: parameters.collect(),
            shape: rebuild::renumbered(&definition.shape, &number),
            ..definition.clone()
        }
    });
    let root = rebuild::renumbered(schema.root(), &number);
    // What is given something is called by its name.
    let inline = (0..order.len()).filter(|new| {
        let old = order[*new];
        old >= in_order && schema.types()[old].parameters.is_empty()
    });
    Settled {
        inline: inline.collect(),
        // All that are mentioned are in order.
        schema: Schema::new(root, types.collect()).unwrap_or_else(|_| schema.clone()),
    }
}

struct Order<'a> {
    cx: &'a Context<'a>,
    types: Vec<usize>,
    /// What expressions mention, by its type's name and its own.
    variants: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Order<'a> {
    fn mention(&mut self, shape: &'a Shape) {
        self.look_at_expressions(shape);
        if let Shape::Named(reference) = shape {
            return self.mention_type(*reference);
        }
        for part in shape.parts() {
            self.mention(part);
        }
    }

    fn mention_type(&mut self, reference: TypeRef) {
        let index = reference.index();
        if self.types.contains(&index) {
            return;
        }
        self.types.push(index);
        let definition = self.cx.schema.definition(reference);
        for parameter in &definition.parameters {
            self.mention(&parameter.shape);
        }
        if let Body::Union(union) = Body::of(&definition.shape) {
            self.look_at_expressions(&definition.shape);
            for place in self.cx.declaration_order(index, union) {
                self.mention(&union.variants[place].body);
            }
            return;
        }
        self.mention(&definition.shape);
    }

    /// The types of which nothing but expressions mention variants, in the order of
    /// their names.
    fn mention_variants(&mut self) {
        while let Some((of, name)) = self.variants.pop_first() {
            let types = self.cx.schema.types().iter().enumerate();
            let mut known = types
                .filter(|(_, it)| *it.name == *of && self.cx.variant_ident(it, name).is_some());
            if let Some((index, definition)) = known.next()
                && definition.parameters.is_empty()
            {
                self.mention_type(TypeRef::at(index));
            }
        }
    }

    /// Sees which variants the expressions of a shape, and of what is not yet a field
    /// or variant of it, mention.
    fn look_at_expressions(&mut self, shape: &'a Shape) {
        let mut found = shape.expressions();
        match shape {
            Shape::Record(record) => {
                found.extend(&record.assertions);
                for field in &record.fields {
                    found.extend(field.derived.iter().chain(&field.assertions));
                }
            }
            Shape::Union(union) => {
                found.extend(union.variants.iter().filter_map(|it| it.condition.as_ref()));
                if let TagSource::Given(expr) = &union.source {
                    found.push(expr);
                }
            }
            _ => {}
        }
        for expr in found {
            expr.walk(&mut |part| self.look_at(part));
        }
    }

    fn look_at(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Variant { of, name } => {
                self.variants.insert((of, name));
            }
            Expr::Match { arms, .. } => {
                for pattern in arms.iter().flat_map(|arm| &arm.patterns) {
                    if let Pattern::Value(value) = pattern {
                        value.walk(&mut |part| self.look_at(part));
                    }
                }
            }
            _ => {}
        }
    }
}
