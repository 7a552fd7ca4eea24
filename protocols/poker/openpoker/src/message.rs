//! The table of all messages.

use std::sync::LazyLock;

use pickler::Pickle;
use pickler::schema::{Protocol, Schema};

#[allow(
    clippy::wildcard_imports,
    reason = "the table names all types of fields"
)]
use crate::*;

/// A message; each is described at the type of its fields, or here if it has
/// none.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(
    tag = u8,
    length = u16,
    length_first,
    from,
    rename_all = SCREAMING_SNAKE_CASE
)]
#[expect(
    missing_docs,
    reason = "a message with fields is described at their type"
)]
pub enum Message {
    #[pickle(tag = 0, direction = to_client)]
    Good(Good),
    #[pickle(tag = 1, direction = to_server)]
    Login(Login),
    /// Ends the login, not the connection. The answer is `GOOD`.
    #[pickle(tag = 2, direction = to_server)]
    Logout,
    #[pickle(tag = 3, direction = to_server)]
    Watch(Watch),
    #[pickle(tag = 4, direction = to_server)]
    Unwatch(Unwatch),
    #[pickle(tag = 6, direction = to_server)]
    Call(Call),
    #[pickle(tag = 7, direction = to_server)]
    Raise(Raise),
    #[pickle(tag = 8, direction = to_server)]
    Fold(Fold),
    #[pickle(tag = 9, direction = to_server)]
    Join(Join),
    #[pickle(tag = 10, direction = to_server)]
    Leave(Leave),
    #[pickle(tag = 11, direction = to_server)]
    SitOut(SitOut),
    #[pickle(tag = 12, direction = to_server)]
    ComeBack(ComeBack),
    #[pickle(tag = 13, direction = to_server)]
    Chat(Chat),
    #[pickle(tag = 14, direction = to_client)]
    GameInfo(GameInfo),
    #[pickle(tag = 15, direction = to_client)]
    PlayerInfo(PlayerInfo),
    #[pickle(tag = 17, direction = to_client)]
    BetReq(BetRequest),
    #[pickle(tag = 18, direction = to_client)]
    NotifyDraw(NotifyDraw),
    #[pickle(tag = 19, direction = to_client)]
    NotifyPrivate(NotifyPrivate),
    #[pickle(tag = 20, direction = to_client)]
    NotifyShared(NotifyShared),
    #[pickle(tag = 21, direction = to_client)]
    NotifyJoin(NotifyJoin),
    #[pickle(tag = 22, direction = to_client)]
    NotifyLeave(NotifyLeave),
    #[pickle(tag = 23, direction = to_client)]
    NotifyChat(NotifyChat),
    #[pickle(tag = 24, direction = to_client)]
    NotifyStartGame(NotifyStartGame),
    #[pickle(tag = 25, direction = to_client)]
    NotifyEndGame(NotifyEndGame),
    #[pickle(tag = 26, direction = to_client)]
    NotifyWin(NotifyWin),
    #[pickle(tag = 27, direction = to_client)]
    NotifyBet(NotifyBet),
    #[pickle(tag = 29, direction = to_client)]
    NotifyRaise(NotifyRaise),
    #[pickle(tag = 30, direction = to_client)]
    NotifyCall(NotifyCall),
    #[pickle(tag = 31, direction = to_client)]
    PlayerState(PlayerState),
    #[pickle(tag = 32, direction = to_client)]
    GameStage(GameStage),
    #[pickle(tag = 33, direction = to_client)]
    SeatState(SeatState),
    #[pickle(tag = 34, direction = to_client)]
    NotifyButton(NotifyButton),
    #[pickle(tag = 35, direction = to_client)]
    Pid(PlayerId),
    #[pickle(tag = 36, direction = to_client)]
    Handoff(Handoff),
    #[pickle(tag = 37, direction = to_server)]
    GameQuery(GameQuery),
    #[pickle(tag = 38, direction = to_client)]
    NotifyCancelGame(NotifyCancelGame),
    #[pickle(tag = 39, direction = to_server)]
    SeatQuery(SeatQuery),
    #[pickle(tag = 40, direction = to_server)]
    PlayerInfoReq(PlayerInfoRequest),
    #[pickle(tag = 41, direction = to_server)]
    NewGameReq(NewGameRequest),
    /// Asks what the player has. The answer is `BALANCE_INFO`.
    #[pickle(tag = 42, direction = to_server)]
    BalanceReq,
    #[pickle(tag = 43, direction = to_client)]
    BalanceInfo(BalanceInfo),
    #[pickle(tag = 44, direction = to_client)]
    NotifySb(NotifySmallBlind),
    #[pickle(tag = 45, direction = to_client)]
    NotifyBb(NotifyBigBlind),
    #[pickle(tag = 250, direction = to_client)]
    Bad(Bad),
    #[pickle(tag = 252, direction = to_server)]
    MakeTestGame(MakeTestGame),
    /// The answer to `PING`.
    #[pickle(tag = 253, direction = to_client)]
    Pong,
    /// Asks whether the server is there. The answer is `PONG`.
    #[pickle(tag = 254, direction = to_server)]
    Ping,
}

/// What all messages look like on the wire.
pub fn schema() -> &'static Schema {
    &protocol().schema
}

/// The messages, and what is agreed on beside them.
pub fn protocol() -> &'static Protocol {
    static PROTOCOL: LazyLock<Protocol> = LazyLock::new(|| {
        Protocol::new("openpoker", Schema::of::<Message>())
            .version("0.97")
            .doc("The protocol of OpenPoker.")
    });
    &PROTOCOL
}
