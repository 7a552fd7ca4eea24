//! Coming, paying, sitting in and out, going.

use super::Table;
use super::state::{AutoMuck, Presence, Seat, Standing};
use crate::poker::rules::{Chips, Event, Phase, PlayerId, Refusal, SeatNumber};

type Done = Result<(), Refusal>;

impl Table {
    pub(super) fn join(
        &mut self,
        player: PlayerId,
        wanted: Option<SeatNumber>,
        events: &mut Vec<Event>,
    ) -> Done {
        if player == 0 {
            return Err(Refusal::NotAPlayer);
        }
        if self.seat_number(player).is_ok() {
            return Err(Refusal::AlreadySeated);
        }
        let seat = match wanted {
            Some(seat) if seat >= self.capacity => return Err(Refusal::NoSuchSeat),
            Some(seat) if self.seat(seat).is_some() => return Err(Refusal::SeatTaken),
            Some(seat) => seat,
            None => (0..self.capacity)
                .find(|&seat| self.seat(seat).is_none())
                .ok_or(Refusal::TableFull)?,
        };
        self.seats[usize::from(seat)] = Some(Seat {
            player,
            money: 0,
            waiting: 0,
            presence: Presence::Out,
            standing: Standing::New,
            waits: false,
            auto_blind: false,
            auto_muck: AutoMuck {
                winning: true,
                losing: true,
            },
        });
        events.push(Event::Joined { player, seat });
        Ok(())
    }

    pub(super) fn buy_in(
        &mut self,
        player: PlayerId,
        amount: Chips,
        events: &mut Vec<Event>,
    ) -> Done {
        let number = self.seat_number(player)?;
        if self.taken(number).money > 0 || self.stake(number).is_some() {
            return Err(Refusal::AlreadyBoughtIn);
        }
        self.check_amount(0, amount)?;
        self.taken_mut(number).money = amount;
        events.push(Event::BoughtIn { player, amount });
        events.push(self.chips_event(number));
        Ok(())
    }

    pub(super) fn rebuy(
        &mut self,
        player: PlayerId,
        amount: Chips,
        events: &mut Vec<Event>,
    ) -> Done {
        let number = self.seat_number(player)?;
        let seat = self.taken(number);
        if seat.presence == Presence::Leaving {
            return Err(Refusal::Leaving);
        }
        let stake = self.stake(number);
        // What is bet counts as held: it may come back. No overflow, as all
        // the table's money fits `Chips`.
        let held = seat.money + seat.waiting + stake.map_or(0, |stake| stake.total);
        self.check_amount(held, amount)?;
        let in_hand = stake.is_some();
        let seat = self.taken_mut(number);
        if in_hand {
            seat.waiting += amount;
            events.push(Event::RebuyWaits { player, amount });
        } else {
            seat.money += amount;
            events.push(Event::Rebought { player, amount });
            events.push(self.chips_event(number));
        }
        Ok(())
    }

    /// Whether a player who holds this much may bring the amount.
    fn check_amount(&self, held: Chips, amount: Chips) -> Done {
        let limits = self.structure.buy_in();
        let min = limits.min.saturating_sub(held).max(1);
        let max = limits.max.saturating_sub(held);
        if !(min..=max).contains(&amount) {
            return Err(Refusal::BuyInLimits { min, max });
        }
        if self.total_chips() + u64::from(amount) > Chips::MAX.into() {
            return Err(Refusal::TooMuchMoney);
        }
        Ok(())
    }

    pub(super) fn sit(&mut self, player: PlayerId, events: &mut Vec<Event>) -> Done {
        let number = self.seat_number(player)?;
        let seat = self.taken(number);
        match seat.presence {
            Presence::In => return Err(Refusal::AlreadySitting),
            Presence::Leaving => return Err(Refusal::Leaving),
            Presence::Out if seat.money == 0 => return Err(Refusal::NoMoney),
            Presence::Out | Presence::LastHand | Presence::GivenUp => {}
        }
        self.taken_mut(number).presence = Presence::In;
        events.push(Event::Sat { player });
        Ok(())
    }

