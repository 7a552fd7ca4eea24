//! What else a description can be: documents, dissectors, diagrams.
//!
//! A [`Protocol`](pickler::schema::Protocol) tells all: what its messages look
//! like, and what is agreed on beside them. [`markdown`] makes a document of it
//! that is read where the source is, [`html`] a page that is searched and clicked
//! through.

#[macro_use]
mod put;

mod diagram;
mod dump;
mod html;
mod layout;
mod markdown;

pub use html::html;
pub use markdown::markdown;
