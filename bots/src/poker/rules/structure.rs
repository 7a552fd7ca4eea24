//! Betting structures: blinds, bet sizes and buy-ins from a name like
//! `2-4-limit`.

use core::fmt;
use core::str::FromStr;

use super::{Chips, Phase};

/// What a bet may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Betting {
    /// Bets and raises of one size: the small bet before and on the flop, the
    /// big bet on turn and river, four bets a round at most.
    FixedLimit,
    /// Raises up to the size of the pot.
    PotLimit,
    /// Raises up to all a player has.
    NoLimit,
}

/// How much money a player brings to the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BuyIn {
    /// No less than this.
    pub min: Chips,
    /// No more than this.
    pub max: Chips,
    /// What is suggested.
    pub best: Chips,
}

/// Blinds, bet sizes and buy-ins of a table.
///
/// Written as on the wire, with two amounts and the kind of betting:
///
/// | name | small blind | big blind | bets | buy-in min, best, max |
/// |---|---|---|---|---|
/// | `S-B-limit` | S / 2 (at least 1) | S | S, then B | 10, 25, 50 B |
/// | `S-B-pot-limit`, `S-B-no-limit` | S | B | from B on | 20, 50, 100 B |
///
/// ```
/// use bots::poker::rules::{Betting, Structure};
///
/// let limit: Structure = "2-4-limit".parse()?;
/// assert_eq!((limit.small_blind(), limit.big_blind()), (1, 2));
/// let no_limit: Structure = "1-2-no-limit".parse()?;
/// assert_eq!((no_limit.betting(), no_limit.buy_in().max), (Betting::NoLimit, 200));
/// assert_eq!(no_limit.to_string(), "1-2-no-limit");
/// # Ok::<(), bots::poker::rules::ParseStructureError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Structure {
    betting: Betting,
    small: Chips,
    big: Chips,
}

/// The most that the larger amount of a structure may be: a full table of
/// players with the largest buy-in, several times over, still fits
/// [`Chips`].
const LARGEST: Chips = 1_000_000;

impl Structure {
    /// A structure from its two amounts.
    ///
    /// # Errors
    ///
    /// When an amount is 0, the second is smaller than the first, or larger
    /// than 1,000,000.
    pub fn new(betting: Betting, small: Chips, big: Chips) -> Result<Self, ParseStructureError> {
        if small == 0 {
            Err(ParseStructureError::Zero)
        } else if small > big {
            Err(ParseStructureError::Order { small, big })
        } else if big > LARGEST {
            Err(ParseStructureError::TooLarge(big.to_string()))
        } else {
            Ok(Self {
                betting,
                small,
                big,
            })
        }
    }

    /// What a bet may be.
    pub fn betting(self) -> Betting {
        self.betting
    }

    /// The small blind.
    pub fn small_blind(self) -> Chips {
        match self.betting {
            Betting::FixedLimit => (self.small / 2).max(1),
            Betting::PotLimit | Betting::NoLimit => self.small,
        }
    }

    /// The big blind.
    pub fn big_blind(self) -> Chips {
        match self.betting {
            Betting::FixedLimit => self.small,
            Betting::PotLimit | Betting::NoLimit => self.big,
        }
    }

    /// The size of a bet in this betting round: with a fixed limit the only
    /// one, else the least.
    pub fn bet(self, round: Phase) -> Chips {
        match (self.betting, round) {
            (Betting::FixedLimit, Phase::Turn | Phase::River)
            | (Betting::PotLimit | Betting::NoLimit, _) => self.big,
            (Betting::FixedLimit, _) => self.small,
        }
    }

    /// How much a player may bring.
    pub fn buy_in(self) -> BuyIn {
        let times = |min, best, max| BuyIn {
            min: self.big * min,
            max: self.big * max,
            best: self.big * best,
        };
        // The products fit: 100 times the largest amount is 100 million.
        match self.betting {
            Betting::FixedLimit => times(10, 25, 50),
            Betting::PotLimit | Betting::NoLimit => times(20, 50, 100),
        }
    }
}

