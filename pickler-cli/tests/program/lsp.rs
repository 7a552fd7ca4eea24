//! `pickler lsp`: conversations with editors.

use std::fmt::Write;

use expect_test::expect;
use serde_json::{Value, json};

use crate::run::{Run, pickler_with};

const URI: &str = "file:///table.pickler";

/// A spec with characters of one, two and four bytes, of one and two units of UTF-16.
const SPEC: &str = "\
//! A table: \u{E9}, \u{1F0A1}.

/// Chips.
record Pot {
    /// Which pot.
    index: u8
    winners: (u16, u16) // \u{1F0A1}
}

union Message tag u8 {
    /// It grew.
    1 POT: Pot
    other ODD
}
";

fn framed(message: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{message}", message.len())
}

/// The messages behind `initialize` and in front of `shutdown` and `exit`.
fn conversation(messages: &[Value]) -> String {
    let initialize = json!({
        "id": "first",
        "method": "initialize",
        "params": {
            "processId": null,
            "capabilities": {},
            "initializationOptions": {"pages": "file:///errors/"},
        },
    });
    let before = [initialize, json!({"method": "initialized", "params": {}})];
    let behind = [
        json!({"id": 99, "method": "shutdown"}),
        json!({"method": "exit"}),
    ];
    let all = before.iter().chain(messages).chain(&behind);
    let framed = all.map(|message| {
        let mut message = message.clone();
        if let Some(message) = message.as_object_mut() {
            message.insert("jsonrpc".to_owned(), "2.0".into());
        }
        framed(&message.to_string())
    });
    framed.collect()
}

/// Each message of some output.
fn messages(mut out: &str) -> Vec<Value> {
    let mut messages = Vec::new();
    while let Some(rest) = out.strip_prefix("Content-Length: ") {
        let (length, rest) = rest.split_once("\r\n\r\n").unwrap();
        let (message, rest) = rest.split_at(length.parse().unwrap());
        messages.push(serde_json::from_str(message).unwrap());
        out = rest;
    }
    assert_eq!(out, "");
    messages
}

/// What is answered to the messages, without that to the first and the last.
fn answers(asked: &[Value]) -> Vec<Value> {
    let run = pickler_with(&["lsp"], conversation(asked).as_bytes());
    assert_eq!((run.code, &*run.err), (0, ""));
    let mut answers = messages(&run.out);
    assert_eq!(answers.remove(0)["id"], "first");
    let last = answers.pop().unwrap();
    assert_eq!(last, json!({"jsonrpc": "2.0", "id": 99, "result": null}));
    answers
}

fn open(text: &str) -> Value {
    let document = json!({"uri": URI, "languageId": "pickler", "version": 1, "text": text});
    json!({"method": "textDocument/didOpen", "params": {"textDocument": document}})
}

fn change(text: &str) -> Value {
    let document = json!({"uri": URI, "version": 2});
    let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
    json!({"method": "textDocument/didChange", "params": params})
}

/// A question about a place.
fn ask(method: &str, line: u32, character: u32) -> Value {
    let position = json!({"line": line, "character": character});
    let params = json!({"textDocument": {"uri": URI}, "position": position});
    json!({"id": 7, "method": format!("textDocument/{method}"), "params": params})
}

/// A question about all of the document.
fn ask_all(method: &str) -> Value {
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let params = json!({"textDocument": {"uri": URI}, "options": options});
    json!({"id": 7, "method": format!("textDocument/{method}"), "params": params})
}

/// The answer to a question about a document.
fn answer(text: &str, question: Value) -> Value {
    let answers = answers(&[open(text), question]);
    assert_eq!(answers.len(), 2, "{answers:?}");
    assert_eq!(answers[1]["id"], 7);
    answers[1]["result"].clone()
}

/// A range in few words: `1:2-3:4`.
fn range(range: &Value) -> String {
    let place = |it: &Value| format!("{}:{}", it["line"], it["character"]);
    format!("{}-{}", place(&range["start"]), place(&range["end"]))
}

