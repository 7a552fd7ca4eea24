//! Which types mention which, and how.

use pickler::schema::{Nesting, Shape};

use crate::parse::source::{Source, Span};

/// A type is mentioned.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// The place of the type that is.
    pub of: usize,
    pub span: Span,
    /// How many shapes it lies in.
    pub depth: u32,
    /// How many of them the codec counts as levels.
    pub levels: u32,
    /// Its least width is a part of that of the type around.
    pub measured: bool,
    /// It is the type around, put into other words.
    pub same: bool,
}

/// All types that a shape mentions.
pub fn mentions(shape: &Shape, source: &Source) -> Vec<Mention> {
    let around = Mention {
        of: 0,
        span: source.span,
        depth: 0,
        levels: 0,
        measured: true,
        same: true,
    };
    let mut found = Vec::new();
    collect(shape, source, around, &mut found);
    found
}

fn collect(shape: &Shape, source: &Source, around: Mention, found: &mut Vec<Mention>) {
    if let Shape::Named(reference) = shape {
        found.push(Mention {
            of: reference.index(),
            span: source.span,
            ..around
        });
        return;
    }
    let parts = shape.parts();
    debug_assert_eq!(parts.len(), source.parts.len(), "{shape:?}");
    let last = parts.len().saturating_sub(1);
    for (index, (part, source)) in parts.into_iter().zip(&source.parts).enumerate() {
        let nesting = Nesting::of(shape, index, index == last);
        let inner = Mention {
            depth: around.depth + 1,
            levels: around.levels + u32::from(nesting.is_level),
            measured: around.measured && nesting.is_measured,
            same: around.same && nesting.is_same,
            ..around
        };
        collect(part, source, inner, found);
    }
}

/// What each type mentions.
pub struct Graph {
    pub mentions: Vec<Vec<Mention>>,
}

/// Types in such an order that those that one mentions stand in front of it, and
/// the mentions that make that impossible.
pub struct Order {
    pub types: Vec<usize>,
    pub back: Vec<(usize, Mention)>,
}

impl Graph {
    /// The order by those mentions that count.
    pub fn order(&self, counts: impl Fn(&Mention) -> bool) -> Order {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut states = vec![State::New; self.mentions.len()];
        let mut order = Order {
            types: Vec::new(),
            back: Vec::new(),
        };
        for root in 0..self.mentions.len() {
            if states[root] != State::New {
                continue;
            }
            states[root] = State::Open;
            let mut open = vec![(root, self.mentions[root].iter())];
            while let Some((ty, mentions)) = open.last_mut() {
                let Some(mention) = mentions.next() else {
                    states[*ty] = State::Done;
                    order.types.push(*ty);
                    open.pop();
                    continue;
                };
                if !counts(mention) {
                    continue;
                }
                match states.get(mention.of) {
                    Some(State::New) => {
                        states[mention.of] = State::Open;
                        open.push((mention.of, self.mentions[mention.of].iter()));
                    }
                    Some(State::Open) => order.back.push((*ty, *mention)),
                    _ => {}
                }
            }
        }
        order
    }
}
