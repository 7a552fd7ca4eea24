//! What the server answers: messages in, messages out, without I/O.

use std::collections::HashMap;

use gen_lsp_types::json_rpc::{Error, Id, RequestObject, ResponseObject};
use gen_lsp_types::{
    CompletionOptions, CompletionRequest, DefinitionRequest, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentFormattingRequest,
    DocumentSymbolRequest, ErrorCodes, HoverRequest, InitializeRequest, InitializeResult,
    LspNotificationMethod, LspRequestMethod, PublishDiagnosticsNotification,
    PublishDiagnosticsParams, Request, ServerCapabilities, ServerInfo, ShutdownRequest,
    TextDocumentContentChangeEvent, TextDocumentPositionParams, TextDocumentSync,
    TextDocumentSyncKind, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::document::Document;

/// A language server for specs.
#[derive(Default)]
pub struct Server {
    phase: Phase,
    documents: HashMap<Uri, Document>,
    /// Where the pages that explain mistakes are.
    pages: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    /// Nobody has told who is there.
    #[default]
    New,
    Running,
    ShutDown,
}

/// The editor has said that it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// It had asked to shut down before.
    pub in_order: bool,
}

/// A message to the editor.
type Answer = Value;

/// What is answered to a request, or why it is not.
type Answered = Result<ResponseObject, Error>;

impl Server {
    /// Handles a message, and sends what is to be said.
    pub fn handle(&mut self, message: &[u8], send: &mut dyn FnMut(Answer)) -> Option<Ended> {
        let read: Result<Value, _> = serde_json::from_slice(message);
        let message = match read {
            Ok(message) => message,
            Err(why) => {
                let why = error(ErrorCodes::ParseError, why.to_string());
                send(json(&ResponseObject::from_error(Id::Null, why)));
                return None;
            }
        };
        match serde_json::from_value::<RequestObject>(message) {
            Ok(message) => match message.into_parts() {
                // An answer to something that was never asked.
                (method, ..) if method.is_empty() => None,
                (method, Some(id), params) => {
                    let params = params.unwrap_or_default();
                    let answer = self.request(&method, id.clone(), params);
                    let answer = answer.unwrap_or_else(|why| ResponseObject::from_error(id, why));
                    send(json(&answer));
                    None
                }
                (method, None, params) => {
                    let method = LspNotificationMethod::from(&*method);
                    self.notification(method, params.unwrap_or_default(), send)
                }
            },
            Err(why) => {
                let why = error(ErrorCodes::InvalidRequest, why.to_string());
                send(json(&ResponseObject::from_error(Id::Null, why)));
                None
            }
        }
    }

    fn request(&mut self, method: &str, id: Id, params: Value) -> Answered {
        let request = LspRequestMethod::from(method);
        match (self.phase, request) {
            (Phase::New, LspRequestMethod::Initialize) => {
                self.phase = Phase::Running;
                let pages = params.pointer("/initializationOptions/pages");
                self.pages = pages.and_then(Value::as_str).map(str::to_owned);
                Ok(ResponseObject::from_success::<InitializeRequest>(
                    id,
                    capabilities(),
                ))
            }
            (Phase::New, _) => {
                let why = "`initialize` comes first";
                Err(error(ErrorCodes::ServerNotInitialized, why))
            }
            (Phase::ShutDown, _) => {
                let why = "behind `shutdown` comes `exit`";
                Err(error(ErrorCodes::InvalidRequest, why))
            }
            (Phase::Running, LspRequestMethod::Initialize) => {
                let why = "`initialize` comes once";
                Err(error(ErrorCodes::InvalidRequest, why))
            }
            (Phase::Running, LspRequestMethod::Shutdown) => {
                self.phase = Phase::ShutDown;
                Ok(ResponseObject::from_success::<ShutdownRequest>(id, ()))
            }
            (Phase::Running, request) => self.question(request, id, params),
        }
    }

