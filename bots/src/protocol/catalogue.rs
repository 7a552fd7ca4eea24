//! A protocol's messages, found by tag and by name.

use std::collections::HashMap;
use std::sync::Arc;

use pickler::dynamic::{self, Build, Value, VariantValue};
use pickler::framing::{MessageFraming, TagField};
use pickler::schema::{Count, Schema, Shape, Union};
use pickler::{Error, Limits, nearest};

use super::inner::Inner;
use super::message::Message;

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

/// All messages of a protocol.
#[derive(Debug)]
pub struct Catalogue {
    schema: Schema,
    framing: MessageFraming,
    messages: Vec<Message>,
    by_name: HashMap<Arc<str>, MessageId>,
    root: Root,
}

/// What the root of the schema is.
#[derive(Debug)]
enum Root {
    /// A union: its variants are the messages. Where the tag is, if that is the
    /// same place in all.
    Union(Option<TagField>),
    /// A record with a union in it, whose variants are the messages.
    Around(Inner),
    /// A record: the only message.
    Alone,
}

/// A schema that does not describe a stream of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a protocol of messages: {0}")]
pub struct NotAProtocol(&'static str);

impl Catalogue {
    /// The messages that a schema describes.
    ///
    /// # Errors
    /// If it does not say where a message ends and which one it is.
    pub fn new(schema: Schema) -> Result<Self, NotAProtocol> {
        let framing = MessageFraming::of_schema(&schema).ok_or(NotAProtocol(
            "messages do not say where they end: the root needs a length, or an end of its own",
        ))?;
        let (root, messages) = messages_of(&schema)?;
        if messages.len() >= usize::from(u16::MAX) {
            return Err(NotAProtocol("there are too many messages"));
        }
        let by_name = (0_u16..)
            .zip(&messages)
            .map(|(id, message)| (message.name.clone(), MessageId(id)))
            .collect();
        Ok(Self {
            schema,
            framing,
            messages,
            by_name,
            root,
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

    /// Where messages end.
    pub fn framing(&self) -> &MessageFraming {
        &self.framing
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
        let field = match &self.root {
            Root::Alone => return Some(MessageId(0)),
            Root::Union(Some(field)) => field,
            Root::Union(None) | Root::Around(_) => {
                let message = dynamic::decode(&self.schema, frame).ok()?;
                return self.by_name(self.variant(&message)?);
            }
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

    /// A frame whose length says that nothing follows, not even a tag: many
    /// protocols keep a connection open by that.
    pub fn is_empty_frame(&self, frame: &[u8]) -> bool {
        let header = self.framing.header();
        let tag = match &self.root {
            Root::Union(tag) => tag.map(|tag| tag.offset),
            _ => None,
        };
        header == Some(frame.len()) && header == tag
    }

    /// The name of the variant that says which message it is.
    fn variant<'a>(&self, message: &'a Value) -> Option<&'a str> {
        let variant = match &self.root {
            Root::Around(inner) => message.field(&inner.name)?,
            _ => message,
        };
        match variant {
            Value::Variant(variant) => Some(&variant.name),
            _ => None,
        }
    }

    /// The fields of a frame: a record, or `Null` where it has none.
    ///
    /// # Errors
    /// If the bytes are no message.
    pub fn decode(&self, frame: &[u8]) -> Result<Value, Error> {
        match dynamic::decode(&self.schema, frame)? {
            Value::Variant(variant) => Ok(match self.by_name(&variant.name) {
                Some(id) => self.message(id).fields_of_body(variant.body),
                None => variant.body,
            }),
            other => Ok(other),
        }
    }

    /// The whole message, a variant with its name and fields, or a record, of which
    /// `build` makes what it likes as it is read.
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
        let body = message.body(fields);
        let whole = match &self.root {
            Root::Union(_) => Value::Variant(Box::new(VariantValue {
                name: message.name.clone(),
                tag: message.tag,
                body,
            })),
            Root::Around(inner) => inner.around(message, body),
            Root::Alone => body,
        };
        dynamic::encode_into(&self.schema, &whole, out)?;
        Ok(match whole {
            Value::Variant(variant) => message.fields_of_body(variant.body),
            other => other,
        })
    }
}

/// The messages, and what the root is.
fn messages_of(schema: &Schema) -> Result<(Root, Vec<Message>), NotAProtocol> {
    let all = |union: &Union| {
        let messages = union.variants.iter();
        let known = messages.map(|it| Message::of_variant(schema, it));
        known
            .chain(union.other.as_ref().map(Message::of_other))
            .collect::<Vec<_>>()
    };
    match schema.meaning(schema.root()) {
        Shape::Union(union) => Ok((Root::Union(TagField::of_schema(schema)), all(union))),
        Shape::Record(record) => Ok(match Inner::of(schema, record) {
            Some((inner, union)) => {
                let bytes = Shape::Bytes { count: Count::Rest };
                let bodies = union.variants.iter().map(|variant| &variant.body);
                let bodies = bodies.chain(std::iter::once(&bytes));
                let messages = all(union).into_iter().zip(bodies);
                let messages = messages.map(|(it, body)| inner.message(record, it, body));
                let messages = messages.collect();
                (Root::Around(inner), messages)
            }
            None => (Root::Alone, vec![Message::of_root(schema)]),
        }),
        Shape::Keyed(_) => Ok((Root::Alone, vec![Message::of_root(schema)])),
        _ => Err(NotAProtocol("the root is neither a union nor a record")),
    }
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
