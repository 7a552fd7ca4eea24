//! What else a description can be: documents, dissectors, diagrams.
//!
//! A [`Protocol`](pickler::schema::Protocol) tells all: what its messages look
//! like, and what is agreed on beside them. [`markdown`] makes a document of it
//! that is read where the source is, [`html`] a page that is searched and clicked
//! through, [`json`] what programs read that are written in other languages.

#[macro_use]
mod put;

mod diagram;
mod dump;
mod html;
mod json;
mod layout;
mod markdown;

pub use html::html;
pub use json::{JSON_SCHEMA, json};
pub use markdown::markdown;
