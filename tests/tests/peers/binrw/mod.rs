//! Formats of binrw's tests.

mod enums;
mod optional;
mod records;
