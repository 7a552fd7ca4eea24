//! What lacks a trait is told so in words that say what to use.

use pickler::cursor::{Align, Big, ConstBitOrder, ConstByteOrder, Order, Orders, Sink};
use pickler::framing::{Framed, Framing};
use pickler::generate::Choices;
use pickler::picklers::{
    Alternatives, BitField, Body, Cases, Countable, Encoding, FixedPickler, FixedWidth, Integer,
    ListCount, Pickler, Prefix, Presence, ProtobufValue, Recursive, Size, Terminable, TextOf,
};
use pickler::schema::{Members, Operand, Variants};
use pickler::{Contextual, Parameter, Pickle, PickleOwned, PickleWith, Tagged};

struct Nothing;

fn owned<T: PickleOwned>() {}
fn pickled<'a, T: Pickle<'a>>() {}
fn pickled_with<'a, T: PickleWith<'a>>() {}
fn contextual<T: Contextual>() {}
fn parameter<T: Parameter>() {}
fn tagged<T: Tagged>() {}
fn framed<T: Framed>() {}
fn framing<T: Framing>() {}
fn choices<T: Choices>() {}
fn operand<T: Operand>() {}
fn variants<T: Variants>() {}
fn members<T: Members>() {}
fn order<T: Order>() {}
fn align<T: Align>() {}
fn byte_order<T: ConstByteOrder>() {}
fn bit_order<T: ConstBitOrder>() {}
fn sink<T: Sink>() {}
fn pickler<'a, T: Pickler<'a>>() {}
fn alternatives<'a, T: Alternatives<'a>>() {}
fn cases<'a, T: Cases<'a>>() {}
fn prefix<'a, T: Prefix<'a>>() {}
fn countable<'a, T: Countable<'a>>() {}
fn terminable<'a, T: Terminable<'a, u8>>() {}
fn size<'a, T: Size<'a>>() {}
fn body<T: Body>() {}
fn presence<'a, T: Presence<'a>>() {}
fn list_count<'a, T: ListCount<'a>>() {}
fn integer<T: Integer>() {}
fn bit_field<T: BitField>() {}
fn encoding<T: Encoding>() {}
fn fixed_pickler<'a, T: FixedPickler<'a>>() {}
fn fixed_width<T: FixedWidth>() {}
fn protobuf_value<'a, T: ProtobufValue<'a>>() {}
fn text_of<T: TextOf<Nothing>>() {}
fn recursive<T: Recursive>() {}

fn main() {
    pickled::<Nothing>();
    owned::<&'static [u8; 2]>();
    pickled_with::<Nothing>();
    contextual::<Nothing>();
    parameter::<Nothing>();
    tagged::<Nothing>();
    framed::<Nothing>();
    framing::<Nothing>();
    choices::<Nothing>();
    operand::<Nothing>();
    variants::<Nothing>();
    members::<Nothing>();
    order::<Big>();
    order::<Orders<Nothing, Big>>();
    align::<Nothing>();
    byte_order::<Nothing>();
    bit_order::<Nothing>();
    sink::<Vec<u8>>();
    pickler::<u8>();
    alternatives::<Nothing>();
    cases::<Nothing>();
    prefix::<String>();
    countable::<u8>();
    terminable::<Nothing>();
    size::<u8>();
    body::<u8>();
    presence::<bool>();
    list_count::<usize>();
    integer::<String>();
    bit_field::<String>();
    encoding::<Nothing>();
    fixed_pickler::<Nothing>();
    fixed_width::<String>();
    protobuf_value::<Nothing>();
    text_of::<Nothing>();
    recursive::<Nothing>();
}
