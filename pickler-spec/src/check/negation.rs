//! `!` in front of what is true or false.

use pickler::schema::{Expr, Operator, Schema, UnaryOperator};

use super::kind::is_bool;
use super::scope::Scope;
use crate::operands::operands_mut;

/// Makes `!flag` what it is in descriptions, where types are not looked up to know
/// what `!` means: `flag == false`. Whether there was any.
pub fn spell_out(expr: &mut Expr, scope: &Scope<'_>, schema: &Schema) -> bool {
    let mut found = false;
    for operand in operands_mut(expr) {
        found |= spell_out(operand, scope, schema);
    }
    if let Expr::Unary(UnaryOperator::Not, of) = expr
        && !of.is_condition()
        && is_bool(of, scope, schema)
    {
        let of = std::mem::replace(&mut **of, Expr::Bool(false));
        *expr = Expr::Binary(Box::new(of), Operator::Equal, Box::new(Expr::Bool(false)));
        found = true;
    }
    found
}
