//! Integers whose values have names.

use proc_macro2::TokenStream;

use super::Context;
use super::item::Parts;
use crate::normalization::{Enumeration, Style, Value};

impl Value {
    /// A pattern with `content` for its fields.
    pub fn pattern(&self, content: &TokenStream) -> TokenStream {
        let ident = &self.ident;
        match self.style {
            Style::Unit => hygienic!(Self::#ident),
            Style::Named => hygienic!(Self::#ident { #content }),
            Style::Unnamed => hygienic!(Self::#ident(#content)),
        }
    }
}

/// Code that reads and writes a value, given code for its tag.
pub fn codec(
    it: &Enumeration,
    read_tag: &TokenStream,
    write_tag: &TokenStream,
    cx: Context<'_>,
) -> (TokenStream, TokenStream) {
    let Context { pickler, .. } = cx;
    let ty = it.tag.rust_type();
    let found = it.tag.found(&hygienic!(tag), cx);
    let literals: Vec<_> = it
        .values
        .iter()
        .map(|value| it.tag.first(&value.tag))
        .collect();
    let patterns: Vec<_> = it
        .values
        .iter()
        .map(|it| it.pattern(&TokenStream::new()))
        .collect();
    let names: Vec<_> = it.values.iter().map(|it| &it.name).collect();
    let unknown = if let Some(other) = &it.other {
        let other = other.pattern(&hygienic!(tag));
        hygienic!(_ => ::core::result::Result::Ok(#other))
    } else {
        hygienic! {
            _ => ::core::result::Result::Err(#pickler::generated::unknown_tag(r, at, #found))
        }
    };
    let write_other = it.other.as_ref().map(|other| {
        let pattern = other.pattern(&hygienic!(tag));
        hygienic! {
            #pattern => {
                let tag: #ty = *tag;
                let known = match tag {
                    #(#literals => ::core::option::Option::Some(#names),)*
                    _ => ::core::option::Option::None,
                };
                if let ::core::option::Option::Some(name) = known {
                    return ::core::result::Result::Err(
                        #pickler::generated::known_tag(w, #found, name),
                    );
                }
                tag
            }
        }
    });
    let read = hygienic! {
        let at = r.bit_offset();
        let tag: #ty = match #read_tag {
            ::core::result::Result::Ok(tag) => tag,
            ::core::result::Result::Err(fault) => return ::core::result::Result::Err(fault),
        };
        match tag {
            #(#literals => ::core::result::Result::Ok(#patterns),)*
            #unknown
        }
    };
    let write = hygienic! {
        let tag: #ty = match self {
            #(#patterns => #literals,)*
            #write_other
        };
        #write_tag
    };
    (read, write)
}

pub fn parts(it: &Enumeration, cx: Context<'_>) -> Parts {
    let Context { pickler, .. } = cx;
    let (read, write) = codec(it, &it.tag.read(cx), &it.tag.write(cx), cx);
    let pairs = it.values.iter().map(|value| {
        let (tag, name) = (it.tag.first_bits(&value.tag, cx), &value.name);
        hygienic!((#tag, #name))
    });
    let other = describe_other(it.other.as_ref().map(|other| other.name.as_str()), cx);
    let tag = it.tag.describe(cx);
    Parts {
        width: it.tag.checked(&it.to_compare, &it.tag.wire_width(cx), cx),
        whole: if it.tag.is_whole() {
            hygienic!(true)
        } else {
            hygienic!(false)
        },
        aligned: it.tag.aligned(),
        read,
        write,
        describe: hygienic! {
            #pickler::schema::Shape::Enumeration(#pickler::generated::Box::new(
                #pickler::schema::Enumeration {
                    tag: #tag,
                    names: #pickler::generated::sorted_names(&[#(#pairs),*]),
                    other: #other,
                },
            ))
        },
        large: it.values.len() > 16,
    }
}

pub fn describe_other(name: Option<&str>, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    match name {
        None => hygienic!(::core::option::Option::None),
        Some(name) => hygienic! {
            ::core::option::Option::Some(#pickler::schema::Other {
                name: ::core::convert::From::from(#name),
            })
        },
    }
}
