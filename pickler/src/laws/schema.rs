//! The laws of a schema, with values that are known at run time.

use alloc::vec::Vec;

use crate::dynamic::{self, Value};
use crate::error::ErrorKind;
use crate::schema::{Leniency, Schema};

/// Checks what holds of a value of a schema that fits. Fields that follow from
/// others may be left out of it. Gives its bytes.
///
/// # Panics
/// If a law is broken.
pub fn hold_for_schema(schema: &Schema, value: &Value) -> Vec<u8> {
    let bytes = match dynamic::encode(schema, value) {
        Ok(bytes) => bytes,
        Err(error) => panic!("{value:?} does not fit: {error}"),
    };
    match dynamic::decode(schema, &bytes) {
        Ok(read) => assert!(
            value.is_read_as(&read),
            "{value:?} is read as {read:?}, from {bytes:02X?}"
        ),
        Err(error) => panic!("{value:?} is not read from its own {bytes:02X?}: {error}"),
    }
    hold_for_schema_bytes(schema, &bytes);
    bytes
}

/// Checks what holds of any bytes.
///
/// # Panics
/// If a law is broken.
pub fn hold_for_schema_bytes(schema: &Schema, bytes: &[u8]) {
    let Ok(value) = dynamic::decode(schema, bytes) else {
        return;
    };
    let written = match dynamic::encode(schema, &value) {
        Ok(written) => written,
        // A number that follows from bytes which would be written otherwise is
        // refused, not changed.
        Err(error)
            if matches!(error.kind(), ErrorKind::WrongDerived { .. })
                && schema.canonical().is_err() =>
        {
            return;
        }
        Err(error) => panic!("{value:?} was read from {bytes:02X?}, but: {error}"),
    };
    if written == bytes {
        return;
    }
    assert!(
        schema.canonical().is_err(),
        "{value:?} is {written:02X?}, but was {bytes:02X?}"
    );
    let again = match dynamic::decode(schema, &written) {
        Ok(again) => again,
        Err(error) => panic!("{value:?} is not read from its own {written:02X?}: {error}"),
    };
    if again != value {
        // Where something stands is seen in the value, too, as an offset.
        assert!(
            has_elsewhere(schema),
            "{value:?} in {bytes:02X?}, but {again:?} in {written:02X?}"
        );
        assert_eq!(dynamic::encode(schema, &again), Ok(written), "of {again:?}");
    }
}

/// Something stands at an offset, where it need not stand.
pub(super) fn has_elsewhere(schema: &Schema) -> bool {
    let reasons = schema.canonical().err().unwrap_or_default();
    let mut reasons = reasons.iter();
    reasons.any(|reason| matches!(reason, Leniency::Elsewhere { .. }))
}
