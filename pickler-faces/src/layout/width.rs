//! How many bits something takes.

use std::fmt;
use std::ops::Add;

/// How many bits something takes at the least and at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width {
    /// At the least.
    pub min: u64,
    /// At the most, if there is a most.
    pub max: Option<u64>,
}

impl Width {
    /// Nothing is known.
    pub const ANY: Self = Self { min: 0, max: None };

    /// Always so many.
    pub const fn fixed(bits: u64) -> Self {
        Self {
            min: bits,
            max: Some(bits),
        }
    }

    /// So many bytes at the least and at the most.
    pub fn bytes(min: u64, max: Option<u64>) -> Self {
        Self {
            min: min.saturating_mul(8),
            max: max.and_then(|max| max.checked_mul(8)),
        }
    }

    /// How many, if always as many.
    pub fn exact(self) -> Option<u64> {
        (self.max == Some(self.min)).then_some(self.min)
    }

    /// So many or none.
    #[must_use]
    pub const fn or_nothing(self) -> Self {
        Self { min: 0, ..self }
    }

    /// One of the two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.zip(other.max).map(|(one, two)| one.max(two)),
        }
    }

    /// In whole bytes.
    #[must_use]
    pub fn whole(self) -> Self {
        Self {
            min: self.min.div_ceil(8).saturating_mul(8),
            max: self.max.and_then(|max| max.checked_next_multiple_of(8)),
        }
    }

    /// So many times.
    #[must_use]
    pub fn times(self, times: Self) -> Self {
        Self {
            min: self.min.saturating_mul(times.min),
            max: match (self.max, times.max) {
                (Some(one), Some(times)) => one.checked_mul(times),
                // However often nothing is there.
                (Some(0), _) | (_, Some(0)) => Some(0),
                _ => None,
            },
        }
    }
}

impl Add for Width {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            min: self.min.saturating_add(other.min),
            max: self
                .max
                .zip(other.max)
                .and_then(|(one, two)| one.checked_add(two)),
        }
    }
}

impl std::iter::Sum for Width {
    fn sum<I: Iterator<Item = Self>>(widths: I) -> Self {
        widths.fold(Self::fixed(0), Add::add)
    }
}

/// In bytes where it is whole bytes: `4 bytes`, `3 bits`, `2 to 10 bytes`, `at
/// least 1 byte`.
impl fmt::Display for Width {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = |bits: u64| bits.is_multiple_of(8);
        let bytes = whole(self.min) && self.max.is_none_or(whole);
        let (unit, scale) = if bytes { ("byte", 8) } else { ("bit", 1) };
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        let min = self.min / scale;
        match self.max.map(|max| max / scale) {
            Some(max) if max == min => write!(f, "{min} {unit}{}", plural(min)),
            // Limits that no message comes near tell nothing.
            Some(max) if max < 1 << 24 => {
                let to = if max == min + 1 { "or" } else { "to" };
                write!(f, "{min} {to} {max} {unit}{}", plural(max))
            }
            _ if min == 0 => f.write_str("any"),
            _ => write!(f, "at least {min} {unit}{}", plural(min)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_said_in_bytes_where_they_are_whole() {
        let shown = |min, max| Width { min, max }.to_string();
        assert_eq!(shown(8, Some(8)), "1 byte");
        assert_eq!(shown(3, Some(3)), "3 bits");
        assert_eq!(shown(0, Some(12)), "0 to 12 bits");
        assert_eq!(shown(8, Some(16)), "1 or 2 bytes");
        assert_eq!(shown(8, None), "at least 1 byte");
        assert_eq!(shown(0, None), "any");
    }

    #[test]
    fn what_overflows_has_no_limit() {
        let most = Width::fixed(u64::MAX);
        assert_eq!((most + most).max, None);
        assert_eq!(most.times(most).max, None);
        assert_eq!(Width::fixed(0).times(Width::ANY).exact(), Some(0));
        assert_eq!(Width::fixed(8).or(Width::ANY), Width::ANY);
    }
}
