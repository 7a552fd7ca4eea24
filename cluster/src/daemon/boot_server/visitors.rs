//! Who comes to the boot server, and what they say.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cluster_protocol::{Enrol, Exchange, Hello, Message, Refusal, Refused, Renew, Request, Role};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{self, Sender};
use tokio::sync::{Semaphore, oneshot};
use tokio_rustls::server::TlsStream;

use crate::clock::wall;
use crate::controller::{LinkId, OperatorId};
use crate::identity::{Credential, Trust, is_operator};
use crate::net::{Channel, Visitor, converse};

/// How long an answer may take to go out.
const SEND_WITHIN: Duration = Duration::from_secs(10);
/// A node says how it fares each second; one that says nothing for so long is
/// gone, or stands still.
const SILENCE: Duration = Duration::from_secs(10);
/// How many strangers' requests to be let in are looked at, at a time.
const STRANGERS: usize = 32;
/// How many messages may wait to be sent to one peer: more than an honest one
/// ever asks for at once.
const QUEUE: usize = 256;
/// The most connections of operators at a time.
const OPERATORS: u64 = 64;

/// What a visitor does.
pub(super) enum Event {
    /// Somebody, perhaps through a member, asks to be let in.
    Enrol {
        enrol: Box<Enrol>,
        answer: oneshot::Sender<Message>,
    },
    /// A peer asks for new certificates.
    Renew {
        credential: Credential,
        renew: Box<Renew>,
        answer: oneshot::Sender<Message>,
    },
    /// A member tells what it knows.
    Exchange {
        exchange: Box<Exchange>,
        answer: oneshot::Sender<Exchange>,
    },
    /// A node's link stands.
    NodeUp {
        link: LinkId,
        credential: Credential,
        hello: Box<Hello>,
        sender: Sender<Message>,
    },
    /// A node says something.
    NodeMessage { link: LinkId, message: Message },
    /// A node's link is gone.
    NodeDown { link: LinkId },
    /// An operator is there.
    OperatorUp {
        operator: OperatorId,
        credential: Credential,
        sender: Sender<Message>,
    },
    /// An operator asks something.
    OperatorRequest {
        operator: OperatorId,
        request: Request,
    },
    /// An operator is gone.
    OperatorDown { operator: OperatorId },
}

type Stream = Channel<TlsStream<TcpStream>>;

#[derive(Clone)]
struct Reception {
    events: Sender<Event>,
    trust: Trust,
    numbers: Arc<AtomicU64>,
    operators: Arc<AtomicU64>,
    strangers: Arc<Semaphore>,
}

/// What is done with whoever comes in: `events` tells.
pub(super) fn reception(
    events: Sender<Event>,
    trust: Trust,
) -> impl Fn(Visitor) + Clone + Send + 'static {
    let reception = Reception {
        events,
        trust,
        numbers: Arc::default(),
        operators: Arc::default(),
        strangers: Arc::new(Semaphore::new(STRANGERS)),
    };
    move |visitor| {
        let reception = reception.clone();
        tokio::spawn(async move { reception.receive(visitor).await });
    }
}

impl Reception {
    async fn receive(self, visitor: Visitor) {
        let Visitor {
            credential,
            first,
            channel,
        } = visitor;
        let Some(credential) = credential else {
            // The listener has seen to it that a stranger says nothing else. One
            // too many may come again.
            if let (Message::Enrol(enrol), Ok(_permit)) = (first, self.strangers.try_acquire()) {
                self.enrol(enrol, channel).await;
            }
            return;
        };
        let role = credential.subject.role;
        match first {
            Message::Enrol(enrol) if role == Role::Node => self.enrol(enrol, channel).await,
            Message::Renew(renew) => {
                let (answer, answered) = oneshot::channel();
                self.tell(Event::Renew {
                    credential,
                    renew,
                    answer,
                })
                .await;
                send_answer(answered, channel).await;
            }
            Message::Exchange(exchange)
                if role == Role::Node && exchange.source.name == credential.subject.name =>
            {
                let (answer, answered) = oneshot::channel();
                self.tell(Event::Exchange { exchange, answer }).await;
                if let Ok(answer) = answered.await {
                    send(answer.into(), channel).await;
                }
            }
            Message::Hello(hello) if role == Role::Node => {
                self.link(credential, hello, channel).await;
            }
            Message::Request(request) if is_operator(role) => {
                self.operator(credential, *request, channel).await;
            }
            other => {
                let refused = Refused {
                    reason: Refusal::NotAuthorised,
                    text: format!(
                        "{} may not send {} here",
                        credential.subject.name,
                        other.name()
                    )
                    .into(),
                };
                send(refused.into(), channel).await;
            }
        }
    }

    /// Waits until the boot server takes it.
    async fn tell(&self, event: Event) {
        // One that ends listens to nobody.
        let _ = self.events.send(event).await;
    }

    fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Returns once a peer may no longer be here: what it has shown is revoked,
    /// or has ended. One that has renewed it connects again.
    async fn until_out(&self, credential: &Credential) {
        let left = Duration::from_secs(credential.expires.saturating_sub(wall()));
        tokio::select! {
            () = self.trust.until_revoked(credential) => {}
            () = tokio::time::sleep(left) => {}
        }
    }

    async fn enrol(&self, enrol: Box<Enrol>, channel: Stream) {
        let (answer, answered) = oneshot::channel();
        self.tell(Event::Enrol { enrol, answer }).await;
        send_answer(answered, channel).await;
    }

    async fn link(&self, credential: Credential, hello: Box<Hello>, stream: Stream) {
        let link = LinkId(self.number());
        let (sender, queue) = mpsc::channel(QUEUE);
        let revoked = credential.clone();
        self.tell(Event::NodeUp {
            link,
            credential,
            hello,
            sender,
        })
        .await;
        let wrap = |message| Some(Event::NodeMessage { link, message });
        tokio::select! {
            _ = converse(stream, queue, &self.events, wrap, Some(SILENCE)) => {}
            () = self.until_out(&revoked) => {}
        }
        self.tell(Event::NodeDown { link }).await;
    }

    async fn operator(&self, credential: Credential, first: Request, channel: Stream) {
        if self.operators.fetch_add(1, Ordering::Relaxed) < OPERATORS {
            let operator = OperatorId(self.number());
            let (sender, queue) = mpsc::channel(QUEUE);
            let revoked = credential.clone();
            self.tell(Event::OperatorUp {
                operator,
                credential,
                sender,
            })
            .await;
            let request = first;
            self.tell(Event::OperatorRequest { operator, request })
                .await;
            let wrap = |message| match message {
                Message::Request(request) => Some(Event::OperatorRequest {
                    operator,
                    request: *request,
                }),
                _ => None,
            };
            tokio::select! {
                _ = converse(channel, queue, &self.events, wrap, None) => {}
                () = self.until_out(&revoked) => {}
            }
            self.tell(Event::OperatorDown { operator }).await;
        } else {
            let refused = Refused {
                reason: Refusal::Busy,
                text: "too many operators are connected".into(),
            };
            send(refused.into(), channel).await;
        }
        self.operators.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn send_answer(answered: oneshot::Receiver<Message>, channel: Stream) {
    if let Ok(answer) = answered.await {
        send(answer, channel).await;
    }
}

async fn send(message: Message, mut channel: Stream) {
    // One who does not take the answer does not get it.
    let sending = async {
        let _ = channel.sender.send(&message).await;
        channel.sender.finish().await;
    };
    let _ = tokio::time::timeout(SEND_WITHIN, sending).await;
}
