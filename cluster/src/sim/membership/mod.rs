//! The scenario `membership`: nodes find out who is there, and who is not.

mod machine;
mod properties;

pub use machine::{Flaw, Gossiper};
pub use properties::{Setup, check};
