//! The four sensitivity levels, from least to most protected.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How protected a value is. The order is the order of protection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Public within the company; kept in clear.
    #[default]
    L0,
    /// Basic personal data; encrypted at rest from here on.
    L1,
    /// Identity and accounts.
    L2,
    /// The most protected.
    L3,
}

impl Level {
    /// All levels, from least to most protected.
    pub const ALL: [Self; 4] = [Self::L0, Self::L1, Self::L2, Self::L3];

    /// The level's position: 0 to 3.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The level as keys and the store number it: 0 to 3.
    pub const fn rank(self) -> u8 {
        self as u8
    }

    /// The level as definitions write it: `L2`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::L0 => "L0",
            Self::L1 => "L1",
            Self::L2 => "L2",
            Self::L3 => "L3",
        }
    }

    /// Reads `L0` to `L3`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
