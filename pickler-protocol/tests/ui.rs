//! What the compiler tells of specs with mistakes.

use std::fs;
use std::path::Path;

#[test]
fn mistakes() {
    // The package that the cases are compiled in has another folder.
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild/pickler-protocol");
    fs::create_dir_all(&package).unwrap();
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    for spec in ["coded.pickler", "mistaken.pickler"] {
        fs::copy(cases.join(spec), package.join(spec)).unwrap();
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
