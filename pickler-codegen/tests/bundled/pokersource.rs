//! The poker-network protocol of 2011: its messages, handshake and framing.

use pickler::schema::{Protocol, Schema};
use pickler::{ByteString, Pickle};

/// The protocol: its messages, and what is agreed on beside them.
pub fn protocol() -> Protocol {
    Protocol::new("pokersource", Schema::of::<Message>())
        .version("2.0.0")
        .doc("The poker-network protocol of 2011: its messages, handshake and framing.")
        .handshake(*b"CGI 002.000\n", *b"CGI 002.000\n")
}

/// A message.
///
/// On the wire it is its code in one byte, its length in two, these three
/// bytes included, and its fields. Each is described at the type of its
/// fields, or here if it has none.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u16, length_counts = message, from, rename_all = SCREAMING_SNAKE_CASE)]
pub enum Message {
    /// Nothing at all.
    #[pickle(tag = 0, direction = internal)]
    None,
    #[pickle(tag = 1, direction = internal)]
    String(Text),
    #[pickle(tag = 2, direction = internal)]
    Int(Integer),
    #[pickle(tag = 3, direction = to_client)]
    Error(ErrorReply),
    /// A request was carried out.
    #[pickle(tag = 4, direction = to_client)]
    Ack,
    /// Keeps the connection alive; the server only notes that the client is
    /// still there.
    #[pickle(tag = 5, direction = to_server)]
    Ping,
    #[pickle(tag = 6, direction = to_client)]
    Serial(Serial),
    /// The client is about to close the connection. There is no answer.
    #[pickle(tag = 7, direction = to_server)]
    Quit,
    /// The login succeeded; `SERIAL` follows.
    #[pickle(tag = 8, direction = to_client)]
    AuthOk,
    #[pickle(tag = 9, direction = to_client)]
    AuthRefused(AuthRefused),
    #[pickle(tag = 10, direction = to_server)]
    Login(Login),
    /// A request needs a login that has not taken place.
    #[pickle(tag = 11, direction = to_client)]
    AuthRequest,
    #[pickle(tag = 12, direction = internal)]
    List(MessageList),
    /// Ends the login, not the connection. There is no answer.
    #[pickle(tag = 13, direction = to_server)]
    Logout,
    /// The connection is ready.
    #[pickle(tag = 14, direction = internal)]
    Bootstrap,
    #[pickle(tag = 15, direction = internal)]
    ProtocolError(ProtocolError),
    #[pickle(tag = 16, direction = to_client)]
    Message(ServerMessage),
    #[pickle(tag = 50, direction = to_client)]
    PokerSeats(PokerSeats),
    #[pickle(tag = 51, direction = internal)]
    PokerId(PokerId),
    #[pickle(tag = 52, direction = to_client)]
    PokerMessage(PokerMessage),
    #[pickle(tag = 53, direction = to_client)]
    PokerError(PokerError),
    #[pickle(tag = 54, direction = to_client)]
    PokerPosition(PokerPosition),
    #[pickle(tag = 55, direction = internal)]
    PokerInt(PokerInt),
    #[pickle(tag = 56, direction = internal)]
    PokerBet(PokerBet),
    #[pickle(tag = 57, direction = both)]
    PokerFold(PokerFold),
    #[pickle(tag = 58, direction = to_client)]
    PokerState(PokerState),
    #[pickle(tag = 59, direction = to_client)]
    PokerWin(PokerWin),
    #[pickle(tag = 60, direction = internal)]
    PokerCards(PokerCards),
    #[pickle(tag = 61, direction = to_client)]
    PokerPlayerCards(PokerPlayerCards),
    #[pickle(tag = 62, direction = to_client)]
    PokerBoardCards(PokerBoardCards),
    #[pickle(tag = 63, direction = internal)]
    PokerChips(PokerChips),
    #[pickle(tag = 64, direction = to_client)]
    PokerPlayerChips(PokerPlayerChips),
    #[pickle(tag = 65, direction = both)]
    PokerCheck(PokerCheck),
    #[pickle(tag = 66, direction = both)]
    PokerStart(PokerStart),
    #[pickle(tag = 67, direction = to_client)]
    PokerInGame(PokerInGame),
    #[pickle(tag = 68, direction = both)]
    PokerCall(PokerCall),
    #[pickle(tag = 69, direction = both)]
    PokerRaise(PokerRaise),
    #[pickle(tag = 70, direction = to_client)]
    PokerDealer(PokerDealer),
    #[pickle(tag = 71, direction = to_server)]
    PokerTableJoin(PokerTableJoin),
    #[pickle(tag = 72, direction = to_server)]
    PokerTableSelect(PokerTableSelect),
    #[pickle(tag = 73, direction = both)]
    PokerTable(Box<PokerTable>),
    #[pickle(tag = 74, direction = to_client)]
    PokerTableList(PokerTableList),
    #[pickle(tag = 75, direction = both)]
    PokerSit(PokerSit),
    #[pickle(tag = 76, direction = to_client)]
    PokerTableDestroy(PokerTableDestroy),
    #[pickle(tag = 77, direction = to_client)]
    PokerTimeoutWarning(PokerTimeoutWarning),
    #[pickle(tag = 78, direction = to_client)]
    PokerTimeoutNotice(PokerTimeoutNotice),
    #[pickle(tag = 79, direction = both)]
    PokerSeat(PokerSeat),
    #[pickle(tag = 80, direction = to_client)]
    PokerTableMove(PokerTableMove),
    #[pickle(tag = 81, direction = both)]
    PokerPlayerLeave(PokerPlayerLeave),
    #[pickle(tag = 82, direction = both)]
    PokerSitOut(PokerSitOut),
    #[pickle(tag = 83, direction = to_server)]
    PokerTableQuit(PokerTableQuit),
    #[pickle(tag = 84, direction = to_server)]
    PokerBuyIn(PokerBuyIn),
    #[pickle(tag = 85, direction = both)]
    PokerRebuy(PokerRebuy),
    #[pickle(tag = 86, direction = both)]
    PokerChat(PokerChat),
    #[pickle(tag = 87, direction = both)]
    PokerPlayerInfo(Box<PokerPlayerInfo>),
    #[pickle(tag = 88, direction = to_client)]
    PokerPlayerArrive(Box<PokerPlayerArrive>),
    #[pickle(tag = 89, direction = to_server)]
    PokerHandSelect(PokerHandSelect),
    #[pickle(tag = 90, direction = to_client)]
    PokerHandList(Box<PokerHandList>),
    #[pickle(tag = 91, direction = to_server)]
    PokerHandSelectAll(PokerHandSelectAll),
    #[pickle(tag = 92, direction = to_client)]
    PokerUserInfo(Box<PokerUserInfo>),
    #[pickle(tag = 93, direction = to_server)]
    PokerGetUserInfo(PokerGetUserInfo),
    #[pickle(tag = 94, direction = both)]
    PokerAnte(PokerAnte),
    #[pickle(tag = 95, direction = both)]
    PokerBlind(PokerBlind),
    #[pickle(tag = 96, direction = to_server)]
    PokerWaitBigBlind(PokerWaitBigBlind),
    #[pickle(tag = 97, direction = both)]
    PokerAutoBlindAnte(PokerAutoBlindAnte),
    #[pickle(tag = 98, direction = both)]
    PokerNoautoBlindAnte(PokerNoautoBlindAnte),
    #[pickle(tag = 99, direction = to_client)]
    PokerCanceled(PokerCanceled),
    #[pickle(tag = 100, direction = to_client)]
    PokerBlindRequest(PokerBlindRequest),
    #[pickle(tag = 101, direction = to_client)]
    PokerAnteRequest(PokerAnteRequest),
    #[pickle(tag = 102, direction = to_client)]
    PokerAutoFold(PokerAutoFold),
    #[pickle(tag = 103, direction = to_client)]
    PokerWaitFor(PokerWaitFor),
    #[pickle(tag = 104, direction = to_client)]
    PokerStreamMode(PokerStreamMode),
    #[pickle(tag = 105, direction = to_client)]
    PokerBatchMode(PokerBatchMode),
    #[pickle(tag = 106, direction = both)]
    PokerLookCards(PokerLookCards),
    #[pickle(tag = 107, direction = to_server)]
    PokerTableRequestPlayersList(PokerTableRequestPlayersList),
    #[pickle(tag = 108, direction = to_client)]
    PokerPlayersList(PokerPlayersList),
    #[pickle(tag = 109, direction = both)]
    PokerPersonalInfo(Box<PokerPersonalInfo>),
    #[pickle(tag = 110, direction = to_server)]
    PokerGetPersonalInfo(PokerGetPersonalInfo),
    #[pickle(tag = 111, direction = to_server)]
    PokerTourneySelect(PokerTourneySelect),
    #[pickle(tag = 112, direction = to_client)]
    PokerTourney(Box<PokerTourney>),
    #[pickle(tag = 113, direction = to_client)]
    PokerTourneyInfoOld(Box<PokerTourneyInfoOld>),
    #[pickle(tag = 114, direction = to_client)]
    PokerTourneyList(PokerTourneyList),
    #[pickle(tag = 115, direction = to_server)]
    PokerTourneyRequestPlayersList(PokerTourneyRequestPlayersList),
    #[pickle(tag = 116, direction = both)]
    PokerTourneyRegister(PokerTourneyRegister),
    #[pickle(tag = 117, direction = both)]
    PokerTourneyUnregister(PokerTourneyUnregister),
    #[pickle(tag = 118, direction = to_client)]
    PokerTourneyPlayersList(PokerTourneyPlayersList),
    #[pickle(tag = 119, direction = both)]
    PokerHandHistory(PokerHandHistory),
    #[pickle(tag = 120, direction = to_server)]
    PokerSetAccount(Box<PokerSetAccount>),
    #[pickle(tag = 121, direction = to_server)]
    PokerCreateAccount(Box<PokerCreateAccount>),
    #[pickle(tag = 122, direction = to_client)]
    PokerPlayerSelf(PokerPlayerSelf),
    /// Asks for `POKER_PLAYER_INFO` of the player that has logged in.
    #[pickle(tag = 123, direction = to_server)]
    PokerGetPlayerInfo,
    #[pickle(tag = 124, direction = to_client)]
    PokerRoles(PokerRoles),
    #[pickle(tag = 125, direction = to_server)]
    PokerSetRole(PokerSetRole),
    #[pickle(tag = 126, direction = to_server)]
    PokerReadyToPlay(PokerReadyToPlay),
    #[pickle(tag = 127, direction = to_server)]
    PokerProcessingHand(PokerProcessingHand),
    #[pickle(tag = 128, direction = to_client)]
    PokerMuckRequest(PokerMuckRequest),
    #[pickle(tag = 129, direction = to_server)]
    PokerAutoMuck(PokerAutoMuck),
    #[pickle(tag = 130, direction = to_server)]
    PokerMuckAccept(PokerMuckAccept),
    #[pickle(tag = 131, direction = to_server)]
    PokerMuckDeny(PokerMuckDeny),
    #[pickle(tag = 132, direction = to_server)]
    PokerCashIn(Box<PokerCashIn>),
    #[pickle(tag = 133, direction = both)]
    PokerCashOut(Box<PokerCashOut>),
    #[pickle(tag = 134, direction = to_server)]
    PokerCashOutCommit(PokerCashOutCommit),
    #[pickle(tag = 135, direction = to_server)]
    PokerCashQuery(PokerCashQuery),
    #[pickle(tag = 136, direction = to_client)]
    PokerRake(PokerRake),
    #[pickle(tag = 137, direction = to_client)]
    PokerTourneyRank(PokerTourneyRank),
    #[pickle(tag = 138, direction = both)]
    PokerPlayerImage(PokerPlayerImage),
    #[pickle(tag = 139, direction = to_server)]
    PokerGetPlayerImage(PokerGetPlayerImage),
    #[pickle(tag = 140, direction = to_server)]
    PokerHandReplay(PokerHandReplay),
    #[pickle(tag = 141, direction = to_client)]
    PokerGameMessage(PokerGameMessage),
    #[pickle(tag = 142, direction = to_server)]
    PokerExplain(PokerExplain),
    #[pickle(tag = 143, direction = to_server)]
    PokerStatsQuery(PokerStatsQuery),
    #[pickle(tag = 144, direction = to_client)]
    PokerStats(PokerStats),
    #[pickle(tag = 145, direction = to_client)]
    PokerBuyInLimits(PokerBuyInLimits),
    /// Asks to be told of events by `POKER_MONITOR_EVENT`.
    #[pickle(tag = 146, direction = to_server)]
    PokerMonitor,
    #[pickle(tag = 147, direction = to_client)]
    PokerMonitorEvent(PokerMonitorEvent),
    #[pickle(tag = 148, direction = to_server)]
    PokerGetTourneyManager(PokerGetTourneyManager),
    /// The state of a tournament; what it says is not on the binary wire.
    #[pickle(tag = 149, direction = to_client)]
    PokerTourneyManager,
    #[pickle(tag = 151, direction = to_server)]
    PokerGetPlayerPlaces(PokerGetPlayerPlaces),
    #[pickle(tag = 152, direction = to_client)]
    PokerPlayerPlaces(PokerPlayerPlaces),
    #[pickle(tag = 153, direction = to_server)]
    PokerSetLocale(PokerSetLocale),
    #[pickle(tag = 154, direction = to_client)]
    PokerTableTourneyBreakBegin(PokerTableTourneyBreakBegin),
    #[pickle(tag = 155, direction = to_client)]
    PokerTableTourneyBreakDone(PokerTableTourneyBreakDone),
    #[pickle(tag = 156, direction = to_client)]
    PokerTourneyStart(PokerTourneyStart),
    #[pickle(tag = 161, direction = to_client)]
    PokerPlayerStats(PokerPlayerStats),
    /// The details of a tournament; what they say is not on the binary
    /// wire.
    #[pickle(tag = 164, direction = to_client)]
    PokerTourneyInfo,
    #[pickle(tag = 165, direction = to_server)]
    PokerTablePicker(Box<PokerTablePicker>),
    #[pickle(tag = 166, direction = to_server)]
    PokerCreateTourney(Box<PokerCreateTourney>),
    /// Waits for messages.
    #[pickle(tag = 167, direction = to_server)]
    PokerLongPoll,
    /// Stops waiting for messages.
    #[pickle(tag = 168, direction = to_server)]
    PokerLongPollReturn,
    #[pickle(tag = 170, direction = internal)]
    PokerBestCards(Box<PokerBestCards>),
    #[pickle(tag = 171, direction = internal)]
    PokerPotChips(PokerPotChips),
    #[pickle(tag = 172, direction = internal)]
    PokerClientAction(PokerClientAction),
    #[pickle(tag = 173, direction = internal)]
    PokerBetLimit(PokerBetLimit),
    #[pickle(tag = 174, direction = internal)]
    PokerSitRequest(PokerSitRequest),
    #[pickle(tag = 175, direction = internal)]
    PokerPlayerNoCards(PokerPlayerNoCards),
    #[pickle(tag = 176, direction = internal)]
    PokerChipsPlayer2bet(PokerChipsPlayer2bet),
    #[pickle(tag = 177, direction = internal)]
    PokerChipsBet2pot(PokerChipsBet2pot),
    #[pickle(tag = 178, direction = internal)]
    PokerChipsPot2player(PokerChipsPot2player),
    #[pickle(tag = 179, direction = internal)]
    PokerChipsPotMerge(PokerChipsPotMerge),
    #[pickle(tag = 180, direction = internal)]
    PokerChipsPotReset(PokerChipsPotReset),
    #[pickle(tag = 181, direction = internal)]
    PokerChipsBet2player(PokerChipsBet2player),
    #[pickle(tag = 182, direction = internal)]
    PokerEndRound(PokerEndRound),
    #[pickle(tag = 183, direction = internal)]
    PokerDisplayNode(PokerDisplayNode),
    #[pickle(tag = 184, direction = internal)]
    PokerDealCards(PokerDealCards),
    #[pickle(tag = 185, direction = internal)]
    PokerChatHistory(PokerChatHistory),
    #[pickle(tag = 186, direction = internal)]
    PokerDisplayCard(PokerDisplayCard),
    #[pickle(tag = 187, direction = internal)]
    PokerSelfInPosition(PokerSelfInPosition),
    #[pickle(tag = 188, direction = internal)]
    PokerSelfLostPosition(PokerSelfLostPosition),
    #[pickle(tag = 189, direction = internal)]
    PokerHighestBetIncrease(PokerHighestBetIncrease),
    #[pickle(tag = 190, direction = internal)]
    PokerPlayerWin(PokerPlayerWin),
    #[pickle(tag = 191, direction = internal)]
    PokerAnimationPlayerNoise(PokerAnimationPlayerNoise),
    #[pickle(tag = 192, direction = internal)]
    PokerAnimationPlayerFold(PokerAnimationPlayerFold),
    #[pickle(tag = 193, direction = internal)]
    PokerAnimationPlayerBet(PokerAnimationPlayerBet),
    #[pickle(tag = 194, direction = internal)]
    PokerAnimationPlayerChips(Box<PokerAnimationPlayerChips>),
    #[pickle(tag = 195, direction = internal)]
    PokerAnimationDealerChange(PokerAnimationDealerChange),
    #[pickle(tag = 196, direction = internal)]
    PokerAnimationDealerButton(PokerAnimationDealerButton),
    #[pickle(tag = 197, direction = internal)]
    PokerBeginRound(PokerBeginRound),
    #[pickle(tag = 198, direction = internal)]
    PokerCurrentGames(PokerCurrentGames),
    #[pickle(tag = 199, direction = internal)]
    PokerEndRoundLast(PokerEndRoundLast),
    #[pickle(tag = 200, direction = internal)]
    PokerPythonAnimation(PokerPythonAnimation),
    #[pickle(tag = 201, direction = internal)]
    PokerSitOutNextTurn(PokerSitOutNextTurn),
    #[pickle(tag = 202, direction = internal)]
    PokerRendererState(PokerRendererState),
    #[pickle(tag = 203, direction = internal)]
    PokerChatWord(PokerChatWord),
    #[pickle(tag = 204, direction = internal)]
    PokerShowdown(PokerShowdown),
    #[pickle(tag = 205, direction = internal)]
    PokerClientPlayerChips(PokerClientPlayerChips),
    /// A command to the user interface; what it says is not on the binary
    /// wire.
    #[pickle(tag = 206, direction = internal)]
    PokerInterfaceCommand,
    #[pickle(tag = 207, direction = internal)]
    PokerPlayerMeLookCards(PokerPlayerMeLookCards),
    #[pickle(tag = 208, direction = internal)]
    PokerPlayerMeInFirstPerson(PokerPlayerMeInFirstPerson),
    #[pickle(tag = 209, direction = internal)]
    PokerAllinShowdown(PokerAllinShowdown),
    #[pickle(tag = 210, direction = internal)]
    PokerPlayerHandStrength(PokerPlayerHandStrength),
}

