//! What a fuzzer should know of a format.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::dynamic::{self, Value};
use crate::schema::{Count, Meaning, Schema, Shape, TagSource};

/// Bytes that mean something to a format: tags, constants, values that stand for
/// none, names. For a fuzzer's dictionary.
///
/// ```
/// use pickler::{Pickle, generate::dictionary, schema::Schema};
///
/// #[derive(Pickle)]
/// #[pickle(magic = b"GIF8")]
/// struct Header {
///     #[pickle(none = 0xFFFE)]
///     width: Option<u16>,
/// }
///
/// let words = dictionary(&Schema::of::<Header>());
/// assert!(words.contains(&b"GIF8".to_vec()));
/// // In both byte orders.
/// assert!(words.contains(&vec![0xFF, 0xFE]) && words.contains(&vec![0xFE, 0xFF]));
/// ```
pub fn dictionary(schema: &Schema) -> BTreeSet<Vec<u8>> {
    let mut words = Words {
        schema,
        found: BTreeSet::new(),
    };
    words.shape(schema.root());
    for definition in schema.types() {
        words.shape(&definition.shape);
    }
    words.found
}

struct Words<'a> {
    schema: &'a Schema,
    found: BTreeSet<Vec<u8>>,
}

impl Words<'_> {
    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Constant { item, value } => self.word(item, value),
            Shape::Behind { magic, item } => {
                self.shape(magic);
                self.shape(item);
            }
            Shape::Optional { item, none } => {
                self.word(item, none);
                self.shape(item);
            }
            Shape::Shown { item, pairs } => {
                for (value, _) in pairs {
                    self.word(item, value);
                }
                self.shape(item);
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    if union.source == TagSource::Wire {
                        self.word(&union.tag, &union.tag.value_of_tag(variant.tag));
                    }
                    self.shape(&variant.body);
                }
            }
            Shape::Enumeration(enumeration) => {
                for (_, name) in &enumeration.names {
                    self.word(shape, &Value::Text((**name).into()));
                }
            }
            Shape::Means { item, meaning } => {
                if let Meaning::Flags { named, .. } = meaning {
                    for (_, bits) in named {
                        self.word(item, &Value::Unsigned(*bits));
                    }
                }
                self.shape(item);
            }
            Shape::Record(record) => {
                if let Some(magic) = &record.magic {
                    self.shape(magic);
                }
                for field in &record.fields {
                    self.shape(&field.shape);
                }
            }
            Shape::Keyed(keyed) => {
                for field in &keyed.fields {
                    // Longer keys are rare.
                    self.found.insert(alloc::vec![field.key as u8]);
                    self.shape(&field.shape);
                }
            }
            Shape::Tuple(items)
            | Shape::Choice {
                alternatives: items,
                ..
            } => items.iter().for_each(|item| self.shape(item)),
            Shape::Peeked { ahead, item } => {
                self.shape(ahead);
                self.shape(item);
            }
            Shape::List { item, count } => {
                self.count(count);
                self.shape(item);
            }
            Shape::Bytes { count } | Shape::Text { count } => self.count(count),
            Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Given { item, .. }
            | Shape::Conditional { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::ProtobufField { item, .. }
            | Shape::Filled { item, .. }
            | Shape::Filtered { item, .. }
            | Shape::Elsewhere { item, .. }
            | Shape::Shared { item, .. }
            | Shape::Unordered { list: item, .. }
            | Shape::Sized { item, .. }
            | Shape::Padded { item, .. }
            | Shape::Json { item }
            | Shape::Boxed(item) => self.shape(item),
            Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Opaque(_)
            | Shape::Named(_) => {}
        }
    }

    fn count(&mut self, count: &Count) {
        match count {
            Count::Prefix(prefix) => self.shape(prefix),
            Count::Fixed(_) | Count::Expr(_) | Count::Until(_) | Count::Last(_) | Count::Rest => {}
        }
    }

    /// A value as it is on the wire, and the other way round.
    fn word(&mut self, shape: &Shape, value: &Value) {
        if let Ok(mut bytes) = dynamic::encode_shape(self.schema, shape, value)
            && !bytes.is_empty()
        {
            self.found.insert(bytes.clone());
            bytes.reverse();
            self.found.insert(bytes);
        }
    }
}
