//! Types that derive deku's traits.

use alloc::string::ToString;
use core::marker::PhantomData;

use deku::{DekuContainerRead, DekuContainerWrite};

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Text};
use crate::schema::{Describer, Opaque, Shape};
use crate::width::Width;

/// See [`deku()`].
#[derive(Clone, Copy, Debug)]
pub struct Deku<T>(PhantomData<fn() -> T>);

/// A value of a type that derives deku's `DekuRead` and `DekuWrite`, as deku
/// reads and writes it: `#[pickle(deku)]`.
///
/// Byte order and bit order are those that the type says to deku; they are not
/// inherited. It starts on a byte boundary and has whole bytes. A description
/// names the type and cannot say more. The limits do not hold within: what deku
/// allocates for a count in the input is its own matter.
///
/// ```
/// use deku::{DekuRead, DekuWrite};
/// use pickler::Pickle;
///
/// #[derive(DekuRead, DekuWrite, Debug, PartialEq)]
/// #[deku(endian = "big")]
/// struct Old {
///     #[deku(bits = 4)]
///     version: u8,
///     #[deku(bits = 4)]
///     kind: u8,
///     size: u16,
/// }
///
/// #[derive(Pickle, Debug, PartialEq)]
/// struct New {
///     id: u8,
///     #[pickle(deku)]
///     old: Old,
/// }
///
/// let new = New { id: 1, old: Old { version: 4, kind: 5, size: 0x0102 } };
/// assert_eq!(pickler::encode(&new)?, [1, 0x45, 1, 2]);
/// assert_eq!(pickler::decode::<New>(&[1, 0x45, 1, 2])?, new);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn deku<T>() -> Deku<T> {
    Deku(PhantomData)
}

/// A value at the start of `bytes`, and how many it takes.
fn read<'de, T: DekuContainerRead<'de>>(bytes: &'de [u8]) -> Result<(T, usize), Text> {
    match T::from_bytes((bytes, 0)) {
        Ok(((rest, 0), value)) => Ok((value, bytes.len() - rest.len())),
        Ok(_) => Err("a deku type that does not end on a byte boundary".into()),
        Err(error) => Err(error.to_string().into()),
    }
}

impl<'de, T> Pickler<'de> for Deku<T>
where
    T: for<'a> DekuContainerRead<'a> + DekuContainerWrite + 'static,
{
    type Value = T;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = true;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        // Nothing but a byte boundary is asked for.
        r.bytes(0)?;
        match read(r.rest()) {
            Ok((value, size)) => {
                r.bytes(size)?;
                Ok(value)
            }
            Err(why) => Err(r.fail(ErrorKind::Refused(why))),
        }
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        match value.to_bytes() {
            Ok(bytes) => w.bytes(&bytes),
            Err(error) => Err(w.fail(ErrorKind::Refused(error.to_string().into()))),
        }
    }

    fn describe(&self, _: &mut Describer) -> Shape {
        let pickler = Self(PhantomData);
        Shape::Opaque(Opaque::new(core::any::type_name::<T>(), pickler))
    }
}
