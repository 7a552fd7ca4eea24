//! A table without sockets and clocks.

// Snapshots are written with them.
#![allow(clippy::needless_raw_string_hashes)]

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use pokersource::Message;

use super::{Context, Guest, Listener, Setup, TableSession};
use crate::poker::rules::Command;
use crate::poker::server::bank::Bank;
use crate::poker::server::clerk::Clerk;
use crate::poker::server::config::Timing;
use crate::poker::server::outbox::Outbox;
use crate::poker::server::presence::Presence;
use crate::poker::server::stats::Counters;
use crate::poker::store::{Account, Options, Store};

/// A table of two players, 1 and 2, who listen to it.
struct House {
    bank: Bank,
    presence: Presence,
    counters: Counters,
    table: TableSession,
    ears: Vec<Arc<Outbox>>,
    now: Instant,
}

impl House {
    fn new() -> Self {
        let store = Store::open(Options::default()).unwrap();
        let (journal, _) = Clerk::new(store, Arc::new(AtomicU64::new(0)));
        let setup = Setup {
            id: 1,
            name: "one".into(),
            seats: 2,
            structure: "1-2-no-limit".parse().unwrap(),
            seed: 42,
            timing: Timing {
                player_timeout: Duration::from_secs(10),
                muck_timeout: Duration::from_secs(4),
                hand_delay: Duration::from_secs(1),
                ..Timing::default()
            },
            of_client: false,
        };
        let mut house = Self {
            bank: Bank::new(journal, 1),
            presence: Presence::default(),
            counters: Counters::default(),
            table: TableSession::new(setup).unwrap(),
            ears: Vec::new(),
            now: Instant::now(),
        };
        for player in [1, 2] {
            house.sit(player);
        }
        house.heard();
        house
    }

    fn sit(&mut self, player: u32) {
        let name = format!("player{player}");
        let account = Account {
            id: player,
            bankroll: 1_000,
            in_game: 0,
            is_new: true,
        };
        self.bank.welcome(account, name.as_str().into());
        let outbox = Arc::new(Outbox::new(100_000));
        let listener = Listener {
            connection: player.into(),
            player,
            outbox: Arc::clone(&outbox),
        };
        self.ears.push(outbox);
        let guest = Guest {
            player,
            name: name.as_str().into(),
            outfit: "".into(),
            url: "".into(),
        };
        self.with(|table, context| {
            table.enter(context, listener, "");
            table.seat(context, guest, None).unwrap();
            table.buy_in(context, player, 100).unwrap();
            table.act(context, Command::Sit { player }).unwrap();
        });
    }

    fn with<R>(&mut self, work: impl FnOnce(&mut TableSession, Context<'_>) -> R) -> R {
        let context = Context {
            bank: &self.bank,
            presence: &self.presence,
            counters: &self.counters,
            now: self.now,
        };
        let result = work(&mut self.table, context);
        assert_eq!(self.table.total_chips(), self.bank.at_table(1));
        result
    }

    /// Lets time pass until the table has something to do; gives how long.
    fn wait(&mut self) -> Duration {
        let deadline = self.table.deadline().expect("something to wait for");
        let passed = deadline - self.now;
        self.now = deadline;
        self.with(TableSession::tick);
        passed
    }

    /// What player 1 has heard.
    fn heard(&self) -> String {
        let batch = self.ears[0].take();
        let mut bytes = &batch.bytes[..];
        let mut names = String::new();
        while !bytes.is_empty() {
            let (message, taken) = pickler::decode_prefix::<Message>(bytes).unwrap();
            bytes = &bytes[taken..];
            names = names + message.name() + "\n";
        }
        names
    }
}

fn check(house: &House, expected: &Expect) {
    expected.assert_eq(&house.heard());
}

#[test]
fn a_blind_that_is_not_posted_in_time_cancels_the_hand() {
    let mut house = House::new();
    assert_eq!(
        house.wait(),
        Duration::from_secs(1),
        "the delay to the hand"
    );
    assert_eq!(house.wait(), Duration::from_secs(5), "the warning");
    assert_eq!(house.wait(), Duration::from_secs(5), "the end");
    check(
        &house,
        &expect![[r#"
        POKER_PLAYER_CHIPS
        POKER_PLAYER_CHIPS
        POKER_IN_GAME
        POKER_DEALER
        POKER_START
        POKER_POSITION
        POKER_BLIND_REQUEST
        POKER_TIMEOUT_WARNING
        POKER_TIMEOUT_NOTICE
        POKER_SIT_OUT
        POKER_POSITION
        POKER_CANCELED
        POKER_PLAYER_CHIPS
    "#]],
    );
    assert_eq!(house.table.deadline(), None, "one player plays with nobody");
}

#[test]
fn an_answer_starts_the_time_anew() {
    let mut house = House::new();
    house.wait();
    house.wait();
    for player in [1, 2] {
        house
            .with(|table, context| table.act(context, Command::PostBlind { player }))
            .unwrap();
    }
    assert_eq!(
        house.wait(),
        Duration::from_secs(5),
        "the warning to who is to bet"
    );
    house.with(|table, context| table.call(context, 1)).unwrap();
    assert_eq!(
        house.wait(),
        Duration::from_secs(5),
        "the warning to the other"
    );
    check(
        &house,
        &expect![[r#"
        POKER_PLAYER_CHIPS
        POKER_PLAYER_CHIPS
        POKER_IN_GAME
        POKER_DEALER
        POKER_START
        POKER_POSITION
        POKER_BLIND_REQUEST
        POKER_TIMEOUT_WARNING
        POKER_BLIND
        POKER_POSITION
        POKER_BLIND_REQUEST
        POKER_BLIND
        POKER_POSITION
        POKER_PLAYER_CARDS
        POKER_PLAYER_CARDS
        POKER_STATE
        POKER_POSITION
        POKER_TIMEOUT_WARNING
        POKER_CALL
        POKER_POSITION
        POKER_TIMEOUT_WARNING
    "#]],
    );
}

#[test]
fn who_does_not_say_whether_to_show_does_not() {
    let mut house = House::new();
    house.wait();
    for player in [1, 2] {
        house
            .with(|table, context| table.act(context, Command::PostBlind { player }))
            .unwrap();
    }
    let asks = Command::AutoMuck {
        player: 2,
        winning: false,
        losing: false,
    };
    house
        .with(|table, context| table.act(context, asks))
        .unwrap();
    house.heard();
    house
        .with(|table, context| table.act(context, Command::Fold { player: 1 }))
        .unwrap();
    assert_eq!(house.wait(), Duration::from_secs(4), "the time to muck");
    check(
        &house,
        &expect![[r#"
        POKER_FOLD
        POKER_PLAYER_CHIPS
        POKER_POSITION
        POKER_STATE
        POKER_MUCK_REQUEST
        POKER_TIMEOUT_NOTICE
        POKER_STATE
        POKER_WIN
        POKER_PLAYER_CHIPS
    "#]],
    );
    assert_eq!(
        house.wait(),
        Duration::from_secs(1),
        "the delay to the next hand"
    );
}
