//! Values that obey the declarations.

use std::fmt::Debug;
use std::sync::LazyLock;

use pickler::dynamic::{self, Value};
use pickler::generate::{Bounds, ByteChoices, Choices, Generator};
use pickler::laws::{Laws, hold_for_schema};
use pickler::{PickleOwned, schema::Schema};

use crate::types;

/// What is made of the fuzzer's choices can be written, and comes back.
pub fn values(bytes: &[u8]) {
    static STATEMENTS: LazyLock<Generator> =
        LazyLock::new(|| generator(Schema::of::<cluster_protocol::Statement>()));
    let choices = &mut ByteChoices::new(bytes);
    macro_rules! one_of {
        ($($type:ty),+ $(,)?) => {{
            const COUNT: usize = [$(stringify!($type)),+].len();
            let pick = choices.index(COUNT + 1);
            let mut types = 0..COUNT;
            $(
                if types.next() == Some(pick) {
                    static LAWS: LazyLock<Laws<$type>> = LazyLock::new(Laws::new);
                    static GENERATOR: LazyLock<Generator> =
                        LazyLock::new(|| generator(LAWS.schema().clone()));
                    return value(&LAWS, &GENERATOR, choices);
                }
            )+
        }};
    }
    one_of!(
        pokersource::Message,
        openpoker::Message,
        cluster_protocol::Message,
        types::big_msb::Everything,
        types::little_lsb::Dependent,
        pokerth::Message,
        types::Leaves,
        types::Conditional,
        types::Padded,
        types::Expressions,
        types::Options,
        types::Protobuf,
        types::Summed,
        types::Packet,
        types::Texts,
        types::Digested,
        types::Measured,
        types::Archive,
        types::Chained,
        types::Shared,
        types::Tried,
        types::Ended,
        types::Collections,
    );
    hold_for_schema(STATEMENTS.schema(), &made(&STATEMENTS, choices));
}

/// Small values: there are more of them in a second, and few choices make what
/// is large only longer.
fn generator(schema: Schema) -> Generator {
    let mut bounds = Bounds::default();
    bounds.units = 80;
    Generator::with_bounds(schema, bounds)
}

fn value<T: PickleOwned + PartialEq + Debug>(
    laws: &Laws<T>,
    generator: &Generator,
    choices: &mut ByteChoices<'_>,
) {
    let made = made(generator, choices);
    let bytes = match dynamic::encode(generator.schema(), &made) {
        Ok(bytes) => bytes,
        Err(error) => panic!("{made:?} is a value, but: {error}"),
    };
    // Where something ends may be told by the end of the input alone: what comes
    // behind it is taken for a part of it.
    if let Ok(value) = pickler::decode(&bytes) {
        laws.hold_for(&value);
    }
}

fn made(generator: &Generator, choices: &mut ByteChoices<'_>) -> Value {
    match generator.value(choices) {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}
