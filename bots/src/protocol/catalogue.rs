//! A protocol's messages, found by tag and by name.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use pickler::cursor::ByteOrder;
use pickler::dynamic::{self, Build, RecordValue, Value, VariantValue};
use pickler::framing::LengthField;
use pickler::schema::{Count, Doc, Names, Occurs, Presence, Schema, Shape, TagSource, Union};
use pickler::{Error, Limits, nearest};

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
    /// Its fields, and their names; none where it has no fields with names.
    fields: Vec<Field>,
    names: Option<Names>,
}

/// One field of a message.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Arc<str>,
    /// What it looks like.
    pub shape: Shape,
    /// Its value where none is given.
    default: Option<Value>,
}

impl Message {
    /// Its fields in wire order: none where it is no record.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| *field.name == *name)
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
    /// Where the tag is, if that is the same place in all messages.
    tag: Option<TagField>,
}

/// A tag of whole bytes near the start of each message.
#[derive(Clone, Copy, Debug)]
struct TagField {
    offset: usize,
    size: usize,
    order: ByteOrder,
}

/// A schema that does not describe a stream of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a protocol of messages: {0}; its root must be a union with a length")]
pub struct NotAProtocol(&'static str);

impl Catalogue {
    /// The messages that a schema describes.
    pub fn new(schema: Schema) -> Result<Self, NotAProtocol> {
        let framing =
            LengthField::of_schema(&schema).ok_or(NotAProtocol("messages have no length"))?;
        let (union, order) = union_of(&schema, schema.root(), ByteOrder::Big)
            .ok_or(NotAProtocol("the root is no union"))?;
        let tag = TagField::of(union, order);
        if union.variants.len() >= usize::from(u16::MAX) {
            return Err(NotAProtocol("there are too many messages"));
        }
        let messages: Vec<Message> = union
            .variants
            .iter()
            .map(|variant| {
                let (fields, names) = fields_of(&schema, &variant.body);
                Message {
                    name: variant.name.clone(),
                    doc: variant.doc.clone(),
                    tag: variant.tag,
                    also: variant.also.clone(),
                    fields,
                    names,
                }
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
            tag,
        })
    }

    /// The same, whose messages have at most so many bytes.
    #[must_use]
    pub fn with_max_message(mut self, bytes: u64) -> Self {
        let most = usize::try_from(bytes).unwrap_or(usize::MAX);
        self.framing = self.framing.with_max(most);
        self
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

    /// Which message a frame is: by its tag alone where that has a place, and
    /// else by all of it.
    pub fn identify(&self, frame: &[u8]) -> Option<MessageId> {
        let Some(field) = self.tag else {
            return match dynamic::decode(&self.schema, frame) {
                Ok(Value::Variant(variant)) => self.by_name(&variant.name),
                _ => None,
            };
        };
        let tag = field.of_frame(frame)?;
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

    /// The whole message, a variant with its name and fields, of which `build` makes
    /// what it likes as it is read.
    ///
    /// # Errors
    /// If the bytes are no message.
    pub fn decode_by<B: Build>(&self, frame: &[u8], build: &mut B) -> Result<B::Value, Error> {
        dynamic::decode_by(&self.schema, frame, Limits::default(), build)
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
        let body = match &message.names {
            Some(names) => complete(&message.fields, names, fields),
            None => Value::Null,
        };
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
fn complete(fields: &[Field], names: &Names, given: Vec<Option<Value>>) -> Value {
    let filled: Vec<Option<Value>> = fields
        .iter()
        .zip(given)
        .map(|(field, value)| value.or_else(|| field.default.clone()))
        .collect();
    if filled.iter().all(Option::is_some) {
        let values = filled.into_iter().flatten().collect();
        return Value::Record(RecordValue::new(names.clone(), values));
    }
    // What is derived is filled in by the codec, what lacks is its error.
    let known = fields.iter().zip(filled);
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

impl TagField {
    fn of(union: &Union, order: ByteOrder) -> Option<Self> {
        if union.source != TagSource::Wire {
            return None;
        }
        let (size, tag_order) = whole_bytes(&union.tag, order)?;
        let first = union.length.as_ref().filter(|length| length.first);
        let offset = match first {
            Some(length) => whole_bytes(&length.shape, order)?.0,
            None => 0,
        };
        Some(Self {
            offset,
            size,
            order: tag_order,
        })
    }

    /// The tag of a frame, if that is long enough.
    fn of_frame(self, frame: &[u8]) -> Option<u128> {
        let bytes = frame.get(self.offset..self.offset + self.size)?;
        let push = |tag: u128, &byte: &u8| tag << 8 | u128::from(byte);
        Some(match self.order {
            ByteOrder::Big => bytes.iter().fold(0, push),
            ByteOrder::Little => bytes.iter().rev().fold(0, push),
        })
    }
}

fn whole_bytes(shape: &Shape, order: ByteOrder) -> Option<(usize, ByteOrder)> {
    match shape {
        Shape::Integer { bits, .. } if bits % 8 == 0 => Some((*bits as usize / 8, order)),
        Shape::Bytes {
            count: Count::Fixed(count @ 1..=16),
        } => Some((usize::try_from(*count).ok()?, ByteOrder::Big)),
        Shape::Ordered { item, bytes, .. } => whole_bytes(item, bytes.unwrap_or(order)),
        _ => None,
    }
}

/// The fields of a message, and the names that its values share.
fn fields_of(schema: &Schema, shape: &Shape) -> (Vec<Field>, Option<Names>) {
    match schema.meaning(shape) {
        Shape::Record(record) => {
            let fields = record.fields.iter().map(|field| Field {
                name: field.name.clone(),
                shape: field.shape.clone(),
                default: field.default.clone(),
            });
            (fields.collect(), Some(record.names.clone()))
        }
        Shape::Keyed(keyed) => {
            let fields = keyed.fields.iter().map(|field| Field {
                name: field.name.clone(),
                shape: match field.occurs {
                    Occurs::Repeated { .. } => Shape::List {
                        item: Box::new(field.shape.clone()),
                        count: Count::Rest,
                    },
                    Occurs::Optional => Shape::Conditional {
                        item: Box::new(field.shape.clone()),
                        presence: Presence::UnlessEnd,
                        absent: Value::Null,
                    },
                    Occurs::Required | Occurs::Implicit => field.shape.clone(),
                },
                default: match field.occurs {
                    Occurs::Repeated { .. } => Some(Value::List(Vec::new())),
                    Occurs::Optional => Some(Value::Null),
                    Occurs::Required | Occurs::Implicit => field.default.clone(),
                },
            });
            let fields: Vec<Field> = fields.collect();
            // What keeps unknown keys is nothing that a script sends.
            let names = fields.iter().map(|field| field.name.clone()).collect();
            (fields, Some(names))
        }
        Shape::ProtobufField { item, .. } => fields_of(schema, item),
        _ => (Vec::new(), None),
    }
}
