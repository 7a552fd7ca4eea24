//! Whether values of two versions mean the same.

use std::collections::BTreeSet;

use pickler::dynamic::{RecordValue, Value};
use pickler::schema::{Enumeration, Meaning, Schema, Shape, Union};

use crate::changes::{Aliases, Places};

/// A value, by its shape.
type Shaped<'a> = (&'a Shape, &'a Value);

/// Compares what was written with what was read of it.
#[derive(Clone, Copy)]
pub struct Meanings<'a> {
    pub writer: &'a Schema,
    pub reader: &'a Schema,
    pub aliases: &'a Aliases,
}

/// Where what was read is not what was written.
pub struct Difference {
    /// Innermost step first.
    steps: Vec<String>,
    pub written: Value,
    pub read: Value,
}

impl Difference {
    /// Where: `money[0].bankroll`.
    pub fn path(&self) -> String {
        let path: String = self.steps.iter().rev().map(String::as_str).collect();
        path.trim_start_matches('.').to_owned()
    }

    fn within(mut self, step: String) -> Self {
        self.steps.push(step);
        self
    }
}

impl Meanings<'_> {
    /// Where they differ first, if they do.
    pub fn difference(self, written: Shaped<'_>, read: Shaped<'_>) -> Option<Difference> {
        let written = (bare(self.writer, written.0), written.1);
        let read = (bare(self.reader, read.0), read.1);
        if is_ignored(written.0) || is_ignored(read.0) {
            return None;
        }
        let (written, read) = match (written.1, read.1) {
            (Value::Null, Value::Null) => (written, read),
            _ => (constant(self.writer, written), constant(self.reader, read)),
        };
        match (written, read) {
            (
                (Shape::Record(_) | Shape::Keyed(_), Value::Record(one)),
                (other, Value::Record(two)),
            ) => self.of_records((written.0, one), (other, two)),
            ((one, Value::List(items)), (two, Value::List(others))) => {
                if items.len() != others.len() {
                    return Some(differ(written.1, read.1));
                }
                let mut pairs = items.iter().zip(others).enumerate();
                pairs.find_map(|(place, (item, other))| {
                    let pair = (item_of(one, place), item_of(two, place));
                    let found = self.difference((pair.0?, item), (pair.1?, other))?;
                    Some(found.within(format!("[{place}]")))
                })
            }
            (
                (Shape::Union(one), Value::Variant(variant)),
                (Shape::Union(two), Value::Variant(other)),
            ) => {
                let (of_one, of_two) = (one.variant(&variant.name), two.variant(&other.name));
                let (Some(of_one), Some(of_two)) = (of_one, of_two) else {
                    // What keeps unknown tags keeps this one, unless it knows it by
                    // another tag.
                    let is_known = of_one.is_some_and(|it| self.is_among(&it.name, two));
                    return if variant.tag == other.tag && !is_known {
                        None
                    } else {
                        Some(differ(written.1, read.1))
                    };
                };
                if !self.aliases.are_same(&variant.name, &other.name) {
                    return Some(differ(written.1, read.1));
                }
                let found =
                    self.difference((&of_one.body, &variant.body), (&of_two.body, &other.body))?;
                Some(found.within(format!(".{}", other.name)))
            }
            // Which it is tells its name, wherever that stands.
            (
                (Shape::Choice { .. }, Value::Variant(variant)),
                (Shape::Choice { .. }, Value::Variant(other)),
            ) if variant.name == other.name => {
                let one = alternative(written.0, &variant.name)?;
                let two = alternative(read.0, &other.name)?;
                let found = self.difference((one, &variant.body), (two, &other.body))?;
                Some(found.within(format!(".{}", other.name)))
            }
            _ if self.are_same(written, read) => None,
            _ => Some(differ(&meant(written), &meant(read))),
        }
    }

    /// What both know means the same; what is new to the reader is as good as
    /// not there.
    fn of_records(
        self,
        written: (&Shape, &RecordValue),
        read: (&Shape, &RecordValue),
    ) -> Option<Difference> {
        let places = Places::new(read.1.names());
        let mut known = BTreeSet::new();
        for (likely, (name, value)) in written.1.iter().enumerate() {
            let Some(place) = self.aliases.position(name, &places) else {
                continue;
            };
            known.insert(place);
            let of_written = field_of(written.0, likely, name);
            let of_read = field_at(read.0, place);
            let (Some(of_written), Some(of_read)) = (of_written, of_read) else {
                continue;
            };
            let found = self.difference(
                (of_written.shape, value),
                (of_read.shape, &read.1.values()[place]),
            );
            if let Some(found) = found {
                return Some(found.within(format!(".{}", of_read.name)));
            }
        }
        let all = read.1.values().iter().enumerate();
        all.filter(|(place, _)| !known.contains(place))
            .find_map(|(place, value)| {
                let field = field_at(read.0, place)?;
                if field.is_absent(self.reader, value) {
                    return None;
                }
                Some(differ(&Value::Null, value).within(format!(".{}", field.name)))
            })
    }

    /// A variant of that name is among those of the reader.
    fn is_among(self, name: &str, union: &Union) -> bool {
        let mut variants = union.variants.iter();
        variants.any(|it| self.aliases.are_same(name, &it.name))
    }

    fn are_same(self, written: Shaped<'_>, read: Shaped<'_>) -> bool {
        let (one, of_one) = scale(written.0);
        let (two, of_two) = scale(read.0);
        if (one, of_one) != (two, of_two)
            && let (Some(written), Some(read)) = (written.1.as_i128(), read.1.as_i128())
        {
            // What has no unit may have any.
            let is_unit_same = of_one == of_two || of_one.is_empty() || of_two.is_empty();
            let (written, read) = (
                written.checked_mul(two.into()),
                read.checked_mul(one.into()),
            );
            return is_unit_same && written == read;
        }
        if let (
            Shape::Means {
                meaning: Meaning::Flags { named: one, .. },
                ..
            },
            Shape::Means {
                meaning: Meaning::Flags { named: two, .. },
                ..
            },
        ) = (written.0, read.0)
            && let (Value::Unsigned(written), Value::Unsigned(read)) = (written.1, read.1)
        {
            let all = one.iter().chain(two);
            let mut all = all.map(|(name, _)| name);
            let is_set = |flags: &[(std::sync::Arc<str>, u128)], name: &str, value: u128| {
                flags
                    .iter()
                    .any(|(known, bits)| **known == *name && value & bits == *bits)
            };
            return written == read
                && all.all(|name| is_set(one, name, *written) == is_set(two, name, *read));
        }
        match (written.1, read.1) {
            (Value::Text(written_name), Value::Text(read_name)) => {
                written_name == read_name
                    || matches!(
                        (written.0, read.0),
                        (Shape::Enumeration(_), Shape::Enumeration(_))
                    ) && self.aliases.are_same(written_name, read_name)
            }
            (Value::Text(name), other) | (other, Value::Text(name)) => {
                let (named, plain) = match written.1 {
                    Value::Text(_) => (written.0, read.0),
                    _ => (read.0, written.0),
                };
                match (named, plain, other) {
                    // Who keeps unknown ones keeps this one, unless it is known.
                    (Shape::Enumeration(named), plain, other) if other.as_i128().is_some() => {
                        let is_known = |names: &Enumeration| {
                            let mut names = names.names.iter();
                            names.any(|(_, it)| self.aliases.are_same(name, it))
                        };
                        !matches!(plain, Shape::Enumeration(plain) if is_known(plain))
                            && number(named, name).is_some_and(|number| {
                                i128::try_from(number).ok() == other.as_i128()
                            })
                    }
                    (_, _, Value::Bytes(bytes)) => bytes.as_slice() == name.as_bytes(),
                    _ => false,
                }
            }
            (Value::Bool(one), other) | (other, Value::Bool(one)) if other.as_i128().is_some() => {
                other.as_i128() == Some((*one).into())
            }
            (one, other) => one == other,
        }
    }
}

