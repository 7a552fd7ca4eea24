//! What expressions are made of.

use pickler::schema::Expr;

/// The expressions that an expression is made of, to be changed; what the arms of a
/// `match` look for is none.
pub fn operands_mut(expr: &mut Expr) -> Vec<&mut Expr> {
    match expr {
        Expr::Binary(left, _, right) | Expr::Item(left, right) => vec![left, right],
        Expr::If {
            condition,
            then,
            otherwise,
        } => vec![condition, then, otherwise],
        Expr::Match {
            of,
            arms,
            otherwise,
        } => {
            let values = arms.iter_mut().map(|arm| &mut arm.value);
            [&mut **of, &mut **otherwise]
                .into_iter()
                .chain(values)
                .collect()
        }
        Expr::Member(of, _)
        | Expr::Len(of)
        | Expr::Tag(of)
        | Expr::Unary(_, of)
        | Expr::Cast(of, _) => vec![of],
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
        | Expr::OffsetOf(_) => Vec::new(),
    }
}
