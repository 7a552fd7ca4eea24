//! The built-in protocols, and how one is named at the command line.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Result, bail};
use pickler::framing::{LengthField, MessageFraming};
use pickler::schema::{self, Schema, Shape, Union, Variant};

/// Reads a message by a compiled codec and writes it again.
type Rewrite = fn(&[u8]) -> Result<Vec<u8>, pickler::Error>;

/// A protocol that is compiled in.
pub struct BuiltIn {
    /// What its messages look like.
    pub protocol: fn() -> &'static schema::Protocol,
    rewrite: Rewrite,
}

/// All built-in protocols.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        protocol: pokersource::protocol,
        rewrite: |bytes| pickler::encode(&pickler::decode::<pokersource::Message>(bytes)?),
    },
    BuiltIn {
        protocol: pokersource3::protocol,
        rewrite: |bytes| pickler::encode(&pickler::decode::<pokersource3::Message>(bytes)?),
    },
    BuiltIn {
        protocol: openpoker::protocol,
        rewrite: |bytes| pickler::encode(&pickler::decode::<openpoker::Message>(bytes)?),
    },
    BuiltIn {
        protocol: pokerth::protocol,
        rewrite: |bytes| pickler::encode(&pickler::decode::<pokerth::Message>(bytes)?),
    },
    BuiltIn {
        protocol: cluster_protocol::protocol,
        rewrite: |bytes| pickler::encode(&pickler::decode::<cluster_protocol::Message>(bytes)?),
    },
];

/// A protocol, compiled in or loaded from a spec.
pub struct Protocol {
    /// What its messages look like.
    pub described: Cow<'static, schema::Protocol>,
    /// The codec compiled for it, if there is one.
    pub rewrite: Option<Rewrite>,
}

impl Protocol {
    /// The protocol of that name, or the one that a file describes.
    pub fn named(name: &str) -> Result<Self> {
        let known = BUILT_IN.iter().find(|it| (it.protocol)().name == name);
        if let Some(built_in) = known {
            return Ok(built_in.load());
        }
        if pickler_spec::is_path(name) {
            return Ok(Self {
                described: Cow::Owned(pickler_spec::load(Path::new(name))?),
                rewrite: None,
            });
        }
        let names: Vec<&str> = BUILT_IN.iter().map(|it| &*(it.protocol)().name).collect();
        match pickler::nearest(name, names.iter().copied()).first() {
            Some(meant) => bail!("there is no protocol `{name}`; did you mean `{meant}`?"),
            None => bail!(
                "there is no protocol `{name}`; the built-in ones are {}, and the path of a \
                 spec is one, too",
                names.join(", ")
            ),
        }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.described.name
    }

    /// What one message looks like.
    pub fn schema(&self) -> &Schema {
        &self.described.schema
    }

    /// The union of all messages.
    pub fn messages(&self) -> Result<&Union> {
        match self.schema().meaning(self.schema().root()) {
            Shape::Union(union) => Ok(union),
            _ => bail!("`{}` is no set of messages", self.name()),
        }
    }

    /// How its messages are cut out of a stream, if they say how long they are.
    pub fn framing(&self) -> Option<LengthField> {
        let framing = LengthField::of_schema(self.schema())?;
        Some(framing.with_max(self.max_message()))
    }

    /// The same, else by what they hold.
    pub fn message_framing(&self) -> MessageFraming {
        let schema = self.schema();
        let framing = MessageFraming::of_schema(schema);
        let framing = framing.unwrap_or_else(|| MessageFraming::by_content(schema));
        framing.with_max(self.max_message())
    }

    /// The most bytes that one message may have.
    fn max_message(&self) -> usize {
        let most = self.described.max_message;
        let most = most.and_then(|most| usize::try_from(most).ok());
        most.unwrap_or(LengthField::DEFAULT_MAX)
    }

    /// The message of that name.
    pub fn message(&self, name: &str) -> Result<&Variant> {
        let union = self.messages()?;
        if let Some(variant) = union.variant(name) {
            return Ok(variant);
        }
        let names = union.variants.iter().map(|variant| &*variant.name);
        match pickler::nearest(name, names).first() {
            Some(meant) => bail!("there is no message `{name}`; did you mean `{meant}`?"),
            None => bail!(
                "there is no message `{name}` in `{0}`; `pickler list --protocol {0}` shows all",
                self.name(),
            ),
        }
    }
}

impl BuiltIn {
    /// It as any other.
    pub fn load(&self) -> Protocol {
        Protocol {
            described: Cow::Borrowed((self.protocol)()),
            rewrite: Some(self.rewrite),
        }
    }
}
