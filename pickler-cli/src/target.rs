//! What of a protocol some bytes are read as.

use anyhow::{Result, bail};
use pickler::schema::{Schema, Shape, TypeRef, Variant};

use crate::protocols::Protocol;

/// What bytes are read as.
pub enum Target<'a> {
    /// As messages of the protocol; all as that one, if there is one.
    Messages(Option<&'a Variant>),
    /// As values of a type that the protocol mentions.
    Type(Schema),
}

impl<'a> Target<'a> {
    /// What is called that: a message, or a type of the protocol.
    ///
    /// # Errors
    /// If nothing is, or if it cannot be read alone.
    pub fn of(protocol: &'a Protocol, name: Option<&str>) -> Result<Self> {
        let Some(name) = name else {
            return Ok(Self::Messages(None));
        };
        if let Ok(union) = protocol.messages()
            && let Some(variant) = union.variant(name)
        {
            return Ok(Self::Messages(Some(variant)));
        }
        let schema = protocol.schema();
        let types = schema.types();
        if let Some(index) = types.iter().position(|it| *it.name == *name) {
            return Ok(Self::Type(alone(schema, index)?));
        }
        if protocol.messages().is_ok() {
            return Ok(Self::Messages(Some(protocol.message(name)?)));
        }
        let names: Vec<&str> = types.iter().map(|it| &*it.name).collect();
        match pickler::nearest(name, names.iter().copied()).first() {
            Some(meant) => bail!("there is no type `{name}`; did you mean `{meant}`?"),
            None => bail!(
                "there is no type `{name}` in `{}`; its types are {}",
                protocol.name(),
                names.join(", ")
            ),
        }
    }
}

/// The same types, of which that one is read, in the order of bytes and bits in
/// which the format begins.
fn alone(schema: &Schema, index: usize) -> Result<Schema> {
    let definition = &schema.types()[index];
    if let Some(parameter) = definition.parameters.first() {
        bail!(
            "`{}` cannot be read alone: what is around it gives it `{}`",
            definition.name,
            parameter.name
        );
    }
    let root = ordered(schema, schema.root(), Shape::Named(TypeRef::at(index)));
    Ok(Schema::new(root, schema.types().to_vec())?)
}

/// `inner` in the order in which `shape` is.
fn ordered(schema: &Schema, shape: &Shape, inner: Shape) -> Shape {
    match shape {
        Shape::Named(reference) => ordered(schema, &schema.definition(*reference).shape, inner),
        Shape::Ordered { item, bytes, bits } => Shape::Ordered {
            item: Box::new(ordered(schema, item, inner)),
            bytes: *bytes,
            bits: *bits,
        },
        _ => inner,
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use pickler::dynamic::{decode, json::to_json};
    use pickler::{Pickle, schema};

    use super::*;

    #[derive(Pickle)]
    #[pickle(endian = little)]
    struct File {
        version: u16,
        entry: Entry,
        part: Part,
    }

    #[derive(Pickle)]
    struct Entry {
        offset: u16,
    }

    #[derive(Pickle)]
    #[pickle(context(size: u8))]
    struct Sized {
        #[pickle(count = size)]
        bytes: Vec<u8>,
    }

    #[derive(Pickle)]
    struct Part {
        #[pickle(given(size = 2))]
        sized: Sized,
    }

    fn protocol() -> Protocol {
        Protocol {
            described: Cow::Owned(schema::Protocol::new("file", Schema::of::<File>())),
            rewrite: None,
        }
    }

    #[test]
    fn a_type_is_read_in_the_order_of_its_format() {
        let protocol = protocol();
        let Ok(Target::Type(schema)) = Target::of(&protocol, Some("Entry")) else {
            panic!("it is a type");
        };
        let value = decode(&schema, &[1, 2]).expect("an entry");
        let json = to_json(&value, &schema).to_string();
        assert_eq!(json, r#"{"offset":513}"#);
    }

    #[test]
    fn what_is_no_type_is_refused_with_what_is_meant() {
        let protocol = protocol();
        let refusal = |name| {
            Target::of(&protocol, Some(name))
                .err()
                .map(|it| it.to_string())
        };
        assert_eq!(
            refusal("Entri").as_deref(),
            Some("there is no type `Entri`; did you mean `Entry`?")
        );
        assert_eq!(
            refusal("x").as_deref(),
            Some("there is no type `x` in `file`; its types are File, Entry, Part, Sized")
        );
        assert_eq!(
            refusal("Sized").as_deref(),
            Some("`Sized` cannot be read alone: what is around it gives it `size`")
        );
    }
}
