//! Selective receive, handlers, limits.

use serde_json::json;

use super::Rig;
use crate::observe::Failure;
use crate::script::{End, MailboxLimits, Settings};

#[test]
fn what_does_not_match_stays_queued_in_order() {
    let rig = Rig::new(
        r#"
        local win = bot:expect("POKER_WIN")
        bot:chat("won by " .. win.serials[1])
        for _ = 1, 3 do
            local packet, name = bot:expect({ "POKER_CHAT", "POKER_FOLD" })
            bot:chat(name .. " of " .. packet.serial)
        end
        "#,
    );
    rig.receive("POKER_CHAT", json!({ "serial": 1, "message": "a" }));
    rig.receive("POKER_FOLD", json!({ "serial": 2 }));
    rig.receive("POKER_CHAT", json!({ "serial": 3, "message": "b" }));
    assert!(rig.said().is_empty());
    rig.receive("POKER_WIN", json!({ "serials": [9] }));
    assert_eq!(
        rig.said(),
        [
            "won by 9",
            "POKER_CHAT of 1",
            "POKER_FOLD of 2",
            "POKER_CHAT of 3"
        ]
    );
    assert_eq!(rig.bot.ended(), Some(End::Finished));
}

#[test]
fn conditions_choose_among_messages_of_a_name() {
    let rig = Rig::new(
        r#"
        local a = bot:expect("POKER_RAISE", { serial = 5 })
        bot:chat("five raises " .. a.amount)
        local b = bot:expect("POKER_RAISE", { amount = function(amount) return amount > 50 end })
        bot:chat("a raise of " .. b.amount)
        local c = bot:expect({ "POKER_RAISE", "POKER_POSITION" }, { position = 3 })
        bot:chat(c.type)
        "#,
    );
    for (serial, amount) in [(4, 10), (5, 20), (6, 60)] {
        rig.receive("POKER_RAISE", json!({ "serial": serial, "amount": amount }));
    }
    // The raise of 10 waits still, and has no field `position`.
    assert_eq!(
        rig.said(),
        ["five raises 20", "a raise of 60", "POKER_RAISE"]
    );
}

#[test]
fn poll_looks_without_waiting() {
    let rig = Rig::new(
        r#"
        bot:chat(tostring(bot:poll("POKER_FOLD")))
        bot:expect("POKER_WIN")
        local fold, name = bot:poll("POKER_FOLD", { serial = 2 })
        bot:chat(name .. tostring(fold.serial) .. tostring(bot:poll("POKER_FOLD", { serial = 2 })))
        "#,
    );
    rig.receive("POKER_FOLD", json!({ "serial": 1 }));
    rig.receive("POKER_FOLD", json!({ "serial": 2 }));
    rig.receive("POKER_WIN", json!({}));
    assert_eq!(rig.said(), ["nil", "POKER_FOLD2nil"]);
}

#[test]
fn waiting_has_an_end() {
    let rig = Rig::new(
        r#"
        local nothing, name = bot:expect("POKER_WIN", { within = "2s", or_nil = true })
        bot:chat(tostring(nothing) .. tostring(name))
        bot:expect("POKER_WIN", { within = "3s" })
        "#,
    );
    rig.pass(1999);
    assert!(rig.said().is_empty());
    rig.pass(1);
    assert_eq!(rig.said(), ["nilnil"]);
    rig.pass(3000);
    assert_eq!(rig.failures(), [(Failure::Timeout, 1)]);
}

#[test]
fn a_full_mailbox_stops_input_until_the_script_takes_something() {
    let settings = Settings {
        mailbox: MailboxLimits {
            items: 3,
            bytes: 1 << 20,
        },
        ..Settings::default()
    };
    let rig = Rig::with(
        r#"
        bot:sleep("1s")
        bot:expect("POKER_FOLD")
        bot:sleep("1s")
        "#,
        settings,
    );
    for serial in 0..3 {
        assert!(rig.bot.wants_input(&rig.host));
        rig.receive("POKER_FOLD", json!({ "serial": serial }));
    }
    assert!(!rig.bot.wants_input(&rig.host));
    rig.pass(1000);
    assert!(rig.bot.wants_input(&rig.host));
}

