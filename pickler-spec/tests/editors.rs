//! What editors know of the language is what the parser does.
//!
//! What the engine of VS Code makes of it is told by Node, with the packages that
//! `npm install --global vscode-textmate@9.3.2 vscode-oniguruma@2.0.1` brings.

use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::expect;
use pickler_spec::Outline;
use serde_json::Value;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn file(name: &str) -> Value {
    let text = read_to_string(path("editors").join(name));
    serde_json::from_str(&text.unwrap()).unwrap()
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

/// The folder of Node's packages, if those that are needed are there.
fn modules() -> Option<String> {
    let found = std::env::var("NODE_PATH").ok().or_else(|| {
        let output = Command::new("npm").args(["root", "--global"]).output();
        Some(
            String::from_utf8(output.ok()?.stdout)
                .ok()?
                .trim()
                .to_owned(),
        )
    })?;
    let mut needed = ["vscode-textmate", "vscode-oniguruma"].into_iter();
    let all = needed.all(|name| Path::new(&found).join(name).is_dir());
    all.then_some(found)
}

/// What the engine of VS Code makes of specs, one behind the other.
fn scopes(modules: &str, specs: &[PathBuf]) -> String {
    let output = Command::new("node")
        .env("NODE_PATH", modules)
        .arg(path("tests/scopes.js"))
        .arg(path("editors/pickler.tmLanguage.json"))
        .args(specs)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn words_are_coloured_by_what_they_are() {
    let Some(modules) = modules() else {
        eprintln!("SKIPPED: there is no Node with vscode-textmate and vscode-oniguruma");
        return;
    };
    expect![[r#"
        //! A table.<comment.line.documentation>
        protocol<keyword.other.head> "<string.quoted.double> 1.2<string.quoted.double> "<string.quoted.double>
        handshake<keyword.other.head> b"<string.quoted.double> TABLE<string.quoted.double> \n<constant.character.escape> "<string.quoted.double>
        keep-alive<keyword.other.head> after<keyword.other> 5000<constant.numeric> ms<keyword.other>
        root<keyword.other.head> Message<entity.name.type>

        /// What is said. // Still said.<comment.line.documentation>
        union<keyword.declaration> Message<entity.name.type> tag<keyword.other> u8<storage.type> length<keyword.other> u16<storage.type> counts<keyword.other> message<keyword.other>
        5<constant.numeric> to<keyword.other> server<keyword.other>
        6<constant.numeric> to<keyword.other> client<keyword.other> Pot<entity.name.type> // Not said.<comment.line.double-slash>
        7<constant.numeric> both<keyword.other>
        text<variable.other.member> bytes<storage.type> count<keyword.other> u8<storage.type>

        8<constant.numeric> internal<keyword.other> box<storage.type> Pot#2<entity.name.type>
        other<keyword.other>


        record<keyword.declaration> Pot<entity.name.type> magic<keyword.other> b"<string.quoted.double> P<string.quoted.double> \x01<constant.character.escape> "<string.quoted.double>
        index<variable.other.member> u3<storage.type> =<keyword.operator> 0x07<constant.numeric>
        both<variable.other.member> bool1<storage.type>
        `type`<variable.other.member> f32<storage.type> =<keyword.operator> -<keyword.operator> 1.5e3<constant.numeric>
        count<variable.other.member> Seat<entity.name.type> count<keyword.other> len<support.function> `type`<variable.other> *<keyword.operator> 2<constant.numeric> little-endian<keyword.other>
        size<variable.other.member> u8<storage.type> derived<keyword.other> sizeof<support.function> self<keyword.other> +<keyword.operator> 1<constant.numeric> where<keyword.other> in<keyword.other> 1<constant.numeric> ..=<keyword.operator> 6<constant.numeric>
        text<variable.other.member> text<storage.type> until<keyword.other> "<string.quoted.double> \u{20AC}<constant.character.escape> "<string.quoted.double> encoding<keyword.other>
        letter<variable.other.member> u32<storage.type> character<keyword.other> =<keyword.operator> 'a'<string.quoted.single>
        seat<variable.other.member> Seat<entity.name.type> u8<storage.type> if<keyword.other> both<keyword.other> &&<keyword.operator> index<keyword.other> !=<keyword.operator> 3<constant.numeric> else<keyword.other> null<constant.language>
        kind<variable.other.member> u8<storage.type> derived<keyword.other> match<keyword.control> index<keyword.other> 0<constant.numeric> =><keyword.operator> true<constant.language> =><keyword.operator> false<constant.language>


        enum<keyword.declaration> Seat<entity.name.type> u8<storage.type>
        1<constant.numeric>

    "#]].assert_eq(&scopes(&modules, &[path("tests/scopes.pickler")]));
}

/// In specs that people wrote, what is defined is seen as that.
#[test]
fn definitions_are_coloured() {
    let Some(modules) = modules() else {
        eprintln!("SKIPPED: there is no Node with vscode-textmate and vscode-oniguruma");
        return;
    };
    let examples = read_dir(path("../protocols/spec/examples")).unwrap();
    let examples: Vec<PathBuf> = examples.map(|entry| entry.unwrap().path()).collect();
    let told = scopes(&modules, &examples);
    for example in examples {
        let source = read_to_string(&example).unwrap();
        for item in Outline::of(&source).items() {
            let (keyword, name) = (item.keyword, &source[item.name_span.clone()]);
            let head = format!("{keyword}<keyword.declaration> {name}<entity.name.type>");
            assert!(told.contains(&head), "{}: {head}", example.display());
        }
    }
}
