//! Who reads whom.

use std::fmt;

/// Who reads all that the other writes, as what it means. The worst is the
/// least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Verdict {
    /// New readers read what old writers write.
    pub new_reads_old: bool,
    /// Old readers read what new writers write.
    pub old_reads_new: bool,
}

impl Verdict {
    /// Each reads the other.
    pub const COMPATIBLE: Self = Self {
        new_reads_old: true,
        old_reads_new: true,
    };
    /// Neither reads the other.
    pub const BREAKING: Self = Self {
        new_reads_old: false,
        old_reads_new: false,
    };
    /// Old writers are understood: readers are to be replaced first.
    pub const NEW_READS_OLD: Self = Self {
        new_reads_old: true,
        old_reads_new: false,
    };
    /// Old readers understand: writers are to be replaced first.
    pub const OLD_READS_NEW: Self = Self {
        new_reads_old: false,
        old_reads_new: true,
    };

    /// What holds where both hold.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            new_reads_old: self.new_reads_old && other.new_reads_old,
            old_reads_new: self.old_reads_new && other.old_reads_new,
        }
    }

    /// All that this asks for, the other gives.
    pub const fn asks_no_more_than(self, other: Self) -> bool {
        (other.new_reads_old || !self.new_reads_old) && (other.old_reads_new || !self.old_reads_new)
    }

    /// In one word or two.
    pub const fn name(self) -> &'static str {
        match (self.new_reads_old, self.old_reads_new) {
            (true, true) => "compatible",
            (true, false) => "only new reads old",
            (false, true) => "only old reads new",
            (false, false) => "breaking",
        }
    }

    /// The same, where what goes wrong is never refused.
    pub(super) const fn kind(self, misread: bool) -> &'static str {
        match (self, misread) {
            (Self::BREAKING, true) => "reads, but means something else",
            (Self::NEW_READS_OLD, true) => "only new reads old; old reads something else",
            (Self::OLD_READS_NEW, true) => "only old reads new; new reads something else",
            _ => self.name(),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
