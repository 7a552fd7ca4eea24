//! Values as Rust writes them.

use pickler::dynamic::{Float, Value};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::error::{Result, refused};

/// An integer without the name of its type.
pub fn integer(value: &Value) -> Result<TokenStream> {
    match value {
        Value::Unsigned(value) => {
            let value = Literal::u128_unsuffixed(*value);
            Ok(quote!(#value))
        }
        Value::Negative(value) => {
            let value = Literal::u128_unsuffixed(value.unsigned_abs());
            Ok(quote!(-#value))
        }
        _ => refused("this is no integer"),
    }
}

/// An integer with the name of its type.
pub fn typed_integer(value: &Value, bits: u32, signed: bool) -> Result<TokenStream> {
    let sign = if signed { 'i' } else { 'u' };
    let text = format!("{}_{sign}{bits}", integer(value)?);
    match text.replace(' ', "").parse() {
        Ok(tokens) => Ok(tokens),
        Err(_) => refused("this is no integer"),
    }
}

/// Bytes as they are written in text.
pub fn bytes(bytes: &[u8]) -> TokenStream {
    let bytes = Literal::byte_string(bytes);
    quote!(#bytes)
}

/// A list of integers that are bytes.
pub fn as_bytes(values: &[Value]) -> Option<Vec<u8>> {
    let bytes = values.iter().map(|value| match value {
        Value::Unsigned(value) => u8::try_from(*value).ok(),
        _ => None,
    });
    bytes.collect()
}

/// A floating-point number of so many bits.
pub fn float(value: Float, bits: u32) -> TokenStream {
    let number = value.get();
    if number.is_finite() {
        let literal = Literal::f64_unsuffixed(number.abs());
        return if number.is_sign_negative() {
            quote!(-#literal)
        } else {
            quote!(#literal)
        };
    }
    if bits == 64 {
        let bits = Literal::u64_unsuffixed(number.to_bits());
        return quote!(f64::from_bits(#bits));
    }
    // What is no number is kept bit by bit.
    let narrow = value.narrow().map_or(0, f32::to_bits);
    let bits = Literal::u32_unsuffixed(narrow);
    quote!(f32::from_bits(#bits))
}
