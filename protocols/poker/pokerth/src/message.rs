//! The table of all messages.

use std::sync::LazyLock;

use pickler::Pickle;
use pickler::schema::{Protocol, Schema};

#[allow(
    clippy::wildcard_imports,
    reason = "the table names all types of fields"
)]
use crate::*;

/// A message; each is described at its type.
///
/// It is a protobuf message of two fields: the first says which one the other
/// is. Its size in four bytes comes in front.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, tag = u32, tag_key = 1, length = u32, length_first, from)]
#[expect(missing_docs, reason = "a message is described at its type")]
pub enum Message {
    #[pickle(tag = 1, key = 2, direction = to_client)]
    AnnounceMessage(AnnounceMessage),
    #[pickle(tag = 2, key = 3, direction = to_server)]
    InitMessage(InitMessage),
    #[pickle(tag = 3, key = 4, direction = to_client)]
    AuthServerChallengeMessage(AuthServerChallengeMessage),
    #[pickle(tag = 4, key = 5, direction = to_server)]
    AuthClientResponseMessage(AuthClientResponseMessage),
    #[pickle(tag = 5, key = 6, direction = to_client)]
    AuthServerVerificationMessage(AuthServerVerificationMessage),
    #[pickle(tag = 6, key = 7, direction = to_client)]
    InitAckMessage(InitAckMessage),
    #[pickle(tag = 7, key = 8, direction = both)]
    AvatarRequestMessage(AvatarRequestMessage),
    #[pickle(tag = 8, key = 9, direction = both)]
    AvatarHeaderMessage(AvatarHeaderMessage),
    #[pickle(tag = 9, key = 10, direction = both)]
    AvatarDataMessage(AvatarDataMessage),
    #[pickle(tag = 10, key = 11, direction = both)]
    AvatarEndMessage(AvatarEndMessage),
    #[pickle(tag = 11, key = 12, direction = both)]
    UnknownAvatarMessage(UnknownAvatarMessage),
    #[pickle(tag = 12, key = 13, direction = to_client)]
    PlayerListMessage(PlayerListMessage),
    #[pickle(tag = 13, key = 14, direction = to_client)]
    GameListNewMessage(GameListNewMessage),
    #[pickle(tag = 14, key = 15, direction = to_client)]
    GameListUpdateMessage(GameListUpdateMessage),
    #[pickle(tag = 15, key = 16, direction = to_client)]
    GameListPlayerJoinedMessage(GameListPlayerJoinedMessage),
    #[pickle(tag = 16, key = 17, direction = to_client)]
    GameListPlayerLeftMessage(GameListPlayerLeftMessage),
    #[pickle(tag = 17, key = 18, direction = to_client)]
    GameListAdminChangedMessage(GameListAdminChangedMessage),
    #[pickle(tag = 18, key = 19, direction = to_server)]
    PlayerInfoRequestMessage(PlayerInfoRequestMessage),
    #[pickle(tag = 19, key = 20, direction = to_client)]
    PlayerInfoReplyMessage(PlayerInfoReplyMessage),
    #[pickle(tag = 20, key = 21, direction = to_server)]
    SubscriptionRequestMessage(SubscriptionRequestMessage),
    #[pickle(tag = 21, key = 22, direction = to_server)]
    JoinExistingGameMessage(JoinExistingGameMessage),
    #[pickle(tag = 22, key = 23, direction = to_server)]
    JoinNewGameMessage(JoinNewGameMessage),
    #[pickle(tag = 23, key = 24, direction = to_server)]
    RejoinExistingGameMessage(RejoinExistingGameMessage),
    #[pickle(tag = 24, key = 25, direction = to_client)]
    JoinGameAckMessage(JoinGameAckMessage),
    #[pickle(tag = 25, key = 26, direction = to_client)]
    JoinGameFailedMessage(JoinGameFailedMessage),
    #[pickle(tag = 26, key = 27, direction = to_client)]
    GamePlayerJoinedMessage(GamePlayerJoinedMessage),
    #[pickle(tag = 27, key = 28, direction = to_client)]
    GamePlayerLeftMessage(GamePlayerLeftMessage),
    #[pickle(tag = 28, key = 29, direction = to_client)]
    GameAdminChangedMessage(GameAdminChangedMessage),
    #[pickle(tag = 29, key = 30, direction = to_client)]
    RemovedFromGameMessage(RemovedFromGameMessage),
    #[pickle(tag = 30, key = 31, direction = to_server)]
    KickPlayerRequestMessage(KickPlayerRequestMessage),
    #[pickle(tag = 31, key = 32, direction = to_server)]
    LeaveGameRequestMessage(LeaveGameRequestMessage),
    #[pickle(tag = 32, key = 33, direction = to_server)]
    InvitePlayerToGameMessage(InvitePlayerToGameMessage),
    #[pickle(tag = 33, key = 34, direction = to_client)]
    InviteNotifyMessage(InviteNotifyMessage),
    #[pickle(tag = 34, key = 35, direction = to_server)]
    RejectGameInvitationMessage(RejectGameInvitationMessage),
    #[pickle(tag = 35, key = 36, direction = to_client)]
    RejectInvNotifyMessage(RejectInvNotifyMessage),
    #[pickle(tag = 36, key = 37, direction = both)]
    StartEventMessage(StartEventMessage),
    #[pickle(tag = 37, key = 38, direction = to_server)]
    StartEventAckMessage(StartEventAckMessage),
    #[pickle(tag = 38, key = 39, direction = to_client)]
    GameStartInitialMessage(GameStartInitialMessage),
    #[pickle(tag = 39, key = 40, direction = to_client)]
    GameStartRejoinMessage(GameStartRejoinMessage),
    #[pickle(tag = 40, key = 41, direction = to_client)]
    HandStartMessage(HandStartMessage),
    #[pickle(tag = 41, key = 42, direction = to_client)]
    PlayersTurnMessage(PlayersTurnMessage),
    #[pickle(tag = 42, key = 43, direction = to_server)]
    MyActionRequestMessage(MyActionRequestMessage),
    #[pickle(tag = 43, key = 44, direction = to_client)]
    YourActionRejectedMessage(YourActionRejectedMessage),
    #[pickle(tag = 44, key = 45, direction = to_client)]
    PlayersActionDoneMessage(PlayersActionDoneMessage),
    #[pickle(tag = 45, key = 46, direction = to_client)]
    DealFlopCardsMessage(DealFlopCardsMessage),
    #[pickle(tag = 46, key = 47, direction = to_client)]
    DealTurnCardMessage(DealTurnCardMessage),
    #[pickle(tag = 47, key = 48, direction = to_client)]
    DealRiverCardMessage(DealRiverCardMessage),
    #[pickle(tag = 48, key = 49, direction = to_client)]
    AllInShowCardsMessage(AllInShowCardsMessage),
    #[pickle(tag = 49, key = 50, direction = to_client)]
    EndOfHandShowCardsMessage(EndOfHandShowCardsMessage),
    #[pickle(tag = 50, key = 51, direction = to_client)]
    EndOfHandHideCardsMessage(EndOfHandHideCardsMessage),
    #[pickle(tag = 51, key = 52, direction = to_server)]
    ShowMyCardsRequestMessage(ShowMyCardsRequestMessage),
    #[pickle(tag = 52, key = 53, direction = to_client)]
    AfterHandShowCardsMessage(AfterHandShowCardsMessage),
    #[pickle(tag = 53, key = 54, direction = to_client)]
    EndOfGameMessage(EndOfGameMessage),
    #[pickle(tag = 54, key = 55, direction = to_client)]
    PlayerIdChangedMessage(PlayerIdChangedMessage),
    #[pickle(tag = 55, key = 56, direction = to_server)]
    AskKickPlayerMessage(AskKickPlayerMessage),
    #[pickle(tag = 56, key = 57, direction = to_client)]
    AskKickDeniedMessage(AskKickDeniedMessage),
    #[pickle(tag = 57, key = 58, direction = to_client)]
    StartKickPetitionMessage(StartKickPetitionMessage),
    #[pickle(tag = 58, key = 59, direction = to_server)]
    VoteKickRequestMessage(VoteKickRequestMessage),
    #[pickle(tag = 59, key = 60, direction = to_client)]
    VoteKickReplyMessage(VoteKickReplyMessage),
    #[pickle(tag = 60, key = 61, direction = to_client)]
    KickPetitionUpdateMessage(KickPetitionUpdateMessage),
    #[pickle(tag = 61, key = 62, direction = to_client)]
    EndKickPetitionMessage(EndKickPetitionMessage),
    #[pickle(tag = 62, key = 63, direction = to_client)]
    StatisticsMessage(StatisticsMessage),
    #[pickle(tag = 63, key = 64, direction = to_server)]
    ChatRequestMessage(ChatRequestMessage),
    #[pickle(tag = 64, key = 65, direction = to_client)]
    ChatMessage(ChatMessage),
    #[pickle(tag = 65, key = 66, direction = to_client)]
    ChatRejectMessage(ChatRejectMessage),
    #[pickle(tag = 66, key = 67, direction = to_client)]
    DialogMessage(DialogMessage),
    #[pickle(tag = 67, key = 68, direction = to_client)]
    TimeoutWarningMessage(TimeoutWarningMessage),
    #[pickle(tag = 68, key = 69, direction = to_server)]
    ResetTimeoutMessage(ResetTimeoutMessage),
    #[pickle(tag = 69, key = 70, direction = to_server)]
    ReportAvatarMessage(ReportAvatarMessage),
    #[pickle(tag = 70, key = 71, direction = to_client)]
    ReportAvatarAckMessage(ReportAvatarAckMessage),
    #[pickle(tag = 71, key = 72, direction = to_server)]
    ReportGameMessage(ReportGameMessage),
    #[pickle(tag = 72, key = 73, direction = to_client)]
    ReportGameAckMessage(ReportGameAckMessage),
    #[pickle(tag = 73, key = 74, direction = to_client)]
    ErrorMessage(ErrorMessage),
    #[pickle(tag = 74, key = 75, direction = to_server)]
    AdminRemoveGameMessage(AdminRemoveGameMessage),
    #[pickle(tag = 75, key = 76, direction = to_client)]
    AdminRemoveGameAckMessage(AdminRemoveGameAckMessage),
    #[pickle(tag = 76, key = 77, direction = to_server)]
    AdminBanPlayerMessage(AdminBanPlayerMessage),
    #[pickle(tag = 77, key = 78, direction = to_client)]
    AdminBanPlayerAckMessage(AdminBanPlayerAckMessage),
    #[pickle(tag = 78, key = 79, direction = to_client)]
    GameListSpectatorJoinedMessage(GameListSpectatorJoinedMessage),
    #[pickle(tag = 79, key = 80, direction = to_client)]
    GameListSpectatorLeftMessage(GameListSpectatorLeftMessage),
    #[pickle(tag = 80, key = 81, direction = to_client)]
    GameSpectatorJoinedMessage(GameSpectatorJoinedMessage),
    #[pickle(tag = 81, key = 82, direction = to_client)]
    GameSpectatorLeftMessage(GameSpectatorLeftMessage),
}

/// What all messages look like on the wire.
pub fn schema() -> &'static Schema {
    &protocol().schema
}

/// The messages, and what is agreed on beside them.
pub fn protocol() -> &'static Protocol {
    static PROTOCOL: LazyLock<Protocol> = LazyLock::new(|| {
        Protocol::new("pokerth", Schema::of::<Message>())
            .version("5.1")
            .doc("The network protocol of PokerTH.")
    });
    &PROTOCOL
}
