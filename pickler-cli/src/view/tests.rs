use std::borrow::Cow;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use expect_test::expect;
use pickler::Pickle;
use pickler::schema::{self, Schema};
use serde_json::Value as Json;

use super::server::Server;
use super::site::{Asked, LONGEST_BODY, Site};
use crate::protocols::Protocol;

fn site() -> Site {
    Site::new(vec![
        Protocol::named("pokersource").expect("a built-in protocol"),
        Protocol {
            described: Cow::Owned(schema::Protocol::new("file", Schema::of::<File>())),
            rewrite: None,
        },
    ])
}

#[derive(Pickle)]
struct File {
    #[pickle(bits = 4)]
    version: u8,
    #[pickle(bits = 12)]
    size: u16,
    entry: Entry,
}

#[derive(Pickle)]
struct Entry {
    on: bool,
}

fn get(path: &str) -> Asked {
    Asked {
        method: "GET".into(),
        path: path.into(),
        ..Asked::default()
    }
}

fn post(path: &str, query: &str) -> Asked {
    Asked {
        method: "POST".into(),
        query: query.into(),
        ..get(path)
    }
}

fn answer(asked: &Asked, body: &[u8]) -> (u16, Json) {
    let answer = site().answer(asked, body);
    let json = serde_json::from_str(&answer.body).expect("it is JSON");
    (answer.status, json)
}

#[test]
fn there_is_the_page_and_nothing_else() {
    let site = site();
    for path in ["/", "/view.css", "/view.js"] {
        assert_eq!(site.answer(&get(path), b"").status, 200, "{path}");
    }
    for path in [
        "/index.html",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/view.js/../../Cargo.toml",
        "//etc/passwd",
        "/api",
        "/api/hex",
        "",
    ] {
        assert_eq!(site.answer(&get(path), b"").status, 404, "{path}");
    }
    assert_eq!(site.answer(&post("/", ""), b"").status, 405);
    assert_eq!(
        site.answer(&post("/api/none", "protocol=file"), b"").status,
        404
    );
}

#[test]
fn only_its_own_names_are_answered() {
    let status = |listens: &str, host: Option<&str>, origin: Option<&str>| {
        let asked = Asked {
            host: host.map(Into::into),
            origin: origin.map(Into::into),
            ..get("/")
        };
        let address: SocketAddr = listens.parse().expect("an address");
        asked
            .is_for(address)
            .map_or_else(|refusal| refusal.status, |()| 200)
    };
    let local = "127.0.0.1:8080";
    for (host, expected) in [
        ("127.0.0.1:8080", 200),
        ("localhost:8080", 200),
        ("localhost", 421),
        ("127.0.0.1:80", 421),
        ("127.0.0.1", 421),
        ("127.0.0.2:8080", 421),
        ("evil.example:8080", 421),
        ("127.0.0.1.evil.example:8080", 421),
        ("", 421),
    ] {
        assert_eq!(status(local, Some(host), None), expected, "{host}");
    }
    assert_eq!(status(local, None, None), 421);
    assert_eq!(status("[::1]:8080", Some("[::1]:8080"), None), 200);
    assert_eq!(status("127.0.0.1:80", Some("127.0.0.1"), None), 200);
    assert_eq!(status("0.0.0.0:8080", Some("10.1.2.3:8080"), None), 200);
    assert_eq!(status("0.0.0.0:8080", Some("evil.example:8080"), None), 421);
    let own = Some("http://localhost:8080");
    assert_eq!(status(local, Some("localhost:8080"), own), 200);
    for origin in ["http://evil.example", "null", "https://localhost:8080", ""] {
        assert_eq!(
            status(local, Some("localhost:8080"), Some(origin)),
            403,
            "{origin}"
        );
    }
}

#[test]
fn the_protocols_are_listed() {
    let (status, list) = answer(&get("/api/protocols"), b"");
    assert_eq!(status, 200);
    assert_eq!(list[0]["name"], "pokersource");
    assert_eq!(list[0]["messages"], 170);
    expect![[
        r#"{"name":"file","version":null,"doc":"","messages":null,"types":["File","Entry"]}"#
    ]]
    .assert_eq(&list[1].to_string());
}

