//! What approving would do: how much, of what level, to whom, and how unusual that is.

use serde::Serialize;

use crate::view::LevelTag;

/// The widest bar of the comparison.
const BAR_WIDTH: u64 = 352;
/// A bar that stands for something is at least this wide.
const BAR_MIN: u64 = 3;
/// Below this many tenths, "times as many as usual" would say nothing.
const RATIO_TOLD_MIN_TENTHS: u64 = 15;

/// What approving would do.
#[derive(Debug, Clone, Serialize)]
pub struct Impact {
    /// How many records.
    pub records: u64,
    /// What a record is called here.
    pub register: String,
    /// How they were chosen, in words.
    pub chosen: Option<String>,
    /// Who receives them.
    pub receiver: Option<Receiver>,
    /// Fields delivered in clear, by level, the most protected first.
    pub levels: Vec<LevelCount>,
    /// Fields delivered masked, which count as public.
    pub masked: Option<LevelCount>,
    /// How it compares with what this person usually asks for.
    pub comparison: Option<Comparison>,
    /// What follows an approval.
    pub facts: Vec<Fact>,
    /// What cannot be undone.
    pub undo: Option<Undo>,
}

/// Who receives something.
#[derive(Debug, Clone, Serialize)]
pub struct Receiver {
    /// Who.
    pub name: String,
    /// As what.
    pub role: String,
    /// Where.
    pub department: String,
    /// What they may see without an approval.
    pub clearance: String,
}

/// How many fields of a level.
#[derive(Debug, Clone, Serialize)]
pub struct LevelCount {
    /// The level.
    pub level: LevelTag,
    /// How many.
    pub count: u64,
    /// Their names.
    pub fields: String,
}

/// This request beside the person's earlier ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Records asked for now.
    pub now: u64,
    /// The usual number.
    pub median: u64,
    /// The largest number so far.
    pub most: u64,
    /// How many requests that speaks of.
    pub requests: u64,
    /// Over how many months.
    pub months: u64,
    /// How many times the usual, rounded; absent when that says nothing.
    pub times: Option<u64>,
    /// The level asked for the first time, if there is one.
    pub first_level: Option<String>,
    /// Width of the bar of the usual number.
    pub median_width: u64,
    /// Width of what the largest adds to it.
    pub most_width: u64,
    /// Width of the bar of this request.
    pub now_width: u64,
}

impl Comparison {
    /// Compares `now` with the earlier `numbers` of the past `months`; nothing to compare with is no comparison.
    pub fn new(now: u64, numbers: &[u64], months: u64, first_level: Option<String>) -> Option<Self> {
        let mut sorted = numbers.to_vec();
        sorted.sort_unstable();
        let most = *sorted.last()?;
        let middle = sorted.len() / 2;
        let median = if sorted.len().is_multiple_of(2) {
            u64::midpoint(sorted[middle - 1], sorted[middle])
        } else {
            sorted[middle]
        };
        let requests = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
        Some(Self { first_level, ..Self::of(now, (median, most), (requests, months)) })
    }

    /// Compares `now` with the `median` and the `most` of earlier `requests` of the past `months`.
    pub fn of(now: u64, (median, most): (u64, u64), (requests, months): (u64, u64)) -> Self {
        let times = (median > 0 && now.saturating_mul(10) / median >= RATIO_TOLD_MIN_TENTHS)
            .then(|| (now + median / 2) / median);
        let longest = now.max(most).max(1);
        let width =
            |number: u64| if number == 0 { 0 } else { (number.saturating_mul(BAR_WIDTH) / longest).max(BAR_MIN) };
        Self {
            now,
            median,
            most,
            requests,
            months,
            times,
            first_level: None,
            median_width: width(median),
            most_width: width(most).saturating_sub(width(median)),
            now_width: width(now),
        }
    }
}

/// What follows an approval.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    /// Somebody else must approve as well.
    AlsoNeeds {
        /// Who.
        who: String,
        /// As what.
        role: String,
    },
    /// Nobody else is asked: the file is made at once.
    Last,
    /// What exactly is granted, with several approvals.
    Grants {
        /// Approvals it takes.
        approvals: u64,
        /// How many records.
        records: u64,
        /// How many fields.
        fields: u64,
        /// For how long.
        period: String,
        /// How many downloads.
        downloads: u64,
    },
}

/// What cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// A file, until it is downloaded.
    UntilDownload,
    /// Nothing of it.
    Never,
}
