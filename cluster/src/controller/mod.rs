//! What the boot server decides: who runs what, how a release spreads, how a
//! run is shared. No socket, no clock and no file is in here.

mod brain;
mod record;

pub use brain::{
    ControllerBrain, ControllerConfig, Input, LinkId, ModuleSource, OperatorId, Output, SignCharter,
};
pub use record::{Assignment, ControllerState, Pin, Record, RolloutPhase, RolloutState, Stored};
