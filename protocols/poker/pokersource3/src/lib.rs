//! The poker-network protocol 3.0.0 (2014): its 160 messages and its handshake,
//! declared by what version 2.0.0 is not.
//!
//! The length in front of a message does not count itself any more, amounts
//! that players have are of 64 bits, what was for the graphical client only is
//! gone, tournaments have learned much. What did not change is that of
//! [`pokersource`], and most constants are there. `docs/protocols/` has a page
//! on what readers and writers of both versions do with each other's bytes.
//!
//! ```
//! use pokersource3::{Message, PokerTable};
//!
//! let table = PokerTable {
//!     name: "Sargas".into(),
//!     tourney_serial: 7,
//!     ..PokerTable::default()
//! };
//! assert_eq!(table.betting_structure, "1-2_20-200_limit");
//! let bytes = pickler::encode(&Message::from(table))?;
//! assert_eq!(bytes[0], 73);
//! # Ok::<(), pickler::Error>(())
//! ```

#![allow(
    clippy::struct_excessive_bools,
    reason = "messages hold what the wire holds"
)]

mod message;

pub mod account;
pub mod chat;
pub mod hand;
pub mod monitor;
pub mod seat;
pub mod session;
pub mod table;
pub mod tourney;

pub use account::*;
pub use chat::*;
pub use hand::*;
pub use message::{HANDSHAKE, Message, protocol, schema};
pub use monitor::*;
/// What is as it was.
pub use pokersource::{
    AuthRefused, ErrorReply, Integer, Login, PlayerRow, PokerAllinShowdown, PokerAnte,
    PokerAnteRequest, PokerAutoBlindAnte, PokerAutoFold, PokerAutoMuck, PokerBatchMode,
    PokerBeginRound, PokerBestCards, PokerBet, PokerBetLimit, PokerBlind, PokerBlindRequest,
    PokerBoardCards, PokerBuyIn, PokerBuyInLimits, PokerCall, PokerCanceled, PokerCards,
    PokerCashIn, PokerCashOut, PokerCashOutCommit, PokerCashQuery, PokerChat, PokerCheck,
    PokerChipsBet2player, PokerChipsBet2pot, PokerChipsPlayer2bet, PokerChipsPot2player,
    PokerChipsPotMerge, PokerChipsPotReset, PokerClientPlayerChips, PokerCurrentGames,
    PokerDealCards, PokerDealer, PokerEndRound, PokerEndRoundLast, PokerError, PokerExplain,
    PokerFold, PokerGameMessage, PokerGetPersonalInfo, PokerGetPlayerPlaces,
    PokerGetTourneyManager, PokerGetUserInfo, PokerHandHistory, PokerHandReplay, PokerHandSelect,
    PokerHandSelectAll, PokerHighestBetIncrease, PokerId, PokerInGame, PokerInt, PokerLookCards,
    PokerMessage, PokerMonitorEvent, PokerMuckAccept, PokerMuckDeny, PokerMuckRequest,
    PokerNoautoBlindAnte, PokerPlayerCards, PokerPlayerHandStrength, PokerPlayerLeave,
    PokerPlayerNoCards, PokerPlayerPlaces, PokerPlayerSelf, PokerPlayerStats, PokerPlayerWin,
    PokerPotChips, PokerProcessingHand, PokerRaise, PokerRake, PokerReadyToPlay, PokerRebuy,
    PokerRoles, PokerSeat, PokerSeats, PokerSetLocale, PokerSetRole, PokerShowdown, PokerSit,
    PokerSitOut, PokerSitOutNextTurn, PokerSitRequest, PokerStart, PokerState, PokerStats,
    PokerStatsQuery, PokerStreamMode, PokerTableDestroy, PokerTableJoin, PokerTablePicker,
    PokerTableQuit, PokerTableRequestPlayersList, PokerTableSelect, PokerTableTourneyBreakBegin,
    PokerTableTourneyBreakDone, PokerTimeoutNotice, PokerTourneySelect, PokerWaitBigBlind,
    PokerWin, ProtocolError, Serial, ServerMessage, Str16, Text,
};
pub use seat::*;
pub use session::*;
pub use table::*;
pub use tourney::*;

/// Messages in one, lists among them.
pub type MessageList = pokersource::core::MessageList<Message>;
