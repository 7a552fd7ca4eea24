//! The program that runs: which it is, and becoming another with the same
//! process.

use std::convert::Infallible;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use cluster_protocol::Digest;
use rustix::fs::{MemfdFlags, memfd_create};

use crate::identity::sha256_of_file;

/// What the program that runs is found under, also after its file is gone.
const RUNNING: &str = "/proc/self/exe";

/// The hash of the program that runs.
///
/// # Errors
/// If its file cannot be read.
pub fn hash() -> io::Result<Digest> {
    sha256_of_file(Path::new(RUNNING))
}

/// Bytes in memory that a program which is started, or become, can read: under
/// the number of an open file.
///
/// # Errors
/// If the system has no memory for it.
pub fn in_memory(name: &str, bytes: &[u8], kept: bool) -> io::Result<OwnedFd> {
    let flags = if kept {
        MemfdFlags::empty()
    } else {
        MemfdFlags::CLOEXEC
    };
    let mut file = File::from(memfd_create(name, flags)?);
    file.write_all(bytes)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file.into())
}

/// Becomes another program, which finds `handover` under the number that is in
/// `variable`. The process, its number and its arguments stay the same.
///
/// The program is tried first: one that cannot even say its version is not
/// become.
///
/// # Errors
/// If it cannot be started; nothing has changed then.
pub fn become_program(program: &[u8], variable: &str, handover: &[u8]) -> io::Result<Infallible> {
    let file = in_memory("node", program, false)?;
    let path = format!("/proc/self/fd/{}", file.as_raw_fd());
    let tried = Command::new(&path)
        .arg("--version")
        .stdin(Stdio::null())
        .output()?;
    if !tried.status.success() || !tried.stdout.starts_with(b"node ") {
        return Err(io::Error::other("it does not say that it is a node"));
    }
    let handover = in_memory("handover", handover, true)?;
    let mut arguments = std::env::args_os();
    let name = arguments.next().unwrap_or_else(|| OsString::from("node"));
    let error = Command::new(&path)
        .arg0(name)
        .args(arguments)
        .env(variable, handover.as_raw_fd().to_string())
        .exec();
    Err(error)
}
