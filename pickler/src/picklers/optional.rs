//! Things that may be absent.

use super::Pickler;
use super::pickler::{Of, of};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::dynamic::Value;
use crate::error::{ErrorKind, no_value};
use crate::schema::Expr;
#[cfg(feature = "alloc")]
use crate::schema::{self, Describer, Shape};
use crate::width::Width;

/// What says whether something is there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say whether something is there",
    note = "use `option`, `flagged`, `conditional` or `unless_end`"
)]
pub trait Presence<'de> {
    /// How much room that takes in front of it.
    const WIDTH: Width;
    /// Starting on a byte boundary, it ends on one.
    const WHOLE: bool;
    /// What is there must take room, or it would be read as absent.
    const NEEDS_ROOM: bool = false;

    /// Whether the thing comes now.
    fn is_next<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<bool, Fault>;

    /// Whether it must be there, if something else decides that.
    fn decided<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<Option<bool>, Fault>;

    /// Says whether the thing comes now.
    fn announce<S: Sink, O: Order, A: Align>(
        &self,
        present: bool,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;

    /// Describes what says so.
    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> schema::Presence;
}

/// A flag in front; see [`flagged`].
#[derive(Clone, Copy, Debug)]
pub struct Flag<F>(F);

/// A condition; see [`conditional`].
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    value: Option<i128>,
    expr: fn() -> Expr,
}

/// The end of the input; see [`unless_end`].
#[derive(Clone, Copy, Debug)]
pub struct UnlessEnd(());

/// See [`flagged`], [`conditional`] and [`unless_end`].
#[derive(Clone, Copy, Debug)]
pub struct Optional<W, P> {
    presence: W,
    pickler: P,
}

/// See [`with_default`].
#[derive(Clone, Copy, Debug)]
pub struct WithDefault<W, P, D> {
    optional: Optional<W, P>,
    default: D,
}

/// Something behind a flag that says whether it is there: `flag`.
///
/// ```
/// use pickler::picklers::{bits, decode_with, encode_with, flagged, of};
///
/// let seat = flagged(of::<bool>(), of::<u16>());
/// assert_eq!(encode_with(&seat, &Some(3))?, [1, 0, 3]);
/// assert_eq!(encode_with(&seat, &None)?, [0]);
/// assert!(decode_with(&seat, &[2, 0, 3]).is_err());
///
/// let card = flagged(bits::<1, bool>(), bits::<7, u8>());
/// assert_eq!(decode_with(&card, &[0x85])?, Some(5));
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn flagged<F, P>(flag: F, pickler: P) -> Optional<Flag<F>, P> {
    Optional {
        presence: Flag(flag),
        pickler,
    }
}

/// Something behind a byte, 0 or 1, that says whether it is there: Kennedy's
/// `option`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, of, option};
///
/// assert_eq!(encode_with(&option(of::<u8>()), &Some(7))?, [1, 7]);
/// assert_eq!(decode_with(&option(of::<u8>()), &[0])?, None);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn option<P>(pickler: P) -> Optional<Flag<Of<bool>>, P> {
    flagged(of(), pickler)
}

/// Something that is there where a condition holds: `if = version > 1`. It holds
/// where `value`, the value of `expr`, is not 0; `None`: it overflows.
///
/// What is written must be there or absent as the condition says.
///
/// ```
/// use pickler::picklers::{conditional, decode_with, encode_with, of};
/// use pickler::schema::Expr;
///
/// let there = conditional(Some(1), || Expr::Integer(1), of::<u8>());
/// assert_eq!(decode_with(&there, &[7])?, Some(7));
/// let absent = conditional(Some(0), || Expr::Integer(0), of::<u8>());
/// assert_eq!(decode_with(&absent, &[])?, None);
/// assert_eq!(
///     encode_with(&absent, &Some(7)).unwrap_err().to_string(),
///     "must be absent here: its condition does not hold",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn conditional<P>(
    value: Option<i128>,
    expr: fn() -> Expr,
    pickler: P,
) -> Optional<Condition, P> {
    Optional {
        presence: Condition { value, expr },
        pickler,
    }
}

/// Something that is there unless the input, or the piece of it that a size
/// confines, ends here: `rest`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, of, unless_end};
///
/// let extension = unless_end(of::<u16>());
/// assert_eq!(decode_with(&extension, &[0, 7])?, Some(7));
/// assert_eq!(decode_with(&extension, &[])?, None);
/// assert!(decode_with(&extension, &[0]).is_err());
/// assert!(encode_with(&extension, &None)?.is_empty());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn unless_end<P>(pickler: P) -> Optional<UnlessEnd, P> {
    Optional {
        presence: UnlessEnd(()),
        pickler,
    }
}

/// Something that may be absent and then has a default: behind a flag, it is
/// absent where it has its default; under a condition, what is absent must
/// have it.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, of, option, with_default};
///
/// let price = with_default(option(of::<u8>()), || 10);
/// assert_eq!(encode_with(&price, &10)?, [0]);
/// assert_eq!(encode_with(&price, &11)?, [1, 11]);
/// assert_eq!(decode_with(&price, &[0])?, 10);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn with_default<W, P, D>(optional: Optional<W, P>, default: D) -> WithDefault<W, P, D> {
    WithDefault { optional, default }
}

