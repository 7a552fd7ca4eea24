//! What a bot keeps in mind of poker, and the library for it.

use serde_json::{Value as Json, json};

use super::Rig;
use crate::protocol::Datum;
use crate::script::{End, Event};

/// A bot at table 3 with players 4 (itself), 5 and 6.
fn seated(script: &str) -> Rig {
    let rig = Rig::new(&format!("bot:expect('@go')\n{script}"));
    rig.receive("SERIAL", json!({ "serial": 4 }));
    rig.receive(
        "POKER_TABLE",
        json!({ "id": 3, "reason": "TableJoin", "seats": 6 }),
    );
    at_table(&rig, "POKER_SIT", json!({ "serial": 4 }));
    for serial in [4, 5, 6] {
        at_table(
            &rig,
            "POKER_PLAYER_CHIPS",
            json!({ "serial": serial, "money": 100 }),
        );
    }
    rig.bot.post(Event {
        name: "@go".into(),
        value: Datum::Nil,
    });
    rig.pass(0);
    rig
}

fn at_table(rig: &Rig, name: &str, mut fields: Json) {
    fields["game_id"] = 3.into();
    rig.receive(name, fields);
}

fn begin_hand(rig: &Rig) {
    at_table(rig, "POKER_START", json!({ "hands_count": 1 }));
    at_table(rig, "POKER_IN_GAME", json!({ "players": [5, 6, 4] }));
    at_table(rig, "POKER_POSITION", json!({ "position": 0 }));
    at_table(rig, "POKER_BLIND", json!({ "serial": 5, "amount": 1 }));
    at_table(rig, "POKER_BLIND", json!({ "serial": 6, "amount": 2 }));
    at_table(rig, "POKER_POSITION", json!({ "position": -1 }));
    at_table(
        rig,
        "POKER_PLAYER_CARDS",
        json!({ "serial": 5, "cards": [255, 255] }),
    );
    at_table(
        rig,
        "POKER_PLAYER_CARDS",
        json!({ "serial": 4, "cards": [51, 0] }),
    );
    at_table(rig, "POKER_STATE", json!({ "string": "pre-flop" }));
}

