//! What scripts cannot do.

use serde_json::json;

use super::Rig;
use crate::observe::Failure;
use crate::script::{Bot, End, Settings};

#[test]
fn a_script_that_loops_for_ever_is_stopped_and_others_go_on() {
    for script in [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "repeat until false",
        "for i = 1, math.huge do local _ = i end",
        "table.sort({ 3, 1, 2 }, function() while true do end end)",
        r#"string.gsub("aaa", "a", function() while true do end end)"#,
    ] {
        let settings = Settings {
            steps: 200_000,
            ..Settings::default()
        };
        let rig = Rig::with(
            &format!("if bot.id == 8 then {script} end bot:chat('fine')"),
            settings,
        );
        assert_eq!(rig.said(), ["fine"]);
        let runaway = Bot::new(&rig.host, 8, 0);
        runaway.start(&rig.host);
        assert!(matches!(runaway.ended(), Some(End::Failed(_))), "{script}");
        assert_eq!(rig.failures(), [(Failure::Runaway, 1)], "{script}");
        let other = Bot::new(&rig.host, 9, 0);
        other.start(&rig.host);
        assert_eq!(other.ended(), Some(End::Finished), "{script}");
    }
}

#[test]
fn handlers_and_conditions_that_loop_for_ever_are_stopped() {
    let settings = Settings {
        steps: 100_000,
        ..Settings::default()
    };
    let rig = Rig::with(
        r#"
        bot:on("POKER_CHAT", function() while true do end end)
        bot:expect("POKER_WIN", { serial = function() while true do end end })
        "#,
        settings,
    );
    rig.receive("POKER_CHAT", json!({}));
    assert_eq!(rig.failures(), [(Failure::Runaway, 1)]);
    rig.receive("POKER_WIN", json!({}));
    assert!(rig.bot.ended().is_some());
}

#[test]
fn a_script_that_takes_too_much_memory_fails_alone() {
    for script in [
        r#"local s = string.rep("x", 1e9)"#,
        r#"local t = {} while true do t[#t + 1] = string.rep("x", 1000) .. #t end"#,
        r#"local s = "x" while true do s = s .. s end"#,
        "local b = buffer.create(1e9)",
        "local t = table.create(1e8, 1)",
        r#"local s = table.concat(table.create(100000, string.rep("x", 10000)))"#,
        "local function f(...) return f(1, ...) end f()",
    ] {
        let rig = Rig::new(&format!(
            "if bot.id == 8 then {script} end bot:chat('fine')"
        ));
        let hungry = Bot::new(&rig.host, 8, 0);
        hungry.start(&rig.host);
        assert!(matches!(hungry.ended(), Some(End::Failed(_))), "{script}");
        let other = Bot::new(&rig.host, 9, 0);
        other.start(&rig.host);
        assert_eq!(other.ended(), Some(End::Finished), "{script}");
        assert!(
            rig.host.script_memory() < 8 << 20,
            "{script}: {}",
            rig.host.script_memory()
        );
    }
}

#[test]
fn the_sandbox_has_no_way_out() {
    for name in [
        "io",
        "os",
        "debug",
        "require",
        "loadstring",
        "load",
        "dofile",
        "getfenv",
        "setfenv",
        "coroutine",
        "collectgarbage",
        "newproxy",
        "gcinfo",
        "_G",
        "package",
        "ffi",
        "shared",
    ] {
        let rig = Rig::new(&format!("local x = {name}; bot:chat(tostring(x))"));
        assert!(matches!(rig.bot.ended(), Some(End::Failed(_))), "{name}");
        assert!(rig.error().contains(name), "{name}: {}", rig.error());
    }
    for script in [
        "string.len = nil",
        r#"getmetatable("").__index = {}"#,
        "math.random = nil",
        "table.insert = nil",
        "bot.__index = nil; setmetatable(bot, nil)",
        "getmetatable(bot).x = 1",
        "x = 1",
        "rawset(math, 'pi', 3)",
        r#"getmetatable("").__index.rep = nil"#,
    ] {
        let rig = Rig::new(script);
        assert!(matches!(rig.bot.ended(), Some(End::Failed(_))), "{script}");
    }
}

#[test]
fn scripts_share_nothing() {
    let rig = Rig::new(
        r#"
        bot.mine = (rawget(bot, "mine") or 0) + 1
        local count = 0
        count += 1
        bot:chat(tostring(bot.mine) .. tostring(count))
        "#,
    );
    assert_eq!(rig.said(), ["11"]);
    let other = Bot::new(&rig.host, 8, 0);
    other.start(&rig.host);
    assert_eq!(other.ended(), Some(End::Finished));
}

#[test]
fn a_server_that_does_not_read_stops_a_script_that_only_sends() {
    let rig = Rig::new(r#"while true do bot:chat(string.rep("x", 1000)) end"#);
    assert_eq!(rig.failures(), [(Failure::Stalled, 1)]);
    assert!(rig.error().contains("does not read"), "{}", rig.error());
}

#[test]
fn patterns_cannot_run_away() {
    let start = std::time::Instant::now();
    let rig = Rig::new(
        r#"
        local s = string.rep("a", 100)
        string.find(s, string.rep("a-", 60) .. "b")
        "#,
    );
    let _ = rig.bot.ended();
    assert!(start.elapsed().as_secs() < 20);
}
