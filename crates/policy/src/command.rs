//! Whether an actor may issue a command or open a page.

use std::collections::BTreeSet;

use definition::{
    id::Login,
    model::Capability,
    people::{Directory, PersonStatus},
};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor<'a> {
    /// A person, by login.
    Person(&'a Login),
    /// The engine: timers, reports of actions, changes of the directory.
    System,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Send a request, or ask for a case through a program.
    StartCase,
    /// Let a case begin because of something that happened.
    BeginCase,
    /// See a case, its request and its course.
    ViewCase,
    /// Say something on a case.
    CommentOnCase,
    /// Ask the people a case waits for to act.
    UrgeCase,
    /// Take a request back.
    WithdrawCase,
    /// Take a task from its pool.
    ClaimTask,
    /// Give a task back to its pool.
    ReleaseTask,
    /// Approve or reject.
    DecideTask,
    /// Finish a piece of work.
    CompleteTask,
    /// Send the case back from a task.
    ReturnTask,
    /// Hand a task over.
    TransferTask,
    /// Let another look at a task.
    DelegateTask,
    /// Give a delegated task back, or call it back.
    ResolveTask,
    /// Ask others to decide as well.
    AddToTask,
    /// Do without somebody one has added.
    RemoveFromTask,
    /// Ask for an opinion or an answer.
    ConsultOnTask,
    /// Give an opinion or an answer.
    AnswerTask,
    /// Take a decision back.
    TakeBackDecision,
    /// Name the people of a step.
    NamePeople,
    /// Let a timer fire.
    FireTimer,
    /// Say how an action went.
    ReportAction,
    /// Let a case know that something happened outside.
    DeliverEvent,
    /// As an administrator, change the course of a case by authority: assign, suspend, resume, send back, cancel.
    Intervene,
    /// Let a leaver's tasks go on by rule.
    ReassignLeaver,
    /// See incidents, try again, go on without.
    ResolveIncident,
    /// Build and publish definitions.
    Build,
    /// Keep people, departments, roles.
    KeepPeople,
    /// Change the workspace's settings.
    ChangeSettings,
    /// Read the audit record.
    ReadAudit,
}

/// What it is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource<'a> {
    /// The workspace.
    Workspace,
    /// A process that somebody wants to start.
    Process {
        /// Whom its `start` lets begin a case.
        starters: &'a BTreeSet<Login>,
    },
    /// A case.
    Case {
        /// Whose it is, if anybody's.
        requester: Option<&'a Login>,
        /// Who holds, held or did a task of it.
        participants: &'a BTreeSet<Login>,
    },
    /// A task.
    Task {
        /// Whom it waits for now.
        holders: &'a BTreeSet<Login>,
        /// Who must not do it.
        excluded: &'a BTreeSet<Login>,
    },
}

/// The answer, with its reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// They may.
    Allowed {
        /// What gives them the right.
        ground: Ground,
    },
    /// They may not.
    Denied {
        /// Why not.
        denial: Denial,
    },
}

impl Decision {
    /// Whether they may.
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed { .. })
    }

    /// The right, or why there is none.
    pub const fn into_result(self) -> Result<Ground, Denial> {
        match self {
            Self::Allowed { ground } => Ok(ground),
            Self::Denied { denial } => Err(denial),
        }
    }
}

/// What gives somebody a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The engine does what its rules say.
    Engine,
    /// The process lets them send it.
    Starter,
    /// It is their own request.
    Requester,
    /// They hold, held or did a task of the case.
    Participant,
    /// The task waits for them.
    Holder,
    /// One of their roles carries the duty.
    Duty(Capability),
}

/// Why somebody has no right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// Nobody of this login is known.
    Unknown,
    /// They do not work here now.
    Inactive,
    /// The process does not let them send it.
    NotAStarter,
    /// It is somebody else's request.
    NotTheRequester,
    /// They take no part in the case.
    NoPart,
    /// The task does not wait for them.
    NotAHolder,
    /// They must not do this task: four eyes.
    Excluded,
    /// None of their roles carries the duty.
    LacksDuty(Capability),
    /// Only the engine does this.
    EngineOnly,
    /// No rule speaks of this.
    NoRule,
}

/// Whether an actor may do this with that.
pub fn decide(directory: &Directory, actor: Actor<'_>, action: Action, resource: Resource<'_>) -> Decision {
    let login = match actor {
        Actor::System => return for_the_engine(action),
        Actor::Person(login) => login,
    };
    let duties = match directory.person(login.as_str()) {
        None => return denied(Denial::Unknown),
        Some(person) => match person.status {
            PersonStatus::Active => &person.can,
            PersonStatus::Disabled | PersonStatus::Left => return denied(Denial::Inactive),
        },
    };
    if let Some(duty) = duty_of(action) {
        return if duties.contains(&duty) { allowed(Ground::Duty(duty)) } else { denied(Denial::LacksDuty(duty)) };
    }
    match resource {
        Resource::Workspace if action == Action::BeginCase => denied(Denial::EngineOnly),
        Resource::Workspace => denied(Denial::NoRule),
        Resource::Process { starters } => start(action, login, starters),
        Resource::Case { requester, participants } => match of_case(action, login, requester, participants) {
            Decision::Denied { denial: Denial::NoPart }
                if duties.contains(&Capability::Incidents) && action == Action::ViewCase =>
            {
                allowed(Ground::Duty(Capability::Incidents))
            }
            decision @ (Decision::Allowed { .. } | Decision::Denied { .. }) => decision,
        },
        Resource::Task { holders, excluded } => of_task(action, login, holders, excluded),
    }
}

