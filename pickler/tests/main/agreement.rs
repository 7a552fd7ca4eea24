//! The derived and the dynamic codec do the same.

use std::fmt::Debug;

use pickler::dynamic;
use pickler::generate::{Seeded, value};
use pickler::schema::{Leniency, Schema};
use pickler::{Error, PickleOwned};

/// What both codecs make of some bytes: the same value, which both write the
/// same, or the same error. Gives what the derived one made.
pub fn agree_on_bytes<T: PickleOwned + Debug>(schema: &Schema, bytes: &[u8]) -> Result<T, Error> {
    let derived = pickler::decode::<T>(bytes);
    let dynamic = dynamic::decode(schema, bytes);
    match (&derived, dynamic) {
        (Ok(value), Ok(dynamic)) => {
            let written = pickler::encode(value);
            assert_eq!(
                written,
                dynamic::encode(schema, &dynamic),
                "{bytes:02X?} is {value:?}, {dynamic:?}"
            );
            if let Ok(written) = written {
                // The one is what the other is in bytes, but for where parts stand.
                let again = dynamic::decode(schema, &written).unwrap();
                if !has_elsewhere(schema) {
                    assert_eq!(again, dynamic);
                }
                assert_eq!(dynamic::encode(schema, &again).as_ref(), Ok(&written));
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

/// Both codecs agree on the bytes of a value and on everything near them.
/// Gives the bytes.
pub fn agree<T: PickleOwned + Debug + PartialEq>(value: &T) -> Vec<u8> {
    let schema = Schema::of::<T>();
    let bytes = pickler::encode(value).unwrap();
    assert_eq!(pickler::encoded_len(value).unwrap(), bytes.len());
    let mut slice = vec![0; bytes.len()];
    assert_eq!(
        pickler::encode_to_slice(value, &mut slice),
        Ok(bytes.len()),
        "an exact slice is enough"
    );
    assert_eq!(slice, bytes);
    assert_eq!(
        agree_on_bytes::<T>(&schema, &bytes).as_ref(),
        Ok(value),
        "from {bytes:02X?}"
    );
    for length in 0..bytes.len() {
        let _ = agree_on_bytes::<T>(&schema, &bytes[..length]);
    }
    let mut changed = bytes.clone();
    changed.push(0);
    let _ = agree_on_bytes::<T>(&schema, &changed);
    changed.pop();
    for bit in 0..bytes.len() * 8 {
        changed[bit / 8] ^= 1 << (bit % 8);
        let _ = agree_on_bytes::<T>(&schema, &changed);
        changed[bit / 8] ^= 1 << (bit % 8);
    }
    bytes
}

/// Both codecs agree on random values, and the type obeys the laws on them.
pub fn agree_on_random<T: PickleOwned + Debug + PartialEq + 'static>() {
    let schema = Schema::of::<T>();
    for seed in 0..100 {
        let value: T = value(&mut Seeded::new(seed)).unwrap();
        let bytes = pickler::encode(&value).unwrap();
        assert_eq!(agree_on_bytes::<T>(&schema, &bytes), Ok(value));
    }
}
