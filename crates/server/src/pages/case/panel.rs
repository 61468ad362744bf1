//! What this reader is asked to do with the case.

use std::collections::BTreeMap;

use definition::{
    form_values::{self, FieldProblem, Situation},
    model::{self, Confirm, FieldValues, PeopleStep, StepKind},
    value::Value,
};
use engine::{
    Event, Task,
    event::Verdict,
    task::{Role, State},
};
use runtime::cases::Cell;

use super::Opened;
use crate::{
    http::problem::Problem,
    pages::start::{fields::Filling, posted::Draft},
    view::{
        case::{
            CommentRule, Control, Decision, Fill, More, Naming, Panel, Pool, Refusal, Returned, SayingKind,
            SecondFactor,
        },
        form::FormField,
    },
};

/// What was typed before a refusal, to be shown again.
#[derive(Debug, Clone, Default)]
pub struct Entered {
    /// The comment.
    pub comment: String,
    /// Whether it is missing.
    pub is_comment_missing: bool,
    /// Whether the code was wrong.
    pub is_code_wrong: bool,
    /// Fields that were filled in.
    pub draft: Option<Draft>,
    /// What is wrong with them.
    pub problems: Vec<FieldProblem>,
    /// What was filled into one of the forms beside the decision; the comment is then that one's.
    pub more: Option<EnteredMore>,
}

/// What was filled into a form beside the decision.
#[derive(Debug, Clone)]
pub struct EnteredMore {
    /// Which.
    pub kind: More,
    /// What was chosen.
    pub choice: String,
    /// Who was named.
    pub who: String,
}

impl Entered {
    /// The comment of the decision itself.
    pub fn own_comment(&self) -> String {
        if self.more.is_none() { self.comment.clone() } else { String::new() }
    }
}

