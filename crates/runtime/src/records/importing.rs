//! Records brought in, many at once.

use definition::{
    form_values::{self, Entered, EnteredValues, Situation},
    id::{FormId, Login},
    model::FieldValues,
    value::Value,
};

use super::{sealing::Draft, writing::written};
use crate::{
    application::Application,
    audit::Entry,
    error::{Outcome, Refusal},
    payload::fresh_id,
    viewer::Origin,
};

/// A record to bring in: whose it becomes, and its values.
pub type Imported = (Option<Login>, FieldValues);

impl Application {
    /// Brings records in by authority, a thousand in a transaction; how many. Each is held against the form like one
    /// that a person enters. What stands before a refused one stays.
    pub async fn import_records(&self, register: &FormId, records: Vec<Imported>, by: Option<&Login>) -> Outcome<u64> {
        let (workspace, form) = self.register(register)?;
        let directory = self.directory();
        let now = self.clock.now();
        let today = now.with_timezone(&workspace.settings.timezone).date_naive();
        let owner_field = form.register().and_then(|register| register.owner.clone());
        let mut drafts = Vec::with_capacity(records.len());
        for (owner, values) in records {
            let mut entered: EnteredValues =
                values.into_iter().map(|(name, value)| (name.to_string(), Entered::Whole(value))).collect();
            if let (Some(field), Some(owner)) = (&owner_field, &owner) {
                entered.insert(field.to_string(), Entered::Whole(Value::Person(owner.clone())));
            }
            let nobody = Login::from("");
            let me = by.or(owner.as_ref()).unwrap_or(&nobody);
            let situation = Situation { today, now, me, directory: &directory, forms: &workspace.forms };
            let values = form_values::check(&form, &entered, &situation).map_err(Refusal::Fields)?;
            drafts.push(Draft { id: fresh_id(), created_at: now, updated_at: now, revision: 1, values });
        }
        for some in drafts.chunks(store::RECORDS_MAX) {
            let sealing = self.sealing(&form, some).await?;
            let writes = some.iter().map(|draft| sealing.seal(draft)).collect::<Outcome<Vec<_>>>()?;
            let entry = Entry::by(by, &Origin::default(), now).of("records_imported");
            let entry = entry.about(register, some.iter().map(|draft| draft.id).collect());
            written(self.store.records_insert(&writes, &[], &[entry.write()]).await?)?;
        }
        Ok(drafts.len() as u64)
    }
}
