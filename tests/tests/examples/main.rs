//! Specs of formats that everybody knows, against bytes that programs of others
//! made, and against what these programs say of them.

mod expectation;
mod file;
mod net;
mod sample;
