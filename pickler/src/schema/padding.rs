//! Room that holds no value.

/// What is in padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// Zeros; all else is refused.
    Zero,
    /// Anything; zeros are written.
    Ignored,
}

/// From where bytes are counted to align something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the start of the outermost value.
    Message,
    /// From the start of the innermost record.
    Record,
}

/// Where padding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// So many bits in front.
    Before(u64),
    /// So many bits behind.
    After(u64),
    /// Behind, until all takes so many bytes.
    To(u64),
    /// In front, to a multiple of so many bytes.
    Align {
        /// Of how many bytes.
        bytes: u64,
        /// From where they are counted.
        from: Origin,
    },
    /// Behind a record, to a multiple of so many bytes.
    AlignEnd {
        /// Of how many bytes.
        bytes: u64,
        /// From where they are counted.
        from: Origin,
    },
}