/// A text.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct Text {
    /// The text.
    pub string: Str16,
}

/// A string: its length in bytes as a `u16`, and so many bytes.
///
/// It has no charset and no terminator. What people type is UTF-8 nowadays and
/// was Latin-1 when the protocol was young, so nothing is refused for what its
/// bytes are.
#[derive(Pickle, Clone, Debug, Default, PartialEq)]
pub struct Str16(#[pickle(count = u16)] pub ByteString);

/// A number.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct Integer {
    /// The number.
    pub value: u32,
}

/// A request was refused.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct ErrorReply {
    /// What is wrong, in words.
    #[pickle(default = Str16("no message".into()))]
    pub message: Str16,
    /// What is wrong: a constant of the type that was refused.
    pub code: u32,
    /// The code of the message that was refused.
    #[pickle(default = 3)]
    pub other_type: u8,
}

/// The serial of the player that has logged in.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct Serial {
    /// The player.
    pub serial: u32,
}

/// The login failed.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct AuthRefused {
    /// What is wrong, in words.
    #[pickle(default = Str16("no message".into()))]
    pub message: Str16,
    /// What is wrong: a constant of the type that was refused.
    pub code: u32,
    /// The code of the message that was refused.
    #[pickle(default = 3)]
    pub other_type: u8,
}

