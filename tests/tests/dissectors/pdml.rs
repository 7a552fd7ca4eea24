//! What tshark says of a capture, as PDML.

use std::fmt;
use std::path::Path;
use std::process::Command;

use super::capture::SERVER;
use super::folder::Folder;

/// A part of what was dissected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    pub name: String,
    /// As Wireshark shows it, with its label.
    pub shown: String,
    /// The value alone.
    pub value: String,
    /// The bytes that it is in, as hexadecimal digits.
    pub raw: String,
    /// Where it is in its buffer, in bytes.
    pub at: u64,
    pub size: u64,
    pub parts: Vec<Node>,
}

impl Node {
    /// The node and all that it is made of, in order.
    pub fn all(&self) -> Vec<&Self> {
        let parts = self.parts.iter().flat_map(Self::all);
        std::iter::once(self).chain(parts).collect()
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            shown,
            value,
            at,
            size,
            ..
        } = self;
        write!(f, "{name} at {at}, {size} bytes: {shown} = {value}")?;
        // What an expert info consists of, it says by itself.
        let is_expert = name.starts_with("_ws.");
        for part in self.parts.iter().filter(|_| !is_expert) {
            let text = part.to_string().replace('\n', "\n  ");
            write!(f, "\n  {text}")?;
        }
        Ok(())
    }
}

/// tshark is installed. Without, tests say so and are skipped.
pub fn is_there() -> bool {
    let there = Command::new("tshark").arg("--version").output().is_ok();
    if !there {
        eprintln!("SKIPPED: there is no tshark");
    }
    there
}

/// The messages that a script finds in a capture: each a node of the protocol.
///
/// # Panics
/// If tshark says that something is wrong with the script.
pub fn messages(protocol: &str, script: &str, capture: &[u8]) -> Vec<Node> {
    let folder = Folder::new(protocol);
    let script = folder.write("dissector.lua", script);
    let capture = folder.write("capture.pcap", capture);
    let found = parse(&run(protocol, &script, &capture));
    let is_message = |node: &Node| node.name == protocol;
    found
        .into_iter()
        .flat_map(|packet| packet.parts)
        .filter(is_message)
        .collect()
}

fn run(protocol: &str, script: &Path, capture: &Path) -> String {
    let output = Command::new("tshark")
        .arg("-r")
        .arg(capture)
        .arg("-X")
        .arg(format!("lua_script:{}", script.display()))
        .args(["-o", &format!("{protocol}.port:{SERVER}")])
        .args(["-T", "pdml"])
        .output()
        .expect("tshark runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    let bad: Vec<&str> = errors
        .lines()
        .filter(|line| line.to_lowercase().contains("lua"))
        .collect();
    assert!(output.status.success() && bad.is_empty(), "{errors}");
    // Long texts are cut, within characters, too.
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains("Lua Error"), "{}", lua_error(&text));
    text
}

fn lua_error(text: &str) -> &str {
    text.lines()
        .find(|line| line.contains("Lua Error"))
        .unwrap_or_default()
}

/// The packets of a PDML file. Only what tshark writes is understood.
fn parse(text: &str) -> Vec<Node> {
    let mut open = vec![Node::default()];
    for tag in text.split('<').skip(1) {
        let inner = tag.split_once('>').map_or(tag, |(inner, _)| inner);
        let kind = inner.split([' ', '/']).find(|it| !it.is_empty());
        if !matches!(kind, Some("packet" | "proto" | "field")) {
            continue;
        }
        if let Some(closed) = inner.strip_prefix('/') {
            let _ = closed;
            let node = open.pop().expect("it was opened");
            open.last_mut().expect("the root stays").parts.push(node);
            continue;
        }
        let node = Node {
            name: attribute(inner, "name").unwrap_or_default(),
            shown: attribute(inner, "showname").unwrap_or_default(),
            value: attribute(inner, "show").unwrap_or_default(),
            raw: attribute(inner, "value").unwrap_or_default(),
            at: number(inner, "pos"),
            size: number(inner, "size"),
            parts: Vec::new(),
        };
        if inner.ends_with('/') {
            open.last_mut().expect("the root stays").parts.push(node);
        } else {
            open.push(node);
        }
    }
    open.pop().unwrap_or_default().parts
}

fn number(inner: &str, name: &str) -> u64 {
    attribute(inner, name)
        .and_then(|it| it.parse().ok())
        .unwrap_or_default()
}

fn attribute(inner: &str, name: &str) -> Option<String> {
    let (_, behind) = inner.split_once(&format!(" {name}=\""))?;
    let (value, _) = behind.split_once('"')?;
    let mut text = value.to_string();
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
    ] {
        text = text.replace(entity, character);
    }
    Some(text.replace("&amp;", "&"))
}
