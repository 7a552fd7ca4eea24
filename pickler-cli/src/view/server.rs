//! The sockets.

use std::borrow::Cow;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HOST, HeaderName, HeaderValue, ORIGIN};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::site::{Answer, Asked, LONGEST_BODY, Site};

/// So many connections are open at once; others wait.
const CONNECTIONS: usize = 64;
/// So long a client may take to say what it asks for.
const PATIENCE: Duration = Duration::from_secs(30);

/// What every answer says: that the page holds nothing but itself, and is not
/// shown within others.
const HEADERS: [(&str, &str); 4] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
];

/// A site at an address.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    site: Arc<Site>,
}

impl Server {
    /// The site at that address, where port 0 is any that is free.
    pub async fn bind(address: SocketAddr, site: Site) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            site: Arc::new(site),
        })
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers for as long as it is polled.
    pub async fn run(self) {
        let free = Arc::new(Semaphore::new(CONNECTIONS));
        loop {
            // The semaphore is never closed.
            let Ok(permit) = Arc::clone(&free).acquire_owned().await else {
                return;
            };
            let Ok((stream, _)) = self.listener.accept().await else {
                // Out of sockets, such as; some become free.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let (site, address) = (Arc::clone(&self.site), self.address);
            tokio::spawn(async move {
                let service = service_fn(move |request| {
                    let site = Arc::clone(&site);
                    async move { Ok::<_, Infallible>(answer(&site, address, request).await) }
                });
                // A client that goes away is no matter.
                let _ = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(PATIENCE)
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
                drop(permit);
            });
        }
    }
}

async fn answer(
    site: &Arc<Site>,
    address: SocketAddr,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let text = |name: HeaderName| {
        let value = head.headers.get(name)?;
        Some(value.to_str().unwrap_or_default().to_owned())
    };
    let asked = Asked {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        host: text(HOST),
        origin: text(ORIGIN),
    };
    if let Err(refusal) = asked.is_for(address) {
        return respond(refusal);
    }
    let collected = tokio::time::timeout(PATIENCE, Limited::new(body, LONGEST_BODY).collect());
    let body = match collected.await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => {
            let most = LONGEST_BODY >> 20;
            let why = format!("more than {most} MiB are not looked at here");
            return respond(Answer::refusal(413, &why));
        }
        Err(_) => return respond(Answer::refusal(408, "the bytes took too long to come")),
    };
    let site = Arc::clone(site);
    // What takes long does not keep others waiting.
    let answer = tokio::task::spawn_blocking(move || site.answer(&asked, &body));
    match answer.await {
        Ok(answer) => respond(answer),
        Err(_) => respond(Answer::refusal(500, "it failed")),
    }
}

fn respond(answer: Answer) -> Response<Full<Bytes>> {
    let body = match answer.body {
        Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
        Cow::Owned(text) => Bytes::from(text),
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.kind));
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