/// Logs in. `AUTH_OK` and `SERIAL` answer, or `AUTH_REFUSED`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct Login {
    /// The account's name.
    #[pickle(default = Str16("unknown".into()))]
    pub name: Str16,
    /// The password.
    #[pickle(default = Str16("unknown".into()))]
    pub password: Str16,
}

/// Messages in one, lists among them.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct MessageList {
    /// The messages.
    #[pickle(count = u16)]
    pub packets: Vec<Message>,
}

/// The other end speaks another version of the protocol.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct ProtocolError {
    /// What is wrong, in words.
    #[pickle(default = Str16("no message".into()))]
    pub message: Str16,
    /// What is wrong: a constant of the type that was refused.
    pub code: u32,
    /// The code of the message that was refused.
    #[pickle(default = 3)]
    pub other_type: u8,
}

/// A text from the server to the person at the client.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct ServerMessage {
    /// The text.
    pub string: Str16,
}

/// Who sits where.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSeats {
    /// The player on each seat, 0 where nobody sits.
    #[pickle(count = u8)]
    pub seats: Vec<u32>,
    /// The table.
    pub game_id: u32,
}

/// A player at a table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerId {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// A text from the server to the people at a table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerMessage {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The text.
    pub string: Str16,
}

/// A request that concerns a table was refused.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerError {
    /// The player.
    pub serial: u32,
    /// The table, 0 if none is concerned.
    pub game_id: u32,
    /// What is wrong, in words.
    #[pickle(default = Str16("no message".into()))]
    pub message: Str16,
    /// What is wrong: a constant of the type that was refused.
    pub code: u32,
    /// The code of the message that was refused.
    #[pickle(default = 53)]
    pub other_type: u8,
}

