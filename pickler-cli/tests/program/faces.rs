//! `pickler export`, `regen`, `vectors make`, `completions`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{pickler, pickler_with};

/// A folder of a test, which is removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("pickler-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("protocols/spec")).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left is in a folder for what is left.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_spec_is_printed_or_written() {
    let folder = Folder::new("export");
    let printed = pickler(&["export", "--protocol", "pokersource", "--format", "spec"]);
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    assert!(
        printed.out.contains("\n    5 PING to server\n"),
        "{}",
        printed.out
    );
    assert!(
        printed.out.contains("\n    seats: u8 = 10\n"),
        "{}",
        printed.out
    );

    let file = folder.0.join("x.pickler");
    let written = pickler(&[
        "export",
        "--protocol",
        "pokersource",
        "--format",
        "spec",
        "-o",
        file.to_str().unwrap(),
    ]);
    assert_eq!((written.code, written.out.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(file).unwrap(), printed.out);

    let nowhere = pickler(&[
        "export",
        "--protocol",
        "pokersource",
        "--format",
        "spec",
        "-o",
        "/nowhere/x",
    ]);
    assert_eq!(nowhere.code, 2);
    let expected = "error: cannot write /nowhere/x: No such file or directory (os error 2)\n";
    assert_eq!(nowhere.err, expected);
}

/// A spec is a protocol as any other, by its description alone.
#[test]
fn vectors_pass_through_a_spec() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/spec");
    for protocol in ["pokersource", "openpoker", "pokerth"] {
        let spec = specs.join(format!("{protocol}.pickler"));
        let vectors = shared_data::text(&format!("{protocol}/vectors.jsonl"));
        let arguments = [
            "vectors",
            "check",
            "--protocol",
            spec.to_str().unwrap(),
            "-",
        ];
        let run = pickler_with(&arguments, vectors.as_bytes());
        let count = vectors.lines().count();
        assert_eq!(
            run.out,
            format!("{count} passed, 0 failed\n"),
            "{}",
            run.err
        );
    }
}

#[test]
fn a_spec_with_mistakes_is_refused_with_all_of_them() {
    let folder = Folder::new("mistakes");
    let file = folder.0.join("x.pickler");
    fs::write(&file, "record Pot {\n    a: u999\n    b: Nothing\n}\n").unwrap();
    let file = file.to_str().unwrap();
    let run = pickler(&["decode", "--protocol", file, "00"]);
    let expected = format!(
        "error[S0009]: an integer has 1 to 128 bits, not 999\n \
         --> {file}:2:8\n  \
           |\n\
         2 |     a: u999\n  \
           |        ^^^^\n\
         \n\
         error[S0004]: there is no type `Nothing`\n \
         --> {file}:3:8\n  \
           |\n\
         3 |     b: Nothing\n  \
           |        ^^^^^^^\n"
    );
    assert_eq!((run.code, run.err), (2, expected));
    fs::write(file, [0xFF, 0xFE]).unwrap();
    let run = pickler(&["decode", "--protocol", file, "00"]);
    let expected = format!("error: {file}: no UTF-8 text from byte 0 on, so no spec\n");
    assert_eq!((run.code, run.err), (2, expected));
}

#[test]
fn what_is_generated_here_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let run = pickler(&["regen", "--check", "--root", root.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
}

#[test]
fn what_is_stale_is_shown_and_written() {
    let folder = Folder::new("regen");
    let missing = pickler(&["regen", "--check", "--root", folder.path()]);
    assert_eq!(missing.code, 1);
    assert!(
        missing
            .out
            .contains("+++ b/protocols/spec/openpoker.pickler")
    );
    let written = pickler(&["regen", "--root", folder.path()]);
    assert_eq!(written.code, 0);
    assert!(
        written
            .out
            .contains("wrote protocols/spec/openpoker.pickler\n")
    );

    let file = folder.0.join("protocols/spec/openpoker.pickler");
    let spec = fs::read_to_string(&file).unwrap();
    fs::write(&file, spec.replace("4 UNWATCH", "5 UNWATCH")).unwrap();
    let stale = pickler(&["regen", "--check", "--root", folder.path()]);
    assert_eq!(stale.code, 1);
    assert!(stale.out.contains("\n-    5 UNWATCH"), "{}", stale.out);
    assert!(stale.out.contains("\n+    4 UNWATCH"), "{}", stale.out);
    assert!(
        stale
            .out
            .ends_with("stale: `pickler regen` writes them anew\n")
    );

    let nowhere = pickler(&["regen", "--root", "/nowhere"]);
    let expected = "error: /nowhere: has no folder `protocols/spec`\n";
    assert_eq!((nowhere.code, nowhere.err.as_str()), (2, expected));
}

#[test]
fn vectors_that_are_made_pass() {
    let folder = Folder::new("vectors");
    for protocol in ["pokersource", "openpoker", "pokerth", "cluster"] {
        let make =
            |seed: &str| pickler(&["vectors", "make", "--protocol", protocol, "--seed", seed]);
        let made = make("7");
        assert_eq!((made.code, made.err.as_str()), (0, ""));
        assert_eq!(made, make("7"));
        assert_ne!(made, make("8"));
        let file = folder.0.join("vectors.jsonl");
        fs::write(&file, &made.out).unwrap();
        let file = file.to_str().unwrap();
        let checked = pickler(&["vectors", "check", "--protocol", protocol, file]);
        let count = made.out.lines().count();
        assert_eq!(checked.out, format!("{count} passed, 0 failed\n"));
        assert!(count > 40, "{protocol}: {count}");
    }
}

#[test]
fn shells_complete_arguments() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = pickler(&["completions", shell]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        assert!(
            run.out.contains("vectors") && run.out.contains("annotate"),
            "{shell}"
        );
    }
}

