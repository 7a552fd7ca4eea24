//! Who may ask for what: the whole table.

use std::collections::HashSet;
use std::mem::discriminant;

use cluster_protocol::{
    Authorise, Blob, Digest, Name, Request, Role, Scope, Signed, SyncRequest, Variable,
};

use crate::identity::{is_operator, may, roles};

const ROLES: [Role; 6] = [
    Role::Node,
    Role::View,
    Role::Operate,
    Role::Deploy,
    Role::Root,
    Role::Boot,
];

fn signed() -> Signed {
    Signed {
        statement: Blob::default(),
        key: [0; 32],
        signature: [0; 64],
    }
}

/// Every request, and the least role that it takes.
fn table() -> Vec<(Role, Request)> {
    let hash = Digest::default();
    let node = Name::default();
    vec![
        (Role::View, Request::Status),
        (Role::View, Request::Bots { node: node.clone() }),
        (
            Role::View,
            Request::Log {
                node: node.clone(),
                lines: 1,
            },
        ),
        (
            Role::Root,
            Request::Authorise(Authorise {
                name: node.clone(),
                groups: vec![],
                role: Role::View,
                lifetime: 1,
            }),
        ),
        (Role::Root, Request::Revoke { name: node }),
        (
            Role::Operate,
            Request::Set {
                scope: Scope::All,
                variable: Variable::default(),
                remove: false,
            },
        ),
        (Role::Operate, Request::Offer { hash, size: 1 }),
        (
            Role::Operate,
            Request::Upload {
                hash,
                offset: 0,
                bytes: Blob::default(),
            },
        ),
        (Role::Deploy, Request::Publish { manifest: signed() }),
        (Role::Deploy, Request::Sync(SyncRequest::default())),
        (Role::Operate, Request::Run { order: signed() }),
        (Role::Operate, Request::Stop),
        (Role::View, Request::Release),
        (Role::Root, Request::RotateKey),
    ]
}

#[test]
fn the_table_is_whole() {
    let requests: HashSet<_> = table()
        .iter()
        .map(|(_, request)| discriminant(request))
        .collect();
    assert_eq!(requests.len(), table().len());
    // Tags go from 1 on: the next one is nobody's yet. A request that is added
    // belongs into the table.
    let next = u8::try_from(requests.len() + 1).unwrap();
    let bytes = [&[next][..], &[0; 64]].concat();
    assert!(pickler::decode_prefix::<Request>(&bytes).is_err());
    let bytes = [&[next - 1][..], &[0; 64]].concat();
    assert!(pickler::decode_prefix::<Request>(&bytes).is_ok());
}

#[test]
fn each_role_may_do_what_the_ones_before_it_may() {
    for (least, request) in table() {
        for role in ROLES {
            let allowed = match role {
                Role::Node | Role::Boot => false,
                role => role as u8 >= least as u8,
            };
            assert_eq!(may(role, &request), allowed, "{role:?} {request:?}");
        }
    }
}

#[test]
fn nodes_and_the_boot_server_are_no_operators() {
    let operators: Vec<Role> = ROLES
        .into_iter()
        .filter(|role| is_operator(*role))
        .collect();
    assert_eq!(
        operators,
        [Role::View, Role::Operate, Role::Deploy, Role::Root]
    );
}

#[test]
fn a_role_has_one_name() {
    let names: HashSet<&str> = ROLES.into_iter().map(roles::role_name).collect();
    assert_eq!(names.len(), ROLES.len());
    for role in ROLES {
        assert_eq!(roles::parse(roles::role_name(role)), Some(role));
    }
    for name in ["", "Node", "king", "root "] {
        assert_eq!(roles::parse(name), None);
    }
}
