//! Whatever the text, reading it ends in a description or in what is wrong; and
//! whatever description is accepted, the codec copes with it.

#![expect(
    clippy::cast_possible_truncation,
    reason = "choices are no greater than was asked for"
)]

use std::fs;
use std::path::Path;

use pickler::Limits;
use pickler::dynamic::{decode_with_limits, encode};
use pickler::generate::{Choices, Seeded, schema};
use pickler::schema::Protocol;
use pickler_spec::{Outline, format, parse, print};

#[test]
fn much_of_one_sign() {
    for sign in [
        "(",
        "[",
        "{",
        ")",
        "}",
        "`",
        "\"",
        "b\"",
        "\\",
        "/",
        "///\n",
        ",",
        "#",
        "\n",
        "box ",
        "a",
        "record A {",
        "record A {\n",
        "record A {}\n",
        "u8 ",
        "=",
        "-",
        "union A tag u8 {\n1 A: {",
        "type A = (",
        "type A = [",
        "type A = u8 none [",
        "type A = u8 if (",
        "type A = u8 if a ",
        "type A = u8 none 1\n",
        "peek u8 then ",
        "choice (",
    ] {
        for behind in ["", "record A {\n    a: "] {
            let source = behind.to_owned() + &sign.repeat((1 << 17) / sign.len());
            assert_ends(&source);
        }
    }
}

#[test]
fn ten_megabytes_of_parentheses() {
    let source = "(".repeat(10 << 20);
    let diagnostics = parse(&source).unwrap_err();
    assert_eq!(diagnostics.len(), 1);
    let source = "type A = ".to_owned() + &source;
    let diagnostics = parse(&source).unwrap_err();
    assert_eq!(diagnostics[0].mistake.to_string(), "S0002");
}

#[test]
fn random_characters() {
    let mut choices = Seeded::new(1);
    for _ in 0..300 {
        let length = choices.up_to(2_000);
        let source: String = (0..length)
            .map(|_| match choices.up_to(3) {
                0 => char::from_u32(choices.up_to(0x1_1000) as u32).unwrap_or('é'),
                _ => char::from(choices.up_to(127) as u8),
            })
            .collect();
        assert_ends(&source);
    }
}

/// The work is linear in the text, however long its lines.
#[test]
fn long_lines_are_formatted() {
    for piece in ["u8, ", "a ", "\"a\" ", "`a` ", "'a' ", "\\'", "- "] {
        let source = piece.repeat((1 << 19) / piece.len());
        let formatted = format(&source).unwrap();
        assert_eq!(format(&formatted).as_ref(), Ok(&formatted), "{piece}");
        let outline = Outline::of(&source);
        assert!(outline.words_at(source.len() / 2).types.is_empty());
    }
    for unclosed in ["(", "`", "\"", "b\""] {
        let source = unclosed.repeat(1 << 19);
        let _ = format(&source);
        assert_eq!(Outline::of(&source).items(), []);
    }
}

/// All that is told stands in the source.
fn assert_ends(source: &str) {
    if let Err(diagnostics) = parse(source) {
        assert!(!diagnostics.is_empty());
        for diagnostic in diagnostics {
            assert!(
                source.get(diagnostic.span.clone()).is_some(),
                "{diagnostic:?}"
            );
            assert!(!diagnostic.with_source("it", source).to_string().is_empty());
        }
    }
}

