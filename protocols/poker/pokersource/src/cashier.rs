//! Money in and out of the server.

use pickler::Pickle;

use crate::types::Str16;

/// Turns a banknote into money at the server.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCashIn {
    /// The player.
    pub serial: u32,
    /// Where the currency is issued.
    #[pickle(default = "UNKNOWN")]
    pub url: Str16,
    /// The banknote's name.
    #[pickle(default = "UNKNOWN")]
    pub name: Str16,
    /// What the application needs to know it again.
    pub application_data: Str16,
    /// The banknote's serial.
    pub bserial: u32,
    /// The banknote's value.
    pub value: u32,
}

impl PokerCashIn {
    /// There are several currencies of this place.
    pub const DUPLICATE_CURRENCIES: u32 = 1;
    /// The issuer refused the banknote.
    pub const REFUSED: u32 = 2;
    /// The banknote could not be put away safely.
    pub const SAFE: u32 = 3;
    /// It failed for an unknown reason.
    pub const UNKNOWN: u32 = 4;
    /// It did not work now, but may later.
    pub const RETRY: u32 = 5;
}

/// Turns money at the server into a banknote. The server answers with the same,
/// filled in.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCashOut {
    /// The player.
    pub serial: u32,
    /// Where the currency is issued.
    #[pickle(default = "UNKNOWN")]
    pub url: Str16,
    /// The banknote's name.
    #[pickle(default = "UNKNOWN")]
    pub name: Str16,
    /// What the application needs to know it again.
    pub application_data: Str16,
    /// The banknote's serial.
    pub bserial: u32,
    /// The banknote's value.
    pub value: u32,
}

impl PokerCashOut {
    /// The banknote could not be fetched safely.
    pub const SAFE: u32 = 1;
    /// The banknote could not be broken.
    pub const BREAK_NOTE: u32 = 2;
    /// There is no money.
    pub const EMPTY: u32 = 3;
}

/// The client has the banknote of a `POKER_CASH_OUT` safe.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCashOutCommit {
    /// The transaction, as `POKER_CASH_OUT` named it.
    pub transaction_id: Str16,
}

impl PokerCashOutCommit {
    /// There is no such transaction.
    pub const INVALID_TRANSACTION: u32 = 1;
}

/// Asks whether a transaction took place.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default)]
pub struct PokerCashQuery {
    /// What the application needs to know it again.
    pub application_data: Str16,
}

impl PokerCashQuery {
    /// There is no such transaction.
    pub const DOES_NOT_EXIST: u32 = 1;
}
