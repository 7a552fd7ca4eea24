//! Room behind the last field: `pad_to` and `align` of a struct.

use proc_macro2::TokenStream;

use super::Context;
use super::item::Parts;
use super::pickler::padding;
use crate::parsing::PaddingAttributes;

/// Code before and behind the fields.
struct Around {
    read: (TokenStream, TokenStream),
    write: (TokenStream, TokenStream),
    width: TokenStream,
    fill: TokenStream,
}

/// What comes before the fields when they are read.
pub fn before_read(it: PaddingAttributes, cx: Context<'_>) -> TokenStream {
    let all = around(it, cx).into_iter();
    all.rev().map(|around| around.read.0).collect()
}

/// What comes behind the fields when they are read.
pub fn after_read(it: PaddingAttributes, cx: Context<'_>) -> TokenStream {
    let all = around(it, cx).into_iter();
    all.rev().map(|around| around.read.1).collect()
}

/// The parts of the impl with the room.
pub fn expand(it: PaddingAttributes, mut parts: Parts, cx: Context<'_>) -> Parts {
    let Context { pickler, .. } = cx;
    let content = padding(it.ignored, cx);
    for around in around(it, cx) {
        let Around {
            read: (before_read, _),
            write: (before_write, after_write),
            width,
            fill,
        } = around;
        let (old_width, read, write, describe) =
            (parts.width, parts.read, parts.write, parts.describe);
        parts.width = hygienic!({
            let inner: #pickler::Width = #old_width;
            #width
        });
        parts.whole = hygienic!(true);
        parts.read = hygienic!(#before_read #read);
        parts.write = hygienic! {
            #before_write
            let written: ::core::result::Result<(), #pickler::cursor::Fault> = { #write };
            match written {
                ::core::result::Result::Ok(()) => { #after_write }
                ::core::result::Result::Err(fault) => ::core::result::Result::Err(fault),
            }
        };
        parts.describe = hygienic! {
            #pickler::schema::Shape::Filled {
                item: #pickler::generated::Box::new(#describe),
                fill: #fill,
                padding: #content,
            }
        };
    }
    parts
}

fn around(it: PaddingAttributes, cx: Context<'_>) -> Vec<Around> {
    let Context { pickler, .. } = cx;
    let content = padding(it.ignored, cx);
    let mut all = Vec::new();
    if let Some((_, bytes)) = it.to {
        all.push(Around {
            read: (
                hygienic! {
                    let outer = match #pickler::generated::enter_padded(r, #bytes) {
                        ::core::result::Result::Ok(outer) => outer,
                        ::core::result::Result::Err(fault) => {
                            return ::core::result::Result::Err(fault);
                        }
                    };
                },
                hygienic! {
                    if let ::core::result::Result::Err(fault) =
                        #pickler::generated::leave_padded(r, outer, #content)
                    {
                        return ::core::result::Result::Err(fault);
                    }
                },
            ),
            write: (
                hygienic! {
                    if let ::core::result::Result::Err(fault) = w.expect_byte_boundary() {
                        return ::core::result::Result::Err(fault);
                    }
                    let padded_from = w.written();
                    w.begin_piece(true);
                },
                hygienic!(#pickler::generated::pad_to(w, padded_from, #bytes)),
            ),
            width: hygienic!(#pickler::generated::padded_width(inner, #bytes)),
            fill: hygienic!(#pickler::schema::Fill::To(#bytes)),
        });
    }
    if let Some((_, bytes)) = it.align {
        let (origin, read_from, write_from) = if it.from_record {
            (
                hygienic!(Record),
                hygienic!(r.bit_offset()),
                hygienic!(w.bit_offset()),
            )
        } else {
            (
                hygienic!(Message),
                hygienic!(r.bit_offset() - r.alignment_offset()),
                hygienic!(w.bit_offset() - w.alignment_offset()),
            )
        };
        let expect_place = (!it.from_record).then(|| {
            hygienic! {
                if let ::core::result::Result::Err(fault) = w.expect_place() {
                    return ::core::result::Result::Err(fault);
                }
            }
        });
        all.push(Around {
            read: (
                hygienic!(let aligned_from: ::core::primitive::u64 = #read_from;),
                hygienic! {
                    if let ::core::result::Result::Err(fault) =
                        #pickler::generated::read_to_boundary(r, aligned_from, #bytes, #content)
                    {
                        return ::core::result::Result::Err(fault);
                    }
                },
            ),
            write: (
                hygienic! {
                    #expect_place
                    let aligned_from: ::core::primitive::u64 = #write_from;
                },
                hygienic!(#pickler::generated::write_to_boundary(w, aligned_from, #bytes)),
            ),
            width: hygienic! {
                inner.then(#pickler::Width {
                    min: 0,
                    max: ::core::option::Option::Some(#bytes * 8 - 1),
                })
            },
            fill: hygienic! {
                #pickler::schema::Fill::AlignEnd {
                    bytes: #bytes,
                    from: #pickler::schema::Origin::#origin,
                }
            },
        });
    }
    all
}
