//! Hands told step by step, and random ones.

mod betting;
mod blinds;
mod hands;
mod pots;
mod random;
mod seating;

use super::Table;
use super::state::Standing;
use crate::poker::rules::{
    Card, Chips, Command, Deck, Event, PlayerId, RaiseRange, Refusal, Waiting,
};

/// A table with players 1, 2, 3… in seats 0, 1, 2…, sitting in with auto
/// blinds and the blinds paid. The first button is player 1's.
struct Game {
    table: Table,
    events: Vec<Event>,
    /// What the table must hold.
    total: u64,
}

impl Game {
    fn new(structure: &str, stacks: &[Chips]) -> Self {
        let mut game = Self {
            table: Table::new(structure.parse().unwrap(), 10).unwrap(),
            events: Vec::new(),
            total: 0,
        };
        for (player, &stack) in (1..).zip(stacks) {
            game.seat(player, stack);
            game.table
                .taken_mut(u8::try_from(player - 1).unwrap())
                .standing = Standing::Settled;
        }
        game.events.clear();
        game
    }

    /// Seats a player with any stack, also one that could not be bought.
    fn seat(&mut self, player: PlayerId, stack: Chips) {
        self.ok(Command::Join { player, seat: None });
        let number = self.table.seat_number(player).unwrap();
        self.table.taken_mut(number).money = stack;
        self.total += u64::from(stack);
        self.ok(Command::AutoBlind { player, on: true });
        self.ok(Command::Sit { player });
    }

    /// The command is carried out, and no chip appears or vanishes.
    fn ok(&mut self, command: Command) {
        let known = self.events.len();
        if let Err(refusal) = self.table.apply(command, &mut self.events) {
            panic!("{command:?} is refused: {refusal}\n{}", self.story());
        }
        if let Command::BuyIn { amount, .. } | Command::Rebuy { amount, .. } = command {
            self.total += u64::from(amount);
        }
        for event in &self.events[known..] {
            if let Event::Left { money, .. } = event {
                self.total -= u64::from(*money);
            }
        }
        assert_eq!(self.table.total_chips(), self.total, "{}", self.story());
    }

    /// The command is refused, and changes nothing.
    fn refused(&mut self, command: Command) -> Refusal {
        let (table, events) = (self.table.clone(), self.events.clone());
        let refusal = self
            .table
            .apply(command, &mut self.events)
            .expect_err("a refusal");
        assert_eq!((&self.table, &self.events), (&table, &events));
        refusal
    }

    /// Starts a hand with these cards on top of the deck.
    fn start(&mut self, cards: &str) {
        let cards: Vec<Card> = cards
            .split_whitespace()
            .map(|card| card.parse().unwrap())
            .collect();
        self.events.clear();
        let deck = Deck::starting_with(&cards).expect("no card twice");
        self.ok(Command::StartHand { deck });
    }

    fn fold(&mut self, player: PlayerId) {
        self.ok(Command::Fold { player });
    }

    fn check(&mut self, player: PlayerId) {
        self.ok(Command::Check { player });
    }

    fn call(&mut self, player: PlayerId) {
        self.ok(Command::Call { player });
    }

    fn raise(&mut self, player: PlayerId, amount: Chips) {
        self.ok(Command::Raise { player, amount });
    }

    /// Who is in turn, what a call takes, and the limits of a raise.
    fn turn(&self) -> (PlayerId, Chips, Option<(Chips, Chips)>) {
        match self.table.waiting() {
            Some(Waiting::Action(legal)) => {
                let range = |RaiseRange { min, max }| (min, max);
                (legal.player, legal.to_call, legal.raise.map(range))
            }
            other => panic!("waiting for {other:?}\n{}", self.story()),
        }
    }

    fn money(&self, player: PlayerId) -> Chips {
        self.table.player(player).unwrap().money
    }

    fn moneys(&self) -> Vec<Chips> {
        self.table.players().map(|seat| seat.money).collect()
    }

    /// The hand's events, a line each, but those that only repeat sums.
    fn story(&self) -> String {
        self.events
            .iter()
            .filter(|event| !matches!(event, Event::Chips { .. } | Event::Position(_)))
            .fold(String::new(), |story, event| {
                story + &event.to_string() + "\n"
            })
    }

    fn told(&self, line: &str) -> bool {
        self.story().lines().any(|told| told == line)
    }

    fn is_over(&self) -> bool {
        self.table.phase().is_none()
    }
}
