//! Formats of Kaitai Struct's tests.

mod bits;
mod context;
mod expressions;
mod integers;
mod optional;
mod repeated;
mod terminated;
mod text;
mod unions;
