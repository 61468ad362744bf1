//! 票签: how votes add up to a decision. Everything is counted in whole parts of a vote, so that nothing is rounded.

use std::collections::BTreeMap;

use crate::{id::DepartmentId, model::Selector};

/// Thresholds are counted in these parts of a vote: a share of hundredths of a percent divides it exactly.
pub const PARTS_OF_A_VOTE: u64 = 10_000;

/// How several people decide by voting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Vote {
    /// What must be reached.
    pub needed: Needed,
    /// Whose vote counts for more than one; the first rule that finds a voter holds.
    pub weights: Vec<Weight>,
    /// Whose rejection rejects at once, whatever the others say.
    pub veto: Option<Selector>,
    /// How many of each department that votes must approve.
    pub each_department: Option<u32>,
}

/// What the approving votes must reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// So many votes.
    Votes(u32),
    /// A share of all votes, in hundredths of a percent.
    Share(u32),
}

/// A rule about whose vote counts for more than one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Weight {
    /// Whose.
    pub who: Selector,
    /// For how many it counts.
    pub votes: u32,
}

impl Vote {
    /// The threshold in parts of a vote, where so many votes can be cast.
    pub fn threshold(&self, votes: u64) -> u64 {
        match self.needed {
            Needed::Votes(needed) => u64::from(needed).saturating_mul(PARTS_OF_A_VOTE),
            Needed::Share(hundredths) => votes.saturating_mul(hundredths.into()),
        }
    }

    /// Whether voters with these votes, each of a department, could approve if they all did.
    pub fn is_possible_with(&self, voters: &[(u32, Option<DepartmentId>)]) -> bool {
        let all: u64 = voters.iter().map(|(votes, _)| u64::from(*votes)).sum();
        let mut of_department: BTreeMap<Option<&DepartmentId>, u32> = BTreeMap::new();
        for (_, department) in voters {
            *of_department.entry(department.as_ref()).or_default() += 1;
        }
        let each = self.each_department.unwrap_or_default();
        all > 0
            && all.saturating_mul(PARTS_OF_A_VOTE) >= self.threshold(all)
            && of_department.values().all(|count| *count >= each)
    }

    /// Whether no single voter can reach the threshold alone, whoever they are.
    pub fn takes_two(&self) -> bool {
        match self.needed {
            Needed::Votes(needed) => {
                let heaviest = self.weights.iter().map(|weight| weight.votes).max().unwrap_or(1).max(1);
                needed > heaviest
            }
            // Of a single voter any share is one voter's.
            Needed::Share(_) => false,
        }
    }

    /// The selectors it names.
    pub fn selectors(&self) -> impl Iterator<Item = &Selector> {
        self.weights.iter().map(|weight| &weight.who).chain(&self.veto)
    }
}
