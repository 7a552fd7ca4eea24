//! One of several things behind a tag that says which.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use super::alternatives::union;
use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`discriminated`].
#[derive(Clone, Copy, Debug)]
pub struct Discriminated<P, C> {
    tag: P,
    cases: C,
}

/// One of several things behind a tag that says which: scodec's
/// `discriminated`. A `#[derive(Pickle)]` of an enum says the same, and finds
/// the case faster.
///
/// ```
/// use pickler::picklers::{case, counted, decode_with, discriminated, encode_with, of};
///
/// #[derive(Debug, PartialEq)]
/// enum Id {
///     Number(u32),
///     Name(String),
/// }
///
/// let id = discriminated(of::<u8>(), (
///     case(b'#', "Number", of::<u32>(), Id::Number, |id: &Id| match id {
///         Id::Number(number) => Some(number),
///         Id::Name(_) => None,
///     }),
///     case(b'@', "Name", counted::<u8, String>(), Id::Name, |id: &Id| match id {
///         Id::Name(name) => Some(name),
///         Id::Number(_) => None,
///     }),
/// ));
/// assert_eq!(encode_with(&id, &Id::Name("bob".into()))?, b"@\x03bob");
/// assert_eq!(decode_with(&id, b"#\0\0\0\x07")?, Id::Number(7));
/// assert_eq!(
///     decode_with(&id, b"!").unwrap_err().to_string(),
///     "unknown tag 33 (0x21), at byte 0",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn discriminated<P, C>(tag: P, cases: C) -> Discriminated<P, C> {
    Discriminated { tag, cases }
}

/// See [`case`].
#[derive(Clone, Copy, Debug)]
pub struct Case<I, T, P, F, G> {
    tag: I,
    name: &'static str,
    pickler: P,
    make: F,
    get: G,
    value: PhantomData<fn() -> T>,
}

/// One case of [`discriminated`]: `make` makes its value of what the pickler
/// reads, and `get` gives that back, if the value is of this case.
pub const fn case<I, P, F, G, T, V>(
    tag: I,
    name: &'static str,
    pickler: P,
    make: F,
    get: G,
) -> Case<I, T, P, F, G>
where
    F: Fn(V) -> T,
    G: Fn(&T) -> Option<&V>,
{
    Case {
        tag,
        name,
        pickler,
        make,
        get,
        value: PhantomData,
    }
}

