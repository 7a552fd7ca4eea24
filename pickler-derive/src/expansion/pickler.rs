//! Picklers as expressions of the combinators.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Expr, ExprLit, Lit};

use super::default::value_or_default;
use super::expression::Side;
use super::{Context, assertion};
use crate::normalization::{Argument, Call, Expression, Field, Pickler, option_of};
use crate::parsing::{BitOrder, ByteOrder, Orders, Prefix, Shown, VarintForm};

/// The fields that a pickler's expressions look at.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub fields: &'a [Field],
    /// Where expressions find their values; `None`: they have none.
    pub side: Option<Side>,
}

impl Scope<'_> {
    pub fn value(self, expr: &Expression, cx: Context<'_>) -> TokenStream {
        self.side.map_or_else(
            || hygienic!(::core::option::Option::None),
            |side| expr.value(self.fields, side, cx),
        )
    }
}

impl Pickler {
    /// An expression that makes the pickler.
    pub fn expression(&self, scope: Scope<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self {
            Self::Of(ty) => spanned!(cx, #pickler::picklers::of::<#ty>()),
            Self::Inferred => spanned!(cx, #pickler::picklers::of()),
            Self::Bits(bits, ty) => spanned!(cx, #pickler::picklers::bits::<#bits, #ty>()),
            Self::InferredBits(bits) => spanned!(cx, #pickler::picklers::bits::<#bits, _>()),
            Self::Counted(prefix, ty) => {
                let prefix = prefix.tokens(cx);
                spanned!(cx, #pickler::picklers::counted::<#prefix, #ty>())
            }
            Self::Rest(ty) => spanned!(cx, #pickler::picklers::rest::<#ty>()),
            Self::With(expr) => expr.to_token_stream(),
            Self::Ordered(orders, inner) => {
                let mut tokens = inner.expression(scope, cx);
                match orders.bytes {
                    Some(ByteOrder::Big) => {
                        tokens = spanned!(cx, #pickler::picklers::big_endian(#tokens));
                    }
                    Some(ByteOrder::Little) => {
                        tokens = spanned!(cx, #pickler::picklers::little_endian(#tokens));
                    }
                    None => {}
                }
                match orders.bits {
                    Some(BitOrder::Msb) => spanned!(cx, #pickler::picklers::msb_first(#tokens)),
                    Some(BitOrder::Lsb) => spanned!(cx, #pickler::picklers::lsb_first(#tokens)),
                    None => tokens,
                }
            }
            Self::Sentinel(none, ty, inner) => {
                let inner = inner.expression(scope, cx);
                spanned!(cx, #pickler::picklers::sentinel::<#ty, _>(#none, #inner))
            }
            Self::Constant(value, inner) => {
                let inner = inner.expression(scope, cx);
                let value = match value {
                    // The bytes themselves, not a reference to them.
                    Expr::Lit(ExprLit {
                        lit: Lit::ByteStr(bytes),
                        ..
                    }) => spanned!(cx, *#bytes),
                    other => other.to_token_stream(),
                };
                spanned!(cx, #pickler::picklers::constant(#value, #inner))
            }
            Self::Shown(pairs, inner) => {
                let inner = inner.expression(scope, cx);
                let pairs = pairs.iter().map(|(actual, shown)| {
                    let (actual, shown) = (actual.tokens(cx), shown.tokens(cx));
                    spanned!(cx, (#actual, #shown))
                });
                spanned!(cx, #pickler::generated::shown!(#inner, [#(#pairs),*]))
            }
            Self::Call(call) => call.tokens(scope, cx),
        }
    }

    /// An expression that reads a value from `r`.
    pub fn read(&self, scope: Scope<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        if let Self::Of(ty) = self {
            return spanned!(cx, <#ty as #pickler::Pickle<#input>>::read(r));
        }
        let expression = self.expression(scope, cx);
        spanned!(cx, #pickler::Pickler::<#input>::read(&#expression, r))
    }

    /// An expression that writes the value that `value` borrows to `w`.
    pub fn write(&self, value: &TokenStream, scope: Scope<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        if let Self::Of(ty) = self {
            return spanned!(cx, <#ty as #pickler::Pickle<#input>>::write(#value, w));
        }
        let expression = self.expression(scope, cx);
        spanned!(cx, #pickler::Pickler::<#input>::write(&#expression, #value, w))
    }
}

impl Prefix {
    /// The type of the prefix.
    pub fn tokens(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self {
            Self::Integer(ty) => ty.to_token_stream(),
            Self::Bits(bits) => {
                let ty = Ident::new(
                    match bits {
                        0..=8 => "u8",
                        9..=16 => "u16",
                        17..=32 => "u32",
                        _ => "u64",
                    },
                    cx.span,
                );
                spanned!(cx, #pickler::picklers::Bits<#bits, ::core::primitive::#ty>)
            }
            Self::Varint(form, ty) => {
                let ty = Ident::new(
                    &ty.as_ref().map_or("u64".to_owned(), Ident::to_string),
                    cx.span,
                );
                form.tokens(&ty, cx)
            }
        }
    }
}

impl VarintForm {
    /// The type of varints of that form that fit an integer type.
    pub fn tokens(self, ty: &Ident, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let marker = Ident::new(self.encoding.marker(), cx.span);
        let lenient = self.lenient;
        spanned! {
            cx,
            #pickler::picklers::Varint<
                #pickler::picklers::#marker,
                ::core::primitive::#ty,
                #lenient,
            >
        }
    }
}

/// What is in padding.
pub fn padding(ignored: bool, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    if ignored {
        spanned!(cx, #pickler::schema::Padding::Ignored)
    } else {
        spanned!(cx, #pickler::schema::Padding::Zero)
    }
}

impl Call {
    fn tokens(&self, scope: Scope<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let function = Ident::new(self.function, cx.span);
        let types = (!self.types.is_empty()).then(|| {
            let prefix = self.prefix.iter().map(|prefix| prefix.tokens(cx));
            let types = prefix.chain(self.types.iter().cloned());
            spanned!(cx, ::<#(#types),*>)
        });
        let arguments = self.arguments.iter().map(|argument| match argument {
            Argument::Pickler(inner) => inner.expression(scope, cx),
            Argument::Indexed(inner) => {
                let inner = inner.expression(scope, cx);
                spanned!(cx, |index: ::core::primitive::u64| #inner)
            }
            Argument::Expression(expression) | Argument::Layout(expression, _) => {
                let value = scope.value(expression, cx);
                let description = expression.description(scope.fields, cx);
                let description = hygienic!(#pickler::generated::described!(#description));
                spanned!(cx, #value, || #description)
            }
            Argument::Expressions(all) => {
                let values = all.iter().map(|one| scope.value(one, cx));
                let descriptions = all.iter().map(|one| {
                    let description = one.description(scope.fields, cx);
                    hygienic!(#pickler::generated::described!(#description))
                });
                spanned!(cx, [#(#values),*], || [#(#descriptions),*])
            }
            Argument::Last(last, ty) => {
                let cx = Context {
                    item: Some(ty),
                    ..cx
                };
                let value = scope.value(last, cx);
                let description = last.description(scope.fields, cx);
                let description = hygienic!(#pickler::generated::described!(#description));
                hygienic! {
                    |item: &#ty, index: ::core::primitive::u64|
                        -> ::core::option::Option<::core::primitive::i128> { #value },
                    || #description
                }
            }
            Argument::Condition(condition, ty) => {
                let of_option = option_of(ty);
                let cx = Context {
                    item: Some(of_option.unwrap_or(ty)),
                    ..cx
                };
                // The number of the item is that of the function around.
                let moves = condition.uses_index() && scope.side.is_some();
                let side = match scope.side {
                    Some(Side::Read) if moves => Some(Side::Borrowed),
                    side => side,
                };
                let check = side.map(|side| assertion::outcome(condition, scope.fields, side, cx));
                let check = match (check, of_option) {
                    // Nothing is read or written.
                    (None, _) => hygienic!(::core::result::Result::Ok(())),
                    (Some(check), None) => check,
                    (Some(check), Some(_)) => hygienic! {
                        match item {
                            ::core::option::Option::None => ::core::result::Result::Ok(()),
                            ::core::option::Option::Some(item) => #check,
                        }
                    },
                };
                let description = condition.description(scope.fields, cx);
                let description = hygienic!(#pickler::generated::described!(#description));
                let moving = moves.then(|| hygienic!(move));
                let borrowed = condition.values().into_iter().map(|index| {
                    let local = &scope.fields[index].local;
                    hygienic!(let #local = &#local;)
                });
                let borrowed = borrowed.filter(|_| side == Some(Side::Borrowed));
                let check = hygienic! {
                    #moving |item: &#ty| -> ::core::result::Result<
                        (),
                        ::core::option::Option<::core::primitive::i128>,
                    > { #check }
                };
                let check = if moves {
                    hygienic!({ #(#borrowed)* #check })
                } else {
                    check
                };
                hygienic!(#check, || #description)
            }
            Argument::Given(ty, arguments, _) => given(ty, arguments, scope, cx),
            Argument::Default(ty, value) => {
                let value = value_or_default(value.as_deref());
                spanned!(cx, || -> #ty { #value })
            }
            Argument::Padding(ignored) => padding(*ignored, cx),
            Argument::RecordStart if scope.side.is_some() => hygienic!(start),
            Argument::RecordStart => hygienic!(0),
            Argument::Rust(tokens) => tokens.clone(),
        });
        spanned!(cx, #pickler::picklers::#function #types(#(#arguments),*))
    }
}

/// The context of a type, and how it is described.
fn given(
    ty: &syn::Type,
    arguments: &[(Ident, Expression)],
    scope: Scope<'_>,
    cx: Context<'_>,
) -> TokenStream {
    let Context { pickler, .. } = cx;
    let count = arguments.len();
    let names: Vec<_> = arguments
        .iter()
        .map(|(name, _)| name.unraw().to_string())
        .collect();
    let values = arguments.iter().map(|(_, it)| scope.value(it, cx));
    let descriptions = arguments
        .iter()
        .map(|(_, it)| it.description(scope.fields, cx));
    let description = hygienic! {
        #pickler::generated::described!({
            #pickler::generated::in_order::<#ty, #count>([#((#names, #descriptions)),*])
        })
    };
    spanned! {
        cx,
        {
            const { #pickler::generated::check_arguments::<#ty>(&[#(#names),*]) }
            let mut arguments = [::core::option::Option::None; #count];
            #(
                arguments[const { #pickler::generated::parameter_index::<#ty>(#names) }] = #values;
            )*
            <#ty as #pickler::Contextual>::context(&arguments)
        },
        || #description
    }
}

impl Shown {
    fn tokens(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self {
            Self::Null => hygienic!(#pickler::dynamic::Value::Null),
            Self::Bool(value) => hygienic!(#pickler::dynamic::Value::Bool(#value)),
            Self::Integer(value) => {
                let value = proc_macro2::Literal::i128_suffixed(*value);
                hygienic!(#pickler::dynamic::Value::integer(#value))
            }
            Self::Text(text) => hygienic! {
                #pickler::dynamic::Value::Text(::core::convert::From::from(#text))
            },
            Self::Bytes(bytes) => hygienic! {
                #pickler::dynamic::Value::Bytes(::core::convert::From::from(#bytes))
            },
        }
    }
}

impl Orders {
    /// The order type that `O` becomes.
    pub fn order_type(self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let mut tokens = hygienic!(__O);
        let mut wrap = |name: TokenStream| {
            tokens = hygienic!(<#tokens as #pickler::cursor::Order>::#name);
        };
        match self.bytes {
            Some(ByteOrder::Big) => wrap(hygienic!(Big)),
            Some(ByteOrder::Little) => wrap(hygienic!(Little)),
            None => {}
        }
        match self.bits {
            Some(BitOrder::Msb) => wrap(hygienic!(Msb)),
            Some(BitOrder::Lsb) => wrap(hygienic!(Lsb)),
            None => {}
        }
        tokens
    }

    /// `Shape::Ordered` around a shape.
    pub fn describe(self, shape: &TokenStream, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        if !self.is_set() {
            return shape.clone();
        }
        let some = |order: TokenStream| hygienic!(::core::option::Option::Some(#order));
        let none = hygienic!(::core::option::Option::None);
        let bytes = match self.bytes {
            Some(ByteOrder::Big) => some(hygienic!(#pickler::cursor::ByteOrder::Big)),
            Some(ByteOrder::Little) => some(hygienic!(#pickler::cursor::ByteOrder::Little)),
            None => none.clone(),
        };
        let bits = match self.bits {
            Some(BitOrder::Msb) => some(hygienic!(#pickler::cursor::BitOrder::Msb)),
            Some(BitOrder::Lsb) => some(hygienic!(#pickler::cursor::BitOrder::Lsb)),
            None => none,
        };
        hygienic! {
            #pickler::schema::Shape::Ordered {
                item: #pickler::generated::Box::new(#shape),
                bytes: #bytes,
                bits: #bits,
            }
        }
    }
}
