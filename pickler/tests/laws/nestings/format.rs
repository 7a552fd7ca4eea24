//! Formats that nest combinators, as picklers.

use std::sync::Arc;

use pickler::Width;
use pickler::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use pickler::picklers::{
    Pickler, alt, boxed, byte_aligned, checksummed, choice, constant, counted, either, fallback,
    filtered, fixed_list, fixed_size, ignore, lift, limited_size, list, list_multiplexed,
    little_endian, lookahead, memo_list, nat, of, option, pair, recover, sequ, tokenize, unit,
    use_state, variable_size, wrap, zero_to,
};
use pickler::schema::{Algorithm, Describer, Padding, Shape};
use pickler::types::Either;

/// Any value.
#[derive(Clone, Debug, PartialEq)]
pub enum Any {
    None,
    Number(u64),
    Text(String),
    List(Vec<Any>),
    Flagged(bool, Box<Any>),
}

/// What combinators make.
#[derive(Debug)]
pub enum Format {
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
pub struct At(pub Arc<Format>);

/// What is done with the pickler of a format.
pub trait Visit {
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

pub fn of_flag((flag, value): (bool, Any)) -> Any {
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
