//! Where choices come from.

/// Something that picks numbers.
///
/// 0 is always the simplest choice. A source may run out, and then picks 0 for
/// ever.
#[diagnostic::on_unimplemented(
    message = "`{Self}` makes no choices",
    note = "use `Seeded`, `ByteChoices`, or implement `Choices`"
)]
pub trait Choices {
    /// A number from 0 to `max`, both included.
    fn up_to(&mut self, max: u128) -> u128;

    /// One byte.
    fn byte(&mut self) -> u8 {
        // Fits: it is 255 at most.
        self.up_to(0xFF) as u8
    }

    /// Once in `rarity` times; never when choices have run out.
    fn once_in(&mut self, rarity: u8) -> bool {
        self.up_to(u128::from(rarity.max(2)) - 1) == u128::from(rarity.max(2)) - 1
    }

    /// A place in something that has `length` of them; 0 if it has none.
    fn index(&mut self, length: usize) -> usize {
        // Fits: it is below `length`.
        self.up_to(length.saturating_sub(1) as u128) as usize
    }
}

impl<C: Choices + ?Sized> Choices for &mut C {
    fn up_to(&mut self, max: u128) -> u128 {
        (**self).up_to(max)
    }
}

/// Choices taken from bytes, few for each; when they run out, 0 for ever.
///
/// ```
/// use pickler::generate::{ByteChoices, Choices};
///
/// let mut choices = ByteChoices::new(&[7, 1, 1]);
/// assert_eq!(choices.up_to(4), 2);
/// assert_eq!(choices.up_to(0xFFFF), 0x0101);
/// assert_eq!(choices.up_to(4), 0);
/// ```
#[derive(Clone, Debug)]
pub struct ByteChoices<'a>(&'a [u8]);

impl<'a> ByteChoices<'a> {
    /// Choices taken from the start of `bytes`.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The bytes that no choice has taken.
    pub const fn rest(&self) -> &'a [u8] {
        self.0
    }
}

impl Choices for ByteChoices<'_> {
    fn up_to(&mut self, max: u128) -> u128 {
        let bytes = (128 - max.leading_zeros()).div_ceil(8) as usize;
        let (taken, rest) = self.0.split_at(bytes.min(self.0.len()));
        self.0 = rest;
        let picked = taken
            .iter()
            .rev()
            .fold(0, |picked, byte| picked << 8 | u128::from(*byte));
        within(picked, max)
    }
}

/// Choices that follow from a seed: the same for the same seed, on every
/// machine. Not for secrets.
///
/// ```
/// use pickler::generate::{Choices, Seeded};
///
/// assert_eq!(Seeded::new(1).up_to(u128::MAX), Seeded::new(1).up_to(u128::MAX));
/// assert_ne!(Seeded::new(1).up_to(u128::MAX), Seeded::new(2).up_to(u128::MAX));
/// ```
#[derive(Clone, Debug)]
pub struct Seeded(u64);

impl Seeded {
    /// The choices of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Steele, Lea and Flood's `SplitMix64` (OOPSLA 2014).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }
}

impl Choices for Seeded {
    fn up_to(&mut self, max: u128) -> u128 {
        let low = u128::from(self.next());
        if max <= u128::from(u64::MAX) {
            // The high half of the product: as likely as makes no difference.
            return (low * (max + 1)) >> 64;
        }
        within(u128::from(self.next()) << 64 | low, max)
    }
}

fn within(picked: u128, max: u128) -> u128 {
    match max.checked_add(1) {
        Some(possible) => picked % possible,
        None => picked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_published_numbers() {
        // The first outputs for the seed 1234567, as Rosetta Code lists them.
        let mut seeded = Seeded::new(1_234_567);
        assert_eq!(seeded.next(), 6_457_827_717_110_365_317);
        assert_eq!(seeded.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn all_choices_are_made_and_no_others() {
        for max in [0_u128, 1, 2, 5, 255] {
            let mut seen = alloc::collections::BTreeSet::new();
            let mut seeded = Seeded::new(5);
            seen.extend((0..10_000).map(|_| seeded.up_to(max)));
            assert_eq!(seen.len() as u128, max + 1);
            assert_eq!(seen.last(), Some(&max));
        }
        let mut seeded = Seeded::new(5);
        assert!((0..100).all(|_| seeded.up_to(1 << 100) <= 1 << 100));
    }

    #[test]
    fn bytes_run_out_into_the_simplest() {
        let mut choices = ByteChoices::new(&[1]);
        assert_eq!(choices.up_to(u128::MAX), 1);
        assert_eq!(choices.up_to(u128::MAX), 0);
        assert!(!choices.once_in(2));
        assert_eq!(choices.index(0), 0);
    }
}
