//! `protocol!`: the types of a spec, where it stands.

mod arguments;
mod expansion;

use proc_macro::TokenStream;

/// The types that a spec tells, in its order, and a function `protocol()` that
/// gives the protocol: as if what `pickler export --format rust` prints stood
/// here.
///
/// The path is that from the folder of the package's `Cargo.toml`. What is wrong
/// with the spec is an error of the compiler, and a change of the spec compiles
/// the types anew. The package needs `pickler` with the feature `derive`, and
/// those of what the format uses.
///
/// ```
/// mod table {
///     pickler_protocol::protocol!("tests/table.pickler");
/// }
/// use table::{Message, Pot};
///
/// let pot = Message::from(Pot { index: 2, seat: None, winners: vec![1, 2] });
/// let bytes = pickler::encode(&pot)?;
/// assert_eq!(bytes, [6, 0, 10, 2, 255, 2, 1, 0, 2, 0]);
/// assert_eq!(pickler::decode::<Message>(&bytes)?, pot);
/// assert_eq!(table::protocol().version.as_deref(), Some("1.2"));
/// # Ok::<(), pickler::Error>(())
/// ```
///
/// What only code can say, `opaque "name"` and `mapped "name"` of a spec, is in a
/// module of which `codecs = path` is the path. For each name it has a type and a
/// function that gives the pickler, which is given that of what is on the wire if it
/// is a mapping.
///
/// ```
/// mod codecs {
///     use pickler::Pickler;
///     use pickler::picklers::{leb128, opaque, wrap};
///
///     /// For `opaque "number"`.
///     pub type Number = u32;
///     pub fn number<'de>() -> impl Pickler<'de, Value = Number> {
///         opaque("number", leb128())
///     }
///
///     /// For `u16 mapped "seconds"`.
///     pub type Seconds = std::time::Duration;
///     pub fn seconds<'de, P>(wire: P) -> impl Pickler<'de, Value = Seconds>
///     where
///         P: Pickler<'de, Value = u16>,
///     {
///         wrap(
///             wire,
///             "seconds",
///             |seconds: u16| Seconds::from_secs(seconds.into()),
///             |time: &Seconds| time.as_secs() as u16,
///         )
///     }
/// }
///
/// mod clock {
///     pickler_protocol::protocol!("tests/clock.pickler", codecs = crate::codecs);
/// }
/// # fn main() -> Result<(), pickler::Error> {
/// let alarm = clock::Alarm {
///     number: 300,
///     after: std::time::Duration::from_secs(5),
/// };
/// assert_eq!(pickler::encode(&alarm)?, [0xAC, 2, 0, 5]);
/// assert_eq!(pickler::decode::<clock::Alarm>(&[0xAC, 2, 0, 5])?, alarm);
/// # Ok(())
/// # }
/// ```
#[proc_macro]
pub fn protocol(arguments: TokenStream) -> TokenStream {
    match syn::parse::<arguments::Arguments>(arguments) {
        Ok(arguments) => expansion::expand(&arguments).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
