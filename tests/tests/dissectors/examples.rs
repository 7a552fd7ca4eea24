//! Scripts and formats of all examples and bundled protocols: each is taken by
//! the program that it is for, or was refused with a reason.

use std::path::Path;
use std::process::Command;

use pickler::schema::Protocol;

use super::folder::Folder;
use super::kaitai::modules;
use super::pdml;

/// Names and places that other programs keep for themselves.
const AWKWARD: &str = "\
protocol awkward
root Wrapped

record Wrapped align end 4 {
    malformed: u8
    wrong: u8
    b: bytes count u8
}
";

/// Names that are words of programming languages, or differ in their case only.
const WORDS: &str = "\
protocol words
root Message

union Message tag u8 {
    1 Self: Raise
    2 self: u8
    3 CLASS: Kinds
}

record Raise {
    raise: u8
    from: text count u8
    place: u16
    lambda: bytes count 2 at place
}

enum Kind u8 {
    0 NONE
    1 IMPORT
}

record Kinds {
    import: Kind
    is: bool1
    def: u7
    body: Body(import, def)
    not: [u8] count is
    none: u8 if is && import == 1
}

record Body(kind: Kind, def: u7) {
    rest: bytes count kind + def
}
";

/// All examples, the bundled protocols, and those of awkward names.
fn protocols(folder: &Folder) -> Vec<Protocol> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/spec");
    let specs = [root.join("examples"), root]
        .into_iter()
        .flat_map(|folder| {
            let entries = std::fs::read_dir(folder).expect("the folder of specs");
            entries.map(|entry| entry.expect("a spec").path())
        });
    let own = [
        folder.write("awkward.pickler", AWKWARD),
        folder.write("words.pickler", WORDS),
    ];
    let found: Vec<Protocol> = specs
        .filter(|path| path.is_file())
        .chain(own)
        .map(|path| pickler_spec::load(&path).unwrap_or_else(|why| panic!("{why}")))
        .collect();
    assert!(found.len() > 30, "{}", found.len());
    found
}

#[test]
fn tshark_loads_all_scripts() {
    if !pdml::is_there() {
        return;
    }
    let folder = Folder::new("scripts");
    for protocol in protocols(&folder) {
        let script = pickler_faces::wireshark(&protocol).expect("all can be told");
        let file = folder.write("dissector.lua", &script);
        let output = Command::new("tshark")
            .args(["-G", "fields", "-X"])
            .arg(format!("lua_script:{}", file.display()))
            .output()
            .expect("tshark runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        let fine = output.status.success() && !errors.to_lowercase().contains("lua");
        assert!(fine, "{}: {errors}", protocol.name);
        // Its own fields are there, under its name or the one that is free.
        let fields = String::from_utf8_lossy(&output.stdout);
        let name = &protocol.name;
        let is_own = |line: &&str| {
            let mut columns = line.split('\t').skip(2);
            columns.next().is_some_and(|abbreviation| {
                abbreviation == format!("{name}.handshake")
                    || abbreviation == format!("pickler_{name}.handshake")
            })
        };
        assert_eq!(fields.lines().filter(is_own).count(), 1, "{name}");
    }
}

#[test]
fn kaitai_struct_compiles_all_that_is_not_refused() {
    let Some(modules) = modules() else {
        eprintln!("SKIPPED: there is no Node with kaitai-struct-compiler, kaitai-struct and yaml");
        return;
    };
    let folder = Folder::new("formats");
    let mut files = Vec::new();
    for protocol in protocols(&folder) {
        match pickler_faces::kaitai(&protocol) {
            Ok(format) => files.push(folder.write(&format!("{}.ksy", protocol.name), &format)),
            Err(why) => assert!(why.to_string().ends_with("cannot be told"), "{why}"),
        }
    }
    let has = |name: &str| files.iter().any(|file| file.ends_with(name));
    for name in [
        "arp.ksy",
        "elf.ksy",
        "protobuf.ksy",
        "udp.ksy",
        "openpoker.ksy",
        "cluster.ksy",
        "words.ksy",
    ] {
        assert!(has(name), "{name}");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dissectors/data/compile.js");
    let output = Command::new("node")
        .env("NODE_PATH", modules)
        .arg(script)
        .arg(folder.path())
        .args(&files)
        .output()
        .expect("node runs");
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "{told}{errors}");
    let Ok(python) = Command::new("python3")
        .args(["-m", "compileall", "-q"])
        .arg(folder.path().join("python"))
        .output()
    else {
        eprintln!("SKIPPED: there is no python3");
        return;
    };
    let told = String::from_utf8_lossy(&python.stdout);
    assert!(python.status.success(), "{told}");
}
