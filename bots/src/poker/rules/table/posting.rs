//! Blinds, and the deal.

use super::Table;
use super::state::{Owed, Round, Standing};
use crate::poker::rules::{BlindKind, Event, Phase, PlayerId, Refusal, SeatNumber};

impl Table {
    /// Asks for blinds until someone has to be waited for, or all are posted.
    pub(super) fn ask_for_blinds(&mut self, events: &mut Vec<Event>) {
        loop {
            let hand = self.running_mut();
            hand.turn = None;
            if hand.dealt_count() < 2 {
                return self.cancel(events);
            }
            let posting = hand.posting;
            let Some(&seat) = posting.queue.get(posting.next) else {
                return self.deal(events);
            };
            let Some(owed) = self.owed(seat) else {
                self.running_mut().posting.next += 1;
                continue;
            };
            events.push(Event::Position(Some(self.position(seat))));
            let asked = self.taken(seat);
            if asked.auto_blind {
                self.post(seat, owed, events);
            } else {
                events.push(Event::BlindRequested {
                    player: asked.player,
                    amount: owed.amount,
                    dead: owed.dead,
                    kind: owed.kind,
                });
                return self.ask(seat);
            }
        }
    }

    /// What the player, next in the queue, has to post.
    pub(super) fn owed(&self, number: SeatNumber) -> Option<Owed> {
        let posting = &self.running().posting;
        let standing = self.taken(number).standing;
        let small = self.structure.small_blind();
        let big = self.structure.big_blind();
        let (kind, amount, dead) = match standing {
            Standing::Settled if !posting.small_done => (BlindKind::Small, small, 0),
            // Who has yet to enter does so with the big blind, and the small
            // one is skipped.
            _ if posting.big.is_none() => (BlindKind::Big, big, 0),
            Standing::Settled => return None,
            Standing::New => (BlindKind::Late, big, 0),
            Standing::Missed => (BlindKind::BigAndDead, big, small),
        };
        Some(Owed { kind, amount, dead })
    }

    fn post(&mut self, number: SeatNumber, owed: Owed, events: &mut Vec<Event>) {
        let amount = self.bet(number, owed.amount);
        let seat = self.taken_mut(number);
        let dead = owed.dead.min(seat.money);
        seat.money -= dead;
        seat.standing = Standing::Settled;
        seat.waits = false;
        let player = seat.player;
        let hand = self.running_mut();
        hand.dead += dead;
        hand.posting.next += 1;
        hand.posting.small_done = true;
        if owed.kind == BlindKind::Big {
            hand.posting.big = Some(number);
        }
        events.push(Event::BlindPosted {
            player,
            amount,
            dead,
            kind: owed.kind,
        });
    }

    pub(super) fn is_asked_for_blind(&self, number: SeatNumber) -> bool {
        self.hand
            .as_ref()
            .is_some_and(|hand| hand.phase == Phase::Blinds && hand.turn == Some(number))
    }

    pub(super) fn post_blind(
        &mut self,
        player: PlayerId,
        events: &mut Vec<Event>,
    ) -> Result<(), Refusal> {
        let number = self.seat_number(player)?;
        if !self.is_asked_for_blind(number) {
            return Err(Refusal::NoBlindDue);
        }
        self.post_and_go_on(number, events);
        Ok(())
    }

    /// Posts what the player was asked for.
    pub(super) fn post_and_go_on(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        if let Some(owed) = self.owed(number) {
            self.post(number, owed, events);
        }
        self.ask_for_blinds(events);
    }

    pub(super) fn wait_big_blind(
        &mut self,
        player: PlayerId,
        events: &mut Vec<Event>,
    ) -> Result<(), Refusal> {
        let number = self.seat_number(player)?;
        let big_due = self.is_asked_for_blind(number)
            && self
                .owed(number)
                .is_some_and(|owed| owed.kind == BlindKind::Big);
        let seat = self.taken_mut(number);
        if seat.standing == Standing::Settled || big_due {
            return Err(Refusal::NoBlindToWaitFor);
        }
        seat.waits = true;
        events.push(Event::WaitsForBigBlind { player });
        if self.may_decline(number) {
            self.decline(number, events);
        }
        Ok(())
    }

    /// Whether the player may be dealt in but has not been passed yet by the
    /// posting of blinds, and so can still be left out.
    pub(super) fn may_decline(&self, number: SeatNumber) -> bool {
        self.hand.as_ref().is_some_and(|hand| {
            let posting = &hand.posting;
            hand.phase == Phase::Blinds && posting.queue[posting.next..].contains(&number)
        })
    }

    /// Leaves the player out of the hand.
    pub(super) fn decline(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        let hand = self.running_mut();
        let asked = hand.turn;
        hand.stakes[usize::from(number)] = None;
        if let Some(index) = hand.posting.queue.iter().position(|&seat| seat == number) {
            hand.posting.queue.remove(index);
        }
        if hand.dealt_count() >= 2 {
            self.announce_players(events);
            // Somebody else is still being waited for.
            if asked != Some(number) {
                return;
            }
        }
        self.ask_for_blinds(events);
    }

    /// Too few are left for a hand: who posted gets it back.
    fn cancel(&mut self, events: &mut Vec<Event>) {
        let left = (0..self.capacity).find(|&seat| self.stake(seat).is_some());
        events.push(Event::Position(None));
        let Some(number) = left else {
            events.push(Event::Canceled {
                player: None,
                amount: 0,
            });
            return self.clear(events);
        };
        // Only a small or big blind can have been posted: nothing dead.
        let amount = self.running().dealt(number).total;
        self.hand = None;
        let seat = self.taken_mut(number);
        seat.money += amount;
        events.push(Event::Canceled {
            player: Some(seat.player),
            amount,
        });
        events.push(self.chips_event(number));
        self.clear(events);
    }

    fn deal(&mut self, events: &mut Vec<Event>) {
        let button = self.running().button;
        let big_blind = self.structure.big_blind();
        let order = self.clockwise(button);
        let hand = self.running_mut();
        let count = hand.dealt_count();
        let mut turn = 0;
        events.push(Event::Position(None));
        for number in order {
            let cards = hand.deck.cards();
            let cards = [cards[turn], cards[count + turn]];
            if let Some(stake) = &mut hand.stakes[usize::from(number)] {
                stake.cards = cards;
                turn += 1;
            }
        }
        hand.phase = Phase::PreFlop;
        hand.round = Round {
            highest: big_blind,
            full: big_blind,
            step: big_blind,
            bets: 1,
            aggressor: None,
        };
        // With two players or more, the second to be asked posts the big blind.
        let big = hand.posting.big.expect("the big blind was posted");
        for number in self.clockwise(button) {
            if let Some(stake) = self.stake(number) {
                let player = self.taken(number).player;
                events.push(Event::Dealt {
                    player,
                    cards: stake.cards,
                });
            }
        }
        events.push(Event::Phase(Phase::PreFlop));
        self.go_on(big, events);
    }
}
