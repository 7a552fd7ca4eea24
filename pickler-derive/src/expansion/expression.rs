//! Expressions over fields, as code and as descriptions.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::format_ident;
use syn::Path;
use syn::ext::IdentExt;

use super::Context;
use super::elsewhere::there;
use crate::normalization::{Expression, Field, Place, option_of, type_bits};
use crate::parsing::{Operator, Pattern, UnaryOperator};

/// Where an expression finds the fields.
#[derive(Clone, Copy, PartialEq)]
pub enum Side {
    /// Local variables hold what was read.
    Read,
    /// Local variables borrow what is to be written; what derived fields hold
    /// is in variables of its own.
    Write,
    /// Local variables borrow what was read: within a function that outlives the
    /// place where it is made.
    Borrowed,
}

/// The variable for the value of a derived field that is to be written.
pub fn follows(index: usize) -> Ident {
    format_ident!("follows_{index}", span = proc_macro2::Span::mixed_site())
}

/// The variable for the bit offset at which a field starts, or the last ends.
pub fn at(index: usize) -> Ident {
    format_ident!("at_{index}", span = proc_macro2::Span::mixed_site())
}

fn integer(value: i128) -> Literal {
    Literal::i128_suffixed(value)
}

fn some(value: impl quote::ToTokens) -> TokenStream {
    hygienic!(::core::option::Option::Some(#value))
}

impl Expression {
    /// An `Option<i128>`.
    pub fn value(&self, fields: &[Field], side: Side, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let value = |expr: &Self| expr.value(fields, side, cx);
        match self {
            Self::Integer(value) => some(integer(*value)),
            Self::Bool(value) => some(integer((*value).into())),
            Self::Name(Place::Field(index))
                if side == Side::Write && fields[*index].derived.is_some() =>
            {
                quote::ToTokens::into_token_stream(follows(*index))
            }
            Self::Name(Place::Index) => some(hygienic!(::core::convert::From::from(index))),
            Self::Name(_) | Self::Member(..) | Self::Item(..) => self.looked_at(
                fields,
                side,
                cx,
                &|number| number,
                &|place| hygienic!(#pickler::generated::operand(#place)),
            ),
            Self::Constant(path) => hygienic!(#pickler::generated::operand(&#path)),
            Self::Variant(ty, name) => some(tag_of(ty, name, cx)),
            Self::Present(place, _) => {
                let place = Self::Name(*place).borrowed(fields, side, cx);
                hygienic! {
                    ::core::option::Option::Some(::core::convert::From::from(
                        ::core::option::Option::is_some(#place),
                    ))
                }
            }
            // Only names are resolved to the tag, and literals are compared: the
            // normalisation sees to it.
            Self::TagOfSelf(_) | Self::Literal(_) => hygienic!(::core::option::Option::None),
            Self::Len(of) => of.with_place(
                fields,
                side,
                cx,
                &|place| hygienic!(#pickler::generated::units(#place)),
            ),
            Self::Tag(of) => of.with_place(
                fields,
                side,
                cx,
                &|place| hygienic!(#pickler::generated::tag(#place)),
            ),
            Self::SizeOf(Place::Field(index)) if fields[*index].elsewhere.is_some() => {
                let there = there(*index);
                some(hygienic!(::core::convert::From::from(#there.size)))
            }
            Self::OffsetOf(Place::Field(index)) if fields[*index].elsewhere.is_some() => {
                let there = there(*index);
                some(hygienic!(#there.offset))
            }
            Self::OffsetOf(Place::Field(index)) => {
                let start = at(*index);
                hygienic!(#pickler::generated::byte_at(#start))
            }
            Self::SizeOf(Place::Field(index)) => {
                let (start, end) = (at(*index), at(index + 1));
                hygienic!(#pickler::generated::bytes_between(#start, #end))
            }
            // A parameter takes no room, and the normalisation says so.
            Self::SizeOf(Place::Parameter(_) | Place::Tag | Place::Item | Place::Index)
            | Self::OffsetOf(Place::Parameter(_) | Place::Tag | Place::Item | Place::Index) => {
                hygienic!(::core::option::Option::None)
            }
            Self::SizeOfSelf(_) => {
                let end = at(fields.len());
                hygienic!(#pickler::generated::bytes_between(start, #end))
            }
            Self::Unary(operator, of) => {
                let (operator, condition) = (operator.tokens(cx), of.is_condition());
                let of = value(of);
                hygienic!(#pickler::generated::unary(#operator, #of, #condition))
            }
            Self::Binary(left, operator, right)
                if operator.compares() && left.may_be_no_number(right, fields, cx) =>
            {
                let left = left.comparand(fields, side, cx);
                let right = right.comparand(fields, side, cx);
                let operator = operator.tokens(cx);
                hygienic!(#pickler::generated::compare(#left, #operator, #right))
            }
            Self::Binary(left, operator, right) => {
                let (left, right) = (value(left), value(right));
                let tokens = operator.tokens(cx);
                if matches!(operator.name, "And" | "Or") {
                    hygienic!(#pickler::generated::logical(#left, #tokens, || #right))
                } else {
                    hygienic!(#pickler::generated::binary(#left, #tokens, #right))
                }
            }
            Self::Cast(of, ty) => {
                let (of, bits, signed) = (value(of), type_bits(ty), is_signed(ty));
                hygienic!(#pickler::generated::cast(#of, #bits, #signed))
            }
            Self::If(it) => {
                let (condition, then) = (value(&it.condition), value(&it.then));
                let otherwise = value(&it.otherwise);
                hygienic! {
                    match #condition {
                        ::core::option::Option::None => ::core::option::Option::None,
                        ::core::option::Option::Some(0) => #otherwise,
                        ::core::option::Option::Some(_) => #then,
                    }
                }
            }
            Self::Match(it) => {
                let literals = it.compares_literals();
                let of = if literals {
                    it.of.comparand(fields, side, cx)
                } else {
                    value(&it.of)
                };
                let otherwise = value(&it.otherwise);
                let arms = it.arms.iter().map(|arm| {
                    let fits = arm.patterns.iter().map(|pattern| {
                        if literals {
                            pattern.equals(cx)
                        } else {
                            pattern.fits(cx)
                        }
                    });
                    let value = value(&arm.value);
                    hygienic!(::core::option::Option::Some(value) if #(#fits)||* => #value,)
                });
                hygienic! {
                    match #of {
                        ::core::option::Option::None => ::core::option::Option::None,
                        #(#arms)*
                        ::core::option::Option::Some(_) => #otherwise,
                    }
                }
            }
        }
    }

    /// What `then` makes of a field, or of an item or a field of it, borrowed: an
    /// `Option`, which is `None` where there is no such item.
    pub fn with_place(
        &self,
        fields: &[Field],
        side: Side,
        cx: Context<'_>,
        then: &dyn Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self {
            Self::Item(of, index) => {
                let index = index.value(fields, side, cx);
                let found = then(hygienic!(it));
                of.with_place(fields, side, cx, &|list| {
                    hygienic! {
                        match #pickler::generated::item(&(#list)[..], #index) {
                            ::core::option::Option::None => ::core::option::Option::None,
                            ::core::option::Option::Some(it) => #found,
                        }
                    }
                })
            }
            Self::Member(of, name) if of.may_hold_nothing(fields, cx) => {
                let found = then(hygienic!(&it.#name));
                of.with_place(fields, side, cx, &|of| {
                    hygienic! {
                        match #pickler::generated::record(#of) {
                            ::core::option::Option::None => ::core::option::Option::None,
                            ::core::option::Option::Some(it) => #found,
                        }
                    }
                })
            }
            Self::Member(of, name) => {
                of.with_place(fields, side, cx, &|of| then(hygienic!(&(#of).#name)))
            }
            _ => then(self.borrowed(fields, side, cx)),
        }
    }

    /// The same of something of which a number is looked at: on write, of a derived
    /// field of a field, `follows` of what it will hold, an `Option<i128>`.
    pub fn looked_at(
        &self,
        fields: &[Field],
        side: Side,
        cx: Context<'_>,
        follows: &dyn Fn(TokenStream) -> TokenStream,
        then: &dyn Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let (Self::Member(of, name), Side::Write) = (self, side) else {
            return self.with_place(fields, side, cx, then);
        };
        let Context { pickler, .. } = cx;
        let (text, follows) = (name.unraw().to_string(), follows(hygienic!(follows)));
        let found = then(hygienic!(&it.#name));
        of.with_place(fields, side, cx, &|of| {
            hygienic! {
                match #pickler::generated::record(#of) {
                    ::core::option::Option::None => ::core::option::Option::None,
                    ::core::option::Option::Some(it) => {
                        match #pickler::generated::followed(it, #text, looks) {
                            ::core::option::Option::Some(follows) => #follows,
                            ::core::option::Option::None => #found,
                        }
                    }
                }
            }
        })
    }

    /// It is an `Option`, or may be, as far as can be seen.
    fn may_hold_nothing(&self, fields: &[Field], cx: Context<'_>) -> bool {
        match self {
            Self::Name(Place::Field(index)) => option_of(fields[*index].held()).is_some(),
            Self::Name(Place::Item) => cx.item.is_none_or(|item| option_of(item).is_some()),
            Self::Member(..) | Self::Item(..) => true,
            _ => false,
        }
    }

    /// A field, borrowed.
    pub fn borrowed(&self, fields: &[Field], side: Side, cx: Context<'_>) -> TokenStream {
        match self {
            Self::Name(Place::Field(index)) => {
                let local = &fields[*index].local;
                match side {
                    Side::Read => hygienic!(&#local),
                    Side::Write | Side::Borrowed => hygienic!(#local),
                }
            }
            Self::Name(Place::Parameter(index)) => {
                let name = &cx.parameters[*index].name;
                hygienic!(&context.#name)
            }
            Self::Name(Place::Tag) => hygienic!(&tag),
            Self::Name(Place::Item) => hygienic!(item),
            // Nothing else is parsed as a place.
            _ => TokenStream::new(),
        }
    }

    /// A `schema::Expr`.
    pub fn description(&self, fields: &[Field], cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let expr = |name: &str, content: TokenStream| {
            let name = format_ident!("{name}");
            hygienic!(#pickler::schema::Expr::#name(#content))
        };
        let describe = |it: &Self| it.description(fields, cx);
        let boxed = |it: &Self| {
            let it = describe(it);
            hygienic!(#pickler::generated::Box::new(#it))
        };
        let named = |place: &Place| {
            let name = match place {
                Place::Field(index) => fields[*index].name.clone(),
                Place::Parameter(index) => cx.parameters[*index].name.unraw().to_string(),
                // It has no name in a description.
                Place::Tag => String::new(),
                Place::Item => "item".to_owned(),
                Place::Index => "index".to_owned(),
            };
            hygienic!(::core::convert::From::from(#name))
        };
        match self {
            Self::Integer(value) => {
                let value = integer(*value);
                expr("Integer", hygienic!(#value))
            }
            Self::Bool(value) => expr("Bool", hygienic!(#value)),
            Self::Literal(literal) => literal.description(cx),
            Self::Name(Place::Tag) | Self::TagOfSelf(_) => {
                hygienic!(#pickler::schema::Expr::TagOfSelf)
            }
            Self::Name(place) => expr("Field", named(place)),
            Self::Member(of, name) => {
                let (leads, ty) = of.leads(fields, cx);
                let name = name.unraw().to_string();
                let of = boxed(of);
                let name = hygienic! {
                    #pickler::generated::member_name(|it: &#ty| &#leads, #name)
                };
                expr("Member", hygienic!(#of, ::core::convert::From::from(#name)))
            }
            Self::Item(of, index) => {
                let (of, index) = (boxed(of), boxed(index));
                expr("Item", hygienic!(#of, #index))
            }
            Self::Constant(path) => {
                cx.mentions.add_constant(path, cx);
                hygienic!(#pickler::generated::describe_comparable(&#path))
            }
            Self::Variant(ty, name) => describe_variant(ty, name, cx),
            Self::Len(of) => expr("Len", boxed(of)),
            Self::Tag(of) => expr("Tag", boxed(of)),
            Self::Present(place, _) => expr("Present", named(place)),
            Self::SizeOf(place) => expr("SizeOf", named(place)),
            Self::OffsetOf(place) => expr("OffsetOf", named(place)),
            Self::SizeOfSelf(_) => hygienic!(#pickler::schema::Expr::SizeOfSelf),
            Self::Unary(operator, of) => {
                let (operator, of) = (operator.tokens(cx), boxed(of));
                expr("Unary", hygienic!(#operator, #of))
            }
            Self::Binary(left, operator, right) => {
                let (left, right) = (boxed(left), boxed(right));
                let operator = operator.tokens(cx);
                expr("Binary", hygienic!(#left, #operator, #right))
            }
            Self::Cast(of, ty) => {
                let (of, bits, signed) = (boxed(of), type_bits(ty), is_signed(ty));
                let ty = hygienic! {
                    #pickler::schema::IntegerType { bits: #bits, signed: #signed }
                };
                expr("Cast", hygienic!(#of, #ty))
            }
            Self::If(it) => {
                let (condition, then) = (boxed(&it.condition), boxed(&it.then));
                let otherwise = boxed(&it.otherwise);
                hygienic! {
                    #pickler::schema::Expr::If {
                        condition: #condition,
                        then: #then,
                        otherwise: #otherwise,
                    }
                }
            }
            Self::Match(it) => {
                let (of, otherwise) = (boxed(&it.of), boxed(&it.otherwise));
                let arms = it.arms.iter().map(|arm| {
                    let patterns = arm.patterns.iter().map(|it| it.description(cx));
                    let value = describe(&arm.value);
                    hygienic! {
                        #pickler::schema::Arm {
                            patterns: #pickler::generated::vec![#(#patterns),*],
                            value: #value,
                        }
                    }
                });
                hygienic! {
                    #pickler::schema::Expr::Match {
                        of: #of,
                        arms: #pickler::generated::vec![#(#arms),*],
                        otherwise: #otherwise,
                    }
                }
            }
        }
    }

    /// The way from `it`, a field of the type that is given, too, to a field
    /// of a field.
    fn leads<'a>(&self, fields: &'a [Field], cx: Context<'a>) -> (TokenStream, &'a syn::Type) {
        match self {
            Self::Member(of, name) => {
                let Context { pickler, .. } = cx;
                let may_hold_nothing = of.may_hold_nothing(fields, cx);
                let (of, ty) = of.leads(fields, cx);
                if may_hold_nothing {
                    return (hygienic!(#pickler::generated::record_there(&#of).#name), ty);
                }
                (hygienic!(#of.#name), ty)
            }
            Self::Item(of, _) => {
                let (of, ty) = of.leads(fields, cx);
                (hygienic!(#of[0]), ty)
            }
            Self::Name(Place::Field(index)) => (hygienic!((*it)), &fields[*index].ty),
            Self::Name(Place::Parameter(index)) => (hygienic!((*it)), &cx.parameters[*index].ty),
            Self::Name(Place::Item) => match cx.item {
                Some(item) => (hygienic!((*it)), item),
                None => (TokenStream::new(), &fields[0].ty),
            },
            // Nothing else is parsed as a place.
            _ => (TokenStream::new(), &fields[0].ty),
        }
    }
}

/// A variant's tag, an `i128`; that there is the variant is told by Rust.
fn tag_of(ty: &Path, name: &Ident, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let text = name.unraw().to_string();
    hygienic! {{
        let _ = |it: &#ty| ::core::matches!(it, #ty::#name { .. });
        const { #pickler::generated::tag_of::<#ty>(#text) }
    }}
}

fn describe_variant(ty: &Path, name: &Ident, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let text = name.unraw().to_string();
    cx.mentions.add(ty, cx);
    hygienic!(#pickler::generated::describe_variant::<#ty>(#text))
}

fn is_signed(ty: &Ident) -> bool {
    ty.to_string().starts_with('i')
}

impl Pattern {
    /// A condition on `value`.
    pub fn fits(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self {
            Self::Integer(known) => {
                let known = integer(*known);
                hygienic!(value == #known)
            }
            Self::Bool(known) => {
                let known = integer((*known).into());
                hygienic!(value == #known)
            }
            // It is compared with what it can equal elsewhere.
            Self::Literal(_) => hygienic!(false),
            Self::Constant(path) => {
                let value = some(hygienic!(value));
                hygienic!(#pickler::generated::operand(&#path) == #value)
            }
            Self::Variant(ty, name) => {
                let tag = tag_of(ty, name, cx);
                hygienic!(value == #tag)
            }
            Self::Range(first, last) => {
                let (first, last) = (integer(*first), integer(*last));
                hygienic!((value >= #first && value <= #last))
            }
        }
    }

    fn description(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let value = |value: TokenStream| hygienic!(#pickler::schema::Pattern::Value(#value));
        match self {
            Self::Integer(known) => {
                let known = integer(*known);
                value(hygienic!(#pickler::schema::Expr::Integer(#known)))
            }
            Self::Bool(known) => value(hygienic!(#pickler::schema::Expr::Bool(#known))),
            Self::Literal(literal) => value(literal.description(cx)),
            Self::Constant(path) => {
                cx.mentions.add_constant(path, cx);
                value(hygienic!(#pickler::generated::describe_operand(&#path)))
            }
            Self::Variant(ty, name) => value(describe_variant(ty, name, cx)),
            Self::Range(first, last) => {
                let (first, last) = (integer(*first), integer(*last));
                hygienic!(#pickler::schema::Pattern::Range(#first, #last))
            }
        }
    }
}

impl Operator {
    pub fn tokens(self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let name = format_ident!("{}", self.name);
        hygienic!(#pickler::schema::Operator::#name)
    }
}

impl UnaryOperator {
    fn tokens(self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let name = format_ident!("{}", self.name);
        hygienic!(#pickler::schema::UnaryOperator::#name)
    }
}
