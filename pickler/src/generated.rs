//! What the code that the derive writes calls; no part of the interface.

#[cfg(feature = "alloc")]
pub use alloc::boxed::Box;
#[cfg(feature = "alloc")]
pub use alloc::vec;
#[cfg(feature = "alloc")]
pub use alloc::vec::Vec;

#[cfg(feature = "arbitrary")]
pub use ::arbitrary;
#[cfg(feature = "proptest")]
pub use ::proptest;

use core::ops::Range;

use crate::context::{Contextual, Misfit, Parameter};
#[cfg(feature = "alloc")]
use crate::cursor::SliceSink;
use crate::cursor::{Align, ByteOrder, Fault, Order, Outer, Reader, Rehearsal, Sink, Writer};
use crate::error::{Error, ErrorKind};
use crate::pickle::Pickle;
use crate::picklers::{
    Countable, Integer, Pickler, read_padding, read_rest_as_padding, to_boundary, undecided,
    write_padding, write_padding_to,
};
pub use crate::picklers::{no_variant, try_next};
use crate::schema::Padding;
#[cfg(feature = "alloc")]
use crate::schema::{Checksum, Enumeration, Other, Shape};
use crate::schema::{Expr, IntegerType, LengthCounts, Operand, Operator, UnaryOperator, Variants};
#[cfg(feature = "alloc")]
pub use crate::schema::{describe_variant, member_name};
use crate::types::Derived;
use crate::width::Width;

#[cfg(feature = "alloc")]
pub use crate::picklers::keyed;
pub use crate::{__described as described, __shown as shown, with_alloc};

/// The description that a pickler needs, which is asked for only where there
/// are descriptions.
#[cfg(feature = "alloc")]
#[doc(hidden)]
#[macro_export]
macro_rules! __described {
    ($($description:tt)*) => { $($description)* };
}

/// The description that a pickler needs, which is asked for only where there
/// are descriptions.
#[cfg(not(feature = "alloc"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __described {
    ($($description:tt)*) => {
        ::core::unreachable!("nothing is described without the feature `alloc`")
    };
}

/// A pickler whose values are shown as others, where anything shows them.
#[cfg(feature = "alloc")]
#[doc(hidden)]
#[macro_export]
macro_rules! __shown {
    ($pickler:expr, [$($pairs:tt)*]) => {
        $crate::picklers::shown($pickler, || [$($pairs)*])
    };
}

/// A pickler whose values are shown as others, where anything shows them.
#[cfg(not(feature = "alloc"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __shown {
    ($pickler:expr, [$($pairs:tt)*]) => {
        $pickler
    };
}

/// The width of what a closure would make; it is not called.
pub const fn width_of<'de, P: Pickler<'de>, F: Fn() -> P>(_: &F) -> Width {
    P::WIDTH
}

/// A width, after the checks that stand in that of what is inside.
pub const fn checked(_: Width, width: Width) -> Width {
    width
}

/// Whether what a closure would make is whole; it is not called.
pub const fn whole_of<'de, P: Pickler<'de>, F: Fn() -> P>(_: &F) -> bool {
    P::WHOLE
}

/// The number that a value is in an expression.
#[inline(always)]
pub fn operand<T: Operand>(value: &T) -> Option<i128> {
    value.operand()
}

/// The parameter that an expression gives.
#[inline(always)]
pub fn parameter<T: Parameter>(value: Option<i128>) -> Result<T, Misfit> {
    match value {
        Some(value) => T::from_operand(value),
        None => Err(Misfit::NO_VALUE),
    }
}

/// Whether an integer fits so many bits.
pub const fn fits(value: i128, bits: u32, signed: bool) -> bool {
    let (min, max) = crate::context::bounds(bits, signed);
    min <= value && value <= max
}

/// Checks that arguments are given for all parameters of a type, and no others.
pub const fn check_arguments<T: Contextual>(names: &[&str]) {
    let mut index = 0;
    while index < names.len() {
        let _ = parameter_index::<T>(names[index]);
        index += 1;
    }
    assert!(
        names.len() == T::PARAMETERS.len(),
        "`given` must name each parameter of the type's `context` once",
    );
}

/// Where a parameter stands.
pub const fn parameter_index<T: Contextual>(name: &str) -> usize {
    let mut index = 0;
    while index < T::PARAMETERS.len() {
        if crate::schema::same(T::PARAMETERS[index], name) {
            return index;
        }
        index += 1;
    }
    panic!("`given` names a parameter that the type's `context` does not have")
}

