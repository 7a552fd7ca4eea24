//! What a node gives to the program that it becomes.

use std::fs::File;
use std::io::{self, Read};

use cluster_protocol::{Address, Blob, Epoch, Name};
use pickler::Pickle;

/// The variable that says where the handover is.
pub const VARIABLE: &str = "NODE_HANDOVER";
/// More than a handover ever has.
const MOST: u64 = 16 << 20;

/// What a node gives to the program that it becomes: it goes on as the same
/// node, without a token.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(magic = b"node handover 1\n")]
pub struct Handover {
    /// The [`Identity`](crate::identity::Identity).
    pub identity: Blob,
    /// Where it listens.
    pub address: Address,
    /// The groups that it has joined.
    #[pickle(count = u8)]
    pub groups: Vec<Name>,
    /// The greatest version of a release that it has run.
    pub release_floor: u64,
    /// The greatest epoch that it has obeyed.
    pub epoch: Epoch,
    /// Where the boot server is.
    pub boot: Address,
}

impl Handover {
    /// The handover, if this program was become by a node.
    ///
    /// # Errors
    /// If there is one, and it cannot be read.
    pub fn take() -> io::Result<Option<Self>> {
        let Some(number) = std::env::var_os(VARIABLE) else {
            return Ok(None);
        };
        let number: u32 = number
            .to_str()
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| io::Error::other(format!("{VARIABLE} is no number of a file")))?;
        let mut bytes = Vec::new();
        File::open(format!("/proc/self/fd/{number}"))?
            .take(MOST)
            .read_to_end(&mut bytes)?;
        let handover = pickler::decode(&bytes).map_err(io::Error::other)?;
        Ok(Some(handover))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handover_is_read_as_it_was_written() {
        let handover = Handover {
            identity: vec![1, 2, 3].into(),
            address: Address::V4 {
                ip: [127, 0, 0, 1],
                port: 19_401,
            },
            groups: vec!["players".into()],
            release_floor: 7,
            epoch: Epoch {
                number: 3,
                controller: 4,
            },
            boot: Address::V4 {
                ip: [127, 0, 0, 1],
                port: 19_400,
            },
        };
        let bytes = pickler::encode(&handover).unwrap();
        assert_eq!(pickler::decode::<Handover>(&bytes).unwrap(), handover);
        assert!(pickler::decode::<Handover>(&bytes[1..]).is_err());
    }
}
