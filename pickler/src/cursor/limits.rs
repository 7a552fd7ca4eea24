//! What reading and writing may cost.

/// Budgets that keep hostile input from costing more than its size warrants.
///
/// A count that only claims items is refused before anything is allocated, so
/// that what is read never takes more than a fixed multiple of the input; these
/// bound it in all.
///
/// ```
/// use pickler::{ErrorKind, Limits, Pickle};
///
/// #[derive(Pickle, Debug)]
/// struct List {
///     #[pickle(count = u8)]
///     items: Vec<u16>,
/// }
///
/// let mut limits = Limits::default();
/// limits.items = 1;
/// let error = pickler::decode_with_limits::<List>(&[2, 0, 1, 0, 2], limits).unwrap_err();
/// assert_eq!(error.kind(), &ErrorKind::TooManyItems { limit: 1 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How deep lists, boxes and options may nest; more than
    /// [`MAX_DEPTH`](Self::MAX_DEPTH) is taken for that. 64 unless set.
    pub depth: u32,
    /// How many list items that take no room in the input are read in all.
    /// 65,536 unless set.
    pub empty_items: u32,
    /// How many list items are read in all; bytes that are read again, where
    /// variants are tried one after the other, count as items. 64 Mi unless set.
    pub items: u64,
    /// How many bytes an input has that is read whole. 1 GiB unless set.
    pub bytes: u64,
    /// How many bytes of memory lists, texts and boxes may ask for, in all. 4 GiB
    /// unless set. The dynamic codec, whose values are larger, needs more of it
    /// for the same input.
    pub memory: u64,
    /// How many bytes are read at offsets, in all, since many may lead to the same
    /// bytes: 1 MiB, and this multiple of the input's size. 64 unless set.
    pub elsewhere: u32,
    /// How many times as many bytes as went in come out of what is compressed
    /// without taking from `decompressed`; of what is compressed within that, none
    /// do. 64 unless set.
    pub expansion: u32,
    /// How many more bytes come out of what is compressed, in all. 16 MiB unless
    /// set.
    pub decompressed: u64,
}

impl Limits {
    /// The greatest depth, whatever is set: reading, writing and dropping what
    /// nests takes stack, and a stack that overflows ends the program.
    pub const MAX_DEPTH: u32 = 128;

    pub(crate) const DEFAULT: Self = Self {
        depth: 64,
        empty_items: 65_536,
        items: 64 << 20,
        bytes: 1 << 30,
        memory: 4 << 30,
        elsewhere: 64,
        expansion: 64,
        decompressed: 16 << 20,
    };
}

impl Default for Limits {
    #[inline(always)]
    fn default() -> Self {
        Self::DEFAULT
    }
}
