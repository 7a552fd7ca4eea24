//! What is said of a run: while it goes on, and after it.

mod figures;
pub mod live;
mod plot;
mod screen;
mod summary;
mod timeline;

pub use summary::{Money, Report, RunFacts};
pub use timeline::{Moment, Timeline};
