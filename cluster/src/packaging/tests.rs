//! Release files as people write them, and as they should not.

use std::fs;
use std::path::PathBuf;

use cluster_protocol::{ApplicationKind, ClusterId};

use super::{Package, PackageError, ReleaseFile, build};

/// A folder with a script, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("packaging-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("a.luau"), "--!version 7\nbot:login()\n").unwrap();
        fs::write(path.join("b.luau"), "bot:login()\n").unwrap();
        fs::write(path.join("broken.luau"), "bot:sned(\"POKER_FOLD\")\n").unwrap();
        Self(path)
    }

    fn build(&self, text: &str) -> Result<Package, PackageError> {
        let file = ReleaseFile::parse(text).unwrap();
        build(&file, &self.0, ClusterId([1; 16]), 3, 1_000)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const SWARM: &str = r#"
name = "night shift"
expires = "2d"

[environment]
STAKES = "high"
LIMIT = 20

[[application]]
name = "players"
kind = "swarm"
groups = ["players"]
modules = ["a.luau", "b.luau"]
settings = { target = "tcp://127.0.0.1:1", bots = 10, think = 0.5 }
restart = { intensity = 5, period = "2m" }
"#;

#[test]
fn a_release_lists_what_its_file_does() {
    let folder = Folder::new("lists");
    let Package { manifest, modules } = folder.build(SWARM).unwrap();
    assert_eq!(manifest.name, "night shift");
    assert_eq!(manifest.version, 3);
    assert_eq!(
        (manifest.created, manifest.expires),
        (1_000, 1_000 + 2 * 86_400)
    );
    let variables: Vec<_> = manifest
        .environment
        .iter()
        .map(|variable| format!("{}={}", variable.name, variable.value))
        .collect();
    assert_eq!(variables, ["LIMIT=20", "STAKES=high"]);
    let players = &manifest.applications[0];
    assert_eq!(players.kind, ApplicationKind::Swarm);
    assert_eq!(
        (players.restart.intensity, players.restart.period),
        (5, 120)
    );
    let [a, b] = &players.modules[..] else {
        panic!("{players:?}")
    };
    assert_eq!(a.version, "7");
    assert_eq!(b.version, format!("{:.12}", b.hash).as_str());
    assert_eq!(modules[&a.hash], b"--!version 7\nbot:login()\n");
    assert_eq!(a.size, modules[&a.hash].len() as u64);
}

#[test]
fn what_would_not_run_is_found_before_it_is_published() {
    let folder = Folder::new("wrong");
    let swarm = |change: &str, to: &str| {
        assert!(SWARM.contains(change), "{change}");
        let error = folder.build(&SWARM.replace(change, to)).unwrap_err();
        error.to_string()
    };
    for (change, to, expected) in [
        ("\"b.luau\"", "\"c.luau\"", "c.luau: No such file"),
        ("\"b.luau\"", "\"a.luau\"", "two modules are called a.luau"),
        ("\"b.luau\"", "\"broken.luau\"", "did you mean `send`"),
        (
            "modules = [\"a.luau\", \"b.luau\"]",
            "",
            "it has no modules",
        ),
        ("\"swarm\"", "\"swarn\"", "did you mean `swarm`?"),
        ("\"swarm\"", "\"service\"", "there is no setting `bots`"),
        ("bots = 10", "bost = 10", "did you mean `bots`?"),
        ("bots = 10", "bots = 0", "a number from 1 to 1000000"),
        ("bots = 10", "bots = [1]", "a text, a number or true"),
        ("think = 0.5", "think = -1", "a number from 0 to 1000"),
        ("tcp://127.0.0.1:1", "127.0.0.1:1", "tcp://HOST:PORT"),
        ("target = \"tcp://127.0.0.1:1\",", "", "`target` is missing"),
        (
            "\"players\"\nkind",
            "\"a b\"\nkind",
            "cannot be the name of an application",
        ),
        (
            "[\"players\"]",
            "[\"../etc\"]",
            "cannot be the name of a group",
        ),
        ("STAKES =", "\"A B\" =", "cannot be the name of a variable"),
        ("\"night shift\"", "\"\"", "cannot be the name of a release"),
        ("\"2d\"", "\"soon\"", "expires: `soon` is no length of time"),
        ("\"2m\"", "\"0s\"", "from 1s to 65535s"),
    ] {
        let said = swarm(change, to);
        assert!(said.contains(expected), "{to}: {said}");
    }
    let twice = format!("{SWARM}{}", &SWARM[SWARM.find("[[").unwrap()..]);
    let said = folder.build(&twice).unwrap_err().to_string();
    assert!(said.contains("there are two of that name"), "{said}");
}

#[test]
fn a_file_that_is_none_shows_the_line() {
    for (text, expected) in [
        ("name = ", "TOML parse error at line 1"),
        ("nmae = \"x\"", "unknown field `nmae`"),
        ("version = 1", "missing field `name`"),
        ("name = \"x\"\nversion = -1", "line 2"),
        (
            "name = \"x\"\n[[application]]\nname = \"a\"",
            "missing field `kind`",
        ),
    ] {
        let said = ReleaseFile::parse(text).unwrap_err().to_string();
        assert!(said.contains(expected), "{text}: {said}");
    }
}
