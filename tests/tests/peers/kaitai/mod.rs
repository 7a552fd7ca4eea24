//! Formats of Kaitai Struct's tests.

mod bits;
mod context;
mod expressions;
mod filters;
mod integers;
mod optional;
mod positions;
mod repeated;
mod switched;
mod terminated;
mod text;
mod unions;
