//! What happens at a table.

use core::fmt;

use super::{Card, Chips, List, MAX_SEATS, PlayerId, SeatNumber};

/// Players, in an order that the event explains.
pub type Players = List<PlayerId, MAX_SEATS>;

/// The common cards: none, three, four or five.
pub type Board = List<Card, 5>;

/// Where a hand stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// The blinds are being posted.
    Blinds,
    /// The betting round before the flop.
    PreFlop,
    /// The betting round with three common cards.
    Flop,
    /// The betting round with four common cards.
    Turn,
    /// The betting round with five common cards.
    River,
    /// Players choose whether to show hands that they need not show.
    Muck,
    /// The pots are being given out.
    End,
}

impl Phase {
    /// The name on the wire, in `POKER_STATE`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blinds => "blindAnte",
            Self::PreFlop => "pre-flop",
            Self::Flop => "flop",
            Self::Turn => "turn",
            Self::River => "river",
            Self::Muck => "muck",
            Self::End => "end",
        }
    }

    /// Whether players bet in this phase.
    pub fn is_betting(self) -> bool {
        matches!(self, Self::PreFlop | Self::Flop | Self::Turn | Self::River)
    }
}

/// Why a blind is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlindKind {
    /// The small blind.
    Small,
    /// The big blind.
    Big,
    /// As much as the big blind, from who comes to a running game.
    Late,
    /// The same and a dead small blind, from who missed blinds sitting out.
    BigAndDead,
}

impl BlindKind {
    /// The name on the wire, in `POKER_BLIND_REQUEST`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Big => "big",
            Self::Late => "late",
            Self::BigAndDead => "big_and_dead",
        }
    }
}

/// Who is to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// Who.
    pub player: PlayerId,
    /// Where.
    pub seat: SeatNumber,
    /// The player's place in the list of the last [`Event::InGame`].
    pub index: u8,
}

/// One thing that happened, in the order in which things happened.
///
/// Everybody may know everything but the cards of [`Event::Dealt`], which are
/// its player's own. An event carries totals where the protocol wants them:
/// [`Event::Chips`] follows every change of a stack that the other events do
/// not tell the size of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A player took a seat.
    Joined {
        /// Who.
        player: PlayerId,
        /// Where.
        seat: SeatNumber,
    },
    /// A player left; the seat is free.
    Left {
        /// Who.
        player: PlayerId,
        /// From where.
        seat: SeatNumber,
        /// The money taken along.
        money: Chips,
    },
    /// A player brought money. [`Event::Chips`] follows.
    BoughtIn {
        /// Who.
        player: PlayerId,
        /// How much.
        amount: Chips,
    },
    /// A rebuy was taken note of and counts after the hand.
    RebuyWaits {
        /// Who.
        player: PlayerId,
        /// How much.
        amount: Chips,
    },
    /// A rebuy counts. [`Event::Chips`] follows.
    Rebought {
        /// Who.
        player: PlayerId,
        /// How much.
        amount: Chips,
    },
    /// A player will be dealt in.
    Sat {
        /// Who.
        player: PlayerId,
    },
    /// A player will not be dealt in.
    SatOut {
        /// Who.
        player: PlayerId,
    },
    /// A player will sit out, or leave, after this hand.
    SitsOutNextHand {
        /// Who.
        player: PlayerId,
    },
    /// A player posts blinds without being asked, or no longer.
    AutoBlind {
        /// Who.
        player: PlayerId,
        /// From now on?
        on: bool,
    },
    /// A player comes in with the big blind.
    WaitsForBigBlind {
        /// Who.
        player: PlayerId,
    },
    /// A hand starts. [`Event::Chips`] of all who may take part,
    /// [`Event::InGame`] and [`Event::Dealer`] came just before.
    HandStarted {
        /// The number of the hand at this table, from 1 on.
        hand: u64,
    },
    /// Who takes part, by seat; again when the list shrinks.
    InGame {
        /// Who.
        players: Players,
    },
    /// Where the button is.
    Dealer {
        /// This hand's.
        dealer: SeatNumber,
        /// The hand's before.
        previous: Option<SeatNumber>,
    },
    /// A player's stack, and the bet in the current round.
    Chips {
        /// Who.
        player: PlayerId,
        /// Chips bet in the round.
        bet: Chips,
        /// Chips in the stack.
        money: Chips,
    },
    /// Who is to act; `None` between rounds.
    Position(Option<Position>),
    /// A player must say whether to post.
    BlindRequested {
        /// Who.
        player: PlayerId,
        /// Chips that count as a bet.
        amount: Chips,
        /// Chips that go straight to the pot.
        dead: Chips,
        /// What for.
        kind: BlindKind,
    },
    /// A player posted: less than asked for when that was all there was.
    BlindPosted {
        /// Who.
        player: PlayerId,
        /// Chips that count as a bet.
        amount: Chips,
        /// Chips that went straight to the pot.
        dead: Chips,
        /// What for.
        kind: BlindKind,
    },
    /// Too few players posted: there is no hand.
    Canceled {
        /// Who is left, if anybody is.
        player: Option<PlayerId>,
        /// What that player had posted and got back.
        amount: Chips,
    },
    /// A player's own cards, for that player's eyes only.
    Dealt {
        /// Whose.
        player: PlayerId,
        /// Which.
        cards: [Card; 2],
    },
    /// All common cards on the table.
    Board {
        /// Which.
        cards: Board,
    },
    /// The hand reached a phase.
    Phase(Phase),
    /// A player gave up the hand.
    Folded {
        /// Who.
        player: PlayerId,
    },
    /// A player bet nothing.
    Checked {
        /// Who.
        player: PlayerId,
    },
    /// A player called.
    Called {
        /// Who.
        player: PlayerId,
        /// Chips from the stack.
        amount: Chips,
    },
    /// A player bet or raised.
    Raised {
        /// Who.
        player: PlayerId,
        /// Chips from the stack.
        amount: Chips,
        /// The player's whole bet in this round.
        to: Chips,
    },
    /// The part of a bet that nobody called went back.
    /// [`Event::Chips`] follows.
    Returned {
        /// To whom.
        player: PlayerId,
        /// How much.
        amount: Chips,
    },
    /// Players must say whether to muck.
    MuckRequested {
        /// Who.
        players: Players,
    },
    /// A player's cards are turned up.
    Shown {
        /// Whose.
        player: PlayerId,
        /// Which.
        cards: [Card; 2],
    },
    /// A player's cards stay unseen.
    Mucked {
        /// Whose.
        player: PlayerId,
    },
    /// A player got a pot or a share of it.
    Won {
        /// Who.
        player: PlayerId,
        /// How much.
        amount: Chips,
        /// Which: 0 is the main pot.
        pot: u8,
    },
    /// The hand is over, and [`Table::last_hand`](super::Table::last_hand)
    /// tells its result; rebuys, sitting out and leaving follow.
    HandEnded {
        /// Who won chips, by seat.
        winners: Players,
    },
}

