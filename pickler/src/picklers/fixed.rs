//! Picklers of fixed width, at known places of some bytes.

#[cfg(feature = "alloc")]
use super::Shown;
use super::{BitField, Bits, Constant, Integer, Of, Pickler, Sentinel};
use crate::cursor::{Order, load_bits, store_bits};
use crate::pickle::Pickle;

/// A pickler whose values all take the same number of bits.
///
/// The derive reads and writes neighbouring fields of such picklers in one go:
/// with one check of how much is left, and one copy.
pub trait FixedPickler<'de>: Pickler<'de> {
    /// The value at bit `at` of `run`, if what is there is one.
    fn load<O: Order>(&self, run: &[u8], at: usize) -> Option<Self::Value>;

    /// Puts a value to bit `at` of `run`, where there are zeros, if it fits.
    fn store<O: Order>(&self, value: &Self::Value, run: &mut [u8], at: usize) -> Option<()>;
}

/// A type whose values all take the same number of bits.
pub trait FixedWidth: Sized {
    /// The value at bit `at` of `run`, if what is there is one.
    fn load<O: Order>(run: &[u8], at: usize) -> Option<Self>;

    /// Puts the value to bit `at` of `run`, where there are zeros.
    fn store<O: Order>(&self, run: &mut [u8], at: usize);
}

impl<'de, T: Pickle<'de> + FixedWidth> FixedPickler<'de> for Of<T> {
    #[inline(always)]
    fn load<O: Order>(&self, run: &[u8], at: usize) -> Option<T> {
        T::load::<O>(run, at)
    }

    #[inline(always)]
    fn store<O: Order>(&self, value: &T, run: &mut [u8], at: usize) -> Option<()> {
        value.store::<O>(run, at);
        Some(())
    }
}

impl<T: Integer> FixedWidth for T {
    #[inline(always)]
    fn load<O: Order>(run: &[u8], at: usize) -> Option<Self> {
        Some(if at.is_multiple_of(8) {
            <T as Integer>::load::<O>(&run[at / 8..])
        } else {
            T::from_low_bits(load_bits::<O>(run, at, T::BITS))
        })
    }

    #[inline(always)]
    fn store<O: Order>(&self, run: &mut [u8], at: usize) {
        if at.is_multiple_of(8) {
            <T as Integer>::store::<O>(*self, &mut run[at / 8..]);
        } else {
            store_bits::<O>(run, at, T::BITS, self.to_low_bits());
        }
    }
}

macro_rules! through {
    ($($type:ident as $bits:ident: $load:expr, $store:expr;)*) => { $(
        impl FixedWidth for $type {
            #[inline(always)]
            fn load<O: Order>(run: &[u8], at: usize) -> Option<Self> {
                $load(<$bits as FixedWidth>::load::<O>(run, at)?)
            }

            #[inline(always)]
            fn store<O: Order>(&self, run: &mut [u8], at: usize) {
                FixedWidth::store::<O>(&$store(*self), run, at);
            }
        }
    )* };
}

through! {
    bool as u8: |byte| if byte < 2 { Some(byte == 1) } else { None }, u8::from;
    f32 as u32: |bits| Some(f32::from_bits(bits)), f32::to_bits;
    f64 as u64: |bits| Some(f64::from_bits(bits)), f64::to_bits;
}

impl<const N: u32, T: BitField> FixedPickler<'_> for Bits<N, T> {
    #[inline(always)]
    fn load<O: Order>(&self, run: &[u8], at: usize) -> Option<T> {
        T::from_bits(load_bits::<O>(run, at, N), N).ok()
    }

    #[inline(always)]
    fn store<O: Order>(&self, value: &T, run: &mut [u8], at: usize) -> Option<()> {
        store_bits::<O>(run, at, N, value.fitting_bits(N)?);
        Some(())
    }
}

impl<'de, T: Integer, P: FixedPickler<'de, Value = T>> FixedPickler<'de> for Sentinel<T, P> {
    #[inline(always)]
    fn load<O: Order>(&self, run: &[u8], at: usize) -> Option<Option<T>> {
        let value = self.pickler.load::<O>(run, at)?;
        Some((value != self.none).then_some(value))
    }

    #[inline(always)]
    fn store<O: Order>(&self, value: &Option<T>, run: &mut [u8], at: usize) -> Option<()> {
        match value {
            None => self.pickler.store::<O>(&self.none, run, at),
            Some(value) if *value == self.none => None,
            Some(value) => self.pickler.store::<O>(value, run, at),
        }
    }
}

impl<'de, T, P> FixedPickler<'de> for Constant<T, P>
where
    Self: Pickler<'de, Value = ()>,
    T: PartialEq,
    P: FixedPickler<'de, Value = T>,
{
    #[inline(always)]
    fn load<O: Order>(&self, run: &[u8], at: usize) -> Option<()> {
        (self.pickler.load::<O>(run, at)? == self.value).then_some(())
    }

    #[inline(always)]
    fn store<O: Order>(&self, (): &(), run: &mut [u8], at: usize) -> Option<()> {
        self.pickler.store::<O>(&self.value, run, at)
    }
}

#[cfg(feature = "alloc")]
impl<'de, P, F> FixedPickler<'de> for Shown<P, F>
where
    Self: Pickler<'de, Value = P::Value>,
    P: FixedPickler<'de>,
{
    #[inline(always)]
    fn load<O: Order>(&self, run: &[u8], at: usize) -> Option<P::Value> {
        self.pickler.load::<O>(run, at)
    }

    #[inline(always)]
    fn store<O: Order>(&self, value: &P::Value, run: &mut [u8], at: usize) -> Option<()> {
        self.pickler.store::<O>(value, run, at)
    }
}

/// Bytes as they are, which a constant may be: `b"GIF8"`.
impl<const N: usize> FixedWidth for [u8; N] {
    #[inline(always)]
    fn load<O: Order>(run: &[u8], at: usize) -> Option<Self> {
        if at.is_multiple_of(8) {
            return run[at / 8..].first_chunk().copied();
        }
        let mut bytes = [0; N];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = load_bits::<O>(run, at + 8 * index, 8) as u8;
        }
        Some(bytes)
    }

    #[inline(always)]
    fn store<O: Order>(&self, run: &mut [u8], at: usize) {
        if at.is_multiple_of(8) {
            run[at / 8..][..N].copy_from_slice(self);
            return;
        }
        for (index, byte) in self.iter().enumerate() {
            store_bits::<O>(run, at + 8 * index, 8, (*byte).into());
        }
    }
}
