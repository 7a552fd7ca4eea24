//! How the hand at a bot's table stands, as far as its messages tell.

/// The stack and the bet of a player.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stack {
    serial: u32,
    bet: u32,
    money: u32,
}

/// How the hand at a table stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hand {
    /// Who plays, in the order that positions count in.
    players: Vec<u32>,
    stacks: Vec<Stack>,
    /// Whose turn it is.
    pub(super) to_act: Option<u32>,
    /// It is a round in which players bet.
    pub(super) betting: bool,
    pub(super) hole: Vec<u8>,
    pub(super) board: Vec<u8>,
    /// What was bet in the rounds before, and what is dead.
    collected: u32,
}

impl Hand {
    /// A hand begins. Stacks stay as they were told.
    pub(super) fn begin(&mut self) {
        self.to_act = None;
        self.betting = false;
        self.hole.clear();
        self.board.clear();
        self.collected = 0;
    }

    pub(super) fn set_players(&mut self, players: Vec<u32>) {
        self.players = players;
    }

    pub(super) fn plays(&self, serial: u32) -> bool {
        self.players.contains(&serial)
    }

    /// It is the turn of the player with that place in the list, or nobody's.
    pub(super) fn set_position(&mut self, position: Option<u64>) {
        let place = position.and_then(|position| usize::try_from(position).ok());
        self.to_act = place.and_then(|place| self.players.get(place).copied());
    }

    /// What a player has, told in full.
    pub(super) fn set_stack(&mut self, serial: u32, bet: u32, money: u32) {
        *self.stack(serial) = Stack { serial, bet, money };
    }

    pub(super) fn remove(&mut self, serial: u32) {
        self.stacks.retain(|stack| stack.serial != serial);
    }

    /// A player puts chips into the bet.
    pub(super) fn bet(&mut self, serial: u32, amount: u32) {
        let stack = self.stack(serial);
        stack.bet = stack.bet.saturating_add(amount);
        stack.money = stack.money.saturating_sub(amount);
    }

    /// A player puts chips into the pot that count as no bet.
    pub(super) fn pay_dead(&mut self, serial: u32, amount: u32) {
        let stack = self.stack(serial);
        stack.money = stack.money.saturating_sub(amount);
        self.collected = self.collected.saturating_add(amount);
    }

    /// A player puts in what is due, or all that is left.
    pub(super) fn call(&mut self, serial: u32) {
        self.bet(serial, self.to_call(serial));
    }

    /// A betting round begins: bets go to the pot, except those of the blinds.
    pub(super) fn begin_round(&mut self, first: bool) {
        self.betting = true;
        if !first {
            for stack in &mut self.stacks {
                self.collected = self.collected.saturating_add(stack.bet);
                stack.bet = 0;
            }
        }
    }

    /// The greatest bet of this round.
    pub(super) fn highest(&self) -> u32 {
        self.stacks.iter().map(|stack| stack.bet).max().unwrap_or(0)
    }

    /// What the player must put in to stay.
    pub(super) fn to_call(&self, serial: u32) -> u32 {
        let (bet, money) = self.own(serial);
        self.highest().saturating_sub(bet).min(money)
    }

    /// All chips in the middle.
    pub(super) fn pot(&self) -> u32 {
        let bets = self.stacks.iter().map(|stack| stack.bet);
        bets.fold(self.collected, u32::saturating_add)
    }

    /// The bet and the money of a player.
    pub(super) fn own(&self, serial: u32) -> (u32, u32) {
        let own = self.stacks.iter().find(|stack| stack.serial == serial);
        own.map_or((0, 0), |stack| (stack.bet, stack.money))
    }

    fn stack(&mut self, serial: u32) -> &mut Stack {
        let known = self.stacks.iter().position(|stack| stack.serial == serial);
        let index = known.unwrap_or(self.stacks.len());
        if known.is_none() {
            self.stacks.push(Stack {
                serial,
                bet: 0,
                money: 0,
            });
        }
        &mut self.stacks[index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bets_pots_and_turns_follow_from_the_messages() {
        let mut hand = Hand::default();
        for serial in [4, 5, 6] {
            hand.set_stack(serial, 0, 100);
        }
        hand.begin();
        hand.set_players(vec![4, 5, 6]);
        hand.bet(4, 1);
        hand.bet(5, 2);
        hand.begin_round(true);
        hand.set_position(Some(2));
        assert_eq!((hand.to_act, hand.to_call(6), hand.pot()), (Some(6), 2, 3));
        hand.bet(6, 6);
        assert_eq!((hand.to_call(4), hand.to_call(5)), (5, 4));
        hand.call(4);
        hand.call(5);
        assert_eq!((hand.pot(), hand.to_call(6)), (18, 0));
        hand.begin_round(false);
        assert_eq!((hand.pot(), hand.highest(), hand.own(4)), (18, 0, (0, 94)));
        hand.bet(5, 94);
        hand.bet(6, 10);
        assert_eq!(hand.to_call(6), 84);
        hand.set_position(None);
        assert_eq!(hand.to_act, None);
    }

    #[test]
    fn who_calls_with_too_little_is_all_in() {
        let mut hand = Hand::default();
        hand.set_stack(1, 0, 30);
        hand.set_stack(2, 0, 100);
        hand.bet(2, 50);
        hand.call(1);
        assert_eq!((hand.own(1), hand.pot()), ((30, 0), 80));
    }
}
