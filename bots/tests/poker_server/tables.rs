//! Tables that clients make and pick, onlookers, chat.

use bots::poker::server::TableGroup;
use pokersource::{
    Message, PokerChat, PokerTable, PokerTableJoin, PokerTableList, PokerTablePicker,
    PokerTableQuit, PokerTableRequestPlayersList, PokerTableSelect,
};

use crate::client::{Client, config, line, lines, start};

fn select(client: &mut Client, text: &str) -> PokerTableList {
    client.send(PokerTableSelect {
        string: text.into(),
    });
    match client.until("POKER_TABLE_LIST") {
        Message::PokerTableList(list) => list,
        _ => unreachable!(),
    }
}

fn ids(list: &PokerTableList) -> Vec<u32> {
    let id = |message: &Message| match message {
        Message::PokerTable(table) => table.id,
        other => panic!("not a table: {other:?}"),
    };
    list.packets.iter().map(id).collect()
}

#[test]
fn tables_are_selected_by_what_they_are_like() {
    let mut config = config("1-2-no-limit");
    config.tables = TableGroup::mix(6, 2);
    let server = start(config);
    let mut ann = Client::log_in(server.addr(), "ann");
    ann.table = 3;
    ann.send_join();
    ann.until("POKER_STREAM_MODE");
    ann.take_seat(0, 40);
    for (text, found) in [
        ("", &[1, 2, 3, 4, 5, 6][..]),
        ("all", &[1, 2, 3, 4, 5, 6]),
        ("my", &[3]),
        ("free", &[1, 2, 3, 4, 5, 6]),
        ("1\tholdem\t2-4-limit", &[1, 2]),
        ("\t\t1-2-pot-limit", &[5, 6]),
        ("2", &[]),
        ("\tomaha", &[]),
    ] {
        assert_eq!(ids(&select(&mut ann, text)), found, "{text:?}");
    }
    let list = select(&mut ann, "my");
    let Message::PokerTable(table) = &list.packets[0] else {
        unreachable!()
    };
    assert_eq!((table.players, table.observers, list.tables), (1, 0, 6));
    assert_eq!(table.reason, PokerTable::REASON_TABLE_LIST);
}

#[test]
fn a_long_list_is_cut_to_fit_a_message() {
    let mut config = config("1-2-no-limit");
    config.tables = TableGroup::mix(2_000, 4);
    config.limits.tables_listed = 5_000;
    let server = start(config);
    let mut ann = Client::connect(server.addr());
    let list = select(&mut ann, "all");
    assert!(
        (500..1_000).contains(&list.packets.len()),
        "{}",
        list.packets.len()
    );
    assert_eq!(list.tables, 2_000);
}

#[test]
fn a_client_makes_a_table_that_ends_when_all_have_gone() {
    let server = start(config("1-2-no-limit"));
    let mut ann = Client::log_in(server.addr(), "ann");
    let wanted = PokerTable {
        name: "Ann's".into(),
        seats: 2,
        betting_structure: "5-10-pot-limit".into(),
        player_timeout: 20,
        ..PokerTable::default()
    };
    ann.send(wanted.clone());
    let Message::PokerTable(table) = ann.next() else {
        panic!("no table")
    };
    assert_eq!((table.id, table.player_timeout), (2, 20));
    assert_eq!(table.reason, PokerTable::REASON_TABLE_CREATE);
    ann.until("POKER_STREAM_MODE");
    assert_eq!(server.stats().tables, 2);
    ann.send(PokerTableQuit {
        serial: 0,
        game_id: 2,
    });
    ann.send(PokerTableJoin {
        serial: 0,
        game_id: 2,
    });
    assert_eq!(line(&ann.next()), "POKER_TABLE id 0 ");
    assert_eq!(ann.error(), "there is no table 2");
    assert_eq!(server.stats().tables, 1);

    for (bad, words) in [
        (
            PokerTable {
                seats: 1,
                ..wanted.clone()
            },
            "2 to 10 seats",
        ),
        (
            PokerTable {
                seats: 255,
                ..wanted.clone()
            },
            "2 to 10 seats",
        ),
        (
            PokerTable {
                variant: "omaha".into(),
                ..wanted.clone()
            },
            "omaha is not played",
        ),
        (
            PokerTable {
                betting_structure: "x".into(),
                ..wanted.clone()
            },
            "like 2-4-limit",
        ),
        (
            PokerTable {
                name: "".into(),
                ..wanted.clone()
            },
            "1 to 64 bytes",
        ),
        (
            PokerTable {
                name: "a\nb".into(),
                ..wanted.clone()
            },
            "in one line",
        ),
        (
            PokerTable {
                name: b"\xff".into(),
                ..wanted.clone()
            },
            "UTF-8",
        ),
        (
            PokerTable {
                currency_serial: 7,
                ..wanted.clone()
            },
            "no currency 7",
        ),
        (
            PokerTable {
                player_timeout: 9_999,
                ..wanted.clone()
            },
            "up to 600 seconds",
        ),
    ] {
        ann.send(bad);
        assert_eq!(line(&ann.next()), "POKER_TABLE id 0 ");
        let error = ann.error();
        assert!(error.contains(words), "{error:?} without {words:?}");
    }
}

