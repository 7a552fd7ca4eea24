//! Types that get a context.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

use super::Pickler;
use crate::context::{Contextual, Misfit, PickleWith};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Expr, Shape};
use crate::width::Width;

/// See [`given`].
#[derive(Clone, Copy, Debug)]
pub struct Given<T, C> {
    context: C,
    of: PhantomData<fn() -> T>,
}

/// A type in a context.
///
/// ```
/// use pickler::Pickle;
/// use pickler::picklers::{decode_with, encode_with, given};
///
/// #[derive(Pickle, Debug, PartialEq)]
/// #[pickle(context(count: u8))]
/// struct Words {
///     #[pickle(count = count)]
///     words: Vec<u16>,
/// }
///
/// let two = given::<Words>(WordsContext { count: 2 });
/// assert_eq!(decode_with(&two, &[0, 1, 0, 2])?.words, [1, 2]);
/// assert!(encode_with(&two, &Words { words: vec![1] }).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn given<T: Contextual>(context: T::Context) -> Given<T, T::Context> {
    Given {
        context,
        of: PhantomData,
    }
}

impl<'de, T: PickleWith<'de>> Pickler<'de> for Given<T, T::Context> {
    type Value = T;
    const WIDTH: Width = T::WIDTH;
    const WHOLE: bool = T::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        T::read_with(&self.context, r)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        value.write_with(&self.context, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Given {
            item: Box::new(T::describe(d)),
            arguments: T::describe_context(&self.context),
        }
    }
}

/// The arguments of a context, as expressions have them.
#[cfg(feature = "alloc")]
pub type Arguments = Vec<Expr>;

/// Without the feature `alloc` there are no descriptions.
#[cfg(not(feature = "alloc"))]
pub type Arguments = core::convert::Infallible;

/// See [`given_by`].
#[derive(Clone, Copy, Debug)]
pub struct GivenBy<T, C> {
    context: Result<C, Misfit>,
    #[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "for descriptions"))]
    arguments: fn() -> Arguments,
    of: PhantomData<fn() -> T>,
}

/// A type in the context that expressions give: `given(version = version)`.
/// `arguments` are the expressions, one for each parameter.
pub const fn given_by<T: Contextual>(
    context: Result<T::Context, Misfit>,
    arguments: fn() -> Arguments,
) -> GivenBy<T, T::Context> {
    GivenBy {
        context,
        arguments,
        of: PhantomData,
    }
}

impl<'de, T: PickleWith<'de>> Pickler<'de> for GivenBy<T, T::Context> {
    type Value = T;
    const WIDTH: Width = T::WIDTH;
    const WHOLE: bool = T::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        match &self.context {
            Ok(context) => T::read_with(context, r),
            Err(misfit) => Err(r.fail((*misfit).into())),
        }
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match &self.context {
            Ok(context) => value.write_with(context, w),
            Err(misfit) => Err(w.fail((*misfit).into())),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Given {
            item: Box::new(T::describe(d)),
            arguments: (self.arguments)(),
        }
    }
}
