//! `#[derive(Pickle)]`: the codec and the description of a wire format from
//! its declaration.
//!
//! `parsing` reads the attributes as they are written, `normalization` finds
//! the pickler of every field, `expansion` writes the code.

mod errors;
mod expansion;
mod mistakes;
mod names;
mod normalization;
mod parsing;

use proc_macro::TokenStream;

/// Reads, writes and describes a struct or enum from its declaration.
///
/// Fields come in the order of the declaration, big-endian, most significant
/// bit first, without padding. Attributes say what differs; they are written
/// `#[pickle(...)]`, several in one or one in each. Their values are real
/// expressions, never text that holds one.
///
/// Of a record whose widths are all known from its declaration, the
/// documentation of the implementation shows a byte diagram.
///
/// ```
/// use pickler::{ByteString, Derived, Pickle};
///
/// /// What players and server say to each other.
/// #[derive(Pickle, Debug, PartialEq)]
/// #[pickle(tag = u8, length = u16, length_counts = message)]
/// enum Message {
///     #[pickle(tag = 5)]
///     Ping,
///     Pot(Pot),
///     Chat {
///         #[pickle(count = u8)]
///         text: ByteString,
///     },
///     /// Whatever came, to be passed on.
///     #[pickle(other)]
///     Unknown { tag: u8, body: ByteString },
/// }
///
/// #[derive(Pickle, Debug, PartialEq)]
/// #[pickle(default)]
/// struct Pot {
///     #[pickle(bits = 3)]
///     index: u8,
///     #[pickle(bits = 5, default = 10)]
///     profit: i8,
///     #[pickle(none = 255)]
///     seat: Option<u8>,
///     #[pickle(derived = len(winners) * 2)]
///     size: Derived<u8>,
///     #[pickle(count = size / 2, endian = little)]
///     winners: Vec<u16>,
/// }
///
/// let pot = Pot { winners: vec![1, 2], ..Pot::default() };
/// let bytes = pickler::encode(&Message::Pot(pot))?;
/// assert_eq!(bytes, [6, 0, 10, 0b000_01010, 255, 4, 1, 0, 2, 0]);
///
/// let error = pickler::decode::<Message>(&[6, 0, 6, 10, 255, 4]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "Message.Pot.winners: announces 2 items, but the input left holds 0 at most, at byte 6",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
///
/// # Of a struct or enum
///
/// | attribute | meaning |
/// |---|---|
/// | `endian = big`, `little` | byte order; nested types inherit it unless they set their own |
/// | `endian = if order == 0x4949 { little } else { big }` | the byte order of the fields behind those that the condition looks at |
/// | `bit_order = msb`, `lsb` | which bit of a byte comes first; inherited likewise |
/// | `context(version: u8, ...)` | what the type must be given by what it is in: parameters, which its expressions see as they see fields. It gets `PickleWith` in place of `Pickle`, and a struct of its parameters, called as the type with `Context` behind |
/// | `magic = b"GIF8"`, `0x2A_u16`, `bits(4, 0)` | bytes or an integer in front of it, always the same; in front of an enum, of whole bytes |
/// | `rename = "Name"` | the name in errors and descriptions |
/// | `rename_all = SCREAMING_SNAKE_CASE` | the case of the names of fields or variants; also `snake_case`, `camelCase`, `PascalCase`, `kebab_case`, `SCREAMING_KEBAB_CASE`, `lowercase`, `UPPERCASE` |
/// | `default` | every field has a default: `impl Default` of a struct, and fields that a script leaves out |
/// | `default = fields` | no `impl Default`, though some fields have a default, for others have none |
/// | `bound(T: Trait, ...)` | the bounds of the impl in place of `T: Pickle<'de>` for each type parameter that fields use |
/// | `inline` | its description stands in place, wherever the type is mentioned, and has no name: what `record {...}` within a field is in a spec. It may not hold itself, and its docstring is not described |
/// | `whole` | it ends on a byte boundary; only to be said where that cannot be found out: by one of several types that mention each other in a circle, or where parts of varying size end within a byte |
/// | `arbitrary` | `impl arbitrary::Arbitrary`: values that obey the declaration, from a fuzzer's bytes; needs the feature `arbitrary` |
/// | `proptest` | `impl proptest::arbitrary::Arbitrary`: the same for property tests; needs the feature `proptest` |
/// | `crate = ::path` | where the crate `pickler` is, if it is renamed |
///
/// # Of a struct
///
/// | attribute | meaning |
/// |---|---|
/// | `assert = low <= high` | what must be of all fields together: checked on read and on write; of a variant, too |
/// | `keyed(key = u8, size = u8)` | each field stands behind its key and the size of its value, in any order; also `count`, `terminator`, `pad`, `size_counts`, `order = fixed` |
/// | `protobuf` | it is a protobuf message; an enum or a struct of one field without name is a value in one |
/// | `unknown = ignore` | keys that no field has are passed over, not refused |
/// | `row` | JSON shows it as a row of values, without names |
/// | `view`, `view = PacketView` | a type that reads its fields when they are asked for, one by one |
///
/// A struct of one field without name is that field. A struct of several is
/// shown as a list.
///
/// # Of an enum
///
/// | attribute | meaning |
/// |---|---|
/// | `tag = u8`, `bits(3)`, `leb128`, `leb128(u32)`, `lenient(leb128)`, `[u8; 4]` | what tells the variants apart: an integer, or bytes |
/// | `tag = kind` | it is elsewhere: an expression over what is given in the `context`; with `bits = 8`, so many low bits of it |
/// | `choice` | there is no tag: variants are tried in order, and the first that can be read is it |
/// | `bits = 3` | the tag is a bit field; without `tag`, of the least type that holds it |
/// | `tag_key = 1` | with `protobuf`: the number of the field that holds the tag |
/// | `length = u16`, `bits(24)` | between tag and body comes the body's length, and the body takes up all of it; gives `Framed` |
/// | `length_first` | the length comes in front of the tag, which it counts, too |
/// | `length_counts = body`, `rest`, `message` | the length counts the body; itself, too; the tag, too. `body` unless set |
/// | `from` | `From` each body that is a type of its own, boxed or not: `Message::from(Ping { .. })` |
/// | `union` | it is a tag and what comes then, though no variant holds anything yet |
///
/// An enum whose variants hold nothing is an integer with names, unless it says `union`. Every enum is
/// `Tagged`: it tells name and tag.
///
/// # Of a variant
///
/// | attribute | meaning |
/// |---|---|
/// | `tag = 5`, `b"IHDR"`, `codes::LOGIN` | its tag, also a constant of the tag's type; a Rust discriminant means the same, and otherwise it is the one before plus 1 |
/// | `tag = 1 \| 3`, `5..=9`, `b"B0"..=b"B9"`, `_` | several tags, or all that no other variant has; a field `#[pickle(tag)]` keeps which it was |
/// | `key = 32` | with `protobuf`: the number of the field that holds the variant's message |
/// | `other` | keeps an unknown tag and what comes then: `Other { tag: u8, body: ByteString }`, or `Other(u8)` where variants hold nothing. It takes the rest of the body or input. With a known tag it is refused on write, since it would not be read as what it was |
/// | `direction = to_server`, `to_client`, `both`, `internal` | who sends the message |
/// | `if = kind > 2` | there where an expression over parameters holds. Elsewhere its tag is unknown, or another variant's |
/// | `since = 3`, `until = 5` | there from version 3 on, and no more from version 5 on: short for `if` over a parameter `version` |
/// | `magic`, `rename`, `rename_all`, `row` | as above |
///
/// # Of a field
///
/// | attribute | meaning |
/// |---|---|
/// | `bits = 3` | an integer, boolean, `NonZero` or enum without fields in so many bits |
/// | `zigzag` | with `bits` or in those of the type: 0, -1, 1, -2 as 0, 1, 2, 3 |
/// | `bcd` | with `bits` or in those of the type: packed decimal digits |
/// | `half` | an `f32` in 16 bits |
/// | `encoding = ascii`, `latin1`, `utf16`, `utf8`, `cp437` | how text becomes units, which `count` counts |
/// | `encoding = shift_jis`, `iso8859_15`, `windows_1252` | the same (feature `encodings`) |
/// | `bytes` | a `[u8; N]` is shown as bytes, and not as a list of numbers |
/// | `pad = 0` | of a text or bytes with `size = 16`: what fills the width behind it; `padding = ignored` does not look at it on read |
/// | `terminator = 0`, `b"\r\n"` | a list, text or bytes end with this unit, or with these bytes, which are taken away |
/// | `terminator_is = taken`, `kept`, `left` | what ends it is the end of the value, or is left for what stands behind; `taken` unless set |
/// | `terminator = 0 \| end` | the end of the input, or of its piece, ends it, too |
/// | `scale = 100`, `unit = "EUR"` | so many make one unit; the value stays the integer |
/// | `flags(A = 0x01, B = 0x02)` | names of an integer's bits; with `..` at the end others are kept |
/// | `varint = leb128`, `sleb128`, `zigzag`, `quic`, `vlq`, `mqtt`, `nat` | an integer in as many bytes as it needs |
/// | `lenient` | of a `varint`, forms longer than need be are read, too; in front of something, `count = lenient(leb128)` |
/// | `none = 255` | one integer stands for `None` of an `Option` |
/// | `flag`, `flag = bits(1)`, `flag = u32` | an `Option` behind a boolean that says whether it is there |
/// | `flag, skip_if_default` | any other type, absent where it has its default |
/// | `if = version > 1` | there where a condition over earlier fields holds: an `Option`, or any other type, which has its default where it is absent |
/// | `since = 3`, `until = 5` | there from version 3 on, and no more from version 5 on: short for `if` over an earlier field or parameter `version` |
/// | `rest` | an `Option`: there if anything is left, also with `size`; a list, text or bytes: all that is left, also with `if` |
/// | `given(version = version, kind)` | what the field's type has in its `context`, by name |
/// | `count = u8`, `count = leb128`, `count = leb128(u16)`, `count = lenient(quic)`, `count = bits(4)` | how many items or bytes there are comes in front, as an integer |
/// | `count = rows * columns` | how many there are, by an expression over earlier fields |
/// | `last = item.more == false` | a `Vec` ends with the item for which it holds, which is kept |
/// | `size = length - 4` | it takes up all of so many bytes; a list, text or bytes as many units as there are in them |
/// | `size = u16`, `size = leb128` | its size in bytes comes in front |
/// | `size = until(b'\n')`, `through(b"\r\n")`, `before(b'\n')` | it goes to the first of these bytes, which are taken away, its last, or left for what stands behind; with `until(b'\n' \| end)` to the end of the input, too |
/// | `size = remaining - 4` | it takes up all that is left, but for so many bytes |
/// | `size_counts = body`, `itself` | the size in front counts itself, too; `body` unless set |
/// | `leftover = refuse`, `ignore` | what is left over of its size; `refuse` unless set |
/// | `xor = 0x5A`, `xor = [first, second]`, `xor = b"key"` | bytes of a piece are combined with a key by exclusive or |
/// | `rotate_left = 3`, `rotate_right = 3` | the bits of each byte of a piece are rotated so when it is read, and back when it is written |
/// | `compression = zlib`, `deflate`, `gzip` | the bytes of a piece are decompressed when it is read, and compressed when it is written (feature `flate2`) |
/// | `item(count = u8, ...)` | attributes for what is inside a `Vec`, an array, a `Box`, an `Option` |
/// | `pad_before = 2`, `pad_after`, `pad_bits_before`, `pad_bits_after` | so many bytes or bits of padding |
/// | `pad_to = 16` | it takes so many bytes in all; of a struct, too |
/// | `align = 4`, `align_from = message`, `record` | it starts at a multiple of so many bytes; of a struct, it ends there |
/// | `padding = zero`, `ignored` | what is in padding; `zero` unless set |
/// | `at = offset`, `at_from = message`, `record` | it stands elsewhere, so many bytes from there; with `none = 0` an `Option` that may be nowhere; written behind the message, at a multiple of `align = 4` bytes. With `if`, or in `item(...)`, without these two |
/// | `shared = offset(0xC000_u16)`, `index(u8)`, `index(u8, table)` | a reference where it was seen before: by its offset, with these bits set, or by its number |
/// | `derived = offset(field)` | a `Derived<T>`: where a field is put |
/// | `derived = len(items)` | a `Derived<T>`: computed on write, verified on read |
/// | `derived = crc32(first..=last)` | a `Derived<T>` that holds a checksum over fields, or over the record: `internet(..)`; of a `Derived<[u8; 32]>`, a digest: `sha256(..)` |
/// | `range = 1..=10`, `one_of = [1, 2, 3]`, `assert = high > low` | what the value must be: checked on read and on write. An `assert` sees the field and earlier ones; the field of a newtype or tuple, what is in an `Option`, and in `item(...)` the item, are called `item`. Also of texts, bytes and floats: `one_of = ["GET", "PUT"]`, `range = 0.0..=1.0` |
/// | `constant = 7_u8` | a `()`: always the same |
/// | `tag` | in a variant of several tags: which of them there was; not on the wire again |
/// | `bitflags` | a type that `bitflags!` makes, as its integer; also with `bits` or `varint` (feature `bitflags`) |
/// | `deku` | a type that derives deku's traits, as deku reads and writes it (feature `deku`) |
/// | `with = pickler` | any pickler, see `pickler::picklers`: `with = either(of::<u8>(), of::<u16>())` |
/// | `key = 53` | its key, in a struct with `keyed(...)` or `protobuf`; an `Option` may be missing, a field with a default is not written when it has it |
/// | `repeated`, `packed` | a `Vec` whose items each have the key; packed, all of them have one |
/// | `zigzag`, `fixed` | protobuf's `sint32` and `fixed32`, and so on |
/// | `unknown` | a `Vec<UnknownField>` that keeps keys that no field has |
/// | `default`, `default = 10` | its value where none is given; text and bytes are converted to what the field is. Gives the struct `impl Default` |
/// | `shown(255 = -1, 0 = "n")` | what JSON and scripts see in place of some values: integers, text, booleans, `null` |
/// | `json` | the bytes hold a JSON text |
/// | `endian = if order == 0x4949 { little } else { big }` | the byte order, by an expression over earlier fields |
/// | `endian`, `bit_order`, `rename` | as above |
///
/// Expressions are the part of Rust's that descriptions can hold, too: fields
/// and fields of fields (`header.length`), items of lists (`sizes[2]`), in
/// `item(...)` the item's number (`sizes[index]`), numbers, characters, `true` and
/// `false`, `+ - * / %`, `& | ^ << >> !`, comparisons, `&& ||`, `if`, `match`,
/// `as`, constants in capitals, variants of enums (`Kind::Text`), `len(field)`
/// in units, `sizeof(field)` and `sizeof(self)` in bytes, `offset(field)` in
/// derived fields, `tag(field)` of an enum, `tag(self)` in a variant,
/// `present(field)` of an `Option`. They are computed in `i128`, and what
/// overflows, divides by zero, does not fit or is absent is an error of the field. A cast
/// must fit its type. An enum is its tag, a struct of one number that number; a constant is described as its value.
/// Texts, bytes and floating-point numbers can be compared, `name == "END"`, and
/// nothing else.
#[proc_macro_derive(Pickle, attributes(pickle))]
pub fn derive_pickle(input: TokenStream) -> TokenStream {
    match syn::parse2(parsing::ungroup(input.into())) {
        Ok(input) => expansion::derive(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
