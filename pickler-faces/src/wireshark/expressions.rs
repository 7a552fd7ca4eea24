//! Expressions as those of Lua, over the scope `s`.

use pickler::schema::{Expr, Operator, Pattern, Schema, Shape, UnaryOperator};

use super::integers;
use super::names::quoted;
use super::values::{float, tag_width};

/// A function of the scope.
pub fn function(expr: &Expr, schema: &Schema) -> String {
    format!("function(s) return {} end", number(expr, schema))
}

/// The number that an expression is, or `nil`.
pub fn number(expr: &Expr, schema: &Schema) -> String {
    let number = |expr: &Expr| number(expr, schema);
    let lazily = |expr: &Expr| format!("function() return {} end", number(expr));
    match expr {
        Expr::Integer(value) => integers::signed(*value),
        Expr::Bool(value) => u8::from(*value).to_string(),
        // They can be compared, and nothing else.
        Expr::Text(_) | Expr::Bytes(_) | Expr::Float(_) => "nil".into(),
        Expr::Field(name) => format!("ex.field(s, {})", quoted(name.as_bytes())),
        Expr::Member(..) | Expr::Item(..) => format!("ex.number({})", whole(expr, schema)),
        Expr::Variant { of, name } => variant(of, name, schema),
        Expr::Len(of) => format!("ex.length({})", whole(of, schema)),
        Expr::Tag(of) => {
            let name = match &**of {
                Expr::Field(name) => quoted(name.as_bytes()),
                _ => "nil".into(),
            };
            format!("ex.tag(s, {name}, {})", whole(of, schema))
        }
        Expr::TagOfSelf => "s.tag".into(),
        Expr::Present(name) => format!("ex.present(s, {})", quoted(name.as_bytes())),
        Expr::SizeOf(name) => format!("ex.size_of(s, {})", quoted(name.as_bytes())),
        Expr::SizeOfSelf => "ex.size_of_self(s)".into(),
        Expr::OffsetOf(name) => format!("ex.offset_of(s, {})", quoted(name.as_bytes())),
        Expr::Unary(UnaryOperator::Negate, of) => format!("ex.negate({})", number(of)),
        Expr::Unary(UnaryOperator::Not, of) if of.is_condition() => {
            format!("ex.opposite({})", number(of))
        }
        Expr::Unary(UnaryOperator::Not, of) => format!("ex.complement({})", number(of)),
        Expr::Binary(left, operator, right) => {
            let call = match operator {
                Operator::Add => "add",
                Operator::Subtract => "subtract",
                Operator::Multiply => "multiply",
                Operator::Divide => "divide",
                Operator::Remainder => "remainder",
                Operator::ShiftLeft => "shift_left",
                Operator::ShiftRight => "shift_right",
                Operator::BitAnd => "band",
                Operator::BitXor => "bxor",
                Operator::BitOr => "bor",
                Operator::And => return format!("ex.both({}, {})", number(left), lazily(right)),
                Operator::Or => return format!("ex.either({}, {})", number(left), lazily(right)),
                Operator::Equal
                | Operator::NotEqual
                | Operator::Less
                | Operator::LessOrEqual
                | Operator::Greater
                | Operator::GreaterOrEqual => {
                    let (left, right) = (compared(left, schema), compared(right, schema));
                    return format!("ex.compare({left}, \"{}\", {right})", operator.symbol());
                }
            };
            format!("ex.{call}({}, {})", number(left), number(right))
        }
        Expr::Cast(of, ty) => format!("ex.cast({}, {}, {})", number(of), ty.bits, ty.signed),
        Expr::If {
            condition,
            then,
            otherwise,
        } => format!(
            "ex.choose({}, {}, {})",
            number(condition),
            lazily(then),
            lazily(otherwise)
        ),
        Expr::Match {
            of,
            arms,
            otherwise,
        } => {
            let arms = arms.iter().map(|arm| {
                let tests = arm.patterns.iter().map(|it| pattern(it, schema));
                let tests: Vec<String> = tests.collect();
                let tests = tests.join(" or ");
                let value = lazily(&arm.value);
                format!("{{ function(value) return {tests} end, {value} }}")
            });
            let arms: Vec<String> = arms.collect();
            format!(
                "ex.match({}, {{ {} }}, {})",
                compared(of, schema),
                arms.join(", "),
                lazily(otherwise)
            )
        }
    }
}

fn pattern(pattern: &Pattern, schema: &Schema) -> String {
    match pattern {
        Pattern::Value(known) => format!("ex.is(value, {})", compared(known, schema)),
        Pattern::Range(first, last) => {
            let (first, last) = (integers::signed(*first), integers::signed(*last));
            format!("ex.within(value, {first}, {last})")
        }
    }
}

/// What an expression is where it is compared.
fn compared(expr: &Expr, schema: &Schema) -> String {
    match expr {
        Expr::Text(text) => quoted(text.as_bytes()),
        Expr::Bytes(bytes) => quoted(bytes),
        Expr::Float(value) => float(value.get()),
        Expr::Field(name) => format!("ex.compared(s, {})", quoted(name.as_bytes())),
        Expr::Member(..) | Expr::Item(..) => format!("ex.comparand({})", whole(expr, schema)),
        expr => number(expr, schema),
    }
}

/// The value at a place.
fn whole(expr: &Expr, schema: &Schema) -> String {
    match expr {
        Expr::Field(name) => format!("ex.whole(s, {})", quoted(name.as_bytes())),
        Expr::Member(of, name) => {
            format!(
                "ex.member({}, {})",
                whole(of, schema),
                quoted(name.as_bytes())
            )
        }
        Expr::Item(of, index) => {
            format!("ex.item({}, {})", whole(of, schema), number(index, schema))
        }
        // There is no place of another kind.
        _ => "nil".into(),
    }
}

/// The tag of a variant.
fn variant(of: &str, name: &str, schema: &Schema) -> String {
    let types = schema.types().iter();
    let found = types
        .filter(|definition| *definition.name == *of)
        .find_map(|definition| {
            let (tag, bits) = match schema.meaning(&definition.shape) {
                Shape::Union(union) => (&union.tag, union.variant(name)?.tag),
                Shape::Enumeration(enumeration) => {
                    let known = enumeration.names.iter().find(|(_, known)| **known == *name);
                    (&enumeration.tag, known?.0)
                }
                _ => return None,
            };
            Some(integers::tag(bits, tag_width(tag)))
        });
    found.unwrap_or_else(|| "nil".into())
}
