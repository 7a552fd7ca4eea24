//! The scenario `cluster`: a boot server, nodes and an operator change from one
//! release to the next, whatever breaks.

mod actor;
mod boot;
mod figures;
mod host;
mod operator;
mod properties;
mod releases;
mod worker;

pub use actor::Actor;
pub use figures::swoop;
pub use properties::{Flaw, Setup, check};
