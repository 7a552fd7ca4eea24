//! The scripts that come with the program.

use super::source::ScriptSource;

/// The functions of `bot` that every protocol has.
pub(super) const CORE_SOURCE: &str = include_str!("../../scripts/lib/core.luau");

/// The functions of `bot` for the pokersource protocol.
pub(super) const POKER_LIBRARY: &[(&str, &str)] =
    &[("poker.luau", include_str!("../../scripts/lib/poker.luau"))];

/// The scripts that come with the program: file name, text, and how many of
/// ten bots run it by default.
pub const SHIPPED: [(&str, &str, u32); 3] = [
    (
        "calling_station.luau",
        include_str!("../../scripts/calling_station.luau"),
        5,
    ),
    ("tight.luau", include_str!("../../scripts/tight.luau"), 4),
    (
        "wanderer.luau",
        include_str!("../../scripts/wanderer.luau"),
        1,
    ),
];

/// The scripts that come with the program, mixed as they are by default.
pub fn shipped() -> Vec<ScriptSource> {
    let source = |(file, text, weight): (&str, &str, u32)| ScriptSource {
        file: file.into(),
        text: text.into(),
        weight,
    };
    SHIPPED.into_iter().map(source).collect()
}
