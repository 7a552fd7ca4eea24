//! What a table is.

use super::HandSummary;
use crate::poker::rules::{
    BlindKind, Card, Chips, Deck, Event, List, MAX_SEATS, Phase, PlayerId, Players, Position,
    Refusal, SeatNumber, Structure,
};

/// A table: its seats, and the hand being played.
///
/// # House rules
///
/// Where hold'em is played in more than one way, this table plays so:
///
/// - **Button**: it moves clockwise to the next player who is dealt in and has
///   paid the blinds (a moving button, not a dead one). The next such player
///   has the small blind, and the next player of any kind the big blind. With
///   two players the button has the small blind. Who leaves may so save a
///   blind; nobody pays one twice for another's leaving.
/// - **Late entry**: who comes to a running game posts a big blind, or waits
///   until it is due at the seat; nobody comes in between button and small
///   blind. Who sat out while a blind passed posts the big blind and a dead
///   small one. When fewer than two players have paid blinds, the game begins
///   anew and nobody owes anything.
/// - **Refused blinds**: the next player is asked for the same blind; the
///   button stays. (So with two left of three, the button may have the big
///   blind in that hand.) With fewer than two left the hand is cancelled and
///   the blind goes back.
/// - **Short blind**: who cannot pay it is all in; others call the full blind.
/// - **Raises**: no smaller than the last full bet or raise of the round,
///   unless all in. An all-in raise that is smaller does not reopen the
///   betting to who has acted, unless several of them add up to a full raise.
///   With a fixed limit, half a bet counts as a full one, less is completed.
/// - **Fixed limit**: a bet and three raises in a round, also with two players.
/// - **Odd chips** of a split pot go one each to the first winners left of the
///   button.
/// - **Showdown**: the last to bet or raise on the river shows first, else the
///   first left of the button; then clockwise, and who is beaten may muck.
/// - **No rake** is taken.
/// - A player dealt in keeps the seat until the hand is over, also when
///   leaving or cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub(super) structure: Structure,
    pub(super) capacity: u8,
    pub(super) seats: [Option<Seat>; MAX_SEATS],
    /// The last hand's.
    pub(super) button: Option<SeatNumber>,
    /// Hands started.
    pub(super) hands: u64,
    pub(super) hand: Option<Hand>,
    pub(super) last: Option<HandSummary>,
    /// Decisions asked for.
    pub(super) decisions: u64,
}

/// A table cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a table has 2 to 10 seats, not {seats}")]
pub struct TableError {
    /// What was asked for.
    pub seats: u8,
}

/// A taken seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub player: PlayerId,
    /// The stack.
    pub money: Chips,
    /// Rebuys that wait for the hand's end.
    pub waiting: Chips,
    pub presence: Presence,
    pub standing: Standing,
    /// Owes a blind and comes in only with the big one.
    pub waits: bool,
    pub auto_blind: bool,
    pub auto_muck: AutoMuck,
}

/// Whether a player is there. All but the first two last only until the end of
/// the hand that the player is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Out,
    In,
    /// Plays this hand and sits out then.
    LastHand,
    /// Has given up this hand and sits out then.
    GivenUp,
    /// Has given up this hand and leaves then.
    Leaving,
}

/// What a player owes for entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing: plays in turn.
    Settled,
    /// A big blind.
    New,
    /// A big blind and a dead small one.
    Missed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AutoMuck {
    pub winning: bool,
    pub losing: bool,
}

/// The hand being played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hand {
    pub number: u64,
    pub deck: Deck,
    pub phase: Phase,
    pub button: SeatNumber,
    /// Who is dealt in, or may be while blinds are posted.
    pub stakes: [Option<Stake>; MAX_SEATS],
    pub posting: Posting,
    pub round: Round,
    /// How many common cards are on the table.
    pub common: usize,
    /// Whose decision is awaited, about a blind or a bet.
    pub turn: Option<SeatNumber>,
    /// Who may say whether to muck, at the showdown.
    pub may_muck: [bool; MAX_SEATS],
    /// Dead blinds.
    pub dead: Chips,
}

/// A player's part in the hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stake {
    /// The stack when the hand started.
    pub before: Chips,
    pub cards: [Card; 2],
    pub folded: bool,
    pub shown: bool,
    /// Chips bet in this round.
    pub bet: Chips,
    /// Chips bet in the hand; dead ones are not among them.
    pub total: Chips,
    /// The highest bet when the player last acted in this round.
    pub acted_at: Option<Chips>,
}

/// Where the posting of blinds stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Posting {
    /// Who is asked, in this order.
    pub queue: List<SeatNumber, MAX_SEATS>,
    /// The first in the queue who is not done.
    pub next: usize,
    /// The small blind was posted or is skipped.
    pub small_done: bool,
    /// Who posted the big blind.
    pub big: Option<SeatNumber>,
}

/// A betting round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Round {
    /// The bet to match.
    pub highest: Chips,
    /// The same without all-in raises too small to count: a fixed limit's
    /// next bet is one bet more than this.
    pub full: Chips,
    /// The least raise: the last full one, or the size of a bet.
    pub step: Chips,
    /// Bets and raises that count against a fixed limit's cap.
    pub bets: u8,
    /// Who bet or raised last.
    pub aggressor: Option<SeatNumber>,
}

