//! What kind of thing went wrong.

#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::Text;
use crate::picklers::TextEncoding;

/// What kind of thing went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input, or the piece of it that a length confines, ends too early.
    UnexpectedEnd {
        /// Bits that the next thing takes.
        needed: u64,
        /// Bits that are left.
        left: u64,
    },
    /// Something is left behind the value, in the input or in the piece of it
    /// that a length confines.
    Trailing {
        /// Bits that are left.
        bits: u64,
    },
    /// No variant has this tag.
    UnknownTag {
        /// The tag found.
        found: u128,
    },
    /// A tag is to be written as an unknown one, but it is that of a variant,
    /// as which it would be read.
    KnownTag {
        /// The tag.
        tag: u128,
        /// The variant's name.
        variant: Text,
    },
    /// The tag of a value is not one that its variant has.
    WrongTag {
        /// The tag's bits.
        tag: u128,
        /// The variant.
        variant: Text,
        /// The variant that has the tag, if there is one.
        known: Option<Text>,
    },
    /// A constant has another value.
    WrongConstant {
        /// What it must be, as it would be written.
        expected: Text,
        /// What was found.
        found: Text,
    },
    /// A derived field does not hold what follows from the other fields.
    WrongDerived {
        /// What follows from the other fields.
        expected: i128,
        /// What was found.
        found: i128,
    },
    /// There is more or less than there always is.
    WrongCount {
        /// How many units or bytes there always are.
        expected: i128,
        /// How many there are.
        found: i128,
    },
    /// A digest is not that of the other fields.
    WrongDigest {
        /// What it must be, in hexadecimal digits.
        expected: Text,
        /// What was found.
        found: Text,
    },
    /// A value is not what the declaration says that it must be.
    Unsatisfied {
        /// The condition that does not hold.
        condition: Text,
        /// The number that it compares, if it does.
        found: Option<i128>,
    },
    /// An expression has no value: it overflows, divides by zero, or is of an
    /// integer past the greatest `i128`.
    NoValue {
        /// The expression.
        expression: Text,
    },
    /// Something is there that must be absent, or absent that must be there.
    WrongPresence {
        /// It must be there.
        expected: bool,
    },
    /// An integer does not fit its field.
    OutOfRange {
        /// The integer.
        value: i128,
        /// The least that fits.
        min: i128,
        /// The greatest that fits.
        max: i128,
    },
    /// More items or bytes than the count in front of them can say.
    TooLong {
        /// How many there are.
        length: u64,
        /// How many there can be.
        max: u64,
    },
    /// A count announces more items than the input left can hold.
    CountTooLarge {
        /// The count found.
        count: u64,
        /// How many could be there at the most.
        possible: u64,
    },
    /// A length that counts its own header is smaller than that header.
    LengthTooSmall {
        /// The length found, in bytes.
        found: u64,
        /// The least that it can be, in bytes.
        least: u64,
    },
    /// A varint takes more bytes than it needs.
    OverlongVarint {
        /// The bytes that it takes.
        length: u64,
        /// The bytes that it needs.
        least: u64,
    },
    /// A varint goes on past its greatest length.
    EndlessVarint {
        /// How many bytes it can have at the most.
        most: u64,
    },
    /// The value is the one that stands for none, so it would be read as none.
    IsSentinel {
        /// The value.
        value: i128,
    },
    /// Padding that must be zero is not.
    NonZeroPadding,
    /// Something takes more room than there is for it.
    TooWide {
        /// Bits that it takes.
        bits: u64,
        /// Bits that there are for it.
        room: u64,
    },
    /// A boolean is neither 0 nor 1.
    NotBool {
        /// What was found.
        found: u128,
    },
    /// An integer is 0 that must not be.
    IsZero,
    /// Packed decimal digits hold what is none.
    NotDigit {
        /// What was found, 10 to 15.
        found: u8,
    },
    /// Bits are set that are no flag.
    UnknownFlags {
        /// These bits.
        bits: u128,
    },
    /// No character has this number.
    NotCharacter {
        /// The number.
        found: u32,
    },
    /// A floating-point number is past the greatest of so many bits.
    PastGreatest {
        /// The bits that it should fit.
        bits: u32,
        /// The bits of the number as an `f64`.
        value: u64,
    },
    /// A list, text or bytes have a unit that would end them.
    HoldsTerminator {
        /// Which unit, counted from 0.
        unit: u64,
    },
    /// A list, text, bytes or a piece do not end with what ends them.
    LacksTerminator {
        /// What ends them.
        end: Text,
    },
    /// Something stands where padding must be.
    NotPadding,
    /// A text is not of its encoding.
    NotText {
        /// The encoding.
        encoding: TextEncoding,
        /// How many bytes of it are.
        valid_up_to: u64,
    },
    /// An encoding lacks a character.
    Unencodable {
        /// The character.
        character: char,
        /// The encoding.
        encoding: TextEncoding,
    },
    /// A text is not UTF-8.
    NotUtf8 {
        /// How many bytes of it are.
        valid_up_to: u64,
    },
    /// Lists, boxes and options nest deeper than the limit.
    TooDeep {
        /// The limit.
        limit: u32,
    },
    /// More list items than the limit.
    TooManyItems {
        /// The limit.
        limit: u64,
    },
    /// Lists, texts and boxes that ask for more memory than the limit.
    TooMuchMemory {
        /// The limit, in bytes.
        limit: u64,
    },
    /// An input larger than the limit.
    InputTooLarge {
        /// Its size, in bytes.
        size: u64,
        /// The limit, in bytes.
        limit: u64,
    },
    /// More list items that take no room in the input than the limit.
    TooManyEmptyItems {
        /// The limit.
        limit: u32,
    },
    /// A value of a stream is greater than accepted.
    TooLarge {
        /// How many bytes it takes, at the least.
        bytes: u64,
        /// How many are accepted.
        max: u64,
    },
    /// An offset leads out of the input, or of the piece that it stands in.
    OutsideInput {
        /// Where it leads, in bytes from the start of the input; the greatest
        /// number if that overflows.
        offset: i128,
        /// Where the piece starts.
        start: u64,
        /// Where it ends.
        end: u64,
    },
    /// More is read at offsets than the limit.
    TooMuchElsewhere {
        /// The limit, in bytes.
        limit: u64,
    },
    /// More comes out of what is compressed than the limit.
    TooMuchDecompressed {
        /// The limit, in bytes.
        limit: u64,
    },
    /// Something that stands elsewhere is not to be where it can be written.
    Misplaced {
        /// Where it can be, in bytes from the start of the message.
        expected: i128,
        /// Where it is said to be.
        found: i128,
    },
    /// Something that stands elsewhere is written by a writer that keeps no
    /// account of places.
    Unplaced,
    /// A reference leads to nothing that was seen before.
    NotSeen {
        /// The offset or number found.
        found: u64,
        /// What it must be below: where what is being read starts, or how many
        /// values were seen.
        seen: u64,
    },
    /// A value begins as a reference to one does.
    LooksShared,
    /// Something that must start on a byte boundary does not.
    NotOnByteBoundary,
    /// The slice written to has no room left.
    SinkFull,
    /// A mapping refused the value, in its own words.
    Refused(Text),
    /// A value is not of the type that the schema asks for.
    WrongType {
        /// What the schema asks for.
        expected: Text,
        /// What the value is.
        found: Text,
    },
    /// A record lacks a field that has no default.
    MissingField(Text),
    /// An item of a set, or the key of one of a map, is there again.
    RepeatedItem,
    /// A field that can be there but once is there again.
    RepeatedKey {
        /// Its key.
        key: u64,
    },
    /// A field stands behind one that it must stand in front of.
    KeyOutOfOrder {
        /// Its key.
        key: u64,
    },
    /// A protobuf field is of another wire type than its declaration.
    WrongWireType {
        /// The wire type that it must have; `None` if there is none such as
        /// was found.
        expected: Option<u8>,
        /// The wire type found.
        found: u8,
    },
    /// A record or union has no part of this name.
    #[cfg(feature = "alloc")]
    UnknownName {
        /// The name.
        name: String,
        /// The names that there are, nearest first.
        suggestions: Vec<String>,
    },
    /// A pickler returned a fault of another cursor.
    Unrecorded,
}

impl ErrorKind {
    /// The value itself is at fault, so that a position in bytes says nothing.
    pub(super) fn is_about_a_value(&self) -> bool {
        match self {
            Self::OutOfRange { .. }
            | Self::WrongPresence { .. }
            | Self::TooWide { .. }
            | Self::TooLong { .. }
            | Self::IsSentinel { .. }
            | Self::PastGreatest { .. }
            | Self::HoldsTerminator { .. }
            | Self::LacksTerminator { .. }
            | Self::Unencodable { .. }
            | Self::Misplaced { .. }
            | Self::LooksShared
            | Self::Unplaced
            | Self::WrongType { .. }
            | Self::MissingField(_) => true,
            #[cfg(feature = "alloc")]
            Self::UnknownName { .. } => true,
            _ => false,
        }
    }

    /// A budget is spent, so that nothing else can be tried.
    pub(crate) fn is_of_a_budget(&self) -> bool {
        matches!(
            self,
            Self::TooDeep { .. }
                | Self::TooManyItems { .. }
                | Self::TooManyEmptyItems { .. }
                | Self::TooMuchMemory { .. }
                | Self::TooMuchDecompressed { .. }
        )
    }
}
