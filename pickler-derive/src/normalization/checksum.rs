//! Checksums over fields.

use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, Type};

use super::pickler::primitive_bits;
use crate::errors::Errors;
use crate::mistakes;

/// A checksum over fields, by their places.
pub struct Checksum {
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

    /// Says so where it is seen not to fit the type that is to hold it.
    pub fn expect_holder(&self, holds: &Type, errors: &mut Errors) {
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
            _ => return,
        };
        errors.push(holds.span(), mistakes::WRONG_TYPE.says(message));
    }
}
