//! What a script's author reads.

use expect_test::{Expect, expect};
use serde_json::json;

use super::Rig;
use crate::observe::Failure;

fn says(script: &str, expected: &Expect) {
    let rig = Rig::new(script);
    rig.pass(60_000);
    expected.assert_eq(&rig.error());
}

#[test]
fn errors_name_file_line_bot_and_what_was_waited_for() {
    says(
        "\n\nbot:expect('POKER_WIN', { serial = 3, within = '30s' })",
        &expect![
            "test.luau:3: waited 30s for POKER_WIN with serial = 3, and it did not come (bot 7)"
        ],
    );
    says(
        "bot:expect({ 'POKER_WIN', '@tick' }, { within = '500ms' })",
        &expect!["test.luau:1: waited 500ms for POKER_WIN or @tick, and it did not come (bot 7)"],
    );
    says(
        "local x = nil\nlocal y = x.field",
        &expect!["test.luau:2: attempt to index nil with 'field' (bot 7)"],
    );
    says("error('no luck')", &expect!["test.luau:1: no luck (bot 7)"]);
    says(
        "error({})",
        &expect!["test.luau:1: a table was raised as an error (bot 7)"],
    );
    says(
        "bot:login()",
        &expect![
            "test.luau:1: waited 30s for POKER_ROLES or ERROR, and it did not come (bot 7, in login, poker.luau:41)"
        ],
    );
    says(
        "while true do end",
        &expect![
            "test.luau:1: the script ran for 5000000 steps without waiting for anything, and was stopped; a loop needs a bot:expect or bot:think inside (bot 7)"
        ],
    );
    says(
        "local s = string.rep('x', 1e9)",
        &expect!["test.luau:1: the script took too much memory, and was stopped (bot 7)"],
    );
}

#[test]
fn wrong_names_are_told_with_what_was_perhaps_meant() {
    says(
        "bot:send('POKER_RAIS')",
        &expect![
            "test.luau:1: there is no message `POKER_RAIS`; did you mean `POKER_RAISE`? (bot 7)"
        ],
    );
    says(
        "bot:send('POKER_RAISE', { amuont = 3 })",
        &expect!["test.luau:1: POKER_RAISE has no field `amuont`; did you mean `amount`? (bot 7)"],
    );
    says(
        "bot:send('PING', { x = 3 })",
        &expect!["test.luau:1: PING has no fields, so none is called `x` (bot 7)"],
    );
    says(
        "bot:expect('POKER_POSITON')",
        &expect![
            "test.luau:1: there is no message `POKER_POSITON`; did you mean `POKER_POSITION`? (bot 7)"
        ],
    );
    says(
        "bot:expect('POKER_RAISE', { serail = 1 })",
        &expect!["test.luau:1: POKER_RAISE has no field `serail`; did you mean `serial`? (bot 7)"],
    );
    says(
        "bot:expect('POKER_RAISE', { wihtin = '1s' })",
        &expect!["test.luau:1: POKER_RAISE has no field `wihtin`; did you mean `within`? (bot 7)"],
    );
    says(
        "bot:on('poker_chat', function() end)",
        &expect![
            "test.luau:1: there is no message `poker_chat`; did you mean `POKER_CHAT`? (bot 7)"
        ],
    );
    says(
        "bot:sned('PING')",
        &expect!["test.luau:1: bot has no `sned`; did you mean `send`? (bot 7)"],
    );
    says(
        "bot:timer('tick', '1s')",
        &expect![[
            r#"test.luau:1: `tick` is no name of an event: those begin with @, such as "@tick" (bot 7)"#
        ]],
    );
    says(
        "pirnt('x')",
        &expect!["test.luau:1: nothing is called `pirnt` here; did you mean `print`? (bot 7)"],
    );
    says(
        "stack = 3",
        &expect![
            "test.luau:1: `stack` is not declared; write `local stack = ...` where it first gets a value (bot 7)"
        ],
    );
    says(
        "os.exit()",
        &expect![
            "test.luau:1: `os` is not there for scripts: a script cannot reach files, the system or the engine (bot 7)"
        ],
    );
}

