//! Things that a dictionary has a number for.

use alloc::vec::Vec;

use super::alternatives::union;
use super::zero_to::{bits_to, read_to, shape_to, write_to};
use super::{CountInFront, ListCount, Pickler, Prefix};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Step};
use crate::schema::{Describer, Opaque, Shape};
use crate::width::Width;

/// See [`tokenize`].
#[derive(Clone, Copy, Debug)]
pub struct Tokenize<const N: usize, T, P> {
    dictionary: [T; N],
    pickler: P,
}

/// Something that stands for itself behind a 0, or for a value of the
/// dictionary as its number, counted from 1, in the fewest bytes: Kennedy's
/// `tokenize`. What the dictionary has must not be written out.
///
/// ```
/// use pickler::picklers::{counted, decode_with, encode_with, tokenize};
///
/// let header = tokenize(["host", "accept"], counted::<u8, &str>());
/// assert_eq!(encode_with(&header, &"accept")?, [2]);
/// assert_eq!(encode_with(&header, &"via")?, b"\x00\x03via");
/// assert_eq!(decode_with(&header, b"\x01")?, "host");
/// assert_eq!(
///     decode_with(&header, b"\x00\x04host").unwrap_err().to_string(),
///     "0: is written out, but has the number 1, at byte 1",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn tokenize<const N: usize, T, P>(dictionary: [T; N], pickler: P) -> Tokenize<N, T, P> {
    Tokenize {
        dictionary,
        pickler,
    }
}

/// The number of a value, 0 if it has none.
fn number_of<T: PartialEq>(dictionary: &[T], value: &T) -> u64 {
    let place = dictionary.iter().position(|known| known == value);
    place.map_or(0, |place| place as u64 + 1)
}

#[cold]
fn has_number(number: u64) -> ErrorKind {
    let why = alloc::format!("is written out, but has the number {number}");
    ErrorKind::Refused(why.into())
}

/// Reads what stands for itself or for a value of the dictionary.
fn read_token<'de, P: Pickler<'de>, O: Order, A: Align>(
    dictionary: &[P::Value],
    pickler: &P,
    r: &mut Reader<'de, O, A>,
) -> Result<Result<P::Value, usize>, Fault>
where
    P::Value: PartialEq,
{
    let token = read_to(dictionary.len() as u64, r)?;
    if let Some(place) = token.checked_sub(1) {
        // Fits: it is no more than the dictionary's length.
        return Ok(Err(place as usize));
    }
    let at = r.bit_offset();
    let value = match pickler.read(r) {
        Ok(value) => value,
        Err(fault) => return Err(r.within_variant(fault, "0")),
    };
    match number_of(dictionary, &value) {
        0 => Ok(Ok(value)),
        number => {
            let fault = r.fail_at(at, has_number(number));
            Err(r.within_variant(fault, "0"))
        }
    }
}

/// Writes a value as itself or its number, which it gives.
fn write_token<'de, P: Pickler<'de>, S: Sink, O: Order, A: Align>(
    dictionary: &[P::Value],
    pickler: &P,
    value: &P::Value,
    w: &mut Writer<S, O, A>,
) -> Result<u64, Fault>
where
    P::Value: PartialEq,
{
    let number = number_of(dictionary, value);
    write_to(number, dictionary.len() as u64, w)?;
    if number == 0
        && let Err(fault) = pickler.write(value, w)
    {
        return Err(w.within_variant(fault, "0"));
    }
    Ok(number)
}

impl<'de, const N: usize, T, P> Pickler<'de> for Tokenize<N, T, P>
where
    T: PartialEq + Clone,
    P: Pickler<'de, Value = T>,
{
    type Value = T;
    // Of what is behind the number only the greatest is known.
    const WIDTH: Width = Width::fixed(bits_to(N as u64) as u64).then(Width {
        min: 0,
        max: P::WIDTH.max,
    });
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        match read_token(&self.dictionary, &self.pickler, r)? {
            Ok(value) => Ok(value),
            Err(place) => Ok(self.dictionary[place].clone()),
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        write_token(&self.dictionary, &self.pickler, value, w).map(drop)
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        let itself = ("0", 0, self.pickler.describe(d));
        let known = (1..=N).map(|number| {
            let nothing = Shape::Tuple(Vec::new());
            (alloc::format!("{number}"), number as u128, nothing)
        });
        let known: Vec<_> = known.collect();
        let known = known.iter();
        let known = known.map(|(name, number, shape)| (name.as_str(), *number, shape.clone()));
        Shape::Mapped {
            item: union(shape_to(N as u64), [itself].into_iter().chain(known)).into(),
            name: "token".into(),
        }
    }
}

