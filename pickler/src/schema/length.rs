//! What lengths count.

/// What a length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthCounts {
    /// The body behind it.
    Body,
    /// Itself and the body.
    Rest,
    /// Tag, itself and the body.
    Message,
}
