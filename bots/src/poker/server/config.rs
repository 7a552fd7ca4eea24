//! What a server can be told before it starts.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use crate::poker::rules::{Betting, Chips, MAX_SEATS, Structure};

/// How a [`Server`](super::Server) is set up.
///
/// ```
/// use std::time::Duration;
/// use bots::poker::server::{ServerConfig, TableGroup};
///
/// let mut config = ServerConfig::default();
/// config.tables = TableGroup::mix(1_000, 4);
/// config.seed = 7;
/// config.timing.hand_delay = Duration::from_millis(50);
/// ```
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Where to listen; port 0 takes any free one.
    pub listen: Vec<SocketAddr>,
    /// The file of accounts and hand histories; `None` keeps them in memory.
    pub database: Option<PathBuf>,
    /// The tables that are there from the start.
    pub tables: Vec<TableGroup>,
    /// The seed of all shuffles.
    pub seed: u64,
    /// What a new account is given. Accounts are made when someone logs in
    /// with a name that none has yet.
    pub grant: Chips,
    /// The threads that serve connections and tables, at least 1.
    pub workers: usize,
    /// How long things may take.
    pub timing: Timing,
    /// How much of things there may be.
    pub limits: Limits,
}

/// Tables that are all alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableGroup {
    /// How many.
    pub count: u32,
    /// Seats at each, 2 to 10.
    pub seats: u8,
    /// Blinds and bets.
    pub structure: Structure,
}

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// For a decision on a blind or a bet; half of it passes before the
    /// player is warned. Players learn it in whole seconds, rounded up.
    pub player_timeout: Duration,
    /// For the decision whether to muck.
    pub muck_timeout: Duration,
    /// From the end of a hand, or from when two players are ready, to the
    /// next hand.
    pub hand_delay: Duration,
    /// How long the seat of a player without a connection is kept.
    pub seat_hold: Duration,
    /// Without a word from a client.
    pub idle: Duration,
    /// Until a client has sent its handshake.
    pub handshake: Duration,
    /// Until the rest of a message has come whose start has.
    pub frame: Duration,
    /// While a client takes nothing of what is sent to it.
    pub write_stall: Duration,
    /// For the last words to a client that is sent away.
    pub linger: Duration,
}

/// How much of things there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at a time.
    pub connections: usize,
    /// Tables at a time, those of players among them.
    pub tables: usize,
    /// Tables that one client is at.
    pub tables_per_client: usize,
    /// Tables in one answer to `POKER_TABLE_SELECT`.
    pub tables_listed: usize,
    /// Bytes that wait to be sent to one client.
    pub outbox_bytes: usize,
    /// Messages of one client that are handled before others have their turn.
    pub messages_per_turn: usize,
    /// Messages that are none, before their sender is sent away.
    pub malformed_messages: u32,
    /// Bytes of a chat message; what is longer is cut.
    pub chat_bytes: usize,
}

impl Default for ServerConfig {
    /// A server on a free port of the loopback interface, with a hundred
    /// tables of six seats, whose shuffles have the seed 0.
    fn default() -> Self {
        Self {
            listen: vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 0))],
            database: None,
            tables: TableGroup::mix(100, 6),
            seed: 0,
            grant: 1_000_000,
            workers: thread::available_parallelism().map_or(1, usize::from),
            timing: Timing::default(),
            limits: Limits::default(),
        }
    }
}

impl TableGroup {
    /// Tables of all three kinds of betting, as many of each as can be.
    ///
    /// # Panics
    ///
    /// Unless there are 2 to 10 seats.
    pub fn mix(count: u32, seats: u8) -> Vec<Self> {
        assert!(
            (2..=MAX_SEATS).contains(&usize::from(seats)),
            "a table has 2 to 10 seats, not {seats}"
        );
        let kinds = [
            (Betting::FixedLimit, 2, 4),
            (Betting::NoLimit, 1, 2),
            (Betting::PotLimit, 1, 2),
        ];
        (0..3)
            .zip(kinds)
            .map(|(index, (betting, small, big))| Self {
                count: count / 3 + u32::from(index < count % 3),
                seats,
                structure: Structure::new(betting, small, big).expect("1 and 2, or 2 and 4"),
            })
            .filter(|group| group.count > 0)
            .collect()
    }
}

impl Default for Timing {
    /// Those of a game between people.
    fn default() -> Self {
        Self {
            player_timeout: Duration::from_secs(30),
            muck_timeout: Duration::from_secs(5),
            hand_delay: Duration::from_secs(2),
            seat_hold: Duration::from_secs(60),
            idle: Duration::from_secs(10),
            handshake: Duration::from_secs(5),
            frame: Duration::from_secs(5),
            write_stall: Duration::from_secs(10),
            linger: Duration::from_millis(500),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 50_000,
            tables: 20_000,
            tables_per_client: 16,
            tables_listed: 200,
            outbox_bytes: 256 << 10,
            messages_per_turn: 64,
            malformed_messages: 20,
            chat_bytes: 512,
        }
    }
}
