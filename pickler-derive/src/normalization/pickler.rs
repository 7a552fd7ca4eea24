//! How a field is pickled: the combinators, as a tree.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{Expr, Type};

use super::Expression;
use crate::parsing::{Orders, Prefix, Shown};

#[derive(Clone)]
#[allow(
    clippy::large_enum_variant,
    reason = "there are few, and how large types of `syn` are depends on its features"
)]
pub enum Pickler {
    /// `of::<T>()`
    Of(Type),
    /// `of()`, of the type that a constant has.
    Inferred,
    /// `bits::<N, T>()`
    Bits(u32, Type),
    /// `bits::<N, _>()`, of the type that a constant has.
    InferredBits(u32),
    /// `counted::<C, T>()`
    Counted(Prefix, Type),
    /// `rest::<T>()`
    Rest(Type),
    /// Any pickler expression.
    With(Expr),
    /// `big_endian(...)` and its like.
    Ordered(Orders, Box<Self>),
    /// `sentinel(none, ...)`
    Sentinel(Expr, Type, Box<Self>),
    /// `constant(value, ...)`
    Constant(Expr, Box<Self>),
    /// `shown(..., pairs)`
    Shown(Vec<(Shown, Shown)>, Box<Self>),
    /// Any other combinator.
    Call(Call),
}

/// A combinator by its name: `function::<types>(arguments)`.
#[derive(Clone)]
pub struct Call {
    /// A function of `pickler::picklers`.
    pub function: &'static str,
    /// The first type, if it is that of a prefix.
    pub prefix: Option<Prefix>,
    pub types: Vec<TokenStream>,
    pub arguments: Vec<Argument>,
    /// Starting on a byte boundary it ends on one, as far as that is known
    /// without asking the combinator.
    pub whole: Option<bool>,
}

/// What a combinator is given.
#[derive(Clone)]
pub enum Argument {
    /// Another pickler.
    Pickler(Box<Pickler>),
    /// A function that gives another pickler for the number of an item of a list.
    Indexed(Box<Pickler>),
    /// The value of an expression over fields, and how it is described: two
    /// arguments, an `Option<i128>` and a function that gives an `Expr`.
    Expression(Expression),
    /// The same of several: an array of values, and a function that gives an
    /// array.
    Expressions(Vec<Expression>),
    /// The same of an expression that says what comes: it must be known while
    /// sizes are found out. With the span of its attribute.
    Layout(Expression, Span),
    /// Whether an item of a type is the last: a function of the item that gives
    /// the value of an expression, and how it is described.
    Last(Expression, Box<Type>),
    /// What a value of a type, or what is in it if that is an `Option`, must
    /// be: a function of the value that fails with the number that does not
    /// satisfy it, and how the condition is described.
    Condition(Expression, Box<Type>),
    /// What a type is given, by the names of its parameters. With the span of
    /// its attribute.
    Given(Box<Type>, Vec<(Ident, Expression)>, Span),
    /// A function that gives the default of a type, its own if none is given.
    Default(Box<Type>, Option<Box<Expr>>),
    /// What is in padding: it is ignored, or zeros.
    Padding(bool),
    /// The bit at which the record starts.
    RecordStart,
    /// Rust, as it stands.
    Rust(TokenStream),
}

impl Call {
    pub fn new(function: &'static str) -> Self {
        Self {
            function,
            prefix: None,
            types: Vec::new(),
            arguments: Vec::new(),
            whole: None,
        }
    }

    /// The same of a type.
    pub fn of(mut self, ty: impl ToTokens) -> Self {
        self.types.push(ty.to_token_stream());
        self
    }

    /// The same of a type that follows from the arguments.
    pub fn of_inferred(self) -> Self {
        self.of(quote::quote!(_))
    }

    /// The same behind a prefix, of something that follows from the arguments.
    pub fn behind(mut self, prefix: &Prefix) -> Self {
        self.prefix = Some(prefix.clone());
        self.of_inferred()
    }

