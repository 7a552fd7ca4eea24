//! What is done to the bytes of a field: `xor`, `rotate_left`, `rotate_right`,
//! `compression`.

use proc_macro2::Span;
use syn::{Expr, Lit};

use super::attributes::Attributes;
use super::expression::Portable;
use crate::errors::Errors;
use crate::mistakes;

/// What the bytes become.
pub enum Filter {
    /// `xor = 0x5A`, `xor = [first, second]`, `xor = b"key"`
    Xor(Vec<Portable>),
    /// `rotate_left = 3`: by how many bits.
    RotateLeft(Portable),
    /// `rotate_right = 3`
    RotateRight(Portable),
    /// `compression = zlib`: the combinator.
    Compression(&'static str),
}

const COMPRESSIONS: &[(&str, &str)] = &[("zlib", "zlib"), ("deflate", "deflate"), ("gzip", "gzip")];

impl Filter {
    /// Its attribute.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Xor(_) => "xor",
            Self::RotateLeft(_) => "rotate_left",
            Self::RotateRight(_) => "rotate_right",
            Self::Compression(_) => "compression",
        }
    }

    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Self)> {
        let xor = attributes
            .real_expr("xor", errors)
            .and_then(|(span, key)| Some((span, Self::Xor(errors.keep(self::key(&key))?))));
        let rotations: [(_, fn(_) -> _); 2] = [
            ("rotate_left", Self::RotateLeft),
            ("rotate_right", Self::RotateRight),
        ];
        let rotations = rotations.map(|(name, filter)| {
            let (span, by) = attributes.real_expr(name, errors)?;
            Some((span, filter(errors.keep(Portable::new(&by))?)))
        });
        let compression = attributes.word("compression", COMPRESSIONS, errors);
        let compression = compression.map(|(span, function)| (span, Self::Compression(function)));
        let bytewise = xor.into_iter().chain(rotations.into_iter().flatten());
        let mut all = bytewise.chain(compression);
        let first = all.next();
        for (span, _) in all {
            errors.push(
                span,
                mistakes::NOT_TOGETHER.says(
                    "bytes go through one filter; for another, put a struct of one field with \
                     that filter in between",
                ),
            );
        }
        first
    }
}

/// The parts of a key, each of which gives a byte.
fn key(key: &Expr) -> syn::Result<Vec<Portable>> {
    let parts: Vec<Portable> = match key {
        Expr::Array(parts) => parts
            .elems
            .iter()
            .map(Portable::new)
            .collect::<Result<_, _>>()?,
        Expr::Lit(literal) => match &literal.lit {
            Lit::ByteStr(bytes) => {
                let bytes = bytes.value().into_iter();
                bytes.map(|byte| Portable::Integer(byte.into())).collect()
            }
            _ => vec![Portable::new(key)?],
        },
        _ => vec![Portable::new(key)?],
    };
    if parts.is_empty() {
        return Err(syn::Error::new_spanned(
            key,
            mistakes::MALFORMED.says(
                "a key has a byte at the least: `xor = 0x5A`, `xor = key`, \
                 `xor = [first, second]` or `xor = b\"key\"`",
            ),
        ));
    }
    Ok(parts)
}
