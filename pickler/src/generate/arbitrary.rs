//! Values from the bytes of a fuzzer, through the crate `arbitrary`.

use ::arbitrary::{Error, Result, Unstructured};

use super::{Choices, Unsatisfied, value};
use crate::pickle::PickleOwned;

/// A value from a fuzzer's bytes.
///
/// `#[pickle(arbitrary)]` on a type implements
/// [`arbitrary::Arbitrary`](::arbitrary::Arbitrary) by this.
///
/// ```
/// use arbitrary::{Arbitrary, Unstructured};
/// use pickler::Pickle;
///
/// #[derive(Pickle, Debug, PartialEq)]
/// #[pickle(arbitrary)]
/// struct Bet {
///     #[pickle(bits = 4)]
///     seat: u8,
///     #[pickle(bits = 12)]
///     amount: u16,
/// }
///
/// let mut bytes = Unstructured::new(&[4, 0, 6, 3]);
/// let bet = Bet::arbitrary(&mut bytes)?;
/// assert_eq!(pickler::decode::<Bet>(&pickler::encode(&bet).unwrap()).unwrap(), bet);
/// # Ok::<(), arbitrary::Error>(())
/// ```
///
/// # Errors
/// [`IncorrectFormat`](Error::IncorrectFormat) if no value fits.
pub fn arbitrary<T: PickleOwned + 'static>(bytes: &mut Unstructured<'_>) -> Result<T> {
    value(bytes).map_err(|_: Unsatisfied| Error::IncorrectFormat)
}

impl Choices for Unstructured<'_> {
    fn up_to(&mut self, max: u128) -> u128 {
        // Without bytes left this is the least; it does not fail otherwise.
        self.int_in_range(0..=max).unwrap_or(0)
    }
}