    pub(super) fn sit_out(&mut self, player: PlayerId, events: &mut Vec<Event>) -> Done {
        let number = self.seat_number(player)?;
        match self.taken(number).presence {
            Presence::Out | Presence::GivenUp => return Err(Refusal::AlreadySittingOut),
            Presence::Leaving => return Err(Refusal::Leaving),
            Presence::In | Presence::LastHand => {}
        }
        if self.stake(number).is_none() {
            self.put_out(number, events);
        } else if self.may_decline(number) {
            self.put_out(number, events);
            self.decline(number, events);
        } else {
            self.give_up(number, Presence::GivenUp, events);
        }
        Ok(())
    }

    pub(super) fn sit_out_next_hand(&mut self, player: PlayerId, events: &mut Vec<Event>) -> Done {
        let number = self.seat_number(player)?;
        match self.taken(number).presence {
            Presence::In => {}
            Presence::Leaving => return Err(Refusal::Leaving),
            Presence::Out | Presence::LastHand | Presence::GivenUp => {
                return Err(Refusal::AlreadySittingOut);
            }
        }
        if self.stake(number).is_none() {
            self.put_out(number, events);
        } else {
            self.taken_mut(number).presence = Presence::LastHand;
            events.push(Event::SitsOutNextHand { player });
        }
        Ok(())
    }

    pub(super) fn leave(&mut self, player: PlayerId, events: &mut Vec<Event>) -> Done {
        let number = self.seat_number(player)?;
        if self.taken(number).presence == Presence::Leaving {
            return Err(Refusal::Leaving);
        }
        if self.stake(number).is_none() {
            self.remove(number, events);
        } else if self.may_decline(number) {
            self.decline(number, events);
            self.remove(number, events);
        } else {
            self.give_up(number, Presence::Leaving, events);
        }
        Ok(())
    }

    pub(super) fn auto_blind(
        &mut self,
        player: PlayerId,
        on: bool,
        events: &mut Vec<Event>,
    ) -> Done {
        let number = self.seat_number(player)?;
        let seat = self.taken_mut(number);
        seat.auto_blind = on;
        seat.waits &= !on;
        events.push(Event::AutoBlind { player, on });
        if on && self.is_asked_for_blind(number) {
            self.post_and_go_on(number, events);
        }
        Ok(())
    }

    pub(super) fn auto_muck(&mut self, player: PlayerId, winning: bool, losing: bool) -> Done {
        let number = self.seat_number(player)?;
        self.taken_mut(number).auto_muck = AutoMuck { winning, losing };
        Ok(())
    }

    pub(super) fn time_out(&mut self, player: PlayerId, events: &mut Vec<Event>) -> Done {
        let number = self.seat_number(player)?;
        let Some(hand) = &self.hand else {
            return Err(Refusal::NotInTurn);
        };
        if hand.may_muck[usize::from(number)] {
            self.conceal(number, events);
            Ok(())
        } else if hand.turn != Some(number) {
            Err(Refusal::NotInTurn)
        } else if hand.phase == Phase::Blinds {
            self.put_out(number, events);
            self.decline(number, events);
            Ok(())
        } else {
            // Not yet given up: the table acts for who has, without waiting.
            self.give_up(number, Presence::GivenUp, events);
            Ok(())
        }
    }

    /// The player sits out from now on.
    pub(super) fn put_out(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        let seat = self.taken_mut(number);
        seat.presence = Presence::Out;
        events.push(Event::SatOut {
            player: seat.player,
        });
    }

    /// The player, who stays in the hand, makes no more decisions in it.
    fn give_up(&mut self, number: SeatNumber, presence: Presence, events: &mut Vec<Event>) {
        let seat = self.taken_mut(number);
        seat.presence = presence;
        events.push(Event::SitsOutNextHand {
            player: seat.player,
        });
        let hand = self.running();
        if hand.may_muck[usize::from(number)] {
            self.conceal(number, events);
        } else if hand.turn == Some(number) {
            self.act_for(number, events);
            self.go_on(number, events);
        }
    }

    /// The player, who is not in a hand, gives up the seat.
    pub(super) fn remove(&mut self, number: SeatNumber, events: &mut Vec<Event>) {
        let seat = self.seats[usize::from(number)].take();
        if let Some(Seat {
            player,
            money,
            waiting,
            ..
        }) = seat
        {
            // No overflow: all the table's money fits `Chips`.
            let money = money + waiting;
            events.push(Event::Left {
                player,
                seat: number,
                money,
            });
        }
    }
}
