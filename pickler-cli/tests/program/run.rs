//! Runs the program.

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

/// What a run of the program left.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// Its exit code.
    pub code: i32,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

/// Starts the program with all of its ends in hand.
pub fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_pickler"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Runs the program with nothing on standard input.
pub fn pickler(arguments: &[&str]) -> Run {
    pickler_with(arguments, b"")
}

/// Runs the program with these bytes on standard input.
pub fn pickler_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = start(arguments);
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let output = std::thread::scope(|scope| {
        // A program that ends early does not read all of it.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().expect("the program ends")
    });
    output.into()
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("the output is text"),
            err: String::from_utf8(output.stderr).expect("the errors are text"),
        }
    }
}

impl Run {
    /// The run's exit code, output and errors, for comparison as a whole.
    pub fn all(&self) -> String {
        format!("{}--- {} ---\n{}", self.out, self.code, self.err)
    }
}
