//! The laws, on combinators nested at random.

use std::sync::Arc;

use pickler::Width;
use pickler::cursor::{
    Align, Big, Counter, Fault, Little, Lsb, Msb, Order, Orders, Reader, Sink, VecSink, Writer,
};
use pickler::dynamic;
use pickler::generate::{Choices, Seeded};
use pickler::picklers::{
    Pickler, alt, boxed, byte_aligned, checksummed, choice, constant, counted, decode_with, either,
    encode_with, fallback, filtered, fixed_list, fixed_size, ignore, lift, limited_size, list,
    list_multiplexed, little_endian, lookahead, memo_list, nat, of, option, pair, recover, sequ,
    tokenize, unit, use_state, variable_size, wrap, zero_to,
};
use pickler::schema::{Algorithm, Describer, Padding, Schema, Shape};
use pickler::types::Either;

/// Any value.
#[derive(Clone, Debug, PartialEq)]
enum Any {
    None,
    Number(u64),
    Text(String),
    List(Vec<Any>),
    Flagged(bool, Box<Any>),
}

/// What combinators make.
#[derive(Debug)]
enum Format {
    Lift(u64),
    Byte,
    Word,
    ZeroTo,
    Nat,
    Text,
    Pair(At, At),
    Either(At, At),
    Alt(At),
    Option(At),
    List(At),
    Three(At),
    Little(At),
    Boxed(At),
    Ignored(At),
    Aligned(At),
    VariableSize(At),
    Limited(At),
    FixedSize(At),
    Checksummed(At),
    Lookahead(At),
    Recovered(At),
    Fallback(At),
    Choice,
    Tokenize,
    Memo(At),
    Filtered(At),
    Multiplexed,
    Sequ(At),
    State,
}

/// A format as a pickler.
#[derive(Clone, Debug)]
struct At(Arc<Format>);

/// What is done with the pickler of a format.
trait Visit {
    type Out;
    fn visit<P: for<'de> Pickler<'de, Value = Any>>(self, pickler: &P) -> Self::Out;
}

fn number(value: &Any) -> u64 {
    match value {
        Any::Number(number) => *number,
        _ => 0,
    }
}

fn text(value: &Any) -> String {
    match value {
        Any::Text(text) => text.clone(),
        _ => String::new(),
    }
}

fn items(value: &Any) -> Vec<Any> {
    match value {
        Any::List(items) => items.clone(),
        _ => Vec::new(),
    }
}

fn two(value: &Any) -> (Any, Any) {
    let mut items = items(value).into_iter();
    let mut next = || items.next().unwrap_or(Any::None);
    (next(), next())
}

fn flagged(value: &Any) -> (bool, Any) {
    match value {
        Any::Flagged(flag, value) => (*flag, (**value).clone()),
        _ => (false, Any::None),
    }
}

fn of_flag((flag, value): (bool, Any)) -> Any {
    Any::Flagged(flag, value.into())
}

