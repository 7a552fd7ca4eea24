//! Attributes of shapes.

use pickler::cursor::ByteOrder;
use pickler::dynamic::Value;
use pickler::schema::{
    Count, Enumeration, Expr, Shape, Terminator, Until, VarintEncoding, VarintFormat,
};

use super::expressions::{INDEX, is_enum};
use super::format::{Format, Place, Type, contents, entry, identifier};
use super::integers::{kind, kind_within_byte};
use super::yaml::{Map, Yaml};
use crate::Unsupported;

pub type Written = Result<Map, Unsupported>;

/// In how many groups of seven bits an integer fits that all languages hold.
const GROUPS: usize = 10;

impl Format<'_> {
    /// It is a type of its own.
    pub fn is_composite(&self, shape: &Shape) -> bool {
        match self.schema.meaning(shape) {
            Shape::Tuple(_) | Shape::Record(_) | Shape::Keyed(_) | Shape::Union(_) => true,
            Shape::Boxed(item) => self.is_composite(item),
            _ => false,
        }
    }

    /// Puts the attributes of a shape into a type.
    pub fn parts(&mut self, shape: &Shape, at: &Place, into: &mut Type) -> Result<(), Unsupported> {
        match shape {
            Shape::Record(record) => {
                if let Some(magic) = &record.magic {
                    self.attribute(
                        magic,
                        &Place {
                            id: "magic".into(),
                            ..at.clone()
                        },
                        "",
                        into,
                    )?;
                }
                for field in &record.fields {
                    let place = Place {
                        id: identifier(&field.name),
                        ..at.clone()
                    };
                    let before = into.seq.len();
                    self.attribute(&field.shape, &place, &field.doc, into)?;
                    let Some(last) = into.seq.get_mut(before..).and_then(<[Map]>::last_mut) else {
                        continue;
                    };
                    for condition in &field.assertions {
                        // Not all conditions have a form; they say nothing of
                        // the bytes.
                        let text = self.condition_of(condition, &place.of);
                        if let Ok(text) = text
                            && !last.iter().any(|(key, _)| key == "valid")
                        {
                            last.push(("valid".into(), Yaml::Map(vec![entry("expr", text)])));
                        }
                    }
                }
                Ok(())
            }
            Shape::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    let place = Place {
                        id: format!("n{index}"),
                        ..at.clone()
                    };
                    self.attribute(item, &place, "", into)?;
                }
                Ok(())
            }
            Shape::Union(union) => self.union(union, at, into),
            Shape::Keyed(keyed) => self.keyed(keyed, at, into),
            Shape::Boxed(item) | Shape::Mapped { item, .. } => self.parts(item, at, into),
            Shape::Ordered { item, bytes, bits } => {
                self.parts(item, &at.with(at.orders.with(*bytes, *bits)), into)
            }
            shape => self.attribute(shape, at, "", into),
        }
    }

    /// Puts the attribute of a shape into a type, behind those that it needs.
    pub fn attribute(
        &mut self,
        shape: &Shape,
        at: &Place,
        doc: &str,
        into: &mut Type,
    ) -> Result<(), Unsupported> {
        let mut keys = self.keys(shape, at, into)?;
        if into.bit != Some(0) && !self.is_bits(shape) {
            return Err(at.unsupported("what does not start on a byte boundary"));
        }
        let is_taken = into
            .seq
            .iter()
            .any(|map| map.first() == Some(&entry("id", at.id.clone())));
        if is_taken {
            return Err(at.unsupported("another field of this name"));
        }
        self.know(&at.of, &at.id, &keys);
        // Nothing of it stands here.
        if into.instances.last().is_some_and(|(id, _)| *id == at.id) {
            return Ok(());
        }
        into.bit = self.behind(shape, into.bit);
        let mut map = vec![entry("id", at.id.clone())];
        map.append(&mut keys);
        if !doc.trim().is_empty() {
            map.push(("doc".into(), Yaml::Words(doc.trim().into())));
        }
        into.seq.push(map);
        Ok(())
    }

    /// The keys of something that stands alone: what needs more is a type of
    /// its own.
    pub fn item(&mut self, shape: &Shape, at: &Place, bit: Option<u64>) -> Written {
        let mut around = Type {
            bit,
            ..Type::default()
        };
        let keys = self.keys(shape, at, &mut around)?;
        let is_alone = around.seq.is_empty()
            && around.instances.is_empty()
            && !keys
                .iter()
                .any(|(key, _)| matches!(&**key, "repeat" | "if"));
        if is_alone {
            return Ok(keys);
        }
        if bit != Some(0) {
            return Err(at.unsupported("what does not start on a byte boundary"));
        }
        let name = format!("{}_{}", at.of, at.id);
        let mut made = Type::default();
        let place = self.within(at, &name);
        self.attribute(shape, &place, "", &mut made)?;
        Ok(vec![entry("type", self.add_type(&name, made))])
    }

    /// The keys of an attribute; those in front of it are put into the type.
    pub fn keys(&mut self, shape: &Shape, at: &Place, into: &mut Type) -> Written {
        match shape {
            Shape::Integer { bits, signed } => integer(*bits, *signed, at, into),
            Shape::Bool { bits } => {
                let mut keys = integer(*bits, false, at, into)?;
                // A single bit is a boolean by itself.
                if *bits == 1 {
                    return Ok(keys);
                }
                let both = Yaml::Row(vec!["0".into(), "1".into()]);
                keys.push(("valid".into(), Yaml::Map(vec![("any-of".into(), both)])));
                Ok(keys)
            }
            Shape::Float {
                bits: bits @ (32 | 64),
            } => {
                let end = if at.orders.little { "le" } else { "be" };
                Ok(vec![entry("type", format!("f{}{end}", bits / 8))])
            }
            Shape::Float { bits } => Err(at.unsupported(format!("a float of {bits} bits"))),
            Shape::Varint(format) => self.varint(*format, at),
            Shape::Bytes { count } => self.counted(count, at, into),
            Shape::Text { count } => {
                let mut keys = vec![entry("type", "str")];
                keys.extend(self.counted(count, at, into)?);
                keys.push(entry("encoding", "UTF-8"));
                Ok(keys)
            }
            Shape::List { item, count } => self.list(item, count, at, into),
            Shape::Unordered { list, .. } => self.keys(list, at, into),
            Shape::Enumeration(enumeration) => self.enumeration(enumeration, at, into),
            Shape::Named(reference) if self.is_composite(shape) => {
                Ok(vec![entry("type", self.mention(*reference, at.orders))])
            }
            Shape::Named(reference) => {
                self.keys(&self.schema.definition(*reference).shape, at, into)
            }
            Shape::Record(_) | Shape::Tuple(_) | Shape::Union(_) | Shape::Keyed(_) => {
                let name = format!("{}_{}", at.of, at.id);
                let place = self.within(at, &name);
                let mut made = Type::default();
                self.parts(shape, &place, &mut made)?;
                Ok(vec![entry("type", self.add_type(&name, made))])
            }
            Shape::ProtobufField { form, item, .. } => self.protobuf_field(*form, item, at),
            Shape::Choice { .. } => Err(at.unsupported("alternatives")),
            Shape::Peeked { .. } => Err(at.unsupported("two views of the same bytes")),
            Shape::Shared { .. } => Err(at.unsupported("references to what was seen before")),
            Shape::OrderedBy { item, little } => self.ordered_by(item, little, at, into),
            Shape::Opaque(opaque) => Err(at.unsupported(format!("the codec `{}`", opaque.name))),
            Shape::Optional { .. }
            | Shape::Conditional { .. }
            | Shape::Constant { .. }
            | Shape::Ordered { .. }
            | Shape::Given { .. }
            | Shape::Shown { .. }
            | Shape::Mapped { .. }
            | Shape::Satisfying { .. }
            | Shape::Padded { .. }
            | Shape::Means { .. }
            | Shape::Sized { .. }
            | Shape::Filtered { .. }
            | Shape::Behind { .. }
            | Shape::Filled { .. }
            | Shape::Elsewhere { .. }
            | Shape::Json { .. }
            | Shape::Boxed(_) => self.wrapped(shape, at, into),
        }
    }

    /// A type with the groups of a variable-length integer, and its value.
    fn varint(&mut self, format: VarintFormat, at: &Place) -> Written {
        let name = match format.encoding {
            VarintEncoding::Leb128 if format.signed => "leb128_signed",
            VarintEncoding::Leb128 | VarintEncoding::Mqtt => "leb128",
            VarintEncoding::ZigZag => "zigzag",
            encoding => return Err(at.unsupported(format!("`{encoding}`"))),
        };
        Ok(vec![entry("type", self.leb128(name))])
    }

    pub fn leb128(&mut self, name: &str) -> String {
        self.add_own("leb128_group", || {
            let bit = vec![entry("id", "has_next"), entry("type", "b1be")];
            let bits = vec![entry("id", "value"), entry("type", "b7be")];
            let seq = vec![Yaml::Map(bit), Yaml::Map(bits)];
            vec![("seq".into(), Yaml::List(seq))]
        });
        self.add_own(name, || {
            let groups = vec![
                entry("id", "groups"),
                entry("type", "leb128_group"),
                entry("repeat", "until"),
                entry("repeat-until", "not _.has_next"),
            ];
            // Products, since shifts have 32 bits in some languages.
            let term = |index: usize| match index {
                0 => "groups[0].value".to_string(),
                index => format!(
                    "(groups.size > {index} ? groups[{index}].value * {} : 0)",
                    1_u128 << (7 * index)
                ),
            };
            let sum = (0..GROUPS - 1).map(term).collect::<Vec<_>>().join(" + ");
            let value = match name {
                "zigzag" => "carried % 2 == 0 ? carried / 2 : -((carried + 1) / 2)",
                // The tenth group is there for numbers below 0 only.
                "leb128_signed" => {
                    "groups.size < 10 ? carried : carried - 4611686018427387904 - 4611686018427387904"
                }
                _ => "carried",
            };
            let instances = vec![
                ("carried".into(), Yaml::Map(vec![entry("value", sum)])),
                ("value".into(), Yaml::Map(vec![entry("value", value)])),
            ];
            vec![
                ("seq".into(), Yaml::List(vec![Yaml::Map(groups)])),
                ("instances".into(), Yaml::Map(instances)),
            ]
        })
    }

    /// The attribute of a number in front, and how it is written in expressions.
    pub fn number_in_front(
        &mut self,
        prefix: &Shape,
        id: String,
        at: &Place,
        into: &mut Type,
    ) -> Result<String, Unsupported> {
        let place = Place {
            id: id.clone(),
            ..at.clone()
        };
        self.attribute(prefix, &place, "", into)?;
        let is_varint = matches!(self.schema.meaning(prefix), Shape::Varint(_));
        Ok(if is_varint { format!("{id}.value") } else { id })
    }

    fn counted(&mut self, count: &Count, at: &Place, into: &mut Type) -> Written {
        Ok(match count {
            Count::Fixed(count) => vec![entry("size", count.to_string())],
            Count::Prefix(prefix) => {
                let id = format!("len_{}", at.id);
                vec![entry("size", self.number_in_front(prefix, id, at, into)?)]
            }
            Count::Expr(expr) => vec![entry("size", self.expression(expr, &at.of)?)],
            Count::Rest => vec![entry("size-eos", "true")],
            Count::Until(Until {
                end: Value::Bytes(end),
                ending,
                ..
            }) => {
                let [end] = &end[..] else {
                    return Err(at.unsupported("an end of several bytes"));
                };
                ends(*end, *ending)
            }
            Count::Until(_) | Count::Last(_) => return Err(at.unsupported("such an end")),
        })
    }

    fn list(&mut self, item: &Shape, count: &Count, at: &Place, into: &mut Type) -> Written {
        let repeated = match count {
            Count::Fixed(count) => vec![
                entry("repeat", "expr"),
                entry("repeat-expr", count.to_string()),
            ],
            Count::Prefix(prefix) => {
                let id = format!("num_{}", at.id);
                let number = self.number_in_front(prefix, id, at, into)?;
                vec![entry("repeat", "expr"), entry("repeat-expr", number)]
            }
            Count::Expr(expr) => vec![
                entry("repeat", "expr"),
                entry("repeat-expr", self.expression(expr, &at.of)?),
            ],
            Count::Rest => vec![entry("repeat", "eos")],
            Count::Last(last) => {
                let mut keys = self.repeated(item, at, into.bit)?;
                self.know(&at.of, "_", &keys);
                let until = self.condition_of(last, &at.of)?;
                keys.extend([entry("repeat", "until"), entry("repeat-until", until)]);
                return Ok(keys);
            }
            // It is one of the items.
            Count::Until(until) => {
                let end = match &until.end {
                    Value::Unsigned(end) => end.to_string(),
                    Value::Negative(end) => end.to_string(),
                    _ => return Err(at.unsupported("an end that is no integer")),
                };
                let or_end = if until.ending.or_end {
                    " or _io.eof"
                } else {
                    ""
                };
                if until.ending.terminator == Terminator::Left {
                    return Err(at.unsupported("an end that is left"));
                }
                vec![
                    entry("repeat", "until"),
                    entry("repeat-until", format!("_ == {end}{or_end}")),
                ]
            }
        };
        let mut keys = self.repeated(item, at, into.bit)?;
        keys.extend(repeated);
        Ok(keys)
    }

    /// The keys of an item of a list, which may mention its number.
    fn repeated(&mut self, item: &Shape, at: &Place, bit: Option<u64>) -> Written {
        self.know(&at.of, INDEX, &vec![entry("type", "s4")]);
        let keys = self.item(item, at, bit);
        self.forget(&at.of, INDEX);
        keys
    }

    /// One type or another, as a condition says.
    fn ordered_by(&mut self, item: &Shape, little: &Expr, at: &Place, into: &Type) -> Written {
        let little = self.condition_of(little, &at.of)?;
        let mut keys = |order| {
            let at = at.with(at.orders.with(Some(order), None));
            self.item(item, &at, into.bit)
        };
        let (big, mut keys) = (keys(ByteOrder::Big)?, keys(ByteOrder::Little)?);
        if big == keys {
            return Ok(keys);
        }
        let is_one = |keys: &Map| matches!(&keys[..], [(key, Yaml::Text(_))] if key == "type");
        if !is_one(&big) || !is_one(&keys) {
            return Err(at.unsupported("a byte order that a field decides"));
        }
        let case = |name: &str, keys: &mut Map| (name.to_owned(), keys.remove(0).1);
        let cases = vec![case("1", &mut keys), case("_", &mut big.clone())];
        let switch = vec![
            entry("switch-on", format!("({little} ? 1 : 0)")),
            ("cases".into(), Yaml::Map(cases)),
        ];
        Ok(vec![("type".into(), Yaml::Map(switch))])
    }

    fn enumeration(&mut self, enumeration: &Enumeration, at: &Place, into: &mut Type) -> Written {
        let names = enumeration.names.iter();
        let names: Vec<(u128, String)> =
            names.map(|(tag, name)| (*tag, name.to_string())).collect();
        let mut keys = self.keys(&enumeration.tag, at, into)?;
        if !is_enum(&enumeration.tag) {
            return Ok(keys);
        }
        keys.push(entry(
            "enum",
            self.add_enum(&format!("{}_{}", at.of, at.id), &names),
        ));
        if enumeration.other.is_none() {
            keys.push(("valid".into(), Yaml::Map(vec![entry("in-enum", "true")])));
        }
        Ok(keys)
    }
}

