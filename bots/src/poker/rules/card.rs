//! Cards, and how the protocol numbers them.

use core::fmt;
use core::str::FromStr;

/// One of the 52 cards.
///
/// On the wire a card is one byte, `suit * 13 + rank`: ranks from 0 (deuce) to
/// 12 (ace), suits in the order hearts, diamonds, clubs, spades. A card that
/// is there but not shown is [`Card::HIDDEN`].
///
/// ```
/// use bots::poker::rules::{Card, Suit};
///
/// let ace: Card = "As".parse()?;
/// assert_eq!((ace.rank(), ace.suit(), ace.to_wire()), (12, Suit::Spades, 51));
/// assert_eq!(Card::from_wire(0).map(|card| card.to_string()), Some("2h".into()));
/// assert_eq!(Card::from_wire(Card::HIDDEN), None);
/// # Ok::<(), bots::poker::rules::ParseCardError>(())
/// ```
///
/// The default, card 0, has no meaning of its own; lists fill unused places
/// with it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Card(u8);

/// The suits, in the order in which the protocol numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suit {
    /// `h`
    Hearts,
    /// `d`
    Diamonds,
    /// `c`
    Clubs,
    /// `s`
    Spades,
}

const RANKS: &[u8; 13] = b"23456789TJQKA";
const SUITS: &[u8; 4] = b"hdcs";

impl Card {
    /// The number of cards.
    pub const COUNT: u8 = 52;

    /// The byte that stands for a card whose face the reader may not know.
    pub const HIDDEN: u8 = 255;

    /// The card with this number; `None` from 52 on.
    pub const fn from_wire(number: u8) -> Option<Self> {
        if number < Self::COUNT {
            Some(Self(number))
        } else {
            None
        }
    }

    /// The card's number on the wire, 0 to 51.
    pub const fn to_wire(self) -> u8 {
        self.0
    }

    /// 0 (deuce) to 12 (ace).
    pub const fn rank(self) -> u8 {
        self.0 % 13
    }

    /// The suit.
    pub const fn suit(self) -> Suit {
        match self.0 / 13 {
            0 => Suit::Hearts,
            1 => Suit::Diamonds,
            2 => Suit::Clubs,
            _ => Suit::Spades,
        }
    }

    /// All cards, in the order of their numbers.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        (0..Self::COUNT).map(Self)
    }
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rank = RANKS[usize::from(self.rank())] as char;
        let suit = SUITS[self.suit() as usize] as char;
        write!(f, "{rank}{suit}")
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text is not a card.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a card: wanted a rank of 23456789TJQKA and a suit of hdcs, like Ah")]
pub struct ParseCardError(String);

impl FromStr for Card {
    type Err = ParseCardError;

    fn from_str(text: &str) -> Result<Self, ParseCardError> {
        let number = match *text.as_bytes() {
            [rank, suit] => RANKS
                .iter()
                .position(|&known| known == rank)
                .zip(SUITS.iter().position(|&known| known == suit))
                .and_then(|(rank, suit)| u8::try_from(suit * 13 + rank).ok()),
            _ => None,
        };
        number
            .map(Self)
            .ok_or_else(|| ParseCardError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_has_one_number_and_one_name() {
        for (number, card) in (0..).zip(Card::all()) {
            assert_eq!(card.to_wire(), number);
            assert_eq!(Card::from_wire(number), Some(card));
            assert_eq!(card.to_string().parse(), Ok(card));
        }
        assert_eq!(Card::all().len(), 52);
        assert_eq!("Th".parse::<Card>().map(Card::to_wire), Ok(8));
        assert_eq!("2d".parse::<Card>().map(Card::to_wire), Ok(13));
        assert_eq!("Kc".parse::<Card>().map(Card::to_wire), Ok(37));
    }

    #[test]
    fn what_is_not_a_card_is_said_to_be_none() {
        for text in ["", "A", "Ahh", "1h", "ah", "Ax", "Ä"] {
            let error = text.parse::<Card>().expect_err(text);
            assert!(error.to_string().contains("like Ah"), "{error}");
        }
        assert!((52..=255).all(|number| Card::from_wire(number).is_none()));
    }
}
