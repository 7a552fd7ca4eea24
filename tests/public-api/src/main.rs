//! Writes what of `pickler` is public to `pickler/public-api.txt`, or with
//! `--check` compares it with that.
//!
//! It needs a nightly compiler, whose documentation tool tells it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

fn main() -> Result<ExitCode> {
    let check = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--check") => true,
        Some(other) => bail!("there is no argument `{other}`; write `--check` or nothing"),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let api = public_api(&document(&root)?)?;
    let file = root.join("pickler/public-api.txt");
    if !check {
        std::fs::write(&file, api).with_context(|| file.display().to_string())?;
        return Ok(ExitCode::SUCCESS);
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    if committed == api {
        return Ok(ExitCode::SUCCESS);
    }
    print_difference(&committed, &api);
    eprintln!("the public interface is another; if that is meant, run `just public-api`");
    Ok(ExitCode::FAILURE)
}

/// Has the documentation tool describe the crate; gives the file.
fn document(root: &Path) -> Result<PathBuf> {
    let target = root.join("target/public-api");
    let status = Command::new("cargo")
        .args([
            "+nightly",
            "rustdoc",
            "-p",
            "pickler",
            "--lib",
            "--all-features",
            "--locked",
        ])
        .args(["--", "-Zunstable-options", "--output-format", "json"])
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(root)
        .status()
        .context("cargo cannot be started")?;
    if !status.success() {
        bail!("`cargo +nightly rustdoc` failed; a nightly compiler is needed");
    }
    Ok(target.join("doc/pickler.json"))
}

/// One public item a line.
fn public_api(json: &Path) -> Result<String> {
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .omit_blanket_impls(true)
        .build()?;
    // Pages of the documentation are modules, too, and no interface.
    let is_page =
        |line: &String| line.contains("pickler::tutorial") || line.contains("pickler::reference");
    let lines: Vec<String> = api
        .items()
        .map(ToString::to_string)
        .filter(|line| !is_page(line))
        .collect();
    Ok(lines.join("\n") + "\n")
}

fn print_difference(committed: &str, now: &str) {
    for line in committed
        .lines()
        .filter(|line| !now.lines().any(|it| it == *line))
    {
        println!("- {line}");
    }
    for line in now
        .lines()
        .filter(|line| !committed.lines().any(|it| it == *line))
    {
        println!("+ {line}");
    }
}
