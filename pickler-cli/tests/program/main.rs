//! The program `pickler` as its users run it.

#![allow(
    clippy::needless_raw_string_hashes,
    reason = "snapshots are written with them"
)]

mod decode;
mod encode;
mod faces;
mod lsp;
mod made_vectors;
mod pcap;
mod run;
mod usage;
mod vectors;
mod view;