/// Whose turn it is.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPosition {
    /// The table.
    pub game_id: u32,
    /// The position of the player whose turn it is, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub position: Option<u8>,
}

/// An amount that concerns a player at a table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerInt {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// An amount that a player bets.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBet {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// The player gives up the hand.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerFold {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The hand enters another round.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerState {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The round's name, such as `flop`, or `end`.
    pub string: Str16,
}

/// Who won the hand.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerWin {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The winners.
    #[pickle(count = u8)]
    pub serials: Vec<u32>,
}

/// Cards of a player at a table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The cards, 255 for each that is hidden.
    #[pickle(count = u8)]
    pub cards: Vec<u8>,
}

/// The cards that a player holds: open to their owner and at the showdown, 255
/// for each card that stays hidden.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The cards, 255 for each that is hidden.
    #[pickle(count = u8)]
    pub cards: Vec<u8>,
}

/// The cards on the board.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBoardCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The cards, 255 for each that is hidden.
    #[pickle(count = u8)]
    pub cards: Vec<u8>,
}

/// Chips in front of a player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChips {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much is bet in this round.
    pub bet: u32,
}

/// Chips in front of a player, and those behind.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerChips {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much is bet in this round.
    pub bet: u32,
    /// How much is behind the bet.
    pub money: u32,
}

/// The player passes without betting.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCheck {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// A hand begins. From a client that owns the table: begin the next hand.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerStart {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How many hands were played at the table before.
    pub hands_count: u32,
    /// How long the table has been at play, in seconds.
    pub time: u32,
    /// The hand.
    pub hand_serial: u32,
    /// The blinds' level in a tournament.
    pub level: u8,
}

/// Who plays this hand.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerInGame {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The players of the hand.
    #[pickle(count = u8)]
    pub players: Vec<u32>,
}

/// The player matches the highest bet.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCall {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player raises.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerRaise {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// By how much the bet goes up; the table's limits apply.
    pub amount: u32,
}

/// The dealer button moves.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerDealer {
    /// The table.
    pub game_id: u32,
    /// The seat with the button, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub dealer: Option<u8>,
    /// The seat that had it, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub previous_dealer: Option<u8>,
}

/// Asks to watch a table. `POKER_TABLE` and the state of the table answer; a
/// `POKER_TABLE` with id 0 says that it failed.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTableJoin {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Asks for the tables that match. `POKER_TABLE_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTableSelect {
    /// Which: `my`, or currency, kind of poker and betting structure, parted by
    /// tabs.
    pub string: Str16,
}

/// Describes a table. From a client: create one like this.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTable {
    /// The table; 0 if there is none.
    pub id: u32,
    /// How many seats.
    #[pickle(default = 10)]
    pub seats: u8,
    /// How much is won in a hand, on average.
    pub average_pot: u32,
    /// How many hands are played in an hour.
    pub hands_per_hour: u16,
    /// How many of a hundred players see the flop.
    pub percent_flop: u8,
    /// How many players have a seat.
    pub players: u8,
    /// How many watch.
    pub observers: u16,
    /// How many wait for a seat.
    pub waiting: u8,
    /// How long a player may take to act, in seconds.
    pub player_timeout: u16,
    /// How long a player may take to show or hide cards, in seconds.
    pub muck_timeout: u16,
    /// The currency.
    pub currency_serial: u32,
    /// The table's name.
    #[pickle(default = Str16("noname".into()))]
    pub name: Str16,
    /// The kind of poker, such as `holdem`.
    #[pickle(default = Str16("holdem".into()))]
    pub variant: Str16,
    /// Blinds and limits by name, such as `2-4-limit`.
    #[pickle(default = Str16("2-4-limit".into()))]
    pub betting_structure: Str16,
    /// What the table looks like.
    #[pickle(default = Str16("default".into()))]
    pub skin: Str16,
    /// Why the server describes the table: a `REASON` constant.
    pub reason: Str16,
}

/// The tables that match a `POKER_TABLE_SELECT`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTableList {
    /// A `POKER_TABLE` for each.
    #[pickle(count = u16)]
    pub packets: Vec<Message>,
    /// How many players are at all tables.
    pub players: u32,
    /// How many tables there are.
    pub tables: u32,
}

/// The player takes part in the next hands.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSit {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The table is gone.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTableDestroy {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player takes long to act.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTimeoutWarning {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How long the player still has, in seconds.
    #[pickle(default = 2147483647)]
    pub timeout: u32,
}

/// The player took too long to act.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTimeoutNotice {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Takes a seat. The server answers with the seat given, or none if it refuses.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSeat {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The seat; from a client, none is any seat; from the server, none is a
    /// refusal.
    #[pickle(none = 255, shown(null = -1))]
    pub seat: Option<u8>,
}

/// The player is moved to another table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTableMove {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The seat at the other table.
    #[pickle(none = 255, shown(null = -1))]
    pub seat: Option<u8>,
    /// The other table.
    #[pickle(default = 2147483647)]
    pub to_game_id: u32,
}

/// The player leaves the table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerLeave {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The seat, from 0.
    #[pickle(none = 255, shown(null = -1))]
    pub seat: Option<u8>,
}

/// The player stays at the table, but takes no part in the next hands.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSitOut {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Stops watching a table. There is no answer.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTableQuit {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Brings money to the table. What is below the table's minimum is raised to
/// it.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBuyIn {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// Brings more money to the table. The server tells everybody once it counts.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerRebuy {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// Somebody says something at a table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChat {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// What is said.
    pub message: Str16,
}

