//! `pickler vectors make`: `pickler vectors check` reads what it writes.

use std::path::{Path, PathBuf};

use crate::run::{pickler, pickler_with};

/// A spec in a file of its own, for as long as it is looked at.
struct Spec(PathBuf);

impl Spec {
    fn new(name: &str, text: &str) -> Self {
        let name = format!("pickler-made-{name}-{}.pickler", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).expect("a file for the test");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a path is text")
    }
}

impl Drop for Spec {
    fn drop(&mut self) {
        // It is of no use to anybody if it stays.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Makes vectors, checks them, and gives how many passed.
fn passed(protocol: &str, seed: &str) -> usize {
    let arguments = ["vectors", "make", "--protocol", protocol, "--seed", seed];
    let made = pickler(&arguments);
    assert_eq!((&*made.err, made.code), ("", 0), "{protocol}");
    let count = made.out.lines().count();
    let arguments = ["vectors", "check", "--protocol", protocol, "-"];
    let checked = pickler_with(&arguments, made.out.as_bytes());
    let expected = format!("{count} passed, 0 failed\n--- 0 ---\n");
    assert_eq!(checked.all(), expected, "{protocol}");
    count
}

#[test]
fn all_examples_have_vectors_that_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/spec/examples");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of examples") {
        let path = entry.expect("an example").path();
        // Its pages are large, and look at counts in headers of their own.
        if path.ends_with("sqlite.pickler") {
            continue;
        }
        assert!(passed(path.to_str().expect("a path is text"), "7") > 0);
        seen += 1;
    }
    assert!(seen >= 23, "{seen}");
}

#[test]
fn bundled_protocols_have_vectors_that_pass() {
    for protocol in [
        "pokersource",
        "pokersource3",
        "openpoker",
        "pokerth",
        "cluster",
    ] {
        assert!(passed(protocol, "1") > 20, "{protocol}");
    }
}

const HEADERS: &str = "
record Header {
    next: u8
    payload: Payload(next)
}
union Payload(header: u8) tag u8 = header {
    0 MORE: box Header
    _ DATA: bytes rest
}
";

#[test]
fn what_a_tag_would_nest_without_end_ends() {
    let spec = Spec::new("headers", HEADERS);
    for seed in ["0", "1", "2", "3"] {
        assert!(passed(spec.path(), seed) > 1, "{seed}");
    }
    let export = ["export", "--protocol", spec.path(), "--format", "vectors"];
    assert_eq!(pickler(&export).code, 0);
}

/// Nothing tells the generator which tag will end this one.
#[test]
fn tags_that_are_computed_end_too() {
    let text = HEADERS.replace("Payload(next)", "Payload(next % 2)");
    let spec = Spec::new("computed", &text.replace("_ DATA", "1 DATA"));
    assert!(passed(spec.path(), "5") > 1);
}

#[test]
fn what_is_too_large_is_not_made() {
    for (name, text, why) in [
        (
            "large",
            "record Large {\n items: [[bytes count 100000] count 100000] count 100000\n}",
            "more than 1048576 items in all",
        ),
        (
            "deep",
            "record Deep {\n payload: Payload\n}\nunion Payload tag u8 = 0 {\n 0 MORE: box Deep\n 1 END\n}",
            "nested deeper than",
        ),
    ] {
        let spec = Spec::new(name, text);
        let run = pickler(&["vectors", "make", "--protocol", spec.path()]);
        assert_eq!((&*run.out, run.code), ("", 2), "{}", run.err);
        assert!(
            run.err.contains("has no vectors") && run.err.contains(why),
            "{}",
            run.err
        );
    }
}

#[test]
fn a_format_that_is_never_read_as_it_is_written_is_reported() {
    let spec = Spec::new(
        "before",
        "record R {\n x: bytes before b\";\" pad after 1 ignored\n}",
    );
    let run = pickler(&["vectors", "make", "--protocol", spec.path()]);
    assert_eq!((&*run.out, run.code), ("", 2));
    assert!(run.err.contains("has no vectors"), "{}", run.err);
}

#[test]
fn one_message_without_vectors_keeps_none_from_others() {
    let spec = Spec::new(
        "endless",
        "union M tag u8 {\n 1 A: u16\n 2 B: Endless\n 3 C: u32\n}\nrecord Endless {\n next: box Endless\n}",
    );
    let run = pickler(&["vectors", "make", "--protocol", spec.path()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`B` has no vectors"), "{}", run.err);
    assert!(
        run.out.contains("\"A\"") && run.out.contains("\"C\""),
        "{}",
        run.out
    );
}

#[test]
fn a_record_that_begins_within_a_byte_has_vectors() {
    let spec = Spec::new(
        "within",
        "union P tag u4 {
            1 A: () size mqtt magic u4 0
            2 B: Q
        }
        record Q {
            f: u4
            body: Body(f) size mqtt
        }
        record Body(f: u4) {
            x: u8 if f == 1
            y: bytes rest
        }",
    );
    assert!(passed(spec.path(), "3") > 3);
}
