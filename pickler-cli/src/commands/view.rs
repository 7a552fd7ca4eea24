//! `pickler view`: a page that shows what bytes mean.

use anyhow::{Context, Result};

use crate::arguments::View;
use crate::output::Output;
use crate::protocols::{BUILT_IN, BuiltIn, Protocol};
use crate::report::Outcome;
use crate::view::{Server, Site};

/// Serves the page until Ctrl-C.
pub fn run(arguments: &View, output: &mut Output) -> Result<Outcome> {
    let named: Result<Vec<Protocol>> = arguments
        .protocol
        .iter()
        .map(|name| Protocol::named(name))
        .collect();
    let mut protocols = named?;
    for built_in in BUILT_IN.iter().map(BuiltIn::load) {
        if protocols.iter().all(|it| it.name() != built_in.name()) {
            protocols.push(built_in);
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    runtime.block_on(async {
        let listen = arguments.listen;
        let bound = Server::bind(listen, Site::new(protocols)).await;
        let server = bound.with_context(|| format!("cannot listen at {listen}"))?;
        output.line(&format!("http://{}/", server.address()))?;
        output.flush()?;
        tokio::select! {
            () = server.run() => {}
            ended = tokio::signal::ctrl_c() => ended.context("cannot wait for Ctrl-C")?,
        }
        Ok(Outcome::Done)
    })
}
