//! The table of all messages.

use std::sync::LazyLock;

use pickler::Pickle;
use pickler::schema::{Schema, Shape};

use crate::table_macro::message_table;
#[allow(
    clippy::wildcard_imports,
    reason = "the table names all types of fields"
)]
use crate::*;

message_table! {
    /// A message.
    ///
    /// On the wire it is its code in one byte, its length in two, these three
    /// bytes included, and its fields. Each is described at the type of its
    /// fields, or here if it has none.
    ///
    /// ```
    /// use pokersource::{Message, PokerRaise};
    ///
    /// let raise = Message::from(PokerRaise { serial: 7, game_id: 1, amount: 20 });
    /// let bytes = pickler::encode(&raise)?;
    /// assert_eq!(bytes, [69, 0, 15, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 20]);
    /// assert_eq!(pickler::decode::<Message>(&bytes)?, raise);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    #[derive(Pickle, Clone, Debug, PartialEq, Eq)]
    #[pickle(
        tag = u8,
        length = u16,
        length_counts = message,
        rename_all = SCREAMING_SNAKE_CASE
    )]
    #[expect(missing_docs, reason = "a message with fields is described at their type")]
    pub enum Message {
        /// Nothing at all.
        #[pickle(tag = 0)] None => Internal,
        #[pickle(tag = 1)] String(Text) => Internal,
        #[pickle(tag = 2)] Int(Integer) => Internal,
        #[pickle(tag = 3)] Error(ErrorReply) => ToClient,
        /// A request was carried out.
        #[pickle(tag = 4)] Ack => ToClient,
        /// Keeps the connection alive; the server only notes that the client is
        /// still there.
        #[pickle(tag = 5)] Ping => ToServer,
        #[pickle(tag = 6)] Serial(Serial) => ToClient,
        /// The client is about to close the connection. There is no answer.
        #[pickle(tag = 7)] Quit => ToServer,
        /// The login succeeded; `SERIAL` follows.
        #[pickle(tag = 8)] AuthOk => ToClient,
        #[pickle(tag = 9)] AuthRefused(AuthRefused) => ToClient,
        #[pickle(tag = 10)] Login(Login) => ToServer,
        /// A request needs a login that has not taken place.
        #[pickle(tag = 11)] AuthRequest => ToClient,
        #[pickle(tag = 12)] List(MessageList) => Internal,
        /// Ends the login, not the connection. There is no answer.
        #[pickle(tag = 13)] Logout => ToServer,
        /// The connection is ready.
        #[pickle(tag = 14)] Bootstrap => Internal,
        #[pickle(tag = 15)] ProtocolError(ProtocolError) => Internal,
        #[pickle(tag = 16)] Message(ServerMessage) => ToClient,
        #[pickle(tag = 50)] PokerSeats(PokerSeats) => ToClient,
        #[pickle(tag = 51)] PokerId(PokerId) => Internal,
        #[pickle(tag = 52)] PokerMessage(PokerMessage) => ToClient,
        #[pickle(tag = 53)] PokerError(PokerError) => ToClient,
        #[pickle(tag = 54)] PokerPosition(PokerPosition) => ToClient,
        #[pickle(tag = 55)] PokerInt(PokerInt) => Internal,
        #[pickle(tag = 56)] PokerBet(PokerBet) => Internal,
        #[pickle(tag = 57)] PokerFold(PokerFold) => Both,
        #[pickle(tag = 58)] PokerState(PokerState) => ToClient,
        #[pickle(tag = 59)] PokerWin(PokerWin) => ToClient,
        #[pickle(tag = 60)] PokerCards(PokerCards) => Internal,
        #[pickle(tag = 61)] PokerPlayerCards(PokerPlayerCards) => ToClient,
        #[pickle(tag = 62)] PokerBoardCards(PokerBoardCards) => ToClient,
        #[pickle(tag = 63)] PokerChips(PokerChips) => Internal,
        #[pickle(tag = 64)] PokerPlayerChips(PokerPlayerChips) => ToClient,
        #[pickle(tag = 65)] PokerCheck(PokerCheck) => Both,
        #[pickle(tag = 66)] PokerStart(PokerStart) => Both,
        #[pickle(tag = 67)] PokerInGame(PokerInGame) => ToClient,
        #[pickle(tag = 68)] PokerCall(PokerCall) => Both,
        #[pickle(tag = 69)] PokerRaise(PokerRaise) => Both,
        #[pickle(tag = 70)] PokerDealer(PokerDealer) => ToClient,
        #[pickle(tag = 71)] PokerTableJoin(PokerTableJoin) => ToServer,
        #[pickle(tag = 72)] PokerTableSelect(PokerTableSelect) => ToServer,
        #[pickle(tag = 73)] PokerTable(Box<PokerTable>) => Both,
        #[pickle(tag = 74)] PokerTableList(PokerTableList) => ToClient,
        #[pickle(tag = 75)] PokerSit(PokerSit) => Both,
        #[pickle(tag = 76)] PokerTableDestroy(PokerTableDestroy) => ToClient,
        #[pickle(tag = 77)] PokerTimeoutWarning(PokerTimeoutWarning) => ToClient,
        #[pickle(tag = 78)] PokerTimeoutNotice(PokerTimeoutNotice) => ToClient,
        #[pickle(tag = 79)] PokerSeat(PokerSeat) => Both,
        #[pickle(tag = 80)] PokerTableMove(PokerTableMove) => ToClient,
        #[pickle(tag = 81)] PokerPlayerLeave(PokerPlayerLeave) => Both,
        #[pickle(tag = 82)] PokerSitOut(PokerSitOut) => Both,
        #[pickle(tag = 83)] PokerTableQuit(PokerTableQuit) => ToServer,
        #[pickle(tag = 84)] PokerBuyIn(PokerBuyIn) => ToServer,
        #[pickle(tag = 85)] PokerRebuy(PokerRebuy) => Both,
        #[pickle(tag = 86)] PokerChat(PokerChat) => Both,
        #[pickle(tag = 87)] PokerPlayerInfo(Box<PokerPlayerInfo>) => Both,
        #[pickle(tag = 88)] PokerPlayerArrive(Box<PokerPlayerArrive>) => ToClient,
        #[pickle(tag = 89)] PokerHandSelect(PokerHandSelect) => ToServer,
        #[pickle(tag = 90)] PokerHandList(Box<PokerHandList>) => ToClient,
        #[pickle(tag = 91)] PokerHandSelectAll(PokerHandSelectAll) => ToServer,
        #[pickle(tag = 92)] PokerUserInfo(Box<PokerUserInfo>) => ToClient,
        #[pickle(tag = 93)] PokerGetUserInfo(PokerGetUserInfo) => ToServer,
        #[pickle(tag = 94)] PokerAnte(PokerAnte) => Both,
        #[pickle(tag = 95)] PokerBlind(PokerBlind) => Both,
        #[pickle(tag = 96)] PokerWaitBigBlind(PokerWaitBigBlind) => ToServer,
        #[pickle(tag = 97)] PokerAutoBlindAnte(PokerAutoBlindAnte) => Both,
        #[pickle(tag = 98)] PokerNoautoBlindAnte(PokerNoautoBlindAnte) => Both,
        #[pickle(tag = 99)] PokerCanceled(PokerCanceled) => ToClient,
        #[pickle(tag = 100)] PokerBlindRequest(PokerBlindRequest) => ToClient,
        #[pickle(tag = 101)] PokerAnteRequest(PokerAnteRequest) => ToClient,
        #[pickle(tag = 102)] PokerAutoFold(PokerAutoFold) => ToClient,
        #[pickle(tag = 103)] PokerWaitFor(PokerWaitFor) => ToClient,
        #[pickle(tag = 104)] PokerStreamMode(PokerStreamMode) => ToClient,
        #[pickle(tag = 105)] PokerBatchMode(PokerBatchMode) => ToClient,
        #[pickle(tag = 106)] PokerLookCards(PokerLookCards) => Both,
        #[pickle(tag = 107)] PokerTableRequestPlayersList(PokerTableRequestPlayersList) => ToServer,
        #[pickle(tag = 108)] PokerPlayersList(PokerPlayersList) => ToClient,
        #[pickle(tag = 109)] PokerPersonalInfo(Box<PokerPersonalInfo>) => Both,
        #[pickle(tag = 110)] PokerGetPersonalInfo(PokerGetPersonalInfo) => ToServer,
        #[pickle(tag = 111)] PokerTourneySelect(PokerTourneySelect) => ToServer,
        #[pickle(tag = 112)] PokerTourney(Box<PokerTourney>) => ToClient,
        #[pickle(tag = 113)] PokerTourneyInfoOld(Box<PokerTourneyInfoOld>) => ToClient,
        #[pickle(tag = 114)] PokerTourneyList(PokerTourneyList) => ToClient,
        #[pickle(tag = 115)] PokerTourneyRequestPlayersList(PokerTourneyRequestPlayersList) => ToServer,
        #[pickle(tag = 116)] PokerTourneyRegister(PokerTourneyRegister) => Both,
        #[pickle(tag = 117)] PokerTourneyUnregister(PokerTourneyUnregister) => Both,
        #[pickle(tag = 118)] PokerTourneyPlayersList(PokerTourneyPlayersList) => ToClient,
        #[pickle(tag = 119)] PokerHandHistory(PokerHandHistory) => Both,
        #[pickle(tag = 120)] PokerSetAccount(Box<PokerSetAccount>) => ToServer,
        #[pickle(tag = 121)] PokerCreateAccount(Box<PokerCreateAccount>) => ToServer,
        #[pickle(tag = 122)] PokerPlayerSelf(PokerPlayerSelf) => ToClient,
        /// Asks for `POKER_PLAYER_INFO` of the player that has logged in.
        #[pickle(tag = 123)] PokerGetPlayerInfo => ToServer,
        #[pickle(tag = 124)] PokerRoles(PokerRoles) => ToClient,
        #[pickle(tag = 125)] PokerSetRole(PokerSetRole) => ToServer,
        #[pickle(tag = 126)] PokerReadyToPlay(PokerReadyToPlay) => ToServer,
        #[pickle(tag = 127)] PokerProcessingHand(PokerProcessingHand) => ToServer,
        #[pickle(tag = 128)] PokerMuckRequest(PokerMuckRequest) => ToClient,
        #[pickle(tag = 129)] PokerAutoMuck(PokerAutoMuck) => ToServer,
        #[pickle(tag = 130)] PokerMuckAccept(PokerMuckAccept) => ToServer,
        #[pickle(tag = 131)] PokerMuckDeny(PokerMuckDeny) => ToServer,
        #[pickle(tag = 132)] PokerCashIn(Box<PokerCashIn>) => ToServer,
        #[pickle(tag = 133)] PokerCashOut(Box<PokerCashOut>) => Both,
        #[pickle(tag = 134)] PokerCashOutCommit(PokerCashOutCommit) => ToServer,
        #[pickle(tag = 135)] PokerCashQuery(PokerCashQuery) => ToServer,
        #[pickle(tag = 136)] PokerRake(PokerRake) => ToClient,
        #[pickle(tag = 137)] PokerTourneyRank(PokerTourneyRank) => ToClient,
        #[pickle(tag = 138)] PokerPlayerImage(PokerPlayerImage) => Both,
        #[pickle(tag = 139)] PokerGetPlayerImage(PokerGetPlayerImage) => ToServer,
        #[pickle(tag = 140)] PokerHandReplay(PokerHandReplay) => ToServer,
        #[pickle(tag = 141)] PokerGameMessage(PokerGameMessage) => ToClient,
        #[pickle(tag = 142)] PokerExplain(PokerExplain) => ToServer,
        #[pickle(tag = 143)] PokerStatsQuery(PokerStatsQuery) => ToServer,
        #[pickle(tag = 144)] PokerStats(PokerStats) => ToClient,
        #[pickle(tag = 145)] PokerBuyInLimits(PokerBuyInLimits) => ToClient,
        /// Asks to be told of events by `POKER_MONITOR_EVENT`.
        #[pickle(tag = 146)] PokerMonitor => ToServer,
        #[pickle(tag = 147)] PokerMonitorEvent(PokerMonitorEvent) => ToClient,
        #[pickle(tag = 148)] PokerGetTourneyManager(PokerGetTourneyManager) => ToServer,
        /// The state of a tournament; what it says is not on the binary wire.
        #[pickle(tag = 149)] PokerTourneyManager => ToClient,
        #[pickle(tag = 151)] PokerGetPlayerPlaces(PokerGetPlayerPlaces) => ToServer,
        #[pickle(tag = 152)] PokerPlayerPlaces(PokerPlayerPlaces) => ToClient,
        #[pickle(tag = 153)] PokerSetLocale(PokerSetLocale) => ToServer,
        #[pickle(tag = 154)] PokerTableTourneyBreakBegin(PokerTableTourneyBreakBegin) => ToClient,
        #[pickle(tag = 155)] PokerTableTourneyBreakDone(PokerTableTourneyBreakDone) => ToClient,
        #[pickle(tag = 156)] PokerTourneyStart(PokerTourneyStart) => ToClient,
        #[pickle(tag = 161)] PokerPlayerStats(PokerPlayerStats) => ToClient,
        /// The details of a tournament; what they say is not on the binary
        /// wire.
        #[pickle(tag = 164)] PokerTourneyInfo => ToClient,
        #[pickle(tag = 165)] PokerTablePicker(Box<PokerTablePicker>) => ToServer,
        #[pickle(tag = 166)] PokerCreateTourney(Box<PokerCreateTourney>) => ToServer,
        /// Waits for messages.
        #[pickle(tag = 167)] PokerLongPoll => ToServer,
        /// Stops waiting for messages.
        #[pickle(tag = 168)] PokerLongPollReturn => ToServer,
        #[pickle(tag = 170)] PokerBestCards(Box<PokerBestCards>) => Internal,
        #[pickle(tag = 171)] PokerPotChips(PokerPotChips) => Internal,
        #[pickle(tag = 172)] PokerClientAction(PokerClientAction) => Internal,
        #[pickle(tag = 173)] PokerBetLimit(PokerBetLimit) => Internal,
        #[pickle(tag = 174)] PokerSitRequest(PokerSitRequest) => Internal,
        #[pickle(tag = 175)] PokerPlayerNoCards(PokerPlayerNoCards) => Internal,
        #[pickle(tag = 176)] PokerChipsPlayer2bet(PokerChipsPlayer2bet) => Internal,
        #[pickle(tag = 177)] PokerChipsBet2pot(PokerChipsBet2pot) => Internal,
        #[pickle(tag = 178)] PokerChipsPot2player(PokerChipsPot2player) => Internal,
        #[pickle(tag = 179)] PokerChipsPotMerge(PokerChipsPotMerge) => Internal,
        #[pickle(tag = 180)] PokerChipsPotReset(PokerChipsPotReset) => Internal,
        #[pickle(tag = 181)] PokerChipsBet2player(PokerChipsBet2player) => Internal,
        #[pickle(tag = 182)] PokerEndRound(PokerEndRound) => Internal,
        #[pickle(tag = 183)] PokerDisplayNode(PokerDisplayNode) => Internal,
        #[pickle(tag = 184)] PokerDealCards(PokerDealCards) => Internal,
        #[pickle(tag = 185)] PokerChatHistory(PokerChatHistory) => Internal,
        #[pickle(tag = 186)] PokerDisplayCard(PokerDisplayCard) => Internal,
        #[pickle(tag = 187)] PokerSelfInPosition(PokerSelfInPosition) => Internal,
        #[pickle(tag = 188)] PokerSelfLostPosition(PokerSelfLostPosition) => Internal,
        #[pickle(tag = 189)] PokerHighestBetIncrease(PokerHighestBetIncrease) => Internal,
        #[pickle(tag = 190)] PokerPlayerWin(PokerPlayerWin) => Internal,
        #[pickle(tag = 191)] PokerAnimationPlayerNoise(PokerAnimationPlayerNoise) => Internal,
        #[pickle(tag = 192)] PokerAnimationPlayerFold(PokerAnimationPlayerFold) => Internal,
        #[pickle(tag = 193)] PokerAnimationPlayerBet(PokerAnimationPlayerBet) => Internal,
        #[pickle(tag = 194)] PokerAnimationPlayerChips(Box<PokerAnimationPlayerChips>) => Internal,
        #[pickle(tag = 195)] PokerAnimationDealerChange(PokerAnimationDealerChange) => Internal,
        #[pickle(tag = 196)] PokerAnimationDealerButton(PokerAnimationDealerButton) => Internal,
        #[pickle(tag = 197)] PokerBeginRound(PokerBeginRound) => Internal,
        #[pickle(tag = 198)] PokerCurrentGames(PokerCurrentGames) => Internal,
        #[pickle(tag = 199)] PokerEndRoundLast(PokerEndRoundLast) => Internal,
        #[pickle(tag = 200)] PokerPythonAnimation(PokerPythonAnimation) => Internal,
        #[pickle(tag = 201)] PokerSitOutNextTurn(PokerSitOutNextTurn) => Internal,
        #[pickle(tag = 202)] PokerRendererState(PokerRendererState) => Internal,
        #[pickle(tag = 203)] PokerChatWord(PokerChatWord) => Internal,
        #[pickle(tag = 204)] PokerShowdown(PokerShowdown) => Internal,
        #[pickle(tag = 205)] PokerClientPlayerChips(PokerClientPlayerChips) => Internal,
        /// A command to the user interface; what it says is not on the binary
        /// wire.
        #[pickle(tag = 206)] PokerInterfaceCommand => Internal,
        #[pickle(tag = 207)] PokerPlayerMeLookCards(PokerPlayerMeLookCards) => Internal,
        #[pickle(tag = 208)] PokerPlayerMeInFirstPerson(PokerPlayerMeInFirstPerson) => Internal,
        #[pickle(tag = 209)] PokerAllinShowdown(PokerAllinShowdown) => Internal,
        #[pickle(tag = 210)] PokerPlayerHandStrength(PokerPlayerHandStrength) => Internal,
    }
}

