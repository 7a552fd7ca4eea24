//! Readers of fields that say which they are.

use std::fmt::Write as _;

use pickler::schema::{
    Form, KeyFormat, Keyed, KeyedField, LengthCounts, Number, Occurs, Shape, Unknown,
};

use super::integers;
use super::names::quoted;
use super::script::{Place, Script};
use super::shapes::{Written, named_numbers, rows};
use super::values::literal;

fn number(number: Number) -> String {
    match number {
        Number::Bits(bits) => format!("{{ bits = {bits} }}"),
        Number::Varint(encoding) => format!("{{ varint = \"{}\" }}", encoding.name()),
    }
}

impl Script<'_> {
    pub fn keyed(&mut self, keyed: &Keyed, at: &Place) -> Written {
        let mut entries = Vec::new();
        match &keyed.format {
            KeyFormat::Protobuf => entries.push("protobuf = true".into()),
            KeyFormat::Pairs(pairs) => {
                entries.push(format!("key = {}", number(pairs.key)));
                if let Some(size) = pairs.size {
                    let counts = match pairs.size_counts {
                        LengthCounts::Body => "body",
                        LengthCounts::Rest => "rest",
                        LengthCounts::Message => "message",
                    };
                    entries.push(format!(
                        "size = {}, size_counts = \"{counts}\"",
                        number(size)
                    ));
                }
                if let Some(count) = pairs.count {
                    let field = self.field("uint64", &at.child("count"), None);
                    entries.push(format!("count = {}, count_field = {field}", number(count)));
                }
                if let Some(terminator) = pairs.terminator {
                    entries.push(format!(
                        "terminator = {}",
                        integers::unsigned(terminator.into())
                    ));
                }
                if let Some(pad) = pairs.pad {
                    entries.push(format!("pad = {}", integers::unsigned(pad.into())));
                }
            }
        }
        entries.push(format!(
            "key_field = {}, size_field = {}",
            self.field("uint64", &at.child("key"), None),
            self.field("uint64", &at.child("size"), None)
        ));
        let (unknown, name) = match &keyed.unknown {
            Unknown::Refused => ("refused", "unknown"),
            Unknown::Ignored => ("ignored", "unknown"),
            Unknown::Kept(name) => ("kept", &**name),
        };
        entries.push(format!(
            "unknown = \"{unknown}\", unknown_field = {}",
            self.field("bytes", &at.child(name), None)
        ));
        if keyed.in_order {
            entries.push("in_order = true".into());
        }
        for field in &keyed.fields {
            entries.push(self.keyed_field(field, at)?);
        }
        Ok(format!("read.keyed({})", rows(&entries)))
    }

    fn keyed_field(&mut self, field: &KeyedField, at: &Place) -> Written {
        let place = at.child(&field.name).said(&field.doc);
        let occurs = match field.occurs {
            Occurs::Required => "required",
            Occurs::Optional => "optional",
            Occurs::Implicit => "implicit",
            Occurs::Repeated { .. } => "repeated",
        };
        let mut entry = format!(
            "{}, {}, \"{}\", \"{occurs}\", {}",
            quoted(field.name.as_bytes()),
            integers::unsigned(field.key.into()),
            field.form.name(),
            self.content(field.form, &field.shape, &place)?
        );
        if let Some(default) = &field.default {
            let default = literal(default, Some(&field.shape), self.schema);
            write!(entry, ", default = {default}").unwrap_or_default();
        }
        Ok(format!("{{ {entry} }}"))
    }

    /// The reader of a value in its form.
    fn content(&mut self, form: Form, shape: &Shape, at: &Place) -> Written {
        match form {
            Form::Plain | Form::Bytes | Form::Fixed32 | Form::Fixed64 => self.reader(shape, at),
            Form::Varint | Form::Zigzag => self.of_varint(shape, at),
        }
    }

    fn of_varint(&mut self, shape: &Shape, at: &Place) -> Written {
        match shape {
            Shape::Integer { bits, signed } => {
                let field = self.field(integers::kind(*bits, *signed), at, None);
                Ok(format!("read.of_varint({field}, {bits}, {signed})"))
            }
            Shape::Bool { bits } => {
                let field = self.field("bool", at, None);
                Ok(format!("read.of_varint({field}, {bits}, false)"))
            }
            Shape::Enumeration(enumeration) => {
                let names = enumeration.names.iter();
                let names: Vec<(u128, String)> =
                    names.map(|(tag, name)| (*tag, name.to_string())).collect();
                let other = enumeration.other.is_some();
                self.named_varint(&enumeration.tag, at, &names, other)
            }
            Shape::Named(reference) => {
                self.of_varint(&self.schema.definition(*reference).shape, at)
            }
            Shape::Boxed(item) | Shape::Mapped { item, .. } => self.of_varint(item, at),
            Shape::Shown { item, pairs } => {
                let pairs = pairs.iter().map(|(actual, shown)| {
                    let actual = literal(actual, Some(item), self.schema);
                    format!("{{ {actual}, {} }}", literal(shown, None, self.schema))
                });
                let pairs = format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "));
                let item = self.of_varint(item, at)?;
                Ok(Self::call("read.shown_varint", &[item, pairs]))
            }
            _ => Err(at.unsupported("a varint that is no integer, boolean or name")),
        }
    }

    /// A varint whose values have names.
    fn named_varint(
        &mut self,
        tag: &Shape,
        at: &Place,
        names: &[(u128, String)],
        other: bool,
    ) -> Written {
        let Shape::Integer { bits, signed } = tag else {
            return self.of_varint(tag, at);
        };
        let of_numbers = named_numbers(tag, names);
        let strings = of_numbers.replace("[\"", "[").replace("\"] =", "] =");
        let strings = (*bits <= 32 && !names.is_empty()).then_some(strings);
        let field = self.field(integers::kind(*bits, *signed), at, strings.as_deref());
        Ok(Self::call(
            "read.of_varint",
            &[
                field,
                bits.to_string(),
                signed.to_string(),
                of_numbers,
                other.to_string(),
            ],
        ))
    }

    pub fn protobuf_field(&mut self, number: u64, form: Form, item: &Shape, at: &Place) -> Written {
        let reader = self.content(form, item, at)?;
        Ok(self.one_protobuf_field(number, form, reader, at))
    }

    /// The tag of a union, in a protobuf field of its own.
    pub fn protobuf_tag(
        &mut self,
        number: u64,
        form: Form,
        item: &Shape,
        at: &Place,
        names: &[(u128, String)],
    ) -> Written {
        let reader = match form {
            Form::Varint | Form::Zigzag => self.named_varint(item, at, names, true)?,
            Form::Plain | Form::Bytes | Form::Fixed32 | Form::Fixed64 => {
                self.tag(item, at, names)?
            }
        };
        Ok(self.one_protobuf_field(number, form, reader, at))
    }

    fn one_protobuf_field(
        &mut self,
        number: u64,
        form: Form,
        reader: String,
        at: &Place,
    ) -> String {
        let key = self.field("uint64", &at.child("key"), None);
        let size = self.field("uint64", &at.child("size"), None);
        Self::call(
            "read.protobuf_field",
            &[
                number.to_string(),
                quoted(form.name().as_bytes()),
                format!("{{ key = {key}, size = {size} }}"),
                reader,
            ],
        )
    }
}
