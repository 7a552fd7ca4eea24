//! The table of all messages.

use std::sync::LazyLock;

use pickler::schema::{Protocol, Schema};
use pickler::{Pickle, Tagged};

#[allow(
    clippy::wildcard_imports,
    reason = "the table names all types of fields"
)]
use crate::*;

/// A message.
///
/// On the wire it is its code in one byte, the length of its fields in two, and
/// its fields: the length does not count the three bytes in front, as it did
/// in version 2. Each message is described at the type of its fields, or here
/// if it has none.
///
/// ```
/// use pokersource3::{Message, PokerChips};
///
/// let chips = Message::from(PokerChips { serial: 7, game_id: 1, bet: 20 });
/// let bytes = pickler::encode(&chips)?;
/// assert_eq!(bytes, [63, 0, 16, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20]);
/// assert_eq!(pickler::decode::<Message>(&bytes)?, chips);
/// # Ok::<(), pickler::Error>(())
/// ```
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(
    tag = u8,
    length = u16,
    from,
    rename_all = SCREAMING_SNAKE_CASE
)]
#[expect(
    missing_docs,
    reason = "a message with fields is described at their type"
)]
pub enum Message {
    #[pickle(tag = 1, direction = internal)]
    String(Text),
    #[pickle(tag = 2, direction = internal)]
    Int(Integer),
    #[pickle(tag = 3, direction = to_client)]
    Error(ErrorReply),
    /// A request was carried out.
    #[pickle(tag = 4, direction = to_client)]
    Ack,
    /// Keeps the connection alive: either end sends it after ten seconds without
    /// another message.
    #[pickle(tag = 5, direction = both)]
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
    #[pickle(tag = 25, direction = to_server)]
    Auth(Auth),
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
    PokerTourneyInfo(Box<PokerTourneyInfo>),
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
    #[pickle(tag = 150, direction = to_server)]
    PokerAutoPlay(PokerAutoPlay),
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
    #[pickle(tag = 157, direction = to_server)]
    PokerGetTourneyPlayerStats(PokerGetTourneyPlayerStats),
    #[pickle(tag = 158, direction = to_client)]
    PokerTourneyPlayerStats(Box<PokerTourneyPlayerStats>),
    #[pickle(tag = 159, direction = to_server)]
    PokerTourneyCancel(PokerTourneyCancel),
    #[pickle(tag = 160, direction = to_client)]
    PokerStateInformation(PokerStateInformation),
    #[pickle(tag = 161, direction = to_client)]
    PokerPlayerStats(PokerPlayerStats),
    #[pickle(tag = 162, direction = both)]
    PokerTourneyRebuy(PokerTourneyRebuy),
    #[pickle(tag = 163, direction = to_client)]
    PokerBetLimits(PokerBetLimits),
    #[pickle(tag = 164, direction = to_client)]
    PokerUpdateMoney(PokerUpdateMoney),
    #[pickle(tag = 165, direction = to_server)]
    PokerTablePicker(Box<PokerTablePicker>),
    #[pickle(tag = 166, direction = to_server)]
    PokerCreateTourney(Box<PokerCreateTourney>),
    #[pickle(tag = 167, direction = to_server)]
    PokerLongPoll(PokerLongPoll),
    /// Stops waiting for messages.
    #[pickle(tag = 168, direction = to_server)]
    PokerLongPollReturn,
    #[pickle(tag = 169, direction = to_server)]
    SetOption(SetOption),
    #[pickle(tag = 170, direction = internal)]
    PokerBestCards(Box<PokerBestCards>),
    #[pickle(tag = 171, direction = internal)]
    PokerPotChips(PokerPotChips),
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
    #[pickle(tag = 184, direction = internal)]
    PokerDealCards(PokerDealCards),
    #[pickle(tag = 187, direction = internal)]
    PokerSelfInPosition(PokerSelfInPosition),
    #[pickle(tag = 188, direction = internal)]
    PokerSelfLostPosition(PokerSelfLostPosition),
    #[pickle(tag = 189, direction = internal)]
    PokerHighestBetIncrease(PokerHighestBetIncrease),
    #[pickle(tag = 190, direction = internal)]
    PokerPlayerWin(PokerPlayerWin),
    #[pickle(tag = 197, direction = internal)]
    PokerBeginRound(PokerBeginRound),
    #[pickle(tag = 198, direction = internal)]
    PokerCurrentGames(PokerCurrentGames),
    #[pickle(tag = 199, direction = internal)]
    PokerEndRoundLast(PokerEndRoundLast),
    #[pickle(tag = 201, direction = internal)]
    PokerSitOutNextTurn(PokerSitOutNextTurn),
    #[pickle(tag = 204, direction = internal)]
    PokerShowdown(PokerShowdown),
    #[pickle(tag = 205, direction = internal)]
    PokerClientPlayerChips(PokerClientPlayerChips),
    #[pickle(tag = 209, direction = internal)]
    PokerAllinShowdown(PokerAllinShowdown),
    #[pickle(tag = 210, direction = internal)]
    PokerPlayerHandStrength(PokerPlayerHandStrength),
}

impl Message {
    /// The code that the message has on the wire.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "tags are of type `u8`"
    )]
    pub fn code(&self) -> u8 {
        self.tag() as u8
    }

    /// The name that the protocol gives the message, such as `POKER_RAISE`.
    pub fn name(&self) -> &'static str {
        Tagged::name(self)
    }
}

/// What all messages look like on the wire.
pub fn schema() -> &'static Schema {
    &protocol().schema
}

/// What both ends send, at once and before any message: the name and version of
/// the protocol.
pub const HANDSHAKE: &[u8; 12] = b"CGI 003.000\n";

/// The messages, and what is agreed on beside them.
///
/// ```
/// let protocol = pokersource3::protocol();
/// assert_eq!(protocol.version.as_deref(), Some("3.0.0"));
/// ```
pub fn protocol() -> &'static Protocol {
    static PROTOCOL: LazyLock<Protocol> = LazyLock::new(|| {
        Protocol::new("pokersource3", Schema::of::<Message>())
            .version("3.0.0")
            .doc("The poker-network protocol of 2014: its messages, handshake and framing.")
            .handshake(*HANDSHAKE, *HANDSHAKE)
            .keep_alive("PING", 10_000)
    });
    &PROTOCOL
}

// Bodies that are great and rare are boxed, so that the others, which are most
// of what is ever sent, are moved around in 64 bytes.
const _: () = assert!(size_of::<Message>() <= 64);
