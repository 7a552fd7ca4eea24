//! The list of what was tried of other toolkits' tests, `formats.tsv`, against
//! what is there.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn what_is_said_to_be_declared_has_a_module() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers");
    let mut known = BTreeSet::new();
    let rows = include_str!("formats.tsv").lines();
    for row in rows.filter(|row| !row.starts_with('#')) {
        let columns: Vec<_> = row.split('\t').collect();
        let [suite, format, state, place] = columns[..] else {
            panic!("four columns: {row}")
        };
        assert!(known.insert((suite, format)), "twice: {row}");
        match state {
            "declared" | "partly" => {
                let module = place.split(' ').next().unwrap_or_default();
                let file = folder.join(suite).join(module).with_extension("rs");
                assert!(file.exists(), "no module: {row}");
            }
            "gap" | "language" => assert!(!place.is_empty(), "no reason: {row}"),
            _ => panic!("no such state: {row}"),
        }
    }
    assert!(known.len() > 300, "{}", known.len());
}
