//! Tags of bytes in expressions: `tag(chunk) == b"IEND"`.

use pickler::schema::{Expr, Pattern};

/// Makes bytes that a tag is compared with the number that the tag is there: its
/// first byte is the highest.
pub fn of_bytes(expr: &mut Expr) {
    match expr {
        Expr::Binary(left, operator, right) => {
            if operator.compares() {
                compared(left, right);
                compared(right, left);
            }
            of_bytes(left);
            of_bytes(right);
        }
        Expr::Match {
            of,
            arms,
            otherwise,
        } => {
            for arm in arms {
                for pattern in &mut arm.patterns {
                    if let Pattern::Value(value) = pattern {
                        compared(of, value);
                    }
                }
                of_bytes(&mut arm.value);
            }
            of_bytes(of);
            of_bytes(otherwise);
        }
        Expr::If {
            condition,
            then,
            otherwise,
        } => {
            of_bytes(condition);
            of_bytes(then);
            of_bytes(otherwise);
        }
        Expr::Item(left, right) => {
            of_bytes(left);
            of_bytes(right);
        }
        Expr::Member(of, _)
        | Expr::Len(of)
        | Expr::Tag(of)
        | Expr::Unary(_, of)
        | Expr::Cast(of, _) => of_bytes(of),
        Expr::Integer(_)
        | Expr::Bool(_)
        | Expr::Text(_)
        | Expr::Bytes(_)
        | Expr::Float(_)
        | Expr::Field(_)
        | Expr::Variant { .. }
        | Expr::TagOfSelf
        | Expr::Present(_)
        | Expr::SizeOf(_)
        | Expr::SizeOfSelf
        | Expr::OffsetOf(_) => {}
    }
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
