//! Fields that a declaration does not know.

use super::ByteString;

/// A field of a keyed record whose key no declared field has, kept so that it
/// survives a round trip.
///
/// ```
/// use pickler::{ByteString, Pickle, types::UnknownField};
///
/// #[derive(Pickle, Debug, PartialEq)]
/// #[pickle(keyed(key = u8, size = u8))]
/// struct Options {
///     #[pickle(key = 12)]
///     host_name: Option<String>,
///     #[pickle(unknown)]
///     unknown: Vec<UnknownField>,
/// }
///
/// let options: Options = pickler::decode(b"\x0C\x02me\x50\x01\xFF")?;
/// assert_eq!(options.unknown, [UnknownField { key: 0x50, value: b"\xFF".into() }]);
/// assert_eq!(pickler::encode(&options)?, b"\x0C\x02me\x50\x01\xFF");
/// # Ok::<(), pickler::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UnknownField {
    /// Its key as it is on the wire: of a protobuf field, number and wire type.
    pub key: u64,
    /// Its value's bytes, without a size in front.
    pub value: ByteString,
}