const fn allowed(ground: Ground) -> Decision {
    Decision::Allowed { ground }
}

const fn denied(denial: Denial) -> Decision {
    Decision::Denied { denial }
}

/// The engine fires timers, reports, re-assigns; it never stands in for a person.
const fn for_the_engine(action: Action) -> Decision {
    match action {
        Action::BeginCase
        | Action::FireTimer
        | Action::ReportAction
        | Action::DeliverEvent
        | Action::ReassignLeaver => allowed(Ground::Engine),
        Action::StartCase
        | Action::ViewCase
        | Action::CommentOnCase
        | Action::UrgeCase
        | Action::WithdrawCase
        | Action::ClaimTask
        | Action::ReleaseTask
        | Action::DecideTask
        | Action::CompleteTask
        | Action::ReturnTask
        | Action::TransferTask
        | Action::DelegateTask
        | Action::ResolveTask
        | Action::AddToTask
        | Action::RemoveFromTask
        | Action::ConsultOnTask
        | Action::AnswerTask
        | Action::TakeBackDecision
        | Action::NamePeople
        | Action::ResolveIncident
        | Action::Intervene
        | Action::Build
        | Action::KeepPeople
        | Action::ChangeSettings
        | Action::ReadAudit => denied(Denial::NoRule),
    }
}

/// The duty that alone decides an action.
const fn duty_of(action: Action) -> Option<Capability> {
    match action {
        Action::ResolveIncident | Action::Intervene => Some(Capability::Incidents),
        Action::Build => Some(Capability::Build),
        Action::KeepPeople | Action::ReassignLeaver => Some(Capability::People),
        Action::ChangeSettings => Some(Capability::Settings),
        Action::ReadAudit => Some(Capability::Audit),
        Action::StartCase
        | Action::BeginCase
        | Action::ViewCase
        | Action::CommentOnCase
        | Action::UrgeCase
        | Action::WithdrawCase
        | Action::ClaimTask
        | Action::ReleaseTask
        | Action::DecideTask
        | Action::CompleteTask
        | Action::ReturnTask
        | Action::TransferTask
        | Action::DelegateTask
        | Action::ResolveTask
        | Action::AddToTask
        | Action::RemoveFromTask
        | Action::ConsultOnTask
        | Action::AnswerTask
        | Action::TakeBackDecision
        | Action::NamePeople
        | Action::FireTimer
        | Action::ReportAction
        | Action::DeliverEvent => None,
    }
}

fn start(action: Action, login: &Login, starters: &BTreeSet<Login>) -> Decision {
    if action != Action::StartCase {
        denied(Denial::NoRule)
    } else if starters.contains(login) {
        allowed(Ground::Starter)
    } else {
        denied(Denial::NotAStarter)
    }
}

fn of_case(action: Action, login: &Login, requester: Option<&Login>, participants: &BTreeSet<Login>) -> Decision {
    match action {
        Action::ViewCase | Action::CommentOnCase | Action::UrgeCase | Action::WithdrawCase
            if Some(login) == requester =>
        {
            allowed(Ground::Requester)
        }
        Action::ViewCase | Action::CommentOnCase if participants.contains(login) => allowed(Ground::Participant),
        Action::ViewCase | Action::CommentOnCase => denied(Denial::NoPart),
        Action::UrgeCase | Action::WithdrawCase => denied(Denial::NotTheRequester),
        Action::BeginCase | Action::FireTimer | Action::ReportAction | Action::DeliverEvent => {
            denied(Denial::EngineOnly)
        }
        Action::StartCase
        | Action::ClaimTask
        | Action::ReleaseTask
        | Action::DecideTask
        | Action::CompleteTask
        | Action::ReturnTask
        | Action::TransferTask
        | Action::DelegateTask
        | Action::ResolveTask
        | Action::AddToTask
        | Action::RemoveFromTask
        | Action::ConsultOnTask
        | Action::AnswerTask
        | Action::TakeBackDecision
        | Action::NamePeople
        | Action::ReassignLeaver
        | Action::ResolveIncident
        | Action::Intervene
        | Action::Build
        | Action::KeepPeople
        | Action::ChangeSettings
        | Action::ReadAudit => denied(Denial::NoRule),
    }
}

fn of_task(action: Action, login: &Login, holders: &BTreeSet<Login>, excluded: &BTreeSet<Login>) -> Decision {
    match action {
        Action::ClaimTask
        | Action::ReleaseTask
        | Action::DecideTask
        | Action::CompleteTask
        | Action::ReturnTask
        | Action::TransferTask
        | Action::DelegateTask
        | Action::ResolveTask
        | Action::AddToTask
        | Action::RemoveFromTask
        | Action::ConsultOnTask
        | Action::AnswerTask
        | Action::TakeBackDecision
        | Action::NamePeople => {
            if excluded.contains(login) {
                denied(Denial::Excluded)
            } else if holders.contains(login) {
                allowed(Ground::Holder)
            } else {
                denied(Denial::NotAHolder)
            }
        }
        Action::BeginCase | Action::FireTimer | Action::ReportAction | Action::DeliverEvent => {
            denied(Denial::EngineOnly)
        }
        Action::StartCase
        | Action::ViewCase
        | Action::CommentOnCase
        | Action::UrgeCase
        | Action::WithdrawCase
        | Action::ReassignLeaver
        | Action::ResolveIncident
        | Action::Intervene
        | Action::Build
        | Action::KeepPeople
        | Action::ChangeSettings
        | Action::ReadAudit => denied(Denial::NoRule),
    }
}

#[cfg(test)]
mod tests;