#[test]
fn a_turn_tells_what_there_is_to_decide() {
    let rig = seated(
        r#"
        while true do
            local turn = bot:turn()
            bot:chat(`{turn.to_call} {turn.bet} {turn.money} {turn.highest} {turn.pot} {turn.board}`)
            bot:chat(table.concat(bot:cards(), " ") .. "|" .. table.concat(bot:board(), " "))
            bot:chat(tostring(bot:hand_strength()))
            bot:call()
        end
        "#,
    );
    begin_hand(&rig);
    assert_eq!(rig.said(), [""; 0]);
    at_table(&rig, "POKER_POSITION", json!({ "position": 2 }));
    let sent = rig.sent();
    assert!(sent[0].contains(r#""message":"2 0 100 2 3 0""#), "{sent:?}");
    assert!(sent[1].contains(r#""message":"As 2h|""#), "{sent:?}");
    assert!(sent[2].contains(r#""message":"0.5""#), "{sent:?}");
    assert_eq!(sent[3], r#"POKER_CALL {"serial":4,"game_id":3}"#);
    assert_eq!(sent.len(), 4);
    at_table(&rig, "POKER_CALL", json!({ "serial": 4 }));
    at_table(&rig, "POKER_POSITION", json!({ "position": 0 }));
    at_table(&rig, "POKER_RAISE", json!({ "serial": 5, "amount": 5 }));
    at_table(&rig, "POKER_POSITION", json!({ "position": 1 }));
    at_table(&rig, "POKER_FOLD", json!({ "serial": 6 }));
    assert_eq!(rig.said(), [""; 0]);
    at_table(&rig, "POKER_POSITION", json!({ "position": 2 }));
    assert_eq!(rig.said()[0], "4 2 98 6 10 0");
    at_table(&rig, "POKER_CALL", json!({ "serial": 4 }));
    at_table(&rig, "POKER_POSITION", json!({ "position": -1 }));
    at_table(&rig, "POKER_BOARD_CARDS", json!({ "cards": [12, 13, 26] }));
    at_table(&rig, "POKER_STATE", json!({ "string": "flop" }));
    at_table(&rig, "POKER_POSITION", json!({ "position": 2 }));
    let sent = rig.sent();
    assert!(sent[0].contains(r#""message":"0 0 94 0 14 3""#), "{sent:?}");
    assert!(
        sent[1].contains(r#""message":"As 2h|Ah 2d 2c""#),
        "{sent:?}"
    );
    assert_eq!(sent[3], r#"POKER_CHECK {"serial":4,"game_id":3}"#);
    at_table(&rig, "POKER_WIN", json!({ "serials": [5] }));
    assert_eq!(rig.host.context().stats.borrow().hands, 1);
    // Two calls and a check, of which two were answered.
    assert_eq!(rig.host.context().stats.borrow().latency.len(), 2);
}

#[test]
fn who_may_not_raise_calls_and_does_not_hold_up_the_table() {
    let rig = seated(
        r"
        while true do
            local turn = bot:turn()
            bot:chat(tostring(turn.may_raise))
            bot:raise(10)
        end
        ",
    );
    begin_hand(&rig);
    at_table(&rig, "POKER_POSITION", json!({ "position": 2 }));
    let raise = r#"POKER_RAISE {"serial":4,"game_id":3,"amount":10}"#;
    assert_eq!(rig.sent()[1], raise);
    let refused = |what: u8| {
        let fields = json!({ "serial": 4, "message": "cannot raise", "other_type": what });
        at_table(&rig, "POKER_ERROR", fields);
    };
    // Of something else, and so no answer to the raise.
    refused(77);
    assert_eq!(rig.sent(), [""; 0]);
    refused(69);
    let sent = rig.sent();
    assert!(sent[0].contains(r#""message":"false""#), "{sent:?}");
    assert_eq!(sent[1..], [r#"POKER_CALL {"serial":4,"game_id":3}"#]);
    // A second time there is nothing new to decide.
    refused(69);
    assert_eq!(rig.sent(), [""; 0]);
    at_table(&rig, "POKER_POSITION", json!({ "position": 0 }));
    at_table(&rig, "POKER_POSITION", json!({ "position": 2 }));
    assert_eq!(rig.sent()[1], raise);
}

#[test]
fn a_turn_that_came_before_it_was_waited_for_is_not_lost_and_an_old_one_is() {
    let rig = seated(
        r#"
        bot:sleep("4s")
        local turn = bot:turn()
        bot:chat("one")
        bot:fold()
        bot:turn()
        bot:chat("two")
        "#,
    );
    begin_hand(&rig);
    for position in [2, 0, 2] {
        at_table(&rig, "POKER_POSITION", json!({ "position": position }));
    }
    rig.pass(4000);
    assert_eq!(rig.said(), ["one"]);
    at_table(&rig, "POKER_FOLD", json!({ "serial": 4 }));
    at_table(&rig, "POKER_POSITION", json!({ "position": 0 }));
    assert_eq!(rig.said(), [""; 0]);
    at_table(&rig, "POKER_POSITION", json!({ "position": 2 }));
    assert_eq!(rig.said(), ["two"]);
}

#[test]
fn who_sat_out_sits_in_again_and_buys_chips_if_need_be() {
    let rig = seated("bot:only() bot:turn() bot:chat('turn')");
    at_table(
        &rig,
        "POKER_BUY_IN_LIMITS",
        json!({ "min": 10, "max": 200, "best": 100 }),
    );
    at_table(
        &rig,
        "POKER_PLAYER_CHIPS",
        json!({ "serial": 4, "money": 0 }),
    );
    at_table(&rig, "POKER_SIT_OUT", json!({ "serial": 4 }));
    assert_eq!(
        rig.sent(),
        [r#"POKER_BUY_IN {"serial":4,"game_id":3,"amount":100}"#]
    );
    at_table(
        &rig,
        "POKER_PLAYER_CHIPS",
        json!({ "serial": 4, "money": 100 }),
    );
    assert_eq!(
        rig.sent(),
        [r#"POKER_AUTO_BLIND_ANTE {"serial":4,"game_id":3}"#]
    );
    at_table(&rig, "POKER_AUTO_BLIND_ANTE", json!({ "serial": 4 }));
    assert_eq!(rig.sent(), [r#"POKER_SIT {"serial":4,"game_id":3}"#]);
    at_table(&rig, "POKER_SIT", json!({ "serial": 4 }));
    begin_hand(&rig);
    at_table(&rig, "POKER_POSITION", json!({ "position": 2 }));
    assert_eq!(rig.said(), ["turn"]);
    assert_eq!(rig.bot.ended(), Some(End::Finished));
}

#[test]
fn a_table_that_is_gone_ends_the_wait() {
    let rig = seated("bot:chat(tostring(bot:turn()))");
    at_table(&rig, "POKER_TABLE_DESTROY", json!({}));
    assert_eq!(rig.said(), ["nil"]);
}

#[test]
fn joining_tries_tables_until_one_has_a_seat() {
    let rig = Rig::new("bot:chat(`at {bot:join_any_table()}`)");
    let names = |rig: &Rig| -> Vec<String> {
        let name = |line: String| line.split(' ').next().unwrap_or_default().to_owned();
        rig.sent().into_iter().map(name).collect()
    };
    assert_eq!(names(&rig), ["POKER_SET_ROLE"]);
    rig.receive("POKER_ROLES", json!({}));
    assert_eq!(rig.sent(), [r#"LOGIN {"name":"bot7","password":"bot7"}"#]);
    rig.receive("AUTH_OK", json!({}));
    rig.receive("SERIAL", json!({ "serial": 4 }));
    assert_eq!(rig.sent(), [r#"POKER_TABLE_SELECT {"string":"free"}"#]);
    let table = |id: u32, players: u32| {
        let fields = json!({ "id": id, "seats": 6, "players": players, "reason": "TableList" });
        json!({ "name": "POKER_TABLE", "fields": fields })
    };
    let list = [table(10, 6), table(11, 2), table(12, 5)];
    rig.receive("POKER_TABLE_LIST", json!({ "packets": list }));
    // The liveliest with a free seat first.
    assert_eq!(
        rig.sent(),
        [r#"POKER_TABLE_JOIN {"serial":4,"game_id":12}"#]
    );
    rig.receive("POKER_TABLE", json!({ "id": 0 }));
    assert_eq!(
        rig.sent(),
        [r#"POKER_TABLE_JOIN {"serial":4,"game_id":11}"#]
    );
    rig.receive("POKER_TABLE", json!({ "id": 11, "reason": "TableJoin" }));
    rig.receive("POKER_BUY_IN_LIMITS", json!({ "game_id": 11, "best": 80 }));
    rig.receive("POKER_STREAM_MODE", json!({ "game_id": 11 }));
    assert_eq!(
        rig.sent(),
        [r#"POKER_SEAT {"serial":4,"game_id":11,"seat":-1}"#]
    );
    rig.receive(
        "POKER_SEAT",
        json!({ "serial": 4, "game_id": 11, "seat": 2 }),
    );
    assert_eq!(
        rig.sent(),
        [r#"POKER_BUY_IN {"serial":4,"game_id":11,"amount":80}"#]
    );
    rig.receive(
        "POKER_PLAYER_CHIPS",
        json!({ "serial": 4, "game_id": 11, "money": 80 }),
    );
    rig.receive(
        "POKER_AUTO_BLIND_ANTE",
        json!({ "serial": 4, "game_id": 11 }),
    );
    rig.sent();
    rig.receive("POKER_SIT", json!({ "serial": 4, "game_id": 11 }));
    assert_eq!(rig.said(), ["at 11"]);
    // The script is at its end: the bot leaves.
    assert_eq!(rig.bot.ended(), Some(End::Finished));
}

/// What a player does, in two versions.
fn player(version: u32) -> String {
    format!(
        r#"--!version {version}
        bot:join_any_table()
        while true do
            local turn = bot:turn({{ within = "5m" }})
            bot:chat(`{version}: {{turn.to_call}} at {{bot:table()}}`)
            bot:expect("@act")
            bot:call()
        end
        "#
    )
}

#[test]
fn a_turn_that_the_old_code_has_seen_is_one_for_the_new_code() {
    let rig = seated(&player(1));
    begin_hand(&rig);
    at_table(&rig, "POKER_POSITION", json!({ "position": 2 }));
    assert_eq!(rig.said(), ["1: 2 at 3"]);
    rig.change(&player(2));
    assert_eq!(rig.said(), ["2: 2 at 3"]);
    rig.bot.post(Event {
        name: "@act".into(),
        value: Datum::Nil,
    });
    rig.pass(0);
    assert_eq!(rig.sent(), [r#"POKER_CALL {"serial":4,"game_id":3}"#]);
    // It has acted: it is not asked again.
    rig.change(&player(3));
    assert_eq!(rig.said(), [""; 0]);
    assert_eq!(
        rig.bot.view(&rig.host).waits_for,
        "@turn or @sat_out or @left or @table_gone"
    );
    at_table(&rig, "POKER_POSITION", json!({ "position": 0 }));
    at_table(&rig, "POKER_RAISE", json!({ "serial": 5, "amount": 5 }));
    at_table(&rig, "POKER_POSITION", json!({ "position": 2 }));
    assert_eq!(rig.said().len(), 1);
}

#[test]
fn who_waits_for_its_turn_can_change_and_takes_its_leave_with_the_new_code() {
    let rig = Rig::new("bot:login() bot:watch_any_table() bot:expect('@never')");
    rig.receive("POKER_ROLES", json!({}));
    assert_eq!(rig.bot.obstacle(&rig.host), Some("it is in a conversation"));
    rig.receive("SERIAL", json!({ "serial": 4 }));
    let table = json!({ "id": 3, "seats": 6, "players": 2, "reason": "TableList" });
    let tables = [json!({ "name": "POKER_TABLE", "fields": table })];
    rig.receive("POKER_TABLE_LIST", json!({ "packets": tables }));
    rig.receive(
        "POKER_TABLE",
        json!({ "id": 3, "reason": "TableJoin", "seats": 6 }),
    );
    assert_eq!(rig.bot.obstacle(&rig.host), Some("it is in a conversation"));
    rig.receive("POKER_STREAM_MODE", json!({ "game_id": 3 }));
    rig.sent();
    rig.change("bot:chat(`watches {bot:watch_any_table()}`) bot:expect('@never')");
    assert_eq!(rig.said(), ["watches 3"]);
    rig.bot.quit(&rig.host);
    assert_eq!(
        rig.sent(),
        [r#"POKER_TABLE_QUIT {"serial":4,"game_id":3}"#, "QUIT {}"]
    );
}

#[test]
fn who_finds_no_seat_can_change_before_it_looks_again() {
    let rig = Rig::new("bot:join_any_table()");
    rig.receive("POKER_ROLES", json!({}));
    rig.receive("SERIAL", json!({ "serial": 4 }));
    for _ in 0..2 {
        assert_eq!(rig.bot.obstacle(&rig.host), Some("it is in a conversation"));
        rig.receive("POKER_TABLE_LIST", json!({ "packets": [] }));
    }
    assert_eq!(rig.bot.view(&rig.host).waits_for, "sleeps");
    rig.change("bot:chat('changed') bot:join_any_table()");
    assert_eq!(rig.said(), ["changed"]);
}

#[test]
fn a_seat_is_known_until_it_is_given_up() {
    let rig = seated(
        r#"
        local function tell() bot:chat(tostring(bot:ask("seated"))) end
        bot:on("POKER_CHAT", tell)
        bot:expect("@never")
        "#,
    );
    let seated = |rig: &Rig| {
        rig.receive("POKER_CHAT", json!({}));
        rig.said()
    };
    assert_eq!(seated(&rig), ["true"]);
    at_table(&rig, "POKER_SIT_OUT", json!({ "serial": 4 }));
    at_table(&rig, "POKER_PLAYER_LEAVE", json!({ "serial": 5 }));
    assert_eq!(seated(&rig), ["true"]);
    at_table(&rig, "POKER_PLAYER_LEAVE", json!({ "serial": 4 }));
    assert_eq!(seated(&rig), ["false"]);
    at_table(&rig, "POKER_SEAT", json!({ "serial": 4, "seat": null }));
    assert_eq!(seated(&rig), ["false"]);
    at_table(&rig, "POKER_SEAT", json!({ "serial": 4, "seat": 1 }));
    assert_eq!(seated(&rig), ["true"]);
}
