//! Players who are away.

use pickler::Pickle;

/// The connection will be closed unless something happens.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct TimeoutWarningMessage {
    #[pickle(key = 1)]
    pub timeout_reason: TimeoutReason,
    #[pickle(key = 2)]
    pub remaining_seconds: u32,
}

/// What does not happen.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum TimeoutReason {
    TimeoutNoDataReceived,
    TimeoutInactiveGame,
    TimeoutKickAfterAutofold,
}

/// Somebody is there.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct ResetTimeoutMessage {}