impl fmt::Display for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let betting = match self.betting {
            Betting::FixedLimit => "limit",
            Betting::PotLimit => "pot-limit",
            Betting::NoLimit => "no-limit",
        };
        write!(f, "{}-{}-{betting}", self.small, self.big)
    }
}

/// A text is not a betting structure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseStructureError {
    /// Not two amounts and a kind of betting.
    #[error(
        "{0:?} is not a betting structure: wanted two amounts and limit, pot-limit or no-limit, \
         like 2-4-limit or 1-2-no-limit"
    )]
    Shape(String),
    /// The first amount is 0.
    #[error("a betting structure's amounts start at 1, like 1-2-no-limit")]
    Zero,
    /// The first amount is larger than the second.
    #[error("the first amount of a betting structure is the smaller one; wanted {big}-{small}-…")]
    Order {
        /// The first amount.
        small: Chips,
        /// The second amount.
        big: Chips,
    },
    /// An amount is larger than a table can play for.
    #[error("{0} is too large for a betting structure: at most {LARGEST}")]
    TooLarge(String),
}

impl FromStr for Structure {
    type Err = ParseStructureError;

    fn from_str(text: &str) -> Result<Self, ParseStructureError> {
        let shape = || ParseStructureError::Shape(text.to_owned());
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().ok_or_else(shape);
        let (small, big, betting) = (next()?, next()?, next()?);
        let amount = |digits: &str| {
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(shape());
            }
            // Digits only, so the one way to fail is too many of them.
            digits
                .parse()
                .map_err(|_| ParseStructureError::TooLarge(digits.to_owned()))
        };
        let betting = match betting {
            "limit" => Betting::FixedLimit,
            "pot-limit" => Betting::PotLimit,
            "no-limit" => Betting::NoLimit,
            _ => return Err(shape()),
        };
        Self::new(betting, amount(small)?, amount(big)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        for name in [
            "2-4-limit",
            "1-2-no-limit",
            "1-2-pot-limit",
            "5-5-no-limit",
            "1-1-limit",
        ] {
            assert_eq!(
                name.parse::<Structure>().map(|s| s.to_string()),
                Ok(name.to_owned())
            );
        }
    }

    #[test]
    fn amounts_follow_from_the_name() {
        let limit: Structure = "10-20-limit".parse().unwrap();
        assert_eq!((limit.small_blind(), limit.big_blind()), (5, 10));
        assert_eq!(
            (limit.bet(Phase::PreFlop), limit.bet(Phase::Flop)),
            (10, 10)
        );
        assert_eq!((limit.bet(Phase::Turn), limit.bet(Phase::River)), (20, 20));
        assert_eq!(
            limit.buy_in(),
            BuyIn {
                min: 200,
                best: 500,
                max: 1000
            }
        );

        let pot: Structure = "5-10-pot-limit".parse().unwrap();
        assert_eq!(
            (pot.small_blind(), pot.big_blind(), pot.bet(Phase::Flop)),
            (5, 10, 10)
        );
        assert_eq!(
            pot.buy_in(),
            BuyIn {
                min: 200,
                best: 500,
                max: 1000
            }
        );

        let smallest: Structure = "1-1-limit".parse().unwrap();
        assert_eq!((smallest.small_blind(), smallest.big_blind()), (1, 1));
    }

    #[test]
    fn mistakes_say_what_is_wanted() {
        let error = |text: &str| text.parse::<Structure>().expect_err(text).to_string();
        for text in [
            "",
            "limit",
            "2-limit",
            "2-4",
            "2-4-Limit",
            "-1-2-limit",
            "2-4-spread-limit",
            "a-b-limit",
            "2-4-limit ",
            "+1-2-limit",
            "1--limit",
        ] {
            assert!(
                error(text).contains("like 2-4-limit"),
                "{text}: {}",
                error(text)
            );
        }
        assert!(error("0-2-limit").contains("start at 1"));
        assert!(error("4-2-no-limit").contains("wanted 2-4"));
        assert!(error("1-1000001-no-limit").contains("at most 1000000"));
        assert!(error("1-99999999999999999999-no-limit").contains("too large"));
        assert!("1-1000000-no-limit".parse::<Structure>().is_ok());
    }
}
