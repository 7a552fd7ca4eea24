//! Messages that are put straight into tables, and those that were looked at
//! before, are the same for a script.

use std::fmt::Write;

use mlua::{Lua, Table, Value as LuaValue};
use pickler::dynamic::Value;
use pickler::schema::Schema;

use crate::protocol::{Datum, Packet, Protocol};
use crate::script::context::Context;
use crate::script::convert;

/// A value of a script as text, with keys in order.
fn told(value: &LuaValue) -> String {
    match value {
        LuaValue::Table(table) => {
            let mut parts: Vec<String> = table
                .pairs::<LuaValue, LuaValue>()
                .map(|pair| pair.unwrap())
                .map(|(key, value)| format!("{}={}", told(&key), told(&value)))
                .collect();
            parts.sort();
            format!("{{{}}}", parts.join(" "))
        }
        LuaValue::String(text) => format!("\"{}\"", text.as_bytes().escape_ascii()),
        LuaValue::Integer(number) => number.to_string(),
        LuaValue::Number(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

/// What a script sees of a frame. Both ways give the same, or the same error.
fn both_ways(lua: &Lua, context: &Context, frame: &[u8]) -> Result<LuaValue, String> {
    let catalogue = &context.protocol.catalogue;
    let Some(id) = catalogue.identify(frame) else {
        return Err("no message".into());
    };
    let straight = Packet::new(id, frame, catalogue);
    let looked_at = Packet::new(id, frame, catalogue);
    let error = looked_at.values().err().map(ToString::to_string);
    let [straight_table, other] = [&straight, &looked_at]
        .map(|packet| convert::packet(lua, context, packet).map_err(|error| error.to_string()));
    match (&straight_table, &other) {
        (Ok(straight), Ok(other)) => assert_eq!(told(straight), told(other), "{frame:02X?}"),
        (straight, other) => assert_eq!(straight, other, "{frame:02X?}"),
    }
    assert_eq!(straight.unreadable().map(ToString::to_string), error);
    straight_table
}

/// Each vector, and what is left of it when a byte lacks or another is wrong.
fn check_vectors(protocol: &Protocol, file: &str, least: usize) {
    let lua = Lua::new();
    let context = Context::idle(protocol.clone());
    let mut read = 0;
    for line in shared_data::text(file).lines() {
        let vector: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut frame = hex(vector["hex"].as_str().unwrap());
        read += usize::from(both_ways(&lua, &context, &frame).is_ok());
        let middle = frame.len() / 2;
        frame[middle] ^= 0x41;
        let _ = both_ways(&lua, &context, &frame);
        frame.pop();
        let _ = both_ways(&lua, &context, &frame);
    }
    assert!(read >= least, "only {read} vectors of {file} can be read");
}

fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len() / 2)
        .map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap())
        .collect()
}

#[test]
fn all_vectors_are_the_same_both_ways() {
    check_vectors(&super::protocol(), "pokersource/vectors.jsonl", 1000);
    let openpoker = Protocol::described(openpoker::protocol()).unwrap();
    check_vectors(&openpoker, "openpoker/vectors.jsonl", 300);
    let pokerth = Protocol::described(pokerth::protocol()).unwrap();
    check_vectors(&pokerth, "pokerth/vectors.jsonl", 300);
}

/// Bodies of all kinds, in an order of bytes that is not the usual one.
const ODD: &str = r#"
protocol odd "1"
root Message

union Message length u16 tag u8 little-endian {
    1 NOTHING
    2 FIELDS: Fields
    3 NUMBER: i16
    4 ITEMS: [Fields] count u8
    5 FLAG: bool
    6 NAMED: {
        type: u8
        value: u128
    }
    7 COUNTED: {
        count: u8 derived len(items)
        items: [Inner] count count
    }
    8 TREE: Tree
    9 INNER: Inner
    other UNKNOWN
}

record Fields {
    seat: u8 none 255
    text: text count u8
    raw: bytes count u8
}

union Inner tag u8 {
    0 NONE
    1 SOME: u32
    2 LEVEL: {
        x: i8
        y: u16 if x < 0
    }
}

record Tree {
    leaf: u8
    branches: [box Tree] count u8
}
"#;