/// Arguments in the order of the parameters.
#[cfg(feature = "alloc")]
pub fn in_order<T: Contextual, const N: usize>(arguments: [(&str, Expr); N]) -> Vec<Expr> {
    let mut arguments = Vec::from(arguments);
    arguments.sort_by_key(|(name, _)| T::PARAMETERS.iter().position(|it| it == name));
    arguments.into_iter().map(|(_, expr)| expr).collect()
}

/// The tag that a value has in an expression.
#[inline(always)]
pub fn tag<T: Variants>(value: &T) -> Option<i128> {
    value.operand()
}

/// A constant, for the description.
#[cfg(feature = "alloc")]
pub fn describe_operand<T: Operand>(value: &T) -> Expr {
    value.describe()
}

/// A value of an enum, for the description: by the name of its variant.
#[cfg(feature = "alloc")]
pub fn describe_tagged<T: Variants>(value: &T) -> Expr {
    crate::schema::describe_tagged(value)
}

/// The tag of a variant, by its name in Rust.
pub const fn tag_of<T: Variants>(variant: &str) -> i128 {
    crate::schema::tag_of::<T>(variant)
}

/// How many units a field has, in an expression.
#[inline(always)]
pub fn units<'de, T: Countable<'de>>(value: &T) -> Option<i128> {
    i128::try_from(value.count()).ok()
}

/// How many bytes lie between two bit offsets, in an expression.
#[inline(always)]
pub fn bytes_between(start: u64, end: u64) -> Option<i128> {
    Some((end - start).div_ceil(8).into())
}

/// Two values connected, in an expression.
#[inline(always)]
pub fn binary(left: Option<i128>, operator: Operator, right: Option<i128>) -> Option<i128> {
    operator.apply(left?, right?)
}

/// One value with an operator in front, in an expression.
#[inline(always)]
pub fn unary(operator: UnaryOperator, value: Option<i128>, of_condition: bool) -> Option<i128> {
    operator.apply(value?, of_condition)
}

/// Two values connected by `&&` or `||`, in an expression.
#[inline(always)]
pub fn logical(
    left: Option<i128>,
    operator: Operator,
    right: impl FnOnce() -> Option<i128>,
) -> Option<i128> {
    match operator.decided(left) {
        Some(decided) => decided,
        None => operator.apply(left?, right()?),
    }
}

/// A value that must fit a type, in an expression.
#[inline(always)]
pub fn cast(value: Option<i128>, bits: u32, signed: bool) -> Option<i128> {
    IntegerType { bits, signed }.cast(value?)
}

/// The fault of a value that was read and is not what it must be.
#[cold]
#[inline(never)]
pub fn unsatisfied<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    at: u64,
    found: Option<i128>,
    condition: fn() -> Expr,
) -> Fault {
    let condition = condition_text(condition);
    r.fail_at(at, ErrorKind::Unsatisfied { condition, found })
}

/// The fault of a value that is to be written and is not what it must be.
#[cold]
#[inline(never)]
pub fn unwritable<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    found: Option<i128>,
    condition: fn() -> Expr,
) -> Fault {
    let condition = condition_text(condition);
    w.fail(ErrorKind::Unsatisfied { condition, found })
}

#[cfg(feature = "alloc")]
fn condition_text(condition: fn() -> Expr) -> crate::Text {
    crate::Text::display(&condition())
}

#[cfg(not(feature = "alloc"))]
fn condition_text(_: fn() -> Expr) -> crate::Text {
    crate::Text::from_static("what is declared of it")
}

/// Checks what was read of a derived field, in the bits `place`.
#[inline]
pub fn check_derived<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    place: Range<u64>,
    found: Option<i128>,
    expected: Option<i128>,
) -> Result<(), Fault> {
    let (found, expected) = (found.unwrap_or(i128::MAX), expected.unwrap_or(i128::MAX));
    if found == expected {
        Ok(())
    } else {
        Err(r.fail_in(place, ErrorKind::WrongDerived { expected, found }))
    }
}

/// Writes a derived field of `bits`: what was forged, or what follows.
#[inline]
pub fn write_derived<'de, P, S, O, A>(
    pickler: &P,
    field: &Derived<P::Value>,
    follows: i128,
    bits: u32,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault>
where
    P: Pickler<'de>,
    P::Value: Integer,
    S: Sink,
    O: Order,
    A: Align,
{
    if let Some(forged) = field.forged() {
        return pickler.write(forged, w);
    }
    let mask = u128::MAX >> (128 - bits);
    let (min, max) = if P::Value::SIGNED {
        (-1_i128 << (bits - 1), (mask >> 1).cast_signed())
    } else {
        (0, i128::try_from(mask).unwrap_or(i128::MAX))
    };
    if follows < min || follows > max {
        let value = follows;
        return Err(w.fail(ErrorKind::OutOfRange { value, min, max }));
    }
    pickler.write(&P::Value::from_low_bits(follows.cast_unsigned()), w)
}

