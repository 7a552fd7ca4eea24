//! Expressions as those of Kaitai Struct.

use pickler::schema::{Expr, Operator, Pattern, Schema, Shape, UnaryOperator};

use super::format::identifier;
use crate::Unsupported;

/// An expression over the attributes of a type. `item` is what stands for the
/// item that is looked at.
pub fn expression(expr: &Expr, schema: &Schema, path: &str) -> Result<String, Unsupported> {
    let number = |expr: &Expr| expression(expr, schema, path);
    let unsupported = || Unsupported {
        what: format!("`{expr}`"),
        path: path.into(),
    };
    Ok(match expr {
        Expr::Integer(value) if *value < 0 => format!("({value})"),
        Expr::Integer(value) => value.to_string(),
        Expr::Bool(value) => u8::from(*value).to_string(),
        Expr::Text(text)
            if text
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'\'') =>
        {
            format!("'{text}'")
        }
        Expr::Bytes(bytes) => {
            let bytes: Vec<String> = bytes.iter().map(ToString::to_string).collect();
            format!("[{}].as<bytes>", bytes.join(", "))
        }
        Expr::Float(value) => format!("{:?}", value.get()),
        Expr::Field(name) if name == "item" => "_".into(),
        Expr::Field(name) => identifier(name),
        Expr::Member(of, name) => format!("{}.{}", number(of)?, identifier(name)),
        Expr::Item(of, index) => format!("{}[{}]", number(of)?, number(index)?),
        Expr::Variant { of, name } => variant(of, name, schema).ok_or_else(unsupported)?,
        Expr::Len(of) => format!("{}.size", number(of)?),
        Expr::SizeOfSelf => "_io.pos".into(),
        Expr::Unary(UnaryOperator::Negate, of) => format!("(-{})", number(of)?),
        Expr::Unary(UnaryOperator::Not, of) if of.is_condition() => {
            format!("(not {})", number(of)?)
        }
        Expr::Unary(UnaryOperator::Not, of) => format!("(~{})", number(of)?),
        Expr::Binary(left, operator, right) => {
            let operator = match operator {
                Operator::And => "and",
                Operator::Or => "or",
                operator => operator.symbol(),
            };
            format!("({} {operator} {})", number(left)?, number(right)?)
        }
        Expr::Cast(of, _) => number(of)?,
        Expr::If {
            condition,
            then,
            otherwise,
        } => format!(
            "({} ? {} : {})",
            condition_of(condition, schema, path)?,
            number(then)?,
            number(otherwise)?
        ),
        Expr::Match {
            of,
            arms,
            otherwise,
        } => {
            let of = number(of)?;
            let mut text = number(otherwise)?;
            for arm in arms.iter().rev() {
                let tests: Result<Vec<String>, Unsupported> = arm
                    .patterns
                    .iter()
                    .map(|pattern| match pattern {
                        Pattern::Value(value) => Ok(format!("{of} == {}", number(value)?)),
                        Pattern::Range(first, last) => {
                            Ok(format!("({of} >= {first} and {of} <= {last})"))
                        }
                    })
                    .collect();
                let value = number(&arm.value)?;
                text = format!("({} ? {value} : {text})", tests?.join(" or "));
            }
            text
        }
        Expr::Text(_)
        | Expr::Tag(_)
        | Expr::TagOfSelf
        | Expr::Present(_)
        | Expr::SizeOf(_)
        | Expr::OffsetOf(_) => return Err(unsupported()),
    })
}

/// An expression as a condition: numbers are none there.
pub fn condition_of(expr: &Expr, schema: &Schema, path: &str) -> Result<String, Unsupported> {
    let text = expression(expr, schema, path)?;
    match expr {
        Expr::Bool(value) => Ok(value.to_string()),
        expr if expr.is_condition() => Ok(text),
        _ => Ok(format!("{text} != 0")),
    }
}

fn variant(of: &str, name: &str, schema: &Schema) -> Option<String> {
    let mut types = schema.types().iter();
    let definition = types.find(|definition| *definition.name == *of)?;
    let tag = match schema.meaning(&definition.shape) {
        Shape::Union(union) => union.variant(name)?.tag,
        Shape::Enumeration(enumeration) => {
            enumeration
                .names
                .iter()
                .find(|(_, known)| **known == *name)?
                .0
        }
        _ => return None,
    };
    Some(tag.to_string())
}
