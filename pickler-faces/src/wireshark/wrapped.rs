//! Readers of what is around something else.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::schema::{
    Compression, Count, Expr, Fill, Filter, Meaning, Operator, Origin, Padding, Presence,
    Reference, Shape, Size, TextEncoding,
};

use super::expressions::function;
use super::integers;
use super::names::quoted;
use super::script::{Place, Script};
use super::shapes::{Written, terminator};
use super::values::literal;

impl Script<'_> {
    pub fn wrapped(&mut self, shape: &Shape, at: &Place) -> Written {
        let schema = self.schema;
        Ok(match shape {
            Shape::Unordered { list, by_key } => {
                let list = self.reader(list, at)?;
                Self::call("read.unordered", &[list, by_key.to_string()])
            }
            Shape::Optional { item, none } => {
                let none = literal(none, Some(item), schema);
                Self::call("read.optional", &[self.reader(item, at)?, none])
            }
            Shape::Conditional {
                item,
                presence,
                absent,
            } => {
                let absent = literal(absent, Some(item), schema);
                match presence {
                    Presence::Flag(flag) => {
                        let flag = self.reader(flag, &at.child("flag"))?;
                        let item = self.reader(item, at)?;
                        Self::call("read.if_flag", &[flag, item, absent])
                    }
                    Presence::If(condition) => {
                        let condition = function(condition, schema);
                        let item = self.reader(item, at)?;
                        Self::call("read.if_holds", &[condition, item, absent])
                    }
                    Presence::UnlessEnd => {
                        Self::call("read.unless_end", &[self.reader(item, at)?, absent])
                    }
                }
            }
            Shape::Constant { item, value } => {
                let value = literal(value, Some(item), schema);
                Self::call("read.constant", &[self.reader(item, at)?, value])
            }
            Shape::Choice {
                alternatives,
                names,
            } => {
                let place = |index: usize| match names.get(index) {
                    Some(name) => at.child(name),
                    None => at.child("item"),
                };
                let readers = alternatives.iter().enumerate();
                let readers: Result<Vec<String>, _> = readers
                    .map(|(index, item)| self.reader(item, &place(index)))
                    .collect();
                let names = names.iter().map(|name| quoted(name.as_bytes()));
                let names = names.collect::<Vec<_>>().join(", ");
                let readers = super::shapes::rows(&readers?);
                Self::call("read.choice", &[readers, format!("{{ {names} }}")])
            }
            Shape::Peeked { ahead, item } => {
                let ahead = self.reader(ahead, &at.quiet())?;
                let item = self.reader(item, &at.child("item"))?;
                Self::call("read.peeked", &[ahead, item])
            }
            Shape::Ordered { item, bytes, bits } => ordered(self.reader(item, at)?, *bytes, *bits),
            Shape::OrderedBy { item, little } => {
                let little = function(little, schema);
                Self::call("read.ordered_by", &[self.reader(item, at)?, little])
            }
            Shape::Given { item, arguments } => self.given(item, arguments, at)?,
            Shape::Shown { item, pairs } => {
                let pairs = pairs.iter().map(|(actual, shown)| {
                    let actual = literal(actual, Some(item), schema);
                    format!("{{ {actual}, {} }}", literal(shown, None, schema))
                });
                let pairs = format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "));
                Self::call("read.shown", &[self.reader(item, at)?, pairs])
            }
            Shape::Satisfying { item, condition } => {
                let text = quoted(condition.to_string().as_bytes());
                let condition = function(condition, schema);
                Self::call(
                    "read.satisfying",
                    &[self.reader(item, at)?, condition, text],
                )
            }
            Shape::Padded { item, padding } => {
                let arguments = [
                    padding.size.to_string(),
                    padding.unit.to_string(),
                    padding.unit_bytes.to_string(),
                    padding.ignored.to_string(),
                    self.reader(item, at)?,
                ];
                Self::call("read.padded", &arguments)
            }
            Shape::Means { item, meaning } => self.meaning(item, meaning, at)?,
            Shape::Sized {
                item,
                size,
                leftover,
            } => self.sized(item, size, *leftover, at)?,
            Shape::Filtered { item, filter } => self.filtered(item, filter, at)?,
            Shape::Behind { magic, item } => {
                let magic = self.reader(magic, &at.child("magic"))?;
                Self::call("read.behind", &[magic, self.reader(item, at)?])
            }
            Shape::Filled {
                item,
                fill,
                padding,
            } => {
                let fill = match fill {
                    Fill::Before(bits) => format!("before = {bits}"),
                    Fill::After(bits) => format!("after = {bits}"),
                    Fill::To(bytes) => format!("to = {bytes}"),
                    Fill::Align { bytes, from } => {
                        format!("align = {bytes}, from_record = {}", *from == Origin::Record)
                    }
                    Fill::AlignEnd { bytes, from } => {
                        let from_record = *from == Origin::Record;
                        format!("align_end = {bytes}, from_record = {from_record}")
                    }
                };
                let ignored = (*padding == Padding::Ignored).to_string();
                let item = self.reader(item, at)?;
                Self::call("read.filled", &[format!("{{ {fill} }}"), ignored, item])
            }
            Shape::Elsewhere { item, place } => {
                let arguments = [
                    function(&place.at, schema),
                    (place.from == Origin::Record).to_string(),
                    place.none.map_or_else(|| "nil".into(), integers::signed),
                    self.reader(item, at)?,
                ];
                Self::call("read.elsewhere", &arguments)
            }
            Shape::Shared { item, reference } => match reference {
                Reference::Offset { bits, mark } => {
                    let mark = integers::unsigned((*mark).into());
                    let item = self.reader(item, at)?;
                    Self::call("read.shared_by_offset", &[bits.to_string(), mark, item])
                }
                Reference::Number { prefix, table } => {
                    let prefix = self.reader(prefix, &at.child("number"))?;
                    let table = quoted(table.as_bytes());
                    let item = self.reader(item, at)?;
                    Self::call("read.shared_by_number", &[prefix, table, item])
                }
            },
            // A name for code, or another view of the same bytes.
            Shape::Mapped { item, .. } | Shape::Json { item } => self.reader(item, at)?,
            Shape::Boxed(item) => Self::call("read.boxed", &[self.reader(item, at)?]),
            Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Bytes { .. }
            | Shape::Text { .. }
            | Shape::List { .. }
            | Shape::Tuple(_)
            | Shape::Record(_)
            | Shape::Keyed(_)
            | Shape::ProtobufField { .. }
            | Shape::Union(_)
            | Shape::Enumeration(_)
            | Shape::Opaque(_)
            | Shape::Named(_) => self.reader(shape, at)?,
        })
    }

    fn given(&mut self, item: &Shape, arguments: &[Expr], at: &Place) -> Written {
        let Shape::Named(reference) = item else {
            return self.reader(item, at);
        };
        let definition = self.schema.definition(*reference);
        let parameters = definition.parameters.iter().zip(arguments);
        let parameters = parameters.map(|(parameter, argument)| {
            let name = quoted(parameter.name.as_bytes());
            format!("[{name}] = {}", function(argument, self.schema))
        });
        let parameters: Vec<String> = parameters.collect();
        let reader = if self.is_composite(&definition.shape) {
            let name = quoted(self.type_name(*reference).as_bytes());
            self.subtree(at, format!("read.parameterised({name})"))
        } else {
            self.reader(&definition.shape, at)?
        };
        let parameters = format!("{{ {} }}", parameters.join(", "));
        Ok(Self::call("read.given", &[reader, parameters]))
    }

    fn meaning(&mut self, item: &Shape, meaning: &Meaning, at: &Place) -> Written {
        let (kind, convert) = match meaning {
            Meaning::NonZero => {
                let item_is = Expr::Field("item".into());
                let is_not = Operator::NotEqual;
                let condition = Expr::Binary(Box::new(item_is), is_not, Box::new(Expr::Integer(0)));
                let text = quoted(condition.to_string().as_bytes());
                let condition = function(&condition, self.schema);
                let item = self.reader(item, at)?;
                return Ok(Self::call("read.satisfying", &[item, condition, text]));
            }
            Meaning::Within { min, max } => {
                let (min, max) = (integers::signed(*min), integers::signed(*max));
                return Ok(Self::call(
                    "read.within",
                    &[self.reader(item, at)?, min, max],
                ));
            }
            Meaning::Scaled { scale, unit } => {
                let unit = if unit.is_empty() {
                    String::new()
                } else {
                    format!(" {unit}")
                };
                let item = self.reader(item, at)?;
                let unit = quoted(unit.as_bytes());
                return Ok(Self::call("read.scaled", &[item, scale.to_string(), unit]));
            }
            Meaning::Flags { named, keeps } => {
                let reader = self.reader(item, at)?;
                let flags = named.iter().map(|(name, bits)| {
                    let field = self.field("bool", &at.child(name), None);
                    let name = quoted(name.as_bytes());
                    format!("{{ {name}, {}, {field} }}", integers::unsigned(*bits))
                });
                let flags = super::shapes::rows(&flags.collect::<Vec<_>>());
                return Ok(Self::call(
                    "read.flags",
                    &[reader, flags, keeps.to_string()],
                ));
            }
            Meaning::Ignored { .. } => {
                return Ok(Self::call("read.ignored", &[self.reader(item, at)?]));
            }
            Meaning::IpAddress => {
                let kind = match item {
                    Shape::Bytes {
                        count: Count::Fixed(4),
                    } => "ipv4",
                    Shape::Bytes {
                        count: Count::Fixed(16),
                    } => "ipv6",
                    item => return self.reader(item, at),
                };
                return self.address(kind, item, at);
            }
            Meaning::Uuid => return self.address("guid", item, at),
            Meaning::Digits { max } => {
                let kind = integers::kind(self.width(item), false);
                (
                    kind,
                    format!("meaning.digits({})", integers::unsigned(*max)),
                )
            }
            Meaning::ZigZag => (
                integers::kind(self.width(item), true),
                "meaning.zigzag".to_string(),
            ),
            Meaning::Character => ("string", "meaning.character".into()),
            Meaning::Text(TextEncoding::Ascii) => ("string", "meaning.ascii".into()),
            Meaning::Text(TextEncoding::Latin1) => ("string", "meaning.latin1".into()),
            Meaning::Text(TextEncoding::Utf16) => ("string", "meaning.utf16".into()),
            Meaning::Text(encoding) => {
                let encoding = quoted(format!("{encoding:?}").as_bytes());
                return Ok(Self::call(
                    "read.encoded",
                    &[self.reader(item, at)?, encoding],
                ));
            }
            meaning => return Err(at.unsupported(format!("the meaning {meaning:?}"))),
        };
        let item = self.reader(item, &at.quiet())?;
        let field = self.field(kind, at, None);
        Ok(Self::call("read.means", &[field, item, convert]))
    }

    fn address(&mut self, kind: &str, item: &Shape, at: &Place) -> Written {
        let item = self.reader(item, &at.quiet())?;
        Ok(Self::call(
            "read.address",
            &[self.field(kind, at, None), item],
        ))
    }

    /// Width in bits of the integer that carries something.
    fn width(&self, item: &Shape) -> u32 {
        match self.schema.meaning(item) {
            Shape::Integer { bits, .. } => *bits,
            Shape::Varint(format) => format.bits,
            Shape::Means { item, .. } => self.width(item),
            _ => 128,
        }
    }

    fn sized(&mut self, item: &Shape, size: &Size, leftover: bool, at: &Place) -> Written {
        let schema = self.schema;
        let mut sizes = match size {
            Size::Expr(size) => vec![format!("count.expression({})", function(size, schema))],
            Size::AllBut(behind) => vec![function(behind, schema)],
            Size::AtMost(most) => vec![most.to_string()],
            Size::Prefix {
                prefix,
                counts_itself,
            } => {
                let prefix = self.reader(prefix, &at.child("size"))?;
                if *counts_itself {
                    vec![prefix]
                } else {
                    vec![format!("count.prefix({prefix})")]
                }
            }
            Size::Until { end, ending } => vec![
                quoted(end),
                quoted(terminator(ending.terminator).as_bytes()),
                ending.or_end.to_string(),
            ],
        };
        let reader = match size {
            Size::Expr(_) => "read.sized",
            Size::AllBut(_) => "read.sized_all_but",
            Size::AtMost(_) => "read.sized_at_most",
            Size::Prefix { counts_itself, .. } => {
                if *counts_itself {
                    "read.sized_with_itself"
                } else {
                    "read.sized"
                }
            }
            Size::Until { .. } => "read.sized_until",
        };
        sizes.push(self.reader(item, at)?);
        sizes.push(leftover.to_string());
        Ok(Self::call(reader, &sizes))
    }

    fn filtered(&mut self, item: &Shape, filter: &Filter, at: &Place) -> Written {
        let schema = self.schema;
        let inside = at.child("clear");
        Ok(match filter {
            Filter::Xor(key) => {
                let key = key.iter().map(|part| function(part, schema));
                let key = format!("{{ {} }}", key.collect::<Vec<_>>().join(", "));
                let field = self.field("bytes", at, None);
                Self::call("read.xored", &[field, key, self.reader(item, &inside)?])
            }
            Filter::RotateLeft(by) | Filter::RotateRight(by) => {
                let left = matches!(filter, Filter::RotateLeft(_)).to_string();
                let field = self.field("bytes", at, None);
                let item = self.reader(item, &inside)?;
                Self::call("read.rotated", &[field, function(by, schema), left, item])
            }
            Filter::Compressed(compression) => {
                let algorithm = match compression {
                    Compression::Zlib => "zlib",
                    Compression::Deflate => "deflate",
                    Compression::Gzip => "gzip",
                    other => return Err(at.unsupported(format!("{other:?}"))),
                };
                let field = self.field("bytes", at, None);
                Self::call("read.compressed", &[field, quoted(algorithm.as_bytes())])
            }
            other => return Err(at.unsupported(format!("the filter {other:?}"))),
        })
    }
}

pub fn ordered(item: String, bytes: Option<ByteOrder>, bits: Option<BitOrder>) -> String {
    let little = match bytes {
        None => "nil",
        Some(ByteOrder::Big) => "false",
        Some(ByteOrder::Little) => "true",
    };
    let lsb = match bits {
        None => "nil",
        Some(BitOrder::Msb) => "false",
        Some(BitOrder::Lsb) => "true",
    };
    Script::call("read.ordered", &[item, little.into(), lsb.into()])
}