/// Checks a checksum that was read: the field `index` of a record that starts
/// with `bytes`.
#[cfg(feature = "alloc")]
#[inline]
pub fn check_checksum<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    (bytes, start): (&[u8], u64),
    places: &[u64],
    (index, zeroed): (usize, &[usize]),
    checksum: Checksum,
    found: Option<i128>,
) -> Result<(), Fault> {
    let place = places[index]..places[index + 1];
    match checksum.of(bytes, start, places, zeroed.iter().copied()) {
        Some(expected) => check_derived(r, place, found, Some(expected.into())),
        None => Err(r.fail_in(place, ErrorKind::NotOnByteBoundary)),
    }
}

/// Puts a checksum into its field, when all of the record is written.
#[cfg(feature = "alloc")]
#[inline]
pub fn put_checksum<'de, P, S, O, A>(
    (pickler, bits): (&P, u32),
    start: u64,
    places: &[u64],
    (index, zeroed): (usize, &[usize]),
    checksum: Checksum,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault>
where
    P: Pickler<'de>,
    P::Value: Integer,
    S: Sink,
    O: Order,
    A: Align,
{
    let bytes = w.since((start / 8) as usize);
    let zeroed = zeroed.iter().copied();
    let follows = match checksum.of(bytes, start, places, zeroed) {
        Some(follows) if start.is_multiple_of(8) => follows,
        _ => return Err(w.fail(ErrorKind::NotOnByteBoundary)),
    };
    let mut bytes = [0; 16];
    let mut own = Writer::<_, O>::new(SliceSink::new(&mut bytes));
    match write_derived(pickler, &Derived::auto(), follows.into(), bits, &mut own) {
        Ok(()) => {
            let size = own.written();
            w.patch((places[index] / 8) as usize, &bytes[..size]);
            Ok(())
        }
        Err(fault) => {
            let kind = own.into_error(fault).kind().clone();
            Err(w.fail(kind))
        }
    }
}

/// A field of a run: its bits, its name, and how it is read where not all bits
/// are values.
pub type ReadPart<'de, O, A> = (
    u32,
    &'static str,
    Option<fn(&mut Reader<'de, O, A>) -> Result<(), Fault>>,
);

/// The fault of a run of fields that could not be read in one go: that of the
/// first field that cannot be read alone.
#[inline(always)]
pub fn read_run_again<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    parts: &[ReadPart<'de, O, A>],
) -> Fault {
    // The address of `r` itself is not taken.
    r.adopt(error_of_run(r.again(), parts))
}

#[cold]
#[inline(never)]
fn error_of_run<'de, O: Order, A: Align>(
    mut r: Reader<'de, O, A>,
    parts: &[ReadPart<'de, O, A>],
) -> Error {
    let fault = first_fault(&mut r, parts);
    r.into_error(fault)
}

fn first_fault<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    parts: &[ReadPart<'de, O, A>],
) -> Fault {
    for (bits, name, read) in parts {
        let result = match read {
            Some(read) => read(r),
            None => r.unaligned().bits(*bits).map(drop),
        };
        if let Err(fault) = result {
            return in_named(fault, name, |fault| r.within_field(fault, name));
        }
    }
    r.fail(ErrorKind::Unrecorded)
}

/// A field of a run: its bits, its name, and how it is written where not all
/// values fit.
pub type WritePart<'a, O, A> = (
    u32,
    &'static str,
    Option<&'a dyn Fn(&mut Writer<Rehearsal, O, A>) -> Result<(), Fault>>,
);

/// The fault of a run of fields that could not be written in one go: that of
/// the first field that cannot be written alone.
#[inline(always)]
pub fn write_run_again<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    parts: &[WritePart<'_, O, A>],
) -> Fault {
    // The address of `w` itself is not taken.
    w.adopt(error_of_written_run(w.again(), parts))
}