impl Message {
    /// The name that the protocol gives the message, such as `POKER_RAISE`.
    pub fn name(&self) -> &'static str {
        NAMES[usize::from(self.code())]
    }
}

/// What all messages look like on the wire.
///
/// ```
/// use pickler::dynamic;
///
/// let value = dynamic::decode(pokersource::schema(), &[6, 0, 7, 0, 0, 0, 9])?;
/// let dynamic::Value::Variant(message) = value else { panic!() };
/// assert_eq!(&*message.name, "SERIAL");
/// # Ok::<(), pickler::Error>(())
/// ```
pub fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::of::<Message>);
    &SCHEMA
}

/// The messages' names by code; empty where there is none.
static NAMES: LazyLock<[&str; 256]> = LazyLock::new(|| {
    let mut names = [""; 256];
    if let Shape::Union(union) = schema().resolve(schema().root()) {
        for variant in &union.variants {
            names[variant.tag as usize] = &variant.name;
        }
    }
    names
});

/// Bodies that are great and rare are boxed, so that the others, which are most
/// of what is ever sent, are moved around in 64 bytes.
macro_rules! boxed {
    ($($body:ident)*) => { $(
        impl From<$body> for Message {
            fn from(body: $body) -> Self {
                Self::$body(Box::new(body))
            }
        }
    )* };
}
boxed! {
    PokerTable PokerPlayerInfo PokerPlayerArrive PokerHandList PokerUserInfo PokerPersonalInfo
    PokerTourney PokerTourneyInfoOld PokerSetAccount PokerCreateAccount PokerCashIn PokerCashOut
    PokerTablePicker PokerCreateTourney PokerBestCards PokerAnimationPlayerChips
}

const _: () = assert!(size_of::<Message>() <= 64);