    pub fn with(mut self, argument: Argument) -> Self {
        self.arguments.push(argument);
        self
    }

    pub fn pickler(self, inner: Pickler) -> Self {
        self.with(Argument::Pickler(inner.into()))
    }

    pub fn expression(self, expression: Expression) -> Self {
        self.with(Argument::Expression(expression))
    }

    pub fn layout(self, expression: Expression, span: Span) -> Self {
        self.with(Argument::Layout(expression, span))
    }

    pub fn rust(self, tokens: impl ToTokens) -> Self {
        self.with(Argument::Rust(tokens.to_token_stream()))
    }

    /// The same, known to end on a byte boundary or not.
    pub fn whole(mut self, whole: Option<bool>) -> Self {
        self.whole = whole;
        self
    }
}

impl From<Call> for Pickler {
    fn from(call: Call) -> Self {
        Self::Call(call)
    }
}

/// How many bits Rust's own types take on the wire.
pub fn primitive_bits(ty: &Type) -> Option<u32> {
    let Type::Path(path) = ty else { return None };
    let name = path.path.get_ident()?.to_string();
    Some(match name.as_str() {
        "u8" | "i8" | "bool" => 8,
        "u16" | "i16" => 16,
        "u32" | "i32" => 32,
        "u64" | "i64" => 64,
        "u128" | "i128" => 128,
        _ => return None,
    })
}

/// The last segment's name and first type argument: `Vec<u8>`.
pub fn outer_type(ty: &Type) -> Option<(&Ident, Option<&Type>)> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last()?;
    let argument = match &segment.arguments {
        syn::PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().find_map(|argument| match argument {
                syn::GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
        }
        _ => None,
    };
    Some((&segment.ident, argument))
}

/// A type that is counted in units, as far as its name tells.
pub fn is_countable(ty: &Type) -> bool {
    match ty {
        // The units of a text.
        Type::Infer(_) => true,
        Type::Reference(reference) => match &*reference.elem {
            Type::Slice(_) => true,
            inner => outer_type(inner).is_some_and(|(name, _)| name == "str"),
        },
        _ => outer_type(ty).is_some_and(|(name, _)| {
            const NAMES: [&str; 10] = [
                "Vec",
                "String",
                "ByteString",
                "Cow",
                "Bytes",
                "VecDeque",
                "BTreeMap",
                "BTreeSet",
                "HashMap",
                "HashSet",
            ];
            NAMES.iter().any(|known| name == known)
        }),
    }
}

/// Whether units of a type end on byte boundaries, as far as its name tells.
pub fn units_whole(ty: &Type) -> Option<bool> {
    match outer_type(ty) {
        Some((name, Some(item))) if name == "Vec" || name == "VecDeque" || name == "BTreeSet" => {
            primitive_bits(item).map(|_| true)
        }
        // Of a pair, the second is not looked at here.
        Some((name, Some(_))) if name != "Cow" => None,
        _ => is_countable(ty).then_some(true),
    }
}

impl Pickler {
    /// Whether it is whole, as far as the macro can tell.
    pub fn known_whole(&self) -> Option<bool> {
        match self {
            Self::Of(ty) => primitive_bits(ty).map(|_| true),
            Self::Bits(bits, _) | Self::InferredBits(bits) => Some(bits % 8 == 0),
            Self::Counted(Prefix::Bits(bits), _) if bits % 8 != 0 => Some(false),
            Self::Counted(_, ty) | Self::Rest(ty) => units_whole(ty),
            Self::Call(call) => call.whole,
            Self::Inferred
            | Self::With(_)
            | Self::Ordered(..)
            | Self::Sentinel(..)
            | Self::Constant(..)
            | Self::Shown(..) => self.inner()?.known_whole(),
        }
    }