/// How many parts make one unit, and the unit.
fn scale(shape: &Shape) -> (u64, &str) {
    match shape {
        Shape::Means {
            meaning: Meaning::Scaled { scale, unit },
            ..
        } => (*scale, unit),
        _ => (1, ""),
    }
}

/// Nothing is written there that means anything, or nobody looks at it.
fn is_ignored(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Means {
            meaning: Meaning::Ignored { .. },
            ..
        }
    )
}

/// What stands there if nothing is given, where only one value may stand.
fn constant<'a>(schema: &'a Schema, (shape, value): Shaped<'a>) -> Shaped<'a> {
    match (shape, value) {
        (Shape::Constant { item, value: known }, Value::Null) => (bare(schema, item), known),
        (Shape::Constant { item, .. }, value) => (bare(schema, item), value),
        unlike => unlike,
    }
}

/// What a value stands for, where another shape says so of the same number.
fn meant((shape, value): Shaped<'_>) -> Value {
    match (shape, value) {
        (
            Shape::Means {
                meaning: Meaning::Scaled { scale, unit },
                ..
            },
            value,
        ) => match value.as_i128() {
            Some(number) => Value::Text(format!("{number}/{scale} {unit}").trim().into()),
            None => value.clone(),
        },
        (
            Shape::Means {
                meaning: Meaning::Flags { named, .. },
                ..
            },
            Value::Unsigned(bits),
        ) => {
            let named = named.iter().filter(|(_, flag)| bits & flag == *flag);
            let names = named.map(|(name, _)| Value::Text(name.to_string()));
            Value::List(names.collect())
        }
        _ => value.clone(),
    }
}