fn integer(bits: u32, signed: bool, at: &Place, into: &mut Type) -> Written {
    let found = match into.bit {
        Some(0) => kind(bits, signed, at.orders),
        _ => kind_within_byte(bits, signed, at.orders),
    };
    let Some((name, lacks_sign)) = found else {
        if bits.is_multiple_of(8) && into.bit == Some(0) {
            // No language has them: their bytes.
            return Ok(vec![entry("size", (bits / 8).to_string())]);
        }
        return Err(at.unsupported(format!("an integer of {bits} bits in this order")));
    };
    if lacks_sign {
        let id = &at.id;
        let (half, all) = (1_u128 << (bits - 1), 1_u128 << bits);
        let value = format!("{id} >= {half} ? {id} - {all} : {id}");
        let instance = Yaml::Map(vec![entry("value", value)]);
        into.instances.push((format!("{id}_signed"), instance));
    }
    Ok(vec![entry("type", name)])
}

/// What ends text, bytes or a piece.
pub fn ends(end: u8, ending: pickler::schema::Ending) -> Map {
    let mut keys = vec![entry("terminator", end.to_string())];
    match ending.terminator {
        Terminator::Taken => {}
        Terminator::Kept => keys.push(entry("include", "true")),
        Terminator::Left => keys.push(entry("consume", "false")),
    }
    if ending.or_end {
        keys.push(entry("eos-error", "false"));
    }
    keys
}

/// A constant, as far as Kaitai Struct compares it.
pub fn constant(value: &Value, shape: &Shape) -> Option<(String, Yaml)> {
    match (value, shape) {
        (Value::Bytes(bytes), _) => Some(contents(bytes)),
        (Value::Text(text), Shape::Text { .. } | Shape::Bytes { .. }) => {
            Some(contents(text.as_bytes()))
        }
        (Value::Unsigned(value), _) => Some(entry("valid", value.to_string())),
        (Value::Negative(value), _) => Some(entry("valid", value.to_string())),
        _ => None,
    }
}
