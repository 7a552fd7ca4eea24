//! Connections that die, and players who come back.

use std::time::Duration;

use bots::poker::server::Reason;
use expect_test::expect;
use pokersource::Message;

use crate::client::{Client, config, lines, start};

/// The cards that a player saw as their own.
fn own_cards(messages: &[Message], player: u32) -> Option<Vec<u8>> {
    messages.iter().find_map(|message| match message {
        Message::PokerPlayerCards(cards) if cards.serial == player && cards.cards[0] != 255 => {
            Some(cards.cards.clone())
        }
        _ => None,
    })
}

#[test]
fn who_comes_back_during_a_hand_sees_it_again_and_plays_on() {
    let server = start(config("1-2-no-limit"));
    let mut ann = Client::sit_down(server.addr(), "ann", 0, 200);
    let mut bob = Client::sit_down(server.addr(), "bob", 1, 200);
    ann.play();
    bob.play();
    let before = ann.turn();
    let cards = own_cards(&before, 1).expect("own cards");
    ann.vanish();

    let mut ann = Client::log_in(server.addr(), "ann");
    assert_eq!(ann.serial, 1);
    ann.send_join();
    let again = ann.all_until("POKER_STREAM_MODE");
    assert_eq!(own_cards(&again, 1), Some(cards));
    assert_eq!(own_cards(&again, 2), None);
    expect![[r#"
        POKER_TABLE id 1 TableJoin
        POKER_BUY_IN_LIMITS
        POKER_BATCH_MODE
        POKER_PLAYER_ARRIVE 1 seat Some(0)
        POKER_PLAYER_ARRIVE 2 seat Some(1)
        POKER_SEATS [1, 2, 0, 0, 0, 0]
        POKER_PLAYER_CHIPS 1 bet 0 money 200
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
        POKER_STREAM_MODE
    "#]]
    .assert_eq(&lines(&again));
    ann.call();
    bob.turn();
    bob.fold();
    ann.until("POKER_WIN");
    assert!(server.stop().audit.is_exact());
}

#[test]
fn a_second_login_takes_over_and_the_first_is_told() {
    let server = start(config("1-2-no-limit"));
    let mut first = Client::sit_down(server.addr(), "ann", 0, 200);
    let mut bob = Client::sit_down(server.addr(), "bob", 1, 200);
    first.play();
    bob.play();
    first.turn();
    let mut second = Client::join(server.addr(), "ann");
    assert_eq!(first.farewell(), Reason::Replaced.words().unwrap());
    second.call();
    bob.turn();
    bob.fold();
    second.until("POKER_WIN");
    let stats = server.stats();
    assert_eq!(stats.disconnects_for(Reason::Replaced), 1);
    assert_eq!(stats.players, 2);
    assert!(server.stop().audit.is_exact());
}

#[test]
fn play_goes_on_without_who_is_gone_and_the_seat_is_given_up_in_time() {
    let mut config = config("1-2-no-limit");
    config.timing.player_timeout = Duration::from_millis(300);
    config.timing.seat_hold = Duration::from_millis(900);
    let server = start(config);
    let mut ann = Client::sit_down(server.addr(), "ann", 0, 200);
    let mut bob = Client::sit_down(server.addr(), "bob", 1, 200);
    ann.play();
    bob.play();
    bob.until("POKER_STATE");
    ann.vanish();
    let without = bob.all_until("POKER_PLAYER_LEAVE");
    expect![[r#"
        POKER_POSITION Some(0)
        POKER_TIMEOUT_WARNING 1
        POKER_TIMEOUT_NOTICE 1
        POKER_AUTO_FOLD 1
        POKER_FOLD 1
        POKER_PLAYER_CHIPS 2 bet 1 money 199
        POKER_POSITION None
        POKER_STATE end
        POKER_WIN [2]
        POKER_PLAYER_CHIPS 2 bet 0 money 201
        POKER_SIT_OUT 1
        POKER_PLAYER_LEAVE 1
    "#]]
    .assert_eq(&lines(&without));
    let report = server.stop();
    assert_eq!(report.stats.timeouts, 1);
    // Closing with messages unread breaks the connection.
    let ended = [Reason::Closed, Reason::Broken].map(|reason| report.stats.disconnects_for(reason));
    assert_eq!(ended.iter().sum::<u64>(), 1);
    assert_eq!(report.audit.on_tables, 201, "what ann has left went back");
    assert!(report.audit.is_exact());
}

#[test]
fn a_silent_player_is_warned_timed_out_and_sits_out() {
    let mut config = config("1-2-no-limit");
    config.timing.player_timeout = Duration::from_millis(800);
    let server = start(config);
    let mut ann = Client::sit_down(server.addr(), "ann", 0, 200);
    let mut bob = Client::sit_down(server.addr(), "bob", 1, 200);
    ann.play();
    bob.play();
    ann.turn();
    let silent = ann.all_until("POKER_SIT_OUT");
    expect![[r#"
        POKER_TIMEOUT_WARNING 1
        POKER_TIMEOUT_NOTICE 1
        POKER_AUTO_FOLD 1
        POKER_FOLD 1
        POKER_PLAYER_CHIPS 2 bet 1 money 199
        POKER_POSITION None
        POKER_STATE end
        POKER_WIN [2]
        POKER_PLAYER_CHIPS 2 bet 0 money 201
        POKER_SIT_OUT 1
    "#]]
    .assert_eq(&lines(&silent));
    // Back again, and asked again.
    ann.play();
    bob.until("POKER_WIN");
    bob.turn();
    bob.call();
    ann.turn();
    assert!(server.stop().audit.is_exact());
}

#[test]
fn who_leaves_during_a_hand_gives_it_up_and_gets_the_rest() {
    let server = start(config("1-2-no-limit"));
    let mut ann = Client::sit_down(server.addr(), "ann", 0, 200);
    let mut bob = Client::sit_down(server.addr(), "bob", 1, 200);
    ann.play();
    bob.play();
    ann.turn();
    ann.send(Message::Quit);
    bob.until("POKER_WIN");
    assert_eq!(
        lines(&[bob.until("POKER_PLAYER_LEAVE")]),
        "POKER_PLAYER_LEAVE 1\n"
    );
    let mut ann = Client::log_in(server.addr(), "ann");
    ann.send(pokersource::PokerGetUserInfo { serial: 0 });
    let Message::PokerUserInfo(info) = ann.until("POKER_USER_INFO") else {
        unreachable!()
    };
    assert_eq!((info.money[0].bankroll, info.money[0].in_game), (9_999, 0));
    assert!(server.stop().audit.is_exact());
}
