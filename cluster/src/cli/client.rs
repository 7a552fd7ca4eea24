//! An operator's conversation with the boot server.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use cluster_protocol::{Digest, MAX_MESSAGE, Message, Refused, Request, Response, Signed};

use super::home::Home;
use super::values;
use crate::clock::wall;
use crate::identity::{Trust, boot_door, client_config};
use crate::net::{Channel, ChannelError, Tls, connect, renew};

/// How long the boot server may take for an answer that takes no work.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much of a module goes in one message.
const PIECE: usize = 64 << 10;

/// Which boot server is meant.
#[derive(Args)]
pub struct BootArgument {
    /// Where the boot server is, if not where it was last seen
    #[arg(long, value_name = "HOST:PORT", value_parser = values::address)]
    boot: Option<SocketAddr>,
}

/// A connection to the boot server.
pub struct Client {
    channel: Channel<Tls>,
    address: SocketAddr,
}

impl Client {
    /// Connects as the operator of `home`.
    ///
    /// # Errors
    /// If there is no operator, or no boot server.
    pub async fn connect(home: &Home, boot: &BootArgument) -> anyhow::Result<Self> {
        let mut identity = home.identity()?;
        let known = || SocketAddr::from(identity.cluster().boot);
        let address = boot.boot.or_else(|| home.address()).unwrap_or_else(known);
        if identity.expires() <= wall() {
            bail!(
                "the certificate of operator {} has ended; another operator can run `node \
                 authorize`, or `node init --admit` lets this one in where the boot server's \
                 files are",
                identity.name()
            );
        }
        if identity.renew_at() <= wall() {
            // If it cannot be renewed now, it is still good.
            if let Ok(renewed) = renew(identity.clone(), address).await {
                home.keep_operator(&renewed)?;
                identity = renewed;
            }
        }
        let config = client_config(&identity, &Trust::default())?;
        let stream = connect(address, config, boot_door())
            .await
            .with_context(|| {
                format!("no boot server answers at {address}; `node boot-server` starts one, --boot says where it is")
            })?;
        Ok(Self {
            channel: Channel::new(stream, MAX_MESSAGE),
            address,
        })
    }

    /// Where the boot server is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Asks, without waiting for the answer.
    ///
    /// # Errors
    /// If the connection fails.
    pub async fn send(&mut self, request: Request) -> anyhow::Result<()> {
        self.channel
            .sender
            .send(&request.into())
            .await
            .map_err(lost)
    }

    /// The next response. May be cancelled: nothing is lost.
    ///
    /// # Errors
    /// If the connection ends, or the request was refused.
    pub async fn next(&mut self) -> anyhow::Result<Response> {
        match self.channel.receiver.next().await.map_err(lost)? {
            Message::Response(response) => match *response {
                Response::Refused(Refused { text, .. }) => bail!("{text}"),
                response => Ok(response),
            },
            Message::Refused(refused) => bail!("{}", refused.text),
            other => bail!(
                "the boot server sent a message {}, which has no place here",
                other.name()
            ),
        }
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// If there is none, or the request was refused.
    pub async fn ask(&mut self, request: Request) -> anyhow::Result<Response> {
        self.send(request).await?;
        match tokio::time::timeout(PATIENCE, self.next()).await {
            Ok(response) => response,
            Err(_) => bail!(
                "the boot server at {} did not answer within {} s",
                self.address,
                PATIENCE.as_secs()
            ),
        }
    }

    /// Asks for something of which nothing comes back but that it was done.
    ///
    /// # Errors
    /// If it was not.
    pub async fn tell(&mut self, request: Request) -> anyhow::Result<()> {
        match self.ask(request).await? {
            Response::Done => Ok(()),
            other => unexpected(&other),
        }
    }

    /// The newest release, if there is one.
    ///
    /// # Errors
    /// If the boot server does not answer.
    pub async fn newest_release(&mut self) -> anyhow::Result<Option<Signed>> {
        match self.ask(Request::Release).await? {
            Response::Release(mut release) => Ok(release.pop()),
            other => unexpected(&other),
        }
    }

    /// Uploads a module, or what is still missing of it; how many bytes went.
    ///
    /// # Errors
    /// If the boot server does not take it.
    pub async fn upload(&mut self, hash: Digest, bytes: &[u8]) -> anyhow::Result<u64> {
        let size = bytes.len() as u64;
        let offered = self.ask(Request::Offer { hash, size }).await?;
        let Response::UploadFrom { offset } = offered else {
            return unexpected(&offered);
        };
        let from = usize::try_from(offset)
            .unwrap_or(usize::MAX)
            .min(bytes.len());
        let mut at = from;
        while at < bytes.len() {
            let end = bytes.len().min(at + PIECE);
            let answer = self
                .ask(Request::Upload {
                    hash,
                    offset: at as u64,
                    bytes: bytes[at..end].into(),
                })
                .await?;
            match answer {
                Response::UploadFrom { offset } if offset >= end as u64 => at = end,
                Response::Done => at = end,
                other => return unexpected(&other),
            }
        }
        Ok((bytes.len() - from) as u64)
    }
}

fn lost(error: ChannelError) -> anyhow::Error {
    match error {
        ChannelError::Ended => {
            anyhow::anyhow!("the boot server closed the connection; is this operator still let in?")
        }
        other => anyhow::Error::new(other).context("the connection to the boot server is lost"),
    }
}

/// An answer to something else.
pub fn unexpected<T>(response: &Response) -> anyhow::Result<T> {
    let name = match response {
        Response::Done => "DONE",
        Response::Refused(_) => "REFUSED",
        Response::Progress(_) => "PROGRESS",
        Response::Status(_) => "STATUS",
        Response::Bots { .. } => "BOTS",
        Response::Lines(_) => "LINES",
        Response::Token(_) => "TOKEN",
        Response::UploadFrom { .. } => "UPLOAD_FROM",
        Response::Synced(_) => "SYNCED",
        Response::RunEnded(_) => "RUN_ENDED",
        Response::Release(_) => "RELEASE",
    };
    bail!("the boot server answered {name}, which is no answer to what was asked")
}
