//! The report for terminals.

use std::fmt;

use super::Report;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (old, new) = self.titles();
        write!(f, "{old} -> {new}: {}", self.summary())?;
        let mut kind = None;
        for finding in &self.findings {
            if kind != Some(finding.kind()) {
                kind = Some(finding.kind());
                write!(f, "\n\n{}", finding.kind())?;
            }
            write!(f, "\n  {}: {}", finding.place(), finding.change)?;
            for line in finding.lines() {
                write!(f, "\n    {line}")?;
            }
        }
        Ok(())
    }
}