impl Format {
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn visit<V: Visit>(&self, v: V) -> V::Out {
        match self {
            Self::Lift(value) => v.visit(&wrap(lift(*value), "", Any::Number, number)),
            Self::Byte => v.visit(&wrap(
                of::<u8>(),
                "",
                |n: u8| Any::Number(n.into()),
                |value: &Any| number(value) as u8,
            )),
            Self::Word => v.visit(&wrap(
                of::<u16>(),
                "",
                |n: u16| Any::Number(n.into()),
                |value: &Any| number(value) as u16,
            )),
            Self::ZeroTo => v.visit(&wrap(zero_to::<0x1_2345, u64>(), "", Any::Number, number)),
            Self::Nat => v.visit(&wrap(nat::<u64>(), "", Any::Number, number)),
            Self::Text => v.visit(&wrap(counted::<u8, String>(), "", Any::Text, text)),
            Self::Pair(a, b) => v.visit(&wrap(
                pair(a.clone(), b.clone()),
                "",
                |(a, b)| Any::List(vec![a, b]),
                two,
            )),
            Self::Either(a, b) => v.visit(&wrap(
                either(a.clone(), b.clone()),
                "",
                |value| match value {
                    Either::Left(value) => of_flag((false, value)),
                    Either::Right(value) => of_flag((true, value)),
                },
                |value: &Any| match flagged(value) {
                    (false, value) => Either::Left(value),
                    (true, value) => Either::Right(value),
                },
            )),
            Self::Alt(at) => v.visit(&alt(
                |value: &Any| usize::from(*value != Any::None),
                (lift(Any::None), at.clone(), lift(Any::Number(7))),
            )),
            Self::Option(at) => v.visit(&wrap(
                // A pair: the dynamic codec has one null for all that is absent.
                option(pair(unit(), at.clone())),
                "",
                |value: Option<((), Any)>| {
                    of_flag((
                        value.is_some(),
                        value.map_or(Any::None, |((), value)| value),
                    ))
                },
                |value: &Any| {
                    let (there, value) = flagged(value);
                    there.then_some(((), value))
                },
            )),
            Self::List(at) => v.visit(&wrap(list::<u8, _>(at.clone()), "", Any::List, items)),
            Self::Three(at) => v.visit(&wrap(
                fixed_list::<3, _>(at.clone()),
                "",
                |items: [Any; 3]| Any::List(items.into()),
                |value: &Any| items(value).try_into().unwrap(),
            )),
            Self::Little(at) => v.visit(&little_endian(at.clone())),
            Self::Boxed(at) => v.visit(&wrap(
                boxed(at.clone()),
                "",
                |value: Box<Any>| *value,
                |value: &Any| Box::new(value.clone()),
            )),
            Self::Ignored(at) => v.visit(&wrap(
                pair(ignore::<5>(), at.clone()),
                "",
                |((), value)| value,
                |value: &Any| ((), value.clone()),
            )),
            Self::Aligned(at) => v.visit(&byte_aligned(Padding::Zero, at.clone())),
            Self::VariableSize(at) => v.visit(&variable_size::<u16, _>(at.clone())),
            Self::Limited(at) => v.visit(&limited_size::<4000, _>(at.clone())),
            Self::FixedSize(at) => v.visit(&fixed_size::<40, _>(at.clone())),
            Self::Checksummed(at) => {
                v.visit(&checksummed(Algorithm::Fletcher16, at.clone(), of::<u16>()))
            }
            Self::Lookahead(at) => v.visit(&wrap(
                lookahead(constant(0_u8, of()), at.clone()),
                "",
                of_flag,
                flagged,
            )),
            Self::Recovered(at) => v.visit(&wrap(
                pair(
                    recover(constant(1_u8, of())),
                    pair(constant(0_u8, of()), at.clone()),
                ),
                "",
                |(flag, ((), value))| of_flag((flag, value)),
                |value: &Any| {
                    let (flag, value) = flagged(value);
                    (flag, ((), value))
                },
            )),
            Self::Fallback(at) => v.visit(&wrap(
                fallback(at.clone(), constant(0x1234_u16, of())),
                "",
                |value| match value {
                    Either::Left(value) => of_flag((false, value)),
                    Either::Right(()) => of_flag((true, Any::None)),
                },
                |value: &Any| match flagged(value) {
                    (false, value) => Either::Left(value),
                    (true, _) => Either::Right(()),
                },
            )),
            Self::Choice => v.visit(&choice((
                wrap(zero_to::<0xFE, u64>(), "", Any::Number, number),
                wrap(
                    pair(constant(0xFF_u8, of()), of::<u64>()),
                    "",
                    |((), n)| Any::Number(n),
                    |value: &Any| ((), number(value)),
                ),
            ))),
            Self::Tokenize => v.visit(&wrap(
                tokenize(["", "a"].map(String::from), counted::<u8, String>()),
                "",
                Any::Text,
                text,
            )),
            Self::Memo(at) => v.visit(&wrap(
                memo_list::<3, u8, _>(at.clone()),
                "",
                Any::List,
                items,
            )),
            Self::Filtered(at) => v.visit(&variable_size::<u16, _>(filtered(
                "flipped",
                flip,
                flip,
                at.clone(),
            ))),
            Self::Multiplexed => v.visit(
                &variable_size::<u16, _>(list_multiplexed(
                    "lines",
                    |bytes: &[u8]| {
                        let end = bytes.iter().position(|byte| *byte == 0xFF);
                        let end = end.unwrap_or(bytes.len());
                        (&bytes[..end], bytes.get(end + 1..).unwrap_or_default())
                    },
                    |before: &mut Vec<u8>, item: &[u8]| {
                        before.extend_from_slice(item);
                        before.push(0xFF);
                    },
                    pickler::picklers::rest::<String>(),
                ))
                .map_text(),
            ),
            Self::Sequ(at) => {
                let at = at.clone();
                v.visit(&sequ(
                    "masked",
                    of::<u8>(),
                    |value: &Any| number(&two(value).0) as u8,
                    move |first: &u8| {
                        let first = u64::from(*first);
                        wrap(
                            at.clone(),
                            "",
                            move |value| Any::List(vec![Any::Number(first), value]),
                            |value: &Any| two(value).1,
                        )
                    },
                ))
            }
            Self::State => v.visit(&wrap(
                use_state::<u8, _, _, _, _, _, _>(
                    "sums",
                    || 0_u64,
                    |sum: &u64| {
                        let sum = *sum;
                        wrap(
                            nat::<u64>(),
                            "",
                            move |more: u64| Any::Number(sum.wrapping_add(more)),
                            move |value: &Any| number(value).wrapping_sub(sum),
                        )
                    },
                    |sum: &mut u64, value: &Any| *sum = number(value),
                ),
                "",
                Any::List,
                items,
            )),
        }
    }
}

