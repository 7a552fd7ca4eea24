//! The whole file: what is imported, the protocol, its types.

use std::collections::BTreeSet;

use pickler::schema::Protocol;
use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::context::Context;
use crate::declared::with_all;
use crate::error::{Result, Unsayable, refused};
use crate::{literal, source};

/// The types of a protocol, and the function that gives the protocol, in any place.
pub fn types(protocol: &Protocol, codecs: Option<&TokenStream>) -> Result<TokenStream> {
    let settled = with_all(&protocol.schema, &protocol.name);
    let mut cx = Context::new(&settled.schema, true);
    cx.inline = settled.inline;
    cx.module = codecs.cloned();
    Ok(cx.items(protocol)?.into_iter().collect())
}

impl Context<'_> {
    fn items(&self, protocol: &Protocol) -> Result<Vec<TokenStream>> {
        let mut items = vec![self.protocol(protocol)?];
        for index in 0..self.schema.types().len() {
            items.push(self.item(index)?);
        }
        Ok(items)
    }

    /// The type of a whole message.
    fn root(&self) -> Result<TokenStream> {
        match self.plain(self.schema.root()) {
            Some(root) => Ok(root),
            None => refused("a whole message is a type of its own in Rust"),
        }
    }

    fn protocol(&self, protocol: &Protocol) -> Result<TokenStream> {
        let root = self.root()?;
        let of = |name: &Ident| {
            if self.in_place {
                quote!(::pickler::schema::#name)
            } else {
                quote!(#name)
            }
        };
        let (ty, schema) = (of(&format_ident!("Protocol")), of(&format_ident!("Schema")));
        let name = &protocol.name;
        let version = protocol.version.iter();
        let doc_text = (!protocol.doc.is_empty()).then_some(&*protocol.doc);
        let doc_text = doc_text.iter();
        let handshake = protocol.handshake.iter().map(|it| {
            let client = literal::bytes(&it.client);
            let server = literal::bytes(&it.server);
            quote!(.handshake(*#client, *#server))
        });
        let keep_alive = protocol.keep_alive.iter().map(|it| {
            let message = &it.message;
            let after = Literal::u64_unsuffixed(it.after_ms);
            quote!(.keep_alive(#message, #after))
        });
        let max_message = protocol.max_message.iter().map(|bytes| {
            let bytes = Literal::u64_unsuffixed(*bytes);
            quote!(.max_message(#bytes))
        });
        Ok(quote! {
            /// The protocol: its messages, and what is agreed on beside them.
            pub fn protocol() -> #ty {
                #ty::new(#name, #schema::of::<#root>())
                    #(.version(#version))*
                    #(.doc(#doc_text))*
                    #(#handshake)*
                    #(#keep_alive)*
                    #(#max_message)*
            }
        })
    }
}

/// A file of the types of a protocol and the function that gives the protocol.
pub fn file(protocol: &Protocol) -> Result<String> {
    let settled = with_all(&protocol.schema, &protocol.name);
    let mut cx = Context::new(&settled.schema, false);
    cx.inline = settled.inline;
    let items = cx.items(protocol)?;
    let mut used = BTreeSet::new();
    for item in &items {
        identifiers(item.clone(), &mut used);
    }
    let groups: [(&str, &[&str]); 7] = [
        ("std::collections", &["BTreeMap", "BTreeSet"]),
        ("std::net", &["Ipv4Addr", "Ipv6Addr"]),
        (
            "std::num",
            &[
                "NonZeroI8",
                "NonZeroI16",
                "NonZeroI32",
                "NonZeroI64",
                "NonZeroI128",
                "NonZeroU8",
                "NonZeroU16",
                "NonZeroU32",
                "NonZeroU64",
                "NonZeroU128",
            ],
        ),
        ("pickler", &["picklers"]),
        ("pickler::schema", &["Protocol", "Schema"]),
        ("pickler::types", &["UnknownField"]),
        ("pickler", &["ByteString", "Derived", "Pickle"]),
    ];
    let mut text = header(protocol);
    for (module, names) in groups {
        let names = names.iter().filter(|name| used.contains(**name));
        let names: Vec<&str> = names.copied().collect();
        let import = match &names[..] {
            [] => continue,
            [one] => format!("use {module}::{one};\n"),
            names => format!("use {module}::{{{}}};\n", names.join(", ")),
        };
        text.push_str(&import);
    }
    let codecs = cx.codecs_wanted()?;
    if !codecs.is_empty() {
        text.push('\n');
        text.push_str(&codecs);
    }
    let names =
        core::iter::once("protocol()").chain(settled.schema.types().iter().map(|it| &*it.name));
    for (item, name) in items.into_iter().zip(names) {
        let Some(formatted) = source::formatted(item) else {
            return Err(Unsayable::new("what was written of it is no Rust").within(name));
        };
        text.push('\n');
        text.push_str(&formatted);
    }
    Ok(text)
}

/// The documentation of the module.
fn header(protocol: &Protocol) -> String {
    let version = protocol.version.as_deref();
    let title = match version {
        Some(version) => format!("{} {version}.", protocol.name),
        None => format!("{}.", protocol.name),
    };
    let text = if protocol.doc.is_empty() {
        title
    } else {
        protocol.doc.to_string()
    };
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            "//!\n".to_owned()
        } else {
            format!("//! {line}\n")
        }
    });
    let mut lines: String = lines.collect();
    lines.push('\n');
    lines
}

fn identifiers(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
