//! Many clients that do anything, come and go: no chip appears or vanishes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bots::poker::server::{Reason, Stats, TableGroup};
use pokersource::{
    Message, PokerAutoBlindAnte, PokerAutoMuck, PokerBlind, PokerBuyIn, PokerCall, PokerChat,
    PokerCheck, PokerFold, PokerLookCards, PokerMuckAccept, PokerMuckDeny, PokerNoautoBlindAnte,
    PokerPlayerLeave, PokerRaise, PokerRebuy, PokerSeat, PokerSit, PokerSitOut, PokerTableJoin,
    PokerTableQuit, PokerWaitBigBlind,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::client::{Client, config, start};

const CLIENTS: u64 = 8;
const TABLES: u32 = 2;

/// A request, most often one that could make sense.
fn request(random: &mut ChaCha8Rng, serial: u32) -> Message {
    let mut below = |bound: u32| random.next_u32() % bound;
    let game_id = 1 + below(TABLES);
    let amount = below(300);
    match below(40) {
        0 => PokerTableJoin { serial, game_id }.into(),
        1 => PokerTableQuit { serial, game_id }.into(),
        2..5 => PokerSeat {
            serial,
            game_id,
            seat: Some(below(6).try_into().unwrap()).filter(|&seat| seat != 5),
        }
        .into(),
        5..8 => PokerBuyIn {
            serial,
            game_id,
            amount,
        }
        .into(),
        8 => PokerRebuy {
            serial,
            game_id,
            amount,
        }
        .into(),
        9..12 => PokerSit { serial, game_id }.into(),
        12 => PokerSitOut { serial, game_id }.into(),
        13 => PokerPlayerLeave {
            serial,
            game_id,
            seat: None,
        }
        .into(),
        14 => PokerAutoBlindAnte { serial, game_id }.into(),
        15 => PokerNoautoBlindAnte { serial, game_id }.into(),
        16 | 17 => PokerBlind {
            serial,
            game_id,
            amount,
            dead: 0,
        }
        .into(),
        18 => PokerWaitBigBlind { serial, game_id }.into(),
        19 => PokerAutoMuck {
            serial,
            game_id,
            auto_muck: below(4).try_into().unwrap(),
        }
        .into(),
        20 => PokerMuckAccept { serial, game_id }.into(),
        21 => PokerMuckDeny { serial, game_id }.into(),
        22 => PokerLookCards { serial, game_id }.into(),
        23 => PokerChat {
            serial,
            game_id,
            message: "hm".into(),
        }
        .into(),
        24 => PokerFold { serial, game_id }.into(),
        25 => PokerCheck { serial, game_id }.into(),
        26..29 => PokerRaise {
            serial,
            game_id,
            amount: amount * below(20),
        }
        .into(),
        29 => PokerTableJoin {
            serial: serial + 1,
            game_id: game_id + TABLES,
        }
        .into(),
        _ => PokerCall { serial, game_id }.into(),
    }
}

fn misbehave(address: SocketAddr, seed: u64, over: &AtomicBool) {
    let is_over = || over.load(Ordering::Relaxed);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let name = format!("client{seed}");
    // Sometimes the connection before is still there.
    let mut before = None;
    while !is_over() {
        let mut client = Client::log_in(address, &name);
        let serial = client.serial;
        for game_id in 1..=TABLES {
            client.send(PokerTableJoin { serial, game_id });
            client.send(PokerAutoBlindAnte { serial, game_id });
        }
        drop(before.take());
        for _ in 0..random.next_u32() % 2_000 {
            let bytes = pickler::encode(&request(&mut random, serial)).unwrap();
            if !client.try_send(&bytes) || !client.drain() || is_over() {
                break;
            }
            if random.next_u32() % 4 == 0 {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        match random.next_u32() % 4 {
            0 => drop(client.try_send(&[7, 0, 3])),
            1 => drop(client.try_send(&[86, 0, 90, 1])),
            2 => before = Some(client),
            _ => {}
        }
    }
}

#[test]
fn no_chip_appears_or_vanishes() {
    let mut config = config("1-2-no-limit");
    config.tables = TableGroup::mix(TABLES, 6);
    config.workers = 2;
    config.timing.player_timeout = Duration::from_millis(20);
    config.timing.muck_timeout = Duration::from_millis(10);
    config.timing.hand_delay = Duration::from_millis(1);
    config.timing.seat_hold = Duration::from_millis(50);
    let server = start(config);
    let address = server.addr();
    let over = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|seed| {
            let over = Arc::clone(&over);
            std::thread::spawn(move || misbehave(address, seed, &over))
        })
        .collect();
    // Four seconds, or as long as a busy machine needs for enough to happen.
    let begin = Instant::now();
    let enough = |stats: &Stats| {
        stats.hands_played > 20
            && stats.refused > 100
            && stats.disconnects_for(Reason::Replaced) > 0
    };
    while begin.elapsed() < Duration::from_secs(4)
        || (!enough(&server.stats()) && begin.elapsed() < Duration::from_secs(60))
    {
        std::thread::sleep(Duration::from_millis(200));
        let audit = server.audit();
        assert!(audit.is_conserved(), "{audit:?}");
    }
    over.store(true, Ordering::Relaxed);
    for client in clients {
        client
            .join()
            .expect("a client that only sees well-formed messages");
    }
    let report = server.stop();
    assert!(report.audit.is_exact(), "{:?}", report.audit);
    assert_eq!(report.audit.granted, 10_000 * CLIENTS);
    let stats = report.stats;
    assert!(enough(&stats), "{stats:?}");
    assert_eq!(report.audit.hands, stats.hands_played);
}
