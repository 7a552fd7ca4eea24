//! A stranger's descriptions: nothing in them is markup.

use pickler::dynamic::Value;
use pickler::schema::{Definition, Field, Protocol, Record, Schema, Shape, TypeRef};

const SCRIPT: &str = "</script><script>alert(1)</script>";

/// A protocol whose names and docstrings are all of them attacks.
fn hostile(attack: &str) -> Protocol {
    let byte = Shape::Integer {
        bits: 8,
        signed: false,
    };
    let mut field = Field::new(attack, attack.to_owned(), byte.clone());
    field.default = Some(Value::Text(attack.to_owned()));
    let mapped = Shape::Mapped {
        item: Box::new(byte),
        name: attack.to_owned(),
    };
    let inner = Definition {
        name: attack.into(),
        doc: attack.to_owned().into(),
        parameters: Vec::new(),
        shape: mapped,
    };
    let record = Record::new(vec![
        field,
        Field::new("inner", "", Shape::Named(TypeRef::at(1))),
    ]);
    let outer = Definition {
        name: attack.into(),
        doc: attack.to_owned().into(),
        parameters: Vec::new(),
        shape: Shape::Record(Box::new(record)),
    };
    let schema = Schema::new(Shape::Named(TypeRef::at(0)), vec![outer, inner]).unwrap();
    Protocol::new(attack, schema)
        .version(attack)
        .doc(attack.to_owned())
        .keep_alive(attack, 1)
}

#[test]
fn markdown_holds_no_html_but_anchors() {
    for line in outside_of_fences(&pickler_faces::markdown(&hostile(SCRIPT))) {
        // Outside of code, each `<` is escaped or begins an anchor.
        let mut in_code = false;
        let bytes = line.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            in_code ^= *byte == b'`';
            if *byte == b'<' && !in_code {
                let escaped = at > 0 && bytes[at - 1] == b'\\';
                let rest = &line[at..];
                assert!(
                    escaped || rest.starts_with("<a id=") || rest.starts_with("</a>"),
                    "{line}"
                );
            }
        }
    }
}

#[test]
fn markdown_keeps_tables_and_code_whole() {
    let document = pickler_faces::markdown(&hostile("a | b `` c\n# d"));
    let lines = outside_of_fences(&document);
    let rows = lines.iter().filter(|line| line.starts_with('|'));
    assert!(rows.clone().count() > 2, "{document}");
    for row in rows {
        let bars = row.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 6, "{row}");
    }
    assert!(!lines.iter().any(|line| line.starts_with("# d")));
}

/// The lines of a document that are no code.
fn outside_of_fences(document: &str) -> Vec<&str> {
    let mut code = false;
    let lines = document.lines().filter(|line| {
        let fence = line.starts_with("```");
        code ^= fence;
        !code && !fence
    });
    lines.collect()
}
