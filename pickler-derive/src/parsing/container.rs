//! What is said of a struct or enum as a whole.

use proc_macro2::{Ident, Span, TokenStream};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Path, Token, WherePredicate};

use super::assertion::{Assertion, assertion};
use super::attributes::{Attributes, Place};
use super::context::{self, Parameter};
use super::expression::Portable;
use super::keyed::{KeyedAttributes, UnknownKeys, key};
use super::literal::{Orders, integer};
use super::padding::PaddingAttributes;
use super::prefix::Prefix;
use super::tag::TagBy;
use crate::errors::Errors;
use crate::mistakes;
use crate::names::Case;

#[derive(Clone, Copy)]
pub enum Counts {
    Body,
    Rest,
    Message,
}

/// The traits of other crates that make values.
#[derive(Clone, Copy)]
pub struct Generators {
    pub arbitrary: bool,
    pub proptest: bool,
}

pub type Bound = Punctuated<WherePredicate, Token![,]>;

pub struct Container {
    pub generators: Generators,
    pub padding: PaddingAttributes,
    /// What must hold of all fields together.
    pub assertion: Option<Assertion>,
    /// Where it is little-endian, from the first field behind those that are
    /// looked at.
    pub little: Option<(Span, Portable)>,
    pub orders: Orders,
    pub context: Vec<Parameter>,
    pub default: Option<DefaultOf>,
    /// Its description stands where it is mentioned.
    pub inline: Option<Span>,
    pub keyed: Option<(Span, KeyedAttributes)>,
    pub protobuf: Option<Span>,
    /// The number of the protobuf field that holds the tag.
    pub tag_key: Option<(Span, u64)>,
    pub unknown: Option<(Span, UnknownKeys)>,
    pub magic: Option<(Span, Expr)>,
    pub row: Option<Span>,
    pub rename: Option<String>,
    pub rename_all: Option<Case>,
    pub crate_path: Option<Path>,
    pub bound: Option<Bound>,
    pub whole: Option<Span>,
    pub tag: Option<(Span, TagBy)>,
    /// Variants are tried one after the other.
    pub choice: Option<Span>,
    pub bits: Option<(Span, u32)>,
    pub length: Option<(Span, Prefix)>,
    pub length_counts: Option<(Span, Counts)>,
    pub length_first: Option<Span>,
    pub from: Option<Span>,
    /// Its variants are bodies behind a tag, though they hold nothing.
    pub union: Option<Span>,
    /// It has a view, perhaps by this name.
    pub view: Option<(Span, Option<Ident>)>,
}

/// What has a default.
#[derive(Clone, Copy, PartialEq)]
pub enum DefaultOf {
    /// `default`: every field, and the type.
    Type,
    /// `default = fields`: those fields that say it, and not the type.
    Fields,
}

impl Container {
    pub fn new(attributes: &[Attribute], is_enum: bool, errors: &mut Errors) -> Self {
        let place = if is_enum { Place::Enum } else { Place::Struct };
        let mut attributes = Attributes::new(attributes, place, errors);
        let counts = [
            ("body", Counts::Body),
            ("rest", Counts::Rest),
            ("message", Counts::Message),
        ];
        let unknown = [
            ("refuse", UnknownKeys::Refuse),
            ("ignore", UnknownKeys::Ignore),
        ];
        Self {
            generators: Generators {
                arbitrary: attributes.flag("arbitrary", errors).is_some(),
                proptest: attributes.flag("proptest", errors).is_some(),
            },
            padding: PaddingAttributes::take(&mut attributes, errors),
            assertion: assertion(&mut attributes, errors),
            little: Orders::take_condition(&mut attributes, errors),
            orders: Orders::take(&mut attributes, errors),
            context: context::parameters(&mut attributes, errors),
            default: default_of(&mut attributes, is_enum, errors),
            inline: attributes.flag("inline", errors),
            keyed: attributes
                .list("keyed", errors)
                .map(|(span, tokens)| (span, KeyedAttributes::new(tokens, errors))),
            protobuf: attributes.flag("protobuf", errors),
            tag_key: key(&mut attributes, "tag_key", errors),
            unknown: attributes.word("unknown", &unknown, errors),
            magic: attributes.real_expr("magic", errors),
            row: attributes.flag("row", errors),
            rename: attributes.text("rename", errors),
            rename_all: rename_all(&mut attributes, errors),
            crate_path: crate_path(&mut attributes, errors),
            bound: bound(&mut attributes, errors),
            whole: attributes.flag("whole", errors),
            tag: TagBy::take(&mut attributes, errors),
            choice: attributes.flag("choice", errors),
            bits: bits(&mut attributes, errors),
            length: length(&mut attributes, errors),
            length_counts: attributes.word("length_counts", &counts, errors),
            length_first: attributes.flag("length_first", errors),
            from: attributes.flag("from", errors),
            union: attributes.flag("union", errors),
            view: view(&mut attributes, errors),
        }
    }
}

