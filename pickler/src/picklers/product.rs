//! Things one after the other: tuples and arrays; and what is boxed.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::Step;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Count, Describer, Shape};
use crate::width::Width;

macro_rules! tuple {
    ($(($($type:ident $index:tt),*))*) => { $(
        impl<'de, $($type: Pickle<'de>),*> Pickle<'de> for ($($type,)*) {
            const NAME: &'static str = "";
            const WIDTH: Width = Width::ZERO $(.then($type::WIDTH))*;
            const WHOLE: bool = true $(&& $type::WHOLE)*;

            #[inline(always)]
            fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                let _ = &r;
                Ok(($(
                    match $type::read(r) {
                        Ok(value) => value,
                        Err(fault) => return Err(r.within_field(fault, stringify!($index))),
                    },
                )*))
            }

            #[inline(always)]
            fn write<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                let _ = &w;
                $(
                    if let Err(fault) = self.$index.write(w) {
                        return Err(w.within_field(fault, stringify!($index)));
                    }
                )*
                Ok(())
            }

            #[cfg(feature = "alloc")]
            fn describe(d: &mut Describer) -> Shape {
                let _ = &d;
                Shape::Tuple(alloc::vec![$($type::describe(d)),*])
            }
        }

        impl<'de, $($type: Pickler<'de>),*> Pickler<'de> for ($($type,)*) {
            type Value = ($($type::Value,)*);
            const WIDTH: Width = Width::ZERO $(.then($type::WIDTH))*;
            const WHOLE: bool = true $(&& $type::WHOLE)*;

            #[inline(always)]
            fn read<O: Order, A: Align>(
                &self,
                r: &mut Reader<'de, O, A>,
            ) -> Result<Self::Value, Fault> {
                let _ = &r;
                Ok(($(
                    match self.$index.read(r) {
                        Ok(value) => value,
                        Err(fault) => return Err(r.within_field(fault, stringify!($index))),
                    },
                )*))
            }

            #[inline(always)]
            fn write<S: Sink, O: Order, A: Align>(
                &self,
                value: &Self::Value,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                let _ = (&value, &w);
                $(
                    if let Err(fault) = self.$index.write(&value.$index, w) {
                        return Err(w.within_field(fault, stringify!($index)));
                    }
                )*
                Ok(())
            }

            #[cfg(feature = "alloc")]
            fn describe(&self, d: &mut Describer) -> Shape {
                let _ = &d;
                Shape::Tuple(alloc::vec![$(self.$index.describe(d)),*])
            }
        }
    )* };
}

tuple! {
    ()
    (T0 0)
    (T0 0, T1 1)
    (T0 0, T1 1, T2 2)
    (T0 0, T1 1, T2 2, T3 3)
    (T0 0, T1 1, T2 2, T3 3, T4 4)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7)
}

/// Two things, one after the other: Kennedy's `pair`. A tuple of picklers is
/// the same.
///
/// ```
/// use pickler::picklers::{decode_with, of, pair};
///
/// assert_eq!(decode_with(&pair(of::<u8>(), of::<u16>()), &[1, 0, 2])?, (1, 2));
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn pair<P, Q>(first: P, second: Q) -> (P, Q) {
    (first, second)
}

/// Three things, one after the other: Kennedy's `triple`.
pub const fn triple<P, Q, R>(first: P, second: Q, third: R) -> (P, Q, R) {
    (first, second, third)
}

/// Four things, one after the other: Kennedy's `quad`.
pub const fn quad<P, Q, R, S>(first: P, second: Q, third: R, fourth: S) -> (P, Q, R, S) {
    (first, second, third, fourth)
}

/// `N` items, one after the other.
impl<'de, T: Pickle<'de>, const N: usize> Pickle<'de> for [T; N] {
    const NAME: &'static str = "";
    const WIDTH: Width = T::WIDTH.times(N as u64);
    const WHOLE: bool = T::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let mut items = [const { None }; N];
        for (index, place) in items.iter_mut().enumerate() {
            match T::read(r) {
                Ok(item) => *place = Some(item),
                Err(fault) => return Err(r.within(fault, Step::Item(index as u64))),
            }
        }
        Ok(items.map(|item| item.unwrap_or_else(|| unreachable!("each place was filled"))))
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        T::write_items(self, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(d: &mut Describer) -> Shape {
        Shape::List {
            item: Box::new(T::describe(d)),
            count: Count::Fixed(N as u64),
        }
    }
}

/// What is boxed; one level deeper, since types recurse through boxes.
#[cfg(feature = "alloc")]
impl<'de, T: Pickle<'de>> Pickle<'de> for Box<T> {
    const NAME: &'static str = "";
    // Not `T::WIDTH`: a recursive type's width would follow from itself.
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = T::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        r.expect_memory(1, size_of::<T>())?;
        r.descend()?;
        let value = T::read(r)?;
        r.ascend();
        Ok(Self::new(value))
    }

    #[inline]
    fn skip<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        r.descend()?;
        T::skip(r)?;
        r.ascend();
        Ok(())
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        w.descend()?;
        (**self).write(w)?;
        w.ascend();
        Ok(())
    }

    #[cfg(feature = "alloc")]
    fn describe(d: &mut Describer) -> Shape {
        Shape::Boxed(Box::new(T::describe(d)))
    }
}
