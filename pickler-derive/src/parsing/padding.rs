//! Room that holds no value: `pad_before` and its like, `align`, `padding`.

use proc_macro2::Span;

use super::attributes::Attributes;
use super::literal::integer;
use crate::errors::Errors;
use crate::mistakes;

/// Where padding is, and how much.
#[derive(Clone, Copy)]
pub struct PaddingAttributes {
    /// Bits in front.
    pub before: Option<(Span, u64)>,
    /// Bits behind.
    pub after: Option<(Span, u64)>,
    /// Bytes in all.
    pub to: Option<(Span, u64)>,
    /// A multiple of so many bytes.
    pub align: Option<(Span, u64)>,
    /// From the start of the record, not of the message.
    pub from_record: bool,
    /// Where that is said.
    pub from: Option<Span>,
    /// What is in it does not matter.
    pub ignored: bool,
}

impl PaddingAttributes {
    /// There is no padding.
    pub fn is_none(&self) -> bool {
        self.before.is_none() && self.after.is_none() && self.to.is_none() && self.align.is_none()
    }

    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Self {
        let origins = [("message", false), ("record", true)];
        let contents = [("zero", false), ("ignored", true)];
        let from = attributes.word("align_from", &origins, errors);
        let ignored = attributes.word("padding", &contents, errors);
        let it = Self {
            before: amount(attributes, "pad_before", "pad_bits_before", errors),
            after: amount(attributes, "pad_after", "pad_bits_after", errors),
            to: number(attributes, "pad_to", errors),
            align: number(attributes, "align", errors),
            from_record: from.is_some_and(|(_, record)| record),
            from: from.map(|(span, _)| span),
            ignored: ignored.is_some_and(|(_, ignored)| ignored),
        };
        if let (Some((span, _)), None) = (from, it.align) {
            errors.push(
                span,
                mistakes::OUT_OF_PLACE.says("`align_from` needs an `align`"),
            );
        }
        let any = it.before.or(it.after).or(it.to).or(it.align);
        if let (Some((span, _)), None) = (ignored, any) {
            errors.push(
                span,
                mistakes::OUT_OF_PLACE.says("`padding` says what is in a `pad_...` or `align`"),
            );
        }
        it
    }
}

/// So many bytes and bits, in bits.
fn amount(
    attributes: &mut Attributes,
    bytes: &str,
    bits: &str,
    errors: &mut Errors,
) -> Option<(Span, u64)> {
    let bytes = number(attributes, bytes, errors).map(|(span, bytes)| (span, bytes * 8));
    match (bytes, number(attributes, bits, errors)) {
        (Some((span, bytes)), Some((_, bits))) => Some((span, bytes + bits)),
        (bytes, bits) => bytes.or(bits),
    }
}

fn number(attributes: &mut Attributes, key: &str, errors: &mut Errors) -> Option<(Span, u64)> {
    let (span, expr) = attributes.real_expr(key, errors)?;
    if let Some(value @ 1..) = integer(&expr).and_then(|value| u32::try_from(value).ok()) {
        return Some((span, value.into()));
    }
    errors.add(syn::Error::new_spanned(
        expr,
        mistakes::MALFORMED.says(format!("`{key}` is a number, such as `{key} = 4`")),
    ));
    None
}
