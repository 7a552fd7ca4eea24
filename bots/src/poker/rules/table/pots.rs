//! Main pot and side pots.

use super::state::{Hand, Stake};
use crate::poker::rules::{Chips, List, MAX_SEATS, SeatNumber};

/// A pot, and who may win it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pot {
    /// The chips in it.
    pub amount: Chips,
    /// The seats of those who may win it, in order.
    pub seats: List<SeatNumber, MAX_SEATS>,
}

impl Hand {
    /// The pots that arise from what each player has put in, as `of` tells it,
    /// and the dead blinds: the main pot first, each next one for those who
    /// put in more than the all-in player before.
    ///
    /// Chips of players who folded are in the pots that they reached; what
    /// they put in above all others is in the last one.
    pub(super) fn pots(&self, of: impl Fn(&Stake) -> Chips) -> List<Pot, MAX_SEATS> {
        let stakes = || {
            (0..)
                .zip(&self.stakes)
                .filter_map(|(seat, s)| Some((seat, s.as_ref()?)))
        };
        let live = || stakes().filter(|(_, stake)| !stake.folded);
        let mut pots = List::<Pot, MAX_SEATS>::new();
        let mut dead = self.dead;
        let mut reached = 0;
        // Each round adds the pot up to the next smallest amount put in. With
        // nothing put in at all there is still a pot for the dead blinds.
        while let Some(level) = live()
            .map(|(_, stake)| of(stake))
            .filter(|&amount| amount > reached || pots.is_empty())
            .min()
        {
            let is_last = !live().any(|(_, stake)| of(stake) > level);
            let within = |amount: Chips| {
                let top = if is_last { amount } else { amount.min(level) };
                top.saturating_sub(reached)
            };
            // No overflow: all the table's money fits `Chips`.
            let amount = stakes().map(|(_, stake)| within(of(stake))).sum::<Chips>() + dead;
            let seats = live()
                .filter(|(_, stake)| of(stake) >= level)
                .map(|(seat, _)| seat)
                .collect();
            pots.push(Pot { amount, seats });
            dead = 0;
            reached = level;
        }
        pots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poker::rules::{Card, Deck, Phase};

    fn hand(put_in: &[(Chips, bool)], dead: Chips) -> Hand {
        let mut stakes = [None; MAX_SEATS];
        for (slot, &(total, folded)) in stakes.iter_mut().zip(put_in) {
            *slot = Some(Stake {
                before: 0,
                cards: [Card::default(); 2],
                folded,
                shown: false,
                bet: 0,
                total,
                acted_at: None,
            });
        }
        Hand {
            number: 1,
            deck: Deck::starting_with(&[]).unwrap(),
            phase: Phase::River,
            button: 0,
            stakes,
            posting: super::super::state::Posting::default(),
            round: super::super::state::Round::default(),
            common: 5,
            turn: None,
            may_muck: [false; MAX_SEATS],
            dead,
        }
    }

    fn pots(put_in: &[(Chips, bool)], dead: Chips) -> Vec<(Chips, Vec<SeatNumber>)> {
        let pots = hand(put_in, dead).pots(|stake| stake.total);
        pots.iter()
            .map(|pot| (pot.amount, pot.seats.to_vec()))
            .collect()
    }

    const LIVE: bool = false;
    const FOLDED: bool = true;

    #[test]
    fn equal_bets_make_one_pot() {
        assert_eq!(
            pots(&[(10, LIVE), (10, LIVE), (5, FOLDED)], 2),
            [(27, vec![0, 1])]
        );
    }

    #[test]
    fn three_all_ins_make_three_pots() {
        let put_in = [
            (20, LIVE),
            (50, LIVE),
            (100, LIVE),
            (100, LIVE),
            (35, FOLDED),
        ];
        assert_eq!(
            pots(&put_in, 0),
            [
                (100, vec![0, 1, 2, 3]),
                (30 * 3 + 15, vec![1, 2, 3]),
                (100, vec![2, 3]),
            ]
        );
    }

    #[test]
    fn what_a_folded_player_put_in_above_all_goes_to_the_last_pot() {
        assert_eq!(
            pots(&[(3, LIVE), (3, LIVE), (5, FOLDED)], 0),
            [(11, vec![0, 1])]
        );
    }

    #[test]
    fn dead_chips_are_in_the_main_pot_even_alone() {
        assert_eq!(pots(&[(0, LIVE), (0, LIVE)], 1), [(1, vec![0, 1])]);
        assert_eq!(
            pots(&[(0, LIVE), (4, LIVE)], 1),
            [(1, vec![0, 1]), (4, vec![1])]
        );
    }
}
