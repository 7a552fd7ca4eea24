//! What else a description can be: documents, dissectors, diagrams.
//!
//! A [`Protocol`](pickler::schema::Protocol) tells all: what its messages look
//! like, and what is agreed on beside them. [`markdown`] makes a document of it
//! that is read where the source is, [`html`] a page that is searched and clicked
//! through, [`json`] what programs read that are written in other languages,
//! [`wireshark`] a dissector, [`kaitai`] a format for Kaitai Struct, [`vectors`]
//! what implementations are tested with.

#[macro_use]
mod put;

mod diagram;
mod dump;
mod html;
mod json;
mod kaitai;
mod layout;
mod markdown;
mod size;
mod vectors;
mod wireshark;

pub use html::html;
pub use json::{JSON_SCHEMA, json};
pub use kaitai::kaitai;
pub use markdown::markdown;
pub use size::size;
pub use vectors::{Missing, Vector, Vectors, vectors};
pub use wireshark::{Unsupported, wireshark};
