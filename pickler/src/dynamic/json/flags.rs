//! Flags as lists of names.

use alloc::string::ToString;
use alloc::sync::Arc;

use serde_json::Value as Json;

use crate::dynamic::Value;
use crate::dynamic::meaning::{low_bits, width};
use crate::error::{Error, ErrorKind};
use crate::names::nearest;
use crate::schema::Shape;

type Named = [(Arc<str>, u128)];

/// The names of the flags that are set, and what has no name, as a number.
pub(super) fn to_names(value: &Value, named: &Named, item: &Shape) -> Option<Json> {
    value.as_i128()?;
    let bits = low_bits(value, item);
    let (mut told, mut flags) = (0, alloc::vec::Vec::new());
    for (name, flag) in named {
        if *flag != 0 && bits & flag == *flag {
            flags.push(Json::String(name.to_string()));
            told |= flag;
        }
    }
    if bits & !told != 0 {
        flags.push(super::to_json::integer(bits & !told));
    }
    Some(Json::Array(flags))
}

/// The integer that some flags make.
pub(super) fn from_names(flags: &[Json], named: &Named, item: &Shape) -> Result<Value, Error> {
    let mut bits = 0;
    for flag in flags {
        if let Json::String(text) = flag {
            let Some((_, flag)) = named.iter().find(|(name, _)| **name == **text) else {
                let suggestions = nearest(text, named.iter().map(|(name, _)| &**name));
                let name = text.clone();
                return Err(Error::without_position(ErrorKind::UnknownName {
                    name,
                    suggestions,
                }));
            };
            bits |= flag;
        } else {
            bits |= low_bits(&super::from_json::plain(flag)?, item);
        }
    }
    let (width, signed) = (
        width(item),
        matches!(item, Shape::Integer { signed: true, .. }),
    );
    let unused = 128 - width;
    Ok(if signed {
        Value::integer((bits << unused).cast_signed() >> unused)
    } else {
        Value::Unsigned(bits)
    })
}
