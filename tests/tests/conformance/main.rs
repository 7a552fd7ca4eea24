//! Declared protocols against facts and bytes of the original ones.

#![allow(
    clippy::needless_raw_string_hashes,
    reason = "snapshots are written with them"
)]

mod facts;
mod framing;
mod invalid;
mod pokerth_facts;
mod protocols;
mod sessions;
mod vectors;
