//! What stands around the fields of a keyed record: both codecs go through
//! this.

use alloc::vec::Vec;

use super::number::{read_leb128, write_leb128};
use crate::cursor::{Align, Fault, Order, Outer, Reader, Sink, VecSink, Writer};
use crate::error::ErrorKind;
use crate::schema::{Form, KeyFormat, LengthCounts, Number, Pairs, VarintEncoding};
use crate::types::{ByteString, UnknownField};

/// How protobuf writes keys and sizes.
const LEB128: Number = Number::Varint(VarintEncoding::Leb128);

/// How many pairs are still to come, if that is known.
#[derive(Clone, Copy, Debug)]
pub struct Coming {
    pairs: Option<u64>,
}

/// A key that was read.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key; of a protobuf field, its number.
    pub number: u64,
    /// Where it starts, in bits.
    pub at: u64,
    /// What a protobuf key says of the value.
    form: Option<Form>,
}

/// The pairs that are being written.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// Where their count stands.
    count_at: usize,
    pairs: u64,
}

/// A value that is being written.
#[derive(Clone, Copy, Debug)]
#[must_use = "a value that was begun must be ended"]
pub struct Begun {
    /// Where its key starts.
    start: usize,
    /// Where its size stands, if it has one.
    size_at: Option<usize>,
    /// Where it starts itself.
    behind: usize,
}

impl KeyFormat {
    /// How values are held where the format has but one way.
    pub const fn form(&self) -> Form {
        match self {
            Self::Pairs(Pairs { size: None, .. }) => Form::Plain,
            Self::Pairs(_) | Self::Protobuf => Form::Bytes,
        }
    }

    /// The least width of all of it.
    pub const fn least_bits(&self) -> u64 {
        match self {
            Self::Protobuf => 0,
            Self::Pairs(pairs) => {
                let count = match pairs.count {
                    Some(count) => count.least_bits(),
                    None => 0,
                };
                match pairs.terminator {
                    Some(_) => count + pairs.key.least_bits(),
                    None => count,
                }
            }
        }
    }

    /// Reads what stands in front of the first key.
    pub fn begin<O: Order, A: Align>(&self, r: &mut Reader<'_, O, A>) -> Result<Coming, Fault> {
        let pairs = match self {
            Self::Pairs(Pairs {
                count: Some(count), ..
            }) => Some(count.read(r)?),
            _ => None,
        };
        Ok(Coming { pairs })
    }

    /// Reads the next key, if there is one.
    pub fn next<O: Order, A: Align>(
        &self,
        coming: &mut Coming,
        r: &mut Reader<'_, O, A>,
    ) -> Result<Option<Key>, Fault> {
        match self {
            Self::Protobuf if !r.has_bits(1)? => Ok(None),
            Self::Protobuf => {
                let at = r.bit_offset();
                let key = read_leb128(r)?;
                let max = u32::MAX.into();
                if key > max {
                    let (value, max) = (key.into(), max.into());
                    return Err(r.fail_at(at, ErrorKind::OutOfRange { value, min: 0, max }));
                }
                match Form::of_wire_type(key & 7) {
                    Some(form) => Ok(Some(Key {
                        number: key >> 3,
                        at,
                        form: Some(form),
                    })),
                    None => Err(r.fail_at(at, wrong_wire_type(None, key & 7))),
                }
            }
            Self::Pairs(pairs) => pairs.next(coming, r),
        }
    }

    /// Checks that a key announces a value of `form`.
    pub fn expect<O: Order, A: Align>(
        &self,
        key: &Key,
        form: Form,
        r: &mut Reader<'_, O, A>,
    ) -> Result<(), Fault> {
        match (key.form.and_then(Form::wire_type), form.wire_type()) {
            (Some(found), expected) if expected != Some(found) => {
                Err(r.fail_at(key.at, wrong_wire_type(expected, found)))
            }
            _ => Ok(()),
        }
    }

    /// A key announces bytes; items of another form may be packed in them.
    pub fn announces_bytes(&self, key: &Key) -> bool {
        key.form == Some(Form::Bytes)
    }