    fn question(&self, request: LspRequestMethod<'_>, id: Id, params: Value) -> Answered {
        match request {
            LspRequestMethod::TextDocumentHover => answer::<HoverRequest>(id, params, |asked| {
                let (document, at) = self.place(&asked.text_document_position_params)?;
                document.hover(at)
            }),
            LspRequestMethod::TextDocumentDefinition => {
                answer::<DefinitionRequest>(id, params, |asked| {
                    let (document, at) = self.place(&asked.text_document_position_params)?;
                    document.definition(at).map(Into::into)
                })
            }
            LspRequestMethod::TextDocumentCompletion => {
                answer::<CompletionRequest>(id, params, |asked| {
                    let (document, at) = self.place(&asked.text_document_position_params)?;
                    Some(document.completion(at).into())
                })
            }
            LspRequestMethod::TextDocumentDocumentSymbol => {
                answer::<DocumentSymbolRequest>(id, params, |asked| {
                    let document = self.documents.get(&asked.text_document.uri)?;
                    Some(document.symbols().into())
                })
            }
            LspRequestMethod::TextDocumentFormatting => {
                answer::<DocumentFormattingRequest>(id, params, |asked| {
                    self.documents.get(&asked.text_document.uri)?.formatting()
                })
            }
            other => {
                let why = format!("no answer to `{}`", String::from(other));
                Err(error(ErrorCodes::MethodNotFound, why))
            }
        }
    }

    fn place(
        &self,
        asked: &TextDocumentPositionParams,
    ) -> Option<(&Document, gen_lsp_types::Position)> {
        let document = self.documents.get(&asked.text_document.uri)?;
        Some((document, asked.position))
    }

    /// What makes no sense is passed over, as nobody waits for an answer.
    fn notification(
        &mut self,
        method: LspNotificationMethod<'_>,
        params: Value,
        send: &mut dyn FnMut(Answer),
    ) -> Option<Ended> {
        match method {
            LspNotificationMethod::Exit => {
                return Some(Ended {
                    in_order: self.phase == Phase::ShutDown,
                });
            }
            _ if self.phase != Phase::Running => {}
            LspNotificationMethod::TextDocumentDidOpen => {
                if let Some(DidOpenTextDocumentParams { text_document: it }) = known(params) {
                    self.open(it.uri, it.text, it.version, send);
                }
            }
            LspNotificationMethod::TextDocumentDidChange => {
                if let Some(mut change) = known::<DidChangeTextDocumentParams>(params)
                    && let Some(text) = change.content_changes.pop().and_then(whole)
                {
                    let document = change.text_document;
                    let uri = document.text_document_identifier.uri;
                    self.open(uri, text, document.version, send);
                }
            }
            LspNotificationMethod::TextDocumentDidClose => {
                if let Some(close) = known::<DidCloseTextDocumentParams>(params) {
                    let uri = close.text_document.uri;
                    self.documents.remove(&uri);
                    publish(uri, None, Vec::new(), send);
                }
            }
            _ => {}
        }
        None
    }

    fn open(&mut self, uri: Uri, text: String, version: i32, send: &mut dyn FnMut(Answer)) {
        let document = Document::new(uri.clone(), text);
        let diagnostics = document.diagnostics(self.pages.as_deref());
        self.documents.insert(uri.clone(), document);
        publish(uri, Some(version), diagnostics, send);
    }
}

fn capabilities() -> InitializeResult {
    let capabilities = ServerCapabilities {
        text_document_sync: Some(TextDocumentSync::Kind(TextDocumentSyncKind::Full)),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        document_formatting_provider: Some(true.into()),
        completion_provider: Some(CompletionOptions::default()),
        ..ServerCapabilities::default()
    };
    InitializeResult {
        capabilities,
        server_info: Some(ServerInfo {
            name: "pickler".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

/// The text after a change; the editor was told to send all of it.
fn whole(change: TextDocumentContentChangeEvent) -> Option<String> {
    match change {
        TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(it) => Some(it.text),
        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(_) => None,
    }
}

fn publish(
    uri: Uri,
    version: Option<i32>,
    diagnostics: Vec<gen_lsp_types::Diagnostic>,
    send: &mut dyn FnMut(Answer),
) {
    let published = PublishDiagnosticsParams {
        uri,
        version,
        diagnostics,
    };
    send(json(&RequestObject::from_notification::<
        PublishDiagnosticsNotification,
    >(published)));
}

fn answer<R: Request>(
    id: Id,
    params: Value,
    answer: impl FnOnce(R::Params) -> R::Result,
) -> Answered {
    match serde_json::from_value(params) {
        Ok(params) => Ok(ResponseObject::from_success::<R>(id, answer(params))),
        Err(why) => Err(error(ErrorCodes::InvalidParams, why.to_string())),
    }
}

fn known<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

fn error(code: ErrorCodes, why: impl Into<String>) -> Error {
    Error {
        code,
        message: why.into(),
        data: None,
    }
}

fn json(message: &impl serde::Serialize) -> Answer {
    serde_json::to_value(message).unwrap_or_default()
}
