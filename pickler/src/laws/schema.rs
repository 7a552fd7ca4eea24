//! The laws of a schema, with values that are known at run time.

use alloc::vec::Vec;

use crate::dynamic::{self, Value};
use crate::error::{Error, ErrorKind};
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
        Err(error) => {
            let forms = Forms::of(schema);
            assert!(
                forms.may_refuse(&error),
                "{value:?} was read from {bytes:02X?}, but: {error}"
            );
            return;
        }
    };
    if written != bytes {
        hold_for_rewritten(schema, &Forms::of(schema), bytes, &value, &written);
    }
}

/// Checks what holds of a value that is written as other bytes than it was read
/// from.
pub(super) fn hold_for_rewritten(
    schema: &Schema,
    forms: &Forms,
    bytes: &[u8],
    value: &Value,
    written: &[u8],
) {
    assert!(
        forms.several,
        "{value:?} is {written:02X?}, but was {bytes:02X?}"
    );
    let again = match dynamic::decode(schema, written) {
        Ok(again) => again,
        Err(error) => panic!("{value:?} is not read from its own {written:02X?}: {error}"),
    };
    if again != *value {
        assert!(
            forms.elsewhere || forms.measured,
            "{value:?} in {bytes:02X?}, but {again:?} in {written:02X?}"
        );
        assert_eq!(
            dynamic::encode(schema, &again).as_deref(),
            Ok(written),
            "of {again:?}"
        );
    }
}

/// How what is written may differ from what was read.
#[derive(Debug)]
pub(super) struct Forms {
    /// A value may have several forms.
    pub several: bool,
    /// Something stands at an offset, where it need not stand: a value tells
    /// other offsets than before, and given ones may be taken.
    elsewhere: bool,
    /// A number says how large something is that has several forms, or is its
    /// checksum: what follows is another number than before, and a given one is
    /// wrong.
    measured: bool,
}

impl Forms {
    pub(super) fn of(schema: &Schema) -> Self {
        let reasons = schema.canonical().err().unwrap_or_default();
        let is_elsewhere = |reason: &Leniency| matches!(reason, Leniency::Elsewhere { .. });
        Self {
            several: !reasons.is_empty(),
            elsewhere: reasons.iter().any(is_elsewhere),
            measured: schema.measures_forms(),
        }
    }

    /// What was read may be refused in the form in which it would be written.
    pub(super) fn may_refuse(&self, error: &Error) -> bool {
        match error.kind() {
            ErrorKind::WrongDerived { .. } | ErrorKind::WrongCount { .. } => self.measured,
            ErrorKind::Misplaced { .. } => self.elsewhere,
            _ => false,
        }
    }
}
