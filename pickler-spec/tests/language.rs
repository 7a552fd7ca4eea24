//! What the words of the language mean: the codec reads bytes by them.

use std::fs::read_to_string;
use std::path::Path;

use pickler::dynamic::{Value, decode, encode, json};
use pickler::schema::{Protocol, Shape};
use pickler_spec::{parse, print};

#[track_caller]
fn parsed(source: &str) -> Protocol {
    match parse(source) {
        Ok(protocol) => protocol,
        Err(diagnostics) => panic!("{}", diagnostics[0].with_source("it", source)),
    }
}

/// Bytes are read by a type as what is shown, and written again.
#[track_caller]
fn assert_reads(ty: &str, bytes: &[u8], expected: &str) {
    assert_spec_reads(&format!("root {ty}\n{TYPES}"), bytes, expected);
}

/// Types that the others mention.
const TYPES: &str = "
enum Kind u8 {
    1 RED
    2 BLUE
}
type Given(version: u8) = (u8, u8 since 3)
";

#[track_caller]
fn assert_spec_reads(source: &str, bytes: &[u8], expected: &str) {
    let schema = parsed(source).schema;
    let value = decode(&schema, bytes).unwrap();
    assert_eq!(
        json::to_json(&value, &schema).to_string(),
        expected,
        "{source}"
    );
    assert_eq!(encode(&schema, &value).unwrap(), bytes, "{source}");
}

#[track_caller]
fn assert_refuses(ty: &str, bytes: &[u8], expected: &str) {
    let schema = parsed(&format!("root {ty}\n{TYPES}")).schema;
    assert_eq!(decode(&schema, bytes).unwrap_err().to_string(), expected);
}

#[test]
fn numbers() {
    assert_reads("u8", &[7], "7");
    assert_reads("i24", &[255, 255, 254], "-2");
    assert_reads("(u3, i5)", &[0b1011_1111], "[5,-1]");
    assert_reads("leb128 u32", &[0x80, 1], "128");
    assert_reads("sleb128 i64", &[0x7F], "-1");
    assert_reads("zigzag i32", &[1], "-1");
    assert_reads("quic u64", &[0x40, 77], "77");
    assert_reads("(bool, bool1, u7)", &[1, 0x85], "[true,true,5]");
    assert_reads("(f16, f32)", &[0x3C, 0, 0x40, 0x20, 0, 0], "[1.0,2.5]");
    assert_refuses(
        "leb128 u32",
        &[0x80, 0],
        "2 bytes for an integer that takes 1 byte, at byte 0",
    );
}

#[test]
fn counts() {
    assert_reads("text count u8", b"\x02ab", "\"ab\"");
    assert_reads("[u8] count (u16 little-endian)", &[2, 0, 5, 6], "[5,6]");
    assert_reads("[u8] count mqtt", &[1, 5], "[5]");
    assert_reads("text until b\"\\r\\n\"", b"ab\r\n", "\"ab\"");
    assert_reads(
        "(text until 0 or end, text rest)",
        b"ab\0c",
        "[\"ab\",\"c\"]",
    );
    assert_reads("[u8] through 9", &[1, 9], "[1,9]");
    assert_reads("([u8] before 9, u8)", &[1, 9], "[[1],9]");
    assert_reads("[u8] last item > 4", &[1, 5], "[1,5]");
    assert_reads("[[u8] count index] count 3", &[1, 2, 3], "[[],[1],[2,3]]");
    assert_reads("([u8] count 2, [u16] rest)", &[1, 2, 0, 3], "[[1,2],[3]]");
}

