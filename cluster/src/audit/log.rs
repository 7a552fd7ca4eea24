//! The file that the log is in.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use thiserror::Error;

use super::chain::{Damage, Head, MAX_LINE};
use crate::durable::sync_folder_of;

/// The most bytes of a torn line that are kept in the line that reports it.
const MAX_TORN: usize = 1_024;

/// The most bytes of which [`AuditLog::tail`] gives lines.
const MAX_TAIL: u64 = 512 * 1_024;

/// Why a log cannot be read or written.
#[derive(Debug, Error)]
pub enum AuditError {
    /// The file system refuses.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another process has it open.
    #[error("{}: another process has it open", .0.display())]
    InUse(PathBuf),
    /// Somebody has changed it.
    #[error("{}, line {line}: {damage}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The first line that does not hold, from 1.
        line: u64,
        /// What is wrong with it.
        damage: Damage,
    },
    /// Its last line has no end: a crash came between, and the log has not been
    /// opened since.
    #[error("{}, line {line}: it has no end", path.display())]
    Torn {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
    },
    /// The new line would be longer than [`MAX_LINE`].
    #[error("what is to be noted is longer than {MAX_LINE} bytes")]
    TooLong,
    /// Nobody knows whether an earlier line is on disk: it is to be opened anew.
    #[error("{}: an earlier line may not have been written", .0.display())]
    Broken(PathBuf),
}

/// The log, open for one process to write.
#[derive(Debug)]
pub struct AuditLog {
    path: PathBuf,
    file: File,
    /// Bytes of whole lines.
    length: u64,
    head: Head,
    broken: bool,
}

impl AuditLog {
    /// Opens the log, or begins one, and verifies all of it. A last line that
    /// has no end, such as a crash leaves, is taken out, and that is noted at
    /// `wall`, in seconds since 1970: what it was to note has not been done. Any
    /// other damage is an error.
    pub fn open(path: &Path, wall: u64) -> Result<Self, AuditError> {
        let failed = |source| file_error(path, source);
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(AuditError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        sync_folder_of(path).map_err(failed)?;
        let read = read_chain(path, &file)?;
        let mut log = Self {
            path: path.to_owned(),
            file,
            length: read.length,
            head: read.head,
            broken: false,
        };
        if !read.torn.is_empty() {
            log.take_back().map_err(failed)?;
            let kept = &read.torn[..read.torn.len().min(MAX_TORN)];
            let detail = json!({
                "bytes": read.torn.len(),
                "torn": String::from_utf8_lossy(kept),
            });
            log.append(wall, "log", "mended", &detail)?;
        }
        Ok(log)
    }

    /// Notes that somebody did something, at `wall`, in seconds since 1970. The
    /// line is on disk when this returns: only then is it to be done. On an
    /// error nothing was noted, and nothing is to be done.
    pub fn append(
        &mut self,
        wall: u64,
        who: &str,
        what: &str,
        detail: &Value,
    ) -> Result<Head, AuditError> {
        if self.broken {
            return Err(AuditError::Broken(self.path.clone()));
        }
        let detail: Box<RawValue> = to_raw_value(detail).map_err(|_| AuditError::TooLong)?;
        let (mut line, head) = self
            .head
            .next_line(wall, who, what, &detail)
            .ok_or(AuditError::TooLong)?;
        line.push('\n');
        if let Err(source) = self.file.write_all(line.as_bytes()) {
            self.broken = self.take_back().is_err();
            return Err(file_error(&self.path, source));
        }
        if let Err(source) = self.file.sync_data() {
            // Nobody knows now what is on disk: only a new reading tells.
            self.broken = true;
            return Err(file_error(&self.path, source));
        }
        self.length += line.len() as u64;
        self.head = head;
        Ok(head)
    }

    /// Its last line.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Its last so many lines, the oldest first; no more than there are in its
    /// last 512 KiB.
    pub fn tail(&self, lines: usize) -> Result<Vec<String>, AuditError> {
        tail(&self.file, self.length, lines).map_err(|source| file_error(&self.path, source))
    }

    fn take_back(&self) -> io::Result<()> {
        self.file.set_len(self.length)?;
        self.file.sync_data()
    }
}

/// Reads a log from end to end, which may be open elsewhere, and changes
/// nothing. Its last line is to be compared with what was noted of it.
pub fn verify(path: &Path) -> Result<Head, AuditError> {
    let file = File::open(path).map_err(|source| file_error(path, source))?;
    let read = read_chain(path, &file)?;
    if read.torn.is_empty() {
        Ok(read.head)
    } else {
        Err(AuditError::Torn {
            path: path.to_owned(),
            line: read.head.number + 1,
        })
    }
}

/// What a log holds.
struct ReadChain {
    head: Head,
    /// Bytes of whole lines.
    length: u64,
    /// What comes after them.
    torn: Vec<u8>,
}

fn read_chain(path: &Path, file: &File) -> Result<ReadChain, AuditError> {
    let failed = |source| file_error(path, source);
    let mut reader = BufReader::new(file);
    reader.rewind().map_err(failed)?;
    let mut read = ReadChain {
        head: Head::default(),
        length: 0,
        torn: Vec::new(),
    };
    loop {
        let mut line = Vec::new();
        // One byte more than a line may have is enough to see that it has.
        let mut bounded = (&mut reader).take(MAX_LINE as u64 + 1);
        let bytes = bounded.read_until(b'\n', &mut line).map_err(failed)?;
        let damaged = |damage| AuditError::Damaged {
            path: path.to_owned(),
            line: read.head.number + 1,
            damage,
        };
        if bytes > MAX_LINE {
            return Err(damaged(Damage::TooLong));
        }
        let Some(whole) = line.strip_suffix(b"\n") else {
            read.torn = line;
            return Ok(read);
        };
        read.head = read.head.follow(whole).map_err(damaged)?;
        read.length += bytes as u64;
    }
}

/// The last lines of the first `length` bytes.
fn tail(mut file: &File, length: u64, lines: usize) -> io::Result<Vec<String>> {
    let start = length.saturating_sub(MAX_TAIL);
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(length - start).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    // What is read may begin within a line.
    let cut = usize::from(start > 0);
    let whole: Vec<&str> = text.lines().skip(cut).collect();
    let from = whole.len().saturating_sub(lines);
    Ok(whole[from..].iter().map(|&line| line.to_owned()).collect())
}

fn file_error(path: &Path, source: io::Error) -> AuditError {
    AuditError::File {
        path: path.to_owned(),
        source,
    }
}
