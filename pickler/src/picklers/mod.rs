//! Picklers: values that read and write one kind of thing, and combine.
//!
//! These are the combinators of Kennedy's "Pickler Combinators" (JFP 2004) and
//! of scodec in the terms of Rust; `reference::combinators` has them side by
//! side. A combinator is a `const fn` that gives a zero-sized or
//! tiny value; a format built from them compiles to what one would write by
//! hand. `#[pickle(with = ...)]` takes any of them; the other attributes of the
//! derive are short names for the common ones.
//!
//! ```
//! use pickler::picklers::{counted, decode_with, encode_with, of, try_map};
//!
//! // A list of up to 255 even numbers.
//! let even = try_map(
//!     of::<u16>(),
//!     "even",
//!     |n: u16| if n % 2 == 0 { Ok(n) } else { Err("an odd number") },
//!     |n: &u16| Ok::<_, &str>(*n),
//! );
//! assert_eq!(decode_with(&even, &[0, 4])?, 4);
//! assert!(decode_with(&even, &[0, 5]).is_err());
//! assert_eq!(encode_with(&counted::<u8, Vec<u16>>(), &vec![2, 4])?, [2, 0, 2, 0, 4]);
//! # Ok::<(), pickler::Error>(())
//! ```

mod alt;
mod alternatives;
#[cfg(feature = "alloc")]
mod apart;
#[cfg(feature = "bitflags")]
mod bitflags;
mod bits;
mod body;
mod boolean;
mod bounded;
mod byte_array;
mod bytes;
#[cfg(feature = "alloc")]
mod checksummed;
#[cfg(feature = "alloc")]
mod choice;
mod coded;
#[cfg(feature = "alloc")]
mod compressed;
mod constant;
mod count;
#[cfg(feature = "deku")]
mod deku;
mod delimiter;
mod discriminated;
mod either;
#[cfg(feature = "alloc")]
mod elsewhere;
mod filled;
#[cfg(feature = "alloc")]
mod filter;
#[cfg(feature = "alloc")]
mod filtered;
mod fixed;
mod flags;
mod float;
mod given;
mod half;
mod indexed;
mod integer;
mod json;
#[cfg(feature = "alloc")]
#[doc(hidden)]
pub mod keyed;
#[cfg(feature = "alloc")]
mod last;
#[cfg(feature = "alloc")]
mod lazily;
mod length;
mod limited;
#[cfg(feature = "alloc")]
mod list;
mod map;
#[cfg(feature = "alloc")]
mod multiplexed;
mod net;
mod nonzero;
mod nothing;
#[cfg(feature = "alloc")]
mod opaque;
mod optional;
mod order;
mod padded;
mod padding;
#[cfg(feature = "alloc")]
mod peek;
mod pickler;
mod prefix;
mod product;
mod result;
#[cfg(feature = "alloc")]
mod satisfying;
mod scaled;
mod sentinel;
#[cfg(feature = "alloc")]
mod sequ;
#[cfg(feature = "alloc")]
mod share;
mod shared;
#[cfg(feature = "alloc")]
mod shown;
mod size;
mod size_in_front;
mod terminated;
mod text;
mod time;
#[cfg(feature = "alloc")]
mod to_terminator;
#[cfg(feature = "alloc")]
mod tokenize;
#[cfg(feature = "alloc")]
mod unordered;
mod untagged;
#[cfg(feature = "alloc")]
mod use_state;
#[cfg(feature = "uuid")]
mod uuid;
mod varint;
mod within;
mod zero_to;

