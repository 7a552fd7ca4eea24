//! The derived and the dynamic codec do the same.

use std::collections::BTreeSet;
use std::fmt::Debug;

use pickler::cursor::{Counter, Network, Writer};
use pickler::dynamic;
use pickler::generate::{Generator, Seeded, value};
use pickler::picklers::{decode_with, encode_with};
use pickler::schema::{Leniency, Schema};
use pickler::{Error, PickleOwned, Pickler};

/// What both codecs make of some bytes: the same value, which both write the
/// same, or the same error. Gives what the derived one made.
pub fn agree_on_bytes<T: PickleOwned + Debug>(schema: &Schema, bytes: &[u8]) -> Result<T, Error> {
    let derived = pickler::decode::<T>(bytes);
    let dynamic = dynamic::decode(schema, bytes);
    // Looked on, it goes another way.
    assert_eq!(dynamic::trace(schema, bytes).1, dynamic, "on {bytes:02X?}");
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

/// What a pickler and the dynamic codec make of some bytes: as
/// [`agree_on_bytes`], of a pickler.
pub fn agree_on_bytes_with<'de, P: Pickler<'de, Value: Debug>>(
    pickler: &P,
    schema: &Schema,
    bytes: &'de [u8],
) -> Result<P::Value, Error> {
    let read = decode_with(pickler, bytes);
    let dynamic = dynamic::decode(schema, bytes);
    match (&read, dynamic) {
        (Ok(value), Ok(dynamic)) => {
            let written = encode_with(pickler, value);
            let by_schema = dynamic::encode(schema, &dynamic);
            if schema.canonical().is_ok() || written.as_deref() == Ok(bytes) {
                assert_eq!(written, by_schema, "{bytes:02X?} is {value:?}, {dynamic:?}");
            } else {
                // Other bytes of the same meaning.
                let again = dynamic::decode(schema, &by_schema.unwrap());
                assert_eq!(again.as_ref(), Ok(&dynamic), "{bytes:02X?}");
                assert!(
                    dynamic::decode(schema, &written.unwrap()).is_ok(),
                    "{bytes:02X?}"
                );
            }
        }
        (Err(read), Err(dynamic)) => assert_eq!(*read, dynamic, "on {bytes:02X?}"),
        (read, dynamic) => panic!("on {bytes:02X?}: {read:?}, but {dynamic:?}"),
    }
    read
}

/// A pickler and the dynamic codec agree on the bytes of a value and on
/// everything near them. Gives the bytes.
pub fn agree_with<P, T>(pickler: &P, value: &T) -> Vec<u8>
where
    P: for<'de> Pickler<'de, Value = T>,
    T: Debug + PartialEq,
{
    let schema = Schema::of_pickler(pickler);
    let bytes = encode_with(pickler, value).unwrap();
    let mut w = Writer::<_, Network>::new(Counter::default());
    assert!(pickler.write(value, w.unaligned()).is_ok());
    assert!(w.unaligned().finish().is_ok());
    assert_eq!(w.written(), bytes.len(), "{value:?} is {bytes:02X?}");
    let read = agree_on_bytes_with(pickler, &schema, &bytes);
    assert_eq!(read.as_ref(), Ok(value), "from {bytes:02X?}");
    for length in 0..bytes.len() {
        let _ = agree_on_bytes_with(pickler, &schema, &bytes[..length]);
    }
    let mut changed = bytes.clone();
    changed.push(0);
    let _ = agree_on_bytes_with(pickler, &schema, &changed);
    changed.pop();
    for bit in 0..bytes.len() * 8 {
        changed[bit / 8] ^= 1 << (bit % 8);
        let _ = agree_on_bytes_with(pickler, &schema, &changed);
        changed[bit / 8] ^= 1 << (bit % 8);
    }
    bytes
}

/// How the error of reading these bytes is shown; both codecs have it.
pub fn refused<T: PickleOwned + Debug + PartialEq>(bytes: &[u8]) -> String {
    let error = agree_on_bytes::<T>(&Schema::of::<T>(), bytes).unwrap_err();
    error.to_string()
}

/// How the error of writing this is shown.
pub fn unwritable<T: PickleOwned + Debug>(value: &T) -> String {
    pickler::encode(value).unwrap_err().to_string()
}

/// What is generated can be read. Gives the bytes, each once.
pub fn generated<T: PickleOwned + Debug + PartialEq>() -> BTreeSet<Vec<u8>> {
    let generator = Generator::new(Schema::of::<T>());
    let bytes = |seed| {
        let value = generator.value(&mut Seeded::new(seed)).unwrap();
        let bytes = dynamic::encode(generator.schema(), &value).unwrap();
        pickler::decode::<T>(&bytes).unwrap();
        bytes
    };
    (0..60).map(bytes).collect()
}
