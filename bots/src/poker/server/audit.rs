//! Where the chips are.

use crate::poker::store::Audit as StoreAudit;

/// Where the chips are, and whether all of them are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audit {
    /// All that was ever granted to accounts.
    pub granted: u64,
    /// In accounts, as stored.
    pub bankrolls: u64,
    /// At tables, as stored.
    pub in_game: u64,
    /// On the tables themselves: stacks, bets and pots. While the server runs,
    /// someone may have paid in or left between this count and the one before.
    pub on_tables: u64,
    /// Each table holds what was brought there and not taken away.
    pub tables_agree: bool,
    /// Steps of money that the store refused, though a table had taken them.
    pub failures: u64,
    /// Hands stored.
    pub hands: u64,
    /// The store has answered.
    pub is_complete: bool,
}

impl Audit {
    pub(super) fn new(
        stored: Option<StoreAudit>,
        on_tables: u64,
        tables_agree: bool,
        failures: u64,
    ) -> Self {
        let is_complete = stored.is_some();
        let stored = stored.unwrap_or(StoreAudit {
            granted: 0,
            bankrolls: 0,
            in_game: 0,
            accounts: 0,
            hands: 0,
        });
        Self {
            granted: stored.granted,
            bankrolls: stored.bankrolls,
            in_game: stored.in_game,
            on_tables,
            tables_agree,
            failures,
            hands: stored.hands,
            is_complete,
        }
    }

    /// Whether no chip has appeared or vanished.
    pub fn is_conserved(&self) -> bool {
        self.is_complete
            && self.tables_agree
            && self.failures == 0
            && self.granted == self.bankrolls + self.in_game
    }

    /// The same, and the store has on tables what is on them: so it is when
    /// nobody pays in or leaves during the audit.
    pub fn is_exact(&self) -> bool {
        self.is_conserved() && self.in_game == self.on_tables
    }
}
