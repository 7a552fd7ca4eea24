//! Giving out the pots, and what waited for the hand's end.

use super::state::Presence;
use super::{HandSummary, Settlement, Table};
use crate::poker::rules::{Chips, Event, List, MAX_SEATS, Phase, SeatNumber};

impl Table {
    /// Gives out the pots and closes the hand.
    pub(super) fn end(&mut self, events: &mut Vec<Event>) {
        self.running_mut().phase = Phase::End;
        events.push(Event::Phase(Phase::End));
        let has_won = self.pay_out(events);
        for number in (0..self.capacity).filter(|&seat| has_won[usize::from(seat)]) {
            events.push(self.chips_event(number));
        }
        let winners = self.players_where(|seat| has_won[usize::from(seat)]);
        self.last = Some(self.summary());
        self.hand = None;
        events.push(Event::HandEnded { winners });
        self.clear(events);
    }

    /// Adds each pot to its winners' stacks, and says who won. The hand, which
    /// still holds the bets, has to go next.
    fn pay_out(&mut self, events: &mut Vec<Event>) -> [bool; MAX_SEATS] {
        let ranks = self.ranks();
        let hand = self.running();
        let button = hand.button;
        let pots = hand.pots(|stake| stake.total);
        let mut has_won = [false; MAX_SEATS];
        for (pot, index) in pots.iter().zip(0..) {
            let best = pot.seats.iter().map(|&seat| ranks[usize::from(seat)]).max();
            let winners: List<SeatNumber, MAX_SEATS> = self
                .clockwise(button)
                .filter(|seat| pot.seats.contains(seat))
                .filter(|&seat| Some(ranks[usize::from(seat)]) == best)
                .collect();
            let count = Chips::try_from(winners.len()).expect("at most ten players");
            let mut odd = pot.amount % count;
            for &number in &winners {
                let amount = pot.amount / count + odd.min(1);
                odd = odd.saturating_sub(1);
                if amount == 0 {
                    continue;
                }
                has_won[usize::from(number)] = true;
                let seat = self.taken_mut(number);
                seat.money += amount;
                events.push(Event::Won {
                    player: seat.player,
                    amount,
                    pot: index,
                });
            }
        }
        has_won
    }

    fn summary(&self) -> HandSummary {
        let hand = self.running();
        let results = (0..self.capacity).filter_map(|number| {
            let stake = hand.stake(number)?;
            let seat = self.taken(number);
            Some(Settlement {
                player: seat.player,
                seat: number,
                before: stake.before,
                after: seat.money,
                cards: stake.cards,
                shown: stake.shown,
            })
        });
        HandSummary {
            hand: hand.number,
            button: hand.button,
            board: hand.board().iter().copied().collect(),
            results: results.collect(),
        }
    }

    /// Does what waited for the hand to be over.
    pub(super) fn clear(&mut self, events: &mut Vec<Event>) {
        self.hand = None;
        for number in 0..self.capacity {
            let Some(seat) = &mut self.seats[usize::from(number)] else {
                continue;
            };
            let amount = core::mem::take(&mut seat.waiting);
            if amount > 0 {
                seat.money += amount;
                events.push(Event::Rebought {
                    player: seat.player,
                    amount,
                });
                events.push(self.chips_event(number));
            }
        }
        for number in 0..self.capacity {
            let Some(seat) = self.seat(number) else {
                continue;
            };
            match seat.presence {
                Presence::Out => {}
                Presence::In if seat.money > 0 => {}
                Presence::In | Presence::LastHand | Presence::GivenUp => {
                    self.put_out(number, events);
                }
                Presence::Leaving => self.remove(number, events),
            }
        }
    }
}