/// A list of texts as any value.
trait MapText: Sized {
    fn map_text(self) -> impl for<'de> Pickler<'de, Value = Any>;
}

impl<P: for<'de> Pickler<'de, Value = Vec<String>>> MapText for P {
    fn map_text(self) -> impl for<'de> Pickler<'de, Value = Any> {
        wrap(
            self,
            "",
            |texts: Vec<String>| Any::List(texts.into_iter().map(Any::Text).collect()),
            |value: &Any| items(value).iter().map(text).collect::<Vec<String>>(),
        )
    }
}

#[expect(clippy::unnecessary_wraps, reason = "as a filter does")]
fn flip(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    Ok(bytes.iter().map(|byte| !byte).collect())
}

struct Reading<'r, 'de, O: Order, A: Align>(&'r mut Reader<'de, O, A>);
impl<O: Order, A: Align> Visit for Reading<'_, '_, O, A> {
    type Out = Result<Any, Fault>;
    fn visit<P: for<'de> Pickler<'de, Value = Any>>(self, pickler: &P) -> Self::Out {
        pickler.read(self.0)
    }
}

struct Writing<'w, S: Sink, O: Order, A: Align>(&'w Any, &'w mut Writer<S, O, A>);
impl<S: Sink, O: Order, A: Align> Visit for Writing<'_, S, O, A> {
    type Out = Result<(), Fault>;
    fn visit<P: for<'de> Pickler<'de, Value = Any>>(self, pickler: &P) -> Self::Out {
        pickler.write(self.0, self.1)
    }
}

struct Describing<'d>(&'d mut Describer);
impl Visit for Describing<'_> {
    type Out = Shape;
    fn visit<P: for<'de> Pickler<'de, Value = Any>>(self, pickler: &P) -> Shape {
        pickler.describe(self.0)
    }
}

impl<'de> Pickler<'de> for At {
    type Value = Any;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = false;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Any, Fault> {
        self.0.visit(Reading(r))
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Any,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.0.visit(Writing(value, w))
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        self.0.visit(Describing(d))
    }
}

