//! The impls.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Path;

use super::mentions::Mentions;
use super::width::Aligned;
use super::{
    Context, bit_field, context, default, diagram, enumeration, fields, generators, magic, operand,
    padding, protobuf, tagged, union, view,
};
use crate::normalization::{Body, Declaration, Defaults, Fields, Generics};
use crate::parsing::Orders;

/// The parts of `impl Pickle` that differ.
pub struct Parts {
    pub width: TokenStream,
    pub whole: TokenStream,
    pub aligned: Aligned,
    pub read: TokenStream,
    pub write: TokenStream,
    pub describe: TokenStream,
    /// Code that is not worth copying into each caller.
    pub large: bool,
}

pub fn expand(declaration: &Declaration) -> TokenStream {
    let mentions = Mentions::default();
    let cx = context_of(declaration, &mentions);
    let parts = match &declaration.body {
        Body::Fields(fields) => of_fields(declaration, fields, cx),
        Body::Enumeration(it) => enumeration::parts(it, cx),
        Body::Union(it) => union::parts(declaration, it, cx),
    };
    let default = match &declaration.body {
        Body::Fields(fields) if declaration.default.is_some() => {
            Some(default::expand(declaration, fields))
        }
        _ => None,
    };
    let parts = magic::expand(declaration.magic.as_ref(), parts, cx);
    let pickle = pickle(declaration, parts, cx);
    let beside = beside(declaration, cx);
    hygienic!(#pickle #default #beside)
}

fn context_of<'a>(declaration: &'a Declaration, mentions: &'a Mentions) -> Context<'a> {
    Context {
        pickler: &declaration.crate_path,
        input: &declaration.generics.input,
        parameters: &declaration.parameters,
        orders: declaration.orders,
        item: None,
        span: proc_macro2::Span::mixed_site(),
        mentions,
    }
}

/// What comes beside the codec.
fn beside(declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    let of_body = match &declaration.body {
        Body::Fields(fields) => {
            let follow = operand::follow(declaration, fields, cx);
            let operand = operand::of_record(declaration, fields, follow.as_ref(), cx)
                .or_else(|| operand::of_newtype(declaration, fields, cx));
            let view = declaration.view.as_ref();
            let view = view.map(|view| view::expand(declaration, view, fields, cx));
            hygienic!(#operand #view)
        }
        Body::Enumeration(it) => {
            let tagged = tagged::of_enumeration(declaration, it, cx);
            let operand = operand::of_enumeration(declaration, it, cx);
            let bare = declaration.magic.is_none();
            let bit_field = bare.then(|| bit_field::expand(declaration, it, cx));
            let is_number = declaration.parameters.is_empty() && !it.tag.is_bytes();
            let parameter = is_number.then(|| context::parameter(declaration, it, cx));
            hygienic!(#tagged #operand #bit_field #parameter)
        }
        Body::Union(it) => {
            let framed = union::framed(declaration, it);
            let tagged = tagged::of_union(declaration, it, cx);
            let operand = operand::of_union(declaration, it, cx);
            let from = it.from.then(|| tagged::from_bodies(declaration, it));
            hygienic!(#framed #tagged #operand #from)
        }
    };
    let of_all = of_all(declaration, cx);
    hygienic!(#of_body #of_all)
}

/// What types of all kinds have beside the codec.
fn of_all(declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    if declaration.parameters.is_empty() {
        let generators = generators::expand(declaration, cx);
        let protobuf = protobuf::expand(declaration, cx);
        hygienic!(#generators #protobuf)
    } else {
        // What makes values knows of no context to give.
        context::expand(declaration, cx)
    }
}

/// The same after a mistake: what looks at tags would tell of it again.
fn dummies_beside(declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    let of_body = match &declaration.body {
        Body::Fields(fields) => {
            let operand = operand::of_record(declaration, fields, None, cx);
            // What has no view has been told so.
            let may_have_view = operand.is_some() && declaration.parameters.is_empty();
            let view = declaration.view.as_ref().filter(|_| may_have_view);
            let view = view.map(|view| view::expand(declaration, view, fields, cx));
            hygienic!(#operand #view)
        }
        Body::Enumeration(_) => tagged::dummy(declaration, cx),
        Body::Union(it) => {
            let framed = union::framed(declaration, it);
            let tagged = tagged::dummy(declaration, cx);
            let from = it.from.then(|| tagged::from_bodies(declaration, it));
            hygienic!(#framed #tagged #from)
        }
    };
    let of_all = of_all(declaration, cx);
    hygienic!(#of_body #of_all)
}

fn of_fields(declaration: &Declaration, it: &Fields, cx: Context<'_>) -> Parts {
    let path = hygienic!(Self);
    let padding = padding::after_read(declaration.padding, cx);
    let done = |value: &TokenStream| {
        hygienic! {
            let value = #value;
            #padding
            ::core::result::Result::Ok(value)
        }
    };
    let plain = |value: &TokenStream| hygienic!(::core::result::Result::Ok(#value));
    let done: &dyn Fn(&TokenStream) -> TokenStream =
        if padding.is_empty() { &plain } else { &done };
    let read = it.read(&path, done, &fields::exit_function, cx);
    let pattern = it.pattern(&path);
    let write = it.write(&fields::exit_function, cx);
    let odd = it.odd_parts(&declaration.ident, cx);
    let parts = Parts {
        width: it.width(cx),
        whole: whole(&odd, cx),
        aligned: it.aligned(cx),
        read,
        write: hygienic! {
            let #pattern = self;
            #write
            ::core::result::Result::Ok(())
        },
        describe: it.describe(declaration.default == Some(Defaults::OfAll), cx),
        large: false,
    };
    padding::expand(declaration.padding, parts, cx)
}

/// Whether parts that may be odd are whole together.
pub fn whole(odd: &[TokenStream], cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    if odd.is_empty() {
        hygienic!(true)
    } else {
        hygienic!(#pickler::Width::whole(&[#(#odd),*]))
    }
}

fn pickle(declaration: &Declaration, parts: Parts, cx: Context<'_>) -> TokenStream {
    let Context { pickler, input, .. } = cx;
    let Declaration {
        ident,
        generics,
        orders,
        ..
    } = declaration;
    let name = declaration.name();
    let (impl_generics, type_generics, where_clause) = generics.for_pickle();
    let Parts {
        width,
        whole,
        aligned,
        read,
        write,
        describe,
        large,
    } = parts;
    let whole = if declaration.whole {
        true.to_token_stream()
    } else {
        whole
    };
    let inline = if large {
        hygienic!(#[inline])
    } else {
        hygienic! {
            #[inline]
            #[cfg_attr(not(debug_assertions), inline(always))]
        }
    };
    let enter = |cursor: TokenStream, again: TokenStream| match &aligned {
        Aligned::Always => TokenStream::new(),
        Aligned::Never => hygienic!(let #cursor = #cursor.unaligned();),
        Aligned::If(condition) => hygienic! {
            if <__A as #pickler::cursor::Align>::ALIGNED && !(#condition) {
                return #again;
            }
        },
    };
    let contextual = !declaration.parameters.is_empty();
    let (again_read, again_write) = if contextual {
        (
            hygienic!(<Self as #pickler::PickleWith<#input>>::read_with(context, r.unaligned())),
            hygienic! {
                <Self as #pickler::PickleWith<#input>>::write_with(self, context, w.unaligned())
            },
        )
    } else {
        (
            hygienic!(<Self as #pickler::Pickle<#input>>::read(r.unaligned())),
            hygienic!(<Self as #pickler::Pickle<#input>>::write(self, w.unaligned())),
        )
    };
    let enter_read = enter(hygienic!(r), again_read);
    let enter_write = enter(hygienic!(w), again_write);
    let order = |cursor: TokenStream| {
        let order = orders.order_type(cx);
        orders
            .is_set()
            .then(|| hygienic!(let #cursor = #cursor.as_order::<#order>();))
    };
    let (order_read, order_write) = (order(hygienic!(r)), order(hygienic!(w)));
    let skip = match &declaration.body {
        Body::Fields(fields) if declaration.view.is_some() => {
            let again = hygienic!(<Self as #pickler::Pickle<#input>>::skip(r.unaligned()));
            let (enter, skip) = (
                enter(hygienic!(r), again),
                view::skip(declaration, fields, cx),
            );
            hygienic! {
                fn skip<__O: #pickler::cursor::Order, __A: #pickler::cursor::Align>(
                    r: &mut #pickler::cursor::Reader<#input, __O, __A>,
                ) -> ::core::result::Result<(), #pickler::cursor::Fault> {
                    #enter
                    #order_read
                    #skip
                }
            }
        }
        _ => TokenStream::new(),
    };
    let mentions = cx.mentions.tell();
    let describe = orders.describe(&describe, cx);
    let describe = hygienic!({ #mentions #describe });
    let described = described(declaration, &describe, cx);
    let (implemented, read_name, write_name, context) = if contextual {
        (
            hygienic!(PickleWith),
            hygienic!(read_with),
            hygienic!(write_with),
            hygienic!(context: &<Self as #pickler::Contextual>::Context,),
        )
    } else {
        (
            hygienic!(Pickle),
            hygienic!(read),
            hygienic!(write),
            TokenStream::new(),
        )
    };
    let documentation = diagram::documentation(declaration);
    let documentation = documentation.map(|text| hygienic!(#[doc = #text]));
    hygienic! {
        #documentation
        #[automatically_derived]
        #[allow(unused_variables, unused_mut, unused_labels, unreachable_code)]
        #[allow(clippy::all, clippy::pedantic)]
        impl #impl_generics #pickler::#implemented<#input> for #ident #type_generics #where_clause {
            const NAME: &'static ::core::primitive::str = #name;
            const WIDTH: #pickler::Width = #width;
            const WHOLE: ::core::primitive::bool = #whole;

            #inline
            fn #read_name<__O: #pickler::cursor::Order, __A: #pickler::cursor::Align>(
                #context
                r: &mut #pickler::cursor::Reader<#input, __O, __A>,
            ) -> ::core::result::Result<Self, #pickler::cursor::Fault> {
                #enter_read
                #order_read
                #read
            }

            #inline
            fn #write_name<
                __S: #pickler::cursor::Sink,
                __O: #pickler::cursor::Order,
                __A: #pickler::cursor::Align,
            >(
                &self,
                #context
                w: &mut #pickler::cursor::Writer<__S, __O, __A>,
            ) -> ::core::result::Result<(), #pickler::cursor::Fault> {
                let looks = w.looks();
                #enter_write
                #order_write
                #write
            }

            #skip

            #pickler::generated::with_alloc! {
                fn describe(d: &mut #pickler::schema::Describer) -> #pickler::schema::Shape {
                    #described
                }
            }
        }
    }
}

/// The description as others see it: of a type with a name, or in place.
fn described(declaration: &Declaration, shape: &TokenStream, cx: Context<'_>) -> TokenStream {
    let key = hygienic!(::core::any::type_name::<Self>());
    let Some(name) = &declaration.name else {
        return hygienic!(d.inline(#key, |d| #shape));
    };
    let doc = &declaration.doc;
    if declaration.parameters.is_empty() {
        hygienic!(d.define(#key, #name, #doc, |d| #shape))
    } else {
        let parameters = context::describe_parameters(declaration, cx);
        hygienic!(d.define_with(#key, #name, #doc, #parameters, |d| #shape))
    }
}

/// What stands in for what cannot be made, so that the mistakes reported are
/// those of the declaration alone, wherever the type is used.
pub fn dummy(declaration: &Declaration) -> TokenStream {
    let mentions = Mentions::default();
    let cx = context_of(declaration, &mentions);
    let Declaration {
        ident, generics, ..
    } = declaration;
    let pickle = dummy_pickle(ident, generics, cx);
    let beside = dummies_beside(declaration, cx);
    let default = declaration.default.map(|_| {
        let (impl_generics, type_generics, where_clause) = generics.for_default();
        hygienic! {
            #[automatically_derived]
            impl #impl_generics ::core::default::Default for #ident #type_generics #where_clause {
                fn default() -> Self {
                    ::core::unimplemented!()
                }
            }
        }
    });
    hygienic!(#pickle #beside #default)
}

/// The same where nothing is known but the type's name.
pub fn dummy_of_name(ident: &Ident, generics: &Generics, crate_path: &Path) -> TokenStream {
    let cx = Context {
        pickler: crate_path,
        input: &generics.input,
        parameters: &[],
        orders: Orders::default(),
        item: None,
        span: proc_macro2::Span::mixed_site(),
        mentions: &Mentions::default(),
    };
    dummy_pickle(ident, generics, cx)
}

fn dummy_pickle(ident: &Ident, generics: &Generics, cx: Context<'_>) -> TokenStream {
    let Context { pickler, input, .. } = cx;
    let (impl_generics, type_generics, where_clause) = generics.for_pickle();
    let (implemented, read, write, context) = if cx.parameters.is_empty() {
        (
            hygienic!(Pickle),
            hygienic!(read),
            hygienic!(write),
            TokenStream::new(),
        )
    } else {
        (
            hygienic!(PickleWith),
            hygienic!(read_with),
            hygienic!(write_with),
            hygienic!(_: &<Self as #pickler::Contextual>::Context,),
        )
    };
    hygienic! {
        #[automatically_derived]
        impl #impl_generics #pickler::#implemented<#input> for #ident #type_generics #where_clause {
            const NAME: &'static ::core::primitive::str = "";
            const WIDTH: #pickler::Width = #pickler::Width::ZERO;
            const WHOLE: ::core::primitive::bool = true;

            fn #read<__O: #pickler::cursor::Order, __A: #pickler::cursor::Align>(
                #context
                _: &mut #pickler::cursor::Reader<#input, __O, __A>,
            ) -> ::core::result::Result<Self, #pickler::cursor::Fault> {
                ::core::unimplemented!()
            }

            fn #write<
                __S: #pickler::cursor::Sink,
                __O: #pickler::cursor::Order,
                __A: #pickler::cursor::Align,
            >(
                &self,
                #context
                _: &mut #pickler::cursor::Writer<__S, __O, __A>,
            ) -> ::core::result::Result<(), #pickler::cursor::Fault> {
                ::core::unimplemented!()
            }

            #pickler::generated::with_alloc! {
                fn describe(_: &mut #pickler::schema::Describer) -> #pickler::schema::Shape {
                    ::core::unimplemented!()
                }
            }
        }
    }
}
