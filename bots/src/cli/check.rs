//! `bots check`: the mistakes of scripts, before they run.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::protocols::protocol_by_name;
use crate::script::{self, Finding, Severity};

#[derive(Args)]
pub(super) struct Arguments {
    /// Scripts to check
    #[arg(required = true, value_name = "SCRIPT")]
    scripts: Vec<PathBuf>,
    /// The protocol that they speak: a built-in one, or the path of a spec
    #[arg(long, value_name = "P", default_value = "pokersource")]
    protocol: String,
    /// Print findings as a JSON list
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let protocol = protocol_by_name(&arguments.protocol)?;
    let mut findings = Vec::new();
    for path in &arguments.scripts {
        let source = fs::read_to_string(path)
            .with_context(|| format!("cannot read the script {}", path.display()))?;
        findings.extend(script::check(
            &source,
            &path.display().to_string(),
            &protocol,
        ));
    }
    if arguments.json {
        let list: Vec<_> = findings
            .iter()
            .map(|finding| {
                serde_json::json!({
                    "file": finding.file,
                    "line": finding.line,
                    "column": finding.column,
                    "message": finding.message,
                    "severity": finding.severity.name(),
                })
            })
            .collect();
        println!("{}", serde_json::Value::from(list));
    } else {
        for finding in &findings {
            println!("{finding}");
        }
    }
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    Ok(if findings.iter().any(is_error) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
