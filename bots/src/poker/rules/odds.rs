//! How good a hand looks while it is played.

use aya_poker::base::Hand;

use super::Card;
use super::strength::{add, has_doubles, value};

/// How a hand compares with what another player may hold, from 0 (the worst)
/// to 1 (the best); a deterministic number for scripts to decide by, in a few
/// microseconds.
///
/// - Before the flop (`board` empty): the share of the 1,326 starting hands
///   that are worse by Bill Chen's formula, equal ones counting half.
/// - With three, four or five common cards: the share of the hands that
///   another player may hold which this one beats as the cards lie, splits
///   counting half. Cards to come are not looked at.
///
/// `None` when the board has another number of cards, or a card is there
/// twice.
///
/// ```
/// use bots::poker::rules::{Card, hand_strength};
///
/// let card = |name: &str| name.parse::<Card>().expect("a card");
/// let aces = [card("As"), card("Ad")];
/// assert!(hand_strength(aces, &[]).expect("a hand") > 0.99);
/// // Four hearts and a pair on the board: aces are worth less.
/// let board = ["Th", "9h", "8h", "8d", "2h"].map(card);
/// assert!(hand_strength(aces, &board).expect("a hand") < 0.7);
/// ```
pub fn hand_strength(hole: [Card; 2], board: &[Card]) -> Option<f64> {
    match board.len() {
        0 if hole[0] != hole[1] => Some(before_flop(hole)),
        3..=5 => {
            let mut known = [hole[0]; 7];
            known[1] = hole[1];
            known[2..2 + board.len()].copy_from_slice(board);
            let known = &known[..2 + board.len()];
            (!has_doubles(known)).then(|| after_flop(hole, board, known))
        }
        _ => None,
    }
}

fn after_flop(hole: [Card; 2], board: &[Card], known: &[Card]) -> f64 {
    let mut common = Hand::new();
    for &card in board {
        add(&mut common, card);
    }
    let mut own = common;
    for card in hole {
        add(&mut own, card);
    }
    let own = value(&own);

    let mut unseen = [hole[0]; Card::COUNT as usize];
    let mut count = 0;
    for card in Card::all().filter(|card| !known.contains(card)) {
        unseen[count] = card;
        count += 1;
    }
    let (mut halves, mut hands) = (0_u32, 0_u32);
    for first in 1..count {
        let mut one = common;
        add(&mut one, unseen[first]);
        for &second in &unseen[..first] {
            let mut other = one;
            add(&mut other, second);
            halves += match own.cmp(&value(&other)) {
                core::cmp::Ordering::Greater => 2,
                core::cmp::Ordering::Equal => 1,
                core::cmp::Ordering::Less => 0,
            };
            hands += 1;
        }
    }
    f64::from(halves) / f64::from(2 * hands)
}

/// Twice the points of Chen's formula, and 3 more, so that none is below 0:
/// 10, 8, 7 and 6 points for ace to jack and half the pips below; doubled, and
/// at least 5, for a pair; 2 more when suited; 1, 2, 4 or 5 less for one, two,
/// three or more ranks between; 1 more with at most one rank between when both
/// are below the queen.
const fn chen(high: u8, low: u8, suited: bool) -> usize {
    let points = match high {
        12 => 20,
        11 => 16,
        10 => 14,
        9 => 12,
        // Rank 0 is the deuce: two pips.
        pips => pips as usize + 2,
    };
    if high == low {
        let pair = points * 2;
        return CHEN_ZERO + if pair < 10 { 10 } else { pair };
    }
    let gap = high - low - 1;
    let less = match gap {
        0 => 0,
        1 => 2,
        2 => 4,
        3 => 8,
        _ => 10,
    };
    let close = if gap <= 1 && high < 10 { 2 } else { 0 };
    let suit = if suited { 4 } else { 0 };
    CHEN_ZERO + points + close + suit - less
}

/// No points: the worst hand, 7-2 of two suits, has 3 half points fewer.
const CHEN_ZERO: usize = 3;

/// Aces have 20 points, the most.
const CHEN_COUNT: usize = CHEN_ZERO + 40 + 1;

/// For each number of half points, twice the hands that are worse plus those
/// that are equal.
const STANDING: [u16; CHEN_COUNT] = {
    let mut hands = [0; CHEN_COUNT];
    let mut high = 0;
    while high < 13 {
        let mut low = 0;
        while low < high {
            hands[chen(high, low, true)] += 4;
            hands[chen(high, low, false)] += 12;
            low += 1;
        }
        hands[chen(high, high, false)] += 6;
        high += 1;
    }
    let mut standing = [0; CHEN_COUNT];
    let mut worse = 0;
    let mut points = 0;
    while points < CHEN_COUNT {
        standing[points] = 2 * worse + hands[points];
        worse += hands[points];
        points += 1;
    }
    standing
};

