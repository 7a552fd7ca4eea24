//! What no description can say.

use alloc::sync::Arc;
use core::fmt;

use crate::cursor::{
    Big, BitOrder, ByteOrder, Fault, Little, Lsb, Msb, Network, Order, Orders, Reader, Unaligned,
};
use crate::error::Error;
use crate::picklers::Pickler;

/// Something whose format only its own codec can say.
///
/// A description names it. Of what was read, the dynamic codec shows the bytes,
/// the last filled up with zero bits; what it writes is bytes that the codec
/// would read whole.
#[derive(Clone)]
pub struct Opaque {
    /// What it is called.
    pub name: Arc<str>,
    codec: Arc<dyn Skim + Send + Sync>,
}

/// A codec, as far as it says how much it takes.
trait Skim {
    /// Goes past a value, in these orders.
    fn skim(
        &self,
        r: &mut Reader<'_, Network, Unaligned>,
        bytes: ByteOrder,
        bits: BitOrder,
    ) -> Result<(), Fault>;
}

impl<P: for<'de> Pickler<'de>> Skim for P {
    fn skim(
        &self,
        r: &mut Reader<'_, Network, Unaligned>,
        bytes: ByteOrder,
        bits: BitOrder,
    ) -> Result<(), Fault> {
        match (bytes, bits) {
            (ByteOrder::Big, BitOrder::Msb) => self.read(r).map(drop),
            (ByteOrder::Big, BitOrder::Lsb) => {
                self.read(r.as_order::<Orders<Big, Lsb>>()).map(drop)
            }
            (ByteOrder::Little, BitOrder::Msb) => {
                self.read(r.as_order::<Orders<Little, Msb>>()).map(drop)
            }
            (ByteOrder::Little, BitOrder::Lsb) => {
                self.read(r.as_order::<Orders<Little, Lsb>>()).map(drop)
            }
        }
    }
}

impl Opaque {
    /// What a pickler reads and writes, called so.
    pub fn new<P>(name: &str, pickler: P) -> Self
    where
        P: for<'de> Pickler<'de> + Send + Sync + 'static,
    {
        Self {
            name: name.into(),
            codec: Arc::new(pickler),
        }
    }

    /// Goes past a value.
    pub(crate) fn skim<O: Order>(&self, r: &mut Reader<'_, O, Unaligned>) -> Result<(), Fault> {
        self.codec.skim(r.as_order(), O::BYTES, O::BITS)
    }

    /// How many bits a value at the start of `bytes` takes, most significant
    /// byte and bit first.
    ///
    /// # Errors
    /// If there is none.
    pub fn measure(&self, bytes: &[u8]) -> Result<u64, Error> {
        let mut r = Reader::<Network>::new(bytes);
        match self.skim(r.unaligned()) {
            Ok(()) => Ok(r.bit_offset()),
            Err(fault) => Err(r.into_error(fault)),
        }
    }
}

impl fmt::Debug for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Opaque").field(&self.name).finish()
    }
}

/// Two are the same if they are called the same.
impl PartialEq for Opaque {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
