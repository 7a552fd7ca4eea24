//! Types that use everything, in all orders; fuzzers have them, too.
#![allow(missing_docs, reason = "only the formats matter")]

mod computed;
mod elsewhere;
mod ended;
mod keyed;
mod leaves;
mod placed;

use pickler::picklers::{of, try_map};
use pickler::{ByteString, Derived, Pickle};

pub use computed::{Digested, Expressions, Measured, Packet, Summed};
pub use elsewhere::{Archive, Chained, Fixed, Shared};
pub use ended::{Collections, Ended, Tried};
pub use keyed::{Options, Protobuf};
pub use leaves::{Leaves, Texts};
pub use placed::{Chosen, Conditional, Padded};

/// Ends within a byte.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Odd {
    #[pickle(bits = 3)]
    a: u8,
    #[pickle(bits = 2)]
    b: i8,
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(bits = 3)]
pub enum Level {
    Low,
    #[pickle(tag = 3)]
    Middle,
    High,
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(tag = i16)]
pub enum Kind {
    #[pickle(tag = -2)]
    Low,
    High,
    #[pickle(other)]
    Other(i16),
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u16, length_counts = rest)]
pub enum Message {
    Nothing,
    #[pickle(tag = 5)]
    Word(u16),
    Pair(u8, Kind),
    #[pickle(row)]
    Fields {
        odd: Odd,
        #[pickle(bits = 3)]
        filler: u8,
        #[pickle(count = u8)]
        items: Vec<Kind>,
    },
    #[pickle(other)]
    Other {
        tag: u8,
        body: ByteString,
    },
}

/// Without a length, and with a tag of odd bits.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, bits = 5)]
pub enum Choice {
    Leaf {
        #[pickle(bits = 3)]
        bits: u8,
    },
    Branch {
        #[pickle(bits = 3)]
        bits: u8,
        inner: Box<Choice>,
        #[pickle(count = u8)]
        more: Vec<Choice>,
    },
}

macro_rules! everything {
    ($($module:ident $endian:ident $bit_order:ident),*) => { $(
        pub mod $module {
            use super::*;

            #[derive(Pickle, Clone, Debug, PartialEq)]
            #[pickle(endian = $endian, bit_order = $bit_order, magic = 0xABCD_u16)]
            pub struct Everything {
                #[pickle(derived = sizeof(self))]
                size: Derived<u16>,
                #[pickle(bits = 3)]
                three: u8,
                #[pickle(bits = 12)]
                twelve: i16,
                #[pickle(bits = 1)]
                flag: bool,
                #[pickle(bits = 33)]
                long: u64,
                #[pickle(bits = 7, none = 100)]
                seat: Option<u8>,
                word: u32,
                wide: u128,
                #[pickle(endian = big, bit_order = msb)]
                signed: i64,
                #[pickle(none = -1)]
                maybe: Option<i32>,
                yes: bool,
                #[pickle(bits = 2)]
                shift: u8,
                shifted_odd: Odd,
                shifted_word: u16,
                #[pickle(count = u16)]
                shifted_list: Vec<Odd>,
                #[pickle(count = u8)]
                shifted_bytes: ByteString,
                #[pickle(count = u8)]
                shifted_words: Vec<u32>,
                level: Level,
            }

            #[derive(Pickle, Clone, Debug, PartialEq)]
            #[pickle(endian = $endian, bit_order = $bit_order)]
            pub struct Dependent {
                before: u8,
                #[pickle(derived = len(items) * 2)]
                twice: Derived<u8>,
                #[pickle(count = twice / 2)]
                items: Vec<u16>,
                #[pickle(derived = sizeof(text) + 1)]
                text_size: Derived<i16>,
                #[pickle(size = text_size - 1)]
                text: String,
                #[pickle(derived = sizeof(odd), bits = 5)]
                odd_size: Derived<u8>,
                #[pickle(bits = 3)]
                filler: u8,
                #[pickle(size = odd_size)]
                odd: Odd,
                #[pickle(derived = sizeof(kinds) - before / before)]
                kinds_size: Derived<u32>,
                #[pickle(size = kinds_size + before / before)]
                kinds: Vec<Kind>,
                #[pickle(constant = 7_u16, endian = little)]
                seven: (),
                #[pickle(constant = 5_u8, bits = 4)]
                five: (),
                #[pickle(constant = b"OK", rename = "ok")]
                okay: (),
                #[pickle(bits = 4, shown(0 = "zero", 1 = true, 2 = null))]
                shown: u8,
                #[pickle(count = u16, json, shown("" = null))]
                json: ByteString,
                #[pickle(with = try_map(
                    of::<u16>(),
                    "flipped",
                    |n: u16| Ok::<_, &str>(n ^ 1),
                    |n: &u16| Ok::<_, &str>(*n ^ 1),
                ))]
                flipped: u16,
                message: Message,
                choice: Choice,
                #[pickle(count = i16)]
                messages: Vec<Message>,
                array: [u16; 3],
                odds: [Odd; 8],
                pair: (u8, bool),
            }
        }
    )* };
}

everything! {
    big_msb big msb,
    big_lsb big lsb,
    little_msb little msb,
    little_lsb little lsb
}
