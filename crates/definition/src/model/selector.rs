//! Who: the people a definition names without knowing them.

use crate::{
    id::{DepartmentId, FieldName, Login, RoleId},
    model::StepIndex,
};

/// How far up a chain of managers goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chain {
    /// To the top.
    Whole,
    /// So many levels.
    Levels(u32),
    /// Up to and including the first who holds the role; to the top if nobody does.
    Until(RoleId),
}

/// A rule that finds people in the directory. What finds nobody drops out of a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Who asked.
    Requester,
    /// The requester's manager, that many levels up; 1 is the direct one.
    RequesterManager(u32),
    /// Each manager upward, nearest first.
    RequesterManagers(Chain),
    /// Who heads the requester's department.
    RequesterDepartmentHead,
    /// Everybody who holds the role, within the requester's department if so limited.
    Role {
        /// The role.
        role: RoleId,
        /// Only those in the requester's department and its sub-departments.
        in_requester_department: bool,
    },
    /// Everybody of a department and its sub-departments.
    Department(DepartmentId),
    /// Who heads the department.
    DepartmentHead(DepartmentId),
    /// One person by login.
    Person(Login),
    /// The person a field of the request names.
    RequestField {
        /// A `person` field.
        field: FieldName,
        /// Their manager instead.
        manager: bool,
    },
    /// Who approved an earlier step.
    ApproversOf(StepIndex),
    /// In reminders and escalation: who holds the task.
    Assignee,
    /// In reminders and escalation: the holder's manager; of an unclaimed pool each candidate's.
    AssigneeManager,
    /// All of them together, each once.
    Union(Vec<Selector>),
}

impl Selector {
    /// Whether it speaks of whoever asked.
    pub fn names_requester(&self) -> bool {
        match self {
            Self::Requester
            | Self::RequesterManager(_)
            | Self::RequesterManagers(_)
            | Self::RequesterDepartmentHead => true,
            Self::Role { in_requester_department, .. } => *in_requester_department,
            Self::Union(members) => members.iter().any(Self::names_requester),
            Self::Department(_)
            | Self::DepartmentHead(_)
            | Self::Person(_)
            | Self::RequestField { .. }
            | Self::ApproversOf(_)
            | Self::Assignee
            | Self::AssigneeManager => false,
        }
    }
}
