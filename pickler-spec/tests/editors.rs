//! What editors know of the language is what the parser does.

use std::collections::BTreeSet;
use std::fs::read_to_string;
use std::path::Path;

use serde_json::Value;

fn file(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("editors")
        .join(name);
    serde_json::from_str(&read_to_string(path).unwrap()).unwrap()
}

/// All patterns of a grammar.
fn patterns<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(parts) => {
            for (name, part) in parts {
                match part {
                    Value::String(text) if name == "match" => found.push(text),
                    part => patterns(part, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| patterns(item, found)),
        _ => {}
    }
}

/// The words between which a pattern has a choice.
fn words(pattern: &str) -> Vec<&str> {
    let is_word = |it: &&str| {
        let is_part = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        it.starts_with(|it: char| it.is_ascii_lowercase()) && it.chars().all(is_part)
    };
    let groups = pattern.split(['(', ')']);
    let choices = groups.flat_map(|group| group.trim_start_matches("?:").split('|'));
    choices.filter(is_word).collect()
}

#[test]
fn keywords_are_those_of_the_parser() {
    let grammar = file("pickler.tmLanguage.json");
    let mut found = Vec::new();
    patterns(&grammar, &mut found);
    let told: BTreeSet<&str> = found.into_iter().flat_map(words).collect();
    // Those of expressions.
    let functions = ["len", "sizeof", "present", "match", "b"];
    let told: BTreeSet<&str> = told
        .into_iter()
        .filter(|it| !functions.contains(it))
        .collect();
    let parsed = pickler_spec::keywords();
    let lacks: Vec<_> = parsed.difference(&told).collect();
    assert!(lacks.is_empty(), "the grammar lacks {lacks:?}");
    let more: Vec<_> = told.difference(&parsed).collect();
    assert!(more.is_empty(), "the parser does not know {more:?}");
}

#[test]
fn files_are_found() {
    let package = file("package.json");
    let language = &package["contributes"]["languages"][0];
    assert_eq!(
        language["extensions"][0],
        format!(".{}", pickler_spec::EXTENSION)
    );
    for path in [
        &language["configuration"],
        &package["contributes"]["grammars"][0]["path"],
    ] {
        file(path.as_str().unwrap());
    }
    let grammar = file("pickler.tmLanguage.json");
    assert_eq!(
        grammar["scopeName"],
        package["contributes"]["grammars"][0]["scopeName"]
    );
}
