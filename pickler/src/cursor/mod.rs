//! The cursor: bytes and bits in, bytes and bits out.
//!
//! [`Reader`] walks over a byte slice, [`Writer`] appends to a [`Sink`]. Byte
//! order, bit order and alignment are type parameters, so that a nested type
//! inherits its parent's orders at no cost and byte-aligned code never tests
//! for leftover bits.

mod bits;
mod limits;
mod order;
mod reader;
#[cfg(feature = "alloc")]
mod seen;
mod sink;
mod state;
mod unchecked;
mod writer;

pub use bits::{load_bits, store_bits};
pub use limits::Limits;
pub use order::{
    Align, Aligned, Big, BitOrder, ByteOrder, ConstBitOrder, ConstByteOrder, Little, Lsb, Msb,
    Network, Order, Orders, Unaligned,
};
#[cfg(feature = "alloc")]
pub use reader::Visit;
pub use reader::{Confined, Mark, Outer, Reader};
#[cfg(feature = "alloc")]
pub(crate) use seen::GREATEST_TABLE;
pub(crate) use sink::Nowhere;
#[cfg(feature = "alloc")]
pub use sink::VecSink;
pub use sink::{Counter, Full, Rehearsal, Sink, SliceSink};
pub use state::Fault;
pub use unchecked::utf8;
#[cfg(feature = "alloc")]
pub(crate) use unchecked::{copied, owned_text};
#[doc(hidden)]
pub use writer::Looks;
pub use writer::Writer;
#[cfg(feature = "alloc")]
pub(crate) use writer::{Numbered, Places};
#[cfg(feature = "alloc")]
pub use writer::{Placed, Spot};