/// Name and looks of a player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerInfo {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The player's name.
    #[pickle(default = Str16("noname".into()))]
    pub name: Str16,
    /// What the player wears.
    #[pickle(default = Str16("random".into()))]
    pub outfit: Str16,
    /// Where more of the looks can be fetched.
    #[pickle(default = Str16("random".into()))]
    pub url: Str16,
}

/// A player takes a seat.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerArrive {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The player's name.
    #[pickle(default = Str16("noname".into()))]
    pub name: Str16,
    /// What the player wears.
    #[pickle(default = Str16("random".into()))]
    pub outfit: Str16,
    /// Where more of the looks can be fetched.
    #[pickle(default = Str16("random".into()))]
    pub url: Str16,
    /// What the player owes: `late`, `big`, ..., `None`, or `False`.
    #[pickle(shown("None" = null, "False" = false), default = Str16("late".into()))]
    pub blind: Str16,
    /// The player leaves once the hand is over.
    pub remove_next_turn: bool,
    /// The player sits out.
    #[pickle(default = true)]
    pub sit_out: bool,
    /// The player sits out once the hand is over.
    pub sit_out_next_turn: bool,
    /// The player is away, and the server acts in their place.
    pub auto: bool,
    /// Blinds and antes are paid without asking.
    pub auto_blind_ante: bool,
    /// The player waits before taking part.
    pub wait_for: bool,
    /// The player has brought money to the table.
    pub buy_in_payed: bool,
    /// The seat, from 0.
    #[pickle(none = 255)]
    pub seat: Option<u8>,
}

/// Asks for the serials of hands that match. `POKER_HAND_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerHandSelect {
    /// What to look for.
    pub string: Str16,
    /// How many of the matching to leave out.
    pub start: u32,
    /// How many to tell at most.
    #[pickle(default = 50)]
    pub count: u8,
}

/// The hands that match a `POKER_HAND_SELECT`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerHandList {
    /// What to look for.
    pub string: Str16,
    /// How many of the matching to leave out.
    pub start: u32,
    /// How many to tell at most.
    #[pickle(default = 50)]
    pub count: u8,
    /// The hands' serials.
    #[pickle(count = u8)]
    pub hands: Vec<u32>,
    /// How many match in all.
    #[pickle(default = 2147483647)]
    pub total: u32,
}

/// Asks for the serials of all hands that match. `POKER_HAND_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerHandSelectAll {
    /// What to look for.
    pub string: Str16,
}

/// What the server knows of a player, without what is private.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerUserInfo {
    /// The player.
    pub serial: u32,
    /// How strong the player is.
    #[pickle(default = 1500)]
    pub rating: u32,
    /// Who brought the player to the server.
    pub affiliate: u32,
    /// The player's name.
    #[pickle(default = Str16("unknown".into()))]
    pub name: Str16,
    /// The password; empty where the server tells it.
    pub password: Str16,
    /// The mail address.
    pub email: Str16,
    /// What the player has, in each currency.
    #[pickle(count = u16)]
    pub money: Vec<Money>,
}

/// What a player has in one currency.
///
/// The order of such rows in a message means nothing.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(row, default)]
pub struct Money {
    /// The currency.
    pub currency: u32,
    /// What is in the bank.
    pub bankroll: u32,
    /// What is at tables and in tournaments.
    pub in_game: u32,
    /// What is not money, but counts.
    pub points: u32,
}

/// Asks for `POKER_USER_INFO`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerGetUserInfo {
    /// The player.
    pub serial: u32,
}

/// The player pays the ante.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAnte {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// The player pays a blind.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBlind {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
    /// How much of it is dead money, which does not count as a bet.
    pub dead: u32,
}

/// The player waits for the big blind instead of paying a blind now.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerWaitBigBlind {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Blinds and antes are paid without asking. The server repeats what is in
/// force.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAutoBlindAnte {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Blinds and antes are asked for each time. The server repeats what is in
/// force.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerNoautoBlindAnte {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The hand is off: too few players paid.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCanceled {
    /// The player that gets money back, if there is one.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much that player gets back, in chips.
    pub amount: u32,
}

/// Asks the player to pay a blind.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBlindRequest {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
    /// How much of it is dead money, which does not count as a bet.
    pub dead: u32,
    /// Which blind: `small`, `big`, `late`, ...
    #[pickle(default = Str16("unknown".into()))]
    pub state: Str16,
}

/// Asks the player to pay the ante.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAnteRequest {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much, in chips.
    pub amount: u32,
}

/// The player is away and folds without being asked.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAutoFold {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player waits before taking part.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerWaitFor {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// For what: `late`, `big`, ...
    pub reason: Str16,
}

/// What follows happens now; see `POKER_BATCH_MODE`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerStreamMode {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// What follows, until `POKER_STREAM_MODE`, tells what happened before.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBatchMode {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player looks at their cards.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerLookCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Asks who is at a table. `POKER_PLAYERS_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTableRequestPlayersList {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Who is at a table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayersList {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Who is there.
    #[pickle(count = u16)]
    pub players: Vec<PlayerRow>,
}

/// A player in a list of players.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(row, default)]
pub struct PlayerRow {
    /// The player's name.
    pub name: Str16,
    /// How many chips the player has.
    pub chips: u32,
    /// The player's state, as the table or tournament sees it.
    pub flag: u8,
}

/// What the server knows of a player, with what is private. From a client:
/// change it.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPersonalInfo {
    /// The player.
    pub serial: u32,
    /// How strong the player is.
    #[pickle(default = 1500)]
    pub rating: u32,
    /// Who brought the player to the server.
    pub affiliate: u32,
    /// The player's name.
    #[pickle(default = Str16("unknown".into()))]
    pub name: Str16,
    /// The password; empty where the server tells it.
    pub password: Str16,
    /// The mail address.
    pub email: Str16,
    /// What the player has, in each currency.
    #[pickle(count = u16)]
    pub money: Vec<Money>,
    /// First name.
    pub firstname: Str16,
    /// Last name.
    pub lastname: Str16,
    /// Street.
    pub addr_street: Str16,
    /// Street, second line.
    pub addr_street2: Str16,
    /// Postal code.
    pub addr_zip: Str16,
    /// Town.
    pub addr_town: Str16,
    /// State.
    pub addr_state: Str16,
    /// Country.
    pub addr_country: Str16,
    /// Telephone.
    pub phone: Str16,
    /// Gender.
    pub gender: Str16,
    /// Date of birth.
    pub birthdate: Str16,
}

/// Asks for `POKER_PERSONAL_INFO`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerGetPersonalInfo {
    /// The player.
    pub serial: u32,
}

/// Asks for the tournaments that match. `POKER_TOURNEY_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourneySelect {
    /// What to look for.
    pub string: Str16,
}

