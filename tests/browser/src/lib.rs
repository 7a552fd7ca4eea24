//! A browser for tests of pages, driven by `WebDriver`'s JSON over HTTP, which
//! chromedriver speaks.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A browser without a window, that is closed with this.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

static ALONE: Mutex<()> = Mutex::new(());

/// A program of one of these names, if it is installed.
fn installed(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let candidates = names
        .iter()
        .flat_map(|name| folders.iter().map(move |it| it.join(name)));
    candidates.into_iter().find(|candidate| candidate.is_file())
}

/// A running driver, and the port that it listens on.
fn started(driver: &Path) -> (Child, u16) {
    for _ in 0..5 {
        let mut child = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let port = output.lines().map_while(Result::ok).find_map(|line| {
            let port = line.split("successfully on port ").nth(1)?;
            port.trim_end_matches('.').parse().ok()
        });
        if let Some(port) = port {
            return (child, port);
        }
        // Another program was faster to take the port.
        let _ = child.kill();
        let _ = child.wait();
    }
    panic!("chromedriver does not start");
}

impl Browser {
    /// A browser, if one is installed; else it is said loudly that there is
    /// none.
    pub fn start(name: &str) -> Option<Self> {
        let chromium = installed(&["chromium", "chromium-browser", "google-chrome"]);
        let driver = installed(&["chromedriver"]);
        let (Some(chromium), Some(driver)) = (chromium, driver) else {
            // Not captured, as what `eprintln` prints is.
            let said = "\nSKIPPED: pages are not tried out, since there is no Chromium: \
                        apt-get install chromium chromium-driver\n\n";
            let _ = std::io::stderr().write_all(said.as_bytes());
            return None;
        };
        let profile = std::env::temp_dir().join(format!("browser-{}-{name}", std::process::id()));
        // One at a time: tests of speed are no tests of the machine.
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let (driver, port) = started(&driver);
        let mut browser = Self {
            driver,
            port,
            _alone: alone,
            session: String::new(),
            profile: profile.clone(),
        };
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--window-size=1400,1000",
            &format!("--user-data-dir={}", profile.display()),
        ];
        let options = json!({"binary": chromium, "args": arguments});
        let logs = json!({"browser": "ALL", "performance": "ALL"});
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": logs,
        });
        let started = browser.send(
            "POST",
            "",
            &json!({"capabilities": {"alwaysMatch": wanted}}),
        );
        started["sessionId"]
            .as_str()
            .unwrap()
            .clone_into(&mut browser.session);
        Some(browser)
    }

    /// Opens a page, from a file of its own.
    pub fn open(&self, name: &str, page: &str) {
        let path = self.profile.join(name);
        std::fs::write(&path, page).unwrap();
        self.go(&format!("file://{}", path.display()));
    }

    /// Opens an address.
    pub fn go(&self, url: &str) {
        self.post("/url", &json!({"url": url}));
    }

    /// What a script returns.
    pub fn run(&self, script: &str) -> Value {
        self.run_with(script, &[])
    }

    /// What a script returns that is given something.
    pub fn run_with(&self, script: &str, arguments: &[Value]) -> Value {
        let body = json!({"script": script, "args": arguments});
        self.post("/execute/sync", &body)
    }

    /// Waits until a script returns that.
    pub fn wait_for(&self, script: &str, expected: &Value) {
        let start = Instant::now();
        loop {
            let found = self.run(script);
            if found == *expected {
                return;
            }
            let waits = start.elapsed() < Duration::from_secs(20);
            assert!(waits, "{script}: {found}, not {expected}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Tells pages that their reader likes the dark.
    pub fn darken(&self) {
        let feature = json!({"name": "prefers-color-scheme", "value": "dark"});
        self.command(
            "Emulation.setEmulatedMedia",
            &json!({"features": [feature]}),
        );
    }

    /// Clicks what a selector finds first.
    pub fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.post(&format!("/element/{element}/click"), &json!({}));
    }

    /// Types into what a selector finds first.
    pub fn keys(&self, selector: &str, keys: &str) {
        let element = self.element(selector);
        self.post(&format!("/element/{element}/value"), &json!({"text": keys}));
    }

    /// Moves the mouse over what a selector finds first.
    pub fn hover(&self, selector: &str) {
        let element = self.element(selector);
        let origin = json!({"element-6066-11e4-a52e-4f735466cecf": element});
        let moved = json!({"type": "pointerMove", "duration": 0, "origin": origin, "x": 0, "y": 0});
        let mouse = json!({"type": "pointer", "id": "mouse", "actions": [moved]});
        self.post("/actions", &json!({"actions": [mouse]}));
    }

    fn element(&self, selector: &str) -> String {
        let found = self.post(
            "/element",
            &json!({"using": "css selector", "value": selector}),
        );
        let mut ids = found.as_object().unwrap().values();
        ids.next().unwrap().as_str().unwrap().to_owned()
    }

    /// A command of the browser's own protocol.
    pub fn command(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.post("/goog/cdp/execute", &body)
    }

    /// What was logged since: `browser` or `performance`.
    pub fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.post("/se/log", &json!({"type": kind}));
        entries.as_array().unwrap().clone()
    }

    /// A picture of the window, if the variable `FACES_PICTURES` names a folder.
    pub fn picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("FACES_PICTURES") {
            let taken = self.command("Page.captureScreenshot", &json!({}));
            keep(&taken["data"], &Path::new(&folder).join(name));
        }
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.send("POST", &format!("/{}{path}", self.session), body)
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.exchange(method, path, body);
        let value = answer.unwrap()["value"].take();
        assert!(value.get("error").is_none(), "{method} {path}: {value:#}");
        value
    }

    fn exchange(&self, method: &str, path: &str, body: &Value) -> std::io::Result<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        let body = body.to_string();
        let request = format!(
            "{method} /session{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut stream = BufReader::new(stream);
        let mut length = None;
        loop {
            let mut line = String::new();
            stream.read_line(&mut line)?;
            let line = line.trim_end().to_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().ok();
            }
        }
        let mut answer = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut answer)?;
        Ok(serde_json::from_slice(&answer)?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser goes with its session, not with its driver.
        let _ = self.exchange("DELETE", &format!("/{}", self.session), &json!({}));
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// Writes data that came in base 64.
pub fn keep(data: &Value, path: &Path) {
    use base64::Engine;
    let decoded = base64::engine::general_purpose::STANDARD.decode(data.as_str().unwrap());
    std::fs::write(path, decoded.unwrap()).unwrap();
}
