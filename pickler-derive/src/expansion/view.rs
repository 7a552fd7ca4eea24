//! Views: types that look at a record's fields one by one.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;

use super::expression::{Side, at};
use super::fields::{Exit, exit_function};
use super::pickler::Scope;
use super::width::Aligned;
use super::{Context, padding};
use crate::normalization::{Declaration, Expression, Field, Fields, Pickler, Place};

/// The fields in front whose places are known, and which are there in every
/// record.
struct Head {
    /// Of the constant in front of them.
    magic: u32,
    /// The bit at which each starts, and how many it takes.
    fields: Vec<(u32, u32)>,
    bits: u32,
}

impl Head {
    fn of(fields: &Fields) -> Self {
        let nothing = Self {
            magic: 0,
            fields: Vec::new(),
            bits: 0,
        };
        let magic = match fields.magic().map(Pickler::fixed) {
            None => 0,
            Some(Some(fixed)) => fixed.bits,
            Some(None) => return nothing,
        };
        let mut head = Self {
            magic,
            bits: magic,
            ..nothing
        };
        for field in &fields.fields {
            let Some(fixed) = field.pickler.fixed().filter(|_| field.elsewhere.is_none()) else {
                break;
            };
            head.fields.push((head.bits, fixed.bits));
            head.bits += fixed.bits;
        }
        head
    }

    fn bytes(&self) -> usize {
        self.bits.div_ceil(8) as usize
    }
}

/// The type, how it is made, and its methods.
pub fn expand(
    declaration: &Declaration,
    view: &Ident,
    fields: &Fields,
    cx: Context<'_>,
) -> TokenStream {
    let Context { pickler, input, .. } = cx;
    let Declaration {
        ident,
        generics,
        visibility,
        ..
    } = declaration;
    let (impl_generics, type_generics, where_clause) = generics.for_pickle();
    let view_generics = generics.of_view();
    let head = Head::of(fields);
    let size = head.bytes();
    let record = hygienic!(#ident #type_generics);
    let doc = format!("A view of a [`{ident}`]: a field is read when it is asked for.");
    let made_doc =
        format!("Looks at the bytes of a `{ident}`, whose fields are read when asked for.");
    let magic = fields
        .magic()
        .map(|_| look_at_magic(declaration, fields, cx));
    let methods = fields.fields.iter().enumerate().map(|(index, field)| {
        let method = method(declaration, fields, &head, index, cx);
        let doc = if field.doc.is_empty() {
            format!("The field `{}`.", field.name)
        } else {
            field.doc.clone()
        };
        hygienic!(#[doc = #doc] #method)
    });
    // In them, `Self` is still the record.
    let methods = of_record(hygienic!(#(#methods)*), &generics.as_turbofish(ident));
    hygienic! {
        #[doc = #doc]
        #visibility struct #view #impl_generics #where_clause {
            window: #pickler::generated::Window<#input, #size>,
            record: ::core::marker::PhantomData<fn() -> #record>,
        }

        #[automatically_derived]
        impl #impl_generics ::core::clone::Clone for #view #view_generics #where_clause {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::marker::Copy for #view #view_generics #where_clause {}

        #[automatically_derived]
        impl #impl_generics ::core::fmt::Debug for #view #view_generics #where_clause {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #pickler::generated::show_view(
                    ::core::stringify!(#view),
                    #pickler::View::bytes(self),
                    f,
                )
            }
        }

        #[automatically_derived]
        impl #impl_generics #pickler::View<#input> for #view #view_generics #where_clause {
            type Record = #record;

            #[inline]
            fn of(
                bytes: &#input [::core::primitive::u8],
            ) -> ::core::result::Result<Self, #pickler::Error> {
                let window = #pickler::generated::Window::of::<Self::Record>(bytes)?;
                #magic
                ::core::result::Result::Ok(Self {
                    window,
                    record: ::core::marker::PhantomData,
                })
            }

            #[inline]
            fn bytes(&self) -> &#input [::core::primitive::u8] {
                self.window.bytes()
            }
        }

        #[automatically_derived]
        #[allow(dead_code)]
        impl #impl_generics #ident #type_generics #where_clause {
            #[doc = #made_doc]
            #[inline]
            #visibility fn view(
                bytes: &#input [::core::primitive::u8],
            ) -> ::core::result::Result<#view #view_generics, #pickler::Error> {
                <#view #view_generics as #pickler::View<#input>>::of(bytes)
            }
        }

        #[automatically_derived]
        #[allow(dead_code, unused_variables, unused_mut, unreachable_code)]
        #[allow(clippy::all, clippy::pedantic)]
        impl #impl_generics #view #view_generics #where_clause {
            #methods
        }
    }
}

