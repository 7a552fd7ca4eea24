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

    fn named(name: &Ident) -> Option<Self> {
        let (_, varint) = Self::WORDS.iter().find(|(word, _)| name == word)?;
        Some(*varint)
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
    /// `leb128`, `leb128(u32)`: it fits the type, or 64 bits.
    Varint(VarintForm, Option<Ident>),
}

/// A varint in front of something, or as a tag.
#[derive(Clone, Copy, PartialEq)]
pub struct VarintForm {
    pub encoding: Varint,
    /// `lenient(leb128)`: forms longer than need be are read, too.
    pub lenient: bool,
}

impl Prefix {
    /// The prefix that an expression names, if it names one.
    pub fn new(expr: &Expr) -> Option<Self> {
        if let Some(bits) = bits_alone(expr) {
            return Some(Self::Bits(bits));
        }
        if let Some(varint) = called("lenient", expr) {
            return Self::varint(varint, true);
        }
        match name(expr) {
            Some(name) if is_integer_type(name) => Some(Self::Integer(name.clone())),
            _ => Self::varint(expr, false),
        }
    }

    fn varint(expr: &Expr, lenient: bool) -> Option<Self> {
        let (encoding, ty) = match expr {
            Expr::Call(call) => {
                let mut types = call.args.iter().map(name);
                match (types.next(), types.next()) {
                    (Some(Some(ty)), None) if is_integer_type(ty) => (name(&call.func)?, Some(ty)),
                    _ => return None,
                }
            }
            expr => (name(expr)?, None),
        };
        let encoding = Varint::named(encoding)?;
        Some(Self::Varint(VarintForm { encoding, lenient }, ty.cloned()))
    }
}

/// What a function of that name is called with alone.
fn called<'a>(function: &str, expr: &'a Expr) -> Option<&'a Expr> {
    let Expr::Call(call) = expr else { return None };
    let mut arguments = call.args.iter();
    match (name(&call.func), arguments.next(), arguments.next()) {
        (Some(name), Some(argument), None) if name == function => Some(argument),
        _ => None,
    }
}

fn name(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

/// How many bits `bits(N)` has.
fn bits_alone(expr: &Expr) -> Option<u32> {
    match bits_called(expr)? {
        (bits, None) => Some(bits),
        _ => None,
    }
}

/// How many bits `bits(N, value)` has, and the value.
pub fn bits_call(expr: &Expr) -> Option<(u32, &Expr)> {
    let (bits, value) = bits_called(expr)?;
    Some((bits, value?))
}

fn bits_called(expr: &Expr) -> Option<(u32, Option<&Expr>)> {
    let Expr::Call(call) = expr else { return None };
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    if !path.path.is_ident("bits") || call.args.len() > 2 {
        return None;
    }
    let mut arguments = call.args.iter();
    let bits = u32::try_from(integer(arguments.next()?)?).ok()?;
    let bits = (1..=64).contains(&bits).then_some(bits)?;
    Some((bits, arguments.next()))
}