pub use alt::{Alt, alt};
pub use alternatives::Alternatives;
#[cfg(feature = "bitflags")]
pub use bitflags::{BitFlags, bitflags};
pub use bits::{BitField, Bits, bits};
pub use body::Body;
pub(crate) use body::Whole;
pub use boolean::{Boolean, boolean};
pub(crate) use bounded::expect_room;
pub use bounded::{
    Bounded, IgnoreLeftover, all_but, before, before_or_end, bounded, ignore_leftover, through,
    through_or_end, until, until_or_end, variable_size, variable_size_with_itself,
};
pub use byte_array::{ByteArray, byte_array};
#[cfg(feature = "alloc")]
pub use checksummed::{Checksummed, checksummed};
#[cfg(feature = "alloc")]
pub use choice::{Choice, Fallback, Recover, choice, fallback, recover};
#[cfg(feature = "alloc")]
pub(crate) use choice::{first_that_writes, is_read_before};
pub use coded::{Bcd, BcdTo, ZigZagBits, bcd, bcd_to, zigzag_bits};
#[cfg(feature = "alloc")]
pub(crate) use coded::{from_digits, from_zigzag, to_digits, to_zigzag};
#[cfg(feature = "flate2")]
pub use compressed::{Compressed, deflate, gzip, zlib};
#[cfg(feature = "alloc")]
pub(crate) use compressed::{read_compressed, write_compressed};
pub use constant::{Constant, ConstantLenient, constant, constant_lenient};
pub use count::{Countable, Counted, CountedBy, Rest, counted, counted_by, rest};
#[cfg(feature = "deku")]
pub use deku::{Deku, deku};
pub use delimiter::{Delimiter, Ending, Terminator};
pub use discriminated::{Case, Cases, Discriminated, case, discriminated};
pub use either::{EitherBy, either, either_by};
#[cfg(feature = "alloc")]
pub use elsewhere::{
    Elsewhere, ElsewhereOrNone, StandsElsewhere, There, elsewhere, elsewhere_in_record,
};
pub use filled::{ByteAligned, byte_aligned, fixed_size};
#[cfg(feature = "alloc")]
pub(crate) use filter::{Filter, key_part, read_through, write_through};
#[cfg(feature = "alloc")]
pub use filter::{Rotated, Xored, rotated_left, rotated_right, xored};
#[cfg(feature = "alloc")]
pub use filtered::{Filtered, filtered};
pub use fixed::{FixedPickler, FixedWidth};
pub use flags::{Flags, flags};
pub use given::{Arguments, Given, GivenBy, given, given_by};
pub use half::{Half, half};
#[cfg(feature = "alloc")]
pub(crate) use half::{from_half, past_half, to_half};
pub use indexed::{Indexed, indexed};
pub use integer::Integer;
pub use json::{Json, json};
#[cfg(feature = "alloc")]
pub use keyed::{
    Fixed, Protobuf, ProtobufField, ProtobufValue, Zigzag, protobuf, protobuf_field,
    protobuf_fixed, protobuf_zigzag,
};
#[cfg(feature = "alloc")]
pub(crate) use last::misplaced_last;
#[cfg(feature = "alloc")]
pub use last::{ToLast, list_to_last};
#[cfg(feature = "alloc")]
pub use lazily::{Lazily, Recursive, lazily};
pub use length::Length;
#[cfg(feature = "alloc")]
pub(crate) use limited::check_at_most;
pub use limited::{LimitedSize, limited_size};
#[cfg(feature = "alloc")]
pub use list::{
    Boxed, ComputedCount, CountInFront, FixedList, List, ListCount, ToEnd, boxed, fixed_list, list,
    list_by, list_to_end,
};
pub use map::{TryMap, Wrap, try_map, wrap};
#[cfg(feature = "alloc")]
pub use multiplexed::{ListMultiplexed, list_multiplexed};
pub use nothing::{Lift, Provide, ignore, lift, provide, unit};
#[cfg(feature = "alloc")]
pub use opaque::{Named, opaque};
#[cfg(feature = "alloc")]
pub(crate) use optional::takes_no_room;
pub use optional::{
    Condition, Flag, Optional, Presence, UnlessEnd, WithDefault, conditional, flagged, option,
    unless_end, with_default,
};
pub use order::{
    BigEndian, EndianBy, LittleEndian, LsbFirst, MsbFirst, big_endian, endian_by, little_endian,
    lsb_first, msb_first,
};
pub use padded::{FixedText, PaddedText, padded};
pub use padding::{
    AlignedTo, PaddedAfter, PaddedBefore, PaddedTo, aligned_in_record, aligned_to, padded_after,
    padded_before, padded_to,
};
pub(crate) use padding::{
    read_padding, read_rest_as_padding, to_boundary, write_padding, write_padding_to,
};
#[cfg(feature = "alloc")]
pub use peek::{Peek, lookahead, peek};
#[cfg(feature = "alloc")]
pub(crate) use peek::{looks_past, not_seen};
#[cfg(feature = "alloc")]
pub use pickler::encode_with;
pub use pickler::{Of, Pickler, decode_with, of};
pub use prefix::Prefix;
pub use product::{pair, quad, triple};
#[cfg(feature = "alloc")]
pub use satisfying::{Satisfying, satisfying};
pub use scaled::{Scaled, scaled};
pub use sentinel::{Sentinel, sentinel};
#[cfg(feature = "alloc")]
pub use sequ::{Sequ, sequ};
#[cfg(feature = "alloc")]
pub use share::{Share, ShareByOffset, share, share_by_offset};
#[cfg(feature = "alloc")]
pub use shown::{Shown, shown};
pub use size::{AllBut, Computed, Delimited, InFront, Size};
#[cfg(feature = "alloc")]
pub(crate) use size::{all_bytes_but, fill_up_leftover, write_end};
#[cfg(feature = "alloc")]
pub(crate) use size_in_front::{SizePrefix, write_behind_size};
pub use terminated::{
    Endable, Terminable, Terminated, Units, or_end, or_end_within, terminated, terminator_kept,
    terminator_left,
};
#[cfg(feature = "alloc")]
pub(crate) use terminated::{has_room, owned_until};
pub use text::{Ascii, Latin1, TextEncoding, Utf16};
#[cfg(feature = "alloc")]
pub use text::{Encoded, TextOf, ascii, latin1, utf16};
#[cfg(feature = "alloc")]
pub use text::{
    EncodedBy, cp437, iso8859_2, iso8859_3, iso8859_4, iso8859_5, iso8859_6, iso8859_7, iso8859_8,
    iso8859_10, iso8859_13, iso8859_14, iso8859_15, iso8859_16, shift_jis, windows_874,
    windows_1250, windows_1251, windows_1252, windows_1253, windows_1254, windows_1255,
    windows_1256, windows_1257, windows_1258,
};
#[cfg(feature = "alloc")]
pub(crate) use text::{decode_bytes, encode_bytes};
#[cfg(feature = "alloc")]
pub(crate) use to_terminator::check_items;
#[cfg(feature = "alloc")]
pub use to_terminator::{Items, list_terminated};
#[cfg(feature = "alloc")]
pub use tokenize::{MemoList, Tokenize, memo_list, tokenize};
#[cfg(feature = "alloc")]
pub(crate) use unordered::repeated;
#[doc(hidden)]
pub use untagged::{no_variant, try_next};
#[cfg(feature = "alloc")]
pub use use_state::{UseState, use_state};
#[cfg(feature = "alloc")]
pub(crate) use varint::Wide;
pub use varint::{
    Encoding, Leb128, Mqtt, Nat, Quic, Sleb128, Varint, VarintEncoding, VarintFormat, Vlq, ZigZag,
    leb128, lenient_varint, mqtt, nat, quic, sleb128, vlq, zigzag,
};
pub use within::{Within, within};
pub use zero_to::{ZeroTo, zero_to};
