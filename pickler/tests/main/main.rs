//! The derive, attribute by attribute, and against the dynamic codec.
#![allow(
    clippy::cast_possible_truncation,
    clippy::items_after_statements,
    clippy::needless_pass_by_value,
    reason = "tests read better so"
)]

extern crate pickler as renamed_path;

mod agreement;
mod aligned_pieces;
mod assertions;
mod attributes;
#[cfg(feature = "bitflags")]
mod bitflags;
mod borrowed;
mod bounds;
#[cfg(feature = "crc")]
mod checksums;
mod choices;
#[cfg(feature = "bytes")]
mod collections;
mod combinators;
mod comparisons;
#[cfg(feature = "flate2")]
mod compression;
mod conditions;
mod constant_tags;
mod constants;
mod context;
#[cfg(feature = "deku")]
mod deku;
#[cfg(feature = "encodings")]
mod encodings;
mod endings;
mod endless_types;
mod enums;
mod expressions;
mod filters;
mod floats;
mod given_tags;
mod hygiene;
mod indexes;
mod inline;
mod items;
mod keyed;
mod last;
mod leaves;
mod lengths;
mod long_bodies;
mod looked_at_derived;
mod looked_into;
mod macros;
mod mentioned;
mod message_framing;
mod messages;
mod no_value;
mod offsets;
mod operators;
mod optional;
mod padding;
mod partial;
mod pieces;
mod protobuf;
mod refusals;
mod runs;
#[cfg(feature = "serde")]
mod serde;
mod sharing;
mod shown_errors;
mod sized;
mod std_types;
mod streams;
mod tags;
mod terminators;
mod varints;
mod versions;
mod views;
mod within;
