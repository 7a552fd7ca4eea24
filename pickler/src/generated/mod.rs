//! What the code that the derive writes calls; no part of the interface.

mod assertion;
mod context;
mod derived;
mod describe;
mod expression;
mod macros;
mod padding;
mod run;
mod union;
mod view;

#[cfg(feature = "alloc")]
pub use alloc::boxed::Box;
#[cfg(feature = "alloc")]
pub use alloc::vec;
#[cfg(feature = "alloc")]
pub use alloc::vec::Vec;

#[cfg(feature = "arbitrary")]
pub use ::arbitrary;
#[cfg(feature = "proptest")]
pub use ::proptest;

#[cfg(feature = "alloc")]
pub use crate::picklers::keyed;
pub use crate::picklers::{no_variant, try_next};
#[cfg(feature = "alloc")]
pub use crate::schema::{describe_variant, member_name};
pub use crate::{__described as described, __shown as shown, with_alloc};

pub use assertion::{unsatisfied, unwritable};
#[cfg(feature = "alloc")]
pub use context::in_order;
pub use context::{check_arguments, parameter, parameter_index};
#[cfg(feature = "alloc")]
pub(crate) use derived::wrong_digest;
#[cfg(feature = "alloc")]
pub use derived::{check_checksum, check_digest, put_checksum, put_digest};
pub use derived::{check_derived, write_derived, write_digest};
#[cfg(feature = "alloc")]
pub use describe::{
    FieldList, describe_body, describe_comparable, describe_operand, describe_record,
    describe_tagged, enumeration_in_bits, mention, mention_type_of, sorted_names,
};
pub use describe::{checked, whole_of, width_of};
pub use expression::{
    binary, byte_at, bytes_between, cast, comparand, compare, equal, fits, followed, item, logical,
    number, operand, record, record_there, tag, tag_of, unary, units,
};
pub use padding::{
    enter_padded, leave_padded, pad_to, padded_width, read_to_boundary, write_to_boundary,
};
pub use run::{ReadPart, WritePart, read_run_again, write_run_again};
pub use union::{
    begin_body, begin_message, bits_of_bytes, end_body, enter_body, expect_first, expect_lengths,
    expect_tags, is_complete, known_size, known_tag, other_tag, tag_to_read, tag_to_write,
    unknown_tag, wrong_tag,
};
pub use view::{Window, show_view};
