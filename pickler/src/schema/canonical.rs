//! Whether a value has only one form on the wire.

use alloc::string::String;
use alloc::vec::Vec;

use super::{
    Checksum, Count, Expr, Field, Filter, KeyFormat, Keyed, KeyedField, Leniency, Meaning, Occurs,
    Padding, Presence, Record, Reference, Schema, Shape, Size, TagSource, TextEncoding, TypeRef,
    Union, Unknown,
};
use crate::dynamic::Value;

impl Schema {
    /// Whether each value has only one form on the wire, so that what is read is
    /// written as the same bytes; otherwise all reasons why it may have several.
    ///
    /// ```
    /// use pickler::picklers::{of, try_map};
    /// use pickler::{Pickle, schema::Schema};
    ///
    /// #[derive(Pickle)]
    /// struct Even {
    ///     #[pickle(with = try_map(
    ///         of::<u8>(),
    ///         "halved",
    ///         |wire: u8| Ok::<_, &str>(wire / 2),
    ///         |value: &u8| value.checked_mul(2).ok_or("too large"),
    ///     ))]
    ///     half: u8,
    /// }
    ///
    /// assert_eq!(Schema::of::<u8>().canonical(), Ok(()));
    /// let reasons = Schema::of::<Even>().canonical().unwrap_err();
    /// assert_eq!(
    ///     reasons[0].to_string(),
    ///     "Even.half: the mapping `halved` may take several wire values for one",
    /// );
    /// ```
    ///
    /// # Errors
    /// The reasons.
    pub fn canonical(&self) -> Result<(), Vec<Leniency>> {
        let found = self.found();
        if found.reasons.is_empty() {
            Ok(())
        } else {
            Err(found.reasons)
        }
    }

    /// Something is a reference where it was seen before.
    pub(crate) fn has_tables(&self) -> bool {
        let is_table = |reason: &Leniency| matches!(reason, Leniency::Shared { .. });
        self.found().reasons.iter().any(is_table)
    }

    /// Something stands elsewhere.
    pub(crate) fn has_elsewhere(&self) -> bool {
        let is_elsewhere = |reason: &Leniency| matches!(reason, Leniency::Elsewhere { .. });
        self.found().reasons.iter().any(is_elsewhere)
    }

    /// Several forms are tried.
    pub(crate) fn has_choices(&self) -> bool {
        self.found().choices
    }

    /// A number says how many bytes something takes that may be written in
    /// another form than it was read in, and so in more or fewer bytes; or a
    /// checksum is over such a thing.
    pub(crate) fn measures_forms(&self) -> bool {
        let measured = self.found().measured;
        measured.into_iter().any(|shape| self.has_forms(shape))
    }

    /// An expression over a record's fields follows from how many bytes such a
    /// thing takes.
    pub(crate) fn follows_forms(&self, record: &Record, expr: &Expr) -> bool {
        let mut found = Found::of(self);
        found.measure(record, expr);
        found
            .measured
            .into_iter()
            .any(|shape| self.has_forms(shape))
    }

    /// A checksum is over something that may be written in another form than it
    /// was read in, or over what follows from such a thing.
    pub(crate) fn sums_forms(&self, record: &Record, checksum: Checksum) -> bool {
        let mut found = Found::of(self);
        found.sum(record, checksum);
        let follows = |field: &Field| {
            let derived = field.derived.as_ref();
            derived.is_some_and(|it| record.follows_offsets(it) || self.follows_forms(record, it))
        };
        record.fields.iter().any(follows)
            || found
                .measured
                .into_iter()
                .any(|shape| self.has_forms(shape))
    }

    /// A value of a part of the schema may have several forms.
    fn has_forms(&self, shape: &Shape) -> bool {
        let mut found = Found::of(self);
        collect(shape, "", &mut found);
        let mut seen = alloc::vec![false; self.types().len()];
        while let Some(reference) = found.named.pop() {
            if !core::mem::replace(&mut seen[reference.index()], true) {
                collect(&self.definition(reference).shape, "", &mut found);
            }
        }
        !found.reasons.is_empty()
    }

    fn found(&self) -> Found<'_> {
        let mut found = Found::of(self);
        collect(self.root(), "", &mut found);
        for definition in self.types() {
            collect(&definition.shape, &definition.name, &mut found);
        }
        found
    }
}