fn differ(written: &Value, read: &Value) -> Difference {
    Difference {
        steps: Vec::new(),
        written: written.clone(),
        read: read.clone(),
    }
}

fn number(enumeration: &Enumeration, name: &str) -> Option<u128> {
    let mut names = enumeration.names.iter();
    names
        .find(|(_, known)| **known == *name)
        .map(|(number, _)| *number)
}

/// The shape behind what leaves a value as it is, or has none for it.
fn bare<'a>(schema: &'a Schema, shape: &'a Shape) -> &'a Shape {
    let mut shape = schema.meaning(shape);
    while let Shape::Optional { item, .. }
    | Shape::Shown { item, .. }
    | Shape::Peeked { item, .. }
    | Shape::ProtobufField { item, .. } = shape
    {
        shape = schema.meaning(item);
    }
    shape
}

/// The shape of an item of a list or tuple.
fn item_of(shape: &Shape, place: usize) -> Option<&Shape> {
    match shape {
        Shape::List { item, .. } => Some(item),
        Shape::Tuple(items) => items.get(place),
        // Such as the items of a repeated field.
        shape => Some(shape),
    }
}

/// A field of a record, keyed or not.
struct AnyField<'a> {
    name: &'a str,
    shape: &'a Shape,
    default: Option<&'a Value>,
    derived: bool,
}

impl AnyField<'_> {
    /// The value is what stands where the field is not.
    fn is_absent(&self, schema: &Schema, value: &Value) -> bool {
        let absent = match schema.resolve(self.shape) {
            Shape::Conditional { absent, .. } => Some(absent),
            _ => None,
        };
        let empty = match value {
            Value::Null => true,
            Value::List(items) => items.is_empty(),
            Value::Record(record) => record.values().is_empty(),
            _ => false,
        };
        empty || self.derived || self.default == Some(value) || absent == Some(value)
    }
}

fn field_at(shape: &Shape, place: usize) -> Option<AnyField<'_>> {
    match shape {
        Shape::Record(record) => record.fields.get(place).map(|field| AnyField {
            name: &field.name,
            shape: &field.shape,
            default: field.default.as_ref(),
            derived: field.derived.is_some() || field.checksum.is_some(),
        }),
        Shape::Keyed(keyed) => keyed.fields.get(place).map(|field| AnyField {
            name: &field.name,
            shape: &field.shape,
            default: field.default.as_ref(),
            derived: false,
        }),
        _ => None,
    }
}

/// The field of that name, which is likely at that place.
fn field_of<'a>(shape: &'a Shape, likely: usize, name: &str) -> Option<AnyField<'a>> {
    if let Some(field) = field_at(shape, likely).filter(|field| field.name == name) {
        return Some(field);
    }
    let place = match shape {
        Shape::Record(record) => record.names.position(name),
        Shape::Keyed(keyed) => keyed.names.position(name),
        _ => None,
    };
    field_at(shape, place?)
}

/// What a choice has by that name.
fn alternative<'a>(choice: &'a Shape, name: &str) -> Option<&'a Shape> {
    let Shape::Choice {
        alternatives,
        names,
    } = choice
    else {
        return None;
    };
    let place = names.iter().position(|known| **known == *name)?;
    alternatives.get(place)
}
