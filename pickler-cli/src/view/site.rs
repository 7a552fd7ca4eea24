//! What a request is answered. Does no I/O.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};

use serde_json::{Value as Json, json};

use super::inspect;
use crate::protocols::Protocol;
use crate::target::Target;

/// The most bytes that are looked at, at once.
pub const LONGEST_BODY: usize = 32 << 20;

/// The files of the page.
const PAGE: [(&str, &str, &str); 3] = [
    (
        "/",
        "text/html; charset=utf-8",
        include_str!("page/index.html"),
    ),
    (
        "/view.css",
        "text/css; charset=utf-8",
        include_str!("page/view.css"),
    ),
    (
        "/view.js",
        "text/javascript; charset=utf-8",
        include_str!("page/view.js"),
    ),
];

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub query: String,
    pub host: Option<String>,
    pub origin: Option<String>,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// What kind of file it is.
    pub kind: &'static str,
    pub body: Cow<'static, str>,
}

impl Answer {
    fn json(value: &Json) -> Self {
        Self {
            status: 200,
            kind: "application/json",
            body: value.to_string().into(),
        }
    }

    /// No, and why.
    pub fn refusal(status: u16, why: &str) -> Self {
        Self {
            status,
            ..Self::json(&json!({ "error": why }))
        }
    }
}

impl Asked {
    /// It is meant for the server at that address: a page of elsewhere that has
    /// a name of its own lead here is refused.
    ///
    /// # Errors
    /// The refusal.
    pub fn is_for(&self, address: SocketAddr) -> Result<(), Answer> {
        let host = self.host.as_deref().unwrap_or_default();
        if !names(host, address) {
            return Err(Answer::refusal(421, "another host is asked for"));
        }
        let origin = self.origin.as_deref();
        match origin.map(|origin| origin.strip_prefix("http://").unwrap_or_default()) {
            Some(origin) if origin != host => Err(Answer::refusal(403, "another page asks for it")),
            _ => Ok(()),
        }
    }

    /// A part of the query, decoded.
    fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        let (_, value) = pairs.find(|(key, _)| key == name)?;
        Some(value.into_owned())
    }
}

/// The host's name is that of the address: the address itself, or `localhost`;
/// where all addresses of the machine are listened at, any of them. No name that
/// others give out is.
fn names(host: &str, address: SocketAddr) -> bool {
    if address.ip().is_loopback() && host == format!("localhost:{}", address.port()) {
        return true;
    }
    let named: Option<SocketAddr> = host.parse().ok().or_else(|| {
        // The port may be left out where it is that of the web.
        let ip: IpAddr = host.trim_matches(['[', ']']).parse().ok()?;
        Some(SocketAddr::new(ip, 80))
    });
    named.is_some_and(|named| {
        let same = named.ip() == address.ip() || address.ip().is_unspecified();
        same && named.port() == address.port()
    })
}

/// The page, and what it asks for.
pub struct Site {
    protocols: Vec<Protocol>,
}

impl Site {
    /// A page that shows what bytes of these protocols mean.
    pub fn new(protocols: Vec<Protocol>) -> Self {
        Self { protocols }
    }

    /// What a request is answered.
    pub fn answer(&self, asked: &Asked, body: &[u8]) -> Answer {
        let file = PAGE.iter().find(|(path, ..)| *path == asked.path);
        match (asked.method.as_str(), file) {
            ("GET" | "HEAD", Some((_, kind, text))) => Answer {
                status: 200,
                kind,
                body: Cow::Borrowed(text),
            },
            ("GET", None) if asked.path == "/api/protocols" => Answer::json(&self.list()),
            ("POST", None) if asked.path.starts_with("/api/") => match self.inspect(asked, body) {
                Ok(Some(answer)) => Answer::json(&answer),
                Ok(None) => Answer::refusal(404, "there is no such thing"),
                Err(error) => Answer::refusal(400, &format!("{error:#}")),
            },
            ("GET" | "HEAD", None) => Answer::refusal(404, "there is no such thing"),
            _ => Answer::refusal(405, "it is not done that way"),
        }
    }

    fn list(&self) -> Json {
        let protocol = |protocol: &Protocol| {
            let messages = protocol.messages().ok().map(|union| union.variants.len());
            let types: Vec<&str> = protocol
                .schema()
                .types()
                .iter()
                .filter(|it| it.parameters.is_empty())
                .map(|it| &*it.name)
                .collect();
            json!({
                "name": protocol.name(),
                "version": protocol.described.version,
                "doc": protocol.described.doc,
                "messages": messages,
                "types": types,
            })
        };
        self.protocols.iter().map(protocol).collect()
    }

    fn inspect(&self, asked: &Asked, body: &[u8]) -> anyhow::Result<Option<Json>> {
        let name = asked.parameter("protocol").unwrap_or_default();
        let known = self.protocols.iter().find(|it| it.name() == name);
        let Some(protocol) = known else {
            anyhow::bail!("there is no protocol `{name}`");
        };
        let of = asked.parameter("type").filter(|it| !it.is_empty());
        let target = Target::of(protocol, of.as_deref())?;
        Ok(Some(match asked.path.as_str() {
            "/api/hex" => inspect::hex(protocol, &target, body)?,
            "/api/file" => {
                let port = match asked.parameter("port").as_deref() {
                    None | Some("") => None,
                    Some(port) => Some(
                        port.parse()
                            .map_err(|_| anyhow::anyhow!("`{port}` is no port: 0 to 65535 are"))?,
                    ),
                };
                inspect::file(protocol, &target, body, port)?
            }
            "/api/message" => inspect::message(protocol, &target, body),
            _ => return Ok(None),
        }))
    }
}
