//! Messages between an editor and the server: a header that says how long, and
//! JSON.

use std::io::{BufRead, Read, Write};

use anyhow::{Context, Result, bail};
use serde::Serialize;

/// The longest message, in bytes: one with the longest spec, much of it escaped.
const LONGEST: u64 = 128 << 20;

/// The longest line of a header, in bytes.
const LONGEST_LINE: u64 = 1 << 10;

/// How many lines a header has at the most.
const MOST_LINES: usize = 16;

/// The next message; `None` if there are no more.
///
/// # Errors
/// If it cannot be told where the message ends, so that what follows makes no sense.
pub fn read(from: &mut impl BufRead) -> Result<Option<Vec<u8>>> {
    let Some(length) = length(from)? else {
        return Ok(None);
    };
    let mut message = Vec::new();
    from.take(length).read_to_end(&mut message)?;
    if message.len() as u64 != length {
        bail!("the input ends within a message");
    }
    Ok(Some(message))
}

/// How long the next message is, as its header says.
fn length(from: &mut impl BufRead) -> Result<Option<u64>> {
    let mut length = None;
    for number in 0..MOST_LINES {
        let mut line = Vec::new();
        from.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if number == 0 && line.is_empty() {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') {
            bail!("a line of a message's header does not end");
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            let length = length.context("a message has no `Content-Length`")?;
            if length > LONGEST {
                bail!("a message of {length} bytes; at most {LONGEST} are read");
            }
            return Ok(Some(length));
        }
        let (name, value) = line.split_once(':').context("a message has no header")?;
        if name.eq_ignore_ascii_case("Content-Length") {
            let value = value.trim().parse();
            length = Some(value.context("the `Content-Length` of a message is no number")?);
        }
    }
    bail!("the header of a message has more than {MOST_LINES} lines");
}

/// Writes a message.
///
/// # Errors
/// If it cannot be written.
pub fn write(message: &impl Serialize, to: &mut impl Write) -> Result<()> {
    let text = serde_json::to_string(message)?;
    write!(to, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    Ok(to.flush()?)
}
