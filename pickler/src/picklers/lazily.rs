//! Formats that hold themselves.

use alloc::boxed::Box;
use core::marker::PhantomData;

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// A format that holds itself, by a name; see [`lazily`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no format",
    note = "implement `Recursive`: its `pickler` may mention `lazily::<{Self}>()`"
)]
pub trait Recursive {
    /// The format's name in descriptions.
    const NAME: &'static str;
    /// Starting on a byte boundary, every value ends on one.
    const WHOLE: bool = true;
    /// What is read and written.
    type Value;

    /// The pickler of a value.
    fn pickler() -> impl for<'de> Pickler<'de, Value = Self::Value>;
}

/// See [`lazily`].
#[derive(Clone, Copy, Debug)]
pub struct Lazily<F>(PhantomData<fn() -> F>);

/// A format by its name, which is looked up when it is needed: so a format may
/// hold itself. scodec's `lazily`. Each mention is one level deeper.
///
/// ```
/// use pickler::Pickler;
/// use pickler::picklers::{Recursive, decode_with, encode_with, lazily, list, of, wrap};
///
/// #[derive(Clone, Debug, PartialEq)]
/// struct Tree {
///     value: u8,
///     branches: Vec<Tree>,
/// }
///
/// impl Recursive for Tree {
///     const NAME: &'static str = "Tree";
///     type Value = Self;
///
///     fn pickler() -> impl for<'de> Pickler<'de, Value = Self> {
///         wrap(
///             (of::<u8>(), list::<u8, _>(lazily::<Self>())),
///             "tree",
///             |(value, branches)| Self { value, branches },
///             |tree: &Self| (tree.value, tree.branches.clone()),
///         )
///     }
/// }
///
/// let leaf = |value| Tree { value, branches: vec![] };
/// let tree = Tree { value: 1, branches: vec![leaf(2), leaf(3)] };
/// let bytes = encode_with(&lazily::<Tree>(), &tree)?;
/// assert_eq!(bytes, [1, 2, 2, 0, 3, 0]);
/// assert_eq!(decode_with(&lazily::<Tree>(), &bytes)?, tree);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn lazily<F: Recursive>() -> Lazily<F> {
    Lazily(PhantomData)
}

/// The pickler of a format, which must be as whole as the format says.
#[inline(always)]
fn whole_as_said<'de, F: Recursive, P: Pickler<'de>>(pickler: P) -> P {
    const {
        assert!(
            P::WHOLE || !F::WHOLE,
            "a format that ends within a byte says `const WHOLE: bool = false`"
        );
    }
    pickler
}

impl<'de, F: Recursive> Pickler<'de> for Lazily<F> {
    type Value = F::Value;
    // As of all that types recurse through.
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = F::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<F::Value, Fault> {
        let pickler = whole_as_said::<F, _>(F::pickler());
        r.descend()?;
        let value = pickler.read(r)?;
        r.ascend();
        Ok(value)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &F::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let pickler = whole_as_said::<F, _>(F::pickler());
        w.descend()?;
        pickler.write(value, w)?;
        w.ascend();
        Ok(())
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        let key = core::any::type_name::<F>();
        let named = d.define(key, F::NAME, "", |d| F::pickler().describe(d));
        Shape::Boxed(Box::new(named))
    }
}
