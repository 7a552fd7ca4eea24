//! What the boot server decides: who runs what, how a release spreads, how a
//! run is shared. No socket, no clock and no file is in here.

mod audited;
mod brain;
mod charter;
mod drive;
mod fit;
mod library;
mod load;
mod nodes;
mod operators;
mod questions;
mod record;
mod registry;
mod releases;
mod rollout;
mod types;

pub use brain::ControllerBrain;
pub use record::{Assignment, ControllerState, Pin, Record, RolloutPhase, RolloutState, Stored};
pub use types::{ControllerConfig, Input, LinkId, ModuleSource, OperatorId, Output, SignCharter};