    /// Reads the size of a value of `form`, where it has one, and confines the
    /// cursor to it.
    pub fn enter<'de, O: Order, A: Align>(
        &self,
        key: &Key,
        form: Form,
        r: &mut Reader<'de, O, A>,
    ) -> Result<Option<Outer<'de>>, Fault> {
        if form != Form::Bytes {
            return Ok(None);
        }
        let size = match self {
            Self::Protobuf => read_leb128(r)?,
            Self::Pairs(pairs) => pairs.read_size(key, r)?,
        };
        // A size past the address space is past the input, too.
        Ok(Some(r.enter(usize::try_from(size).unwrap_or(usize::MAX))?))
    }

    /// Reads the value of a key that no field has.
    pub fn read_unknown<O: Order, A: Align>(
        &self,
        key: &Key,
        r: &mut Reader<'_, O, A>,
    ) -> Result<UnknownField, Fault> {
        let form = key.form.unwrap_or(self.form());
        r.expect_memory(1, size_of::<UnknownField>())?;
        let value = match form {
            Form::Bytes => {
                let outer = self.enter(key, form, r)?;
                r.expect_end()?;
                let value = r.bytes(r.bytes_left())?;
                r.expect_memory(value.len() as u64, 1)?;
                if let Some(outer) = outer {
                    r.leave(outer)?;
                }
                value.to_vec()
            }
            Form::Varint | Form::Zigzag => {
                let mut bytes = Vec::new();
                let value = read_leb128(r)?;
                // A `Vec` has room, and the integer is written as it was.
                let _ = write_leb128(value, &mut Writer::<_>::new(VecSink::new(&mut bytes)));
                bytes
            }
            Form::Fixed32 => r.array::<4>()?.to_vec(),
            Form::Fixed64 => r.array::<8>()?.to_vec(),
            // Nobody knows where its value ends.
            Form::Plain => return Err(unknown(key, r)),
        };
        Ok(UnknownField {
            key: match form.wire_type() {
                Some(wire_type) if key.form.is_some() => key.number << 3 | wire_type,
                _ => key.number,
            },
            value: ByteString::from(value),
        })
    }

    /// The key of an unknown field as a known one is told by: of a protobuf
    /// field, its number.
    pub fn number_of(&self, field: &UnknownField) -> u64 {
        match self {
            Self::Protobuf => field.key >> 3,
            Self::Pairs(_) => field.key,
        }
    }

    /// Writes what stands in front of the first key.
    pub fn begin_write<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<Written, Fault> {
        let count_at = w.written();
        if let Self::Pairs(Pairs {
            count: Some(count), ..
        }) = self
        {
            w.expect_byte_boundary()?;
            count.write(0, w)?;
        }
        Ok(Written { count_at, pairs: 0 })
    }

    /// Writes the key of a value of `form`.
    pub fn begin_value<S: Sink, O: Order, A: Align>(
        &self,
        written: &mut Written,
        key: u64,
        form: Form,
        w: &mut Writer<S, O, A>,
    ) -> Result<Begun, Fault> {
        written.pairs += 1;
        let start = w.written();
        let size = match self {
            Self::Protobuf => {
                let wire_type = form.wire_type().unwrap_or(2);
                write_leb128(key << 3 | wire_type, w)?;
                (form == Form::Bytes).then_some(LEB128)
            }
            Self::Pairs(pairs) => {
                pairs.key.write(key, w)?;
                pairs.size
            }
        };
        let size_at = match size {
            None => None,
            Some(size) => {
                w.expect_byte_boundary()?;
                let at = w.written();
                size.write(0, w)?;
                Some(at)
            }
        };
        let behind = w.written();
        if let Some(size) = size {
            w.begin_piece(size.is_fixed());
            if !size.is_fixed() {
                w.move_later(true);
            }
        }
        Ok(Begun {
            start,
            size_at,
            behind,
        })
    }

    /// Writes the size of a value that was written.
    pub fn end_value<S: Sink, O: Order, A: Align>(
        &self,
        begun: Begun,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let Some(at) = begun.size_at else {
            return Ok(());
        };
        w.expect_byte_boundary()?;
        w.end_piece()?;
        let (number, from) = match self {
            Self::Protobuf => (LEB128, begun.behind),
            Self::Pairs(pairs) => {
                let from = match pairs.size_counts {
                    LengthCounts::Body => begun.behind,
                    LengthCounts::Rest => at,
                    LengthCounts::Message => begun.start,
                };
                (pairs.size.unwrap_or(LEB128), from)
            }
        };
        let size = (w.written() - from) as u64;
        if !number.is_fixed() {
            w.move_later(false);
        }
        number.put_back(at, size, w)
    }

    /// Writes a field that no other is.
    pub fn write_unknown<S: Sink, O: Order, A: Align>(
        &self,
        written: &mut Written,
        field: &UnknownField,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let (key, form) = match self {
            Self::Pairs(_) => (field.key, self.form()),
            Self::Protobuf => match Form::of_wire_type(field.key & 7) {
                Some(form) if field.key <= u32::MAX.into() => (field.key >> 3, form),
                _ => return Err(w.fail(ErrorKind::Refused("no key of a protobuf field".into()))),
            },
        };
        let is_reserved = matches!(
            self,
            Self::Pairs(pairs) if [pairs.terminator, pairs.pad].contains(&Some(key))
        );
        let fits = match form {
            Form::Plain => false,
            Form::Bytes => !is_reserved,
            Form::Fixed32 => field.value.len() == 4,
            Form::Fixed64 => field.value.len() == 8,
            Form::Varint | Form::Zigzag => {
                let mut r: Reader<'_> = Reader::new(&field.value);
                read_leb128(&mut r).is_ok() && r.finish().is_ok()
            }
        };
        if !fits {
            let why = "bytes that no value of such a key has";
            return Err(w.fail(ErrorKind::Refused(why.into())));
        }
        let begun = self.begin_value(written, key, form, w)?;
        w.bytes(&field.value)?;
        self.end_value(begun, w)
    }

    /// Writes what stands behind the last value.
    pub fn end_write<S: Sink, O: Order, A: Align>(
        &self,
        written: Written,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let Self::Pairs(pairs) = self else {
            w.goes_on();
            return Ok(());
        };
        if let Some(terminator) = pairs.terminator {
            pairs.key.write(terminator, w)?;
        } else if pairs.count.is_none() {
            w.goes_on();
        }
        match pairs.count {
            Some(count) => count.put_back(written.count_at, written.pairs, w),
            None => Ok(()),
        }
    }
}

