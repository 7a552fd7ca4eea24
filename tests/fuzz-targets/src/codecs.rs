//! Derived codecs beside dynamic ones.

use std::sync::LazyLock;

use pickler::laws::Laws;
use pickler::schema::Schema;

use crate::types::{self as declared};

/// A target that checks bytes against the laws of one of several types, which
/// the first byte picks; and the schemas of the types, in the same order. What
/// each type needs is made once.
macro_rules! one_of {
    ($(#[$doc:meta])* $target:ident, $schemas:ident: $($type:ty),+ $(,)?) => {
        $(#[$doc])*
        pub fn $target(bytes: &[u8]) {
            const COUNT: usize = [$(stringify!($type)),+].len();
            let Some((pick, bytes)) = bytes.split_first() else { return };
            let mut types = 0..COUNT;
            $(
                if types.next() == Some(usize::from(*pick) % COUNT) {
                    static LAWS: LazyLock<Laws<$type>> = LazyLock::new(Laws::new);
                    let _ = LAWS.hold_for_bytes(bytes);
                    return;
                }
            )+
        }

        pub(crate) fn $schemas() -> Vec<Schema> {
            vec![$(Schema::of::<$type>()),+]
        }
    };
}

/// The messages of pokersource.
pub fn pokersource(bytes: &[u8]) {
    static LAWS: LazyLock<Laws<pokersource::Message>> = LazyLock::new(Laws::new);
    let _ = LAWS.hold_for_bytes(bytes);
}

/// The messages of pokersource 3.0.0.
pub fn pokersource3(bytes: &[u8]) {
    static LAWS: LazyLock<Laws<pokersource3::Message>> = LazyLock::new(Laws::new);
    let _ = LAWS.hold_for_bytes(bytes);
}

/// The messages of OpenPoker.
pub fn openpoker(bytes: &[u8]) {
    static LAWS: LazyLock<Laws<openpoker::Message>> = LazyLock::new(Laws::new);
    let _ = LAWS.hold_for_bytes(bytes);
}

/// The messages of PokerTH.
pub fn pokerth(bytes: &[u8]) {
    static LAWS: LazyLock<Laws<pokerth::Message>> = LazyLock::new(Laws::new);
    let _ = LAWS.hold_for_bytes(bytes);
}

one_of! {
    /// What nodes of a cluster say.
    cluster, cluster_schemas:
    cluster_protocol::Message,
    cluster_protocol::Datagram,
    cluster_protocol::GossipHeader,
    cluster_protocol::Gossip,
    cluster_protocol::Signed,
    cluster_protocol::Statement,
}

one_of! {
    /// Types that use everything that formats can say.
    types, types_schemas:
    declared::Message,
    declared::Choice,
    declared::Kind,
    declared::Level,
    declared::big_msb::Everything,
    declared::big_msb::Dependent,
    declared::big_lsb::Everything,
    declared::big_lsb::Dependent,
    declared::little_msb::Everything,
    declared::little_msb::Dependent,
    declared::little_lsb::Everything,
    declared::little_lsb::Dependent,
    declared::Leaves,
    declared::Texts,
    declared::Conditional,
    declared::Chosen,
    declared::Padded,
    declared::Packet,
    declared::Summed,
    declared::Expressions,
    declared::Options,
    declared::Protobuf,
    declared::Digested,
    declared::Measured,
    declared::Archive,
    declared::Chained,
    declared::Fixed,
    declared::Shared,
    declared::Tried,
    declared::Ended,
    declared::Collections,
}