fn before_flop(hole: [Card; 2]) -> f64 {
    let [one, two] = hole.map(Card::rank);
    let suited = hole[0].suit() == hole[1].suit();
    let points = chen(one.max(two), one.min(two), suited);
    f64::from(STANDING[points]) / f64::from(2 * 1326)
}

/// [`hand_strength`] of cards as they come over the wire: 0 where one is hidden,
/// or they are no hand.
pub fn wire_strength(hole: &[u8], board: &[u8]) -> f64 {
    let cards = |wire: &[u8]| -> Option<Vec<Card>> {
        wire.iter().map(|card| Card::from_wire(*card)).collect()
    };
    let (Some(hole), Some(board)) = (cards(hole), cards(board)) else {
        return 0.0;
    };
    match <[Card; 2]>::try_from(hole) {
        Ok(hole) => hand_strength(hole, &board).unwrap_or(0.0),
        Err(_) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poker::rules::{Deck, rank};

    fn hole(text: &str) -> [Card; 2] {
        [text[..2].parse().unwrap(), text[2..].parse().unwrap()]
    }

    #[test]
    fn chen_gives_its_known_points() {
        for (hand, half_points) in [
            ("AsKs", 24),
            ("TcTd", 20),
            ("5d7d", 11),
            ("AsAd", 40),
            ("2s2d", 10),
            ("QsJs", 18),
            ("2h3c", 5),
        ] {
            let [one, two] = hole(hand);
            let (high, low) = (one.rank().max(two.rank()), one.rank().min(two.rank()));
            let ours = chen(high, low, one.suit() == two.suit());
            assert_eq!(ours, CHEN_ZERO + half_points, "{hand}");
        }
        // -1.5 points.
        assert_eq!(chen(5, 0, false), 0);
    }

    #[test]
    fn starting_hands_average_to_the_middle() {
        let mut sum = 0.0;
        for first in Card::all() {
            for second in Card::all().filter(|&second| second != first) {
                let strength = hand_strength([first, second], &[]).unwrap();
                assert!((0.0..=1.0).contains(&strength));
                sum += strength;
            }
        }
        assert!((sum / (52.0 * 51.0) - 0.5).abs() < 1e-9, "{sum}");
        assert!(hand_strength(hole("AsAd"), &[]) > hand_strength(hole("KsKd"), &[]));
        assert!(hand_strength(hole("2h7c"), &[]).unwrap() < 0.05);
    }

    #[test]
    fn after_the_flop_it_is_the_share_of_hands_beaten() {
        for hand in 0..20 {
            let deck = Deck::shuffled(5, 5, hand);
            let cards = deck.cards();
            for common in 3..=5 {
                let seven = |a, b| [&cards[2..2 + common], &[a, b]].concat();
                let own = rank(&seven(cards[0], cards[1]));
                let rest = &cards[2 + common..];
                let (mut won, mut all) = (0.0, 0.0);
                for (index, &a) in rest.iter().enumerate() {
                    for &b in &rest[..index] {
                        all += 1.0;
                        won += match own.cmp(&rank(&seven(a, b))) {
                            core::cmp::Ordering::Greater => 1.0,
                            core::cmp::Ordering::Equal => 0.5,
                            core::cmp::Ordering::Less => 0.0,
                        };
                    }
                }
                let ours = hand_strength([cards[0], cards[1]], &cards[2..2 + common]).unwrap();
                assert!((ours - won / all).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn what_is_no_hand_has_no_strength() {
        let cards: Vec<Card> = Card::all().take(8).collect();
        let own = [cards[0], cards[1]];
        for board in [&cards[2..3], &cards[2..4], &cards[2..8], &cards[1..4]] {
            assert_eq!(hand_strength(own, board), None);
        }
        assert_eq!(hand_strength([cards[0], cards[0]], &[]), None);
    }

    /// The time per call, for the record: `cargo test --release -- --ignored
    /// --nocapture strength_is_quick`.
    #[test]
    #[ignore = "measures"]
    fn strength_is_quick() {
        let start = std::time::Instant::now();
        let mut sum = 0.0;
        for hand in 0..10_000 {
            let deck = Deck::shuffled(5, 5, hand);
            sum += hand_strength([deck.cards()[0], deck.cards()[1]], &deck.cards()[2..5]).unwrap();
        }
        println!(
            "{:?} a hand with its deck ({sum})",
            start.elapsed() / 10_000
        );
    }
}
