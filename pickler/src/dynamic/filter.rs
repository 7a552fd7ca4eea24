//! Filters of a schema.

use alloc::vec::Vec;

use super::scope::Scope;
use crate::error::ErrorKind;
use crate::picklers::{Filter, key_part};
use crate::schema;

impl schema::Filter {
    /// Hands the filter on, as what expressions see makes it.
    pub(super) fn known<T>(
        &self,
        scope: &Scope<'_>,
        then: impl FnOnce(Result<Filter<'_>, ErrorKind>) -> T,
    ) -> T {
        match self {
            Self::Xor(key) => {
                let key = key.iter().map(|part| key_part(scope.eval(part), u8::MAX));
                match key.collect::<Result<Vec<_>, _>>() {
                    Ok(key) => then(Ok(Filter::Xor(&key))),
                    Err(kind) => then(Err(kind)),
                }
            }
            Self::RotateLeft(by) => then(Filter::rotate(true, scope.eval(by))),
            Self::RotateRight(by) => then(Filter::rotate(false, scope.eval(by))),
            // It is no matter of single bytes: who looks at it sees to it before.
            Self::Compressed(_) => then(Ok(Filter::Xor(&[]))),
        }
    }
}
