//! Byte diagrams, as RFCs draw them.

mod grid;
mod text;

pub use grid::{Cell, Grid, GridRow, ROW};
pub use text::draw;
