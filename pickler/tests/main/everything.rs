//! Types that use everything, in all orders.

use pickler::picklers::{of, try_map};
use pickler::schema::Schema;
use pickler::{ByteString, Derived, Pickle};
use proptest::prelude::*;

use crate::agreement::{agree, agree_on_bytes};
use crate::random::{Random, Source};

/// Ends within a byte.
#[derive(Pickle, Clone, Debug, PartialEq)]
pub struct Odd {
    #[pickle(bits = 3)]
    a: u8,
    #[pickle(bits = 2)]
    b: i8,
}

impl Random for Odd {
    fn random(s: &mut Source<'_>) -> Self {
        Self {
            a: s.below(8) as u8,
            b: s.below(4) as i8 - 2,
        }
    }
}

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(bits = 3)]
pub enum Level {
    Low,
    #[pickle(tag = 3)]
    Middle,
    High,
}

impl Random for Level {
    fn random(s: &mut Source<'_>) -> Self {
        [Self::Low, Self::Middle, Self::High][s.below(3) as usize]
    }
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

impl Random for Kind {
    fn random(s: &mut Source<'_>) -> Self {
        [Self::Low, Self::High, Self::Other(7)][s.below(3) as usize]
    }
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

impl Random for Message {
    fn random(s: &mut Source<'_>) -> Self {
        match s.below(5) {
            0 => Self::Nothing,
            1 => Self::Word(s.get()),
            2 => Self::Pair(s.get(), s.get()),
            3 => Self::Fields {
                odd: s.get(),
                filler: s.below(8) as u8,
                items: s.get(),
            },
            _ => Self::Other {
                tag: 200,
                body: s.get(),
            },
        }
    }
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

impl Random for Choice {
    fn random(s: &mut Source<'_>) -> Self {
        let bits = s.below(8) as u8;
        if s.byte() % 3 == 1 {
            Self::Branch {
                bits,
                inner: Box::new(s.get()),
                more: s.get(),
            }
        } else {
            Self::Leaf { bits }
        }
    }
}

macro_rules! everything {
    ($($module:ident $endian:ident $bit_order:ident),*) => { $(
        mod $module {
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

            impl Random for Everything {
                fn random(s: &mut Source<'_>) -> Self {
                    let mut it = Self {
                        size: s.get(),
                        three: s.below(8) as u8,
                        twelve: s.below(4096) as i16 - 2048,
                        flag: s.get(),
                        long: s.below(1 << 33),
                        seat: s.get::<bool>().then(|| s.below(100) as u8),
                        word: s.get(),
                        wide: s.get(),
                        signed: s.get(),
                        maybe: s.get::<bool>().then_some(5),
                        yes: s.get(),
                        shift: s.below(4) as u8,
                        shifted_odd: s.get(),
                        shifted_word: s.get(),
                        shifted_list: s.get(),
                        shifted_bytes: s.get(),
                        shifted_words: s.get(),
                        level: s.get(),
                    };
                    // Eight lists of five bits are whole.
                    it.shifted_list.truncate(1);
                    it
                }
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

            impl Random for Dependent {
                fn random(s: &mut Source<'_>) -> Self {
                    let mut it = Self {
                        before: 1 + s.below(255) as u8,
                        twice: s.get(),
                        items: s.get(),
                        text_size: s.get(),
                        text: s.get(),
                        odd_size: s.get(),
                        filler: s.below(8) as u8,
                        odd: s.get(),
                        kinds_size: s.get(),
                        kinds: s.get(),
                        seven: (),
                        five: (),
                        okay: (),
                        shown: s.below(16) as u8,
                        json: s.get(),
                        flipped: s.get(),
                        message: s.get(),
                        choice: s.get(),
                        messages: s.get(),
                        array: s.get(),
                        odds: s.get(),
                        pair: s.get(),
                    };
                    // Its size less one must not be negative.
                    it.kinds.push(Kind::Low);
                    it
                }
            }

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(48))]

                #[test]
                fn agrees_on_values(entropy: [u8; 32]) {
                    let mut source = Source(&entropy);
                    agree::<Everything>(&source.get());
                    agree::<Dependent>(&source.get());
                }
            }

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(1000))]

                #[test]
                fn agrees_on_any_bytes(
                    bytes in prop::collection::vec(prop_oneof![0..8_u8, any::<u8>()], 0..60),
                ) {
                    let _ = agree_on_bytes::<Everything>(&Schema::of::<Everything>(), &bytes);
                    let behind_magic = pickler::encode(&(0xABCD_u16, bytes.len() as u16)).unwrap();
                    let bytes = [behind_magic, bytes].concat();
                    let _ = agree_on_bytes::<Everything>(&Schema::of::<Everything>(), &bytes);
                    let _ = agree_on_bytes::<Dependent>(&Schema::of::<Dependent>(), &bytes);
                    let _ = agree_on_bytes::<Message>(&Schema::of::<Message>(), &bytes);
                    let _ = agree_on_bytes::<Choice>(&Schema::of::<Choice>(), &bytes);
                    let _ = agree_on_bytes::<Kind>(&Schema::of::<Kind>(), &bytes);
                    let _ = agree_on_bytes::<Level>(&Schema::of::<Level>(), &bytes);
                }
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
