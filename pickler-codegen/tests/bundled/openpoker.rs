//! The protocol of OpenPoker.

use pickler::schema::{Protocol, Schema};
use pickler::{ByteString, Pickle};

/// The protocol: its messages, and what is agreed on beside them.
pub fn protocol() -> Protocol {
    Protocol::new("openpoker", Schema::of::<Message>())
        .version("0.97")
        .doc("The protocol of OpenPoker.")
}

/// A message; each is described at the type of its fields, or here if it has
/// none.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u16, length_first, from, rename_all = SCREAMING_SNAKE_CASE)]
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

/// A request was carried out.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Good {
    /// The code of the request.
    pub cmd: u8,
    /// The table that was made, for a request that makes one; else 0.
    pub extra: u32,
}

/// Logs a player in. The answer is `PID`, or `BAD` with code 1.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Login {
    /// Who.
    pub nick: Str8,
    /// The password, as it was typed.
    pub password: Str8,
}

/// A string: its length in bytes as a `u8`, and so many bytes, whatever they
/// are.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Str8(#[pickle(count = u8)] pub ByteString);

/// The client wants to know what happens at the table from now on. There is no
/// answer.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Watch {
    /// The table.
    pub gid: u32,
}

/// The client wants to know no more. There is no answer.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Unwatch {
    /// The table.
    pub gid: u32,
}

/// Calls; also checks, with amount 0, and posts the blind that was asked for.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Call {
    /// The table.
    pub gid: u32,
    /// More than was asked for is a fold.
    pub amount: Cents,
}

/// An amount of money in hundredths of its unit.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Cents(pub u32);

/// Raises.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Raise {
    /// The table.
    pub gid: u32,
    /// By how much, on top of the call.
    pub amount: Cents,
}

/// Folds; also declines a blind and sits out.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Fold {
    /// The table.
    pub gid: u32,
}

/// Takes a seat. A refusal is silent.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Join {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// What the player brings to the table.
    pub buy_in: Cents,
}

/// Leaves the table. Only the others are told, by `NOTIFY_LEAVE`.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Leave {
    /// The table.
    pub gid: u32,
}

/// Pauses. There is no answer.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct SitOut {
    /// The table.
    pub gid: u32,
}

/// Plays again. There is no answer.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct ComeBack {
    /// The table.
    pub gid: u32,
}

/// Says something to all at the table, oneself included.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Chat {
    /// The table.
    pub gid: u32,
    /// What is said.
    pub message: Str8,
}

/// A table that was asked for.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct GameInfo {
    /// The table.
    pub gid: u32,
    /// 1 Texas hold'em, 2 the same by the rules of IRC.
    pub game_type: u8,
    /// How many seats it has.
    pub seats: u8,
    /// How many are taken.
    pub joined: u8,
    /// How many wait: always 0.
    pub waiting: u8,
    /// 1, a fixed limit: there is no other.
    #[pickle(range = 1..=1)]
    pub limit_type: u8,
    /// The lower limit.
    pub low: Cents,
    /// The higher limit.
    pub high: Cents,
}

/// Who a player is.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct PlayerInfo {
    /// The player.
    pub pid: u32,
    /// What the player has on tables.
    pub in_play: Cents,
    /// The player's nick.
    pub nick: Str8,
    /// Where the player says to be.
    pub location: Str8,
}

/// It is the player's turn; nobody else is told.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct BetRequest {
    /// The table.
    pub gid: u32,
    /// What a call costs.
    pub call: Cents,
    /// The least raise; 0, with the greatest, where a blind is asked for.
    pub raise_min: Cents,
    /// The greatest raise.
    pub raise_max: Cents,
}