#[test]
fn odd_messages_are_the_same_both_ways() {
    let described = pickler_spec::parse(ODD).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let protocol = Protocol::described(&described).unwrap();
    let lua = Lua::new();
    let context = Context::idle(protocol);
    let mut seen = String::new();
    for bytes in [
        "010001",
        "08000201026869026666",
        "040002ff0000",
        "030003feff",
        "0b000402030161023030ff0000",
        "02000501",
        "1200060907000000000000000000000000000000",
        "12000609ffffffffffffffffffffffffffffffff",
        "0e00070400017011010002fd02010203",
        "0900080102020003010400",
        "0600090105000000",
        "0400090205",
        "0300c80102",
        "02000502",
        "0b0004020301610230",
        "05000704000109",
    ] {
        let seen_now = match both_ways(&lua, &context, &hex(bytes)) {
            Ok(table) => told(&table),
            Err(error) => error,
        };
        writeln!(seen, "{bytes}: {seen_now}").unwrap();
    }
    expect_test::expect![[r#"
        010001: {"type"="NOTHING"}
        08000201026869026666: {"raw"="ff" "seat"=1 "text"="hi" "type"="FIELDS"}
        040002ff0000: {"raw"="" "text"="" "type"="FIELDS"}
        030003feff: {"type"="NUMBER" "value"=-2}
        0b000402030161023030ff0000: {"type"="ITEMS" "value"={1={"raw"="00" "seat"=3 "text"="a"} 2={"raw"="" "text"=""}}}
        02000501: {"type"="FLAG" "value"=Boolean(true)}
        1200060907000000000000000000000000000000: {"type"=9 "value"=7}
        12000609ffffffffffffffffffffffffffffffff: {"type"=9 "value"="340282366920938463463374607431768211455"}
        0e00070400017011010002fd02010203: {"count"=4 "items"={1={"type"="NONE"} 2={"type"="SOME" "value"=70000} 3={"type"="LEVEL" "x"=-3 "y"=258} 4={"type"="LEVEL" "x"=3}} "type"="COUNTED"}
        0900080102020003010400: {"branches"={1={"branches"={} "leaf"=2} 2={"branches"={1={"branches"={} "leaf"=4}} "leaf"=3}} "leaf"=1 "type"="TREE"}
        0600090105000000: {"type"="INNER" "value"={"type"="SOME" "value"=5}}
        0400090205: runtime error: Message: needs 4 bytes, 3 bytes left, at byte 2
        0300c80102: {"type"="UNKNOWN" "value"="\x01\x02"}
        02000502: runtime error: Message.FLAG: expected 0 or 1, found 2, at byte 3
        0b0004020301610230: runtime error: Message: needs 11 bytes, 7 bytes left, at byte 2
        05000704000109: runtime error: Message.COUNTED.items: announces 4 items, but the input left holds 3 at most, at byte 4
    "#]].assert_eq(&seen);
}

#[test]
fn what_a_script_cannot_hold_is_an_error() {
    let protocol = super::protocol();
    let lua = Lua::new();
    let context = Context::idle(protocol.clone());
    let long = "x".repeat(60_000);
    let fields = serde_json::json!({ "string": long });
    let frame = super::frame(&protocol, "STRING", &fields);
    let packet = Packet::new(
        protocol.catalogue.identify(&frame).unwrap(),
        &frame,
        &protocol.catalogue,
    );
    lua.gc_collect().unwrap();
    lua.set_memory_limit(lua.used_memory() + 20_000).unwrap();
    let error = convert::packet(&lua, &context, &packet).unwrap_err();
    assert!(error.to_string().contains("memory"), "{error}");
    lua.set_memory_limit(0).unwrap();
    let table: Table = match convert::packet(&lua, &context, &packet).unwrap() {
        LuaValue::Table(table) => table,
        other => panic!("{other:?}"),
    };
    assert_eq!(table.get::<String>("string").unwrap(), long);
    assert_eq!(table.get::<String>("type").unwrap(), "STRING");
}

#[test]
fn the_greatest_integers_come_back_from_scripts() {
    let lua = Lua::new();
    let schema = Schema::of::<u128>();
    for value in [0, 7, 1 << 53, (1 << 53) + 1, 1 << 127, u128::MAX] {
        let shown = convert::to_lua(&lua, &Value::Unsigned(value)).unwrap();
        let again = convert::to_value(&schema, schema.root(), &shown);
        assert_eq!(again, Ok(Value::Unsigned(value)));
    }
    let schema = Schema::of::<i128>();
    for value in [-1, -(1 << 53), -(1 << 53) - 1, i128::MIN] {
        let shown = convert::to_lua(&lua, &Value::integer(value)).unwrap();
        let again = convert::to_value(&schema, schema.root(), &shown);
        assert_eq!(again, Ok(Value::integer(value)));
    }
}

#[test]
fn a_list_that_a_script_cannot_hold_is_an_error() {
    let source = "union M length u32 tag u8 {\n    1 ITEMS: [u8] count u32\n}\n";
    let described = pickler_spec::parse(source).unwrap_or_else(|why| panic!("{why:?}"));
    let protocol = Protocol::described(&described).unwrap();
    let items = 3_000_000_u32;
    let mut frame = (items + 5).to_be_bytes().to_vec();
    frame.push(1);
    frame.extend(items.to_be_bytes());
    frame.resize(frame.len() + items as usize, 7);
    let lua = Lua::new();
    let context = Context::idle(protocol);
    let catalogue = &context.protocol.catalogue;
    let packet = Packet::new(catalogue.identify(&frame).unwrap(), &frame, catalogue);
    lua.set_memory_limit(lua.used_memory() + 6_000_000).unwrap();
    let error = convert::packet(&lua, &context, &packet).unwrap_err();
    assert!(error.to_string().contains("memory"), "{error}");
    lua.set_memory_limit(0).unwrap();
    assert!(convert::packet(&lua, &context, &packet).is_ok());
}

#[test]
fn conditions_hold_of_what_is_shown() {
    let text = |digits: &str| Datum::from(digits);
    for (value, wanted) in [
        (Value::Unsigned(7), Datum::Number(7.0)),
        (Value::integer(-7), Datum::Number(-7.0)),
        (Value::from(0.5), Datum::Number(0.5)),
        (Value::Unsigned(u128::MAX), text(&u128::MAX.to_string())),
        (Value::integer(i128::MIN), text(&i128::MIN.to_string())),
    ] {
        assert!(convert::value_is(&value, &wanted), "{value:?}");
        assert!(!convert::value_is(&Value::Unsigned(8), &wanted));
    }
}
