//! Formats of deku's tests and examples.
//!
//! Where a format of deku's has no byte order, it has that of the machine, which
//! the expected bytes show to be little-endian.

mod bit_order;
mod context;
mod counts;
mod enums;
mod examples;
mod mixed_orders;
mod optional;
mod regressions;
mod text;
