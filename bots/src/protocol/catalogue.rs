//! A protocol's messages, found by tag and by name.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use pickler::cursor::ByteOrder;
use pickler::dynamic::{self, RecordValue, Value, VariantValue};
use pickler::framing::LengthField;
use pickler::schema::{Doc, Record, Schema, Shape, TagSource, Union};
use pickler::{Error, nearest};

/// Which of a protocol's messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(u16);

impl MessageId {
    /// Where the message stands among all, from 0.
    pub fn index(self) -> usize {
        self.0.into()
    }
}

/// Some of a protocol's messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageSet(Box<[u64]>);

impl MessageSet {
    /// Adds one.
    pub fn insert(&mut self, id: MessageId) {
        let word = id.index() / 64;
        if word >= self.0.len() {
            let mut words = std::mem::take(&mut self.0).into_vec();
            words.resize(word + 1, 0);
            self.0 = words.into_boxed_slice();
        }
        self.0[word] |= 1 << (id.index() % 64);
    }

    /// Takes one out.
    pub fn remove(&mut self, id: MessageId) {
        if let Some(word) = self.0.get_mut(id.index() / 64) {
            *word &= !(1 << (id.index() % 64));
        }
    }

    /// It is among them.
    pub fn contains(&self, id: MessageId) -> bool {
        let word = self.0.get(id.index() / 64);
        word.is_some_and(|word| word >> (id.index() % 64) & 1 == 1)
    }
}

impl FromIterator<MessageId> for MessageSet {
    fn from_iter<I: IntoIterator<Item = MessageId>>(ids: I) -> Self {
        let mut set = Self::default();
        ids.into_iter().for_each(|id| set.insert(id));
        set
    }
}

/// One message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its name.
    pub name: Arc<str>,
    /// What it says of itself; often empty.
    pub doc: Doc,
    /// Its tag; of several, the first.
    pub tag: u128,
    /// The other tags that it has.
    also: Vec<RangeInclusive<u128>>,
    /// Its fields, if it is a record.
    record: Option<Record>,
}