/// The content of `Pickle::skip`, behind what all of it begins with.
pub fn skip(declaration: &Declaration, fields: &Fields, cx: Context<'_>) -> TokenStream {
    let head = Head::of(fields);
    let before = padding::before_read(declaration.padding, cx);
    let way = fields.way_to(fields.fields.len(), None, &head, &exit_function, cx);
    let after = padding::after_read(declaration.padding, cx);
    hygienic! {
        #before
        #way
        #after
        ::core::result::Result::Ok(())
    }
}

/// Reads something by a cursor at the start of the record.
fn look(
    declaration: &Declaration,
    fields: &Fields,
    window: &TokenStream,
    ty: &TokenStream,
    read: &TokenStream,
    cx: Context<'_>,
) -> TokenStream {
    let Context { pickler, input, .. } = cx;
    let (_, type_generics, _) = declaration.generics.for_pickle();
    let ident = &declaration.ident;
    let unaligned =
        (!matches!(fields.aligned(cx), Aligned::Always)).then(|| hygienic!(let r = r.unaligned();));
    let order = declaration.orders.order_type(cx);
    let before = padding::before_read(declaration.padding, cx);
    hygienic! {
        #[allow(dead_code)]
        type __O = #pickler::cursor::Network;
        #window.look::<#ident #type_generics, #ty>(
            |r: &mut #pickler::cursor::Reader<#input>|
                -> ::core::result::Result<#ty, #pickler::cursor::Fault>
            {
                #unaligned
                let r = r.as_order::<#order>();
                #before
                #read
            },
        )
    }
}

