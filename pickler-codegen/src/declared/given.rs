//! Tags that are given, as types say them: they are numbers.

use pickler::schema::{Expr, Operator, Parameter, Schema, Shape, TagSource, Union};

use super::rebuild::rebuilt;

/// The same shape, of which tags that are given and are booleans are integers of a bit.
pub fn with_given(schema: &Schema, shape: &Shape, parameters: &[Parameter]) -> Shape {
    let inside = rebuilt(shape, &mut |_, part| with_given(schema, part, parameters));
    match inside {
        Shape::Union(union) => Shape::Union(Box::new(as_given(schema, *union, parameters))),
        inside => inside,
    }
}

fn as_given(schema: &Schema, union: Union, parameters: &[Parameter]) -> Union {
    let (TagSource::Given(by), Shape::Bool { .. }) = (&union.source, &union.tag) else {
        return union;
    };
    if greatest_of(schema, by, parameters).is_none_or(|it| it > 1) {
        return union;
    }
    Union {
        tag: Shape::Integer {
            bits: 1,
            signed: false,
        },
        ..union
    }
}

/// The greatest tag of integers without sign.
fn greatest_tag(tag: &Shape) -> Option<i128> {
    match tag {
        Shape::Integer {
            bits: bits @ ..=126,
            signed: false,
        } => Some((1 << bits) - 1),
        Shape::Bool { .. } => Some(1),
        _ => None,
    }
}

/// The greatest value of an expression that is never negative.
fn greatest_of(schema: &Schema, expr: &Expr, parameters: &[Parameter]) -> Option<i128> {
    let of = |expr: &Expr| greatest_of(schema, expr, parameters);
    match expr {
        Expr::Integer(value) => Some(*value).filter(|it| *it >= 0),
        Expr::Bool(_) => Some(1),
        Expr::Field(name) => {
            let parameter = parameters.iter().find(|it| *it.name == **name)?;
            greatest_value(schema, &parameter.shape)
        }
        Expr::Binary(left, operator, right) => match operator {
            Operator::BitAnd => [of(left), of(right)].into_iter().flatten().min(),
            Operator::ShiftRight | Operator::Divide => of(left),
            Operator::Remainder => of(left).and(of(right)),
            Operator::Equal
            | Operator::NotEqual
            | Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::And
            | Operator::Or => Some(1),
            _ => None,
        },
        Expr::Cast(it, _) => of(it),
        Expr::If {
            then, otherwise, ..
        } => Some(of(then)?.max(of(otherwise)?)),
        _ => None,
    }
}

fn greatest_value(schema: &Schema, shape: &Shape) -> Option<i128> {
    match shape {
        Shape::Integer { .. } | Shape::Bool { .. } => greatest_tag(shape),
        Shape::Named(reference) => greatest_value(schema, &schema.definition(*reference).shape),
        Shape::Enumeration(it) => greatest_tag(&it.tag),
        Shape::Ordered { item, .. } => greatest_value(schema, item),
        _ => None,
    }
}
