//! Types in the order in which they are mentioned.

use pickler::schema::{Definition, Parameter, Schema, Shape};

use super::rebuild;
use crate::context::Context;
use crate::item::Body;

/// The same schema, of which the types come in the order in which types describe
/// themselves. Those that nothing mentions come behind the others, if `all` are
/// wanted; else they are left out.
pub fn renumbered(schema: &Schema, all: bool) -> Schema {
    let cx = Context::new(schema, false);
    let mut order = Vec::new();
    mention(&cx, schema.root(), &mut order);
    if all {
        for index in 0..schema.types().len() {
            mention(&cx, &super::at(index), &mut order);
        }
    }
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
    // All that are mentioned are in order.
    Schema::new(root, types.collect()).unwrap_or_else(|_| schema.clone())
}

fn mention(cx: &Context<'_>, shape: &Shape, order: &mut Vec<usize>) {
    if let Shape::Named(reference) = shape {
        let index = reference.index();
        if order.contains(&index) {
            return;
        }
        order.push(index);
        let definition = cx.schema.definition(*reference);
        for parameter in &definition.parameters {
            mention(cx, &parameter.shape, order);
        }
        if let Body::Union(union) = Body::of(&definition.shape) {
            for place in cx.declaration_order(index, union) {
                mention(cx, &union.variants[place].body, order);
            }
            return;
        }
        return mention(cx, &definition.shape, order);
    }
    for part in shape.parts() {
        mention(cx, part, order);
    }
}
