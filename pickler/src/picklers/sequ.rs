//! Things that say how what is behind them is read.

use core::marker::PhantomData;

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::schema::{Describer, Opaque, Shape};
use crate::width::Width;

/// See [`sequ`].
#[derive(Debug)]
pub struct Sequ<P, F, G, T, V> {
    name: &'static str,
    first: P,
    project: F,
    then: G,
    values: PhantomData<fn() -> (T, V)>,
}

// Not derived: the values need not be `Clone`.
impl<P: Clone, F: Clone, G: Clone, T, V> Clone for Sequ<P, F, G, T, V> {
    fn clone(&self) -> Self {
        Self {
            name: self.name,
            first: self.first.clone(),
            project: self.project.clone(),
            then: self.then.clone(),
            values: PhantomData,
        }
    }
}

/// A thing, and behind it what it says how to read: Kennedy's `sequ`. The whole
/// value is what `then` reads; `project` gives back of it what stands first.
///
/// A description names it and cannot say more. Counts, sizes, tags and
/// conditions, which it can, have combinators of their own.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, list_by, of, sequ, wrap};
/// use pickler::schema::Expr;
///
/// // A number of rows and that of columns, in one byte, and the cells.
/// let table = sequ(
///     "table",
///     of::<u8>(),
///     |(shape, _): &(u8, Vec<u16>)| *shape,
///     |shape: &u8| {
///         let shape = *shape;
///         let cells = i128::from(shape >> 4) * i128::from(shape & 0xF);
///         let cells = list_by(Some(cells), || Expr::Integer(0), of::<u16>());
///         wrap(cells, "cells", move |cells| (shape, cells), |(_, cells): &(_, Vec<_>)| cells.clone())
///     },
/// );
/// let bytes = encode_with(&table, &(0x12, vec![7, 8]))?;
/// assert_eq!(bytes, [0x12, 0, 7, 0, 8]);
/// assert_eq!(decode_with(&table, &bytes)?, (0x12, vec![7, 8]));
/// assert!(encode_with(&table, &(0x13, vec![7, 8])).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn sequ<P, F, G, T, V, Q>(
    name: &'static str,
    first: P,
    project: F,
    then: G,
) -> Sequ<P, F, G, T, V>
where
    F: Fn(&T) -> V,
    G: Fn(&V) -> Q,
{
    Sequ {
        name,
        first,
        project,
        then,
        values: PhantomData,
    }
}

impl<'de, P, F, G, T, V, Q> Pickler<'de> for Sequ<P, F, G, T, V>
where
    P: for<'a> Pickler<'a, Value = V> + Clone + Send + Sync + 'static,
    F: Fn(&T) -> V + Clone + Send + Sync + 'static,
    G: Fn(&V) -> Q + Clone + Send + Sync + 'static,
    Q: for<'a> Pickler<'a, Value = T>,
    T: 'static,
    V: 'static,
{
    type Value = T;
    // A description does not tell more.
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = <P as Pickler<'de>>::WHOLE && <Q as Pickler<'de>>::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        // Together they may be whole, alone not.
        let r = r.unaligned();
        let first = self.first.read(r)?;
        (self.then)(&first).read(r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let w = w.unaligned();
        let first = (self.project)(value);
        self.first.write(&first, w)?;
        (self.then)(&first).write(value, w)
    }

    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Opaque(Opaque::new(self.name, self.clone()))
    }
}
