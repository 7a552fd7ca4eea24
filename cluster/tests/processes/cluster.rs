//! A cluster of real processes, all of which end with it.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long anything may take before the test gives up.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A cluster, its files in a folder of its own.
pub struct Cluster {
    folder: PathBuf,
    pub boot: Process,
    pub address: SocketAddr,
}

/// A running program, killed when it is dropped.
pub struct Process {
    pub name: String,
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
    readers: Vec<JoinHandle<()>>,
}

/// The program under test.
pub fn node() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_node"));
    command.env_remove("NODE_HOME").env_remove("NODE_TOKEN");
    command
}

/// Runs a program to its end.
pub fn output(command: &mut Command) -> Output {
    command.output().expect("the program can be started")
}

/// Waits until something holds.
pub fn until(what: &str, holds: impl Fn() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < until, "not so: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What a program said, both ways, for messages of failed tests.
pub fn said(output: &Output) -> String {
    format!(
        "{}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

impl Process {
    /// Starts a program whose output is read along.
    pub fn start(name: &str, command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let lines = Arc::default();
        let readers = vec![
            read_along(child.stdout.take().unwrap(), &lines),
            read_along(child.stderr.take().unwrap(), &lines),
        ];
        Self {
            name: name.to_owned(),
            child,
            lines,
            readers,
        }
    }

    /// Starts a node with the token in a file, and more arguments. It joins by
    /// the boot server, which the token names, unless they say otherwise.
    pub fn node(name: &str, token: &Path, more: &[&str]) -> Self {
        let mut process = Self::start(
            name,
            node()
                .args(["start", name, "--listen", "127.0.0.1:0"])
                .args(more)
                .arg("--token-file")
                .arg(token),
        );
        process.wait_for("address", listening);
        process
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// All that it has said.
    pub fn text(&self) -> String {
        self.lines.lock().unwrap().join("\n")
    }

    /// Waits until it says something of which `found` makes something.
    pub fn wait_for<T>(&mut self, what: &str, found: impl Fn(&str) -> Option<T>) -> T {
        let until = Instant::now() + PATIENCE;
        loop {
            let ended = self.ended();
            if let Some(value) = self
                .lines
                .lock()
                .unwrap()
                .iter()
                .find_map(|line| found(line))
            {
                return value;
            }
            if let Some(status) = ended {
                panic!(
                    "{} ended ({status}) before {what}:\n{}",
                    self.name,
                    self.text()
                );
            }
            assert!(
                Instant::now() < until,
                "{}: no {what}:\n{}",
                self.name,
                self.text()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// How it has ended, if it has; then all that it has said is there.
    fn ended(&mut self) -> Option<ExitStatus> {
        let status = self.child.try_wait().unwrap()?;
        for reader in self.readers.drain(..) {
            reader.join().unwrap();
        }
        Some(status)
    }

    /// It has not ended.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for its end; its exit code.
    pub fn wait(&mut self) -> Option<i32> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.ended() {
                return status.code();
            }
            assert!(
                Instant::now() < until,
                "{} does not end:\n{}",
                self.name,
                self.text()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends a signal, such as `STOP`.
    pub fn signal(&self, signal: &str) {
        let status = Command::new("kill")
            .args([&format!("-{signal}"), &self.pid().to_string()])
            .status()
            .unwrap();
        assert!(status.success(), "{} cannot be signalled", self.name);
    }

    /// Ends it at once, as a power failure would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("== {} said:\n{}", self.name, self.text());
        }
    }
}

fn read_along(
    stream: impl Read + Send + 'static,
    lines: &Arc<Mutex<Vec<String>>>,
) -> JoinHandle<()> {
    let lines = Arc::clone(lines);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            lines.lock().unwrap().push(line);
        }
    })
}

impl Cluster {
    /// A cluster of a boot server and nothing else.
    pub fn new(name: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("node-{}-{name}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let home = folder.join("home");
        let made = output(node().args(["init", "--name", name, "--home"]).arg(&home));
        assert!(made.status.success(), "{}", said(&made));
        let (boot, address) = start_boot_server(&home, "127.0.0.1:0");
        Self {
            folder,
            boot,
            address,
        }
    }

    /// Where files of the test may be.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// Writes a file of the test.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Starts the boot server again, where it was.
    pub fn restart_boot_server(&mut self) {
        self.replace_boot_server(&self.home());
    }

    /// Starts one in the place of the boot server, with the files of that home.
    pub fn replace_boot_server(&mut self, home: &Path) {
        self.boot.kill();
        let (boot, address) = start_boot_server(home, &self.address.to_string());
        assert_eq!(address, self.address);
        self.boot = boot;
    }

    /// A command of the operator.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = node();
        command.args(arguments).arg("--home").arg(self.home());
        command
    }

    /// Runs a command of the operator, which must succeed; what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = output(&mut self.command(arguments));
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command of the operator that prints JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let text = self.run(arguments);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {text}"))
    }

    /// A token for a node of these groups, in a file.
    pub fn authorize(&self, name: &str, groups: &[&str]) -> PathBuf {
        let mut arguments = vec!["authorize", name];
        for group in groups {
            arguments.extend(["--group", group]);
        }
        let token = self.run(&arguments);
        self.write(&format!("{name}.token"), &token)
    }

    /// Starts an authorised node that joins by naming one member.
    pub fn start(&self, name: &str, groups: &[&str], join: SocketAddr) -> Process {
        let token = self.authorize(name, groups);
        Process::node(name, &token, &["--join", &join.to_string()])
    }

    /// Where a node listens.
    pub fn address_of(&self, process: &mut Process) -> SocketAddr {
        let address = process.wait_for("address", listening);
        assert_ne!(address, self.address, "that is the boot server's");
        address
    }

    /// How the cluster fares.
    pub fn status(&self) -> Value {
        self.json(&["status", "--json"])
    }

    /// Waits until the links of these nodes stand.
    pub fn linked(&self, nodes: &[&str]) -> Value {
        self.wait_until("linked", |status| {
            nodes
                .iter()
                .all(|name| node_in(status, name)["linked"] == true)
        })
    }

    /// Waits until the cluster fares so.
    pub fn wait_until(&self, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let status = self.status();
            if holds(&status) {
                return status;
            }
            assert!(
                Instant::now() < until,
                "not {what}: {status:#}\n{}",
                self.boot.text()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn start_boot_server(home: &Path, listen: &str) -> (Process, SocketAddr) {
    let mut boot = Process::start(
        "boot server",
        node()
            .args(["boot-server", "--listen", listen, "--home"])
            .arg(home),
    );
    let address = boot.wait_for("address", listening);
    (boot, address)
}

/// The address in a line that says where a program listens.
fn listening(line: &str) -> Option<SocketAddr> {
    let (_, address) = line.split_once("listening at ")?;
    address.split_whitespace().next()?.parse().ok()
}

/// The node of that name in a status.
pub fn node_in<'a>(status: &'a Value, name: &str) -> &'a Value {
    let nodes = status["nodes"].as_array().unwrap();
    nodes
        .iter()
        .find(|node| node["name"] == name)
        .unwrap_or(&Value::Null)
}

/// The application of that name on a node of that name in a status.
pub fn application_in<'a>(status: &'a Value, node: &str, application: &str) -> &'a Value {
    let found = node_in(status, node)["applications"].as_array();
    let found = found.and_then(|found| found.iter().find(|it| it["name"] == application));
    found.unwrap_or(&Value::Null)
}
