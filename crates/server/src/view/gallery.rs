//! Every page with every sample, for the tests and for those who look at pictures.

use crate::{
    i18n::Locale,
    template::{Error, Page, Templates},
};

use super::{audit, case, customers, inbox, incidents, me, notifications, problem, record, shell, sign_in, start};

/// Sample data for a page. They live in `crates/server/samples/`, in the languages of the product, outside the program.
pub trait Samples: Page + Sized {
    /// Named samples for a reader of `locale`; together they show every state of the page.
    fn samples(locale: Locale) -> Vec<(&'static str, Self)>;
}

/// One sample of one page, written.
#[derive(Debug)]
pub struct Picture {
    /// Template and sample: `inbox.usual`.
    pub name: String,
    /// The page.
    pub html: String,
}

/// Writes every registered page with every sample for a reader of `locale`.
pub fn pages(templates: &Templates, locale: Locale) -> Vec<Result<Picture, Error>> {
    let mut pictures = Vec::new();
    add::<sign_in::SignInPage>(&mut pictures, templates, locale);
    add::<inbox::InboxPage>(&mut pictures, templates, locale);
    add::<notifications::NotificationsPage>(&mut pictures, templates, locale);
    add::<me::MePage>(&mut pictures, templates, locale);
    add::<problem::ProblemPage>(&mut pictures, templates, locale);
    add::<start::CataloguePage>(&mut pictures, templates, locale);
    add::<start::RequestPage>(&mut pictures, templates, locale);
    add::<case::CasePage>(&mut pictures, templates, locale);
    add::<customers::RegisterPage>(&mut pictures, templates, locale);
    add::<customers::NewRecordPage>(&mut pictures, templates, locale);
    add::<customers::RevealPage>(&mut pictures, templates, locale);
    add::<record::RecordPage>(&mut pictures, templates, locale);
    add::<record::EditRecordPage>(&mut pictures, templates, locale);
    add::<incidents::IncidentsPage>(&mut pictures, templates, locale);
    add::<incidents::IncidentPage>(&mut pictures, templates, locale);
    add::<audit::AuditPage>(&mut pictures, templates, locale);
    pictures
}

fn add<P: Samples>(pictures: &mut Vec<Result<Picture, Error>>, templates: &Templates, locale: Locale) {
    let page = P::TEMPLATE.trim_end_matches(".html");
    for (sample, view) in P::samples(locale) {
        let name = format!("{page}.{sample}");
        let shell = shell::samples::shell_for(&name, locale);
        pictures.push(templates.render(&view, &shell).map(|html| Picture { name, html }));
    }
}
