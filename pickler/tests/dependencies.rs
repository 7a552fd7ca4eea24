//! Who uses the toolkit takes in next to nothing else.

use std::collections::BTreeSet;
use std::process::Command;

/// The packages that a program contains which uses this one with such
/// features; what runs at compile time is left out.
#[track_caller]
fn packages(features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--package", "pickler", "--locked", "--offline"])
        .args(["--edges", "normal,no-proc-macro", "--prefix", "none"])
        .args(["--format", "{p}", "--quiet"])
        .args(features)
        .output()
        .unwrap();
    let (text, errors) = (output.stdout, output.stderr);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&errors)
    );
    String::from_utf8(text)
        .unwrap()
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(String::from)
        .collect()
}

#[test]
fn by_default_at_most_bytes() {
    let allowed = ["pickler", "bytes"].map(String::from);
    let others: Vec<String> = packages(&[])
        .difference(&BTreeSet::from(allowed))
        .cloned()
        .collect();
    assert!(others.is_empty(), "the default features take in {others:?}");
}

#[test]
fn without_features_nothing_that_could_need_a_standard_library() {
    for features in ["", "derive", "alloc,derive"] {
        assert_eq!(
            packages(&["--no-default-features", "--features", features]),
            BTreeSet::from(["pickler".into()]),
            "with the features {features:?}"
        );
    }
}
