//! A server for which nothing was compiled: the example of `docs/scripting.md`,
//! and what is said of such a run.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;

const DOCUMENT: &str = include_str!("../../docs/scripting.md");

fn bots(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bots"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A file with this text.
fn file(name: &str, text: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own_protocol");
    std::fs::create_dir_all(&folder).expect("the test folder can be made");
    let path: PathBuf = folder.join(name);
    std::fs::write(&path, text).expect("the file can be written");
    path.display().to_string()
}

/// The first example in that language of the chapter.
fn example(language: &str) -> &'static str {
    let (_, chapter) = DOCUMENT.split_once("## Your own protocol").unwrap();
    let fence = format!("```{language}\n");
    let (_, behind) = chapter.split_once(&fence).unwrap();
    behind.split_once("```").unwrap().0
}

/// The store of the document.
#[derive(Clone, Default)]
struct Store(Arc<Mutex<HashMap<Vec<u8>, Vec<u8>>>>);

impl Store {
    /// Listens at the address that comes back.
    fn listen() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let target = format!("tcp://{}", listener.local_addr().unwrap());
        let store = Self::default();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (store, stream) = (store.clone(), stream.unwrap());
                // A client that leaves ends it.
                std::thread::spawn(move || store.serve(stream));
            }
        });
        target
    }

    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        let mut greeting = [0; 6];
        stream.read_exact(&mut greeting)?;
        assert_eq!(&greeting, b"STORE?");
        stream.write_all(b"STORE!")?;
        loop {
            let mut length = [0; 2];
            stream.read_exact(&mut length)?;
            let mut message = vec![0; u16::from_be_bytes(length).into()];
            stream.read_exact(&mut message)?;
            let answer = self.answer(&message);
            let length = u16::try_from(answer.len()).unwrap();
            // A frame of no bytes in front: whoever keeps a connection open may do so.
            stream.write_all(&[0, 0])?;
            stream.write_all(&[&length.to_be_bytes()[..], &answer].concat())?;
        }
    }

    fn answer(&self, message: &[u8]) -> Vec<u8> {
        let mut texts = self.0.lock().unwrap();
        match message {
            [1, size, rest @ ..] => {
                let (key, data) = rest.split_at((*size).into());
                texts.insert(key.into(), data.into());
                vec![5]
            }
            [2, key @ ..] => match texts.get(key) {
                Some(data) => [&[3][..], data].concat(),
                None => vec![4],
            },
            other => panic!("the spec has no {other:?}"),
        }
    }
}

#[test]
fn the_example_of_the_document_runs() {
    let spec = file("store.pickler", example("pickler"));
    let script = file("store.luau", example("lua"));
    let checked = bots(&["check", "--protocol", &spec, &script]);
    assert!(checked.status.success(), "{}", text(&checked.stdout));
    assert_eq!(text(&checked.stdout), "");

    let report = file("store.json", "");
    let target = Store::listen();
    let output = bots(&[
        "run",
        "--protocol",
        &spec,
        "--target",
        &target,
        "--bots",
        "8",
        "--ramp",
        "0s",
        "--think",
        "0",
        "--duration",
        "20s",
        "--json",
        &report,
        &script,
    ]);
    let shown = text(&output.stdout);
    assert!(output.status.success(), "{shown}{}", text(&output.stderr));
    assert!(
        shown.contains("4 of the protocol's 5 messages seen"),
        "{shown}"
    );
    assert!(shown.contains("168 answers to actions"), "{shown}");
    for word in ["hands", "money", "chips"] {
        assert!(!shown.contains(word), "{word}: {shown}");
        assert!(!text(&output.stderr).contains(word), "{word}");
    }
    let report: Value = std::fs::read_to_string(&report).unwrap().parse().unwrap();
    assert_eq!(report["errors"], serde_json::json!({}));
    assert_eq!(report["messages_sent"], 8 * 21);
    // Each answer had an empty frame in front.
    assert_eq!(report["messages_received"], 2 * 8 * 21);
    for name in ["hands_played", "bot_hands", "chips_conserved"] {
        assert!(report.get(name).is_none(), "{name}: {report}");
    }
}

#[test]
fn a_warning_does_not_keep_a_script_from_running() {
    let spec = file("warned.pickler", example("pickler"));
    let script = file("warned.luau", "bot:send(\"STORED\")\n");
    let checked = bots(&["check", "--protocol", &spec, "--json", &script]);
    assert!(checked.status.success());
    let findings: Value = text(&checked.stdout).parse().unwrap();
    assert_eq!(findings[0]["severity"], "warning");

    let target = [
        "--target",
        "tcp://127.0.0.1:1",
        "--bots",
        "1",
        "--duration",
        "1s",
    ];
    let run = ["run", "--protocol", &spec, &script];
    let output = bots(&[&run[..], &target].concat());
    let told = text(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("warned.luau:1:10: warning: STORED comes from the server"),
        "{told}"
    );

    let refused = bots(&[&run[..], &target, &["--hands", "3"]].concat());
    assert_eq!(refused.status.code(), Some(2));
    let told = text(&refused.stderr);
    assert!(
        told.contains("--hands counts hands of poker, and store has none"),
        "{told}"
    );
}
