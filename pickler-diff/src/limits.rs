//! How long messages may be.

use pickler::dynamic::{self, RecordValue, Value};
use pickler::schema::Protocol;

use crate::messages::{fields, messages, tagged};
use crate::proof::Values;
use crate::report::{Finding, Outcome, Part, Side, Witness};

/// Texts, bytes and lists of these lengths are tried, and of what is too long.
const LENGTHS: [usize; 6] = [0, 1, 16, 127, 255, 65_000];
/// Longer texts are not tried, nor are lists.
const LONGEST: (usize, usize) = (1 << 20, 1 << 12);

/// What one version writes may be too long for the other.
pub fn of_messages(old: &Protocol, new: &Protocol) -> Option<Finding> {
    if old.max_message == new.max_message {
        return None;
    }
    let told = |protocol: &Protocol| match protocol.max_message {
        Some(1) => "at most 1 byte".into(),
        Some(bytes) => format!("at most {bytes} bytes"),
        None => "any number of bytes".into(),
    };
    let change = format!("a message had {}, and has {}", told(old), told(new));
    let mut finding = Finding::note(&[], "", change);
    for (writer, writing, reading) in [(Side::Old, old, new), (Side::New, new, old)] {
        let Some(limit) = reading.max_message else {
            continue;
        };
        if writing.max_message.is_some_and(|most| most <= limit) {
            continue;
        }
        let longest = tried(writing, limit);
        let works = match writer {
            Side::Old => &mut finding.verdict.new_reads_old,
            Side::New => &mut finding.verdict.old_reads_new,
        };
        match longest {
            Some((value, bytes)) if bytes.len() as u64 > limit => {
                *works = false;
                let outcome = Outcome::TooLong { limit };
                let mut witness = Witness::of_bytes(writer, Part::Whole, bytes, outcome);
                witness.value = value;
                witness.show(&old.schema, &new.schema);
                finding.witnesses.push(witness);
            }
            // What is longer than what is tried may still be written.
            Some((_, bytes)) => {
                let is_tried = limit < LONGEST.0 as u64;
                *works = is_tried && bytes.len() < LONGEST.1 || bytes.len() < LENGTHS[4];
            }
            None => {}
        }
    }
    Some(finding)
}

/// The shortest message that is too long; if there is none, the longest that was
/// tried.
fn tried(protocol: &Protocol, limit: u64) -> Option<(Value, Vec<u8>)> {
    let schema = &protocol.schema;
    let simplest: Vec<Value> = match messages(schema) {
        Some((_, union)) => {
            let bodies = union.variants.iter().filter_map(|variant| {
                let fields = fields(schema, &variant.name)?;
                Some(tagged(variant, Values::simplest_of(&fields)?))
            });
            bodies.collect()
        }
        None => Values::simplest_of(schema).into_iter().collect(),
    };
    let most = protocol.max_message.unwrap_or(u64::MAX);
    let mut best: Option<(Value, Vec<u8>)> = None;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let lengths = LENGTHS.iter().copied().chain([wanted.saturating_add(1)]);
    for length in lengths.filter(|length| *length <= LONGEST.0) {
        for value in &simplest {
            let value = stretched(value, length);
            let Ok(bytes) = dynamic::encode(schema, &value) else {
                continue;
            };
            let rank = |bytes: &[u8]| {
                let size = bytes.len() as u64;
                let is_long = size > limit;
                (is_long, if is_long { u64::MAX - size } else { size })
            };
            let is_better = best
                .as_ref()
                .is_none_or(|best| rank(&bytes) > rank(&best.1));
            if is_better && bytes.len() as u64 <= most {
                best = Some((value, bytes));
            }
        }
    }
    best
}

/// The value with all that has a length as long as that.
fn stretched(value: &Value, length: usize) -> Value {
    match value {
        Value::Bytes(_) => Value::Bytes(vec![b'x'; length].into()),
        Value::Text(_) => Value::Text("x".repeat(length)),
        Value::List(items) => match items.first() {
            Some(first) => Value::List(vec![first.clone(); length.min(LONGEST.1)]),
            None => value.clone(),
        },
        Value::Record(record) => {
            let values = record.values().iter();
            let values = values.map(|value| stretched(value, length)).collect();
            let names = record.names().clone();
            Value::Record(RecordValue::new(names, values).with_row(record.is_row()))
        }
        Value::Variant(variant) => {
            let mut variant = variant.clone();
            variant.body = stretched(&variant.body, length);
            Value::Variant(variant)
        }
        _ => value.clone(),
    }
}
