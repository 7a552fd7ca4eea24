//! Messages over a stream of bytes.

use std::io;
use std::time::Duration;

use cluster_protocol::{Message, framing};
use pickler::framing::{Frames, FramingError, LengthField};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::mpsc;

/// How much is read at once.
const READ_BYTES: usize = 16 << 10;
/// How long the other end may take to take a message.
const SEND_WITHIN: Duration = Duration::from_secs(10);

/// What is wrong with the other end of a channel.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// The connection has ended, or failed.
    #[error("the connection has ended")]
    Ended,
    /// The connection has failed.
    #[error("the connection failed: {0}")]
    Failed(io::Error),
    /// It said nothing for too long.
    #[error("nothing came for {} s", .0.as_secs_f64())]
    Silent(Duration),
    /// It did not take what was sent to it.
    #[error("it took no message for {} s", .0.as_secs_f64())]
    Deaf(Duration),
    /// Where its next message begins cannot be known.
    #[error(transparent)]
    Framing(#[from] FramingError),
    /// It sent what is no message.
    #[error("what came is no message: {0}")]
    Message(#[from] pickler::Error),
    /// It sent a message that has no place here.
    #[error("a message {0} came, which has no place here")]
    Unexpected(&'static str),
}

impl From<io::Error> for ChannelError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe => Self::Ended,
            _ => Self::Failed(error),
        }
    }
}

/// Both directions of a channel.
pub struct Channel<S> {
    /// What comes.
    pub receiver: Receiver<S>,
    /// What goes.
    pub sender: Sender<S>,
}

/// The messages that come.
pub struct Receiver<S> {
    stream: ReadHalf<S>,
    frames: Frames<LengthField>,
    buffer: Box<[u8]>,
}

/// The messages that go.
pub struct Sender<S> {
    stream: WriteHalf<S>,
    buffer: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite> Channel<S> {
    /// A channel over that stream, whose messages have at most `most` bytes.
    pub fn new(stream: S, most: usize) -> Self {
        let (read, write) = tokio::io::split(stream);
        Self {
            receiver: Receiver {
                stream: read,
                frames: Frames::new(framing().with_max(most)),
                buffer: vec![0; READ_BYTES].into(),
            },
            sender: Sender {
                stream: write,
                buffer: Vec::new(),
            },
        }
    }

    /// Sends a message and waits for the next that comes, each for so long at
    /// most.
    ///
    /// # Errors
    /// If either fails or takes too long.
    pub async fn ask(
        &mut self,
        message: &Message,
        within: Duration,
    ) -> Result<Message, ChannelError> {
        let asked = async {
            self.sender.send(message).await?;
            self.receiver.next().await
        };
        tokio::time::timeout(within, asked)
            .await
            .map_err(|_| ChannelError::Silent(within))?
    }
}

impl<S: AsyncRead> Receiver<S> {
    /// The next message. May be cancelled: nothing is lost.
    ///
    /// # Errors
    /// If the connection ends, or what comes is no message; the channel is of
    /// no use after that.
    pub async fn next(&mut self) -> Result<Message, ChannelError> {
        loop {
            if let Some(frame) = self.frames.next_frame()? {
                let message = pickler::decode(frame)?;
                return Ok(message);
            }
            let read = self.stream.read(&mut self.buffer).await?;
            if read == 0 {
                return Err(ChannelError::Ended);
            }
            self.frames.push(&self.buffer[..read]);
        }
    }

    /// The next message, if it comes within that time.
    ///
    /// # Errors
    /// If it does not, and as [`next`](Self::next).
    pub async fn next_within(&mut self, time: Duration) -> Result<Message, ChannelError> {
        tokio::time::timeout(time, self.next())
            .await
            .map_err(|_| ChannelError::Silent(time))?
    }

    /// From now on, messages of that size are accepted: the other end has shown
    /// who it is.
    pub fn accept_up_to(&mut self, most: usize) {
        let mut frames = Frames::new(framing().with_max(most));
        frames.push(self.frames.pending());
        self.frames = frames;
    }
}

impl<S: AsyncWrite> Sender<S> {
    /// Sends a message.
    ///
    /// # Errors
    /// If the connection fails, or a part of the message does not fit.
    pub async fn send(&mut self, message: &Message) -> Result<(), ChannelError> {
        self.buffer.clear();
        pickler::encode_into(message, &mut self.buffer)?;
        self.stream.write_all(&self.buffer).await?;
        self.stream.flush().await?;
        if self.buffer.capacity() > 4 * READ_BYTES {
            self.buffer = Vec::new();
        }
        Ok(())
    }

