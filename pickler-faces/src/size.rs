//! How much types take.

use pickler::schema::{Schema, Shape};

use crate::layout::Measure;

/// How many bits a shape of a schema takes: at the least, and at the most, if there
/// is a most.
///
/// ```
/// use pickler::{Pickle, schema::Schema};
///
/// #[derive(Pickle)]
/// struct Chips {
///     seat: u8,
///     #[pickle(flag)]
///     amount: Option<u32>,
/// }
///
/// let schema = Schema::of::<Chips>();
/// assert_eq!(pickler_faces::size(&schema, schema.root()), (16, Some(48)));
/// ```
pub fn size(schema: &Schema, shape: &Shape) -> (u64, Option<u64>) {
    let width = Measure::new(schema).width(shape);
    (width.min, width.max)
}
