//! Expressions as those of Kaitai Struct.

use std::collections::BTreeMap;

use pickler::schema::{
    Expr, Fill, Operator, Pattern, Record, Schema, Shape, TypeRef, UnaryOperator,
};

use super::format::{Format, identifier, parameter};
use super::yaml::{Map, Yaml};
use crate::Unsupported;

/// The number of an item, in what is repeated.
pub const INDEX: &str = "_index";

/// What an expression of Kaitai Struct is: none stands for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    Boolean,
    Enum,
    /// A number that is an instance of a type.
    Varint,
    /// Bytes, or text.
    Literal,
    /// Something of several parts.
    Composite,
}

impl Kind {
    /// Of the attribute of these keys.
    pub fn of(keys: &Map) -> Self {
        let has = |name: &str| keys.iter().any(|(key, _)| key == name);
        let kind = keys.iter().find(|(key, _)| key == "type");
        match kind {
            _ if has("repeat") => Self::Composite,
            _ if has("enum") => Self::Enum,
            None => Self::Literal,
            Some((_, Yaml::Text(name))) => match &**name {
                "b1be" | "b1le" | "b1" => Self::Boolean,
                "str" => Self::Literal,
                "leb128" | "leb128_signed" | "zigzag" => Self::Varint,
                name if super::wrapped::is_type(name) => Self::Composite,
                _ => Self::Number,
            },
            Some(_) => Self::Composite,
        }
    }
}

/// An attribute that an expression may mention.
#[derive(Clone, Debug)]
pub struct Known {
    pub kind: Kind,
    /// It is there where this holds; `None` if it always is.
    pub condition: Option<String>,
    /// The type that it, or each of it, is.
    pub named: Option<TypeRef>,
}

/// The names that an expression may mention.
struct Names<'a> {
    schema: &'a Schema,
    /// The attributes of each type.
    known: &'a BTreeMap<String, BTreeMap<String, Known>>,
    /// The type around some.
    around: &'a BTreeMap<String, String>,
    /// Where the expression stands.
    path: &'a str,
}

impl Format<'_> {
    /// An expression over the attributes of a type, as a number.
    pub fn expression(&self, expr: &Expr, of: &str) -> Result<String, Unsupported> {
        self.names(of).number(expr)
    }

    /// An expression as a condition: numbers are none there.
    pub fn condition_of(&self, expr: &Expr, of: &str) -> Result<String, Unsupported> {
        self.names(of).condition(expr)
    }

    fn names<'s>(&'s self, of: &'s str) -> Names<'s> {
        Names {
            schema: self.schema,
            known: &self.known,
            around: &self.around,
            path: of,
        }
    }
}

