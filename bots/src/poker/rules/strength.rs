//! How good a hand is at showdown.
//!
//! The one place that knows the evaluator: `aya_poker`. It looks a hand of
//! seven up in 13 ns, where `poker` 0.7, which tries all 21 choices of five,
//! takes 4 µs; its dependencies are two small crates of the same author; and
//! it builds on stable Rust, which `rs_poker` 5.1 does not. The table
//! `tests/data/hand_ranks.txt`, made by the script beside it, checks it against
//! an independent evaluator.

use core::fmt;

use aya_poker::base::{CARDS, Hand};
use aya_poker::{PokerRankCategory, poker_rank};

use super::Card;

/// The value of the best five cards: the greater one wins, equal ones split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandRank(u16);

/// What players call a hand, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Nothing.
    HighCard,
    /// Two of a rank.
    Pair,
    /// Twice two of a rank.
    TwoPair,
    /// Three of a rank.
    ThreeOfAKind,
    /// Five in a row; the ace counts above the king or below the deuce.
    Straight,
    /// Five of a suit.
    Flush,
    /// Three of a rank and two of another.
    FullHouse,
    /// Four of a rank.
    FourOfAKind,
    /// Five in a row of a suit, the royal flush among them.
    StraightFlush,
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HighCard => "high card",
            Self::Pair => "pair",
            Self::TwoPair => "two pair",
            Self::ThreeOfAKind => "three of a kind",
            Self::Straight => "straight",
            Self::Flush => "flush",
            Self::FullHouse => "full house",
            Self::FourOfAKind => "four of a kind",
            Self::StraightFlush => "straight flush",
        })
    }
}

impl HandRank {
    /// What players call such a hand.
    pub fn category(self) -> Category {
        match aya_poker::PokerHandRank(self.0).rank_category() {
            // Only lowball hands are ineligible.
            PokerRankCategory::Ineligible | PokerRankCategory::HighCard => Category::HighCard,
            PokerRankCategory::Pair => Category::Pair,
            PokerRankCategory::TwoPair => Category::TwoPair,
            PokerRankCategory::ThreeOfAKind => Category::ThreeOfAKind,
            PokerRankCategory::Straight => Category::Straight,
            PokerRankCategory::Flush => Category::Flush,
            PokerRankCategory::FullHouse => Category::FullHouse,
            PokerRankCategory::FourOfAKind => Category::FourOfAKind,
            PokerRankCategory::StraightFlush | PokerRankCategory::RoyalFlush => {
                Category::StraightFlush
            }
        }
    }
}

/// The value of the best five of five to seven cards; `None` for another
/// number of cards, or when a card is there twice.
///
/// ```
/// use bots::poker::rules::{Card, Category, rank};
///
/// let cards = |text: &str| -> Vec<Card> {
///     text.split(' ').map(|card| card.parse().expect("a card")).collect()
/// };
/// let wheel = rank(&cards("Ah 2d 3c 4s 5h Kd Kc")).expect("seven cards");
/// let kings = rank(&cards("Ah 2d 3c 4s 9h Kd Kc")).expect("seven cards");
/// assert_eq!(wheel.category(), Category::Straight);
/// assert!(wheel > kings);
/// ```
pub fn rank(cards: &[Card]) -> Option<HandRank> {
    let fits = (5..=7).contains(&cards.len());
    (fits && !has_doubles(cards)).then(|| rank_unchecked(cards))
}

/// The five cards that make the hand's value, the deciding ones first: pairs
/// before kickers, high before low, the ace of a wheel last. `None` as for
/// [`rank`].
pub fn best_five(cards: &[Card]) -> Option<[Card; 5]> {
    let best = rank(cards)?;
    let last = cards.len() - 1;
    // Five of up to seven cards: all pairs of cards to leave out, where the
    // same index twice leaves out one and an index past the end none.
    let mut five = (0..=last + 1)
        .flat_map(|first| (first..=last + 1).map(move |second| [first, second]))
        .find_map(|without| {
            let kept: Vec<Card> = (0..cards.len())
                .filter(|index| !without.contains(index))
                .map(|index| cards[index])
                .collect();
            let five = <[Card; 5]>::try_from(kept).ok()?;
            (rank_unchecked(&five) == best).then_some(five)
        })?;
    let same = |of: Card| five.iter().filter(|card| card.rank() == of.rank()).count();
    let is_wheel = matches!(
        best.category(),
        Category::Straight | Category::StraightFlush
    ) && five.iter().any(|card| card.rank() == 0)
        && five.iter().any(|card| card.rank() == 12);
    let weight = five.map(|card| {
        let rank = if is_wheel && card.rank() == 12 {
            None
        } else {
            Some(card.rank())
        };
        (card, (same(card), rank))
    });
    let mut order = weight;
    order.sort_by_key(|&(_, weight)| core::cmp::Reverse(weight));
    for (slot, (card, _)) in five.iter_mut().zip(order) {
        *slot = card;
    }
    Some(five)
}

