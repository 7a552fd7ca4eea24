//! What both codecs, derived and dynamic, make of some bytes.

use std::fmt::Debug;

use pickler::schema::{Leniency, Schema};
use pickler::{Error, PickleOwned, dynamic};

/// Both codecs read `bytes` as `value` and write it as `bytes`; whatever is cut
/// off and whichever bit is turned, they agree.
///
/// The format has an end of its own: each part of `bytes` is refused.
pub fn same<T: PickleOwned + Debug + PartialEq>(bytes: &[u8], value: &T) {
    equal(bytes, value);
    for length in 0..bytes.len() {
        let cut = &bytes[..length];
        assert!(read::<T>(cut).is_err(), "only a part: {cut:02X?}");
    }
    turned::<T>(bytes);
}

/// The same for a format that goes to the end of the input, so that a part of
/// `bytes` may be a value, too.
pub fn same_to_the_end<T: PickleOwned + Debug + PartialEq>(bytes: &[u8], value: &T) {
    equal(bytes, value);
    for length in 0..bytes.len() {
        let _ = read::<T>(&bytes[..length]);
    }
    turned::<T>(bytes);
}

/// Both codecs read `bytes` as `value`, which need not be written as `bytes`:
/// there is more than one way to write it, and what is written is read as the
/// same.
pub fn reads<T: PickleOwned + Debug + PartialEq>(bytes: &[u8], value: &T) {
    assert_eq!(read::<T>(bytes).as_ref(), Ok(value), "from {bytes:02X?}");
    let written = pickler::encode(value).unwrap();
    assert_eq!(read::<T>(&written).as_ref(), Ok(value), "by {written:02X?}");
    turned::<T>(bytes);
}

/// Both codecs refuse `bytes` with the error that this gives.
pub fn refused<T: PickleOwned + Debug>(bytes: &[u8]) -> Error {
    match read::<T>(bytes) {
        Ok(value) => panic!("{bytes:02X?} is {value:?}"),
        Err(error) => error,
    }
}

fn equal<T: PickleOwned + Debug + PartialEq>(bytes: &[u8], value: &T) {
    assert_eq!(read::<T>(bytes).as_ref(), Ok(value), "from {bytes:02X?}");
    let written = pickler::encode(value);
    assert_eq!(written.as_deref(), Ok(bytes), "of {value:02X?}");
    assert_eq!(pickler::encoded_len(value), Ok(bytes.len()));
}

/// Nothing near `bytes` makes the two codecs disagree.
fn turned<T: PickleOwned + Debug>(bytes: &[u8]) {
    let mut turned = bytes.to_vec();
    turned.push(0);
    let _ = read::<T>(&turned);
    turned.pop();
    for bit in 0..bytes.len() * 8 {
        turned[bit / 8] ^= 1 << (bit % 8);
        let _ = read::<T>(&turned);
        turned[bit / 8] ^= 1 << (bit % 8);
    }
}

/// What the derived codec makes of `bytes`; the dynamic one makes the same of
/// them, in values, in what it writes, and in what it refuses.
fn read<T: PickleOwned + Debug>(bytes: &[u8]) -> Result<T, Error> {
    let schema = Schema::of::<T>();
    let derived = pickler::decode::<T>(bytes);
    match (&derived, dynamic::decode(&schema, bytes)) {
        (Ok(value), Ok(dynamic)) => {
            let written = pickler::encode(value);
            assert_eq!(
                written,
                dynamic::encode(&schema, &dynamic),
                "{bytes:02X?} is {value:?}, {dynamic:?}"
            );
            if let Ok(written) = written {
                let again = dynamic::decode(&schema, &written).unwrap();
                // The one is what the other is in bytes, but for where parts stand.
                if !has_elsewhere(&schema) {
                    assert_eq!(again, dynamic, "{bytes:02X?} is written {written:02X?}");
                }
                assert_eq!(dynamic::encode(&schema, &again).as_ref(), Ok(&written));
            }
        }
        (Err(derived), Err(dynamic)) => assert_eq!(*derived, dynamic, "on {bytes:02X?}"),
        (derived, dynamic) => panic!("on {bytes:02X?}: {derived:?}, but {dynamic:?}"),
    }
    derived
}

fn has_elsewhere(schema: &Schema) -> bool {
    let reasons = schema.canonical().err().unwrap_or_default();
    let mut reasons = reasons.iter();
    reasons.any(|reason| matches!(reason, Leniency::Elsewhere { .. }))
}

/// The bytes that hexadecimal digits stand for.
pub fn hex(digits: &str) -> Vec<u8> {
    assert!(digits.len().is_multiple_of(2), "two digits a byte");
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect()
}
