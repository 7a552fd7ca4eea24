//! `impl ProtobufValue`.

use proc_macro2::TokenStream;

use super::{Context, enumeration};
use crate::normalization::{Body, Declaration, Layout};

/// What is particular to one kind of type.
struct Parts {
    form: TokenStream,
    last_counts: TokenStream,
    read: TokenStream,
    write: TokenStream,
}

pub fn expand(declaration: &Declaration, cx: Context<'_>) -> Option<TokenStream> {
    if !declaration.protobuf {
        return None;
    }
    let Context { pickler, input, .. } = cx;
    let value = hygienic!(#pickler::picklers::ProtobufValue<#input>);
    let parts = match &declaration.body {
        Body::Enumeration(it) => {
            let ty = &it.tag.ty;
            let (read, write) = enumeration::codec(
                it,
                &hygienic!(<#ty as #value>::read_value(r)),
                &hygienic!(<#ty as #value>::write_value(&tag, w)),
                cx,
            );
            Parts {
                form: hygienic!(<#ty as #value>::FORM),
                last_counts: hygienic!(true),
                read,
                write,
            }
        }
        Body::Fields(fields) => match (&fields.layout, &*fields.fields) {
            (Layout::Transparent, [field]) => {
                let ty = &field.ty;
                Parts {
                    form: spanned!(cx, <#ty as #value>::FORM),
                    last_counts: hygienic!(<#ty as #value>::LAST_COUNTS),
                    read: hygienic!(<#ty as #value>::read_value(r).map(Self)),
                    write: hygienic!(<#ty as #value>::write_value(&self.0, w)),
                }
            }
            _ => bytes(cx),
        },
        Body::Union(_) => bytes(cx),
    };
    let Parts {
        form,
        last_counts,
        read,
        write,
    } = parts;
    let ident = &declaration.ident;
    let (impl_generics, type_generics, where_clause) = declaration.generics.for_pickle();
    Some(hygienic! {
        #[automatically_derived]
        impl #impl_generics #value for #ident #type_generics #where_clause {
            const FORM: #pickler::schema::Form = #form;
            const LAST_COUNTS: ::core::primitive::bool = #last_counts;

            fn read_value<__O: #pickler::cursor::Order, __A: #pickler::cursor::Align>(
                r: &mut #pickler::cursor::Reader<#input, __O, __A>,
            ) -> ::core::result::Result<Self, #pickler::cursor::Fault> {
                #read
            }

            fn write_value<
                __S: #pickler::cursor::Sink,
                __O: #pickler::cursor::Order,
                __A: #pickler::cursor::Align,
            >(
                &self,
                w: &mut #pickler::cursor::Writer<__S, __O, __A>,
            ) -> ::core::result::Result<(), #pickler::cursor::Fault> {
                #write
            }
        }
    })
}

/// A message.
fn bytes(cx: Context<'_>) -> Parts {
    let Context { pickler, input, .. } = cx;
    Parts {
        form: hygienic!(#pickler::schema::Form::Bytes),
        last_counts: hygienic!(false),
        read: hygienic!(<Self as #pickler::Pickle<#input>>::read(r)),
        write: hygienic!(<Self as #pickler::Pickle<#input>>::write(self, w)),
    }
}
