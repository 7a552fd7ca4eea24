//! Makes a release out of a file that a person has written.

mod build;
mod file;

#[cfg(test)]
mod tests;

pub use build::{Package, PackageError, build};
pub use file::{ApplicationSection, FileError, ReleaseFile, RestartSection};
