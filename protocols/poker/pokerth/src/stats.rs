//! Figures of the server.

use pickler::Pickle;

/// Figures of the server.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct StatisticsMessage {
    #[pickle(key = 1)]
    pub statistics_data: Vec<StatisticsData>,
}

/// A figure.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub struct StatisticsData {
    #[pickle(key = 1)]
    pub statistics_type: StatisticsType,
    #[pickle(key = 2)]
    pub statistics_value: u32,
}

/// What a figure counts.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(protobuf, rename_all = camelCase)]
pub enum StatisticsType {
    StatNumberOfPlayers = 1,
}
