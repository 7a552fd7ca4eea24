//! Those who are not let in, those who are let in no longer, and those who may
//! less than they ask for.

use std::fs;
use std::path::Path;
use std::process::Output;

use cluster_protocol::{
    Authorise, Exchange, Message, Refusal, Request, Response, Role, Scope, SyncRequest, Variable,
};

use crate::cluster::{Cluster, Process, node, node_in, output, said, until};
use crate::peers::{Guest, answer, runtime};
use cluster::net::Channel;
use cluster_protocol::MAX_MESSAGE;

/// All that a stranger is told.
const REFUSED: &str = "node: not authorised: the token has been used, has ended, or is no \
                       longer good; an operator mints another with `node authorize`";

/// Starts a node that is not let in, and has to end by itself; what it says.
fn start(cluster: &Cluster, name: &str, token: &Path) -> String {
    let mut command = node();
    let join = cluster.address.to_string();
    command.args(["start", name, "--join", &join]);
    command.arg("--token-file").arg(token);
    let mut process = Process::start(name, &mut command);
    assert_eq!(process.wait(), Some(2), "{}", process.text());
    process.text()
}

/// What a command says that fails.
fn error(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{}", said(output));
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

fn refusals(cluster: &Cluster) -> Vec<String> {
    let log = cluster.run(&["log", "--lines", "100"]);
    let lines = log.lines().filter(|line| line.contains("refuse"));
    lines.map(str::to_owned).collect()
}

#[test]
fn whoever_has_no_good_token_is_told_that_and_nothing_else() {
    let cluster = Cluster::new("tokens");
    // Used before.
    let token = cluster.authorize("once", &[]);
    let first = Process::node("once", &token, &[]);
    assert_eq!(start(&cluster, "once", &token), REFUSED);

    // Of another name: found out by the node itself, and, where the token was
    // rewritten, by the boot server.
    let text = cluster.run(&["authorize", "anna"]);
    let anna = cluster.write("anna.token", &text);
    let wrong = start(&cluster, "eve", &anna);
    assert!(wrong.contains("for anna, not for eve"), "{wrong}");
    let eve = cluster.write("eve.token", &text.replace("anna", "eve"));
    assert_eq!(start(&cluster, "eve", &eve), REFUSED);

    // With another secret, and no token at all.
    let digit = if text.contains("cluster1.0") {
        '1'
    } else {
        '0'
    };
    let mut guessed = text.clone();
    guessed.replace_range("cluster1.".len()..="cluster1.".len(), &digit.to_string());
    let guessed = cluster.write("guessed.token", &guessed);
    assert_eq!(start(&cluster, "anna", &guessed), REFUSED);
    let garbled = cluster.write("garbled.token", "cluster1.zz.yy.anna\u{7}");
    let wrong = start(&cluster, "anna", &garbled);
    assert!(wrong.starts_with("node: not a token"), "{wrong}");

    // Expired.
    let text = cluster.run(&["authorize", "late", "--for", "1s"]);
    let late = cluster.write("late.token", &text);
    until("the token has expired", || {
        let expected = cluster.status()["expected"].to_string();
        !expected.contains("late")
    });
    assert_eq!(start(&cluster, "late", &late), REFUSED);

    // Each whose token is known is in the log, with the reason that the stranger
    // is not told, and without the token. The others, who could fill it, are
    // counted.
    let refusals = refusals(&cluster);
    for name in ["once", "eve", "late"] {
        let found = refusals.iter().any(|line| line.contains(name));
        assert!(found, "{name}: {refusals:#?}");
    }
    assert_eq!(refusals.len(), 3, "{refusals:#?}");
    let secret = fs::read_to_string(&token).unwrap();
    let secret = secret.split('.').nth(1).unwrap();
    assert!(!refusals.concat().contains(secret), "{refusals:#?}");

    // The token that nobody has used is still good.
    drop(first);
    Process::node("anna", &anna, &[]);
}

#[test]
fn who_is_revoked_is_out_at_once_and_does_not_come_back() {
    let cluster = Cluster::new("revoked");
    let mut stays = cluster.start("stays", &[], cluster.address);
    let address = cluster.address_of(&mut stays);
    let identity = cluster.folder().join("goes.identity");
    let token = cluster.authorize("goes", &[]);
    let keep = ["--identity", identity.to_str().unwrap()];
    let mut goes = Process::node("goes", &token, &keep);
    cluster.wait_until("both linked", |status| {
        ["stays", "goes"]
            .iter()
            .all(|it| node_in(status, it)["linked"] == true)
    });

    // As long as it is let in, members exchange with it.
    let runtime = runtime();
    let guest = runtime.block_on(Guest::new(&cluster, "guest", "node"));
    let exchange = || -> Message {
        let exchange = Exchange {
            source: guest.peer(),
            members: Vec::new(),
            charter: guest.identity.cluster().charter.clone(),
        };
        exchange.into()
    };
    let with_node = || {
        runtime.block_on(async {
            let stream = guest.node(address).await.ok()?;
            answer(Channel::new(stream, MAX_MESSAGE), exchange()).await
        })
    };
    assert!(matches!(with_node(), Some(Message::Exchange(_))));
    let mut link = runtime.block_on(async {
        let stream = guest.boot(&cluster).await.unwrap();
        let mut channel = Channel::new(stream, MAX_MESSAGE);
        channel.sender.send(&guest.hello().into()).await.unwrap();
        let welcome = channel.receiver.next().await.unwrap();
        assert!(matches!(welcome, Message::Welcome(_)), "{welcome:?}");
        channel
    });

    cluster.run(&["revoke", "goes"]);
    cluster.run(&["revoke", "guest"]);
    // What was said before is all that it hears.
    let closed = runtime.block_on(async {
        loop {
            let next = link.receiver.next_within(std::time::Duration::from_secs(2));
            if let Err(error) = next.await {
                break error.to_string();
            }
        }
    });
    assert!(!closed.contains("nothing came"), "{closed}");
    cluster.wait_until("it is out", |status| {
        node_in(status, "goes")["linked"] != true && node_in(status, "stays")["linked"] == true
    });
    goes.wait_for("end of its link", |line| {
        line.contains("no link to the boot server").then_some(())
    });

    // Neither the boot server nor a member talks with it any more.
    assert!(runtime.block_on(guest.ask(&cluster, exchange())).is_none());
    assert!(
        runtime
            .block_on(guest.ask(&cluster, guest.hello().into()))
            .is_none()
    );
    until("the charter has reached the node", || with_node().is_none());

    // Its certificate does not bring it back, nor does its token.
    drop(goes);
    let again = Process::start(
        "goes again",
        node()
            .args(["start", "goes", "--join", &cluster.address.to_string()])
            .args(keep),
    );
    until("it has been turned away", || {
        again.text().contains("no link to the boot server")
    });
    let status = cluster.status();
    assert_ne!(node_in(&status, "goes")["linked"], true, "{status:#}");
    let log = cluster.run(&["log"]);
    assert!(log.contains("revoke") && log.contains("goes"), "{log}");
}

#[test]
fn nobody_may_more_than_the_role_says() {
    let cluster = Cluster::new("roles");
    let token = cluster.run(&["authorize", "ada", "--role", "view"]);
    let token = cluster.write("ada.token", &token);
    let ada = cluster.folder().join("ada");
    let as_ada = |arguments: &[&str]| output(node().args(arguments).arg("--home").arg(&ada));
    let login = as_ada(&["login", "--token-file", token.to_str().unwrap()]);
    assert!(login.status.success(), "{}", said(&login));
    let boot = cluster.address.to_string();
    let seen = as_ada(&["status", "--boot", &boot]);
    assert!(seen.status.success(), "{}", said(&seen));
    for (arguments, role) in [
        (&["set", "A=1"][..], "operate"),
        (&["authorize", "mole"], "root"),
        (&["revoke", "root"], "root"),
    ] {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--boot", &boot]);
        let refused = error(&as_ada(&arguments));
        assert_eq!(refused, format!("node: this takes the role `{role}`"));
    }
    // Without a release key it does not come as far as asking.
    let script = cluster.write("a.luau", "");
    let file = cluster.write("a.toml", "name = \"a\"");
    for arguments in [
        &["sync", file.to_str().unwrap(), "--boot", &boot][..],
        &[
            "run",
            script.to_str().unwrap(),
            "--target",
            "tcp://127.0.0.1:9",
            "--boot",
            &boot,
        ],
    ] {
        let refused = as_ada(arguments);
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    }

    // Whoever asks without the program is refused all the same.
    let runtime = runtime();
    let operate = runtime.block_on(Guest::new(&cluster, "bob", "operate"));
    let view = runtime.block_on(Guest::new(&cluster, "carl", "view"));
    let deploy = runtime.block_on(Guest::new(&cluster, "dora", "deploy"));
    let authorise = Request::Authorise(Authorise {
        name: "mole".into(),
        groups: Vec::new(),
        role: Role::Root,
        lifetime: 60,
    });
    let set = Request::Set {
        scope: Scope::All,
        variable: Variable {
            name: "A".into(),
            value: "1".into(),
        },
        remove: false,
    };
    let offer = Request::Offer {
        hash: cluster_protocol::Digest([1; 32]),
        size: 4,
    };
    for (who, request) in [
        (&view, set.clone()),
        (&view, offer),
        (&view, Request::Sync(SyncRequest::default())),
        (&operate, Request::Sync(SyncRequest::default())),
        (&operate, authorise.clone()),
        (&operate, Request::RotateKey),
        (&deploy, authorise.clone()),
        (
            &deploy,
            Request::Revoke {
                name: "root".into(),
            },
        ),
    ] {
        let answer = runtime.block_on(who.request(&cluster, request.clone()));
        assert!(is_refused(answer.as_ref()), "{request:?}: {answer:?}");
    }

    // A node asks nothing that an operator may.
    let guest = runtime.block_on(Guest::new(&cluster, "guest", "node"));
    for request in [Request::Status, set, authorise] {
        let answer = runtime.block_on(guest.request(&cluster, request.clone()));
        let refused = matches!(&answer, Some(Message::Refused(refused))
            if refused.reason == Refusal::NotAuthorised);
        assert!(refused, "{request:?}: {answer:?}");
    }
    // Nor does it speak for another.
    let mut hello = guest.hello();
    hello.peer.name = "other".into();
    let answer = runtime.block_on(guest.ask(&cluster, hello.into()));
    assert!(matches!(answer, Some(Message::Refused(_))), "{answer:?}");
    let mut hello = guest.hello();
    hello.groups = vec!["vault".into()];
    let answer = runtime.block_on(guest.ask(&cluster, hello.into()));
    assert!(matches!(answer, Some(Message::Refused(_))), "{answer:?}");
    // And an operator is no node.
    let answer = runtime.block_on(deploy.ask(&cluster, deploy.hello().into()));
    assert!(matches!(answer, Some(Message::Refused(_))), "{answer:?}");

    let status = cluster.status();
    assert_eq!(status["environment"], serde_json::json!([]), "{status:#}");
    assert_eq!(status["nodes"], serde_json::json!([]), "{status:#}");
    assert_eq!(status["expected"], serde_json::json!([]), "{status:#}");
}

fn is_refused(answer: Option<&Message>) -> bool {
    let Some(Message::Response(response)) = answer else {
        return false;
    };
    matches!(&**response, Response::Refused(refused) if refused.reason == Refusal::NotAuthorised)
}