/// What there is in a shape.
struct Found<'a> {
    schema: &'a Schema,
    /// Why its values may have several forms.
    reasons: Vec<Leniency>,
    /// Several forms are tried.
    choices: bool,
    /// The types that it mentions, which are looked at by themselves.
    named: Vec<TypeRef>,
    /// That of which some number says how many bytes it takes, or is the sum.
    measured: Vec<&'a Shape>,
}

impl<'a> Found<'a> {
    fn of(schema: &'a Schema) -> Self {
        Self {
            schema,
            reasons: Vec::new(),
            choices: false,
            named: Vec::new(),
            measured: Vec::new(),
        }
    }

    fn push(&mut self, reason: Leniency) {
        self.reasons.push(reason);
    }

    /// What a checksum is over.
    fn sum(&mut self, record: &'a Record, checksum: Checksum) {
        let fields = match checksum.fields {
            Some((first, last)) => record.fields.get(first..=last),
            None => Some(&*record.fields),
        };
        let fields = fields.unwrap_or_default().iter();
        self.measured.extend(fields.map(|field| &field.shape));
    }

    /// What an expression measures, and what the derived fields measure that it
    /// mentions.
    fn measure(&mut self, record: &'a Record, expr: &Expr) {
        expr.walk(&mut |part| match part {
            Expr::SizeOf(name) => {
                self.measured
                    .extend(record.field(name).map(|field| &field.shape));
            }
            Expr::SizeOfSelf => self
                .measured
                .extend(record.fields.iter().map(|field| &field.shape)),
            Expr::Field(name) => {
                // Derived fields follow from others only.
                if let Some(derived) = record.field(name).and_then(|field| field.derived.as_ref())
                    && !derived.mentions(name)
                {
                    self.measure(record, derived);
                }
            }
            Expr::Member(of, name) => {
                let further_in = self.schema.record_at(record, of);
                if let Some(record) = further_in
                    && record.field(name).is_some_and(|it| it.derived.is_some())
                {
                    let shapes = record.fields.iter().map(|field| &field.shape);
                    self.measured.extend(shapes);
                }
            }
            _ => {}
        });
    }
}

