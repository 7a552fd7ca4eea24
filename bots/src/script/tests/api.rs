//! What scripts can do.

use serde_json::json;

use super::Rig;
use crate::protocol::Datum;
use crate::script::{End, Event, Settings};

#[test]
fn what_a_script_leaves_out_takes_its_default_or_what_the_bot_knows() {
    let rig = Rig::new(
        r#"
        bot:send("LOGIN", { name = "ann" })
        bot:send("POKER_FOLD")
        bot:expect("SERIAL")
        bot:expect("POKER_TABLE")
        bot:send("POKER_RAISE", { amount = 40 })
        bot:send("POKER_FOLD", { game_id = 9 })
        "#,
    );
    assert_eq!(
        rig.sent(),
        [
            r#"LOGIN {"name":"ann","password":"unknown"}"#,
            r#"POKER_FOLD {"serial":0,"game_id":0}"#
        ]
    );
    rig.receive("SERIAL", json!({ "serial": 12 }));
    rig.receive("POKER_TABLE", json!({ "id": 3, "reason": "TableJoin" }));
    assert_eq!(
        rig.sent(),
        [
            r#"POKER_RAISE {"serial":12,"game_id":3,"amount":40}"#,
            r#"POKER_FOLD {"serial":12,"game_id":9}"#
        ]
    );
}

