//! A dissector for Wireshark, as one file of Lua.

mod expressions;
mod integers;
mod keyed;
mod names;
mod script;
mod shapes;
mod unions;
mod values;
mod wrapped;

use std::fmt;

use pickler::schema::Protocol;

pub use names::filter_name;

/// What a dissector is made of besides what is generated, in this order.
const RUNTIME: [&str; 13] = [
    include_str!("runtime/integers.lua"),
    include_str!("runtime/cursor.lua"),
    include_str!("runtime/tree.lua"),
    include_str!("runtime/expressions.lua"),
    include_str!("runtime/leaves.lua"),
    include_str!("runtime/counts.lua"),
    include_str!("runtime/checksums.lua"),
    include_str!("runtime/records.lua"),
    include_str!("runtime/unions.lua"),
    include_str!("runtime/lists.lua"),
    include_str!("runtime/wrapped.lua"),
    include_str!("runtime/meanings.lua"),
    include_str!("runtime/keyed.lua"),
];

/// What cuts messages out of segments.
const FRAMES: &str = include_str!("runtime/frames.lua");

/// The part of a description that has no form in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// What has no form there.
    pub what: String,
    /// Where it stands: types and fields.
    pub path: String,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} cannot be told", self.path, self.what)
    }
}

impl std::error::Error for Unsupported {}

/// A dissector of a protocol for Wireshark: a script of Lua, which Wireshark 4
/// loads from its folder of plugins, or `tshark` by `-X lua_script:FILE`.
///
/// It puts messages together from TCP segments, reads several from one, and
/// reads datagrams of UDP. Its port is a preference, 0 unless set: then it is
/// there for *Decode As*. Each field of the description is one of Wireshark,
/// `PROTOCOL.TYPE.FIELD`, or `pickler_PROTOCOL.TYPE.FIELD` where Wireshark has a
/// protocol of that name already; what takes up several has a subtree. The names of
/// values, bits within bytes, flags and checksums are shown; what is wrong is an
/// expert info behind all that could be read. The Info column tells the names
/// of the messages.
///
/// What only code can read, and what is compressed, is shown as bytes. Text in
/// code pages other than ASCII, Latin-1 and UTF-16 is shown as bytes, too.
///
/// ```
/// use pickler::{Pickle, schema::{Protocol, Schema}};
///
/// #[derive(Pickle)]
/// #[pickle(tag = u8, length = u16)]
/// enum Message {
///     Ping,
///     Raise { amount: u32 },
/// }
///
/// let protocol = Protocol::new("table", Schema::of::<Message>());
/// let script = pickler_faces::wireshark(&protocol)?;
/// assert!(script.contains(r#"field("uint32", "table.raise.amount", "amount""#));
/// # Ok::<(), pickler_faces::Unsupported>(())
/// ```
///
/// # Errors
/// If the description holds something that this version of the generator does
/// not know.
pub fn wireshark(protocol: &Protocol) -> Result<String, Unsupported> {
    script::Script::new(protocol).finish()
}
