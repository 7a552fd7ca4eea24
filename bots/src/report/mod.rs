//! What is said of a run: while it goes on, and after it.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "figures that people look at need no 53rd bit, and none is negative"
)]

mod figures;
pub mod live;
mod plot;
mod screen;
mod summary;
mod timeline;

pub use figures::bytes;
pub use summary::{Money, Report, RunFacts};
pub use timeline::{Moment, Timeline};
