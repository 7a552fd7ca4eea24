//! The lines of the log, and how each is bound to the one before it.

use cluster_protocol::Digest;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use thiserror::Error;
use time::OffsetDateTime;

use crate::identity::sha256;

/// The most bytes of a line, its end included.
pub const MAX_LINE: usize = 64 * 1_024;

/// What stands between the bytes that are hashed and the hash.
const HASH_MARK: &[u8] = b",\"hash\":\"";

/// What ends a line.
const LINE_END: &[u8] = b"\"}";

/// Where a chain ends: its last line. That line vouches for all before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The line's number, from 1; 0: there is none yet.
    pub number: u64,
    /// The line's hash.
    pub hash: Digest,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Damage {
    /// It is no line of a log.
    #[error("it is not a line of an audit log")]
    Form,
    /// Its hash is not that of its bytes.
    #[error("it was changed")]
    Changed,
    /// It does not follow the line before it.
    #[error("it does not follow the line before it")]
    Order,
    /// It is longer than [`MAX_LINE`].
    #[error("it is too long")]
    TooLong,
}

/// A line without its hash. The order of the fields is that of their bytes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body<'a> {
    n: u64,
    time: String,
    who: String,
    what: String,
    #[serde(borrow)]
    detail: &'a RawValue,
    prev: String,
}

impl Head {
    /// The line that is to follow, without its end; `wall` in seconds since
    /// 1970. None: it would be too long.
    pub(super) fn next_line(
        &self,
        wall: u64,
        who: &str,
        what: &str,
        detail: &RawValue,
    ) -> Option<(String, Self)> {
        let number = self.number + 1;
        let body = Body {
            n: number,
            time: moment(wall),
            who: who.to_owned(),
            what: what.to_owned(),
            detail,
            prev: self.hash.to_string(),
        };
        let body = serde_json::to_string(&body).ok()?;
        let hashed = body.strip_suffix('}')?;
        let hash = sha256(hashed.as_bytes());
        let line = format!("{hashed},\"hash\":\"{hash}\"}}");
        (line.len() < MAX_LINE).then_some((line, Self { number, hash }))
    }

    /// The head after a line, without its end, that is to follow. Every byte of
    /// it counts: those before its hash are hashed, the rest can be only one
    /// way.
    pub(super) fn follow(&self, line: &[u8]) -> Result<Self, Damage> {
        if line.len() >= MAX_LINE {
            return Err(Damage::TooLong);
        }
        let tail = HASH_MARK.len() + 64 + LINE_END.len();
        let at = line.len().checked_sub(tail).ok_or(Damage::Form)?;
        let (hashed, tail) = line.split_at(at);
        let hash = sha256(hashed);
        let expected = [HASH_MARK, hash.to_string().as_bytes(), LINE_END].concat();
        if tail != expected {
            return Err(Damage::Changed);
        }
        let whole = [hashed, b"}"].concat();
        let body: Body<'_> = serde_json::from_slice(&whole).map_err(|_| Damage::Form)?;
        if self.number.checked_add(1) != Some(body.n) || body.prev != self.hash.to_string() {
            return Err(Damage::Order);
        }
        Ok(Self {
            number: body.n,
            hash,
        })
    }
}

/// A moment as RFC 3339 has it; what is beyond the calendar, as its last.
fn moment(wall: u64) -> String {
    let moment = i64::try_from(wall)
        .ok()
        .and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    let Some(moment) = moment else {
        return "9999-12-31T23:59:59Z".to_owned();
    };
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        moment.year(),
        u8::from(moment.month()),
        moment.day(),
        moment.hour(),
        moment.minute(),
        moment.second()
    )
}