/// Describes a tournament.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourney {
    /// The tournament.
    pub serial: u32,
    /// What it takes to enter.
    #[pickle(default = 10)]
    pub buy_in: u32,
    /// When it begins, in seconds since 1970.
    pub start_time: u32,
    /// It begins as soon as it is full.
    #[pickle(shown(false = "n", true = "y"), default = true)]
    pub sit_n_go: bool,
    /// How many can take part.
    pub players_quota: u16,
    /// How many take part.
    pub registered: u16,
    /// The currency.
    pub currency_serial: u32,
    /// When the first break begins, in seconds after the start.
    pub breaks_first: u16,
    /// How long play lasts between breaks, in seconds.
    pub breaks_interval: u16,
    /// How long a break lasts, in seconds.
    pub breaks_duration: u16,
    /// What it is, in a line.
    #[pickle(default = Str16("nodescription_short".into()))]
    pub description_short: Str16,
    /// The kind of poker, such as `holdem`.
    #[pickle(default = Str16("holdem".into()))]
    pub variant: Str16,
    /// The state, by name.
    #[pickle(default = Str16("announced".into()))]
    pub state: Str16,
    /// The tournament's name.
    #[pickle(default = Str16("noname".into()))]
    pub name: Str16,
}

/// Describes a tournament at length. Nobody sends it any more; its name went to
/// `POKER_TOURNEY_INFO`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourneyInfoOld {
    /// The tournament.
    pub serial: u32,
    /// What it takes to enter.
    #[pickle(default = 10)]
    pub buy_in: u32,
    /// When it begins, in seconds since 1970.
    pub start_time: u32,
    /// It begins as soon as it is full.
    #[pickle(shown(false = "n", true = "y"), default = true)]
    pub sit_n_go: bool,
    /// How many can take part.
    pub players_quota: u16,
    /// How many take part.
    pub registered: u16,
    /// The currency.
    pub currency_serial: u32,
    /// When the first break begins, in seconds after the start.
    pub breaks_first: u16,
    /// How long play lasts between breaks, in seconds.
    pub breaks_interval: u16,
    /// How long a break lasts, in seconds.
    pub breaks_duration: u16,
    /// What it is, in a line.
    #[pickle(default = Str16("nodescription_short".into()))]
    pub description_short: Str16,
    /// The kind of poker, such as `holdem`.
    #[pickle(default = Str16("holdem".into()))]
    pub variant: Str16,
    /// The state, by name.
    #[pickle(default = Str16("announced".into()))]
    pub state: Str16,
    /// The tournament's name.
    #[pickle(default = Str16("noname".into()))]
    pub name: Str16,
    /// What it is, at length.
    #[pickle(default = Str16("no long description".into()))]
    pub description_long: Str16,
}

/// The tournaments that match a `POKER_TOURNEY_SELECT`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourneyList {
    /// A `POKER_TOURNEY` for each.
    #[pickle(count = u16)]
    pub packets: Vec<Message>,
    /// How many players are in tournaments.
    pub players: u32,
    /// How many tournaments there are.
    pub tourneys: u32,
}

/// Asks who takes part in a tournament. `POKER_TOURNEY_PLAYERS_LIST` answers.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourneyRequestPlayersList {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
}

/// Enters a tournament. The server repeats it, or answers with an error.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourneyRegister {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
}

/// Withdraws from a tournament. The server repeats it, or answers with an
/// error.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourneyUnregister {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
}

/// Who takes part in a tournament.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourneyPlayersList {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
    /// Who takes part.
    #[pickle(count = u16)]
    pub players: Vec<PlayerRow>,
}

/// Asks for the record of a hand. The server answers with the same, filled in.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerHandHistory {
    /// The player.
    pub serial: u32,
    /// The hand's serial.
    pub game_id: u32,
    /// What happened, as the server keeps it.
    pub history: Str16,
    /// The players' names by serial, as the server keeps them.
    pub serial2name: Str16,
}

/// Changes an account. `POKER_PERSONAL_INFO` answers, or an error.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSetAccount {
    /// The player.
    pub serial: u32,
    /// How strong the player is.
    #[pickle(default = 1500)]
    pub rating: u32,
    /// Who brought the player to the server.
    pub affiliate: u32,
    /// The player's name.
    #[pickle(default = Str16("unknown".into()))]
    pub name: Str16,
    /// The new password; empty to keep the old one.
    pub password: Str16,
    /// The mail address.
    pub email: Str16,
    /// Not looked at.
    #[pickle(count = u16)]
    pub money: Vec<Money>,
    /// First name.
    pub firstname: Str16,
    /// Last name.
    pub lastname: Str16,
    /// Street.
    pub addr_street: Str16,
    /// Street, second line.
    pub addr_street2: Str16,
    /// Postal code.
    pub addr_zip: Str16,
    /// Town.
    pub addr_town: Str16,
    /// State.
    pub addr_state: Str16,
    /// Country.
    pub addr_country: Str16,
    /// Telephone.
    pub phone: Str16,
    /// Gender.
    pub gender: Str16,
    /// Date of birth.
    pub birthdate: Str16,
}

/// Creates an account. `POKER_PERSONAL_INFO` answers, or an error with a code
/// of `POKER_SET_ACCOUNT`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCreateAccount {
    /// The player.
    pub serial: u32,
    /// How strong the player is.
    #[pickle(default = 1500)]
    pub rating: u32,
    /// Who brought the player to the server.
    pub affiliate: u32,
    /// The player's name.
    #[pickle(default = Str16("unknown".into()))]
    pub name: Str16,
    /// The password.
    pub password: Str16,
    /// The mail address.
    pub email: Str16,
    /// Not looked at.
    #[pickle(count = u16)]
    pub money: Vec<Money>,
    /// First name.
    pub firstname: Str16,
    /// Last name.
    pub lastname: Str16,
    /// Street.
    pub addr_street: Str16,
    /// Street, second line.
    pub addr_street2: Str16,
    /// Postal code.
    pub addr_zip: Str16,
    /// Town.
    pub addr_town: Str16,
    /// State.
    pub addr_state: Str16,
    /// Country.
    pub addr_country: Str16,
    /// Telephone.
    pub phone: Str16,
    /// Gender.
    pub gender: Str16,
    /// Date of birth.
    pub birthdate: Str16,
}

/// The client's own player is about to be told of.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerSelf {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// What roles the player has.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerRoles {
    /// The player.
    pub serial: u32,
    /// The roles' names.
    pub roles: Str16,
}

/// Takes on a role. `POKER_ROLES` answers, or an error. Nobody takes a seat
/// without the role `PLAY`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSetRole {
    /// The player.
    pub serial: u32,
    /// The roles' names.
    pub roles: Str16,
}

/// The client has shown the last hand and is ready for the next.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerReadyToPlay {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The client is still busy showing the last hand.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerProcessingHand {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Who may hide their cards at the end of the hand.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerMuckRequest {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The players that may hide their cards.
    #[pickle(count = u8)]
    pub muckable_serials: Vec<u32>,
}

