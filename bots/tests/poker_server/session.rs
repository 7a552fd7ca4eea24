//! A session from the handshake to leaving.

use expect_test::expect;
use pokersource::{
    Login, Message, PokerAutoMuck, PokerBuyIn, PokerExplain, PokerGetPlayerPlaces,
    PokerGetUserInfo, PokerHandHistory, PokerHandSelect, PokerMuckDeny, PokerPlayerLeave,
    PokerProcessingHand, PokerReadyToPlay, PokerRebuy, PokerSeat, PokerSetLocale, PokerSetRole,
    PokerSit, PokerSitOut, PokerStatsQuery, PokerTableQuit, PokerTableSelect,
};

use crate::client::{Client, config, lines, start};

/// Two players, step by step as the protocol's description has it.
#[test]
fn from_the_handshake_to_leaving() {
    let server = start(config("1-2-no-limit"));
    let mut ann = Client::connect(server.addr());

    ann.send(PokerExplain { value: 0 });
    ann.send(PokerSetLocale::default());
    ann.send(PokerSetRole {
        serial: 0,
        roles: "PLAY".into(),
    });
    ann.send(Login {
        name: "ann".into(),
        password: "secret".into(),
    });
    let greeting = ann.all_until("SERIAL");
    ann.serial = 1;
    ann.send(PokerTableSelect {
        string: "free".into(),
    });
    let Message::PokerTableList(list) = ann.next() else {
        panic!("no list")
    };
    assert_eq!((list.packets.len(), list.players, list.tables), (1, 1, 1));
    ann.send_join();
    let joining = ann.all_until("POKER_STREAM_MODE");
    ann.send(PokerSeat {
        serial: 1,
        game_id: 1,
        seat: Some(0),
    });
    let sitting = ann.all_until("POKER_SEAT");
    ann.send(PokerBuyIn {
        serial: 1,
        game_id: 1,
        amount: 1,
    });
    let paying = ann.all_until("POKER_PLAYER_CHIPS");
    expect![[r#"
        ACK
        ACK
        POKER_ROLES
        AUTH_OK
        SERIAL

        POKER_TABLE id 1 TableJoin
        POKER_BUY_IN_LIMITS
        POKER_BATCH_MODE
        POKER_SEATS [0, 0, 0, 0, 0, 0]
        POKER_STREAM_MODE

        POKER_PLAYER_ARRIVE 1 seat Some(0)
        POKER_SEATS [1, 0, 0, 0, 0, 0]
        POKER_PLAYER_CHIPS 1 bet 0 money 0
        POKER_USER_INFO
        POKER_SEAT 1 seat Some(0)

        POKER_PLAYER_CHIPS 1 bet 0 money 40
    "#]]
    .assert_eq(
        &[&greeting, &joining, &sitting, &paying]
            .map(|m| lines(m))
            .join("\n"),
    );

    ann.send(pokersource::PokerAutoBlindAnte {
        serial: 1,
        game_id: 1,
    });
    ann.play();
    let mut bob = Client::sit_down(server.addr(), "bob", 3, 200);
    bob.play();
    let mut starting = ann.all_until("POKER_STATE");
    starting.extend(ann.turn());
    ann.send(PokerProcessingHand {
        serial: 1,
        game_id: 1,
    });
    ann.until("ACK");
    ann.send(PokerReadyToPlay {
        serial: 1,
        game_id: 1,
    });
    ann.until("ACK");
    expect![[r#"
        POKER_AUTO_BLIND_ANTE
        POKER_SIT 1
        POKER_PLAYER_ARRIVE 2 seat Some(3)
        POKER_SEATS [1, 0, 0, 2, 0, 0]
        POKER_PLAYER_CHIPS 2 bet 0 money 0
        POKER_PLAYER_CHIPS 2 bet 0 money 200
        POKER_SIT 2
        POKER_PLAYER_CHIPS 1 bet 0 money 40
        POKER_PLAYER_CHIPS 2 bet 0 money 200
        POKER_IN_GAME [1, 2]
        POKER_DEALER Some(0) after None
        POKER_START hand 1 of all 1
        POKER_POSITION Some(0)
        POKER_BLIND 1 1 dead 0
        POKER_POSITION Some(1)
        POKER_BLIND 2 2 dead 0
        POKER_POSITION None
        POKER_PLAYER_CARDS 2 [255, 255]
        POKER_PLAYER_CARDS 1 [20, 31]
        POKER_STATE pre-flop
        POKER_POSITION Some(0)
    "#]]
    .assert_eq(&lines(&starting));

    // A hand to the showdown: the loser has not asked to muck unasked.
    for player in [&mut ann, &mut bob] {
        let (serial, game_id) = (player.serial, player.table);
        player.send(PokerAutoMuck {
            serial,
            game_id,
            auto_muck: 0,
        });
    }
    let mut playing = Vec::new();
    ann.call();
    bob.until("POKER_CALL");
    bob.turn();
    bob.check();
    for _ in 0..2 {
        bob.turn();
        bob.check();
        playing.extend(ann.turn());
        ann.check();
    }
    // Who bet last shows first.
    bob.turn();
    bob.check();
    playing.extend(ann.turn());
    ann.raise(4);
    bob.turn();
    bob.call();
    playing.extend(ann.all_until("POKER_MUCK_REQUEST"));
    bob.until("POKER_MUCK_REQUEST");
    let Some(Message::PokerMuckRequest(request)) = playing.last() else {
        unreachable!()
    };
    let loser = if request.muckable_serials == [1] {
        &mut ann
    } else {
        &mut bob
    };
    let (serial, game_id) = (loser.serial, loser.table);
    loser.send(PokerMuckDeny { serial, game_id });
    playing.extend(ann.all_until("POKER_WIN"));
    expect![[r#"
        POKER_CALL 1
        POKER_POSITION Some(1)
        POKER_CHECK 2
        POKER_POSITION None
        POKER_BOARD_CARDS [10, 26, 47]
        POKER_STATE flop
        POKER_POSITION Some(1)
        POKER_CHECK 2
        POKER_POSITION Some(0)
        POKER_CHECK 1
        POKER_POSITION None
        POKER_BOARD_CARDS [10, 26, 47, 9]
        POKER_STATE turn
        POKER_POSITION Some(1)
        POKER_CHECK 2
        POKER_POSITION Some(0)
        POKER_CHECK 1
        POKER_POSITION None
        POKER_BOARD_CARDS [10, 26, 47, 9, 7]
        POKER_STATE river
        POKER_POSITION Some(1)
        POKER_CHECK 2
        POKER_POSITION Some(0)
        POKER_RAISE 1 4
        POKER_POSITION Some(1)
        POKER_CALL 2
        POKER_POSITION None
        POKER_PLAYER_CARDS 1 [20, 31]
        POKER_STATE muck
        POKER_MUCK_REQUEST [2]
        POKER_PLAYER_CARDS 2 [18, 2]
        POKER_STATE end
        POKER_WIN [1]
    "#]]
    .assert_eq(&lines(&playing));

    // Leaving within the next hand: at its end.
    ann.until("POKER_START");
    bob.until("POKER_START");
    bob.send(PokerSitOut {
        serial: bob.serial,
        game_id: 1,
    });
    bob.send(PokerPlayerLeave {
        serial: bob.serial,
        game_id: 1,
        seat: None,
    });
    let leaving = ann.all_until("POKER_PLAYER_LEAVE");
    expect![[r#"
        POKER_POSITION Some(1)
        POKER_BLIND 2 1 dead 0
        POKER_POSITION Some(0)
        POKER_BLIND 1 2 dead 0
        POKER_POSITION None
        POKER_PLAYER_CARDS 1 [19, 37]
        POKER_PLAYER_CARDS 2 [255, 255]
        POKER_STATE pre-flop
        POKER_POSITION Some(1)
        POKER_AUTO_FOLD 2
        POKER_FOLD 2
        POKER_PLAYER_CHIPS 1 bet 1 money 45
        POKER_POSITION None
        POKER_STATE muck
        POKER_MUCK_REQUEST [1]
        POKER_AUTO_FOLD 2
        POKER_TIMEOUT_NOTICE 1
        POKER_STATE end
        POKER_WIN [1]
        POKER_PLAYER_CHIPS 1 bet 0 money 47
        POKER_PLAYER_LEAVE 2
    "#]]
    .assert_eq(&lines(&leaving));
    bob.until("POKER_PLAYER_LEAVE");
    bob.send(PokerTableQuit {
        serial: bob.serial,
        game_id: 1,
    });
    bob.send(Message::Logout);
    bob.send(Message::Ping);
    bob.send(PokerGetUserInfo { serial: 2 });
    assert_eq!(bob.until("AUTH_REQUEST"), Message::AuthRequest);
    bob.send(Message::Quit);
    assert_eq!(bob.next_within(std::time::Duration::from_secs(5)), None);

    let report = server.stop();
    assert_eq!(report.stats.hands_played, 2);
    assert_eq!(
        report
            .stats
            .disconnects_for(bots::poker::server::Reason::Quit),
        1
    );
    assert!(report.audit.is_exact(), "{:?}", report.audit);
}

/// Three players, all in with different stacks: side pots, a showdown without
/// further questions, and a rebuy.
#[test]
fn all_in_and_back_again() {
    let server = start(config("1-2-no-limit"));
    let mut ann = Client::sit_down(server.addr(), "ann", 0, 40);
    let mut bob = Client::sit_down(server.addr(), "bob", 1, 100);
    let mut cyd = Client::sit_down(server.addr(), "cyd", 2, 200);
    for player in [&mut ann, &mut bob, &mut cyd] {
        player.play();
    }
    // The button is the first to act before the flop when three play.
    let first = ann.all_until("POKER_STATE");
    assert!(
        lines(&first).contains("POKER_IN_GAME [1, 2, 3]"),
        "{}",
        lines(&first)
    );
    ann.turn();
    ann.raise(40);
    bob.until("POKER_STATE");
    bob.turn();
    bob.raise(u32::MAX);
    cyd.until("POKER_STATE");
    cyd.turn();
    cyd.call();
    let rest = ann.all_until("POKER_WIN");
    let after = ann.all_until("POKER_SIT_OUT");
    expect![[r#"
        POKER_RAISE 1 40
        POKER_POSITION Some(1)
        POKER_RAISE 2 99
        POKER_POSITION Some(2)
        POKER_CALL 3
        POKER_POSITION None
        POKER_BOARD_CARDS [47, 9, 7]
        POKER_STATE flop
        POKER_POSITION None
        POKER_BOARD_CARDS [47, 9, 7, 17]
        POKER_STATE turn
        POKER_POSITION None
        POKER_BOARD_CARDS [47, 9, 7, 17, 32]
        POKER_STATE river
        POKER_POSITION None
        POKER_PLAYER_CARDS 2 [18, 31]
        POKER_PLAYER_CARDS 3 [20, 10]
        POKER_STATE end
        POKER_WIN [3]
        POKER_PLAYER_CHIPS 3 bet 0 money 340
        POKER_SIT_OUT 1
    "#]]
    .assert_eq(&(lines(&rest) + &lines(&after)));

    let audit = server.audit();
    assert!(audit.is_conserved(), "{audit:?}");
    assert_eq!(audit.on_tables, 340);
    let broke = ann.serial;
    ann.send(PokerRebuy {
        serial: broke,
        game_id: 1,
        amount: 60,
    });
    let rebuy = ann.all_now();
    assert!(
        lines(&rebuy).contains(&format!("POKER_REBUY {broke} 60"))
            || lines(&rebuy).contains("POKER_ERROR to 85"),
        "{}",
        lines(&rebuy)
    );
    assert!(server.stop().audit.is_exact());
}

#[test]
fn what_needs_a_role_or_a_login_says_so() {
    let server = start(config("2-4-limit"));
    let mut ann = Client::connect(server.addr());
    ann.send(PokerSetRole {
        serial: 0,
        roles: "EDIT".into(),
    });
    ann.send(PokerSetRole {
        serial: 0,
        roles: "KING".into(),
    });
    ann.send(PokerSeat::default());
    ann.send(PokerSit::default());
    ann.send(Message::Logout);
    ann.send(Login {
        name: "ann".into(),
        password: "secret".into(),
    });
    ann.until("SERIAL");
    ann.send(Login::default());
    assert_eq!(ann.error(), "already logged in as ann");
    ann.send(PokerSeat {
        serial: 1,
        game_id: 1,
        seat: None,
    });
    let Message::PokerError(error) = ann.next() else {
        panic!("no error")
    };
    assert_eq!((error.code, error.other_type), (PokerSeat::ROLE_PLAY, 79));

    let mut eve = Client::connect(server.addr());
    eve.send(Login {
        name: "ann".into(),
        password: "guess".into(),
    });
    let Message::AuthRefused(refused) = eve.next() else {
        panic!("let in")
    };
    assert_eq!(
        (refused.message.to_string(), refused.other_type),
        ("wrong password".into(), 10)
    );
}

#[test]
fn what_is_known_is_told() {
    let server = start(config("1-2-no-limit"));
    let mut ann = Client::sit_down(server.addr(), "ann", 0, 200);
    let mut bob = Client::sit_down(server.addr(), "bob", 1, 200);
    ann.play();
    bob.play();
    ann.until("POKER_PLAYER_CARDS");
    ann.turn();
    ann.fold();
    ann.until("POKER_WIN");

    ann.send(PokerGetUserInfo { serial: 1 });
    let Message::PokerUserInfo(info) = ann.until("POKER_USER_INFO") else {
        unreachable!()
    };
    assert_eq!(
        (info.money[0].bankroll, info.money[0].in_game),
        (9_800, 199)
    );
    ann.send(PokerGetPlayerPlaces {
        serial: 0,
        name: "bob".into(),
    });
    let Message::PokerPlayerPlaces(places) = ann.until("POKER_PLAYER_PLACES") else {
        unreachable!()
    };
    assert_eq!((places.serial, places.tables), (2, vec![1]));
    ann.send(PokerHandSelect::default());
    let Message::PokerHandList(list) = ann.until("POKER_HAND_LIST") else {
        unreachable!()
    };
    assert_eq!((list.hands, list.total), (vec![1], 1));
    ann.send(PokerHandHistory {
        game_id: 1,
        ..PokerHandHistory::default()
    });
    let Message::PokerHandHistory(hand) = ann.until("POKER_HAND_HISTORY") else {
        unreachable!()
    };
    let history = hand.history.to_string();
    assert!(
        history.contains("\ndealt 1 ") && !history.contains("\ndealt 2 "),
        "{history}"
    );
    assert_eq!(hand.serial2name, "{1: 'ann', 2: 'bob'}");

    let mut eve = Client::log_in(server.addr(), "eve");
    for (serial, code) in [
        (1, PokerHandHistory::FORBIDDEN),
        (99, PokerHandHistory::NOT_FOUND),
    ] {
        eve.send(PokerHandHistory {
            game_id: serial,
            ..PokerHandHistory::default()
        });
        let Message::Error(error) = eve.next() else {
            panic!("no error")
        };
        assert_eq!((error.code, error.other_type), (code, 119));
    }
    eve.send(PokerStatsQuery::default());
    let Message::PokerStats(stats) = eve.next() else {
        panic!("no figures")
    };
    assert_eq!((stats.players, stats.hands), (3, 1));
    assert!(stats.bytesin > 100 && stats.bytesout > 100);
}
