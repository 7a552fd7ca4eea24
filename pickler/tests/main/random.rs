//! Values made from entropy, so that proptest shrinks them.

use pickler::{ByteString, Derived};

/// Bytes that run out into zeros.
pub struct Source<'a>(pub &'a [u8]);

impl Source<'_> {
    pub fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    pub fn get<T: Random>(&mut self) -> T {
        T::random(self)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.get::<u64>() % limit
    }

    pub fn list<T: Random>(&mut self, limit: u64) -> Vec<T> {
        (0..self.below(limit)).map(|_| self.get()).collect()
    }
}

pub trait Random: Sized {
    fn random(source: &mut Source<'_>) -> Self;
}

macro_rules! random {
    ($($type:ty),*) => { $(
        impl Random for $type {
            fn random(source: &mut Source<'_>) -> Self {
                // Few bytes most of the time, for small values.
                let short = source.byte() % 4 != 0;
                let mut bytes = [0; size_of::<$type>()];
                for byte in bytes.iter_mut().take(if short { 1 } else { 16 }) {
                    *byte = source.byte();
                }
                <$type>::from_le_bytes(bytes)
            }
        }
    )* };
}
random!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

impl Random for bool {
    fn random(source: &mut Source<'_>) -> Self {
        source.byte() % 2 == 1
    }
}

impl Random for String {
    fn random(source: &mut Source<'_>) -> Self {
        (0..source.below(6))
            .map(|_| ['a', '\u{e9}', '\u{1F0A1}', '"'][source.below(4) as usize])
            .collect()
    }
}

impl Random for ByteString {
    fn random(source: &mut Source<'_>) -> Self {
        source.list::<u8>(6).into()
    }
}

impl<T: Random> Random for Vec<T> {
    fn random(source: &mut Source<'_>) -> Self {
        source.list(4)
    }
}

impl<T> Random for Derived<T> {
    fn random(_: &mut Source<'_>) -> Self {
        Self::auto()
    }
}

impl<T: Random, const N: usize> Random for [T; N] {
    fn random(source: &mut Source<'_>) -> Self {
        std::array::from_fn(|_| source.get())
    }
}

impl<T: Random, U: Random> Random for (T, U) {
    fn random(source: &mut Source<'_>) -> Self {
        (source.get(), source.get())
    }
}

impl Random for () {
    fn random(_: &mut Source<'_>) -> Self {}
}
