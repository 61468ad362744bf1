//! Records entered and changed by people.

use definition::{
    form_values::{self, Entered, EnteredValues, FieldProblem},
    id::{FieldName, FormId},
    model::{Field, FieldValues, Form, RecordChange, RegisterRight},
    value::Value,
};
use engine::origin::Cause;
use policy::{FieldView, Typed, row_scope};
use serde_json::json;
use store::RecordWritten;
use uuid::Uuid;

use super::{
    RegisterFor, problem, refused,
    sealing::{Draft, Opened, owner_of},
};
use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Lacking, Outcome, Refusal},
    payload::fresh_id,
    viewer::Viewer,
};

/// The status of a request that entered a record, and of one that changed one.
const CREATED: u16 = 201;
const CHANGED: u16 = 200;

impl Application {
    /// Enters a record; what was not entered takes its default.
    pub async fn create_record(&self, viewer: &Viewer, register: &FormId, mut entered: EnteredValues) -> Outcome<Uuid> {
        let of = self.register_for(viewer, register, RegisterRight::Create)?;
        for (name, value) in self.fresh_values(viewer, &of.form)? {
            entered.entry(name.to_string()).or_insert(Entered::Whole(value));
        }
        let values = self.record_values(&of, &entered)?;
        self.within_reach(&of, &values, RegisterRight::Create)?;
        let now = self.clock.now();
        let draft = Draft { id: fresh_id(), created_at: now, updated_at: now, revision: 1, values };
        let names: Vec<&FieldName> = draft.values.keys().collect();
        let answer = self.answer(viewer, CREATED, &json!({ "id": draft.id, "revision": draft.revision })).await?;
        let entry = Entry::of_viewer(viewer, now).of("record_created").about(register, vec![draft.id]);
        let entry = entry.answering(answer);
        let audit = [entry.facts(&json!({ "fields": names })).write()];
        let sealing = self.sealing(&of.form, std::slice::from_ref(&draft)).await?;
        let write = sealing.seal(&draft)?;
        let starts = self.starts_because(&happened(register, draft.id, RecordChange::Created))?;
        written(self.store.records_insert(&[write], &starts, &audit).await?)?;
        Ok(draft.id)
    }

    /// Changes a record that is at this revision; gives the next. Fields that the viewer sees masked or not at all stay
    /// as they are unless something was entered for them.
    pub async fn edit_record(
        &self,
        viewer: &Viewer,
        register: &FormId,
        (id, revision): (Uuid, i64),
        entered: EnteredValues,
    ) -> Outcome<i64> {
        let of = self.register_for(viewer, register, RegisterRight::View)?;
        let before = self.visible_record(&of, id).await?;
        self.within_reach(&of, &before.values, RegisterRight::Edit)
            .map_err(|_| Refusal::Forbidden(Lacking::RegisterRight))?;
        if before.row.revision != revision {
            return Err(Refusal::Changed.into());
        }
        let mut merged: EnteredValues =
            before.values.iter().map(|(name, value)| (name.to_string(), Entered::Whole(value.clone()))).collect();
        for (name, value) in entered {
            if self.is_entered(&of, &before, (&name, &value))? {
                merged.insert(name, value);
            }
        }
        let values = self.record_values(&of, &merged)?;
        self.within_reach(&of, &values, RegisterRight::Edit)?;
        let changed = changed_fields(&of.form, &before.values, &values);
        if changed.is_empty() {
            return Ok(revision);
        }
        let now = self.clock.now();
        let created_at = before.row.created_at;
        let draft = Draft { id, created_at, updated_at: now, revision: revision + 1, values };
        let answer = self.answer(viewer, CHANGED, &json!({ "id": id, "revision": draft.revision })).await?;
        let entry = Entry::of_viewer(viewer, now).of("record_changed").about(register, vec![id]).answering(answer);
        let audit = [entry.facts(&json!({ "fields": changed })).write()];
        let sealing = self.sealing(&of.form, std::slice::from_ref(&draft)).await?;
        let write = sealing.seal(&draft)?;
        let starts = self.starts_because(&happened(register, id, RecordChange::Changed))?;
        written(self.store.record_update(&write, revision, &starts, &audit).await?)?;
        Ok(draft.revision)
    }

    /// Whether an entry replaces what is kept. A field above the viewer's clearance cannot be overwritten; one shown as
    /// its mask stays if its control was left empty.
    fn is_entered(&self, of: &RegisterFor<'_>, before: &Opened, (name, entered): (&str, &Entered)) -> Outcome<bool> {
        let Some(field) = of.form.field(name) else { return Ok(true) };
        let is_blank = match entered {
            Entered::Raw(serde_json::Value::String(text)) => text.trim().is_empty(),
            Entered::Raw(_) | Entered::Whole(_) => false,
        };
        let kept_at = before.levels.get(&field.name).copied();
        let level = field.sensitivity.max(kept_at.unwrap_or_default());
        let has = of.viewer.person.clearance;
        match self.looking(of, Some(before)).view(field, kept_at, Typed::Elsewhere) {
            FieldView::Clear => Ok(true),
            FieldView::Masked { .. } | FieldView::Hidden if is_blank => Ok(false),
            FieldView::Masked { .. } if has >= level => Ok(true),
            FieldView::Masked { .. } | FieldView::Hidden => {
                Err(Refusal::Forbidden(Lacking::Clearance { needs: level, has }).into())
            }
        }
    }

    fn record_values(&self, of: &RegisterFor<'_>, entered: &EnteredValues) -> Outcome<FieldValues> {
        let directory = self.directory();
        let situation = self.situation(of.viewer, &of.workspace, &directory);
        Ok(form_values::check(&of.form, entered, &situation).map_err(Refusal::Fields)?)
    }

    /// Nobody enters or moves a record to where their right does not reach.
    fn within_reach(&self, of: &RegisterFor<'_>, values: &FieldValues, right: RegisterRight) -> Outcome<()> {
        let scope = row_scope(&self.directory(), &of.viewer.person, &of.form, right);
        if scope.covers(of.viewer.login(), owner_of(&of.form, values)) {
            return Ok(());
        }
        match of.form.register().and_then(|register| register.owner.clone()) {
            Some(owner) => Err(refused(problem(owner, "field-owner"))),
            None => Err(Refusal::Forbidden(Lacking::RegisterRight).into()),
        }
    }
}

/// What makes cases begin.
fn happened(register: &FormId, record: Uuid, change: RecordChange) -> Cause {
    Cause::Record { register: register.clone(), record, change }
}

fn changed_fields<'a>(form: &'a Form, before: &FieldValues, after: &FieldValues) -> Vec<&'a FieldName> {
    let is_changed = |field: &&Field| {
        before.get(&field.name).unwrap_or(&Value::Empty) != after.get(&field.name).unwrap_or(&Value::Empty)
    };
    form.fields.iter().filter(is_changed).map(|field| &field.name).collect()
}

/// What the store's answer means to whoever entered the record.
pub(super) fn written(answer: RecordWritten) -> Outcome<()> {
    match answer {
        RecordWritten::Written => Ok(()),
        RecordWritten::Conflict => Err(Refusal::Changed.into()),
        // Which other record it is, is not told: it may be one that the person may not see.
        RecordWritten::Duplicate { field, .. } => Err(Error::from(Refusal::Fields(vec![duplicate(&field)]))),
    }
}

fn duplicate(field: &str) -> FieldProblem {
    problem(field, "field-not-unique")
}
