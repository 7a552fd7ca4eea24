//! `node set`.

use std::process::ExitCode;

use clap::Args;
use cluster_protocol::{Request, Scope, Variable};

use super::client::{BootArgument, Client};
use super::home::Home;
use super::values;

#[derive(Args)]
#[command(after_help = "Examples:
  node set STAKES=high                    all nodes
  node set STAKES=low --group beginners   the nodes of a group
  node set STAKES=none --node w1          one node; the narrower scope wins
  node set --unset STAKES --node w1

Scripts read it with bot:environment(\"STAKES\", \"low\").")]
pub(super) struct Arguments {
    /// What
    #[arg(value_name = "NAME=VALUE", value_parser = values::assignment, required_unless_present = "unset")]
    assignments: Vec<(String, String)>,
    /// Take a variable away
    #[arg(long, value_name = "NAME", value_parser = values::name, conflicts_with = "assignments")]
    unset: Option<String>,
    /// For the nodes of a group
    #[arg(long, value_name = "GROUP", value_parser = values::name, conflicts_with = "node")]
    group: Option<String>,
    /// For one node
    #[arg(long, value_name = "NODE", value_parser = values::name)]
    node: Option<String>,
    #[command(flatten)]
    boot: BootArgument,
}

#[tokio::main(flavor = "current_thread")]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let scope = match (&arguments.group, &arguments.node) {
        (Some(group), _) => Scope::Group(group.as_str().into()),
        (_, Some(node)) => Scope::Node(node.as_str().into()),
        (None, None) => Scope::All,
    };
    let mut client = Client::connect(home, &arguments.boot).await?;
    let set = arguments.assignments.iter();
    let set = set.map(|(name, value)| (name, value.as_str(), false));
    let unset = arguments.unset.iter().map(|name| (name, "", true));
    for (name, value, remove) in set.chain(unset) {
        let variable = Variable {
            name: name.as_str().into(),
            value: value.into(),
        };
        let scope = scope.clone();
        client
            .tell(Request::Set {
                scope,
                variable,
                remove,
            })
            .await?;
    }
    Ok(ExitCode::SUCCESS)
}