/// See [`memo_list`].
#[derive(Debug)]
pub struct MemoList<const MAX: usize, C, P> {
    count: CountInFront<C>,
    item: P,
}

// Not derived: the count need not be `Clone`.
impl<const MAX: usize, C, P: Clone> Clone for MemoList<MAX, C, P> {
    fn clone(&self) -> Self {
        Self {
            count: CountInFront::new(),
            item: self.item.clone(),
        }
    }
}

/// A list behind a count of type `C`, in which an item that was there before
/// is written as a number in the fewest bytes: Kennedy's `memoList`. The first
/// `MAX` items that differ have the numbers from 1; a new item stands behind
/// a 0.
///
/// What a number stands for is taken from the budget for memory as if it were
/// read again. A description names it and cannot say more.
///
/// ```
/// use pickler::picklers::{counted, decode_with, encode_with, memo_list};
///
/// let words = memo_list::<255, u8, _>(counted::<u8, String>());
/// let sentence = ["no", "means", "no"].map(String::from).to_vec();
/// let bytes = encode_with(&words, &sentence)?;
/// // The first item needs no number: there is nothing that it could be.
/// assert_eq!(bytes, b"\x03\x02no\x00\x05means\x01");
/// assert_eq!(decode_with(&words, &bytes)?, sentence);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn memo_list<const MAX: usize, C, P>(item: P) -> MemoList<MAX, C, P> {
    MemoList {
        count: CountInFront::new(),
        item,
    }
}

impl<'de, const MAX: usize, C, P, T> Pickler<'de> for MemoList<MAX, C, P>
where
    C: for<'a> Prefix<'a> + 'static,
    P: for<'a> Pickler<'a, Value = T> + Clone + Send + Sync + 'static,
    T: PartialEq + Clone,
{
    type Value = Vec<T>;
    // A description does not tell more.
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = <C as Prefix<'de>>::WHOLE && <P as Pickler<'de>>::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Vec<T>, Fault> {
        let count = self.count.read_count(r)?.unwrap_or(0);
        // The first has no number, the others may be one.
        r.expect_items(count.min(1), <P as Pickler<'de>>::WIDTH.min)?;
        r.expect_items(count.saturating_sub(1), if MAX > 0 { 8 } else { 0 })?;
        r.descend()?;
        let (mut items, mut known, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
        for index in 0..count {
            let start = r.bit_offset();
            let item = match read_token(&known, &self.item, r) {
                Ok(item) => item,
                Err(fault) => return Err(r.within(fault, Step::Item(index))),
            };
            let item: T = match item {
                Ok(item) => {
                    r.expect_memory(1, size_of::<T>())?;
                    if known.len() < MAX {
                        known.push(item.clone());
                        sizes.push(r.bit_offset().saturating_sub(start) / 8);
                    }
                    item
                }
                Err(place) => {
                    r.expect_memory(1, size_of::<T>())?;
                    r.expect_memory(sizes[place], MEMORY_PER_BYTE)?;
                    known[place].clone()
                }
            };
            items.push(item);
        }
        r.ascend();
        Ok(items)
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        items: &Vec<T>,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.count.write_count(items.len(), w)?;
        w.expect_items(items.len().min(1), <P as Pickler<'de>>::WIDTH.min)?;
        w.expect_items(items.len().saturating_sub(1), if MAX > 0 { 8 } else { 0 })?;
        w.descend()?;
        let mut known: Vec<T> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match write_token(&known, &self.item, item, w) {
                Ok(0) if known.len() < MAX => known.push(item.clone()),
                Ok(_) => {}
                Err(fault) => return Err(w.within(fault, Step::Item(index as u64))),
            }
        }
        w.ascend();
        Ok(())
    }

    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Opaque(Opaque::new("memo_list", self.clone()))
    }
}

/// How many bytes of memory a value takes for each of its bytes on the wire, at
/// the most that is usual.
const MEMORY_PER_BYTE: usize = 32;