/// Of a protocol that a spec tells, and of a built-in one.
#[test]
fn each_face_of_a_protocol() {
    let folder = Folder::new("faces");
    let spec = folder.0.join("bets.pickler");
    let text = "protocol bets \"1\"\n\n/// A bet.\nrecord Bet {\n    player: u16\n}\n";
    fs::write(&spec, text).unwrap();
    for (format, marks) in [
        ("spec", ["record Bet {", "player: u16"]),
        ("markdown", ["# bets 1", "A bet."]),
        ("html", ["<!doctype html>", "A bet."]),
        ("json", ["\"bets\"", "\"player\""]),
        ("wireshark", ["bets", "player"]),
        ("ksy", ["meta:", "player"]),
        ("rust", ["pub struct Bet", "pub player: u16"]),
        ("vectors", ["\"hex\":\"0000\"", "\"hex\":\"ffff\""]),
    ] {
        let export =
            |protocol: &str| pickler(&["export", "--protocol", protocol, "--format", format]);
        let run = export(spec.to_str().unwrap());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{format}");
        for mark in marks {
            let found = run.out.to_lowercase().contains(&mark.to_lowercase());
            assert!(found, "{format} lacks {mark}: {}", run.out);
        }
        assert!(run.out.ends_with('\n'), "{format}");
        assert_eq!(export("openpoker").code, 0, "{format}");
    }
}

#[test]
fn versions_are_compared() {
    let folder = Folder::new("diff");
    let (old, new) = (folder.0.join("old.pickler"), folder.0.join("new.pickler"));
    fs::write(&old, "record Bet {\n    player: u16\n}\n").unwrap();
    fs::write(&new, "record Bet {\n    seat: u16\n}\n").unwrap();
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let renamed = pickler(&["diff", old, new]);
    assert_eq!(
        (renamed.code, renamed.err.as_str()),
        (0, ""),
        "{}",
        renamed.out
    );
    fs::write(new, "record Bet {\n    player: u32\n}\n").unwrap();
    let breaking = pickler(&["diff", old, new]);
    assert_eq!((breaking.code, breaking.err.as_str()), (1, ""));
    assert!(
        breaking.out.contains("`u16` became `u32`"),
        "{}",
        breaking.out
    );
    let json = pickler(&["diff", "--json", old, new]);
    assert_eq!(json.code, 1);
    let json: serde_json::Value = json.out.parse().unwrap();
    assert!(
        json["findings"].as_array().is_some_and(|it| !it.is_empty()),
        "{json:#}"
    );
    let wrong = pickler(&["diff", old, "pokersauce"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
}

#[test]
fn specs_are_formatted_and_checked() {
    let folder = Folder::new("fmt");
    let file = folder.0.join("x.pickler");
    let path = file.to_str().unwrap();
    fs::write(&file, "record  Bet{ // one\n  a:u8=0x10\n}").unwrap();
    let checked = pickler(&["fmt", "--check", path]);
    assert_eq!(
        (checked.code, checked.out),
        (1, format!("{path} is not formatted\n"))
    );
    let formatted = pickler(&["fmt", path]);
    assert_eq!(
        (formatted.code, formatted.out),
        (0, format!("formatted {path}\n"))
    );
    let text = "record Bet { // one\n    a: u8 = 0x10\n}\n";
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    assert_eq!(pickler(&["fmt", "--check", path]).all(), "--- 0 ---\n");

    fs::write(&file, "record Bet {\n    a: u999\n}\n").unwrap();
    let mistaken = pickler(&["fmt", path]);
    assert_eq!(mistaken.code, 2);
    assert!(mistaken.err.contains("S0009"), "{}", mistaken.err);
    fs::write(&file, "record Bet {\n    a: u8 = \"open\n}\n").unwrap();
    assert_eq!(pickler(&["fmt", path]).code, 2);
    let kept = fs::read_to_string(&file).unwrap();
    assert_eq!(kept, "record Bet {\n    a: u8 = \"open\n}\n");
}

/// What is bundled is in the usual style.
#[test]
fn bundled_specs_are_formatted() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/spec");
    let mut files = Vec::new();
    for folder in [specs.clone(), specs.join("examples")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "pickler") {
                files.push(path.to_str().unwrap().to_owned());
            }
        }
    }
    assert!(files.len() > 10, "{files:?}");
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let run = pickler(&[&["fmt", "--check"], &files[..]].concat());
    assert_eq!(run.all(), "--- 0 ---\n");
}