pub(super) fn has_doubles(cards: &[Card]) -> bool {
    (1..cards.len()).any(|index| cards[..index].contains(&cards[index]))
}

/// As [`rank`], for cards known to be five to seven different ones.
pub(super) fn rank_unchecked(cards: &[Card]) -> HandRank {
    let mut hand = Hand::new();
    for &card in cards {
        add(&mut hand, card);
    }
    value(&hand)
}

/// Adds a card to the evaluator's hand; at most seven, all different.
pub(super) fn add(hand: &mut Hand, card: Card) {
    /// The evaluator's suits, in the order of ours.
    const SUITS: [usize; 4] = [2, 1, 0, 3];
    hand.insert_unchecked(&CARDS[usize::from(card.rank()) * 4 + SUITS[card.suit() as usize]]);
}

/// The value of the evaluator's hand.
pub(super) fn value(hand: &Hand) -> HandRank {
    HandRank(poker_rank(hand).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../../../tests/data/hand_ranks.txt");

    /// Cards from the table's letters: A to Z are the cards 0 to 25, a to z
    /// the others.
    fn cards(letters: &str) -> Vec<Card> {
        let number = |letter: u8| match letter {
            b'A'..=b'Z' => letter - b'A',
            _ => letter - b'a' + 26,
        };
        letters
            .bytes()
            .map(|letter| Card::from_wire(number(letter)).unwrap())
            .collect()
    }

    /// The table's hands with their places, 1 the best of 7,462, best first.
    fn table() -> Vec<(u16, Vec<Card>)> {
        let mut hands: Vec<_> = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .zip(1..)
            .map(|(hand, line)| match hand.split_once(':') {
                Some((place, hand)) => (place.parse().unwrap(), cards(hand)),
                None => (line, cards(hand)),
            })
            .collect();
        hands.sort();
        hands
    }

    #[test]
    fn hands_rank_as_an_independent_evaluator_ranks_them() {
        let table = table();
        assert_eq!(
            table.iter().filter(|(_, cards)| cards.len() == 5).count(),
            7462
        );
        assert!(table.iter().filter(|(_, cards)| cards.len() == 7).count() >= 4000);
        for pair in table.windows(2) {
            let ours = rank(&pair[1].1).cmp(&rank(&pair[0].1));
            assert_eq!(ours, pair[0].0.cmp(&pair[1].0), "{pair:?}");
        }
    }

    #[test]
    fn categories_begin_where_they_should() {
        let table = table();
        // How many different values each category has, the best first.
        let mut place = 0;
        for (category, values) in [
            (Category::StraightFlush, 10),
            (Category::FourOfAKind, 156),
            (Category::FullHouse, 156),
            (Category::Flush, 1277),
            (Category::Straight, 10),
            (Category::ThreeOfAKind, 858),
            (Category::TwoPair, 858),
            (Category::Pair, 2860),
            (Category::HighCard, 1277),
        ] {
            let in_category = place + 1..=place + values;
            place += values;
            for (_, cards) in table
                .iter()
                .filter(|(place, _)| in_category.contains(place))
            {
                assert_eq!(rank(cards).unwrap().category(), category, "{cards:?}");
            }
        }
        assert_eq!(place, 7462);
    }

    #[test]
    fn best_five_have_the_value_of_the_whole_hand() {
        for (_, cards) in table().into_iter().filter(|(_, cards)| cards.len() == 7) {
            let five = best_five(&cards).unwrap();
            assert_eq!(rank(&five), rank(&cards));
            assert!(five.iter().all(|card| cards.contains(card)));
        }
    }

    #[test]
    fn best_five_put_what_decides_first() {
        for (hand, five) in [
            ("2h 9c 9d Ks 2s 5d 7c", "9c 9d 2h 2s Ks"),
            ("Ah 2d 3c 4s 5h 9d 9c", "5h 4s 3c 2d Ah"),
            ("Ah Kd Qc Js Th 9d 9c", "Ah Kd Qc Js Th"),
            ("3h 3d 3c Ks Kh", "3h 3d 3c Ks Kh"),
            ("3h 3d 3c Ks Kh Kd", "Ks Kh Kd 3d 3c"),
        ] {
            let parse = |text: &str| -> Vec<Card> {
                text.split(' ').map(|card| card.parse().unwrap()).collect()
            };
            assert_eq!(best_five(&parse(hand)).unwrap()[..], parse(five), "{hand}");
        }
    }

    #[test]
    fn what_is_no_hand_has_no_value() {
        let all: Vec<Card> = Card::all().collect();
        for count in [0, 4, 8, 52] {
            assert_eq!(rank(&all[..count]), None);
            assert_eq!(best_five(&all[..count]), None);
        }
        assert_eq!(rank(&[all[0], all[1], all[2], all[3], all[0]]), None);
    }
}
