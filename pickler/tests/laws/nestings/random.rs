//! Formats and values at random.

use std::sync::Arc;

use pickler::generate::{Choices, Seeded};

use super::format::{Any, At, Format, of_flag};

/// A format of what may stand at any bit or only between bytes, and whether it
/// is whole.
pub fn format(c: &mut Seeded, depth: u32, aligned: bool) -> (At, bool) {
    let leaf = depth == 0;
    let inner = |c: &mut Seeded, aligned| format(c, depth - 1, aligned);
    let (format, whole) = match c.up_to(if leaf { 8 } else { 29 }) {
        0 => (Format::Lift(c.up_to(9) as u64), true),
        1 => (Format::Byte, true),
        2 => (Format::Word, true),
        3 => (Format::ZeroTo, true),
        4 => (Format::Nat, true),
        5 => (Format::Text, true),
        6 => (Format::Choice, true),
        7 => (Format::Tokenize, true),
        8 => (Format::State, true),
        9 | 10 => {
            let (a, a_whole) = inner(c, aligned);
            let (b, b_whole) = inner(c, aligned && a_whole);
            (Format::Pair(a, b), a_whole && b_whole)
        }
        11 => {
            let (a, a_whole) = inner(c, aligned);
            let (b, b_whole) = inner(c, aligned);
            (Format::Either(a, b), a_whole && b_whole)
        }
        12 => {
            let (at, whole) = inner(c, aligned);
            (Format::Alt(at), whole)
        }
        13 => {
            let (at, whole) = inner(c, aligned);
            (Format::Option(at), whole)
        }
        // The second item may start where the first ends.
        14 => {
            let (at, whole) = inner(c, false);
            (Format::List(at), whole)
        }
        15 => {
            let (at, whole) = inner(c, false);
            (Format::Three(at), whole)
        }
        16 => {
            let (at, whole) = inner(c, aligned);
            (Format::Little(at), whole)
        }
        17 => {
            let (at, whole) = inner(c, aligned);
            (Format::Boxed(at), whole)
        }
        18 => (Format::Ignored(inner(c, false).0), false),
        19 => (Format::Aligned(inner(c, aligned).0), aligned),
        20 if aligned => (Format::VariableSize(inner(c, true).0), true),
        21 if aligned => {
            let (at, whole) = inner(c, true);
            (Format::Limited(at), whole)
        }
        22 if aligned => (Format::FixedSize(inner(c, true).0), true),
        23 if aligned => match inner(c, true) {
            (at, true) => (Format::Checksummed(at), true),
            (at, false) => (Format::Aligned(at), true),
        },
        24 => {
            let (at, whole) = inner(c, aligned);
            (Format::Lookahead(at), whole)
        }
        25 => {
            let (at, whole) = inner(c, aligned);
            (Format::Recovered(at), whole)
        }
        26 => {
            let (at, whole) = inner(c, aligned);
            (Format::Fallback(at), whole)
        }
        27 => {
            let (at, whole) = inner(c, false);
            (Format::Memo(at), whole)
        }
        28 if aligned => (Format::Filtered(inner(c, true).0), true),
        29 if aligned => (Format::Multiplexed, true),
        _ => {
            let (at, whole) = inner(c, aligned);
            (Format::Sequ(at), whole)
        }
    };
    (At(Arc::new(format)), whole)
}

impl At {
    /// A value of the format.
    pub fn value(&self, c: &mut Seeded) -> Any {
        let few = |c: &mut Seeded| 0..c.up_to(3);
        match &*self.0 {
            Format::Lift(value) => Any::Number(*value),
            Format::Byte => Any::Number(c.up_to(0xFF) as u64),
            Format::Word => Any::Number(c.up_to(0xFFFF) as u64),
            Format::ZeroTo => Any::Number(c.up_to(0x1_2345) as u64),
            Format::Nat | Format::Choice => {
                let most = [300, 0x1_0000, u64::MAX][c.index(3)];
                Any::Number(c.up_to(most.into()) as u64)
            }
            Format::Text | Format::Tokenize => {
                Any::Text("ab".repeat(c.index(4)).chars().skip(c.index(2)).collect())
            }
            Format::Pair(a, b) => Any::List(vec![a.value(c), b.value(c)]),
            Format::Either(a, b) => {
                let right = c.once_in(2);
                of_flag((right, if right { b.value(c) } else { a.value(c) }))
            }
            Format::Alt(at) => {
                if c.once_in(3) {
                    Any::None
                } else {
                    at.value(c)
                }
            }
            Format::Option(at) => {
                let there = !c.once_in(3);
                of_flag((there, if there { at.value(c) } else { Any::None }))
            }
            Format::List(at) => Any::List(few(c).map(|_| at.value(c)).collect()),
            Format::Memo(at) => {
                let mut items: Vec<Any> = few(c).map(|_| at.value(c)).collect();
                items.extend(items.clone());
                Any::List(items)
            }
            Format::Three(at) => Any::List((0..3).map(|_| at.value(c)).collect()),
            Format::Little(at)
            | Format::Boxed(at)
            | Format::Ignored(at)
            | Format::Aligned(at)
            | Format::VariableSize(at)
            | Format::Limited(at)
            | Format::FixedSize(at)
            | Format::Checksummed(at)
            | Format::Filtered(at) => at.value(c),
            Format::Lookahead(at) | Format::Recovered(at) => of_flag((c.once_in(2), at.value(c))),
            Format::Fallback(at) => {
                let right = c.once_in(3);
                of_flag((right, if right { Any::None } else { at.value(c) }))
            }
            Format::Multiplexed => {
                let item = |c: &mut Seeded| Any::Text("x".repeat(c.index(3)));
                Any::List(few(c).map(|_| item(c)).collect())
            }
            Format::Sequ(at) => {
                let first = Any::Number(c.up_to(0xFF) as u64);
                Any::List(vec![first, at.value(c)])
            }
            Format::State => Any::List(few(c).map(|n| Any::Number(n as u64 * 70)).collect()),
        }
    }
}
