//! The scenario `membership`: nodes find out who is there, and who is not.

mod figures;
mod machine;
mod properties;

pub use figures::{Spread, spread};
pub use machine::{Flaw, Gossiper};
pub use properties::{Setup, check};
