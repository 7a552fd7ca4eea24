//! What else a description can be: documents, dissectors, diagrams.

mod vectors;

pub use vectors::{Vector, vectors};
