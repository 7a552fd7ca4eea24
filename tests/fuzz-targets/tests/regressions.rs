//! What fuzzers found once, and what they start from, breaks no law.

use std::fs;
use std::path::{Path, PathBuf};

use pickler_fuzz_targets::{TARGETS, all_seeds};

fn fuzz_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

#[test]
fn what_was_found_is_mended() {
    let folder = fuzz_folder().join("regressions");
    let mut found = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let name = folder.file_name().unwrap().to_str().unwrap();
        let (_, target) = TARGETS
            .iter()
            .find(|(target, _)| *target == name)
            .unwrap_or_else(|| panic!("there is no target {name}"));
        for input in fs::read_dir(&folder).unwrap() {
            let input = input.unwrap().path();
            println!("{}", input.display());
            target(&fs::read(input).unwrap());
            found += 1;
        }
    }
    assert!(found > 0, "nothing was read");
}

/// The fuzzers are those that there are targets for, and each has its program.
#[test]
fn each_target_has_its_fuzzer() {
    let manifest = fs::read_to_string(fuzz_folder().join("Cargo.toml")).unwrap();
    let fuzzers: Vec<&str> = manifest
        .lines()
        .filter_map(|line| {
            line.strip_prefix("path = \"fuzz_targets/")?
                .strip_suffix(".rs\"")
        })
        .collect();
    assert_eq!(fuzzers, TARGETS.map(|(name, _)| name));
    for name in fuzzers {
        let program = fuzz_folder().join(format!("fuzz_targets/{name}.rs"));
        let program = fs::read_to_string(program).unwrap();
        assert!(
            program.contains(&format!("pickler_fuzz_targets::{name}(")),
            "{name}"
        );
    }
}

#[test]
fn each_target_holds_for_its_seeds() {
    let seeds = all_seeds();
    assert_eq!(
        seeds.iter().map(|seeds| seeds.target).collect::<Vec<_>>(),
        TARGETS.map(|(name, _)| name)
    );
    for (seeds, (name, target)) in seeds.iter().zip(TARGETS) {
        assert!(seeds.inputs.len() > 20, "{name}");
        for input in seeds.inputs.iter().step_by(7) {
            target(input);
        }
    }
}
