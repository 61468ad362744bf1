//! What the people of a step may do with their tasks.

use std::collections::BTreeSet;

/// Something that the person who holds a task may do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Decide in favour.
    Approve,
    /// Decide against.
    Reject,
    /// 退回: send it back.
    Return,
    /// 转交: hand it over for good.
    Transfer,
    /// 委派: let another look at it, and have the last word.
    Delegate,
    /// 前加签: ask another to decide first.
    AddBefore,
    /// 后加签: ask another to decide afterwards.
    AddAfter,
    /// 并加签: ask another to decide as well.
    AddAlongside,
    /// 减签: do without somebody whom one has added.
    Remove,
    /// Take it from its pool.
    Claim,
    /// Say something on the case.
    Comment,
    /// Be asked to act by the requester.
    Urge,
    /// 协办: ask for an opinion.
    Opinion,
    /// 沟通: ask a question.
    Ask,
}

impl Act {
    /// All of them, by the word that definitions use.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("approve", Self::Approve),
        ("reject", Self::Reject),
        ("return", Self::Return),
        ("transfer", Self::Transfer),
        ("delegate", Self::Delegate),
        ("add_before", Self::AddBefore),
        ("add_after", Self::AddAfter),
        ("add_alongside", Self::AddAlongside),
        ("remove", Self::Remove),
        ("claim", Self::Claim),
        ("comment", Self::Comment),
        ("urge", Self::Urge),
        ("opinion", Self::Opinion),
        ("ask", Self::Ask),
    ];

    /// What a step allows that does not say: everything but delegating.
    pub fn usual() -> BTreeSet<Self> {
        Self::ALL.iter().map(|(_, act)| *act).filter(|act| *act != Self::Delegate).collect()
    }
}