/// When the player hides cards without being asked.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAutoMuck {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// In which cases, one bit for each.
    #[pickle(default = 255)]
    pub auto_muck: u8,
}

/// The player hides the cards.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerMuckAccept {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player shows the cards.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerMuckDeny {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Turns a banknote into money at the server.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCashIn {
    /// The player.
    pub serial: u32,
    /// Where the currency is issued.
    #[pickle(default = Str16("UNKNOWN".into()))]
    pub url: Str16,
    /// The banknote's name.
    #[pickle(default = Str16("UNKNOWN".into()))]
    pub name: Str16,
    /// What the application needs to know it again.
    pub application_data: Str16,
    /// The banknote's serial.
    pub bserial: u32,
    /// The banknote's value.
    pub value: u32,
}

/// Turns money at the server into a banknote. The server answers with the same,
/// filled in.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCashOut {
    /// The player.
    pub serial: u32,
    /// Where the currency is issued.
    #[pickle(default = Str16("UNKNOWN".into()))]
    pub url: Str16,
    /// The banknote's name.
    #[pickle(default = Str16("UNKNOWN".into()))]
    pub name: Str16,
    /// What the application needs to know it again.
    pub application_data: Str16,
    /// The banknote's serial.
    pub bserial: u32,
    /// The banknote's value.
    pub value: u32,
}

/// The client has the banknote of a `POKER_CASH_OUT` safe.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCashOutCommit {
    /// The transaction, as `POKER_CASH_OUT` named it.
    pub transaction_id: Str16,
}

/// Asks whether a transaction took place.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCashQuery {
    /// What the application needs to know it again.
    pub application_data: Str16,
}

/// What the house takes from the pot.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerRake {
    /// How much the house takes.
    pub value: u32,
    /// The table.
    pub game_id: u32,
}

/// The player is out of the tournament.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourneyRank {
    /// The player.
    pub serial: u32,
    /// The tournament.
    pub game_id: u32,
    /// How many players there were.
    pub players: u32,
    /// What the player won.
    pub money: u32,
    /// The player's place, from 1.
    #[pickle(default = 2147483647)]
    pub rank: u32,
}

/// A player's picture. From a client: change it.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerImage {
    /// The player.
    pub serial: u32,
    /// The picture, as text.
    pub image: Str16,
    /// Its media type.
    #[pickle(default = Str16("image/png".into()))]
    pub image_type: Str16,
}

/// Asks for `POKER_PLAYER_IMAGE`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerGetPlayerImage {
    /// The player.
    pub serial: u32,
}

/// Asks to be told a hand once more.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerHandReplay {
    /// The hand's serial.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// A text from the server to everybody at a table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerGameMessage {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The text.
    pub string: Str16,
}

/// Asks the server to work out for the client what it could work out itself;
/// see the family of the inferred messages.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerExplain {
    /// How much: a constant of this type.
    pub value: u32,
}

/// Asks for `POKER_STATS`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerStatsQuery {
    /// What to look for.
    pub string: Str16,
}

/// How busy the server is.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerStats {
    /// How many players are connected.
    pub players: u32,
    /// How many hands were played.
    pub hands: u32,
    /// How many bytes came in.
    pub bytesin: u32,
    /// How many bytes went out.
    pub bytesout: u32,
}

/// How much money a player can bring to a table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBuyInLimits {
    /// The table.
    pub game_id: u32,
    /// The least.
    pub min: u32,
    /// The greatest.
    pub max: u32,
    /// What is recommended.
    pub best: u32,
    /// The least for a rebuy.
    pub rebuy_min: u32,
}

/// Something happened at the server.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerMonitorEvent {
    /// What happened: a constant of this type.
    pub event: u32,
    /// Depends on the event.
    pub param1: u32,
    /// Depends on the event.
    pub param2: u32,
    /// Depends on the event.
    pub param3: u32,
}

/// Asks for `POKER_TOURNEY_MANAGER`.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerGetTourneyManager {
    /// The tournament.
    pub tourney_serial: u32,
}

/// Asks where a player is, by serial or by name. `POKER_PLAYER_PLACES` answers.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerGetPlayerPlaces {
    /// The player.
    pub serial: u32,
    /// The player's name, where the serial is 0.
    pub name: Str16,
}

/// Where a player is.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerPlaces {
    /// The player.
    pub serial: u32,
    /// The tables that the player is at.
    #[pickle(count = u8)]
    pub tables: Vec<u32>,
    /// The tournaments that the player is in.
    #[pickle(count = u8)]
    pub tourneys: Vec<u32>,
}

/// Sets the language of what the server says.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSetLocale {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The language, such as `en_US`.
    #[pickle(default = Str16("en_US".into()))]
    pub locale: Str16,
}

/// A tournament's break begins.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTableTourneyBreakBegin {
    /// The table.
    pub game_id: u32,
    /// When it is over, in seconds since 1970.
    pub resume_time: u32,
}

/// A tournament's break is over.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTableTourneyBreakDone {
    /// The table.
    pub game_id: u32,
}

/// A tournament begins, and the player's seat is at this table.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTourneyStart {
    /// The tournament.
    pub tourney_serial: u32,
    /// The table.
    pub table_serial: u32,
}

/// How a player stands among the others.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerStats {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The currency in which players are compared.
    pub currency_serial: u32,
    /// The player's place, from 1.
    pub rank: u32,
    /// How that place compares with all players.
    pub percentile: u32,
}

/// Asks for a seat at any table that matches.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerTablePicker {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The currency, 0 for any.
    pub currency_serial: u32,
    /// How many players must be there already.
    pub min_players: u32,
    /// The kind of poker, empty for any.
    pub variant: Str16,
    /// Blinds and limits by name, empty for any.
    pub betting_structure: Str16,
    /// Blinds and antes are paid without asking.
    pub auto_blind_ante: bool,
}

/// Creates a tournament for these players.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCreateTourney {
    /// The player.
    pub serial: u32,
    /// The tournament's name.
    #[pickle(default = Str16("noname".into()))]
    pub name: Str16,
    /// What it is, in a line.
    #[pickle(default = Str16("nodescription_short".into()))]
    pub description_short: Str16,
    /// What it is, at length.
    #[pickle(default = Str16("nodescription_long".into()))]
    pub description_long: Str16,
    /// The kind of poker, such as `holdem`.
    #[pickle(default = Str16("holdem".into()))]
    pub variant: Str16,
    /// Blinds and limits by name, such as `2-4-limit`.
    #[pickle(default = Str16("level-001".into()))]
    pub betting_structure: Str16,
    /// How many seats a table has.
    #[pickle(default = 10)]
    pub seats_per_game: u32,
    /// How long a player may take to act, in seconds.
    #[pickle(default = 60)]
    pub player_timeout: u32,
    /// The currency.
    pub currency_serial: u32,
    /// What it takes to enter.
    pub buy_in: u32,
    /// Who takes part.
    #[pickle(count = u8)]
    pub players: Vec<u32>,
}

