//! Maps and sets: lists whose items, or their keys, are all different.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
#[cfg(feature = "std")]
use core::hash::{BuildHasher, Hash};
#[cfg(feature = "std")]
use std::collections::{HashMap, HashSet};

use super::{Body, Countable, takes_no_room};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Step};
use crate::pickle::Pickle;
use crate::schema::{Count, Describer, Shape};
use crate::width::Width;

/// A key, to be written alone.
struct Key<'a, K>(&'a K);

impl<'de, K: Pickle<'de>> Body for Key<'_, K> {
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        let w = w.unaligned();
        self.0.write(w)?;
        w.finish()
    }
}

/// Items in the order in which they are written: by the bytes of their keys.
fn sorted<'de, 'a, K: Pickle<'de> + 'a, T>(
    items: impl Iterator<Item = T>,
    key: impl Fn(&T) -> &'a K,
) -> Vec<T> {
    let mut items: Vec<_> = items
        .map(|item| (key_bytes(&Key(key(&item))), item))
        .collect();
    items.sort_by(|(one, _), (other, _)| one.cmp(other));
    items.into_iter().map(|(_, item)| item).collect()
}

/// The bytes of a key in network order; `None` if it cannot be written.
fn key_bytes(key: &impl Body) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    crate::codec::write_whole(crate::cursor::VecSink::new(&mut bytes), key).ok()?;
    Some(bytes)
}

/// The fault of an item that is, or has the key of, an earlier one.
pub(crate) fn repeated<O: Order, A: Align>(r: &mut Reader<'_, O, A>, index: usize) -> Fault {
    let fault = r.fail(ErrorKind::RepeatedItem);
    r.within(fault, Step::Item(index as u64))
}

/// Reads items one after the other, and adds them; `add` says whether an item
/// is a new one.
fn all_different<T, O: Order, A: Align>(
    items: Vec<T>,
    r: &mut Reader<'_, O, A>,
    mut add: impl FnMut(T) -> bool,
) -> Result<(), Fault> {
    r.expect_memory(items.len() as u64, size_of::<T>())?;
    for (index, item) in items.into_iter().enumerate() {
        if !add(item) {
            return Err(repeated(r, index));
        }
    }
    Ok(())
}

macro_rules! unordered {
    (
        $(#[$attribute:meta])*
        [$($parameters:tt)*] $type:ty, of $item:ty, $by_key:literal,
        new $new:expr, $add:expr, sorted $sorted:expr, $write:expr
    ) => {
        $(#[$attribute])*
        impl<'de, $($parameters)*> Countable<'de> for $type {
            const UNIT: Width = <$item as Pickle<'de>>::WIDTH;
            const UNIT_WHOLE: bool = <$item as Pickle<'de>>::WHOLE;

            fn read_counted<O: Order, A: Align>(
                r: &mut Reader<'de, O, A>,
                count: u64,
            ) -> Result<Self, Fault> {
                let items = Vec::<$item>::read_counted(r, count)?;
                let mut all = $new;
                all_different(items, r, |item| $add(&mut all, item))?;
                Ok(all)
            }

            fn read_rest<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                let items = Vec::<$item>::read_rest(r)?;
                let mut all = $new;
                all_different(items, r, |item| $add(&mut all, item))?;
                Ok(all)
            }

            fn write_counted<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                w.expect_items(self.len(), Self::UNIT.min)?;
                write_all(sorted(self.iter(), $sorted), false, w, $write)
            }

            fn write_rest<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                let needs_room = Self::UNIT.min == 0;
                write_all(sorted(self.iter(), $sorted), needs_room, w, $write)
            }

            fn describe_counted(d: &mut Describer, count: Count) -> Shape {
                Shape::Unordered {
                    list: Box::new(Vec::<$item>::describe_counted(d, count)),
                    by_key: $by_key,
                }
            }
        }
    };
}

/// Writes items; `needs_room`: each must take some, or it would not be read.
fn write_all<T, S: Sink, O: Order, A: Align>(
    items: Vec<T>,
    needs_room: bool,
    w: &mut Writer<S, O, A>,
    write: impl Fn(T, &mut Writer<S, O, A>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    w.descend()?;
    for (index, item) in items.into_iter().enumerate() {
        let start = w.bit_offset();
        let mut result = write(item, w);
        if needs_room && result.is_ok() && w.bit_offset() == start {
            result = Err(w.fail(takes_no_room()));
        }
        if let Err(fault) = result {
            return Err(w.within(fault, Step::Item(index as u64)));
        }
    }
    w.ascend();
    Ok(())
}

fn write_entry<'de, K: Pickle<'de>, V: Pickle<'de>, S: Sink, O: Order, A: Align>(
    (key, value): (&K, &V),
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    if let Err(fault) = key.write(w) {
        return Err(w.within_field(fault, "0"));
    }
    if let Err(fault) = value.write(w) {
        return Err(w.within_field(fault, "1"));
    }
    Ok(())
}

unordered! {
    /// Pairs of key and value.
    [K: Pickle<'de> + Ord, V: Pickle<'de>] BTreeMap<K, V>, of (K, V), true,
    new Self::new(),
    |all: &mut Self, (key, value)| all.insert(key, value).is_none(),
    sorted |(key, _)| *key,
    write_entry
}

unordered! {
    /// Items that are all different.
    [T: Pickle<'de> + Ord] BTreeSet<T>, of T, false,
    new Self::new(),
    |all: &mut Self, item| all.insert(item),
    sorted |item| *item,
    |item: &T, w: &mut Writer<S, O, A>| item.write(w)
}

#[cfg(feature = "std")]
unordered! {
    /// Pairs of key and value.
    [K: Pickle<'de> + Eq + Hash, V: Pickle<'de>, H: BuildHasher + Default] HashMap<K, V, H>,
    of (K, V), true,
    new Self::default(),
    |all: &mut Self, (key, value)| all.insert(key, value).is_none(),
    sorted |(key, _)| *key,
    write_entry
}

#[cfg(feature = "std")]
unordered! {
    /// Items that are all different.
    [T: Pickle<'de> + Eq + Hash, H: BuildHasher + Default] HashSet<T, H>, of T, false,
    new Self::default(),
    |all: &mut Self, item| all.insert(item),
    sorted |item| *item,
    |item: &T, w: &mut Writer<S, O, A>| item.write(w)
}