#[test]
fn messages_are_listed_with_what_is_wrong() {
    let hex = b"050003 06 0005 0000 96 0003 0500";
    let (status, list) = answer(&post("/api/hex", "protocol=pokersource"), hex);
    assert_eq!(status, 200);
    expect![[r#"{"messages":[{"hex":"050003","name":"PING"},{"hex":"0600050000","name":"SERIAL","error":"Message.SERIAL.serial: needs 4 bytes, 2 bytes left, at byte 3"},{"hex":"960003","name":null,"error":"Message: unknown tag 150 (0x96), at byte 0"},{"hex":"0500","name":"PING","error":"Message.PING: needs 2 bytes, 1 byte left, at byte 1"}],"left_out":0,"problems":["byte 11: the message is cut short: it takes 3 bytes or more, 2 are there"],"other_problems":0}"#]].assert_eq(&list.to_string());
    let same = answer(&post("/api/file", "protocol=pokersource"), &[5, 0, 3]).1;
    assert_eq!(same["messages"][0]["name"], "PING");
    let (status, refusal) = answer(&post("/api/hex", "protocol=pokersource"), b"05x");
    assert_eq!(
        (status, &refusal["error"]),
        (400, &"`x` is no hex digit".into())
    );
    for query in [
        "",
        "protocol=none",
        "protocol=file&type=None",
        "protocol=%zz",
    ] {
        assert_eq!(answer(&post("/api/hex", query), b"05").0, 400, "{query}");
    }
}

#[test]
fn every_part_of_a_message_is_told() {
    let (_, told) = answer(&post("/api/message", "protocol=file"), &[0x12, 0x34, 2]);
    expect![[r#"{"spans":[{"path":["version"],"role":"value","variant":null,"value":"1","start":0,"end":4,"lsb":false},{"path":["size"],"role":"value","variant":null,"value":"564","start":4,"end":16,"lsb":false}],"left_out":0,"value":null,"error":{"text":"expected 0 or 1, found 2","path":["entry","on"],"start":16,"end":24}}"#]].assert_eq(&told.to_string());
    let (_, told) = answer(&post("/api/message", "protocol=file&type=Entry"), &[1]);
    assert_eq!(told["value"].to_string(), r#"{"on":true}"#);
}

#[test]
fn a_capture_is_known_by_its_start() {
    let mut capture = Vec::new();
    let packed = include_bytes!("../../tests/program/data/poker.pcapng.gz");
    let read = flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut capture);
    read.expect("it is packed well");
    let (_, list) = answer(&post("/api/file", "protocol=pokersource"), &capture);
    assert_eq!(list["port"], 19381);
    assert_eq!(list["messages"].as_array().map(Vec::len), Some(688));
    assert_eq!(list["messages"][0]["handshake"], r"CGI 002.000\n");
    assert_eq!(list["messages"][2]["name"], "POKER_SET_ROLE");
    assert_eq!(list["problems"].to_string(), "[]");
    let (_, none) = answer(&post("/api/file", "protocol=pokersource&port=1"), &capture);
    assert_eq!(none["messages"].to_string(), "[]");
    let (status, _) = answer(&post("/api/file", "protocol=pokersource&port=x"), &capture);
    assert_eq!(status, 400);
}

/// What is long is listed as far as a page can show it.
#[test]
fn lists_are_bounded() {
    let pings = [5, 0, 3].repeat(10_007);
    let (_, list) = answer(&post("/api/file", "protocol=pokersource"), &pings);
    assert_eq!(list["messages"].as_array().map(Vec::len), Some(10_000));
    assert_eq!(list["left_out"], 7);
    let mut frame = vec![12, 0xEA, 0x65, 0x4E, 0x20];
    frame.extend([5, 0, 3].repeat(20_000));
    let (_, told) = answer(&post("/api/message", "protocol=pokersource"), &frame);
    assert_eq!(told["error"], Json::Null);
    assert_eq!(told["spans"].as_array().map(Vec::len), Some(5_000));
    assert_eq!(told["left_out"], 2 * 20_000 + 3 - 5_000);
}

/// Asks a server that listens, and gives back all that it answers.
async fn asked(request: Vec<u8>) -> String {
    let address = "127.0.0.1:0".parse().expect("an address");
    let server = Server::bind(address, site()).await.expect("it listens");
    let address = server.address();
    let serving = tokio::spawn(server.run());
    let text = String::from_utf8_lossy(&request).replace("HOST", &address.to_string());
    let client = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).expect("it accepts");
        // It may refuse before it has read all.
        let _ = stream.write_all(text.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    });
    let answer = client.await.expect("the client ends");
    serving.abort();
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_answers_over_sockets() {
    let page = asked(b"GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n".to_vec()).await;
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.contains("content-security-policy: default-src 'none';"));
    assert!(page.contains("<title>Pickler</title>"));
    let other = b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".to_vec();
    assert!(asked(other).await.starts_with("HTTP/1.1 421 "));
    let long = format!(
        "POST /api/file?protocol=file HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n",
        LONGEST_BODY + 1
    );
    let long = [long.as_bytes(), &vec![b'x'; LONGEST_BODY + 1]].concat();
    let answer = asked(long).await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 413 "),
        "{answer}"
    );
    assert!(
        asked(b"nonsense\r\n\r\n".to_vec())
            .await
            .starts_with("HTTP/1.1 400 ")
    );
}
