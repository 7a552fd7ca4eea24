//! What the original programs wrote, and what they refused.

use pickler::dynamic::json::from_hex;

pub fn pokersource() -> Vec<Vec<u8>> {
    of(&["pokersource/vectors.jsonl", "pokersource/invalid.jsonl"])
}

pub fn pokersource3() -> Vec<Vec<u8>> {
    of(&[
        "pokersource_v3/vectors.jsonl",
        "pokersource_v3/invalid.jsonl",
    ])
}

pub fn openpoker() -> Vec<Vec<u8>> {
    of(&["openpoker/vectors.jsonl", "openpoker/invalid.jsonl"])
}

pub fn pokerth() -> Vec<Vec<u8>> {
    of(&[
        "pokerth/vectors.jsonl",
        "pokerth/invalid.jsonl",
        "pokerth/session.jsonl",
    ])
}

/// The bytes on each line that has some.
fn of(files: &[&str]) -> Vec<Vec<u8>> {
    let hex = |line: &str| {
        let start = line.find("\"hex\"")? + 5;
        from_hex(line[start..].split('"').nth(1)?).ok()
    };
    files
        .iter()
        .flat_map(|file| {
            let text = shared_data::text(file);
            text.lines().filter_map(hex).collect::<Vec<_>>()
        })
        .collect()
}
