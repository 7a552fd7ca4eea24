//! Names and literals that attributes and picklers share.

use pickler::dynamic::Value;
use pickler::schema::{Compression, Ending, Terminator, TextEncoding, Until};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::error::{Result, refused};
use crate::literal;

/// The bytes that end text or bytes.
pub fn end_of_bytes(until: &Until) -> Result<TokenStream> {
    match &until.end {
        Value::Bytes(end) => Ok(end_literal(end)),
        _ => refused("text and bytes end with bytes"),
    }
}

/// Bytes that end something, as they are written.
pub fn end_literal(end: &[u8]) -> TokenStream {
    match end {
        [byte @ 0x20..=0x7E] => {
            let byte = Literal::byte_character(*byte);
            quote!(#byte)
        }
        [byte] => {
            let byte = Literal::u8_unsuffixed(*byte);
            quote!(#byte)
        }
        bytes => literal::bytes(bytes),
    }
}

/// The word for the end of a piece, and whether the end of the input ends it,
/// too.
pub fn delimiter_word(ending: Ending) -> (&'static str, bool) {
    let word = match ending.terminator {
        Terminator::Taken => "until",
        Terminator::Kept => "through",
        Terminator::Left => "before",
    };
    (word, ending.or_end)
}

/// The word for a compression.
pub fn compression_word(compression: Compression) -> Result<TokenStream> {
    Ok(match compression {
        Compression::Zlib => quote!(zlib),
        Compression::Deflate => quote!(deflate),
        Compression::Gzip => quote!(gzip),
        _ => return refused("this compression has no name in Rust"),
    })
}

/// The word for an encoding, which is the function of its pickler, too.
pub fn encoding_word(encoding: TextEncoding) -> Ident {
    Ident::new(&encoding.name().to_string(), Span::call_site())
}