#[test]
fn bytes_fill_a_mailbox_too() {
    let settings = Settings {
        mailbox: MailboxLimits {
            items: 1000,
            bytes: 1000,
        },
        ..Settings::default()
    };
    let rig = Rig::with(r#"bot:sleep("1s")"#, settings);
    rig.receive("POKER_CHAT", json!({ "message": "x".repeat(500) }));
    assert!(rig.bot.wants_input(&rig.host));
    rig.receive("POKER_CHAT", json!({ "message": "x".repeat(500) }));
    assert!(!rig.bot.wants_input(&rig.host));
}

#[test]
fn what_can_never_come_is_an_error() {
    let settings = Settings {
        mailbox: MailboxLimits {
            items: 3,
            bytes: 1 << 20,
        },
        ..Settings::default()
    };
    for script in [
        // The mailbox fills while the script waits, and is full before it does.
        r#"bot:expect("POKER_WIN")"#,
        r#"bot:sleep("1s"); bot:expect("POKER_WIN")"#,
    ] {
        let rig = Rig::with(script, settings.clone());
        for serial in 0..3 {
            rig.receive("POKER_FOLD", json!({ "serial": serial }));
        }
        rig.pass(1000);
        assert_eq!(rig.failures(), [(Failure::MailboxFull, 1)], "{script}");
    }
}

#[test]
fn a_full_mailbox_does_not_keep_events_away() {
    let settings = Settings {
        mailbox: MailboxLimits {
            items: 2,
            bytes: 1 << 20,
        },
        ..Settings::default()
    };
    let rig = Rig::with(
        r#"
        bot:timer("@tick", "1s", 5)
        local value = bot:expect({ "POKER_WIN", "@tick" })
        bot:chat("tick " .. value)
        "#,
        settings,
    );
    rig.receive("POKER_FOLD", json!({}));
    rig.receive("POKER_FOLD", json!({}));
    rig.pass(1000);
    assert_eq!(rig.said(), ["tick 5"]);
}

#[test]
fn what_is_ignored_is_kept_only_for_who_waits() {
    let rig = Rig::new(
        r#"
        bot:ignore("POKER_FOLD", { "POKER_CALL" })
        bot:expect("POKER_WIN")
        bot:chat(tostring(bot:poll("POKER_FOLD")))
        bot:expect("POKER_FOLD")
        bot:only("POKER_CHECK")
        bot:expect("POKER_WIN")
        bot:chat(tostring(bot:poll("POKER_RAISE") == nil) .. tostring(bot:poll("POKER_CHECK") ~= nil))
        bot:keep("POKER_FOLD")
        bot:expect("POKER_WIN")
        bot:chat(tostring(bot:poll("POKER_FOLD") ~= nil))
        "#,
    );
    rig.receive("POKER_FOLD", json!({}));
    rig.receive("POKER_WIN", json!({}));
    assert_eq!(rig.said(), ["nil"]);
    rig.receive("POKER_FOLD", json!({}));
    rig.receive("POKER_RAISE", json!({}));
    rig.receive("POKER_CHECK", json!({}));
    rig.receive("POKER_WIN", json!({}));
    assert_eq!(rig.said(), ["truetrue"]);
    rig.receive("POKER_FOLD", json!({}));
    rig.receive("POKER_WIN", json!({}));
    assert_eq!(rig.said(), ["true"]);
    assert_eq!(rig.host.context().stats.borrow().messages_ignored, 2);
}

#[test]
fn handlers_are_asked_newest_first_and_eat_skip_or_start() {
    let rig = Rig::new(
        r#"
        local function handler(name, verdict)
            return function(packet)
                bot:chat(name .. packet.serial)
                return packet.serial == 9 and "skip" or verdict
            end
        end
        bot:on("POKER_FOLD", handler("a", "eat"))
        bot:on({ "POKER_FOLD", "POKER_CALL" }, handler("b", "start"))
        bot:on("POKER_FOLD", handler("c"))       -- nothing: skip
        bot:expect("POKER_WIN")
        -- What was started comes first, though it came last.
        bot:chat("then " .. bot:expect({ "POKER_CHECK", "POKER_FOLD" }).type)
        bot:off("POKER_FOLD")
        bot:off({ "POKER_FOLD", "POKER_CALL" })
        bot:expect("POKER_WIN")
        bot:chat(tostring(bot:poll("POKER_FOLD") == nil))
        bot:off("POKER_FOLD")
        bot:expect("POKER_WIN")
        bot:chat(tostring(bot:poll("POKER_FOLD") ~= nil))
        "#,
    );
    rig.receive("POKER_CHECK", json!({}));
    rig.receive("POKER_FOLD", json!({ "serial": 1 }));
    rig.receive("POKER_WIN", json!({}));
    assert_eq!(rig.said(), ["c1", "b1", "then POKER_FOLD"]);
    rig.receive("POKER_FOLD", json!({ "serial": 2 }));
    rig.receive("POKER_WIN", json!({}));
    assert_eq!(rig.said(), ["a2", "true"]);
    rig.receive("POKER_FOLD", json!({ "serial": 3 }));
    rig.receive("POKER_WIN", json!({}));
    assert_eq!(rig.said(), ["true"]);
}

#[test]
fn handlers_run_while_the_script_thinks_and_must_not_wait() {
    let rig = Rig::new(
        r#"
        bot:on("POKER_CHAT", function(packet) bot:chat("heard " .. packet.message); return "eat" end)
        bot:on("POKER_FOLD", function() bot:think("1s") end)
        bot:think("10s")
        bot:chat("thought")
        "#,
    );
    rig.receive("POKER_CHAT", json!({ "message": "hi" }));
    assert_eq!(rig.said(), ["heard hi"]);
    rig.receive("POKER_FOLD", json!({}));
    assert_eq!(rig.failures(), [(Failure::Script, 1)]);
    rig.pass(1000);
    assert_eq!(rig.said(), ["thought"]);
}

#[test]
fn what_cannot_be_read_is_counted_and_the_next_message_comes() {
    let rig = Rig::new(r#"bot:expect("POKER_CHAT"); bot:chat("read")"#);
    // An unknown type, and a text longer than its message.
    rig.bot.receive(&rig.host, &[250, 0, 3]);
    rig.bot
        .receive(&rig.host, &[86, 0, 13, 0, 0, 0, 1, 0, 0, 0, 2, 0, 9]);
    assert_eq!(rig.failures(), [(Failure::Decode, 2)]);
    rig.receive("POKER_CHAT", json!({}));
    assert_eq!(rig.said(), ["read"]);
}
