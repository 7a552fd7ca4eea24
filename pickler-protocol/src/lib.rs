//! `protocol!`: the types of a spec, where it stands.

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
#[proc_macro]
pub fn protocol(path: TokenStream) -> TokenStream {
    match syn::parse::<syn::LitStr>(path) {
        Ok(path) => expansion::expand(&path).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
