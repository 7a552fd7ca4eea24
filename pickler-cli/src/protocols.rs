//! The built-in protocols, and how one is named at the command line.

use std::path::Path;

use anyhow::{Result, bail};
use pickler::schema::{Schema, Shape, Union, Variant};

/// A protocol: what its messages look like, and the codec compiled for them.
pub struct Protocol {
    /// What it is called at the command line.
    pub name: &'static str,
    /// What its messages look like.
    pub schema: fn() -> &'static Schema,
    /// Reads a message by the derived codec and writes it again.
    pub rewrite: fn(&[u8]) -> Result<Vec<u8>, pickler::Error>,
}

/// All built-in protocols.
pub const BUILT_IN: &[Protocol] = &[
    Protocol {
        name: "pokersource",
        schema: pokersource::schema,
        rewrite: |bytes| pickler::encode(&pickler::decode::<pokersource::Message>(bytes)?),
    },
    Protocol {
        name: "pokersource3",
        schema: pokersource3::schema,
        rewrite: |bytes| pickler::encode(&pickler::decode::<pokersource3::Message>(bytes)?),
    },
    Protocol {
        name: "openpoker",
        schema: openpoker::schema,
        rewrite: |bytes| pickler::encode(&pickler::decode::<openpoker::Message>(bytes)?),
    },
    Protocol {
        name: "pokerth",
        schema: pokerth::schema,
        rewrite: |bytes| pickler::encode(&pickler::decode::<pokerth::Message>(bytes)?),
    },
    Protocol {
        name: "cluster",
        schema: cluster_protocol::schema,
        rewrite: |bytes| pickler::encode(&pickler::decode::<cluster_protocol::Message>(bytes)?),
    },
];

impl Protocol {
    /// The protocol of that name, or the one that a file describes.
    pub fn named(name: &str) -> Result<&'static Self> {
        if let Some(protocol) = BUILT_IN.iter().find(|protocol| protocol.name == name) {
            return Ok(protocol);
        }
        let names: Vec<&str> = BUILT_IN.iter().map(|protocol| protocol.name).collect();
        if Path::new(name).exists() || name.contains(['/', '\\']) {
            bail!(
                "{name}: protocols described by files are not read yet; the built-in ones are {}",
                names.join(", ")
            );
        }
        match pickler::nearest(name, names.iter().copied()).first() {
            Some(meant) => bail!("there is no protocol `{name}`; did you mean `{meant}`?"),
            None => bail!(
                "there is no protocol `{name}`; the built-in ones are {}",
                names.join(", ")
            ),
        }
    }

    /// The union of all messages.
    pub fn messages(&self) -> Result<&'static Union> {
        let schema = (self.schema)();
        match schema.resolve(schema.root()) {
            Shape::Union(union) => Ok(union),
            _ => bail!("the protocol `{}` is no set of messages", self.name),
        }
    }

    /// The message of that name.
    pub fn message(&self, name: &str) -> Result<&'static Variant> {
        let union = self.messages()?;
        if let Some(variant) = union.variant(name) {
            return Ok(variant);
        }
        let names = union.variants.iter().map(|variant| &*variant.name);
        match pickler::nearest(name, names).first() {
            Some(meant) => bail!("there is no message `{name}`; did you mean `{meant}`?"),
            None => bail!(
                "there is no message `{name}` in `{}`; `pickler list --protocol {}` shows all",
                self.name,
                self.name
            ),
        }
    }
}
