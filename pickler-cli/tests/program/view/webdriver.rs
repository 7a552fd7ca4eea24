//! As much of the `WebDriver` protocol as the tests of the page need, over plain
//! sockets: chromedriver speaks it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How an element is referred to, says the standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A page in a browser without a window.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: PathBuf,
}

impl Browser {
    /// A browser, if this machine has one.
    pub fn start() -> Option<Self> {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let output = BufReader::new(driver.stdout.take().expect("its output is piped"));
        let port = output
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, port) = line.split_once("started successfully on port ")?;
                port.trim_end_matches('.').parse().ok()
            })
            .expect("chromedriver says its port");
        let profile = std::env::temp_dir().join(format!("pickler-view-{}", std::process::id()));
        let mut browser = Self {
            driver,
            port,
            session: String::new(),
            profile,
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
            "--window-size=1500,900",
            &format!("--user-data-dir={}", browser.profile.display()),
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let session = browser.request("POST", "/session", &wanted);
        let id = session["sessionId"].as_str().expect("a session has a name");
        browser.session = format!("/session/{id}");
        Some(browser)
    }

    /// Opens an address.
    pub fn open(&self, address: &str) {
        self.ask("/url", &json!({ "url": address }));
    }

    /// What a script returns.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.ask(
            "/execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Clicks on the element as a person does.
    pub fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.ask(&format!("/element/{element}/click"), &json!({}));
    }

    /// Types into the element as a person does.
    pub fn type_into(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.ask(
            &format!("/element/{element}/value"),
            &json!({ "text": text }),
        );
    }

    /// Tells the page that its reader likes the dark.
    pub fn darken(&self) {
        let feature = json!({ "name": "prefers-color-scheme", "value": "dark" });
        let parameters = json!({ "features": [feature] });
        let command = json!({ "cmd": "Emulation.setEmulatedMedia", "params": parameters });
        self.ask("/goog/cdp/execute", &command);
    }

    /// What the page complained of.
    pub fn complaints(&self) -> Value {
        self.ask("/se/log", &json!({ "type": "browser" }))
    }

    /// Waits until a script returns that.
    pub fn wait_for(&self, script: &str, expected: &Value) {
        let start = Instant::now();
        loop {
            let found = self.run(script, &[]);
            if found == *expected {
                return;
            }
            let waited = start.elapsed() < Duration::from_secs(20);
            assert!(waited, "{script}: {found}, not {expected}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn element(&self, selector: &str) -> String {
        let wanted = json!({ "using": "css selector", "value": selector });
        let found = self.ask("/element", &wanted);
        found[ELEMENT]
            .as_str()
            .expect("an element has a name")
            .to_owned()
    }

    fn ask(&self, path: &str, body: &Value) -> Value {
        self.request("POST", &format!("{}{path}", self.session), body)
    }

    fn request(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, body) = self.send(method, path, body).expect("the driver answers");
        let answer: Value = serde_json::from_slice(&body).expect("the driver answers in JSON");
        assert!(status.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        answer["value"].clone()
    }

    /// The line of the answer that says how it went, and what it holds.
    fn send(&self, method: &str, path: &str, body: &Value) -> std::io::Result<(String, Vec<u8>)> {
        let body = body.to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let (port, size) = (self.port, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\
             Content-Type: application/json\r\nContent-Length: {size}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes())?;
        // It keeps the connection open, whatever it is asked: its end is no end.
        let mut answer = BufReader::new(stream);
        let (mut status, mut size) = (String::new(), 0);
        answer.read_line(&mut status)?;
        loop {
            let mut line = String::new();
            if answer.read_line(&mut line)? <= "\r\n".len() {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                size = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; size];
        answer.read_exact(&mut body)?;
        Ok((status, body))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // What is gone already is no matter.
        let _ = self.send("DELETE", &self.session, &json!({}));
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
