//! A record being added.

use axum::{Form, extract::Path, http::StatusCode, response::Response};
use definition::{
    form_values::FieldProblem,
    id::FormId,
    model::{Form as Definition, RegisterRight},
};
use runtime::error::{Error, Lacking, Refusal};

use super::{super::on_to, Words};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    view::customers::NewRecordPage,
    words::entry::{self, Posted, Reach},
};

/// An empty form, with what the fields hold at first.
pub async fn new(visit: Visit, Path(register): Path<String>) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let workspace = visit.state.application.workspace()?;
    let form = workspace.forms.get(&FormId::from(register.as_str())).filter(|form| form.register().is_some());
    let form = form.ok_or(Problem::Refused(Refusal::NotFound))?;
    if !policy::register_rights(&viewer.person, form).contains(&RegisterRight::Create) {
        return Err(Problem::Refused(Refusal::Forbidden(Lacking::RegisterRight)));
    }
    let mut posted = Posted::new();
    for (name, value) in visit.state.application.fresh_values(viewer, form)? {
        if let Some(field) = form.field(name.as_str()) {
            entry::typed(field, &value, &mut posted);
        }
    }
    visit.page(&page(&visit, form, &posted, &[])?).await
}

/// Adds it, or says what must be mended.
pub async fn create(
    visit: Visit,
    signed_in: SignedIn,
    Path(register): Path<String>,
    Form(mut posted): Form<Posted>,
) -> Result<Response, Problem> {
    signed_in.check_form(posted.get("csrf_token").map(String::as_str).unwrap_or_default())?;
    let application = &visit.state.application;
    let register = FormId::from(register.as_str());
    let workspace = application.workspace()?;
    let form = workspace.forms.get(&register).ok_or(Problem::Refused(Refusal::NotFound))?;
    let wish = posted.get("do").cloned().unwrap_or_default();
    if entry::reshape(&wish, &mut posted) {
        return visit.page(&page(&visit, form, &posted, &[])?).await;
    }
    let fields = form.fields.iter().map(|field| (field, &Reach::Full));
    match application.create_record(&signed_in.0, &register, entry::entered(fields, &posted)).await {
        Ok(record) => Ok(on_to(&format!("/registers/{register}/{record}"))),
        Err(Error::Refused(Refusal::Fields(problems))) => {
            visit.page_with(&page(&visit, form, &posted, &problems)?, StatusCode::UNPROCESSABLE_ENTITY, None).await
        }
        Err(Error::Refused(refused)) => {
            let (status, banner) = visit.refused(&refused);
            visit.page_with(&page(&visit, form, &posted, &[])?, status, Some(banner)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn page(
    visit: &Visit,
    form: &Definition,
    posted: &Posted,
    problems: &[FieldProblem],
) -> Result<NewRecordPage, Problem> {
    let words = Words::of(visit)?;
    let writing = words.writing(visit);
    let field = |field| entry::field(&writing, (field, &Reach::Full), posted, problems);
    Ok(NewRecordPage {
        form: form.id.to_string(),
        title: form.title.get(visit.locale).clone(),
        fields: form.fields.iter().map(field).collect(),
        problems: problems.len() as u64,
        token: uuid::Uuid::now_v7().to_string(),
    })
}
