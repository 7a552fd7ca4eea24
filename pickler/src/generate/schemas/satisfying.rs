//! What must satisfy a condition.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Made, Maker, Place};
use crate::generate::Choices;
use crate::schema::{Describer, Expr, Operator, Shape};

impl Maker<'_> {
    /// Something that is compared with a number, bytes or a float, so that many
    /// values fit; or anything else, without a condition.
    pub(super) fn satisfying(&mut self, d: &mut Describer, place: Place) -> Made {
        let made = self.shape(d, place);
        let known = match &made.shape {
            Shape::Integer { bits, signed } => {
                let greatest = u128::MAX >> (129 - (bits - u32::from(*signed)).clamp(2, 128));
                Expr::Integer(self.up_to(greatest).cast_signed())
            }
            Shape::Float { .. } => Expr::Float((f64::from(self.up_to(8) as u8) / 4.0).into()),
            Shape::Bytes { .. } | Shape::Text { .. } => {
                let condition = compare(Operator::NotEqual, Expr::Bytes(Vec::from(*b"ab")));
                return satisfying(made, condition);
            }
            _ => return made,
        };
        let operators = [
            Operator::LessOrEqual,
            Operator::GreaterOrEqual,
            Operator::NotEqual,
        ];
        let condition = compare(operators[self.index(operators.len())], known);
        satisfying(made, condition)
    }
}

fn compare(operator: Operator, known: Expr) -> Expr {
    Expr::Binary(
        Box::new(Expr::Field("item".into())),
        operator,
        Box::new(known),
    )
}

fn satisfying(made: Made, condition: Expr) -> Made {
    Made {
        shape: Shape::Satisfying {
            item: Box::new(made.shape),
            condition,
        },
        ..made
    }
}
