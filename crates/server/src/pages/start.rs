//! To start something: the catalogue, a request being written, and sending it.

mod examples;
pub mod fields;
pub mod posted;
mod sets;
pub mod side;

use std::collections::BTreeMap;

use axum::{
    Form as Posting,
    extract::{Path, Query},
    response::Response,
};
use definition::{
    form_values::{self, FieldProblem, Situation},
    id::WorkflowId,
    level::Level,
    model::{FieldKind, FieldValues, Form, StepKind},
};
use engine::Plan;
use runtime::{
    cases::{Preview, Request},
    error::{Error, Refusal},
    once::Once,
};
use serde::Deserialize;
use serde_json::Value as Json;

use self::{
    fields::Filling,
    posted::{Draft, Press, text},
    sets::SetShown,
    side::Telling,
};
use super::{ROWS, on_to};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    i18n,
    view::{
        form::{FieldControl, FormField},
        start::{CataloguePage, ProcessCard, RequestPage, Section},
    },
    words,
};

/// Sent again, the same token starts nothing new; it is no longer than this.
const TOKEN_LENGTH_MAX: usize = 64;

/// What is looked for in the catalogue.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// Everything that the viewer may start.
pub async fn catalogue(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let application = &visit.state.application;
    let plans = application.requestable(viewer);
    let started = application.cases_started(viewer, None, ROWS).await?.rows;
    let query = asked.q.trim().to_owned();
    let needle = query.to_lowercase();
    let card = |plan: &Plan| {
        let running = started.iter().filter(|case| case.process == plan.process.id && case.outcome.is_none()).count();
        card(&visit, plan, running as u64)
    };
    let matches = |card: &ProcessCard| {
        let texts = [Some(&card.title), card.help.as_ref()];
        needle.is_empty() || texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&needle))
    };
    let processes = plans.iter().map(|plan| card(plan)).filter(matches).collect();
    visit.page(&CataloguePage { query, processes, any: !plans.is_empty() }).await
}

/// A fresh request.
pub async fn form(visit: Visit, Path(workflow): Path<String>) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let application = &visit.state.application;
    let plan = application.requestable_plan(viewer, &WorkflowId::from(workflow.as_str()))?;
    let draft = Draft::fresh(&plan.form, &application.fresh_values(viewer, &plan.form)?);
    let token = uuid::Uuid::new_v4().to_string();
    let mut writing = Writing { plan: &plan, draft, press: Press::Refresh, token, is_fresh: true };
    let page = writing.page(&visit, &[]).await?;
    visit.page(&page).await
}

/// A request that is being written, as far as it is.
pub async fn preview(
    visit: Visit,
    signed_in: SignedIn,
    Path(workflow): Path<String>,
    Posting(posted): Posting<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    signed_in.check_form(text(&posted, "csrf_token"))?;
    let plan = visit.state.application.requestable_plan(&signed_in.0, &WorkflowId::from(workflow.as_str()))?;
    let mut writing = Writing::of(&plan, &posted);
    let page = writing.page(&visit, &[]).await?;
    visit.block(&page, "preview").await
}