impl Opened<'_> {
    pub(super) async fn panel(&self, entered: &Entered) -> Result<Panel, Problem> {
        let Some(task) = self.view.tasks.first() else { return Ok(Panel::Nothing) };
        let step = self.view.plan.process.step_by_id(task.step.as_str()).map(|(_, step)| step);
        match (task.role, step.map(|step| (step, &step.kind))) {
            (Role::Decide | Role::Fill, _) if task.owner.is_some() => {
                Ok(Panel::Say(self.saying(task, SayingKind::Delegated, entered)))
            }
            (Role::Decide, Some((_, StepKind::Approve(people)))) => {
                Ok(Panel::Decide(self.decision(task, people, entered).await?))
            }
            (Role::Fill, Some((step, StepKind::Fill(fill)))) => {
                Ok(Panel::Fill(self.fill(task, (step, fill), entered).await?))
            }
            (Role::Name, Some((step, StepKind::Approve(people) | StepKind::Fill(model::Fill { people, .. })))) => {
                let who = self.picker((task, people), None)?;
                let control = if who.listed.is_empty() {
                    Control::Refused { why: Refusal::NobodyElse }
                } else {
                    Control::Offered
                };
                let step = step.title.get(self.reading.locale).clone();
                Ok(Panel::Name(Naming { task: task.id.to_string(), step, who, control }))
            }
            (Role::Opinion, _) => Ok(Panel::Say(self.saying(task, SayingKind::Opinion, entered))),
            (Role::Answer, _) => Ok(Panel::Say(self.saying(task, SayingKind::Answer, entered))),
            (Role::Decide | Role::Fill | Role::Name, _) => Ok(Panel::Nothing),
        }
    }

    async fn decision(&self, task: &Task, people: &PeopleStep, entered: &Entered) -> Result<Decision, Problem> {
        let (second_factor, approve) = self.proof(task, entered).await?;
        Ok(Decision {
            task: task.id.to_string(),
            revision: self.view.case.revision.0.into(),
            reader: self.reader(),
            comment_rule: match people.comment {
                model::CommentRule::Optional => CommentRule::Optional,
                model::CommentRule::Required => CommentRule::Required,
                model::CommentRule::OnReject => CommentRule::OnReject,
            },
            comment: entered.own_comment(),
            comment_missing: entered.is_comment_missing && entered.more.is_none(),
            approve,
            reject: Control::Offered,
            second_factor,
            pool: pool(task),
            deputy_for: None,
        })
    }

    /// Who will read what is said.
    fn reader(&self) -> String {
        let requester = self.view.case.requester();
        requester.map_or_else(|| self.say("case-participants", &[]), |login| self.name(login))
    }

    async fn fill(
        &self,
        task: &Task,
        (step, fill): (&model::Step, &model::Fill),
        entered: &Entered,
    ) -> Result<Fill, Problem> {
        let (second_factor, complete) = self.proof(task, entered).await?;
        Ok(Fill {
            task: task.id.to_string(),
            revision: self.view.case.revision.0.into(),
            returned: self.returned(step),
            help: step.help.as_ref().map(|help| help.get(self.reading.locale).clone()),
            fields: self.editable(fill, entered)?,
            comment_required: fill.people.comment == model::CommentRule::Required,
            reader: self.reader(),
            comment: entered.own_comment(),
            comment_missing: entered.is_comment_missing && entered.more.is_none(),
            second_factor,
            complete,
            pool: pool(task),
        })
    }

    /// Who sent the request back to its requester last, and why.
    fn returned(&self, step: &model::Step) -> Option<Returned> {
        let returned = |envelope: &engine::EventEnvelope| {
            let Event::TaskDecided { by, verdict: Verdict::Returned, comment, .. } = &envelope.event else {
                return None;
            };
            Some((by.clone(), *comment))
        };
        let (by, comment) =
            self.view.events.iter().rev().filter(|_| step.id.as_str() == model::RESUBMISSION).find_map(returned)?;
        let reason = comment.and_then(|digest| self.view.comments.get(&digest).cloned());
        Some(Returned { who: self.name(&by), reason })
    }

    /// The proof of identity that the step asks for now, and whether it can be given at all.
    pub(super) async fn proof(
        &self,
        task: &Task,
        entered: &Entered,
    ) -> Result<(Option<SecondFactor>, Control), Problem> {
        let application = &self.visit.state.application;
        let viewer = self.visit.viewer()?;
        let asks = self.confirm(task.step.as_str()) == Confirm::SecondFactor;
        if !asks || (application.gave_second_factor(viewer) && !entered.is_code_wrong) {
            return Ok((None, Control::Offered));
        }
        if !application.has_second_factor(viewer).await? {
            return Ok((None, Control::Refused { why: Refusal::NoSecondFactor }));
        }
        let demo = application.demo_code(viewer.login()).await?;
        Ok((Some(SecondFactor { wrong: entered.is_code_wrong, demo }), Control::Offered))
    }

    /// The fields that the step lets its people change, with what they hold as far as this reader sees it.
    fn editable(&self, fill: &model::Fill, entered: &Entered) -> Result<Vec<FormField>, Problem> {
        let application = &self.visit.state.application;
        let workspace = application.workspace()?;
        let form = &self.view.plan.form;
        let clear = self.view.fields.iter().filter_map(|shown| match &shown.cell {
            Cell::Clear(value) => Some((shown.name.clone(), value.clone())),
            Cell::Masked { .. } | Cell::Hidden | Cell::Empty => None,
        });
        let values: FieldValues = clear.collect::<BTreeMap<_, Value>>();
        let draft = entered.draft.clone().unwrap_or_else(|| Draft::fresh(form, &values));
        let login = self.visit.viewer()?.login().clone();
        let today = self.view.now.with_timezone(&workspace.settings.timezone).date_naive();
        let situation = Situation {
            today,
            now: self.view.now,
            me: &login,
            directory: &self.view.directory,
            forms: &workspace.forms,
        };
        let scope = form_values::scope(&values, &situation);
        let filling = Filling {
            locale: self.reading.locale,
            workspace: &workspace,
            directory: &self.view.directory,
            draft: &draft,
            problems: &entered.problems,
            sets: &BTreeMap::new(),
            scope: &scope,
        };
        // What records and which fields is decided where a request is made: here it stays as it was frozen.
        let is_frozen = |field: &&model::Field| {
            matches!(field.kind, model::FieldKind::Records(_) | model::FieldKind::RegisterFields(_))
        };
        let fields = fill.edit.iter().filter_map(|name| form.field(name.as_str())).filter(|field| !is_frozen(field));
        let with_duty = |field: &model::Field| {
            let mut shown = filling.field(field);
            shown.optional &= !fill.require.contains(&field.name);
            shown
        };
        Ok(fields.map(with_duty).collect())
    }
}

fn pool(task: &Task) -> Option<Pool> {
    if !task.pool {
        return None;
    }
    match &task.state {
        State::Open { candidates } => Some(Pool::Open { people: candidates.len() as u64 }),
        State::Claimed { .. } => Some(Pool::Yours),
        State::Completed { .. } | State::Closed { .. } => None,
    }
}
