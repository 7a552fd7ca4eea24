//! Rules of releases: what a node may run, and how one release becomes another.

mod authority;
mod checked;
mod difference;
pub mod limits;

pub use authority::{Authority, Verify};
pub use checked::{Release, ReleaseError, Run};
pub use difference::{Difference, applies_to};
