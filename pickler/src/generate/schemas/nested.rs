//! Records of which those around look at a field.

use alloc::boxed::Box;
use alloc::string::String;

use super::record::{Fields, binary, integer};
use super::{Made, Maker};
use crate::dynamic::Value;
use crate::generate::Choices;
use crate::schema::{Count, Describer, Expr, Operator, Presence, Record, Shape};

impl Maker<'_> {
    /// A record that says something of itself, and what follows from that: in front
    /// of it or behind it, or how much comes, or whether something does.
    pub(super) fn looked_at_field(&mut self, d: &mut Describer, fields: &mut Fields) {
        let Some(name) = self.names.next() else {
            return;
        };
        let mut says = String::new();
        let item = d.define(name, name, "", |_| {
            let mut inner = Fields::new();
            says = self.saying_field(&mut inner);
            Shape::Record(Box::new(Record::new(inner.made)))
        });
        let looks = |field: String| {
            let member = Expr::Member(Box::new(Expr::Field(field)), says.as_str().into());
            binary(member, Operator::Remainder, 250)
        };
        let in_front = self.up_to(3) == 0;
        if in_front {
            let behind = alloc::format!("field{}", fields.made.len() + 1);
            fields.push_derived(8, looks(behind));
        }
        let looks = looks(fields.push(Made::whole(item)));
        let shape = match self.up_to(2) {
            _ if in_front => return,
            0 => {
                fields.push_derived(16, binary(looks, Operator::Add, 1));
                return;
            }
            1 => self.units(Count::Expr(binary(looks, Operator::Remainder, 8))),
            _ => Shape::Conditional {
                item: Box::new(integer(16)),
                presence: Presence::If(self.condition(&looks)),
                absent: Value::Null,
            },
        };
        fields.push(Made {
            shape,
            whole: true,
            room: false,
        });
    }

    /// Fields of which the one of that name is a number: as it is, or following from
    /// others, or from how many bytes they take.
    fn saying_field(&mut self, fields: &mut Fields) -> String {
        let plain = fields.push(Made::whole(integer(8)));
        match self.up_to(3) {
            0 => plain,
            1 => {
                let follows = binary(Expr::Field(plain), Operator::Multiply, 2);
                fields.push_derived(16, follows)
            }
            2 => {
                let name = fields.name();
                self.derived_field(fields);
                name
            }
            _ => {
                let name = fields.name();
                self.derived_field(fields);
                fields.push_derived(16, Expr::SizeOf(name));
                fields.push_derived(32, Expr::SizeOfSelf)
            }
        }
    }
}
