//! Bots whose code changes while they run.

use serde_json::json;

use super::Rig;
use crate::observe::Failure;
use crate::protocol::Datum;
use crate::script::{End, Event, Host, ReloadError, ScriptSource, Settings, Settled};

pub(super) fn source(text: &str) -> ScriptSource {
    ScriptSource {
        file: "test.luau".into(),
        text: text.into(),
        weight: 1,
    }
}

pub(super) fn load(host: &Host, text: &str) -> Result<(), ReloadError> {
    let loaded = host.load(&[source(text)])?;
    host.adopt(loaded);
    Ok(())
}

impl Rig {
    /// The script has a new text, which its bot is to run.
    pub(super) fn give(&self, text: &str) {
        load(&self.host, text).unwrap();
        assert!(self.bot.mark(&self.host));
        self.bot.pump(&self.host);
    }

    /// The same, and the bot does.
    pub(super) fn change(&self, text: &str) {
        self.give(text);
        let settled = self.host.take_settled();
        assert!(matches!(settled[..], [Settled::Changed(_)]), "{settled:?}");
        assert!(!self.bot.is_marked());
    }

    /// The same, and the bot keeps its code for this reason.
    pub(super) fn refused(&self, text: &str) -> String {
        self.give(text);
        let settled = self.host.take_settled();
        let [Settled::Refused(holder)] = &settled[..] else {
            panic!("{settled:?}");
        };
        assert!(!self.bot.is_marked());
        holder.reason.clone()
    }

    pub(super) fn version(&self) -> String {
        self.bot.view(&self.host).version
    }
}

/// Says what comes, and counts it in its state.
pub(super) const COUNTER: &str = r#"--!version 1
bot.state.seen = bot.state.seen or 0
while true do
    local chat = bot:expect("POKER_CHAT")
    bot.state.seen += 1
    bot:chat(`one {bot.state.seen} {chat.message}`)
end
"#;

/// The same with another voice.
pub(super) const SECOND: &str = r#"--!version 2
bot:code_change(function(old_version, state)
    state.history = { old_version }
    return state
end)
while true do
    local chat = bot:expect("POKER_CHAT")
    bot.state.seen += 1
    bot:chat(`{bot.state.history[1]}>2 {bot.state.seen} {chat.message}`)
end
"#;

pub(super) fn say(rig: &Rig, words: &str) {
    rig.receive("POKER_CHAT", json!({ "message": words }));
}

#[test]
fn the_state_is_carried_over_by_the_new_script() {
    let rig = Rig::new(COUNTER);
    say(&rig, "a");
    assert_eq!(rig.said(), ["one 1 a"]);
    rig.change(SECOND);
    assert_eq!((rig.version(), rig.said()), ("2".into(), vec![]));
    say(&rig, "b");
    assert_eq!(rig.said(), ["1>2 2 b"]);
    let view = rig.bot.view(&rig.host);
    assert_eq!(
        (view.generation, view.line),
        (2, Some("test.luau:7".into()))
    );
}

