//! How shapes lie in one another, and types that contain themselves without end.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Count, Definition, KeyedField, Shape, Size};

/// How a part of a shape lies in it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Nesting {
    /// The codec counts it as a level.
    pub is_level: bool,
    /// The least width of the shape follows from that of the part.
    pub is_measured: bool,
    /// The value of the shape is that of the part, as far as one looks for what
    /// it is.
    pub is_same: bool,
}

impl Nesting {
    /// That of the part at an index of a shape's [`parts`](Shape::parts).
    pub fn of(shape: &Shape, index: usize, is_last: bool) -> Self {
        Self {
            is_level: is_level(shape, index),
            is_measured: is_measured(shape, index),
            // The last part is what others are said of.
            is_same: is_last && is_transparent(shape),
        }
    }
}

fn is_level(shape: &Shape, index: usize) -> bool {
    match shape {
        Shape::Boxed(_) | Shape::Elsewhere { .. } | Shape::Filtered { .. } => true,
        Shape::List { count, .. } => match count {
            Count::Fixed(_) => false,
            Count::Prefix(_) => index == 1,
            Count::Expr(_) | Count::Until(_) | Count::Last(_) | Count::Rest => true,
        },
        Shape::Keyed(keyed) => keyed.fields.get(index).is_some_and(KeyedField::is_repeated),
        _ => false,
    }
}

fn is_measured(shape: &Shape, index: usize) -> bool {
    match shape {
        Shape::Boxed(_)
        | Shape::Elsewhere { .. }
        | Shape::Filtered { .. }
        | Shape::Padded { .. }
        | Shape::Keyed(_)
        | Shape::ProtobufField { .. } => false,
        Shape::List { count, .. } => match count {
            Count::Fixed(_) | Count::Until(_) | Count::Last(_) => true,
            Count::Prefix(_) => index == 0,
            Count::Expr(_) | Count::Rest => false,
        },
        // Of a union, the tag and the length are.
        Shape::Union(union) => index <= usize::from(union.length.is_some()),
        Shape::Conditional { .. } => index == 0,
        Shape::Sized { size, .. } => match size {
            Size::AtMost(_) => true,
            Size::Prefix { .. } => index == 0,
            Size::Expr(_) | Size::AllBut(_) | Size::Until { .. } => false,
        },
        _ => true,
    }
}

fn is_transparent(shape: &Shape) -> bool {
    !matches!(
        shape,
        Shape::List { .. }
            | Shape::Tuple(_)
            | Shape::Record(_)
            | Shape::Keyed(_)
            | Shape::Union(_)
            | Shape::Enumeration(_)
            | Shape::Choice { .. }
            | Shape::Peeked { .. }
    )
}

/// A type that another mentions: its place, and how it lies in that.
struct Mention {
    of: usize,
    nesting: Nesting,
}

/// The names of types of which each contains the next, and the last the first,
/// so that it would never end to read one, to measure it, or to look for what it
/// is. All types that are mentioned are there.
pub(super) fn endless(types: &[Definition]) -> Option<Vec<Arc<str>>> {
    let mentions: Vec<Vec<Mention>> = types.iter().map(|it| mentioned(&it.shape)).collect();
    let kinds: [fn(&Nesting) -> bool; 3] = [
        |nesting| !nesting.is_level,
        |nesting| nesting.is_measured,
        |nesting| nesting.is_same,
    ];
    let cycle = kinds
        .into_iter()
        .find_map(|counts| cycle(&mentions, counts))?;
    Some(cycle.into_iter().map(|it| types[it].name.clone()).collect())
}

/// All types that a shape mentions.
fn mentioned(shape: &Shape) -> Vec<Mention> {
    let outermost = Nesting {
        is_level: false,
        is_measured: true,
        is_same: true,
    };
    let mut found = Vec::new();
    let mut open = Vec::from([(shape, outermost)]);
    while let Some((shape, around)) = open.pop() {
        if let Shape::Named(reference) = shape {
            found.push(Mention {
                of: reference.index(),
                nesting: around,
            });
            continue;
        }
        let parts = shape.parts();
        let last = parts.len().saturating_sub(1);
        for (index, part) in parts.into_iter().enumerate() {
            let own = Nesting::of(shape, index, index == last);
            let nesting = Nesting {
                is_level: around.is_level || own.is_level,
                is_measured: around.is_measured && own.is_measured,
                is_same: around.is_same && own.is_same,
            };
            open.push((part, nesting));
        }
    }
    found
}

/// Types of which each mentions the next, and the last the first, by mentions
/// that count.
fn cycle(mentions: &[Vec<Mention>], counts: fn(&Nesting) -> bool) -> Option<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = alloc::vec![State::New; mentions.len()];
    for root in 0..mentions.len() {
        if states[root] != State::New {
            continue;
        }
        states[root] = State::Open;
        // Each mentions the next; with its mentions that are left.
        let mut open = Vec::from([(root, mentions[root].iter())]);
        while let Some((ty, left)) = open.last_mut() {
            let Some(mention) = left.find(|mention| counts(&mention.nesting)) else {
                states[*ty] = State::Done;
                open.pop();
                continue;
            };
            let of = mention.of;
            match states[of] {
                State::New => {
                    states[of] = State::Open;
                    open.push((of, mentions[of].iter()));
                }
                State::Open => {
                    let types = open.into_iter().map(|(ty, _)| ty);
                    return Some(types.skip_while(|ty| *ty != of).collect());
                }
                State::Done => {}
            }
        }
    }
    None
}