impl Names<'_> {
    fn unsupported(&self, expr: &Expr) -> Unsupported {
        Unsupported {
            what: format!("`{expr}`"),
            path: self.path.into(),
        }
    }

    /// What a name is there: an attribute of the type, or of one that it is a part
    /// of.
    fn find(&self, name: &str) -> Option<(String, &Known)> {
        let own = |id: &str| self.known.get(self.path)?.get(id);
        if name == "item" {
            return Some(("_".into(), own("_")?));
        }
        let id = identifier(name);
        let (mut of, mut prefix) = (self.path, String::new());
        loop {
            for id in [&id, &parameter(name)] {
                if let Some(known) = self.known.get(of).and_then(|known| known.get(id)) {
                    return Some((format!("{prefix}{id}"), known));
                }
            }
            // A field of that name is nearer.
            if name == "index"
                && prefix.is_empty()
                && let Some(known) = own(INDEX)
            {
                return Some((INDEX.into(), known));
            }
            of = self.around.get(of)?;
            prefix += "_parent.";
        }
    }

    fn number(&self, expr: &Expr) -> Result<String, Unsupported> {
        let (text, kind) = self.written(expr)?;
        match kind {
            Kind::Number => Ok(text),
            Kind::Boolean => Ok(format!("({text} ? 1 : 0)")),
            Kind::Enum => Ok(format!("{text}.to_i")),
            Kind::Varint => Ok(format!("{text}.value")),
            Kind::Literal | Kind::Composite => Err(self.unsupported(expr)),
        }
    }

    fn condition(&self, expr: &Expr) -> Result<String, Unsupported> {
        match self.written(expr)? {
            (text, Kind::Boolean) => Ok(text),
            _ => Ok(format!("{} != 0", self.number(expr)?)),
        }
    }

    fn written(&self, expr: &Expr) -> Result<(String, Kind), Unsupported> {
        let number = |text: String| (text, Kind::Number);
        let boolean = |text: String| (text, Kind::Boolean);
        let literal = |text: String| (text, Kind::Literal);
        Ok(match expr {
            Expr::Integer(value) if *value < 0 => number(format!("({value})")),
            Expr::Integer(value) => number(value.to_string()),
            Expr::Bool(value) => boolean(value.to_string()),
            Expr::Text(text)
                if text
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b'\'') =>
            {
                literal(format!("'{text}'"))
            }
            Expr::Bytes(bytes) => {
                let bytes: Vec<String> = bytes.iter().map(ToString::to_string).collect();
                literal(format!("[{}].as<bytes>", bytes.join(", ")))
            }
            Expr::Float(value) => number(format!("{:?}", value.get())),
            Expr::Field(name) => {
                let (name, known) = self.find(name).ok_or_else(|| self.unsupported(expr))?;
                (name, known.kind)
            }
            Expr::Member(of, name) => {
                let kind = self.kind(expr).ok_or_else(|| self.unsupported(expr))?;
                let (_, inside) = self.record(of).ok_or_else(|| self.unsupported(expr))?;
                let (of, _) = self.written(of)?;
                (format!("{of}{inside}.{}", identifier(name)), kind)
            }
            Expr::Item(of, index) => {
                let (of, _) = self.written(of)?;
                number(format!("{of}[{}]", self.number(index)?))
            }
            Expr::Variant { of, name } => {
                let tag = variant(of, name, self.schema).ok_or_else(|| self.unsupported(expr))?;
                number(tag)
            }
            Expr::Len(of) => number(format!("{}.size", self.written(of)?.0)),
            Expr::SizeOfSelf => number("_io.pos".into()),
            Expr::Unary(UnaryOperator::Negate, of) => number(format!("(-{})", self.number(of)?)),
            Expr::Unary(UnaryOperator::Not, of) => match self.written(of)? {
                (text, Kind::Boolean) => boolean(format!("(not {text})")),
                _ => number(format!("(~{})", self.number(of)?)),
            },
            Expr::Binary(left, operator, right) => self.binary(left, *operator, right)?,
            Expr::Cast(of, _) => number(self.number(of)?),
            Expr::If {
                condition,
                then,
                otherwise,
            } => number(format!(
                "({} ? {} : {})",
                self.condition(condition)?,
                self.number(then)?,
                self.number(otherwise)?
            )),
            Expr::Match {
                of,
                arms,
                otherwise,
            } => {
                let of = self.number(of)?;
                let mut text = self.number(otherwise)?;
                for arm in arms.iter().rev() {
                    let tests: Result<Vec<String>, Unsupported> = arm
                        .patterns
                        .iter()
                        .map(|pattern| match pattern {
                            Pattern::Value(value) => Ok(format!("{of} == {}", self.number(value)?)),
                            Pattern::Range(first, last) => {
                                Ok(format!("({of} >= {first} and {of} <= {last})"))
                            }
                        })
                        .collect();
                    let value = self.number(&arm.value)?;
                    text = format!("({} ? {value} : {text})", tests?.join(" or "));
                }
                number(text)
            }
            Expr::Present(name) => {
                let known = self.known.get(self.path);
                let known = known.and_then(|known| known.get(&identifier(name)));
                // Of others, a value tells it.
                let condition = known.and_then(|known| known.condition.clone());
                boolean(condition.ok_or_else(|| self.unsupported(expr))?)
            }
            Expr::Text(_)
            | Expr::Tag(_)
            | Expr::TagOfSelf
            | Expr::SizeOf(_)
            | Expr::OffsetOf(_) => return Err(self.unsupported(expr)),
        })
    }

    /// What a part of something is.
    fn kind(&self, expr: &Expr) -> Option<Kind> {
        let mut shape = self.schema.meaning(self.shape(expr)?);
        while let Shape::Means { item, .. } | Shape::Ordered { item, .. } = shape {
            shape = self.schema.meaning(item);
        }
        Some(match shape {
            Shape::Integer { bits: 1, .. } | Shape::Bool { bits: 1 } => Kind::Boolean,
            Shape::Varint(_) => Kind::Varint,
            Shape::Enumeration(enumeration) if is_enum(&enumeration.tag) => Kind::Enum,
            Shape::Integer { .. }
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Enumeration(_) => Kind::Number,
            Shape::Bytes { .. } | Shape::Text { .. } => Kind::Literal,
            _ => return None,
        })
    }

    /// The shape of something that has a name.
    fn shape(&self, expr: &Expr) -> Option<&Shape> {
        match expr {
            Expr::Field(name) => {
                let named = self.find(name)?.1.named?;
                Some(&self.schema.definition(named).shape)
            }
            Expr::Item(of, _) => self.shape(of),
            Expr::Member(of, name) => Some(&self.record(of)?.0.field(name)?.shape),
            _ => None,
        }
    }

    /// The record that something is, and where it is inside of its type.
    fn record(&self, expr: &Expr) -> Option<(&Record, &'static str)> {
        let mut shape = self.shape(expr)?;
        let mut is_type = matches!(expr, Expr::Field(_) | Expr::Item(..));
        let mut inside = "";
        // A type may contain nothing but itself.
        for _ in 0..=self.schema.types().len() + 64 {
            shape = match shape {
                Shape::Record(record) => return Some((record, inside)),
                Shape::Named(reference) => {
                    is_type = true;
                    &self.schema.definition(*reference).shape
                }
                Shape::Boxed(item) | Shape::Mapped { item, .. } | Shape::Ordered { item, .. } => {
                    item
                }
                Shape::Filled {
                    item,
                    fill: Fill::To(_),
                    ..
                } => {
                    if is_type {
                        inside = ".value";
                    }
                    is_type = false;
                    item
                }
                Shape::Given { item, .. }
                | Shape::Conditional { item, .. }
                | Shape::Sized { item, .. }
                    if !is_type =>
                {
                    item
                }
                _ => return None,
            };
        }
        None
    }

    fn binary(
        &self,
        left: &Expr,
        operator: Operator,
        right: &Expr,
    ) -> Result<(String, Kind), Unsupported> {
        let name = match operator {
            Operator::And => "and",
            Operator::Or => "or",
            operator => operator.symbol(),
        };
        if matches!(operator, Operator::And | Operator::Or) {
            let (left, right) = (self.condition(left)?, self.condition(right)?);
            return Ok((format!("({left} {name} {right})"), Kind::Boolean));
        }
        let compares = matches!(name, "==" | "!=" | "<" | "<=" | ">" | ">=");
        let kind = if compares {
            Kind::Boolean
        } else {
            Kind::Number
        };
        if compares
            && let ((left, Kind::Literal), (right, Kind::Literal)) =
                (self.written(left)?, self.written(right)?)
        {
            return Ok((format!("({left} {name} {right})"), kind));
        }
        let (left, right) = (self.number(left)?, self.number(right)?);
        Ok((format!("({left} {name} {right})"), kind))
    }
}

/// The values of an enumeration of that tag are those of an enum.
pub fn is_enum(tag: &Shape) -> bool {
    matches!(
        tag,
        Shape::Integer {
            signed: false,
            bits: 2..=64
        }
    )
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
