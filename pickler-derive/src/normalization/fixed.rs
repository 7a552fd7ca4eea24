//! Which fields always take the same number of bits.

use syn::{Expr, ExprLit, Lit, Type};

use super::pickler::{Pickler, primitive_bits};

/// A pickler that implements `FixedPickler`, so that its field is read and written in
/// one go with those beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixed {
    pub bits: u32,
    /// Some bits are no value.
    pub read_fails: bool,
    /// Some values do not fit.
    pub write_fails: bool,
}

impl Pickler {
    /// As far as the macro can tell.
    pub fn fixed(&self) -> Option<Fixed> {
        match self {
            Self::Of(ty) => of_type(ty),
            Self::Bits(bits, ty) => {
                let all = primitive_bits(ty)?;
                Some(Fixed {
                    bits: *bits,
                    read_fails: is_bool(ty) && *bits > 1,
                    write_fails: !is_bool(ty) && *bits < all,
                })
            }
            Self::Sentinel(_, _, inner) => Some(Fixed {
                write_fails: true,
                ..inner.fixed()?
            }),
            Self::Constant(value, inner) => {
                let inner = match &**inner {
                    Self::Of(_) => bytes(value).or_else(|| inner.fixed())?,
                    Self::Bits(..) => inner.fixed()?,
                    _ => return None,
                };
                Some(Fixed {
                    read_fails: true,
                    ..inner
                })
            }
            // Bits of one byte in several orders would not stand beside each
            // other.
            Self::Ordered(orders, inner) if orders.bits.is_none() => inner.fixed(),
            Self::Shown(_, inner) => inner.fixed(),
            _ => None,
        }
    }
}

fn of_type(ty: &Type) -> Option<Fixed> {
    Some(Fixed {
        bits: primitive_bits(ty).or_else(|| float_bits(ty))?,
        read_fails: is_bool(ty),
        write_fails: false,
    })
}

fn float_bits(ty: &Type) -> Option<u32> {
    let Type::Path(path) = ty else { return None };
    match path.path.get_ident()?.to_string().as_str() {
        "f32" => Some(32),
        "f64" => Some(64),
        _ => None,
    }
}

pub fn is_bool(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("bool"))
}

/// Of a constant that is bytes.
fn bytes(value: &Expr) -> Option<Fixed> {
    let Expr::Lit(ExprLit { lit, .. }) = value else {
        return None;
    };
    let length = match lit {
        Lit::ByteStr(bytes) => u32::try_from(bytes.value().len()).ok()?,
        Lit::Byte(_) => 1,
        _ => return None,
    };
    // Long ones are better copied alone.
    (1..=16).contains(&length).then_some(Fixed {
        bits: 8 * length,
        read_fails: true,
        // That there is no room is said of one of the bytes.
        write_fails: true,
    })
}
