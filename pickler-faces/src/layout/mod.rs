//! What documents need to know of a protocol, computed once: messages and types
//! as rows of fields, each with its place, its width, and what is said of it in
//! words.
//!
//! Every match over shapes is exhaustive on purpose: `pieces.rs` tells what of a
//! new one stands on the wire, `describe.rs` what it is in words, `rows.rs`
//! whether its parts have rows of their own.

mod describe;
mod example;
mod facts;
mod literal;
mod order;
mod pieces;
mod prose;
mod protocol;
mod remarks;
mod rows;
#[cfg(test)]
mod tests;
mod width;
mod words;

use pickler::Direction;

pub use describe::units;
pub use example::{Example, Part};
pub use order::Orders;
pub use pieces::{Measure, Piece, Role};
pub use prose::{Block, blocks};
pub use protocol::Layout;
pub use rows::Rows;
pub use width::Width;
pub use words::{Word, Words};

/// A message, or a type that is mentioned.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its name; of several types of one name, the second has `#2` behind it.
    pub name: String,
    /// What links lead to.
    pub anchor: String,
    /// What tells it apart from other messages, if it is one.
    pub message: Option<Message>,
    /// What it says of itself.
    pub doc: Vec<Block>,
    /// What it is given, if it is a type with parameters.
    pub parameters: Vec<Words>,
    /// What is said of all of it.
    pub notes: Vec<Words>,
    /// What must be of all of it.
    pub assertions: Vec<Words>,
    /// In which order bytes come, if that tells, and is one for all.
    pub order: Option<Words>,
    /// Bits are counted from the least significant one.
    pub lsb_first: bool,
    /// What stands on the wire, in its order.
    pub rows: Vec<Row>,
    /// What it may be, or hold.
    pub cases: Option<Cases>,
}

/// What tells a message apart from others.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its codes; empty where only its place tells.
    pub codes: String,
    /// Who sends it.
    pub direction: Option<Direction>,
    /// Where it is there, if not always.
    pub condition: Option<Words>,
}

/// A field, or what stands around fields.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// It is no field, but stands around fields.
    pub around: bool,
    /// Where it starts, in bits from the start, if that is always the same.
    pub offset: Option<u64>,
    /// What it is.
    pub ty: Words,
    /// In which order its bytes come, if that tells.
    pub order: Option<Words>,
    /// Its value where none is given.
    pub default: Option<String>,
    /// When it is there.
    pub conditions: Vec<Words>,
    /// Which values it may have.
    pub allowed: Vec<Words>,
    /// What else is said of it.
    pub notes: Vec<Words>,
    /// What it says of itself.
    pub doc: Vec<Block>,
    /// What stands on the wire for it.
    pub pieces: Vec<Placed>,
}

impl Row {
    /// How many bits it takes.
    pub fn width(&self) -> Width {
        self.pieces.iter().map(|placed| placed.piece.width).sum()
    }
}

/// A piece, and where it starts, in bits, if that is always the same.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The piece.
    pub piece: Piece,
    /// Its place.
    pub offset: Option<u64>,
}

/// What something may be, or hold.
#[derive(Clone, Debug)]
pub struct Cases {
    /// Which of these they are.
    pub kind: CasesKind,
    /// Each.
    pub cases: Vec<Case>,
}

/// What cases are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CasesKind {
    /// Variants of a union, of which one is there.
    Variants,
    /// Names of an integer's values.
    Names,
    /// Fields behind keys.
    Keys,
}

/// A variant, a name, or a field behind a key.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Its tag, value or key.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is; empty if it has rows.
    pub what: Words,
    /// How often, or when, it is there.
    pub more: Words,
    /// Its value where none is given.
    pub default: Option<String>,
    /// What it says of itself.
    pub doc: Vec<Block>,
    /// What must be of all of it.
    pub notes: Vec<Words>,
    /// Its fields.
    pub rows: Vec<Row>,
}
