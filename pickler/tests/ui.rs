//! Mistakes are reported where they are, in words that say what to write.

#[test]
fn mistakes() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
