//! How much there can be of anything, so that no stranger's numbers decide.

/// The most applications of a release.
pub const APPLICATIONS: usize = 64;

/// The most modules of a release, all applications' together.
pub const MODULES: usize = 1_000;

/// The most bytes of a module.
pub const MODULE_SIZE: u64 = 64 << 20;

/// The most bytes of the program.
pub const PROGRAM_SIZE: u64 = 512 << 20;

/// The most bytes of all modules of a release that one node runs, the program
/// not counted.
pub const RELEASE_SIZE: u64 = 512 << 20;

/// The most bytes of one piece of a module.
pub const PIECE: usize = 64 << 10;

/// The most bytes of a signed release or run, so that it fits into a message
/// with all that goes with it.
pub const STATEMENT: usize = 512 << 10;

/// The most bytes of a signed charter.
pub const CHARTER: usize = 256 << 10;

/// The most bytes of a signed leave to go back.
pub const ROLLBACK: usize = 4 << 10;

/// The most bots of a run.
pub const RUN_BOTS: u32 = 10_000_000;