/// A format of what may stand at any bit or only between bytes, and whether it
/// is whole.
fn format(c: &mut Seeded, depth: u32, aligned: bool) -> (At, bool) {
    let leaf = depth == 0;
    let inner = |c: &mut Seeded, aligned| format(c, depth - 1, aligned);
    let (format, whole) = match c.up_to(if leaf { 8 } else { 29 }) {
        0 => (Format::Lift(c.up_to(9) as u64), true),
        1 => (Format::Byte, true),
        2 => (Format::Word, true),
        3 => (Format::ZeroTo, true),
        4 => (Format::Nat, true),
        5 => (Format::Text, true),
        6 => (Format::Choice, true),
        7 => (Format::Tokenize, true),
        8 => (Format::State, true),
        9 | 10 => {
            let (a, a_whole) = inner(c, aligned);
            let (b, b_whole) = inner(c, aligned && a_whole);
            (Format::Pair(a, b), a_whole && b_whole)
        }
        11 => {
            let (a, a_whole) = inner(c, aligned);
            let (b, b_whole) = inner(c, aligned);
            (Format::Either(a, b), a_whole && b_whole)
        }
        12 => {
            let (at, whole) = inner(c, aligned);
            (Format::Alt(at), whole)
        }
        13 => {
            let (at, whole) = inner(c, aligned);
            (Format::Option(at), whole)
        }
        // The second item may start where the first ends.
        14 => {
            let (at, whole) = inner(c, false);
            (Format::List(at), whole)
        }
        15 => {
            let (at, whole) = inner(c, false);
            (Format::Three(at), whole)
        }
        16 => {
            let (at, whole) = inner(c, aligned);
            (Format::Little(at), whole)
        }
        17 => {
            let (at, whole) = inner(c, aligned);
            (Format::Boxed(at), whole)
        }
        18 => (Format::Ignored(inner(c, false).0), false),
        19 => (Format::Aligned(inner(c, aligned).0), aligned),
        20 if aligned => (Format::VariableSize(inner(c, true).0), true),
        21 if aligned => {
            let (at, whole) = inner(c, true);
            (Format::Limited(at), whole)
        }
        22 if aligned => (Format::FixedSize(inner(c, true).0), true),
        23 if aligned => match inner(c, true) {
            (at, true) => (Format::Checksummed(at), true),
            (at, false) => (Format::Aligned(at), true),
        },
        24 => {
            let (at, whole) = inner(c, aligned);
            (Format::Lookahead(at), whole)
        }
        25 => {
            let (at, whole) = inner(c, aligned);
            (Format::Recovered(at), whole)
        }
        26 => {
            let (at, whole) = inner(c, aligned);
            (Format::Fallback(at), whole)
        }
        27 => {
            let (at, whole) = inner(c, false);
            (Format::Memo(at), whole)
        }
        28 if aligned => (Format::Filtered(inner(c, true).0), true),
        29 if aligned => (Format::Multiplexed, true),
        _ => {
            let (at, whole) = inner(c, aligned);
            (Format::Sequ(at), whole)
        }
    };
    (At(Arc::new(format)), whole)
}

impl At {
    fn value(&self, c: &mut Seeded) -> Any {
        let few = |c: &mut Seeded| 0..c.up_to(3);
        match &*self.0 {
            Format::Lift(value) => Any::Number(*value),
            Format::Byte => Any::Number(c.up_to(0xFF) as u64),
            Format::Word => Any::Number(c.up_to(0xFFFF) as u64),
            Format::ZeroTo => Any::Number(c.up_to(0x1_2345) as u64),
            Format::Nat | Format::Choice => {
                let most = [300, 0x1_0000, u64::MAX][c.index(3)];
                Any::Number(c.up_to(most.into()) as u64)
            }
            Format::Text | Format::Tokenize => {
                Any::Text("ab".repeat(c.index(4)).chars().skip(c.index(2)).collect())
            }
            Format::Pair(a, b) => Any::List(vec![a.value(c), b.value(c)]),
            Format::Either(a, b) => {
                let right = c.once_in(2);
                of_flag((right, if right { b.value(c) } else { a.value(c) }))
            }
            Format::Alt(at) => {
                if c.once_in(3) {
                    Any::None
                } else {
                    at.value(c)
                }
            }
            Format::Option(at) => {
                let there = !c.once_in(3);
                of_flag((there, if there { at.value(c) } else { Any::None }))
            }
            Format::List(at) => Any::List(few(c).map(|_| at.value(c)).collect()),
            Format::Memo(at) => {
                let mut items: Vec<Any> = few(c).map(|_| at.value(c)).collect();
                items.extend(items.clone());
                Any::List(items)
            }
            Format::Three(at) => Any::List((0..3).map(|_| at.value(c)).collect()),
            Format::Little(at)
            | Format::Boxed(at)
            | Format::Ignored(at)
            | Format::Aligned(at)
            | Format::VariableSize(at)
            | Format::Limited(at)
            | Format::FixedSize(at)
            | Format::Checksummed(at)
            | Format::Filtered(at) => at.value(c),
            Format::Lookahead(at) | Format::Recovered(at) => of_flag((c.once_in(2), at.value(c))),
            Format::Fallback(at) => {
                let right = c.once_in(3);
                of_flag((right, if right { Any::None } else { at.value(c) }))
            }
            Format::Multiplexed => {
                let item = |c: &mut Seeded| Any::Text("x".repeat(c.index(3)));
                Any::List(few(c).map(|_| item(c)).collect())
            }
            Format::Sequ(at) => {
                let first = Any::Number(c.up_to(0xFF) as u64);
                Any::List(vec![first, at.value(c)])
            }
            Format::State => Any::List(few(c).map(|n| Any::Number(n as u64 * 70)).collect()),
        }
    }
}

