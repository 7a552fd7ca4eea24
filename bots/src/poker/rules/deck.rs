//! Shuffled decks that can be made again.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::Card;

/// The 52 cards in the order in which they are dealt.
///
/// No card is burnt: with every face unknown it makes no difference, and a
/// hand reads more easily without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deck([Card; Card::COUNT as usize]);

impl Deck {
    /// The deck of one hand, from the server's seed, the table's number and
    /// the number of the hand at that table. The same three give the same deck.
    ///
    /// The three numbers are the key of a `ChaCha12` generator (eight bytes of
    /// each, little-endian, and eight bytes that keep this use apart from
    /// others), so decks of one server cannot be told from random ones by who
    /// does not know its seed. The shuffle is Fisher-Yates from the last card
    /// down with ranges drawn by rejection, so every order is equally likely.
    pub fn shuffled(server_seed: u64, table: u32, hand: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&server_seed.to_le_bytes());
        key[8..16].copy_from_slice(&u64::from(table).to_le_bytes());
        key[16..24].copy_from_slice(&hand.to_le_bytes());
        key[24..].copy_from_slice(b"shuffle1");
        let mut random = ChaCha12Rng::from_seed(key);
        let mut deck = Self::ordered();
        for last in (1..Card::COUNT).rev() {
            let other = below(&mut random, last + 1);
            deck.0.swap(usize::from(last), usize::from(other));
        }
        deck
    }

    /// A deck that starts with the given cards, then the others in the order
    /// of their numbers: for tests, and for hands retold.
    ///
    /// `None` when a card is given twice.
    ///
    /// With `n` players dealt in, the first `n` cards are their first cards
    /// from the left of the button on, the next `n` their second ones, and
    /// the five after these the board.
    pub fn starting_with(cards: &[Card]) -> Option<Self> {
        let twice = |index: usize| cards[..index].contains(&cards[index]);
        if (0..cards.len()).any(twice) {
            return None;
        }
        let mut deck = Self::ordered();
        let rest = Card::all().filter(|card| !cards.contains(card));
        for (slot, card) in deck.0.iter_mut().zip(cards.iter().copied().chain(rest)) {
            *slot = card;
        }
        Some(deck)
    }

    /// The cards, the one dealt first in front.
    pub fn cards(&self) -> &[Card; Card::COUNT as usize] {
        &self.0
    }

    fn ordered() -> Self {
        let mut all = Card::all();
        // `all` yields exactly as many cards as the array has places.
        Self(core::array::from_fn(|_| all.next().expect("52 cards")))
    }
}

/// A number below `bound`, each equally likely.
fn below(random: &mut ChaCha12Rng, bound: u8) -> u8 {
    let bound = u32::from(bound);
    // The last, incomplete run of `bound` numbers would favour small ones.
    let fair = u32::MAX - u32::MAX % bound;
    loop {
        let number = random.next_u32();
        if number < fair {
            // The remainder is below a bound that came from a byte.
            #[allow(clippy::cast_possible_truncation)]
            return (number % bound) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_comes_again_from_the_same_numbers_and_from_no_others() {
        let deck = Deck::shuffled(1, 2, 3);
        assert_eq!(deck, Deck::shuffled(1, 2, 3));
        for other in [(0, 2, 3), (1, 3, 3), (1, 2, 4), (2, 1, 3), (3, 2, 1)] {
            assert_ne!(deck, Deck::shuffled(other.0, other.1, other.2), "{other:?}");
        }
    }

    /// A deck written down: histories name hands by their numbers, so the way
    /// from numbers to cards may not change unseen.
    #[test]
    fn decks_stay_what_they_were() {
        let names: Vec<String> = Deck::shuffled(42, 1, 1).cards()[..8]
            .iter()
            .map(Card::to_string)
            .collect();
        assert_eq!(names.join(" "), "7d 9d 4h 7c Qh 2c Ts Jh");
    }

    #[test]
    fn every_deck_has_every_card_once() {
        for hand in 0..200 {
            let mut cards = *Deck::shuffled(7, 7, hand).cards();
            cards.sort_unstable();
            assert!(cards.into_iter().eq(Card::all()));
        }
    }

    /// Chi-squared over where each card lands: 52 x 52 cells, 51 x 51 degrees
    /// of freedom (mean 2601, standard deviation 72).
    #[test]
    fn every_place_is_equally_likely() {
        const DECKS: u32 = 20_000;
        let mut seen = [[0_u32; 52]; 52];
        for hand in 0..DECKS {
            for (place, card) in Deck::shuffled(99, 1, hand.into())
                .cards()
                .iter()
                .enumerate()
            {
                seen[place][usize::from(card.to_wire())] += 1;
            }
        }
        let expected = f64::from(DECKS) / 52.0;
        let chi_squared: f64 = seen
            .iter()
            .flatten()
            .map(|&count| (f64::from(count) - expected).powi(2) / expected)
            .sum();
        assert!(
            (2601.0 - 5.0 * 72.0..2601.0 + 5.0 * 72.0).contains(&chi_squared),
            "{chi_squared}"
        );
    }

    #[test]
    fn a_stacked_deck_keeps_the_order_and_refuses_doubles() {
        let cards = [51, 3, 0].map(|number| Card::from_wire(number).unwrap());
        let deck = Deck::starting_with(&cards).unwrap();
        assert_eq!(deck.cards()[..3], cards);
        assert_eq!(deck.cards()[3].to_wire(), 1);
        let mut sorted = *deck.cards();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(Card::all()));
        assert_eq!(Deck::starting_with(&[cards[0], cards[0]]), None);
    }
}
