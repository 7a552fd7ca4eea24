//! Integers in front of something.

use proc_macro2::{Ident, Span};
use syn::Expr;

use super::attributes::Attributes;
use super::container::is_integer_type;
use super::literal::integer;
use crate::errors::Errors;

/// How an integer becomes as many bytes as it needs.
#[derive(Clone, Copy, PartialEq)]
pub enum Varint {
    Leb128,
    Sleb128,
    ZigZag,
    Quic,
    Vlq,
    Mqtt,
    Nat,
}

impl Varint {
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("leb128", Self::Leb128),
        ("sleb128", Self::Sleb128),
        ("zigzag", Self::ZigZag),
        ("quic", Self::Quic),
        ("vlq", Self::Vlq),
        ("mqtt", Self::Mqtt),
        ("nat", Self::Nat),
    ];

    /// `varint = ...`
    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Self)> {
        attributes.word("varint", Self::WORDS, errors)
    }

    /// The combinator.
    pub fn function(self) -> &'static str {
        match self {
            Self::Leb128 => "leb128",
            Self::Sleb128 => "sleb128",
            Self::ZigZag => "zigzag",
            Self::Quic => "quic",
            Self::Vlq => "vlq",
            Self::Mqtt => "mqtt",
            Self::Nat => "nat",
        }
    }

    /// The type of that encoding.
    pub fn marker(self) -> &'static str {
        match self {
            Self::Leb128 => "Leb128",
            Self::Sleb128 => "Sleb128",
            Self::ZigZag => "ZigZag",
            Self::Quic => "Quic",
            Self::Vlq => "Vlq",
            Self::Mqtt => "Mqtt",
            Self::Nat => "Nat",
        }
    }
}

/// An integer in front of something, as its count, size or tag.
#[derive(Clone)]
pub enum Prefix {
    /// `u8`
    Integer(Ident),
    /// `bits(4)`
    Bits(u32),
    /// `leb128`: at most `u64::MAX`.
    Varint(Varint),
}

impl Prefix {
    /// The prefix that an expression names, if it names one.
    pub fn new(expr: &Expr) -> Option<Self> {
        if let Some(bits) = bits_call(expr) {
            return Some(Self::Bits(bits));
        }
        let Expr::Path(path) = expr else { return None };
        let name = path.path.get_ident()?;
        if is_integer_type(name) {
            return Some(Self::Integer(name.clone()));
        }
        let (_, varint) = Varint::WORDS.iter().find(|(word, _)| name == word)?;
        Some(Self::Varint(*varint))
    }
}

/// How many bits `bits(N)` has.
fn bits_call(expr: &Expr) -> Option<u32> {
    let Expr::Call(call) = expr else { return None };
    match (&*call.func, call.args.first()) {
        (Expr::Path(path), Some(bits)) if path.path.is_ident("bits") && call.args.len() == 1 => {
            let bits = u32::try_from(integer(bits)?).ok()?;
            (1..=64).contains(&bits).then_some(bits)
        }
        _ => None,
    }
}