/// A player's best hand at the showdown.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBestCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The cards, 255 for each that is hidden.
    #[pickle(count = u8)]
    pub cards: Vec<u8>,
    /// Which half of the pot: `hi` or `low`.
    pub side: Str16,
    /// The hand, in words.
    pub hand: Str16,
    /// The five cards of the best hand.
    #[pickle(count = u8)]
    pub bestcards: Vec<u8>,
    /// The cards on the board.
    #[pickle(count = u8)]
    pub board: Vec<u8>,
    /// 1 if it is the best of all.
    pub besthand: u8,
}

/// How much is in a pot.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPotChips {
    /// The table.
    pub game_id: u32,
    /// Which pot, from 0.
    pub index: u8,
    /// How much is in it.
    pub bet: u32,
}

/// Whether the client offers an action to the player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerClientAction {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// 1 if it is shown.
    pub display: u8,
    /// Which action.
    pub action: Str16,
}

/// Between what and what the player may bet.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBetLimit {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The least raise.
    pub min: u32,
    /// The greatest raise.
    pub max: u32,
    /// In what steps.
    pub step: u32,
    /// What it takes to call.
    pub call: u32,
    /// What the player has.
    pub allin: u32,
    /// What it takes to raise by the pot.
    pub pot: u32,
}

/// The player asked to sit.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSitRequest {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player has no cards any more.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerNoCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Chips go from a player to that player's bet.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChipsPlayer2bet {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much.
    pub chips: u32,
}

/// Chips go from a player's bet to a pot.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChipsBet2pot {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much.
    pub chips: u32,
    /// Which pot, from 0, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub pot: Option<u8>,
}

/// Chips go from a pot to a player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChipsPot2player {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much.
    pub chips: u32,
    /// Which pot, from 0, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub pot: Option<u8>,
    /// Why: `win`, ...
    pub reason: Str16,
}

/// Pots become one.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChipsPotMerge {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The pots that are emptied.
    #[pickle(count = u8)]
    pub sources: Vec<u8>,
    /// The pot that takes them in.
    pub destination: u8,
}

/// All pots are empty.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChipsPotReset {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Chips go from a player's bet back to the player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChipsBet2player {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How much.
    pub chips: u32,
}

/// A betting round is over, and another follows.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerEndRound {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// A part of the screen changes.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerDisplayNode {
    /// The table.
    pub game_id: u32,
    /// The part's name.
    pub name: Str16,
    /// What becomes of it.
    pub state: u32,
    /// In what manner.
    pub style: Str16,
}

/// Cards are dealt to players.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerDealCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// How many to each.
    #[pickle(rename = "numberOfCards", default = 2)]
    pub number_of_cards: u8,
    /// The players that get them.
    #[pickle(count = u8)]
    pub serials: Vec<u32>,
}

/// Whether what was said before is shown.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChatHistory {
    /// `yes` or `no`.
    #[pickle(default = Str16("no".into()))]
    pub show: Str16,
}

/// Which cards are shown.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerDisplayCard {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which cards, from 0.
    #[pickle(count = u8)]
    pub index: Vec<u8>,
    /// 1 if it is shown.
    pub display: u8,
}

/// It is the turn of the client's own player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSelfInPosition {
    /// The table.
    pub game_id: u32,
    /// The position of the player whose turn it is, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub position: Option<u8>,
}

/// It is no longer the turn of the client's own player.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSelfLostPosition {
    /// The table.
    pub game_id: u32,
    /// The position of the player whose turn it is, or none.
    #[pickle(none = 255, shown(null = -1))]
    pub position: Option<u8>,
}

/// The highest bet went up.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerHighestBetIncrease {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The player won.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerWin {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// A player is to be heard.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAnimationPlayerNoise {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// `start` or `stop`.
    #[pickle(default = Str16("start".into()))]
    pub action: Str16,
}

/// A player is to throw cards away.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAnimationPlayerFold {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which movement.
    #[pickle(default = Str16("UNKNOWN".into()))]
    pub animation: Str16,
}

/// A player is to put chips forward.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAnimationPlayerBet {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which movement.
    pub animation: Str16,
    /// How much, as chips.
    pub chips: u32,
    /// How much, as a number.
    pub amount: u32,
}

/// A player is to handle chips.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAnimationPlayerChips {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which movement.
    pub animation: Str16,
    /// How much, as chips.
    pub chips: u32,
    /// The state, by name.
    pub state: Str16,
    /// How much, as a number.
    pub amount: u32,
}

/// The dealer button is to move.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAnimationDealerChange {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The state, by name.
    #[pickle(default = Str16("UNKNOWN".into()))]
    pub state: Str16,
}

/// The dealer button is to be shown.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAnimationDealerButton {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The state, by name.
    #[pickle(default = Str16("UNKNOWN".into()))]
    pub state: Str16,
}

/// A betting round begins.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerBeginRound {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// The tables that the client is at.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerCurrentGames {
    /// The tables.
    #[pickle(count = u8)]
    pub game_ids: Vec<u32>,
    /// How many there are.
    pub count: u8,
}

/// The last betting round is over.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerEndRoundLast {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// A named animation is to run.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPythonAnimation {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// Which movement.
    #[pickle(default = Str16("none".into()))]
    pub animation: Str16,
}

/// The player sits out once this hand is over.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerSitOutNextTurn {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// What the renderer is doing.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerRendererState {
    /// The state, by name.
    #[pickle(default = Str16("idle".into()))]
    pub state: Str16,
}

/// Somebody said a word that has a meaning.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerChatWord {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The word.
    #[pickle(default = Str16("no word".into()))]
    pub word: Str16,
}

/// What is shown at the showdown.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerShowdown {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// What is shown to whom, as a JSON text.
    #[pickle(json, default = Str16("{}".into()))]
    pub showdown_stack: Str16,
}

/// Chips in front of a player and behind, as stacks.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerClientPlayerChips {
    /// The table.
    pub game_id: u32,
    /// The player.
    pub serial: u32,
    /// How much is bet in this round.
    pub bet: u32,
    /// How much is behind the bet.
    pub money: u32,
}

/// The client's own player looks at the cards.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerMeLookCards {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The state, by name.
    #[pickle(default = Str16("UNKNOWN".into()))]
    pub state: Str16,
    /// `now`, or when.
    #[pickle(default = Str16("now".into()))]
    pub when: Str16,
}

/// The view changes between the player's eyes and the room.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerMeInFirstPerson {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The state, by name.
    #[pickle(default = Str16("UNKNOWN".into()))]
    pub state: Str16,
}

/// All players are all-in and show their cards.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerAllinShowdown {
    /// The table.
    pub game_id: u32,
}

/// What the cards of the client's own player are worth.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(default)]
pub struct PokerPlayerHandStrength {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
    /// The hand, in words.
    pub hand: Str16,
}
