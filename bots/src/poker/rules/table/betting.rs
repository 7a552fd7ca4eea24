//! Acting, until the round and the betting are over.

use super::Table;
use super::state::{Presence, Round};
use crate::poker::rules::{Betting, Board, Chips, Event, Phase, PlayerId, Refusal, SeatNumber};

type Done = Result<(), Refusal>;

impl Table {
    pub(super) fn fold(&mut self, player: PlayerId, events: &mut Vec<Event>) -> Done {
        let number = self.in_turn_to_bet(player)?;
        self.do_fold(number, events);
        self.go_on(number, events);
        Ok(())
    }

    pub(super) fn check(&mut self, player: PlayerId, events: &mut Vec<Event>) -> Done {
        let number = self.in_turn_to_bet(player)?;
        let to_call = self.due(number);
        if to_call > 0 {
            return Err(Refusal::CannotCheck { to_call });
        }
        self.do_check(number, events);
        self.go_on(number, events);
        Ok(())
    }

    pub(super) fn call(&mut self, player: PlayerId, events: &mut Vec<Event>) -> Done {
        let number = self.in_turn_to_bet(player)?;
        let to_call = self.due(number);
        if to_call == 0 {
            return Err(Refusal::NothingToCall);
        }
        let amount = self.bet(number, to_call);
        events.push(Event::Called { player, amount });
        self.note_acted(number);
        self.go_on(number, events);
        Ok(())
    }

    pub(super) fn raise(
        &mut self,
        player: PlayerId,
        amount: Chips,
        events: &mut Vec<Event>,
    ) -> Done {
        let number = self.in_turn_to_bet(player)?;
        let legal = self.legal_actions().ok_or(Refusal::NotInTurn)?;
        let range = legal.raise.ok_or(Refusal::CannotRaise)?;
        if !(range.min..=range.max).contains(&amount) {
            return Err(Refusal::RaiseLimits {
                min: range.min,
                max: range.max,
            });
        }
        self.bet(number, amount);
        let full_raise = self.counts_as_full();
        let fixed = self.structure.betting() == Betting::FixedLimit;
        let hand = self.running_mut();
        let to = hand.dealt(number).bet;
        let round = &mut hand.round;
        if fixed {
            if to - round.full >= full_raise {
                round.full = to;
                round.bets += 1;
            }
        } else {
            // A smaller, all-in raise leaves the least raise as it was.
            round.step = round.step.max(to - round.highest);
        }
        round.highest = to;
        round.aggressor = Some(number);
        events.push(Event::Raised { player, amount, to });
        self.note_acted(number);
        self.go_on(number, events);
        Ok(())
    }

    /// Checks if that is free, else folds.
    pub(super) fn act_for(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        if self.due(number) > 0 {
            self.do_fold(number, events);
        } else {
            self.do_check(number, events);
        }
    }

    fn in_turn_to_bet(&self, player: PlayerId) -> Result<SeatNumber, Refusal> {
        let number = self.seat_number(player)?;
        self.hand
            .as_ref()
            .filter(|hand| hand.phase.is_betting() && hand.turn == Some(number))
            .map(|_| number)
            .ok_or(Refusal::NotInTurn)
    }

    fn do_fold(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        self.running_mut().dealt_mut(number).folded = true;
        let player = self.taken(number).player;
        events.push(Event::Folded { player });
    }

    fn do_check(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        self.note_acted(number);
        let player = self.taken(number).player;
        events.push(Event::Checked { player });
    }

    fn note_acted(&mut self, number: SeatNumber) {
        let hand = self.running_mut();
        let highest = hand.round.highest;
        hand.dealt_mut(number).acted_at = Some(highest);
    }

    /// Goes on after the player at `from` until a decision is needed or the
    /// hand is over.
    pub(super) fn go_on(&mut self, from: SeatNumber, events: &mut Vec<Event>) {
        let mut from = from;
        loop {
            self.running_mut().turn = None;
            let next = self.clockwise(from).find(|&seat| self.must_act(seat));
            let over = self.running().live_count() == 1;
            if let Some(number) = next.filter(|_| !over) {
                self.ask(number);
                events.push(Event::Position(Some(self.position(number))));
                if !self.has_given_up(number) {
                    return;
                }
                self.act_for(number, events);
                from = number;
            } else {
                self.end_round(events);
                if over || self.running().phase == Phase::River {
                    return self.show_down(events);
                }
                self.next_round(events);
                from = self.running().button;
            }
        }
    }

    fn has_given_up(&self, number: SeatNumber) -> bool {
        matches!(
            self.taken(number).presence,
            Presence::GivenUp | Presence::Leaving
        )
    }

    /// Gives back what nobody called, and clears the bets into the pot.
    fn end_round(&mut self, events: &mut Vec<Event>) {
        if let Some((number, amount)) = self.uncalled() {
            let stake = self.running_mut().dealt_mut(number);
            stake.bet -= amount;
            stake.total -= amount;
            let seat = self.taken_mut(number);
            seat.money += amount;
            events.push(Event::Returned {
                player: seat.player,
                amount,
            });
            events.push(self.chips_event(number));
        }
        for stake in self.running_mut().stakes.iter_mut().flatten() {
            stake.bet = 0;
            stake.acted_at = None;
        }
    }

    /// Who bet more in this round than anybody else, and how much more.
    fn uncalled(&self) -> Option<(SeatNumber, Chips)> {
        let hand = self.running();
        let live = (0..self.capacity).filter(|&seat| hand.is_live(seat));
        let top = live.max_by_key(|&seat| hand.dealt(seat).bet)?;
        let others = (0..).zip(&hand.stakes).filter(|&(seat, _)| seat != top);
        let second = others
            .filter_map(|(_, stake)| Some(stake.as_ref()?.bet))
            .max()?;
        let more = hand.dealt(top).bet.checked_sub(second)?;
        (more > 0).then_some((top, more))
    }

    fn next_round(&mut self, events: &mut Vec<Event>) {
        let structure = self.structure;
        let hand = self.running_mut();
        (hand.phase, hand.common) = match hand.phase {
            Phase::PreFlop => (Phase::Flop, 3),
            Phase::Flop => (Phase::Turn, 4),
            _ => (Phase::River, 5),
        };
        hand.round = Round {
            step: structure.bet(hand.phase),
            ..Round::default()
        };
        let board: Board = hand.board().iter().copied().collect();
        events.push(Event::Position(None));
        events.push(Event::Board { cards: board });
        events.push(Event::Phase(hand.phase));
    }
}
