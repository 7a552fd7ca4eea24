//! The store after `kill -9`: no chip has appeared or vanished, and whatever
//! was acknowledged is there.
//!
//! The test starts itself once more as a child that moves money as fast as it
//! can, kills it at some moment, and opens the file again; several times over
//! with the same file.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use bots::poker::store::{Change, HandRecord, Location, OpenError, Options, Store};

const ROUNDS: u64 = 8;
const PLAYERS: u32 = 24;
const SEATS: u32 = 6;
const GRANT: u32 = 1000;
/// Says to the child which file to use.
const FILE: &str = "STORE_CRASH_FILE";

fn options(file: &Path) -> Options {
    Options {
        location: Location::File(file.to_owned()),
        grant: GRANT,
        ..Options::default()
    }
}

fn wait<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

#[test]
fn no_chip_appears_or_vanishes_when_the_program_is_killed() {
    let folder = Folder::new();
    let file = folder.0.join("bots.db");
    let (mut hands, mut recovered) = (0, 0);
    for round in 0..ROUNDS {
        let acknowledged = run_and_kill(&file, Duration::from_millis(60 + 45 * round));
        let store = open(&file);
        let audit = wait(store.audit()).expect("an audit");
        assert!(audit.is_conserved(), "{audit:?}");
        assert_eq!(audit.in_game, 0);
        assert_eq!(audit.granted, u64::from(GRANT) * audit.accounts);
        assert!(
            audit.accounts >= acknowledged.accounts,
            "{audit:?} {acknowledged:?}"
        );
        assert!(u64::from(store.first_free_hand()) > acknowledged.last_hand);
        if acknowledged.last_hand > 0 {
            let serial = u32::try_from(acknowledged.last_hand).expect("a hand's number");
            assert!(wait(store.hand(serial)).expect("a store").is_some());
        }
        recovered += store.recovered().amount;
        hands = audit.hands;
    }
    // The children were killed at work, not before it.
    assert!(hands > 100, "{hands} hands");
    assert!(recovered > 0);
}

/// A folder that is removed with its contents, also when the test fails.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let name = format!("store-crash-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[derive(Debug, Default)]
struct Acknowledged {
    accounts: u64,
    last_hand: u64,
}

/// Kills the child, by its id, whatever happens to the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Lets a child work for a time, kills it, and says what had been acknowledged
/// to it.
fn run_and_kill(file: &Path, time: Duration) -> Acknowledged {
    let program = std::env::current_exe().expect("this program");
    let child = Command::new(program)
        .args([
            "--exact",
            "child",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(FILE, file)
        .stdout(Stdio::piped())
        .spawn();
    let mut child = Killed(child.expect("a child"));
    let mut lines = BufReader::new(child.0.stdout.take().expect("its output")).lines();
    let mut acknowledged = Acknowledged::default();
    let mut note = |line: &str| match line.split_once(' ') {
        Some(("accounts", count)) => acknowledged.accounts = count.parse().unwrap_or(0),
        // Cut off by the kill, a number is shorter, and so smaller.
        Some(("hand", serial)) => acknowledged.last_hand = serial.parse().unwrap_or(0),
        _ => {}
    };
    // The time counts from the first thing done.
    for line in lines.by_ref() {
        let line = line.expect("a line");
        note(&line);
        if line.starts_with("accounts") {
            break;
        }
    }
    std::thread::sleep(time);
    child.0.kill().expect("it runs until it is killed");
    child.0.wait().expect("it ends");
    lines.map_while(Result::ok).for_each(|line| note(&line));
    acknowledged
}

/// Opens the file; the killed child's lock goes with it, though perhaps not at
/// the same moment.
fn open(file: &Path) -> Store {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        match Store::open(options(file)) {
            Err(OpenError::Locked { .. }) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(10));
            }
            opened => return opened.expect("a store"),
        }
    }
}

/// The child: moves money until it is killed. Does nothing when run by hand.
#[test]
#[ignore = "is started by the other test"]
fn child() {
    let Some(file) = std::env::var_os(FILE) else {
        return;
    };
    let store = open(Path::new(&file));
    wait(async {
        let mut serial = store.first_free_hand();
        for player in 0..PLAYERS {
            let name = format!("player {player}");
            let account = store
                .log_in(name.as_bytes(), b"secret")
                .await
                .expect("an account");
            let most = u32::try_from(account.bankroll).expect("a small bankroll");
            if most > 0 {
                store
                    .buy_in(account.id, player / SEATS, most.min(200))
                    .await
                    .expect("a buy-in");
            }
            println!("accounts {}", player + 1);
        }
        for step in 0_u32.. {
            let table = step % (PLAYERS / SEATS);
            let first = table * SEATS + 1;
            let player = first + step / 7 % SEATS;
            let other = first + (step / 7 + 1) % SEATS;
            // Refused when the player has nothing to lose: that is fine.
            let changes = [(player, -3), (other, 3)]
                .map(|(account, change)| Change { account, change })
                .into();
            let history = "a hand\n".repeat(20);
            let number = step.into();
            let hand = HandRecord {
                serial,
                table,
                number,
                changes,
                history,
            };
            let receipt = store.finish_hand(hand).await.expect("a place in the queue");
            if step % 50 == 0 {
                if receipt.await.is_ok() {
                    println!("hand {serial}");
                }
                let _ = store.leave(player, table).await;
                let account = store.balance(player).await.expect("an account");
                let most = u32::try_from(account.bankroll).expect("a small bankroll");
                let _ = store.buy_in(player, table, most / 2).await;
            }
            serial += 1;
        }
    });
}
