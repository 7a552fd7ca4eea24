//! Checksums over fields.

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, Type};

use super::Field;
use super::pickler::primitive_bits;
use crate::errors::Errors;
use crate::mistakes;

/// A checksum over fields, by their places.
pub struct Checksum {
    pub span: Span,
    /// A variant of `schema::Algorithm`.
    pub algorithm: &'static str,
    /// `None` for all of the record.
    pub fields: Option<(usize, usize)>,
}

impl Checksum {
    /// It is bytes, not a number.
    pub fn is_digest(&self) -> bool {
        self.digest_size().is_some()
    }

    /// How many bytes a digest has; `None` of a number.
    pub fn digest_size(&self) -> Option<usize> {
        match self.algorithm {
            "Md5" => Some(16),
            "Sha1" => Some(20),
            "Sha256" => Some(32),
            _ => None,
        }
    }

    /// How many bits a number has; `None` of a digest.
    fn bits(&self) -> Option<u32> {
        Some(match self.algorithm {
            "Crc8" | "Sum8" | "Xor8" => 8,
            "Crc24" | "Crc24ModeS" => 24,
            "Adler32" => 32,
            "Crc64Xz" => 64,
            name if name.starts_with("Crc32") => 32,
            name if name.starts_with("Crc16") => 16,
            "Fletcher16" | "Internet" => 16,
            _ => return None,
        })
    }

    /// Says so where it is seen not to fit the type that is to hold it, in so many
    /// bits as are said.
    pub fn expect_holder(&self, holds: &Type, said: Option<u32>, errors: &mut Errors) {
        let length = match holds {
            Type::Array(array) => match &array.len {
                Expr::Lit(ExprLit {
                    lit: Lit::Int(length),
                    ..
                }) => length.base10_parse::<usize>().ok(),
                _ => return,
            },
            ty if primitive_bits(ty).is_some() => None,
            _ => return,
        };
        let message = match self.digest_size() {
            Some(size) if length != Some(size) => {
                format!(
                    "this digest is {size} bytes: the field has the type `Derived<[u8; {size}]>`"
                )
            }
            None if length.is_some() => {
                "this checksum is a number: the field has the type `Derived<u32>` or of another \
                 integer"
                    .to_owned()
            }
            None if let (Some(bits), Some(all)) = (self.bits(), primitive_bits(holds)) => {
                let all = said.unwrap_or(all);
                let is_signed = holds.to_token_stream().to_string().starts_with('i');
                if all >= bits + u32::from(is_signed) {
                    return;
                }
                let ty = bits.next_power_of_two();
                let sign = if is_signed {
                    ", of which one is the sign"
                } else {
                    ""
                };
                format!(
                    "this checksum has {bits} bits, and the field {all}{sign}: it has the type \
                     `Derived<u{ty}>`"
                )
            }
            _ => return,
        };
        errors.push(holds.span(), mistakes::WRONG_TYPE.says(message));
    }
}

/// Checksums are over whole bytes, and take up whole bytes, as far as it is seen
/// where fields begin and end. A record begins where a byte does, or is refused
/// when it is written.
pub fn expect_whole_bytes(fields: &[Field], errors: &mut Errors) {
    let ends = ends_within_bytes(fields);
    let starts_within = |index: usize| index > 0 && ends[index - 1] == Some(true);
    for (index, field) in fields.iter().enumerate() {
        let derived = field.derived.as_ref();
        let Some(checksum) = derived.and_then(|it| it.checksum.as_ref()) else {
            continue;
        };
        let (first, last) = checksum.fields.unwrap_or((0, fields.len() - 1));
        let message = if starts_within(first) {
            format!(
                "a checksum is over whole bytes, and `{}` starts within one",
                fields[first].name
            )
        } else if ends[last] == Some(true) {
            format!(
                "a checksum is over whole bytes, and `{}` ends within one",
                fields[last].name
            )
        } else if starts_within(index) || ends[index] == Some(true) {
            "a checksum takes up whole bytes: it starts and ends with one".to_owned()
        } else {
            continue;
        };
        errors.push(checksum.span, mistakes::PARTS_OF_BYTES.says(message));
    }
}

/// Whether each field ends within a byte; `None` where that is not seen.
fn ends_within_bytes(fields: &[Field]) -> Vec<Option<bool>> {
    // How many bits of the last byte are taken.
    let mut taken = Some(0);
    let ends = fields.iter().map(|field| {
        taken = match (taken, field.pickler.known_bits()) {
            _ if field.elsewhere.is_some() => taken,
            (Some(taken), Some(bits)) => Some((taken + bits) % 8),
            (Some(0), None) if field.pickler.known_whole() == Some(true) => Some(0),
            _ => None,
        };
        taken.map(|taken| taken > 0)
    });
    ends.collect()
}