/// The player was dealt a card; nobody else is told. It carries the number that
/// the `NOTIFY_PRIVATE` behind it has.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyDraw {
    /// The table.
    pub gid: u32,
    /// 1 is a two, 13 an ace.
    #[pickle(range = 1..=13)]
    pub rank: u8,
    /// 1 clubs, 2 diamonds, 3 hearts, 4 spades.
    #[pickle(range = 1..=4)]
    pub suit: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody was dealt a card.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyPrivate {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// A card on the board.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyShared {
    /// The table.
    pub gid: u32,
    /// 1 is a two, 13 an ace.
    #[pickle(range = 1..=13)]
    pub rank: u8,
    /// 1 clubs, 2 diamonds, 3 hearts, 4 spades.
    #[pickle(range = 1..=4)]
    pub suit: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody sat down.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyJoin {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody left.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyLeave {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody said something.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyChat {
    /// The table.
    pub gid: u32,
    /// The player, 0 for the server.
    pub pid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
    /// What was said.
    pub message: Str8,
}

/// A hand begins.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyStartGame {
    /// The table.
    pub gid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// A hand is over.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyEndGame {
    /// The table.
    pub gid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody won.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyWin {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// How much. Of a pot that is shared, a fraction of a cent is lost.
    pub amount: Cents,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody bet.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyBet {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// How much.
    pub amount: Cents,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody raised.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyRaise {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// By how much.
    pub amount: Cents,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Somebody called.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyCall {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// How much it cost.
    pub amount: Cents,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// The state of a player changed.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct PlayerState {
    /// The table.
    pub gid: u32,
    /// The player.
    pub pid: u32,
    /// A sum: 1 plays, 2 folded, 4 waits for the big blind, 8 sits out, 16 makes
    /// up the big blind, 32 all in, 64 has bet, 128 reserved. Only 2 and 32 are
    /// told.
    pub state: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// The hand goes on.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct GameStage {
    /// The table.
    pub gid: u32,
    /// 1 before the flop, 2 flop, 3 turn, 4 river.
    pub stage: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// The state of a seat.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct SeatState {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// 0 empty, 1 reserved, 2 taken.
    pub state: u8,
    /// The player, 0 if nobody sits there.
    pub pid: u32,
}

/// Who deals.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyButton {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// The login succeeded.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct PlayerId {
    /// The player.
    pub pid: u32,
}

/// Play is elsewhere: what a gateway says to who connects, before it hangs up.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Handoff {
    /// The port there.
    pub port: u16,
    /// The machine.
    pub host: Str8,
}

/// Asks for tables. The answers are `GAME_INFO`, one a table, or nothing.
///
/// An operator is 0 for any number, 1 for this one, 2 for less, 3 for more; any
/// other finds nothing.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct GameQuery {
    /// 1 Texas hold'em, 2 the same by the rules of IRC.
    pub game_type: u8,
    /// 1, a fixed limit.
    pub limit_type: u8,
    /// How the seats are compared.
    pub seats_op: u8,
    /// How many seats.
    pub seats: u8,
    /// How the players are compared.
    pub joined_op: u8,
    /// How many players.
    pub joined: u8,
    /// How those who wait are compared.
    pub waiting_op: u8,
    /// How many wait.
    pub waiting: u8,
}

/// There are not players enough for a hand.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyCancelGame {
    /// The table.
    pub gid: u32,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Asks for the state of each seat. The answers are `SEAT_STATE`, one a seat.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct SeatQuery {
    /// The table.
    pub gid: u32,
}

/// Asks who a player is. The answer is `PLAYER_INFO`, or nothing.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct PlayerInfoRequest {
    /// The player.
    pub pid: u32,
}

/// Makes a table. The answer is `GOOD` with the table's number, or `BAD`.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NewGameRequest {
    /// 1 Texas hold'em, 2 the same by the rules of IRC.
    pub game_type: u8,
    /// How many seats it has.
    pub seats: u8,
    /// 1, a fixed limit: there is no other.
    #[pickle(range = 1..=1)]
    pub limit_type: u8,
    /// The lower limit.
    pub low: Cents,
    /// The higher limit.
    pub high: Cents,
}

/// What the player has.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct BalanceInfo {
    /// What the player has in all.
    pub balance: Cents,
    /// What of it is on tables.
    pub in_play: Cents,
}

/// Who posts the small blind.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifySmallBlind {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// Who posts the big blind.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct NotifyBigBlind {
    /// The table.
    pub gid: u32,
    /// The seat, from 1.
    pub seat: u8,
    /// Counts what is told of the table.
    pub seq: u16,
}

/// A request was refused.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Bad {
    /// The code of the request.
    pub cmd: u8,
    /// Why: 0 unknown, 1 wrong nick or password, 2 the account is disabled, 3
    /// new tables are disabled.
    pub error: u8,
}

/// Makes a table with a stacked deck, on a server that was started for tests.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct MakeTestGame {
    /// What the table is like, as an Erlang external term.
    #[pickle(rest)]
    pub body: ByteString,
}