/// Sends a request, or does what a button asks of the form.
pub async fn submit(
    visit: Visit,
    signed_in: SignedIn,
    Path(workflow): Path<String>,
    Posting(posted): Posting<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    signed_in.check_form(text(&posted, "csrf_token"))?;
    let application = &visit.state.application;
    let plan = application.requestable_plan(&signed_in.0, &WorkflowId::from(workflow.as_str()))?;
    let mut writing = Writing::of(&plan, &posted);
    if writing.press != Press::Submit {
        let page = writing.page(&visit, &[]).await?;
        return visit.page(&page).await;
    }
    let request = Request { values: writing.draft.values() };
    let key = Some(writing.token.clone()).filter(|token| !token.is_empty() && token.len() <= TOKEN_LENGTH_MAX);
    let once = key.map(|key| Once { key, request: request.digest(&plan.process.id) });
    match application.start(&signed_in.0.clone().once(once), &plan.process.id, &request).await {
        Ok(executed) => Ok(on_to(&format!("/cases/{}", executed.case.id))),
        // Pressed twice: the first press began the case.
        Err(Error::Answered(row)) => {
            let answer: Json = row.response.read().unwrap_or_default();
            let case = answer["case"].as_str().ok_or(Problem::Malformed)?;
            Ok(on_to(&format!("/cases/{case}")))
        }
        Err(Error::Refused(refusal)) => {
            let problems = if let Refusal::Fields(problems) = &refusal { problems.clone() } else { Vec::new() };
            let (status, banner) = visit.refused(&refusal);
            let page = writing.page(&visit, &problems).await?;
            visit.page_with(&page, status, Some(banner)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// A request being written.
struct Writing<'a> {
    plan: &'a Plan,
    draft: Draft,
    press: Press,
    token: String,
    /// Nothing was filled in yet, so nothing is wrong yet.
    is_fresh: bool,
}

impl<'a> Writing<'a> {
    fn of(plan: &'a Plan, posted: &[(String, String)]) -> Self {
        let press = Press::read(posted);
        let mut draft = Draft::read(&plan.form, posted);
        draft.press(&press);
        Self { plan, draft, press, token: text(posted, "token").to_owned(), is_fresh: false }
    }

    /// The page as it stands; `refused` is what sending it came to.
    async fn page(&mut self, visit: &Visit, refused: &[FieldProblem]) -> Result<RequestPage, Problem> {
        let viewer = visit.viewer()?;
        let application = &visit.state.application;
        let workspace = application.workspace()?;
        let directory = application.directory();
        self.settle(visit)?;
        let sets = sets::counted(visit, &self.plan.form, &self.draft, &self.press).await?;
        let preview = self.previewed(visit, &sets).await?;
        let problems = Self::problems(&preview, &sets, refused);
        let now = application.clock().now();
        let today = now.with_timezone(&workspace.settings.timezone).date_naive();
        let situation = Situation { today, now, me: viewer.login(), directory: &directory, forms: &workspace.forms };
        let scope = form_values::scope(&preview.values, &situation);
        let told = if self.tells_problems() { problems.as_slice() } else { &[] };
        let filling = Filling {
            locale: visit.locale,
            workspace: &workspace,
            directory: &directory,
            draft: &self.draft,
            problems: told,
            sets: &sets,
            scope: &scope,
        };
        let telling =
            Telling { reading: visit.reading(), plan: self.plan, directory: &directory, requester: viewer.login() };
        let todo = if self.is_fresh { &[] } else { problems.as_slice() };
        let process = &self.plan.process;
        Ok(RequestPage {
            workflow: process.id.to_string(),
            title: process.title.get(visit.locale).clone(),
            help: process.help.as_ref().map(|help| help.get(visit.locale).clone()),
            saved: None,
            sections: sections(visit, filling.fields(&self.plan.form)),
            side: telling.side(&preview, todo),
            token: self.token.clone(),
        })
    }

    /// Buttons that change the form's shape say nothing about what is missing so far.
    fn tells_problems(&self) -> bool {
        match self.press {
            Press::Submit | Press::Refresh => !self.is_fresh,
            Press::Add(_) | Press::Remove(_) | Press::Sample(_) | Press::Mask(_) => false,
        }
    }

    fn settle(&mut self, visit: &Visit) -> Result<(), Problem> {
        let workspace = visit.state.application.workspace()?;
        let directory = visit.state.application.directory();
        for field in &self.plan.form.fields {
            let FieldKind::Records(register) = &field.kind else { continue };
            let Some(form) = workspace.forms.get(register) else { continue };
            sets::settle(form, &mut self.draft, field.name.as_str());
            let options = sets::Options { locale: visit.locale, form, directory: &directory };
            sets::choose_first(&options, &mut self.draft, field.name.as_str());
        }
        Ok(())
    }

    /// What the request would come to; of a set whose conditions cannot be used it is not asked.
    async fn previewed(&self, visit: &Visit, sets: &BTreeMap<String, SetShown>) -> Result<Preview, Problem> {
        let mut values = self.draft.values();
        for (name, _) in sets.iter().filter(|(_, set)| !set.problems.is_empty()) {
            values.insert(name.clone(), Json::Null);
        }
        let request = Request { values };
        let application = &visit.state.application;
        match application.preview(visit.viewer()?, &self.plan.process.id, &request).await {
            Ok(preview) => Ok(preview),
            Err(Error::Refused(Refusal::Fields(problems))) => Ok(Preview {
                plan: application.requestable_plan(visit.viewer()?, &self.plan.process.id)?,
                problems,
                values: FieldValues::new(),
                summary: runtime::CaseSummary::default(),
                path: Vec::new(),
                shorter: Vec::new(),
            }),
            Err(error) => Err(error.into()),
        }
    }

    fn problems(preview: &Preview, sets: &BTreeMap<String, SetShown>, refused: &[FieldProblem]) -> Vec<FieldProblem> {
        // The problems of a condition stand beside it; that the set is missing because of them need not be said twice.
        let is_told_beside = |problem: &&FieldProblem| {
            sets.get(problem.field.as_str()).is_some_and(|set| !set.problems.is_empty()) && problem.cell.is_none()
        };
        let mut problems: Vec<FieldProblem> = preview.problems.iter().chain(refused).cloned().collect();
        problems.dedup();
        for problem in &mut problems {
            if is_told_beside(&&*problem) {
                problem.complaint = sets[problem.field.as_str()].problems[0].complaint.clone();
            }
        }
        problems
    }
}

/// Single fields stand together; what needs room of its own is a part of its own.
fn sections(visit: &Visit, fields: Vec<FormField>) -> Vec<Section> {
    let say = |id: &str| i18n::message(visit.locale, id, &[]);
    let mut sections: Vec<Section> = Vec::new();
    let mut is_open = false;
    for field in fields {
        let needs_room = matches!(
            field.control,
            FieldControl::Records(_) | FieldControl::RegisterFields { .. } | FieldControl::Table { .. }
        );
        if needs_room {
            sections.push(Section {
                title: field.label.clone(),
                hint: field.help.clone(),
                flush: matches!(field.control, FieldControl::RegisterFields { .. }),
                fields: vec![field],
            });
            is_open = false;
        } else if let Some(section) = sections.last_mut().filter(|_| is_open) {
            section.fields.push(field);
        } else {
            let title = if sections.is_empty() { say("start-section-first") } else { say("start-section-more") };
            sections.push(Section { title, hint: None, fields: vec![field], flush: false });
            is_open = true;
        }
    }
    sections
}

fn card(visit: &Visit, plan: &Plan, running: u64) -> ProcessCard {
    let process = &plan.process;
    let takes_part = |kind: &StepKind| kind.people().is_some() || kind.run().is_some();
    let steps = process.written_steps().map(|(_, step)| step).filter(|step| takes_part(&step.kind));
    ProcessCard {
        workflow: process.id.to_string(),
        title: process.title.get(visit.locale).clone(),
        help: process.help.as_ref().map(|help| help.get(visit.locale).clone()),
        steps: steps.map(|step| step.title.get(visit.locale).clone()).collect(),
        level: highest(plan)
            .filter(|level| *level > Level::L0)
            .map(|level| words::cases::level_tag(visit.locale, &plan.settings, level)),
        running,
        draft: None,
    }
}

/// The highest level that a request can ask for.
fn highest(plan: &Plan) -> Option<Level> {
    let of_form = |form: &Form| form.fields.iter().map(|field| field.sensitivity).max();
    plan.registers.values().filter_map(|form| of_form(form)).chain(of_form(&plan.form)).max()
}
