//! Attributes of what is around something else.

use pickler::dynamic::Value;
use pickler::schema::{
    Compression, Expr, Fill, Filter, Meaning, Origin, Presence, Shape, Size, TextEncoding,
};

use super::expressions::Kind;
use super::format::{Format, Place, Type, entry, identifier};
use super::shapes::{Written, constant, ends};
use super::yaml::{Map, Yaml};
use crate::Unsupported;

impl Format<'_> {
    pub fn wrapped(&mut self, shape: &Shape, at: &Place, into: &mut Type) -> Written {
        match shape {
            Shape::Optional { item, none } => {
                let none = match none {
                    Value::Unsigned(none) => Some(none.to_string()),
                    Value::Negative(none) => Some(none.to_string()),
                    _ => None,
                };
                if let (Some(none), false) = (none, self.is_named(item)) {
                    let value = format!("{} != {none}", at.id);
                    let instance = Yaml::Map(vec![entry("value", value)]);
                    into.instances.push((format!("has_{}", at.id), instance));
                }
                self.keys(item, at, into)
            }
            Shape::Conditional { item, presence, .. } => {
                let condition = match presence {
                    Presence::Flag(flag) => {
                        let id = format!("has_{}", at.id);
                        let single = matches!(**flag, Shape::Bool { bits: 1 });
                        let flag = self.number_in_front(flag, id, at, into)?;
                        if single { flag } else { format!("{flag} != 0") }
                    }
                    Presence::If(condition) => self.condition_of(condition, &at.of)?,
                    Presence::UnlessEnd => "not _io.eof".into(),
                };
                let mut keys = self.item(item, at, into.bit)?;
                keys.push(entry("if", condition));
                Ok(keys)
            }
            Shape::Constant { item, value } => {
                let keys = self.keys(item, at, into)?;
                let is_bytes = matches!(**item, Shape::Bytes { .. } | Shape::Text { .. });
                match constant(value, item) {
                    Some(contents) if is_bytes => Ok(vec![contents]),
                    Some(valid) => Ok(with(keys, valid)),
                    None => Ok(keys),
                }
            }
            Shape::Behind { magic, item } => {
                let place = Place {
                    id: format!("magic_{}", at.id),
                    ..at.clone()
                };
                self.attribute(magic, &place, "", into)?;
                self.keys(item, at, into)
            }
            Shape::Ordered { item, bytes, bits } => {
                self.keys(item, &at.with(at.orders.with(*bytes, *bits)), into)
            }
            Shape::Given { item, arguments } => {
                let Shape::Named(reference) = &**item else {
                    return self.keys(item, at, into);
                };
                let arguments: Result<Vec<String>, Unsupported> = arguments
                    .iter()
                    .map(|argument| self.expression(argument, &at.of))
                    .collect();
                let name = self.mention(*reference, at.orders);
                Ok(vec![entry(
                    "type",
                    format!("{name}({})", arguments?.join(", ")),
                )])
            }
            Shape::Satisfying { item, condition } => {
                let keys = self.keys(item, at, into)?;
                self.know(&at.of, "_", &keys);
                // Not all conditions have a form; they say nothing of the bytes.
                match self.condition_of(condition, &at.of) {
                    Ok(text) if !keys.iter().any(|(key, _)| key == "repeat") => {
                        let expr = Yaml::Map(vec![entry("expr", text)]);
                        Ok(with(keys, ("valid".into(), expr)))
                    }
                    _ => Ok(keys),
                }
            }
            Shape::Padded { item, padding } => {
                let mut keys = self.keys(item, at, into)?;
                if Kind::of(&keys) != Kind::Literal {
                    return Err(at.unsupported("padding of what is neither bytes nor text"));
                }
                keys.retain(|(key, _)| key != "size-eos");
                keys.insert(0, entry("size", padding.size.to_string()));
                let ending = if padding.unit == 0 {
                    "terminator"
                } else {
                    "pad-right"
                };
                if padding.unit_bytes == 1 {
                    keys.insert(1, entry(ending, padding.unit.to_string()));
                }
                Ok(keys)
            }
            Shape::Means { item, meaning } => self.meaning(item, meaning, at, into),
            Shape::Sized { item, size, .. } => self.sized(item, size, at, into),
            Shape::Filtered { item, filter } => self.filtered(item, filter, at),
            Shape::Filled { item, fill, .. } => self.filled(item, *fill, at, into),
            Shape::Elsewhere { item, place } => {
                if place.from == Origin::Record {
                    return Err(at.unsupported("an offset from the start of a record"));
                }
                let offset = self.expression(&place.at, &at.of)?;
                let mut keys = self.item(item, at, Some(0))?;
                keys.insert(0, entry("pos", offset.clone()));
                keys.insert(0, entry("io", "_root._io"));
                if let Some(none) = place.none {
                    keys.push(entry("if", format!("{offset} != {none}")));
                }
                into.instances.push((at.id.clone(), Yaml::Map(keys)));
                // Nothing of it stands here.
                Ok(vec![entry("size", "0")])
            }
            Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Json { item }
            | Shape::Boxed(item) => self.keys(item, at, into),
            other => self.keys(other, at, into),
        }
    }

    /// It is one of an enum: numbers are no values of it.
    fn is_named(&self, shape: &Shape) -> bool {
        match self.schema.meaning(shape) {
            Shape::Enumeration(_) | Shape::Varint(_) => true,
            Shape::Means { item, .. } | Shape::Shown { item, .. } => self.is_named(item),
            _ => false,
        }
    }

    fn meaning(&mut self, item: &Shape, meaning: &Meaning, at: &Place, into: &mut Type) -> Written {
        let keys = self.keys(item, at, into)?;
        let is_plain = matches!(self.schema.meaning(item), Shape::Integer { .. });
        Ok(match meaning {
            Meaning::NonZero if is_plain => {
                let expr = Yaml::Map(vec![entry("expr", "_ != 0")]);
                with(keys, ("valid".into(), expr))
            }
            Meaning::Within { min, max } if is_plain => {
                let within = vec![entry("min", min.to_string()), entry("max", max.to_string())];
                with(keys, ("valid".into(), Yaml::Map(within)))
            }
            Meaning::Text(encoding) => {
                let name = match encoding {
                    TextEncoding::Ascii => "ASCII",
                    TextEncoding::Latin1 => "ISO-8859-1",
                    // A list of units, or a code page that not all languages have.
                    _ => return Ok(keys),
                };
                let mut keys = keys;
                keys.insert(0, entry("type", "str"));
                keys.push(entry("encoding", name));
                keys
            }
            Meaning::ZigZag if is_plain => {
                let id = &at.id;
                let value = format!("{id} % 2 == 0 ? {id} / 2 : -(({id} + 1) / 2)");
                let instance = Yaml::Map(vec![entry("value", value)]);
                into.instances.push((format!("{id}_signed"), instance));
                keys
            }
            Meaning::Flags { named, .. } if is_plain => {
                for (name, bits) in named {
                    let value = format!("({} & {bits}) == {bits}", at.id);
                    let instance = Yaml::Map(vec![entry("value", value)]);
                    let id = format!("{}_{}", at.id, identifier(name));
                    into.instances.push((id, instance));
                }
                keys
            }
            Meaning::Scaled { scale, .. } if is_plain => {
                let value = format!("{} * 1.0 / {scale}", at.id);
                let instance = Yaml::Map(vec![entry("value", value)]);
                into.instances.push((format!("{}_scaled", at.id), instance));
                keys
            }
            // The value is shown as it is on the wire.
            _ => keys,
        })
    }

    fn sized(&mut self, item: &Shape, size: &Size, at: &Place, into: &mut Type) -> Written {
        let bound = match size {
            Size::Expr(size) => vec![entry("size", self.expression(size, &at.of)?)],
            Size::AllBut(behind) => {
                let behind = self.expression(behind, &at.of)?;
                vec![entry("size", format!("_io.size - _io.pos - {behind}"))]
            }
            Size::AtMost(_) => return self.keys(item, at, into),
            Size::Prefix {
                prefix,
                counts_itself,
            } => {
                let id = format!("len_{}", at.id);
                let mut number = self.number_in_front(prefix, id, at, into)?;
                if *counts_itself {
                    let bits = self
                        .schema
                        .fixed_bits(prefix)
                        .ok_or_else(|| at.unsupported("a size that counts itself"))?;
                    number = format!("{number} - {}", bits / 8);
                }
                vec![entry("size", number)]
            }
            Size::Until { end, ending } => match &end[..] {
                [end] => ends(*end, *ending),
                _ => return Err(at.unsupported("an end of several bytes")),
            },
        };
        self.bounded(item, bound, at)
    }

    /// Something in a piece of the input.
    pub fn bounded(&mut self, item: &Shape, bound: Map, at: &Place) -> Written {
        let mut keys = self.item(item, at, Some(0))?;
        let is_bytes = keys.iter().any(|(key, _)| key == "size-eos");
        let has_type = keys.iter().any(|(key, value)| {
            key == "type" && matches!(value, Yaml::Text(name) if is_type(name))
        });
        let is_plain = keys
            .iter()
            .all(|(key, _)| !matches!(&**key, "repeat" | "process"));
        if is_bytes && is_plain {
            keys.retain(|(key, _)| key != "size-eos");
        } else if !has_type || !is_plain {
            let name = format!("{}_{}_piece", at.of, at.id);
            let mut made = Type::default();
            let place = self.within(at, &name);
            self.attribute(item, &place, "", &mut made)?;
            keys = vec![entry("type", self.add_type(&name, made))];
        }
        keys.extend(bound);
        Ok(keys)
    }

    fn filtered(&mut self, item: &Shape, filter: &Filter, at: &Place) -> Written {
        let process = match filter {
            Filter::Xor(key) => match &key[..] {
                [key] => format!("xor({})", self.expression(key, &at.of)?),
                key => {
                    let part = |part: &Expr| match part {
                        Expr::Integer(part) => Ok(part.to_string()),
                        part => {
                            Err(at.unsupported(format!("a key of several bytes with `{part}`")))
                        }
                    };
                    let key: Result<Vec<String>, Unsupported> = key.iter().map(part).collect();
                    format!("xor([{}])", key?.join(", "))
                }
            },
            Filter::RotateLeft(by) => format!("rol({})", self.expression(by, &at.of)?),
            Filter::RotateRight(by) => format!("ror({})", self.expression(by, &at.of)?),
            Filter::Compressed(Compression::Zlib) => "zlib".into(),
            other => return Err(at.unsupported(format!("{other:?}"))),
        };
        let bound = vec![entry("size-eos", "true"), entry("process", process)];
        self.bounded(item, bound, at)
    }

    fn filled(&mut self, item: &Shape, fill: Fill, at: &Place, into: &mut Type) -> Written {
        let pad = |bits: u64, name: &str| -> Map {
            let id = entry("id", format!("{name}_{}", at.id));
            match bits {
                bits if bits % 8 == 0 => vec![id, entry("size", (bits / 8).to_string())],
                bits if at.orders.lsb => vec![id, entry("type", format!("b{bits}le"))],
                bits => vec![id, entry("type", format!("b{bits}be"))],
            }
        };
        match fill {
            Fill::Before(bits) => {
                if into.bit != Some(0) && bits.is_multiple_of(8) {
                    return Err(at.unsupported("padding within bytes"));
                }
                into.seq.push(pad(bits, "pad"));
                into.bit = into.bit.map(|bit| (bit + bits) % 8);
                self.keys(item, at, into)
            }
            Fill::To(bytes) => {
                let bound = vec![entry("size", bytes.to_string())];
                self.bounded(item, bound, at)
            }
            Fill::Align {
                bytes,
                from: Origin::Message,
            } => {
                let size = format!("({bytes} - _root._io.pos % {bytes}) % {bytes}");
                into.seq.push(vec![
                    entry("id", format!("pad_{}", at.id)),
                    entry("size", size),
                ]);
                self.keys(item, at, into)
            }
            Fill::After(bits) => {
                if self.behind(item, Some(0)) != Some(0) && bits.is_multiple_of(8) {
                    return Err(at.unsupported("padding within bytes"));
                }
                let name = format!("{}_{}", at.of, at.id);
                let place = self.within(at, &name);
                let mut made = Type::default();
                self.attribute(item, &place, "", &mut made)?;
                made.seq.push(pad(bits, "pad_behind"));
                Ok(vec![entry("type", self.add_type(&name, made))])
            }
            Fill::AlignEnd {
                bytes,
                from: Origin::Record,
            } => {
                let name = format!("{}_{}", at.of, at.id);
                let place = self.within(at, &name);
                let mut made = Type::default();
                // An instance keeps the place at which it is asked for first.
                let start = Yaml::Map(vec![entry("value", "_io.pos")]);
                made.instances.push(("start".into(), start));
                made.seq.push(vec![
                    entry("id", "at_start"),
                    entry("size", "0"),
                    entry("if", "start >= 0"),
                ]);
                self.attribute(item, &place, "", &mut made)?;
                let size = format!("({bytes} - (_io.pos - start) % {bytes}) % {bytes}");
                made.seq
                    .push(vec![entry("id", "pad_behind"), entry("size", size)]);
                Ok(vec![entry("type", self.add_type(&name, made))])
            }
            Fill::Align { .. } | Fill::AlignEnd { .. } => Err(at.unsupported("such an alignment")),
        }
    }
}

/// It is the name of a type of the format.
pub fn is_type(name: &str) -> bool {
    let is_integer = name
        .strip_prefix(['u', 's', 'b', 'f'])
        .is_some_and(|rest| rest.starts_with(|it: char| it.is_ascii_digit()));
    name != "str" && !is_integer
}

/// The same keys with one more, in place of one of that name.
fn with(mut keys: Map, key: (String, Yaml)) -> Map {
    keys.retain(|(name, _)| *name != key.0);
    keys.push(key);
    keys
}
