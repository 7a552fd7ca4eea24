//! What is shared, and what holds nothing.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::rc::Rc;
#[cfg(feature = "alloc")]
use alloc::sync::Arc;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

#[cfg(feature = "alloc")]
macro_rules! shared {
    ($($type:ident)*) => { $(
        /// As what it holds, one level deeper; each is read as one of its own.
        impl<'de, T: Pickle<'de>> Pickle<'de> for $type<T> {
            const NAME: &'static str = "";
            // Not `T::WIDTH`: a recursive type's width would follow from itself.
            const WIDTH: Width = Width::at_least(0);
            const WHOLE: bool = T::WHOLE;

            #[inline]
            fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                r.descend()?;
                let value = T::read(r)?;
                r.ascend();
                Ok(Self::new(value))
            }

            #[inline]
            fn write<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                w.descend()?;
                (**self).write(w)?;
                w.ascend();
                Ok(())
            }

            fn describe(d: &mut Describer) -> Shape {
                Shape::Boxed(Box::new(T::describe(d)))
            }
        }
    )* };
}

#[cfg(feature = "alloc")]
shared!(Rc Arc);

/// Nothing.
impl<'de, T: ?Sized> Pickle<'de> for PhantomData<T> {
    const NAME: &'static str = "";
    const WIDTH: Width = Width::ZERO;
    const WHOLE: bool = true;

    #[inline(always)]
    fn read<O: Order, A: Align>(_: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        Ok(Self)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(&self, _: &mut Writer<S, O, A>) -> Result<(), Fault> {
        Ok(())
    }

    #[cfg(feature = "alloc")]
    fn describe(_: &mut Describer) -> Shape {
        Shape::Tuple(Vec::new())
    }
}
