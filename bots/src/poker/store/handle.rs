//! The operations, as callers see them.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::schema::Opened;
use super::writer::{self, Groups, Job, Task};
use super::{
    Account, AccountId, Audit, HandRecord, HandSerial, Location, OpenError, PlayedHand, Recovered,
    StoreError, accounts, money, schema,
};

/// How a store works.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the data are; in memory by default.
    pub location: Location,
    /// The money of a new account; 100,000 by default.
    pub grant: u32,
    /// Whether a login with an unknown name makes an account; yes by default.
    pub create_accounts: bool,
    /// Operations that may wait; 4,096 by default. Callers wait for a place
    /// when there is none.
    pub queue: usize,
    /// A group of operations is committed so long after its first one; 2 ms by
    /// default.
    pub group_time: Duration,
    /// A group of operations is committed when it has this many; 1,024 by
    /// default.
    pub group_size: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            location: Location::Memory,
            grant: 100_000,
            create_accounts: true,
            queue: 4096,
            group_time: Duration::from_millis(2),
            group_size: 1024,
        }
    }
}

/// A handle to the store; clones share it.
///
/// The methods wait for a place in the queue and then for the commit, without
/// blocking a thread; any async runtime will do. [`Store::finish_hand`] waits
/// for the place only and gives a [`Receipt`] for the rest. A future that is
/// dropped after the operation was queued does not call it back.
///
/// Operations of one caller that wait for one another are carried out in that
/// order; [`Store::flush`] comes after everything queued before it.
///
/// ```
/// # use bots::poker::store::{Options, Store};
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let store = Store::open(Options::default())?;
/// let account = store.log_in(b"ann", b"secret").await?;
/// assert_eq!((account.bankroll, account.is_new), (100_000, true));
/// store.buy_in(account.id, 1, 500).await?;
/// assert_eq!(store.leave(account.id, 1).await?, 500);
/// assert!(store.audit().await?.is_conserved());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Store {
    queue: mpsc::Sender<Box<dyn Job>>,
    failures: Arc<AtomicU64>,
    grant: u32,
    create_accounts: bool,
    recovered: Recovered,
    next_hand: HandSerial,
}

/// An operation that is queued: the future of its result after the commit.
/// Dropping it does not stop the operation.
#[derive(Debug)]
pub struct Receipt<T>(oneshot::Receiver<Result<T, StoreError>>);

impl<T> Future for Receipt<T> {
    type Output = Result<T, StoreError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(context)
            .map(|answer| answer.unwrap_or(Err(StoreError::Closed)))
    }
}

impl Store {
    /// Opens the store, and gives what a crash has left on tables back to the
    /// bankrolls. Blocks while it does.
    ///
    /// # Errors
    ///
    /// When the file cannot be used; says why and what to do.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let Options {
            location,
            grant,
            create_accounts,
            queue,
            group_time,
            group_size,
        } = options;
        let Opened {
            connection,
            recovered,
            next_hand,
        } = schema::open(location)?;
        let (queue, jobs) = mpsc::channel(queue.max(1));
        let failures = Arc::new(AtomicU64::new(0));
        let groups = Groups {
            time: group_time,
            size: group_size.max(1),
        };
        let counted = Arc::clone(&failures);
        thread::Builder::new()
            .name("poker-store".to_owned())
            .spawn(move || writer::run(&connection, jobs, groups, &counted))
            .map_err(OpenError::Thread)?;
        Ok(Self {
            queue,
            failures,
            grant,
            create_accounts,
            recovered,
            next_hand,
        })
    }

    /// What opening gave back to bankrolls.
    pub fn recovered(&self) -> Recovered {
        self.recovered
    }

    /// The first number free for a hand when the store was opened.
    pub fn first_free_hand(&self) -> HandSerial {
        self.next_hand
    }

    /// Operations that were refused or failed so far, also those whose
    /// receipts were dropped.
    pub fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    /// Checks name and password (any bytes: names up to 64, passwords up to
    /// 256). An unknown name becomes an account with the usual grant if the
    /// store's options say so.
    ///
    /// # Errors
    ///
    /// [`StoreError::WrongPassword`], [`StoreError::UnknownAccount`], or the
    /// length that is wrong.
    pub async fn log_in(&self, name: &[u8], password: &[u8]) -> Result<Account, StoreError> {
        // Before anything is copied: the sizes come from the wire.
        accounts::check_lengths(name, password)?;
        let (name, password) = (name.to_owned(), password.to_owned());
        let create = self.create_accounts.then_some(self.grant);
        self.carry_out(move |connection| accounts::log_in(connection, &name, &password, create))
            .await
    }

    /// An account's money.
    ///
    /// # Errors
    ///
    /// [`StoreError::UnknownAccount`].
    pub async fn balance(&self, account: AccountId) -> Result<Account, StoreError> {
        self.carry_out(move |connection| accounts::balance(connection, account, false))
            .await
    }

    /// Gives an account money, and notes it in the ledger.
    ///
    /// # Errors
    ///
    /// [`StoreError::UnknownAccount`].
    pub async fn grant(&self, account: AccountId, amount: u32) -> Result<Account, StoreError> {
        self.carry_out(move |connection| {
            money::grant(connection, account, amount)?;
            accounts::balance(connection, account, false)
        })
        .await
    }

    /// Moves money from the bankroll to a table, for a buy-in or a rebuy.
    ///
    /// # Errors
    ///
    /// [`StoreError::Bankroll`] when there is not enough.
    pub async fn buy_in(
        &self,
        account: AccountId,
        table: u32,
        amount: u32,
    ) -> Result<Account, StoreError> {
        self.carry_out(move |connection| money::buy_in(connection, account, table, amount))
            .await
    }

    /// Queues the result of a hand: the players' money at the table changes
    /// and the hand is stored, both or neither.
    ///
    /// # Errors
    ///
    /// [`StoreError::Closed`]; the receipt tells of the others:
    /// [`StoreError::Unbalanced`], [`StoreError::NotAtTable`],
    /// [`StoreError::Overdrawn`], [`StoreError::HandTwice`].
    pub async fn finish_hand(&self, hand: HandRecord) -> Result<Receipt<()>, StoreError> {
        self.submit(move |connection| money::finish_hand(connection, &hand))
            .await
    }

    /// Moves all money that the account has at the table back to its bankroll,
    /// and says how much it was.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotAtTable`].
    pub async fn leave(&self, account: AccountId, table: u32) -> Result<u64, StoreError> {
        self.carry_out(move |connection| money::leave(connection, account, table))
            .await
    }

    /// A stored hand.
    pub async fn hand(&self, serial: HandSerial) -> Result<Option<PlayedHand>, StoreError> {
        self.carry_out(move |connection| money::played_hand(connection, serial))
            .await
    }

    /// Adds up where the money is. Looks at every account.
    pub async fn audit(&self) -> Result<Audit, StoreError> {
        self.carry_out(money::audit).await
    }

    /// Waits until everything queued before is committed.
    pub async fn flush(&self) -> Result<(), StoreError> {
        self.carry_out(|_| Ok(())).await
    }

    async fn carry_out<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.submit(work).await?.await
    }

    async fn submit<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Receipt<T>, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: Box<dyn Job> = Box::new(Task::new(work, reply));
        self.queue.send(job).await.map_err(|_| StoreError::Closed)?;
        Ok(Receipt(answer))
    }
}
