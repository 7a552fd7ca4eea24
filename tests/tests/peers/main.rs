//! Formats of other toolkits' own tests, declared here, against the bytes and
//! values that those tests expect.

#![allow(
    clippy::enum_variant_names,
    clippy::items_after_statements,
    clippy::struct_field_names,
    clippy::unusual_byte_groupings,
    reason = "a declaration stands in front of the bytes that it is for, under the \
              names and in the groups of bits of its format"
)]

mod binrw;
mod both;
mod deku;
mod formats;
mod kaitai;
mod pdl;
