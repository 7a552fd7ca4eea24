//! Records whose fields say which they are: type, length, value; protobuf
//! messages.

mod format;
mod number;
mod protobuf;
mod slots;

pub(crate) use format::read_field_key;
pub use format::{Begun, Coming, Key, Written, out_of_order, unknown};
pub(crate) use number::{read_leb128, write_leb128};
pub use protobuf::{
    Fixed, Protobuf, ProtobufField, ProtobufValue, Zigzag, fixed_form, protobuf, protobuf_field,
    protobuf_fixed, protobuf_zigzag,
};
pub(crate) use protobuf::{narrow, unzigzag, widen, zigzag};
pub use slots::{
    read_repeated, read_value, required, write_packed, write_repeated, write_unknown, write_value,
};
