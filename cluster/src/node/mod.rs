//! What a node decides: how it boots, changes, starts anew what fails, and
//! takes part in runs. No socket, no clock and no file is in here.

mod boot;
mod brain;
mod change;
mod charter;
mod context;
mod held;
mod host;
mod modules;
mod orders;
mod restart;
mod runs;
mod supervisor;
mod sync;
mod types;

pub use brain::NodeBrain;
pub use host::{ChangeResult, HostCommand, HostEvent, LoadedModule, Ticket, Trial};
pub use types::{Input, NodeConfig, Output};