#[test]
fn it_says_what_it_can_do() {
    let run = pickler_with(&["lsp"], conversation(&[]).as_bytes());
    let capabilities = &messages(&run.out)[0]["result"]["capabilities"];
    expect![[r#"{"textDocumentSync":1,"completionProvider":{},"hoverProvider":true,"definitionProvider":true,"documentSymbolProvider":true,"documentFormattingProvider":true}"#]].assert_eq(&capabilities.to_string());
}

#[test]
fn mistakes_come_as_one_writes_and_go_as_one_mends() {
    let mistaken = "record Pot {\n    `\u{1F0A1}`: u999\n    a: u8, a: text\n}\n";
    let close = json!({
        "method": "textDocument/didClose",
        "params": {"textDocument": {"uri": URI}},
    });
    let answers = answers(&[open(mistaken), change(SPEC), close]);
    let [mistakes, mended, closed] = &answers[..] else {
        panic!("{answers:?}");
    };
    let mistakes = &mistakes["params"];
    assert_eq!(
        (&mistakes["uri"], &mistakes["version"]),
        (&json!(URI), &json!(1))
    );
    let told = mistakes["diagnostics"].as_array().unwrap();
    let told: Vec<String> = told.iter().map(Value::to_string).collect();
    expect![[r#"
        {"range":{"start":{"line":1,"character":10},"end":{"line":1,"character":14}},"severity":1,"code":"S0009","codeDescription":{"href":"file:///errors/S0009.md"},"source":"pickler","message":"an integer has 1 to 128 bits, not 999"}
        {"range":{"start":{"line":2,"character":11},"end":{"line":2,"character":12}},"severity":1,"code":"S0005","codeDescription":{"href":"file:///errors/S0005.md"},"source":"pickler","message":"there is a field `a` before\nhelp: give this one another name","relatedInformation":[{"location":{"uri":"file:///table.pickler","range":{"start":{"line":2,"character":4},"end":{"line":2,"character":5}}},"message":"that one"}]}"#]].assert_eq(&told.join("\n"));
    let none = json!({"uri": URI, "version": 2, "diagnostics": []});
    assert_eq!(mended["params"], none);
    assert_eq!(closed["params"], json!({"uri": URI, "diagnostics": []}));
}

#[test]
fn hover_tells_what_is_under_the_cursor() {
    let mut told = String::new();
    for (line, character) in [(3, 8), (5, 6), (11, 7), (11, 13), (12, 10), (9, 2), (6, 30)] {
        let hover = answer(SPEC, ask("hover", line, character));
        let place = if hover.is_null() {
            String::new()
        } else {
            range(&hover["range"])
        };
        let text = &hover["contents"]["value"];
        writeln!(told, "{line}:{character} {place} {text}").unwrap();
    }
    expect![[r#"
        3:8 3:7-3:10 "```pickler\nrecord Pot\n```\n\nChips.\n\n5 bytes"
        5:6 5:4-5:9 "```pickler\nindex: u8\n```\n\nWhich pot."
        11:7 11:6-11:9 "```pickler\n1 POT: Pot\n```\n\nIt grew."
        11:13 11:11-11:14 "```pickler\nrecord Pot\n```\n\nChips.\n\n5 bytes"
        12:10 12:10-12:13 "```pickler\nother ODD\n```"
        9:2  null
        6:30  null
    "#]]
    .assert_eq(&told);
    let page = answer("record Pot {\n    a: u999\n}\n", ask("hover", 1, 8));
    assert_eq!(range(&page["range"]), "1:7-1:11");
    let page = page["contents"]["value"].as_str().unwrap();
    assert!(
        page.starts_with("# S0009: a width that there is not"),
        "{page}"
    );
}

#[test]
fn definitions_are_found_with_mistakes_around_them() {
    let mistaken = SPEC.replace("index: u8", "index: u999 `");
    for spec in [SPEC, &mistaken] {
        let found = answer(spec, ask("definition", 11, 12));
        assert_eq!(found["uri"], URI);
        assert_eq!(range(&found["range"]), "3:7-3:10");
    }
    assert_eq!(answer(SPEC, ask("definition", 5, 12)), Value::Null);
    assert_eq!(answer(SPEC, ask("definition", 1_000, 1_000)), Value::Null);
}

#[test]
fn symbols_are_those_of_the_outline() {
    let symbols = answer(SPEC, ask_all("documentSymbol"));
    let mut told = String::new();
    for symbol in symbols.as_array().unwrap() {
        let mut tell = |depth: usize, it: &Value| {
            let (all, name) = (range(&it["range"]), range(&it["selectionRange"]));
            let (text, kind) = (&it["name"], &it["kind"]);
            writeln!(told, "{:depth$}{text} {kind} {all} {name}", "").unwrap();
        };
        tell(0, symbol);
        for member in symbol["children"].as_array().unwrap() {
            tell(2, member);
        }
    }
    expect![[r#"
        "Pot" 23 3:0-7:1 3:7-3:10
          "index" 8 5:4-5:13 5:4-5:9
          "winners" 8 6:4-6:29 6:4-6:11
        "Message" 11 9:0-13:1 9:6-9:13
          "POT" 22 11:4-11:14 11:6-11:9
          "ODD" 22 12:4-12:13 12:10-12:13
    "#]]
    .assert_eq(&told);
}

#[test]
fn formatting_is_that_of_fmt() {
    let edits = answer(
        "record  Pot{\n  a:u8 // \u{1F0A1}\n}",
        ask_all("formatting"),
    );
    assert_eq!(range(&edits[0]["range"]), "0:0-2:1");
    assert_eq!(
        edits[0]["newText"],
        "record Pot {\n    a: u8 // \u{1F0A1}\n}\n"
    );
    assert_eq!(answer(SPEC, ask_all("formatting")), json!([]));
    assert_eq!(answer("record Pot {)", ask_all("formatting")), Value::Null);
}

#[test]
fn words_are_completed() {
    let labels = |spec: &str, line, character| -> Vec<String> {
        let items = answer(spec, ask("completion", line, character));
        let labels = items.as_array().unwrap().iter();
        labels
            .map(|it| it["label"].as_str().unwrap().to_owned())
            .collect()
    };
    let has = |labels: &[String], label: &str| labels.iter().any(|it| it == label);
    let at_start = labels("rec", 0, 3);
    assert!(has(&at_start, "record") && has(&at_start, "protocol"));
    assert!(!has(&at_start, "count"), "{at_start:?}");
    let of_type = labels(&SPEC.replace("POT: Pot", "POT: P"), 11, 12);
    assert!(
        has(&of_type, "Pot") && has(&of_type, "leb128"),
        "{of_type:?}"
    );
    let behind = labels(&SPEC.replace("(u16, u16)", "[u16] count "), 6, 25);
    assert!(has(&behind, "index") && has(&behind, "rest"), "{behind:?}");
    let in_comment = labels(SPEC, 0, 8);
    assert_eq!(in_comment, [""; 0]);
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let mut told = String::new();
    for answer in answers(&[
        json!({"id": 1, "method": "initialize", "params": {}}),
        json!({"id": 2, "method": "textDocument/rename", "params": {}}),
        json!({"id": 3, "method": "textDocument/hover", "params": {"position": 1}}),
        json!({"id": 4, "method": "textDocument/hover"}),
        json!({"id": {}, "method": "textDocument/hover"}),
        json!([1]),
        json!({"method": "$/setTrace", "params": {"value": "off"}}),
        json!({"method": "textDocument/didOpen", "params": {"textDocument": 1}}),
        json!({"id": 5, "result": "nobody asked"}),
        ask("hover", 0, 0),
    ]) {
        writeln!(told, "{answer}").unwrap();
    }
    expect![[r#"
        {"jsonrpc":"2.0","error":{"code":-32600,"message":"`initialize` comes once"},"id":1}
        {"jsonrpc":"2.0","error":{"code":-32601,"message":"no answer to `textDocument/rename`"},"id":2}
        {"jsonrpc":"2.0","error":{"code":-32602,"message":"invalid type: integer `1`, expected struct Position"},"id":3}
        {"jsonrpc":"2.0","error":{"code":-32602,"message":"invalid type: null, expected struct HoverParams"},"id":4}
        {"jsonrpc":"2.0","error":{"code":-32600,"message":"data did not match any variant of untagged enum Id"},"id":null}
        {"jsonrpc":"2.0","error":{"code":-32600,"message":"invalid type: integer `1`, expected string or map"},"id":null}
        {"jsonrpc":"2.0","result":null,"id":7}
    "#]].assert_eq(&told);
}

#[test]
fn the_order_is_kept() {
    let hover = framed(r#"{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}"#);
    let exit = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    let run = pickler_with(&["lsp"], (hover + &exit).as_bytes());
    assert_eq!((run.code, &*run.err), (1, ""), "no `shutdown` before");
    assert_eq!(messages(&run.out)[0]["error"]["code"], -32002);
    let late = conversation(&[json!({"id": 1, "method": "shutdown"})]);
    let run = pickler_with(&["lsp"], late.as_bytes());
    assert_eq!(run.code, 0);
    let last = messages(&run.out).pop().unwrap();
    assert_eq!(
        (&last["id"], &last["error"]["code"]),
        (&json!(99), &json!(-32600))
    );
}

/// What is no conversation ends in one line; what is in good frames goes on.
#[test]
fn what_no_editor_sends() {
    let lsp = |input: &str| pickler_with(&["lsp"], input.as_bytes());
    let bad = framed("{\"jsonrpc\": ") + &framed(&"[".repeat(1 << 20)) + &framed("\u{0}");
    let Run { code, out, err } = lsp(&(bad + &conversation(&[])));
    assert_eq!((code, &*err), (0, ""));
    let codes: Vec<Value> = messages(&out)[..3]
        .iter()
        .map(|it| it["error"]["code"].clone())
        .collect();
    assert_eq!(codes, [-32700, -32700, -32700]);

    let mut told = String::new();
    for input in [
        "",
        "{}",
        "{}\n",
        "Content-Type: x\r\n\r\n{}",
        "Content-Length: -1\r\n\r\n{}",
        "Content-Length: 5\r\n\r\n{}",
        "Content-Length: 18446744073709551615\r\n\r\n{}",
        "Content-Length: 1000000000000\r\n\r\n{}",
        &"a".repeat(1 << 20),
        &"a: b\r\n".repeat(1 << 20),
    ] {
        let run = lsp(input);
        assert_eq!((run.code, &*run.out), (2, ""), "{run:?}");
        told += &run.err;
    }
    expect![[r#"
        error: the input ends without `exit`
        error: a line of a message's header does not end
        error: a message has no header
        error: a message has no `Content-Length`
        error: the `Content-Length` of a message is no number: invalid digit found in string
        error: the input ends within a message
        error: a message of 18446744073709551615 bytes; at most 134217728 are read
        error: a message of 1000000000000 bytes; at most 134217728 are read
        error: a line of a message's header does not end
        error: the header of a message has more than 16 lines
    "#]]
    .assert_eq(&told);
}

/// The work is linear in the text, however long its lines.
#[test]
fn a_long_line_is_coped_with() {
    let fields = "\u{E9}: u8, ".repeat(1 << 15);
    let symbols = answer(&format!("record A {{{fields}}}"), ask_all("documentSymbol"));
    let members = symbols[0]["children"].as_array().unwrap();
    assert_eq!(members.len(), 1 << 15);
    assert_eq!(range(&members[1000]["selectionRange"]), "0:7010-0:7011");
}

/// Whatever the text is, each question is answered.
#[test]
fn any_text_is_coped_with() {
    let mut asked = Vec::new();
    let ends = (0..SPEC.len()).filter(|at| SPEC.is_char_boundary(*at));
    let cut = ends.step_by(7).map(|at| SPEC[..at].to_owned());
    let hostile = [
        "{",
        "record",
        "record A {\r\r a",
        "`",
        "///",
        "union A {other",
        "\"",
        "}}}record A",
    ];
    let hostile = hostile.map(|it| it.repeat(3));
    for text in cut.chain(hostile) {
        asked.push(change(&text));
        for (line, character) in [(0, 0), (0, 9), (2, 3), (11, 12), (u32::MAX, u32::MAX)] {
            for method in ["hover", "definition", "completion"] {
                asked.push(ask(method, line, character));
            }
        }
        asked.extend([ask_all("documentSymbol"), ask_all("formatting")]);
    }
    let answers = answers(&asked);
    assert_eq!(answers.len(), asked.len());
    assert!(answers.iter().all(|it| it.get("error").is_none()));
}
