//! What else a description can be: documents, dissectors, diagrams.

mod kaitai;
mod wireshark;

pub use kaitai::kaitai;
pub use wireshark::{Unsupported, wireshark};
