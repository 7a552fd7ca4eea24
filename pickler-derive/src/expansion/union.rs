//! A tag, and what it says comes then.

use proc_macro2::{Literal, TokenStream};

use super::enumeration::describe_other;
use super::expression::Side;
use super::fields::{exit_body, exit_function};
use super::item::{Parts, whole};
use super::mentions::Mentions;
use super::width::Aligned;
use super::{Context, choice, variant_tag};
use crate::normalization::{Body, Declaration, Defaults, Length, TagForm, Union};
use crate::parsing::{ByteOrder, Counts, Prefix};

/// Past so many variants, code is not copied into each caller.
const LARGE: usize = 16;

pub fn parts(declaration: &Declaration, it: &Union, cx: Context<'_>) -> Parts {
    let Context { pickler, .. } = cx;
    let tag_bits = it.tag.least_bits();
    let length_bits = it.length.as_ref().map_or(0, Length::bits);
    let least = tag_bits + length_bits;
    let variants = it.variants.iter().map(|variant| variant.fields.aligned(cx));
    Parts {
        width: it.tag.checked(
            &it.to_compare,
            &hygienic!(#pickler::Width::at_least(#least)),
            cx,
        ),
        whole: whole_of(declaration, it, cx),
        aligned: Aligned::of([it.tag.aligned()].into_iter().chain(variants)),
        read: if it.tag.is_choice() {
            choice::read(it, cx)
        } else {
            read(it, cx)
        },
        write: write(declaration, it, cx),
        describe: describe(it, declaration, cx),
        large: it.variants.len() > LARGE,
    }
}

impl Length {
    fn bits(&self) -> u64 {
        match &self.prefix {
            Prefix::Integer(ty) => crate::normalization::type_bits(ty).into(),
            Prefix::Bits(bits) => u64::from(*bits),
            // It may be longer than that, and is refused where it is parsed.
            Prefix::Varint(..) => 8,
        }
    }

    fn counts(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self.counts {
            Counts::Body => hygienic!(#pickler::schema::LengthCounts::Body),
            Counts::Rest => hygienic!(#pickler::schema::LengthCounts::Rest),
            Counts::Message => hygienic!(#pickler::schema::LengthCounts::Message),
        }
    }
}

/// A length makes bodies whole, whatever is in them.
fn whole_of(declaration: &Declaration, it: &Union, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let bits = it.tag.bits_taken().map_or(0, u64::from);
    if it.length.is_some() {
        return if it.tag.is_whole() {
            hygienic!(true)
        } else {
            hygienic!(false)
        };
    }
    let tag = (!bits.is_multiple_of(8)).then(|| hygienic!((#pickler::Width::fixed(#bits), false)));
    let bodies = it.variants.iter().map(|variant| {
        let mut parts: Vec<_> = tag.iter().cloned().collect();
        parts.extend(variant.fields.odd_parts(&declaration.ident, cx));
        parts
    });
    // The body that is kept for an unknown tag has whole bytes.
    let other = it.other.as_ref().map(|_| tag.iter().cloned().collect());
    let mut wholes: Vec<String> = Vec::new();
    let mut tokens = Vec::new();
    for parts in bodies.chain(other) {
        if parts.is_empty() {
            continue;
        }
        let whole = whole(&parts, cx);
        let text = whole.to_string();
        if !wholes.contains(&text) {
            wholes.push(text);
            tokens.push(whole);
        }
    }
    hygienic!(true #(&& #tokens)*)
}

fn read(it: &Union, cx: Context<'_>) -> TokenStream {
    let Context { pickler, input, .. } = cx;
    let ty = it.tag.rust_type();
    let read_tag = it.tag.read(cx);
    let found = it.tag.found(&hygienic!(tag), cx);
    let arms = variant_tag::arms(it, Side::Read, cx);
    let names = it.variants.iter().map(|it| &it.name);
    let first = it.length.as_ref().is_some_and(|length| length.first);
    let (tag_at, tag_start) = if first {
        let at = hygienic!(tag_at);
        (Some(hygienic!(let #at = r.bit_offset();)), at)
    } else {
        (None, hygienic!(start))
    };
    let unknown = hygienic! {
        return ::core::result::Result::Err(#pickler::generated::unknown_tag(r, #tag_start, #found))
    };
    let (enter, leave) = match &it.length {
        None => (None, None),
        Some(length) => {
            let (ty, counts) = (length.prefix.tokens(cx), length.counts(cx));
            let exit = exit_body(&hygienic!(fault));
            let exit_enter = if first {
                exit_function(&hygienic!(fault))
            } else {
                exit.clone()
            };
            (
                Some(hygienic! {
                    let outer = match #pickler::generated::enter_body::<#ty, _, _>(
                        r,
                        start,
                        #counts,
                    ) {
                        ::core::result::Result::Ok(outer) => outer,
                        ::core::result::Result::Err(fault) => #exit_enter,
                    };
                }),
                Some(hygienic! {
                    if let ::core::result::Result::Err(fault) = r.leave(outer) {
                        #exit
                    }
                }),
            )
        }
    };
    let (enter_first, enter) = if first { (enter, None) } else { (None, enter) };
    // Each variant is made where the function returns it: a large enum that is
    // handed on is copied each time.
    let done = |value: &TokenStream| {
        hygienic! {
            #leave
            return ::core::result::Result::Ok(#value);
        }
    };
    let bodies = it.variants.iter().map(|variant| {
        let ident = &variant.ident;
        variant
            .fields
            .read(&hygienic!(Self::#ident), &done, &exit_body, cx)
    });
    let (other, other_name) = match &it.other {
        None => (unknown.clone(), unknown),
        Some(other) => {
            let (ident, name, ty) = (&other.ident, &other.name, &other.body_type);
            let (tag, body) = (&other.tag, &other.body);
            let exit = exit_body(&hygienic!(fault));
            let value = done(&hygienic!(Self::#ident { #tag: tag, #body: body }));
            (
                hygienic! {{
                    let body = match <#ty as #pickler::picklers::Countable<#input>>::read_rest(r) {
                        ::core::result::Result::Ok(body) => body,
                        ::core::result::Result::Err(fault) => #exit,
                    };
                    #value
                }},
                hygienic!(#name),
            )
        }
    };
    hygienic! {
        let start = r.bit_offset();
        #enter_first
        #tag_at
        let tag: #ty = match #read_tag {
            ::core::result::Result::Ok(tag) => tag,
            ::core::result::Result::Err(fault) => return ::core::result::Result::Err(fault),
        };
        let fault: #pickler::cursor::Fault = 'body: {
            #enter
            match tag {
                #(#arms => { #bodies })*
                _ => #other,
            }
        };
        let name = match tag {
            #(#arms => #names,)*
            _ => #other_name,
        };
        ::core::result::Result::Err(r.within_variant(fault, name))
    }
}

fn write(declaration: &Declaration, it: &Union, cx: Context<'_>) -> TokenStream {
    let Context { pickler, input, .. } = cx;
    let ty = it.tag.rust_type();
    let idents: Vec<_> = it.variants.iter().map(|it| &it.ident).collect();
    let names: Vec<_> = it.variants.iter().map(|it| &it.name).collect();
    let write_tag = it.tag.write(cx);
    let tag = variant_tag::of_value(it, cx);
    let lengths = it.length.as_ref().map(|length| {
        let ty = length.prefix.tokens(cx);
        let widths = it.variants.iter().map(|variant| variant.fields.width(cx));
        hygienic!(const { #pickler::generated::expect_lengths::<#ty>(&[#(#widths),*]) };)
    });
    let known_sizes = known_sizes(it, cx);
    let exit = exit_body(&hygienic!(fault));
    let (begin, end) = match &it.length {
        None => (
            hygienic! {
                if let ::core::result::Result::Err(fault) = #write_tag {
                    #exit
                }
            },
            None,
        ),
        Some(length) => {
            let (length_ty, counts) = (length.prefix.tokens(cx), length.counts(cx));
            let size = Literal::u64_unsuffixed(head_of(it, length));
            let begin = if length.first {
                hygienic! {
                    match #pickler::generated::begin_body::<#length_ty, _, _, _>(w) {
                        ::core::result::Result::Ok(at) => match #write_tag {
                            ::core::result::Result::Ok(()) => ::core::result::Result::Ok(at),
                            ::core::result::Result::Err(fault) => #exit,
                        },
                        ::core::result::Result::Err(fault) => #exit,
                    }
                }
            } else if known_sizes.is_some() {
                let uncounted = Literal::u64_unsuffixed(uncounted(it, length));
                let sizes = known_sizes.iter().flatten();
                let other = it.other.as_ref().map(|_| hygienic!(_ => 0,));
                hygienic! {{
                    let size: ::core::primitive::u64 = match self {
                        #(Self::#idents { .. } => #sizes,)*
                        #other
                    };
                    let length = ::core::primitive::u64::saturating_sub(size, #uncounted);
                    #pickler::generated::begin_message::<#ty, #length_ty, _, _, _, #size>(
                        w, tag, length,
                    )
                }}
            } else {
                hygienic! {
                    match #write_tag {
                        ::core::result::Result::Ok(()) => {
                            #pickler::generated::begin_body::<#length_ty, _, _, _>(w)
                        }
                        ::core::result::Result::Err(fault) => #exit,
                    }
                }
            };
            (
                hygienic! {
                    let start = w.written();
                    let at = match #begin {
                        ::core::result::Result::Ok(at) => at,
                        ::core::result::Result::Err(fault) => #exit,
                    };
                },
                Some(hygienic! {
                    if let ::core::result::Result::Err(fault) =
                        #pickler::generated::end_body::<#length_ty, _, _, _>(w, start, at, #counts)
                    {
                        #exit
                    }
                }),
            )
        }
    };
    let bodies = it.variants.iter().enumerate().map(|(index, variant)| {
        let ident = &variant.ident;
        let pattern = variant.fields.pattern(&hygienic!(Self::#ident));
        let write = variant.fields.write(&exit_body, cx);
        let end = known_sizes.as_ref().map(|sizes| {
            let size = &sizes[index];
            hygienic! {
                if #size > 0 && #pickler::generated::is_complete(w, start, #size) {
                    return ::core::result::Result::Ok(());
                }
            }
        });
        hygienic!(#pattern => { #write #end })
    });
    let other_body = it.other.as_ref().map(|other| {
        let (ident, member, ty) = (&other.ident, &other.body, &other.body_type);
        hygienic! {
            Self::#ident { #member: body, .. } => {
                if let ::core::result::Result::Err(fault) =
                    <#ty as #pickler::picklers::Countable<#input>>::write_counted(body, w)
                {
                    #exit
                }
                w.goes_on();
            }
        }
    });
    let other_name = it.other.as_ref().map(|other| {
        let (ident, name) = (&other.ident, &other.name);
        hygienic!(Self::#ident { .. } => #name,)
    });
    let check = choice::check_written(declaration, &exit_body, cx);
    let start = check
        .is_some()
        .then(|| hygienic!(let start = w.bit_offset();));
    hygienic! {
        let fault: #pickler::cursor::Fault = 'body: {
            #lengths
            #tag
            #start
            #begin
            match self {
                #(#bodies)*
                #other_body
            }
            #end
            #check
            return ::core::result::Result::Ok(());
        };
        let name = match self {
            #(Self::#idents { .. } => #names,)*
            #other_name
        };
        ::core::result::Result::Err(w.within_variant(fault, name))
    }
}

/// How many bytes come in front of a body.
fn head_of(it: &Union, length: &Length) -> u64 {
    let tag_bits = it.tag.bits_taken().map_or(0, u64::from);
    (tag_bits + length.bits()) / 8
}

/// How many bytes of a message its length does not count.
fn uncounted(it: &Union, length: &Length) -> u64 {
    match length.counts {
        Counts::Message => 0,
        Counts::Rest => head_of(it, length) - length.bits() / 8,
        Counts::Body => head_of(it, length),
    }
}

/// How long the messages of each variant are, as constants; 0 where that
/// varies. Only where tag and length, in this order, are written at once.
fn known_sizes(it: &Union, cx: Context<'_>) -> Option<Vec<TokenStream>> {
    let Context { pickler, .. } = cx;
    let length = it.length.as_ref().filter(|length| !length.first)?;
    let (TagForm::Integer, Prefix::Integer(ty)) = (&it.tag.form, &length.prefix) else {
        return None;
    };
    let (head, uncounted) = (head_of(it, length), uncounted(it, length));
    let sizes = it.variants.iter().map(|variant| {
        let width = variant.fields.width(cx);
        hygienic! {
            const { #pickler::generated::known_size::<#ty>(#width, #head, #uncounted) }
        }
    });
    Some(sizes.collect())
}

fn describe(it: &Union, declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    let Context { pickler, input, .. } = cx;
    let (tag, source) = (it.tag.describe(cx), it.tag.describe_source(cx));
    let length = match &it.length {
        None => hygienic!(::core::option::Option::None),
        Some(length) => {
            let (ty, counts, first) = (length.prefix.tokens(cx), length.counts(cx), length.first);
            hygienic! {
                ::core::option::Option::Some(#pickler::schema::Length {
                    shape: <#ty as #pickler::picklers::Prefix<#input>>::describe_prefix(d),
                    counts: #counts,
                    first: #first,
                })
            }
        }
    };
    let variants = it.variants.iter().map(|variant| {
        let (name, doc) = (&variant.name, &variant.doc);
        let tag = it.tag.first_bits(variant.tag(), cx);
        let also = it
            .tag
            .further(&variant.tags, cx)
            .into_iter()
            .map(|(first, last)| hygienic!(#first..=#last))
            .collect::<Vec<_>>();
        let body = variant
            .fields
            .describe(declaration.default == Some(Defaults::OfAll), cx);
        let condition = variant.condition.as_ref().map(|condition| {
            let condition = condition.description(&[], cx);
            hygienic!(variant.condition = ::core::option::Option::Some(#condition);)
        });
        let direction = variant.direction.map(|it| {
            let direction = it.tokens(cx);
            hygienic!(variant.direction = ::core::option::Option::Some(#direction);)
        });
        let also = (!also.is_empty())
            .then(|| hygienic!(variant.also = #pickler::generated::vec![#(#also),*];));
        let describe = hygienic! {
            #pickler::generated::describe_body(&mut variants, #name, #doc, #tag, #body)
        };
        if condition.is_none() && direction.is_none() && also.is_none() {
            return hygienic!(#describe;);
        }
        hygienic! {
            let variant = #describe;
            #also
            #condition
            #direction
        }
    });
    let other = describe_other(it.other.as_ref().map(|other| other.name.as_str()), cx);
    let count = it.variants.len();
    hygienic! {{
        let mut variants = #pickler::generated::Vec::with_capacity(#count);
        #(#variants)*
        #pickler::schema::Shape::Union(#pickler::generated::Box::new(#pickler::schema::Union {
            tag: #tag,
            source: #source,
            length: #length,
            variants: #pickler::schema::SortedVariants::new(variants),
            other: #other,
        }))
    }}
}

/// `impl Framed`, where messages say how long they are.
pub fn framed(declaration: &Declaration, it: &Union) -> Option<TokenStream> {
    debug_assert!(matches!(declaration.body, Body::Union(_)));
    let length = it.length.as_ref()?;
    if declaration.magic.is_some() {
        return None;
    }
    let tag_bits = it.tag.bits_taken().map_or(0, u64::from);
    let varies = it.tag.bits_taken().is_none() && !length.first;
    if !declaration.generics.is_empty()
        || !tag_bits.is_multiple_of(8)
        || length.bits() > 64
        || varies
    {
        return None;
    }
    let cx = Context {
        pickler: &declaration.crate_path,
        input: &declaration.generics.input,
        parameters: &declaration.parameters,
        orders: declaration.orders,
        item: None,
        span: proc_macro2::Span::mixed_site(),
        mentions: &Mentions::default(),
    };
    let Context { pickler, .. } = cx;
    let ident = &declaration.ident;
    let offset = Literal::u64_unsuffixed(if length.first { 0 } else { tag_bits / 8 });
    let size = Literal::u64_unsuffixed(length.bits() / 8);
    let order = match declaration.orders.bytes {
        Some(ByteOrder::Little) => hygienic!(Little),
        Some(ByteOrder::Big) | None => hygienic!(Big),
    };
    let counts = length.counts(cx);
    Some(hygienic! {
        #[automatically_derived]
        impl #pickler::framing::Framed for #ident {
            const FRAMING: #pickler::framing::LengthField = #pickler::framing::LengthField {
                offset: #offset,
                size: #size,
                order: #pickler::cursor::ByteOrder::#order,
                counts: #counts,
                max: #pickler::framing::LengthField::DEFAULT_MAX,
            };
        }
    })
}
