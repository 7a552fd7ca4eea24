//! Keyed records.

use pickler::schema::{
    Form, KeyFormat, Keyed, KeyedField, LengthCounts, Number, Occurs, Pairs, Unknown,
};

use super::Printer;
use super::name::Name;
use super::shape::varint_word;

impl Printer<'_> {
    /// The word that begins one.
    pub(super) fn kind_of(keyed: &Keyed) -> &'static str {
        match keyed.format {
            KeyFormat::Protobuf => "protobuf",
            KeyFormat::Pairs(_) => "keyed",
        }
    }

    /// What is said of one in front of its fields, each behind a space.
    pub(super) fn keyed_head(&mut self, keyed: &Keyed) {
        if let KeyFormat::Pairs(pairs) = keyed.format {
            self.pairs(pairs);
        }
        if keyed.in_order {
            self.put(" in order");
        }
        if keyed.unknown == Unknown::Ignored {
            self.put(" unknown ignored");
        }
    }

    fn pairs(&mut self, pairs: Pairs) {
        self.put(" key ");
        self.number(pairs.key);
        if let Some(size) = pairs.size {
            self.put(" size ");
            self.number(size);
        }
        match pairs.size_counts {
            LengthCounts::Body => {}
            LengthCounts::Rest => self.put(" counts rest"),
            LengthCounts::Message => self.put(" counts pair"),
        }
        if let Some(count) = pairs.count {
            self.put(" count ");
            self.number(count);
        }
        if let Some(end) = pairs.terminator {
            self.put(format_args!(" end {end}"));
        }
        if let Some(pad) = pairs.pad {
            self.put(format_args!(" pad {pad}"));
        }
    }

    fn number(&mut self, number: Number) {
        match number {
            Number::Bits(bits) => self.put(format_args!("u{bits}")),
            Number::Varint(encoding) => self.put(varint_word(encoding)),
        }
    }

    /// Its fields.
    pub(super) fn keyed_body(&mut self, keyed: &Keyed) {
        let usual = match keyed.format {
            KeyFormat::Protobuf => None,
            KeyFormat::Pairs(pairs) if pairs.size.is_some() => Some(Form::Bytes),
            KeyFormat::Pairs(_) => Some(Form::Plain),
        };
        self.block(|printer| {
            for field in &keyed.fields {
                printer.line();
                printer.keyed_field(field, usual);
            }
            if let Unknown::Kept(name) = &keyed.unknown {
                printer.line();
                printer.put(format_args!("other {}", Name::of(name)));
            }
        });
    }

    fn keyed_field(&mut self, field: &KeyedField, usual: Option<Form>) {
        self.doc("///", &field.doc);
        self.put(field.key);
        if field.occurs != Occurs::Required {
            self.put(format_args!(" {}", field.occurs.name()));
        }
        if usual != Some(field.form) {
            self.put(format_args!(" {}", field.form.name()));
        }
        self.put(format_args!(" {}: ", Name::of(&field.name)));
        self.shape(&field.shape);
        if let Some(default) = &field.default {
            self.put(" = ");
            self.value(default, &field.shape);
        }
    }
}
