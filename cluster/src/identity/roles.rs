//! Who may ask for what.

use cluster_protocol::{Request, Role};

/// All roles, by name.
const NAMES: [(Role, &str); 6] = [
    (Role::Node, "node"),
    (Role::View, "view"),
    (Role::Operate, "operate"),
    (Role::Deploy, "deploy"),
    (Role::Root, "root"),
    (Role::Boot, "boot"),
];

/// Whether a peer of that role may ask for this.
///
/// ```
/// use cluster::identity::may;
/// use cluster_protocol::{Request, Role};
///
/// assert!(may(Role::View, &Request::Status));
/// assert!(may(Role::Root, &Request::Status));
/// assert!(!may(Role::Deploy, &Request::RotateKey));
/// assert!(!may(Role::Node, &Request::Status));
/// ```
pub fn may(role: Role, request: &Request) -> bool {
    is_operator(role) && role >= least_role(request)
}

/// Whether it is a role of people. Nodes and the boot server are none: what
/// they do, they do over links.
pub fn is_operator(role: Role) -> bool {
    match role {
        Role::View | Role::Operate | Role::Deploy | Role::Root => true,
        Role::Node | Role::Boot => false,
    }
}

/// The least role of an operator that may ask for this.
pub fn least_role(request: &Request) -> Role {
    match request {
        Request::Status | Request::Bots { .. } | Request::Log { .. } | Request::Release => {
            Role::View
        }
        // To stop takes no more than to have begun: it ends only what the same
        // connection has begun.
        // A run has scripts, too. Whatever is uploaded, nodes run only what is
        // signed.
        Request::Set { .. }
        | Request::Run { .. }
        | Request::Stop
        | Request::Offer { .. }
        | Request::Upload { .. } => Role::Operate,
        Request::Publish { .. } | Request::Sync(_) => Role::Deploy,
        Request::Authorise(_) | Request::Revoke { .. } | Request::RotateKey => Role::Root,
    }
}

/// A role's name.
pub fn role_name(role: Role) -> &'static str {
    NAMES
        .iter()
        .find(|(listed, _)| *listed == role)
        .map_or("", |(_, name)| name)
}

/// The role of that name.
pub(super) fn parse(name: &str) -> Option<Role> {
    NAMES
        .iter()
        .find(|(_, listed)| *listed == name)
        .map(|(role, _)| *role)
}
