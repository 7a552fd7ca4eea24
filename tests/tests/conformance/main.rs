//! Declared protocols against facts and bytes of the original ones.

#![allow(
    clippy::needless_raw_string_hashes,
    reason = "snapshots are written with them"
)]

mod codecs;
mod facts;
mod framing;
mod invalid;
mod vectors;