#[test]
fn what_stands_behind() {
    assert_reads("[u8 none 255] count 2 little-endian", &[255, 3], "[null,3]");
    assert_reads("u16 little-endian", &[1, 0], "1");
    assert_reads(
        "(u4, u12) lsb-first little-endian",
        &[0x21, 0x43],
        "[1,1074]",
    );
    assert_reads("u8 flag u8 else 7", &[0], "7");
    assert_reads("u8 flag u8 else 7", &[1, 8], "8");
    assert_reads("(u8, u8 unless end)", &[1], "[1,null]");
    assert_reads("i8 shown (-1 = \"none\", 0 = null)", &[255], "\"none\"");
    assert_reads("text rest padded to 4 with 0x20", b"ab  ", "\"ab\"");
    assert_reads("u8 bcd to 59", &[0x42], "42");
    assert_reads("u12 zigzag pad after 4 bits", &[0, 0x30], "-2");
    assert_reads("u32 character", &[0, 0, 0, b'x'], "\"x\"");
    assert_reads("bytes count 4 ip", &[127, 0, 0, 1], "\"127.0.0.1\"");
    assert_reads("bytes count u8 encoding latin1", &[1, 0xE9], "\"é\"");
    assert_reads("u16 scale 100 \"EUR\"", &[1, 0], "\"2.56\"");
    assert_reads(
        "u8 flags (A = 0x01, B = 0b10, ..)",
        &[0x83],
        "[\"A\",\"B\",128]",
    );
    assert_reads("[u8] rest size u16 counts itself", &[0, 4, 1, 2], "[1,2]");
    assert_reads(
        "(bytes rest size remaining - 1, u8)",
        &[1, 2, 3],
        "[{\"$hex\":\"0102\"},3]",
    );
    assert_reads("text rest size until b\"\\n\"", b"ab\n", "\"ab\"");
    assert_reads(
        "bytes rest xor (0x01, 0x02)",
        &[1, 2, 3],
        "{\"$hex\":\"000002\"}",
    );
    assert_reads("bytes rest rotate left 4", &[0x12], "\"!\"");
    assert_reads("u8 magic b\"GIF8\"", b"GIF8\x01", "1");
    assert_reads("u8 magic u16 0x2A", &[0, 42, 1], "1");
    assert_reads("(u8 pad before 1, u8 align 4)", &[0, 1, 0, 0, 2], "[1,2]");
    assert_reads("[u8] count u8 set", &[2, 3, 4], "[3,4]");
    assert_reads("(u8 in 1..=3, u8 nonzero where item < 9)", &[1, 8], "[1,8]");
    assert_reads("choice (u8 always 5, u8)", &[6], "6");
    assert_reads("peek u8 then (u4, u4)", &[0x21], "[33,[2,1]]");
    assert_reads("Given(2)", &[1], "[1,null]");
    assert_reads("Given(3)", &[1, 2], "[1,2]");
    assert_refuses("u8 in 1..=3", &[4], "4 does not fit, only 1 to 3 do");
}

#[test]
fn definitions() {
    let spec = "record A row magic b\"M\" little-endian pad to 6 {
        kind: Kind = BLUE, size: u8 derived len(rest)
        `odd name`: u8 assert size < 3
        rest: bytes count size
        assert kind == Kind::RED
    }";
    let source = format!("{spec}{TYPES}");
    assert_spec_reads(
        &source,
        &[b'M', 1, 1, 9, 8, 0],
        "[\"RED\",1,9,{\"$hex\":\"08\"}]",
    );
    let union = "union A length u8 tag i8 counts message {
        -1 NONE
        2 | 5..=7 SOME: (u8, u8 if tag(self) == 6)
        8 BOX: { a: u8 }
        other UNKNOWN
    }";
    assert_spec_reads(union, &[2, 255], NONE);
    let schema = parsed(union).schema;
    let Shape::Union(shape) = schema.resolve(schema.root()) else {
        panic!("{schema:?}");
    };
    let tags: Vec<u128> = shape.variants.iter().map(|it| it.tag).collect();
    assert_eq!(tags, [2, 8, 255]);
    assert_eq!(shape.variants[0].also, [5..=7]);
    assert!(decode(&schema, &[4, 6, 1, 2]).is_ok());
    assert!(decode(&schema, &[4, 7, 1, 2]).is_err());
    let keyed = "keyed A key u8 size u8 end 255 {
        1 a: u8
        2 optional b: u8
        3 implicit c: u8 = 7
        4 repeated d: u8
    }";
    let read = "{\"a\":5,\"c\":7,\"d\":[1,2]}";
    assert_spec_reads(keyed, &[1, 1, 5, 4, 1, 1, 4, 1, 2, 255], read);
    let protobuf = "protobuf A {\n1 varint a: u32\n2 bytes b: text rest\n}";
    assert_spec_reads(
        protobuf,
        &[8, 150, 1, 18, 1, b'x'],
        "{\"a\":150,\"b\":\"x\"}",
    );
}

