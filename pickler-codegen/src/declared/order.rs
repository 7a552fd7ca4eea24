//! Types in the order in which they are mentioned.

use pickler::schema::{Definition, Parameter, Schema, Shape};

use super::{Settled, rebuild};
use crate::context::Context;
use crate::item::Body;

/// The same schema, of which the types come in the order in which types describe
/// themselves, as the first `in_order` do; the others got names. Those that nothing
/// mentions come behind the others, if `all` are wanted; else they are left out.
pub fn renumbered(schema: &Schema, in_order: usize, all: bool) -> Settled {
    let mut cx = Context::new(schema, false);
    cx.in_order = in_order;
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
    let inline = (0..order.len()).filter(|new| order[*new] >= in_order);
    Settled {
        inline: inline.collect(),
        // All that are mentioned are in order.
        schema: Schema::new(root, types.collect()).unwrap_or_else(|_| schema.clone()),
    }
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
