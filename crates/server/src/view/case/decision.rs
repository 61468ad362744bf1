//! What a person may do with a case, and why not.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Picker, Saying};
use crate::view::form::FormField;

/// Something that may be done, or a reason why it may not.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Control {
    /// It may be done.
    Offered,
    /// It is shown, and says why it may not be done.
    Refused {
        /// Why.
        why: Refusal,
    },
    /// It has no place here.
    Absent,
}

/// Why something may not be done.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Refusal {
    /// It takes a higher clearance.
    Clearance {
        /// The level needed.
        needed: String,
        /// The role that has it.
        role: String,
        /// The person's own.
        yours: String,
    },
    /// The person asked for it.
    OwnRequest,
    /// Somebody has claimed it.
    ClaimedBy {
        /// Who.
        who: String,
    },
    /// The person has no second factor yet.
    NoSecondFactor,
    /// It is too late: an action began.
    ActionBegan,
    /// It is too late: somebody decided.
    AlreadyDecided,
    /// The process does not allow it.
    NotInProcess,
    /// It was done a moment ago.
    TooSoon {
        /// When it may be done again.
        again: DateTime<Utc>,
    },
    /// There is nobody to hand it to.
    NobodyElse,
    /// The case ended.
    Ended,
}

/// What a person is asked to do.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Panel {
    /// Nothing.
    Nothing,
    /// To decide.
    Decide(Decision),
    /// To fill something in.
    Fill(Fill),
    /// To say who is asked, where a step found nobody.
    Name(Naming),
    /// To say something, and decide nothing.
    Say(Saying),
}

/// The panel of an approval.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// The task, which the form's addresses are made of.
    pub task: String,
    /// The revision the person looks at; a decision on another is refused.
    pub revision: u64,
    /// Who will read the comment.
    pub reader: String,
    /// When the comment must be given.
    pub comment_rule: CommentRule,
    /// What was written before, when the form comes back.
    pub comment: String,
    /// What is wrong with it.
    pub comment_missing: bool,
    /// To approve.
    pub approve: Control,
    /// To reject.
    pub reject: Control,
    /// The second factor, when approving asks for it now.
    pub second_factor: Option<SecondFactor>,
    /// The pool it lies in, if it does.
    pub pool: Option<Pool>,
    /// Whom the person acts for, when not for themselves.
    pub deputy_for: Option<String>,
}

/// When a comment must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CommentRule {
    /// Whenever the person likes.
    Optional,
    /// Always.
    Required,
    /// To reject.
    OnReject,
}

/// A code that has to be entered.
#[derive(Debug, Clone, Serialize)]
pub struct SecondFactor {
    /// Whether the code given was wrong.
    pub wrong: bool,
    /// The code that counts now, in a demo, where nobody has a phone for it.
    pub demo: Option<String>,
}

/// A task that one of several takes.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Pool {
    /// Nobody has taken it.
    Open {
        /// How many could.
        people: u64,
    },
    /// The reader has.
    Yours,
    /// Somebody else has.
    Taken {
        /// Who.
        who: String,
    },
}

/// The panel of a piece of work.
#[derive(Debug, Clone, Serialize)]
pub struct Fill {
    /// The task, which the form's address is made of.
    pub task: String,
    /// The revision the person looks at.
    pub revision: u64,
    /// Why the request came back to its requester, if it did.
    pub returned: Option<Returned>,
    /// What to do, as the process says it.
    pub help: Option<String>,
    /// What to fill in.
    pub fields: Vec<FormField>,
    /// Whether something must be said with it.
    pub comment_required: bool,
    /// Who will read it.
    pub reader: String,
    /// What was written before, when the form comes back.
    pub comment: String,
    /// Whether it is missing.
    pub comment_missing: bool,
    /// The second factor, if it is asked for.
    pub second_factor: Option<SecondFactor>,
    /// To finish.
    pub complete: Control,
    /// The pool it lies in, if it does.
    pub pool: Option<Pool>,
}

/// Who sent a request back, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Returned {
    /// Who.
    pub who: String,
    /// What they said.
    pub reason: Option<String>,
}

/// The panel of an administrator, for a step that found nobody.
#[derive(Debug, Clone, Serialize)]
pub struct Naming {
    /// The task, which the form's address is made of.
    pub task: String,
    /// The step that waits.
    pub step: String,
    /// To name them.
    pub who: Picker,
    /// Whether there is anybody.
    pub control: Control,
}

/// What the requester may do with a running case.
#[derive(Debug, Clone, Serialize)]
pub struct Own {
    /// To take it back.
    pub withdraw: Control,
    /// To nudge whoever is next.
    pub urge: Control,
}
