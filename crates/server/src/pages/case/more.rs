//! What a reader may do with their task beside deciding it: each offered only to whom the process and the case allow it.

use definition::{
    level::Level,
    model::{Act, CommentRule, PeopleStep, ReturnThen},
};
use engine::{Task, task::Role};

use super::{
    Opened,
    panel::{Entered, EnteredMore},
};
use crate::{
    http::problem::Problem,
    i18n::FluentValue,
    pages::people::option_of,
    view::{
        case::{More, MoreForm, Picker, Said, Saying, SayingKind},
        form::Choice,
    },
};

/// How many people are offered before anything is typed.
const LISTED_MAX: usize = 50;

impl Opened<'_> {
    pub(super) async fn more(&self, entered: &Entered) -> Result<Vec<MoreForm>, Problem> {
        let mut forms = Vec::new();
        if let Some(task) = self.view.tasks.first().filter(|task| task.is_work() && task.owner.is_none()) {
            let step = self.view.plan.process.step_by_id(task.step.as_str()).map(|(_, step)| step);
            if let Some(people) = step.and_then(|step| step.kind.people()) {
                forms.extend(self.returning((task, people), entered).await?);
                let mut with_people = self.with_people((task, people), entered)?;
                // Nobody else sends a request again; whoever does may ask what is meant.
                let is_requesters = task.step.as_str() == definition::model::RESUBMISSION;
                with_people.retain(|form| !is_requesters || form.kind == More::Ask);
                forms.extend(with_people);
            }
        }
        for (kind, task) in [(More::CallBack, self.view.offers.call_back), (More::TakeBack, self.view.offers.take_back)]
        {
            forms.extend(task.map(|task| self.form(kind, &task.to_string(), entered)));
        }
        Ok(forms)
    }

    /// Sending the case back, if there is anywhere to send it.
    async fn returning(
        &self,
        (task, people): (&Task, &PeopleStep),
        entered: &Entered,
    ) -> Result<Option<MoreForm>, Problem> {
        let targets = self.view.offers.returns.get(&task.id).filter(|targets| !targets.is_empty());
        let Some(targets) = targets else { return Ok(None) };
        let target = |id: &definition::id::StepId| Choice { value: id.to_string(), label: self.target(id.as_str()) };
        let (second_factor, _) = self.proof(task, entered).await?;
        let choices = targets.iter().map(target).collect();
        let form = self.form(More::Return, &task.id.to_string(), entered);
        let required = people.comment != CommentRule::Optional;
        Ok(Some(MoreForm {
            said: form.said.clone().map(|said| Said { required, ..said }),
            second_factor,
            comes_back: people.returns.then == ReturnThen::ComeBack,
            ..with_choices(form, choices)
        }))
    }

    /// A step as whoever returns reads it: its name, and who was there.
    fn target(&self, id: &str) -> String {
        let step = self.view.plan.process.step_by_id(id).map(|(_, step)| step.title.get(self.reading.locale).clone());
        let decided = |task: &&Task| task.step.as_str() == id && task.is_work();
        let done = self.view.case.tasks.iter().rev().filter(decided).find_map(|task| match &task.state {
            engine::task::State::Completed { by, .. } => Some(self.name(by)),
            engine::task::State::Open { .. }
            | engine::task::State::Claimed { .. }
            | engine::task::State::Closed { .. } => None,
        });
        if let Some(login) = self.view.case.requester().filter(|_| id == definition::model::RESUBMISSION) {
            return self.say("more-target-requester", &[("who", self.name(login).into())]);
        }
        let step = step.unwrap_or_else(|| id.to_owned());
        match done {
            Some(who) => self.say("more-target", &[("step", step.into()), ("who", FluentValue::from(who))]),
            None => step,
        }
    }

    /// What brings other people in, or out again.
    fn with_people(&self, (task, people): (&Task, &PeopleStep), entered: &Entered) -> Result<Vec<MoreForm>, Problem> {
        let id = task.id.to_string();
        let mut forms = Vec::new();
        let places = [(Act::AddBefore, "before"), (Act::AddAfter, "after"), (Act::AddAlongside, "alongside")];
        let places: Vec<Choice> = places
            .into_iter()
            .filter(|(act, _)| people.allow.contains(act))
            .map(|(_, place)| {
                let label = self.say(
                    match place {
                        "before" => "more-add-before",
                        "after" => "more-add-after",
                        _ => "more-add-alongside",
                    },
                    &[],
                );
                Choice { value: place.to_owned(), label }
            })
            .collect();
        let kinds = [
            (More::Transfer, people.allow.contains(&Act::Transfer)),
            (More::Delegate, people.allow.contains(&Act::Delegate)),
            (More::Add, !places.is_empty()),
            (More::Opinion, people.allow.contains(&Act::Opinion)),
            (More::Ask, people.allow.contains(&Act::Ask)),
        ];
        for (kind, _) in kinds.into_iter().filter(|(_, is_allowed)| *is_allowed) {
            let typed = entered.more.as_ref().filter(|more| more.kind == kind);
            let mut who = self.picker((task, people), typed)?;
            if kind == More::Ask {
                let requester = self.view.case.requester().filter(|login| !task.is_held_by(login));
                who.listed
                    .splice(0..0, requester.map(|login| option_of(self.reading.locale, &self.view.directory, login)));
            }
            if who.listed.is_empty() {
                continue;
            }
            let form = MoreForm { who: Some(who), ..self.form(kind, &id, entered) };
            forms.push(if kind == More::Add { with_choices(form, places.clone()) } else { form });
        }
        let added = self.view.offers.added.get(&task.id).into_iter().flatten();
        let added: Vec<Choice> =
            added.map(|login| Choice { value: login.to_string(), label: self.name(login) }).collect();
        if !added.is_empty() {
            forms.push(with_choices(self.form(More::Remove, &id, entered), added));
        }
        Ok(forms)
    }

    /// A form as it was last left.
    fn form(&self, kind: More, task: &str, entered: &Entered) -> MoreForm {
        let typed = entered.more.as_ref().filter(|more| more.kind == kind);
        let (word, says, required) = match kind {
            More::Return => ("return", true, false),
            More::Transfer => ("transfer", true, false),
            More::Delegate => ("delegate", true, false),
            More::Add => ("add", true, false),
            More::Remove => ("remove", false, false),
            More::Opinion => ("opinion", true, false),
            More::Ask => ("ask", true, true),
            More::CallBack => ("resolve", false, false),
            More::TakeBack => ("take-back", false, false),
        };
        let said = says.then(|| Said {
            text: if typed.is_some() { entered.comment.clone() } else { String::new() },
            required,
            missing: typed.is_some() && entered.is_comment_missing,
        });
        MoreForm {
            kind,
            url: format!("/tasks/{task}/{word}"),
            open: typed.is_some(),
            choices: Vec::new(),
            choice: typed.map(|more| more.choice.clone()).unwrap_or_default(),
            who: None,
            said,
            second_factor: None,
            comes_back: false,
            revision: self.view.case.revision.0.into(),
        }
    }

    /// The panel of whoever says something and decides nothing.
    pub(super) fn saying(&self, task: &Task, kind: SayingKind, entered: &Entered) -> Saying {
        let from = task.added.as_ref().map(|added| &added.by).or(task.owner.as_ref());
        let question = task.added.as_ref().and_then(|added| added.comment);
        Saying {
            task: task.id.to_string(),
            asked: kind,
            from: from.map(|login| self.name(login)).unwrap_or_default(),
            question: question.and_then(|digest| self.view.comments.get(&digest).cloned()),
            said: Said {
                text: entered.own_comment(),
                required: kind != SayingKind::Delegated,
                missing: entered.is_comment_missing && entered.more.is_none(),
            },
        }
    }

    /// To name somebody: offered are those who may hold the task, active, cleared for what the step shows, and without a
    /// part in it. The engine has the last word on whoever is named.
    pub(super) fn picker(
        &self,
        (task, people): (&Task, &PeopleStep),
        typed: Option<&EnteredMore>,
    ) -> Result<Picker, Problem> {
        let viewer = self.visit.viewer()?.login();
        let form = &self.view.plan.form;
        let shown = form.fields.iter().filter(|field| people.see.as_ref().is_none_or(|see| see.contains(&field.name)));
        let needed = shown.map(|field| field.sensitivity).max().unwrap_or(Level::L0);
        let holders = task.holders();
        let directory = &self.view.directory;
        let may = |person: &&definition::people::Person| {
            let login = &person.login;
            directory.active(login.as_str()).is_some()
                && person.clearance >= needed
                && (task.role == Role::Name || login != viewer)
                && !self.view.case.is_of(login)
                && !task.excluded.contains(login)
                && (task.role == Role::Name || !holders.contains(login))
        };
        let listed = directory.people().filter(may).take(LISTED_MAX);
        Ok(Picker {
            text: typed.map(|more| more.who.clone()).unwrap_or_default(),
            listed: listed.map(|person| option_of(self.reading.locale, directory, &person.login)).collect(),
        })
    }
}

/// With something to choose from; the first is chosen unless another was.
fn with_choices(form: MoreForm, choices: Vec<Choice>) -> MoreForm {
    let chosen = choices.iter().find(|choice| choice.value == form.choice).or_else(|| choices.first());
    MoreForm { choice: chosen.map(|choice| choice.value.clone()).unwrap_or_default(), choices, ..form }
}
