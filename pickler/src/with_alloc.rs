//! Items for where there is an allocator.

/// Items that are there where this crate has its feature `alloc`.
///
/// A pickler written by hand describes itself in it, so that its crate works
/// whether or not another crate switches `alloc` on:
///
/// ```
/// use pickler::cursor::{Align, Fault, Order, Reader, Sink, Writer};
/// use pickler::{Pickle, Width};
///
/// struct Cents(u32);
///
/// impl<'de> Pickle<'de> for Cents {
///     const NAME: &'static str = "Cents";
///     const WIDTH: Width = <u32 as Pickle>::WIDTH;
///     const WHOLE: bool = true;
///
///     fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
///         u32::read(r).map(Self)
///     }
///
///     fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
///         self.0.write(w)
///     }
///
///     pickler::with_alloc! {
///         fn describe(d: &mut pickler::schema::Describer) -> pickler::schema::Shape {
///             u32::describe(d)
///         }
///     }
/// }
/// # assert_eq!(pickler::encode(&Cents(258))?, [0, 0, 1, 2]);
/// # Ok::<(), pickler::Error>(())
/// ```
#[cfg(feature = "alloc")]
#[macro_export]
macro_rules! with_alloc {
    ($($item:tt)*) => { $($item)* };
}

/// Items that are there where this crate has its feature `alloc`: nowhere, as
/// it is.
#[cfg(not(feature = "alloc"))]
#[macro_export]
macro_rules! with_alloc {
    ($($item:tt)*) => {};
}
