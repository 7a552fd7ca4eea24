//! Mistakes that are found before the run.

use expect_test::{Expect, expect};

use super::protocol;
use crate::script::{SHIPPED, check};

fn finds(script: &str, expected: &Expect) {
    let findings = check(script, "test.luau", &protocol());
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn misspelt_messages_and_fields_are_found_with_what_was_meant() {
    finds(
        r#"
bot:send("POKER_RAIS", { amount = 3 })
bot:send("POKER_RAISE", { amuont = 3, ["serail"] = 4, game_id = f({ x = 1 }) })
bot:expect({ "POKER_WIN", "POKER_CHECKK" })
bot:expect("POKER_WIN", { seriall = 1, within = "30s", or_nil = true, wihtin = 3 })
bot:expect({ "POKER_RAISE", "POKER_WIN" }, { amount = 3, where = { nonsense = 1 } })
bot:expect("@anything", { at = 1 })
bot:poll "POKER_CHATT"
bot:on("POKER_CHAAT", function(packet) bot:ignore("A", { "POKER_FOLDD" }) return "eat" end)
bot:send("POKER_EXPLAIN", {}, { answer = "ACKK" })
bot:send("POKER_EXPLAIN", {}, { anwser = "ACK" })
local function f() end
"#,
        &expect![[r"
            test.luau:2:10: there is no message `POKER_RAIS`; did you mean `POKER_RAISE`?
            test.luau:3:27: POKER_RAISE has no field `amuont`; did you mean `amount`?
            test.luau:3:40: POKER_RAISE has no field `serail`; did you mean `serial`?
            test.luau:4:27: there is no message `POKER_CHECKK`; did you mean `POKER_CHECK`?
            test.luau:5:27: POKER_WIN has no field `seriall`; did you mean `serial`?
            test.luau:5:71: POKER_WIN has no field `wihtin`; did you mean `within`?
            test.luau:6:68: POKER_RAISE has no field `nonsense`; its fields are serial, game_id, amount
            test.luau:8:10: there is no message `POKER_CHATT`; did you mean `POKER_CHAT`?
            test.luau:9:8: there is no message `POKER_CHAAT`; did you mean `POKER_CHAT`?
            test.luau:9:51: there is no message `A`
            test.luau:9:58: there is no message `POKER_FOLDD`; did you mean `POKER_FOLD`?
            test.luau:10:42: there is no message `ACKK`; did you mean `ACK`?
            test.luau:11:33: there is no option `anwser`; did you mean `answer`?"]],
    );
}

#[test]
fn misspelt_functions_and_variables_are_found() {
    finds(
        r#"
local stack = 3
bot:sned("PING")
bot.send("PING")
if bot.seriall == stak then pirnt(stack) end
total = 3
count += 1
for i, value in ipairs({ a = 1, b = stack }) do print(i, value) end
local function g(x: number, y: { [string]: boolean }?, ...): number return x :: any end
bot.mood = g(1)
print(bot.mood, bot.moood, os.time(), coroutine)
export type Card = { rank: number, suit: string }
local text = `value {stack} {bot.name}`
"#,
        &expect![[r"
            test.luau:3:5: bot has no `sned`; did you mean `send`?
            test.luau:4:5: write bot:send(...), with a colon
            test.luau:5:8: bot has no `seriall`; did you mean `serial`?
            test.luau:5:19: nothing is called `stak` here; did you mean `stack`?
            test.luau:5:29: nothing is called `pirnt` here; did you mean `print`?
            test.luau:6:1: `total` is not declared; write `local total = ...` where it first gets a value
            test.luau:7:1: `count` is not declared; write `local count = ...` where it first gets a value
            test.luau:11:21: bot has no `moood`
            test.luau:11:28: `os` is not there for scripts: a script cannot reach files, the system or the engine
            test.luau:11:39: `coroutine` is not there for scripts: a bot is a coroutine already; use bot:expect, bot:think and bot:on"]],
    );
}

#[test]
fn fields_of_what_is_received_are_checked() {
    finds(
        r#"
local chat, name = bot:expect("POKER_CHAT", { within = "1s" })
print(chat.mesage, chat.message, chat.type, name.x)
local either = bot:expect({ "POKER_WIN", "POKER_RAISE" })
print(either.amount, either.serials, either.seat)
local tick = bot:expect("@tick")
print(tick.anything)
bot:on("POKER_FOLD", function(fold) print(fold.seriall) end)
local twice = bot:poll("POKER_CALL")
local function h(twice) print(twice.nonsense) end
local other = h(chat)
print(other.nonsense)
"#,
        &expect![[r"
            test.luau:3:12: POKER_CHAT has no field `mesage`; did you mean `message`?
            test.luau:5:45: POKER_WIN has no field `seat`; its fields are serial, game_id, serials
            test.luau:8:48: POKER_FOLD has no field `seriall`; did you mean `serial`?"]],
    );
}

#[test]
fn wrong_times_events_and_levels_are_found() {
    finds(
        r#"
bot:think("soon")
bot:sleep("3s..1s")
bot:timer("tick", "1 fortnight")
bot:post("hello", 1)
bot:log("inof", "text")
bot:turn({ within = "5" })
"#,
        &expect![[r#"
            test.luau:2:11: `soon` is no length of time; write one like "30s", "200ms" or "2m"
            test.luau:3:11: `3s..1s` runs backwards: the shorter time comes first
            test.luau:4:11: `tick` is no name of an event: those begin with @, such as "@tick"
            test.luau:4:19: `1 fortnight` is no length of time; write one like "30s", "200ms" or "2m"
            test.luau:5:10: `hello` is no name of an event: those begin with @, such as "@tick"
            test.luau:6:9: there is no level `inof`: use error, warn, info, debug or packet
            test.luau:7:21: `5` is no length of time; write one like "30s", "200ms" or "2m""#]],
    );
}

#[test]
fn wrong_syntax_is_found() {
    finds(
        "local x =\n\n  if then",
        &expect!["test.luau:3:3: Expected identifier when parsing expression, got 'then'"],
    );
    finds(
        "bot:send('PING'",
        &expect!["test.luau:1:1: Expected ')' (to close '(' at column 9), got <eof>"],
    );
}

#[test]
fn shipped_scripts_have_no_mistakes() {
    for (file, text, _) in SHIPPED {
        assert_eq!(check(text, file, &protocol()), []);
    }
}

#[test]
fn directives_that_are_none_are_found() {
    finds(
        "--!strict\n--!verison 3\nbot:login()\n--!version 4",
        &expect![[r"
            test.luau:2:1: there is no directive `verison`; did you mean `version`?
            test.luau:4:1: a version is declared above the first line of code"]],
    );
    finds(
        "--!version",
        &expect!["test.luau:1:1: `--!version` needs a version behind it, such as `--!version 3`"],
    );
    finds(
        "--!version 3\nbot:code_change(function(_, state) return state end)\nbot.state.x = bot:environment('X')",
        &expect![""],
    );
}

/// The findings in a script that speaks a protocol with values of all kinds.
fn finds_in_values(script: &str, expected: &Expect) {
    const SPEC: &str = r#"
        protocol values
        root Message
        union Message tag u8 length u16 {
            1 QUERY to server: text until 0
            2 BIND to server: { name: text count u8, parameters: [Datum] count u8, kind: Kind }
            3 READY to client: Kind
            4 ROWS: [Datum] count u8
            5 END
            6 MOVE both: { step: i8, bits: u4, rest: u4, on: bool8, way: union tag u8 { 0 NONE, 1 AT: u8 } }
        }
        record Datum { size: i16, text: bytes count 2 = b".." }
        enum Kind u8 { 1 IDLE, 2 BUSY }
    "#;
    let described = pickler_spec::parse(SPEC).unwrap();
    let protocol = crate::protocol::Protocol::described(&described).unwrap();
    let findings = check(script, "test.luau", &protocol);
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn values_that_cannot_be_are_found() {
    finds_in_values(
        r#"
bot:send("QUERY", "x")
bot:send("QUERY", 3)
bot:send("QUERY", { value = true })
bot:send("QUERY", { valeu = "x" })
bot:send("BIND", "x")
bot:send("END", 1)
bot:send("BIND", { name = 7, kind = "IDEL", parameters = { { size = 1, txet = "ab" }, { size = 40_000 }, 7 } })
bot:send("BIND", { name = f(), kind = 3, parameters = { { size = -0x8000, text = "abc" } } })
bot:send("ROWS", { { sise = 1 }, { size = 1.5 } })
bot:send("ROWS", { value = { { size = "x" } } })
bot:send("MOVE", { step = -129, bits = 16, on = 1, way = { type = "ATT", value = 3 } })
bot:send("MOVE", { step = -128, bits = 15, on = true, way = { type = "AT", value = 256 } })
bot:send("MOVE", { step = { 1 }, way = { type = "AT", valeu = 1 } })
local row = bot:expect("ROWS")
print(row.value, row.valeu)
local function f() end
"#,
        &expect![[r#"
            test.luau:3:19: QUERY must be text, not 3
            test.luau:4:29: QUERY: `value` must be text, not true
            test.luau:5:21: QUERY has no field `valeu`: all of it is its `value`
            test.luau:6:18: BIND takes a table of fields after the name
            test.luau:7:17: END takes a table of fields after the name
            test.luau:8:27: BIND: `name` must be text, not 7
            test.luau:8:37: BIND: `kind` cannot be "IDEL": there is no `IDEL`; did you mean `IDLE`?
            test.luau:8:72: BIND: `parameters`[1] has no field `txet`; did you mean `text`?
            test.luau:8:96: BIND: `parameters`[2].size must be from -32768 to 32767, not 40000
            test.luau:8:106: BIND: `parameters`[3] must be a table of fields, not 7
            test.luau:9:39: BIND: `kind` cannot be 3: unknown tag 3 (0x03)
            test.luau:9:82: BIND: `parameters`[1].text cannot be "abc": expected 2 items, found 3
            test.luau:10:22: ROWS[1] has no field `sise`; did you mean `size`?
            test.luau:10:43: ROWS[2].size must be a whole number, not 1.5
            test.luau:11:39: ROWS: `value`[1].size must be a whole number, not the text "x"
            test.luau:12:27: MOVE: `step` must be from -128 to 127, not -129
            test.luau:12:40: MOVE: `bits` must be from 0 to 15, not 16
            test.luau:12:49: MOVE: `on` must be true or false, not 1
            test.luau:12:67: MOVE: `way` has the unknown type `ATT`; did you mean `AT`?
            test.luau:13:84: MOVE: `way`.value must be from 0 to 255, not 256
            test.luau:14:27: MOVE: `step` must be a whole number, not a table
            test.luau:14:55: MOVE: `way` has no field `valeu`: all of it is its `value`
            test.luau:16:22: ROWS has no field `valeu`: all of it is its `value`"#]],
    );
}

#[test]
fn messages_that_go_the_other_way_are_warned_of() {
    finds_in_values(
        r#"
bot:send("READY", "IDLE")
bot:expect("QUERY")
bot:expect({ "READY", "BIND" })
bot:send("QUERY", "x", { answer = "BIND" })
bot:send("MOVE")
bot:expect("MOVE")
"#,
        &expect![[r"
            test.luau:2:10: warning: READY comes from the server, which does not take it
            test.luau:3:12: warning: QUERY goes to the server, which does not send it
            test.luau:4:23: warning: BIND goes to the server, which does not send it; did you mean `END`?
            test.luau:5:35: warning: BIND goes to the server, which does not send it; did you mean `END`?"]],
    );
}
