//! `pickler vectors check`.

use expect_test::expect;

use crate::run::{pickler, pickler_with};

#[test]
fn all_vectors_of_pokersource_pass() {
    for (protocol, folder, count) in [
        ("pokersource", "pokersource", 1257),
        ("pokersource3", "pokersource_v3", 1205),
    ] {
        let vectors = shared_data::text(&format!("{folder}/vectors.jsonl"));
        let arguments = ["vectors", "check", "--protocol", protocol, "-"];
        let run = pickler_with(&arguments, vectors.as_bytes());
        assert_eq!(run.all(), format!("{count} passed, 0 failed\n--- 0 ---\n"));
    }
}

const GOOD: &str =
    r#"{"id":"a","name":"SERIAL","code":6,"fields":{"serial":7},"hex":"06000700000007"}"#;

fn check(lines: &[&str]) -> String {
    let text = lines.join("\n");
    pickler_with(
        &["vectors", "check", "--protocol", "pokersource", "-"],
        text.as_bytes(),
    )
    .all()
}

#[test]
fn a_vector_that_fails_is_listed_with_what_differs() {
    expect![[r#"
        failed: b (line 2): the bytes are read as fields: serial: 7, not 8
        failed: c (line 3): the bytes are read as name: "SERIAL", not "PING"
        failed: d (line 4): the bytes are read as fields: serial: 7, which the vector lacks
        failed: e (line 5): the bytes are refused: Message.SERIAL: needs 4 bytes, 3 bytes left, at byte 3
        failed: f (line 6): the bytes are refused: Message: 1 byte left over, at byte 7
        failed: g (line 7): the bytes are read as fields: serials: [0]: 2, not 1
        1 passed, 6 failed
        --- 1 ---
    "#]].assert_eq(&check(&[
        GOOD,
        r#"{"id":"b","name":"SERIAL","code":6,"fields":{"serial":8},"hex":"06000700000007"}"#,
        r#"{"id":"c","name":"PING","code":6,"fields":{},"hex":"06000700000007"}"#,
        r#"{"id":"d","name":"SERIAL","code":6,"fields":{},"hex":"06000700000007"}"#,
        r#"{"id":"e","name":"SERIAL","code":6,"fields":{"serial":7},"hex":"060007000007"}"#,
        r#"{"id":"f","name":"SERIAL","code":6,"fields":{"serial":7},"hex":"0600070000000705"}"#,
        r#"{"id":"g","name":"POKER_WIN","code":59,"fields":{"serial":0,"game_id":0,"serials":[1]},"hex":"3b001000000000000000000100000002"}"#,
    ]));
}

#[test]
fn a_line_that_is_no_vector_is_bad_input() {
    expect![[r#"
        2 passed, 0 failed
        --- 2 ---
        error: line 2: no vector: EOF while parsing an object at column 1
        error: line 3: no vector: expected an object with `id`, `name`, `code`, `fields` and `hex`, or with `id`, `value` and `hex`
        error: line 4: no vector: `hex` is missing
        error: line 5: no vector: `fields` is missing
        error: line 6: no vector: `hex` is "0500030": an odd number of hex digits
        error: line 7: no vector: `id` is no text
        error: line 8: no vector: `id` is given twice at column 14
    "#]]
    .assert_eq(&check(&[
        GOOD,
        "{",
        "7",
        r#"{"id":"b","name":"PING","code":5,"fields":{}}"#,
        r#"{"id":"b","name":"PING","code":5,"hex":"050003"}"#,
        r#"{"id":"b","name":"PING","code":5,"fields":{},"hex":"0500030"}"#,
        r#"{"id":1,"name":"PING","code":5,"fields":{},"hex":"050003"}"#,
        r#"{"id":"b","id":"c","name":"PING","code":5,"fields":{},"hex":"050003"}"#,
        GOOD,
    ]));
}

#[test]
fn a_file_is_named_in_errors() {
    let folder = std::env::temp_dir().join(format!("pickler-vectors-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a file for the test");
        path.display().to_string()
    };
    let good = path("good.jsonl", GOOD);
    let bad = path("bad.jsonl", "\n{");
    let empty = path("empty.jsonl", "\n\n");
    let missing = folder.join("missing.jsonl").display().to_string();
    let arguments = ["vectors", "check", "--protocol", "pokersource"];
    let files = [&good, &bad, &empty, &missing].map(String::as_str);
    let run = pickler(&[&arguments[..], &files].concat());
    let told = run.all().replace(&*folder.display().to_string(), "FOLDER");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    expect![[r#"
        1 passed, 0 failed
        --- 2 ---
        error: FOLDER/bad.jsonl:2: no vector: EOF while parsing an object at column 1
        error: FOLDER/empty.jsonl: holds no vectors
        error: cannot open FOLDER/missing.jsonl: No such file or directory (os error 2)
    "#]]
    .assert_eq(&told);
}