fn collect<'a>(shape: &'a Shape, path: &str, found: &mut Found<'a>) {
    match shape {
        Shape::Padded { item, padding } if padding.ignored => {
            found.push(Leniency::IgnoredPadding { path: path.into() });
            collect(item, path, found);
        }
        Shape::Means {
            item,
            meaning: Meaning::Ignored { .. },
        } => {
            found.push(Leniency::IgnoredConstant { path: path.into() });
            collect(item, path, found);
        }
        Shape::Means {
            item,
            meaning: Meaning::Text(TextEncoding::ShiftJis),
        } => {
            found.push(Leniency::Encoding { path: path.into() });
            collect(item, path, found);
        }
        Shape::Mapped { item, name } => {
            found.push(Leniency::Mapped {
                path: path.into(),
                name: name.clone(),
            });
            collect(item, path, found);
        }
        Shape::Opaque(opaque) => found.push(Leniency::Opaque {
            path: path.into(),
            name: String::from(&*opaque.name),
        }),
        Shape::Bytes { count } | Shape::Text { count } => collect_count(count, path, found),
        Shape::List { item, count } => {
            collect_count(count, path, found);
            collect(item, path, found);
        }
        Shape::Choice { alternatives, .. } => {
            found.push(Leniency::Choice { path: path.into() });
            found.choices = true;
            for alternative in alternatives {
                collect(alternative, path, found);
            }
        }
        Shape::Peeked { ahead, item } => {
            collect(ahead, path, found);
            collect(item, path, found);
        }
        Shape::Tuple(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &alloc::format!("{path}.{index}"), found);
            }
        }
        Shape::Record(record) => {
            for field in &record.fields {
                collect(
                    &field.shape,
                    &alloc::format!("{path}.{}", field.name),
                    found,
                );
                if let Some(derived) = &field.derived {
                    found.measure(record, derived);
                }
                if let Some(checksum) = field.checksum {
                    found.sum(record, checksum);
                }
            }
        }
        Shape::Keyed(keyed) => collect_keyed(keyed, path, found),
        Shape::Union(union) => collect_union(union, path, found),
        Shape::Enumeration(enumeration) => collect(&enumeration.tag, path, found),
        Shape::Sized {
            item,
            size,
            leftover,
        } => {
            if *leftover {
                found.push(Leniency::Leftover { path: path.into() });
            }
            match size {
                Size::Prefix { prefix, .. } => collect(prefix, path, found),
                Size::Expr(_) => found.measured.push(item),
                Size::Until { ending, .. } if ending.may_lack() => {
                    found.push(Leniency::Terminator { path: path.into() });
                }
                Size::AtMost(_) | Size::AllBut(_) | Size::Until { .. } => {}
            }
            collect(item, path, found);
        }
        Shape::Filtered {
            item,
            filter: Filter::Compressed(_),
        } => {
            found.push(Leniency::Compressed { path: path.into() });
            collect(item, path, found);
        }
        Shape::Filled { item, padding, .. } => {
            if *padding == Padding::Ignored {
                found.push(Leniency::Padding { path: path.into() });
            }
            collect(item, path, found);
        }
        Shape::Unordered { list, .. } => {
            found.push(Leniency::Order { path: path.into() });
            collect(list, path, found);
        }
        Shape::Shared { item, reference } => {
            found.push(Leniency::Shared { path: path.into() });
            if let Reference::Number { prefix, .. } = reference {
                collect(prefix, path, found);
            }
            collect(item, path, found);
        }
        Shape::Elsewhere { item, .. } => {
            found.push(Leniency::Elsewhere { path: path.into() });
            collect(item, path, found);
        }
        Shape::Conditional {
            item,
            presence,
            absent,
        } => {
            if !matches!((presence, absent), (Presence::If(_), _) | (_, Value::Null)) {
                found.push(Leniency::Default { path: path.into() });
            }
            if let Presence::Flag(flag) = presence {
                collect(flag, path, found);
            }
            collect(item, path, found);
        }
        Shape::Optional { item, .. }
        | Shape::Constant { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Padded { item, .. }
        | Shape::Filtered { item, .. }
        | Shape::Behind { item, .. }
        | Shape::Means { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::ProtobufField { item, .. }
        | Shape::Json { item }
        | Shape::Boxed(item) => collect(item, path, found),
        Shape::Varint(format) if format.lenient => {
            found.push(Leniency::OverlongVarint { path: path.into() });
        }
        // A named type is looked at once.
        Shape::Named(reference) => found.named.push(*reference),
        // Padding to the end of a byte must be zero, a boolean 0 or 1.
        Shape::Integer { .. } | Shape::Varint(_) | Shape::Bool { .. } | Shape::Float { .. } => {}
    }
}

fn collect_keyed<'a>(keyed: &'a Keyed, path: &str, found: &mut Found<'a>) {
    // Unknown keys may stand among the others, and are written behind them.
    let in_order = keyed.in_order && keyed.unknown == Unknown::Refused;
    let in_one_form = match &keyed.format {
        KeyFormat::Pairs(pairs) => pairs.pad.is_none(),
        // What is packed may come one by one, and of several the last counts.
        KeyFormat::Protobuf => false,
    };
    let left_out = |field: &KeyedField| field.occurs == Occurs::Implicit;
    if !in_order || !in_one_form || keyed.fields.iter().any(left_out) {
        found.push(Leniency::Keys { path: path.into() });
    }
    for field in &keyed.fields {
        collect(
            &field.shape,
            &alloc::format!("{path}.{}", field.name),
            found,
        );
    }
}

fn collect_count<'a>(count: &'a Count, path: &str, found: &mut Found<'a>) {
    match count {
        Count::Prefix(prefix) => collect(prefix, path, found),
        Count::Until(until) if until.ending.may_lack() => {
            found.push(Leniency::Terminator { path: path.into() });
        }
        Count::Fixed(_) | Count::Expr(_) | Count::Until(_) | Count::Last(_) | Count::Rest => {}
    }
}

fn collect_union<'a>(union: &'a Union, path: &str, found: &mut Found<'a>) {
    found.choices |= union.source == TagSource::Choice;
    collect(&union.tag, path, found);
    if let Some(length) = &union.length {
        collect(&length.shape, path, found);
    }
    for variant in &union.variants {
        collect(
            &variant.body,
            &alloc::format!("{path}.{}", variant.name),
            found,
        );
    }
}
