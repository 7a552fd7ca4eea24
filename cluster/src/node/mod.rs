//! What a node decides: how it boots, changes, starts anew what fails, and
//! takes part in runs. No socket, no clock and no file is in here.

mod brain;
mod host;

pub use brain::{Input, NodeBrain, NodeConfig, Output};
pub use host::{ChangeResult, HostCommand, HostEvent, LoadedModule, Ticket, Trial};
