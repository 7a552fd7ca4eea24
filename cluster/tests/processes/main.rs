//! Clusters of real processes on loopback.

mod cluster;
mod commands;
mod crashes;
mod environment;
mod game;
mod garbage;
mod intruders;
mod lies;
mod load;
mod peers;
mod renewal;
mod rolling;
mod story;
