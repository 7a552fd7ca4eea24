//! Facts and conformance vectors of real protocols, for tests.
//!
//! A checkout that has a `shared/data` folder beside it is tested against
//! that; any other against the compressed copy in this crate.

use std::io::Read;
use std::path::{Path, PathBuf};

/// The text of one data file, named by its path below `data`, for example
/// `pokersource/vectors.jsonl`.
///
/// # Panics
/// If neither `shared/data` beside the checkout nor this crate has the file,
/// or it is not UTF-8: a test cannot go on without its data.
///
/// ```
/// assert!(shared_data::text("pokersource/vectors.jsonl").lines().count() > 1000);
/// ```
pub fn text(name: &str) -> String {
    let beside = beside_checkout().join(name);
    if beside.is_file() {
        return std::fs::read_to_string(&beside)
            .unwrap_or_else(|error| panic!("{}: {error}", beside.display()));
    }
    committed(name)
}

fn beside_checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data")
}

fn committed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/{name}.gz"));
    let file = std::fs::File::open(&path)
        .unwrap_or_else(|error| panic!("no data file {}: {error}", path.display()));
    let mut text = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_copy_is_the_shared_one() {
        for name in [
            "openpoker/invalid.jsonl",
            "openpoker/messages.json",
            "openpoker/sessions/bad.jsonl",
            "openpoker/sessions/headsup.jsonl",
            "openpoker/sessions/lobby.jsonl",
            "openpoker/sessions/midleave.jsonl",
            "openpoker/sessions/reconnect.jsonl",
            "openpoker/sessions/relogin.jsonl",
            "openpoker/sessions/testall.jsonl",
            "openpoker/sessions/testgame.jsonl",
            "openpoker/vectors.jsonl",
            "pokerth/invalid.jsonl",
            "pokerth/messages.json",
            "pokerth/session.jsonl",
            "pokerth/vectors.jsonl",
            "pokersource/framing.jsonl",
            "pokersource/invalid.jsonl",
            "pokersource/messages.json",
            "pokersource/vectors.jsonl",
            "pokersource_v3/invalid.jsonl",
            "pokersource_v3/messages.json",
            "pokersource_v3/vectors.jsonl",
            "session_order.json",
        ] {
            assert_eq!(super::text(name), super::committed(name), "{name} differs");
        }
    }
}
