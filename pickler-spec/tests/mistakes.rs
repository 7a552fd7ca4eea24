//! Each kind of mistake: what is told of it, and its page.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use pickler_spec::{Mistake, parse};

/// One that no file of a test has room for.
const TOO_LARGE: &str = "S0003";

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn errors() -> PathBuf {
    package().join("../docs/errors")
}

/// All that is told of a file.
fn told(name: &str, source: &str) -> String {
    let mut told = String::new();
    for diagnostic in parse(source).expect_err(name) {
        writeln!(told, "{}", diagnostic.with_source(name, source)).unwrap();
    }
    told
}

/// The specs in a page: one with the mistake, one without.
fn examples(page: &str) -> Vec<&str> {
    let parts = page.split("```text\n").skip(1);
    parts
        .map(|part| part.split("```").next().unwrap())
        .collect()
}

#[test]
fn each_is_told_where_it_stands() {
    let mut seen = String::new();
    for entry in read_dir(package().join("tests/mistakes")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "pickler") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let told = told(name, &read_to_string(&path).unwrap());
        let number = &name[..TOO_LARGE.len()];
        assert!(
            told.contains(&format!("[{number}]")),
            "{name} has no {number}: {told}"
        );
        seen += &told;
        expect_file![path.with_extension("txt")].assert_eq(&told);
    }
    for mistake in Mistake::all().filter(|it| it.to_string() != TOO_LARGE) {
        assert!(
            seen.contains(&format!("[{mistake}]")),
            "{mistake} is in no test"
        );
    }
}

#[test]
fn each_has_a_page_and_a_row() {
    let index = read_to_string(errors().join("README.md")).unwrap();
    for mistake in Mistake::all() {
        let title = mistake.title();
        let row = format!("| [{mistake}]({mistake}.md) | {title} |");
        assert!(index.contains(&row), "the index lacks: {row}");
        let page = read_to_string(errors().join(format!("{mistake}.md"))).unwrap();
        assert!(
            page.starts_with(&format!("# {mistake}: {title}\n")),
            "{mistake}"
        );
    }
    let pages: BTreeSet<String> = read_dir(errors())
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().path().file_stem()?.to_str()?.to_owned()))
        .filter(|name| name.starts_with('S'))
        .collect();
    let numbers: BTreeSet<String> = Mistake::all().map(|it| it.to_string()).collect();
    assert_eq!(pages, numbers, "pages and kinds differ");
}

#[test]
fn pages_have_examples_that_are_so() {
    for mistake in Mistake::all() {
        let page = read_to_string(errors().join(format!("{mistake}.md"))).unwrap();
        let mut examples = examples(&page);
        let mended = examples.pop().unwrap();
        if let Err(diagnostics) = parse(mended) {
            panic!(
                "{mistake}: {}",
                diagnostics[0].with_source("mended", mended)
            );
        }
        for example in examples {
            let diagnostics = parse(example).expect_err(example);
            assert!(
                diagnostics.iter().any(|it| it.mistake == mistake),
                "{mistake}: {diagnostics:?}"
            );
        }
    }
}

#[test]
fn too_large() {
    let source = " ".repeat((64 << 20) + 1);
    let diagnostics = parse(&source).unwrap_err();
    assert_eq!(diagnostics[0].mistake.to_string(), TOO_LARGE);
    assert_eq!(diagnostics[0].position(&source), (1, 1));
}
