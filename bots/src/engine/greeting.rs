//! Connecting to a server and exchanging the handshake.

use std::io;
use std::time::Duration;

use tokio::net::TcpStream;

use super::config::RunConfig;
use crate::observe::Failure;
use crate::protocol::Handshake;

/// Why there is no connection: its kind, and in words.
pub(super) type NoConnection = (Failure, String);

/// A connection on which the handshake is done.
pub(super) async fn connect(
    config: &RunConfig,
    handshake: Option<&Handshake>,
) -> Result<TcpStream, NoConnection> {
    let within = config.connect_within;
    let connected = tokio::time::timeout(within, TcpStream::connect(config.target)).await;
    let stream = match connected {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            let why = format!("no connection to {}: {error}", config.target);
            return Err((Failure::of_connect(&error), why));
        }
        Err(_) => {
            let why = format!("no connection to {} within {within:?}", config.target);
            return Err((Failure::ConnectTimeout, why));
        }
    };
    // Small messages that wait for an answer: never wait to fill a segment.
    if let Err(error) = stream.set_nodelay(true) {
        return Err((Failure::ConnectFailed, error.to_string()));
    }
    if let Some(handshake) = handshake {
        greet(&stream, handshake, within).await?;
    }
    Ok(stream)
}

async fn greet(
    stream: &TcpStream,
    handshake: &Handshake,
    within: Duration,
) -> Result<(), NoConnection> {
    let failed = |why: String| (Failure::Handshake, why);
    let exchange = async {
        write_all(stream, &handshake.send).await?;
        read_exactly(stream, handshake.expect.len()).await
    };
    match tokio::time::timeout(within, exchange).await {
        Ok(Ok(found)) if *found == *handshake.expect => Ok(()),
        Ok(Ok(found)) => Err(failed(format!(
            "the server greeted with {:?} instead of {:?}",
            String::from_utf8_lossy(&found),
            String::from_utf8_lossy(&handshake.expect)
        ))),
        Ok(Err(error)) => Err(failed(format!("the server did not greet: {error}"))),
        Err(_) => Err(failed(format!(
            "the server did not greet within {within:?}"
        ))),
    }
}

/// Writes all bytes.
pub(super) async fn write_all(stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn read_exactly(stream: &TcpStream, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; count];
    let mut filled = 0;
    while filled < count {
        stream.readable().await?;
        match stream.try_read(&mut bytes[filled..]) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(bytes)
}
