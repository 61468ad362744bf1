//! Finding records by what somebody types: a whole number, its last four digits, the beginning of a name.

use definition::{
    form_values::FieldProblem,
    id::FormId,
    model::{Field, FieldKind, RegisterRight, SearchKind},
};
use policy::{FieldView, Typed};
use store::{Blind, Condition};
use uuid::Uuid;
use vault::{
    Digest, Digester, IndexKey,
    identifier::{bank_card, mobile, resident_id},
};

use super::{
    RecordsPage, RegisterFor, known,
    reading::Counted,
    refused,
    sealing::{blind, column, kinds},
};
use crate::{application::Application, audit::Entry, error::Outcome, viewer::Viewer};

/// The most records that one search shows.
pub const FOUND_MAX: u64 = 100;

/// The longest text that is searched for.
const TERM_CHARACTERS_MAX: usize = 100;

/// So many characters are the end of a number.
const LAST: usize = 4;

impl Application {
    /// The records that what was typed finds, among those the viewer may see. What was typed is not recorded, only a
    /// keyed digest of it.
    pub async fn search(&self, viewer: &Viewer, register: &FormId, term: &str) -> Outcome<RecordsPage> {
        let of = self.register_for(viewer, register, RegisterRight::View)?;
        let term = term.trim();
        if term.chars().count() > TERM_CHARACTERS_MAX {
            let limit = [("limit", TERM_CHARACTERS_MAX.to_string())];
            let complaint = known("field-too-long", limit);
            return Err(refused(FieldProblem { field: "search".into(), cell: None, complaint }));
        }
        let index = self.keys.index_key(&self.store, register.as_str()).await?;
        let mut found: Vec<Uuid> = Vec::new();
        let mut is_more = false;
        for blind in self.sought(&of, &index, term) {
            let mut filter = self.visible(&of);
            filter.conditions.push(Condition::Blind(blind));
            let page = self.store.records_page(&filter, None, FOUND_MAX).await?;
            is_more |= page.next.is_some();
            found.extend(page.rows.iter().map(|row| row.id));
        }
        found.sort_unstable_by(|left, right| right.cmp(left));
        found.dedup();
        let most = usize::try_from(FOUND_MAX).unwrap_or(usize::MAX);
        is_more |= found.len() > most;
        found.truncate(most);
        let rows = self.rows(&of, &found).await?;
        let entry = Entry::of_viewer(viewer, self.clock.now()).of("records_searched");
        self.note_viewed(&of, entry.digest(digest_of(&of, &index, term)), &rows).await?;
        let counted = Counted { count: rows.len() as u64, is_more };
        Ok(RecordsPage { form: of.form, rows, next: None, counted })
    }

    /// The blind indexes of all that the term may mean.
    fn sought(&self, of: &RegisterFor<'_>, index: &IndexKey, term: &str) -> Vec<Blind> {
        let looking = self.looking(of, None);
        let can_see = |field: &&Field| looking.view(field, None, Typed::Revealed) != FieldView::Hidden;
        let mut sought = Vec::new();
        for field in of.form.fields.iter().filter(can_see) {
            for kind in field.search.iter().filter(|kind| is_shaped(field, **kind, term)) {
                let (search, stored) = kinds(*kind);
                let query = index.query(&column(&of.form, field), search, term);
                sought.extend(query.map(|query| blind(field, stored, &query)));
            }
        }
        sought
    }
}

/// Whether a term looks like what a field is found by: names are not sought among numbers.
fn is_shaped(field: &Field, kind: SearchKind, term: &str) -> bool {
    match (kind, &field.kind) {
        (SearchKind::Exact, FieldKind::Mobile) => mobile::parse(term).is_ok(),
        (SearchKind::Exact, FieldKind::CnResidentId) => resident_id::parse(term).is_ok(),
        (SearchKind::Exact, FieldKind::BankCard) => bank_card::parse(term).is_ok(),
        (SearchKind::Last4, _) => term.chars().count() == LAST,
        (SearchKind::Exact | SearchKind::Prefix, _) => !term.is_empty(),
    }
}

/// Names what was sought without telling it: under the index key, numbers cannot be tried one after another.
fn digest_of(of: &RegisterFor<'_>, index: &IndexKey, term: &str) -> Digest {
    let column = vault::Column { register: of.form.id.as_str(), field: "", spelling: vault::Spelling::Identifier };
    let mut digester = Digester::new("chancery.search.v1");
    match index.query(&column, vault::Search::Exact, term) {
        Some(token) => digester.bytes(token.as_bytes()),
        None => digester.absent(),
    };
    digester.finish()
}
