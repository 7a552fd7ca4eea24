//! The program `bots`, as a person or another program runs it.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

fn bots(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bots"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn output(arguments: &[&str]) -> Output {
    bots(arguments).output().expect("the program runs")
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("program");
    std::fs::create_dir_all(&folder).expect("the test folder can be made");
    folder.join(name)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A child that is stopped when the test ends, however it ends.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Stopped {
    fn interrupt(&self) {
        let id = self.0.id().to_string();
        let status = Command::new("kill").args(["-INT", &id]).status();
        assert!(status.is_ok_and(|status| status.success()));
    }

    fn wait_at_most(&mut self, most: Duration) -> Option<i32> {
        let start = Instant::now();
        while start.elapsed() < most {
            if let Ok(Some(status)) = self.0.try_wait() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

#[test]
fn a_small_run_plays_hands_and_reports_them() {
    let path = scratch("small.json");
    let path_text = path.display().to_string();
    let output = output(&[
        "--bots",
        "60",
        "--duration",
        "6s",
        "--think",
        "0.03",
        "--ramp",
        "1s",
        "--seed",
        "7",
        "--json",
        &path_text,
    ]);
    let shown = text(&output.stdout);
    assert!(output.status.success(), "{shown}{}", text(&output.stderr));
    assert!(shown.contains("60 bots"), "{shown}");

    let report: Value = std::fs::read_to_string(&path).unwrap().parse().unwrap();
    assert_eq!(report["bots"], 60);
    assert_eq!(report["connected_peak"], 60);
    assert_eq!(
        report["errors"],
        serde_json::json!({}),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(report["chips_conserved"], true);
    assert_eq!(report["seed"], 7);
    for name in [
        "messages_sent",
        "messages_received",
        "hands_played",
        "rss_peak_bytes",
    ] {
        assert!(report[name].as_u64().unwrap() > 0, "{name}: {report:#}");
    }
    for name in ["p50", "p90", "p99", "p999", "max"] {
        assert!(report["latency_ms"][name].as_f64().unwrap() > 0.0, "{name}");
    }
    assert!(report["duration_s"].as_f64().unwrap() >= 6.0);
    assert!(report["cpu_s"].is_number());
    assert_eq!(report["protocol_coverage"]["messages_total"], 170);
    assert!(
        report["protocol_coverage"]["messages_seen"]
            .as_u64()
            .unwrap()
            > 15
    );
}

#[test]
fn a_hand_count_ends_a_run() {
    let path = scratch("hands.json");
    let path_text = path.display().to_string();
    let output = output(&[
        "run",
        "calling_station",
        "--bots",
        "4",
        "--hands",
        "3",
        "--ramp",
        "0s",
        "--think",
        "0",
        "--json",
        &path_text,
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report: Value = std::fs::read_to_string(&path).unwrap().parse().unwrap();
    assert!(report["bot_hands"].as_u64().unwrap() >= 4, "{report:#}");
    assert_eq!(report["chips_conserved"], true);
}

#[test]
fn a_target_that_nobody_listens_at_is_an_error_by_kind() {
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let target = format!("tcp://{}", free.local_addr().unwrap());
    drop(free);
    let path = scratch("refused.json");
    let path_text = path.display().to_string();
    let output = output(&[
        "--bots",
        "3",
        "--duration",
        "2s",
        "--ramp",
        "0s",
        "--target",
        &target,
        "--json",
        &path_text,
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report: Value = std::fs::read_to_string(&path).unwrap().parse().unwrap();
    assert_eq!(
        report["errors"],
        serde_json::json!({ "connect_refused": 3 })
    );
    assert_eq!(report["chips_conserved"], Value::Null);
    assert_eq!(report["connected_peak"], 0);
}

#[test]
fn interrupting_a_run_ends_it_with_the_report_so_far() {
    let path = scratch("interrupted.json");
    let path_text = path.display().to_string();
    let child = bots(&[
        "--bots",
        "20",
        "--duration",
        "60s",
        "--ramp",
        "0s",
        "--json",
        &path_text,
    ])
    .stdout(Stdio::null())
    .stderr(Stdio::null())
    .spawn()
    .expect("the program runs");
    let mut child = Stopped(child);
    std::thread::sleep(Duration::from_secs(2));
    child.interrupt();
    assert_eq!(child.wait_at_most(Duration::from_secs(20)), Some(0));
    let report: Value = std::fs::read_to_string(&path).unwrap().parse().unwrap();
    assert_eq!(report["interrupted"], true);
    assert_eq!(report["chips_conserved"], true);
    assert!(report["duration_s"].as_f64().unwrap() < 30.0);
}

#[test]
fn wrong_use_is_one_clear_line_and_exit_code_2() {
    for (arguments, wanted) in [
        (&["--bots", "0"][..], "0 is not in"),
        (&["--duration", "30"], "no length of time"),
        (&["--target", "127.0.0.1:80"], "tcp://HOST:PORT"),
        (
            &["run", "no_such_script"],
            "there is no script no_such_script",
        ),
        (&["run", "tigt"], "did you mean tight?"),
        (&["--protocol", "pokersorce"], "did you mean `pokersource`?"),
        (
            &["--json", "/nowhere/at/all.json", "--bots", "1"],
            "cannot write the report to /nowhere",
        ),
        (&["--bots", "1000000000"], "--bots"),
        (&["serve", "--listen", "nowhere"], "invalid socket address"),
    ] {
        let output = output(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(wanted), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
}

#[test]
fn a_misspelt_name_is_found_before_the_run() {
    let path = scratch("misspelt.luau");
    std::fs::write(&path, "local bot = ...\nbot:send(\"POKER_FLOD\")\n").unwrap();
    let path_text = path.display().to_string();
    let checked = output(&["check", &path_text]);
    assert_eq!(checked.status.code(), Some(1));
    let said = text(&checked.stdout);
    assert!(
        said.contains(":2:") && said.contains("POKER_FOLD"),
        "{said}"
    );

    let run = output(&["run", &path_text, "--bots", "1"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(
        text(&run.stderr).contains("nothing was run"),
        "{}",
        text(&run.stderr)
    );

    assert_eq!(output(&["check", "/nowhere.luau"]).status.code(), Some(2));
}

#[test]
fn the_server_serves_until_it_is_interrupted() {
    let child = bots(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--tables",
        "3",
        "--hand-delay",
        "50ms",
    ])
    .stdout(Stdio::piped())
    .spawn()
    .expect("the program runs");
    let mut child = Stopped(child);
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let target = first
        .split_whitespace()
        .find(|word| word.starts_with("tcp://"))
        .unwrap_or_else(|| panic!("no address in {first:?}"))
        .trim_end_matches(';')
        .to_string();
    let path = scratch("served.json");
    let path_text = path.display().to_string();
    let run = output(&[
        "--target",
        &target,
        "--bots",
        "8",
        "--duration",
        "8s",
        "--think",
        "0.01",
        "--ramp",
        "0s",
        "--json",
        &path_text,
    ]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let report: Value = std::fs::read_to_string(&path).unwrap().parse().unwrap();
    assert_eq!(report["connected_peak"], 8);
    assert!(report["hands_played"].as_u64().unwrap() > 0);

    child.interrupt();
    assert_eq!(child.wait_at_most(Duration::from_secs(10)), Some(0));
    let last = lines.map_while(Result::ok).last().unwrap();
    assert!(last.contains("all chips are there"), "{last}");
}

/// A server of a protocol that only a spec tells: it answers a list of numbers
/// with their sum, until the client leaves.
fn sums(listener: &std::net::TcpListener, clients: usize) {
    std::thread::scope(|scope| {
        for stream in listener.incoming().take(clients) {
            let mut stream = stream.expect("a client connects");
            scope.spawn(move || {
                let mut greeting = [0; 5];
                stream.read_exact(&mut greeting).expect("a greeting");
                assert_eq!(&greeting, b"SUMS?");
                stream.write_all(b"SUMS!").expect("the greeting is sent");
                loop {
                    let mut head = [0; 4];
                    if stream.read_exact(&mut head).is_err() {
                        return;
                    }
                    let [high, low, kind, count] = head;
                    assert_eq!(
                        (u16::from_be_bytes([high, low]), kind),
                        (2 + u16::from(count) * 2, 1)
                    );
                    let mut numbers = vec![0; usize::from(count) * 2];
                    stream.read_exact(&mut numbers).expect("the numbers");
                    let numbers = numbers
                        .chunks(2)
                        .map(|it| u32::from(it[0]) | u32::from(it[1]) << 8);
                    let sum: u32 = numbers.sum();
                    let mut answer = vec![0, 5, 2];
                    answer.extend(sum.to_be_bytes());
                    stream.write_all(&answer).expect("the answer is sent");
                }
            });
        }
    });
}

#[test]
fn a_server_of_a_protocol_that_only_a_spec_tells() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let target = format!("tcp://{}", listener.local_addr().unwrap());
    let (spec, script, report) = (
        scratch("sums.pickler"),
        scratch("sums.luau"),
        scratch("sums.json"),
    );
    std::fs::write(
        &spec,
        r#"
            protocol sums
            handshake client b"SUMS?" server b"SUMS!"

            union Message length u16 tag u8 {
                1 ADD to server: {
                    numbers: [u16 little-endian] count u8
                }
                2 SUM to client: {
                    sum: u32
                }
            }
        "#,
    )
    .unwrap();
    std::fs::write(
        &script,
        r#"
            for round = 1, 20 do
                local a, b = bot:random(0, 1000), bot:random(0, 1000)
                bot:send("ADD", { numbers = { a, b, round } }, { answer = "SUM" })
                local answer = bot:expect("SUM")
                assert(answer.sum == a + b + round, "it adds up")
            end
        "#,
    )
    .unwrap();
    let server = std::thread::spawn(move || sums(&listener, 8));
    let output = output(&[
        "run",
        script.to_str().unwrap(),
        "--protocol",
        spec.to_str().unwrap(),
        "--target",
        &target,
        "--bots",
        "8",
        "--ramp",
        "0s",
        "--duration",
        "20s",
        "--json",
        report.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report: Value = std::fs::read_to_string(&report).unwrap().parse().unwrap();
    assert_eq!(
        report["errors"],
        serde_json::json!({}),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(
        (&report["messages_sent"], &report["messages_received"]),
        (&160.into(), &160.into())
    );
    assert_eq!(report["protocol_coverage"]["messages_total"], 2);
    assert_eq!(report["protocol_coverage"]["messages_seen"], 2);
    server.join().unwrap();
}

#[test]
fn a_spec_with_mistakes_and_other_protocols_are_told() {
    let spec = scratch("mistaken.pickler");
    std::fs::write(&spec, "record Pot {\n    a: u999\n    b: Bet\n}\n").unwrap();
    let spec = spec.to_str().unwrap();
    let mistaken = output(&["run", "--protocol", spec]);
    assert_eq!(mistaken.status.code(), Some(2));
    let told = text(&mistaken.stderr);
    for mistake in [
        "error[S0009]: an integer has 1 to 128 bits",
        "2 |     a: u999\n  |        ^^^^\n",
        "error[S0004]: there is no type `Bet`",
        "3 |     b: Bet\n  |        ^^^\n",
    ] {
        assert!(told.contains(mistake), "{told}");
    }
    std::fs::write(spec, "record Pot {\n    a: bytes rest\n}\n").unwrap();
    let told = text(&output(&["run", "--protocol", spec]).stderr);
    assert!(
        told.contains("not a protocol of messages: messages do not say where they end"),
        "{told}"
    );
    let target = ["--target", "tcp://127.0.0.1:1"];
    let told = text(&output(&[&["run", "--protocol", "openpoker"], &target[..]].concat()).stderr);
    assert!(
        told.contains(
            "the shipped scripts play poker by pokersource; name a script that speaks openpoker"
        ),
        "{told}"
    );
    let told = text(&output(&["run", "--protocol", "openpoker"]).stderr);
    assert!(
        told.contains(
            "the embedded server speaks pokersource, not openpoker; name a server by --target"
        ),
        "{told}"
    );
}
