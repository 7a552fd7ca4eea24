//! Random numbers that a seed repeats exactly, on every machine and release.

use std::ops::RangeInclusive;

/// `SplitMix64` (Steele, Lea, Flood 2014): eight bytes of state, so that each
/// bot affords its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random(u64);

impl Random {
    /// The numbers of one bot in a run with this seed.
    pub fn for_bot(seed: u64, bot: u32) -> Self {
        let mut mixer = Self(seed);
        let mixed = mixer.next_u64();
        let mut random = Self(mixed ^ u64::from(bot).wrapping_mul(0xD1B5_4A32_D192_ED03));
        random.next_u64();
        random
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, 1.
    #[allow(clippy::cast_precision_loss)] // 53 bits fit
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// An integer within the range; its start, if the range is empty.
    pub fn within(&mut self, range: RangeInclusive<i64>) -> i64 {
        let (start, end) = range.into_inner();
        let span = end.wrapping_sub(start).cast_unsigned();
        if end <= start {
            return start;
        }
        let offset = match span.checked_add(1) {
            // The high half of a product: no bias that a test could notice.
            Some(count) => (u128::from(self.next_u64()) * u128::from(count)) >> 64,
            None => u128::from(self.next_u64()),
        };
        start.wrapping_add(u64::try_from(offset).unwrap_or(0).cast_signed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_seed_and_the_bot() {
        let draw = |seed, bot| {
            let mut random = Random::for_bot(seed, bot);
            [(); 4].map(|()| random.next_u64())
        };
        assert_eq!(draw(1, 7), draw(1, 7));
        assert_ne!(draw(1, 7), draw(1, 8));
        assert_ne!(draw(1, 7), draw(2, 7));
    }

    #[test]
    fn ranges_are_met_at_both_ends_and_never_left() {
        let mut random = Random::for_bot(3, 0);
        let drawn: Vec<i64> = (0..1000).map(|_| random.within(-1..=2)).collect();
        for value in -1..=2 {
            assert!(drawn.contains(&value));
        }
        assert!(drawn.iter().all(|value| (-1..=2).contains(value)));
        assert_eq!(random.within(5..=5), 5);
        let _ = random.within(i64::MIN..=i64::MAX);
        assert!((0..1000).all(|_| (0.0..1.0).contains(&random.unit())));
    }
}
