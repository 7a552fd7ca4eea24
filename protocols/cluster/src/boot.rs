//! What a node fetches from the boot server: by hash, and never by path.

use pickler::Pickle;

use crate::{Blob, Digest};

/// Asks for a piece of a module, from `offset` on. `PIECE` answers, or
/// `MISSING`.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The module.
    pub hash: Digest,
    /// How many of its bytes are there already.
    pub offset: u64,
}

/// A piece of a module.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The module.
    pub hash: Digest,
    /// Where in it the piece begins.
    pub offset: u64,
    /// How long the module is.
    pub size: u64,
    /// The piece: at most 64 KiB; empty at the module's end.
    pub bytes: Blob,
}

/// No release, and no run, lists a module of that hash.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What was asked for.
    pub hash: Digest,
}