fn default_of(
    attributes: &mut Attributes,
    is_enum: bool,
    errors: &mut Errors,
) -> Option<DefaultOf> {
    let (_, value) = attributes.maybe_expr("default", errors)?;
    let Some(expr) = value else {
        return Some(DefaultOf::Type);
    };
    match &expr {
        Expr::Path(path) if path.path.is_ident("fields") && !is_enum => Some(DefaultOf::Fields),
        _ => {
            errors.add(syn::Error::new_spanned(
                expr,
                mistakes::MALFORMED.says(
                    "of a struct, `default` is said alone, or as `default = fields`; of an enum, \
                     alone",
                ),
            ));
            None
        }
    }
}

fn view(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Option<Ident>)> {
    let (span, name) = attributes.maybe_expr("view", errors)?;
    let Some(expr) = name else {
        return Some((span, None));
    };
    if let Expr::Path(path) = &expr
        && let Some(name) = path.path.get_ident()
    {
        return Some((span, Some(name.clone())));
    }
    errors.add(syn::Error::new_spanned(
        expr,
        mistakes::MALFORMED.says("`view` takes the name of a type: `view = PacketView`"),
    ));
    None
}

pub fn rename_all(attributes: &mut Attributes, errors: &mut Errors) -> Option<Case> {
    attributes
        .word("rename_all", Case::WORDS, errors)
        .map(|(_, case)| case)
}

pub fn bits(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, u32)> {
    let (span, expr) = attributes.real_expr("bits", errors)?;
    let bits = integer(&expr)
        .and_then(|bits| u32::try_from(bits).ok())
        .filter(|bits| (1..=128).contains(bits));
    if bits.is_none() {
        errors.add(syn::Error::new_spanned(
            expr,
            mistakes::MALFORMED.says("`bits` is a number from 1 to 128"),
        ));
    }
    Some((span, bits?))
}

/// Rust's integers of fixed size.
pub fn is_integer_type(name: &Ident) -> bool {
    const NAMES: [&str; 10] = [
        "u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128",
    ];
    NAMES.iter().any(|known| name == known)
}

fn length(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Prefix)> {
    let (span, expr) = attributes.real_expr("length", errors)?;
    match Prefix::new(&expr) {
        Some(Prefix::Integer(ty)) if ty.to_string().starts_with('u') => {
            return Some((span, Prefix::Integer(ty)));
        }
        Some(Prefix::Bits(bits)) if bits.is_multiple_of(8) => {
            return Some((span, Prefix::Bits(bits)));
        }
        _ => {}
    }
    errors.add(syn::Error::new_spanned(
        expr,
        mistakes::MALFORMED.says(
            "`length` is an integer type without sign, such as `length = u8`, or whole bytes, \
             `length = bits(24)`",
        ),
    ));
    None
}

fn crate_path(attributes: &mut Attributes, errors: &mut Errors) -> Option<Path> {
    let (_, expr) = attributes.real_expr("crate", errors)?;
    if let Expr::Path(path) = expr {
        return Some(path.path);
    }
    errors.add(syn::Error::new_spanned(
        expr,
        mistakes::MALFORMED
            .says("`crate` is the path of the crate `pickler`, such as `crate = ::renamed`"),
    ));
    None
}

fn bound(attributes: &mut Attributes, errors: &mut Errors) -> Option<Bound> {
    let (_, tokens): (_, TokenStream) = attributes.list("bound", errors)?;
    errors.keep(Bound::parse_terminated.parse2(tokens))
}
