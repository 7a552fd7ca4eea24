//! Readers of shapes.

use std::fmt::Write as _;

use pickler::schema::{Count, Enumeration, Record, Shape, Terminator};

use super::expressions::function;
use super::names::{indented, quoted};
use super::script::{Place, Script};
use super::values::{literal, tag_width};
use super::{Unsupported, integers};

pub type Written = Result<String, Unsupported>;

impl Script<'_> {
    /// It takes up a subtree.
    pub fn is_composite(&self, shape: &Shape) -> bool {
        match shape {
            Shape::List { .. }
            | Shape::Unordered { .. }
            | Shape::Tuple(_)
            | Shape::Record(_)
            | Shape::Keyed(_)
            | Shape::Union(_)
            | Shape::Choice { .. }
            | Shape::Peeked { .. } => true,
            Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Bytes { .. }
            | Shape::Text { .. }
            | Shape::Enumeration(_)
            | Shape::Opaque(_)
            // One field shows what they stand for, or what they hide.
            | Shape::Means { .. }
            | Shape::Filtered { .. } => false,
            Shape::ProtobufField { item, .. }
            | Shape::Optional { item, .. }
            | Shape::Conditional { item, .. }
            | Shape::Constant { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Given { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Padded { item, .. }
            | Shape::Sized { item, .. }
            | Shape::Behind { item, .. }
            | Shape::Filled { item, .. }
            | Shape::Elsewhere { item, .. }
            | Shape::Shared { item, .. }
            | Shape::Json { item }
            | Shape::Boxed(item) => self.is_composite(item),
            Shape::Named(reference) => self.is_composite(&self.schema.definition(*reference).shape),
        }
    }

    /// It takes up a subtree by itself, and not by what is in it.
    pub fn has_own_subtree(&self, shape: &Shape) -> bool {
        match shape {
            Shape::List { .. }
            | Shape::Tuple(_)
            | Shape::Record(_)
            | Shape::Keyed(_)
            | Shape::Union(_)
            | Shape::Choice { .. }
            | Shape::Peeked { .. } => true,
            Shape::Named(_) => self.is_composite(shape),
            _ => false,
        }
    }

    /// The reader of something: what takes up a subtree has one.
    pub fn reader(&mut self, shape: &Shape, at: &Place) -> Written {
        if self.has_own_subtree(shape) {
            let body = self.body(shape, at)?;
            return Ok(self.subtree(at, body));
        }
        match shape {
            Shape::Named(reference) => self.reader(&self.schema.definition(*reference).shape, at),
            shape => self.body(shape, at),
        }
    }

    pub fn subtree(&mut self, at: &Place, body: String) -> String {
        let field = self.field("none", at, None);
        if at.quiet {
            body
        } else {
            Self::call("subtree", &[field, body])
        }
    }

    /// The reader of something in a subtree that is there.
    pub fn body(&mut self, shape: &Shape, at: &Place) -> Written {
        match shape {
            Shape::Integer { bits, signed } => {
                let field = self.field(integers::kind(*bits, *signed), at, None);
                Ok(format!("read.integer({field}, {bits}, {signed})"))
            }
            Shape::Varint(_) => self.varint(shape, at, None),
            Shape::Bool { bits } => {
                let field = self.field("bool", at, None);
                Ok(format!("read.boolean({field}, {bits})"))
            }
            Shape::Float { bits } => {
                let field = self.field("double", at, None);
                Ok(format!("read.float({field}, {bits})"))
            }
            Shape::Bytes { count } => self.counted("bytes", "bytes", count, at),
            Shape::Text { count } => self.counted("text", "string", count, at),
            Shape::List { item, count } => self.list(item, count, at),
            Shape::Tuple(items) => {
                let items = items.iter().enumerate();
                let items: Result<Vec<String>, _> = items
                    .map(|(index, item)| self.reader(item, &at.child(&index.to_string())))
                    .collect();
                Ok(format!("read.tuple({})", rows(&items?)))
            }
            Shape::Record(record) => self.record(record, at),
            Shape::Keyed(keyed) => self.keyed(keyed, at),
            Shape::ProtobufField { number, form, item } => {
                self.protobuf_field(*number, *form, item, at)
            }
            Shape::Union(union) => self.union(union, at),
            Shape::Enumeration(enumeration) => self.enumeration(enumeration, at),
            Shape::Opaque(opaque) => {
                let field = self.field("bytes", at, None);
                Ok(format!(
                    "read.opaque({field}, {})",
                    quoted(opaque.name.as_bytes())
                ))
            }
            Shape::Named(reference) => {
                let definition = self.schema.definition(*reference);
                if self.is_composite(&definition.shape) {
                    let name = quoted(self.type_name(*reference).as_bytes());
                    Ok(format!("read.named({name})"))
                } else {
                    self.body(&definition.shape, at)
                }
            }
            Shape::Unordered { .. }
            | Shape::Optional { .. }
            | Shape::Conditional { .. }
            | Shape::Constant { .. }
            | Shape::Choice { .. }
            | Shape::Peeked { .. }
            | Shape::Ordered { .. }
            | Shape::OrderedBy { .. }
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
            | Shape::Shared { .. }
            | Shape::Json { .. }
            | Shape::Boxed(_) => self.wrapped(shape, at),
        }
    }

    fn varint(&mut self, shape: &Shape, at: &Place, names: Option<&str>) -> Written {
        let Shape::Varint(format) = shape else {
            return self.body(shape, at);
        };
        let field = self.field(integers::kind(format.bits, format.signed), at, names);
        Ok(format!(
            "read.varint({field}, \"{}\", {}, {}, {})",
            format.encoding.name(),
            format.bits,
            format.signed,
            format.lenient
        ))
    }

    /// The reader of a tag, whose values have names.
    pub fn tag(&mut self, tag: &Shape, at: &Place, names: &[(u128, String)]) -> Written {
        match tag {
            Shape::Integer { bits, signed } => {
                let names = (*bits <= 32).then(|| value_strings(tag, names));
                let field = self.field(integers::kind(*bits, *signed), at, names.as_deref());
                Ok(format!("read.integer({field}, {bits}, {signed})"))
            }
            Shape::Varint(format) => {
                let names = (format.bits <= 32).then(|| value_strings(tag, names));
                self.varint(tag, at, names.as_deref())
            }
            Shape::ProtobufField { number, form, item } => {
                self.protobuf_tag(*number, *form, item, at, names)
            }
            Shape::Ordered { item, bytes, bits } => {
                let item = self.tag(item, at, names)?;
                Ok(super::wrapped::ordered(item, *bytes, *bits))
            }
            tag => self.reader(tag, at),
        }
    }

    fn enumeration(&mut self, enumeration: &Enumeration, at: &Place) -> Written {
        let names = enumeration.names.iter();
        let names: Vec<(u128, String)> =
            names.map(|(tag, name)| (*tag, name.to_string())).collect();
        let tag = self.tag(&enumeration.tag, at, &names)?;
        Ok(Self::call(
            "read.enumeration",
            &[
                tag,
                named_numbers(&enumeration.tag, &names),
                enumeration.other.is_some().to_string(),
            ],
        ))
    }

    fn counted(&mut self, reader: &str, kind: &str, count: &Count, at: &Place) -> Written {
        let number = match count {
            Count::Until(until) => {
                let end = literal(&until.end, None, self.schema);
                let ending = until.ending;
                let terminator = terminator(ending.terminator);
                let field = self.field(kind, at, None);
                return Ok(format!(
                    "read.{reader}({field}, count.until_bytes({end}, \"{terminator}\", {}, {}))",
                    ending.or_end,
                    kind == "string"
                ));
            }
            count => self.number(count, 8, &at.child("length"))?,
        };
        let field = self.field(kind, at, None);
        let number = format!("count.bytes({number})");
        Ok(Self::call(&format!("read.{reader}"), &[field, number]))
    }

    /// How many units there are, where something says so in front of them.
    fn number(&mut self, count: &Count, unit: u64, at: &Place) -> Written {
        Ok(match count {
            Count::Fixed(number) => format!("count.fixed({number})"),
            Count::Prefix(prefix) => format!("count.prefix({})", self.reader(prefix, at)?),
            Count::Expr(expr) => format!("count.expression({})", function(expr, self.schema)),
            Count::Rest => format!("count.rest({unit})"),
            // They are looked for: there is no number.
            Count::Until(_) | Count::Last(_) => "count.fixed(0)".into(),
        })
    }

    fn list(&mut self, item: &Shape, count: &Count, at: &Place) -> Written {
        let mut number = None;
        if matches!(count, Count::Fixed(_) | Count::Prefix(_) | Count::Expr(_)) {
            number = Some(self.number(count, 8, &at.child("count"))?);
        }
        let reader = self.reader(item, &at.child("item"))?;
        Ok(match count {
            Count::Rest => Self::call("read.list_to_end", &[reader]),
            Count::Until(until) => {
                let end = literal(&until.end, Some(item), self.schema);
                let terminator = quoted(terminator(until.ending.terminator).as_bytes());
                let or_end = until.ending.or_end.to_string();
                Self::call("read.list_until", &[reader, end, terminator, or_end])
            }
            Count::Last(last) => {
                Self::call("read.list_to_last", &[reader, function(last, self.schema)])
            }
            Count::Fixed(_) | Count::Prefix(_) | Count::Expr(_) => {
                Self::call("read.list", &[number.unwrap_or_default(), reader])
            }
        })
    }

    fn record(&mut self, record: &Record, at: &Place) -> Written {
        let mut entries = Vec::new();
        if let Some(magic) = &record.magic {
            entries.push(format!(
                "magic = {}",
                self.reader(magic, &at.child("magic"))?
            ));
        }
        if !record.assertions.is_empty() {
            entries.push(format!(
                "conditions = {}",
                self.conditions(&record.assertions)
            ));
        }
        for field in &record.fields {
            let place = at.child(&field.name).said(&field.doc);
            let reader = self.reader(&field.shape, &place)?;
            let mut entry = format!("{}, {reader}", quoted(field.name.as_bytes()));
            if let Some(sum) = field.checksum {
                let fields = sum.fields.map_or_else(String::new, |(first, last)| {
                    format!(", first = {}, last = {}", first + 1, last + 1)
                });
                let algorithm = sum.algorithm.name();
                write!(entry, ", sum = {{ algorithm = \"{algorithm}\"{fields} }}")
                    .unwrap_or_default();
            } else if let Some(derived) = &field.derived {
                write!(entry, ", derived = {}", function(derived, self.schema)).unwrap_or_default();
            }
            if !field.assertions.is_empty() {
                write!(
                    entry,
                    ", conditions = {}",
                    self.conditions(&field.assertions)
                )
                .unwrap_or_default();
            }
            entries.push(format!("{{ {entry} }}"));
        }
        Ok(format!("read.record({})", rows(&entries)))
    }

    fn conditions(&self, conditions: &[pickler::schema::Expr]) -> String {
        let conditions = conditions.iter().map(|condition| {
            let text = quoted(condition.to_string().as_bytes());
            format!("{{ {}, {text} }}", function(condition, self.schema))
        });
        format!("{{ {} }}", conditions.collect::<Vec<_>>().join(", "))
    }
}

/// The names of a tag's values, as Wireshark has them.
fn value_strings(tag: &Shape, names: &[(u128, String)]) -> String {
    let names = names.iter().map(|(bits, name)| {
        let number = integers::tag(*bits, tag_width(tag));
        format!("[{number}] = {}", quoted(name.as_bytes()))
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return "nil".into();
    }
    rows_or_line(&names)
}

/// The same by their digits.
pub fn named_numbers(tag: &Shape, names: &[(u128, String)]) -> String {
    let names = names.iter().map(|(bits, name)| {
        let number = integers::tag(*bits, tag_width(tag));
        let number = number
            .trim_start_matches("int.parse(\"")
            .trim_end_matches("\")");
        format!("[\"{number}\"] = {}", quoted(name.as_bytes()))
    });
    rows_or_line(&names.collect::<Vec<_>>())
}

pub fn terminator(terminator: Terminator) -> &'static str {
    match terminator {
        Terminator::Taken => "taken",
        Terminator::Kept => "kept",
        Terminator::Left => "left",
    }
}

/// A table with an entry a line.
pub fn rows(entries: &[String]) -> String {
    if entries.is_empty() {
        return "{}".into();
    }
    let entries: Vec<String> = entries.iter().map(|entry| indented(entry)).collect();
    format!("{{\n  {},\n}}", entries.join(",\n  "))
}

fn rows_or_line(entries: &[String]) -> String {
    let line = entries.join(", ");
    if line.len() < 70 {
        format!("{{ {line} }}")
    } else {
        rows(entries)
    }
}
