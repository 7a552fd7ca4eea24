//! Who shows, who may muck.

use super::state::Presence;
use super::{Pot, Table};
use crate::poker::rules::strength::rank_unchecked;
use crate::poker::rules::{Event, HandRank, List, MAX_SEATS, Phase, PlayerId, Refusal, SeatNumber};

/// The values of the hands that take part in the showdown, by seat.
pub(super) type Ranks = [Option<HandRank>; MAX_SEATS];

impl Table {
    /// The betting is over: turns up what must be shown, and asks who may
    /// choose.
    pub(super) fn show_down(&mut self, events: &mut Vec<Event>) {
        events.push(Event::Position(None));
        let hand = self.running();
        let alone = hand.live_count() == 1;
        let pots = hand.pots(|stake| stake.total);
        let ranks = self.ranks();
        let aggressor = hand.round.aggressor.filter(|&seat| hand.is_live(seat));
        let first = aggressor.map_or(hand.button, |seat| {
            // One seat before, as the walk starts at the next.
            (seat + self.capacity - 1) % self.capacity
        });

        for number in self.clockwise(first) {
            if !self.running().is_live(number) {
                continue;
            }
            if !alone && !self.is_beaten(number, &pots, &ranks) {
                self.show(number, events);
                continue;
            }
            let seat = self.taken(number);
            let mucks = if alone {
                seat.auto_muck.winning
            } else {
                seat.auto_muck.losing
            };
            let gone = matches!(seat.presence, Presence::GivenUp | Presence::Leaving);
            if mucks || gone {
                events.push(Event::Mucked {
                    player: seat.player,
                });
            } else {
                self.running_mut().may_muck[usize::from(number)] = true;
            }
        }
        let hand = self.running();
        let players = self.players_where(|seat| hand.may_muck[usize::from(seat)]);
        if players.is_empty() {
            return self.end(events);
        }
        self.running_mut().phase = Phase::Muck;
        self.decisions += 1;
        events.push(Event::Phase(Phase::Muck));
        events.push(Event::MuckRequested { players });
    }

    /// The values of all live hands, when they come to be compared.
    pub(super) fn ranks(&self) -> Ranks {
        let hand = self.running();
        let mut ranks = [None; MAX_SEATS];
        if hand.live_count() == 1 {
            return ranks;
        }
        for (slot, stake) in ranks.iter_mut().zip(&hand.stakes) {
            if let Some(stake) = stake.as_ref().filter(|stake| !stake.folded) {
                // With two players or more the betting ends on the river.
                let mut cards = [stake.cards[0]; 7];
                cards[1] = stake.cards[1];
                cards[2..].copy_from_slice(hand.board());
                *slot = Some(rank_unchecked(&cards));
            }
        }
        ranks
    }

    /// Whether in each pot that the player could win a better hand is shown.
    fn is_beaten(&self, number: SeatNumber, pots: &List<Pot, MAX_SEATS>, ranks: &Ranks) -> bool {
        let hand = self.running();
        let rank = |seat: SeatNumber| ranks[usize::from(seat)];
        pots.iter()
            .filter(|pot| pot.seats.contains(&number))
            .all(|pot| {
                pot.seats
                    .iter()
                    .any(|&other| hand.dealt(other).shown && rank(other) > rank(number))
            })
    }

    fn show(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        let player = self.taken(number).player;
        let stake = self.running_mut().dealt_mut(number);
        stake.shown = true;
        events.push(Event::Shown {
            player,
            cards: stake.cards,
        });
    }

    pub(super) fn muck(
        &mut self,
        player: PlayerId,
        show: bool,
        events: &mut Vec<Event>,
    ) -> Result<(), Refusal> {
        let number = self.seat_number(player)?;
        let asked = self
            .hand
            .as_ref()
            .is_some_and(|hand| hand.may_muck[usize::from(number)]);
        if !asked {
            return Err(Refusal::NoMuckDue);
        }
        if show {
            self.show(number, events);
            self.muck_decided(number, events);
        } else {
            self.conceal(number, events);
        }
        Ok(())
    }

    /// The player, who was asked, does not show.
    pub(super) fn conceal(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        let player = self.taken(number).player;
        events.push(Event::Mucked { player });
        self.muck_decided(number, events);
    }

    fn muck_decided(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        let hand = self.running_mut();
        hand.may_muck[usize::from(number)] = false;
        if !hand.may_muck.contains(&true) {
            self.end(events);
        }
    }
}