#[test]
fn values_of_all_shapes_go_there_and_back() {
    let rig = Rig::new(
        r#"
        local packet = bot:expect("POKER_TABLE_LIST")
        bot:chat(packet.packets[1].type .. packet.packets[1].name .. packet.players)
        bot:send("POKER_TABLE_LIST", packet)
        bot:send(bot:expect("POKER_PLAYER_ARRIVE"))
        local seat = bot:expect("POKER_SEAT")
        bot:chat(tostring(seat.seat))
        bot:send("POKER_SEAT", { seat = -1 })
        "#,
    );
    let table = json!({ "name": "POKER_TABLE", "fields": { "id": 5, "name": "Sargas" } });
    rig.receive(
        "POKER_TABLE_LIST",
        json!({ "packets": [table], "players": 2 }),
    );
    let sent = rig.sent();
    assert!(sent[0].contains("POKER_TABLESargas2"), "{sent:?}");
    assert!(sent[1].contains(r#""name":"Sargas""#), "{sent:?}");
}

#[test]
fn think_draws_from_the_seed_and_scales() {
    let end = |seed, scale| {
        let settings = Settings {
            seed,
            think_scale: scale,
            ..Settings::default()
        };
        let rig = Rig::with(r#"bot:think("1s..4s")"#, settings);
        rig.bot.deadline(&rig.host).unwrap()
    };
    assert_eq!(end(1, 0.1), end(1, 0.1));
    assert_ne!(end(1, 0.1), end(2, 0.1));
    for seed in 0..50 {
        let tenth = end(seed, 0.1).as_secs_f64();
        assert!((0.1..=0.4).contains(&tenth), "{tenth}");
        assert!((end(seed, 1.0).as_secs_f64() - tenth * 10.0).abs() < 1e-3);
    }
}

#[test]
fn random_numbers_are_the_bots_own() {
    let rig = Rig::new(
        r"
        for _ = 1, 200 do
            local n = math.random(3)
            assert(n >= 1 and n <= 3 and n % 1 == 0)
            assert(bot:random(5, 5) == 5 and math.random() < 1)
        end
        assert(not pcall(math.random, 2, 1))
        bot:chat(tostring(math.random()))
        ",
    );
    let again = Rig::new(
        r"
        for _ = 1, 600 do math.random() end
        bot:chat(tostring(math.random()))
        ",
    );
    assert_eq!(rig.bot.ended(), Some(End::Finished));
    let (one, other) = (rig.said(), again.said());
    // 200 turns draw 600 numbers; bot:random(5, 5) has nothing to draw.
    assert!(one[0].starts_with("0.") && other[0].starts_with("0."));
}

#[test]
fn posts_timers_and_quit_share_the_mailbox() {
    let rig = Rig::new(
        r#"
        bot:post("@later", { word = "self" })
        bot:chat(tostring(bot:post("@hello", 1, 8)) .. tostring(bot:post("@hello", 1, 800)))
        bot:timer("@tick", "2s", "t")
        local later = bot:expect("@later")
        bot:chat(later.word)
        local value, name = bot:expect({ "@tick", "@other" })
        bot:chat(name .. value)
        local other = bot:expect("@other", { kind = "b" })
        bot:chat(other.text)
        local _, quit = bot:expect("@quit")
        bot:chat(quit .. tostring(bot:quitting()))
        bot:think("1s")
        bot:chat("bye")
        "#,
    );
    assert_eq!(rig.said(), ["truefalse"]);
    assert_eq!(rig.posts.borrow()[0].0, 8);
    rig.pass(0);
    assert_eq!(rig.said(), ["self"]);
    let other = |kind: &str, text: &str| Event {
        name: "@other".into(),
        value: Datum::record([("kind", kind.into()), ("text", text.into())]),
    };
    rig.pass(2000);
    assert_eq!(rig.said(), ["@tickt"]);
    rig.bot.post(other("a", "no"));
    rig.bot.post(other("b", "yes"));
    rig.pass(0);
    assert_eq!(rig.said(), ["yes"]);
    rig.bot.quit(&rig.host);
    assert_eq!(rig.said(), ["@quittrue"]);
    rig.pass(100);
    assert_eq!(rig.said(), ["bye"]);
}

#[test]
fn the_end_of_the_run_ends_what_waits_and_lets_the_bot_leave() {
    let rig = Rig::new(
        r#"
        bot:at_end(function() bot:chat("last"); bot:think("1s"); bot:chat("very last") end)
        bot:at_end(function(self) self:chat("first") end)
        pcall(function() bot:expect("POKER_WIN") end)
        bot:chat("caught")
        bot:expect("POKER_WIN")
        bot:chat("never")
        "#,
    );
    rig.bot.quit(&rig.host);
    assert_eq!(rig.said(), ["caught", "first", "last"]);
    assert_eq!(rig.bot.ended(), None);
    rig.pass(100);
    assert_eq!(rig.said(), ["very last"]);
    assert_eq!(rig.bot.ended(), Some(End::Finished));
    assert!(rig.failures().is_empty());
}

#[test]
fn a_bot_that_does_not_leave_is_stopped() {
    let rig = Rig::new(r#"bot:at_end(function() bot:expect("POKER_WIN") end); bot:think("1s")"#);
    rig.bot.quit(&rig.host);
    assert_eq!(rig.bot.ended(), None);
    rig.bot.stop();
    assert_eq!(rig.bot.ended(), Some(End::Stopped));
}

#[test]
fn a_bot_stops_after_its_hands() {
    let settings = Settings {
        hands: Some(2),
        ..Settings::default()
    };
    let rig = Rig::with(
        r#"while true do bot:expect("@hand_over"); bot:chat("hand " .. bot:hands()) end"#,
        settings,
    );
    rig.receive("SERIAL", json!({ "serial": 4 }));
    rig.receive("POKER_TABLE", json!({ "id": 3, "reason": "TableJoin" }));
    rig.receive("POKER_IN_GAME", json!({ "game_id": 3, "players": [4, 5] }));
    rig.receive("POKER_WIN", json!({ "game_id": 3 }));
    assert_eq!(rig.bot.ended(), None);
    rig.receive("POKER_WIN", json!({ "game_id": 3 }));
    assert_eq!(rig.said(), ["hand 1", "hand 2"]);
    assert_eq!(rig.bot.ended(), Some(End::Finished));
}

#[test]
fn a_silent_bot_keeps_its_connection() {
    let rig = Rig::new(r#"bot:sleep("7s")"#);
    rig.pass(4999);
    assert!(rig.sent().is_empty());
    rig.pass(1);
    assert_eq!(rig.sent(), ["PING {}"]);
    rig.pass(1999);
    assert!(rig.sent().is_empty());
}

#[test]
fn a_lost_connection_is_an_error_that_a_script_may_catch() {
    use crate::observe::Failure;
    let rig = Rig::new(
        r#"
        local ok, why = pcall(bot.expect, bot, "POKER_WIN")
        assert(not ok and string.find(why, "closed") and not bot:connected())
        assert(not pcall(bot.send, bot, "PING"))
        bot:reconnect()
        bot:chat("again")
        bot:expect("POKER_WIN")
        "#,
    );
    let lose = || {
        rig.bot.disconnected(
            &rig.host,
            Failure::Closed,
            "the server closed the connection",
        );
    };
    lose();
    assert!(rig.bot.wants_connection());
    rig.bot.start(&rig.host);
    assert_eq!(rig.said(), ["again"]);
    lose();
    assert_eq!(rig.failures(), [(Failure::Closed, 2)]);
    assert!(
        rig.error()
            .contains("while the script waited for POKER_WIN"),
        "{}",
        rig.error()
    );
}

#[test]
fn answers_are_timed() {
    let rig = Rig::new(r#"bot:send("POKER_EXPLAIN", {}, { answer = "ACK" }); bot:sleep("5s")"#);
    rig.pass(30);
    rig.receive("PING", json!({}));
    rig.pass(10);
    rig.receive("ACK", json!({}));
    rig.receive("ACK", json!({}));
    let latency = rig.host.context().stats.borrow().latency.clone();
    assert_eq!(latency.len(), 1);
    assert!(
        (39_900..=40_100).contains(&latency.max()),
        "{}",
        latency.max()
    );
}

#[test]
fn the_environment_can_be_looked_up() {
    let rig = Rig::new(
        r#"
        bot:chat(tostring(bot:environment("MOOD")))
        bot:chat(bot:environment("MOOD", "calm"))
        bot:on("@environment", function() bot:chat(bot:environment("MOOD")) end)
        bot:expect("@never")
        "#,
    );
    assert_eq!(rig.said(), ["nil", "calm"]);
    let context = rig.host.context();
    let variables = [("MOOD".to_owned(), "bold".to_owned())];
    context.set_environment(std::sync::Arc::new(variables.into()));
    rig.bot.tell_environment();
    rig.pass(0);
    assert_eq!(rig.said(), ["bold"]);
    // Who does not ask for the event does not get it.
    let idle = Rig::new("bot:expect('@never')");
    idle.bot.tell_environment();
    idle.pass(0);
    assert_eq!(idle.bot.view(&idle.host).mailbox_len, 0);
    let waits = Rig::new("bot:expect({ 'POKER_WIN', '@environment' }) bot:chat('told')");
    waits.bot.tell_environment();
    waits.pass(0);
    assert_eq!(waits.said(), ["told"]);
}
