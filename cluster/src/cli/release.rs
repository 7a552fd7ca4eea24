//! `node release`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use cluster_protocol::{Manifest, Request, Signed, Statement};

use super::client::{BootArgument, Client};
use super::home::Home;
use super::show;
use crate::clock::wall;
use crate::identity;
use crate::packaging::{self, ReleaseFile};

#[derive(Args)]
#[command(after_help = "Example of a release file:

  name = \"night shift\"

  [environment]
  STAKES = \"low\"

  [[application]]
  name = \"tables\"
  kind = \"poker-server\"
  groups = [\"servers\"]
  settings = { listen = \"127.0.0.1:19380\", tables = 800 }

  [[application]]
  name = \"players\"
  kind = \"swarm\"
  groups = [\"players\"]
  modules = [\"tight.luau\"]
  settings = { target = \"tcp://127.0.0.1:19380\", bots = 1000 }")]
pub(super) struct Arguments {
    /// What the release holds
    #[arg(value_name = "FILE.toml")]
    file: PathBuf,
    #[command(flatten)]
    boot: BootArgument,
}

#[tokio::main(flavor = "current_thread")]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut client = Client::connect(home, &arguments.boot).await?;
    match publish(home, &mut client, &arguments.file).await? {
        Published::New { version, bytes } => say!(
            "release {version} is published ({} uploaded); `node sync` changes nodes to it",
            show::bytes(bytes)
        ),
        Published::Unchanged { version } => {
            say!("nothing has changed since release {version}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What became of a release file.
pub(super) enum Published {
    /// It is a new release.
    New {
        /// Its version.
        version: u64,
        /// Bytes that the boot server did not have yet.
        bytes: u64,
    },
    /// It lists what the newest release does.
    Unchanged {
        /// The newest release's version.
        version: u64,
    },
}

/// Publishes what a release file lists, unless it is what the newest release
/// lists.
pub(super) async fn publish(
    home: &Home,
    client: &mut Client,
    path: &Path,
) -> anyhow::Result<Published> {
    let file = ReleaseFile::read(path).with_context(|| path.display().to_string())?;
    let key = home.release_key()?;
    let facts = home.identity()?.cluster().clone();
    let newest = newest(client, &facts.release_keys).await?;
    let newest_version = newest.as_ref().map_or(0, |manifest| manifest.version);
    let version = file.version.unwrap_or(newest_version + 1);
    let folder = path.parent().unwrap_or(Path::new("."));
    let package = packaging::build(&file, folder, facts.id, version, wall())
        .with_context(|| path.display().to_string())?;
    home.keep_release_file(path)?;
    if let Some(newest) = newest
        && file.version.is_none_or(|version| version == newest.version)
        && same_content(&newest, &package.manifest)
        && newest.expires > wall()
    {
        return Ok(Published::Unchanged {
            version: newest.version,
        });
    }
    if version <= newest_version {
        bail!(
            "{}: version {version} is not new: {newest_version} is published already; leave \
             `version` out, and it counts up by itself",
            path.display()
        );
    }
    let mut bytes = 0;
    for (hash, module) in &package.modules {
        bytes += client.upload(*hash, module).await?;
    }
    let manifest = key.sign(&Statement::Manifest(package.manifest))?;
    client.tell(Request::Publish { manifest }).await?;
    Ok(Published::New { version, bytes })
}

/// The newest release, checked.
pub(super) async fn newest(
    client: &mut Client,
    release_keys: &[[u8; 32]],
) -> anyhow::Result<Option<Manifest>> {
    let Some(signed) = client.newest_release().await? else {
        return Ok(None);
    };
    manifest(&signed, release_keys).map(Some)
}

fn manifest(signed: &Signed, release_keys: &[[u8; 32]]) -> anyhow::Result<Manifest> {
    match identity::verify(signed, release_keys).context("the newest release")? {
        Statement::Manifest(manifest) => Ok(manifest),
        _ => bail!("the boot server's newest release is no release"),
    }
}

fn same_content(a: &Manifest, b: &Manifest) -> bool {
    a.name == b.name
        && a.program == b.program
        && a.environment == b.environment
        && a.applications == b.applications
}
