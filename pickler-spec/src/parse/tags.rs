//! Tags of bytes in expressions: `tag(chunk) == b"IEND"`.

use pickler::schema::{Expr, Pattern};

use crate::operands::operands_mut;

/// Makes bytes that a tag is compared with the number that the tag is there: its
/// first byte is the highest.
pub fn of_bytes(expr: &mut Expr) {
    match expr {
        Expr::Binary(left, operator, right) if operator.compares() => {
            compared(left, right);
            compared(right, left);
        }
        Expr::Match { of, arms, .. } => {
            for pattern in arms.iter_mut().flat_map(|arm| &mut arm.patterns) {
                if let Pattern::Value(value) = pattern {
                    compared(of, value);
                }
            }
        }
        _ => {}
    }
    operands_mut(expr).into_iter().for_each(of_bytes);
}

fn compared(tag: &Expr, with: &mut Expr) {
    if let (Expr::Tag(_) | Expr::TagOfSelf, Expr::Bytes(bytes)) = (tag, &*with)
        && let Some(number) = number(bytes)
    {
        *with = Expr::Integer(number);
    }
}

/// A tag has 16 bytes at the most.
fn number(bytes: &[u8]) -> Option<i128> {
    let mut whole = [0; 16];
    let start = whole.len().checked_sub(bytes.len())?;
    whole[start..].copy_from_slice(bytes);
    (!bytes.is_empty())
        .then(|| u128::from_be_bytes(whole))
        .and_then(|number| i128::try_from(number).ok())
}
