//! Where something is that stands elsewhere.

use super::{Expr, Origin};

/// Where something is that stands elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The offset, in bytes.
    pub at: Expr,
    /// From where it counts.
    pub from: Origin,
    /// It is written at a multiple of so many bytes, where its place is free.
    pub align: u64,
    /// The offset of something that is not there.
    pub none: Option<i128>,
}
