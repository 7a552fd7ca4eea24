//! The derive, attribute by attribute, and against the dynamic codec.

extern crate pickler as renamed_path;

mod agreement;
mod attributes;
mod enums;
mod everything;
mod expressions;
mod hygiene;
mod messages;
mod random;
mod refusals;