/// Checks the constant in front of the fields.
fn look_at_magic(declaration: &Declaration, fields: &Fields, cx: Context<'_>) -> TokenStream {
    let read = fields.read_magic(&exit_function, cx);
    let read = hygienic!(#read ::core::result::Result::Ok(()));
    let look = look(
        declaration,
        fields,
        &hygienic!(window),
        &hygienic!(()),
        &read,
        cx,
    );
    hygienic!({ #look }?;)
}

/// What gives a field.
fn method(
    declaration: &Declaration,
    fields: &Fields,
    head: &Head,
    index: usize,
    cx: Context<'_>,
) -> TokenStream {
    let Context { pickler, .. } = cx;
    let field = &fields.fields[index];
    let (visibility, name, ty) = (&field.visibility, &field.member, field.held());
    let is_always_there = field.pickler.fixed().is_some_and(|it| !it.read_fails);
    if let (Some((at, _)), true, []) = (head.fields.get(index), is_always_there, &*field.assertions)
    {
        let scope = Scope {
            fields: &fields.fields,
            side: None,
        };
        let expression = field.pickler.expression(scope, cx.at(&field.ty));
        let order = declaration.orders.order_type(cx);
        let at = *at as usize;
        return hygienic! {
            #[inline(always)]
            #visibility fn #name(&self) -> #ty {
                type __O = #pickler::cursor::Network;
                self.window.load::<_, #order>(&#expression, #at)
            }
        };
    }
    let way = fields.way_to(index, Some(index), head, &exit_function, cx);
    let read = fields.read_field(index, false, &exit_function, cx);
    let local = &field.local;
    let look = look(
        declaration,
        fields,
        &hygienic!(self.window),
        &ty.to_token_stream(),
        &hygienic!(#way #read ::core::result::Result::Ok(#local)),
        cx,
    );
    hygienic! {
        #[inline]
        #visibility fn #name(&self) -> ::core::result::Result<#ty, #pickler::Error> {
            #look
        }
    }
}

impl Fields {
    /// Goes past the fields before one, from the start of the record; reads
    /// those that are looked at on the way, and by `then`.
    fn way_to(
        &self,
        end: usize,
        then: Option<usize>,
        head: &Head,
        exit: Exit<'_>,
        cx: Context<'_>,
    ) -> TokenStream {
        let offsets = self.uses_sizes();
        let looked_at = self.looked_at(end, then);
        let mut way = hygienic!(let start = r.bit_offset(););
        // Of the head, known to be there.
        let mut bits = head.magic;
        if head.magic == 0 {
            way.extend(self.skip_magic(exit, cx));
        }
        for (index, field) in self.fields[..end].iter().enumerate() {
            let read = looked_at.contains(&index);
            match head.fields.get(index) {
                Some((_, count)) if !read && !offsets => {
                    bits += count;
                    continue;
                }
                _ => way.extend(go_past(std::mem::take(&mut bits), exit)),
            }
            if read {
                way.extend(self.read_field(index, offsets, exit, cx));
                continue;
            }
            if offsets {
                let at = at(index);
                way.extend(hygienic!(let #at = r.bit_offset();));
            }
            if field.elsewhere.is_none() {
                way.extend(self.skip_field(field, exit, cx));
            }
        }
        way.extend(go_past(bits, exit));
        if offsets {
            let at = at(end);
            way.extend(hygienic!(let #at = r.bit_offset();));
        }
        way
    }

    fn skip_magic(&self, exit: Exit<'_>, cx: Context<'_>) -> Option<TokenStream> {
        let Context { pickler, input, .. } = cx;
        let scope = Scope {
            fields: &self.fields,
            side: None,
        };
        let expression = self.magic()?.expression(scope, cx);
        let exit = exit(&hygienic!(r.within_field(fault, "magic")));
        Some(hygienic! {
            if let ::core::result::Result::Err(fault) =
                #pickler::Pickler::<#input>::skip(&#expression, r)
            {
                #exit
            }
        })
    }

    fn skip_field(&self, field: &Field, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let scope = Scope {
            fields: &self.fields,
            side: Some(Side::Read),
        };
        let exit = exit(&self.within(field, &hygienic!(r)));
        let cx = cx.at(&field.ty);
        let expression = field.pickler.expression(scope, cx);
        let skip = spanned!(cx, #pickler::Pickler::<#input>::skip(&#expression, r));
        hygienic!(if let ::core::result::Result::Err(fault) = #skip { #exit })
    }

    /// The fields before `end` that are looked at on the way there, and by
    /// `then`.
    fn looked_at(&self, end: usize, then: Option<usize>) -> BTreeSet<usize> {
        let mut looked_at = BTreeSet::new();
        let mut open: Vec<usize> = Vec::new();
        for field in &self.fields[..end] {
            open.extend(
                field
                    .pickler
                    .expressions()
                    .into_iter()
                    .flat_map(|it| self.fields_in(it)),
            );
        }
        open.extend(then.into_iter().flat_map(|index| self.read_for(index)));
        while let Some(index) = open.pop() {
            if looked_at.insert(index) {
                open.extend(self.read_for(index));
            }
        }
        looked_at
    }

    /// The fields that are looked at when one is read.
    fn read_for(&self, index: usize) -> Vec<usize> {
        let field = &self.fields[index];
        let elsewhere = field.elsewhere.as_ref().map(|it| &it.at);
        let expressions = field.pickler.expressions().into_iter();
        expressions
            .chain(elsewhere)
            .chain(&field.assertions)
            .flat_map(|it| self.fields_in(it))
            // An assertion looks at the field itself, too.
            .filter(|looked_at| *looked_at != index)
            .collect()
    }

    /// The fields whose values an expression looks at.
    fn fields_in(&self, expression: &Expression) -> Vec<usize> {
        let mut found = Vec::new();
        expression.walk(&mut |it| match it {
            Expression::Name(Place::Field(index)) | Expression::Present(Place::Field(index), _) => {
                found.push(*index);
            }
            // Where something is elsewhere is known when it was read.
            Expression::SizeOf(Place::Field(index)) | Expression::OffsetOf(Place::Field(index))
                if self.fields[*index].elsewhere.is_some() =>
            {
                found.push(*index);
            }
            _ => {}
        });
        found
    }
}

/// Goes past so many bits.
fn go_past(bits: u32, exit: Exit<'_>) -> Option<TokenStream> {
    let bits = u64::from(bits);
    let exit = exit(&hygienic!(fault));
    (bits > 0)
        .then(|| hygienic!(if let ::core::result::Result::Err(fault) = r.skip(#bits) { #exit }))
}

/// Tokens of an impl of the record, in an impl of another type.
fn of_record(tokens: TokenStream, record: &TokenStream) -> TokenStream {
    let all = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Ident(name) if name == "Self" => record.clone(),
        TokenTree::Group(group) => {
            let mut of_record = Group::new(group.delimiter(), of_record(group.stream(), record));
            of_record.set_span(group.span());
            TokenTree::Group(of_record).into()
        }
        other => other.into(),
    });
    all.collect()
}