    /// Sends a message, if the other end takes it within that time.
    ///
    /// # Errors
    /// If it does not, and as [`send`](Self::send); the channel is of no use
    /// after that.
    pub async fn send_within(
        &mut self,
        message: &Message,
        time: Duration,
    ) -> Result<(), ChannelError> {
        tokio::time::timeout(time, self.send(message))
            .await
            .map_err(|_| ChannelError::Deaf(time))?
    }

    /// Says that no more follows.
    pub async fn finish(&mut self) {
        // The other end sees it either way.
        let _ = self.stream.shutdown().await;
    }
}

/// Sends what comes from `outgoing`, and tells `events` of what comes in as
/// `wrap` says, until one of the ends is done: `outgoing` has ended, or the
/// channel has, or nobody listens any more.
///
/// Nothing is read while nobody takes what was read before; who does not take
/// what is sent for ten seconds, or says nothing for `silence`, is gone.
pub async fn converse<S: AsyncRead + AsyncWrite, E>(
    channel: Channel<S>,
    mut outgoing: mpsc::Receiver<Message>,
    events: &mpsc::Sender<E>,
    wrap: impl Fn(Message) -> Option<E>,
    silence: Option<Duration>,
) -> ChannelError {
    let Channel {
        mut receiver,
        mut sender,
    } = channel;
    let sending = async {
        while let Some(message) = outgoing.recv().await {
            if let Err(error) = sender.send_within(&message, SEND_WITHIN).await {
                return error;
            }
        }
        let _ = tokio::time::timeout(SEND_WITHIN, sender.finish()).await;
        ChannelError::Ended
    };
    let receiving = async {
        loop {
            let next = match silence {
                Some(silence) => receiver.next_within(silence).await,
                None => receiver.next().await,
            };
            let event = match next {
                Ok(message) => wrap(message),
                Err(error) => return error,
            };
            if let Some(event) = event
                && events.send(event).await.is_err()
            {
                return ChannelError::Ended;
            }
        }
    };
    tokio::select! {
        error = sending => error,
        error = receiving => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cluster_protocol::{Digest, Fetch};

    fn fetch(offset: u64) -> Message {
        Fetch {
            hash: Digest([9; 32]),
            offset,
        }
        .into()
    }

    #[tokio::test]
    async fn messages_arrive_whole_and_in_order() {
        let (left, right) = tokio::io::duplex(7);
        let mut left = Channel::new(left, 4_096);
        let mut right = Channel::new(right, 4_096);
        let sending = async {
            for offset in 0..50 {
                left.sender.send(&fetch(offset)).await.unwrap();
            }
            left.sender.finish().await;
        };
        let receiving = async {
            for offset in 0..50 {
                assert_eq!(right.receiver.next().await.unwrap(), fetch(offset));
            }
            assert!(matches!(
                right.receiver.next().await,
                Err(ChannelError::Ended)
            ));
        };
        tokio::join!(sending, receiving);
    }

    #[tokio::test]
    async fn what_is_too_long_is_not_waited_for() {
        let (mut left, right) = tokio::io::duplex(64);
        let mut right = Channel::new(right, 4_096);
        left.write_all(&[16, 0xFF, 0xFF, 0xFF, 0xFF]).await.unwrap();
        assert!(matches!(
            right.receiver.next().await,
            Err(ChannelError::Framing(FramingError::TooLong { .. }))
        ));
    }

    #[tokio::test]
    async fn what_is_no_message_is_an_error() {
        let (mut left, right) = tokio::io::duplex(64);
        let mut right = Channel::new(right, 4_096);
        left.write_all(&[16, 0, 0, 0, 2, 1, 2]).await.unwrap();
        assert!(matches!(
            right.receiver.next().await,
            Err(ChannelError::Message(_))
        ));
    }

    #[tokio::test]
    async fn who_takes_nothing_is_not_waited_for() {
        let (_left, right) = tokio::io::duplex(16);
        let mut right = Channel::new(right, 4_096);
        let time = Duration::from_millis(10);
        let sent = right.sender.send_within(&fetch(7), time).await;
        assert!(matches!(sent, Err(ChannelError::Deaf(_))), "{sent:?}");
    }

    #[tokio::test]
    async fn who_says_nothing_is_not_waited_for() {
        let (_left, right) = tokio::io::duplex(64);
        let mut right = Channel::new(right, 4_096);
        let time = Duration::from_millis(10);
        assert!(matches!(
            right.receiver.next_within(time).await,
            Err(ChannelError::Silent(_))
        ));
    }
}
