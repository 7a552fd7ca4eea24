//! What else a description can be: documents, dissectors, diagrams.

mod wireshark;

pub use wireshark::{Unsupported, wireshark};
