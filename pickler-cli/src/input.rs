//! Pieces of input, from arguments, lines of standard input or lines of a file.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use anyhow::{Context, Result, bail};

/// The longest file that is read whole, in bytes, as the codec's limits have it.
const LONGEST_FILE: u64 = 1 << 30;

/// The longest line that is taken, in bytes: no line costs more memory.
const LONGEST_LINE: usize = 64 << 20;

/// Where a piece of input came from, as errors tell it.
#[derive(Clone, Debug)]
pub enum Origin {
    /// An argument, counted from 1.
    Argument(usize),
    /// A line of standard input, counted from 1.
    Line(u64),
    /// A line of a file, counted from 1.
    FileLine(String, u64),
    /// A file as a whole.
    File(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(number) => write!(f, "argument {number}"),
            Self::Line(number) => write!(f, "line {number}"),
            Self::FileLine(file, number) => write!(f, "{file}:{number}"),
            Self::File(file) => f.write_str(file),
        }
    }
}

/// Why a line cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceError {
    TooLong,
    NotText,
}

impl std::error::Error for PieceError {}

impl fmt::Display for PieceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(
                f,
                "longer than {} MiB; put what it holds on several lines",
                LONGEST_LINE >> 20
            ),
            Self::NotText => f.write_str("not UTF-8 text; hex digits or JSON are expected"),
        }
    }
}

/// One piece of the input.
pub struct Piece {
    /// Where it came from.
    pub origin: Origin,
    /// What it holds, or why it cannot be had.
    pub text: Result<String, PieceError>,
    /// More input may have to be waited for, so that what was written is due.
    pub last_for_now: bool,
}

/// Each argument, or each line of standard input where an argument is `-` or
/// there is none. Blank lines are passed over.
pub fn for_each_argument(
    arguments: &[String],
    mut handle: impl FnMut(Piece) -> Result<()>,
) -> Result<()> {
    if arguments.is_empty() {
        return stdin_lines(&mut handle);
    }
    for (index, argument) in arguments.iter().enumerate() {
        if argument == "-" {
            stdin_lines(&mut handle)?;
        } else {
            handle(Piece {
                origin: Origin::Argument(index + 1),
                text: Ok(argument.clone()),
                last_for_now: false,
            })?;
        }
    }
    Ok(())
}

/// Each line of a file, or of standard input if it is `-`. Blank lines are
/// passed over.
pub fn for_each_line(file: &str, mut handle: impl FnMut(Piece) -> Result<()>) -> Result<()> {
    if file == "-" {
        return stdin_lines(&mut handle);
    }
    let opened = File::open(file).with_context(|| format!("cannot open {file}"))?;
    let origin = |number| Origin::FileLine(file.to_owned(), number);
    lines(opened, file, origin, &mut handle)
}

/// The bytes of a file, or of standard input if it is `-`.
pub fn whole_file(file: &str) -> Result<(Origin, Vec<u8>)> {
    let (name, from) = open(file)?;
    let mut bytes = Vec::new();
    let read = from.take(LONGEST_FILE + 1).read_to_end(&mut bytes);
    read.with_context(|| format!("cannot read {name}"))?;
    if bytes.len() as u64 > LONGEST_FILE {
        bail!("{name}: longer than {} MiB", LONGEST_FILE >> 20);
    }
    Ok((Origin::File(name.to_owned()), bytes))
}

/// A file, or standard input if it is `-`, and what errors call it.
pub fn open(file: &str) -> Result<(&str, Box<dyn Read + Send>)> {
    if file == "-" {
        return Ok(("standard input", Box::new(std::io::stdin())));
    }
    let opened = File::open(file).with_context(|| format!("cannot open {file}"))?;
    Ok((file, Box::new(opened)))
}

fn stdin_lines(handle: &mut impl FnMut(Piece) -> Result<()>) -> Result<()> {
    let stdin = std::io::stdin().lock();
    lines(stdin, "standard input", Origin::Line, handle)
}

fn lines(
    from: impl Read,
    name: &str,
    origin: impl Fn(u64) -> Origin,
    handle: &mut impl FnMut(Piece) -> Result<()>,
) -> Result<()> {
    let mut from = BufReader::with_capacity(1 << 16, from);
    let mut number = 0;
    loop {
        number += 1;
        let text = match next_line(&mut from).with_context(|| format!("cannot read {name}"))? {
            None => return Ok(()),
            Some(Ok(text)) if text.trim().is_empty() => continue,
            Some(text) => text,
        };
        handle(Piece {
            origin: origin(number),
            text,
            last_for_now: !from.buffer().contains(&b'\n'),
        })?;
    }
}

fn next_line(from: &mut impl BufRead) -> std::io::Result<Option<Result<String, PieceError>>> {
    let mut line = Vec::new();
    let limit = LONGEST_LINE as u64 + 1;
    from.by_ref().take(limit).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.len() > LONGEST_LINE && line.last() != Some(&b'\n') {
        skip_line(from)?;
        return Ok(Some(Err(PieceError::TooLong)));
    }
    while let Some(b'\n' | b'\r') = line.last() {
        line.pop();
    }
    let text = String::from_utf8(line);
    Ok(Some(text.map_err(|_| PieceError::NotText)))
}

/// Reads on behind the end of the line, keeping nothing.
fn skip_line(from: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = from.fill_buf()?;
        let (taken, found) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(index) => (index + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        from.consume(taken);
        if found {
            return Ok(());
        }
    }
}
