//! Clusters of real processes on loopback.

mod cluster;
mod renewal;
mod story;
