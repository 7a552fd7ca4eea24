//! Types that are generated for random schemas: they compile, describe
//! themselves as what they were made of, and read and write what it says.
//!
//! All are compiled in one crate, by a cargo of their own. `PICKLER_CODEGEN_SEEDS=100..500` checks others
//! than the first few.

use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use pickler::generate::{Seeded, schema};
use pickler::schema::Protocol;

/// As many as compile in some seconds.
const SEEDS: Range<u64> = 0..60;

fn seeds() -> Range<u64> {
    let Ok(given) = std::env::var("PICKLER_CODEGEN_SEEDS") else {
        return SEEDS;
    };
    let (first, end) = given.split_once("..").expect("seeds are given as `0..100`");
    first.parse().expect("a number")..end.parse().expect("a number")
}

/// What is generated for a seed, if its schema can be told in Rust.
fn generated(seed: u64) -> Option<String> {
    let schema = schema(&mut Seeded::new(seed));
    pickler_codegen::rust(&Protocol::new("random", schema)).ok()
}

/// The type of a whole value.
fn root(source: &str) -> &str {
    let (_, behind) = source.split_once("Schema::of::<").expect("it is told");
    let (root, _) = behind.split_once(">()").expect("it is told");
    root
}

#[test]
fn generated_types_do_what_their_schemas_say() {
    let sources: Vec<(u64, String)> = seeds()
        .filter_map(|seed| Some((seed, generated(seed)?)))
        .collect();
    let seeds = seeds().count();
    assert!(
        sources.len() * 20 >= seeds * 19,
        "only {} of {seeds}",
        sources.len()
    );
    let package = package(&sources);
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .expect("cargo runs");
    let (out, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    let described = out.lines().filter_map(|line| line.split_once(' '));
    for (seed, described) in described {
        let seed: u64 = seed.parse().expect("a seed");
        let schema = pickler_codegen::declared(&schema(&mut Seeded::new(seed)));
        expect_same(seed, described, &format!("{schema:?}"));
    }
    assert!(output.status.success(), "{errors}");
    assert_eq!(out.lines().count(), sources.len());
}

/// Checks that two descriptions are the same; else shows from where on they are not.
fn expect_same(seed: u64, described: &str, expected: &str) {
    if described == expected {
        return;
    }
    let both = described.bytes().zip(expected.bytes());
    let same = both.take_while(|(one, other)| one == other).count();
    let from = |text: &str| {
        let from = same.saturating_sub(300);
        String::from_utf8_lossy(&text.as_bytes()[from..text.len().min(same + 300)]).into_owned()
    };
    panic!(
        "seed {seed} is described as\n{}\nnot as\n{}",
        from(described),
        from(expected)
    );
}

/// A package with a module for each source.
fn package(sources: &[(u64, String)]) -> PathBuf {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let _ = fs::remove_dir_all(package.join("src"));
    fs::create_dir_all(package.join("src")).expect("a directory for the package");
    let pickler = workspace.join("pickler");
    let pickler = pickler.display();
    let manifest = format!(
        "[package]\nname = \"random\"\nedition = \"2024\"\n\n\
         [dependencies]\n\
         pickler = {{ path = '{pickler}', features = [\"std\", \"derive\", \"crc\", \"digest\"] }}\n\n\
         [profile.dev]\ndebug = false\n\n[workspace]\n"
    );
    let write = |file: &str, text: &str| {
        fs::write(package.join(file), text).expect("the package can be written");
    };
    write("Cargo.toml", &manifest);
    fs::copy(workspace.join("Cargo.lock"), package.join("Cargo.lock")).expect("a lock file");
    write("src/runner.rs", include_str!("random/runner.rs"));
    write("src/codecs.rs", include_str!("random/codecs.rs"));
    let mut main = "#![allow(dead_code)]\nmod codecs;\nmod runner;\n".to_owned();
    let mut checks = String::new();
    for (seed, source) in sources {
        write(&format!("src/seed{seed}.rs"), source);
        let root = root(source);
        // Nothing that is written to a `String` fails.
        let _ = writeln!(main, "mod seed{seed};");
        let _ = writeln!(
            checks,
            "    all &= runner::run({seed}, || {{ #[allow(unused_imports)] use seed{seed}::*; runner::check::<{root}>({seed}) }});"
        );
    }
    write(
        "src/main.rs",
        &format!("{main}\nfn main() {{\n    let mut all = true;\n{checks}    assert!(all);\n}}\n"),
    );
    package
}
