//! One of two things.

/// One of two things, as [`either`](crate::picklers::either) and
/// [`fallback`](crate::picklers::fallback) read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Either<L, R> {
    /// The one.
    Left(L),
    /// The other.
    Right(R),
}