/// Several [`case`]s: a tuple of one to eight.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no choice of cases",
    note = "a choice is a tuple of one to eight `case(...)`, of the same type of tag and value"
)]
pub trait Cases<'de> {
    /// What tells them apart.
    type Tag;
    /// What all of them are.
    type Value;
    /// The width of any of them.
    const WIDTH: Width;
    /// Starting on a byte boundary, each ends on one.
    const WHOLE: bool;

    /// Reads a value of the case with that tag; `None` if there is none.
    fn read_case<O: Order, A: Align>(
        &self,
        tag: Self::Tag,
        r: &mut Reader<'de, O, A>,
    ) -> Option<Result<Self::Value, Fault>>;

    /// Writes the tag of a value's case and the value; `None` if it has none.
    fn write_case<P, S: Sink, O: Order, A: Align>(
        &self,
        tag: &P,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Option<Result<(), Fault>>
    where
        P: Pickler<'de, Value = Self::Tag>;

    /// Describes each of them: its name, its tag's bits, what comes then.
    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Vec<(&'static str, u128, Shape)>;
}

macro_rules! cases {
    ($($(($pickler:ident $make:ident $get:ident $index:tt))*;)*) => { $(
        impl<'de, I: Integer, T, $($pickler, $make, $get),*>
            Cases<'de> for ($(Case<I, T, $pickler, $make, $get>,)*)
        where
            $(
                $pickler: Pickler<'de>,
                $make: Fn($pickler::Value) -> T,
                $get: Fn(&T) -> Option<&$pickler::Value>,
            )*
        {
            type Tag = I;
            type Value = T;
            const WIDTH: Width = cases!(@or $($pickler::WIDTH),*);
            const WHOLE: bool = true $(&& $pickler::WHOLE)*;

            #[inline(always)]
            fn read_case<O: Order, A: Align>(
                &self,
                tag: I,
                r: &mut Reader<'de, O, A>,
            ) -> Option<Result<T, Fault>> {
                $(
                    let case = &self.$index;
                    if case.tag == tag {
                        return Some(match case.pickler.read(r) {
                            Ok(value) => Ok((case.make)(value)),
                            Err(fault) => Err(r.within_variant(fault, case.name)),
                        });
                    }
                )*
                None
            }

            #[inline(always)]
            fn write_case<P, S: Sink, O: Order, A: Align>(
                &self,
                tag: &P,
                value: &T,
                w: &mut Writer<S, O, A>,
            ) -> Option<Result<(), Fault>>
            where
                P: Pickler<'de, Value = I>,
            {
                $(
                    let case = &self.$index;
                    if let Some(value) = (case.get)(value) {
                        let result = match tag.write(&case.tag, w) {
                            Ok(()) => case.pickler.write(value, w),
                            Err(fault) => Err(fault),
                        };
                        return Some(result.map_err(|fault| w.within_variant(fault, case.name)));
                    }
                )*
                None
            }

            #[cfg(feature = "alloc")]
            fn describe(&self, d: &mut Describer) -> Vec<(&'static str, u128, Shape)> {
                alloc::vec![$((
                    self.$index.name,
                    self.$index.tag.to_low_bits(),
                    self.$index.pickler.describe(d),
                )),*]
            }
        }
    )* };
    (@or $first:expr $(, $rest:expr)*) => { $first $(.or($rest))* };
}

cases! {
    (P0 F0 G0 0);
    (P0 F0 G0 0) (P1 F1 G1 1);
    (P0 F0 G0 0) (P1 F1 G1 1) (P2 F2 G2 2);
    (P0 F0 G0 0) (P1 F1 G1 1) (P2 F2 G2 2) (P3 F3 G3 3);
    (P0 F0 G0 0) (P1 F1 G1 1) (P2 F2 G2 2) (P3 F3 G3 3) (P4 F4 G4 4);
    (P0 F0 G0 0) (P1 F1 G1 1) (P2 F2 G2 2) (P3 F3 G3 3) (P4 F4 G4 4) (P5 F5 G5 5);
    (P0 F0 G0 0) (P1 F1 G1 1) (P2 F2 G2 2) (P3 F3 G3 3) (P4 F4 G4 4) (P5 F5 G5 5) (P6 F6 G6 6);
    (P0 F0 G0 0) (P1 F1 G1 1) (P2 F2 G2 2) (P3 F3 G3 3) (P4 F4 G4 4) (P5 F5 G5 5) (P6 F6 G6 6)
        (P7 F7 G7 7);
}

impl<'de, P, C> Pickler<'de> for Discriminated<P, C>
where
    P: Pickler<'de, Value: Integer>,
    C: Cases<'de, Tag = P::Value>,
{
    type Value = C::Value;
    // Of what is behind the tag only the greatest is known.
    const WIDTH: Width = P::WIDTH.then(Width {
        min: 0,
        max: C::WIDTH.max,
    });
    const WHOLE: bool = P::WHOLE && C::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<C::Value, Fault> {
        let at = r.bit_offset();
        let tag = self.tag.read(r)?;
        if let Some(result) = self.cases.read_case(tag, r) {
            return result;
        }
        let found = wire_bits(tag.to_low_bits(), P::WIDTH);
        Err(r.fail_at(at, ErrorKind::UnknownTag { found }))
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &C::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match self.cases.write_case(&self.tag, value, w) {
            Some(result) => result,
            None => Err(w.fail(ErrorKind::Refused("of none of the cases".into()))),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let tag = self.tag.describe(d);
        let mut cases = self.cases.describe(d);
        for (_, tag, _) in &mut cases {
            *tag = wire_bits(*tag, P::WIDTH);
        }
        union(tag, cases)
    }
}

/// As many of a tag's bits as are on the wire.
fn wire_bits(tag: u128, width: Width) -> u128 {
    match width.as_fixed() {
        Some(bits @ 1..128) => tag & ((1 << bits) - 1),
        _ => tag,
    }
}