impl Message {
    /// Its fields in wire order: none where it is no record.
    pub fn fields(&self) -> &[pickler::schema::Field] {
        self.record.as_ref().map_or(&[], |record| &record.fields)
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&pickler::schema::Field> {
        self.record.as_ref()?.field(name)
    }

    /// A wrong field name, in words.
    pub fn no_field(&self, name: &str) -> String {
        let names = self.fields().iter().map(|field| &*field.name);
        let meant = did_you_mean(name, names.clone());
        if meant.is_empty() && self.fields().is_empty() {
            return format!("{} has no fields, so none is called `{name}`", self.name);
        }
        if meant.is_empty() {
            let names: Vec<&str> = names.collect();
            return format!(
                "{} has no field `{name}`; its fields are {}",
                self.name,
                names.join(", ")
            );
        }
        format!("{} has no field `{name}`{meant}", self.name)
    }
}

/// All messages of a protocol.
#[derive(Debug)]
pub struct Catalogue {
    schema: Schema,
    framing: LengthField,
    messages: Vec<Message>,
    by_name: HashMap<Arc<str>, MessageId>,
    tag_bytes: usize,
    tag_order: ByteOrder,
}

/// A schema that does not describe a stream of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a protocol of messages: {0}; its root must be a union with a tag of whole bytes and a length"
)]
pub struct NotAProtocol(&'static str);

impl Catalogue {
    /// The messages that a schema describes.
    pub fn new(schema: Schema) -> Result<Self, NotAProtocol> {
        let framing =
            LengthField::of_schema(&schema).ok_or(NotAProtocol("messages have no length"))?;
        let (union, order) = union_of(&schema, schema.root(), ByteOrder::Big)
            .ok_or(NotAProtocol("the root is no union"))?;
        if union.source != TagSource::Wire {
            return Err(NotAProtocol("messages have no tag"));
        }
        let (tag_bytes, tag_order) = whole_bytes(&union.tag, order)
            .ok_or(NotAProtocol("the tag is no integer of whole bytes"))?;
        if union.variants.len() >= usize::from(u16::MAX) {
            return Err(NotAProtocol("there are too many messages"));
        }
        let messages: Vec<Message> = union
            .variants
            .iter()
            .map(|variant| Message {
                name: variant.name.clone(),
                doc: variant.doc.clone(),
                tag: variant.tag,
                also: variant.also.clone(),
                record: record_of(&schema, &variant.body),
            })
            .collect();
        let by_name = (0_u16..)
            .zip(&messages)
            .map(|(id, message)| (message.name.clone(), MessageId(id)))
            .collect();
        Ok(Self {
            schema,
            framing,
            messages,
            by_name,
            tag_bytes,
            tag_order,
        })
    }

    /// The schema.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Where messages say how long they are.
    pub fn framing(&self) -> LengthField {
        self.framing
    }

    /// All messages, by tag.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// One message.
    pub fn message(&self, id: MessageId) -> &Message {
        &self.messages[id.index()]
    }

    /// The message of that name.
    pub fn by_name(&self, name: &str) -> Option<MessageId> {
        self.by_name.get(name).copied()
    }

    /// The messages of these names; names that there are not are left out.
    pub fn set<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> MessageSet {
        names
            .into_iter()
            .filter_map(|name| self.by_name(name))
            .collect()
    }

    /// A wrong message name, in words.
    pub fn no_message(&self, name: &str) -> String {
        let names = self.messages.iter().map(|message| &*message.name);
        format!("there is no message `{name}`{}", did_you_mean(name, names))
    }

    /// Which message a frame is, by its tag alone.
    pub fn identify(&self, frame: &[u8]) -> Option<MessageId> {
        let bytes = frame.get(..self.tag_bytes)?;
        let push = |tag: u128, &byte: &u8| tag << 8 | u128::from(byte);
        let tag = match self.tag_order {
            ByteOrder::Big => bytes.iter().fold(0, push),
            ByteOrder::Little => bytes.iter().rev().fold(0, push),
        };
        let has = |message: &Message| message.also.iter().any(|tags| tags.contains(&tag));
        let index = self
            .messages
            .binary_search_by_key(&tag, |message| message.tag)
            .ok()
            .or_else(|| self.messages.iter().position(has))?;
        u16::try_from(index).ok().map(MessageId)
    }

    /// The fields of a frame: a record, or `Null` where it has none.
    ///
    /// # Errors
    /// If the bytes are no message.
    pub fn decode(&self, frame: &[u8]) -> Result<Value, Error> {
        match dynamic::decode(&self.schema, frame)? {
            Value::Variant(variant) => Ok(variant.body),
            other => Ok(other),
        }
    }

    /// Appends a message with these fields, as many as the message has; a
    /// field that is `None` takes its default.
    ///
    /// # Errors
    /// If a value does not fit its field, or one without default lacks.
    pub fn encode(
        &self,
        id: MessageId,
        fields: Vec<Option<Value>>,
        out: &mut Vec<u8>,
    ) -> Result<Value, Error> {
        let message = self.message(id);
        let body = message
            .record
            .as_ref()
            .map_or(Value::Null, |record| complete(record, fields));
        let whole = Value::Variant(Box::new(VariantValue {
            name: message.name.clone(),
            tag: message.tag,
            body,
        }));
        dynamic::encode_into(&self.schema, &whole, out)?;
        match whole {
            Value::Variant(variant) => Ok(variant.body),
            other => Ok(other),
        }
    }
}

/// A record with defaults where no value is given, as far as there are some.
fn complete(record: &Record, given: Vec<Option<Value>>) -> Value {
    let filled: Vec<Option<Value>> = record
        .fields
        .iter()
        .zip(given)
        .map(|(field, value)| value.or_else(|| field.default.clone()))
        .collect();
    if filled.iter().all(Option::is_some) {
        let values = filled.into_iter().flatten().collect();
        return Value::Record(RecordValue::new(record.names.clone(), values));
    }
    // What is derived is filled in by the codec, what lacks is its error.
    let known = record.fields.iter().zip(filled);
    let known = known.filter_map(|(field, value)| Some((field.name.clone(), value?)));
    let (names, values): (Vec<Arc<str>>, Vec<Value>) = known.unzip();
    Value::Record(RecordValue::new(names.into_iter().collect(), values))
}

/// `; did you mean …?`, or nothing.
pub(crate) fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    match nearest(name, candidates).first() {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => String::new(),
    }
}

fn union_of<'a>(
    schema: &'a Schema,
    shape: &'a Shape,
    order: ByteOrder,
) -> Option<(&'a Union, ByteOrder)> {
    match shape {
        Shape::Ordered { item, bytes, .. } => union_of(schema, item, bytes.unwrap_or(order)),
        Shape::Named(reference) => union_of(schema, &schema.definition(*reference).shape, order),
        Shape::Union(union) => Some((union, order)),
        _ => None,
    }
}

fn whole_bytes(shape: &Shape, order: ByteOrder) -> Option<(usize, ByteOrder)> {
    match shape {
        Shape::Integer { bits, .. } if bits % 8 == 0 => Some((*bits as usize / 8, order)),
        Shape::Ordered { item, bytes, .. } => whole_bytes(item, bytes.unwrap_or(order)),
        _ => None,
    }
}

fn record_of(schema: &Schema, shape: &Shape) -> Option<Record> {
    match schema.resolve(shape) {
        Shape::Record(record) => Some(Record::clone(record)),
        Shape::Ordered { item, .. } => record_of(schema, item),
        _ => None,
    }
}
