//! Formats of Kaitai Struct's tests.

mod aligned;
mod bits;
mod bounds;
mod context;
mod ends;
mod expressions;
mod filters;
mod indexed;
mod integers;
mod listed;
mod nested;
mod optional;
mod padded;
mod positions;
mod repeated;
mod switched;
mod terminated;
mod text;
mod unions;
mod valid;
