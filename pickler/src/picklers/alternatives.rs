//! Several picklers of one type of value.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Doc, Shape, TagSource, Union, Variant};
use crate::width::Width;

/// Several picklers of one type of value: a tuple of one to eight.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no choice of picklers",
    note = "a choice is a tuple of one to eight picklers of one type of value: `(first, second)`"
)]
pub trait Alternatives<'de> {
    /// What each of them reads and writes.
    type Value;
    /// How many there are.
    const COUNT: usize;
    /// The width of any of them.
    const WIDTH: Width;
    /// Starting on a byte boundary, each ends on one.
    const WHOLE: bool;
    /// What they are called, by their place.
    const NAMES: &'static [&'static str];

    /// Reads a value with the one at `index`, the last if there are fewer.
    fn read_at<O: Order, A: Align>(
        &self,
        index: usize,
        r: &mut Reader<'de, O, A>,
    ) -> Result<Self::Value, Fault>;

    /// Writes a value with the one at `index`, the last if there are fewer.
    fn write_at<S: Sink, O: Order, A: Align>(
        &self,
        index: usize,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;

    /// Describes each of them.
    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Vec<Shape>;
}

/// Describes what a tag tells apart: names, tags and what comes then.
#[cfg(feature = "alloc")]
pub(super) fn union<'a>(
    tag: Shape,
    variants: impl IntoIterator<Item = (&'a str, u128, Shape)>,
) -> Shape {
    let variants = variants.into_iter().map(|(name, tag, body)| Variant {
        name: name.into(),
        doc: Doc::default(),
        tag,
        also: Vec::new(),
        condition: None,
        direction: None,
        body,
    });
    let variants: Vec<Variant> = variants.collect();
    Shape::Union(Box::new(Union {
        tag,
        source: TagSource::Wire,
        length: None,
        variants: variants.into(),
        other: None,
    }))
}

macro_rules! alternatives {
    ($($count:literal: $($type:ident $index:tt),* ; $last:ident $at_last:tt;)*) => { $(
        impl<'de, T, $($type: Pickler<'de, Value = T>,)* $last: Pickler<'de, Value = T>>
            Alternatives<'de> for ($($type,)* $last,)
        {
            type Value = T;
            const COUNT: usize = $count;
            const WIDTH: Width = $last::WIDTH $(.or($type::WIDTH))*;
            const WHOLE: bool = $last::WHOLE $(&& $type::WHOLE)*;
            const NAMES: &'static [&'static str] =
                &[$(stringify!($index),)* stringify!($at_last)];

            #[inline(always)]
            fn read_at<O: Order, A: Align>(
                &self,
                index: usize,
                r: &mut Reader<'de, O, A>,
            ) -> Result<T, Fault> {
                match index {
                    $($index => self.$index.read(r),)*
                    _ => self.$at_last.read(r),
                }
            }

            #[inline(always)]
            fn write_at<S: Sink, O: Order, A: Align>(
                &self,
                index: usize,
                value: &T,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                match index {
                    $($index => self.$index.write(value, w),)*
                    _ => self.$at_last.write(value, w),
                }
            }

            #[cfg(feature = "alloc")]
            fn describe(&self, d: &mut Describer) -> Vec<Shape> {
                alloc::vec![$(self.$index.describe(d),)* self.$at_last.describe(d)]
            }
        }
    )* };
}

alternatives! {
    1: ; P0 0;
    2: P0 0; P1 1;
    3: P0 0, P1 1; P2 2;
    4: P0 0, P1 1, P2 2; P3 3;
    5: P0 0, P1 1, P2 2, P3 3; P4 4;
    6: P0 0, P1 1, P2 2, P3 3, P4 4; P5 5;
    7: P0 0, P1 1, P2 2, P3 3, P4 4, P5 5; P6 6;
    8: P0 0, P1 1, P2 2, P3 3, P4 4, P5 5, P6 6; P7 7;
}