    /// How many bits it always takes, as far as the macro can tell.
    pub fn known_bits(&self) -> Option<u32> {
        match self {
            Self::Of(ty) => primitive_bits(ty),
            Self::Bits(bits, _) | Self::InferredBits(bits) => Some(*bits),
            _ => self.inner()?.known_bits(),
        }
    }

    /// Its parts' type must be found out from a constant's value.
    pub fn is_inferred(&self) -> bool {
        match self {
            Self::Inferred | Self::InferredBits(_) => true,
            Self::Ordered(_, inner) => inner.is_inferred(),
            _ => false,
        }
    }
}

impl Pickler {
    /// What its combinator is given: nothing, if it is a leaf.
    fn inner(&self) -> Option<&Self> {
        match self {
            Self::Ordered(_, inner)
            | Self::Sentinel(_, _, inner)
            | Self::Constant(_, inner)
            | Self::Shown(_, inner) => Some(inner),
            Self::Of(_)
            | Self::Inferred
            | Self::Bits(..)
            | Self::InferredBits(_)
            | Self::Counted(..)
            | Self::Rest(_)
            | Self::With(_)
            | Self::Call(_) => None,
        }
    }

    /// The arguments of all combinators in it, at any depth.
    pub fn arguments(&self) -> Vec<&Argument> {
        let own: &[Argument] = match self {
            Self::Call(call) => &call.arguments,
            _ => &[],
        };
        let mut all: Vec<_> = self.inner().into_iter().flat_map(Self::arguments).collect();
        for argument in own {
            all.push(argument);
            if let Argument::Pickler(inner) | Argument::Indexed(inner) = argument {
                all.extend(inner.arguments());
            }
        }
        all
    }

    /// The expressions over other fields that it depends on.
    pub fn expressions(&self) -> Vec<&Expression> {
        let arguments = self.arguments().into_iter();
        arguments
            .flat_map(|argument| match argument {
                Argument::Expression(one) | Argument::Layout(one, _) | Argument::Last(one, _) => {
                    vec![one]
                }
                Argument::Condition(one, _) if one.looks_around() => vec![one],
                Argument::Expressions(all) => all.iter().collect(),
                Argument::Given(_, all, _) => all.iter().map(|(_, one)| one).collect(),
                _ => Vec::new(),
            })
            .collect()
    }

    /// It is another for each item of the list that it stands in.
    pub fn uses_index(&self) -> bool {
        let own: &[Argument] = match self {
            Self::Call(call) => &call.arguments,
            _ => &[],
        };
        let uses_index = |argument: &Argument| match argument {
            Argument::Pickler(inner) => inner.uses_index(),
            Argument::Expression(one) | Argument::Layout(one, _) | Argument::Condition(one, _) => {
                one.uses_index()
            }
            Argument::Expressions(all) => all.iter().any(Expression::uses_index),
            Argument::Given(_, all, _) => all.iter().any(|(_, one)| one.uses_index()),
            // Of the first two, the index is that of another list.
            Argument::Indexed(_)
            | Argument::Last(..)
            | Argument::Default(..)
            | Argument::Padding(_)
            | Argument::RecordStart
            | Argument::Rust(_) => false,
        };
        own.iter().any(uses_index) || self.inner().is_some_and(Self::uses_index)
    }

    /// The expressions that say what comes, each with its attribute's span.
    pub fn layout(&self) -> Vec<(&Expression, Span)> {
        let arguments = self.arguments().into_iter();
        arguments
            .flat_map(|argument| match argument {
                Argument::Layout(one, span) => vec![(one, *span)],
                Argument::Given(_, all, span) => all.iter().map(|(_, one)| (one, *span)).collect(),
                _ => Vec::new(),
            })
            .collect()
    }

    /// Something in it looks at where the record starts.
    pub fn uses_record_start(&self) -> bool {
        self.arguments()
            .into_iter()
            .any(|argument| matches!(argument, Argument::RecordStart))
    }
}
