//! Files that actions made: fetched with a form, so that no address by itself spends a download.

use axum::{
    Form,
    body::Body,
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use engine::CaseId;
use futures_util::stream;
use runtime::error::Refusal;
use uuid::Uuid;

use super::{Pressed, case, narrowing::encoded};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    words,
};

/// Characters that no file system takes in a name.
const FORBIDDEN_IN_NAMES: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

/// Tells the password of a file, once, on the page of its case.
pub async fn password(
    visit: Visit,
    signed_in: SignedIn,
    Path(id): Path<Uuid>,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Problem> {
    signed_in.check_form(&pressed.csrf_token)?;
    let case = case_of(&visit, id).await?.ok_or(Problem::Refused(Refusal::NotFound))?;
    match case::telling(&visit, (case, id)).await {
        Err(Problem::Refused(refusal @ Refusal::Expired)) => {
            case::refused(&visit, case, &refusal, &case::Entered::default()).await
        }
        answer => answer,
    }
}

/// Grants one download and streams the file. A file that cannot be read to its end arrives cut off, never whole.
pub async fn download(
    visit: Visit,
    signed_in: SignedIn,
    Path(id): Path<Uuid>,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Problem> {
    signed_in.check_form(&pressed.csrf_token)?;
    let application = &visit.state.application;
    let download = application.download(&signed_in.0, id).await?;
    let case = case_of(&visit, id).await?;
    let cases = application.case_lines(case.into_iter()).await?;
    let workspace = application.workspace()?;
    let title = case.and_then(|case| cases.get(&case)).map(|case| {
        let process = words::cases::process(visit.locale, &workspace, &case.process);
        format!("{process} {}.{}", words::cases::number_of(case), download.extension.as_str())
    });
    let disposition = disposition(&download.file_name, title.as_deref().unwrap_or(&download.file_name));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(download.extension.media_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(|_| Problem::Malformed)?),
        (header::CONTENT_LENGTH, HeaderValue::from(download.size)),
    ];
    let pieces =
        stream::unfold(download, |mut download| async move { download.next().await.map(|piece| (piece, download)) });
    Ok((headers, Body::from_stream(pieces)).into_response())
}

async fn case_of(visit: &Visit, artifact: Uuid) -> Result<Option<CaseId>, Problem> {
    let row = visit.state.application.store().artifact_by_id(artifact).await.map_err(runtime::Error::from)?;
    Ok(row.map(|row| CaseId(row.case_id)))
}

/// What a browser calls the file: its plain name, and its name in the reader's language (RFC 5987).
fn disposition(plain: &str, title: &str) -> String {
    let title: String = title.chars().filter(|one| !one.is_control() && !FORBIDDEN_IN_NAMES.contains(one)).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encoded(&title))
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_file_is_named_in_the_readers_language_and_in_plain_letters() {
        assert_eq!(
            disposition("export-approval-12.zip", "客户/数据 EA-2026-0012.zip"),
            "attachment; filename=\"export-approval-12.zip\"; \
             filename*=UTF-8''%E5%AE%A2%E6%88%B7%E6%95%B0%E6%8D%AE%20EA-2026-0012.zip"
        );
    }
}
