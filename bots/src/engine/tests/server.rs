//! A server that does what a test says, for each connection.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// What both ends of the protocol send first.
pub(super) const HELLO: &[u8; 12] = b"CGI 002.000\n";

/// A server that is stopped when it is dropped.
pub(super) struct Server {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
    acceptor: Option<JoinHandle<()>>,
}

impl Server {
    /// Does `serve` for each connection, on a thread of its own, until the
    /// connection ends.
    pub(super) fn start(
        serve: impl Fn(TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stopped = Arc::new(AtomicBool::new(false));
        let stop = stopped.clone();
        let serve = Arc::new(serve);
        let acceptor = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Acquire) {
                    return;
                }
                let Ok(stream) = stream else { return };
                let serve = serve.clone();
                std::thread::spawn(move || {
                    // No test waits longer for anything.
                    let _ = stream.set_read_timeout(Some(Duration::from_secs(60)));
                    let _ = stream.set_write_timeout(Some(Duration::from_secs(60)));
                    // The bot may go at any time.
                    let _ = serve(stream);
                });
            }
        });
        Self {
            address,
            stopped,
            acceptor: Some(acceptor),
        }
    }

    /// As [`start`](Self::start), behind the handshake.
    pub(super) fn greeting(
        serve: impl Fn(TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self::start(move |mut stream| {
            stream.write_all(HELLO)?;
            let mut hello = [0; HELLO.len()];
            stream.read_exact(&mut hello)?;
            serve(stream)
        })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Release);
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

/// Reads one message.
pub(super) fn read_frame(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut frame = vec![0; 3];
    stream.read_exact(&mut frame)?;
    let length = usize::from(u16::from_be_bytes([frame[1], frame[2]]));
    frame.resize(length.max(3), 0);
    stream.read_exact(&mut frame[3..])?;
    Ok(frame)
}
