//! What is said of things without parts.

use proc_macro2::{Ident, Span, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Token};

use super::attributes::Attributes;
use super::literal::integer;
use super::prefix::Varint;
use crate::errors::Errors;
use crate::mistakes;

/// How text becomes units: the combinator of an encoding other than UTF-8.
const ENCODINGS: &[(&str, Option<&str>)] = &[
    ("utf8", None),
    ("ascii", Some("ascii")),
    ("latin1", Some("latin1")),
    ("utf16", Some("utf16")),
    ("cp437", Some("cp437")),
    ("shift_jis", Some("shift_jis")),
    ("iso8859_2", Some("iso8859_2")),
    ("iso8859_3", Some("iso8859_3")),
    ("iso8859_4", Some("iso8859_4")),
    ("iso8859_5", Some("iso8859_5")),
    ("iso8859_6", Some("iso8859_6")),
    ("iso8859_7", Some("iso8859_7")),
    ("iso8859_8", Some("iso8859_8")),
    ("iso8859_10", Some("iso8859_10")),
    ("iso8859_13", Some("iso8859_13")),
    ("iso8859_14", Some("iso8859_14")),
    ("iso8859_15", Some("iso8859_15")),
    ("iso8859_16", Some("iso8859_16")),
    ("windows_874", Some("windows_874")),
    ("windows_1250", Some("windows_1250")),
    ("windows_1251", Some("windows_1251")),
    ("windows_1252", Some("windows_1252")),
    ("windows_1253", Some("windows_1253")),
    ("windows_1254", Some("windows_1254")),
    ("windows_1255", Some("windows_1255")),
    ("windows_1256", Some("windows_1256")),
    ("windows_1257", Some("windows_1257")),
    ("windows_1258", Some("windows_1258")),
];

/// The names of an integer's bits.
pub struct Flags {
    pub named: Vec<(String, u128)>,
    /// `..`: bits without a name are kept.
    pub keeps: bool,
}

/// How a thing without parts is coded, and what it stands for.
pub struct LeafAttributes {
    pub varint: Option<(Span, Varint)>,
    /// Over-long forms of a varint are read, too.
    pub lenient: Option<Span>,
    pub zigzag: Option<Span>,
    pub bcd: Option<Span>,
    pub half: Option<Span>,
    pub encoding: Option<(Span, Option<&'static str>)>,
    pub scale: Option<(Span, u64)>,
    pub unit: Option<String>,
    pub flags: Option<(Span, Flags)>,
    /// An array is shown as bytes.
    pub bytes: Option<Span>,
    /// The unit that fills a fixed width.
    pub pad: Option<(Span, u16)>,
    /// What stands in the padding is ignored.
    pub padding_ignored: Option<(Span, bool)>,
}

impl LeafAttributes {
    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Self {
        // Of room without units, `padding` says something, too.
        let pad = pad(attributes, errors);
        let contents = &[("ignored", true), ("checked", false)];
        Self {
            varint: Varint::take(attributes, errors),
            lenient: attributes.flag("lenient", errors),
            zigzag: attributes.flag("zigzag", errors),
            bcd: attributes.flag("bcd", errors),
            half: attributes.flag("half", errors),
            encoding: attributes.word("encoding", ENCODINGS, errors),
            scale: scale(attributes, errors),
            unit: attributes.text("unit", errors),
            flags: attributes
                .list("flags", errors)
                .and_then(|(span, tokens)| Some((span, errors.keep(flags(tokens))?))),
            bytes: attributes.flag("bytes", errors),
            padding_ignored: pad
                .is_some()
                .then(|| attributes.word("padding", contents, errors))
                .flatten(),
            pad,
        }
    }
}

impl LeafAttributes {
    /// The combinator of an encoding other than UTF-8.
    pub fn text_function(&self) -> Option<&'static str> {
        self.encoding?.1
    }
}

fn pad(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, u16)> {
    let (span, expr) = attributes.real_expr("pad", errors)?;
    let pad = integer(&expr).and_then(|pad| u16::try_from(pad).ok());
    if pad.is_none() {
        errors.add(syn::Error::new_spanned(
            expr,
            mistakes::MALFORMED.says("`pad` is a byte, such as `pad = 0` or `pad = b' '`"),
        ));
    }
    Some((span, pad?))
}

fn scale(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, u64)> {
    let (span, expr) = attributes.real_expr("scale", errors)?;
    let scale = integer(&expr).and_then(|scale| u64::try_from(scale).ok());
    let is_power = |scale: &u64| {
        scale
            .checked_ilog10()
            .is_some_and(|digits| digits > 0 && 10_u64.pow(digits) == *scale)
    };
    let scale = scale.filter(is_power);
    if scale.is_none() {
        errors.add(syn::Error::new_spanned(
            expr,
            mistakes::MALFORMED
                .says("`scale` is a power of ten, such as `scale = 100` for hundredths"),
        ));
    }
    Some((span, scale?))
}

/// `A = 0x01, B = 0x02, ..`
fn flags(tokens: TokenStream) -> syn::Result<Flags> {
    let parser = |input: ParseStream<'_>| {
        let (mut named, mut keeps) = (Vec::new(), false);
        while !input.is_empty() {
            if input.peek(Token![..]) {
                input.parse::<Token![..]>()?;
                keeps = true;
            } else {
                let name: Ident = input.parse()?;
                input.parse::<Token![=]>()?;
                let value: Expr = input.parse()?;
                let bits = integer(&value).and_then(|bits| u128::try_from(bits).ok());
                let Some(bits) = bits.filter(|bits| *bits != 0) else {
                    return Err(syn::Error::new_spanned(
                        value,
                        mistakes::MALFORMED
                            .says("a flag is a number above 0, such as `ACK = 0x10`"),
                    ));
                };
                named.push((name.to_string(), bits));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(Flags { named, keeps })
    };
    parser.parse2(tokens)
}
