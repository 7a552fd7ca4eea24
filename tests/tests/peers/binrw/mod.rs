//! Formats of binrw's tests.

mod context;
mod enums;
mod optional;
mod records;
mod text;
