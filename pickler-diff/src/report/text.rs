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
            for witness in &finding.witnesses {
                write!(f, "\n    {}", witness.line(&finding.field))?;
            }
        }
        Ok(())
    }
}
