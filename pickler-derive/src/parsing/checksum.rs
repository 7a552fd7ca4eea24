//! Checksums over fields.

use proc_macro2::{Ident, Span};
use syn::{Expr, ExprRange, RangeLimits};

use crate::mistakes;

/// `crc32(first..=last)`, `crc32(..)`
pub struct Checksum {
    pub span: Span,
    /// A variant of `schema::Algorithm`.
    pub algorithm: &'static str,
    /// `None` for all of the record.
    pub fields: Option<(Ident, Ident)>,
}

const ALGORITHMS: [(&str, &str); 22] = [
    ("adler32", "Adler32"),
    ("crc8", "Crc8"),
    ("crc16_arc", "Crc16Arc"),
    ("crc16_ccitt_false", "Crc16CcittFalse"),
    ("crc16_kermit", "Crc16Kermit"),
    ("crc16_modbus", "Crc16Modbus"),
    ("crc16_x25", "Crc16X25"),
    ("crc16_xmodem", "Crc16Xmodem"),
    ("crc24", "Crc24"),
    ("crc24_mode_s", "Crc24ModeS"),
    ("crc32", "Crc32"),
    ("crc32_bzip2", "Crc32Bzip2"),
    ("crc32_mpeg2", "Crc32Mpeg2"),
    ("crc32c", "Crc32C"),
    ("crc64_xz", "Crc64Xz"),
    ("fletcher16", "Fletcher16"),
    ("internet", "Internet"),
    ("md5", "Md5"),
    ("sha1", "Sha1"),
    ("sha256", "Sha256"),
    ("sum8", "Sum8"),
    ("xor8", "Xor8"),
];

impl Checksum {
    /// The checksum that an expression is, if it is one.
    pub fn new(expr: &Expr) -> Option<syn::Result<Self>> {
        let Expr::Call(call) = expr else { return None };
        let Expr::Path(function) = &*call.func else {
            return None;
        };
        let function = function.path.get_ident()?;
        let (_, algorithm) = ALGORITHMS.iter().find(|(name, _)| function == name)?;
        let refused = || {
            let message = format!(
                "a checksum is of fields, `{function}(first..=last)`, or of the record, \
                 `{function}(..)`"
            );
            Err(syn::Error::new_spanned(
                call,
                mistakes::MALFORMED.says(message),
            ))
        };
        let name = |expr: &Expr| match expr {
            Expr::Path(path) => path.path.get_ident().cloned(),
            _ => None,
        };
        let argument = if call.args.len() == 1 {
            call.args.first()
        } else {
            None
        };
        let fields = match argument {
            Some(Expr::Range(ExprRange {
                start: None,
                end: None,
                ..
            })) => None,
            Some(Expr::Range(ExprRange {
                start: Some(start),
                end: Some(end),
                limits: RangeLimits::Closed(_),
                ..
            })) => match (name(start), name(end)) {
                (Some(start), Some(end)) => Some((start, end)),
                _ => return Some(refused()),
            },
            Some(field) => match name(field) {
                Some(field) => Some((field.clone(), field)),
                None => return Some(refused()),
            },
            None => return Some(refused()),
        };
        Some(Ok(Self {
            span: function.span(),
            algorithm,
            fields,
        }))
    }
}
