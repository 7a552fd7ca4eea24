//! How many units there are of something.

#[cfg(feature = "alloc")]
use alloc::borrow::Cow;
#[cfg(feature = "alloc")]
use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;
#[cfg(feature = "std")]
use std::collections::{HashMap, HashSet};

#[cfg(feature = "alloc")]
use crate::types::ByteString;

/// What consists of units, items or bytes, whatever these are: what `len(field)`
/// says in an expression.
///
/// ```
/// use pickler::picklers::Length;
///
/// assert_eq!("ß".length(), 2);
/// assert_eq!(vec!["a", "b"].length(), 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length",
    note = "`len` is of a `Vec`, `String`, `ByteString`, `&str`, `&[u8]`, a map or a set"
)]
pub trait Length {
    /// How many units it has.
    fn length(&self) -> usize;
}

macro_rules! length {
    ($($(#[$attribute:meta])* [$($parameters:tt)*] $type:ty;)*) => { $(
        $(#[$attribute])*
        impl<$($parameters)*> Length for $type {
            #[inline(always)]
            fn length(&self) -> usize {
                self.len()
            }
        }
    )* };
}
length! {
    [] &[u8];
    [] &str;
    #[cfg(feature = "alloc")] [] ByteString;
    #[cfg(feature = "alloc")] [] String;
    #[cfg(feature = "alloc")] [] Cow<'_, [u8]>;
    #[cfg(feature = "alloc")] [] Cow<'_, str>;
    #[cfg(feature = "bytes")] [] ::bytes::Bytes;
    #[cfg(feature = "alloc")] [T] Vec<T>;
    #[cfg(feature = "alloc")] [T] VecDeque<T>;
    #[cfg(feature = "alloc")] [K, V] BTreeMap<K, V>;
    #[cfg(feature = "alloc")] [T] BTreeSet<T>;
    #[cfg(feature = "std")] [K, V, H] HashMap<K, V, H>;
    #[cfg(feature = "std")] [T, H] HashSet<T, H>;
}
