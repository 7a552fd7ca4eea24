//! What the audit log says of requests.

use cluster_protocol::{Request, Signed, SyncRequest};

/// The most bytes of particulars in one line of the audit log, so that it
/// grows by little with each request, refused ones included.
const DETAIL: usize = 1 << 10;

/// What a request is called in the audit log; none: it only looks, or is a part
/// of one that is there.
pub(super) fn audited_as(request: &Request) -> Option<&'static str> {
    match request {
        Request::Status
        | Request::Bots { .. }
        | Request::Log { .. }
        | Request::Release
        | Request::Upload { .. } => None,
        Request::Authorise(_) => Some("authorise"),
        Request::Revoke { .. } => Some("revoke"),
        Request::RotateKey => Some("rotate-key"),
        Request::Set { .. } => Some("set"),
        Request::Run { .. } => Some("run"),
        Request::Stop => Some("stop"),
        Request::Offer { .. } => Some("offer"),
        Request::Publish { .. } => Some("publish"),
        Request::Sync(request) if request.plan_only => Some("plan"),
        Request::Sync(_) => Some("sync"),
    }
}

/// The particulars of a request, for the audit log.
pub(super) fn detail(request: &Request) -> String {
    match request {
        Request::Authorise(authorise) => format!(
            "{} as {:?} in {:?} for {} s",
            authorise.name, authorise.role, authorise.groups, authorise.lifetime
        ),
        Request::Revoke { name } => name.to_string(),
        Request::Set {
            scope,
            variable,
            remove,
        } => {
            let verb = if *remove { "unset" } else { "set" };
            format!("{verb} {} for {scope:?}", variable.name)
        }
        Request::Offer { hash, size } => format!("{hash} of {size} bytes"),
        Request::Publish { manifest } => fingerprint(manifest),
        Request::Run { order } => fingerprint(order),
        Request::Sync(sync) => {
            let count = sync.rollbacks.len();
            let sync = SyncRequest {
                rollbacks: Vec::new(),
                groups: sync.groups.clone(),
                ..*sync
            };
            format!("{count} rollbacks, {sync:?}")
        }
        _ => String::new(),
    }
}

fn fingerprint(signed: &Signed) -> String {
    format!("statement {}", crate::identity::sha256(&signed.statement))
}

/// The beginning of particulars that are too long, and how many bytes more
/// there were.
pub(super) fn cut(detail: String) -> String {
    if detail.len() <= DETAIL {
        return detail;
    }
    let mut end = DETAIL;
    while !detail.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}… {} bytes more", &detail[..end], detail.len() - end)
}
