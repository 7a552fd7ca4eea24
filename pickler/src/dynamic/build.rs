//! What is made of what is read.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::value::{RecordValue, Value, VariantValue};
use crate::schema::Names;

/// Makes of what is read what the reader wants: values of a script, say,
/// without a [`Value`] in between.
///
/// Each part is put where it stays: a record has a place for the next field, a
/// list for the next item, a variant for its body. The reader does not stop for it,
/// and after an error of the bytes what is being made is not ended.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use pickler::dynamic::{Build, Value, decode_by};
/// use pickler::schema::{Names, Schema};
/// use pickler::{Limits, Pickle};
///
/// /// Makes text of everything.
/// struct Texts;
///
/// /// Parts, and the place of the next.
/// type Parts = (Vec<String>, String);
///
/// impl Build for Texts {
///     type Value = String;
///     type Record = (Names, Parts);
///     type List = Parts;
///     type Variant = (String, String);
///
///     fn value(&mut self, value: Value) -> String {
///         match value {
///             Value::Unsigned(value) => value.to_string(),
///             other => format!("{other:?}"),
///         }
///     }
///
///     fn record(&mut self, names: &Names, _: bool) -> Self::Record {
///         (names.clone(), Parts::default())
///     }
///     fn field<'a>(&mut self, (_, (_, next)): &'a mut Self::Record, _: usize) -> &'a mut String {
///         next
///     }
///     fn field_done(&mut self, (names, (done, next)): &mut Self::Record, index: usize) {
///         let name = names.iter().nth(index).unwrap();
///         done.push(format!("{name}={}", std::mem::take(next)));
///     }
///     fn record_done(&mut self, (_, (done, _)): Self::Record) -> String {
///         done.join(" ")
///     }
///
///     fn list(&mut self, _: usize) -> Parts {
///         Parts::default()
///     }
///     fn item<'a>(&mut self, (_, next): &'a mut Parts) -> &'a mut String {
///         next
///     }
///     fn item_done(&mut self, (done, next): &mut Parts) {
///         done.push(std::mem::take(next));
///     }
///     fn list_done(&mut self, (done, _): Parts) -> String {
///         done.join(",")
///     }
///
///     fn variant(&mut self, name: &std::sync::Arc<str>, _: u128) -> Self::Variant {
///         (name.to_string(), String::new())
///     }
///     fn body<'a>(&mut self, (_, body): &'a mut Self::Variant) -> &'a mut String {
///         body
///     }
///     fn variant_done(&mut self, (name, body): Self::Variant) -> String {
///         format!("{name}({body})")
///     }
/// }
///
/// #[derive(Pickle)]
/// struct Bet {
///     player: u16,
///     #[pickle(count = u8)]
///     chips: Vec<u8>,
/// }
///
/// let schema = Schema::of::<Bet>();
/// let bet = decode_by(&schema, &[0, 7, 2, 5, 9], Limits::default(), &mut Texts)?;
/// assert_eq!(bet, "player=7 chips=5,9");
/// # Ok::<(), pickler::Error>(())
/// ```
pub trait Build {
    /// What a value becomes; by default, nothing yet.
    type Value: Default;
    /// A record that is being made.
    type Record;
    /// A list that is being made.
    type List;
    /// A variant that is being made.
    type Variant;

    /// A value that was read whole, perhaps with parts: any value may come so, numbers
    /// and texts, too.
    fn value(&mut self, value: Value) -> Self::Value;

    /// An integer from 0.
    #[inline]
    fn unsigned(&mut self, value: u128) -> Self::Value {
        self.value(Value::Unsigned(value))
    }

    /// An integer with a sign.
    #[inline]
    fn signed(&mut self, value: i128) -> Self::Value {
        self.value(Value::integer(value))
    }

    /// Bytes that need not be text.
    #[inline]
    fn bytes(&mut self, bytes: &[u8]) -> Self::Value {
        self.value(Value::Bytes(bytes.to_vec().into()))
    }

    /// UTF-8 text.
    #[inline]
    fn text(&mut self, text: &str) -> Self::Value {
        self.value(Value::Text(text.into()))
    }

    /// A record begins; `row` if it is shown without names.
    fn record(&mut self, names: &Names, row: bool) -> Self::Record;

    /// Where the field of that number goes; each in turn, from 0.
    fn field<'a>(&mut self, record: &'a mut Self::Record, index: usize) -> &'a mut Self::Value;

    /// The field is there.
    #[inline]
    fn field_done(&mut self, record: &mut Self::Record, index: usize) {
        let _ = (record, index);
    }

    /// All fields are there.
    fn record_done(&mut self, record: Self::Record) -> Self::Value;

    /// A list begins. `items` is a hint, bounded by the input: there may be more, and
    /// fewer.
    fn list(&mut self, items: usize) -> Self::List;

    /// Where the next item goes.
    fn item<'a>(&mut self, list: &'a mut Self::List) -> &'a mut Self::Value;

    /// The item is there.
    #[inline]
    fn item_done(&mut self, list: &mut Self::List) {
        let _ = list;
    }

    /// All items are there.
    fn list_done(&mut self, list: Self::List) -> Self::Value;

    /// A variant begins.
    fn variant(&mut self, name: &Arc<str>, tag: u128) -> Self::Variant;

    /// Where its body goes.
    fn body<'a>(&mut self, variant: &'a mut Self::Variant) -> &'a mut Self::Value;

    /// The body is there.
    fn variant_done(&mut self, variant: Self::Variant) -> Self::Value;
}

/// For how many items there is room at first, at the most: what a count claims
/// costs no more than that at each level.
pub(super) const FIRST_CAPACITY: usize = 8;

/// Makes values as they are.
pub(super) struct Values;

impl Build for Values {
    type Value = Value;
    type Record = RecordValue;
    type List = Vec<Value>;
    type Variant = Box<VariantValue>;

    #[inline(always)]
    fn value(&mut self, value: Value) -> Value {
        value
    }

    #[inline(always)]
    fn record(&mut self, names: &Names, row: bool) -> RecordValue {
        RecordValue::empty(names.clone()).with_row(row)
    }

    #[inline(always)]
    fn field<'a>(&mut self, record: &'a mut RecordValue, index: usize) -> &'a mut Value {
        record.place(index)
    }

    #[inline(always)]
    fn record_done(&mut self, record: RecordValue) -> Value {
        Value::Record(record)
    }

    #[inline(always)]
    fn list(&mut self, items: usize) -> Vec<Value> {
        Vec::with_capacity(items.min(FIRST_CAPACITY))
    }

    #[inline(always)]
    fn item<'a>(&mut self, list: &'a mut Vec<Value>) -> &'a mut Value {
        let index = list.len();
        list.push(Value::Null);
        &mut list[index]
    }

    #[inline(always)]
    fn list_done(&mut self, list: Vec<Value>) -> Value {
        Value::List(list)
    }

    #[inline(always)]
    fn variant(&mut self, name: &Arc<str>, tag: u128) -> Box<VariantValue> {
        Box::new(VariantValue {
            name: name.clone(),
            tag,
            body: Value::Null,
        })
    }

    #[inline(always)]
    fn body<'a>(&mut self, variant: &'a mut Box<VariantValue>) -> &'a mut Value {
        &mut variant.body
    }

    #[inline(always)]
    fn variant_done(&mut self, variant: Box<VariantValue>) -> Value {
        Value::Variant(variant)
    }
}
