//! Byte order, bit order and alignment as types.

use core::fmt;
use core::marker::PhantomData;

/// Which byte of an integer comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ByteOrder {
    /// The most significant byte comes first: network order.
    Big,
    /// The least significant byte comes first.
    Little,
}

/// Which bit of a byte comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BitOrder {
    /// The most significant bit comes first, as RFC diagrams count.
    Msb,
    /// The least significant bit comes first.
    Lsb,
}

impl fmt::Display for ByteOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Big => "big",
            Self::Little => "little",
        })
    }
}

impl fmt::Display for BitOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Msb => "msb",
            Self::Lsb => "lsb",
        })
    }
}

/// A [`ByteOrder`] known at compile time: [`Big`] or [`Little`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no byte order",
    note = "use `Big` or `Little`"
)]
pub trait ConstByteOrder: Copy + 'static {
    /// The order as a value.
    const ORDER: ByteOrder;
}

/// A [`BitOrder`] known at compile time: [`Msb`] or [`Lsb`].
#[diagnostic::on_unimplemented(message = "`{Self}` is no bit order", note = "use `Msb` or `Lsb`")]
pub trait ConstBitOrder: Copy + 'static {
    /// The order as a value.
    const ORDER: BitOrder;
}

/// Most significant byte first.
#[derive(Clone, Copy, Debug)]
pub struct Big;
/// Least significant byte first.
#[derive(Clone, Copy, Debug)]
pub struct Little;
/// Most significant bit first.
#[derive(Clone, Copy, Debug)]
pub struct Msb;
/// Least significant bit first.
#[derive(Clone, Copy, Debug)]
pub struct Lsb;

impl ConstByteOrder for Big {
    const ORDER: ByteOrder = ByteOrder::Big;
}
impl ConstByteOrder for Little {
    const ORDER: ByteOrder = ByteOrder::Little;
}
impl ConstBitOrder for Msb {
    const ORDER: BitOrder = BitOrder::Msb;
}
impl ConstBitOrder for Lsb {
    const ORDER: BitOrder = BitOrder::Lsb;
}

/// Byte order and bit order of a cursor, as one type parameter.
///
/// An integer of *n* bits is seen as its bytes in byte order, of which the most
/// significant holds only the *n* mod 8 bits left over; the bits of each are
/// then taken in bit order. For big-endian with most significant bit first,
/// and for little-endian with least significant bit first, this is plain
/// concatenation; the two mixed pairs are those of Erlang's bit syntax.
///
/// The associated types name the order that differs in one respect.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no order of bytes and bits",
    note = "use `Network` or another `Orders<Bytes, Bits>`"
)]
pub trait Order: Copy + 'static {
    /// Which byte comes first.
    const BYTES: ByteOrder;
    /// Which bit of a byte comes first.
    const BITS: BitOrder;
    /// The same bit order, big-endian.
    type Big: Order;
    /// The same bit order, little-endian.
    type Little: Order;
    /// The same byte order, most significant bit first.
    type Msb: Order;
    /// The same byte order, least significant bit first.
    type Lsb: Order;
}

/// The [`Order`] made of a byte order and a bit order.
#[derive(Clone, Copy, Debug)]
pub struct Orders<Bytes, Bits>(PhantomData<(Bytes, Bits)>);

/// Big-endian, most significant bit first: what a format is unless it says
/// otherwise.
pub type Network = Orders<Big, Msb>;

impl<Bytes: ConstByteOrder, Bits: ConstBitOrder> Order for Orders<Bytes, Bits> {
    const BYTES: ByteOrder = Bytes::ORDER;
    const BITS: BitOrder = Bits::ORDER;
    type Big = Orders<Big, Bits>;
    type Little = Orders<Little, Bits>;
    type Msb = Orders<Bytes, Msb>;
    type Lsb = Orders<Bytes, Lsb>;
}

/// Whether a cursor is known to stand on a byte boundary: [`Aligned`] or
/// [`Unaligned`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say whether a cursor stands on a byte boundary",
    note = "use `Aligned` or `Unaligned`"
)]
pub trait Align: Copy + 'static {
    /// Known to stand on a byte boundary.
    const ALIGNED: bool;
}

/// The cursor stands on a byte boundary; nothing tests for leftover bits.
#[derive(Clone, Copy, Debug)]
pub struct Aligned;
/// The cursor may stand within a byte.
#[derive(Clone, Copy, Debug)]
pub struct Unaligned;

impl Align for Aligned {
    const ALIGNED: bool = true;
}
impl Align for Unaligned {
    const ALIGNED: bool = false;
}