#[test]
fn wrong_values_are_told_with_the_field() {
    says(
        "bot:send('POKER_RAISE', { amount = 'much' })",
        &expect![[
            r#"test.luau:1: POKER_RAISE: `amount` must be a whole number, not the text "much" (bot 7)"#
        ]],
    );
    says(
        "bot:send('POKER_RAISE', { amount = 1.5 })",
        &expect!["test.luau:1: POKER_RAISE: `amount` must be a whole number, not 1.5 (bot 7)"],
    );
    says(
        "bot:send('POKER_RAISE', { amount = 5000000000 })",
        &expect![
            "test.luau:1: POKER_RAISE.amount: 5000000000 does not fit, only 0 to 4294967295 do (bot 7)"
        ],
    );
    says(
        "bot:send('POKER_RAISE', { amount = -1 })",
        &expect![
            "test.luau:1: POKER_RAISE.amount: -1 does not fit, only 0 to 4294967295 do (bot 7)"
        ],
    );
    says(
        "bot:send('POKER_CHAT', { message = 3 })",
        &expect!["test.luau:1: POKER_CHAT: `message` must be text, not 3 (bot 7)"],
    );
    says(
        "bot:send('POKER_SEATS', { seats = 3 })",
        &expect![
            "test.luau:1: POKER_SEATS: `seats` must be a list such as {1, 2, 3}, not 3 (bot 7)"
        ],
    );
    says(
        "bot:send('POKER_RAISE', 40)",
        &expect!["test.luau:1: bot:send takes a table of fields after the name, not 40 (bot 7)"],
    );
    says(
        "bot:send(3)",
        &expect![[
            r#"test.luau:1: bot:send needs the name of a message, such as "POKER_CALL", not 3 (bot 7)"#
        ]],
    );
    says(
        "bot:expect('POKER_WIN', { within = 'soon' })",
        &expect![[
            r#"test.luau:1: `soon` is no length of time; write one like "30s", "200ms" or "2m" (bot 7)"#
        ]],
    );
    says(
        "bot:think('3s..1s')",
        &expect!["test.luau:1: `3s..1s` runs backwards: the shorter time comes first (bot 7)"],
    );
    says(
        "bot.send('PING')",
        &expect![[
            r#"test.luau:1: bot:send needs the name of a message, such as "POKER_CALL", not nil (bot 7)"#
        ]],
    );
}

#[test]
fn wrong_fields_of_a_message_are_told() {
    let rig = Rig::new("local chat = bot:expect('POKER_CHAT')\nlocal x = chat.mesage");
    rig.receive("POKER_CHAT", json!({}));
    expect!["test.luau:2: POKER_CHAT has no field `mesage`; did you mean `message`? (bot 7)"]
        .assert_eq(&rig.error());
}

#[test]
fn a_lost_connection_is_told_with_what_was_waited_for() {
    let rig = Rig::new("\nbot:expect('POKER_WIN')");
    rig.bot.disconnected(
        &rig.host,
        Failure::Reset,
        "the connection failed: reset by peer",
    );
    expect!["test.luau:2: the connection failed: reset by peer while the script waited for POKER_WIN (bot 7)"].assert_eq(&rig.error());
}

#[test]
fn a_full_mailbox_tells_what_it_holds() {
    let rig = Rig::new("bot:expect('POKER_WIN', { serial = 1 })");
    for number in 0..256 {
        rig.receive(
            if number % 3 == 0 {
                "POKER_CALL"
            } else {
                "POKER_FOLD"
            },
            json!({}),
        );
    }
    expect!["test.luau:1: the mailbox is full and holds no POKER_WIN with serial = 1, so none can come any more; it holds 170 POKER_FOLD, 86 POKER_CALL. Drop kinds that the script does not need with bot:ignore(...) (bot 7)"].assert_eq(&rig.error());
}

#[test]
fn where_a_script_waits_can_be_told() {
    let rig = Rig::new("\n\nbot:think('1s')\n");
    assert_eq!(rig.host.place(&rig.bot).as_deref(), Some("test.luau:3"));
}
