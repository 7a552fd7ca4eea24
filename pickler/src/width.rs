//! How many bits the values of a type take.

/// The least and, if there is one, the greatest width, in bits.
///
/// A width is a hint for speed and for checks before allocation: code that
/// gets a wrong one becomes slow or reports an error, never unsound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width {
    /// The least width, in bits.
    pub min: u64,
    /// The greatest width, in bits, if there is one.
    pub max: Option<u64>,
}

impl Width {
    /// No bits at all.
    pub const ZERO: Self = Self::fixed(0);

    /// Every value takes `bits`.
    pub const fn fixed(bits: u64) -> Self {
        Self {
            min: bits,
            max: Some(bits),
        }
    }

    /// At least `bits`, with no greatest width.
    pub const fn at_least(bits: u64) -> Self {
        Self {
            min: bits,
            max: None,
        }
    }

    /// One after the other.
    #[must_use]
    pub const fn then(self, next: Self) -> Self {
        Self {
            min: self.min.saturating_add(next.min),
            max: match (self.max, next.max) {
                (Some(a), Some(b)) => a.checked_add(b),
                _ => None,
            },
        }
    }

    /// Either of the two.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            min: if self.min < other.min {
                self.min
            } else {
                other.min
            },
            max: match (self.max, other.max) {
                (Some(a), Some(b)) => Some(if a > b { a } else { b }),
                _ => None,
            },
        }
    }

    /// So many, one after the other.
    #[must_use]
    pub const fn times(self, count: u64) -> Self {
        Self {
            min: self.min.saturating_mul(count),
            max: match self.max {
                Some(max) => max.checked_mul(count),
                None => None,
            },
        }
    }

    /// Whether `count` items, one after the other, end on a byte boundary where
    /// they start on one.
    pub const fn whole_times(item: Self, whole: bool, count: u64) -> bool {
        whole
            || match item.as_fixed() {
                Some(bits) => ((bits % 8) * (count % 8)).is_multiple_of(8),
                None => count == 0,
            }
    }

    /// Whether parts, one after the other, end on a byte boundary where they
    /// start on one. Each part is its width and whether it does so alone.
    pub const fn whole(parts: &[(Self, bool)]) -> bool {
        let mut bits = 0;
        let mut index = 0;
        while index < parts.len() {
            let (width, whole) = parts[index];
            if !whole {
                match width.as_fixed() {
                    Some(width) => bits += width % 8,
                    None => return false,
                }
            }
            index += 1;
        }
        bits % 8 == 0
    }

    /// The width, if all values have the same.
    pub const fn as_fixed(self) -> Option<u64> {
        match self.max {
            Some(max) if max == self.min => Some(max),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Width;
    use crate::Pickle;

    /// The compiler gives up on what it does for each item.
    #[test]
    fn of_arrays_as_large_as_can_be() {
        const ITEMS: usize = 1 << 30;
        const WIDTH: Width = <[u16; ITEMS] as Pickle<'static>>::WIDTH;
        assert_eq!(WIDTH, Width::fixed(16 << 30));
    }
}
