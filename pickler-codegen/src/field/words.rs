//! Values of attributes.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::dynamic::Value;
use pickler::schema::{Count, Fill, Origin, Reference, Shape};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::attributes::Attributes;
use crate::types::{is_native, prefix_word};
use crate::{literal, names};

/// The literal of a constant that a declaration can say alone.
pub fn magic(item: &Shape, value: &Value) -> Option<TokenStream> {
    match (item, value) {
        (Shape::Integer { bits, signed }, value) if is_native(*bits) => {
            literal::typed_integer(value, *bits, *signed).ok()
        }
        (
            Shape::List {
                item,
                count: Count::Fixed(count),
            },
            Value::List(values),
        ) if **item
            == (Shape::Integer {
                bits: 8,
                signed: false,
            }) =>
        {
            let bytes = literal::as_bytes(values)?;
            (bytes.len() as u64 == *count).then(|| literal::bytes(&bytes))
        }
        _ => None,
    }
}

pub fn byte_order_word(order: ByteOrder) -> TokenStream {
    match order {
        ByteOrder::Big => quote!(big),
        ByteOrder::Little => quote!(little),
    }
}

pub fn bit_order_word(order: BitOrder) -> TokenStream {
    match order {
        BitOrder::Msb => quote!(msb),
        BitOrder::Lsb => quote!(lsb),
    }
}

/// `pad_before = 2` and its like.
pub fn padding_words(to: &mut Attributes, fill: Fill) {
    let number = |number: u64| {
        let number = Literal::u64_unsuffixed(number);
        quote!(#number)
    };
    match fill {
        Fill::Before(bits) if bits % 8 == 0 => to.value("pad_before", number(bits / 8)),
        Fill::Before(bits) => to.value("pad_bits_before", number(bits)),
        Fill::After(bits) if bits % 8 == 0 => to.value("pad_after", number(bits / 8)),
        Fill::After(bits) => to.value("pad_bits_after", number(bits)),
        Fill::To(bytes) => to.value("pad_to", number(bytes)),
        Fill::Align { bytes, from } | Fill::AlignEnd { bytes, from } => {
            to.value("align", number(bytes));
            if from == Origin::Record {
                to.value("align_from", quote!(record));
            }
        }
    }
}

pub(super) fn shared_word(reference: &Reference) -> Option<TokenStream> {
    match reference {
        Reference::Offset { bits, mark } if matches!(bits, 8 | 16 | 32 | 64) => {
            let in_first_byte = *mark != 0 && mark.trailing_zeros() >= bits - 8;
            let fits = *bits == 64 || mark >> bits == 0;
            let mark: TokenStream = format!("{mark:#X}_u{bits}").parse().ok()?;
            (in_first_byte && fits).then(|| quote!(offset(#mark)))
        }
        Reference::Offset { .. } => None,
        Reference::Number { prefix, table } => {
            let prefix = prefix_word(prefix)?;
            if table.is_empty() {
                return Some(quote!(index(#prefix)));
            }
            let table = names::exact(table)?;
            Some(quote!(index(#prefix, #table)))
        }
    }
}

/// The pairs of `shown(...)`, if all of them can be written so.
pub(super) fn shown(pairs: &[(Value, Value)]) -> Option<TokenStream> {
    let one = |value: &Value| match value {
        Value::Null => Some(quote!(null)),
        Value::Bool(value) => Some(quote!(#value)),
        Value::Unsigned(it) if i128::try_from(*it).is_ok() => literal::integer(value).ok(),
        Value::Negative(_) => literal::integer(value).ok(),
        Value::Text(text) => Some(quote!(#text)),
        Value::Bytes(bytes) => Some(literal::bytes(bytes)),
        Value::Unsigned(_)
        | Value::Float(_)
        | Value::List(_)
        | Value::Record(_)
        | Value::Variant(_) => None,
    };
    let pairs = pairs.iter().map(|(actual, shown)| {
        let (actual, shown) = (one(actual)?, one(shown)?);
        Some(quote!(#actual = #shown))
    });
    let pairs = pairs.collect::<Option<Vec<_>>>()?;
    Some(quote!(#(#pairs),*))
}

pub(super) fn hexadecimal(bits: u128) -> TokenStream {
    let digits = if bits > 0xFF { 4 } else { 2 };
    let text = format!("0x{bits:0digits$X}");
    text.parse().unwrap_or_default()
}
