//! Mistakes are reported where they are, in words that say what to write.

#[test]
fn mistakes() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    // The compiler names the types that do implement a trait, and so what
    // features bring.
    if cfg!(all(
        feature = "arbitrary",
        feature = "bytes",
        feature = "crc",
        feature = "deku",
        feature = "digest",
        feature = "encodings",
        feature = "flate2",
        feature = "json",
        feature = "miette",
        feature = "proptest",
        feature = "tokio",
        feature = "uuid",
    )) {
        cases.compile_fail("tests/ui/all_features/*.rs");
    }
}
