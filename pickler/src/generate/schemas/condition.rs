//! Fields that depend on conditions, and on sizes.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::record::{Fields, binary, integer};
use super::{Made, Maker};
use crate::dynamic::Value;
use crate::generate::Choices;
use crate::schema::{Arm, Count, Expr, Operator, Pattern, Presence, Shape};

impl Maker<'_> {
    /// A condition on an integer of 8 bits.
    pub(super) fn condition(&mut self, field: &Expr) -> Expr {
        let compared = |operator, right| binary(field.clone(), operator, right);
        let not_zero = compared(Operator::NotEqual, 0);
        match self.up_to(5) {
            0 => not_zero,
            1 => binary(compared(Operator::BitAnd, 1), Operator::Equal, 0),
            2 => Expr::Binary(
                Box::new(not_zero),
                Operator::And,
                Box::new(compared(Operator::Less, 200)),
            ),
            3 => Expr::If {
                condition: Box::new(compared(Operator::GreaterOrEqual, 100)),
                then: Box::new(compared(Operator::Less, 150)),
                otherwise: Box::new(compared(Operator::Equal, 7)),
            },
            4 => Expr::Match {
                of: Box::new(field.clone()),
                arms: Vec::from([Arm {
                    patterns: Vec::from([
                        Pattern::Value(Expr::Integer(0)),
                        Pattern::Range(90, 110),
                    ]),
                    value: Expr::Bool(true),
                }]),
                otherwise: Box::new(compared(Operator::Greater, 250)),
            },
            // It has no value where the field is 0.
            _ => binary(
                Expr::Binary(
                    Box::new(Expr::Integer(6)),
                    Operator::Remainder,
                    Box::new(field.clone()),
                ),
                Operator::NotEqual,
                0,
            ),
        }
    }

    /// Something in a byte order that an earlier field decides.
    pub(super) fn ordered_field(&mut self, fields: &mut Fields) {
        let field = Expr::Field(fields.push(Made::whole(integer(8))));
        let item = match self.up_to(2) {
            0 => integer(32),
            1 => Shape::Float { bits: 64 },
            _ => Shape::List {
                item: Box::new(integer(16)),
                count: Count::Prefix(Box::new(integer(8))),
            },
        };
        let little = self.condition(&field);
        fields.push(Made {
            shape: Shape::OrderedBy {
                item: Box::new(item),
                little,
            },
            whole: true,
            room: true,
        });
    }

    /// A number that follows from how many bytes the record takes, and from a field
    /// in front.
    pub(super) fn measuring_field(&mut self, fields: &mut Fields) {
        let field = fields.push(Made::whole(integer(8)));
        let expr = match self.up_to(2) {
            0 => binary(Expr::SizeOfSelf, Operator::Multiply, 2),
            1 => Expr::Binary(
                Box::new(Expr::SizeOfSelf),
                Operator::Add,
                Box::new(Expr::Field(field)),
            ),
            _ => Expr::If {
                condition: Box::new(self.condition(&Expr::Field(field.clone()))),
                then: Box::new(Expr::SizeOfSelf),
                otherwise: Box::new(Expr::Field(field)),
            },
        };
        fields.push_derived(32, expr);
    }

    /// Something that is there if an earlier field, or a flag, says so.
    pub(super) fn conditional_field(&mut self, fields: &mut Fields) {
        let presence = if self.up_to(1) == 0 {
            let field = Expr::Field(fields.push(Made::whole(integer(8))));
            Presence::If(self.condition(&field))
        } else {
            Presence::Flag(Box::new(Shape::Bool { bits: 8 }))
        };
        let room = matches!(presence, Presence::Flag(_));
        fields.push(Made {
            shape: Shape::Conditional {
                item: Box::new(integer(16)),
                presence,
                absent: Value::Null,
            },
            whole: true,
            room,
        });
    }
}
