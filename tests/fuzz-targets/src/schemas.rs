//! Formats that nobody would declare.

use pickler::generate::{self, ByteChoices, Generator};
use pickler::laws::{hold_for_schema, hold_for_schema_bytes};

/// The first byte says how many choices make the schema; of what is behind
/// them, all is read as bytes, and then made a value.
pub fn schemas(bytes: &[u8]) {
    let Some((length, bytes)) = bytes.split_first() else {
        return;
    };
    let (format, bytes) = bytes.split_at(bytes.len().min(usize::from(*length)));
    let generator = Generator::new(generate::schema(&mut ByteChoices::new(format)));
    hold_for_schema_bytes(generator.schema(), bytes);
    match generator.value(&mut ByteChoices::new(bytes)) {
        Ok(value) => {
            hold_for_schema(generator.schema(), &value);
        }
        Err(error) => panic!("{error}, of {:#?}", generator.schema()),
    }
}
