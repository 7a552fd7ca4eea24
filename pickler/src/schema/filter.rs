//! What is done to the bytes of a piece on their way.

use alloc::vec::Vec;

use super::Expr;

/// What is done to the bytes of something.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Filter {
    /// Each is combined with a byte of a key, which begins anew where it ends,
    /// by exclusive or. Each part of the key is a byte: 0 to 255.
    Xor(Vec<Expr>),
    /// Bits of each are rotated by so many towards the most significant when it
    /// is read, and back when it is written: 0 to 7.
    RotateLeft(Expr),
    /// The same towards the least significant.
    RotateRight(Expr),
    /// They are decompressed when they are read, and compressed when they are
    /// written.
    Compressed(Compression),
}

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compression {
    /// RFC 1950.
    Zlib,
    /// RFC 1951.
    Deflate,
    /// RFC 1952, one member.
    Gzip,
}

impl Filter {
    /// The expressions over fields that it depends on.
    pub(super) fn expressions(&self) -> &[Expr] {
        match self {
            Self::Xor(key) => key,
            Self::RotateLeft(by) | Self::RotateRight(by) => core::slice::from_ref(by),
            Self::Compressed(_) => &[],
        }
    }
}
