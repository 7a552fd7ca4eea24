//! Types that are generated for random schemas and for the bundled examples of specs:
//! they compile, describe themselves as what they were made of, and read and write
//! what it says.
//!
//! All are compiled in one crate, by a cargo of their own. `PICKLER_CODEGEN_SEEDS=100..500` checks others
//! than the first few.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use pickler::dynamic;
use pickler::generate::{Generator, Seeded, schema};
use pickler::schema::{Protocol, Schema};

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

/// Specs without samples of which no values are made, since they are too rare.
const RARE: [&str; 1] = ["spec_until_variant"];

/// Specs of which some values are written and not read: something stands behind what
/// goes on to the end, or behind an absent field that is there if something is left.
const AMBIGUOUS: [&str; 2] = ["spec_given", "spec_mqtt"];

/// The type of a whole value.
fn root(source: &str) -> &str {
    let (_, behind) = source.split_once("Schema::of::<").expect("it is told");
    let (root, _) = behind.split_once(">()").expect("it is told");
    root
}

/// Specs as people write them: the bundled examples, and small ones of which each
/// shows one thing. Each is told by its name.
fn specs() -> Vec<(String, Protocol)> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        package.join("../protocols/spec/examples"),
        package.join("tests/random/specs"),
    ];
    let files = folders.iter().flat_map(|folder| {
        let files = fs::read_dir(folder).expect("specs");
        files.map(|file| file.expect("a spec").path())
    });
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    let specs = files.iter().map(|file| {
        let name = file.file_stem().expect("a name").to_string_lossy();
        let protocol = pickler_spec::load(file).unwrap_or_else(|why| panic!("{name}: {why}"));
        (format!("spec_{name}"), protocol)
    });
    specs.collect()
}

#[test]
fn generated_types_do_what_their_schemas_say() {
    let mut sources: Vec<(String, String)> = seeds()
        .filter_map(|seed| Some((format!("seed{seed}"), generated(seed)?)))
        .collect();
    let seeds = seeds().count();
    assert!(
        sources.len() * 20 >= seeds * 19,
        "only {} of {seeds}",
        sources.len()
    );
    let mut expected: BTreeMap<String, Schema> = BTreeMap::new();
    for (name, protocol) in specs() {
        let source = pickler_codegen::rust(&protocol);
        let source = source.unwrap_or_else(|why| panic!("{name}: {why}"));
        let declared = pickler_codegen::declared(&protocol.schema);
        expect_same_values(&name, &protocol.schema, &declared);
        sources.push((name.clone(), source));
        expected.insert(name, declared);
    }
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
    for (name, described) in described {
        let schema = match name.strip_prefix("seed") {
            Some(seed) => {
                let seed = seed.parse().expect("a seed");
                &pickler_codegen::declared(&schema(&mut Seeded::new(seed)))
            }
            None => &expected[name],
        };
        expect_same(name, described, &format!("{schema:?}"));
    }
    assert!(output.status.success(), "{errors}");
    assert_eq!(out.lines().count(), sources.len());
}

/// The samples of a spec, each with its name: of bundled examples those of their own,
/// and of small ones what is seldom made.
fn samples(name: &str) -> Vec<(String, PathBuf)> {
    let name = name.trim_start_matches("spec_");
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        package.join("../tests/data/examples"),
        package.join("tests/random/samples"),
    ];
    let folders = folders
        .iter()
        .filter_map(|it| fs::read_dir(it.join(name)).ok());
    let files = folders.flatten().map(|file| file.expect("a sample").path());
    let samples = files.filter(|file| file.extension().is_some_and(|it| it == "bin"));
    let named = samples.map(|file| (format!("{name}: {}", file.display()), file));
    named.collect()
}

/// Checks that what types say of a format reads and writes samples, and what is made
/// of the spec, as the spec does that they were made of.
fn expect_same_values(name: &str, spec: &Schema, declared: &Schema) {
    let samples = samples(name).into_iter().map(|(sample, file)| {
        let bytes = fs::read(file).expect("a sample");
        let value = dynamic::decode(spec, &bytes);
        assert!(value.is_ok(), "{sample}: {value:?}");
        (sample, bytes)
    });
    let generator = Generator::new(spec.clone());
    let mut choices = Seeded::new(0);
    let made = (0..50).filter_map(|_| generator.value(&mut choices).ok());
    let made: Vec<_> = made
        .map(|value| {
            let bytes = dynamic::encode(spec, &value).expect("a value that was made fits");
            (format!("{name}: {value:?}"), bytes)
        })
        .collect();
    let all: Vec<_> = samples.chain(made).collect();
    assert_eq!(
        all.is_empty(),
        RARE.contains(&name),
        "{name}: none was made"
    );
    for (sample, bytes) in all {
        let value = dynamic::decode(spec, &bytes);
        assert_eq!(dynamic::decode(declared, &bytes), value, "{sample}");
        let value = match value {
            Ok(value) => value,
            Err(_) if AMBIGUOUS.contains(&name) => continue,
            Err(why) => panic!("{sample}: {why}"),
        };
        let (by_spec, by_types) = (
            dynamic::encode(spec, &value),
            dynamic::encode(declared, &value),
        );
        assert_eq!(by_types, by_spec, "{sample}");
        assert!(by_spec.is_ok(), "{sample}: {by_spec:?}");
    }
}

/// Checks that two descriptions are the same; else shows from where on they are not.
fn expect_same(name: &str, described: &str, expected: &str) {
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
        "{name} is described as\n{}\nnot as\n{}",
        from(described),
        from(expected)
    );
}

/// A package with a module for each source.
fn package(sources: &[(String, String)]) -> PathBuf {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let _ = fs::remove_dir_all(package.join("src"));
    fs::create_dir_all(package.join("src")).expect("a directory for the package");
    let pickler = workspace.join("pickler");
    let pickler = pickler.display();
    let manifest = format!(
        "[package]\nname = \"random\"\nedition = \"2024\"\n\n\
         [dependencies]\n\
         pickler = {{ path = '{pickler}', features = [\"std\", \"derive\", \"crc\", \"digest\", \"flate2\"] }}\n\n\
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
    for (name, source) in sources {
        write(&format!("src/{name}.rs"), source);
        let root = root(source);
        // Nothing that is written to a `String` fails.
        let _ = writeln!(main, "mod {name};");
        let check = if let Some(seed) = name.strip_prefix("seed") {
            format!("check::<{root}>({seed})")
        } else {
            let samples = samples(name).into_iter().map(|(_, file)| file);
            let samples: Vec<PathBuf> = samples.collect();
            format!("samples::<{root}>({name:?}, &{samples:?})")
        };
        let _ = writeln!(
            checks,
            "    all &= runner::run({name:?}, || {{ #[allow(unused_imports)] use {name}::*; runner::{check} }});"
        );
    }
    write(
        "src/main.rs",
        &format!("{main}\nfn main() {{\n    let mut all = true;\n{checks}    assert!(all);\n}}\n"),
    );
    package
}