/// The deepest types that are accepted can be read and written with little room for
/// the stack.
#[test]
fn as_deep_as_can_be() {
    let spec = |depth: usize| {
        let (open, close) = ("(u8, ".repeat(depth), ")".repeat(depth));
        format!("record A {{\n    next: ({open}box A{close}) unless end\n}}")
    };
    let mut deepest = None;
    for depth in 1..64 {
        deepest = parse(&spec(depth)).ok().or(deepest);
    }
    let tuples = deepest.expect("a shallow one is fine");
    assert!(parse(&spec(60)).is_err(), "some are too deep");
    let mut protocols = vec![tuples];
    for spec in [
        "union A tag u8 {\n0 MORE: (((box A,),) little-endian where true,)\n1 END\n}",
        "record A {\nn: u8\nnext: box A xor (0) unless end\n}",
        "record A {\nnext: [A] rest size u8 unless end\n}",
        "record A {\nnext: choice (peek (u8) then (box A), u8) pad before 1\n}",
        "keyed A key u8 count u8 {\n0 optional next: box A\n}",
        "record A {\nn: u8\nnext: box A shared offset u16 0xC000 unless end\n}",
        "record A {\nn: u8\nnext: box A at n + 1 none 255\n}",
    ] {
        let parsed = parse(spec);
        protocols.push(parsed.unwrap_or_else(|it| panic!("{}", it[0].with_source("it", spec))));
    }
    let read = move || {
        for protocol in protocols {
            for byte in [0, 1, 3, 120] {
                for length in [10, 63, 500, 1_000, 1_900, 2_400] {
                    let bytes = vec![byte; length];
                    if let Ok(value) = decode_with_limits(&protocol.schema, &bytes, limits()) {
                        let _ = encode(&protocol.schema, &value);
                    }
                }
            }
        }
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    thread.spawn(read).unwrap().join().unwrap();
}

/// The words, signs and spaces of a text.
fn tokens(text: &str) -> Vec<&str> {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let mut rest = text;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let end = if is_word(first) {
            rest.find(|it| !is_word(it)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, behind) = rest.split_at(end);
        tokens.push(token);
        rest = behind;
    }
    tokens
}

/// `u8` is.
fn is_width(token: &str) -> bool {
    let digits = token.strip_prefix(['u', 'i']);
    digits.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

/// The same text with something else in some places.
fn mutated(text: &str, choices: &mut Seeded) -> String {
    let mut tokens: Vec<String> = tokens(text).into_iter().map(str::to_owned).collect();
    let lines: Vec<&str> = text.lines().collect();
    for _ in 0..=choices.up_to(2) {
        let mut pick = || choices.up_to(tokens.len() as u128 - 1) as usize;
        let (place, other) = (pick(), pick());
        match choices.up_to(8) {
            // Another width, or a number that is large.
            7 | 8 => {
                let near = tokens.iter().skip(place).position(|it| is_width(it));
                if let Some(near) = near {
                    let letter = if choices.up_to(3) == 0 { 'i' } else { 'u' };
                    tokens[place + near] = format!("{letter}{}", choices.up_to(128));
                } else if tokens[place].bytes().all(|it| it.is_ascii_digit()) {
                    tokens[place] = (1_u128 << choices.up_to(80)).to_string();
                }
            }
            0 => drop(tokens.remove(place)),
            1 => tokens.insert(place, tokens[other].clone()),
            2 => tokens.swap(place, other),
            3 => {
                let token = tokens[other].clone();
                tokens[place] = token;
            }
            4 => tokens[place] = choices.up_to(300).to_string(),
            5 => {
                let words = [
                    "box",
                    "u8",
                    "rest",
                    "[u8] rest",
                    "()",
                    "First",
                    "Second",
                    "Third",
                    "count u8",
                    "none 1",
                    "little-endian",
                    "unless end",
                    "pad to 4",
                    "if field0 == 1",
                    "size field0",
                    "at field0",
                    "shared index u8 \"\"",
                    "set",
                    "zlib",
                    "xor (1)",
                    "always 1",
                    "u64",
                    "i128",
                    "text until 0",
                    "flag u8",
                    "since 2",
                    "leb128 u16",
                    "align 2",
                    "choice (u8, u16)",
                    "peek (u8) then (u16)",
                    "derived len(field1)",
                    "assert field0 == 1",
                    "last item == 1",
                    "size <= 3",
                    "size remaining - (1)",
                ];
                let word = words[choices.up_to(words.len() as u128 - 1) as usize];
                tokens.insert(place, format!(" {word} "));
            }
            _ => {
                let line = lines[choices.up_to(lines.len() as u128 - 1) as usize];
                tokens.insert(place, format!("\n{line}\n"));
            }
        }
        if tokens.is_empty() {
            break;
        }
    }
    tokens.concat()
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.memory = 1 << 20;
    limits.items = 1 << 14;
    limits.empty_items = 1 << 10;
    limits
}

/// What is past any input is not added up past what can be counted.
#[test]
fn larger_than_anything() {
    let mut choices = Seeded::new(0);
    for ty in [
        "[([u8] count 2305843009213693951, [u8] count 2305843009213693951)] count u8",
        "[{\na: [[u64] count 9000000000000000000] count 3\nb: f64\n}] count u8",
        "[u8 magic (bytes count 18446744073709551615)] count u8",
        "bytes count 18446744073709551615",
        "text rest size 340282366920938463463374607431768211455 / 3",
        "u8 pad to 67108864",
        "(u8, u8 align 67108864)",
        "u8 at 18446744073709551615 from record align 67108864",
    ] {
        let source = format!("record A {{\na: {ty}\n}}");
        // Some are refused; of others nothing is read.
        copes_with(&source, &mut choices, 20);
    }
}

/// How many of them are tried: more where someone waits for it.
fn rounds() -> u64 {
    let told = std::env::var("ROUNDS").ok();
    told.and_then(|rounds| rounds.parse().ok()).unwrap_or(1_500)
}

/// Reads, writes and prints by a description that is accepted; says whether it is.
fn copes_with(text: &str, choices: &mut Seeded, reads: usize) -> bool {
    let Ok(protocol) = parse(text) else {
        return false;
    };
    let schema = &protocol.schema;
    let again = print(&protocol);
    assert_eq!(parse(&again).as_ref(), Ok(&protocol), "{text}\n{again}");
    for _ in 0..reads {
        let length = choices.up_to(60);
        let small = choices.up_to(1) == 0;
        let bytes: Vec<u8> = (0..length)
            .map(|_| choices.up_to(if small { 3 } else { 255 }) as u8)
            .collect();
        if let Ok(value) = decode_with_limits(schema, &bytes, limits()) {
            let _ = encode(schema, &value);
        }
    }
    let _ = schema.canonical();
    true
}

#[test]
fn what_is_accepted_can_be_read() {
    let mut accepted = 0;
    for seed in 0..rounds() {
        let mut choices = Seeded::new(seed);
        let text = print(&Protocol::new("random", schema(&mut choices)));
        let text = mutated(&text, &mut choices);
        accepted += u64::from(copes_with(&text, &mut choices, 20));
    }
    assert!(accepted > rounds() / 40, "{accepted} were accepted");
}

#[test]
fn what_is_near_to_what_people_wrote_can_be_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/spec/examples");
    let mut specs: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    specs.sort();
    let mut accepted = 0;
    for seed in 0..rounds() / 10 {
        let mut choices = Seeded::new(seed);
        let spec = &specs[choices.up_to(specs.len() as u128 - 1) as usize];
        let text = mutated(spec, &mut choices);
        accepted += u64::from(copes_with(&text, &mut choices, 20));
    }
    assert!(accepted > rounds() / 400, "{accepted} were accepted");
}