/// Joins what can be displayed.
struct Spaced<'a, T>(&'a [T]);

impl<T: fmt::Display> fmt::Display for Spaced<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|item| write!(f, " {item}"))
    }
}

/// One line of a hand history, without a line end: `raised 7 12 to 14`.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Joined { player, seat } => write!(f, "joined {player} seat {seat}"),
            Self::Left { player, money, .. } => write!(f, "left {player} with {money}"),
            Self::BoughtIn { player, amount } => write!(f, "bought-in {player} {amount}"),
            Self::RebuyWaits { player, amount } => write!(f, "rebuy-waits {player} {amount}"),
            Self::Rebought { player, amount } => write!(f, "rebought {player} {amount}"),
            Self::Sat { player } => write!(f, "sat {player}"),
            Self::SatOut { player } => write!(f, "sat-out {player}"),
            Self::SitsOutNextHand { player } => write!(f, "sits-out-next-hand {player}"),
            Self::AutoBlind { player, on } => {
                write!(f, "auto-blind {player} {}", if *on { "on" } else { "off" })
            }
            Self::WaitsForBigBlind { player } => write!(f, "waits-for-big-blind {player}"),
            Self::HandStarted { hand } => write!(f, "hand {hand}"),
            Self::InGame { players } => write!(f, "in-game{}", Spaced(players)),
            Self::Dealer { dealer, .. } => write!(f, "dealer seat {dealer}"),
            Self::Chips { player, bet, money } => write!(f, "chips {player} {money} bet {bet}"),
            Self::Position(Some(position)) => write!(f, "position {}", position.player),
            Self::Position(None) => f.write_str("position none"),
            Self::BlindRequested {
                player,
                amount,
                dead,
                kind,
            } => {
                write!(
                    f,
                    "blind-requested {player} {} {amount} dead {dead}",
                    kind.name()
                )
            }
            Self::BlindPosted {
                player,
                amount,
                dead,
                kind,
            } => {
                write!(f, "blind {player} {} {amount} dead {dead}", kind.name())
            }
            Self::Canceled { amount, .. } => write!(f, "canceled {amount}"),
            Self::Dealt { player, cards } => write!(f, "dealt {player}{}", Spaced(cards)),
            Self::Board { cards } => write!(f, "board{}", Spaced(cards)),
            Self::Phase(phase) => f.write_str(phase.name()),
            Self::Folded { player } => write!(f, "folded {player}"),
            Self::Checked { player } => write!(f, "checked {player}"),
            Self::Called { player, amount } => write!(f, "called {player} {amount}"),
            Self::Raised { player, amount, to } => write!(f, "raised {player} {amount} to {to}"),
            Self::Returned { player, amount } => write!(f, "returned {player} {amount}"),
            Self::MuckRequested { players } => write!(f, "muck-requested{}", Spaced(players)),
            Self::Shown { player, cards } => write!(f, "shown {player}{}", Spaced(cards)),
            Self::Mucked { player } => write!(f, "mucked {player}"),
            Self::Won {
                player,
                amount,
                pot,
            } => write!(f, "won {player} {amount} of pot {pot}"),
            Self::HandEnded { winners } => write!(f, "winners{}", Spaced(winners)),
        }
    }
}