const NONE: &str = "{\"name\":\"NONE\",\"code\":255,\"fields\":{}}";

#[test]
fn values() {
    let source = "
        record A {
            float: f32 = 2
            kind: Kind = RED
            seat: Seat = {number: 0x10}
            list: [Kind] count 2 = [RED, BLUE]
            message: Message = SAY({text: \"a\\u{e9}\"})
            ping: Message = PING
            odd: Message = UNKNOWN 9 (b\"\\x01\")
            letter: u32 character = 'x'
            nothing: u8 flag u8 = null
            bytes: bytes count u8 = b\"a\\n\"
            nan: f64 = -inf
        }
        record Seat {
            number: u8
            more: u8 = 3
        }
        union Message tag u8 {
            1 PING
            2 SAY: { text: text count u8 }
            other UNKNOWN
        }
    ";
    let schema = parsed(&format!("{source}{TYPES}")).schema;
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("{schema:?}");
    };
    let default = |name: &str| record.field(name).unwrap().default.clone().unwrap();
    assert_eq!(default("float"), Value::from(2.0));
    assert_eq!(default("kind"), Value::from("RED"));
    assert_eq!(default("seat").field("more"), Some(&Value::Unsigned(3)));
    assert_eq!(
        default("list"),
        Value::List(vec!["RED".into(), "BLUE".into()])
    );
    assert_eq!(default("letter"), Value::from("x"));
    assert_eq!(default("nothing"), Value::Null);
    assert_eq!(default("nan"), Value::from(f64::NEG_INFINITY));
    let Value::Variant(odd) = default("odd") else {
        panic!("{:?}", default("odd"));
    };
    assert_eq!(
        (odd.tag, &odd.body),
        (9, &Value::Bytes(b"\x01".to_vec().into()))
    );
    let Value::Variant(ping) = default("ping") else {
        panic!("{:?}", default("ping"));
    };
    assert_eq!((&*ping.name, ping.tag), ("PING", 1));
    let bytes = encode(&schema, &Value::record([])).unwrap();
    assert!(bytes.starts_with(&[
        0x40, 0, 0, 0, 1, 0x10, 3, 1, 2, 2, 3, b'a', 0xC3, 0xA9, 1, 9, 1
    ]));
}

/// What the page of the language shows is so.
#[test]
fn the_page() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/spec_language.md");
    let page = read_to_string(page).unwrap();
    let blocks: Vec<&str> = page.split("```text\n").skip(1).collect();
    let blocks = blocks
        .iter()
        .map(|block| block.split("```").next().unwrap());
    let whole: Vec<&str> = blocks.filter(|block| !block.contains("TYPE")).collect();
    assert!(whole.len() >= 2, "{whole:?}");
    for block in whole {
        parsed(block);
    }
}

/// Sizes are found out though 0 would not do.
#[test]
fn sizes_that_are_not_0() {
    for (size, hex) in [
        ("u8 in 1..=5", 2),
        ("u8 nonzero", 2),
        ("i8 in 1..=5 nonzero", 2),
        ("i8 in -5..=-1", 0xFE),
    ] {
        let sign = if hex == 2 { "" } else { "0 - " };
        let spec =
            format!("record R {{\n    n: {size} derived {sign}sizeof(b)\n    b: bytes rest\n}}");
        let schema = parsed(&spec).schema;
        let value = Value::record([("b", Value::Bytes(vec![7, 8].into()))]);
        assert_eq!(encode(&schema, &value), Ok(vec![hex, 7, 8]), "{spec}");
    }
}

/// Each recipe reads the bytes that it shows as it says.
#[test]
fn recipes() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/recipes.md");
    let page = read_to_string(page).unwrap();
    let mut read = 0;
    for recipe in page.split("```text\n").skip(1) {
        let (spec, rest) = recipe.split_once("```").unwrap();
        let shown = rest.split("```console\n").nth(1);
        let shown = shown.and_then(|it| it.split("```").next());
        let mut lines = shown
            .unwrap_or_else(|| panic!("no bytes for {spec}"))
            .lines();
        while let Some(command) = lines.next() {
            let hex = command.strip_prefix("$ pickler decode --protocol my.pickler ");
            let hex = hex.unwrap().replace(['"', ' '], "");
            let digits: Vec<&str> = (0..hex.len())
                .step_by(2)
                .map(|at| &hex[at..at + 2])
                .collect();
            let bytes = digits.iter().map(|it| u8::from_str_radix(it, 16));
            let bytes: Vec<u8> = bytes.collect::<Result<_, _>>().unwrap();
            assert_spec_reads(spec, &bytes, lines.next().unwrap());
            read += 1;
        }
    }
    assert!(read > 15, "{read} recipes");
}