impl<'de, F: Pickler<'de, Value = bool>> Presence<'de> for Flag<F> {
    const WIDTH: Width = F::WIDTH;
    const WHOLE: bool = F::WHOLE;

    #[inline(always)]
    fn is_next<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<bool, Fault> {
        self.0.read(r)
    }

    #[inline(always)]
    fn decided<S: Sink, O: Order, A: Align>(
        &self,
        _: &mut Writer<S, O, A>,
    ) -> Result<Option<bool>, Fault> {
        Ok(None)
    }

    #[inline(always)]
    fn announce<S: Sink, O: Order, A: Align>(
        &self,
        present: bool,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.0.write(&present, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> schema::Presence {
        schema::Presence::Flag(self.0.describe(d).into())
    }
}

impl<'de> Presence<'de> for Condition {
    const WIDTH: Width = Width::ZERO;
    const WHOLE: bool = true;

    #[inline(always)]
    fn is_next<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<bool, Fault> {
        match self.value {
            Some(value) => Ok(value != 0),
            None => Err(r.fail(no_value(self.expr))),
        }
    }

    #[inline(always)]
    fn decided<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<Option<bool>, Fault> {
        match self.value {
            Some(value) => Ok(Some(value != 0)),
            None => Err(w.fail(no_value(self.expr))),
        }
    }

    #[inline(always)]
    fn announce<S: Sink, O: Order, A: Align>(
        &self,
        present: bool,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match self.decided(w)? {
            Some(expected) if expected != present => {
                Err(w.fail(ErrorKind::WrongPresence { expected }))
            }
            _ => Ok(()),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> schema::Presence {
        schema::Presence::If((self.expr)())
    }
}

impl<'de> Presence<'de> for UnlessEnd {
    const WIDTH: Width = Width::ZERO;
    const WHOLE: bool = true;
    const NEEDS_ROOM: bool = true;

    #[inline(always)]
    fn is_next<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<bool, Fault> {
        // Less than a byte is what pads the last one.
        r.has_bits(8)
    }

    #[inline(always)]
    fn decided<S: Sink, O: Order, A: Align>(
        &self,
        _: &mut Writer<S, O, A>,
    ) -> Result<Option<bool>, Fault> {
        Ok(None)
    }

    #[inline(always)]
    fn announce<S: Sink, O: Order, A: Align>(
        &self,
        present: bool,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if !present {
            w.goes_on();
        }
        Ok(())
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> schema::Presence {
        schema::Presence::UnlessEnd
    }
}

/// What takes no room, where only that would tell that it is there.
#[cold]
pub(crate) fn takes_no_room() -> ErrorKind {
    ErrorKind::Refused("takes no room, so that it would be read as absent".into())
}

impl<'de, W: Presence<'de>, P: Pickler<'de>> Optional<W, P> {
    #[inline(always)]
    fn write_present<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let start = w.bit_offset();
        self.pickler.write(value, w)?;
        if W::NEEDS_ROOM && w.bit_offset() == start {
            return Err(w.fail(takes_no_room()));
        }
        Ok(())
    }
}

impl<'de, W: Presence<'de>, P: Pickler<'de>> Pickler<'de> for Optional<W, P> {
    type Value = Option<P::Value>;
    const WIDTH: Width = {
        assert!(
            P::WHOLE || !W::NEEDS_ROOM,
            "what ends within a byte needs a flag: padding could not be told from it"
        );
        W::WIDTH.then(Width {
            min: 0,
            max: P::WIDTH.max,
        })
    };
    const WHOLE: bool = W::WHOLE && P::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
    ) -> Result<Option<P::Value>, Fault> {
        if self.presence.is_next(r)? {
            self.pickler.read(r).map(Some)
        } else {
            Ok(None)
        }
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        if self.presence.is_next(r)? {
            self.pickler.skip(r)
        } else {
            Ok(())
        }
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Option<P::Value>,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.presence.announce(value.is_some(), w)?;
        match value {
            Some(value) => self.write_present(value, w),
            None => Ok(()),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Conditional {
            item: self.pickler.describe(d).into(),
            presence: self.presence.describe(d),
            absent: Value::Null,
        }
    }
}

impl<'de, W, P, D> Pickler<'de> for WithDefault<W, P, D>
where
    W: Presence<'de>,
    P: Pickler<'de>,
    P::Value: PartialEq,
    D: Fn() -> P::Value,
{
    type Value = P::Value;
    const WIDTH: Width = Optional::<W, P>::WIDTH;
    const WHOLE: bool = Optional::<W, P>::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        match self.optional.read(r)? {
            Some(value) => Ok(value),
            None => Ok((self.default)()),
        }
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.optional.skip(r)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let presence = &self.optional.presence;
        let present = match presence.decided(w)? {
            Some(true) => true,
            _ => *value != (self.default)(),
        };
        presence.announce(present, w)?;
        if present {
            self.optional.write_present(value, w)
        } else {
            Ok(())
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let Optional { presence, pickler } = &self.optional;
        let item = pickler.describe(d);
        let absent = d.default_of(pickler, &item, &(self.default)());
        Shape::Conditional {
            item: item.into(),
            presence: presence.describe(d),
            absent,
        }
    }
}