#[cold]
#[inline(never)]
fn error_of_written_run<O: Order, A: Align>(
    mut w: Writer<Rehearsal, O, A>,
    parts: &[WritePart<'_, O, A>],
) -> Error {
    let fault = first_fault_written(&mut w, parts);
    w.into_error(fault)
}

fn first_fault_written<O: Order, A: Align>(
    w: &mut Writer<Rehearsal, O, A>,
    parts: &[WritePart<'_, O, A>],
) -> Fault {
    for (bits, name, write) in parts {
        let result = match write {
            Some(write) => write(w),
            // All that can go wrong is that there is no room.
            None if bits.is_multiple_of(8) => w.bytes(&[0; 16][..*bits as usize / 8]),
            None => w.unaligned().bits(0, *bits),
        };
        if let Err(fault) = result {
            return in_named(fault, name, |fault| w.within_field(fault, name));
        }
    }
    w.fail(ErrorKind::Unrecorded)
}

/// What has no name, such as a tag, adds nothing to the path.
fn in_named(fault: Fault, name: &str, within: impl FnOnce(Fault) -> Fault) -> Fault {
    if name.is_empty() {
        fault
    } else {
        within(fault)
    }
}

/// Describes an enumeration in so many bits: the names whose tags fit.
#[cfg(feature = "alloc")]
pub fn enumeration_in_bits(
    bits: u32,
    signed: bool,
    values: &[(i128, &str)],
    other: Option<Other>,
) -> Shape {
    let mask = u128::MAX >> (128 - bits);
    let mut names: Vec<_> = values
        .iter()
        .filter(|(tag, _)| {
            let raw = tag.cast_unsigned() & mask;
            let unused = 128 - bits;
            *tag == if signed {
                (raw << unused).cast_signed() >> unused
            } else {
                raw.cast_signed()
            }
        })
        .map(|(tag, name)| (tag.cast_unsigned() & mask, (*name).into()))
        .collect();
    names.sort_unstable();
    let tag = Shape::Integer { bits, signed };
    Shape::Enumeration(Box::new(Enumeration { tag, names, other }))
}

/// An unknown tag, found at `at`.
#[cold]
#[inline(never)]
pub fn unknown_tag<O: Order, A: Align>(r: &mut Reader<'_, O, A>, at: u64, found: u128) -> Fault {
    r.fail_at(at, ErrorKind::UnknownTag { found })
}

/// A tag that is to be written as unknown is that of `variant`.
#[cold]
#[inline(never)]
pub fn known_tag<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    tag: u128,
    variant: &'static str,
) -> Fault {
    let variant = variant.into();
    w.fail(ErrorKind::KnownTag { tag, variant })
}

/// The tag of a value is not one that its variant has.
#[cold]
#[inline(never)]
pub fn wrong_tag<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    tag: u128,
    variant: &'static str,
    known: Option<&'static str>,
) -> Fault {
    w.fail(ErrorKind::WrongTag {
        tag,
        variant: variant.into(),
        known: known.map(Into::into),
    })
}

/// A value keeps another tag than the one that is given.
#[cold]
#[inline(never)]
pub fn other_tag<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    given: Option<i128>,
    kept: Option<i128>,
) -> Fault {
    w.fail(ErrorKind::WrongDerived {
        expected: given.unwrap_or(i128::MAX),
        found: kept.unwrap_or(i128::MAX),
    })
}

/// The tag that an expression gives to what is read.
#[inline]
pub fn tag_to_read<O: Order, A: Align>(
    value: Option<i128>,
    r: &mut Reader<'_, O, A>,
) -> Result<i128, Fault> {
    value.ok_or_else(|| r.fail(undecided()))
}

/// The tag that an expression gives to what is written.
#[inline]
pub fn tag_to_write<S: Sink, O: Order, A: Align>(
    value: Option<i128>,
    w: &mut Writer<S, O, A>,
) -> Result<i128, Fault> {
    value.ok_or_else(|| w.fail(undecided()))
}

/// The bits of a tag that is made of bytes: the first are the highest.
#[inline(always)]
pub fn bits_of_bytes<const N: usize>(tag: &[u8; N]) -> u128 {
    let push = |bits: u128, byte: &u8| bits << 8 | u128::from(*byte);
    tag.iter().fold(0, push)
}

/// Reads the length of a body and enters the body. `start` is where the tag
/// starts.
#[inline(always)]
pub fn enter_body<'de, L: Integer + Pickle<'de>, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    start: u64,
    counts: LengthCounts,
) -> Result<Outer<'de>, Fault> {
    let at = r.bit_offset();
    let found = u64::try_from(L::read(r)?.to_low_bits()).unwrap_or(u64::MAX);
    let least = match counts {
        LengthCounts::Body => 0,
        LengthCounts::Rest => (r.bit_offset() - at) / 8,
        LengthCounts::Message => (r.bit_offset() - start) / 8,
    };
    match found.checked_sub(least) {
        // A size past the address space is past the input, too.
        Some(size) => r.enter(usize::try_from(size).unwrap_or(usize::MAX)),
        None => Err(r.fail_at(at, ErrorKind::LengthTooSmall { found, least })),
    }
}

