//! The text of a script, and the version that it declares.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::protocol::did_you_mean;

/// A script to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptSource {
    /// Its file name, for errors.
    pub file: String,
    /// Its text.
    pub text: String,
    /// How many bots run it, relative to the other scripts.
    pub weight: u32,
}

/// The longest version, in characters.
const VERSION_LIMIT: usize = 32;

/// How many bytes of the digest name a version that is not declared.
const DIGEST_BYTES: usize = 6;

/// The directives of Luau itself.
const LUAU_DIRECTIVES: [&str; 6] = [
    "strict",
    "nonstrict",
    "nocheck",
    "nolint",
    "native",
    "optimize",
];

impl ScriptSource {
    /// The version that the text declares with `--!version 3` in one of its
    /// leading comment lines, else the first 12 hexadecimal digits of the
    /// SHA-256 of the text. A directive that is not valid declares nothing;
    /// such a script does not load.
    ///
    /// ```
    /// use bots::script::ScriptSource;
    ///
    /// let mut source = ScriptSource {
    ///     file: "calm.luau".into(),
    ///     text: "-- Calls.\n--!version 2.1\nbot:login()".into(),
    ///     weight: 1,
    /// };
    /// assert_eq!(source.version(), "2.1");
    /// source.text = String::new();
    /// assert_eq!(source.version(), "e3b0c44298fc");
    /// ```
    pub fn version(&self) -> String {
        if let Ok(Some(version)) = declared(&self.text) {
            return version.to_owned();
        }
        let mut digits = String::new();
        for byte in digest(&self.text).iter().take(DIGEST_BYTES) {
            // Writing to a string does not fail.
            let _ = write!(digits, "{byte:02x}");
        }
        digits
    }
}

/// What tells one text from another.
pub(super) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// A directive that says nothing: its line, from 1, and why.
pub(super) type BadDirective = (u32, String);

/// The version that a text declares, if it does.
///
/// # Errors
/// A directive that is none.
pub(super) fn declared(text: &str) -> Result<Option<&str>, BadDirective> {
    let mut version = None;
    for (line, name, rest) in directives(text) {
        if name != "version" {
            continue;
        }
        if version.is_some() {
            return Err((line, "a version is declared already".into()));
        }
        version = Some(token(rest).map_err(|why| (line, why))?);
    }
    Ok(version)
}

/// The mistakes in a text's directives.
pub(super) fn bad_directives(text: &str) -> Vec<BadDirective> {
    let mut found: Vec<BadDirective> = declared(text).err().into_iter().collect();
    let known = || LUAU_DIRECTIVES.into_iter().chain(["version"]);
    let mut last = 0;
    for (line, name, _) in directives(text) {
        last = line;
        if !known().any(|known| known == name) {
            let meant = did_you_mean(name, known());
            found.push((line, format!("there is no directive `{name}`{meant}")));
        }
    }
    let late = numbered(text).find(|(line, text)| {
        *line > last && directive(text).is_some_and(|(name, _)| name == "version")
    });
    if let Some((line, _)) = late {
        let why = "a version is declared above the first line of code";
        found.push((line, why.into()));
    }
    found
}

fn numbered(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1..).zip(text.lines().map(str::trim))
}

/// The directives in the leading comment lines: line, name and what follows.
fn directives(text: &str) -> impl Iterator<Item = (u32, &str, &str)> {
    numbered(text)
        .take_while(|(_, line)| line.is_empty() || line.starts_with("--"))
        .filter_map(|(number, line)| {
            let (name, rest) = directive(line)?;
            Some((number, name, rest))
        })
}

fn directive(line: &str) -> Option<(&str, &str)> {
    let said = line.strip_prefix("--!")?;
    let (name, rest) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    Some((name, rest.trim()))
}

fn token(text: &str) -> Result<&str, String> {
    if text.is_empty() {
        return Err("`--!version` needs a version behind it, such as `--!version 3`".into());
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(format!("a version is one word, not `{text}`"));
    }
    let length = text.chars().count();
    if length > VERSION_LIMIT {
        return Err(format!(
            "a version has at most {VERSION_LIMIT} characters, not {length}"
        ));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_declared_above_the_code() {
        for (text, version) in [
            ("--!version 3", Some("3")),
            ("\n-- A bot.\r\n--!strict\n  --!version  v1.2-rc ü\n", None),
            (
                "\n-- A bot.\r\n--!strict\n  --!version  v1.2-rcü \r\n",
                Some("v1.2-rcü"),
            ),
            ("bot:login()\n--!version 3", None),
            ("-- !version 3\n-- --!version 4", None),
            ("", None),
        ] {
            assert_eq!(declared(text).ok().flatten(), version, "{text:?}");
        }
        let longest = "x".repeat(VERSION_LIMIT);
        assert_eq!(
            declared(&format!("--!version {longest}")),
            Ok(Some(&*longest))
        );
    }

    #[test]
    fn bad_directives_are_told() {
        let said = |text: &str| bad_directives(text);
        assert_eq!(said("--!version 3\n--!optimize 2\nbot:login()"), []);
        for (text, line, part) in [
            ("--!version", 1, "needs a version"),
            ("--\n--!version 1 2", 2, "one word, not `1 2`"),
            ("--!version 1\n--!version 2", 2, "declared already"),
            ("--!verison 3", 1, "did you mean `version`?"),
            ("bot:login()\n--!version 3", 2, "above the first line"),
        ] {
            let found = said(text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].0, line);
            assert!(found[0].1.contains(part), "{found:?}");
        }
        let long = format!("--!version {}", "x".repeat(VERSION_LIMIT + 1));
        assert!(said(&long)[0].1.contains("32 characters, not 33"));
        assert!(declared(&long).is_err());
    }
}