/// A blind that a player owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owed {
    pub kind: BlindKind,
    pub amount: Chips,
    pub dead: Chips,
}

impl Table {
    /// An empty table with this many seats, 2 to 10.
    pub fn new(structure: Structure, seats: u8) -> Result<Self, TableError> {
        if !(2..=MAX_SEATS).contains(&usize::from(seats)) {
            return Err(TableError { seats });
        }
        Ok(Self {
            structure,
            capacity: seats,
            seats: [None; MAX_SEATS],
            button: None,
            hands: 0,
            hand: None,
            last: None,
            decisions: 0,
        })
    }

    /// The seats after `from`, clockwise, `from` itself last.
    pub(super) fn clockwise(&self, from: SeatNumber) -> impl Iterator<Item = SeatNumber> + use<> {
        let capacity = self.capacity;
        (1..=capacity).map(move |step| (from + step) % capacity)
    }

    pub(super) fn seat_number(&self, player: PlayerId) -> Result<SeatNumber, Refusal> {
        (0..self.capacity)
            .find(|&seat| self.seat(seat).is_some_and(|seat| seat.player == player))
            .ok_or(Refusal::NotSeated)
    }

    pub(super) fn seat(&self, number: SeatNumber) -> Option<&Seat> {
        self.seats[usize::from(number)].as_ref()
    }

    /// The seat of someone known to sit there.
    ///
    /// # Panics
    ///
    /// When the seat is free.
    pub(super) fn taken(&self, number: SeatNumber) -> &Seat {
        self.seat(number).expect("a player sits there")
    }

    /// As [`Table::taken`].
    pub(super) fn taken_mut(&mut self, number: SeatNumber) -> &mut Seat {
        self.seats[usize::from(number)]
            .as_mut()
            .expect("a player sits there")
    }

    pub(super) fn stake(&self, number: SeatNumber) -> Option<&Stake> {
        self.hand.as_ref()?.stake(number)
    }

    /// The running hand, where the caller knows that there is one.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub(super) fn running(&self) -> &Hand {
        self.hand.as_ref().expect("a hand is being played")
    }

    /// As [`Table::running`].
    pub(super) fn running_mut(&mut self) -> &mut Hand {
        self.hand.as_mut().expect("a hand is being played")
    }

    /// Moves up to `amount` from the stack to the player's bet, and says how
    /// much that was.
    pub(super) fn bet(&mut self, number: SeatNumber, amount: Chips) -> Chips {
        let seat = self.taken_mut(number);
        let amount = amount.min(seat.money);
        seat.money -= amount;
        let stake = self.running_mut().dealt_mut(number);
        // No overflow: all the table's money fits `Chips`.
        stake.bet += amount;
        stake.total += amount;
        amount
    }

    pub(super) fn position(&self, number: SeatNumber) -> Position {
        let before = (0..number)
            .filter(|&seat| self.stake(seat).is_some())
            .count();
        Position {
            player: self.taken(number).player,
            seat: number,
            index: u8::try_from(before).expect("at most ten seats"),
        }
    }

    pub(super) fn chips_event(&self, number: SeatNumber) -> Event {
        let seat = self.taken(number);
        Event::Chips {
            player: seat.player,
            bet: self.stake(number).map_or(0, |stake| stake.bet),
            money: seat.money,
        }
    }

    /// Asks a player for a decision.
    pub(super) fn ask(&mut self, number: SeatNumber) {
        self.decisions += 1;
        self.running_mut().turn = Some(number);
    }

    pub(super) fn players_where(&self, wanted: impl Fn(SeatNumber) -> bool) -> Players {
        (0..self.capacity)
            .filter(|&seat| wanted(seat))
            .filter_map(|seat| self.seat(seat))
            .map(|seat| seat.player)
            .collect()
    }
}

impl Hand {
    pub fn stake(&self, number: SeatNumber) -> Option<&Stake> {
        self.stakes[usize::from(number)].as_ref()
    }

    /// The stake of someone known to have one.
    ///
    /// # Panics
    ///
    /// When the player is not in the hand.
    pub fn dealt(&self, number: SeatNumber) -> &Stake {
        self.stake(number).expect("the player is in the hand")
    }

    /// As [`Hand::dealt`].
    pub fn dealt_mut(&mut self, number: SeatNumber) -> &mut Stake {
        self.stakes[usize::from(number)]
            .as_mut()
            .expect("the player is in the hand")
    }

    /// Whether the player is in the hand and has not folded.
    pub fn is_live(&self, number: SeatNumber) -> bool {
        self.stake(number).is_some_and(|stake| !stake.folded)
    }

    pub fn live_count(&self) -> usize {
        self.stakes
            .iter()
            .flatten()
            .filter(|stake| !stake.folded)
            .count()
    }

    pub fn dealt_count(&self) -> usize {
        self.stakes.iter().flatten().count()
    }

    /// The common cards on the table.
    pub fn board(&self) -> &[Card] {
        let first = 2 * self.dealt_count();
        &self.deck.cards()[first..first + self.common]
    }
}