#[test]
fn without_a_code_change_the_state_is_carried_over_as_it_is() {
    let rig = Rig::new(
        r#"
        local shared = { 1, 2 }
        bot.state = { a = shared, b = shared, text = "x", none = null }
        bot.state.self = bot.state
        local old = bot.state
        bot:on("POKER_FOLD", function() bot:chat(tostring(#old.a)) end)
        bot:expect("@never")
        "#,
    );
    rig.change(
        r#"
        local state = bot.state
        table.insert(state.a, 3)
        bot:chat(`{#state.b} {state.text} {state.none == null} {state.self == state}`)
        bot:expect("@never")
        "#,
    );
    assert_eq!(rig.said(), ["3 x true true"]);
    // The handler of the old code is gone with it.
    rig.receive("POKER_FOLD", json!({}));
    assert_eq!(rig.said(), [""; 0]);
}

#[test]
fn a_bot_that_begins_has_an_empty_state_and_no_code_change() {
    let rig = Rig::new(
        r#"
        bot:code_change(function() error("there is no old code") end)
        bot:chat(type(bot.state) .. tostring(next(bot.state)))
        "#,
    );
    assert_eq!(rig.said(), ["tablenil"]);
    let late = Rig::new("bot:chat('x')\nbot:code_change(function(_, state) return state end)");
    assert!(
        late.error()
            .starts_with("test.luau:2: bot:code_change comes before"),
        "{}",
        late.error()
    );
}

#[test]
fn what_is_the_bots_own_stays_with_it() {
    let settings = Settings {
        think_scale: 1.0,
        ..Settings::default()
    };
    let text = |version: u32| {
        format!(
            r#"--!version {version}
            bot:ignore("POKER_RAISE")
            if bot.state.begun == nil then
                bot.state.begun = true
                bot:timer("@tick", "5s", 9)
            end
            bot:chat(`{{bot.serial}} {{bot:hands()}} {{bot:random(1000000)}}`)
            bot:expect("@go")
            bot:expect("@tick")
            for _ = 1, 3 do
                local packet, name = bot:expect({{ "POKER_CHAT", "POKER_FOLD", "@post", "POKER_RAISE" }})
                bot:chat(name)
            end
            "#
        )
    };
    let rig = Rig::with(&text(1), settings.clone());
    rig.receive("SERIAL", json!({ "serial": 12 }));
    rig.receive("POKER_FOLD", json!({}));
    rig.receive("POKER_RAISE", json!({}));
    rig.bot.post(Event {
        name: "@post".into(),
        value: Datum::Nil,
    });
    rig.pass(1_000);
    rig.receive("POKER_CHAT", json!({ "message": "queued" }));
    rig.sent();
    let view = rig.bot.view(&rig.host);
    assert_eq!(view.mailbox_len, 4, "{view:?}");
    assert!(view.mailbox_bytes > 0 && view.connected);
    rig.change(&text(2));
    // The second number of the bot, not the first again.
    let again = Rig::with(
        "bot:random() bot:chat(`12 0 {bot:random(1000000)}`)",
        settings,
    );
    assert_eq!(rig.said(), again.said());
    rig.bot.post(Event {
        name: "@go".into(),
        value: Datum::Nil,
    });
    rig.pass(0);
    assert_eq!(rig.bot.view(&rig.host).waits_for, "@tick");
    rig.pass(4_000);
    assert_eq!(rig.said(), ["POKER_FOLD", "@post", "POKER_CHAT"]);
    assert_eq!(rig.bot.ended(), Some(End::Finished));
}

#[test]
fn what_comes_while_the_code_changes_is_taken_by_the_new_code() {
    let rig = Rig::new(COUNTER);
    load(&rig.host, SECOND).unwrap();
    assert!(rig.bot.mark(&rig.host));
    // It comes before the bot is looked after: the old code takes it, and the
    // change is due when that waits again.
    say(&rig, "a");
    say(&rig, "b");
    assert_eq!(rig.said(), ["one 1 a", "1>2 2 b"]);
}

#[test]
fn new_code_that_fails_before_it_is_committed_changes_nothing() {
    let settings = Settings {
        steps: 100_000,
        ..Settings::default()
    };
    for (new, why) in [
        ("bot:code_change(function() error('no way') end)", "no way"),
        ("bot:code_change(function() end)", "a table, not nil"),
        ("bot:code_change(function() return 3 end)", "a table, not 3"),
        (
            "bot:code_change(function() return { f = print } end)",
            "holds a function, as `f`",
        ),
        (
            "bot:code_change(function() return bot end)",
            "a table with a metatable",
        ),
        (
            "bot:code_change(function() while true do end end)",
            "100000 steps",
        ),
        (
            "pcall(bot.code_change, bot, function() while true do end end) bot:chat('x')",
            "100000 steps",
        ),
        (
            "bot:code_change(function() string.rep('x', 1e9) end)",
            "too much memory",
        ),
        (
            "bot:code_change(function() bot:sleep('1s') end)",
            "bot:sleep has no place",
        ),
        (
            "bot:code_change(function() bot:expect('@x') end)",
            "bot:expect has no place",
        ),
        (
            "bot:code_change(function(_, s) bot:chat('x') return s end)",
            "bot:send has no place",
        ),
        (
            "bot:code_change(function(_, s) bot:code_change(function() end) return s end)",
            "bot:code_change has no place",
        ),
        ("bot:code_change(3)", "needs a function"),
        ("local x = nil + 1", "attempt to perform arithmetic"),
        ("error('at once')", "test.luau:1: at once"),
        ("while true do end", "100000 steps"),
        ("local x = 1", "ends before it uses a function of bot"),
        ("math.random() bot.state.seen = 77 error('late')", "late"),
    ] {
        let rig = Rig::with(COUNTER, settings.clone());
        say(&rig, "a");
        let random = rig.bot.state.borrow().random.clone();
        rig.sent();
        let reason = rig.refused(new);
        assert!(reason.contains(why), "{new}: {reason}");
        assert_eq!(rig.bot.state.borrow().random, random, "{new}");
        assert_eq!(rig.version(), "1");
        assert_eq!(rig.sent(), [""; 0], "{new}");
        assert_eq!(rig.failures(), [], "{new}");
        say(&rig, "b");
        assert_eq!(rig.said(), ["one 2 b"], "{new}");
    }
}

#[test]
fn a_refused_bot_keeps_its_handlers_and_what_it_left_to_be_done() {
    let rig = Rig::new(
        r#"
        bot:on("POKER_FOLD", function() bot:chat("handled") end)
        bot:at_end(function() bot:chat("bye") end)
        bot:expect("@go", { within = "10s" })
        "#,
    );
    rig.refused("error('no')");
    rig.receive("POKER_FOLD", json!({}));
    assert_eq!(rig.said(), ["handled"]);
    rig.bot.quit(&rig.host);
    assert_eq!(rig.said(), ["bye"]);
}

#[test]
fn a_state_with_code_in_it_cannot_be_carried_over() {
    for (state, why) in [
        (
            "{ list = { print } }",
            "bot.state holds a function, under 1",
        ),
        ("{ [print] = 1 }", "bot.state holds a function as a key"),
        (
            "{ t = setmetatable({}, {}) }",
            "a table with a metatable, as `t`",
        ),
        ("{ me = bot }", "a table with a metatable, as `me`"),
        ("5", "bot.state is 5"),
    ] {
        let rig = Rig::new(&format!(
            "bot.state = {state} bot:expect('@go') bot:chat('old')"
        ));
        let reason = rig.refused("bot:chat('new') bot:expect('@never')");
        assert!(reason.contains(why), "{state}: {reason}");
        rig.bot.post(Event {
            name: "@go".into(),
            value: Datum::Nil,
        });
        rig.pass(0);
        assert_eq!(rig.said(), ["old"]);
    }
}

#[test]
fn messages_and_buffers_can_be_kept_in_the_state() {
    let rig = Rig::new(
        r#"
        bot.state.chat = bot:expect("POKER_CHAT")
        bot.state.bytes = buffer.fromstring("abc")
        bot:expect("@never")
        "#,
    );
    say(&rig, "kept");
    rig.change(
        r#"
        bot:chat(bot.state.chat.message .. buffer.tostring(bot.state.bytes))
        bot:chat(tostring(pcall(function() return bot.state.chat.mesage end)))
        bot:expect("@never")
        "#,
    );
    assert_eq!(rig.said(), ["keptabc", "false"]);
}

#[test]
fn a_state_that_is_too_large_is_refused() {
    let rig = Rig::new(
        r#"
        local list = {}
        for i = 1, 60000 do list[i] = {} end
        bot.state.list = list
        bot:expect("@never")
        "#,
    );
    let reason = rig.refused("bot:expect('@never')");
    assert!(reason.contains("more than 50000 tables"), "{reason}");
    // Deep, not wide: no recursion runs out of stack.
    let rig = Rig::new(
        r#"
        local top = bot.state
        for i = 1, 40000 do top.next = {} top = top.next end
        bot:expect("@never")
        "#,
    );
    rig.change("bot:chat(type(bot.state.next.next)) bot:expect('@never')");
    assert_eq!(rig.said(), ["table"]);
}

#[test]
fn new_code_that_fails_later_is_the_bots_failure() {
    let rig = Rig::new(COUNTER);
    rig.change("bot:chat('new')\nerror('too late')");
    assert_eq!(rig.said(), ["new"]);
    assert!(
        rig.error().starts_with("test.luau:2: too late"),
        "{}",
        rig.error()
    );
    assert_eq!(rig.failures(), [(Failure::Script, 1)]);
}

#[test]
fn a_bot_changes_only_at_a_safe_point() {
    let settings = Settings {
        think_scale: 1.0,
        ..Settings::default()
    };
    let new = "--!version 2\nbot:chat('new') bot:expect('@never')";
    for (piece, why) in [
        ("bot:think('1s')", "it thinks, and acts next"),
        (
            "bot:conversation(function() bot:sleep('1s') end)",
            "it is in a conversation",
        ),
        (
            "bot:conversation(function() bot:conversation(function() end) bot:sleep('1s') end)",
            "it is in a conversation",
        ),
        (
            "bot:conversation(function() pcall(function() bot:conversation(function() error('x') end) end) bot:sleep('1s') end)",
            "it is in a conversation",
        ),
    ] {
        let rig = Rig::with(
            &format!("--!version 1\n{piece}\nbot:chat('old')\nbot:sleep('1s')"),
            settings.clone(),
        );
        rig.give(new);
        assert!(rig.bot.is_marked() && rig.host.take_settled().is_empty());
        assert_eq!(rig.bot.obstacle(&rig.host), Some(why), "{piece}");
        rig.pass(1_000);
        assert_eq!(rig.said(), ["old", "new"], "{piece}");
        assert_eq!(rig.version(), "2");
    }
    for piece in [
        "bot:rest('1s')",
        "bot:sleep('1s')",
        "bot:expect('@x')",
        "bot:login()",
    ] {
        let rig = Rig::with(&format!("bot:expect('@go')\n{piece}"), settings.clone());
        assert_eq!(rig.bot.obstacle(&rig.host), None);
        rig.bot.post(Event {
            name: "@go".into(),
            value: Datum::Nil,
        });
        rig.pass(0);
        let is_safe = rig.bot.obstacle(&rig.host).is_none();
        assert_eq!(is_safe, piece != "bot:login()", "{piece}");
    }
}

#[test]
fn a_conversation_that_fails_is_over() {
    let rig = Rig::new(
        r#"
        local ok, why = pcall(function()
            bot:conversation(function()
                bot:expect("POKER_WIN", { within = "1s" })
            end)
        end)
        bot:chat(`{ok}`)
        bot:chat(bot:conversation(function(...) return ... end, "a") .. "b")
        bot:expect("@never")
        "#,
    );
    assert_eq!(rig.bot.obstacle(&rig.host), Some("it is in a conversation"));
    rig.pass(1_000);
    assert_eq!(rig.said(), ["false", "ab"]);
    assert_eq!(rig.bot.obstacle(&rig.host), None);
}

#[test]
fn a_bot_that_leaves_or_is_cut_off_does_not_change() {
    let rig = Rig::new("bot:at_end(function() bot:sleep('1s') end) bot:expect('@never')");
    rig.bot.quit(&rig.host);
    assert_eq!(rig.bot.obstacle(&rig.host), Some("it leaves"));
    let rig = Rig::new(
        "pcall(bot.expect, bot, 'POKER_WIN') bot:sleep('1s') bot:reconnect() bot:expect('@never')",
    );
    rig.bot.disconnected(&rig.host, Failure::Reset, "gone");
    assert_eq!(rig.bot.obstacle(&rig.host), Some("it has no connection"));
    rig.pass(1_000);
    assert_eq!(rig.bot.view(&rig.host).waits_for, "a connection");
    assert!(rig.bot.obstacle(&rig.host).is_some());
    rig.bot.start(&rig.host);
    assert_eq!(rig.bot.obstacle(&rig.host), None);
}
