//! Things that are carried as other things.

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Text};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`try_map`].
#[derive(Clone, Copy, Debug)]
pub struct TryMap<P, F, G> {
    pickler: P,
    #[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "for descriptions"))]
    name: &'static str,
    from_wire: F,
    to_wire: G,
}

/// A value carried as another: `from_wire` on read, `to_wire` on write. Either
/// may refuse, in words that say why.
///
/// A description shows the wire form and `name`, since it cannot show what the
/// functions do.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, of, try_map};
///
/// let cents = try_map(
///     of::<u32>(),
///     "euros",
///     |cents: u32| Ok::<_, &str>(f64::from(cents) / 100.0),
///     |euros: &f64| {
///         let cents = (euros * 100.0).round();
///         if (0.0..=f64::from(u32::MAX)).contains(&cents) {
///             Ok(cents as u32)
///         } else {
///             Err("not an amount from 0 to 42,949,672.95 euros")
///         }
///     },
/// );
/// assert_eq!(decode_with(&cents, &[0, 0, 0, 250])?, 2.5);
/// assert!(encode_with(&cents, &-1.0).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn try_map<P, F, G>(
    pickler: P,
    name: &'static str,
    from_wire: F,
    to_wire: G,
) -> TryMap<P, F, G> {
    TryMap {
        pickler,
        name,
        from_wire,
        to_wire,
    }
}

impl<'de, P, F, G, T, E, R> Pickler<'de> for TryMap<P, F, G>
where
    P: Pickler<'de>,
    F: Fn(P::Value) -> Result<T, E>,
    G: Fn(&T) -> Result<P::Value, R>,
    E: Into<Text>,
    R: Into<Text>,
{
    type Value = T;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let at = r.bit_offset();
        let wire = self.pickler.read(r)?;
        (self.from_wire)(wire).map_err(|why| r.fail_at(at, ErrorKind::Refused(why.into())))
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.pickler.skip(r)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match (self.to_wire)(value) {
            Ok(wire) => self.pickler.write(&wire, w),
            Err(why) => Err(w.fail(ErrorKind::Refused(why.into()))),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Mapped {
            item: self.pickler.describe(d).into(),
            name: self.name.into(),
        }
    }
}

/// See [`wrap`].
#[derive(Clone, Copy, Debug)]
pub struct Wrap<P, F, G> {
    pickler: P,
    #[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "for descriptions"))]
    name: &'static str,
    from_wire: F,
    to_wire: G,
}

/// A value carried as another, of which neither is refused: Kennedy's `wrap`.
///
/// ```
/// use std::time::Duration;
///
/// use pickler::picklers::{decode_with, encode_with, of, wrap};
///
/// let seconds = wrap(of::<u64>(), "seconds", Duration::from_secs, Duration::as_secs);
/// assert_eq!(decode_with(&seconds, &[0, 0, 0, 0, 0, 0, 0, 9])?, Duration::from_secs(9));
/// assert_eq!(encode_with(&seconds, &Duration::from_secs(9))?[7], 9);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn wrap<P, F, G, V, T>(
    pickler: P,
    name: &'static str,
    from_wire: F,
    to_wire: G,
) -> Wrap<P, F, G>
where
    F: Fn(V) -> T,
    G: Fn(&T) -> V,
{
    Wrap {
        pickler,
        name,
        from_wire,
        to_wire,
    }
}

impl<'de, P, F, G, T> Pickler<'de> for Wrap<P, F, G>
where
    P: Pickler<'de>,
    F: Fn(P::Value) -> T,
    G: Fn(&T) -> P::Value,
{
    type Value = T;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        self.pickler.read(r).map(&self.from_wire)
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.pickler.skip(r)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.pickler.write(&(self.to_wire)(value), w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Mapped {
            item: self.pickler.describe(d).into(),
            name: self.name.into(),
        }
    }
}