/// Writes the place of a length that is known later; gives where it is.
#[inline(always)]
pub fn begin_body<'de, L: Integer + Pickle<'de>, S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
) -> Result<usize, Fault> {
    w.expect_byte_boundary()?;
    let at = w.written();
    L::from_low_bits(0).write(w)?;
    Ok(at)
}

/// Writes a tag of whole bytes and the place of a length, `N` bytes together;
/// gives where the length is.
#[inline(always)]
pub fn begin_message<'de, T, L, S, O, A, const N: usize>(
    w: &mut Writer<S, O, A>,
    tag: T,
) -> Result<usize, Fault>
where
    T: Integer + Pickle<'de>,
    L: Integer + Pickle<'de>,
    S: Sink,
    O: Order,
    A: Align,
{
    if A::ALIGNED {
        let at = w.written() + size_of::<T>();
        let mut head = [0; N];
        tag.store::<O>(&mut head);
        return match w.array(head) {
            Ok(()) => Ok(at),
            Err(fault) => Err(full_head(w, fault, size_of::<T>())),
        };
    }
    tag.write(w)?;
    begin_body::<L, S, O, A>(w)
}

/// The fault of a tag and a length for which there is no room.
#[cold]
#[inline(never)]
fn full_head<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    fault: Fault,
    tag: usize,
) -> Fault {
    match w.bytes(&[0; 16][..tag]) {
        Err(fault) => fault,
        // There was room for the tag, so there is none for the length.
        Ok(()) => match w.bytes(&[0; 16]) {
            Err(later) => later,
            Ok(()) => fault,
        },
    }
}

/// Writes the length of a body that ends here to its place `at`. `start` is
/// where the tag starts.
#[inline(always)]
pub fn end_body<L: Integer, S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    start: usize,
    at: usize,
    counts: LengthCounts,
) -> Result<(), Fault> {
    w.expect_byte_boundary()?;
    let size = const { (L::BITS / 8) as usize };
    let from = match counts {
        LengthCounts::Body => at + size,
        LengthCounts::Rest => at,
        LengthCounts::Message => start,
    };
    let length = w.written() - from;
    if L::from_count(length).is_none() {
        let (length, max) = (length as u64, L::MAX_COUNT);
        return Err(w.fail(ErrorKind::TooLong { length, max }));
    }
    let length = length as u128;
    match O::BYTES {
        ByteOrder::Big => w.patch(at, &length.to_be_bytes()[16 - size..]),
        ByteOrder::Little => w.patch(at, &length.to_le_bytes()[..size]),
    }
    Ok(())
}

/// The width of what is padded to so many bytes.
pub const fn padded_width(inner: Width, bytes: u64) -> Width {
    assert!(
        inner.min <= bytes.saturating_mul(8),
        "what is padded takes more room than it is padded to"
    );
    Width::fixed(bytes.saturating_mul(8))
}

/// Confines a record to the bytes that it is padded to.
#[inline]
pub fn enter_padded<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    bytes: u64,
) -> Result<Outer<'de>, Fault> {
    // A size past the address space is past the input, too.
    r.enter(usize::try_from(bytes).unwrap_or(usize::MAX))
}

/// Reads the padding behind a record that was confined.
#[inline]
pub fn leave_padded<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    outer: Outer<'de>,
    padding: Padding,
) -> Result<(), Fault> {
    read_rest_as_padding(padding, r.unaligned())?;
    r.leave_unread(outer);
    Ok(())
}

/// Writes padding until there are so many bytes from the byte `start` on.
#[inline]
pub fn pad_to<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    start: usize,
    bytes: u64,
) -> Result<(), Fault> {
    write_padding_to(start, bytes, w)
}

/// Reads padding up to a multiple of so many bytes from the bit `start` on.
#[inline]
pub fn read_to_boundary<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    start: u64,
    bytes: u64,
    padding: Padding,
) -> Result<(), Fault> {
    let missing = to_boundary(r.bit_offset(), start, bytes);
    read_padding(missing, padding, r)
}

/// Writes padding up to a multiple of so many bytes from the bit `start` on.
#[inline]
pub fn write_to_boundary<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    start: u64,
    bytes: u64,
) -> Result<(), Fault> {
    write_padding(to_boundary(w.bit_offset(), start, bytes), w)
}
