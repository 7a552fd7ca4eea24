//! What else a description can be: documents, dissectors, diagrams.
//!
//! A [`Protocol`](pickler::schema::Protocol) tells all: what its messages look
//! like, and what is agreed on beside them. [`markdown`] makes a document of it
//! that is read where the source is.

#[macro_use]
mod put;

#[allow(dead_code, reason = "other faces need more of it")]
mod diagram;
mod dump;
#[allow(dead_code, reason = "other faces need more of it")]
mod layout;
mod markdown;
mod vectors;

pub use markdown::markdown;
pub use vectors::{Vector, vectors};
