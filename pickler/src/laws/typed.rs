//! The laws of a type.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Debug;
use core::marker::PhantomData;

use super::schema::{Forms, hold_for_rewritten};
use crate::dynamic;
use crate::error::{Error, ErrorKind};
use crate::pickle::PickleOwned;
use crate::schema::{Leniency, Schema};

/// The laws of a type, and what is needed to check them.
#[derive(Debug)]
pub struct Laws<T> {
    schema: Schema,
    forms: Forms,
    /// The type may refuse what the schema cannot say.
    opaque: bool,
    values: PhantomData<fn() -> T>,
}

impl<T: PickleOwned + PartialEq + Debug> Default for Laws<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: PickleOwned + PartialEq + Debug> Laws<T> {
    /// The laws of `T`.
    pub fn new() -> Self {
        let schema = Schema::of::<T>();
        let reasons = schema.canonical().err().unwrap_or_default();
        let is_mapped = |reason: &Leniency| matches!(reason, Leniency::Mapped { .. });
        Self {
            forms: Forms::of(&schema),
            opaque: reasons.iter().any(is_mapped),
            schema,
            values: PhantomData,
        }
    }

    /// The schema of `T`.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Checks what holds of a value that fits, and of which nothing is forged.
    /// Gives its bytes.
    ///
    /// # Panics
    /// If a law is broken.
    pub fn hold_for(&self, value: &T) -> Vec<u8> {
        let bytes = match crate::encode(value) {
            Ok(bytes) => bytes,
            Err(error) => panic!("{value:?} does not fit: {error}"),
        };
        match self.hold_for_bytes(&bytes) {
            Ok(read) => assert_same(&read, value, || alloc::format!("from {bytes:02X?}")),
            Err(error) => panic!("{value:?} is not read from its own {bytes:02X?}: {error}"),
        }
        let mut exact = alloc::vec![0xAA; bytes.len()];
        assert_eq!(
            crate::encode_to_slice(value, &mut exact),
            Ok(bytes.len()),
            "a slice of just its size holds {value:?}"
        );
        assert_eq!(exact, bytes, "{value:?}, into a slice");
        if let Some(short) = bytes.len().checked_sub(1) {
            let refused = crate::encode_to_slice(value, &mut exact[..short]);
            let kind = refused.as_ref().map_err(Error::kind);
            assert_eq!(kind, Err(&ErrorKind::SinkFull), "{value:?}, without room");
        }
        bytes
    }

    /// Checks what holds of any bytes. Gives what is read from them.
    ///
    /// # Panics
    /// If a law is broken.
    pub fn hold_for_bytes(&self, bytes: &[u8]) -> Result<T, Error> {
        let derived = crate::decode::<T>(bytes);
        let dynamic = dynamic::decode(&self.schema, bytes);
        match (&derived, dynamic) {
            (Ok(value), Ok(dynamic)) => {
                self.read_alike(bytes, value, &dynamic);
            }
            (Err(derived), _) if self.opaque && is_refusal(derived) => {}
            (Err(derived), Err(dynamic)) => assert_eq!(*derived, dynamic, "on {bytes:02X?}"),
            (derived, dynamic) => {
                panic!("on {bytes:02X?}: derived {derived:?}, but dynamic {dynamic:?}")
            }
        }
        derived
    }

    /// Checks what holds of bytes and of all that differ little: shorter, longer,
    /// with one bit changed.
    ///
    /// # Panics
    /// If a law is broken.
    pub fn hold_near(&self, bytes: &[u8]) {
        for length in 0..bytes.len() {
            let _ = self.hold_for_bytes(&bytes[..length]);
        }
        let mut changed = bytes.to_vec();
        changed.push(0);
        let _ = self.hold_for_bytes(&changed);
        changed.pop();
        for bit in 0..bytes.len() * 8 {
            changed[bit / 8] ^= 1 << (bit % 8);
            let _ = self.hold_for_bytes(&changed);
            changed[bit / 8] ^= 1 << (bit % 8);
        }
    }

    fn read_alike(&self, bytes: &[u8], value: &T, dynamic: &dynamic::Value) {
        let by_schema = dynamic::encode(&self.schema, dynamic);
        let written = match crate::encode(value) {
            Ok(written) => written,
            Err(error) => {
                assert!(
                    self.forms.may_refuse(&error),
                    "{value:?} was read from {bytes:02X?}, but: {error}"
                );
                assert_eq!(by_schema, Err(error), "{bytes:02X?} is {dynamic:?}");
                return;
            }
        };
        assert_eq!(
            by_schema.as_ref(),
            Ok(&written),
            "{bytes:02X?} is {value:?}, {dynamic:?}"
        );
        assert_eq!(crate::encoded_len(value), Ok(written.len()), "{value:?}");
        if written == bytes {
            return;
        }
        hold_for_rewritten(&self.schema, &self.forms, bytes, dynamic, &written);
        match crate::decode::<T>(&written) {
            Ok(again) => assert_same(&again, value, || {
                alloc::format!("{bytes:02X?}, as {written:02X?}")
            }),
            Err(error) => panic!("{value:?} is not read from its own {written:02X?}: {error}"),
        }
    }
}

/// Checks that two values are the same. Of those with a part that is no number,
/// which equals nothing, it is checked that they look the same.
fn assert_same<T: PartialEq + Debug>(found: &T, expected: &T, from: impl Fn() -> String) {
    #[expect(clippy::eq_op, reason = "what is no number does not equal itself")]
    if expected == expected {
        assert_eq!(found, expected, "{}", from());
    } else {
        let [found, expected] = [found, expected].map(|value| alloc::format!("{value:?}"));
        assert_eq!(found, expected, "{}", from());
    }
}

fn is_refusal(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Refused(_))
}