#[test]
fn tags_of_bytes_in_expressions() {
    assert_spec_reads(
        r#"
record File {
    chunks: [Chunk] last tag(item) == b"IE"
    kind: Kind
    more: u8 if kind == Kind::HEAD
}
union Chunk tag (bytes count 2) {
    b"DA" DATA: record {
        value: u8 if b"DB" != tag(self)
        never: u8 if match tag(self) { b"DA" => false, _ => true }
    }
    b"IE" END
}
enum Kind (bytes count 2) {
    b"HE" HEAD
}
enum Given(version: u8) (u16 little-endian) {
    1 ONE
}
"#,
        b"DA\x07IEHE\x05",
        r#"{"chunks":[{"name":"DATA","code":17473,"fields":{"value":7,"never":null}},{"name":"END","code":18757,"fields":{}}],"kind":"HEAD","more":5}"#,
    );
}

#[test]
fn not_what_is_true_or_false() {
    let fields = "flag: bool
    rows: [{ end: bool, low: u8 }] last !!item.end
    low: u8 if !flag && !rows[0].end
    high: u8 if !(if flag { flag } else { rows[0].end }) && rows[0].low & !1 != 0
    seat: Seat(flag) where item != 9
    assert !flag || seat == 3";
    let types = "type Seat(taken: bool) = (u8 if !taken else 3)";
    let source = format!("record Row {{\n    {fields}\n}}\n{types}\n");
    assert_spec_reads(
        &source,
        &[0, 0, 3, 1, 0, 7, 8, 9 - 1],
        r#"{"flag":false,"rows":[{"end":false,"low":3},{"end":true,"low":0}],"low":7,"high":8,"seat":8}"#,
    );
    assert_spec_reads(
        &source,
        &[1, 0, 3, 1, 0],
        r#"{"flag":true,"rows":[{"end":false,"low":3},{"end":true,"low":0}],"low":null,"high":null,"seat":3}"#,
    );
    let printed = print(&parsed(&source));
    for expected in [
        "last !(item.end == false)\n",
        "if flag == false && rows[0].end == false\n",
        "(if flag { flag } else { rows[0].end }) == false && rows[0].low & !1 != 0\n",
        "if taken == false else 3\n",
        "assert flag == false || seat == 3\n",
    ] {
        assert!(printed.contains(expected), "{expected}{printed}");
    }
    assert_eq!(print(&parsed(&printed)), printed);
    let union = "union Body(there: bool) tag u8 {
    1 EMPTY if !there
    1 FULL if there: { flag: bool, size: u8 derived if !flag { 2 } else { 1 } }
}";
    let source = format!("root Body(true)\n{union}\n");
    assert_spec_reads(
        &source,
        &[1, 0, 2],
        r#"{"name":"FULL","code":1,"fields":{"flag":false,"size":2}}"#,
    );
}

#[test]
fn what_is_shown_is_looked_at_in_front() {
    let source = "record Table {
    dealer: u8 where item < 10 || item == 255 none 255 shown (null = -1)
    bet: u8 if present(dealer)
}";
    assert_spec_reads(source, &[3, 8], r#"{"dealer":3,"bet":8}"#);
    assert_spec_reads(source, &[255], r#"{"dealer":-1,"bet":null}"#);
    assert!(decode(&parsed(source).schema, &[10, 8]).is_err());
}

#[test]
fn no_more_negations_than_can_be_written_out() {
    let source = |flags: usize| {
        let all = vec!["!flag"; flags].join(" && ");
        format!("record Row {{\n    flag: bool\n    more: u8 if {all}\n}}\n")
    };
    let protocol = parsed(&source(250));
    assert_eq!(parsed(&print(&protocol)).schema, protocol.schema);
    let refused = parse(&source(500)).unwrap_err();
    assert_eq!(
        refused[0].to_string(),
        "S0002: with `== false` for each `!`: more than 512 operators"
    );
}