impl Pairs {
    fn next<O: Order, A: Align>(
        &self,
        coming: &mut Coming,
        r: &mut Reader<'_, O, A>,
    ) -> Result<Option<Key>, Fault> {
        loop {
            match &mut coming.pairs {
                Some(0) => return Ok(None),
                // Without a count, a terminator must come.
                None if self.terminator.is_none() && !r.has_bits(1)? => return Ok(None),
                _ => {}
            }
            let at = r.bit_offset();
            let number = self.key.read(r)?;
            if Some(number) == self.pad {
                continue;
            }
            if Some(number) == self.terminator {
                return Ok(None);
            }
            if let Some(pairs) = &mut coming.pairs {
                *pairs -= 1;
            }
            let form = None;
            return Ok(Some(Key { number, at, form }));
        }
    }

    fn read_size<O: Order, A: Align>(
        &self,
        key: &Key,
        r: &mut Reader<'_, O, A>,
    ) -> Result<u64, Fault> {
        let at = r.bit_offset();
        let found = match self.size {
            Some(size) => size.read(r)?,
            None => 0,
        };
        let least = match self.size_counts {
            LengthCounts::Body => 0,
            LengthCounts::Rest => (r.bit_offset() - at) / 8,
            LengthCounts::Message => (r.bit_offset() - key.at) / 8,
        };
        match found.checked_sub(least) {
            Some(size) => Ok(size),
            None => Err(r.fail_at(at, ErrorKind::LengthTooSmall { found, least })),
        }
    }
}

/// The fault of a key that no field has.
#[cold]
pub fn unknown<O: Order, A: Align>(key: &Key, r: &mut Reader<'_, O, A>) -> Fault {
    let found = key.number.into();
    r.fail_at(key.at, ErrorKind::UnknownTag { found })
}

#[cold]
fn wrong_wire_type(expected: Option<u64>, found: u64) -> ErrorKind {
    // Both have three bits at most.
    ErrorKind::WrongWireType {
        expected: expected.map(|expected| expected as u8),
        found: found as u8,
    }
}

/// The fault of a key that stands behind one that comes after it.
#[cold]
pub fn out_of_order<O: Order, A: Align>(key: &Key, r: &mut Reader<'_, O, A>) -> Fault {
    let kind = ErrorKind::KeyOutOfOrder { key: key.number };
    r.fail_at(key.at, kind)
}

/// Reads the key of the one field that can be there.
pub(crate) fn read_field_key<O: Order, A: Align>(
    number: u64,
    form: Form,
    r: &mut Reader<'_, O, A>,
) -> Result<Key, Fault> {
    let format = KeyFormat::Protobuf;
    let mut coming = format.begin(r)?;
    let Some(key) = format.next(&mut coming, r)? else {
        let (needed, left) = (8, 0);
        return Err(r.fail(ErrorKind::UnexpectedEnd { needed, left }));
    };
    if key.number != number {
        return Err(unknown(&key, r));
    }
    format.expect(&key, form, r)?;
    Ok(key)
}