#[test]
fn a_picker_is_seated_with_money_and_plays() {
    let server = start(config("1-2-no-limit"));
    let pick = |client: &mut Client, structure: &str| {
        client.send(PokerTablePicker {
            variant: "holdem".into(),
            betting_structure: structure.into(),
            auto_blind_ante: true,
            ..PokerTablePicker::default()
        });
    };
    let mut ann = Client::log_in(server.addr(), "ann");
    let mut bob = Client::log_in(server.addr(), "bob");
    pick(&mut ann, "9-9-limit");
    assert_eq!(line(&ann.next()), "POKER_TABLE id 0 ");
    assert!(ann.error().contains("no table like this"));
    pick(&mut ann, "1-2-no-limit");
    let picked = ann.all_until("POKER_SEAT");
    assert!(lines(&picked).starts_with("POKER_TABLE id 1 TablePicker"));
    pick(&mut bob, "");
    bob.until("POKER_SEAT");
    ann.turn();
    ann.fold();
    bob.until("POKER_WIN");
    assert!(server.stop().audit.is_exact());
}

#[test]
fn onlookers_see_and_talk_but_see_no_cards() {
    let mut config = config("1-2-no-limit");
    config.limits.chat_bytes = 5;
    let server = start(config);
    let mut ann = Client::sit_down(server.addr(), "ann", 0, 200);
    let mut bob = Client::sit_down(server.addr(), "bob", 1, 200);
    let mut eve = Client::join(server.addr(), "eve");
    // Without a login one may look, not talk.
    let mut guest = Client::connect(server.addr());
    guest.send_join();
    guest.until("POKER_STREAM_MODE");
    guest.send(PokerChat::default());
    assert_eq!(guest.next(), Message::AuthRequest);

    ann.play();
    bob.play();
    for onlooker in [&mut eve, &mut guest] {
        let seen = onlooker.all_until("POKER_STATE");
        let hidden = seen.iter().all(|message| match message {
            Message::PokerPlayerCards(cards) => cards.cards == [255, 255],
            _ => true,
        });
        assert!(hidden, "{}", lines(&seen));
    }
    eve.send(PokerChat {
        serial: eve.serial,
        game_id: 1,
        message: "caf\u{e9}s!".into(),
    });
    assert_eq!(line(&ann.until("POKER_CHAT")), "POKER_CHAT 3: caf\u{e9}");
    assert_eq!(line(&guest.until("POKER_CHAT")), "POKER_CHAT 3: caf\u{e9}");
    eve.send(PokerChat {
        serial: 1,
        game_id: 1,
        message: "I am ann".into(),
    });
    eve.until("POKER_CHAT");
    assert_eq!(eve.error(), "player 1 is not logged in here");
    eve.send(PokerChat {
        serial: 0,
        game_id: 9,
        message: "anybody?".into(),
    });
    assert_eq!(eve.error(), "not at this table: wanted POKER_TABLE_JOIN");
    eve.send(PokerTableRequestPlayersList {
        serial: 0,
        game_id: 1,
    });
    let Message::PokerPlayersList(list) = eve.next() else {
        panic!("no list")
    };
    let rows: Vec<_> = list
        .players
        .iter()
        .map(|row| (row.name.to_string(), row.chips))
        .collect();
    assert_eq!(rows, [("ann".to_owned(), 199), ("bob".to_owned(), 198)]);
}

/// As many players as seats, all at the same moment.
#[test]
fn every_picker_gets_a_seat_while_there_is_one() {
    let mut config = config("1-2-no-limit");
    config.tables = TableGroup::mix(4, 3);
    config.workers = 2;
    let server = start(config);
    let address = server.addr();
    let all_are_here = std::sync::Arc::new(std::sync::Barrier::new(12));
    let pickers: Vec<_> = (0..12)
        .map(|number| {
            let all_are_here = std::sync::Arc::clone(&all_are_here);
            std::thread::spawn(move || {
                let mut client = Client::log_in(address, &format!("picker{number}"));
                all_are_here.wait();
                client.send(PokerTablePicker::default());
                client.until("POKER_SEAT");
                client
            })
        })
        .collect();
    let clients: Vec<_> = pickers
        .into_iter()
        .map(|picker| picker.join().expect("a seat"))
        .collect();
    let mut late = Client::log_in(address, "late");
    late.send(PokerTablePicker::default());
    assert_eq!(line(&late.next()), "POKER_TABLE id 0 ");
    assert_eq!(clients.len(), 12);
    assert!(server.stop().audit.is_exact());
}
