//! What nodes run in these tests: bots, at a poker server that lives on
//! whatever happens to the nodes.

use std::fmt::Write;
use std::path::PathBuf;

use bots::poker::server::{Server, ServerConfig, ServerHandle, TableGroup};

use crate::cluster::Cluster;

/// A bot that is connected and waits for what never comes.
pub const WAITS: &str = "--!version 1\nbot:expect('@never')\n";

/// The script of [`WAITS`] in another version, with more in it before it waits.
pub fn waits(version: u32, before: &str) -> String {
    format!("--!version {version}\n{before}\nbot:expect('@never')\n")
}

/// A bot that plays.
pub const PLAYS: &str = "--!version 1
bot:join_any_table()
while true do
    local turn = bot:turn({ within = '5m' })
    if turn then
        bot:call()
    else
        bot:join_any_table()
    end
end
";

/// A poker server in the process of the test.
pub struct Game(ServerHandle);

impl Game {
    pub fn start() -> Self {
        let tables = TableGroup::mix(20, 6);
        let config = ServerConfig {
            tables,
            workers: 1,
            ..ServerConfig::default()
        };
        Self(Server::start(config).unwrap())
    }

    /// As applications and runs name it.
    pub fn target(&self) -> String {
        format!("tcp://{}", self.0.addr())
    }

    /// How many bots are connected.
    pub fn connections(&self) -> u64 {
        self.0.stats().connections
    }

    /// How many hands have been played.
    pub fn hands(&self) -> u64 {
        self.0.stats().hands_played
    }

    /// A release file of one swarm, `players`, that plays here: `bots` on each
    /// node, all of them running `player.luau`.
    pub fn release(&self, cluster: &Cluster, bots: u32, script: &str) -> PathBuf {
        self.release_with(cluster, bots, script, "", "")
    }

    /// The same with more lines at its top, and more settings of the swarm.
    pub fn release_with(
        &self,
        cluster: &Cluster,
        bots: u32,
        script: &str,
        top: &str,
        settings: &str,
    ) -> PathBuf {
        cluster.write("player.luau", script);
        let mut text = format!("name = \"test\"\n{top}\n");
        let target = self.target();
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "[[application]]
name = \"players\"
kind = \"swarm\"
modules = [\"player.luau\"]
settings = {{ target = \"{target}\", bots = {bots}, ramp = \"100ms\"{settings} }}
"
        );
        cluster.write("release.toml", &text)
    }
}
