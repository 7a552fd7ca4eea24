//! Starting and stopping a server.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, mpsc};
use std::thread::{Builder, JoinHandle};

use tokio::sync::{mpsc as channel, watch};

use super::acceptor::{self, ListenError};
use super::audit::Audit;
use super::bank::Bank;
use super::clerk::{Clerk, Journal};
use super::config::ServerConfig;
use super::hall::Hall;
use super::stats::Stats;
use super::table::Setup;
use super::worker::Worker;
use crate::poker::rules::TableError;
use crate::poker::store::{Location, OpenError, Options, Recovered, Store};

/// The poker server.
#[derive(Debug)]
pub struct Server;

/// A server that runs in threads of its own. Dropping the handle stops it.
#[derive(Debug)]
pub struct ServerHandle {
    addresses: Vec<SocketAddr>,
    hall: Arc<Hall>,
    journal: Journal,
    failures: Arc<AtomicU64>,
    recovered: Recovered,
    stop: watch::Sender<bool>,
    threads: Vec<JoinHandle<io::Result<()>>>,
}

/// What a server has done, when it has stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinalReport {
    /// What it counted.
    pub stats: Stats,
    /// Where the chips are.
    pub audit: Audit,
}

/// A server cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No address was given.
    #[error("no address to listen at")]
    NoAddress,
    /// An address cannot be listened at.
    #[error("cannot listen at {address}: {source}; is another program using it?")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// A table cannot be made.
    #[error(transparent)]
    Table(#[from] TableError),
    /// There are to be more tables than allowed.
    #[error("{wanted} tables are more than the limit of {limit}")]
    TooManyTables {
        /// How many the configuration lists.
        wanted: usize,
        /// How many it allows.
        limit: usize,
    },
    /// A thread cannot be started.
    #[error("cannot start a thread: {0}")]
    Thread(io::Error),
}

impl Server {
    /// Opens the store and the tables, listens, and serves from then on, in
    /// threads of its own: a caller with a runtime keeps it to itself. Blocks
    /// while the store is opened.
    ///
    /// ```
    /// use bots::poker::server::{Server, ServerConfig};
    ///
    /// let server = Server::start(ServerConfig::default())?;
    /// println!("listening at {}", server.addr());
    /// assert_eq!(server.stats().tables, 100);
    /// assert!(server.stop().audit.is_conserved());
    /// # Ok::<(), bots::poker::server::StartError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When an address is taken, the store cannot be opened, or the
    /// configuration asks for tables that cannot be.
    pub fn start(config: ServerConfig) -> Result<ServerHandle, StartError> {
        if config.listen.is_empty() {
            return Err(StartError::NoAddress);
        }
        let store = open_store(&config)?;
        let recovered = store.recovered();
        let first_hand = store.first_free_hand();
        let failures = Arc::new(AtomicU64::new(0));
        let (journal, clerk) = Clerk::new(store.clone(), Arc::clone(&failures));
        let bank = Bank::new(journal.clone(), first_hand);
        let hall = Arc::new(Hall::new(config, bank, store));
        open_tables(&hall)?;

        let (stop, stopped) = watch::channel(false);
        let mut server = ServerHandle {
            addresses: Vec::new(),
            hall,
            journal,
            failures,
            recovered,
            stop,
            threads: Vec::new(),
        };
        server.spawn("poker-clerk", move || clerk.run_in_thread())?;
        let mut arrivals = Vec::new();
        for number in 0..server.hall.config.workers.max(1) {
            let (sender, receiver) = channel::unbounded_channel();
            arrivals.push(sender);
            let worker = Worker {
                number: u32::try_from(number).unwrap_or(u32::MAX),
                hall: Arc::clone(&server.hall),
                arrivals: receiver,
                stop: stopped.clone(),
            };
            server.spawn("poker-worker", move || worker.run())?;
        }
        let (report, reported) = mpsc::channel();
        let addresses = server.hall.config.listen.clone();
        server.spawn("poker-accept", move || {
            acceptor::run(&addresses, &arrivals, stopped, move |result| {
                let _ = report.send(result);
            })
        })?;
        match reported.recv() {
            Ok(Ok(addresses)) => server.addresses = addresses,
            Ok(Err(ListenError { address, source })) => {
                return Err(StartError::Listen { address, source });
            }
            // The thread has ended without a report: it got no runtime.
            Err(_) => return Err(StartError::Thread(io::Error::other("no runtime"))),
        }
        Ok(server)
    }
}

impl ServerHandle {
    /// The first address that the server listens at.
    pub fn addr(&self) -> SocketAddr {
        self.addresses[0]
    }

    /// All addresses that the server listens at.
    pub fn addrs(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// What the server has counted so far. Cheap: waits for nobody.
    pub fn stats(&self) -> Stats {
        self.hall.stats()
    }

    /// What a crash of an earlier server had left on tables, and was given
    /// back to its owners when this one opened the file.
    pub fn recovered(&self) -> Recovered {
        self.recovered
    }

    /// Adds up where the chips are, in the store and on all tables. Blocks
    /// until everything so far is stored; looks at every account.
    pub fn audit(&self) -> Audit {
        let (reply, answer) = mpsc::channel();
        self.journal.audit(reply);
        let stored = answer.recv().ok().and_then(Result::ok);
        let (on_tables, tables_agree) = self.hall.count_tables();
        Audit::new(stored, on_tables, tables_agree, self.failures.load(Relaxed))
    }

    /// Tells all clients, closes their connections, stops, and says what was
    /// done. Blocks for up to twice [`Timing::linger`](super::Timing::linger)
    /// and a little more.
    pub fn stop(mut self) -> FinalReport {
        self.stop_threads();
        let audit = self.audit();
        FinalReport {
            stats: self.stats(),
            audit,
        }
    }

    /// All threads but the clerk's, which ends with the last journal.
    fn stop_threads(&mut self) {
        let _ = self.stop.send(true);
        // The clerk's thread is the first.
        for thread in self.threads.drain(..).skip(1) {
            // Its clients have been told, whatever became of the thread.
            let _ = thread.join();
        }
    }

    fn spawn(
        &mut self,
        name: &str,
        work: impl FnOnce() -> io::Result<()> + Send + 'static,
    ) -> Result<(), StartError> {
        let thread = Builder::new().name(name.to_owned()).spawn(work);
        self.threads.push(thread.map_err(StartError::Thread)?);
        Ok(())
    }
}

impl Drop for ServerHandle {
    fn drop(&mut self) {
        self.stop_threads();
    }
}

fn open_store(config: &ServerConfig) -> Result<Store, OpenError> {
    let location = match &config.database {
        Some(path) => Location::File(path.clone()),
        None => Location::Memory,
    };
    Store::open(Options {
        location,
        grant: config.grant,
        ..Options::default()
    })
}

fn open_tables(hall: &Hall) -> Result<(), StartError> {
    let limit = hall.config.limits.tables;
    let wanted = hall
        .config
        .tables
        .iter()
        .map(|group| group.count as usize)
        .sum();
    if wanted > limit {
        return Err(StartError::TooManyTables { wanted, limit });
    }
    for group in &hall.config.tables {
        for _ in 0..group.count {
            let setup = Setup {
                seats: group.seats,
                structure: group.structure,
                ..hall.setup()
            };
            hall.lobby.open(setup, limit).map_err(|error| match error {
                super::lobby::OpenTableError::Table(error) => StartError::Table(error),
                super::lobby::OpenTableError::TooMany(limit) => {
                    StartError::TooManyTables { wanted, limit }
                }
            })?;
        }
    }
    Ok(())
}
