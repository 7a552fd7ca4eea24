//! Who is dealt in, and where the button goes.

use super::Table;
use super::state::{Hand, Posting, Presence, Round, Stake, Standing};
use crate::poker::rules::{Deck, Event, List, MAX_SEATS, Phase, Refusal, SeatNumber};

/// Seats in the order in which they are asked for blinds.
type Queue = List<SeatNumber, MAX_SEATS>;

impl Table {
    pub(super) fn start_hand(
        &mut self,
        deck: Deck,
        events: &mut Vec<Event>,
    ) -> Result<(), Refusal> {
        self.can_start()?;
        self.begin_anew_if_needed();
        let button = self.next_button();
        let queue = self.queue(button);
        self.note_missed_blinds(button, queue[1]);

        let previous = self.button.replace(button);
        self.hands += 1;
        let mut stakes = [None; MAX_SEATS];
        for &seat in &queue {
            let before = self.taken(seat).money;
            stakes[usize::from(seat)] = Some(Stake {
                before,
                // Dealt when the blinds are posted.
                cards: [deck.cards()[0]; 2],
                folded: false,
                shown: false,
                bet: 0,
                total: 0,
                acted_at: None,
            });
        }
        self.hand = Some(Hand {
            number: self.hands,
            deck,
            phase: Phase::Blinds,
            button,
            stakes,
            posting: Posting {
                queue,
                ..Posting::default()
            },
            round: Round::default(),
            common: 0,
            turn: None,
            may_muck: [false; MAX_SEATS],
            dead: 0,
        });

        let dealt = (0..self.capacity).filter(|&seat| self.stake(seat).is_some());
        events.extend(dealt.map(|seat| self.chips_event(seat)));
        self.announce_players(events);
        events.push(Event::Dealer {
            dealer: button,
            previous,
        });
        events.push(Event::HandStarted { hand: self.hands });
        self.ask_for_blinds(events);
        Ok(())
    }

    /// Whether the player wants to play and can.
    pub(super) fn is_ready(&self, number: SeatNumber) -> bool {
        self.seat(number)
            .is_some_and(|seat| seat.presence == Presence::In && seat.money > 0)
    }

    fn is_settled(&self, number: SeatNumber) -> bool {
        self.is_ready(number) && self.taken(number).standing == Standing::Settled
    }

    /// With fewer than two players who have paid blinds there is no game to
    /// come late to.
    fn begin_anew_if_needed(&mut self) {
        if (0..self.capacity)
            .filter(|&seat| self.is_settled(seat))
            .count()
            >= 2
        {
            return;
        }
        for number in 0..self.capacity {
            if self.is_ready(number) {
                let seat = self.taken_mut(number);
                seat.standing = Standing::Settled;
                seat.waits = false;
            }
        }
    }

    fn next_button(&self) -> SeatNumber {
        let last = self.button.unwrap_or(self.capacity - 1);
        // At least two players are settled once the game has begun anew.
        self.clockwise(last)
            .find(|&seat| self.is_settled(seat))
            .expect("settled players")
    }

    /// Small blind, big blind, then the others; only those who may be dealt
    /// in. The second is where the big blind falls.
    fn queue(&self, button: SeatNumber) -> Queue {
        let after = |seat, wanted: &dyn Fn(SeatNumber) -> bool| {
            // The button is settled and ready, so there is always one.
            self.clockwise(seat)
                .find(|&seat| wanted(seat))
                .expect("a ready player")
        };
        let small = after(button, &|seat| self.is_settled(seat));
        let big = after(small, &|seat| self.is_ready(seat));
        if big == button {
            return [button, small].into_iter().collect();
        }
        let others = self
            .clockwise(big)
            .take_while(|&seat| seat != button)
            .chain([button])
            .filter(|&seat| {
                self.is_settled(seat) || (self.is_ready(seat) && !self.taken(seat).waits)
            });
        [small, big].into_iter().chain(others).collect()
    }

    /// Who sits out while a blind passes owes it.
    fn note_missed_blinds(&mut self, button: SeatNumber, big: SeatNumber) {
        for number in self.clockwise(button).take_while(|&seat| seat != big) {
            if let Some(seat) = &mut self.seats[usize::from(number)]
                && seat.presence == Presence::Out
                && seat.standing == Standing::Settled
            {
                seat.standing = Standing::Missed;
            }
        }
    }

    pub(super) fn announce_players(&self, events: &mut Vec<Event>) {
        let players = self.players_where(|seat| self.stake(seat).is_some());
        events.push(Event::InGame { players });
    }
}
