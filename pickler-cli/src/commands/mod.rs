//! What the program does, a command a file.

pub mod completions;
pub mod decode;
pub mod diff;
pub mod encode;
pub mod export;
pub mod fmt;
pub mod list;
pub mod lsp;
pub mod pcap;
pub mod regen;
pub mod vectors;
pub mod view;
