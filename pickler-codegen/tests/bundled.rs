//! The bundled protocols, as they are generated: the committed files are what
//! is generated now, and what they declare is the protocol that they were made
//! of. `UPDATE_EXPECT=1` writes them anew.

use pickler::schema::Protocol;

#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, reason = "generated")]
#[path = "bundled/cluster.rs"]
mod generated_cluster;
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, reason = "generated")]
#[path = "bundled/openpoker.rs"]
mod generated_openpoker;
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, reason = "generated")]
#[path = "bundled/pokersource.rs"]
mod generated_pokersource;
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, reason = "generated")]
#[path = "bundled/pokersource3.rs"]
mod generated_pokersource3;
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, reason = "generated")]
#[path = "bundled/pokerth.rs"]
mod generated_pokerth;

#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, missing_docs, dead_code, reason = "generated")]
#[path = "bundled/words.rs"]
mod generated_words;

#[path = "words/codecs.rs"]
mod codecs;
#[rustfmt::skip]
#[allow(missing_docs, dead_code, reason = "only declared")]
#[path = "words/declared.rs"]
mod words;

/// Checks that a committed file is what is generated.
fn expect_generated(name: &str, committed: &str, protocol: &Protocol) {
    let generated = pickler_codegen::rust(protocol).unwrap();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let file = format!("{}/tests/bundled/{name}.rs", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(file, generated).unwrap();
        return;
    }
    let mut lines = generated.lines().zip(committed.lines()).enumerate();
    let different = lines.find(|(_, (generated, committed))| generated != committed);
    assert_eq!(different, None, "set UPDATE_EXPECT=1 to write it anew");
    assert_eq!(generated.len(), committed.len());
}

/// Checks that a generated file declares what it was made of.
fn expect_same(generated: &Protocol, protocol: &Protocol) {
    let (types, expected) = (generated.schema.types(), protocol.schema.types());
    for (ty, expected) in types.iter().zip(expected) {
        assert_eq!(ty, expected);
    }
    assert_eq!(generated, protocol);
}

macro_rules! protocols {
    ($($test:ident: $generated:ident $name:literal $protocol:path;)*) => { $(
        #[test]
        fn $test() {
            let committed = include_str!(concat!("bundled/", $name, ".rs"));
            expect_generated($name, committed, $protocol());
            expect_same(&$generated::protocol(), $protocol());
        }
    )* };
}

protocols! {
    cluster: generated_cluster "cluster" cluster_protocol::protocol;
    openpoker: generated_openpoker "openpoker" openpoker::protocol;
    pokersource: generated_pokersource "pokersource" pokersource::protocol;
    pokersource3: generated_pokersource3 "pokersource3" pokersource3::protocol;
    pokerth: generated_pokerth "pokerth" pokerth::protocol;
    words: generated_words "words" words::protocol;
}
