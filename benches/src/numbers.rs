//! Pseudo-random numbers that are the same in every run.

/// A linear congruential generator: quick, and good enough to vary values.
#[derive(Debug)]
pub struct Numbers(u64);

impl Numbers {
    /// The same numbers for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any 32 bits.
    pub fn any(&mut self) -> u32 {
        // Knuth's MMIX multiplier; the high bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) as u32
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u32) -> u32 {
        (self.any() >> 1) % limit
    }

    /// A byte below `limit`.
    pub fn small(&mut self, limit: u8) -> u8 {
        // Below `limit`, so it fits.
        self.below(limit.into()).try_into().unwrap_or(0)
    }

    /// A number from 0 to 1, without 1.
    pub fn fraction(&mut self) -> f64 {
        f64::from(self.any()) / (f64::from(u32::MAX) + 1.0)
    }

    /// One of some.
    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.any() as usize % of.len()]
    }

    /// One of two.
    pub fn coin(&mut self) -> bool {
        self.below(2) == 0
    }
}
