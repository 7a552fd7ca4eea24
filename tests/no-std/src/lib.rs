//! A protocol as a small device would declare it: no standard library, no
//! allocator. It also compiles where another crate switches `alloc` on.
#![no_std]

use pickler::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use pickler::picklers::{of, try_map};
use pickler::{Derived, Pickle, Width};

/// What sensor and station say to each other.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u8, length_counts = message)]
pub enum Message<'a> {
    /// Nothing to say.
    #[pickle(tag = 1)]
    Idle,
    /// What was measured.
    Reading(Reading),
    /// A line of text.
    Log {
        /// How bad it is.
        level: Level,
        /// The text.
        #[pickle(count = u8)]
        text: &'a str,
    },
    /// New firmware, a piece of it.
    Piece(Piece<'a>),
    /// What a later version says.
    #[pickle(other)]
    Unknown {
        /// Its tag.
        tag: u8,
        /// What it says.
        body: &'a [u8],
    },
}

/// What was measured.
#[derive(Pickle, Clone, Debug, Default, PartialEq)]
#[pickle(magic = b"R1")]
pub struct Reading {
    /// Which sensor; none is the device itself.
    #[pickle(none = 255)]
    pub sensor: Option<u8>,
    /// Whether the value is past a limit.
    #[pickle(bits = 1)]
    pub alarm: bool,
    /// Tenths of a degree.
    #[pickle(bits = 15, shown(-16384 = "off"))]
    pub temperature: i16,
    /// The last values, oldest first.
    #[pickle(endian = little)]
    pub history: [u16; 3],
    /// In percent.
    #[pickle(with = try_map(
        of::<u8>(),
        "percent",
        |value: u8| if value <= 100 { Ok(value) } else { Err("above 100 percent") },
        |value: &u8| Ok::<_, &str>(*value),
    ))]
    pub battery: u8,
}

/// How bad it is.
#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(tag = u8)]
pub enum Level {
    /// Good to know.
    Info,
    /// It went wrong.
    Error,
    /// What a later version knows.
    #[pickle(other)]
    Other(u8),
}

/// A piece of firmware.
#[derive(Pickle, Clone, Debug, Default, PartialEq)]
pub struct Piece<'a> {
    /// How many bytes.
    #[pickle(derived = len(bytes) + 1)]
    pub size: Derived<u16>,
    /// The bytes.
    #[pickle(count = size - 1)]
    pub bytes: &'a [u8],
    /// Where they go.
    pub at: Address,
}

/// A pickler written by hand: 24 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Address(pub u32);

impl<'de> Pickle<'de> for Address {
    const NAME: &'static str = "Address";
    const WIDTH: Width = Width::fixed(24);
    const WHOLE: bool = true;

    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let [a, b, c] = r.array()?;
        Ok(Self(u32::from_be_bytes([0, a, b, c])))
    }

    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        let [_, a, b, c] = self.0.to_be_bytes();
        w.array([a, b, c])
    }

    pickler::with_alloc! {
        fn describe(d: &mut pickler::schema::Describer) -> pickler::schema::Shape {
            <[u8; 3]>::describe(d)
        }
    }
}
