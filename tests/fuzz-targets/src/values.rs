//! Values that obey the declarations.

use std::fmt::Debug;
use std::sync::LazyLock;

use pickler::generate::{self, ByteChoices, Choices, Generator};
use pickler::laws::{Laws, hold_for_schema};
use pickler::{PickleOwned, schema::Schema};

use crate::types;

/// What is made of the fuzzer's choices can be written, and comes back.
pub fn values(bytes: &[u8]) {
    let choices = &mut ByteChoices::new(bytes);
    macro_rules! value {
        ($type:ty) => {{
            static LAWS: LazyLock<Laws<$type>> = LazyLock::new(Laws::new);
            value(&LAWS, choices)
        }};
    }
    match choices.up_to(12) {
        0 => value!(pokersource::Message),
        1 => value!(openpoker::Message),
        2 => value!(cluster_protocol::Message),
        3 => value!(types::big_msb::Everything),
        4 => value!(types::little_lsb::Dependent),
        5 => value!(pokerth::Message),
        6 => value!(types::Leaves),
        7 => value!(types::Conditional),
        8 => value!(types::Padded),
        9 => value!(types::Expressions),
        10 => value!(types::Options),
        11 => value!(types::Protobuf),
        _ => dynamic_value(choices),
    }
}

fn value<T: PickleOwned + PartialEq + Debug + 'static>(
    laws: &Laws<T>,
    choices: &mut ByteChoices<'_>,
) {
    match generate::value(choices) {
        Ok(value) => {
            laws.hold_for(&value);
        }
        Err(error) => panic!("{error}"),
    }
}

fn dynamic_value(choices: &mut ByteChoices<'_>) {
    static GENERATOR: LazyLock<Generator> =
        LazyLock::new(|| Generator::new(Schema::of::<cluster_protocol::Statement>()));
    let value = GENERATOR.value(choices).expect("statements are finite");
    hold_for_schema(GENERATOR.schema(), &value);
}
