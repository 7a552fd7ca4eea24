//! The thread that accepts connections and hands them to workers in turn.

use std::io;
use std::net::{self, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Connections that may wait to be accepted, at each address.
const BACKLOG: u32 = 4096;

/// How long not to accept when there are no file descriptors left.
const BACK_OFF: Duration = Duration::from_millis(50);

/// Where the workers take new connections from.
pub(super) type Arrivals = Vec<mpsc::UnboundedSender<net::TcpStream>>;

/// An address that cannot be listened to.
#[derive(Debug)]
pub(super) struct ListenError {
    pub address: SocketAddr,
    pub source: io::Error,
}

/// Listens, reports the addresses or the failure, and accepts until the server
/// stops.
pub(super) fn run(
    addresses: &[SocketAddr],
    workers: &Arrivals,
    mut stop: watch::Receiver<bool>,
    report: impl FnOnce(Result<Vec<SocketAddr>, ListenError>),
) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listeners: Result<Vec<_>, _> = addresses.iter().copied().map(listen).collect();
        let listeners = match listeners {
            Ok(listeners) => listeners,
            Err(error) => return report(Err(error)),
        };
        report(Ok(listeners.iter().map(|(_, address)| *address).collect()));
        let mut accepting = JoinSet::new();
        for (listener, _) in listeners {
            accepting.spawn(accept(listener, workers.clone()));
        }
        let _ = stop.wait_for(|&stop| stop).await;
    });
    Ok(())
}

fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ListenError> {
    let listen = || {
        let socket = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4(),
            SocketAddr::V6(_) => TcpSocket::new_v6(),
        }?;
        // A server that starts again finds its port still waiting for the
        // connections of the one before.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let listener = socket.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    listen().map_err(|source| ListenError { address, source })
}

async fn accept(listener: TcpListener, workers: Arrivals) {
    for worker in workers.iter().cycle() {
        let stream = loop {
            match listener.accept().await {
                Ok((stream, _)) => break stream.into_std(),
                Err(_) => sleep(BACK_OFF).await,
            }
        };
        // Else the connection is gone already, or the server is stopping.
        if let Ok(stream) = stream {
            let _ = worker.send(stream);
        }
    }
}
