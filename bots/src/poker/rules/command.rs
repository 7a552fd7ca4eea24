//! What a table can be asked to do, and why it may refuse.

use super::{Chips, Deck, PlayerId, SeatNumber};

/// One step that someone asks of a [`Table`](super::Table).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Takes a seat, sitting out and without money.
    Join {
        /// Who.
        player: PlayerId,
        /// Where; `None` for the first free seat.
        seat: Option<SeatNumber>,
    },
    /// Brings the first money, or money after losing all, within the limits of
    /// [`Structure::buy_in`](super::Structure::buy_in).
    BuyIn {
        /// Who.
        player: PlayerId,
        /// How much.
        amount: Chips,
    },
    /// Adds money, so that the player then holds an amount within the buy-in
    /// limits. During a hand that the player is in, it waits for the hand's
    /// end.
    Rebuy {
        /// Who.
        player: PlayerId,
        /// How much.
        amount: Chips,
    },
    /// Wants to be dealt in from the next hand on; takes back
    /// [`SitOut`](Command::SitOut) and [`SitOutNextHand`](Command::SitOutNextHand).
    Sit {
        /// Who.
        player: PlayerId,
    },
    /// Stops playing: gives up the running hand (checks if that is free, else
    /// folds, whenever it is the player's turn) and is not dealt in any more.
    SitOut {
        /// Who.
        player: PlayerId,
    },
    /// Plays the running hand to its end and is not dealt in any more.
    SitOutNextHand {
        /// Who.
        player: PlayerId,
    },
    /// Posts blinds without being asked, or no longer.
    AutoBlind {
        /// Who.
        player: PlayerId,
        /// From now on?
        on: bool,
    },
    /// Which hands to muck without being asked, where mucking is allowed.
    AutoMuck {
        /// Who.
        player: PlayerId,
        /// The hand that won because all others folded.
        winning: bool,
        /// A hand that lost a showdown.
        losing: bool,
    },
    /// Posts the blind that the player was asked for.
    PostBlind {
        /// Who.
        player: PlayerId,
    },
    /// Comes in only when the big blind reaches the seat; also an answer to a
    /// request for a late blind.
    WaitBigBlind {
        /// Who.
        player: PlayerId,
    },
    /// Gives up the hand.
    Fold {
        /// Who.
        player: PlayerId,
    },
    /// Bets nothing, nothing being due.
    Check {
        /// Who.
        player: PlayerId,
    },
    /// Puts in what is due, or all that is left.
    Call {
        /// Who.
        player: PlayerId,
    },
    /// Bets or raises.
    Raise {
        /// Who.
        player: PlayerId,
        /// The chips that go from the stack to the bet, those for the call
        /// included, as in the protocol.
        amount: Chips,
    },
    /// Does not show the hand.
    MuckAccept {
        /// Who.
        player: PlayerId,
    },
    /// Shows the hand though it need not be shown.
    MuckDeny {
        /// Who.
        player: PlayerId,
    },
    /// The time for a decision is over: refuses the blind, checks or folds, or
    /// mucks; then sits out, except after a muck.
    Timeout {
        /// Who was to decide.
        player: PlayerId,
    },
    /// Gives up the seat: at once, or when dealt in after the hand, which is
    /// given up as with [`SitOut`](Command::SitOut).
    Leave {
        /// Who.
        player: PlayerId,
    },
    /// Starts a hand.
    StartHand {
        /// The cards.
        deck: Deck,
    },
}

/// Why a command was not carried out. The table is then as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// Player 0 stands for nobody.
    #[error("0 is not a player")]
    NotAPlayer,
    /// The player has no seat here.
    #[error("not seated at this table")]
    NotSeated,
    /// The player has a seat here.
    #[error("already seated at this table")]
    AlreadySeated,
    /// The table has no seat of this number.
    #[error("the table has no such seat")]
    NoSuchSeat,
    /// Someone sits there.
    #[error("the seat is taken")]
    SeatTaken,
    /// All seats are taken.
    #[error("the table is full")]
    TableFull,
    /// The player leaves after this hand.
    #[error("leaving the table")]
    Leaving,
    /// The amount is outside the buy-in limits.
    #[error("wanted an amount from {min} to {max}")]
    BuyInLimits {
        /// The least.
        min: Chips,
        /// The most; less than the least when no amount will do.
        max: Chips,
    },
    /// The player has money here, or is in a hand: wanted a rebuy.
    #[error("already bought in")]
    AlreadyBoughtIn,
    /// The money at the table would no longer fit the protocol's amounts.
    #[error("too much money at the table")]
    TooMuchMoney,
    /// The player has no money here.
    #[error("no money at the table")]
    NoMoney,
    /// The player is playing already.
    #[error("already sitting in")]
    AlreadySitting,
    /// The player is sitting out already.
    #[error("already sitting out")]
    AlreadySittingOut,
    /// The player has paid the blinds and need not wait for one.
    #[error("no blind to wait for")]
    NoBlindToWaitFor,
    /// The player was not asked for a blind.
    #[error("no blind was asked for")]
    NoBlindDue,
    /// Another player is to act, or none.
    #[error("not this player's turn")]
    NotInTurn,
    /// There is a bet to call.
    #[error("cannot check: {to_call} to call")]
    CannotCheck {
        /// What is due.
        to_call: Chips,
    },
    /// There is no bet to call.
    #[error("nothing to call")]
    NothingToCall,
    /// No raise is allowed: the cap is reached, the betting was not reopened,
    /// the others are all in, or the stack is too small.
    #[error("cannot raise")]
    CannotRaise,
    /// The raise is too small or too large.
    #[error("wanted a raise from {min} to {max}")]
    RaiseLimits {
        /// The fewest chips.
        min: Chips,
        /// The most chips.
        max: Chips,
    },
    /// The player was not asked about mucking.
    #[error("no hand to muck or show")]
    NoMuckDue,
    /// A hand is being played.
    #[error("a hand is being played")]
    HandRunning,
    /// Fewer than two players want to play and can.
    #[error("fewer than two players are ready")]
    TooFewPlayers,
}
