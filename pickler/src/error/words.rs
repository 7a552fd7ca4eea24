//! What went wrong, in words.

use core::fmt;

use super::ErrorKind;

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedEnd { needed, left } => {
                write!(f, "needs {}, {} left", Amount(*needed), Amount(*left))
            }
            Self::Trailing { bits } => write!(f, "{} left over", Amount(*bits)),
            Self::UnknownTag { found } => write!(f, "unknown tag {found} (0x{found:02X})"),
            Self::KnownTag { tag, variant } => {
                write!(f, "tag {tag} is not unknown, it is that of `{variant}`")
            }
            Self::WrongTag {
                tag,
                variant,
                known: Some(known),
            } => write!(f, "tag {tag} is that of `{known}`, not of `{variant}`"),
            Self::WrongTag { tag, variant, .. } => {
                write!(f, "tag {tag} is not that of `{variant}`")
            }
            Self::WrongConstant { expected, found } => {
                write!(f, "expected the constant {expected}, found {found}")
            }
            Self::Unsatisfied { condition, found } => {
                write!(f, "`{condition}` does not hold")?;
                match found {
                    Some(found) => write!(f, ", found {found}"),
                    None => Ok(()),
                }
            }
            Self::NoValue { expression } => write!(
                f,
                "`{expression}` has no value: it overflows, divides by zero, does not fit or looks at \
                 what is not known"
            ),
            Self::WrongDerived { expected, found } => write!(
                f,
                "holds {found}, but {expected} follows from the other fields"
            ),
            Self::WrongCount { expected, found } => {
                write!(f, "holds {found} instead of {expected}")
            }
            Self::WrongDigest { expected, found } => write!(
                f,
                "holds {found}, but the digest of the other fields is {expected}"
            ),
            Self::WrongPresence { expected: true } => {
                f.write_str("must be there: its condition holds")
            }
            Self::WrongPresence { expected: false } => {
                f.write_str("must be absent here: its condition does not hold")
            }
            Self::OutOfRange { value, min, max } => {
                write!(f, "{value} does not fit, only {min} to {max} do")
            }
            Self::TooLong { length, max } => {
                write!(f, "{length} long, but its count can say {max} at most")
            }
            Self::CountTooLarge { count, possible } => write!(
                f,
                "announces {}, but the input left holds {possible} at most",
                Several(*count, "item")
            ),
            Self::LengthTooSmall { found, least } => {
                write!(f, "length {found} is below the least possible, {least}")
            }
            Self::OverlongVarint { length, least } => write!(
                f,
                "{} for an integer that takes {}",
                Amount(length * 8),
                Amount(least * 8)
            ),
            Self::EndlessVarint { most } => {
                write!(f, "an integer goes on past {}", Amount(most * 8))
            }
            Self::IsSentinel { value } => {
                write!(f, "{value} stands for none and cannot be a value")
            }
            Self::NonZeroPadding => f.write_str("padding is not zero"),
            Self::TooWide { bits, room } => {
                write!(
                    f,
                    "takes {}, but has room for {}",
                    Amount(*bits),
                    Amount(*room)
                )
            }
            Self::NotBool { found } => write!(f, "expected 0 or 1, found {found}"),
            Self::IsZero => f.write_str("0 where it must not be"),
            Self::NotDigit { found } => write!(f, "{found} is no decimal digit"),
            Self::UnknownFlags { bits } => write!(f, "{bits:#04x} is no flag"),
            Self::NotCharacter { found } => write!(f, "U+{found:04X} is no character"),
            Self::PastGreatest { bits, value } => write!(
                f,
                "{} is past the greatest floating-point number of {bits} bits",
                f64::from_bits(*value)
            ),
            Self::NotPadding => f.write_str("not padding"),
            Self::HoldsTerminator { unit } => write!(f, "unit {unit} would end it"),
            Self::LacksTerminator { end } => {
                write!(f, "does not end with {end}")
            }
            Self::NotText {
                encoding,
                valid_up_to,
            } => write!(f, "not {encoding} after {}", Amount(valid_up_to * 8)),
            Self::Unencodable {
                character,
                encoding,
            } => write!(f, "'{character}' is no character of {encoding}"),
            Self::NotUtf8 { valid_up_to } => {
                write!(f, "not UTF-8 after {}", Amount(valid_up_to * 8))
            }
            Self::TooDeep { limit } => {
                write!(
                    f,
                    "nested deeper than {}",
                    Several((*limit).into(), "level")
                )
            }
            Self::TooManyItems { limit } => {
                write!(f, "more than {} in all", Several(*limit, "item"))
            }
            Self::TooMuchMemory { limit } => {
                write!(
                    f,
                    "asks for more than {} of memory in all",
                    Several(*limit, "byte")
                )
            }
            Self::InputTooLarge { size, limit } => {
                write!(
                    f,
                    "{size} bytes of input, where {limit} are accepted at most"
                )
            }
            Self::TooManyEmptyItems { limit } => {
                write!(f, "more than {limit} items that take no room")
            }
            Self::TooLarge { bytes, max } => {
                write!(f, "takes {bytes} bytes or more, {max} are accepted at most")
            }
            Self::OutsideInput { offset, start, end } => {
                write!(
                    f,
                    "stands at byte {offset}, outside of bytes {start} to {end}"
                )
            }
            Self::TooMuchElsewhere { limit } => {
                write!(
                    f,
                    "offsets lead to more than {} in all",
                    Several(*limit, "byte")
                )
            }
            Self::TooMuchDecompressed { limit } => {
                write!(
                    f,
                    "what is compressed grows by more than {} past what is usual",
                    Several(*limit, "byte")
                )
            }
            Self::Misplaced { expected, found } => {
                write!(
                    f,
                    "is to stand at byte {found}, but can be put at {expected}"
                )
            }
            Self::NotSeen { found, seen } => {
                write!(
                    f,
                    "refers to {found}, but only what is below {seen} was seen before"
                )
            }
            Self::LooksShared => f.write_str("begins as a reference to something does"),
            Self::Unplaced => {
                f.write_str("stands elsewhere, of which this writer keeps no account")
            }
            Self::NotOnByteBoundary => f.write_str("must start on a byte boundary"),
            Self::SinkFull => f.write_str("no room left to write"),
            Self::Refused(why) => f.write_str(why),
            Self::WrongType { expected, found } => {
                write!(f, "expected {expected}, found {found}")
            }
            Self::MissingField(name) => {
                write!(f, "the field `{name}` is missing and has no default")
            }
            Self::RepeatedItem => f.write_str("is there already"),
            Self::RepeatedKey { key } => write!(f, "the key {key} is there again"),
            Self::KeyOutOfOrder { key } => {
                write!(f, "the key {key} stands behind one that comes after it")
            }
            Self::WrongWireType {
                expected: Some(expected),
                found,
            } => write!(f, "expected wire type {expected}, found {found}"),
            Self::WrongWireType {
                expected: None,
                found,
            } => write!(f, "wire type {found} is none of 0, 1, 2 and 5"),
            #[cfg(feature = "alloc")]
            Self::UnknownName { name, suggestions } => {
                write!(f, "there is no `{name}`")?;
                match suggestions.as_slice() {
                    [] => Ok(()),
                    [nearest, ..] => write!(f, "; did you mean `{nearest}`?"),
                }
            }
            Self::Unrecorded => f.write_str("a pickler failed without saying why"),
        }
    }
}

/// A width in the largest unit that it is whole in.
struct Amount(u64);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match (self.0 % 8, self.0 / 8) {
            (0, bytes) => (bytes, "byte"),
            _ => (self.0, "bit"),
        };
        // More than can be counted.
        if self.0 == u64::MAX {
            f.write_str("more than ")?;
            return write!(f, "{}", Several(u64::MAX / 8, "byte"));
        }
        write!(f, "{}", Several(count, unit))
    }
}

/// So many of what is called so.
struct Several(u64, &'static str);

impl fmt::Display for Several {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, unit) = self;
        write!(f, "{count} {unit}{}", if *count == 1 { "" } else { "s" })
    }
}
