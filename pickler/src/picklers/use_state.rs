//! Lists whose items are read as the items before say.

use alloc::vec::Vec;
use core::marker::PhantomData;

use super::{CountInFront, ListCount, Pickler, Prefix};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::Step;
use crate::schema::{Describer, Opaque, Shape};
use crate::width::Width;

/// See [`use_state`].
#[derive(Debug)]
pub struct UseState<C, I, F, U, T, S> {
    name: &'static str,
    initial: I,
    pickler: F,
    update: U,
    count: CountInFront<C>,
    values: PhantomData<fn() -> (T, S)>,
}

// Not derived: count, items and state need not be `Clone`.
impl<C, I: Clone, F: Clone, U: Clone, T, S> Clone for UseState<C, I, F, U, T, S> {
    fn clone(&self) -> Self {
        Self {
            name: self.name,
            initial: self.initial.clone(),
            pickler: self.pickler.clone(),
            update: self.update.clone(),
            count: CountInFront::new(),
            values: PhantomData,
        }
    }
}

/// A list behind a count of type `C`, of which each item is read and written
/// as the state says that the items before it have left: Kennedy's `useState`,
/// whose state is here one list's. `update` makes the state of an item.
///
/// A description names it and cannot say more.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, use_state, wrap, zigzag};
///
/// // Times as differences to the one before.
/// let times = use_state::<u8, _, _, _, _, _, _>(
///     "times",
///     || 0_i64,
///     |last: &i64| {
///         let last = *last;
///         let since = move |since: i64| last.wrapping_add(since);
///         wrap(zigzag::<i64>(), "since", since, move |time: &i64| time.wrapping_sub(last))
///     },
///     |last: &mut i64, time: &i64| *last = *time,
/// );
/// let bytes = encode_with(&times, &vec![1000, 1001, 999])?;
/// assert_eq!(bytes, [3, 0xD0, 0x0F, 2, 3]);
/// assert_eq!(decode_with(&times, &bytes)?, [1000, 1001, 999]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn use_state<C, I, F, U, T, S, P>(
    name: &'static str,
    initial: I,
    pickler: F,
    update: U,
) -> UseState<C, I, F, U, T, S>
where
    I: Fn() -> S,
    F: Fn(&S) -> P,
    U: Fn(&mut S, &T),
{
    UseState {
        name,
        initial,
        pickler,
        update,
        count: CountInFront::new(),
        values: PhantomData,
    }
}

impl<'de, C, I, F, U, T, S, P> Pickler<'de> for UseState<C, I, F, U, T, S>
where
    C: for<'a> Prefix<'a> + 'static,
    I: Fn() -> S + Clone + Send + Sync + 'static,
    F: Fn(&S) -> P + Clone + Send + Sync + 'static,
    U: Fn(&mut S, &T) + Clone + Send + Sync + 'static,
    P: for<'a> Pickler<'a, Value = T>,
    T: 'static,
    S: 'static,
{
    type Value = Vec<T>;
    // A description does not tell more.
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = <C as Prefix<'de>>::WHOLE && <P as Pickler<'de>>::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Vec<T>, Fault> {
        let count = self.count.read_count(r)?.unwrap_or(0);
        r.expect_items(count, <P as Pickler<'de>>::WIDTH.min)?;
        r.expect_memory(count, size_of::<T>())?;
        r.descend()?;
        let (mut state, mut items) = ((self.initial)(), Vec::new());
        for index in 0..count {
            match (self.pickler)(&state).read(r) {
                Ok(item) => {
                    (self.update)(&mut state, &item);
                    items.push(item);
                }
                Err(fault) => return Err(r.within(fault, Step::Item(index))),
            }
        }
        r.ascend();
        Ok(items)
    }

    fn write<K: Sink, O: Order, A: Align>(
        &self,
        items: &Vec<T>,
        w: &mut Writer<K, O, A>,
    ) -> Result<(), Fault> {
        self.count.write_count(items.len(), w)?;
        w.expect_items(items.len(), <P as Pickler<'de>>::WIDTH.min)?;
        w.descend()?;
        let mut state = (self.initial)();
        for (index, item) in items.iter().enumerate() {
            if let Err(fault) = (self.pickler)(&state).write(item, w) {
                return Err(w.within(fault, Step::Item(index as u64)));
            }
            (self.update)(&mut state, item);
        }
        w.ascend();
        Ok(())
    }

    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Opaque(Opaque::new(self.name, self.clone()))
    }
}
