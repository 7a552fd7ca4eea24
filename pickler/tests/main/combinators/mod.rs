//! Kennedy's and scodec's combinators, against the dynamic codec.

mod attributes;
mod opaque;
mod plain;
mod tried;

use std::fmt::Debug;

use pickler::Pickler;
use pickler::picklers::encode_with;
use pickler::schema::Schema;

use crate::agreement::agree_on_bytes_with;

fn message<P, T>(pickler: &P, value: &T) -> String
where
    P: for<'de> Pickler<'de, Value = T>,
{
    encode_with(pickler, value).unwrap_err().to_string()
}

fn refusal<P, T: Debug>(pickler: &P, bytes: &[u8]) -> String
where
    P: for<'de> Pickler<'de, Value = T>,
{
    let schema = Schema::of_pickler(pickler);
    let error = agree_on_bytes_with(pickler, &schema, bytes).unwrap_err();
    error.to_string()
}