/// What is written in an order is read as the same, and exactly that.
fn comes_back<O: Order>(at: &At, skipped: u32, value: &Any) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut w = Writer::<_, O>::new(VecSink::new(&mut bytes));
    w.unaligned().bits(0, skipped).unwrap();
    if let Err(fault) = at.write(value, w.unaligned()) {
        let _ = w.into_error(fault);
        return None;
    }
    let end = w.bit_offset();
    w.unaligned().bits(0b1010_0101, 8).unwrap();
    w.unaligned().finish().unwrap();
    drop(w);

    let mut counter = Writer::<_, O>::new(Counter::default());
    counter.unaligned().bits(0, skipped).unwrap();
    at.write(value, counter.unaligned()).unwrap();
    assert_eq!(counter.bit_offset(), end, "{value:?} of {at:?}");

    let mut r = Reader::<O>::new(&bytes);
    r.unaligned().bits(skipped).unwrap();
    match at.read(r.unaligned()) {
        Ok(read) => assert_eq!(read, *value, "{bytes:02X?} of {at:?}"),
        Err(fault) => panic!(
            "{:?}: {value:?}, {bytes:02X?} of {at:?}",
            r.into_error(fault)
        ),
    }
    assert_eq!(r.bit_offset(), end, "{value:?}, {bytes:02X?} of {at:?}");
    assert_eq!(r.unaligned().bits(8).unwrap(), 0b1010_0101);
    Some(bytes)
}

#[test]
fn hold_for_any_nesting_at_any_bit_in_any_order() {
    let mut refused = 0;
    for seed in 0..3000 {
        let mut c = Seeded::new(seed);
        let skipped = if c.once_in(2) { 0 } else { c.up_to(7) as u32 };
        let (at, _) = format(&mut c, 4, skipped == 0);
        for _ in 0..2 {
            let value = at.value(&mut c);
            let bytes = match c.up_to(3) {
                0 => comes_back::<Orders<Big, Msb>>(&at, skipped, &value),
                1 => comes_back::<Orders<Big, Lsb>>(&at, skipped, &value),
                2 => comes_back::<Orders<Little, Msb>>(&at, skipped, &value),
                _ => comes_back::<Orders<Little, Lsb>>(&at, skipped, &value),
            };
            // What would be read as something else; what is too wide.
            refused += u32::from(bytes.is_none());
        }
    }
    assert!(refused < 1500, "{refused}");
}

#[test]
fn the_dynamic_codec_agrees_on_any_nesting() {
    for seed in 0..1000 {
        let mut c = Seeded::new(seed);
        let (at, _) = format(&mut c, 3, true);
        let schema = Schema::of_pickler(&at);
        let value = at.value(&mut c);
        let Ok(bytes) = encode_with(&at, &value) else {
            continue;
        };
        let dynamic = match dynamic::decode(&schema, &bytes) {
            Ok(dynamic) => dynamic,
            Err(error) => panic!("{error}: {value:?}, {bytes:02X?} of {at:?}"),
        };
        let written = dynamic::encode(&schema, &dynamic);
        assert_eq!(
            written.as_ref(),
            Ok(&bytes),
            "{value:?}, {dynamic:?} of {at:?}"
        );
        for _ in 0..8 {
            let mut changed = bytes.clone();
            let place = c.index(changed.len());
            if let Some(byte) = changed.get_mut(place) {
                *byte ^= 1 << c.index(8);
            }
            if c.once_in(3) {
                changed.truncate(place);
            }
            let read = decode_with(&at, &changed);
            let dynamic = dynamic::decode(&schema, &changed);
            match (&read, &dynamic) {
                (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
                // A mapping refuses what a description cannot say.
                (Err(error), Ok(_)) if error.to_string().contains("has the number") => {}
                _ => panic!("{read:?}, but {dynamic:?}: {changed:02X?} of {at:?}"),
            }
        }
    }
}
