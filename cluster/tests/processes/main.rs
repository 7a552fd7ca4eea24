//! Clusters of real processes on loopback.

mod cluster;
mod game;
mod intruders;
mod lies;
mod peers;
mod rolling;
mod story;
